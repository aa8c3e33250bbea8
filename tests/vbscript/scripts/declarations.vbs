Option Explicit
' Dim, Const, ReDim, scopes and names.
Dim a, b, c(3), d(), e(2, 3), n, s, i, v

' Variables begin Empty.
assertEqual IsEmpty(a), True, "a new variable"
assertEqual IsEmpty(c(0)), True, "a new element"
assertEqual IsEmpty(e(2, 3)), True, "a new element of two dimensions"
assertEqual UBound(c), CLng(3), "the bound is the last index"
assertEqual UBound(e, 1), CLng(2), "the first bound"
assertEqual UBound(e, 2), CLng(3), "the second bound"
assertRaises "x = UBound(d)", 9, "an array without bounds"
a = 1 : assertEqual A, 1, "names have no case"
aB1_ = 5
Dim aB1_
assertEqual AB1_, 5, "a Dim may follow the use"
If False Then
  Dim insideIf
End If
insideIf = 3
assertEqual insideIf, 3, "a Dim counts where it is not reached"
For i = 1 To 3
  Dim inLoop
  inLoop = inLoop + 1
Next
assertEqual inLoop, 3, "a Dim in a loop keeps the value"
Public pub1, pub2(1)
Private priv1
pub1 = 1 : pub2(1) = 2 : priv1 = 3
assertEqual pub1 + pub2(1) + priv1, 6, "Public and Private declare, too"
Dim x1 : x1 = 5 : Dim y1 : y1 = 6
assertEqual x1 + y1, 11, "several on a line"

' Constants.
Const One = 1, Text = "text", Neg = -5, Real = 1.5, Day1 = #1/2/2003#, Yes = True, Hexa = &HFF, Nought = Null, Blank = Empty
Public Const PubConst = 7
Private Const PrivConst = 8
assertEqual One, 1, "an Integer constant"
assertEqual Text, "text", "a string"
assertEqual Neg, -5, "a negative"
assertEqual Real, 1.5, "a Double"
assertEqual Day1, #1/2/2003#, "a date"
assertEqual Yes, True, "a Boolean"
assertEqual Hexa, 255, "hexadecimal"
assertEqual IsNull(Nought), True, "Null"
assertEqual IsEmpty(Blank), True, "Empty"
assertEqual PubConst + PrivConst, 15, "Public and Private"
assertEqual LaterConst, 9, "a constant is known before its line"
Const LaterConst = 9
If False Then Const NeverReached = 4
assertEqual NeverReached, 4, "also one that is not reached"
assertRaises "One = 2", 501, "a constant cannot be assigned"
assertRaises "vbTab = 2", 501, "nor can a built-in one"
assertRaises "Const c1 = 1 + ""a""", 1045, "an expression is no constant"
assertRaises "Const c2 = CInt(1)", 1045, "nor is a call"
Sub ConstByRef(p)
  p = p + 1
  n = p
End Sub
ConstByRef One
assertEqual n, 2, "a constant is passed as a copy"
assertEqual One, 1, "and keeps its value"

' Scopes.
Dim g : g = "global"
Sub LocalHides
  Dim g
  assertEqual IsEmpty(g), True, "a local hides a global"
  g = "local"
  assertEqual g, "local", "and has its own value"
End Sub
LocalHides
assertEqual g, "global", "the global is as it was"
Sub ChangesGlobal
  g = "changed"
End Sub
ChangesGlobal
assertEqual g, "changed", "a procedure changes globals"
Sub ParameterHides(g)
  g = "parameter"
End Sub
n = 1 : ParameterHides n
assertEqual g & n, "changedparameter", "a parameter hides a global"
Function FunctionHides
  FunctionHides = 5
  FunctionHides = FunctionHides + 1
End Function
assertEqual FunctionHides, 6, "inside a function its name is its result"
Sub LocalConst
  Const One = 100
  assertEqual One, 100, "a local constant hides a global one"
End Sub
LocalConst
assertEqual One, 1, "which is as it was"
Sub Fresh
  Dim count
  count = count + 1
  assertEqual count, 1, "locals begin anew in each call"
End Sub
Fresh : Fresh
Function Nested(depth)
  Dim mine
  mine = depth
  If depth > 0 Then Nested depth - 1
  Nested = mine
End Function
assertEqual Nested(3), 3, "each call has its own locals"
Sub UsesLater
  g = DefinedLater(4)
End Sub
UsesLater
assertEqual g, 8, "procedures are known before their text"
Function DefinedLater(x) : DefinedLater = x * 2 : End Function
Function Twice(x) : Twice = "first" : End Function
Function Twice(x) : Twice = "second" : End Function
assertEqual Twice(1), "second", "of two procedures of one name the last one counts"
Function Len2(x) : Len2 = Len(x) + 1 : End Function
assertEqual Len2("ab"), CLng(3), "names may begin like built-in ones"
Function RGB(x) : RGB = "mine" & x : End Function
assertEqual RGB(1), "mine1", "a script may define what is built in"
Dim hour : hour = 25
assertEqual hour, 25, "a variable may hide a built-in function"

' What Option Explicit says.
assertRaises "Option Explicit : nowhere = 1", 500, "assigning an undeclared name"
assertRaises "Option Explicit : x = nowhere", 500, "reading one"
assertRaises "Option Explicit : For nowhere = 1 To 2 : Next", 500, "as a loop variable"
assertRaises "Option Explicit : For Each nowhere In Array(1) : Next", 500, "as the variable of For Each"
assertRaises "Option Explicit : Set nowhere = Nothing", 500, "in Set"
assertRaises "Option Explicit : nowhere(0) = 1", 500, "with an index"
assertRaises "Option Explicit : x = nowhere.member", 500, "with a member"
assertRaises "Option Explicit : With nowhere : End With", 500, "in With"
assertRaises "Option Explicit : If False Then x = nowhere", 0, "what is not executed does not count"
assertRaises "ReDim fresh1(2) : fresh1(0) = 1", 0, "ReDim declares"
assertRaises "implicit1 = 5", 0, "without Option Explicit assignment declares"
assertRaises "x = implicit2 & """"", 0, "and reading gives Empty"
assertRaises "x = 1 : Option Explicit", 1002, "Option Explicit comes first"

' Redefinition is a compile error.
assertRaises "Dim p1 : Dim p1", 1041, "a variable twice"
assertRaises "Dim p2, P2", 1041, "in another case"
assertRaises "Const p3 = 1 : Const p3 = 2", 1041, "a constant twice"
assertRaises "Dim p4 : Const p4 = 1", 1041, "a variable and a constant"
assertRaises "Sub p5 : End Sub : Dim p5", 1041, "a Sub and a variable"
assertRaises "Class p6 : End Class : Dim p6", 1041, "a class and a variable"
assertRaises "Class p7 : End Class : Class p7 : End Class", 1041, "a class twice"
assertRaises "Class p8 : Dim m : Dim m : End Class", 1041, "a field twice"
assertRaises "Class p9 : Sub m : End Sub : Sub m : End Sub : End Class", 1041, "a method twice"
assertRaises "Sub p10(q, q) : End Sub", 1041, "a parameter twice"
assertRaises "Sub p11(q) : Dim q : End Sub", 1041, "a parameter and a local"
assertRaises "Sub p12 : Dim q : Dim q : End Sub", 1041, "a local twice"
assertRaises "Dim q1 : Sub q2 : Dim q1 : End Sub", 0, "a local may have a global's name"
assertRaises "Class q3 : Dim a : Sub b : Dim a : End Sub : End Class", 0, "and a field's"

' Names.
assertRaises "Dim a23456789012345678901234567890123456789012345678901234567890", 0, "sixty characters"
assertRaises "Dim " & String(255, "a"), 0, "255 characters"
assertRaises "Dim " & String(256, "a"), 1030, "256 characters"
assertRaises "Dim 1a", 1010, "a digit first"
assertRaises "Dim _a", 1032, "an underscore first"
assertRaises "Dim a b", 1025, "a blank inside"
assertRaises "Dim If", 1010, "a keyword"
assertRaises "Dim End", 1010, "another"
assertRaises "Dim Nothing", 1010, "a literal"
assertRaises "Dim Me", 1010, "Me"
assertRaises "Dim " & ChrW(233), 1032, "an accented letter"
assertRaises "Dim [If], [a b], [1a]", 0, "brackets allow all of that"
assertRaises "Dim [a", 1007, "unless they are left open"
[x y z] = 4
Dim [x y z]
assertEqual [X Y Z], 4, "bracketed names have no case, either"
For Each n In Array("default", "error", "explicit", "step", "property", "goto", "as", "let1", "type1", "constructor", "prototype", "toString", "undefined", "arguments", "await", "yield", "this", "var", "delete", "typeof", "eval2", "hasOwnProperty", "NaN", "Infinity", "null1")
  If n <> "goto" And n <> "as" Then
    ExecuteGlobal "Dim " & n & " : " & n & " = 5"
    assertEqual Eval(n & " + 1"), 6, "the name " & n
  End If
Next

' ReDim.
ReDim d(2)
assertEqual UBound(d), CLng(2), "ReDim gives bounds"
d(0) = "a" : d(1) = "b" : d(2) = "c"
ReDim Preserve d(3)
assertEqual Join(d, ","), "a,b,c,", "Preserve keeps"
ReDim Preserve d(1)
assertEqual Join(d, ","), "a,b", "Preserve cuts"
ReDim d(1)
assertEqual Join(d, ","), ",", "ReDim empties"
ReDim d(1, 2)
assertEqual UBound(d, 2), CLng(2), "ReDim changes the number of dimensions"
For i = 0 To 1 : For n = 0 To 2 : d(i, n) = i * 10 + n : Next : Next
ReDim Preserve d(1, 4)
s = "" : For Each v In d : s = s & v & "," : Next
assertEqual s, "0,10,1,11,2,12,,,,,", "Preserve with two dimensions"
ReDim Preserve d(1, 1)
s = "" : For Each v In d : s = s & v & "," : Next
assertEqual s, "0,10,1,11,", "Preserve cuts the last dimension"
assertRaises "ReDim Preserve d(2, 1)", 9, "Preserve cannot change the first"
assertRaises "ReDim Preserve d(1)", 9, "nor the number of dimensions"
ReDim d(1, 1, 1)
d(0, 1, 0) = "x" : d(1, 1, 1) = "y"
ReDim Preserve d(1, 1, 3)
assertEqual d(0, 1, 0) & d(1, 1, 1) & IsEmpty(d(1, 1, 3)), "xyTrue", "three dimensions"
n = 2
ReDim d(n * 2)
assertEqual UBound(d), CLng(4), "bounds may be computed"
ReDim d("3")
assertEqual UBound(d), CLng(3), "bounds may be text"
ReDim d(2.5)
assertEqual UBound(d), CLng(2), "bounds are rounded to even"
ReDim d(0)
assertEqual UBound(d), CLng(0), "one element"
ReDim d(-1)
assertEqual UBound(d), CLng(-1), "none"
ReDim d(1), v(2)
assertEqual UBound(d) + UBound(v), CLng(3), "two arrays"
v = 5
ReDim v(1)
assertEqual IsArray(v), True, "a variable becomes an array"
v = Array(1, 2, 3)
ReDim Preserve v(3)
assertEqual Join(v, ","), "1,2,3,", "what Array made can grow"
v = Split("a b")
ReDim Preserve v(2)
assertEqual Join(v, ","), "a,b,", "and what Split made"
assertRaises "ReDim c(1)", 10, "an array with fixed bounds"
assertRaises "ReDim Preserve c(1)", 10, "with Preserve, too"
assertRaises "ReDim d(Null)", 94, "Null as bound"
assertRaises "ReDim d(""x"")", 13, "a word as bound"
assertRaises "ReDim d(-2)", 9, "a bound below -1"
Sub LocalReDim
  Dim l()
  ReDim l(2)
  l(2) = "local"
  ReDim Preserve l(3)
  assertEqual l(2) & UBound(l), "local3", "ReDim of a local"
End Sub
LocalReDim
Sub ReDimParameter(list)
  ReDim Preserve list(UBound(list) + 1)
  list(UBound(list)) = "added"
End Sub
v = Array("a")
ReDimParameter v
assertEqual Join(v), "a added", "ReDim of a parameter changes the caller's array"

' Every statement: If, Select Case, For, For Each, Do, While, Exit, With, Set, Erase, Call, Execute, Randomize, Stop.
Option Explicit
Dim i, j, k, n, s, v, w, a, b, o, p, d, log, list(2), grid(1, 1)

Function Note(name, value)
  log = log & name
  Note = value
End Function

' For: bounds and step are evaluated once, first.
log = "" : s = ""
For i = Note("a", 1) To Note("b", 3) Step Note("c", 1) : s = s & i : Next
assertEqual log & s, "abc123", "start, end, step, each once"
Sub Loops(first, last, stepBy, expected)
  Dim seen, i
  For i = first To last Step stepBy : seen = seen & i & " " : Next
  assertEqual seen, expected, "For " & first & " To " & last & " Step " & stepBy
End Sub
Loops 1, 3, 1, "1 2 3 "
Loops 3, 1, -1, "3 2 1 "
Loops 1, 10, 3, "1 4 7 10 "
Loops 1, 9, 3, "1 4 7 "
Loops 10, 1, -4, "10 6 2 "
Loops 1, 1, 1, "1 "
Loops 1, 1, -1, "1 "
Loops -2, 2, 2, "-2 0 2 "
Loops 0, 1, 0.25, "0 0.25 0.5 0.75 1 "
Loops 1, 0, -0.5, "1 0.5 0 "
Loops 1.5, 3.5, 1, "1.5 2.5 3.5 "
Loops 1, 3.7, 1, "1 2 3 "
Loops CByte(1), CByte(3), 1, "1 2 3 "
Loops "1", "3", "1", "1 2 3 "
Loops True, 1, 1, "-1 0 1 "
Loops CCur(0.5), CCur(1.5), CCur(0.5), "0.5 1 1.5 "
Loops 32766, 32769, 1, "32766 32767 32768 32769 "
Loops 2147483646, 2147483648, 1, "2147483646 2147483647 2147483648 "
Loops -32767, -32770, -1, "-32767 -32768 -32769 -32770 "
Dim nothing1
Loops 2, 1, 1, nothing1
Loops 1, 2, -1, nothing1
n = 0 : For i = 0 To 1 Step 0.1 : n = n + 1 : Next
assertEqual n, 11, "tenths from 0 to 1 are counted with what addition gives"
s = "" : For i = 1 To 3 : s = s & i : i = i + 1 : Next
assertEqual s & i, "135", "changing the variable counts"
n = 3 : s = "" : For i = 1 To n : n = 1 : s = s & i : Next
assertEqual s, "123", "changing the bound does not"
n = 1 : s = "" : For i = 1 To 5 Step n : n = 2 : s = s & i : Next
assertEqual s, "12345", "nor changing the step"
For i = 1 To 3 : Next
assertEqual i, 4, "after the loop the variable is beyond"
For i = 3 To 1 Step -1 : Next
assertEqual i, 0, "also downwards"
For i = 5 To 1 : Next
assertEqual i, 5, "a loop that is not entered leaves the first value"
For i = 1 To 3 : Exit For : Next
assertEqual i, 1, "Exit For leaves the variable"
s = ""
For i = 1 To 2 : For j = 1 To 2 : For k = 1 To 2 : s = s & i & j & k & " " : Next : Next : Next
assertEqual s, "111 112 121 122 211 212 221 222 ", "three loops"
s = ""
For i = 1 To 3
  For j = 1 To 3
    If j = 2 Then Exit For
    s = s & i & j & " "
  Next
  If i = 2 Then Exit For
Next
assertEqual s, "11 21 ", "Exit For leaves one loop"
assertEqual TypeName(i), "Integer", "the variable's subtype"
For i = 1 To CLng(2) : Next
assertEqual i, CLng(3), "a Long bound makes it Long"
For i = 1 To 2.0 : Next
assertEqual i, CDbl(3), "a Double bound makes it Double"
For i = 1 To 2 Step 1.0 : Next
assertEqual i, CDbl(3), "and so a Double step"
For i = #1/1/2000# To #1/3/2000# : Next
assertEqual i, #1/4/2000#, "dates stay dates"
Function WithFor(limit)
  Dim i
  For i = 1 To 10
    If i = limit Then WithFor = i : Exit Function
  Next
  WithFor = "none"
End Function
assertEqual WithFor(4), 4, "Exit Function from a loop"
assertEqual WithFor(40), "none", "and without it"
assertRaises "For i = 1 To ""x"" : Next", 13, "a word as bound"
assertRaises "For i = Null To 1 : Next", 94, "Null as bound"
assertRaises "For i = 1 To Nothing : Next", 91, "Nothing as bound"

' For Each.
s = "" : For Each v In Array(1, "b", 2.5) : s = s & v & " " : Next
assertEqual s, "1 b 2.5 ", "elements in order"
a = Array(1, 2, 3) : s = ""
For Each v In a : v = v * 10 : s = s & v & " " : Next
assertEqual s & a(0), "10 20 30 1", "the variable is a copy"
a = Array(1, 2, 3) : s = ""
For Each v In a : a(2) = 9 : s = s & v : Next
assertEqual s, "129", "elements may change in the loop"
a = Array(1, 2, 3) : s = ""
For Each v In a
  a = Array("x")
  s = s & v
Next
assertEqual TypeName(a) & UBound(a), "Variant()0", "the variable may get another array"
For Each v In Array() : s = "entered" : Next
assertEqual s = "entered", False, "an empty array"
grid(0, 0) = 1 : grid(1, 0) = 2 : grid(0, 1) = 3 : grid(1, 1) = 4
s = "" : For Each v In grid : s = s & v : Next
assertEqual s, "1234", "two dimensions, the left index fastest"
a = Array(Array(1, 2), Array(3)) : s = ""
For Each v In a : For Each w In v : s = s & w : Next : s = s & "|" : Next
assertEqual s, "12|3|", "arrays in an array"
s = "" : For Each v In Split("x y z") : If v = "y" Then Exit For
s = s & v : Next
assertEqual s, "x", "Exit For"
For Each v In Array(1, 2, 3) : Next
Set o = New RegExp : o.Pattern = "[a-z]" : o.Global = True
s = "" : For Each v In o.Execute("a1b2c") : s = s & v.Value : Next
assertEqual s, "abc", "a collection"
s = "" : For Each v In Array(o, Nothing) : s = s & TypeName(v) & " " : Next
assertEqual s, "IRegExp2 Nothing ", "objects"
assertRaises "For Each x In 5 : Next", 451, "a number is no collection"
assertRaises "For Each x In ""abc"" : Next", 451, "nor a string"
assertRaises "For Each x In Empty : Next", 451, "nor Empty"

' Do and While.
Function Rounds(form)
  Dim n : n = 0
  Select Case form
    Case "while top" : Do While n < 3 : n = n + 1 : Loop
    Case "until top" : Do Until n >= 3 : n = n + 1 : Loop
    Case "while bottom" : Do : n = n + 1 : Loop While n < 3
    Case "until bottom" : Do : n = n + 1 : Loop Until n >= 3
    Case "exit" : Do : n = n + 1 : If n = 3 Then Exit Do
      Loop
    Case "while" : While n < 3 : n = n + 1 : Wend
    Case "never top" : Do While False : n = n + 1 : Loop
    Case "never until" : Do Until True : n = n + 1 : Loop
    Case "once while" : Do : n = n + 1 : Loop While False
    Case "once until" : Do : n = n + 1 : Loop Until True
    Case "never while" : While False : n = n + 1 : Wend
    Case "null" : Do While Null : n = n + 1 : Loop
    Case "until null" : Do : n = n + 1 : If n = 5 Then Exit Do
      Loop Until Null
    Case "number" : Do While 3 - n : n = n + 1 : Loop
    Case "text" : Do While CStr(n < 3) : n = n + 1 : Loop
  End Select
  Rounds = n
End Function
assertEqual Rounds("while top"), 3, "Do While"
assertEqual Rounds("until top"), 3, "Do Until"
assertEqual Rounds("while bottom"), 3, "Loop While"
assertEqual Rounds("until bottom"), 3, "Loop Until"
assertEqual Rounds("exit"), 3, "Exit Do"
assertEqual Rounds("while"), 3, "While"
assertEqual Rounds("never top"), 0, "Do While False"
assertEqual Rounds("never until"), 0, "Do Until True"
assertEqual Rounds("once while"), 1, "Loop While False"
assertEqual Rounds("once until"), 1, "Loop Until True"
assertEqual Rounds("never while"), 0, "While False"
assertEqual Rounds("null"), 0, "Do While Null"
assertEqual Rounds("until null"), 5, "Loop Until Null goes on"
assertEqual Rounds("number"), 3, "a number as condition"
assertEqual Rounds("text"), 3, "a word as condition"
n = 0
Do
  Do
    n = n + 1
    If n Mod 2 = 0 Then Exit Do
  Loop
  If n > 5 Then Exit Do
Loop
assertEqual n, 6, "Exit Do leaves one loop"
n = 0
While n < 10
  Do : n = n + 1 : If n Mod 5 = 0 Then Exit Do
  Loop
Wend
assertEqual n, 10, "Do in While"
n = 0
For i = 1 To 3
  Do : n = n + 1 : Exit For : Loop
Next
assertEqual n, 1, "Exit For from inside Do"

' If.
Function Grade(points)
  If points >= 90 Then
    Grade = "A"
  ElseIf points >= 80 Then
    Grade = "B"
  ElseIf points >= 70 Then Grade = "C"
  Else
    Grade = "F"
  End If
End Function
assertEqual Grade(95), "A", "the first branch"
assertEqual Grade(85), "B", "the second"
assertEqual Grade(75), "C", "the third, on one line"
assertEqual Grade(5), "F", "the last"
log = ""
If Note("a", False) Then
ElseIf Note("b", True) Then
ElseIf Note("c", True) Then
End If
assertEqual log, "ab", "conditions are asked until one holds"
If True Then n = 1 Else n = 2
assertEqual n, 1, "one line"
If False Then n = 1 Else n = 2
assertEqual n, 2, "one line, Else"
If True Then n = 3 : n = n + 1
assertEqual n, 4, "one line, two statements"
If False Then n = 3 : n = 5
assertEqual n, 4, "both belong to Then"
If False Then n = 3 Else n = 6 : n = n + 1
assertEqual n, 7, "both belong to Else"
If True Then n = 1 End If
assertEqual n, 1, "End If on the line"
If True Then : n = 8 : Else : n = 9 : End If
assertEqual n, 8, "a block on one line"
If True Then If False Then n = 1 Else n = 2
assertEqual n, 2, "Else belongs to the inner If"
If False Then If True Then n = 1 Else n = 5
assertEqual n, 2, "also where the outer one is false"
If True Then For i = 1 To 3 : n = i : Next
assertEqual n, 3, "a loop on the line"
If 1 = 1 Then Set o = Nothing Else Set o = New RegExp
assertEqual o Is Nothing, True, "Set on the line"
If True Then
  If True Then
    If False Then
    Else
      n = "deep"
    End If
  End If
End If
assertEqual n, "deep", "nested blocks"

' Select Case.
Function Kind(value)
  Select Case value
    Case 1, 2, 3
      Kind = "low"
    Case 4 : Kind = "four"
    Case 5, "x", True
      Kind = "mixed"
    Case Else Kind = "else"
  End Select
End Function
assertEqual Kind(1), "low", "the first of a list"
assertEqual Kind(3), "low", "the last of a list"
assertEqual Kind(4), "four", "on one line"
assertEqual Kind(5), "mixed", "a number among others"
assertEqual Kind(6.5), "else", "Case Else"
assertEqual Kind(3.0), "low", "a Double"
assertEqual Kind(CByte(4)), "four", "a Byte"
log = ""
Select Case Note("s", 3)
  Case Note("1", 1), Note("2", 2) : n = "first"
  Case Note("3", 3), Note("4", 4) : n = "second"
  Case Note("5", 5) : n = "third"
End Select
assertEqual log & n, "s123second", "cases are evaluated until one fits"
Select Case True
  Case 1 > 2 : n = "a"
  Case 2 > 1 : n = "b"
  Case Else : n = "c"
End Select
assertEqual n, "b", "conditions as cases"
n = "before"
Select Case 9
  Case 1 : n = "one"
End Select
assertEqual n, "before", "no case fits"
Select Case "b"
  Case "a", "b" : n = "letter"
End Select
assertEqual n, "letter", "strings"
Select Case "B"
  Case "b" : n = "small"
  Case Else : n = "case counts"
End Select
assertEqual n, "case counts", "case counts"
Select Case Null
  Case Null : n = "null"
  Case Else : n = "else"
End Select
assertEqual n, "else", "Null equals nothing"
Select Case 1
End Select
Select Case 2
  Case Else
    n = "only else"
End Select
assertEqual n, "only else", "Case Else alone"
Select Case 1
  Case 1
    Select Case 2
      Case 2 : n = "inner"
    End Select
  Case 2 : n = "outer"
End Select
assertEqual n, "inner", "nested"
For i = 1 To 5
  Select Case i
    Case 3 : Exit For
  End Select
Next
assertEqual i, 3, "Exit For from a case"
v = 5
Select Case v
  Case 5 : v = 6 : n = "first"
  Case 6 : n = "second"
End Select
assertEqual n, "first", "one case alone is executed"

' With.
Class Point
  Public X, Y, Child
  Public Default Property Get Text : Text = X & "," & Y : End Property
  Public Function Sum(z) : Sum = X + Y + z : End Function
  Public Sub Move(dx, dy) : X = X + dx : Y = Y + dy : End Sub
End Class
Set o = New Point
With o
  .X = 1 : .Y = 2
  .Move 10, 20
  n = .Sum(100) & "/" & .X * .Y
  Set .Child = New Point
  With .Child
    .X = 7
    .Y = .X + 1
  End With
  s = .Child.Y & .X
End With
assertEqual n, "133/242", "members in With"
assertEqual s, "811", "With in With"
With o : .X = 50 : End With
assertEqual o.X, 50, "on one line"
Set p = o
With p
  Set p = New Point
  .X = 60
End With
assertEqual o.X & TypeName(p.X), "60Empty", "the object is taken once"
log = ""
Function Make : log = log & "m" : Set Make = o : End Function
With Make
  .X = 1 : .X = .X + 1
End With
assertEqual log & o.X, "m2", "and evaluated once"
Function InWith
  With o
    If .X = 2 Then InWith = .Sum(1) : Exit Function
  End With
  InWith = "end"
End Function
assertEqual InWith, 23 + o.Y - 20, "Exit Function from With"
With New Point
  .X = 1
  assertEqual .X, 1, "With New"
End With
assertRaises "With 5 : End With", 424, "With a number"
assertRaises "With Empty : End With", 424, "With Empty"
assertRaises "x = .y", 505, "a dot without With"

' Set, Let and assignment.
Set o = New Point : o.X = 1 : o.Y = 2
v = o
assertEqual v, "1,2", "without Set the value is assigned"
Set v = o
assertEqual v Is o, True, "with Set the object"
Let n = 5
assertEqual n, 5, "Let"
Set list(1) = o
assertEqual list(1).X, 1, "Set of an element"
list(2) = o
assertEqual list(2), "1,2", "assigning an element without Set"
a = Array(o, 5)
assertEqual a(0).Y, 2, "an object in Array"
Set o = Nothing
assertEqual v.X, 1, "another variable still has it"
assertRaises "Set x = 5", 424, "Set of a number"
assertRaises "Set x = ""a""", 424, "Set of a string"
assertRaises "Set x = Empty", 424, "Set of Empty"
assertRaises "x = Nothing", 91, "Nothing without Set"
assertRaises "x = New Empty1", 500, "New of what is not declared"
assertRaises "Class E1 : End Class : x = New E1", 438, "an object without a value"

' Erase.
list(0) = 1
Erase list
assertEqual IsEmpty(list(0)) And UBound(list) = 2, True, "Erase of a fixed array"
Dim dyn() : ReDim dyn(2) : dyn(0) = 1
Erase dyn
assertRaises "x = UBound(dyn)", 9, "Erase of a dynamic array"
ReDim dyn(1)
assertEqual UBound(dyn), CLng(1), "which can be given bounds again"
a = Array(1, 2) : b = a
Erase a
assertEqual b(1), 2, "Erase leaves copies alone"
Erase dyn, grid
assertEqual IsEmpty(grid(1, 1)), True, "Erase of two"
assertRaises "Erase notAnArray", 13, "Erase of no array"

' Call.
Sub Two(x, y) : n = x & y : End Sub
Call Two(1, 2)
assertEqual n, "12", "Call"
Two 3, 4
assertEqual n, "34", "without Call"
Sub None : n = "none" : End Sub
Call None
assertEqual n, "none", "Call without arguments"
n = "" : Call None()
assertEqual n, "none", "Call with empty parentheses"
n = "" : None()
assertEqual n, "none", "empty parentheses without Call"
Function Result(x) : n = "called" & x : Result = x : End Function
Result 5
assertEqual n, "called5", "a Function as a Sub"
Call Result(6)
assertEqual n, "called6", "and with Call"
Set o = New Point : o.X = 1 : o.Y = 1
Call o.Move(1, 1)
o.Move 1, 1
assertEqual o.X, 3, "methods"
Call (New Point).Move(1, 1)
assertRaises "Two(1, 2)", 1044, "parentheses without Call"
assertRaises "Call Two 1, 2", 1025, "Call without parentheses"

' Execute and its kin, Randomize, Stop.
Execute "n = 1 : n = n + 1"
assertEqual n, 2, "Execute"
Execute "n = 3" & vbCrLf & "n = n + 1"
assertEqual n, 4, "Execute of two lines"
ExecuteGlobal "Function FromText(x) : FromText = x & x : End Function"
assertEqual FromText("a"), "aa", "ExecuteGlobal"
assertEqual Eval("n + 1"), 5, "Eval"
Randomize : Randomize 5 : Randomize "5"
Stop

' Statements on odd places.
:::n = 5:::
assertEqual n, 5, "colons"
n = 1 : ' a comment after a colon
Rem a remark
n = 2 : Rem another
assertEqual n, 2, "comments"
n = _
  3 + _
  4
assertEqual n, 7, "continued lines"
If n = 7 _
  And True _
  Then n = 8
assertEqual n, 8, "a continued If"
Sub Short : n = 9 : End Sub : Short
assertEqual n, 9, "a Sub on one line and its call"
Dim late : late = Later : assertEqual late, "later", "a call before the text"
Function Later : Later = "later" : End Function

' What is no statement.
assertRaises "If True Then" & vbLf & "x = 1", 1014, "If without End If"
assertRaises "For i = 1 To 2" & vbLf & "x = 1", 1020, "For without Next"
assertRaises "Do" & vbLf & "x = 1", 1019, "Do without Loop"
assertRaises "While True" & vbLf & "x = 1", 1018, "While without Wend"
assertRaises "With o" & vbLf & "x = 1", 1014, "With without End With"
assertRaises "Sub s1" & vbLf & "x = 1", 1014, "Sub without End Sub"
assertRaises "Loop", 1038, "Loop without Do"
assertRaises "Exit Do", 1039, "Exit Do outside a loop"
assertRaises "Exit For", 1039, "Exit For outside a loop"
assertRaises "Exit Sub", 1039, "Exit Sub outside a Sub"
assertRaises "Exit Function", 1039, "Exit Function outside a Function"
assertRaises "Function f9 : Exit Sub : End Function", 1039, "Exit Sub inside a Function"
assertRaises "For i = 1 2 : Next", 1013, "For without To"
assertRaises "If True x = 1", 1017, "If without Then"
assertRaises "x = ""abc", 1033, "a string without an end"
assertRaises "x = (1", 1006, "a missing parenthesis"
assertRaises "Select 1 : End Select", 1021, "Select without Case"

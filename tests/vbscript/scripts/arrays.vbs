Option Explicit
Dim fixed(3), grid(1, 2), dynamic(), v, w, i, n, e, seen, inner, holder, a, b, k

' Bounds and subtypes.
assertEqual LBound(fixed), CLng(0), "lower bound"
assertEqual UBound(fixed), CLng(3), "upper bound"
assertEqual UBound(grid, 1), CLng(1), "first dimension"
assertEqual UBound(grid, 2), CLng(2), "second dimension"
assertEqual TypeName(fixed), "Variant()", "TypeName of an array"
assertEqual VarType(fixed), 8204, "VarType of an array"
assertEqual IsArray(fixed), True, "IsArray"
assertEqual IsArray(dynamic), True, "IsArray of a dynamic array"
assertEqual IsArray(v), False, "IsArray of Empty"
For i = 0 To 3
  assertEqual IsEmpty(fixed(i)), True, "elements start Empty"
Next

' Indices are rounded to even, as Long.
For i = 0 To 3 : fixed(i) = i * 10 : Next
assertEqual fixed(0.5), 0, "0.5 is 0"
assertEqual fixed(1.5), 20, "1.5 is 2"
assertEqual fixed(2.5), 20, "2.5 is 2"
assertEqual fixed("3"), 30, "a string as index"
assertEqual fixed(True + 2), 10, "True as index"
assertEqual fixed(Empty), 0, "Empty as index"

' What raises what.
Function ErrorOf(code)
  On Error Resume Next
  Execute code
  ErrorOf = Err.Number
End Function
assertError ErrorOf("x = fixed(4)"), 9, "beyond the end"
assertError ErrorOf("x = fixed(-1)"), 9, "before the start"
assertError ErrorOf("x = fixed(1, 1)"), 9, "too many indices"
assertError ErrorOf("x = grid(1)"), 9, "too few indices"
assertError ErrorOf("x = dynamic(0)"), 9, "never dimensioned"
assertError ErrorOf("x = UBound(dynamic)"), 9, "UBound of what was never dimensioned"
assertError ErrorOf("x = UBound(grid, 3)"), 9, "UBound of a third dimension"
assertError ErrorOf("x = UBound(5)"), 13, "UBound of no array"
assertError ErrorOf("x = fixed(Null)"), 94, "Null as index"
assertError ErrorOf("x = fixed(""a"")"), 13, "text as index"
assertError ErrorOf("y = 5 : x = y(0)"), 13, "index of a number"
assertError ErrorOf("x = fixed & """""), 13, "an array as text"
assertError ErrorOf("x = fixed + 1"), 13, "an array as a number"
assertError ErrorOf("x = (fixed = fixed)"), 13, "arrays compared"
assertError ErrorOf("x = (fixed = Null)"), 13, "an array against Null"
assertError ErrorOf("ReDim fixed(5)"), 10, "ReDim of a fixed array"
assertError ErrorOf("Erase x"), 13, "Erase of no array"

' A declared array takes no whole values.
On Error Resume Next
fixed = Array(1, 2)
assertError Err.Number, 13, "assigning to a fixed array"
Err.Clear
dynamic = Array(1, 2)
assertError Err.Number, 13, "assigning to a dynamic array"
Err.Clear
fixed = 5
assertError Err.Number, 13, "assigning a number to an array"
Err.Clear
Set fixed = Nothing
assertError Err.Number, 13, "Set of an array"
On Error GoTo 0
assertEqual fixed(3), 30, "what failed changed nothing"
Class Fields
  Public Rows(2)
  Public Any
  Public Function Refuse
    On Error Resume Next
    Rows = Array(1)
    Refuse = Err.Number
  End Function
End Class
Set holder = New Fields
assertError holder.Refuse, 13, "assigning to an array field inside"
On Error Resume Next
holder.Rows = Array(1)
assertError Err.Number, 13, "assigning to an array field outside"
On Error GoTo 0
holder.Any = Array(7, 8)
assertEqual holder.Any(1), 8, "a field that holds an array"
holder.Rows(2) = "r"
assertEqual holder.Rows(2), "r", "an element of an array field"

' Arrays are values.
v = fixed
v(1) = "changed"
assertEqual fixed(1), 10, "assignment copies"
w = v
v(1) = "again"
assertEqual w(1), "changed", "copies are independent"
v = Array(1, Array(2, 3))
w = v
inner = w(1)
inner(0) = 20
assertEqual w(1)(0), 2, "reading an inner array copies it"
w(1)(0) = 30
assertEqual w(1)(0), 30, "an inner element is assigned in place"
assertEqual v(1)(0), 2, "inner arrays are copied too"
Sub ChangeByValue(ByVal p)
  p(0) = "x"
End Sub
Sub ChangeByReference(p)
  p(0) = "x"
End Sub
v = Array(1, 2)
ChangeByValue v
assertEqual v(0), 1, "ByVal copies"
ChangeByReference v
assertEqual v(0), "x", "ByRef does not"
v = Array(1, 2)
ChangeByReference (v)
assertEqual v(0), 1, "parentheses copy"
Function Made
  Made = Array(1, 2, 3)
End Function
assertEqual Made()(2), 3, "an index on a result"
assertEqual UBound(Array()), CLng(-1), "an empty array"
assertEqual UBound(Split("", ",")), CLng(-1), "an empty Split"

' Elements by reference.
Sub SetTo(p, value)
  p = value
End Sub
v = Array(1, 2, Array(3, 4))
SetTo v(0), "one"
assertEqual v(0), "one", "an element by reference"
SetTo v(2)(0), "three"
SetTo (v(1)), "no"
assertEqual v(1), 2, "an element in parentheses"
k = 0
Sub MoveOn(p, value)
  k = k + 1
  p = value
End Sub
v = Array("a", "b", "c")
MoveOn v(k), "first"
assertEqual v(0) & v(1), "firstb", "the index is taken once, before the call"
Sub SetAndFail(p)
  p = "kept"
  Err.Raise 5
End Sub
On Error Resume Next
SetAndFail v(2)
assertError Err.Number, 5, "the callee raised"
On Error GoTo 0
assertEqual v(2), "kept", "an element keeps its change when the callee raises"
n = "before"
On Error Resume Next
SetAndFail n
On Error GoTo 0
assertEqual n, "kept", "a variable keeps its change when the callee raises"
Sub Local
  Dim l, m(1)
  l = "before" : m(1) = "before"
  On Error Resume Next
  SetAndFail l
  SetAndFail m(1)
  assertEqual l & m(1), "keptkept", "locals keep their change when the callee raises"
End Sub
Local

' ReDim and Preserve.
ReDim dynamic(2)
dynamic(0) = "a" : dynamic(2) = "c"
ReDim Preserve dynamic(4)
assertEqual UBound(dynamic), CLng(4), "grown"
assertEqual dynamic(0) & dynamic(2) & dynamic(4), "ac", "Preserve keeps"
ReDim Preserve dynamic(1)
assertEqual UBound(dynamic), CLng(1), "shrunk"
ReDim Preserve dynamic(2)
assertEqual IsEmpty(dynamic(2)), True, "what was cut off is gone"
ReDim dynamic(1)
assertEqual IsEmpty(dynamic(0)), True, "ReDim empties"
ReDim dynamic(1, 2)
dynamic(1, 2) = "x"
ReDim Preserve dynamic(1, 3)
assertEqual dynamic(1, 2), "x", "the last dimension grows"
On Error Resume Next
ReDim Preserve dynamic(2, 3)
assertError Err.Number, 9, "the first cannot"
Err.Clear
ReDim Preserve dynamic(5)
assertError Err.Number, 9, "nor their number"
On Error GoTo 0
ReDim dynamic(-1)
assertEqual UBound(dynamic), CLng(-1), "ReDim to nothing"
v = 5
ReDim v(1)
assertEqual UBound(v), CLng(1), "ReDim of a variable that was no array"
For i = 0 To 500
  ReDim Preserve v(i)
  v(i) = i
Next
assertEqual v(0) + v(250) + v(500), 750, "growing one by one"

' Erase.
Erase fixed
assertEqual IsEmpty(fixed(1)), True, "Erase of a fixed array"
assertEqual UBound(fixed), CLng(3), "keeps its bounds"
Erase v
assertError ErrorOf("x = UBound(v)"), 9, "Erase of a dynamic array"

' For Each.
grid(0, 0) = 1 : grid(1, 0) = 2 : grid(0, 1) = 3 : grid(1, 1) = 4 : grid(0, 2) = 5 : grid(1, 2) = 6
seen = ""
For Each e In grid : seen = seen & e : Next
assertEqual seen, "123456", "the left index runs fastest"
v = Array(1, 2, 3)
For Each e In v : e = 9 : Next
assertEqual v(0) & v(2), "13", "the variable is a copy"
Dim never()
n = 0
For Each e In never : n = n + 1 : Next
assertEqual n, 0, "no round over what was never dimensioned"
For Each e In Array() : n = n + 1 : Next
assertEqual n, 0, "no round over an empty array"
v = Array(1, 2, 3)
On Error Resume Next
For Each e In v
  ReDim Preserve v(5)
  assertError Err.Number, 10, "ReDim inside For Each"
  Err.Clear
  Erase v
  assertError Err.Number, 10, "Erase inside For Each"
  Err.Clear
  Exit For
Next
On Error GoTo 0
ReDim Preserve v(4)
assertEqual UBound(v), CLng(4), "ReDim after Exit For"
Sub LeaveInside
  Dim e
  For Each e In v
    Exit Sub
  Next
End Sub
LeaveInside
ReDim Preserve v(5)
assertEqual UBound(v), CLng(5), "ReDim after Exit Sub"
Sub FailInside
  Dim e
  For Each e In v
    Err.Raise 5
  Next
End Sub
On Error Resume Next
FailInside
On Error GoTo 0
ReDim Preserve v(6)
assertEqual UBound(v), CLng(6), "ReDim after an error in the loop"
Do
  For Each e In v
    For Each i In v
      Exit Do
    Next
  Next
Loop
ReDim Preserve v(7)
assertEqual UBound(v), CLng(7), "ReDim after Exit Do"
v = Array(1, 2)
For Each e In v
  v(1) = "new"
  n = e
Next
assertEqual n, "new", "elements may change"

' Many dimensions.
Dim deep(1, 1, 1, 1)
deep(1, 0, 1, 0) = "d"
assertEqual deep(1, 0, 1, 0), "d", "four dimensions"
assertEqual UBound(deep, 4), CLng(1), "the fourth"
n = 0
For Each e In deep : n = n + 1 : Next
assertEqual n, 16, "all its elements"

' Array functions.
assertEqual Join(Array(1, "b", 2.5), "-"), "1-b-2.5", "Join"
assertEqual Join(Split("a b c")), "a b c", "Split and Join"
assertEqual UBound(Filter(Array("ab", "b", "c"), "b")), CLng(1), "Filter"
a = Array(Array(1, 2), Array(3, 4))
b = 0
For Each e In a : For Each i In e : b = b + i : Next : Next
assertEqual b, 10, "arrays in arrays"

' Arrays of every shape, as values and in places.
Option Explicit
Dim a, b, c, i, j, k, n, s, v, grid(2, 3), cube(1, 2, 3), one(0), dyn(), many, o, list

' Every element of two and three dimensions has its own place.
n = 0
For i = 0 To 2 : For j = 0 To 3 : grid(i, j) = n : n = n + 1 : Next : Next
n = 0
For i = 0 To 2 : For j = 0 To 3
  assertEqual grid(i, j), n, "grid(" & i & ", " & j & ")"
  n = n + 1
Next : Next
n = 0
For i = 0 To 1 : For j = 0 To 2 : For k = 0 To 3 : cube(i, j, k) = n : n = n + 1 : Next : Next : Next
n = 0
For i = 0 To 1 : For j = 0 To 2 : For k = 0 To 3
  assertEqual cube(i, j, k), n, "cube(" & i & ", " & j & ", " & k & ")"
  n = n + 1
Next : Next : Next
s = "" : For Each v In cube : s = s & v & " " : Next
assertEqual s, "0 12 4 16 8 20 1 13 5 17 9 21 2 14 6 18 10 22 3 15 7 19 11 23 ", "For Each: the first index runs fastest"
For i = 1 To 3
  assertEqual LBound(cube, i), CLng(0), "LBound of dimension " & i
  assertEqual UBound(cube, i), CLng(i), "UBound of dimension " & i
Next
assertEqual UBound(cube), CLng(1), "UBound without a dimension is that of the first"
assertRaises "x = UBound(cube, 0)", 9, "dimension 0"
assertRaises "x = UBound(cube, 4)", 9, "dimension 4"
assertRaises "x = cube(0, 0)", 9, "two indices of three"
assertRaises "x = cube(0, 0, 0, 0)", 9, "four of three"
assertRaises "x = cube(2, 0, 0)", 9, "the first too large"
assertRaises "x = cube(0, 3, 0)", 9, "the second too large"
assertRaises "x = cube(0, 0, 4)", 9, "the third too large"
assertRaises "x = cube(0, -1, 0)", 9, "a negative one"
assertRaises "cube(2, 0, 0) = 1", 9, "assigning outside"
one(0) = "only"
assertEqual one(0) & UBound(one), "only0", "one element"
assertRaises "x = one(1)", 9, "beyond it"
ExecuteGlobal "Dim sixty(" & Replace(Space(59), " ", "0,") & "0)"
assertEqual UBound(Eval("sixty"), 60), CLng(0), "sixty dimensions"

' Indices are converted to whole numbers, to even.
a = Array("zero", "one", "two", "three")
assertEqual a(0.5), "zero", "0.5"
assertEqual a(1.5), "two", "1.5"
assertEqual a(2.5), "two", "2.5"
assertEqual a(2.51), "three", "2.51"
assertEqual a("1"), "one", "text"
assertEqual a("1.6"), "two", "a fraction as text"
assertEqual a(Empty), "zero", "Empty"
assertEqual a(False), "zero", "False"
assertEqual a(CByte(3)), "three", "a Byte"
assertEqual a(CCur(1)), "one", "a Currency"
assertEqual a(-0.4), "zero", "-0.4"
assertEqual a(i - i + 1), "one", "an expression"
assertEqual a(UBound(a)), "three", "UBound as index"
assertRaises "x = Array(1)(True)", 9, "True is -1"
assertRaises "x = Array(1)(""a"")", 13, "a word"
assertRaises "x = Array(1)(Null)", 94, "Null"
a(1.5) = "changed"
assertEqual a(2), "changed", "assigning with a fraction"

' Every assignment copies.
a = Array(1, 2, 3)
b = a : b(0) = "b"
assertEqual a(0) & b(0), "1b", "a variable"
c = Array(a, a) : c(0)(0) = "c"
assertEqual a(0) & c(0)(0) & c(1)(0), "1c1", "into Array"
ReDim dyn(1) : dyn(0) = a : dyn(0)(0) = "d"
assertEqual a(0) & dyn(0)(0), "1d", "into an element"
dyn(1) = dyn(0) : dyn(1)(0) = "e"
assertEqual dyn(0)(0) & dyn(1)(0), "de", "from one element to another"
b = dyn : b(0)(0) = "f"
assertEqual dyn(0)(0) & b(0)(0), "df", "inner arrays are copied, too"
Function Result(x) : Result = x : End Function
b = Result(a) : b(0) = "g"
assertEqual a(0), 1, "a result"
Class Holder
  Public Items
  Private mItems
  Public Property Let All(x) : mItems = x : End Property
  Public Property Get All : All = mItems : End Property
  Public Sub SetFirst(x) : mItems(0) = x : End Sub
  Public Function First : First = mItems(0) : End Function
End Class
Set o = New Holder
o.Items = a : a(0) = "after"
assertEqual o.Items(0), 1, "a field keeps what it got"
b = o.Items : b(0) = "outside"
assertEqual o.Items(0), 1, "and gives copies"
o.All = a : a(0) = "later"
assertEqual o.First, "after", "a property keeps what it got"
b = o.All : b(0) = "outside"
assertEqual o.First, "after", "and gives copies, too"
o.SetFirst "inside"
assertEqual o.All()(0), "inside", "changed from inside"
a = Array(1, 2, 3)
For Each v In a : a(2) = "new" : Next
assertEqual v & a(2), "newnew", "For Each looks at the array itself"
a = Array(Array(1), Array(2))
For Each v In a : v(0) = "copy" : Next
assertEqual a(0)(0) & a(1)(0), "12", "but gives copies of inner arrays"
a = Array(1, 2) : a = Array(a, a)
assertEqual a(1)(1), 2, "an array put into itself"
a = Array(3, 4) : a(0) = a
assertEqual a(0)(1) & UBound(a), "41", "an element that gets its own array"
Set v = New Holder
a = Array(v) : b = a
b(0).Items = "shared"
assertEqual a(0).Items, "shared", "objects in copies are the same objects"

' Nested arrays.
a = Array(1, Array(2, Array(3, Array(4))))
assertEqual a(1)(1)(1)(0), 4, "four levels"
a(1)(1)(1)(0) = "deep"
assertEqual a(1)(1)(1)(0), "deep", "assigned in place"
a(1)(0) = Array(9)
assertEqual a(1)(0)(0), 9, "an array for a number"
assertEqual UBound(a(1)), CLng(1), "UBound of an inner one"
assertEqual IsArray(a(1)(1)), True, "IsArray of an inner one"
assertEqual Join(Array("x", Join(Array("y", "z"), "+")), "-"), "x-y+z", "Join in Join"
ReDim a(1) : ReDim b(1, 1)
b(1, 1) = Array("in grid") : a(0) = b
assertEqual a(0)(1, 1)(0), "in grid", "an array in a grid in an array"
a(0)(0, 1) = "set"
assertEqual a(0)(0, 1), "set", "an element of an inner grid"
assertEqual IsEmpty(b(0, 1)), True, "whose origin is untouched"
list = Array()
For i = 1 To 5
  ReDim Preserve list(i - 1)
  list(i - 1) = Array(i, i * i)
Next
s = "" : For i = 0 To UBound(list) : s = s & list(i)(1) & " " : Next
assertEqual s, "1 4 9 16 25 ", "a table that grows"

' Sorting, searching, reversing: what scripts do with them.
Sub Sort(x)
  Dim i, j, t
  For i = 0 To UBound(x) - 1
    For j = i + 1 To UBound(x)
      If x(j) < x(i) Then t = x(i) : x(i) = x(j) : x(j) = t
    Next
  Next
End Sub
a = Array(5, 3, 9, 1, 7) : Sort a
assertEqual Join(a, ","), "1,3,5,7,9", "numbers sorted in place"
a = Split("pear apple fig") : Sort a
assertEqual Join(a), "apple fig pear", "words sorted in place"
Function Find(x, wanted)
  Dim low, high, middle
  low = 0 : high = UBound(x) : Find = -1
  Do While low <= high
    middle = (low + high) \ 2
    If x(middle) = wanted Then Find = middle : Exit Function
    If x(middle) < wanted Then low = middle + 1 Else high = middle - 1
  Loop
End Function
a = Split("a b c d e f g")
For i = 0 To 6
  assertEqual CLng(Find(a, Chr(97 + i))), CLng(i), "binary search of " & Chr(97 + i)
Next
assertEqual Find(a, "z"), -1, "binary search of what is not there"
Function Reversed(x)
  Dim i, r : ReDim r(UBound(x))
  For i = 0 To UBound(x) : r(UBound(x) - i) = x(i) : Next
  Reversed = r
End Function
assertEqual Join(Reversed(a), ""), "gfedcba", "reversed"
assertEqual Join(a, ""), "abcdefg", "the origin as it was"
Function Sieve(limit)
  Dim flags, i, j : ReDim flags(limit)
  For i = 2 To limit
    If IsEmpty(flags(i)) Then
      Sieve = Sieve & i & " "
      For j = i * 2 To limit Step i : flags(j) = True : Next
    End If
  Next
End Function
assertEqual Sieve(30), "2 3 5 7 11 13 17 19 23 29 ", "primes"
ReDim many(9999)
For i = 0 To 9999 : many(i) = i : Next
n = 0 : For Each v In many : n = n + v : Next
assertEqual n, 49995000, "ten thousand elements"
n = 0 : For i = UBound(many) To LBound(many) Step -1 : n = n + many(i) : Next
assertEqual n, 49995000, "backwards"
assertEqual UBound(Split(String(9999, ","), ",")), CLng(9999), "Split of ten thousand"
assertEqual UBound(Filter(Split("ab ac bc ad"), "a")), CLng(2), "Filter of a Split"

' Locals, parameters, results.
Function Local1
  Dim t(2), i
  For i = 0 To 2 : t(i) = i * i : Next
  Local1 = t
  t(0) = "late"
End Function
assertEqual Join(Local1, ","), "0,1,4", "a result does not follow its origin"
Function Fresh
  Dim t(1)
  Fresh = IsEmpty(t(0))
  t(0) = 1
End Function
assertEqual Fresh And Fresh, True, "a local array is new in each call"

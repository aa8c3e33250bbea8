Option Explicit
' ByRef, ByVal, parentheses, array elements, recursion.
Dim a, b, arr(2), nested

Sub Change(x)
  x = x & "!"
End Sub
Sub ChangeCopy(ByVal x)
  x = "lost"
End Sub

a = "a"
Change a
assertEqual a, "a!", "by reference"
Change (a)
assertEqual a, "a!", "parentheses pass a copy"
Change(a)
assertEqual a, "a!", "a statement with one argument in parentheses passes a copy"
Call Change(a)
assertEqual a, "a!!", "Call passes a reference"
Call Change((a))
assertEqual a, "a!!", "Call with double parentheses passes a copy"
ChangeCopy a
assertEqual a, "a!!", "ByVal"

arr(1) = "e"
Change arr(1)
assertEqual arr(1), "e!", "an element is a reference"
nested = Array(Array(1, 2), 3)
Change nested(0)(1)
Sub SetFirst(list)
  list(0) = "first"
End Sub
SetFirst arr
assertEqual arr(0), "first", "arrays are passed by reference"
SetFirst nested(0)
assertEqual nested(0)(0), "first", "an inner array is changed in place"

Function Sum(list)
  Dim item
  For Each item In list
    Sum = Sum + item
  Next
End Function
assertEqual Sum(Array(1, 2, 3)), 6, "the result is a variable"

Function Fact(n)
  If n <= 1 Then Fact = 1 Else Fact = n * Fact(n - 1)
End Function
assertEqual Fact(5), 120, "recursion"
assertEqual TypeName(Fact(13)), "Double", "promotion in recursion"

Function NoResult()
End Function
assertEqual IsEmpty(NoResult), True, "no result is Empty"
Sub Nothing1()
End Sub
assertEqual IsEmpty(Nothing1), True, "a Sub in an expression is Empty"

Dim shared1
shared1 = 1
Sub Alias(x)
  shared1 = 5
  seen = x
End Sub
Dim seen
Alias shared1
assertEqual seen, 5, "a global that is passed is the parameter itself"

Sub Twice(x, y)
  x = x + 1
  y = y + 1
End Sub
Dim one
one = 1
Twice one, one
assertEqual one, 3, "one variable passed twice"

Sub Outer(x)
  Inner x
End Sub
Sub Inner(y)
  y = y * 2
End Sub
Dim chained
chained = 21
Outer chained
assertEqual chained, 42, "references are handed on"

Dim i
Function Count(n)
  i = i + 1
  Count = n
End Function
i = 0
assertEqual Count(1) + Count(2) * Count(3), 7, "calls in an expression"
assertEqual i, 3, "each called once"
assertEqual i + Count(1), 4, "left operand is read before the call"

Dim ref
Set ref = GetRef("Fact")
assertEqual ref(4), 24, "GetRef"

Sub Early(x)
  If x > 1 Then Exit Sub
  i = 99
End Sub
Early 2
assertEqual i, 4, "Exit Sub"

Dim constructor, prototype, arguments, await
constructor = 1 : prototype = 2 : arguments = 3 : await = 4
assertEqual constructor + prototype + arguments + await, 10, "JavaScript's words are ordinary names"
Dim [my name], [end]
[my name] = 5 : [end] = 6
assertEqual [my name] + [end], 11, "bracketed names"

On Error Resume Next
Fact 1, 2
assertEqual CInt(Err.Number), 450, "wrong number of arguments" 
Err.Clear
Dim forever
Function Deep(n)
  Deep = Deep(n + 1)
End Function
forever = Deep(1)
assertEqual CInt(Err.Number), 28, "out of stack space"
On Error GoTo 0
Class Holder
  Public Sub Blank(ByVal list)
    list(0) = "blank"
  End Sub
End Class
Sub Blank(ByVal list)
  list(0) = "blank"
End Sub
Dim kept, holder1
kept = Array("kept")
Set holder1 = New Holder
Blank kept
holder1.Blank kept
holder1.Blank kept
assertEqual kept(0), "kept", "ByVal copies arrays"
Dim bumped
Function Bump
  bumped = bumped + 1
  Bump = 10
End Function
bumped = 1
assertEqual bumped + Bump, 11, "the left operand is read before a bare name calls"
assertEqual bumped & Bump & bumped, "2103", "and the right one after"

' Procedures: what is passed by reference and what by value, results, recursion, GetRef.
Option Explicit
Dim a, b, i, n, s, v, o, p, r, list(3), grid(1, 1), inner, calls

Sub Put(x, value) : x = value : End Sub
Sub PutCopy(ByVal x, value) : x = value : End Sub
Sub PutRef(ByRef x, value) : x = value : End Sub
Sub Change(x) : x = "changed" : End Sub
Function ChangeF(x) : x = "changed" : ChangeF = 1 : End Function
Function Same(x) : Same = x : End Function
Class Holder
  Public Field, Items(2)
  Private mValue
  Public Property Get Value : Value = mValue : End Property
  Public Property Let Value(x) : mValue = x : End Property
  Public Sub Change(x) : x = "changed" : End Sub
  Public Sub ChangeCopy(ByVal x) : x = "changed" : End Sub
  Public Function ChangeF(x) : x = "changed" : ChangeF = 1 : End Function
  Public Sub ChangeOwn : Change Field : End Sub
  Public Sub ChangeOwnItem : Change Items(1) : End Sub
  Public Property Get Taking(x) : x = "changed" : Taking = 1 : End Property
  Public Default Function Item(x) : x = "changed" : Item = 1 : End Function
End Class
Set o = New Holder

' A variable goes by reference.
a = 1 : Put a, 2
assertEqual a, 2, "a variable"
a = 1 : PutRef a, 2
assertEqual a, 2, "a variable to ByRef"
a = 1 : PutCopy a, 2
assertEqual a, 1, "a variable to ByVal"
a = 1 : Call Put(a, 2)
assertEqual a, 2, "with Call"
a = 1 : Change a
assertEqual a, "changed", "one argument"
a = 1 : Call Change(a)
assertEqual a, "changed", "one argument with Call"
a = 1 : n = ChangeF(a)
assertEqual a, "changed", "in an expression"
a = 1 : ChangeF a
assertEqual a, "changed", "a Function as a Sub"
a = 1 : b = 2 : n = ChangeF(a) + ChangeF(b)
assertEqual a & b, "changedchanged", "twice in an expression"
a = 1 : If ChangeF(a) = 1 Then assertEqual a, "changed", "in a condition"

' Parentheses make a copy.
a = 1 : Change (a)
assertEqual a, 1, "parentheses"
a = 1 : Change(a)
assertEqual a, 1, "parentheses without a blank are the same"
a = 1 : Call Change((a))
assertEqual a, 1, "Call with two pairs"
a = 1 : n = ChangeF((a))
assertEqual a, 1, "two pairs in an expression"
a = 1 : ChangeF(a)
assertEqual a, 1, "a Function as a Sub with parentheses"
a = 1 : Put (a), 2
assertEqual a, 1, "the first of two in parentheses"
a = 1 : Call Put((a), 2)
assertEqual a, 1, "the first of two with Call"

' Expressions, constants and results are copies.
Const K = 5
a = 1
Change a + 0
assertEqual a, 1, "a sum"
Change a & ""
assertEqual a, 1, "a concatenation"
Change -a
assertEqual a, 1, "a sign"
Change K
assertEqual K, 5, "a constant"
Change 5
Change "text"
Change Same(a)
assertEqual a, 1, "a result"
Change Not a
assertEqual a, 1, "a logical expression"

' Elements go by reference.
list(0) = 1 : Change list(0)
assertEqual list(0), "changed", "an element"
i = 2 : list(i) = 1 : Change list(i)
assertEqual list(2), "changed", "an element by a variable index"
list(3) = 1 : Change list(i + 1)
assertEqual list(3), "changed", "an element by an expression"
list(1) = 1 : Change (list(1))
assertEqual list(1), 1, "an element in parentheses"
grid(1, 0) = 1 : Change grid(1, 0)
assertEqual grid(1, 0), "changed", "an element of two dimensions"
v = Array(1, Array(2, 3))
Change v(0)
assertEqual v(0), "changed", "an element of what Array made"
v = Array(1, Array(2, Array(3, 4))) : b = v
Change v(1)(0)
assertEqual v(1)(0), "changed", "an element of an inner array"
n = ChangeF(v(1)(1)(i - 1))
assertEqual v(1)(1)(1), "changed", "one further in"
assertEqual b(1)(0) & b(1)(1)(1), "24", "copies are left alone"
v = Array(1, 2) : n = ChangeF(v(1))
assertEqual v(1), "changed", "an element in an expression"
Sub ChangeList(x) : x(0) = "changed" : End Sub
Sub ChangeListCopy(ByVal x) : x(0) = "changed" : End Sub
v = Array(1, 2) : ChangeList v
assertEqual v(0), "changed", "an array by reference"
v = Array(1, 2) : ChangeListCopy v
assertEqual v(0), 1, "an array by value"
v = Array(1, 2) : ChangeList (v)
assertEqual v(0), 1, "an array in parentheses"
v = Array(Array(1), 2) : ChangeList v(0)
assertEqual v(0)(0), "changed", "an inner array by reference"
list(0) = 1 : ChangeList list
assertEqual list(0), "changed", "an array with fixed bounds by reference"
Sub Grow(x) : ReDim Preserve x(5) : End Sub
v = Array(1) : Grow v
assertEqual UBound(v), CLng(5), "ReDim of a parameter"
Sub Replaced(x) : x = Array("new") : End Sub
v = Array(1) : Replaced v
assertEqual v(0), "new", "an array replaced by another"

' Fields and properties of objects are copies.
o.Field = 1 : Change o.Field
assertEqual o.Field, 1, "a field"
o.Value = 1 : Change o.Value
assertEqual o.Value, 1, "a property"
o.Field = 1 : n = ChangeF(o.Field)
assertEqual o.Field, 1, "a field in an expression"
o.Field = Array(1, 2) : ChangeList o.Field
assertEqual o.Field(0), 1, "an array in a field"
With o
  .Field = 1 : Change .Field
  assertEqual .Field, 1, "a field in With"
End With

' Inside a class its fields are variables.
o.Field = 1 : o.ChangeOwn
assertEqual o.Field, "changed", "a field inside its class"
o.ChangeOwnItem
assertEqual o.Items(1), "changed", "an element of a field inside its class"

' Methods take references as procedures do.
a = 1 : o.Change a
assertEqual a, "changed", "a method"
a = 1 : o.Change (a)
assertEqual a, 1, "a method, parentheses"
a = 1 : Call o.Change(a)
assertEqual a, "changed", "a method with Call"
a = 1 : o.ChangeCopy a
assertEqual a, 1, "a method with ByVal"
a = 1 : n = o.ChangeF(a)
assertEqual a, "changed", "a method in an expression"
a = 1 : n = o.Taking(a)
assertEqual a, "changed", "a property's argument"
a = 1 : o a
assertEqual a, "changed", "the default member's argument in a statement"
list(1) = 1 : o.Change list(1)
assertEqual list(1), "changed", "an element to a method"

' References through several calls.
Sub Outer(x) : Middle x : End Sub
Sub Middle(y) : Change y : End Sub
a = 1 : Outer a
assertEqual a, "changed", "handed on twice"
Sub OuterCopy(ByVal x) : Change x : n = x : End Sub
a = 1 : OuterCopy a
assertEqual a & n, "1changed", "a copy handed on by reference"
Sub OuterLocal
  Dim l : l = 1
  Change l
  assertEqual l, "changed", "a local"
  Change (l & "")
End Sub
OuterLocal
Sub Both(x, y) : x = x + 1 : y = y + 1 : End Sub
a = 1 : Both a, a
assertEqual a, 3, "one variable in two places"
a = 1 : Both a, (a)
assertEqual a, 2, "once by reference, once as a copy"
Sub SeesGlobal(x) : a = 5 : n = x : End Sub
a = 1 : SeesGlobal a
assertEqual n, 5, "the parameter is the global itself"
Sub SeesCopy(ByVal x) : a = 5 : n = x : End Sub
a = 1 : SeesCopy a
assertEqual n, 1, "ByVal is not"
Sub MakeObject(x) : Set x = New Holder : End Sub
a = 1 : MakeObject a
assertEqual TypeName(a), "Holder", "an object comes back"
Sub LoseObject(x) : Set x = Nothing : End Sub
Set p = o : LoseObject p
assertEqual p Is Nothing, True, "Nothing comes back"
assertEqual o Is Nothing, False, "to that variable alone"
Sub FieldOf(ByVal x) : x.Field = "through" : End Sub
FieldOf o
assertEqual o.Field, "through", "a copy of a reference is the same object"
Sub LoopParameter(x) : For x = 1 To 3 : Next : End Sub
a = 0 : LoopParameter a
assertEqual a, 4, "a parameter as loop variable"
Sub EachParameter(x) : For Each x In Array("p", "q") : Next : x = x & "!" : End Sub
a = 0 : EachParameter a
assertEqual IsEmpty(a), False, "a parameter as variable of For Each"
Sub UndefinedYet(x) : assertEqual IsEmpty(x), True, "Empty is passed" : x = 1 : End Sub
Dim notYet : UndefinedYet notYet
assertEqual notYet, 1, "and gets a value"

' An object in parentheses stays an object.
Class Valued
  Public Default Property Get Item : Item = "value" : End Property
End Class
Function KindOf(x) : KindOf = TypeName(x) : End Function
Set p = New Valued
assertEqual KindOf(p), "Valued", "an object as argument"
assertEqual KindOf((p)), "Valued", "an object in parentheses"

' Results.
Function NoResult : End Function
assertEqual IsEmpty(NoResult), True, "without assignment Empty"
Function TwoResults : TwoResults = 1 : TwoResults = 2 : End Function
assertEqual TwoResults, 2, "the last assignment counts"
Function Early(x) : Early = "early" : If x Then Exit Function
Early = "late" : End Function
assertEqual Early(True) & Early(False), "earlylate", "Exit Function keeps the result so far"
Function Builds : Dim i : For i = 1 To 3 : Builds = Builds & i : Next : End Function
assertEqual Builds, "123", "the result is a variable"
Function MakesObject : Set MakesObject = New Holder : End Function
assertEqual TypeName(MakesObject), "Holder", "an object as result"
assertEqual MakesObject.ChangeF(1), 1, "a member of a result"
Function MakesArray : MakesArray = Array(1, 2, 3) : End Function
assertEqual MakesArray()(1), 2, "an element of a result"
assertEqual UBound(MakesArray), CLng(2), "an array as result"
Function InPlace : InPlace = Array(0, 0) : InPlace(1) = 5 : End Function
Function Local1 : Dim t(1) : t(1) = 5 : Local1 = t : End Function
assertEqual Local1()(1), 5, "a local array as result"
Sub NoFunction : End Sub
assertEqual IsEmpty(NoFunction()), True, "a Sub in an expression"
Function Caller : Caller = Callee + 1 : End Function
Function Callee : Callee = 41 : End Function
assertEqual Caller, 42, "a call without parentheses"

' Recursion.
Function Factorial(n) : If n <= 1 Then Factorial = 1 Else Factorial = n * Factorial(n - 1)
End Function
assertEqual Factorial(5), 120, "factorial"
assertEqual Factorial(10), 3628800, "becomes a Long"
assertEqual Factorial(13), CDbl(6227020800), "becomes a Double"
Function Fibonacci(n) : If n < 2 Then Fibonacci = n Else Fibonacci = Fibonacci(n - 1) + Fibonacci(n - 2)
End Function
assertEqual Fibonacci(15), 610, "Fibonacci"
Function Even(n) : If n = 0 Then Even = True Else Even = Odd(n - 1)
End Function
Function Odd(n) : If n = 0 Then Odd = False Else Odd = Even(n - 1)
End Function
assertEqual Even(100), True, "two that call each other"
Function Depth(n) : If n = 0 Then Depth = 0 Else Depth = 1 + Depth(n - 1)
End Function
assertEqual Depth(100), 100, "a hundred deep"
Sub Hanoi(n, from, via, target)
  If n = 0 Then Exit Sub
  Hanoi n - 1, from, target, via
  calls = calls + 1
  Hanoi n - 1, via, from, target
End Sub
calls = 0 : Hanoi 6, "a", "b", "c"
assertEqual calls, 63, "Hanoi"
Function Again : calls = calls + 1 : If calls < 3 Then Again() Else Again = "done"
End Function
calls = 0 : Again
assertEqual calls, 3, "parentheses make it a call of itself"
Function Ackermann(m, n)
  If m = 0 Then
    Ackermann = n + 1
  ElseIf n = 0 Then
    Ackermann = Ackermann(m - 1, 1)
  Else
    Ackermann = Ackermann(m - 1, Ackermann(m, n - 1))
  End If
End Function
assertEqual Ackermann(2, 3), 9, "Ackermann"

' Arguments are parsed as expressions.
Sub Show(x) : n = x : End Sub
Show 1 + 2 * 3
assertEqual n, 7, "a sum"
Show (1 + 2) * 3
assertEqual n, 9, "parentheses at the start"
Show -1
assertEqual n, -1, "a sign"
Show 1 = 1
assertEqual n, True, "a comparison"
Show Not 1
assertEqual n, -2, "Not"
Show "a" & "b"
assertEqual n, "ab", "strings"
Show Same(Same(3))
assertEqual n, 3, "calls"
Show (2)
assertEqual n, 2, "a number in parentheses"
Sub Show2(x, y) : n = x & "," & y : End Sub
Show2 (1 + 1) * 2, 3
assertEqual n, "4,3", "parentheses at the start of two"
Show2 (1), (2)
assertEqual n, "1,2", "each in parentheses"
Show2 -1, +2
assertEqual n, "-1,2", "signs"
Show2 "a", _
  "b"
assertEqual n, "a,b", "on two lines"

' Wrong calls.
assertRaises "Put 1", 450, "too few arguments"
assertRaises "Put 1, 2, 3", 450, "too many arguments"
assertRaises "x = Same()", 450, "none"
assertRaises "x = Same(1, 2)", 450, "one too many"
assertRaises "Call NoResult(1)", 450, "one for none"
assertRaises "Put(1, 2)", 1044, "parentheses around two"
assertRaises "Same = 5", 501, "a function outside is not assigned"

' GetRef.
Set r = GetRef("Factorial")
assertEqual r(5), 120, "a function by reference"
assertEqual IsObject(r), True, "is an object"
Set r = GetRef("CHANGE")
a = 1 : r a
assertEqual a, "changed", "a Sub by reference, in any case"
Function Apply(f, x) : Apply = f(x) : End Function
assertEqual Apply(GetRef("Factorial"), 4), 24, "as an argument"
v = Array(GetRef("Even"), GetRef("Odd"))
assertEqual v(0)(4), True, "in an array"
assertEqual v(1)(4), False, "another"
Set o = New Holder
Set o.Items(0) = GetRef("Same")
assertEqual TypeName(o.Items(0)) <> "Empty", True, "in a field"
assertRaises "Set x = GetRef(""nowhere"")", 5, "an unknown name"
assertRaises "Set x = GetRef(5)", 13, "a number"

' Execute sees parameters and locals.
Function Local2(p)
  Dim l : l = 5
  Execute "l = l + p : p = 100"
  Local2 = l
End Function
a = 2
assertEqual Local2(a), 7, "Execute reads and writes locals"
assertEqual a, 100, "and parameters"

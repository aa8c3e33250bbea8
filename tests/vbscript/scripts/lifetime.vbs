Option Explicit
Dim log, a, b, c, d, i, e, list(2), grow(), f, keep
Class Noisy
  Public Name
  Public Partner
  Public Items(1)
  Private Sub Class_Initialize
    Name = "?"
  End Sub
  Private Sub Class_Terminate
    log = log & Name & " "
  End Sub
  Public Function Named(text)
    Name = text
    Set Named = Me
  End Function
  Public Property Set Other(value)
    Set Partner = value
  End Property
  Public Property Get Other
    Set Other = Partner
  End Property
  Public Function Child(text)
    Set Child = Make(text)
  End Function
  Public Sub Nothing1
  End Sub
  Public Sub Forget
    Set a = Nothing
    log = log & "alive "
  End Sub
End Class
Class Quiet
  Public Held
End Class
Function Make(text)
  Set Make = New Noisy
  Make.Name = text
End Function
Sub Check(expected, label)
  assertEqual log, expected, label
  log = ""
End Sub
log = ""

' Plain variables.
Set a = Make("a") : Set a = Nothing
Check "a ", "Set to Nothing"
Set a = Make("a") : Set a = Make("b")
Check "a ", "Set to another"
a = 5
Check "b ", "overwritten by a number"
Set a = Make("a") : Set b = a : Set a = Nothing
Check "", "still held"
Set b = Nothing
Check "a ", "held no more"
Set a = Make("a") : Set a = a : Check "", "Set to itself"
Set a = Nothing : Check "a ", "once"

' Results that nobody takes, and temporaries.
Make "x"
Check "x ", "an ignored result"
Call Make("x")
Check "x ", "an ignored result of Call"
e = Make("x").Name
Check "x ", "a temporary of an expression"
assertEqual e, "x", "whose value was read first"
e = (New Noisy).Name
Check "? ", "New in an expression"
Call (New Noisy).Named("y").Nothing1
Check "y ", "a chain of calls"
Set a = (New Noisy).Named("z")
Check "", "a chain whose end is kept"
Set a = Nothing
Check "z ", "and then not"
Sub Take(p)
  log = log & "in "
End Sub
Take New Noisy
Check "in ? ", "an argument"
Take (Make("q"))
Check "in q ", "an argument in parentheses"
Sub TakeByValue(ByVal p)
  log = log & "in "
  Set p = Nothing
  log = log & "out "
End Sub
TakeByValue Make("v")
Check "in out v ", "a temporary lives as long as its statement"
Set a = Make("v")
TakeByValue a
Check "in out ", "ByVal leaves the variable alone"
Sub Replace1(p)
  Set p = Make("new")
  log = log & "replaced "
End Sub
Replace1 a
Check "v replaced ", "ByRef replaces the variable's object"
Set a = Nothing
Check "new ", "with one that the variable holds"
Replace1 Make("t")
Check "replaced new t ", "a ByRef temporary"
Replace1 (Make("t"))
Check "replaced new t ", "a ByRef temporary in parentheses"

' Locals.
Sub Locals
  Dim l, m
  Set l = Make("l")
  Set m = l
  log = log & "in "
End Sub
Locals
Check "in l ", "a local at the end of its procedure"
Sub Leave
  Dim l
  Set l = Make("l")
  If True Then Exit Sub
End Sub
Leave
Check "l ", "Exit Sub"
Sub Fail
  Dim l
  Set l = Make("l")
  Err.Raise 5
End Sub
On Error Resume Next
Fail
On Error GoTo 0
Check "l ", "an error"
Function Pass
  Dim l
  Set l = Make("l")
  Set Pass = l
End Function
Set a = Pass
Check "", "a result outlives its variable"
Set a = Nothing
Check "l ", "until nobody holds it"
For i = 1 To 3
  Set a = Make("n" & i)
Next
Check "n1 n2 ", "a loop"
Set a = Nothing
log = ""

' Elements of arrays.
Set list(0) = Make("e0") : Set list(1) = Make("e1")
Check "", "elements hold"
Set list(0) = Nothing
Check "e0 ", "an element set to Nothing"
Erase list
Check "e1 ", "Erase"
ReDim grow(2)
Set grow(0) = Make("g0") : Set grow(2) = Make("g2")
ReDim Preserve grow(1)
Check "g2 ", "cut off by ReDim Preserve"
ReDim Preserve grow(5)
Check "", "kept by ReDim Preserve"
ReDim grow(1)
Check "g0 ", "gone with ReDim"
a = Array(Make("p"), Make("q"))
Check "", "Array holds"
b = a
a = Empty
Check "", "so does a copy"
b = Empty
Check "p q ", "the last copy goes"
e = Array(Make("p"))(0).Name
Check "p ", "an element of a temporary array"
Function Several
  Several = Array(Make("s1"), Make("s2"))
End Function
a = Several
Check "", "an array as a result"
a = 1
Check "s1 s2 ", "and its end"
Several
Check "s1 s2 ", "an array that nobody takes"
Sub LocalArray
  Dim l(1)
  Set l(0) = Make("la")
End Sub
LocalArray
Check "la ", "an array that ends with its procedure"
For Each e In Array(Make("f1"), Make("f2"))
  log = log & e.Name & "! "
Next
Set e = Nothing
assertEqual InStr(log, "f1! f2! ") > 0, True, "For Each over a temporary array"
assertEqual Len(log), CLng(14), "whose elements end"
log = ""
Sub ReplaceElement(p)
  Set p = Make("re")
End Sub
Set list(2) = Make("old")
ReplaceElement list(2)
Check "old ", "an element by reference"
Set list(2) = Nothing
Check "re ", "and what came in its place"
a = Array(Array(Make("deep")))
a(0)(0) = 1
Check "deep ", "an element of an inner array"

' Fields.
Set a = Make("outer")
Set a.Partner = Make("inner")
Check "", "a field holds"
Set a.Partner = Make("second")
Check "inner ", "a field set anew"
Set a = Nothing
Check "outer second ", "an object and what only it held"
Set a = Make("outer")
Set a.Other = Make("inner")
Set b = a.Other
Set a = Nothing
Check "outer ", "what others hold stays"
Set b = Nothing
Check "inner ", "as long as they do"
Set a = Make("outer")
Set a.Items(0) = Make("item")
Set a = Nothing
Check "outer item ", "an array field"
Set a = New Quiet
Set a.Held = Make("held")
Set a = Nothing
Check "held ", "held by an object without Class_Terminate"
Set a = Make("m")
Set b = a.Child("child")
Set a = Nothing
Check "m ", "a method's result"
Set b = Nothing
Check "child ", "is its caller's"

' With.
With Make("w")
  .Name = "W"
  log = log & "in "
End With
Check "in W ", "With"
With New Noisy
  .Name = "w1"
  With Make("w2")
    .Nothing1
  End With
  log = log & "between "
End With
Check "w2 between w1 ", "With in With"
For i = 1 To 2
  With Make("x" & i)
    Exit For
  End With
Next
Check "x1 ", "Exit For in With"
Sub WithExit
  With Make("we")
    Exit Sub
  End With
End Sub
WithExit
Check "we ", "Exit Sub in With"

' An object lives while its methods run.
Set a = Make("me")
a.Forget
Check "alive me ", "a method that lets go of its object"

' Chains of any length, and circles.
Set a = Make("") : Set b = a
For i = 1 To 5000
  Set b.Partner = New Noisy
  Set b = b.Partner
  b.Name = ""
Next
Set b = Nothing
log = ""
Set a = Nothing
assertEqual Len(log), CLng(5001), "a long chain"
log = ""
Set a = Make("c1") : Set b = Make("c2")
Set a.Partner = b : Set b.Partner = a
Set a = Nothing : Set b = Nothing
Check "", "a circle lives to the end"

' Code that is compiled later.
Execute "Set c = Make(""ex"") : Set c = Nothing"
Check "ex ", "Execute"
ExecuteGlobal "Sub Later : Dim l : Set l = Make(""later"") : End Sub"
Later
Check "later ", "a procedure of an include"
d = Eval("Make(""ev"").Name")
Check "ev ", "Eval"
assertEqual TypeName(Make("t")), "Noisy", "a function of the library"
Check "t ", "holds nothing"

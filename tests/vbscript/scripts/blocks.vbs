Option Explicit
Dim i, j, n, s, v, o

' For.
s = "" : For i = 1 To 3 : s = s & i : Next
assertEqual s, "123", "up"
assertEqual i, 4, "the variable after it"
s = "" : For i = 3 To 1 Step -1 : s = s & i : Next
assertEqual s & i, "3210", "down"
s = "" : For i = 3 To 1 : s = s & i : Next
assertEqual s & i, "3", "never"
s = "" : For i = 1 To 2 Step 0.5 : s = s & i & " " : Next
assertEqual s, "1 1.5 2 ", "by halves"
n = 3 : s = "" : For i = 1 To n : n = 10 : s = s & i : Next
assertEqual s, "123", "the bound is taken once"
s = "" : For i = 1 To 6 : s = s & i : i = i + 1 : Next
assertEqual s, "135", "a changed variable counts"
s = "" : For i = "1" To "3" : s = s & i : Next
assertEqual s, "123", "bounds as strings"
For i = 1 To 2 : Next
assertEqual TypeName(i), "Integer", "Integer bounds"
For i = 1 To 40000 Step 20000 : Next
assertEqual i, 40001, "Long bounds"
For i = 32766 To 32767 : Next
assertEqual i, 32768, "beyond Integer"
For i = 1 To 3 : For j = 1 To 3 : If j = 2 Then Exit For
n = i * 10 + j : Next : Next
assertEqual n, 31, "Exit For leaves the inner one"
On Error Resume Next
For i = Null To 3 : s = "in" : Next
assertError Err.Number, 92, "Null as a bound runs the body once, then 92"
On Error GoTo 0

' Do and While.
n = 0 : Do While n < 3 : n = n + 1 : Loop : assertEqual n, 3, "Do While"
n = 0 : Do Until n = 3 : n = n + 1 : Loop : assertEqual n, 3, "Do Until"
n = 5 : Do : n = n + 1 : Loop While n < 3 : assertEqual n, 6, "Loop While"
n = 5 : Do : n = n + 1 : Loop Until n > 2 : assertEqual n, 6, "Loop Until"
n = 0 : While n < 3 : n = n + 1 : Wend : assertEqual n, 3, "While"
n = 0 : Do : n = n + 1 : If n = 4 Then Exit Do
Loop : assertEqual n, 4, "Exit Do"
n = 0
Do
  For i = 1 To 5
    n = n + 1
    If i = 2 Then Exit Do
  Next
Loop
assertEqual n, 2, "Exit Do from inside For"

' If.
If True Then n = 1 Else n = 2
assertEqual n, 1, "Then"
If False Then n = 1 Else n = 2
assertEqual n, 2, "Else"
If False Then n = 1 : n = 3 Else n = 4 : n = n + 1
assertEqual n, 5, "chains"
n = 0 : If False Then n = 1 : n = 2
assertEqual n, 0, "the chain belongs to Then"
If True Then If False Then n = 1 Else n = 2
assertEqual n, 2, "Else belongs to the nearest If"
If 0.5 Then n = 1 Else n = 2
assertEqual n, 1, "any number but 0 is true"
If "True" Then n = 1 Else n = 2
assertEqual n, 1, "a Boolean word"
If "0" Then n = 1 Else n = 2
assertEqual n, 2, "a number as text"
If Empty Then n = 1 Else n = 2
assertEqual n, 2, "Empty"
If True Then
End If
If False Then
ElseIf True Then
  n = "elseif"
Else
  n = "else"
End If
assertEqual n, "elseif", "ElseIf"
If True Then : n = "colon" : End If
assertEqual n, "colon", "a colon after Then"

' Select.
Function Choose(value)
  Select Case value
    Case 1 : Choose = "one"
    Case 2, 3 : Choose = "few"
    Case Else : Choose = "else"
  End Select
End Function
assertEqual Choose(1), "one", "Case"
assertEqual Choose(3), "few", "a list"
assertEqual Choose(9), "else", "Case Else"
assertEqual Choose("2"), "few", "a string against numeric literals is a number"
On Error Resume Next
n = Choose("z")
assertError Err.Number, 13, "which a word is not"
On Error GoTo 0
Select Case "b"
  Case "a" : n = 1
  Case "b" : n = 2
End Select
assertEqual n, 2, "strings"
assertEqual Choose(Empty), "else", "Empty is none of them"
assertEqual Choose(1.0), "one", "a Double"
Select Case 5 : End Select
Select Case True
  Case 1 > 2 : n = "first"
  Case 2 > 1 : n = "second"
End Select
assertEqual n, "second", "conditions as cases"
i = 0
Function Counted
  i = i + 1
  Counted = i
End Function
Select Case Counted
  Case 9 : n = 0
  Case 1 : n = "once"
End Select
assertEqual n & i, "once1", "the selector is evaluated once"

' With.
Set o = New RegExp
With o
  .Pattern = "a+"
  .Global = True
  With New RegExp
    .Pattern = "inner"
    n = .Pattern
  End With
  n = n & .Pattern
End With
assertEqual n, "innera+", "With in With"
On Error Resume Next
With 42
End With
assertError Err.Number, 424, "With a number"
Err.Clear
With Nothing
End With
assertError Err.Number, 0, "With Nothing"
With Nothing : .x = 1 : End With
assertEqual Err.Number <> 0, True, "a member of Nothing"
On Error GoTo 0

' On Error Resume Next goes on inside blocks.
Sub Blocks
  Dim n, i
  On Error Resume Next
  n = "" : If 1 / 0 Then n = "then" Else n = "else"
  assertEqual n, "then", "an error in a condition enters the body"
  n = "" : If False Then
    n = "first"
  ElseIf 1 / 0 Then
    n = "second"
  End If
  assertEqual n, "second", "so in ElseIf"
  n = 0 : Do While 1 / 0 : n = n + 1 : If n = 2 Then Exit Do
  Loop
  assertEqual n, 2, "a failing top test enters the loop"
  n = 0 : Do : n = n + 1 : Loop While 1 / 0
  assertEqual n, 1, "a failing bottom test leaves it"
  n = "none" : Select Case 1 / 0 : Case 1 : n = "one" : Case Else : n = "else" : End Select
  assertEqual n, "none", "a failing selector skips all"
  n = "none" : Select Case 5 : Case 1 / 0 : n = "failed" : Case 5 : n = "five" : End Select
  assertEqual n, "failed", "a failing case is taken"
  n = 0 : For Each i In 5 : n = n + 1 : Next
  assertEqual n, 1, "a failing For Each runs once"
  assertError Err.Number, 451, "and then it is no collection"
End Sub
Blocks

' For Each.
s = ""
For Each v In Array("a", "b") : s = s & v : Next
assertEqual s, "ab", "an array"
On Error Resume Next
Err.Clear
For Each v In 5 : Next
assertError Err.Number, 451, "a number"

Option Explicit
Dim trace, x, i, o
Sub Fail
  trace = trace & "f"
  x = 1 / 0
  trace = trace & "never"
End Sub
Sub Careful
  On Error Resume Next
  Fail
  trace = trace & "c" & Err.Number
End Sub
Careful
assertEqual trace, "fc11", "the nearest handler continues after its call"
assertEqual CInt(Err.Number), 11, "Err stays after a return"

On Error Resume Next
Err.Clear
If 1 / 0 Then trace = "then" Else trace = "else"
assertEqual trace, "then", "an error in a condition enters the body"
trace = ""
Do While x / 0 > 1
  trace = trace & "d"
  Exit Do
Loop
assertEqual trace, "d", "Do While enters its body"
trace = ""
Do
  trace = trace & "u"
Loop Until 1 / 0
assertEqual trace, "u", "Loop Until leaves"
trace = ""
Do
  trace = trace & "w"
Loop While 1 / 0
assertEqual trace, "w", "Loop While leaves"
trace = ""
i = "old"
Err.Clear
For i = 1 To "x"
  trace = trace & i
Next
assertEqual trace, "old", "For runs once with the old variable"
assertEqual CInt(Err.Number), 92, "then Next fails"
trace = ""
Err.Clear
For Each i In 5
  trace = trace & "e"
Next
assertEqual trace, "e", "For Each runs once"
assertEqual CInt(Err.Number), 451, "and 451"
trace = ""
Select Case 1 / 0
  Case 1
    trace = "case"
  Case Else
    trace = "case else"
End Select
assertEqual trace, "", "Select is skipped"
Select Case 5
  Case 1 / 0
    trace = "body"
  Case 5
    trace = "five"
End Select
assertEqual trace, "body", "a Case that fails is taken"
Err.Clear
With 42
  .Foo
End With
assertEqual CInt(Err.Number), 424, "With needs an object"
x = 7
x = 1 / 0
assertEqual x, 7, "the assignment does not happen"

Err.Raise 1000, "me", "custom"
assertEqual CInt(Err.Number), 1000, "Raise"
assertEqual Err.Source, "me", "Source"
assertEqual Err.Description, "custom", "Description"
Err.Raise &H80020005
assertEqual CInt(Err.Number), 13, "HRESULTs map"
Err.Raise vbObjectError + 5
assertEqual Err.Number, vbObjectError + 5, "others are kept"
On Error GoTo 0
assertEqual CInt(Err.Number), 0, "GoTo 0 clears"

On Error Resume Next
Err.Clear
Execute "x = = 1"
assertEqual Err.Number <> 0, True, "syntax errors can be caught"
Err.Clear
undeclared = 5
assertEqual CInt(Err.Number), 500, "Option Explicit"
assertEqual Err.Description, "Variable is undefined: 'undeclared'", "message"
Err.Clear
x = CInt("abc")
assertEqual CInt(Err.Number), 13, "type mismatch"
Err.Clear
x = CInt(40000)
assertEqual CInt(Err.Number), 6, "overflow"
Err.Clear
Dim a(2)
x = a(3)
assertEqual CInt(Err.Number), 9, "subscript"
Err.Clear
x = 1E308 * 10
assertEqual CInt(Err.Number), 6, "Double overflow"
Err.Clear
Const K = 5
K = 6
assertEqual CInt(Err.Number), 501, "a constant cannot be assigned"
Err.Clear
x = Null
If x Then trace = "null" Else trace = "else"
assertEqual trace, "else", "Null is not true"
x = CStr(Null)
assertEqual CInt(Err.Number), 94, "Null"

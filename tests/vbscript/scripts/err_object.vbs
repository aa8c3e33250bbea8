' Err, and where a script goes on after an error.
Option Explicit
Dim n, s, i, v, o, log, list(1), e

' The object.
On Error Resume Next
assertEqual Err.Number, CLng(0), "no error at first"
assertEqual Err.Description, "", "no description"
assertEqual Err.Source, "", "no source"
assertEqual Err.HelpFile, "", "no help file"
assertEqual CLng(Err.HelpContext), CLng(0), "no help context"
assertEqual Err = 0, True, "the number is its default member"
n = 1 / 0
assertEqual Err.Number, CLng(11), "Number"
assertEqual Err.Description, "Division by zero", "Description"
assertEqual Err.Source, "Microsoft VBScript runtime error", "Source"
assertEqual Err = 11, True, "Err alone is its number"
If Err Then s = "yes" Else s = "no"
assertEqual s, "yes", "Err as a condition"
n = 5
assertEqual Err.Number, CLng(11), "a statement that succeeds does not clear it"
n = CInt("x")
assertEqual Err.Number, CLng(13), "another error takes its place"
Err.Clear
assertEqual Err.Number, CLng(0), "Clear: number"
assertEqual Err.Description, "", "Clear: description"
assertEqual Err.Source, "", "Clear: source"
n = 1 / 0
On Error Resume Next
assertEqual Err.Number, CLng(0), "On Error Resume Next clears"
n = 1 / 0
On Error GoTo 0
assertEqual Err.Number, CLng(0), "On Error GoTo 0 clears"
On Error Resume Next
Err.Number = 5
assertEqual Err.Number, CLng(5), "Number can be set"
Err.Description = "mine"
assertEqual Err.Description, "mine", "Description can be set"
Err.Source = "me"
assertEqual Err.Source, "me", "Source can be set"
Err.HelpFile = "help.chm" : Err.HelpContext = 7
assertEqual Err.HelpFile & Err.HelpContext, "help.chm7", "the help, too"
Err.Clear
Set e = Err
n = 1 / 0
assertEqual e.Number, CLng(11), "there is one Err"
Err.Clear

' Raise.
Err.Raise 1000
assertEqual Err.Number, CLng(1000), "Raise"
Err.Clear : Err.Raise 1000, "source", "description", "file", 9
assertEqual Err.Source, "source", "Raise: source"
assertEqual Err.Description, "description", "Raise: description"
assertEqual Err.HelpFile, "file", "Raise: help file"
assertEqual CLng(Err.HelpContext), CLng(9), "Raise: help context"
Err.Clear : Err.Raise 11
assertEqual Err.Description, "Division by zero", "a known number has its description"
Err.Clear : Err.Raise 13, "x", "own text"
assertEqual Err.Description, "own text", "unless one is given"
Err.Clear : Err.Raise vbObjectError + 1, "src", "custom"
assertEqual Err.Number, CLng(-2147221503), "vbObjectError + 1"
assertEqual Err.Number - vbObjectError, CLng(1), "and back"
Err.Clear : Err.Raise 0
assertEqual Err.Number, CLng(5), "Raise 0 is an invalid call"
Err.Clear : Err.Raise "11"
assertEqual Err.Number, CLng(11), "a number as text"
Err.Clear : Err.Raise "x"
assertEqual Err.Number, CLng(13), "a word"
Err.Clear : Err.Raise &H800A000D
assertEqual Err.Number, CLng(13), "&H800A000D is 13"
Err.Clear : Err.Raise &H80070005
assertEqual Err.Number, CLng(70), "access denied"
Err.Clear : Err.Raise &H80004001
assertEqual Err.Number, CLng(445), "not implemented"
Err.Clear : Err.Raise &H80004005
assertEqual Err.Number, CLng(-2147467259), "others are kept"
Err.Clear

' The numbers of errors and their texts.
Sub Fails(code, number, text)
  On Error Resume Next
  ExecuteGlobal code
  assertError Err.Number, number, code
  assertEqual Err.Description, text, "the text of " & code
End Sub
If True Then ExecuteGlobal "Dim x, fixed1(2), y1"
Fails "x = 1 / 0", 11, "Division by zero"
Fails "x = CInt(40000)", 6, "Overflow: 'CInt'"
Fails "x = CInt(""a"")", 13, "Type mismatch: 'CInt'"
Fails "x = Left(""a"", -1)", 5, "Invalid procedure call or argument: 'Left'"
Fails "x = CStr(Null)", 94, "Invalid use of Null: 'CStr'"
Fails "y1.z = 1", 424, "Object required: 'y1'"
Fails "Set x = New Nowhere", 500, "Variable is undefined: 'Nowhere'"
Fails "Option Explicit : nowhere2 = 1", 500, "Variable is undefined: 'nowhere2'"
Fails "Set x = New RegExp : x.Nowhere", 438, "Object doesn't support this property or method: 'x.Nowhere'"
Fails "Err.Raise 7", 7, "Out of memory"
Fails "Err.Raise 10", 10, "This array is fixed or temporarily locked"
Fails "Err.Raise 14", 14, "Out of string space"
Fails "Err.Raise 17", 17, "Can't perform requested operation"
Fails "Err.Raise 28", 28, "Out of stack space"
Fails "Err.Raise 35", 35, "Sub or Function not defined"
Fails "Err.Raise 48", 48, "Error in loading DLL"
Fails "Err.Raise 51", 51, "Internal error"
Fails "Err.Raise 52", 52, "Bad file name or number"
Fails "Err.Raise 53", 53, "File not found"
Fails "Err.Raise 54", 54, "Bad file mode"
Fails "Err.Raise 55", 55, "File already open"
Fails "Err.Raise 57", 57, "Device I/O error"
Fails "Err.Raise 58", 58, "File already exists"
Fails "Err.Raise 61", 61, "Disk full"
Fails "Err.Raise 62", 62, "Input past end of file"
Fails "Err.Raise 67", 67, "Too many files"
Fails "Err.Raise 68", 68, "Device unavailable"
Fails "Err.Raise 70", 70, "Permission denied"
Fails "Err.Raise 71", 71, "Disk not ready"
Fails "Err.Raise 74", 74, "Can't rename with different drive"
Fails "Err.Raise 75", 75, "Path/File access error"
Fails "Err.Raise 76", 76, "Path not found"
Fails "Err.Raise 91", 91, "Object variable not set"
Fails "Err.Raise 92", 92, "For loop not initialized"
Fails "Err.Raise 93", 93, "Invalid pattern string"
Fails "Err.Raise 94", 94, "Invalid use of Null"
Fails "Err.Raise 322", 322, "Can't create necessary temporary file"
Fails "Err.Raise 424", 424, "Object required"
Fails "Err.Raise 429", 429, "ActiveX component can't create object"
Fails "Err.Raise 430", 430, "Class doesn't support Automation"
Fails "Err.Raise 432", 432, "File name or class name not found during Automation operation"
Fails "Err.Raise 438", 438, "Object doesn't support this property or method"
Fails "Err.Raise 445", 445, "Object doesn't support this action"
Fails "Err.Raise 446", 446, "Object doesn't support named arguments"
Fails "Err.Raise 447", 447, "Object doesn't support current locale setting"
Fails "Err.Raise 448", 448, "Named argument not found"
Fails "Err.Raise 449", 449, "Argument not optional"
Fails "Err.Raise 450", 450, "Wrong number of arguments or invalid property assignment"
Fails "Err.Raise 451", 451, "Object not a collection"
Fails "Err.Raise 453", 453, "Specified DLL function not found"
Fails "Err.Raise 455", 455, "Code resource lock error"
Fails "Err.Raise 457", 457, "This key is already associated with an element of this collection"
Fails "Err.Raise 458", 458, "Variable uses an Automation type not supported in VBScript"
Fails "Err.Raise 462", 462, "The remote server machine does not exist or is unavailable"
Fails "Err.Raise 481", 481, "Invalid picture"
Fails "Err.Raise 500", 500, "Variable is undefined"
Fails "Err.Raise 501", 501, "Illegal assignment"
Fails "Err.Raise 502", 502, "Object not safe for scripting"
Fails "Err.Raise 503", 503, "Object not safe for initializing"
Fails "Err.Raise 504", 504, "Object not safe for creating"
Fails "Err.Raise 505", 505, "Invalid or unqualified reference"
Fails "Err.Raise 506", 506, "Class not defined"
Fails "Err.Raise 507", 507, "An exception occurred"
Fails "Err.Raise 5016", 5016, "Regular Expression object expected"
Fails "Err.Raise 5017", 5017, "Syntax error in regular expression"
Fails "Err.Raise 5018", 5018, "Unexpected quantifier"
Fails "Err.Raise 5019", 5019, "Expected ']' in regular expression"
Fails "Err.Raise 5020", 5020, "Expected ')' in regular expression"
Fails "Err.Raise 5021", 5021, "Invalid range in character set"
Fails "Err.Raise 32811", 32811, "Element not found"
Err.Clear

' The mode belongs to the procedure.
Sub Quiet
  On Error Resume Next
  n = 1 / 0
  log = log & "quiet" & Err.Number & " "
End Sub
Sub Loud
  n = 1 / 0
  log = log & "never "
End Sub
Sub QuietCallsLoud
  On Error Resume Next
  Loud
  log = log & "after" & Err.Number & " "
End Sub
Sub LoudCallsQuiet
  Quiet
  log = log & "back "
  n = 1 / 0
  log = log & "never "
End Sub
log = "" : Quiet
assertEqual log, "quiet11 ", "a procedure that handles its own"
log = "" : QuietCallsLoud
assertEqual log, "after11 ", "one that handles those of another"
log = "" : Err.Clear : LoudCallsQuiet
assertEqual log, "quiet11 back ", "the caller's mode is off as before"
assertEqual Err.Number, CLng(11), "and its error reaches the script"
Sub Off
  On Error Resume Next
  n = 1 / 0
  On Error GoTo 0
  n = CInt("x")
  log = "never"
End Sub
Err.Clear : log = "" : Off
assertEqual Err.Number & log, "13", "On Error GoTo 0 ends it"
Sub Level3 : Err.Raise 333, "level3", "deep" : End Sub
Sub Level2 : Level3 : log = log & "2" : End Sub
Sub Level1
  On Error Resume Next
  Level2
  log = log & "1"
End Sub
log = "" : Err.Clear : Level1
assertEqual log & Err.Number & Err.Source, "1333level3", "through two procedures"
Function Half(x)
  Half = "before"
  x = 1 / 0
  Half = "after"
End Function
v = "old" : v = Half(1)
assertEqual v, "old", "the assignment of a failed call does not happen"
v = "old" : v = 5 + 1 / 0
assertEqual v, "old", "nor that of a failed expression"
Sub TwoSteps(x, y) : log = log & x & y : End Sub
log = "" : TwoSteps 1, 1 / 0
assertEqual log, "", "a call whose argument fails does not happen"
log = "" : n = 1 / 0 : log = log & "same line"
assertEqual log, "same line", "the next statement on the line is executed"
Class Thrower
  Public Property Get Fails : Err.Raise 2000, "Thrower", "get" : End Property
  Public Property Let Fails(x) : Err.Raise 2001, "Thrower", "let" : End Property
  Public Function F : Err.Raise 2002, "Thrower", "function" : End Function
  Private Sub Class_Terminate : log = log & "terminated" : End Sub
End Class
Set o = New Thrower
Err.Clear : v = o.Fails
assertEqual Err.Number & Err.Description, "2000get", "from Property Get"
Err.Clear : o.Fails = 1
assertEqual Err.Number & Err.Description, "2001let", "from Property Let"
Err.Clear : v = o.F
assertEqual Err.Number & Err.Description, "2002function", "from a method"
log = "" : Set o = Nothing
assertEqual log, "terminated", "the object ends as others do"

' "Next" is the next statement in the text, also into a block.
log = "" : If 1 / 0 Then log = "then" Else log = "else"
assertEqual log, "then", "If on one line"
log = ""
If 1 / 0 Then
  log = log & "then"
Else
  log = log & "else"
End If
assertEqual log, "then", "If"
log = ""
If False Then
  log = "a"
ElseIf 1 / 0 Then
  log = "b"
Else
  log = "c"
End If
assertEqual log, "b", "ElseIf"
log = "" : i = 0
Do While 1 / 0
  i = i + 1
  log = log & i
  If i = 2 Then Exit Do
Loop
assertEqual log, "12", "Do While"
log = "" : i = 0
Do Until 1 / 0
  i = i + 1
  log = log & i
  If i = 2 Then Exit Do
Loop
assertEqual log, "12", "Do Until"
log = "" : Do : log = log & "x" : Loop While 1 / 0
assertEqual log, "x", "Loop While"
log = "" : Do : log = log & "x" : Loop Until 1 / 0
assertEqual log, "x", "Loop Until"
log = "" : i = 7 : Err.Clear
For i = 1 To 1 / 0
  log = log & "x" & i
Next
assertEqual log & Err.Number, "x792", "For: the body once, then 92"
log = "" : i = 7 : Err.Clear
For i = 1 / 0 To 3 : log = log & "x" & i : Next
assertEqual log & Err.Number, "x792", "For with a start that fails"
log = "" : i = 7 : Err.Clear
For i = 1 To 3 Step 1 / 0 : log = log & "x" & i : Next
assertEqual log & Err.Number, "x792", "For with a step that fails"
log = "" : Err.Clear
For Each v In 5 : log = log & "x" : Next
assertEqual log & Err.Number, "x451", "For Each: the body once, then 451"
log = ""
Select Case 1 / 0
  Case 1 : log = "one"
  Case Else : log = "else"
End Select
assertEqual log, "", "Select Case: skipped"
log = ""
Select Case 5
  Case 4 : log = "four"
  Case 1 / 0 : log = "failed"
  Case 5 : log = "five"
End Select
assertEqual log, "failed", "Case: its body"
log = "" : Err.Clear
With 1 / 0
  log = log & "in"
  n = .x
  log = log & Err.Number
End With
assertEqual log, "in424", "With: the body, without an object"
log = ""
For i = 1 To 3
  n = 1 / (i - 2)
  log = log & i
Next
assertEqual log, "123", "an error in a loop does not leave it"
log = ""
With New RegExp
  .Pattern = "a"
  .Nowhere = 1
  log = .Pattern
End With
assertEqual log, "a", "nor one in With"
list(0) = "kept" : list(5) = 1
assertEqual list(0), "kept", "a failed index changes nothing"

' Errors of code made at run time.
Err.Clear : Execute "n = 1 +"
assertEqual Err.Number, CLng(1002), "Execute: a syntax error"
assertEqual Err.Source, "Microsoft VBScript compilation error", "its source"
Err.Clear : n = Eval("1 / 0")
assertEqual Err.Number, CLng(11), "Eval: an error in the expression"
Err.Clear : Execute "n = 1 / 0 : n = ""never"""
assertEqual Err.Number, CLng(11), "Execute: an error"
Err.Clear : ExecuteGlobal "Sub FromText2 : Err.Raise 77 : End Sub" : FromText2
assertEqual Err.Number, CLng(77), "an error in what ExecuteGlobal defined"
On Error GoTo 0

' Lets Windows judge the self-checking scripts:
'
'   cscript //Nologo on_windows.vbs scripts\dates.vbs
'
' prints what differs from what a script expects, and ends with 1 if anything does. The scripts expect the regional
' settings of the United States.
Dim checkCount, checkFailures, checkFile
checkCount = 0 : checkFailures = 0

Sub checkReport(label, seen, wanted)
  checkCount = checkCount + 1
  If seen = wanted Then Exit Sub
  checkFailures = checkFailures + 1
  WScript.Echo label & ": " & seen & ", expected " & wanted
End Sub

Function checkDescribe(value)
  Dim element, text
  If IsArray(value) Then
    For Each element In value : text = text & checkDescribe(element) & ", " : Next
    checkDescribe = "(" & text & ")"
  ElseIf IsObject(value) Then
    checkDescribe = TypeName(value)
  ElseIf IsNull(value) Then
    checkDescribe = "Null"
  ElseIf VarType(value) = vbDate Or VarType(value) = vbDouble Then
    checkDescribe = TypeName(value) & " " & CDbl(value)
  Else
    checkDescribe = TypeName(value) & " " & CStr(value)
  End If
End Function

Sub assertEqual(ByVal actual, ByVal expected, ByVal label)
  checkReport label, checkDescribe(actual), checkDescribe(expected)
End Sub

Sub assertError(ByVal actual, ByVal expected, ByVal label)
  checkReport label, CStr(actual), CStr(expected)
End Sub

Sub assertRaises(ByVal code, ByVal expected, ByVal label)
  Dim number
  On Error Resume Next
  ExecuteGlobal code
  number = Err.Number
  On Error GoTo 0
  checkReport label, CStr(number), CStr(expected)
End Sub

Set checkFile = CreateObject("Scripting.FileSystemObject").OpenTextFile(WScript.Arguments(0))
ExecuteGlobal checkFile.ReadAll
checkFile.Close
WScript.Echo checkCount & " assertions, " & checkFailures & " failed"
If checkFailures > 0 Then WScript.Quit 1

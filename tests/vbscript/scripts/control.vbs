Dim i, s, k, v, a, m
s = ""
For i = 5 To 1 Step -2 : s = s & i : Next
assertEqual s, "531", "Step"
assertEqual i, -1, "after the loop"
For i = 3 To 1 : s = "x" : Next
assertEqual s, "531", "not entered"
For i = 1 To 2.5 Step 0.5 : k = i : Next
assertEqual k, CDbl(2.5), "Doubles"
s = ""
For i = 1 To 10
  If i = 3 Then i = 6
  If i > 7 Then Exit For
  s = s & i
Next
assertEqual s, "1267", "changing the variable"
For i = 32766 To 32768 : Next
assertEqual i, 32769, "beyond Integer"
For i = "1" To "3" : s = s & i : Next
assertEqual s, "1267123", "strings are numbers"
For i = #2026-01-01# To #2026-01-03# : k = i : Next
assertEqual k, #2026-01-03#, "dates"
s = ""
Do Until Len(s) >= 3 : s = s & "a" : Loop
assertEqual s, "aaa", "Do Until"
While Len(s) < 5
  s = s & "b"
Wend
assertEqual s, "aaabb", "While"
Do
  s = s & "c"
  Exit Do
Loop
assertEqual s, "aaabbc", "Exit Do"
s = ""
For i = 1 To 3
  Do
    For k = 1 To 3
      If k = 2 Then Exit Do
      s = s & i & k
    Next
  Loop
Next
assertEqual s, "112131", "Exit Do out of For"
If 1 = 1 Then If 1 = 2 Then s = "a" Else s = "b"
assertEqual s, "b", "dangling Else"
If False Then : s = "x" : Else : s = "y" : End If
assertEqual s, "y", "one line with colons"
If False Then
  s = 1
ElseIf s = "y" Then
  s = 2
Else
  s = 3
End If
assertEqual s, 2, "ElseIf"
Select Case LCase("B")
  Case "a" : s = 1
  Case "b", "c"
    s = 2
    s = s + 1
  Case Else s = 4
End Select
assertEqual s, 3, "Select"
ReDim a(1, 2)
For i = 0 To 1 : For k = 0 To 2 : a(i, k) = i & k : Next : Next
s = ""
For Each v In a : s = s & v & " " : Next
assertEqual s, "00 10 01 11 02 12 ", "the left index runs fastest"
ReDim Preserve a(1, 3)
assertEqual a(1, 2), "12", "Preserve"
assertEqual UBound(a, 2), 3 + CLng(0), "UBound"
a = Array(1, 2, 3)
v = a
v(0) = 9
assertEqual a(0), 1, "arrays are values"
For Each v In a : v = 7 : Next
assertEqual a(1), 2, "For Each copies"
Erase a
s = 0
For Each v In a : s = s + 1 : Next
assertEqual s, 0, "an erased array is empty"
Sub OneLine : s = "one" End Sub
OneLine
assertEqual s, "one", "End Sub on the same line"
s = "long " & _
  "line"
assertEqual s, "long line", "continuation"
Function Three(x) : Three = x * 3 : End Function
assertEqual Three (2) + 1, 7, "blank before parentheses"
assertEqual (Three(1)), 3, "parentheses"
m = Array(Array(1, 2), Array(3, 4))
assertEqual m(1)(0), 3, "jagged"
m(1)(0) = 5
assertEqual m(1)(0), 5, "jagged assignment"
implicit = 5
Sub SeesImplicit
  s = implicit
  local1 = 1
End Sub
SeesImplicit
assertEqual s, 5, "implicit globals"
assertEqual IsEmpty(local1), True, "implicit locals"
Execute "dynamic = 6 : Dim made : made = 7"
assertEqual dynamic + made, 13, "Execute declares"
Sub Inner1
  Dim y
  y = 1
  Execute "y = y + 1 : z = 5"
  s = y
  assertEqual Eval("y * 10"), 20, "Eval sees locals"
End Sub
Inner1
assertEqual s, 2, "Execute sees locals"
assertEqual Eval("s = 2"), True, "Eval compares"
ExecuteGlobal "Class Made : Public P : End Class : Function MadeFn(q) : MadeFn = q + 1 : End Function"
assertEqual MadeFn(1), 2, "ExecuteGlobal"
Dim o
Set o = New Made
o.P = 3
assertEqual o.P, 3, "a class made at run time"

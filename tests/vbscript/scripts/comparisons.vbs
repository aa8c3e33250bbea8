' Comparisons and logic.
Option Explicit
Dim s, n, i, j, v, w, o, p, bits, t
Const Ten = 10, TenText = "10"

' Numbers of different subtypes.
assertEqual 1 = 1.0, True, "Integer and Double"
assertEqual CLng(1) = CByte(1), True, "Long and Byte"
assertEqual CCur(1.5) = 1.5, True, "Currency and Double"
assertEqual CSng(0.5) = 0.5, True, "Single and Double"
assertEqual CSng(0.1) = 0.1, False, "a Single of 0.1 is another number"
assertEqual 0.1 + 0.2 = 0.3, False, "sums of Doubles are not exact"
assertEqual True = -1, True, "True is -1"
assertEqual False = 0, True, "False is 0"
assertEqual True = 1, False, "True is not 1"
assertEqual True < False, True, "True is less than False"
assertEqual #1/1/1900# = 2, True, "a date and its number"
assertEqual -5 < 3, True, "negatives"
For i = -2 To 2
  For j = -2 To 2
    assertEqual i < j, Sgn(i - j) = -1, i & " < " & j
    assertEqual i > j, Sgn(i - j) = 1, i & " > " & j
    assertEqual i <= j, Sgn(i - j) <> 1, i & " <= " & j
    assertEqual i >= j, Sgn(i - j) <> -1, i & " >= " & j
    assertEqual i = j, Sgn(i - j) = 0, i & " = " & j
    assertEqual i <> j, Sgn(i - j) <> 0, i & " <> " & j
    assertEqual i / 2 < j / 2, i < j, "halves: " & i & " < " & j
  Next
Next

' Empty and Null.
assertEqual Empty = 0, True, "Empty = 0"
assertEqual Empty = "", True, "Empty = nothing"
assertEqual Empty = False, True, "Empty = False"
assertEqual Empty = Empty, True, "Empty = Empty"
assertEqual Empty < 1, True, "Empty < 1"
assertEqual Empty > -1, True, "Empty > -1"
assertEqual Empty < "a", True, "Empty < text"
assertEqual v = w, True, "two new variables"
assertEqual v = 0, True, "a new variable is 0"
assertEqual v = "", True, "and the empty string"
assertEqual IsNull(Null = Null), True, "Null = Null"
assertEqual IsNull(Null = 1), True, "Null = 1"
assertEqual IsNull(1 <> Null), True, "1 <> Null"
assertEqual IsNull(Null < "a"), True, "Null < text"
assertEqual IsNull(Null = Empty), True, "Null = Empty"
assertEqual IsNull(Null > #1/1/2000#), True, "Null > a date"
If Null = Null Then n = "yes" Else n = "no"
assertEqual n, "no", "what is Null is not true"

' A string against a number: a numeric literal makes the string a number.
s = "10"
assertEqual s = 10, True, "literal: ="
assertEqual 10 = s, True, "literal on the left: ="
assertEqual s > 9, True, "literal: > by number"
assertEqual s < 9, False, "literal: < by number"
assertEqual 9 < s, True, "literal on the left: <"
assertEqual s >= 10, True, "literal: >="
assertEqual s <> 10, False, "literal: <>"
assertEqual s = 10.0, True, "a literal with a point"
assertEqual s = 1e1, True, "a literal with an exponent"
assertEqual s = &HA, True, "a hexadecimal literal"
assertEqual "10" = 10, True, "both literal: ="
assertEqual "10" > 9, True, "both literal: >"
assertEqual "9" < 10, True, "both literal: <"
assertEqual " 10 " = 10, True, "blanks around digits"
s = "1.50"
assertEqual s = 1.5, True, "not by its text"
assertRaises "x = (""abc"" = 5)", 13, "a word against a literal"
assertRaises "x = (5 < ""abc"")", 13, "a literal against a word"
assertRaises "x = ("""" = 0)", 13, "nothing against a literal"
assertRaises "s = """" : x = (s = 0)", 13, "an empty variable string against a literal"

' A literal string makes the number text.
n = 10
assertEqual "10" = n, True, "literal string: ="
assertEqual n = "10", True, "literal string on the right: ="
assertEqual "010" = n, False, "literal string: by its text"
assertEqual "10.0" = n, False, "literal string: by its text, with a point"
assertEqual "9" > n, True, "literal string: order of texts"
assertEqual "abc" = n, False, "literal string: a word is no error"
assertEqual "" = n, False, "literal string: nothing is no error"
assertEqual "abc" > n, True, "letters after digits"
assertEqual n < "abc", True, "the other way"
assertEqual "10" = CInt(10), True, "against a result"
assertEqual "10" = Ten, True, "against a constant"
assertEqual "010" = Ten, False, "against a constant, by its text"
assertEqual "-5" = -5, True, "against a literal with a sign"
assertEqual "10" = (5 + 5), True, "against a sum"
assertEqual "010" = (5 + 5), False, "against a sum, by its text"
n = 1.5
assertEqual "1.5" = n, True, "a Double as text"
assertEqual "1.50" = n, False, "a Double as text, otherwise written"
n = True
assertEqual "True" = n, True, "a Boolean as text"
assertEqual "true" = n, False, "a Boolean as text minds case"
assertEqual "-1" = n, False, "a Boolean is not its number"

' Without a literal the string is greater.
s = "5" : n = 5
assertEqual s = n, False, "no literal: ="
assertEqual n = s, False, "no literal: = the other way"
assertEqual s <> n, True, "no literal: <>"
assertEqual s > n, True, "no literal: >"
assertEqual n < s, True, "no literal: <"
assertEqual s < n, False, "no literal: < is false"
assertEqual s >= n, True, "no literal: >="
assertEqual s <= n, False, "no literal: <="
n = 1000000
assertEqual s > n, True, "no literal: greater than any number"
s = ""
assertEqual s > n, True, "no literal: nothing, too"
assertEqual s = CInt(0), False, "no literal: a result"
s = "True" : n = True
assertEqual s = n, False, "no literal: a Boolean"
s = "5"
assertEqual s = CStr(5), True, "two strings are compared as such"
assertEqual CInt(s) = 5, True, "two numbers, too"

' Strings.
assertEqual "a" = "a", True, "equal"
assertEqual "a" = "A", False, "case"
assertEqual "a" < "b", True, "order"
assertEqual "B" < "a", True, "capitals first"
assertEqual "" < " ", True, "nothing first"
assertEqual "abc" < "abd", True, "the third letter"
assertEqual "ab" < "abc", True, "the shorter one"
assertEqual "2" > "10", True, "digits as text"
assertEqual TenText > "9", False, "a constant as text"

' What cannot be compared.
assertRaises "x = (Array(1) = Array(1))", 13, "arrays"
assertRaises "x = (Array(1) = Null)", 13, "an array and Null"
assertRaises "x = (Nothing = Nothing)", 91, "Nothing"
assertRaises "x = ((New RegExp) = 1)", 438, "an object without a value"
assertRaises "x = (1 Is 1)", 424, "Is of numbers"
assertRaises "x = (Nothing Is 1)", 424, "Is of Nothing and a number"
assertRaises "x = (Empty Is Nothing)", 424, "Is of Empty"

' Is.
Set o = New RegExp : Set p = o
assertEqual o Is p, True, "one object"
assertEqual o Is New RegExp, False, "two objects"
assertEqual o Is Nothing, False, "an object is not Nothing"
Set p = Nothing
assertEqual p Is Nothing, True, "Nothing Is Nothing"
assertEqual Nothing Is Nothing, True, "literally"
assertEqual Not o Is Nothing, True, "Not Is"

' Logic of Booleans.
bits = Array(False, True)
For i = 0 To 1
  For j = 0 To 1
    assertEqual bits(i) And bits(j), i + j = 2, bits(i) & " And " & bits(j)
    assertEqual bits(i) Or bits(j), i + j > 0, bits(i) & " Or " & bits(j)
    assertEqual bits(i) Xor bits(j), i + j = 1, bits(i) & " Xor " & bits(j)
    assertEqual bits(i) Eqv bits(j), i = j, bits(i) & " Eqv " & bits(j)
    assertEqual bits(i) Imp bits(j), i <= j, bits(i) & " Imp " & bits(j)
  Next
  assertEqual Not bits(i), i = 0, "Not " & bits(i)
Next

' Logic of Integers goes by bits.
assertEqual 12 And 10, 8, "12 And 10"
assertEqual 12 Or 10, 14, "12 Or 10"
assertEqual 12 Xor 10, 6, "12 Xor 10"
assertEqual 12 Eqv 10, -7, "12 Eqv 10"
assertEqual 12 Imp 10, -5, "12 Imp 10"
assertEqual Not 0, -1, "Not 0"
assertEqual Not 1, -2, "Not 1"
assertEqual Not -1, 0, "Not -1"
assertEqual Not 32767, CInt(-32768), "Not 32767"
assertEqual Not 65535, -65536, "Not of a Long"
assertEqual -1 And 255, 255, "all bits"
assertEqual &HF0 And &H3C, &H30, "hexadecimal And"
assertEqual &HF0 Or &H0F, &HFF, "hexadecimal Or"
assertEqual &HFFFF And 15, 15, "a negative mask"
assertEqual 1 And 2, 0, "bits that do not meet"
assertEqual TypeName(1 And 2), "Integer", "Integers stay"
assertEqual TypeName(1 And CLng(2)), "Long", "a Long wins"
assertEqual TypeName(1.0 And 2), "Long", "a Double becomes a Long"
assertEqual 2.5 And 3, CLng(2), "2.5 is 2"
assertEqual 3.5 And 4, CLng(4), "3.5 is 4"
assertEqual TypeName(True And 1), "Integer", "a Boolean and an Integer"
assertEqual True And 5, 5, "True has all bits"
assertEqual False Or 5, 5, "False has none"
assertEqual True Xor 5, -6, "True Xor 5"
assertEqual TypeName(CByte(12) And CByte(10)), "Byte", "Bytes stay"
assertEqual "12" And 10, CLng(8), "text"
assertEqual "True" And True, True, "the word True"
assertEqual Empty Or 5, CLng(5), "Empty Or 5"
assertEqual Not Empty, CLng(-1), "Not Empty"
For i = -3 To 3
  For j = -3 To 3
    assertEqual i Xor j, (i Or j) And Not (i And j), i & " Xor " & j
    assertEqual i Eqv j, Not (i Xor j), i & " Eqv " & j
    assertEqual i Imp j, (Not i) Or j, i & " Imp " & j
    assertEqual Not (i And j), (Not i) Or (Not j), "De Morgan for " & i & " and " & j
    assertEqual Not i, -i - 1, "Not " & i
  Next
Next

' Logic of Null: unknown unless the other side decides.
assertEqual IsNull(Null And Null), True, "Null And Null"
assertEqual IsNull(Null And True), True, "Null And True"
assertEqual IsNull(True And Null), True, "True And Null"
assertEqual CBool(Null And False), False, "Null And False"
assertEqual CBool(False And Null), False, "False And Null"
assertEqual CLng(Null And 0), CLng(0), "Null And 0"
assertEqual IsNull(Null And 5), True, "Null And 5"
assertEqual IsNull(Null Or Null), True, "Null Or Null"
assertEqual CBool(Null Or True), True, "Null Or True"
assertEqual CBool(True Or Null), True, "True Or Null"
assertEqual IsNull(Null Or False), True, "Null Or False"
assertEqual IsNull(False Or Null), True, "False Or Null"
assertEqual CLng(Null Or -1), CLng(-1), "Null Or -1"
assertEqual CLng(Null Or 5), CLng(5), "Null Or 5"
assertEqual IsNull(Null Or 0), True, "Null Or 0"
assertEqual IsNull(Null Xor True), True, "Null Xor True"
assertEqual IsNull(False Xor Null), True, "False Xor Null"
assertEqual IsNull(Null Eqv True), True, "Null Eqv True"
assertEqual IsNull(True Eqv Null), True, "True Eqv Null"
assertEqual CBool(Null Imp True), True, "Null Imp True"
assertEqual IsNull(Null Imp False), True, "Null Imp False"
assertEqual IsNull(Null Imp Null), True, "Null Imp Null"
assertEqual IsNull(True Imp Null), True, "True Imp Null"
assertEqual CBool(False Imp Null), True, "False Imp Null"
assertEqual IsNull(Not Null), True, "Not Null"

' Both sides are always evaluated, from the left to the right.
t = ""
Function Seen(name, value)
  t = t & name
  Seen = value
End Function
If Seen("a", False) And Seen("b", True) Then t = t & "!"
assertEqual t, "ab", "And evaluates both"
t = "" : If Seen("a", True) Or Seen("b", True) Then t = t & "!"
assertEqual t, "ab!", "Or evaluates both"
t = "" : n = Seen("a", 1) + Seen("b", 2) * Seen("c", 3)
assertEqual t & n, "abc7", "operands from the left"
t = "" : n = Seen("a", 2) ^ Seen("b", 2) = Seen("c", 4)
assertEqual t & n, "abcTrue", "whatever binds"
assertRaises "If False And 1 / 0 Then x = 1", 11, "an error on the right counts"
assertRaises "If True Or CInt(""a"") Then x = 1", 13, "an error on the right of Or"

' Conditions.
Function Truth(value)
  If value Then Truth = "yes" Else Truth = "no"
End Function
assertEqual Truth(1), "yes", "1"
assertEqual Truth(-1), "yes", "-1"
assertEqual Truth(0), "no", "0"
assertEqual Truth(0.1), "yes", "0.1"
assertEqual Truth("1"), "yes", "the digit 1"
assertEqual Truth("0"), "no", "the digit 0"
assertEqual Truth("True"), "yes", "the word True"
assertEqual Truth("False"), "no", "the word False"
assertEqual Truth(Empty), "no", "Empty"
assertEqual Truth(Null), "no", "Null"
assertEqual Truth(#1/1/2000#), "yes", "a date"
assertEqual Truth(#12/30/1899#), "no", "day 0"
assertEqual Truth(CCur(0.0001)), "yes", "a little Currency"
assertEqual Truth(CByte(0)), "no", "a Byte"
assertRaises "If ""abc"" Then x = 1", 13, "a word is no condition"
assertRaises "If """" Then x = 1", 13, "nor is nothing"
assertRaises "If Array(1) Then x = 1", 13, "nor an array"
assertRaises "If Nothing Then x = 1", 91, "nor Nothing"

' The three rules hold in Select Case, in procedures and with elements, too.
Sub InProcedure
  Dim text, number, list
  text = "10" : number = 10 : list = Array("10", 10)
  assertEqual text = 10, True, "local: numeric literal"
  assertEqual "10" = number, True, "local: string literal"
  assertEqual text = number, False, "local: no literal"
  assertEqual list(0) = 10, True, "element: numeric literal"
  assertEqual list(0) = list(1), False, "element: no literal"
  assertEqual list(0) > list(1), True, "element: the string is greater"
End Sub
InProcedure
s = "2"
Select Case s
  Case 2 : n = "number"
  Case Else : n = "else"
End Select
assertEqual n, "number", "Select Case with numeric literals"
n = 2
Select Case n
  Case "2" : t = "text"
  Case Else : t = "else"
End Select
assertEqual t, "text", "Select Case with string literals"
n = 2
Select Case s
  Case n : t = "equal"
  Case Else : t = "else"
End Select
assertEqual t, "else", "Select Case without literals"

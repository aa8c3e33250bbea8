' Arithmetic: results, subtypes, precedence, overflow.
Option Explicit
Dim x, i, j, n, v, w, names, values, ranks, expected

' The subtype of a sum, a difference and a product is the wider one of the two operands.
names = Array("Byte", "Integer", "Long", "Double")
values = Array(CByte(3), 3, CLng(3), CDbl(3))
For i = 0 To 3
  For j = 0 To 3
    If i > j Then expected = names(i) Else expected = names(j)
    assertEqual TypeName(values(i) + values(j)), expected, names(i) & " + " & names(j)
    assertEqual TypeName(values(i) - values(j)), expected, names(i) & " - " & names(j)
    assertEqual TypeName(values(i) * values(j)), expected, names(i) & " * " & names(j)
    assertEqual TypeName(values(i) / values(j)), "Double", names(i) & " / " & names(j)
    assertEqual TypeName(values(i) ^ values(j)), "Double", names(i) & " ^ " & names(j)
    assertEqual CDbl(values(i) + values(j)), CDbl(6), "the value of " & names(i) & " + " & names(j)
    assertEqual CDbl(values(i) - values(j)), CDbl(0), "the value of " & names(i) & " - " & names(j)
    assertEqual CDbl(values(i) * values(j)), CDbl(9), "the value of " & names(i) & " * " & names(j)
    assertEqual CDbl(values(i) \ values(j)), CDbl(1), "the value of " & names(i) & " \ " & names(j)
    assertEqual CDbl(values(i) Mod values(j)), CDbl(0), "the value of " & names(i) & " Mod " & names(j)
    assertEqual values(i) = values(j), True, names(i) & " = " & names(j)
    assertEqual values(i) < values(j), False, names(i) & " < " & names(j)
  Next
  If i = 0 Then expected = "Integer" Else expected = names(i)
  assertEqual TypeName(values(i) + Empty), expected, names(i) & " + Empty is as with an Integer"
  assertEqual CDbl(values(i) + True), CDbl(2), names(i) & " + True"
  assertEqual CDbl(values(i) + "1"), CDbl(4), names(i) & " + a digit as text"
  assertEqual TypeName(values(i) + "1"), "Double", "its subtype with " & names(i)
  assertEqual IsNull(values(i) + Null), True, names(i) & " + Null"
  assertEqual IsNull(Null * values(i)), True, "Null * " & names(i)
Next

' Overflow makes Integers Longs and Longs Doubles.
Sub Sum(value, expected, label)
  assertEqual value, expected, label
End Sub
Sum 32767 + 1, 32768, "Integer + 1"
Sum 1 + 32767, 32768, "1 + Integer"
Sum -32767 - 1, CInt(-32768), "the smallest Integer is still one"
Sum -32767 - 2, -32769, "Integer - 2"
Sum 182 * 181, 32942, "an Integer product"
Sum -182 * 181, -32942, "a negative one"
Sum 181 * 181, 32761, "that fits"
Sum 32767 * 32767, 1073676289, "the largest"
Sum 2147483647 + 1, 2147483648, "Long + 1"
Sum TypeName(2147483647 + 1), "Double", "is a Double"
Sum -2147483647 - 2, CDbl(-2147483649), "Long - 2"
Sum 65536 * 32768, 2147483648, "a Long product"
Sum 65536 * -32768, CLng(-2147483648), "that fits"
Sum 46341 * 46341, 2147488281, "another"
Sum 1000000 * 1000000, 1E12, "a million times a million"
Sum TypeName(-(-32767 - 1)), "Long", "minus the smallest Integer"
Sum CByte(255) + CByte(1), 256, "Byte + 1"
Sum CByte(1) - CByte(2), -1, "Byte - 2"
Sum CByte(16) * CByte(16), 256, "a Byte product"
Sum TypeName(CByte(16) * CByte(15)), "Byte", "that fits"
n = 32767 : n = n + 1
Sum n, 32768, "in a variable"
n = 2147483647 : n = n + 1
Sum n, 2147483648, "a Long in a variable"
n = 1 : For i = 1 To 40 : n = n * 2 : Next
Sum n, 2 ^ 40, "forty doublings"
Sum TypeName(n), "Double", "end in a Double"

' Division.
Sum 7 / 2, 3.5, "7 / 2"
Sum 6 / 2, CDbl(3), "6 / 2 is a Double"
Sum -7 / 2, -3.5, "-7 / 2"
Sum 1 / 4, 0.25, "1 / 4"
Sum "9" / "2", 4.5, "text / text"
Sum True / 2, -0.5, "True / 2"
Sum Empty / 2, CDbl(0), "Empty / 2"
assertRaises "x = 1 / 0", 11, "1 / 0"
assertRaises "x = 1 / 0.0", 11, "1 / 0.0"
assertRaises "x = 1 / Empty", 11, "1 / Empty"
assertRaises "x = 1 / False", 11, "1 / False"
assertRaises "x = 1 / ""0""", 11, "1 / the digit 0"
assertRaises "x = 1 \ 0", 11, "1 \ 0"
assertRaises "x = 1 \ 0.4", 11, "1 \ 0.4, which rounds to 0"
assertRaises "x = 1 Mod 0", 11, "1 Mod 0"
assertRaises "x = 1 Mod 0.5", 11, "1 Mod 0.5, which rounds to 0"

' \ and Mod round their operands, cut the quotient, and Mod has the sign of the left.
Sum 7 \ 2, 3, "7 \ 2"
Sum -7 \ 2, -3, "-7 \ 2"
Sum 7 \ -2, -3, "7 \ -2"
Sum -7 \ -2, 3, "-7 \ -2"
Sum 6.5 \ 2, CLng(3), "6.5 is 6"
Sum 7.5 \ 2, CLng(4), "7.5 is 8"
Sum 8 \ 2.5, CLng(4), "2.5 is 2"
Sum 8 \ 3.5, CLng(2), "3.5 is 4"
Sum "9" \ "2", CLng(4), "text"
Sum 7 Mod 3, 1, "7 Mod 3"
Sum -7 Mod 3, -1, "-7 Mod 3"
Sum 7 Mod -3, 1, "7 Mod -3"
Sum -7 Mod -3, -1, "-7 Mod -3"
Sum 6 Mod 3, 0, "6 Mod 3"
Sum 19 Mod 6.7, CLng(5), "19 Mod 6.7"
Sum 10.5 Mod 4, CLng(2), "10.5 is 10"
Sum 11.5 Mod 5, CLng(2), "11.5 is 12"
Sum "10" Mod 4, CLng(2), "text in Mod"
Sum 5 Mod True, 0, "Mod True"
Sum 2147483647 Mod 10, CLng(7), "Long Mod Integer"
Sum 2147483647 \ 2, 1073741823, "Long \ Integer"
assertRaises "x = 2147483648 \ 1", 6, "\ beyond Long"
assertRaises "x = 2147483648 Mod 2", 6, "Mod beyond Long"
assertRaises "x = 1 \ 3000000000", 6, "\ by what is beyond Long"
assertEqual IsNull(Null \ 2), True, "Null \ 2"
assertEqual IsNull(2 Mod Null), True, "2 Mod Null"
For i = -10 To 10
  For j = -4 To 4
    If j <> 0 Then
      assertEqual (i \ j) * j + i Mod j, i, "quotient and remainder of " & i & " and " & j
      assertEqual Fix(i / j), CDbl(i \ j), "the quotient of " & i & " and " & j & " is cut"
    End If
  Next
Next

' Powers.
Sum 2 ^ 10, CDbl(1024), "2 ^ 10"
Sum 2 ^ 0, CDbl(1), "2 ^ 0"
Sum 0 ^ 0, CDbl(1), "0 ^ 0"
Sum 2 ^ -1, 0.5, "2 ^ -1"
Sum 9 ^ 0.5, CDbl(3), "9 ^ 0.5"
Sum (-2) ^ 3, CDbl(-8), "a negative base"
Sum (-2) ^ 2, CDbl(4), "squared"
Sum "2" ^ "3", CDbl(8), "text"
Sum 10 ^ 15, 1E15, "10 ^ 15"
assertRaises "x = (-8) ^ 0.5", 5, "a root of a negative number"
assertRaises "x = 10 ^ 309", 6, "a power too large"
assertEqual IsNull(2 ^ Null), True, "2 ^ Null"

' Precedence.
Sum 2 + 3 * 4, 14, "* before +"
Sum (2 + 3) * 4, 20, "parentheses"
Sum 2 * 3 + 4, 10, "* before +, the other way"
Sum 20 - 5 - 5, 10, "- from the left"
Sum 100 / 10 / 5, CDbl(2), "/ from the left"
Sum 2 * 6 / 3, CDbl(4), "* and / are equal"
Sum 12 / 2 * 3, CDbl(18), "/ and * are equal"
Sum 7 \ 2 * 2, 1, "* before \"
Sum 8 \ 4 / 2, CLng(4), "/ before \"
Sum 10 Mod 4 \ 2, 0, "\ before Mod"
Sum 10 Mod 4 * 2, 2, "* before Mod"
Sum 10 + 7 Mod 4, 13, "Mod before +"
Sum 2 ^ 3 * 2, CDbl(16), "^ before *"
Sum 2 * 3 ^ 2, CDbl(18), "^ before *, the other way"
Sum 2 ^ 2 ^ 3, CDbl(64), "^ from the left"
Sum 2 ^ -1 * 4, CDbl(2), "^ with a sign"
Sum "a" & 1 + 2, "a3", "+ before &"
Sum 1 + 2 & "a", "3a", "+ before &, the other way"
Sum 1 & 2 * 3, "16", "* before &"
Sum "a" & "b" = "ab", True, "& before ="
Sum 1 + 1 = 2, True, "+ before ="
Sum 5 > 3 = True, True, "comparisons from the left"
Sum 3 > 2 > 1, False, "True > 1 is not so"
Sum Not 1 = 2, True, "= before Not"
Sum Not True And False, False, "Not before And"
Sum True Or False And False, True, "And before Or"
Sum False And False Or True, True, "And before Or, the other way"
Sum True Or True Xor True, False, "Or before Xor"
Sum True Xor True Eqv False, True, "Xor before Eqv"
Sum False Eqv True Imp False, True, "Eqv before Imp"
Sum -2 + 3, 1, "minus at the start"
Sum 3 - -2, 5, "minus minus"
Sum 3 + -2, 1, "plus minus"
Sum - - 2, 2, "two minus signs"
Sum +5, 5, "plus"
Sum 2 * -3, -6, "a sign after *"
Sum -3 Mod 2, -1, "minus before Mod"

' Other kinds of operands.
Sum True + 1, 0, "True is -1"
Sum True * 5, -5, "True as a factor"
Sum False + 5, 5, "False is 0"
Sum -True, 1, "minus True"
Sum "5" * 2, CDbl(10), "text * number"
Sum "5" - "2", CDbl(3), "text - text"
Sum "5" + "2", "52", "text + text"
Sum "5" + 2, CDbl(7), "text + number"
Sum 2 + "5", CDbl(7), "number + text"
Sum -"5", CDbl(-5), "minus text"
Sum "1e2" + 1, CDbl(101), "text with an exponent"
Sum "&H10" + 0, CDbl(16), "hexadecimal text"
Sum "$5.50" + 1, 6.5, "an amount as text"
Sum Empty + 5, 5, "Empty + 5"
Sum Empty * 5, 0, "Empty * 5"
Sum Empty - 5, -5, "Empty - 5"
Sum Empty + "a", "a", "Empty + text"
Sum "a" + Empty, "a", "text + Empty"
Sum -Empty, 0, "minus Empty"
assertEqual IsNull(-Null), True, "minus Null"
assertEqual IsNull(Null + "a"), True, "Null + text"
assertRaises "x = ""a"" + 1", 13, "a word + a number"
assertRaises "x = 1 + ""a""", 13, "a number + a word"
assertRaises "x = ""a"" * ""b""", 13, "a word * a word"
assertRaises "x = -""a""", 13, "minus a word"
assertRaises "x = """" + 1", 13, "nothing + a number"
assertRaises "x = Array(1) + 1", 13, "an array + a number"
assertRaises "x = Nothing + 1", 91, "Nothing + a number"
assertRaises "x = (New RegExp) + 1", 438, "an object without a value"

' The same with variables in a procedure, in a loop, and in elements.
Sub Locals
  Dim a, b, i, t(2)
  a = 32767 : b = 1
  assertEqual a + b, 32768, "locals: overflow"
  a = 7 : b = 2
  assertEqual a / b, 3.5, "locals: /"
  assertEqual a \ b, 3, "locals: \"
  assertEqual a Mod b, 1, "locals: Mod"
  assertEqual a ^ b, CDbl(49), "locals: ^"
  assertEqual -a, -7, "locals: minus"
  a = "7"
  assertEqual a + b, CDbl(9), "locals: text + number"
  assertEqual a & b, "72", "locals: &"
  a = CByte(255) : b = CByte(1)
  assertEqual a + b, 256, "locals: Bytes"
  a = 2147483600
  For i = 1 To 100 : a = a + 1 : Next
  assertEqual a, 2147483700, "locals: Long to Double in a loop"
  t(0) = 32767 : t(0) = t(0) + 1
  assertEqual t(0), 32768, "elements: overflow"
  a = Null
  assertEqual IsNull(a + 1), True, "locals: Null"
  a = 1.5
  For i = 1 To 3 : a = a * 2 : Next
  assertEqual a, CDbl(12), "locals: Doubles"
  a = 0.1 : b = 0
  For i = 1 To 10 : b = b + a : Next
  assertEqual b = 1, False, "ten tenths are not 1"
  assertEqual CStr(b), "1", "but print as 1"
End Sub
Locals

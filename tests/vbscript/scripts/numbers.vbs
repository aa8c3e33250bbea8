' Numbers: the arithmetic functions, rounding, formatting, Rnd.
Option Explicit
Dim i, n, x, s, v, low, high, pi
pi = 4 * Atn(1)

' Abs and Sgn keep or give subtypes.
assertEqual Abs(5), 5, "Abs of a positive"
assertEqual Abs(-5), 5, "Abs of a negative"
assertEqual Abs(0), 0, "Abs of 0"
assertEqual Abs(-50.3), 50.3, "Abs of a Double"
assertEqual Abs(CLng(-70000)), 70000, "Abs of a Long"
assertEqual Abs("-7.5"), 7.5, "Abs of text"
assertEqual Abs(CCur(-1.25)), CCur(1.25), "Abs of a Currency"
assertEqual Abs(CSng(-1.5)), CSng(1.5), "Abs of a Single"
assertEqual Abs(CByte(5)), CByte(5), "Abs of a Byte"
assertEqual Abs(Empty), 0, "Abs of Empty"
assertEqual IsNull(Abs(Null)), True, "Abs(Null)"
assertEqual Sgn(12), 1, "Sgn of a positive"
assertEqual Sgn(-2.4), -1, "Sgn of a negative"
assertEqual Sgn(0), 0, "Sgn of 0"
assertEqual Sgn("-3"), -1, "Sgn of text"
assertEqual Sgn(True), -1, "Sgn of True"
assertEqual Sgn(Empty), 0, "Sgn of Empty"
assertRaises "x = Abs(""x"")", 13, "Abs of a word"
assertRaises "x = Sgn(""x"")", 13, "Sgn of a word"

' Int rounds down, Fix towards zero.
assertEqual Int(99.8), CDbl(99), "Int of a positive"
assertEqual Fix(99.2), CDbl(99), "Fix of a positive"
assertEqual Int(-99.8), CDbl(-100), "Int of a negative"
assertEqual Fix(-99.8), CDbl(-99), "Fix of a negative"
assertEqual Int(-99.2), CDbl(-100), "Int of another"
assertEqual Fix(-99.2), CDbl(-99), "Fix of another"
assertEqual Int(7), 7, "Int of an Integer"
assertEqual Fix(-7), -7, "Fix of an Integer"
assertEqual Int(70000), 70000, "Int of a Long"
assertEqual Int("2.7"), CDbl(2), "Int of text"
assertEqual Fix("-2.7"), CDbl(-2), "Fix of text"
assertEqual Int(CCur(-1.5)), CCur(-2), "Int of a Currency"
assertEqual Fix(CCur(-1.5)), CCur(-1), "Fix of a Currency"
assertEqual Int(1E10 + 0.5), 1E10, "Int beyond Long"
assertEqual IsNull(Int(Null)), True, "Int(Null)"
assertEqual IsNull(Fix(Null)), True, "Fix(Null)"
assertRaises "x = Int(""x"")", 13, "Int of a word"

' Sqr, Exp, Log and the circle.
assertEqual Sqr(4), CDbl(2), "Sqr(4)"
assertEqual Sqr(0), CDbl(0), "Sqr(0)"
assertEqual Sqr(2.25), 1.5, "Sqr of a Double"
assertEqual Sqr("9"), CDbl(3), "Sqr of text"
assertEqual Exp(0), CDbl(1), "Exp(0)"
assertEqual Log(1), CDbl(0), "Log(1)"
assertEqual Log(Exp(1)), CDbl(1), "Log(e)"
assertEqual CStr(Exp(1)), "2.71828182845905", "e"
assertEqual CStr(Log(10)), "2.30258509299405", "the natural logarithm of 10"
assertEqual CStr(Sqr(2)), "1.4142135623731", "Sqr(2) has its last digit rounded off"
assertEqual CStr(pi), "3.14159265358979", "pi"
assertEqual Sin(0), CDbl(0), "Sin(0)"
assertEqual Cos(0), CDbl(1), "Cos(0)"
assertEqual Tan(0), CDbl(0), "Tan(0)"
assertEqual Atn(0), CDbl(0), "Atn(0)"
assertEqual Round(Sin(pi / 2), 12), CDbl(1), "Sin of a right angle"
assertEqual Round(Cos(pi), 12), CDbl(-1), "Cos of pi"
assertEqual Round(Tan(pi / 4), 12), CDbl(1), "Tan of half a right angle"
assertEqual Round(Sin(pi / 6), 12), 0.5, "Sin of 30 degrees"
assertEqual Round(Cos(pi / 3), 12), 0.5, "Cos of 60 degrees"
assertRaises "x = Sqr(-1)", 5, "Sqr of a negative"
assertRaises "x = Log(0)", 5, "Log(0)"
assertRaises "x = Log(-1)", 5, "Log of a negative"
assertRaises "x = Exp(710)", 6, "Exp too large"
assertRaises "x = Sqr(Null)", 94, "Sqr(Null)"
assertRaises "x = Sin(""x"")", 13, "Sin of a word"

' CInt, CLng, CByte and Round go to the even neighbour.
For i = -6 To 6
  x = i + 0.5
  If i Mod 2 = 0 Then n = i Else n = i + 1
  assertEqual CInt(x), n, "CInt(" & x & ")"
  assertEqual CLng(x), CLng(n), "CLng(" & x & ")"
  assertEqual Round(x), CDbl(n), "Round(" & x & ")"
  assertEqual x \ 1, CLng(n), x & " \ 1"
  assertEqual CInt(CStr(x)), n, "CInt of the text " & x
  assertEqual CInt(CCur(x)), n, "CInt of the Currency " & x
  assertEqual CInt(CSng(x)), n, "CInt of the Single " & x
  If x >= 0 Then assertEqual CByte(x), CByte(n), "CByte(" & x & ")"
  assertEqual Int(x), CDbl(i), "Int(" & x & ")"
  If x < 0 Then n = i + 1 Else n = i
  assertEqual Fix(x), CDbl(n), "Fix(" & x & ")"
Next
assertEqual CInt(2.4999), 2, "below the half"
assertEqual CInt(2.5001), 3, "above the half"
assertEqual CInt(-2.5001), -3, "below the negative half"
assertEqual CInt(32767.4), 32767, "the largest Integer"
assertEqual CInt(-32768.5), CInt(-32768), "the smallest Integer"
assertRaises "x = CInt(32767.5)", 6, "too large an Integer"
assertRaises "x = CInt(-32769)", 6, "too small an Integer"
assertEqual CLng(2147483647.4), 2147483647, "the largest Long"
assertRaises "x = CLng(2147483647.5)", 6, "too large a Long"
assertRaises "x = CLng(-2147483649)", 6, "too small a Long"
assertEqual CByte(255.4), CByte(255), "the largest Byte"
assertRaises "x = CByte(255.5)", 6, "too large a Byte"
assertRaises "x = CByte(-1)", 6, "a negative Byte"

' Round with places. Only fractions that binary numbers hold exactly are halves.
assertEqual Round(0.125, 2), 0.12, "0.125"
assertEqual Round(0.375, 2), 0.38, "0.375"
assertEqual Round(0.625, 2), 0.62, "0.625"
assertEqual Round(0.875, 2), 0.88, "0.875"
assertEqual Round(-0.125, 2), -0.12, "-0.125"
assertEqual Round(0.25, 1), 0.2, "0.25"
assertEqual Round(0.75, 1), 0.8, "0.75"
assertEqual Round(3.14159), CDbl(3), "pi"
assertEqual Round(3.14159, 0), CDbl(3), "pi to 0 places"
assertEqual Round(3.14159, 2), 3.14, "pi to 2 places"
assertEqual Round(3.14159, 4), 3.1416, "pi to 4 places"
assertEqual Round(3.14159, 10), 3.14159, "pi to more places than given"
assertEqual Round(-3.14159, 3), -3.142, "minus pi"
assertEqual Round(1234.5678, 1), 1234.6, "1234.5678"
assertEqual Round(5), 5, "an Integer stays one"
assertEqual Round(CLng(70000)), 70000, "a Long"
assertEqual Round(CCur(1.25), 1), CCur(1.2), "a Currency"
assertEqual Round("2.5"), CDbl(2), "text"
assertEqual IsNull(Round(Null)), True, "Null"
assertRaises "x = Round(1.5, -1)", 5, "negative places"
assertRaises "x = Round(""x"")", 13, "Round of a word"

' Hex and Oct.
assertEqual Hex(0), "0", "Hex(0)"
assertEqual Hex(5), "5", "Hex(5)"
assertEqual Hex(10), "A", "Hex(10)"
assertEqual Hex(15), "F", "Hex(15)"
assertEqual Hex(16), "10", "Hex(16)"
assertEqual Hex(255), "FF", "Hex(255)"
assertEqual Hex(459), "1CB", "Hex(459)"
assertEqual Hex(4096), "1000", "Hex(4096)"
assertEqual Hex(65535), "FFFF", "Hex(65535)"
assertEqual Hex(65536), "10000", "Hex(65536)"
assertEqual Hex(2147483647), "7FFFFFFF", "Hex of the largest Long"
assertEqual Hex(-1), "FFFF", "Hex of a negative Integer"
assertEqual Hex(CLng(-1)), "FFFFFFFF", "Hex of a negative Long"
assertEqual Hex(-2147483647), "80000001", "Hex of a small Long"
assertEqual Hex(CByte(200)), "C8", "Hex of a Byte"
assertEqual Hex(9.5), "A", "Hex rounds to even: 9.5"
assertEqual Hex(8.5), "8", "Hex rounds to even: 8.5"
assertEqual Hex("255"), "FF", "Hex of text"
assertEqual Hex("&HFF"), "FF", "Hex of a hexadecimal text"
assertEqual Hex(Empty), "0", "Hex of Empty"
assertEqual IsNull(Hex(Null)), True, "Hex(Null)"
assertEqual Oct(0), "0", "Oct(0)"
assertEqual Oct(4), "4", "Oct(4)"
assertEqual Oct(8), "10", "Oct(8)"
assertEqual Oct(459), "713", "Oct(459)"
assertEqual Oct(-1), "177777", "Oct of a negative Integer"
assertEqual Oct(CLng(-1)), "37777777777", "Oct of a negative Long"
assertEqual Oct("8"), "10", "Oct of text"
assertEqual IsNull(Oct(Null)), True, "Oct(Null)"
For i = 0 To 300 Step 7
  assertEqual CInt("&H" & Hex(i)), i, "Hex and back of " & i
  assertEqual CInt("&O" & Oct(i)), i, "Oct and back of " & i
Next
assertRaises "x = Hex(""x"")", 13, "Hex of a word"
assertRaises "x = Hex(5000000000)", 6, "Hex beyond Long"

' RGB.
assertEqual RGB(0, 0, 0), CLng(0), "black"
assertEqual RGB(255, 0, 0), vbRed, "red"
assertEqual RGB(0, 255, 0), vbGreen, "green"
assertEqual RGB(0, 0, 255), vbBlue, "blue"
assertEqual RGB(255, 255, 255), vbWhite, "white"
assertEqual RGB(1, 2, 3), CLng(197121), "a mixture"
assertEqual RGB(300, 0, 0), vbRed, "what is above 255 is 255"

' FormatNumber rounds halves up, away from zero.
Sub Formats(seen, expected)
  assertEqual seen, expected, "the format " & expected
End Sub
Formats FormatNumber(20000), "20,000.00"
Formats FormatNumber(20000, 5), "20,000.00000"
Formats FormatNumber(1234567.89), "1,234,567.89"
Formats FormatNumber(0), "0.00"
Formats FormatNumber(0.2), "0.20"
Formats FormatNumber(.2,,0), ".20"
Formats FormatNumber(.2,,-1), "0.20"
Formats FormatNumber(.2,,-2), "0.20"
Formats FormatNumber(-50,,,0), "-50.00"
Formats FormatNumber(-50,,,-1), "(50.00)"
Formats FormatNumber(1000000,,,,0), "1000000.00"
Formats FormatNumber(1000000,,,,-1), "1,000,000.00"
Formats FormatNumber(999, 0), "999"
Formats FormatNumber(1000, 0), "1,000"
Formats FormatNumber(-1000, 0), "-1,000"
Formats FormatNumber(123456789, 0), "123,456,789"
Formats FormatNumber(2.5, 0), "3"
Formats FormatNumber(3.5, 0), "4"
Formats FormatNumber(-2.5, 0), "-3"
Formats FormatNumber(0.125, 2), "0.13"
Formats FormatNumber(0.375, 2), "0.38"
Formats FormatNumber(1.005, 1), "1.0"
Formats FormatNumber(999.999), "1,000.00"
Formats FormatNumber(-0.5, 1, 0), "-.5"
Formats FormatNumber(-0.5, 1, 0, -1), "(.5)"
Formats FormatNumber(-1234.5, 2, -1, -1, -1), "(1,234.50)"
Formats FormatNumber(-1234.5, 2, -1, 0, 0), "-1234.50"
Formats FormatNumber("1234.5"), "1,234.50"
Formats FormatNumber(CCur(1234.5678), 3), "1,234.568"
Formats FormatNumber(CLng(1234567)), "1,234,567.00"
Formats FormatNumber(Empty), "0.00"
Formats FormatNumber(1, vbUseDefault + 1), "1.00"
Formats FormatCurrency(1000), "$1,000.00"
Formats FormatCurrency(20000, 2), "$20,000.00"
Formats FormatCurrency(20000, 5), "$20,000.00000"
Formats FormatCurrency(.2,,0), "$.20"
Formats FormatCurrency(.2,,-1), "$0.20"
Formats FormatCurrency(-50,,,0), "-$50.00"
Formats FormatCurrency(-50,,,-1), "($50.00)"
Formats FormatCurrency(1000000,,,,0), "$1000000.00"
Formats FormatCurrency(1000000,,,,-1), "$1,000,000.00"
Formats FormatCurrency(1.005, 0), "$1"
Formats FormatCurrency(CCur(0.5)), "$0.50"
Formats FormatPercent(2 / 32), "6.25%"
Formats FormatPercent(0.67), "67.00%"
Formats FormatPercent(0.67, 0), "67%"
Formats FormatPercent(6 / 345), "1.74%"
Formats FormatPercent(6 / 345, 1), "1.7%"
Formats FormatPercent(1), "100.00%"
Formats FormatPercent(0), "0.00%"
Formats FormatPercent(12.5, 0), "1,250%"
Formats FormatPercent(-0.1, 0,, 0), "-10%"
Formats FormatPercent(-0.1, 0,, -1), "(10%)"
Formats FormatPercent(0.001), "0.10%"
Formats FormatPercent(0.001,, 0), ".10%"
Formats FormatPercent(12.5, 0,,, 0), "1250%"
assertRaises "s = FormatNumber(""x"")", 13, "FormatNumber of a word"
assertRaises "s = FormatCurrency(""x"")", 13, "FormatCurrency of a word"
assertRaises "s = FormatPercent(""x"")", 13, "FormatPercent of a word"
assertRaises "s = FormatNumber(1, -2)", 5, "FormatNumber to -2 places"

' Text of numbers: 15 digits.
Sub Shows(value, expected)
  assertEqual CStr(value), expected, "CStr " & expected
End Sub
Shows 0.1, "0.1"
Shows .5, "0.5"
Shows -.5, "-0.5"
Shows 100.0, "100"
Shows 1.10, "1.1"
Shows 0.1 + 0.2, "0.3"
Shows 9.2 * 100.0, "920"
Shows 919.9999999999999, "920"
Shows 1 / 3, "0.333333333333333"
Shows 2 / 3, "0.666666666666667"
Shows 1 / 15, "6.66666666666667E-02"
Shows 1 / 30, "3.33333333333333E-02"
Shows 3.5 / 42, "8.33333333333333E-02"
Shows 0.05, "0.05"
Shows 0.001, "0.001"
Shows 0.00001, "0.00001"
Shows -1 / 30, "-3.33333333333333E-02"
Shows 10 / 3, "3.33333333333333"
Shows 1000000 / 3, "333333.333333333"
Shows 123456789.123456, "123456789.123456"
Shows 999999999999999, "999999999999999"
Shows 1E15, "1E+15"
Shows 1.5E15, "1.5E+15"
Shows 123456789012345678, "1.23456789012346E+17"
Shows 1E100, "1E+100"
Shows 1.5E-100, "1.5E-100"
Shows 42 ^ 42, "1.50130937545297E+68"
Shows 3.5 ^ 42, "7.09345573078604E+22"
Shows 3.5 ^ 3.5, "80.2117802289664"
Shows -1E20, "-1E+20"
Shows CSng(0.1), "0.1"
Shows CSng(1 / 3), "0.3333333"
Shows CSng(1.5), "1.5"
Shows CSng(1000000), "1000000"
Shows CSng(10000000), "1E+07"
Shows CSng(3.402823E38), "3.402823E+38"
Shows CSng("0.01") + 0.01, "1.99999997764826E-02"
Shows CCur(1.5), "1.5"
Shows CCur(1.23456), "1.2346"
Shows CCur(-0.0001), "-0.0001"
Shows CCur(922337203685477), "922337203685477"
Shows CByte(255), "255"
Shows 2147483647, "2147483647"
Shows -2147483647 - 1, "-2147483648"

' Limits.
assertRaises "x = 1E308 * 10", 6, "a Double too large"
assertRaises "x = 1E308 + 1E308", 6, "a sum too large"
assertRaises "x = CSng(1E39)", 6, "a Single too large"
assertRaises "x = CCur(1E15)", 6, "a Currency too large"
assertRaises "x = 10 ^ 400", 6, "a power too large"
assertEqual 1E-320 * 1E-10, CDbl(0), "too small is 0"
assertEqual TypeName(CCur("922337203685477.5807")), "Currency", "the largest Currency"
assertEqual CCur("922337203685477.5807") & "", "922337203685477.5807", "with all its digits"

' Rnd follows the generator of article 231847, from &H50000.
v = Split("0.7055475 0.533424 0.5795186 0.2895625 0.301948 0.7747401 1.401764E-02 0.7607236 0.81449 0.7090379 4.535276E-02 0.4140327 0.8626193")
For i = 0 To UBound(v)
  x = Rnd
  assertEqual TypeName(x), "Single", "the subtype of Rnd"
  assertEqual CStr(x), v(i), "number " & i + 1
Next
Rnd -1
Randomize 12
low = Rnd : high = Rnd
Rnd -1
Randomize 12
assertEqual Rnd, low, "the same seed after Rnd(-1): first"
assertEqual Rnd, high, "the same seed after Rnd(-1): second"
assertEqual Rnd(0), high, "Rnd(0) repeats"
assertEqual Rnd(0), high, "and again"
assertEqual Rnd(1) = high, False, "Rnd(1) goes on"
assertEqual Rnd(-3), Rnd(-3), "Rnd of a negative number depends on it alone"
' The generator itself, from a state that Rnd(0) tells.
x = Rnd * 16777216
For i = 1 To 100
  x = x * 16598013 + 12820163
  x = x - Int(x / 16777216) * 16777216
  assertEqual Rnd * 16777216, CDbl(x), "step " & i & " of the generator"
Next
low = 1 : high = 0
Randomize
For i = 1 To 1000
  x = Rnd
  If x < low Then low = x
  If x > high Then high = x
  n = Int(6 * Rnd + 1)
  If n < 1 Or n > 6 Then assertEqual n, "1 to 6", "a die"
Next
assertEqual low >= 0 And low < 0.1, True, "near 0"
assertEqual high < 1 And high > 0.9, True, "near 1"

' Currency counts in ten thousandths.
assertEqual CCur(0.1) + CCur(0.2), CCur(0.3), "a sum of Currency is exact"
assertEqual CCur(1 / 32), CCur("0.0312"), "to even: down"
assertEqual CCur(3 / 32), CCur("0.0938"), "to even: up"
assertEqual CCur("0.00006"), CCur("0.0001"), "text is rounded, too"
assertEqual CCur("1,234.56"), CCur(1234.56), "from text"
assertEqual CCur(5) / 2, 2.5, "a quotient is Double"
assertEqual CCur(2) * 3, CCur(6), "a product with an Integer"
assertEqual -CCur(2), CCur(-2), "minus"
assertEqual TypeName(CCur(1) + CLng(1)), "Currency", "with a Long"

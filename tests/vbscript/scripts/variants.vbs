Option Explicit
Dim v, w, n, i

' Subtypes and their numbers.
Sub Kind(value, name, number)
  assertEqual TypeName(value), name, "TypeName " & name
  assertEqual VarType(value), number, "VarType " & name
End Sub
Kind Empty, "Empty", 0
Kind Null, "Null", 1
Kind 1, "Integer", 2
Kind CLng(1), "Long", 3
Kind CSng(1), "Single", 4
Kind CDbl(1), "Double", 5
Kind CCur(1), "Currency", 6
Kind #1/1/2000#, "Date", 7
Kind "", "String", 8
Kind True, "Boolean", 11
Kind CByte(1), "Byte", 17
Kind Array(), "Variant()", 8204
assertEqual TypeName(Nothing), "Nothing", "Nothing"
assertEqual VarType(Nothing), 9, "VarType of Nothing"
assertEqual TypeName(New RegExp), "IRegExp2", "a built-in object"

' Promotion.
Sub Promotes(value, name, label)
  assertEqual TypeName(value), name, label
End Sub
Promotes 1 + 1, "Integer", "Integer + Integer"
Promotes 32767 + 1, "Long", "Integer overflow"
Promotes 300 * 300, "Long", "300 * 300"
Promotes 2147483647 + 1, "Double", "Long overflow"
Promotes 65536 * 65536, "Double", "Long product"
Promotes -32767 - 2, "Long", "Integer underflow"
Promotes CByte(200) + CByte(100), "Integer", "Byte overflow"
Promotes CByte(1) + CByte(1), "Byte", "Byte + Byte"
Promotes -CByte(1), "Integer", "minus Byte"
Promotes CByte(1) + 1, "Integer", "Byte + Integer"
Promotes 1 + CLng(1), "Long", "Integer + Long"
Promotes CLng(1) + 1.5, "Double", "Long + Double"
Promotes 1 + CSng(1), "Single", "Integer + Single"
Promotes CLng(1) + CSng(1), "Double", "Long + Single"
Promotes CSng(1) + 1.5, "Double", "Single + Double"
Promotes True + True, "Integer", "Boolean + Boolean"
Promotes Empty + Empty, "Integer", "Empty + Empty"
Promotes #1/1/2000# + 1, "Date", "Date + Integer"
Promotes #1/1/2000# - #1/1/1999#, "Double", "Date - Date"
Promotes 4 / 2, "Double", "a quotient"
Promotes 2 ^ 2, "Double", "a power"
Promotes 5 \ 2, "Integer", "an integral quotient"
Promotes 5 Mod 2, "Integer", "a remainder"
Promotes 5.5 \ 2, "Long", "of a Double"
Promotes "3" * "2", "Double", "a product of strings"
Promotes "3" + "2", "String", "a sum of strings"
Promotes "3" + 2, "Double", "a sum of a string and a number"
Promotes Empty And Empty, "Long", "Empty And Empty"
Promotes True And True, "Boolean", "Boolean And Boolean"
Promotes True And 1, "Integer", "Boolean And Integer"
Promotes "5" And "3", "Long", "strings And"
Promotes Not 1, "Integer", "Not Integer"
Promotes Not True, "Boolean", "Not Boolean"
assertEqual True + True, -2, "True is -1"
assertEqual "3" * "2", CDbl(6), "strings as numbers"
assertEqual "3" + "2", "32", "strings as strings"
assertEqual "5" And "3", CLng(1), "strings as bits"
assertEqual -3 ^ 2, CDbl(9), "minus before power"
assertEqual 2 ^ 3 ^ 2, CDbl(64), "powers from the left"
assertEqual -7 \ 2, -3, "towards zero"
assertEqual -7 Mod 3, -1, "the sign of the left"
assertEqual 7 Mod -3, 1, "whatever the right"

' Rounding to even.
assertEqual CInt(0.5), 0, "0.5"
assertEqual CInt(1.5), 2, "1.5"
assertEqual CInt(2.5), 2, "2.5"
assertEqual CInt(-1.5), -2, "-1.5"
assertEqual CLng(2.5), CLng(2), "CLng"
assertEqual CByte(2.5), CByte(2), "CByte"
assertEqual 5.5 \ 1, CLng(6), "5.5 \"
assertEqual 4.5 Mod 3, CLng(1), "4.5 Mod"
assertEqual Round(2.5), CDbl(2), "Round"
assertEqual Int(-1.5), CDbl(-2), "Int"
assertEqual Fix(-1.5), CDbl(-1), "Fix"

' Empty.
assertEqual Empty = 0, True, "Empty = 0"
assertEqual Empty = "", True, "Empty = a string"
assertEqual Empty = False, True, "Empty = False"
assertEqual v & "x", "x", "Empty as text"
assertEqual v + 1, 1, "Empty as a number"
assertEqual IsEmpty(v), True, "a variable starts Empty"

' Null.
Sub IsNothingKnown(value, label)
  assertEqual IsNull(value), True, label
End Sub
IsNothingKnown Null + 1, "Null + 1"
IsNothingKnown Null = Null, "Null = Null"
IsNothingKnown Null <> 1, "Null <> 1"
IsNothingKnown Not Null, "Not Null"
IsNothingKnown -Null, "-Null"
IsNothingKnown Null & Null, "Null & Null"
IsNothingKnown Null And True, "Null And True"
IsNothingKnown Null Or False, "Null Or False"
IsNothingKnown Null Xor True, "Null Xor True"
IsNothingKnown Len(Null), "Len(Null)"
IsNothingKnown UCase(Null), "UCase(Null)"
IsNothingKnown Left(Null, 1), "Left(Null)"
IsNothingKnown Trim(Null), "Trim(Null)"
assertEqual Null & "a", "a", "Null & a string"
assertEqual Null And 0, 0, "Null And 0"
assertEqual Null Or True, True, "Null Or True"
If Null Then n = 1 Else n = 2
assertEqual n, 2, "Null is no truth"

' Strings against numbers, by where the literal stands.
Dim text, number
text = "10" : number = 9
assertEqual text > 9, True, "a numeric literal makes the string a number"
assertEqual text = 10, True, "equal as numbers"
assertEqual "10" = number, False, "a string literal makes the number text"
assertEqual "9" = number, True, "equal as text"
assertEqual "010" = CInt(10), False, "text is compared as it is"
assertEqual text > number, True, "without literals the string is greater"
assertEqual number < text, True, "seen from the other side"
text = "5" : number = 5
assertEqual text = number, False, "and never equal"
assertEqual text > number, True, "but greater"
assertEqual "abc" = number, False, "no error with a string literal"
assertEqual True = "True", True, "Boolean and a string literal"
assertEqual True = "true", False, "case counts"
assertEqual "a" < "B", False, "binary comparison"
assertEqual "" = Empty, True, "Empty and a string"

' Text of numbers.
Sub Shows(value, expected)
  assertEqual CStr(value), expected, "CStr " & expected
  assertEqual "" & value, expected, "& " & expected
End Sub
Shows 0, "0"
Shows -1, "-1"
Shows 0.1, "0.1"
Shows -0.5, "-0.5"
Shows 1 / 3, "0.333333333333333"
Shows 2 / 3, "0.666666666666667"
Shows 1E15, "1E+15"
Shows 123456789012345, "123456789012345"
Shows 1.5e300, "1.5E+300"
Shows CSng(0.1), "0.1"
Shows CSng(1 / 3), "0.3333333"
Shows CCur(1.5), "1.5"
Shows True, "True"
Shows False, "False"
Shows #1/2/2003#, "1/2/2003"
Shows #1/2/2003 4:05:06 PM#, "1/2/2003 4:05:06 PM"
Shows #4:05:06 PM#, "4:05:06 PM"
Shows CByte(7), "7"

' Errors.
Function ErrorOf(code)
  On Error Resume Next
  Dim x
  Execute code
  ErrorOf = Err.Number
End Function
assertError ErrorOf("x = CInt(32768)"), 6, "CInt overflow"
assertError ErrorOf("x = CInt(-32769)"), 6, "CInt underflow"
assertError ErrorOf("x = CByte(256)"), 6, "CByte overflow"
assertError ErrorOf("x = CByte(-1)"), 6, "CByte negative"
assertError ErrorOf("x = CLng(2147483648)"), 6, "CLng overflow"
assertError ErrorOf("x = CInt("""")"), 13, "CInt of the empty string"
assertError ErrorOf("x = CInt(""a"")"), 13, "CInt of a word"
assertError ErrorOf("x = CStr(Null)"), 94, "CStr(Null)"
assertError ErrorOf("x = CLng(Null)"), 94, "CLng(Null)"
assertError ErrorOf("x = 1 / 0"), 11, "1 / 0"
assertError ErrorOf("x = 1 \ 0"), 11, "1 \ 0"
assertError ErrorOf("x = 1 Mod 0"), 11, "1 Mod 0"
assertError ErrorOf("x = 3000000000 \ 1"), 6, "\ beyond Long"
assertError ErrorOf("x = 1E308 * 10"), 6, "Double overflow"
assertError ErrorOf("x = 2 ^ 5000"), 6, "a power too large"
assertError ErrorOf("x = Nothing"), 91, "Nothing as a value"
assertError ErrorOf("x = 1 Is Nothing"), 424, "Is needs objects"
assertError ErrorOf("x = ""a"" + 1"), 13, "a word and a number"
assertError ErrorOf("x = -""a"""), 13, "minus a word"
assertError ErrorOf("x = (""abc"" < 5)"), 13, "a word against a numeric literal"
assertError ErrorOf("x = (Array(1) = 1)"), 13, "an array compared"
assertError ErrorOf("Set x = 5"), 424, "Set of a number"
assertError ErrorOf("x.y = 1"), 424, "a member of Empty"
assertError ErrorOf("x = CDate(""nonsense"")"), 13, "CDate of a word"
assertError ErrorOf("x = DateSerial(10000, 1, 1)"), 5, "a year too late"
assertError ErrorOf("x = #1/1/9999# + 1000000"), 6, "a date too late"

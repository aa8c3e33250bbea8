' Conversions between subtypes, TypeName and VarType, the Is functions, constants.
Option Explicit
Dim v, x, n, s, o, a(1), dynamic()
Set o = New RegExp

' Text to numbers.
Sub Number(text, expected)
  assertEqual CDbl(text), CDbl(expected), "CDbl of the text " & text
  assertEqual IsNumeric(text), True, "IsNumeric of the text " & text
End Sub
Number "0", 0
Number "1", 1
Number "-1", -1
Number "+1", 1
Number "007", 7
Number "1.5", 1.5
Number "-1.5", -1.5
Number ".5", .5
Number "-.5", -.5
Number "5.", 5
Number "1e3", 1000
Number "1E3", 1000
Number "1e+3", 1000
Number "1e-3", .001
Number "1.5e2", 150
Number "1d3", 1000
Number " 1", 1
Number "1 ", 1
Number "  12  ", 12
Number "1,234", 1234
Number "1,234.5", 1234.5
Number "1,234,567", 1234567
Number "$1", 1
Number "$1,234.50", 1234.5
Number "-$5", -5
Number "(5)", -5
Number "($5.25)", -5.25
Number "&HFF", 255
Number "&hff", 255
Number "&O17", 15
Number "&H7FFFFFFF", 2147483647
Number "1e300", 1e300
Number "123456789012345", 123456789012345
Sub NoNumber(text)
  assertEqual IsNumeric(text), False, "IsNumeric of the text " & text
  On Error Resume Next
  x = CDbl(text)
  assertError Err.Number, 13, "CDbl of the text " & text
End Sub
NoNumber ""
NoNumber " "
NoNumber "a"
NoNumber "1a"
NoNumber "a1"
NoNumber "1 2"
NoNumber "1.2.3"
NoNumber "--1"
NoNumber "1e"
NoNumber "e1"
NoNumber "&HG"
NoNumber "&H"
NoNumber "0x10"
NoNumber "-"
NoNumber "."
NoNumber "one"
NoNumber "True"
NoNumber "1/2"
NoNumber "(5"
NoNumber "#1#"

' Each function with each kind of argument.
assertEqual CInt(5), 5, "CInt of an Integer"
assertEqual CInt(CLng(5)), 5, "CInt of a Long"
assertEqual CInt(5.4), 5, "CInt of a Double"
assertEqual CInt("5"), 5, "CInt of text"
assertEqual CInt("5.6"), 6, "CInt of a fraction as text"
assertEqual CInt(True), -1, "CInt of True"
assertEqual CInt(False), 0, "CInt of False"
assertEqual CInt(Empty), 0, "CInt of Empty"
assertEqual CInt(CByte(200)), 200, "CInt of a Byte"
assertEqual CInt(#1/1/1900#), 2, "CInt of a date"
assertEqual CInt("&HFFFF"), -1, "CInt of a hexadecimal text"
assertEqual CInt("$12"), 12, "CInt of an amount"
assertEqual CLng(5), CLng(5), "CLng of an Integer"
assertEqual TypeName(CLng(5)), "Long", "CLng gives a Long"
assertEqual CLng("70000"), 70000, "CLng of text"
assertEqual CLng(True), CLng(-1), "CLng of True"
assertEqual CLng(Empty), CLng(0), "CLng of Empty"
assertEqual CLng("&HFFFFFFFF"), CLng(-1), "CLng of a hexadecimal text"
assertEqual CLng("&H10000"), 65536, "CLng of another"
assertEqual CByte(5), CByte("5"), "CByte of text"
assertEqual TypeName(CByte(5)), "Byte", "CByte gives a Byte"
assertEqual CByte(Empty), CByte(0), "CByte of Empty"
assertEqual TypeName(CSng(5)), "Single", "CSng gives a Single"
assertEqual CSng("1.5"), CSng(1.5), "CSng of text"
assertEqual CDbl(CSng(0.1)) = 0.1, False, "a Single has fewer digits"
assertEqual TypeName(CDbl(5)), "Double", "CDbl gives a Double"
assertEqual CDbl(True), CDbl(-1), "CDbl of True"
assertEqual CDbl(CCur(1.25)), 1.25, "CDbl of a Currency"
assertEqual CDbl(#1/1/2000#), CDbl(36526), "CDbl of a date"
assertEqual TypeName(CCur(5)), "Currency", "CCur gives a Currency"
assertEqual CCur(True), CCur(-1), "CCur of True"
assertEqual TypeName(CDate(5)), "Date", "CDate gives a Date"
assertEqual CDate(True), #12/29/1899#, "CDate of True"
assertEqual CDate(Empty), #12/30/1899#, "CDate of Empty"
assertEqual CBool(1), True, "CBool(1)"
assertEqual CBool(0), False, "CBool(0)"
assertEqual CBool(-5), True, "CBool of a negative"
assertEqual CBool(0.1), True, "CBool of a fraction"
assertEqual CBool("True"), True, "CBool of a word"
assertEqual CBool("true"), True, "CBool of the word in small letters"
assertEqual CBool("FALSE"), False, "CBool of the other word"
assertEqual CBool("1"), True, "CBool of digits"
assertEqual CBool("0"), False, "CBool of the digit 0"
assertEqual CBool("-0.0"), False, "CBool of minus 0"
assertEqual CBool(Empty), False, "CBool of Empty"
assertEqual CBool(#1/1/2000#), True, "CBool of a date"
assertEqual CBool(CCur(0)), False, "CBool of a Currency"
assertEqual CStr(5), "5", "CStr of an Integer"
assertEqual CStr("a"), "a", "CStr of text"
assertEqual CStr(True), "True", "CStr of True"
assertEqual CStr(False), "False", "CStr of False"
assertEqual CStr(Empty), "", "CStr of Empty"
assertEqual CStr(#1/2/2003#), "1/2/2003", "CStr of a date"
assertEqual CStr(-1.5), "-1.5", "CStr of a Double"
assertRaises "x = CBool(""yes"")", 13, "CBool of another word"
assertRaises "x = CBool("""")", 13, "CBool of nothing"
Dim name
For Each name In Array("CInt", "CLng", "CByte", "CSng", "CDbl", "CCur", "CBool", "CStr", "CDate")
  assertRaises "x = " & name & "(Null)", 94, name & "(Null)"
  assertRaises "x = " & name & "(Array(1))", 13, name & " of an array"
  assertRaises "x = " & name & "(Nothing)", 91, name & "(Nothing)"
  assertRaises "x = " & name & "(1, 2)", 450, name & " of two"
  assertRaises "x = " & name & "()", 450, name & " of none"
  If name <> "CStr" Then
    assertRaises "x = " & name & "(""abc"")", 13, name & " of a word"
    assertRaises "x = " & name & "("""")", 13, name & " of the empty string"
  End If
Next

' TypeName and VarType.
Sub Kind(value, typeText, number)
  assertEqual TypeName(value), typeText, "TypeName " & typeText
  assertEqual VarType(value), number, "VarType " & typeText
End Sub
Kind Empty, "Empty", vbEmpty
Kind Null, "Null", vbNull
Kind 1, "Integer", vbInteger
Kind -32768, "Long", vbLong
Kind 40000, "Long", vbLong
Kind 3000000000, "Double", vbDouble
Kind 1.5, "Double", vbDouble
Kind CSng(1), "Single", vbSingle
Kind CCur(1), "Currency", vbCurrency
Kind Date, "Date", vbDate
Kind "1", "String", vbString
Kind vbNullString, "String", vbString
Kind True, "Boolean", vbBoolean
Kind CByte(1), "Byte", vbByte
Kind Array(1), "Variant()", vbArray + vbVariant
Kind Split("a"), "Variant()", 8204
Kind a, "Variant()", 8204
Kind dynamic, "Variant()", 8204
assertEqual TypeName(Nothing), "Nothing", "TypeName(Nothing)"
assertEqual VarType(Nothing), vbObject, "VarType(Nothing)"
assertEqual TypeName(Err), "Object", "TypeName(Err)"
assertEqual TypeName(o), "IRegExp2", "TypeName of a RegExp"
assertEqual TypeName(v), "Empty", "TypeName of a variable without a value"
assertEqual TypeName(Len("a")), "Long", "Len"
assertEqual TypeName(InStr("a", "a")), "Long", "InStr"
assertEqual TypeName(UBound(a)), "Long", "UBound"
assertEqual TypeName(Asc("a")), "Integer", "Asc"
assertEqual TypeName(Year(Now)), "Integer", "Year"
assertEqual TypeName(DateDiff("d", Now, Now)), "Long", "DateDiff"
assertEqual TypeName(StrComp("a", "b")), "Integer", "StrComp"
assertEqual TypeName(VarType(1)), "Integer", "VarType"
assertEqual TypeName(Sqr(4)), "Double", "Sqr"
assertEqual TypeName(Hex(1)), "String", "Hex"
assertEqual TypeName(1 = 1), "Boolean", "a comparison"
assertEqual TypeName(RGB(0, 0, 0)), "Long", "RGB"

' The Is functions.
Class Plain
End Class
assertEqual IsArray(a), True, "IsArray of a fixed array"
assertEqual IsArray(dynamic), True, "IsArray of a dynamic one"
assertEqual IsArray(Array()), True, "IsArray of an empty one"
assertEqual IsArray("a"), False, "IsArray of text"
assertEqual IsArray(Nothing), False, "IsArray(Nothing)"
assertEqual IsArray(Empty), False, "IsArray(Empty)"
assertEqual IsEmpty(v), True, "IsEmpty of a new variable"
assertEqual IsEmpty(Empty), True, "IsEmpty(Empty)"
assertEqual IsEmpty(a(0)), True, "IsEmpty of a new element"
assertEqual IsEmpty(0), False, "IsEmpty(0)"
assertEqual IsEmpty(""), False, "IsEmpty of the empty string"
assertEqual IsEmpty(Null), False, "IsEmpty(Null)"
assertEqual IsEmpty(Nothing), False, "IsEmpty(Nothing)"
v = 5 : v = Empty
assertEqual IsEmpty(v), True, "IsEmpty after = Empty"
assertEqual IsNull(Null), True, "IsNull(Null)"
assertEqual IsNull(Empty), False, "IsNull(Empty)"
assertEqual IsNull(""), False, "IsNull of the empty string"
assertEqual IsNull(0), False, "IsNull(0)"
assertEqual IsNull(Null + 1), True, "IsNull of a sum"
assertEqual IsNull(Null = Null), True, "IsNull of a comparison"
assertEqual IsNull(Nothing), False, "IsNull(Nothing)"
assertEqual IsObject(o), True, "IsObject of an object"
assertEqual IsObject(Nothing), True, "IsObject(Nothing)"
assertEqual IsObject(New Plain), True, "IsObject of a new one"
assertEqual IsObject(Err), True, "IsObject(Err)"
assertEqual IsObject("a"), False, "IsObject of text"
assertEqual IsObject(Empty), False, "IsObject(Empty)"
assertEqual IsObject(a), False, "IsObject of an array"
assertEqual IsNumeric(5), True, "IsNumeric of an Integer"
assertEqual IsNumeric(5.5), True, "IsNumeric of a Double"
assertEqual IsNumeric(CCur(5)), True, "IsNumeric of a Currency"
assertEqual IsNumeric(CByte(5)), True, "IsNumeric of a Byte"
assertEqual IsNumeric(True), True, "IsNumeric of a Boolean"
assertEqual IsNumeric(Empty), True, "IsNumeric(Empty)"
assertEqual IsNumeric(Null), False, "IsNumeric(Null)"
assertEqual IsNumeric(Nothing), False, "IsNumeric(Nothing)"
assertEqual IsNumeric(#1/1/2000#), False, "IsNumeric of a date"
assertEqual IsNumeric("1/1/2000"), False, "IsNumeric of a date as text"
assertEqual IsNumeric(a), False, "IsNumeric of an array"
assertEqual IsNumeric(o), False, "IsNumeric of an object"

' Constants.
Sub Constant(value, expected, label)
  assertEqual CLng(value), CLng(expected), label
End Sub
Constant vbBinaryCompare, 0, "vbBinaryCompare"
Constant vbTextCompare, 1, "vbTextCompare"
Constant vbDatabaseCompare, 2, "vbDatabaseCompare"
Constant vbSunday, 1, "vbSunday"
Constant vbMonday, 2, "vbMonday"
Constant vbTuesday, 3, "vbTuesday"
Constant vbWednesday, 4, "vbWednesday"
Constant vbThursday, 5, "vbThursday"
Constant vbFriday, 6, "vbFriday"
Constant vbSaturday, 7, "vbSaturday"
Constant vbUseSystem, 0, "vbUseSystem"
Constant vbUseSystemDayOfWeek, 0, "vbUseSystemDayOfWeek"
Constant vbFirstJan1, 1, "vbFirstJan1"
Constant vbFirstFourDays, 2, "vbFirstFourDays"
Constant vbFirstFullWeek, 3, "vbFirstFullWeek"
Constant vbGeneralDate, 0, "vbGeneralDate"
Constant vbLongDate, 1, "vbLongDate"
Constant vbShortDate, 2, "vbShortDate"
Constant vbLongTime, 3, "vbLongTime"
Constant vbShortTime, 4, "vbShortTime"
Constant vbTrue, -1, "vbTrue"
Constant vbFalse, 0, "vbFalse"
Constant vbUseDefault, -2, "vbUseDefault"
Constant vbObjectError, -2147221504, "vbObjectError"
Constant vbOKOnly, 0, "vbOKOnly"
Constant vbOKCancel, 1, "vbOKCancel"
Constant vbAbortRetryIgnore, 2, "vbAbortRetryIgnore"
Constant vbYesNoCancel, 3, "vbYesNoCancel"
Constant vbYesNo, 4, "vbYesNo"
Constant vbRetryCancel, 5, "vbRetryCancel"
Constant vbCritical, 16, "vbCritical"
Constant vbQuestion, 32, "vbQuestion"
Constant vbExclamation, 48, "vbExclamation"
Constant vbInformation, 64, "vbInformation"
Constant vbDefaultButton1, 0, "vbDefaultButton1"
Constant vbDefaultButton2, 256, "vbDefaultButton2"
Constant vbDefaultButton3, 512, "vbDefaultButton3"
Constant vbDefaultButton4, 768, "vbDefaultButton4"
Constant vbApplicationModal, 0, "vbApplicationModal"
Constant vbSystemModal, 4096, "vbSystemModal"
Constant vbOK, 1, "vbOK"
Constant vbCancel, 2, "vbCancel"
Constant vbAbort, 3, "vbAbort"
Constant vbRetry, 4, "vbRetry"
Constant vbIgnore, 5, "vbIgnore"
Constant vbYes, 6, "vbYes"
Constant vbNo, 7, "vbNo"
Constant vbBlack, 0, "vbBlack"
Constant vbRed, &HFF, "vbRed"
Constant vbGreen, &HFF00&, "vbGreen"
Constant vbYellow, &HFFFF&, "vbYellow"
Constant vbBlue, &HFF0000, "vbBlue"
Constant vbMagenta, &HFF00FF, "vbMagenta"
Constant vbCyan, &HFFFF00, "vbCyan"
Constant vbWhite, &HFFFFFF, "vbWhite"
Constant vbEmpty, 0, "vbEmpty"
Constant vbNull, 1, "vbNull"
Constant vbInteger, 2, "vbInteger"
Constant vbLong, 3, "vbLong"
Constant vbSingle, 4, "vbSingle"
Constant vbDouble, 5, "vbDouble"
Constant vbCurrency, 6, "vbCurrency"
Constant vbDate, 7, "vbDate"
Constant vbString, 8, "vbString"
Constant vbObject, 9, "vbObject"
Constant vbError, 10, "vbError"
Constant vbBoolean, 11, "vbBoolean"
Constant vbVariant, 12, "vbVariant"
Constant vbDataObject, 13, "vbDataObject"
Constant vbDecimal, 14, "vbDecimal"
Constant vbByte, 17, "vbByte"
Constant vbArray, 8192, "vbArray"
assertEqual vbCr, Chr(13), "vbCr"
assertEqual vbLf, Chr(10), "vbLf"
assertEqual vbCrLf, Chr(13) & Chr(10), "vbCrLf"
assertEqual vbNewLine, vbCrLf, "vbNewLine"
assertEqual vbTab, Chr(9), "vbTab"
assertEqual vbVerticalTab, Chr(11), "vbVerticalTab"
assertEqual vbFormFeed, Chr(12), "vbFormFeed"
assertEqual vbNullChar, Chr(0), "vbNullChar"
assertEqual vbNullString, "", "vbNullString"
assertRaises "vbCr = 5", 501, "a constant is not assigned"

' The engine.
assertEqual ScriptEngine, "VBScript", "ScriptEngine"
assertEqual CInt(ScriptEngineMajorVersion), 5, "ScriptEngineMajorVersion"
assertEqual CInt(ScriptEngineMinorVersion), 8, "ScriptEngineMinorVersion"
assertEqual ScriptEngineBuildVersion > 0, True, "ScriptEngineBuildVersion"
assertEqual CLng(GetLocale), CLng(1033), "GetLocale"

' Settings of other countries.
n = SetLocale("de-DE")
assertEqual CLng(n), CLng(1033), "SetLocale returns the old one"
assertEqual CStr(1.5), "1,5", "German: a comma"
assertEqual CDbl("1,5"), 1.5, "German: read, too"
assertEqual CDbl("1.234,5"), 1234.5, "German: points group"
assertEqual FormatNumber(1234567.89), "1.234.567,89", "German: FormatNumber"
assertEqual CDate("2.1.2003"), #1/2/2003#, "German: day first"
assertEqual CStr(#1/2/2003#), "02.01.2003", "German: the short date"
assertEqual MonthName(3), "M" & ChrW(228) & "rz", "German: a month"
assertEqual WeekdayName(1, False, vbSunday), "Sonntag", "German: a weekday"
assertEqual 1.5, CDbl("1,5"), "literals stay"
assertEqual CLng(SetLocale(1033)), CLng(1031), "SetLocale back"
assertEqual CStr(1.5), "1.5", "American again"
SetLocale "en-gb"
assertEqual CDate("2/1/2003"), #1/2/2003#, "British: day first"
assertEqual CStr(1.5), "1.5", "British: a point"
assertEqual FormatCurrency(5), ChrW(163) & "5.00", "British: pounds"
SetLocale 1033
assertRaises "SetLocale ""xx-nowhere""", 447, "an unknown locale"

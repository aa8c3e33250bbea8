Dim x, y, s, [a b], [end], [Dim], [x.y], default, error, explicit, step, property, o : Rem a comment after Dim
' Case of letters.
X = 1 : assertEqual x, 1, "names have no case"
ASSERTequal x, 1, "nor have calls"
IF x = 1 THEN y = 2 ELSE y = 3 END IF
assertEqual y, 2, "nor have keywords"

' Brackets.
[a b] = 5 : assertEqual [A B], 5, "a blank in a name"
[end] = 6 : assertEqual [end], 6, "a keyword as a name"
[Dim] = 7 : assertEqual [dim], 7, "another"
[x.y] = 8 : assertEqual [x.y], 8, "punctuation in a name"
[x] = 9 : assertEqual x, 9, "brackets around an ordinary name"

' Words that are no reserved words.
default = 1 : error = 2 : explicit = 3 : step = 4 : property = 5
assertEqual default + error + explicit + step + property, 15, "words that can be names"

' After a dot any word is a member.
Class Words
  Public [End], [True], [Rem], [If], [Select]
End Class
Set o = New Words
o.End = 1 : o.True = 2 : o.If = 4 : o.Select = 5
o.Rem = 3
assertEqual o.End + o.True + o.If + o.Select, 12, "keywords after a dot"
assertEqual o.rem, 3, "Rem after a dot is no comment"

' Separators and continuations.
:: x = 1 :: y = 2 ::
assertEqual x + y, 3, "colons in any number"
x = 1 + _
  2 + _  
  3
assertEqual x, 6, "continued lines"
x =_
  4
assertEqual x, 4, "a continuation right after an operator"
s = "a" & _
  "b"
assertEqual s, "ab", "strings on two lines"
Set o = New RegExp
o _
  .Pattern = "p"
assertEqual o.Pattern, "p", "a continuation before a dot"

' Strings.
assertEqual "a""b", "a" & Chr(34) & "b", "a quote in a string"
assertEqual """", Chr(34), "a quote alone"
assertEqual Len(""), CLng(0), "the empty string"
assertEqual "a'b", "a" & Chr(39) & "b", "no comment in a string"
assertEqual "\n", Chr(92) & "n", "no escapes"

' Numbers.
assertEqual TypeName(1), "Integer", "1"
assertEqual TypeName(32767), "Integer", "32767"
assertEqual TypeName(32768), "Long", "32768"
assertEqual TypeName(-32768), "Long", "-32768 is the negation of a Long"
assertEqual TypeName(2147483647), "Long", "2147483647"
assertEqual TypeName(2147483648), "Double", "2147483648"
assertEqual TypeName(1.0), "Double", "1.0"
assertEqual TypeName(1.), "Double", "1."
assertEqual TypeName(.5), "Double", ".5"
assertEqual TypeName(1e3), "Double", "1e3"
assertEqual 1e3, CDbl(1000), "an exponent"
assertEqual 1E+3, CDbl(1000), "with a plus"
assertEqual 1e-3, .001, "with a minus"
assertEqual &HFF, 255, "hexadecimal"
assertEqual &hff, 255, "in small letters"
assertEqual &HFFFF, -1, "16 bits are signed"
assertEqual &HFFFF&, 65535, "unless marked as Long"
assertEqual &H8000, CInt(-32768), "the smallest Integer"
assertEqual &H10000, 65536, "17 bits"
assertEqual &HFFFFFFFF, CLng(-1), "32 bits are signed"
assertEqual &H7FFFFFFF, 2147483647, "the largest Long"
assertEqual TypeName(&HFF&), "Long", "a short Long"
assertEqual &O17, 15, "octal"
x = &17 : assertEqual x, 15, "octal without a letter"
assertEqual TypeName(&O17), "Integer", "octal Integer"
If 1Then x = "touching"
assertEqual x, "touching", "a number may touch a word"

' Ampersands.
Function HFunc : HFunc = "h" : End Function
assertEqual "a"&HFunc, "ah", "& before a name that starts with H"
assertEqual "a" & Hex(255), "aFF", "& before Hex"
assertEqual "a"&"b"&1, "ab1", "& between literals"
assertEqual 1&2, "12", "& between numbers"

' Dates.
assertEqual #1/2/2003#, DateSerial(2003, 1, 2), "month first"
assertEqual #2003-01-02#, DateSerial(2003, 1, 2), "year first"
assertEqual #Jan 2, 2003#, DateSerial(2003, 1, 2), "a month's name"
assertEqual #January 2, 2003#, DateSerial(2003, 1, 2), "in full"
assertEqual #4:05 PM#, TimeSerial(16, 5, 0), "a time"
assertEqual #4:05:06 PM#, TimeSerial(16, 5, 6), "with seconds"
assertEqual #1/2/2003 4:05:06 PM#, DateSerial(2003, 1, 2) + TimeSerial(16, 5, 6), "both"
assertEqual #1/2/29#, DateSerial(2029, 1, 2), "two digits up to 29"
assertEqual #1/2/30#, DateSerial(1930, 1, 2), "two digits from 30"
assertEqual TypeName(#1/2/2003#), "Date", "its subtype"

' Operators in two signs.
assertEqual 1 =< 2, True, "=<"
assertEqual 2 => 1, True, "=>"
assertEqual 1 >< 2, True, "><"
assertEqual 1 < > 2, True, "blanks inside"
assertEqual 1 < = 1, True, "more blanks"
assertEqual 2 > = 1, True, "and more"

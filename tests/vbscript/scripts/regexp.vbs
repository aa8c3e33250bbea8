' RegExp, as the language reference describes it.
Option Explicit
Dim re, m, s, i, v, n, found

Function NewPattern(pattern, flags)
  Set NewPattern = New RegExp
  NewPattern.Pattern = pattern
  NewPattern.Global = InStr(flags, "g") > 0
  NewPattern.IgnoreCase = InStr(flags, "i") > 0
  NewPattern.MultiLine = InStr(flags, "m") > 0
End Function

' The object.
Set re = New RegExp
assertEqual TypeName(re), "IRegExp2", "TypeName"
assertEqual re.Pattern, "", "Pattern is empty at first"
assertEqual re.Global, False, "Global is False"
assertEqual re.IgnoreCase, False, "IgnoreCase is False"
assertEqual re.MultiLine, False, "MultiLine is False"
re.Pattern = "is." : re.IgnoreCase = True : re.Global = True
assertEqual re.Pattern, "is.", "Pattern"
Set found = re.Execute("IS1 is2 IS3 is4")
assertEqual CLng(found.Count), CLng(4), "the reference's example: Count"
s = ""
For Each m In found : s = s & m.FirstIndex & m.Value & m.Length & " " : Next
assertEqual s, "0IS13 4is23 8IS33 12is43 ", "FirstIndex, Value, Length"
assertEqual CStr(found(0)), "IS1", "a match by index is its value"
assertEqual found.Item(3).Value, "is4", "Item"
assertEqual CLng(found(1).FirstIndex), CLng(4), "FirstIndex counts from 0"
assertEqual TypeName(found), "IMatchCollection2", "TypeName of the collection"
assertEqual TypeName(found(0)), "IMatch2", "TypeName of a match"
For i = 0 To found.Count - 1
  assertEqual found(i).Value, found.Item(i).Value, "index " & i
Next
assertRaises "Set re1 = New RegExp : x = re1.Execute("""")(5)", 5, "an index too large"
assertRaises "Set re1 = New RegExp : re1.lastIndex = 1", 438, "there is no lastIndex"

' Test.
Sub Tests(pattern, flags, text, expected)
  assertEqual NewPattern(pattern, flags).Test(text), expected, "Test /" & pattern & "/" & flags & " " & text
End Sub
Tests "abc", "", "xabcx", True
Tests "abc", "", "xABCx", False
Tests "abc", "i", "xABCx", True
Tests "^abc", "", "xabc", False
Tests "^abc", "", "abcx", True
Tests "abc$", "", "xabc", True
Tests "abc$", "", "abcx", False
Tests "a.c", "", "abc", True
Tests "a.c", "", "a" & vbLf & "c", False
Tests "a.c", "", "a" & vbCr & "c", True
Tests "a\.c", "", "abc", False
Tests "a\.c", "", "a.c", True
Tests "a*", "", "", True
Tests "a+", "", "", False
Tests "a?b", "", "b", True
Tests "^a{2}$", "", "aa", True
Tests "^a{2}$", "", "aaa", False
Tests "^a{2,}$", "", "aaaa", True
Tests "^a{2,3}$", "", "aaaa", False
Tests "[abc]", "", "xbx", True
Tests "[^abc]", "", "abc", False
Tests "[a-c]", "", "b", True
Tests "[a-c]", "", "d", False
Tests "[\d-]", "", "-", True
Tests "\d", "", "a1", True
Tests "\D", "", "11", False
Tests "\w", "", "_", True
Tests "\W", "", "a_1", False
Tests "\s", "", "a b", True
Tests "\s", "", vbTab, True
Tests "\S", "", " ", False
Tests "\bcat\b", "", "a cat sat", True
Tests "\bcat\b", "", "concat", False
Tests "\Bcat", "", "concat", True
Tests "er\b", "", "never", True
Tests "er\b", "", "verb", False
Tests "er\B", "", "verb", True
Tests "a|b", "", "xb", True
Tests "^(a|bc)$", "", "bc", True
Tests "(a)(b)\2\1", "", "abba", True
Tests "(.)\1", "", "hello", True
Tests "^(.)\1$", "", "ab", False
Tests "(?:ab)+c", "", "ababc", True
Tests "a(?=b)", "", "ab", True
Tests "a(?=b)", "", "ac", False
Tests "a(?!b)", "", "ac", True
Tests "a(?!b)", "", "ab", False
Tests "\x41", "", "A", True
Tests "\u0041", "", "A", True
Tests "\101", "", "A", True
Tests "\t", "", vbTab, True
Tests "\n", "", vbLf, True
Tests "\r\n", "", vbCrLf, True
Tests "\f", "", Chr(12), True
Tests "\v", "", Chr(11), True
Tests "\cM", "", vbCr, True
Tests "^b", "", "a" & vbLf & "b", False
Tests "^b", "m", "a" & vbLf & "b", True
Tests "a$", "", "a" & vbLf & "b", False
Tests "a$", "m", "a" & vbLf & "b", True
Tests "a.*?b", "", "axxb", True
Tests "^\d{3}-\d{4}$", "", "555-1234", True
Tests "^\d{3}-\d{4}$", "", "5551234", False
Tests "^[\w.-]+@[\w-]+\.[a-z]{2,}$", "i", "Some.One@example.COM", True
Tests "", "", "anything", True
Tests "\(\)\[\]\{\}\*\+\?\^\$\|\\\/", "", "()[]{}*+?^$|\/", True
Tests "1", "", 123, True
Tests "^$", "", Empty, True

' Execute: greedy and not, overlapping, empty.
Function Matches(pattern, flags, text)
  Dim m
  For Each m In NewPattern(pattern, flags).Execute(text) : Matches = Matches & "<" & m.Value & ">" : Next
End Function
Sub Finds(pattern, flags, text, expected)
  assertEqual Matches(pattern, flags, text) & "", expected, "Execute /" & pattern & "/" & flags & " " & text
End Sub
Finds "a", "", "aaa", "<a>"
Finds "a", "g", "aaa", "<a><a><a>"
Finds "aa", "g", "aaaa", "<aa><aa>"
Finds "aa", "g", "aaaaa", "<aa><aa>"
Finds "x", "g", "aaa", ""
Finds "<.*>", "", "<a><b>", "<<a><b>>"
Finds "<.*?>", "", "<a><b>", "<<a>>"
Finds "<.*?>", "g", "<a><b>", "<<a>><<b>>"
Finds "\d+", "g", "1 22 333", "<1><22><333>"
Finds "[A-Z]\w*", "g", "The Quick brown Fox", "<The><Quick><Fox>"
Finds "\w+", "g", "one,two", "<one><two>"
Finds "a|ab", "", "ab", "<a>"
Finds "^.+$", "gm", "one" & vbLf & "two", "<one><two>"
Finds "(a)(b)?", "g", "ab a", "<ab><a>"
Finds "[aeiou]", "gi", "EaIo", "<E><a><I><o>"
Set found = NewPattern("b", "").Execute("abc")
assertEqual CLng(found.Count), CLng(1), "without Global one match"
assertEqual CLng(NewPattern("x", "g").Execute("abc").Count), CLng(0), "no match is an empty collection"
Set re = NewPattern("a", "")
assertEqual re.Test("a") And re.Test("a") And re.Test("a"), True, "Test begins at the start each time"
Set re = NewPattern("a", "g")
assertEqual re.Test("ba") And re.Test("ba") And re.Test("ba"), True, "also with Global"
assertEqual CLng(re.Execute("aa").Count) & CLng(re.Execute("aa").Count), "22", "and so Execute"

' SubMatches.
Set found = NewPattern("(\w+)@(\w+)\.(\w+)", "").Execute("Please send mail to dragon@xyzzy.com. Thanks!")
assertEqual found(0).Value, "dragon@xyzzy.com", "the reference's example: the match"
assertEqual CLng(found(0).SubMatches.Count), CLng(3), "Count"
assertEqual found(0).SubMatches(0), "dragon", "the first group"
assertEqual found(0).SubMatches(1), "xyzzy", "the second"
assertEqual found(0).SubMatches.Item(2), "com", "Item"
s = "" : For Each v In found(0).SubMatches : s = s & v & "|" : Next
assertEqual s, "dragon|xyzzy|com|", "For Each"
assertEqual CLng(NewPattern("a", "").Execute("a")(0).SubMatches.Count), CLng(0), "without groups none"
Set found = NewPattern("(a)|(b)", "g").Execute("ab")
assertEqual found(0).SubMatches(0) & "/" & found(0).SubMatches(1), "a/", "a group that took no part is empty"
assertEqual found(1).SubMatches(0) & "/" & found(1).SubMatches(1), "/b", "the other way"
Set found = NewPattern("((a)(b))c", "").Execute("abc")
assertEqual found(0).SubMatches(0) & found(0).SubMatches(1) & found(0).SubMatches(2), "abab", "groups count by their opening parenthesis"
Set found = NewPattern("(?:a)(b)", "").Execute("ab")
assertEqual CLng(found(0).SubMatches.Count), CLng(1), "(?:) does not count"
Set found = NewPattern("(\d)+", "").Execute("123")
assertEqual found(0).SubMatches(0), "3", "a repeated group has its last match"
Set m = NewPattern("(\d+)-(\d+)", "").Execute("tel 555-1234")(0)
assertEqual m.SubMatches(0) + 0, CDbl(555), "digits of a group in a sum"
assertEqual CStr(m), "555-1234", "a match is its value"
assertEqual Len(m), CLng(8), "also for Len"
assertEqual m & "!", "555-1234!", "and for &"

' Replace.
Sub Replaces(pattern, flags, text, by, expected)
  assertEqual NewPattern(pattern, flags).Replace(text, by), expected, "Replace /" & pattern & "/" & flags & " by " & by
End Sub
Replaces "fox", "", "The quick brown fox jumped over the lazy dog.", "cat", "The quick brown cat jumped over the lazy dog."
Replaces "(\S+)(\s+)(\S+)", "g", "The quick brown fox jumped over the lazy dog.", "$3$2$1", "quick The fox brown over jumped lazy the dog."
Replaces "a", "", "aaa", "b", "baa"
Replaces "a", "g", "aaa", "b", "bbb"
Replaces "A", "gi", "aAa", "b", "bbb"
Replaces "x", "g", "aaa", "b", "aaa"
Replaces "a", "g", "aba", "", "b"
Replaces "(a)(b)", "g", "abab", "$2$1", "baba"
Replaces "b", "", "abc", "[$&]", "a[b]c"
Replaces "b", "", "abc", "$`", "aac"
Replaces "b", "", "abc", "$'", "acc"
Replaces "b", "", "abc", "$$", "a$c"
Replaces "(b)", "", "abc", "$1$1", "abbc"
Replaces "^", "gm", "a" & vbLf & "b", "> ", "> a" & vbLf & "> b"
Replaces "\s+", "g", "a  b   c", " ", "a b c"
Replaces "^\s+|\s+$", "g", "  trim me  ", "", "trim me"
Replaces "(\d+)/(\d+)/(\d+)", "", "12/31/1999", "$3-$1-$2", "1999-12-31"
Replaces "[^\d]", "g", "(555) 123-4567", "", "5551234567"
Replaces "\\", "g", "a\b\c", "/", "a/b/c"
Replaces "\n", "g", "a" & vbLf & "b", "\n", "a\nb"
Replaces "(x)?b", "", "ab", "[$1]", "a[]"
Replaces "1", "g", 1212, "3", "3232"
Replaces "b", "", "abc", 7, "a7c"
Function Upper(match, index, whole) : Upper = UCase(match) & index : End Function
Set re = NewPattern("[a-z]", "g")
assertEqual re.Replace("a-b", GetRef("Upper")), "A0-B2", "a function makes the replacement"
Function Swap(match, first, second, index, whole) : Swap = second & first : End Function
Set re = NewPattern("(\w)=(\w)", "g")
assertEqual re.Replace("a=1 b=2", GetRef("Swap")), "1a 2b", "with groups"

' What it does not know, and bad patterns.
Sub Refuses(pattern, number)
  Dim re, x
  Set re = NewPattern(pattern, "")
  On Error Resume Next
  x = re.Test("a")
  assertError Err.Number, number, "the pattern " & pattern
End Sub
Refuses "*", 5018
Refuses "a**", 5018
Refuses "+a", 5018
Refuses "?a", 5018
Refuses "[a", 5019
Refuses "(a", 5020
Refuses "[z-a]", 5021
Refuses "a{2,1}", 5017
Refuses "(?<=a)b", 5018
Refuses "(?<n>a)", 5018
assertRaises "Set re1 = New RegExp : re1.Execute", 450, "Execute without a text"
assertRaises "Set re1 = New RegExp : x = re1.Nowhere", 438, "an unknown member"

' Properties may change between calls.
Set re = New RegExp
re.Pattern = "a" : assertEqual re.Replace("aA", "x"), "xA", "first"
re.Global = True : assertEqual re.Replace("aaA", "x"), "xxA", "Global"
re.IgnoreCase = True : assertEqual re.Replace("aaA", "x"), "xxx", "IgnoreCase"
re.Pattern = "b" : assertEqual re.Replace("abA", "x"), "axA", "Pattern"
re.IgnoreCase = 0 : assertEqual re.IgnoreCase, False, "a number becomes a Boolean"
Set v = re.Execute("bb")
re.Pattern = "z"
assertEqual CLng(v.Count), CLng(2), "matches stay"
With New RegExp
  .Pattern = "(\w+) (\w+)"
  assertEqual .Replace("hello world", "$2 $1"), "world hello", "in With"
End With

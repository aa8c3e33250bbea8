' Dates and times, as the language reference describes them; regional settings of the United States.
Option Explicit
Dim d, e, i, n, y, m, h, s, known, days, leap

' The serial number counts days from 30 December 1899.
assertEqual CDbl(#12/30/1899#), CDbl(0), "day 0"
assertEqual CDbl(#12/31/1899#), CDbl(1), "day 1"
assertEqual CDbl(#1/1/1900#), CDbl(2), "1 January 1900"
assertEqual CDbl(#2/28/1900#), CDbl(60), "28 February 1900"
assertEqual CDbl(#3/1/1900#), CDbl(61), "1900 is no leap year"
assertEqual CDbl(#1/1/1970#), CDbl(25569), "1 January 1970"
assertEqual CDbl(#1/1/2000#), CDbl(36526), "1 January 2000"
assertEqual CDbl(#3/15/2026#), CDbl(46096), "15 March 2026"
assertEqual CDbl(#12/29/1899#), CDbl(-1), "day -1"
assertEqual CDbl(DateSerial(100, 1, 1)), CDbl(-657434), "the first day"
assertEqual CDbl(DateSerial(9999, 12, 31)), CDbl(2958465), "the last day"
assertEqual CDbl(#12:00:00 PM#), 0.5, "noon"
assertEqual CDbl(#6:00 AM#), 0.25, "six o'clock"
assertEqual CDbl(#1/1/2000 6:00 PM#), 36526.75, "day and time"
assertEqual CDate(0), #12/30/1899#, "CDate(0)"
assertEqual CDate(36526), #1/1/2000#, "CDate of a serial number"
assertEqual CDate(36526.75), #1/1/2000 6:00 PM#, "CDate with a time"
assertEqual CDate("36526"), #1/1/2000#, "CDate of a serial number as text"
assertEqual CLng(#1/1/2000 12:00 PM#), CLng(36526), "CLng rounds half a day to even"
assertEqual CLng(#1/2/2000 12:00 PM#), CLng(36528), "CLng rounds half a day to even, upwards"
assertEqual Int(#1/2/2000 11:00 PM#), #1/2/2000#, "Int of a date"
assertEqual Fix(#1/2/2000 11:00 PM#), #1/2/2000#, "Fix of a date"

' Before day 0 the time still counts forwards within the day.
assertEqual Hour(CDate(-1.25)), 6, "-1.25: the hour"
assertEqual Day(CDate(-1.25)), 29, "-1.25: the day"
assertEqual CDate(-1.25), CDate(DateSerial(1899, 12, 29) - TimeSerial(6, 0, 0)), "-1.25 by its parts"
assertEqual CStr(CDate(-1.25)), "12/29/1899 6:00:00 AM", "-1.25 as text"
assertEqual CDbl(CDate("12/29/1899 6:00:00 AM")), -1.25, "and back"
assertEqual CDbl(#12/29/1899 6:00 PM#), -1.75, "evening of day -1"
assertEqual CDbl(#1/1/1800 12:00 PM#), -36522.5, "noon of 1 January 1800"
assertEqual Year(#1/1/1800 12:00 PM#), 1800, "its year"
assertEqual Hour(#1/1/1800 3:45 PM#), 15, "an hour before day 0"
assertEqual Minute(#1/1/1800 3:45 PM#), 45, "a minute before day 0"
assertEqual CDbl(CDate(-0.5)), -0.5, "a negative time of day keeps its number"
assertEqual Hour(CDate(-0.25)), 6, "and shows as positive"
assertEqual DateAdd("h", 1, #12/29/1899 11:30 PM#), CDate(0.5 / 24), "DateAdd across day 0"
assertEqual DateAdd("n", -30, #12/30/1899 12:10 AM#), #12/29/1899 11:40 PM#, "DateAdd back across day 0"
assertEqual DateDiff("h", #12/29/1899 11:00 PM#, #12/30/1899 1:00 AM#), CLng(2), "DateDiff across day 0"
assertEqual DateDiff("d", #12/29/1899#, #12/31/1899#), CLng(2), "days across day 0"

' Literals are American whatever the settings.
assertEqual #1/2/2003#, DateSerial(2003, 1, 2), "month, day, year"
assertEqual #01/02/2003#, DateSerial(2003, 1, 2), "with leading zeros"
assertEqual #1-2-2003#, DateSerial(2003, 1, 2), "with hyphens"
assertEqual #2003/1/2#, DateSerial(2003, 1, 2), "year first"
assertEqual #2003-01-02#, DateSerial(2003, 1, 2), "year first with hyphens"
assertEqual #Jan 2, 2003#, DateSerial(2003, 1, 2), "a month's name"
assertEqual #January 2, 2003#, DateSerial(2003, 1, 2), "in full"
assertEqual #2 January 2003#, DateSerial(2003, 1, 2), "day first with a name"
assertEqual #2-Jan-2003#, DateSerial(2003, 1, 2), "day, name, year with hyphens"
assertEqual #1/2/03#, DateSerial(2003, 1, 2), "two digits"
assertEqual #1/2/29#, DateSerial(2029, 1, 2), "29 is 2029"
assertEqual #1/2/30#, DateSerial(1930, 1, 2), "30 is 1930"
assertEqual #1/2/99#, DateSerial(1999, 1, 2), "99 is 1999"
assertEqual #1/2/00#, DateSerial(2000, 1, 2), "00 is 2000"
assertEqual #3:04#, TimeSerial(3, 4, 0), "a time"
assertEqual #3:04 PM#, TimeSerial(15, 4, 0), "PM"
assertEqual #3:04:05 AM#, TimeSerial(3, 4, 5), "AM"
assertEqual #15:04:05#, TimeSerial(15, 4, 5), "24 hours"
assertEqual #12:00 AM#, TimeSerial(0, 0, 0), "12 AM is midnight"
assertEqual #12:30 AM#, TimeSerial(0, 30, 0), "12:30 AM is after midnight"
assertEqual #12:30 PM#, TimeSerial(12, 30, 0), "12:30 PM is after noon"
assertEqual #1/2/2003 3:04:05 PM#, DateSerial(2003, 1, 2) + TimeSerial(15, 4, 5), "both"
assertEqual TypeName(#1/2/2003#), "Date", "TypeName"
assertEqual VarType(#1/2/2003#), vbDate, "VarType"
assertRaises "d = #13/32/2003#", 1002, "a literal that is no date"
assertRaises "d = #x#", 1002, "a literal without a date"

' Text of dates.
assertEqual CStr(#1/2/2003#), "1/2/2003", "CStr of a date"
assertEqual CStr(#1/2/2003 3:04:05 PM#), "1/2/2003 3:04:05 PM", "with a time"
assertEqual CStr(#3:04:05 PM#), "3:04:05 PM", "a time alone"
assertEqual CStr(#12:00 AM#), "12:00:00 AM", "midnight of day 0"
assertEqual CStr(#1/2/2003 12:00 AM#), "1/2/2003", "midnight is not shown"
assertEqual CStr(#1/2/2003 12:00 PM#), "1/2/2003 12:00:00 PM", "noon"
assertEqual CStr(#1/2/2003 12:30 AM#), "1/2/2003 12:30:00 AM", "half past midnight"
assertEqual CStr(#12/31/9999#), "12/31/9999", "the last day"
assertEqual CStr(DateSerial(1850, 7, 4)), "7/4/1850", "long ago"
assertEqual "" & #11/30/1999#, "11/30/1999", "& of a date"
assertEqual Len(#1/2/2003#), CLng(8), "Len of a date"

' Text to dates.
Sub Reads(text, expected)
  assertEqual IsDate(text), True, "IsDate " & text
  assertEqual CDate(text), expected, "CDate " & text
End Sub
Reads "1/2/2003", DateSerial(2003, 1, 2)
Reads "01/02/2003", DateSerial(2003, 1, 2)
Reads "1-2-2003", DateSerial(2003, 1, 2)
Reads "2003-01-02", DateSerial(2003, 1, 2)
Reads "2003/01/02", DateSerial(2003, 1, 2)
Reads "1/2/03", DateSerial(2003, 1, 2)
Reads "Jan 2, 2003", DateSerial(2003, 1, 2)
Reads "January 2, 2003", DateSerial(2003, 1, 2)
Reads "january 2, 2003", DateSerial(2003, 1, 2)
Reads "2 Jan 2003", DateSerial(2003, 1, 2)
Reads "2-Jan-2003", DateSerial(2003, 1, 2)
Reads "October 19, 1962", DateSerial(1962, 10, 19)
Reads "12/31/1999", DateSerial(1999, 12, 31)
Reads "2/29/2000", DateSerial(2000, 2, 29)
Reads "31/12/1999", DateSerial(1999, 12, 31)
Reads "3:04", TimeSerial(3, 4, 0)
Reads "3:04 PM", TimeSerial(15, 4, 0)
Reads "3:04:05 pm", TimeSerial(15, 4, 5)
Reads "4:35:47 PM", TimeSerial(16, 35, 47)
Reads "15:04:05", TimeSerial(15, 4, 5)
Reads "0:00", TimeSerial(0, 0, 0)
Reads "23:59:59", TimeSerial(23, 59, 59)
Reads "1/2/2003 3:04 PM", DateSerial(2003, 1, 2) + TimeSerial(15, 4, 0)
Reads "2003-01-02 15:04:05", DateSerial(2003, 1, 2) + TimeSerial(15, 4, 5)
Reads "January 2, 2003 3:04:05 AM", DateSerial(2003, 1, 2) + TimeSerial(3, 4, 5)
Reads "12/30/1899", DateSerial(1899, 12, 30)
Sub IsNoDate(text)
  assertEqual IsDate(text), False, "IsDate " & text
End Sub
IsNoDate ""
IsNoDate "x"
IsNoDate "hello world"
IsNoDate "2/30/2003"
IsNoDate "2/29/2001"
IsNoDate "13/13/2003"
IsNoDate "4/31/2003 10:00"
IsNoDate "25:00"
IsNoDate "10:60"
IsNoDate "10:00:60"
IsNoDate "13:00 x"
IsNoDate "Smarch 2, 2003"
assertEqual IsDate(#1/2/2003#), True, "IsDate of a date"
assertEqual IsDate(36526), False, "IsDate of a number"
assertEqual IsDate(Empty), False, "IsDate of Empty"
assertEqual IsDate(Null), False, "IsDate of Null"
assertEqual IsDate(True), False, "IsDate of a Boolean"
assertEqual IsDate(Now), True, "IsDate of Now"
assertRaises "d = CDate(""x"")", 13, "CDate of a word"
assertRaises "d = CDate("""")", 13, "CDate of nothing"
assertRaises "d = CDate(""2/30/2003"")", 13, "CDate of 30 February"
assertRaises "d = CDate(Null)", 94, "CDate(Null)"
assertRaises "d = CDate(3000000)", 6, "CDate after 9999"
assertRaises "d = CDate(-700000)", 6, "CDate before 100"

' DateSerial.
assertEqual DateSerial(1998, 9, 17), #9/17/1998#, "DateSerial"
assertEqual DateSerial(1990 - 10, 8 - 2, 1 - 1), #5/31/1980#, "DateSerial of the reference's example"
assertEqual DateSerial(2003, 13, 1), #1/1/2004#, "month 13"
assertEqual DateSerial(2003, 0, 1), #12/1/2002#, "month 0"
assertEqual DateSerial(2003, -1, 1), #11/1/2002#, "month -1"
assertEqual DateSerial(2003, 25, 1), #1/1/2005#, "month 25"
assertEqual DateSerial(2003, 1, 32), #2/1/2003#, "day 32"
assertEqual DateSerial(2003, 1, 0), #12/31/2002#, "day 0"
assertEqual DateSerial(2003, 1, -1), #12/30/2002#, "day -1"
assertEqual DateSerial(2003, 3, 0), #2/28/2003#, "the last day of February"
assertEqual DateSerial(2004, 3, 0), #2/29/2004#, "the last day of February in a leap year"
assertEqual DateSerial(2003, 1, 366), #1/1/2004#, "day 366"
assertEqual DateSerial(2003, 2, 30), #3/2/2003#, "30 February"
assertEqual DateSerial(0, 1, 1), #1/1/2000#, "year 0"
assertEqual DateSerial(29, 1, 1), #1/1/2029#, "year 29"
assertEqual DateSerial(30, 1, 1), #1/1/1930#, "year 30"
assertEqual DateSerial(99, 1, 1), #1/1/1999#, "year 99"
assertEqual CStr(DateSerial(100, 1, 1)), "1/1/100", "year 100"
assertEqual DateSerial("2003", "1", "2"), #1/2/2003#, "text"
assertEqual DateSerial(2003, 1.5, 2), #2/2/2003#, "1.5 is 2"
assertEqual TypeName(DateSerial(2003, 1, 1)), "Date", "its type"
assertRaises "d = DateSerial(10000, 1, 1)", 5, "year 10000"
assertRaises "d = DateSerial(9999, 13, 1)", 5, "month 13 of 9999"
assertRaises "d = DateSerial(""x"", 1, 1)", 13, "a word as year"
assertRaises "d = DateSerial(2003, 1)", 450, "two arguments"

' TimeSerial.
assertEqual TimeSerial(16, 35, 17), #4:35:17 PM#, "TimeSerial"
assertEqual TimeSerial(12 - 6, -15, 0), #5:45:00 AM#, "TimeSerial of the reference's example"
assertEqual TimeSerial(0, 0, 0), #12:00 AM#, "midnight"
assertEqual TimeSerial(0, 75, 0), #1:15 AM#, "75 minutes"
assertEqual TimeSerial(0, 0, 3600), #1:00 AM#, "3600 seconds"
assertEqual TimeSerial(1, 60, 60), #2:01 AM#, "all too large"
assertEqual TimeSerial(12, 0, -1), #11:59:59 AM#, "a second back"
assertEqual CDbl(TimeSerial(24, 0, 0)), CDbl(1), "24 hours are a day"
assertEqual CDbl(TimeSerial(36, 0, 0)), 1.5, "36 hours are a day and a half"
assertEqual TypeName(TimeSerial(0, 0, 0)), "Date", "its type"

' DateValue and TimeValue.
assertEqual DateValue("September 11, 1963"), #9/11/1963#, "DateValue"
assertEqual DateValue("1/2/2003 3:04 PM"), #1/2/2003#, "DateValue drops the time"
assertEqual DateValue(#1/2/2003 3:04 PM#), #1/2/2003#, "DateValue of a date"
assertEqual TimeValue("4:35:17 PM"), #4:35:17 PM#, "TimeValue"
assertEqual TimeValue("1/2/2003 3:04 PM"), #3:04 PM#, "TimeValue drops the date"
assertEqual TimeValue(#1/2/2003 3:04 PM#), #3:04 PM#, "TimeValue of a date"
assertEqual TimeValue("2:24PM"), TimeValue("14:24"), "TimeValue of both clocks"
assertRaises "d = DateValue(""x"")", 13, "DateValue of a word"
assertRaises "d = TimeValue(""x"")", 13, "TimeValue of a word"
assertRaises "d = DateValue(Null)", 94, "DateValue(Null)"

' Parts.
d = #10/19/1962 4:35:17 PM#
assertEqual Year(d), 1962, "Year"
assertEqual Month(d), 10, "Month"
assertEqual Day(d), 19, "Day"
assertEqual Hour(d), 16, "Hour"
assertEqual Minute(d), 35, "Minute"
assertEqual Second(d), 17, "Second"
assertEqual Weekday(d), vbFriday, "Weekday: a Friday"
assertEqual Year("October 19, 1962"), 1962, "Year of text"
assertEqual Month("October 19, 1962"), 10, "Month of text"
assertEqual Hour("4:35:17 PM"), 16, "Hour of text"
assertEqual Hour(#12:00 AM#), 0, "Hour of midnight"
assertEqual Hour(#12:00 PM#), 12, "Hour of noon"
assertEqual Hour(#1/2/2003#), 0, "Hour of a day"
assertEqual Year(0), 1899, "Year of 0"
assertEqual Month(0), 12, "Month of 0"
assertEqual Day(0), 30, "Day of 0"
assertEqual Hour(0.75), 18, "Hour of a number"
assertEqual Year(Empty), 1899, "Year of Empty"
assertEqual IsNull(Year(Null)), True, "Year(Null)"
assertEqual IsNull(Month(Null)), True, "Month(Null)"
assertEqual IsNull(Day(Null)), True, "Day(Null)"
assertEqual IsNull(Hour(Null)), True, "Hour(Null)"
assertEqual IsNull(Minute(Null)), True, "Minute(Null)"
assertEqual IsNull(Second(Null)), True, "Second(Null)"
assertEqual IsNull(Weekday(Null)), True, "Weekday(Null)"
assertRaises "n = Year(""x"")", 13, "Year of a word"
For h = 0 To 23
  For n = 0 To 59 Step 7
    d = TimeSerial(h, n, (h + n) Mod 60)
    assertEqual Hour(d) & ":" & Minute(d) & ":" & Second(d), h & ":" & n & ":" & (h + n) Mod 60, "parts of " & h & ":" & n
    e = DateSerial(2026, 3, 15) + d
    assertEqual Hour(e) & ":" & Minute(e) & ":" & Second(e), h & ":" & n & ":" & (h + n) Mod 60, "parts with a day of " & h & ":" & n
  Next
Next
assertEqual Second(CDate(1 / 86400)), 1, "one second as a fraction"
assertEqual Minute(CDate(1 / 1440)), 1, "one minute as a fraction"
assertEqual Hour(CDate(1 / 24)), 1, "one hour as a fraction"
assertEqual Second(CDate(59 / 86400)), 59, "59 seconds as a fraction"
assertEqual CStr(CDate(86399 / 86400)), "11:59:59 PM", "the last second"

' Leap years.
days = Array(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
For Each y In Array(100, 400, 800, 1000, 1582, 1600, 1700, 1752, 1800, 1900, 1996, 1999, 2000, 2001, 2004, 2024, 2100, 2400, 9996, 9999)
  leap = (y Mod 4 = 0 And y Mod 100 <> 0) Or y Mod 400 = 0
  For m = 1 To 12
    n = days(m - 1)
    If m = 2 And leap Then n = 29
    d = DateSerial(y, m, n)
    assertEqual Month(d) * 100 + Day(d), m * 100 + n, "the last day of " & y & "/" & m
    assertEqual Year(d), y, "its year"
    If m < 12 Then assertEqual Day(d + 1), 1, "the next day of " & y & "/" & m
  Next
  If leap Then n = 366 Else n = 365
  assertEqual DatePart("y", DateSerial(y, 12, 31)), n, "days of " & y
  assertEqual IsDate("2/29/" & y), leap, "29 February " & y
Next

' Weekdays.
known = Array(#1/1/2000#, 7, #7/4/1776#, 5, #7/20/1969#, 1, #11/9/1989#, 5, #9/11/2001#, 3, #2/29/2024#, 5, #12/31/1999#, 6, #12/30/1899#, 7, #1/1/1900#, 2, #3/15/2026#, 1, #10/14/1066#, 1, #12/31/9999#, 6)
For i = 0 To UBound(known) Step 2
  d = known(i) : n = known(i + 1)
  assertEqual Weekday(d), n, "Weekday of " & d
  assertEqual Weekday(d, vbSunday), n, "Weekday from Sunday of " & d
  assertEqual Weekday(d, vbMonday), (n + 5) Mod 7 + 1, "Weekday from Monday of " & d
  assertEqual Weekday(d, vbSaturday), n Mod 7 + 1, "Weekday from Saturday of " & d
  assertEqual Weekday(d, vbUseSystem), n, "Weekday as the system has it of " & d
  assertEqual Weekday(d - 7), n, "Weekday a week before " & d
  assertEqual DatePart("w", d), n, "DatePart w of " & d
Next
n = Array("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
For i = 1 To 7
  assertEqual WeekdayName(i), n(i - 1), "WeekdayName " & i
  assertEqual WeekdayName(i, True), Left(n(i - 1), 3), "WeekdayName, short, " & i
  assertEqual WeekdayName(i, False, vbMonday), n(i Mod 7), "WeekdayName from Monday " & i
  assertEqual WeekdayName(i, False, vbSunday), n(i - 1), "WeekdayName from Sunday " & i
  assertEqual WeekdayName(Weekday(DateSerial(2026, 3, 14 + i))), n(i - 1), "WeekdayName of a date " & i
Next
m = Array("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
For i = 1 To 12
  assertEqual MonthName(i), m(i - 1), "MonthName " & i
  assertEqual MonthName(i, True), Left(m(i - 1), 3), "MonthName, short, " & i
  assertEqual MonthName(i, False), m(i - 1), "MonthName, not short, " & i
  assertEqual CDate(m(i - 1) & " 5, 2003"), DateSerial(2003, i, 5), "CDate of " & m(i - 1)
  assertEqual CDate(Left(m(i - 1), 3) & " 5, 2003"), DateSerial(2003, i, 5), "CDate of short " & m(i - 1)
Next
assertRaises "n = MonthName(0)", 5, "MonthName(0)"
assertRaises "n = MonthName(13)", 5, "MonthName(13)"
assertRaises "n = WeekdayName(0)", 5, "WeekdayName(0)"
assertRaises "n = WeekdayName(8)", 5, "WeekdayName(8)"
assertRaises "n = Weekday(Now, 8)", 5, "Weekday from day 8"

' DateAdd.
Sub Adds(interval, number, start, expected)
  assertEqual DateAdd(interval, number, start), expected, "DateAdd " & interval & " " & number & " " & start
End Sub
Adds "yyyy", 1, #1/2/2003#, #1/2/2004#
Adds "yyyy", -1, #1/2/2003#, #1/2/2002#
Adds "yyyy", 1, #2/29/2004#, #2/28/2005#
Adds "yyyy", 4, #2/29/2004#, #2/29/2008#
Adds "yyyy", -100, #2/29/2000#, #2/28/1900#
Adds "yyyy", 100, #3/15/1926#, #3/15/2026#
Adds "q", 1, #1/31/2003#, #4/30/2003#
Adds "q", 4, #1/31/2003#, #1/31/2004#
Adds "q", -1, #5/31/2003#, #2/28/2003#
Adds "q", 1, #11/30/2003#, #2/29/2004#
Adds "m", 1, "31-Jan-95", #2/28/1995#
Adds "m", 1, #1/31/1996#, #2/29/1996#
Adds "m", 1, #1/31/2003#, #2/28/2003#
Adds "m", 1, #12/31/2003#, #1/31/2004#
Adds "m", -1, #3/31/2003#, #2/28/2003#
Adds "m", -1, #1/15/2003#, #12/15/2002#
Adds "m", 12, #1/15/2003#, #1/15/2004#
Adds "m", 14, #1/15/2003#, #3/15/2004#
Adds "m", -13, #1/15/2003#, #12/15/2001#
Adds "m", 0, #1/31/2003#, #1/31/2003#
Adds "m", 1, #8/31/2003 10:00 AM#, #9/30/2003 10:00 AM#
Adds "y", 1, #12/31/2003#, #1/1/2004#
Adds "y", 60, #1/1/2004#, #3/1/2004#
Adds "d", 1, #2/28/2003#, #3/1/2003#
Adds "d", 1, #2/28/2004#, #2/29/2004#
Adds "d", -1, #1/1/2003#, #12/31/2002#
Adds "d", 365, #1/1/2003#, #1/1/2004#
Adds "d", 1, #1/1/2003 11:59:59 PM#, #1/2/2003 11:59:59 PM#
Adds "w", 1, #3/13/2026#, #3/14/2026#
Adds "w", 5, #3/13/2026#, #3/18/2026#
Adds "ww", 1, #12/29/2003#, #1/5/2004#
Adds "ww", -52, #12/29/2003#, #12/30/2002#
Adds "h", 1, #1/1/2003 11:30 PM#, #1/2/2003 12:30 AM#
Adds "h", -1, #1/1/2003#, #12/31/2002 11:00 PM#
Adds "h", 48, #1/1/2003#, #1/3/2003#
Adds "n", 1, #1/1/2003 11:59 PM#, #1/2/2003#
Adds "n", -1, #1/1/2003#, #12/31/2002 11:59 PM#
Adds "n", 1440, #2/28/2003#, #3/1/2003#
Adds "s", 1, #1/1/2003 11:59:59 PM#, #1/2/2003#
Adds "s", -1, #1/1/2003#, #12/31/2002 11:59:59 PM#
Adds "s", 86400, #2/28/2004#, #2/29/2004#
Adds "YYYY", 1, #1/2/2003#, #1/2/2004#
Adds "D", 1, #1/2/2003#, #1/3/2003#
Adds "d", "3", "1/2/2003", #1/5/2003#
Adds "d", 1.4, #1/2/2003#, #1/3/2003#
Adds "d", 1.6, #1/2/2003#, #1/4/2003#
assertEqual IsNull(DateAdd("d", 1, Null)), True, "DateAdd to Null"
assertEqual TypeName(DateAdd("d", 1, "1/2/2003")), "Date", "DateAdd: its type"
assertRaises "d = DateAdd(""x"", 1, Now)", 5, "DateAdd of an unknown interval"
assertRaises "d = DateAdd("""", 1, Now)", 5, "DateAdd without an interval"
assertRaises "d = DateAdd(""yyyy"", -2000, #1/1/2003#)", 5, "DateAdd before year 100"
assertRaises "d = DateAdd(""d"", ""x"", Now)", 13, "DateAdd of a word"
assertRaises "d = DateAdd(""d"", 1, ""x"")", 13, "DateAdd to a word"

' DateDiff.
Sub Differs(interval, first, second, expected)
  assertEqual DateDiff(interval, first, second), CLng(expected), "DateDiff " & interval & " " & first & " to " & second
  assertEqual DateDiff(interval, second, first), CLng(-expected), "DateDiff " & interval & " " & second & " to " & first
End Sub
Differs "yyyy", #12/31/2003#, #1/1/2004#, 1
Differs "yyyy", #1/1/2003#, #12/31/2003#, 0
Differs "yyyy", #1/1/1900#, #1/1/2000#, 100
Differs "q", #1/1/2003#, #3/31/2003#, 0
Differs "q", #3/31/2003#, #4/1/2003#, 1
Differs "q", #1/1/2003#, #1/1/2005#, 8
Differs "m", #1/31/2003#, #2/1/2003#, 1
Differs "m", #1/1/2003#, #1/31/2003#, 0
Differs "m", #1/1/2003#, #1/1/2005#, 24
Differs "m", #12/31/2003#, #1/1/2004#, 1
Differs "y", #1/1/2003#, #12/31/2003#, 364
Differs "d", #1/1/2003#, #1/1/2003#, 0
Differs "d", #1/1/2003#, #1/2/2003#, 1
Differs "d", #1/1/2003 11:59 PM#, #1/2/2003 12:01 AM#, 1
Differs "d", #1/1/2003 12:01 AM#, #1/1/2003 11:59 PM#, 0
Differs "d", #1/1/2004#, #1/1/2005#, 366
Differs "d", #1/1/2003#, #1/1/2004#, 365
Differs "d", #1/1/1900#, #1/1/2000#, 36524
Differs "h", #1/1/2003 1:59 PM#, #1/1/2003 2:00 PM#, 1
Differs "h", #1/1/2003 1:00 PM#, #1/1/2003 1:59 PM#, 0
Differs "h", #1/1/2003#, #1/2/2003#, 24
Differs "n", #1/1/2003 1:00:59 PM#, #1/1/2003 1:01:00 PM#, 1
Differs "n", #1/1/2003 1:00:00 PM#, #1/1/2003 1:00:59 PM#, 0
Differs "n", #1/1/2003#, #1/2/2003#, 1440
Differs "s", #1/1/2003 1:00:00 PM#, #1/1/2003 1:00:01 PM#, 1
Differs "s", #1/1/2003#, #1/2/2003#, 86400
Differs "s", #1/1/2003#, #1/1/2004#, 31536000
Differs "YYYY", #12/31/2003#, #1/1/2004#, 1
' From Monday, 5 January 2004: w counts Mondays after it, ww Sundays.
assertEqual DateDiff("w", #1/5/2004#, #1/11/2004#), CLng(0), "w: six days"
assertEqual DateDiff("w", #1/5/2004#, #1/12/2004#), CLng(1), "w: the next Monday counts"
assertEqual DateDiff("w", #1/5/2004#, #1/18/2004#), CLng(1), "w: 13 days"
assertEqual DateDiff("w", #1/5/2004#, #1/19/2004#), CLng(2), "w: 14 days"
assertEqual DateDiff("ww", #1/5/2004#, #1/10/2004#), CLng(0), "ww: to Saturday"
assertEqual DateDiff("ww", #1/5/2004#, #1/11/2004#), CLng(1), "ww: to Sunday"
assertEqual DateDiff("ww", #1/4/2004#, #1/10/2004#), CLng(0), "ww: the first date does not count"
assertEqual DateDiff("ww", #1/4/2004#, #1/11/2004#), CLng(1), "ww: Sunday to Sunday"
assertEqual DateDiff("ww", #1/3/2004#, #1/4/2004#), CLng(1), "ww: Saturday to Sunday"
assertEqual DateDiff("ww", #1/4/2004#, #1/5/2004#, vbMonday), CLng(1), "ww from Monday: Sunday to Monday"
assertEqual DateDiff("ww", #1/3/2004#, #1/4/2004#, vbMonday), CLng(0), "ww from Monday: Saturday to Sunday"
assertEqual DateDiff("ww", #1/1/2004#, #1/1/2005#), CLng(52), "ww of a year"
assertEqual IsNull(DateDiff("d", Null, #1/1/2003#)), True, "DateDiff from Null"
assertEqual IsNull(DateDiff("d", #1/1/2003#, Null)), True, "DateDiff to Null"
assertEqual DateDiff("d", "1/1/2003", "1/31/2003"), CLng(30), "DateDiff of text"
assertRaises "n = DateDiff(""x"", Now, Now)", 5, "DateDiff of an unknown interval"
assertRaises "n = DateDiff(""d"", ""x"", Now)", 13, "DateDiff of a word"

' DatePart.
d = #3/15/2026 4:05:06 PM#
assertEqual DatePart("yyyy", d), 2026, "DatePart yyyy"
assertEqual DatePart("q", d), 1, "DatePart q"
assertEqual DatePart("m", d), 3, "DatePart m"
assertEqual DatePart("y", d), 74, "DatePart y"
assertEqual DatePart("d", d), 15, "DatePart d"
assertEqual DatePart("w", d), 1, "DatePart w"
assertEqual DatePart("ww", d), 12, "DatePart ww"
assertEqual DatePart("h", d), 16, "DatePart h"
assertEqual DatePart("n", d), 5, "DatePart n"
assertEqual DatePart("s", d), 6, "DatePart s"
For i = 1 To 12
  assertEqual DatePart("q", DateSerial(2003, i, 1)), (i + 2) \ 3, "the quarter of month " & i
  assertEqual DatePart("m", DateSerial(2003, i, 28)), i, "DatePart m of month " & i
Next
assertEqual DatePart("y", #1/1/2003#), 1, "the first day of the year"
assertEqual DatePart("y", #12/31/2003#), 365, "the last day"
assertEqual DatePart("y", #12/31/2004#), 366, "the last day of a leap year"
assertEqual DatePart("y", #3/1/2003#), 60, "1 March"
assertEqual DatePart("y", #3/1/2004#), 61, "1 March of a leap year"
assertEqual DatePart("w", #3/15/2026#, vbMonday), 7, "Sunday counted from Monday"
assertEqual DatePart("w", #3/16/2026#, vbMonday), 1, "Monday counted from Monday"
assertEqual IsNull(DatePart("d", Null)), True, "DatePart of Null"
assertRaises "n = DatePart(""x"", Now)", 5, "DatePart of an unknown interval"
assertRaises "n = DatePart(""d"", ""x"")", 13, "DatePart of a word"

' Weeks. By default the one with 1 January is the first, and Sunday its first day.
assertEqual DatePart("ww", #1/1/2003#), 1, "week of 1 January 2003, a Wednesday"
assertEqual DatePart("ww", #1/4/2003#), 1, "the Saturday after"
assertEqual DatePart("ww", #1/5/2003#), 2, "the Sunday after"
assertEqual DatePart("ww", #12/31/2003#), 53, "week of 31 December 2003"
assertEqual DatePart("ww", #1/1/2000#), 1, "week of 1 January 2000, a Saturday"
assertEqual DatePart("ww", #1/2/2000#), 2, "the Sunday after, 2000"
assertEqual DatePart("ww", #12/31/2000#), 54, "2000 has 54 weeks so counted"
assertEqual DatePart("ww", #1/5/2003#, vbMonday), 1, "Sunday belongs to the week before from Monday"
assertEqual DatePart("ww", #1/6/2003#, vbMonday), 2, "Monday begins one"
assertEqual DatePart("ww", #1/1/2003#, vbSunday, vbFirstJan1), 1, "vbFirstJan1"
assertEqual DatePart("ww", #1/1/2003#, vbSunday, vbUseSystem), 1, "vbUseSystem"
' ISO 8601: weeks from Monday, the first one has four days. (Mondays at the end of a year are left out: article 200299.)
known = Array(#1/1/2005#, 53, #1/2/2005#, 53, #1/3/2005#, 1, #12/31/2005#, 52, #1/1/2006#, 52, #1/2/2006#, 1, #1/1/2007#, 1, #12/30/2007#, 52, #1/1/2008#, 1, #12/28/2008#, 52, #12/30/2008#, 1, #1/1/2009#, 1, #12/31/2009#, 53, #1/1/2010#, 53, #1/3/2010#, 53, #1/4/2010#, 1, #12/31/2015#, 53, #1/3/2016#, 53, #1/4/2016#, 1, #12/31/2020#, 53, #1/4/2021#, 1, #3/15/2026#, 11, #3/16/2026#, 12)
For i = 0 To UBound(known) Step 2
  assertEqual DatePart("ww", known(i), vbMonday, vbFirstFourDays), known(i + 1), "ISO week of " & known(i)
Next
' vbFirstFullWeek, weeks from Sunday: 2003 began on a Wednesday, 2006 on a Sunday.
assertEqual DatePart("ww", #1/5/2003#, vbSunday, vbFirstFullWeek), 1, "the first full week of 2003"
assertEqual DatePart("ww", #1/4/2003#, vbSunday, vbFirstFullWeek), 52, "what is before belongs to 2002"
assertEqual DatePart("ww", #1/12/2003#, vbSunday, vbFirstFullWeek), 2, "the second full week"
assertEqual DatePart("ww", #1/1/2006#, vbSunday, vbFirstFullWeek), 1, "a year that begins with a full week"
assertEqual DatePart("ww", #12/31/2006#, vbSunday, vbFirstFullWeek), 53, "and has 53"
assertRaises "n = DatePart(""ww"", Now, 1, 4)", 5, "an unknown first week"

' FormatDateTime.
d = #1/2/2003 3:04:05 PM#
assertEqual FormatDateTime(d), "1/2/2003 3:04:05 PM", "FormatDateTime"
assertEqual FormatDateTime(d, vbGeneralDate), "1/2/2003 3:04:05 PM", "vbGeneralDate"
assertEqual FormatDateTime(d, vbLongDate), "Thursday, January 2, 2003", "vbLongDate"
assertEqual FormatDateTime(d, vbShortDate), "1/2/2003", "vbShortDate"
assertEqual FormatDateTime(d, vbLongTime), "3:04:05 PM", "vbLongTime"
assertEqual FormatDateTime(d, vbShortTime), "15:04", "vbShortTime"
assertEqual FormatDateTime(#1/2/2003#), "1/2/2003", "general: a day"
assertEqual FormatDateTime(#3:04:05 PM#), "3:04:05 PM", "general: a time"
assertEqual FormatDateTime(#1/2/2003#, vbLongTime), "12:00:00 AM", "the time of a day"
assertEqual FormatDateTime(#1/2/2003#, vbShortTime), "00:00", "the short time of a day"
assertEqual FormatDateTime(#9:05 AM#, vbShortTime), "09:05", "the short time has two digits"
assertEqual FormatDateTime(#9:05 AM#, vbShortDate), "12/30/1899", "the day of a time"
assertEqual FormatDateTime("1/2/2003", vbLongDate), "Thursday, January 2, 2003", "of text"
assertEqual FormatDateTime(37623, vbShortDate), "1/2/2003", "of a number"
assertRaises "s = FormatDateTime(Now, 5)", 5, "an unknown format"
assertRaises "s = FormatDateTime(""x"")", 13, "of a word"

' Arithmetic and comparison.
assertEqual #1/2/2003# + 1, #1/3/2003#, "a day later"
assertEqual #1/2/2003# - 2, #12/31/2002#, "two days before"
assertEqual 1 + #1/2/2003#, #1/3/2003#, "a number first"
assertEqual #1/2/2003# + 0.5, #1/2/2003 12:00 PM#, "half a day later"
assertEqual #1/3/2003# - #1/1/2003#, CDbl(2), "a difference is a number"
assertEqual #1/2/2003# + #3:04 PM#, #1/2/2003 3:04 PM#, "day and time"
assertEqual TypeName(#1/2/2003# * 2), "Double", "a product is a number"
assertEqual #1/2/2003# < #1/3/2003#, True, "earlier is less"
assertEqual #1/2/2003# = #1/2/2003 12:00 AM#, True, "the same moment"
assertEqual #1/2/2003# = DateSerial(2003, 1, 2), True, "a literal and a function"
assertEqual #12/31/1999# < #1/1/2000#, True, "across years"
assertEqual #1/1/2000# = 36526, True, "a date and a number"
assertEqual #3:04 PM# > #3:04 AM#, True, "times"
assertEqual CBool(#12/30/1899#), False, "day 0 is False"
assertEqual CBool(#1/1/2000#), True, "others are True"
d = Empty
assertEqual d + #1/2/2003#, #1/2/2003#, "Empty and a date"
assertEqual IsNull(#1/2/2003# + Null), True, "a date and Null"

' The clock.
Dim before, today, clock, after
assertEqual TypeName(Now), "Date", "Now"
assertEqual TypeName(Date), "Date", "Date"
assertEqual TypeName(Time), "Date", "Time"
assertEqual TypeName(Timer), "Single", "Timer"
assertEqual CDbl(Date), Int(CDbl(Date)), "Date is a whole day"
assertEqual CDbl(Time) < 1, True, "Time is less than a day"
assertEqual Timer >= 0 And Timer < 86400, True, "Timer is within a day"
Do
  before = Now
  today = Date
  clock = Time
  after = Now
Loop Until DateDiff("d", before, after) = 0 ' once more if midnight came between
assertEqual DateDiff("d", today, before), CLng(0), "Now is today"
assertEqual DateDiff("s", before, today + clock) >= 0, True, "Date and Time are no earlier than Now was"
assertEqual DateDiff("s", today + clock, after) >= 0, True, "Date and Time are no later than Now is"
assertEqual Year(Now) >= 2000, True, "Now is in this century"

' Every day of some years, one by one.
For Each y In Array(1899, 2000, 2023)
  n = DateSerial(y, 1, 1) : i = 0
  Do While Year(n) = y
    i = i + 1
    If DatePart("y", n) <> i Or DateSerial(Year(n), Month(n), Day(n)) <> n Or DateValue(CStr(n)) <> n Then
      assertEqual n, "", "day " & i & " of " & y
    End If
    n = DateAdd("d", 1, n)
  Loop
  assertEqual i, CInt(DateDiff("d", DateSerial(y, 1, 1), DateSerial(y + 1, 1, 1))), "days of " & y & " counted"
Next

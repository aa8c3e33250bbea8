' Without Option Explicit a name becomes a variable by use.
Function Unset(value) : Unset = IsEmpty(value) : End Function
assertEqual Unset(never), True, "a name that nothing assigns is Empty"
assertEqual never & "x", "x", "and the empty string"
assertEqual never + 1, 1, "and 0"
assigned = 5
assertEqual assigned, 5, "assignment makes a variable"

' A callee gives an argument its first value.
Sub Put(x) : x = 5 : End Sub
Function Give(x) : x = 7 : Give = "given" : End Function
Put first
assertEqual first, 5, "a Sub"
Call Put(next1)
assertEqual next1, 5, "with Call"
text = Give(third)
assertEqual third & text, "7given", "a Function"
Put (fourth)
assertEqual IsEmpty(fourth), True, "not in parentheses"
Sub Two(x, y) : x = 1 : y = 2 : End Sub
Two fifth, sixth
assertEqual fifth + sixth, 3, "two"
Sub Fill(list) : list = Array("a", "b") : End Sub
Fill names
text = "" : For Each name In names : text = text & name : Next
assertEqual text, "ab", "an array, as methods of WMI give it"
Class Registry
  Public Function EnumKey(root, path, keys)
    keys = Array(path & "1", path & "2")
    EnumKey = 0
  End Function
  Public Sub GetValue(value) : value = "data" : End Sub
  Public Sub ByCopy(ByVal value) : value = "lost" : End Sub
End Class
Set reg = New Registry
reg.EnumKey 1, "key", keys
assertEqual Join(keys), "key1 key2", "a method"
code = reg.EnumKey(1, "other", otherKeys)
assertEqual Join(otherKeys) & code, "other1 other20", "a method's result is asked for, too"
reg.GetValue value
assertEqual value, "data", "a method with one argument"
reg.ByCopy copied
assertEqual IsEmpty(copied), True, "not by value"
Sub Local
  Put inside
  assertEqual inside, 5, "in a procedure"
  reg.GetValue fromMethod
  assertEqual fromMethod, "data", "a method in a procedure"
End Sub
Local
Function Depth(n)
  Put mine
  If n > 0 Then Depth = Depth(n - 1)
  Depth = Depth + mine
  mine = 0
End Function
assertEqual Depth(2), 15, "each call has its own"

' What is no variable stays what it is.
Function Version : Version = "1.0" : End Function
Put Version
assertEqual Version, "1.0", "a function's result is passed"
Put vbTab
assertEqual vbTab, Chr(9), "a constant"
Put Date
assertEqual TypeName(Date), "Date", "a built-in function"

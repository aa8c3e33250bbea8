' Classes: fields, properties with and without arguments, default members, private members, creation and end.
Option Explicit
Dim o, p, q, v, n, s, log, i, a

Class Account
  Public Owner
  Private mBalance
  Dim Notes(2)
  Private mHistory()
  Private mCount

  Private Sub Class_Initialize
    mBalance = 100
    mCount = 0
    Owner = "nobody"
    ReDim mHistory(0)
  End Sub

  Public Property Get Balance
    Balance = mBalance
  End Property
  Public Property Let Balance(value)
    Record "let"
    mBalance = value
  End Property
  Property Get Count : Count = mCount : End Property
  Public Property Get History(index)
    History = mHistory(index)
  End Property
  Public Sub Deposit(amount)
    mBalance = mBalance + amount
    Record "deposit"
  End Sub
  Public Function Doubled
    Doubled = Balance * 2
  End Function
  Function Me2 : Set Me2 = Me : End Function
  Public Function Compare(other)
    Compare = Sgn(mBalance - other.Balance)
  End Function
  Public Function Peek(other)
    Peek = other.Owner & Owner
  End Function
  Private Sub Record(what)
    mCount = mCount + 1
    ReDim Preserve mHistory(mCount)
    mHistory(mCount) = what
  End Sub
  Public Function Both : Both = Me.Balance & "/" & Balance : End Function
End Class

' Creation and members.
Set o = New Account
assertEqual TypeName(o), "Account", "TypeName"
assertEqual IsObject(o), True, "IsObject"
assertEqual VarType(o), vbObject, "VarType"
assertEqual o.Balance, 100, "Class_Initialize ran"
assertEqual o.Owner, "nobody", "also for public fields"
o.Balance = 5
assertEqual o.Balance, 5, "Property Let and Get"
assertEqual o.Count, 1, "Let called a private Sub"
assertEqual o.History(1), "let", "a property with an argument"
o.Deposit 10
assertEqual o.Balance, 15, "a Sub"
Call o.Deposit(5)
assertEqual o.Balance, 20, "a Sub with Call"
assertEqual o.Doubled, 40, "a Function without arguments"
assertEqual o.Doubled(), 40, "with empty parentheses"
assertEqual o.Doubled + 1, 41, "in an expression"
assertEqual o.Me2 Is o, True, "Me"
assertEqual o.Me2.Me2.Balance, 20, "a chain"
assertEqual o.Both, "20/20", "Me.Name and the bare name"
assertEqual o.bALANCE, 20, "member names have no case"
o.Owner = "me"
assertEqual o.Owner, "me", "a public field"
o.Notes(1) = "n"
assertEqual o.Notes(1), "n", "a field with bounds"
assertEqual IsEmpty(o.Notes(0)), True, "whose elements begin Empty"
assertEqual UBound(o.Notes), CLng(2), "UBound of a field"
Set p = New Account
p.Balance = 50
assertEqual o.Compare(p), -1, "an object as argument"
assertEqual o.Peek(p), "nobodyme", "each has its own fields"
assertEqual p.Count, 1, "and its own private ones"
assertEqual o.Notes(1) & p.Notes(1), "n", "and its own arrays"
Set q = o
q.Balance = 7
assertEqual o.Balance, 7, "two variables, one object"
n = (New Account).Balance : assertEqual n, 100, "New in an expression"
assertEqual TypeName(New Account), "Account", "New as an argument"

' What is not allowed.
Set o = New Account
assertRaises "o.Record ""x""", 438, "a private Sub from outside"
assertRaises "x = o.mBalance", 438, "a private field from outside"
assertRaises "o.mBalance = 1", 438, "assigning one"
assertRaises "x = o.Nowhere", 438, "reading what is not there"
assertRaises "o.Nowhere = 1", 438, "assigning it"
assertRaises "o.Nowhere", 438, "calling it"
assertRaises "Set o.Nowhere = Nothing", 438, "Set of it"
assertRaises "x = o.Owner(0)", 438, "an index on a field without bounds"
assertRaises "Set o.Balance = Nothing", 438, "Set of a property that has Let alone"
assertRaises "o.Count = 1", 438, "assigning a property that has Get alone"
assertRaises "o.Deposit", 450, "too few arguments"
assertRaises "o.Deposit 1, 2", 450, "too many arguments"
assertRaises "x = o", 438, "no default member"
assertRaises "x = o & """"", 438, "nor for &"
assertRaises "x = o + 1", 438, "nor for +"
assertRaises "o 1", 438, "nor as a statement"
assertRaises "Set x = New Nowhere", 500, "an unknown class"
assertRaises "x = 5 : x.y = 1", 424, "a member of a number"
assertRaises "x = Empty : x.y", 424, "a member of Empty"
assertRaises "Set x = Nothing : x.y", 91, "a member of Nothing"
assertRaises "Set x = Nothing : x.y = 1", 91, "assigning a member of Nothing"

' Let and Set are two properties.
Class Pair
  Public Seen
  Private mValue
  Public Property Get Value
    If IsObject(mValue) Then Set Value = mValue Else Value = mValue
  End Property
  Public Property Let Value(x)
    Seen = Seen & "L"
    If IsObject(x) Then Set mValue = x Else mValue = x
  End Property
  Public Property Set Value(x)
    Seen = Seen & "S"
    Set mValue = x
  End Property
  Public Property Set OnlySet(x) : Set mValue = x : End Property
  Public Property Let OnlyLet(x) : mValue = x : End Property
End Class
Set p = New Pair
p.Value = 5
Set p.Value = o
assertEqual p.Seen, "LS", "= calls Let, Set calls Set"
assertEqual p.Value Is o, True, "an object comes back"
Set v = p.Value
assertEqual v Is o, True, "with Set"
p.Value = o
assertEqual p.Seen, "LSL", "= with an object calls Let"
assertEqual p.Value Is o, True, "with the object itself"
assertRaises "p.OnlySet = 1", 438, "= without Let"
assertRaises "Set p.OnlyLet = o", 438, "Set without Set"
assertRaises "Set p.Value = 5", 424, "Set of a number"

' Properties with arguments.
Class Grid
  Private mCells(3, 3)
  Public Log
  Public Property Get Cell(row, column)
    Cell = mCells(row, column)
  End Property
  Public Property Let Cell(row, column, value)
    Log = Log & row & column & value & " "
    mCells(row, column) = value
  End Property
  Public Default Property Get Item(index)
    Item = mCells(index, index)
  End Property
  Public Property Let Item(index, value)
    mCells(index, index) = value
  End Property
  Public Property Set Item(index, value)
    Set mCells(index, index) = value
  End Property
End Class
Set p = New Grid
p.Cell(1, 2) = "x"
assertEqual p.Cell(1, 2), "x", "two arguments"
assertEqual p.Log, "12x ", "the value comes last"
p(2) = "d"
assertEqual p(2), "d", "the default property, written and read"
assertEqual p.Item(2), "d", "by its name"
assertEqual p.Cell(2, 2), "d", "in the same place"
With p
  .Cell(0, 1) = "w"
  assertEqual .Cell(0, 1), "w", "in With"
End With
Set a = New Grid
a(0) = p(2)
assertEqual a(0), "d", "from one default property to another"
i = 1
p.Cell(i, i + 1) = i * 10
assertEqual p.Cell(1, 2), 10, "computed arguments"

' Default members.
Class DefaultGet
  Public Default Property Get Text : Text = "text" : End Property
End Class
Class DefaultFunction
  Public Default Function Twice(x) : Twice = x * 2 : End Function
End Class
Class DefaultSub
  Public Default Sub Run(x) : log = "ran " & x : End Sub
End Class
Class DefaultField
  Public Property Get Other : Other = 1 : End Property
  Public Default Property Get Number : Number = 5 : End Property
End Class
Set p = New DefaultGet
v = p
assertEqual v, "text", "assigned without Set"
assertEqual p & "!", "text!", "with &"
assertEqual p = "text", True, "compared"
assertEqual Len(p), CLng(4), "as an argument of a function"
assertEqual UCase(p), "TEXT", "of another"
assertEqual CStr(p), "text", "with CStr"
a = Array(p)
assertEqual TypeName(a(0)), "DefaultGet", "Array takes the object"
Select Case p
  Case "text" : n = "yes"
  Case Else : n = "no"
End Select
assertEqual n, "yes", "in Select Case"
Set p = New DefaultFunction
assertEqual p(21), 42, "called by the object's name"
assertEqual p.Twice(4), 8, "and by its own"
Set p = New DefaultSub
p 5
assertEqual log, "ran 5", "as a statement"
Set p = New DefaultField
assertEqual p + 1, 6, "in a sum"
assertEqual -p, -5, "with minus"
assertEqual p > 4, True, "greater"
If p Then n = "true" Else n = "false"
assertEqual n, "true", "as a condition"
s = "" : For i = 1 To p : s = s & i : Next
assertEqual s, "12345", "as a bound"
assertEqual Array(0, 1, 2, 3, 4, "five")(p), "five", "as an index"
assertEqual CInt(p), 5, "with CInt"

' Names inside a class.
Dim shared1 : shared1 = "global"
Class Names
  Public shared1
  Public Function Read : Read = shared1 : End Function
  Public Sub Write(x) : shared1 = x : End Sub
  Public Function Local : Dim shared1 : shared1 = "local" : Local = shared1 : End Function
  Public Function Parameter(shared1) : Parameter = shared1 : End Function
  Public Function Global : Global = log : End Function
  Public Function Outside : Outside = Helper(1) : End Function
  Public Function Recursive(n) : If n = 0 Then Recursive = "" Else Recursive = n & Recursive(n - 1)
  End Function
  Public Function Len(x) : Len = "mine" : End Function
  Public Function CallsOwn : CallsOwn = Len("abc") : End Function
  Public Function [a b] : [a b] = "brackets" : End Function
  Public Function Loop1 : Dim i : For i = 1 To 3 : Loop1 = Loop1 & i : Next : End Function
End Class
Function Helper(x) : Helper = "helper" & x : End Function
Set p = New Names
p.Write "member"
assertEqual p.Read & shared1, "memberglobal", "a member hides a global"
assertEqual p.Local, "local", "a local hides a member"
assertEqual p.Parameter("parameter"), "parameter", "and so a parameter"
log = "log" : assertEqual p.Global, "log", "globals are seen"
assertEqual p.Outside, "helper1", "procedures outside are seen"
assertEqual p.Recursive(3), "321", "a method calls itself"
assertEqual p.CallsOwn, "mine", "a method hides a built-in function"
assertEqual Len("abc"), CLng(3), "inside the class alone"
assertEqual p.[a b], "brackets", "a name in brackets"
assertEqual p.Loop1, "123", "a result that grows"

' Objects in fields, arrays in fields, lists of objects.
Class Node
  Public Value, NextNode
  Private Sub Class_Initialize : Set NextNode = Nothing : End Sub
End Class
Class List
  Private mFirst, mLast, mCount
  Private Sub Class_Initialize : Set mFirst = Nothing : mCount = 0 : End Sub
  Public Sub Add(x)
    Dim node : Set node = New Node
    node.Value = x
    If mFirst Is Nothing Then Set mFirst = node Else Set mLast.NextNode = node
    Set mLast = node
    mCount = mCount + 1
  End Sub
  Public Property Get Count : Count = mCount : End Property
  Public Function Joined
    Dim node : Set node = mFirst
    Do Until node Is Nothing
      Joined = Joined & node.Value
      Set node = node.NextNode
    Loop
  End Function
  Public Property Get First : Set First = mFirst : End Property
End Class
Set p = New List
For i = 1 To 4 : p.Add i : Next
assertEqual p.Joined & p.Count, "12344", "a linked list"
assertEqual p.First.NextNode.NextNode.Value, 3, "a chain of fields"
p.First.NextNode.Value = "two"
assertEqual p.Joined, "1two34", "assigning at the end of a chain"
Set p.First.NextNode = Nothing
assertEqual p.Joined, "1", "Set at the end of a chain"
Class Box
  Public Things, Fixed(1)
  Private mList()
  Private Sub Class_Initialize : ReDim mList(-1) : Things = Array(1, 2, 3) : End Sub
  Public Sub Push(x) : ReDim Preserve mList(UBound(mList) + 1) : mList(UBound(mList)) = x : End Sub
  Public Property Get All : All = mList : End Property
  Public Sub SetThing(i, x) : Things(i) = x : End Sub
  Public Sub Clear : Erase Fixed : Erase mList : End Sub
End Class
Set p = New Box
p.Push "a" : p.Push "b"
assertEqual Join(p.All, ","), "a,b", "a private array that grows"
v = p.All : v(0) = "changed"
assertEqual Join(p.All, ","), "a,b", "what comes out is a copy"
p.SetThing 0, "x"
assertEqual p.Things(0), "x", "an element of a field, from inside"
v = p.Things : v(1) = "y"
assertEqual p.Things(1), 2, "a field with an array gives copies"
p.Fixed(0) = 5
Set q = New Box
assertEqual IsEmpty(q.Fixed(0)), True, "arrays are not shared"
p.Clear
assertEqual IsEmpty(p.Fixed(0)), True, "Erase of fields"
s = "" : For Each v In q.Things : s = s & v : Next
assertEqual s, "123", "For Each over a field"
ReDim a(2)
For i = 0 To 2 : Set a(i) = New Box : a(i).Push i : Next
assertEqual Join(a(0).All) & Join(a(2).All), "02", "an array of objects"
a(1).Things = "replaced"
assertEqual a(1).Things & a(0).Things(0), "replaced1", "a field of an element"

' Class_Initialize and Class_Terminate.
Class Life
  Public Name
  Private Sub Class_Initialize : log = log & "+" : End Sub
  Private Sub Class_Terminate : log = log & "-" & Name : End Sub
End Class
log = "" : Set p = New Life : p.Name = "a"
assertEqual log, "+", "Class_Initialize runs at New"
Set p = Nothing
assertEqual log, "+-a", "Class_Terminate runs when the last reference goes"
log = "" : Set p = New Life : p.Name = "b" : Set q = p : Set p = Nothing
assertEqual log, "+", "not before"
q = 5
assertEqual log, "+-b", "also when another value takes its place"
Sub Scope : Dim l : Set l = New Life : l.Name = "c" : log = log & "!" : End Sub
log = "" : Scope
assertEqual log, "+!-c", "at the end of its procedure"
log = "" : Set p = New Life : p.Name = "d" : Set p = New Life
assertEqual log, "++-d", "the new one is made before the old one ends"
p.Name = "e" : Set p = Nothing
log = "" : ReDim a(1) : Set a(0) = New Life : a(0).Name = "f" : Erase a
assertEqual log, "+-f", "Erase ends elements"
Class Owner
  Public Child
  Private Sub Class_Terminate : log = log & "owner" : End Sub
End Class
log = "" : Set p = New Owner : Set p.Child = New Life : p.Child.Name = "g"
Set p = Nothing
assertEqual log, "+owner-g", "the owner ends before what it owns"
Function Passes : Set Passes = New Life : Passes.Name = "h" : End Function
log = "" : Set p = Passes
assertEqual log, "+", "a result lives on"
Set p = Nothing
assertEqual log, "+-h", "until it is let go"
Class BadStart
  Private Sub Class_Initialize : Err.Raise 1001, "BadStart", "cannot start" : End Sub
End Class
assertRaises "Set x = New BadStart", 1001, "an error in Class_Initialize reaches New"

' Two classes of one shape, and what the compiler refuses.
Class Cat : Public Function Speak : Speak = "meow" : End Function : End Class
Class Dog : Public Function Speak : Speak = "woof" : End Function : End Class
s = "" : For Each v In Array(New Cat, New Dog) : s = s & v.Speak : Next
assertEqual s, "meowwoof", "the object decides which method"
assertRaises "Class c1 : Property Get p(a) : End Property : Property Let p(b) : End Property : End Class", 1051, "Get and Let with different arguments"
assertRaises "Class c2 : Property Let p : End Property : End Class", 1054, "Let without a value"
assertRaises "Class c3 : Default Sub p : End Sub : Public Default Sub q : End Sub : End Class", 1057, "Default without Public"
assertRaises "Class c4 : Public Default Sub p : End Sub : Public Default Sub q : End Sub : End Class", 1052, "two defaults"
assertRaises "Class c5 : Private Default Sub p : End Sub : End Class", 1057, "a private default"
assertRaises "Class c6 : Sub Class_Initialize(x) : End Sub : End Class", 1053, "Class_Initialize with an argument"
assertRaises "Class c7 : Public Default Property Let p(x) : End Property : End Class", 1058, "Let as default"
assertRaises "If True Then : Class c8 : End Class : End If", 1002, "a class inside If"
assertRaises "Sub s8 : Class c9 : End Class : End Sub", 1002, "a class inside a Sub"
assertRaises "Sub s9 : Sub t9 : End Sub : End Sub", 1002, "a Sub inside a Sub"
assertRaises "Property Get p10 : End Property", 1048, "a property outside a class"
assertRaises "Class c11 : x = 1 : End Class", 1002, "a statement inside a class"
assertRaises "Class c12 : Dim x", 1014, "no End Class"
assertRaises "Class c13 : Sub s : Set Me = Nothing : End Sub : End Class", 1037, "assigning Me"

' An index on a field that holds an object is for the object's default member.
Class Table
  Private mKeys(9), mValues(9), mCount
  Private Sub Class_Initialize : mCount = 0 : End Sub
  Private Function Place(key)
    For Place = 0 To mCount - 1
      If mKeys(Place) = key Then Exit Function
    Next
    mKeys(mCount) = key : mCount = mCount + 1
  End Function
  Public Default Property Get Item(key)
    Dim i : i = Place(key)
    If IsObject(mValues(i)) Then Set Item = mValues(i) Else Item = mValues(i)
  End Property
  Public Property Let Item(key, value) : mValues(Place(key)) = value : End Property
  Public Property Set Item(key, value) : Set mValues(Place(key)) = value : End Property
  Public Property Get Count : Count = mCount : End Property
End Class
Class Document
  Public Data
  Private Sub Class_Initialize : Set Data = New Table : End Sub
  Public Function Inside(key) : Inside = Data(key) & Me.Data(key) : End Function
  Private Sub Class_Terminate : log = log & "document " : End Sub
End Class
Set p = New Document
p.Data("a") = 1
assertEqual p.Data("a"), 1, "written and read"
p.Data("a") = p.Data("a") + 1
assertEqual p.Data("a"), 2, "counted up"
assertEqual p.Inside("a"), "22", "seen from inside"
log = ""
Set p.Data("child") = New Document
p.Data("child").Data("b") = "deep"
assertEqual p.Data("child").Data("b"), "deep", "an object in it"
assertEqual TypeName(p.Data("child")), "Document", "with Set"
With p
  .Data("w") = "with"
  assertEqual .Data("w"), "with", "in With"
End With
assertEqual p.Data.Count, 3, "three keys"
assertEqual log, "", "the inner object lives"
Set p = Nothing
assertEqual log, "document document ", "and ends with the outer one"

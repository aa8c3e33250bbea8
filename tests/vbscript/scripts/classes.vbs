Option Explicit
Class Counter
  Public Count
  Private m_step, m_items()
  Dim Grid(2)
  Private Sub Class_Initialize
    m_step = 1
    Count = 10
    ReDim m_items(0)
  End Sub
  Public Property Get StepBy
    StepBy = m_step
  End Property
  Public Property Let StepBy(value)
    m_step = value
  End Property
  Public Property Get Item(key)
    Item = "item " & key & " of " & m_step
  End Property
  Public Property Let Item(key, value)
    m_step = value & key
  End Property
  Public Property Set Partner(other)
    Set m_partner = other
  End Property
  Public Property Get Partner
    Set Partner = m_partner
  End Property
  Public m_partner
  Public Default Function Add(n)
    Count = Count + n * m_step
    Add = Count
  End Function
  Public Function Self
    Set Self = Me
  End Function
  Private Sub Hidden
  End Sub
  Public Sub Push(x)
    ReDim Preserve m_items(UBound(m_items) + 1)
    m_items(UBound(m_items)) = x
  End Sub
  Public Function Last
    Last = m_items(UBound(m_items))
  End Function
  Public Sub Swap(a, b)
    Dim t
    t = a : a = b : b = t
  End Sub
End Class

Dim c, d
Set c = New Counter
assertEqual TypeName(c), "Counter", "TypeName"
assertEqual c.Count, 10, "Class_Initialize"
assertEqual c(5), 15, "default member"
assertEqual c.Add(1), 16, "method"
c.StepBy = 3
assertEqual c.StepBy, 3, "property"
assertEqual c.Item("k"), "item k of 3", "indexed property"
c.Item("7") = "1"
assertEqual c.StepBy, "17", "indexed Let"
c.Grid(1) = "g"
assertEqual c.Grid(1), "g", "array field"
c.Count = 5
assertEqual c.Self.Self.Count, 5, "chain"
Set d = New Counter
Set c.Partner = d
assertEqual c.Partner Is d, True, "Property Set"
c.Push "p"
assertEqual c.Last, "p", "private array"
Dim x, y
x = 1 : y = 2
c.Swap x, y
assertEqual x & y, "21", "methods take variables by reference"
c.Swap c.Count, y
assertEqual c.Count, 5, "a field is passed as a copy"
With c
  .Count = 8
  .Push .Count + 1
  assertEqual .Last, 9, "With"
  With d
    .Count = 1
  End With
  assertEqual .Count, 8, "inner With"
End With

Dim log
Class Life
  Public Name
  Private Sub Class_Terminate
    log = log & "-" & Name
  End Sub
End Class
Sub Use
  Dim l
  Set l = New Life
  l.Name = "local"
End Sub
Dim life1, life2
Set life1 = New Life
life1.Name = "a"
Set life2 = life1
Set life1 = Nothing
assertEqual IsEmpty(log), True, "still referenced"
Set life2 = Nothing
assertEqual log, "-a", "the last reference is gone"
Use
assertEqual log, "-a-local", "a local goes with its procedure"

On Error Resume Next
c.Hidden
assertEqual CInt(Err.Number), 438, "private"
Err.Clear
c.Missing = 1
assertEqual CInt(Err.Number), 438, "unknown"
Err.Clear
Dim n
Set n = Nothing
n.Foo
assertEqual CInt(Err.Number), 91, "Nothing"
Err.Clear
Dim e
e.Foo
assertEqual CInt(Err.Number), 424, "Empty is no object"
assertEqual Err.Description, "Object required: 'e'", "message"
Err.Clear
Set e = 5
assertEqual CInt(Err.Number), 424, "Set needs an object"
Err.Clear
Set e = New Nowhere
assertEqual CInt(Err.Number), 500, "unknown class"

Option Explicit
' The shape of the manual's burning example, with classes in place of the drives.
Const FILE_SYSTEM_ISO9660 = 1
Const FILE_SYSTEM_JOLIET  = 2

Dim code
code = Main
assertEqual code, 0, "Main's result"
assertEqual written, "image of g:\BurnDir by IMAPIv2 TEST", "what was written"

Dim written
Class Recorder
  Public Id
  Public Sub InitializeDiscRecorder(uniqueId)
    Id = uniqueId
  End Sub
End Class
Class Writer
  Public Recorder
  Public ClientName
  Public Sub Write(stream)
    written = stream & " by " & ClientName
  End Sub
End Class
Class Image
  Private m_path
  Public Function Root
    Set Root = Me
  End Function
  Public Sub ChooseImageDefaults(drive)
    assertEqual TypeName(drive), "Recorder", "an object in parentheses stays the object"
  End Sub
  Public Sub AddTree(path, includeBase)
    m_path = path
    assertEqual includeBase, False, "second argument"
  End Sub
  Public Property Get ImageStream
    ImageStream = "image of " & m_path
  End Property
  Public Function CreateResultImage()
    Set CreateResultImage = Me
  End Function
End Class

Function Main
    Dim Index                ' Index to the drive.
    Dim Recorder
    Dim Path
    Dim Stream

    Index = 1
    Path = "g:\BurnDir"
    Dim uniqueId
    set recorder = New [Recorder]
    uniqueId = "drive " & index
    recorder.InitializeDiscRecorder( uniqueId )
    assertEqual Recorder.Id, "drive 1", "initialized"

    Dim FSI
    Dim Dir
    Dim dataWriter
    Set FSI = New Image
    Set Dir = FSI.Root
    Set dataWriter = New Writer
    Set dataWriter.recorder = Recorder
    dataWriter.ClientName = "IMAPIv2 TEST"
    FSI.ChooseImageDefaults(recorder)
    Dir.AddTree Path, false
    Dim result
    Set result = FSI.CreateResultImage()
    Stream = result.ImageStream
    dataWriter.write(Stream)
    Main = 0
End Function

' Burns the folder g:\BurnDir onto the blank disc in the first recorder.
Option Explicit

Const CLIENT_NAME = "Burnscript rig"

WScript.Quit Main

Function Main
    Dim Index, Path
    Index = 0
    Path = "g:\BurnDir"

    ' The recorder
    Dim DiscMaster, Recorder, UniqueId
    Set DiscMaster = WScript.CreateObject("IMAPI2.MsftDiscMaster2")
    If DiscMaster.Count <= Index Then
        WScript.Echo "There is no recorder"
        Main = 3
        Exit Function
    End If
    UniqueId = DiscMaster.Item(Index)
    Set Recorder = WScript.CreateObject("IMAPI2.MsftDiscRecorder2")
    Recorder.InitializeDiscRecorder UniqueId
    WScript.Echo "Recorder: " & Recorder.VendorId & " " & Recorder.ProductId

    ' What writes
    Dim DataWriter
    Set DataWriter = WScript.CreateObject("IMAPI2.MsftDiscFormat2Data")
    DataWriter.Recorder = Recorder
    DataWriter.ClientName = CLIENT_NAME
    WScript.Echo "Medium: " & DataWriter.CurrentPhysicalMediaType & ", blank: " & DataWriter.MediaPhysicallyBlank

    ' What is written
    Dim Image, Root, Result, Stream
    Set Image = WScript.CreateObject("IMAPI2FS.MsftFileSystemImage")
    Image.ChooseImageDefaults Recorder
    Image.VolumeName = "RIG"
    Set Root = Image.Root
    Root.AddTree Path, False
    Set Result = Image.CreateResultImage()
    Set Stream = Result.ImageStream
    WScript.Echo "Blocks: " & Result.TotalBlocks

    DataWriter.Write Stream
    WScript.Echo "Written"
    Main = 0
End Function

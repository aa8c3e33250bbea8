' Burns the files of one folder onto a blank disc, in a single session.
'
' The same script runs under cscript on Windows with a real recorder, and anywhere with Burnscript:
'
'   burnscript run --virtual dvd+r=disc.iso --map g:=examples burn.vbs

Option Explicit

Const SourceFolder = "g:\BurnDir"   ' what goes onto the disc
Const RecorderIndex = 0             ' the first recorder of the system

WScript.Quit Main

Function Main
    Dim master, recorder, image, writer, result

    ' Find the recorder.
    Set master = WScript.CreateObject("IMAPI2.MsftDiscMaster2")
    Set recorder = WScript.CreateObject("IMAPI2.MsftDiscRecorder2")
    recorder.InitializeDiscRecorder master.Item(RecorderIndex)
    WScript.Echo "Recorder: " & Trim(recorder.VendorId) & " " & Trim(recorder.ProductId)

    ' Set up the writer. Its progress arrives in the Sub writer_Update below.
    Set writer = WScript.CreateObject("IMAPI2.MsftDiscFormat2Data", "writer_")
    writer.Recorder = recorder
    writer.ClientName = "Burnscript example"

    ' Lay out the image of the folder.
    Set image = CreateObject("IMAPI2FS.MsftFileSystemImage")
    image.ChooseImageDefaults recorder
    image.VolumeName = "BURNSCRIPT"
    image.Root.AddTree SourceFolder, False
    Set result = image.CreateResultImage()
    WScript.Echo "Image: " & image.FileCount & " files, " & result.TotalBlocks & " sectors"

    ' Write it.
    WScript.Echo "Writing..."
    writer.Write result.ImageStream
    WScript.Echo "Finished."

    Main = 0
End Function

Dim lastAction

Sub writer_Update(writer, progress)
    Const Writing = 4, Finalizing = 5
    If progress.CurrentAction = lastAction Then Exit Sub
    lastAction = progress.CurrentAction
    Select Case lastAction
        Case Writing WScript.Echo "  the laser is on"
        Case Finalizing WScript.Echo "  closing the disc"
    End Select
End Sub

/**
 * Burns the files of one folder onto a blank disc: `burn.vbs` line by line in TypeScript, over the same objects.
 *
 *   BURNSCRIPT_VIRTUAL=dvd+r=disc.iso BURNSCRIPT_MAP=g:=examples deno run -A examples/burn.ts
 */
import { ConnectObject, CreateObject, IMAPI_FORMAT2_DATA_WRITE_ACTION, WScript } from "../mod.ts";

const sourceFolder = "g:\\BurnDir"; // what goes onto the disc
const recorderIndex = 0; // the first recorder of the system

// Find the recorder.
const master = CreateObject("IMAPI2.MsftDiscMaster2");
const recorder = CreateObject("IMAPI2.MsftDiscRecorder2");
recorder.InitializeDiscRecorder(master.Item(recorderIndex));
WScript.Echo(`Recorder: ${recorder.VendorId.trim()} ${recorder.ProductId.trim()}`);

// Set up the writer, and listen to its progress.
const writer = CreateObject("IMAPI2.MsftDiscFormat2Data");
writer.Recorder = recorder;
writer.ClientName = "Burnscript example";
let lastAction = -1;
ConnectObject(writer, {
  Update(_writer, progress): void {
    if (progress.CurrentAction === lastAction) return;
    lastAction = progress.CurrentAction;
    switch (lastAction) {
      case IMAPI_FORMAT2_DATA_WRITE_ACTION.IMAPI_FORMAT2_DATA_WRITE_ACTION_WRITING_DATA:
        return WScript.Echo("  the laser is on");
      case IMAPI_FORMAT2_DATA_WRITE_ACTION.IMAPI_FORMAT2_DATA_WRITE_ACTION_FINALIZATION:
        return WScript.Echo("  closing the disc");
    }
  },
});

// Lay out the image of the folder.
const image = CreateObject("IMAPI2FS.MsftFileSystemImage");
image.ChooseImageDefaults(recorder);
image.VolumeName = "BURNSCRIPT";
image.Root.AddTree(sourceFolder, false);
const result = image.CreateResultImage();
WScript.Echo(`Image: ${image.FileCount} files, ${result.TotalBlocks} sectors`);

// Write it.
WScript.Echo("Writing...");
writer.Write(result.ImageStream);
WScript.Echo("Finished.");

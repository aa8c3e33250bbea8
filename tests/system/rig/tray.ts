/** Runs in the guest: `tray.ts open` or `tray.ts close`, for its busybox has no eject. */
import { listNativeRecorders } from "../../../lib/drive/native.ts";

const [recorder] = listNativeRecorders();
if (recorder === undefined) throw new Error("There is no recorder");
using drive = recorder.open({ exclusive: false });
const { status } = drive.execute({
  kind: "command",
  cdb: new Uint8Array([0x1B, 0, 0, 0, Deno.args[0] === "open" ? 2 : 3, 0]), // START STOP UNIT, with LoEj
  timeoutMs: 120_000,
});
if (status !== 0) throw new Error(`START STOP UNIT: status ${status}`);

/**
 * The command line in a process that is killed in the middle of a burn: `killed_burn.ts FILE SECTORS ARGUMENTS`, before the
 * first command that the recorder gets once so many sectors are on the virtual disc.
 */
import { main } from "../../lib/cli/main.ts";
import { readDiscState } from "../../lib/drive/virtual.ts";
import { VirtualDrive } from "../../lib/recorder/mod.ts";

const [file, sectors, ...args] = Deno.args;

/** Sectors that are recorded, by the state beside the disc's file. */
function recorded(): number {
  const track = readDiscState(file!)?.tracks.at(-1);
  return track === undefined ? 0 : track.nextLba - track.startLba;
}

const { execute } = VirtualDrive.prototype;
VirtualDrive.prototype.execute = function (command): ReturnType<typeof execute> {
  if (recorded() >= Number(sectors)) Deno.kill(Deno.pid, "SIGKILL");
  return execute.call(this, command);
};
Deno.exit(await main(args));

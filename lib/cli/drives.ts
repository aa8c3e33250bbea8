/** `burnscript drives`: which recorders there are. @module */
import type { RecorderIdentity } from "../drive/transport.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import { findRecorders } from "../jobs/recorders.ts";
import { writeText } from "../platform/console.ts";
import { driveSerialNumber } from "../platform/drive_serial_number.ts";
import { type Command, parseCommand, printJson, printNote } from "./command.ts";

/** The `drives` command. */
export const drivesCommand: Command = {
  help: `usage: burnscript drives [OPTIONS]

Lists the recorders: number, device, vendor, product, revision and bus, the serial number where the system
knows it, and where their discs are mounted. No command is sent to a drive. Exit code 3 if there is none.

  --virtual MEDIUM=FILE  list these virtual recorders instead
  --json                 one JSON object with the list
`,
  run: (args) => {
    const parsed = parseCommand(args);
    const recorders = findRecorders(parsed.session.virtual).map(({ identity }, index) => ({
      index,
      ...identity,
      serialNumber: driveSerialNumber(identity.path),
    }));
    if (parsed.json) printJson({ event: "drives", recorders });
    else writeText("stdout", recorders.map((recorder) => `${describe(recorder)}\n`).join(""));
    if (recorders.length > 0) return Promise.resolve(EXIT.done);
    printNote("There is no recorder on this computer; connect one, or use --virtual dvd+r=disc.iso");
    return Promise.resolve(EXIT.noRecorder);
  },
};

/** `0  /dev/sr0  HL-DT-ST DVDRAM GH24NSD1 LG00  sata, serial number K9A, mounted at "/media/me/DISC"`. */
function describe(
  { index, path, vendorId, productId, productRevision, bus, serialNumber, volumePathNames }:
    & RecorderIdentity
    & { readonly index: number; readonly serialNumber: string | undefined },
): string {
  const more = [
    BUS_NAMES[bus] ?? bus,
    serialNumber === undefined ? "" : `serial number ${serialNumber}`,
    ...volumePathNames.map((volume) => Deno.build.os === "windows" ? volume : `mounted at "${volume}"`),
  ];
  const identity = [vendorId, productId, productRevision].filter((part) => part !== "").join(" ");
  return [index, path, identity, more.filter((part) => part !== "").join(", ")].join("  ").trimEnd();
}

/** How people write what systems call it. */
const BUS_NAMES: Readonly<Record<string, string>> = {
  "1394": "FireWire",
  ata: "ATA",
  iscsi: "iSCSI",
  sata: "SATA",
  scsi: "SCSI",
  usb: "USB",
};

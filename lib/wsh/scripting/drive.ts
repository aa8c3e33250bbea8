/** Drive and Drives: the letters that scripts see, and the file systems behind them. @module */
import { scriptError } from "../../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import { nodeModule } from "../../platform/node_module.ts";
import type { IDrive, IDriveCollection } from "../types.ts";
import { Folder } from "./files.ts";
import { fileError, nameOf, type ScriptingHost } from "./host.ts";

/** IDrive (Script Runtime reference, "Drive Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IDriveTable = defineInterface("IDrive", "{C7C3F5A0-88A3-11D0-ABCB-00A0C90FFFC0}", {
  Path: { dispid: 0, get: "BSTR", doc: "The letter with a colon." },
  DriveLetter: { dispid: 10000, get: "BSTR", doc: "The letter." },
  ShareName: { dispid: 10001, get: "BSTR", doc: "The network share; nothing, since shares are mounted by the system." },
  DriveType: { dispid: 10002, get: "LONG", doc: "0 unknown, 1 removable, 2 fixed, 3 network, 4 CD-ROM, 5 RAM disk." },
  RootFolder: { dispid: 10003, get: "IFolder*", doc: "The folder that the letter stands for." },
  AvailableSpace: { dispid: 10005, get: "LONGLONG", doc: "How many bytes this user can still write." },
  FreeSpace: { dispid: 10004, get: "LONGLONG", doc: "How many bytes are free." },
  TotalSize: { dispid: 10006, get: "LONGLONG", doc: "The size of the file system in bytes." },
  VolumeName: { dispid: 10007, get: "BSTR", put: "BSTR", doc: "The name of the folder that the letter stands for; it cannot be changed here." },
  FileSystem: { dispid: 10008, get: "BSTR", doc: "The kind of file system, such as `NTFS` or `ext4`." },
  SerialNumber: { dispid: 10009, get: "LONG", doc: "A number that tells file systems apart." },
  IsReady: { dispid: 10010, get: "VARIANT_BOOL", doc: "Whether the folder is there." },
}, { doc: "A drive letter, and what it stands for." });

/** IDriveCollection (Script Runtime reference, "Drives Collection"). */
// deno-fmt-ignore -- a table: one row a member
export const IDriveCollectionTable = defineInterface("IDriveCollection", "{C7C3F5A1-88A3-11D0-ABCB-00A0C90FFFC0}", {
  Item: { dispid: 0, get: "IDrive*", params: [["Key", "BSTR"]], doc: "The drive of a letter." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "IDrive*", doc: "All drives, by letter." },
  Count: { dispid: 1, get: "LONG", doc: "How many drives there are." },
}, { doc: "All drive letters." });

const DRIVE_TYPE = { fixed: 2, network: 3, disc: 4, memory: 5 } as const;

/** The magic numbers of Linux's statfs(2), as far as scripts care for the difference. */
const FILE_SYSTEMS: Readonly<Record<number, readonly [name: string, driveType?: number]>> = {
  0xef53: ["ext4"],
  0x58465342: ["XFS"],
  0x9123683e: ["Btrfs"],
  0x2fc12fc1: ["ZFS"],
  0x794c7630: ["overlay"],
  0x5346544e: ["NTFS"],
  0x7366746e: ["NTFS"],
  0x4d44: ["FAT32"],
  0x2011bab0: ["exFAT"],
  0x65735546: ["FUSE"],
  0x01021994: ["tmpfs", DRIVE_TYPE.memory],
  0x9660: ["CDFS", DRIVE_TYPE.disc],
  0x15013346: ["UDF", DRIVE_TYPE.disc],
  0x6969: ["NFS", DRIVE_TYPE.network],
  0xff534d42: ["CIFS", DRIVE_TYPE.network],
  0xfe534d42: ["CIFS", DRIVE_TYPE.network],
};

/** The letter of a drive that a script names `c`, `c:` or `c:\`. @throws AutomationError 5 for another form. */
export function letterOf(specification: string): string {
  const match = /^([a-z])(?::[\\/]?)?$/i.exec(specification);
  if (match === null) {
    throw scriptError("invalidCall", `a drive has the form c, c: or c:\\, but this is "${specification}"`);
  }
  return match[1]!.toUpperCase();
}

/** The letters that stand for something. */
export function driveLetters(host: ScriptingHost): string[] {
  const mapped = host.driveMap.letters;
  if (host.driveMap.system === "posix") return [...mapped];
  const all = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return all.filter((letter) => mapped.includes(letter) || host.find(`${letter}:\\`) !== undefined);
}

/** A drive letter. */
export class Drive extends AutomationClass implements IDrive {
  static {
    implementInterface(this, [IDriveTable], { typeName: "Drive" });
  }

  readonly #host: ScriptingHost;

  constructor(host: ScriptingHost, readonly DriveLetter: string) {
    super();
    this.#host = host;
  }

  /** @throws AutomationError 68 for a letter that stands for nothing. */
  static of(host: ScriptingHost, letter: string): Drive {
    if (driveLetters(host).includes(letter)) return new Drive(host, letter);
    throw fileError(
      68,
      `there is no drive ${letter}:` +
        (host.driveMap.system === "posix"
          ? `; give it a folder with --map ${letter.toLowerCase()}:=DIR`
          : ""),
    );
  }

  readonly ShareName = "";

  get Path(): string {
    return `${this.DriveLetter}:`;
  }

  get RootFolder(): Folder {
    return new Folder(this.#host, this.#native);
  }

  get IsReady(): boolean {
    return this.#host.find(this.#native)?.isDirectory ?? false;
  }

  get DriveType(): number {
    return FILE_SYSTEMS[this.#statistics.type >>> 0]?.[1] ?? DRIVE_TYPE.fixed;
  }

  get FileSystem(): string {
    if (this.#host.driveMap.system === "windows") return "NTFS";
    return FILE_SYSTEMS[this.#statistics.type >>> 0]?.[0] ?? "Unknown";
  }

  get AvailableSpace(): number {
    const { bavail, bsize } = this.#statistics;
    return bavail * bsize;
  }

  get FreeSpace(): number {
    const { bfree, bsize } = this.#statistics;
    return bfree * bsize;
  }

  get TotalSize(): number {
    const { blocks, bsize } = this.#statistics;
    return blocks * bsize;
  }

  get SerialNumber(): number {
    return this.#host.folder(this.#native).dev | 0;
  }

  get VolumeName(): string {
    return nameOf(this.#native);
  }
  set VolumeName(_newVal: string) {
    throw fileError(70, "the name of a volume cannot be changed from here");
  }

  get #native(): string {
    return this.#host.native(`${this.DriveLetter}:\\`);
  }

  get #statistics(): { type: number; bsize: number; blocks: number; bfree: number; bavail: number } {
    const native = this.#native;
    if (!this.IsReady) throw fileError(71, this.#host.quoted(native));
    return this.#host.attempt(native, () => nodeModule("node:fs").statfsSync(native));
  }
}

/** All drive letters. */
export class Drives extends AutomationClass implements IDriveCollection {
  static {
    implementInterface(this, [IDriveCollectionTable], { typeName: "Drives" });
  }

  readonly #host: ScriptingHost;

  constructor(host: ScriptingHost) {
    super();
    this.#host = host;
  }

  get Count(): number {
    return driveLetters(this.#host).length;
  }

  Item(key: string): Drive {
    return Drive.of(this.#host, letterOf(key));
  }

  *[Symbol.iterator](): Generator<Drive> {
    for (const letter of driveLetters(this.#host)) yield new Drive(this.#host, letter);
  }
}

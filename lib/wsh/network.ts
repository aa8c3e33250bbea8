/** `WScript.Network`. @module */
import { AutomationError } from "../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import type { Variant } from "../automation/variant.ts";
import type { DriveMap } from "../platform/drive_map.ts";
import { readVariable } from "../platform/environment.ts";
import { requireComputerName, requireUserName } from "./shell/identity.ts";
import { WshCollection } from "./shell/special_folders.ts";
import type { IWshNetwork2 } from "./types.ts";

/** IWshNetwork2 (Windows Script Host 5.8 reference, "WshNetwork Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IWshNetwork2Table = defineInterface("IWshNetwork2", "{24BE5A31-EDFE-11D2-B933-00104B365C9F}", {
  UserDomain: { dispid: 0x60020000, get: "BSTR", doc: "The domain of the user; the computer itself where there is none." },
  UserName: { dispid: 0x60020001, get: "BSTR", doc: "The name of the user." },
  ComputerName: { dispid: 0x60020003, get: "BSTR", doc: "The name of the computer, without its domain." },
  MapNetworkDrive: { dispid: 1000, method: "void", params: [["LocalName", "BSTR"], ["RemoteName", "BSTR"], ["UpdateProfile", "VARIANT?"], ["UserName", "VARIANT?"], ["Password", "VARIANT?"]], doc: "Lets a free letter stand for a share; elsewhere than on Windows for a folder of this system, until the script ends." },
  RemoveNetworkDrive: { dispid: 1001, method: "void", params: [["Name", "BSTR"], ["Force", "VARIANT?"], ["UpdateProfile", "VARIANT?"]], doc: "Takes away what MapNetworkDrive, or `--map`, gave a letter." },
  EnumNetworkDrives: { dispid: 1002, method: "IWshCollection*", doc: "The letters and what they stand for, in turn." },
  AddPrinterConnection: { dispid: 2000, method: "void", params: [["LocalName", "BSTR"], ["RemoteName", "BSTR"], ["UpdateProfile", "VARIANT?"], ["UserName", "VARIANT?"], ["Password", "VARIANT?"]], doc: "Error 445: printers are not connected by scripts here." },
  RemovePrinterConnection: { dispid: 2001, method: "void", params: [["Name", "BSTR"], ["Force", "VARIANT?"], ["UpdateProfile", "VARIANT?"]], doc: "Error 445: printers are not connected by scripts here." },
  EnumPrinterConnections: { dispid: 2002, method: "IWshCollection*", doc: "The printers that scripts connected, which are none." },
  SetDefaultPrinter: { dispid: 2003, method: "void", params: [["Name", "BSTR"]], doc: "Error 445: printers are not connected by scripts here." },
  AddWindowsPrinterConnection: { dispid: 2004, method: "void", params: [["PrinterName", "BSTR"], ["DriverName", "BSTR?"], ["Port", "BSTR?"]], doc: "Error 445: printers are not connected by scripts here." },
}, { doc: "Who runs the script, on which computer, and what letters stand for." });

/** Windows' own errors of the same calls. */
const ALREADY_ASSIGNED = 0x80070055;
const NOT_CONNECTED = 0x800708ca;
const NO_NET_PATH = 0x80070035;

/** `WScript.Network`. */
export class WshNetwork extends AutomationClass implements IWshNetwork2 {
  static {
    implementInterface(this, [IWshNetwork2Table], { typeName: "IWshNetwork2" });
  }

  readonly #driveMap: DriveMap;

  constructor(driveMap: DriveMap) {
    super();
    this.#driveMap = driveMap;
  }

  get UserDomain(): string {
    return readVariable("USERDOMAIN") ?? requireComputerName().toUpperCase();
  }

  get UserName(): string {
    return requireUserName();
  }

  get ComputerName(): string {
    return requireComputerName();
  }

  MapNetworkDrive(
    localName: string,
    remoteName: string,
    _updateProfile?: Variant,
    user?: Variant,
    password?: Variant,
  ): void {
    const letter = letterOf(localName);
    if (this.#driveMap.system === "windows") {
      const account = user === undefined ? [] : [String(password ?? ""), `/user:${String(user)}`];
      return runNet("use", `${letter}:`, remoteName, ...account);
    }
    if (this.#driveMap.letters.includes(letter)) {
      throw failure(
        "MapNetworkDrive",
        ALREADY_ASSIGNED,
        `The local device name is already in use: ${letter}:`,
      );
    }
    const native = this.#folderOf(remoteName);
    if (native === undefined) {
      throw failure(
        "MapNetworkDrive",
        NO_NET_PATH,
        `The network path was not found: "${remoteName}" (mount it, and map ${letter}: to that folder, here or by ` +
          `--map ${letter.toLowerCase()}:=DIR)`,
      );
    }
    this.#driveMap.setLetter(letter, native);
  }

  RemoveNetworkDrive(name: string, _force?: Variant, _updateProfile?: Variant): void {
    const letter = letterOf(name);
    if (this.#driveMap.system === "windows") return runNet("use", `${letter}:`, "/delete", "/y");
    if (!this.#driveMap.mappings.some((mapping) => mapping.letter === letter)) {
      throw failure(
        "RemoveNetworkDrive",
        NOT_CONNECTED,
        `This network connection does not exist: ${letter}:`,
      );
    }
    this.#driveMap.setLetter(letter, undefined);
  }

  EnumNetworkDrives(): WshCollection {
    if (this.#driveMap.system === "windows") return new WshCollection(windowsDrives());
    const rows = this.#driveMap.mappings.toSorted((one, other) => one.letter < other.letter ? -1 : 1);
    return new WshCollection(rows.flatMap(({ letter, directory }) => [`${letter}:`, directory]));
  }

  EnumPrinterConnections(): WshCollection {
    return new WshCollection([]);
  }

  AddPrinterConnection(localName: string): void {
    throw noPrinters("AddPrinterConnection", localName);
  }

  RemovePrinterConnection(name: string): void {
    throw noPrinters("RemovePrinterConnection", name);
  }

  SetDefaultPrinter(name: string): void {
    throw noPrinters("SetDefaultPrinter", name);
  }

  AddWindowsPrinterConnection(name: string): void {
    throw noPrinters("AddWindowsPrinterConnection", name);
  }

  /** A folder that is there already: shares are mounted by the system, not by scripts. */
  #folderOf(remoteName: string): string | undefined {
    try {
      const native = this.#driveMap.toNative(remoteName);
      return native.startsWith("/") && Deno.statSync(native).isDirectory
        ? native.replace(/(?<=.)\/$/, "")
        : undefined;
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) {
        throw new AutomationError(70, `Permission denied: ${error.message}`, { cause: error });
      }
      return undefined;
    }
  }
}

function letterOf(name: string): string {
  const match = /^([a-z]):\\?$/i.exec(name.trim());
  if (match !== null) return match[1]!.toUpperCase();
  throw failure(
    "MapNetworkDrive",
    0x800704b0,
    `The specified device name is invalid: "${name}" is no letter with a colon`,
  );
}

function failure(member: string, number: number, message: string): AutomationError {
  return new AutomationError(number, message, { source: `WshNetwork.${member}` });
}

function noPrinters(member: string, name: string): AutomationError {
  return new AutomationError(
    0x800a01bd, // 445
    `Object doesn't support this action: ${member} "${name}" (set printers up in the system, with lpadmin or its settings)`,
    { source: `WshNetwork.${member}` },
  );
}

function runNet(...args: string[]): void {
  const { success, stderr } = new Deno.Command("net", { args, stdin: "null" }).outputSync();
  if (!success) throw failure("MapNetworkDrive", NO_NET_PATH, new TextDecoder().decode(stderr).trim());
}

/** `net use` lists status, letter and share in columns. */
function windowsDrives(): string[] {
  const { stdout } = new Deno.Command("net", { args: ["use"], stdin: "null" }).outputSync();
  return [...new TextDecoder().decode(stdout).matchAll(/\b([A-Z]:)\s+(\\\\\S+)/g)].flatMap((
    [, letter, share],
  ) => [letter!, share!]);
}

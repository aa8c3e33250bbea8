/** What `CreateShortcut` gives: shortcuts to programs and to addresses. @module */
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import type { DriveMap } from "../../platform/drive_map.ts";
import { writeBytesWhole } from "../../platform/write_whole.ts";
import type { IWshShortcut, IWshURLShortcut } from "../types.ts";
import { splitArguments, translatedArgument } from "./command_line.ts";
import { formatDesktopEntry, parseDesktopEntry } from "./desktop_entry.ts";
import { scriptHostCommand } from "./script_host_command.ts";
import { formatShellLink, parseShellLink, ShellLinkError } from "./shell_link.ts";

/** IWshShortcut (Windows Script Host 5.8 reference, "WshShortcut Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IWshShortcutTable = defineInterface("IWshShortcut", "{F935DC23-1CF0-11D0-ADB9-00C04FD58A0B}", {
  FullName: { dispid: 0, get: "BSTR", doc: "The path of the shortcut." },
  Arguments: { dispid: 1000, get: "BSTR", put: "BSTR", doc: "The arguments of the program." },
  Description: { dispid: 1001, get: "BSTR", put: "BSTR", doc: "What the shortcut is for." },
  Hotkey: { dispid: 1002, get: "BSTR", put: "BSTR", doc: "A key that starts it, such as `CTRL+ALT+B`." },
  IconLocation: { dispid: 1003, get: "BSTR", put: "BSTR", doc: "The file of the icon, a comma, and the icon's index in it." },
  RelativePath: { dispid: 1004, put: "BSTR", doc: "Accepted and not kept: the target has its full path." },
  TargetPath: { dispid: 1005, get: "BSTR", put: "BSTR", doc: "The program, document or folder." },
  WindowStyle: { dispid: 1006, get: "LONG", put: "LONG", doc: "1 normal, 3 maximised, 7 minimised." },
  WorkingDirectory: { dispid: 1007, get: "BSTR", put: "BSTR", doc: "The folder that the program starts in." },
  Load: { dispid: 2000, method: "void", params: [["PathLink", "BSTR"]], doc: "Reads another shortcut into this one." },
  Save: { dispid: 2001, method: "void", doc: "Writes the shortcut." },
}, { doc: "A shortcut to a program, document or folder." });

/** IWshURLShortcut (Windows Script Host 5.8 reference, "WshUrlShortcut Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IWshURLShortcutTable = defineInterface("IWshURLShortcut", "{F935DC2B-1CF0-11D0-ADB9-00C04FD58A0B}", {
  FullName: { dispid: 0, get: "BSTR", doc: "The path of the shortcut." },
  TargetPath: { dispid: 1005, get: "BSTR", put: "BSTR", doc: "The address." },
  Load: { dispid: 2000, method: "void", params: [["PathLink", "BSTR"]], doc: "Reads another shortcut into this one." },
  Save: { dispid: 2001, method: "void", doc: "Writes the shortcut." },
}, { doc: "A shortcut to an address." });

/** A shortcut by the ending of its name: `.lnk`, `.url`, or `.desktop`. @throws AutomationError for another one. */
export function createShortcut(
  path: string,
  driveMap: DriveMap,
  desktopFolders: () => readonly string[],
): WshShortcut | WshUrlShortcut {
  const ending = /\.(lnk|url|desktop)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === undefined) {
    throw new AutomationError(
      0x80070057,
      `The shortcut pathname must end with .lnk or .url: "${path}" (or, on Linux, with .desktop)`,
      { source: "WshShell.CreateShortcut" },
    );
  }
  const native = driveMap.toNative(path);
  const shortcut = ending === "url"
    ? new WshUrlShortcut(native, driveMap)
    : new WshShortcut(native, driveMap, desktopFolders);
  if (readIfThere(native) !== undefined) shortcut.Load(path);
  return shortcut;
}

/** A shortcut to a program, document or folder. */
export class WshShortcut extends AutomationClass implements IWshShortcut {
  static {
    implementInterface(this, [IWshShortcutTable], { typeName: "IWshShortcut" });
  }

  readonly #native: string;
  readonly #driveMap: DriveMap;
  readonly #desktopFolders: () => readonly string[];
  Arguments = "";
  Description = "";
  #hotkey = 0;
  #iconPath = "";
  #iconIndex = 0;
  #target = "";
  WindowStyle = 1;
  WorkingDirectory = "";

  /** @param desktopFolders where the desktop looks for entries, so that a `.lnk` there gets one beside it. */
  constructor(native: string, driveMap: DriveMap, desktopFolders: () => readonly string[]) {
    super();
    this.#native = native;
    this.#driveMap = driveMap;
    this.#desktopFolders = desktopFolders;
  }

  get FullName(): string {
    return this.#driveMap.toScript(this.#native);
  }

  get TargetPath(): string {
    return this.#target;
  }

  set TargetPath(path: string) {
    // A path of this system is written as Windows has it, like all others.
    this.#target = this.#driveMap.system === "posix" && path.startsWith("/")
      ? this.#driveMap.toScript(path)
      : path;
  }

  set RelativePath(_path: string) {
    // Links made here are found by their full path.
  }

  get Hotkey(): string {
    return hotkeyText(this.#hotkey);
  }

  set Hotkey(text: string) {
    this.#hotkey = hotkeyOf(text);
  }

  get IconLocation(): string {
    return `${this.#iconPath},${this.#iconIndex}`;
  }

  set IconLocation(text: string) {
    const match = /^(.*?)(?:,\s*(-?\d+))?\s*$/s.exec(text)!;
    this.#iconPath = match[1]!;
    this.#iconIndex = Number(match[2] ?? 0);
  }

  Load(path: string): void {
    const native = this.#driveMap.toNative(path);
    const bytes = readIfThere(native);
    if (bytes === undefined) {
      throw new AutomationError(0x80070002, `The system cannot find the file specified: "${path}"`);
    }
    if (/\.desktop$/i.test(native)) return this.#loadEntry(new TextDecoder().decode(bytes));
    try {
      const link = parseShellLink(bytes);
      this.#target = link.target;
      this.Arguments = link.arguments;
      this.Description = link.description;
      this.WorkingDirectory = link.workingDirectory;
      this.#iconPath = link.iconPath;
      this.#iconIndex = link.iconIndex;
      this.WindowStyle = link.showCommand;
      this.#hotkey = link.hotkey;
    } catch (error) {
      if (!(error instanceof ShellLinkError)) throw error;
      throw new AutomationError(0x8007000d, `${error.message}: "${path}"`);
    }
  }

  Save(): void {
    if (/\.desktop$/i.test(this.#native)) return this.#saveEntry(this.#native);
    const link = formatShellLink({
      target: this.#target,
      isFolder: this.#isFolder(),
      description: this.Description,
      workingDirectory: this.WorkingDirectory,
      arguments: this.Arguments,
      iconPath: this.#iconPath,
      iconIndex: this.#iconIndex,
      showCommand: this.WindowStyle,
      hotkey: this.#hotkey,
    });
    save(this.#native, link, this.FullName);
    const folder = this.#native.replace(/\/[^/]*$/, "");
    if (Deno.build.os === "linux" && this.#desktopFolders().includes(folder)) {
      this.#saveEntry(this.#native.replace(/\.lnk$/i, ".desktop"));
    }
  }

  #isFolder(): boolean {
    try {
      return Deno.statSync(this.#driveMap.toNative(this.#target)).isDirectory;
    } catch {
      return false; // shortcuts may lead to what is not there yet
    }
  }

  #saveEntry(native: string): void {
    const entry = formatDesktopEntry({
      name: native.replace(/^.*\//, "").replace(/\.desktop$/i, ""),
      comment: this.Description,
      exec: this.#command(),
      path: this.WorkingDirectory === "" ? "" : translatedArgument(this.WorkingDirectory, this.#driveMap),
      icon: this.#iconPath === "" ? "" : translatedArgument(this.#iconPath, this.#driveMap),
      own: {
        Target: this.#target,
        Arguments: this.Arguments,
        Folder: this.WorkingDirectory,
        Icon: this.#iconPath === "" ? "" : this.IconLocation,
        Hotkey: this.Hotkey,
        Style: String(this.WindowStyle),
        Description: this.Description,
      },
    });
    save(native, new TextEncoder().encode(entry), this.#driveMap.toScript(native));
    // Desktops start only entries that may be executed.
    if (Deno.build.os !== "windows") Deno.chmodSync(native, 0o755);
  }

  /** What the entry starts. */
  #command(): readonly string[] | string {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(this.#target)) return this.#target;
    const target = translatedArgument(this.#target, this.#driveMap);
    const args = splitArguments(this.Arguments);
    if (/\.(?:vbs|vbe|js|jse|wsf)$/i.test(target)) {
      const { program, args: hostArgs, env } = scriptHostCommand(target, args, this.#driveMap);
      return ["env", `BURNSCRIPT_MAP=${env["BURNSCRIPT_MAP"]}`, program, ...hostArgs];
    }
    if (this.#isFolder()) return ["xdg-open", target];
    return [target, ...args.map((argument) => translatedArgument(argument, this.#driveMap))];
  }

  #loadEntry(text: string): void {
    const own = parseDesktopEntry(text);
    this.#target = own["Target"] ?? "";
    this.Arguments = own["Arguments"] ?? "";
    this.WorkingDirectory = own["Folder"] ?? "";
    this.IconLocation = own["Icon"] ?? "";
    this.Hotkey = own["Hotkey"] ?? "";
    this.WindowStyle = Number(own["Style"] ?? 1);
    this.Description = own["Description"] ?? "";
  }
}

/** A shortcut to an address. */
export class WshUrlShortcut extends AutomationClass implements IWshURLShortcut {
  static {
    implementInterface(this, [IWshURLShortcutTable], { typeName: "IWshURLShortcut" });
  }

  readonly #native: string;
  readonly #driveMap: DriveMap;
  TargetPath = "";

  constructor(native: string, driveMap: DriveMap) {
    super();
    this.#native = native;
    this.#driveMap = driveMap;
  }

  get FullName(): string {
    return this.#driveMap.toScript(this.#native);
  }

  Load(path: string): void {
    const bytes = readIfThere(this.#driveMap.toNative(path));
    if (bytes === undefined) {
      throw new AutomationError(0x80070002, `The system cannot find the file specified: "${path}"`);
    }
    this.TargetPath = /^\s*URL\s*=\s*(.*?)\s*$/im.exec(new TextDecoder().decode(bytes))?.[1] ?? "";
  }

  Save(): void {
    if (/[\r\n]/.test(this.TargetPath)) throw scriptError("invalidCall", "an address has no line breaks");
    // The file is ANSI, whichever that is where it is read; an address can do without.
    const address = this.TargetPath.replaceAll(/[^\x20-\x7e]+/g, encodeURIComponent);
    save(this.#native, new TextEncoder().encode(`[InternetShortcut]\r\nURL=${address}\r\n`), this.FullName);
  }
}

function readIfThere(native: string): Uint8Array | undefined {
  try {
    return Deno.readFileSync(native);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw fileError(error, native);
  }
}

function save(native: string, bytes: Uint8Array, shown: string): void {
  try {
    writeBytesWhole(native, bytes);
  } catch (error) {
    const why = error instanceof Deno.errors.NotFound ? "its folder is not there" : (error as Error).message;
    throw new AutomationError(0x80070005, `Unable to save shortcut "${shown}": ${why}`, {
      source: "WshShortcut.Save",
      cause: error,
    });
  }
}

function fileError(error: unknown, native: string): unknown {
  return error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied
    ? new AutomationError(70, `Permission denied: "${native}" (${error.message})`, { cause: error })
    : error;
}

const MODIFIERS = { SHIFT: 1, CTRL: 2, ALT: 4, EXT: 8 } as const;
const NAMED_KEYS: Readonly<Record<string, number>> = { "NUM LOCK": 0x90, "SCROLL LOCK": 0x91 };

/** `CTRL+ALT+B` as a link keeps it: letters, digits and F1 to F24. */
export function hotkeyOf(text: string): number {
  if (text.trim() === "") return 0;
  let modifiers = 0;
  let key = 0;
  for (const part of text.toUpperCase().split("+").map((name) => name.trim())) {
    const functionKey = /^F(\d{1,2})$/.exec(part);
    if (Object.hasOwn(MODIFIERS, part)) modifiers |= MODIFIERS[part as keyof typeof MODIFIERS];
    else if (/^[A-Z0-9]$/.test(part)) key = part.charCodeAt(0);
    else if (functionKey !== null && Number(functionKey[1]) >= 1 && Number(functionKey[1]) <= 24) {
      key = 0x6f + Number(functionKey[1]);
    } else if (Object.hasOwn(NAMED_KEYS, part)) key = NAMED_KEYS[part]!;
    else throw scriptError("invalidCall", `"${text}" is no hot key; one is CTRL+ALT+B, or SHIFT+F5`);
  }
  if (key === 0) {
    throw scriptError("invalidCall", `"${text}" is no hot key: it has no key beside its modifiers`);
  }
  return modifiers << 8 | key;
}

/** The text of such a number. */
export function hotkeyText(hotkey: number): string {
  const key = hotkey & 0xff;
  if (key === 0) return "";
  const name = key >= 0x70 && key <= 0x87
    ? `F${key - 0x6f}`
    : Object.entries(NAMED_KEYS).find(([, code]) => code === key)?.[0] ?? String.fromCharCode(key);
  const names = (["ALT", "CTRL", "SHIFT", "EXT"] as const).filter((modifier) =>
    hotkey >> 8 & MODIFIERS[modifier]
  );
  return [...names.map((modifier) => modifier[0] + modifier.slice(1).toLowerCase()), name].join("+");
}

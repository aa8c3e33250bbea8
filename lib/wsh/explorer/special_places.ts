/** The special folders of the Shell, by their numbers and names. @module */
import { isAllowed } from "../../platform/permissions.ts";
import type { Registry } from "../../platform/registry.ts";
import { driveLetters } from "../scripting/drive.ts";
import type { ScriptingHost } from "../scripting/host.ts";
import { specialFolders } from "../shell/special_folders.ts";
import type { Place } from "./places.ts";

/** ShellSpecialFolderConstants, and CSIDLs beside them: a name of SpecialFolders, or a path below `C:`. */
const FOLDERS: Readonly<Record<number, string>> = {
  0x00: "Desktop",
  0x02: "Programs",
  0x05: "MyDocuments",
  0x06: "Favorites",
  0x07: "Startup",
  0x08: "Recent",
  0x09: "SendTo",
  0x0b: "StartMenu",
  0x0d: "%USER%\\Music",
  0x0e: "%USER%\\Videos",
  0x10: "Desktop",
  0x13: "NetHood",
  0x14: "Fonts",
  0x15: "Templates",
  0x16: "AllUsersStartMenu",
  0x17: "AllUsersPrograms",
  0x18: "AllUsersStartup",
  0x19: "AllUsersDesktop",
  0x1a: "AppData",
  0x1b: "PrintHood",
  0x1c: "%USER%\\AppData\\Local",
  0x1d: "Startup",
  0x1e: "AllUsersStartup",
  0x1f: "Favorites",
  0x20: "%USER%\\AppData\\Local\\Microsoft\\Windows\\INetCache",
  0x21: "%USER%\\AppData\\Local\\Microsoft\\Windows\\INetCookies",
  0x22: "%USER%\\AppData\\Local\\Microsoft\\Windows\\History",
  0x23: "C:\\ProgramData",
  0x24: "C:\\Windows",
  0x25: "C:\\Windows\\System32",
  0x26: "C:\\Program Files",
  0x27: "%USER%\\Pictures",
  0x28: "%USER%",
  0x29: "C:\\Windows\\System32",
  0x2a: "C:\\Program Files (x86)",
  0x2b: "C:\\Program Files\\Common Files",
  0x2e: "C:\\Users\\Public\\Documents",
  0x2f: "C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\Administrative Tools",
  0x30: "C:\\Program Files (x86)",
};

/** Folders that are only shown, with their names in the United States and their classes. */
const SHOWN: Readonly<Record<number, readonly [title: string, classId: string]>> = {
  0x01: ["Internet Explorer", "871C5380-42A0-1069-A2EA-08002B30309D"],
  0x03: ["Control Panel", "21EC2020-3AEA-1069-A2DD-08002B30309D"],
  0x04: ["Printers", "2227A280-3AEA-1069-A2DE-08002B30309D"],
  0x0a: ["Recycle Bin", "645FF040-5081-101B-9F08-00AA002F954E"],
  0x11: ["This PC", "20D04FE0-3AEA-1069-A2D8-08002B30309D"],
  0x12: ["Network", "208D2C60-3AEA-1069-A2D7-08002B30309D"],
  0x31: ["Network Connections", "7007ACC7-3202-11D1-AAD2-00805FC1270E"],
};

const DRIVES = 0x11;

/** Names behind `shell:`. */
const NAMES: Readonly<Record<string, number>> = {
  desktop: 0x00,
  programs: 0x02,
  controlpanelfolder: 0x03,
  printersfolder: 0x04,
  personal: 0x05,
  "my documents": 0x05,
  favorites: 0x06,
  startup: 0x07,
  recent: 0x08,
  sendto: 0x09,
  recyclebinfolder: 0x0a,
  "start menu": 0x0b,
  "my music": 0x0d,
  "my video": 0x0e,
  mycomputerfolder: 0x11,
  networkplacesfolder: 0x12,
  fonts: 0x14,
  templates: 0x15,
  "common start menu": 0x16,
  "common programs": 0x17,
  "common startup": 0x18,
  "common desktop": 0x19,
  appdata: 0x1a,
  "local appdata": 0x1c,
  "common appdata": 0x23,
  windows: 0x24,
  system: 0x25,
  programfiles: 0x26,
  "my pictures": 0x27,
  profile: 0x28,
};

/** A special folder by its number; nothing for a number that has none, and where there is no `C:`. */
export function placeOfNumber(host: ScriptingHost, registry: Registry, number: number): Place | undefined {
  const shown = SHOWN[number];
  if (shown !== undefined) {
    const [title, classId] = shown;
    const letters = number === DRIVES ? driveLetters(host) : [];
    return {
      kind: "shown",
      title,
      path: `::{${classId}}`,
      children: letters.map((letter) => ({ kind: "file", native: host.native(`${letter}:\\`) })),
    };
  }
  const folder = FOLDERS[number];
  const path = folder === undefined ? "" : pathOf(host, registry, folder);
  if (path === "") return undefined;
  const native = host.native(path);
  if (host.driveMap.system === "posix") makeFolder(native);
  return host.find(native)?.isDirectory ? { kind: "file", native } : undefined;
}

/** Windows has them all; where one cannot be made, it is not there. */
function makeFolder(native: string): void {
  if (!isAllowed({ name: "write", path: native })) return;
  try {
    Deno.mkdirSync(native, { recursive: true });
  } catch {
    return;
  }
}

function pathOf(host: ScriptingHost, registry: Registry, folder: string): string {
  if (!folder.includes("\\") && folder !== "%USER%") {
    return specialFolders(host.driveMap, registry).Item(folder);
  }
  const { profile, system } = host.driveMap;
  if (system === "windows") {
    const home = Deno.env.get("USERPROFILE") ?? "";
    return folder.replace("%USER%", home);
  }
  return profile === undefined ? "" : folder.replace("%USER%", `C:\\Users\\${profile.userName}`);
}

/** The special folder of a name such as `shell:startup`, or of `::{CLSID}`. */
export function specialPlace(host: ScriptingHost, registry: Registry, name: string): Place | undefined {
  const known = /^shell:(.*)$/is.exec(name)?.[1]?.toLowerCase();
  if (known !== undefined) {
    return NAMES[known] === undefined ? undefined : placeOfNumber(host, registry, NAMES[known]);
  }
  const classId = /^(?:shell:)?::\{(.*)\}$/is.exec(name)?.[1]?.toUpperCase();
  const number = Object.keys(SHOWN).find((key) => SHOWN[Number(key)]![1] === classId);
  return number === undefined ? undefined : placeOfNumber(host, registry, Number(number));
}

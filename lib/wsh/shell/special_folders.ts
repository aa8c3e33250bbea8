/** `SpecialFolders`: where desktops keep what scripts look for, by the names of Windows. @module */
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import { scriptError } from "../../automation/errors.ts";
import { toLong, toStringValue } from "../../automation/coerce.ts";
import type { Variant } from "../../automation/variant.ts";
import type { DriveMap } from "../../platform/drive_map.ts";
import type { Registry } from "../../platform/registry.ts";
import type { UserFolders } from "../../platform/user_profile.ts";
import type { IWshCollection } from "../types.ts";
import { isAllowed } from "../../platform/permissions.ts";

/** IWshCollection (Windows Script Host 5.8 reference, "WshSpecialFolders Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IWshCollectionTable = defineInterface("IWshCollection", "{F935DC27-1CF0-11D0-ADB9-00C04FD58A0B}", {
  Item: { dispid: 0, method: "VARIANT", params: [["Index", "VARIANT"]], doc: "An item by its index from 0, or by its name where it has one." },
  Count: { dispid: 1, method: "LONG", doc: "How many items there are." },
  length: { dispid: 2, get: "LONG", doc: "How many items there are." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "VARIANT", doc: "All items in order." },
}, { doc: "A list of texts." });

/** A list of texts, some of which may have names. */
export class WshCollection extends AutomationClass implements IWshCollection {
  static {
    implementInterface(this, [IWshCollectionTable], { typeName: "IWshCollection" });
  }

  readonly #items: readonly string[];
  readonly #named: ((name: string) => string) | undefined;

  /** @param named what a name stands for; undefined where items have none. */
  constructor(items: readonly string[], named?: (name: string) => string) {
    super();
    this.#items = items;
    this.#named = named;
  }

  Item(index: Variant): string {
    if (typeof index === "string" && this.#named !== undefined) return this.#named(index);
    const item = this.#items[toLong(index)];
    if (item === undefined) {
      throw scriptError(
        "subscript",
        `there are ${this.#items.length} items, and none at ${toStringValue(index)}`,
      );
    }
    return item;
  }

  Count(): number {
    return this.#items.length;
  }

  get length(): number {
    return this.#items.length;
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#items[Symbol.iterator]();
  }
}

/** The names in the order of their indexes; the desktop is there twice, as on Windows. */
const ORDER = [
  "AllUsersDesktop",
  "AllUsersStartMenu",
  "AllUsersPrograms",
  "AllUsersStartup",
  "Desktop",
  "AppData",
  "PrintHood",
  "Templates",
  "Fonts",
  "NetHood",
  "Desktop",
  "StartMenu",
  "SendTo",
  "Recent",
  "Startup",
  "Favorites",
  "MyDocuments",
  "Programs",
] as const;

type FolderName = (typeof ORDER)[number];

/** The special folders; an unknown name is an empty text, as on Windows. */
export function specialFolders(driveMap: DriveMap, registry: Registry): WshCollection {
  const pathOf = (name: FolderName): string => {
    if (driveMap.system === "windows") return windowsFolder(registry, name);
    const native = posixFolder(driveMap, name);
    if (native === undefined) return "";
    makeFolder(native);
    return driveMap.toScript(native);
  };
  return new WshCollection(ORDER.map(pathOf), (name) => {
    const known = ORDER.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    return known === undefined ? "" : pathOf(known);
  });
}

function posixFolder(driveMap: DriveMap, name: FolderName): string | undefined {
  driveMap.profile?.prepare();
  const folders = driveMap.profile?.folders;
  if (folders === undefined) return undefined;
  const own = Deno.build.os === "darwin" ? macFolders(folders) : linuxFolders(folders);
  // What no other system has lies in the profile itself.
  return own[name] ?? `${folders.drive}/Special Folders/${name}`;
}

function linuxFolders({ placed, roaming, local, drive }: UserFolders): Partial<Record<FolderName, string>> {
  return {
    AllUsersDesktop: `${drive}/Users/Public/Desktop`,
    AllUsersStartMenu: "/usr/share/applications",
    AllUsersPrograms: "/usr/share/applications",
    AllUsersStartup: "/etc/xdg/autostart",
    Desktop: placed.Desktop,
    AppData: roaming,
    Templates: placed.Templates,
    Fonts: `${local}/fonts`,
    StartMenu: `${local}/applications`,
    Programs: `${local}/applications`,
    Startup: `${roaming}/autostart`,
    MyDocuments: placed.Documents,
  };
}

function macFolders({ home, placed, roaming }: UserFolders): Partial<Record<FolderName, string>> {
  return {
    AllUsersDesktop: "/Users/Shared",
    AllUsersStartMenu: "/Applications",
    AllUsersPrograms: "/Applications",
    AllUsersStartup: "/Library/LaunchAgents",
    Desktop: placed.Desktop,
    AppData: roaming,
    Templates: placed.Templates,
    Fonts: `${home}/Library/Fonts`,
    StartMenu: `${home}/Applications`,
    Programs: `${home}/Applications`,
    Startup: `${home}/Library/LaunchAgents`,
    MyDocuments: placed.Documents,
  };
}

/** Scripts put files there without a look; where the folder cannot be made, whoever opens it says why. */
function makeFolder(path: string): void {
  if (!isAllowed({ name: "write", path })) return;
  try {
    Deno.mkdirSync(path, { recursive: true });
  } catch {
    return;
  }
}

const SHELL_FOLDERS = "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\Shell Folders";

/** The names under which Windows keeps them, where they differ. */
const WINDOWS_NAMES: Partial<Record<FolderName, string>> = {
  AllUsersDesktop: "Common Desktop",
  AllUsersStartMenu: "Common Start Menu",
  AllUsersPrograms: "Common Programs",
  AllUsersStartup: "Common Startup",
  StartMenu: "Start Menu",
  MyDocuments: "Personal",
};

function windowsFolder(registry: Registry, name: FolderName): string {
  const root = name.startsWith("AllUsers") ? "HKEY_LOCAL_MACHINE" : "HKEY_CURRENT_USER";
  const data = registry.read(`${root}\\${SHELL_FOLDERS}`, WINDOWS_NAMES[name] ?? name)?.data;
  return typeof data === "string" ? data : "";
}

/** `Shell.Application`. @module */
import { toLong, toStringValue } from "../../automation/coerce.ts";
import { AutomationError } from "../../automation/errors.ts";
import { AutomationClass, implementInterface } from "../../automation/interface.ts";
import { type AutomationObject, makeDouble, type Variant } from "../../automation/variant.ts";
import { isAllowed } from "../../platform/permissions.ts";
import type { ScriptingHost } from "../scripting/host.ts";
import { type ShellState, WshShell } from "../shell/shell.ts";
import type { WshShortcut } from "../shell/shortcut.ts";
import type { IShellDispatch6, IShellWindows } from "../types.ts";
import { type Explorer, isNumeric, ShellFolder, ShellItem } from "./folder.ts";
import { folderOf, type Place } from "./places.ts";
import { placeOfNumber, specialPlace } from "./special_places.ts";
import { IShellDispatch6Table, IShellWindowsTable } from "./tables.ts";

const YES_NO = 4;
const YES = 6;
const STYLE_MAX = 10;
const NORMAL = 1;
const FILE_NOT_FOUND = 0x80070002;

/** The Shell: folders, zip files and programs. */
export class ShellApplication extends AutomationClass implements IShellDispatch6 {
  static {
    implementInterface(this, [IShellDispatch6Table], { typeName: "IShellDispatch6" });
  }

  readonly #host: ScriptingHost;
  readonly #state: ShellState;
  readonly #shell: WshShell;
  readonly #explorer: Explorer;

  constructor(host: ScriptingHost, state: ShellState) {
    super();
    this.#host = host;
    this.#state = state;
    this.#shell = new WshShell(state);
    this.#explorer = {
      host,
      application: this,
      confirms: (name) => this.#confirms(name),
      open: (path, args) => this.ShellExecute(path, args),
      shortcut: (path) => this.#shell.CreateShortcut(path) as WshShortcut,
      placeOfPath: (path) => this.#placeOfPath(path),
    };
  }

  get Application(): AutomationObject {
    return this;
  }

  get Parent(): AutomationObject {
    return this;
  }

  /** `null` is Nothing. */
  NameSpace(directory: Variant): ShellFolder {
    return this.#folder(this.#placeOf(directory)) as ShellFolder;
  }

  BrowseForFolder(_window: number, title: string, _options: number, _root?: Variant): ShellFolder {
    const { dialogs } = this.#state.host;
    if (dialogs === undefined) {
      throw new AutomationError(0x80004001, "BrowseForFolder needs a script host that asks questions");
    }
    const path = dialogs.inputBox(title === "" ? "Which folder?" : title, "Browse For Folder") ?? "";
    return (path === "" ? null : this.#folder(this.#placeOfPath(path))) as ShellFolder;
  }

  Windows(): ShellWindows {
    return new ShellWindows();
  }

  Open(directory: Variant): void {
    this.#open(directory);
  }

  Explore(directory: Variant): void {
    this.#open(directory);
  }

  MinimizeAll(): void {}
  UndoMinimizeALL(): void {}
  CascadeWindows(): void {}
  TileVertically(): void {}
  TileHorizontally(): void {}
  ToggleDesktop(): void {}
  RefreshMenu(): void {}

  FileRun(): void {
    throw noDesktop("FileRun");
  }
  ShutdownWindows(): void {
    throw noDesktop("ShutdownWindows");
  }
  Suspend(): void {
    throw noDesktop("Suspend");
  }
  EjectPC(): void {
    throw noDesktop("EjectPC");
  }
  SetTime(): void {
    throw noDesktop("SetTime");
  }
  TrayProperties(): void {
    throw noDesktop("TrayProperties");
  }
  Help(): void {
    throw noDesktop("Help");
  }
  FindFiles(): void {
    throw noDesktop("FindFiles");
  }
  FindComputer(): void {
    throw noDesktop("FindComputer");
  }
  ControlPanelItem(item: string): void {
    throw noDesktop(`ControlPanelItem "${item}"`);
  }
  FindPrinter(_name?: string, _location?: string, _model?: string): void {
    throw noDesktop("FindPrinter");
  }
  WindowsSecurity(): void {
    throw noDesktop("WindowsSecurity");
  }
  WindowSwitcher(): void {
    throw noDesktop("WindowSwitcher");
  }
  SearchCommand(): void {
    throw noDesktop("SearchCommand");
  }

  IsRestricted(_group: string, _restriction: string): number {
    return 0;
  }

  ShellExecute(file: string, args?: Variant, directory?: Variant, verb?: Variant, show?: Variant): void {
    const wanted = textOf(verb).trim().toLowerCase();
    if (!["", "open", "runas", "explore"].includes(wanted)) throw noDesktop(`The verb "${wanted}"`);
    const { driveMap } = this.#host;
    const command = `${file.startsWith('"') ? file : `"${file}"`} ${textOf(args)}`.trim();
    const style = show === undefined || !isNumeric(show) ? NORMAL : toLong(show);
    const before = driveMap.workingDirectory();
    const folder = textOf(directory).trim();
    try {
      if (folder !== "") this.#shell.CurrentDirectory = folder;
      this.#shell.Run(command, style >= 0 && style <= STYLE_MAX ? style : NORMAL, false);
    } finally {
      driveMap.changeDirectory(before);
    }
  }

  GetSystemInformation(name: string): Variant {
    switch (name.toLowerCase()) {
      case "directoryserviceavailable":
        return false;
      case "doubleclicktime":
        return 500;
      case "processorarchitecture":
        return Deno.build.arch === "aarch64" ? 12 : 9;
      case "physicalmemoryinstalled":
        return isAllowed({ name: "sys", kind: "systemMemoryInfo" })
          ? makeDouble(Deno.systemMemoryInfo().total)
          : undefined;
    }
    return undefined;
  }

  ServiceStart(service: string, _persistent: Variant): boolean {
    return this.#service("start", service);
  }

  ServiceStop(service: string, _persistent: Variant): boolean {
    return this.#service("stop", service);
  }

  IsServiceRunning(service: string): boolean {
    return this.#service("is-active", service);
  }

  CanStartStopService(_service: string): boolean {
    if (Deno.build.os === "windows" || !isAllowed({ name: "sys", kind: "uid" })) return false;
    return Deno.uid() === 0;
  }

  ShowBrowserBar(_classId: string, _show: Variant): boolean {
    return false;
  }

  AddToRecent(_file: Variant, _category?: string): void {}

  ExplorerPolicy(_policy: string): Variant {
    return undefined;
  }

  GetSetting(_setting: number): boolean {
    return false;
  }

  /** What systemd, or Windows' service control, says of a service; False where there is none of them. */
  #service(action: "start" | "stop" | "is-active", service: string): boolean {
    if (!/^[\w@.:\\ -]+$/.test(service)) return false;
    const command = Deno.build.os === "windows"
      ? action === "is-active" ? `cmd /c sc query "${service}" | find "RUNNING"` : `sc ${action} "${service}"`
      : `systemctl ${action} --quiet "${service}"`;
    try {
      return this.#shell.Run(command, 0, true) === 0;
    } catch (error) {
      if (error instanceof AutomationError && error.number === (FILE_NOT_FOUND | 0)) return false;
      throw error;
    }
  }

  #open(directory: Variant): void {
    const folder = this.#folder(this.#placeOf(directory));
    if (folder === null) throw new AutomationError(76, `Path not found: "${toStringValue(directory)}"`);
    this.ShellExecute(folder.Self.Path);
  }

  #folder(place: Place | undefined): ShellFolder | null {
    const folder = place && folderOf(this.#host, place);
    return folder === undefined ? null : new ShellFolder(this.#explorer, folder);
  }

  #placeOf(directory: Variant): Place | undefined {
    if (directory instanceof ShellFolder) return directory.place;
    if (directory instanceof ShellItem) return directory.place;
    if (isNumeric(directory)) return placeOfNumber(this.#host, this.#state.host.registry, toLong(directory));
    return this.#placeOfPath(toStringValue(directory));
  }

  /** Only full paths are names of the Shell. */
  #placeOfPath(path: string): Place | undefined {
    const special = specialPlace(this.#host, this.#state.host.registry, path);
    if (special !== undefined) return special;
    if (!/^(?:[a-z]:|[\\/])/i.test(path)) return undefined;
    try {
      const native = this.#host.native(path);
      return this.#host.find(native) === undefined ? undefined : { kind: "file", native };
    } catch (error) {
      // A letter without a folder, a share, a folder that may not be entered: there is no such thing to the Shell.
      if (error instanceof AutomationError && !(error.cause instanceof Deno.errors.NotCapable)) {
        return undefined;
      }
      throw error;
    }
  }

  #confirms(name: string): boolean {
    const { dialogs } = this.#state.host;
    const text = `There is already a "${name}" in this place. Replace it?`;
    return dialogs === undefined || dialogs.messageBox(text, YES_NO, "Confirm Replace") === YES;
  }
}

/** No windows. */
class ShellWindows extends AutomationClass implements IShellWindows {
  static {
    implementInterface(this, [IShellWindowsTable], { typeName: "IShellWindows" });
  }

  readonly Count = 0;

  Item(_index?: Variant): AutomationObject {
    return null as unknown as AutomationObject;
  }

  [Symbol.iterator](): Iterator<AutomationObject> {
    return [][Symbol.iterator]();
  }
}

function textOf(value: Variant): string {
  return value === undefined || value === null ? "" : toStringValue(value);
}

function noDesktop(what: string): AutomationError {
  return new AutomationError(
    0x800a01bd, // 445
    `Object doesn't support this action: ${what} is a command of Windows' desktop`,
  );
}

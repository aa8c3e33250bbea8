/** `FolderItem.GetLink`: a shortcut as the Shell has it. @module */
import { toStringValue } from "../../automation/coerce.ts";
import { AutomationClass, implementInterface } from "../../automation/interface.ts";
import type { Variant } from "../../automation/variant.ts";
import { hotkeyOf, hotkeyText, type WshShortcut } from "../shell/shortcut.ts";
import type { IShellLinkDual2 } from "../types.ts";
import { type Explorer, ShellItem } from "./folder.ts";
import { IShellLinkDual2Table } from "./tables.ts";

/** A shortcut; it is the one of WScript.Shell under other names. */
export class ShellLinkObject extends AutomationClass implements IShellLinkDual2 {
  static {
    implementInterface(this, [IShellLinkDual2Table], { typeName: "IShellLinkDual2" });
  }

  readonly #explorer: Explorer;
  readonly #shortcut: WshShortcut;

  constructor(explorer: Explorer, path: string) {
    super();
    this.#explorer = explorer;
    this.#shortcut = explorer.shortcut(path);
  }

  get Path(): string {
    return this.#shortcut.TargetPath;
  }
  set Path(path: string) {
    this.#shortcut.TargetPath = path;
  }

  get Description(): string {
    return this.#shortcut.Description;
  }
  set Description(text: string) {
    this.#shortcut.Description = text;
  }

  get WorkingDirectory(): string {
    return this.#shortcut.WorkingDirectory;
  }
  set WorkingDirectory(path: string) {
    this.#shortcut.WorkingDirectory = path;
  }

  get Arguments(): string {
    return this.#shortcut.Arguments;
  }
  set Arguments(text: string) {
    this.#shortcut.Arguments = text;
  }

  get Hotkey(): number {
    return hotkeyOf(this.#shortcut.Hotkey);
  }
  set Hotkey(code: number) {
    this.#shortcut.Hotkey = hotkeyText(code);
  }

  get ShowCommand(): number {
    return this.#shortcut.WindowStyle;
  }
  set ShowCommand(style: number) {
    this.#shortcut.WindowStyle = style;
  }

  Resolve(_flags: number): void {}

  GetIconLocation(_file?: Variant): number {
    return Number(/,(-?\d+)$/.exec(this.#shortcut.IconLocation)?.[1] ?? 0);
  }

  SetIconLocation(file: string, index: number): void {
    this.#shortcut.IconLocation = `${file},${index}`;
  }

  Save(where?: Variant): void {
    const path = where === undefined ? "" : toStringValue(where);
    if (path === "") return this.#shortcut.Save();
    const other = this.#explorer.shortcut(path);
    const { TargetPath, Description, WorkingDirectory, Arguments, Hotkey, WindowStyle, IconLocation } =
      this.#shortcut;
    Object.assign(other, {
      TargetPath,
      Description,
      WorkingDirectory,
      Arguments,
      Hotkey,
      WindowStyle,
      IconLocation,
    });
    other.Save();
  }

  get Target(): ShellItem {
    const place = this.#explorer.placeOfPath(this.Path);
    return (place === undefined ? null : new ShellItem(this.#explorer, place)) as ShellItem;
  }
}

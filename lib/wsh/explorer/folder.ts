/** Folders of the Shell, what lies in them, and what can be done with it. @module */
import { toLong, toStringValue } from "../../automation/coerce.ts";
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { AutomationClass, implementInterface } from "../../automation/interface.ts";
import { serialFromDate } from "../../automation/date_serial.ts";
import {
  type AutomationObject,
  makeDate,
  makeDouble,
  TypedNumber,
  type Variant,
} from "../../automation/variant.ts";
import { nameToNative } from "../../platform/drive_map.ts";
import { typeOfName } from "../scripting/files.ts";
import { joined, parentOf, type ScriptingHost } from "../scripting/host.ts";
import { isReadOnly } from "../scripting/transfer.ts";
import { fileName, hasWildcard, parentFolderName, wildcard } from "../scripting/windows_path.ts";
import { grouped, stampText } from "../shell/cmd/texts.ts";
import type { WshShortcut } from "../shell/shortcut.ts";
import type { Folder3, FolderItem2, FolderItems3, FolderItemVerb, FolderItemVerbs } from "../types.ts";
import {
  childrenOf,
  entryAt,
  folderOf,
  isInZip,
  nameOfPlace,
  nativeOf,
  parentOfPlace,
  pathOfPlace,
  type Place,
} from "./places.ts";
import { ShellLinkObject } from "./shell_link_object.ts";
import {
  Folder3Table,
  FolderItem2Table,
  FolderItems3Table,
  FolderItemVerbsTable,
  FolderItemVerbTable,
} from "./tables.ts";
import { type Collision, makeFolder, transfer } from "./transfer.ts";

/** What the Shell's objects share. */
export interface Explorer {
  readonly host: ScriptingHost;
  /** `Shell.Application` itself. */
  readonly application: AutomationObject;
  /** Whether a file is to be replaced. */
  confirms(name: string): boolean;
  /** Starts a program, or opens a document by the desktop, with arguments. */
  open(path: string, args: string): void;
  /** A shortcut file. */
  shortcut(path: string): WshShortcut;
  /** The place of a path; nothing if there is nothing. */
  placeOfPath(path: string): Place | undefined;
}

const OPTION = { rename: 8, noConfirmation: 16 } as const;

/** A folder or a zip file. */
export class ShellFolder extends AutomationClass implements Folder3 {
  static {
    implementInterface(this, [Folder3Table], { typeName: "Folder3" });
  }

  readonly #explorer: Explorer;
  readonly place: Place;
  ShowWebViewBarricade = false;
  readonly HaveToShowWebViewBarricade = false;
  readonly OfflineStatus = -1;

  constructor(explorer: Explorer, place: Place) {
    super();
    this.#explorer = explorer;
    this.place = place;
  }

  get Title(): string {
    return nameOfPlace(this.#explorer.host, this.place);
  }

  get Application(): AutomationObject {
    return this.#explorer.application;
  }

  get Parent(): AutomationObject {
    return this.#explorer.application;
  }

  /** `null` is Nothing. */
  get ParentFolder(): ShellFolder {
    const parent = parentOfPlace(this.#explorer.host, this.place);
    return (parent === undefined ? null : new ShellFolder(this.#explorer, parent)) as ShellFolder;
  }

  Items(): ShellItems {
    return new ShellItems(this.#explorer, this);
  }

  ParseName(name: string): ShellItem {
    const { host } = this.#explorer;
    const folded = name.replaceAll("/", "\\").replace(/\\$/, "").toLowerCase();
    let place: Place | undefined = this.place;
    for (const part of folded.split("\\")) {
      const folder: Place | undefined = place === undefined ? undefined : folderOf(host, place);
      place = folder &&
        childrenOf(host, folder).find((child) => nameOfPlace(host, child).toLowerCase() === part);
    }
    return (place === undefined || folded === "" ? null : new ShellItem(this.#explorer, place)) as ShellItem;
  }

  NewFolder(name: string, _options?: Variant): void {
    if (name === "" || /[\\/:*?"<>|]/.test(name)) {
      throw scriptError("invalidCall", `"${name}" is no name of a folder`);
    }
    makeFolder(this.#explorer.host, this.place, name);
  }

  CopyHere(item: Variant, options?: Variant): void {
    this.#bring(item, options, false);
  }

  MoveHere(item: Variant, options?: Variant): void {
    this.#bring(item, options, true);
  }

  #bring(item: Variant, options: Variant, moves: boolean): void {
    const flags = options === undefined ? 0 : toLong(options);
    const onCollision = (name: string): Collision => {
      if (flags & OPTION.rename) return "rename";
      return flags & OPTION.noConfirmation || this.#explorer.confirms(name) ? "replace" : "keep";
    };
    transfer(this.#explorer.host, this.#placesOf(item), this.place, { moves, onCollision });
  }

  #placesOf(item: Variant): readonly Place[] {
    if (item instanceof ShellItem) return [item.place];
    if (item instanceof ShellItems) return item.places();
    if (item instanceof ShellFolder) return [item.place];
    const path = toStringValue(item);
    const places = hasWildcard(path) ? this.#matching(path) : [this.#explorer.placeOfPath(path)];
    const found = places.filter((place) => place !== undefined);
    if (found.length > 0) return found;
    throw new AutomationError(53, `File not found: "${path}"`);
  }

  /** `C:\logs\*.txt` */
  #matching(path: string): readonly Place[] {
    const { host, placeOfPath } = this.#explorer;
    const folder = placeOfPath(parentFolderName(path));
    const pattern = wildcard(fileName(path));
    return folder === undefined
      ? []
      : childrenOf(host, folder).filter((place) => pattern.test(nameOfPlace(host, place)));
  }

  GetDetailsOf(item: Variant, column: number): string {
    if (!(item instanceof ShellItem)) return COLUMNS[column]?.[0] ?? "";
    return COLUMNS[column]?.[1](item) ?? "";
  }

  get Self(): ShellItem {
    return new ShellItem(this.#explorer, this.place);
  }

  Synchronize(): void {}

  DismissedWebViewBarricade(): void {}
}

/** Titles and texts of columns, as Explorer has them in the United States. */
const COLUMNS: readonly (readonly [title: string, text: (item: ShellItem) => string])[] = [
  ["Name", (item) => item.Name],
  ["Size", (item) => item.IsFolder && item.Size === 0 ? "" : `${grouped(Math.ceil(item.Size / 1024))} KB`],
  ["Item type", (item) => item.Type],
  ["Date modified", (item) => columnDate(item.ModifyDate)],
  ["Date created", (item) => columnDate(item.created)],
  ["Date accessed", (item) => columnDate(item.accessed)],
  ["Attributes", (item) => item.attributes],
];

function columnDate(date: Date): string {
  return stampText(date, " ").replaceAll(/(^|[/ ])0/g, "$1");
}

/** A file, a folder, or what a zip file has of them. */
export class ShellItem extends AutomationClass implements FolderItem2 {
  static {
    implementInterface(this, [FolderItem2Table], { typeName: "FolderItem2" });
  }

  readonly #explorer: Explorer;
  readonly IsBrowsable = false;

  constructor(explorer: Explorer, public place: Place) {
    super();
    this.#explorer = explorer;
  }

  get Application(): AutomationObject {
    return this.#explorer.application;
  }

  get Parent(): AutomationObject {
    const parent = parentOfPlace(this.#explorer.host, this.place);
    return (parent === undefined ? null : new ShellFolder(this.#explorer, parent)) as AutomationObject;
  }

  get Name(): string {
    return nameOfPlace(this.#explorer.host, this.place);
  }

  set Name(name: string) {
    const { host } = this.#explorer;
    if (this.place.kind !== "file") throw notInFileSystem("renamed", this.Name);
    if (name === "" || /[\\/:*?"<>|]/.test(name)) {
      throw scriptError("invalidCall", `"${name}" is no name of a file or folder`);
    }
    const native = joined(parentOf(this.place.native), nameToNative(name));
    if (native !== this.place.native && host.find(native) !== undefined && name !== this.Name) {
      throw new AutomationError(58, `File already exists: ${host.quoted(native)}`);
    }
    const from = this.place.native;
    host.attempt(from, () => Deno.renameSync(from, native));
    this.place = { kind: "file", native };
  }

  get Path(): string {
    return pathOfPlace(this.#explorer.host, this.place);
  }

  get GetLink(): ShellLinkObject {
    if (this.IsLink) return new ShellLinkObject(this.#explorer, this.Path);
    throw new AutomationError(0x80004001, `Not implemented: "${this.Name}" is no shortcut`);
  }

  get GetFolder(): ShellFolder {
    const folder = folderOf(this.#explorer.host, this.place);
    if (folder !== undefined) return new ShellFolder(this.#explorer, folder);
    throw new AutomationError(0x80004005, `Unspecified error: "${this.Name}" is no folder`);
  }

  get IsLink(): boolean {
    return this.place.kind === "file" && /\.lnk$/i.test(this.place.native);
  }

  get IsFolder(): boolean {
    return folderOf(this.#explorer.host, this.place) !== undefined;
  }

  get IsFileSystem(): boolean {
    return this.place.kind !== "shown" && !isInZip(this.place);
  }

  get ModifyDate(): Date {
    return this.#times.mtime;
  }

  set ModifyDate(date: Date) {
    if (this.place.kind !== "file") throw notInFileSystem("dated", this.Name);
    const { native } = this.place;
    this.#explorer.host.attempt(native, () => Deno.utimeSync(native, this.#times.atime, date));
  }

  /** When it was made. */
  get created(): Date {
    return this.#times.birthtime;
  }

  /** When it was read last. */
  get accessed(): Date {
    return this.#times.atime;
  }

  /** The letters of its attributes. */
  get attributes(): string {
    if (this.place.kind !== "file") return "";
    const info = this.#explorer.host.find(this.place.native);
    if (info === undefined) return "";
    return `${isReadOnly(info) ? "R" : ""}${this.Name.startsWith(".") ? "H" : ""}${
      info.isDirectory ? "D" : "A"
    }`;
  }

  get #times(): { mtime: Date; atime: Date; birthtime: Date } {
    const { host } = this.#explorer;
    const { place } = this;
    const epoch = new Date(0);
    if (place.kind === "shown") return { mtime: epoch, atime: epoch, birthtime: epoch };
    if (isInZip(place)) {
      const mtime = entryAt(host, place)?.modified ?? epoch;
      return { mtime, atime: mtime, birthtime: mtime };
    }
    const info = host.find(nativeOf(place));
    if (info === undefined) throw host.missing(nativeOf(place));
    const mtime = info.mtime ?? epoch;
    return { mtime, atime: info.atime ?? mtime, birthtime: info.birthtime ?? mtime };
  }

  get Size(): number {
    const { host } = this.#explorer;
    const { place } = this;
    if (place.kind === "shown") return 0;
    if (isInZip(place)) return entryAt(host, place)?.sizeBytes ?? 0;
    host.resources.flush();
    const info = host.find(nativeOf(place));
    return info === undefined || info.isDirectory ? 0 : info.size;
  }

  get Type(): string {
    const { place } = this;
    if (place.kind === "shown") return "System Folder";
    const isFolder = isInZip(place)
      ? this.IsFolder
      : this.#explorer.host.find(nativeOf(place))?.isDirectory ?? false;
    return isFolder ? "File folder" : typeOfName(this.Name);
  }

  Verbs(): ShellVerbs {
    return new ShellVerbs(this.#explorer, this, () => this.InvokeVerb());
  }

  InvokeVerb(verb?: Variant): void {
    this.InvokeVerbEx(verb);
  }

  InvokeVerbEx(verb?: Variant, args?: Variant): void {
    requireOpen(verb, this.Name);
    if (isInZip(this.place)) throw notInFileSystem("opened", this.Name);
    this.#explorer.open(this.Path, args === undefined ? "" : toStringValue(args));
  }

  ExtendedProperty(name: string): Variant {
    switch (name.replace(/^system\./i, "").toLowerCase()) {
      case "name":
      case "filename":
      case "itemname":
      case "itemnamedisplay":
        return this.Name;
      case "size":
        return makeDouble(this.Size);
      case "itemtypetext":
      case "type":
        return this.Type;
      case "itempathdisplay":
      case "path":
        return this.Path;
      case "datemodified":
      case "write":
        return makeDate(serialFromDate(this.ModifyDate));
      case "datecreated":
      case "create":
        return makeDate(serialFromDate(this.created));
      case "dateaccessed":
      case "access":
        return makeDate(serialFromDate(this.accessed));
    }
    return undefined;
  }
}

/** The one verb that there is here. */
function requireOpen(verb: Variant, name: string): void {
  const wanted = verb === undefined ? "" : toStringValue(verb).replaceAll("&", "").toLowerCase();
  if (wanted === "" || wanted === "open") return;
  throw new AutomationError(
    0x800a01bd, // 445
    `Object doesn't support this action: "${wanted}" of "${name}" is a command of Windows' desktop; there is "open"`,
  );
}

function notInFileSystem(what: string, name: string): AutomationError {
  return new AutomationError(
    70,
    `Permission denied: "${name}" cannot be ${what} where it is; copy it to a folder`,
  );
}

/** Bits of Filter (SHCONTF). */
const SHOWN = { folders: 0x20, files: 0x40, hidden: 0x80 } as const;

/** What lies in a folder. */
export class ShellItems extends AutomationClass implements FolderItems3 {
  static {
    implementInterface(this, [FolderItems3Table], { typeName: "FolderItems3" });
  }

  readonly #explorer: Explorer;
  readonly #folder: ShellFolder;
  #flags: number = SHOWN.folders | SHOWN.files;
  #patterns: readonly RegExp[] = [];

  constructor(explorer: Explorer, folder: ShellFolder) {
    super();
    this.#explorer = explorer;
    this.#folder = folder;
  }

  /** Where they lie now: those who wait until a copy is done count them again and again. */
  places(): readonly Place[] {
    const { host } = this.#explorer;
    return childrenOf(host, this.#folder.place).filter((place) => {
      const name = nameOfPlace(host, place);
      if (name.startsWith(".") && !(this.#flags & SHOWN.hidden)) return false;
      if (this.#patterns.length > 0 && !this.#patterns.some((pattern) => pattern.test(name))) return false;
      const both = SHOWN.folders | SHOWN.files;
      if ((this.#flags & both) === both) return true;
      return (this.#flags & (folderOf(host, place) === undefined ? SHOWN.files : SHOWN.folders)) !== 0;
    });
  }

  get Count(): number {
    return this.places().length;
  }

  get Application(): AutomationObject {
    return this.#explorer.application;
  }

  get Parent(): AutomationObject {
    return this.#explorer.application;
  }

  Item(index?: Variant): ShellItem {
    if (index === undefined) return this.#folder.Self;
    if (!isNumeric(index)) return this.#folder.ParseName(toStringValue(index));
    const place = this.places()[toLong(index)];
    return (place === undefined ? null : new ShellItem(this.#explorer, place)) as ShellItem;
  }

  InvokeVerbEx(verb?: Variant, args?: Variant): void {
    for (const item of this) item.InvokeVerbEx(verb, args);
  }

  Filter(flags: number, specification: string): void {
    this.#flags = flags;
    this.#patterns = specification.split(";").map((text) => text.trim()).filter((text) => text !== "").map(
      wildcard,
    );
  }

  get Verbs(): ShellVerbs {
    return new ShellVerbs(this.#explorer, this, () => this.InvokeVerbEx());
  }

  *[Symbol.iterator](): Generator<ShellItem> {
    for (const place of this.places()) yield new ShellItem(this.#explorer, place);
  }
}

/** What can be done with an item: it can be opened. */
class ShellVerbs extends AutomationClass implements FolderItemVerbs {
  static {
    implementInterface(this, [FolderItemVerbsTable], { typeName: "FolderItemVerbs" });
  }

  readonly #verbs: readonly ShellVerb[];
  readonly Application: AutomationObject;
  readonly Parent: AutomationObject;

  constructor({ application }: Explorer, parent: AutomationObject, open: () => void) {
    super();
    this.Application = application;
    this.Parent = parent;
    this.#verbs = [new ShellVerb(application, parent, "&Open", open)];
  }

  get Count(): number {
    return this.#verbs.length;
  }

  Item(index?: Variant): ShellVerb {
    return (this.#verbs[index === undefined ? 0 : toLong(index)] ?? null) as ShellVerb;
  }

  [Symbol.iterator](): Iterator<ShellVerb> {
    return this.#verbs[Symbol.iterator]();
  }
}

class ShellVerb extends AutomationClass implements FolderItemVerb {
  static {
    implementInterface(this, [FolderItemVerbTable], { typeName: "FolderItemVerb" });
  }

  readonly #run: () => void;

  constructor(
    readonly Application: AutomationObject,
    readonly Parent: AutomationObject,
    readonly Name: string,
    run: () => void,
  ) {
    super();
    this.#run = run;
  }

  DoIt(): void {
    this.#run();
  }
}

/** Whether a value counts: a place in a list, or a special folder. */
export function isNumeric(value: Variant): boolean {
  return typeof value === "number" || value instanceof TypedNumber;
}

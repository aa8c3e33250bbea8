/**
 * Files and folders of the host in the tree of an image. There may be a million of them: what is known of each lies in
 * arrays, and its path, dates and content are made when they are asked for. Whatever is assigned stays.
 *
 * @module
 */
import type { EntryList, FileContent, ImageDirectory, ImageFile, ImageSymlink } from "../image/mod.ts";
import { HostFileContent } from "./file_content.ts";

/** What is known of a file or folder. */
export interface HostFacts {
  readonly sizeBytes: number;
  /** In milliseconds since 1970; NaN where it is not known. */
  readonly modifiedMs: number;
  readonly createdMs: number;
  /** Undefined where owners and permissions are not taken. */
  readonly mode: number | undefined;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

/** Rows of the arrays of one piece. */
const ROWS = 1024;
/** The numbers of a row: as fields of an object, each of them would be an object of its own. */
const COLUMN = { sizeBytes: 0, modifiedMs: 1, createdMs: 2 } as const;
const COLUMNS = 3;
const OWNER_COLUMN = { mode: 0, uid: 1, gid: 2 } as const;
const OWNER_COLUMNS = 3;
const UNKNOWN = 0xffff_ffff; // no owner: POSIX has no such one, either

type DateColumn = "modifiedMs" | "createdMs";
type OwnerColumn = keyof typeof OWNER_COLUMN;

/** The facts of what is in one tree, a row for each, and makes the files and folders. */
export class HostTree {
  readonly #numbers: Float64Array[] = [];
  /** There are none until an owner or permissions are known. */
  readonly #owners: (Uint32Array | undefined)[] = [];
  readonly #linkKeys = new Map<number, string>();
  #rowCount = 0;

  /** The row that {@linkcode add} fills next. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** Adds a row and returns its number; without facts, it is of something that keeps its own. */
  add(facts?: HostFacts): number {
    const row = this.#rowCount++;
    if (row % ROWS === 0) this.#numbers.push(new Float64Array(ROWS * COLUMNS));
    if (facts === undefined) return row;
    const { sizeBytes, modifiedMs, createdMs, mode, uid, gid } = facts;
    this.#setNumber(row, "sizeBytes", sizeBytes);
    this.#setNumber(row, "modifiedMs", modifiedMs);
    this.#setNumber(row, "createdMs", createdMs);
    if (mode !== undefined) this.setOwner(row, "mode", mode);
    if (uid !== undefined) this.setOwner(row, "uid", uid);
    if (gid !== undefined) this.setOwner(row, "gid", gid);
    return row;
  }

  /** A folder with nothing in it so far, which takes the next row; `folder` is the path before its name. */
  folder(folder: string, name: string, facts: HostFacts): HostFolder {
    return new HostFolder(folder, name, this, this.add(facts));
  }

  /** A file whose row is there. */
  file(folder: string, name: string, row: number): ImageFile {
    return new HostFile(folder, name, this, row);
  }

  sizeBytes(row: number): number {
    return this.#numberOf(row, "sizeBytes");
  }

  date(row: number, column: DateColumn): Date | undefined {
    const ms = this.#numberOf(row, column);
    return Number.isNaN(ms) ? undefined : new Date(ms);
  }

  setDate(row: number, column: DateColumn, date: Date | undefined): void {
    this.#setNumber(row, column, date?.getTime() ?? NaN);
  }

  owner(row: number, column: OwnerColumn): number | undefined {
    const owners = this.#owners[Math.floor(row / ROWS)];
    const value = owners?.[row % ROWS * OWNER_COLUMNS + OWNER_COLUMN[column]] ?? UNKNOWN;
    return value === UNKNOWN ? undefined : value;
  }

  setOwner(row: number, column: OwnerColumn, value: number | undefined): void {
    const piece = Math.floor(row / ROWS);
    const owners = this.#owners[piece] ??= new Uint32Array(ROWS * OWNER_COLUMNS).fill(UNKNOWN);
    owners[row % ROWS * OWNER_COLUMNS + OWNER_COLUMN[column]] = value ?? UNKNOWN;
  }

  linkKey(row: number): string | undefined {
    return this.#linkKeys.get(row);
  }

  setLinkKey(row: number, key: string | undefined): void {
    if (key === undefined) this.#linkKeys.delete(row);
    else this.#linkKeys.set(row, key);
  }

  #numberOf(row: number, column: keyof typeof COLUMN): number {
    return this.#numbers[Math.floor(row / ROWS)]![row % ROWS * COLUMNS + COLUMN[column]]!;
  }

  #setNumber(row: number, column: keyof typeof COLUMN, value: number): void {
    this.#numbers[Math.floor(row / ROWS)]![row % ROWS * COLUMNS + COLUMN[column]] = value;
  }
}

/** What files and folders have in common. */
class HostNode {
  declare accessed?: Date | undefined;
  declare hidden?: boolean;
  readonly #folder: string;
  #name: string;

  constructor(
    folder: string,
    name: string,
    protected readonly tree: HostTree,
    protected readonly row: number,
  ) {
    this.#folder = folder;
    this.#name = name;
  }

  get name(): string {
    return this.#name;
  }
  set name(name: string) {
    fix(this, "path", this.path);
    this.#name = name;
  }

  /** Where it came from. */
  get path(): string {
    return this.#folder + this.#name;
  }

  get modified(): Date | undefined {
    return this.tree.date(this.row, "modifiedMs");
  }
  set modified(date: Date | undefined) {
    this.tree.setDate(this.row, "modifiedMs", date);
  }

  get created(): Date | undefined {
    return this.tree.date(this.row, "createdMs");
  }
  set created(date: Date | undefined) {
    this.tree.setDate(this.row, "createdMs", date);
  }

  get mode(): number | undefined {
    return this.tree.owner(this.row, "mode");
  }
  set mode(mode: number | undefined) {
    this.tree.setOwner(this.row, "mode", mode);
  }

  get uid(): number | undefined {
    return this.tree.owner(this.row, "uid");
  }
  set uid(uid: number | undefined) {
    this.tree.setOwner(this.row, "uid", uid);
  }

  get gid(): number | undefined {
    return this.tree.owner(this.row, "gid");
  }
  set gid(gid: number | undefined) {
    this.tree.setOwner(this.row, "gid", gid);
  }
}

/** Gives one object a property of its own in the place of its class's getter: those that need one are few. */
function fix<K extends string>(node: { readonly [key in K]: unknown }, key: K, value: unknown): void {
  Object.defineProperty(node, key, { value, configurable: true, enumerable: true, writable: true });
}

class HostFile extends HostNode implements ImageFile {
  declare contentKey?: string;
  declare weight?: number;

  get kind(): "file" {
    return "file";
  }

  get linkKey(): string | undefined {
    return this.tree.linkKey(this.row);
  }
  set linkKey(key: string | undefined) {
    this.tree.setLinkKey(this.row, key);
  }

  get content(): FileContent {
    return new HostFileContent(this.path, this.tree.sizeBytes(this.row));
  }
  set content(content: FileContent) {
    fix(this, "content", content);
  }
}

type Folder = ImageDirectory<ImageSymlink>;
type Entry = ImageFile | Folder | ImageSymlink;

/** What is in a folder: the names of files, which are made when they are asked for, and all else as it is. */
class HostList implements EntryList<Entry> {
  readonly #folder: string;
  readonly #tree: HostTree;
  readonly #items: readonly (string | Entry)[];
  /** Of the first item; each has one. */
  readonly #firstRow: number;

  constructor(folder: string, tree: HostTree, items: readonly (string | Entry)[], firstRow: number) {
    this.#folder = folder;
    this.#tree = tree;
    this.#items = items;
    this.#firstRow = firstRow;
  }

  get length(): number {
    return this.#items.length;
  }

  at(index: number): Entry | undefined {
    const item = this.#items[index];
    return typeof item === "string" ? this.#tree.file(this.#folder, item, this.#firstRow + index) : item;
  }
}

/** A folder; the map of what is in it is made when somebody asks for it. */
export class HostFolder extends HostNode implements Folder {
  /** Until there is the map. */
  #list: EntryList<Entry> | undefined = NOTHING;
  #children: Folder["children"] | undefined;

  get kind(): "directory" {
    return "directory";
  }

  get children(): Folder["children"] {
    if (this.#children === undefined) {
      const list = this.#list!;
      const entries = Array.from({ length: list.length }, (_, index) => list.at(index)!);
      this.children = new Map(entries.map((entry) => [entry.name, entry]));
    }
    return this.#children!;
  }
  set children(children: Folder["children"]) {
    this.#children = children;
    this.#list = undefined;
  }

  entries(): EntryList<Entry> | undefined {
    return this.#list;
  }

  /** What is in it, by name, while there is nothing: names of files, or entries; each has a row, from `firstRow` on. */
  fill(folder: string, items: readonly (string | Entry)[], firstRow: number): void {
    this.#list = new HostList(folder, this.tree, items, firstRow);
  }
}

const NOTHING: readonly Entry[] = [];

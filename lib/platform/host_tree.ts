/**
 * Files and folders of the host in the tree of an image. There may be a million of them: what is known of each lies in
 * arrays, and its path, dates and content are made when they are asked for. Whatever is assigned stays.
 *
 * @module
 */
import type { FileContent, ImageDirectory, ImageFile, ImageSymlink } from "../image/mod.ts";
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

const ROWS = 1024;
/** The numbers of a row: as fields of an object, each of them would be an object of its own. */
const COLUMN = { sizeBytes: 0, modifiedMs: 1, createdMs: 2 } as const;
const COLUMNS = 3;
const OWNER_COLUMN = { mode: 0, uid: 1, gid: 2 } as const;
const OWNER_COLUMNS = 3;
const UNKNOWN = 0xffff_ffff; // no owner: POSIX has no such one, either

/** The facts of many files and folders, a row for each. */
class FactTable {
  readonly #numbers = new Float64Array(ROWS * COLUMNS);
  /** There is none until an owner or permissions are known. */
  #owners: Uint32Array | undefined;
  #rowCount = 0;

  get isFull(): boolean {
    return this.#rowCount === ROWS;
  }

  /** Returns the number of the row. */
  add({ sizeBytes, modifiedMs, createdMs, mode, uid, gid }: HostFacts): number {
    const row = this.#rowCount++;
    this.#numbers[row * COLUMNS + COLUMN.sizeBytes] = sizeBytes;
    this.#numbers[row * COLUMNS + COLUMN.modifiedMs] = modifiedMs;
    this.#numbers[row * COLUMNS + COLUMN.createdMs] = createdMs;
    if (mode !== undefined) this.setOwner(row, "mode", mode);
    if (uid !== undefined) this.setOwner(row, "uid", uid);
    if (gid !== undefined) this.setOwner(row, "gid", gid);
    return row;
  }

  sizeBytes(row: number): number {
    return this.#numbers[row * COLUMNS + COLUMN.sizeBytes]!;
  }

  date(row: number, column: "modifiedMs" | "createdMs"): Date | undefined {
    const ms = this.#numbers[row * COLUMNS + COLUMN[column]]!;
    return Number.isNaN(ms) ? undefined : new Date(ms);
  }

  setDate(row: number, column: "modifiedMs" | "createdMs", date: Date | undefined): void {
    this.#numbers[row * COLUMNS + COLUMN[column]] = date?.getTime() ?? NaN;
  }

  owner(row: number, column: keyof typeof OWNER_COLUMN): number | undefined {
    const value = this.#owners?.[row * OWNER_COLUMNS + OWNER_COLUMN[column]] ?? UNKNOWN;
    return value === UNKNOWN ? undefined : value;
  }

  setOwner(row: number, column: keyof typeof OWNER_COLUMN, value: number | undefined): void {
    this.#owners ??= new Uint32Array(ROWS * OWNER_COLUMNS).fill(UNKNOWN);
    this.#owners[row * OWNER_COLUMNS + OWNER_COLUMN[column]] = value ?? UNKNOWN;
  }
}

/** Makes the files and folders of one tree. */
export class HostTree {
  #table = new FactTable();

  /** A file; `folder` is the path of its folder with what parts it from the name. */
  file(folder: string, name: string, facts: HostFacts): ImageFile {
    return new HostFile(folder, name, this.#tableWithRoom, facts);
  }

  /** A folder with nothing in it so far. */
  folder(folder: string, name: string, facts: HostFacts): HostFolder {
    return new HostFolder(folder, name, this.#tableWithRoom, facts);
  }

  get #tableWithRoom(): FactTable {
    if (this.#table.isFull) this.#table = new FactTable();
    return this.#table;
  }
}

/** What files and folders have in common. */
class HostNode {
  declare accessed?: Date | undefined;
  declare hidden?: boolean;
  readonly #folder: string;
  #name: string;
  protected readonly table: FactTable;
  protected readonly row: number;

  constructor(folder: string, name: string, table: FactTable, facts: HostFacts) {
    this.#folder = folder;
    this.#name = name;
    this.table = table;
    this.row = table.add(facts);
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
    return this.table.date(this.row, "modifiedMs");
  }
  set modified(date: Date | undefined) {
    this.table.setDate(this.row, "modifiedMs", date);
  }

  get created(): Date | undefined {
    return this.table.date(this.row, "createdMs");
  }
  set created(date: Date | undefined) {
    this.table.setDate(this.row, "createdMs", date);
  }

  get mode(): number | undefined {
    return this.table.owner(this.row, "mode");
  }
  set mode(mode: number | undefined) {
    this.table.setOwner(this.row, "mode", mode);
  }

  get uid(): number | undefined {
    return this.table.owner(this.row, "uid");
  }
  set uid(uid: number | undefined) {
    this.table.setOwner(this.row, "uid", uid);
  }

  get gid(): number | undefined {
    return this.table.owner(this.row, "gid");
  }
  set gid(gid: number | undefined) {
    this.table.setOwner(this.row, "gid", gid);
  }
}

/** Gives one object a property of its own in the place of its class's getter: those that need one are few. */
function fix<K extends string>(node: { readonly [key in K]: unknown }, key: K, value: unknown): void {
  Object.defineProperty(node, key, { value, configurable: true, enumerable: true, writable: true });
}

class HostFile extends HostNode implements ImageFile {
  declare linkKey?: string;
  declare contentKey?: string;
  declare weight?: number;

  get kind(): "file" {
    return "file";
  }

  get content(): FileContent {
    return new HostFileContent(this.path, this.table.sizeBytes(this.row));
  }
  set content(content: FileContent) {
    fix(this, "content", content);
  }
}

type Folder = ImageDirectory<ImageSymlink>;
type Entry = ImageFile | Folder | ImageSymlink;

/** A folder; the map of what is in it is made when somebody asks for it. */
export class HostFolder extends HostNode implements Folder {
  /** Until there is the map. */
  #list: Entry[] | undefined;
  #children: Folder["children"] | undefined;

  get kind(): "directory" {
    return "directory";
  }

  get children(): Folder["children"] {
    if (this.#children === undefined) {
      this.#children = new Map(this.#list?.map((entry) => [entry.name, entry]));
      this.#list = undefined;
    }
    return this.#children;
  }
  set children(children: Folder["children"]) {
    this.#children = children;
    this.#list = undefined;
  }

  entries(): Iterable<Entry> {
    return this.#children?.values() ?? this.#list ?? NOTHING;
  }

  /** What is in it, while there is nothing. */
  fill(entries: Entry[]): void {
    this.#list = entries;
  }
}

const NOTHING: readonly Entry[] = [];

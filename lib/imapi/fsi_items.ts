/** IFsiItem, IFsiFileItem and IFsiDirectoryItem: the files and directories of an image. @module */
import { dateFromSerial } from "../automation/date_serial.ts";
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import type { ByteStream } from "../automation/stream.ts";
import { createDirectory, type ImageDirectory, type ImageFile } from "../image/mod.ts";
import { findChild, type ImageNode, type ImageTree, splitPath, walk } from "./_image_tree.ts";
import { imapiError } from "./hresult.ts";
import { StreamContent, streamOf } from "./image_stream.ts";
import type { IFsiDirectoryItem, IFsiFileItem, IFsiItem } from "./types.ts";

/** IFsiItem as data. */
// deno-fmt-ignore -- a table: one row a member
export const IFsiItemTable = defineInterface("IFsiItem", "{2C941FD9-975B-59BE-A960-9A2A262853A5}", {
  Name: { dispid: 11, get: "BSTR", doc: "The name, without the path." },
  FullPath: { dispid: 12, get: "BSTR", doc: "The path from the root, with the name." },
  CreationTime: { dispid: 13, get: "DATE", put: "DATE", doc: "When it was created." },
  LastAccessedTime: { dispid: 14, get: "DATE", put: "DATE", doc: "When it was last read." },
  LastModifiedTime: { dispid: 15, get: "DATE", put: "DATE", doc: "When it was last changed." },
  IsHidden: { dispid: 16, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether systems hide it from listings." },
  FileSystemName: { dispid: 17, method: "BSTR", params: [["fileSystem", "LONG"]], doc: "The name that it gets in one file system (FsiFileSystems)." },
  FileSystemPath: { dispid: 18, method: "BSTR", params: [["fileSystem", "LONG"]], doc: "The path that it gets in one file system (FsiFileSystems)." },
}, { doc: "A file or a directory of an image." });

/** IFsiFileItem as data. */
// deno-fmt-ignore -- a table: one row a member
export const IFsiFileItemTable = defineInterface("IFsiFileItem", "{2C941FDB-975B-59BE-A960-9A2A262853A5}", {
  DataSize: { dispid: 41, get: "LONGLONG", doc: "The size in bytes." },
  DataSize32BitLow: { dispid: 42, get: "LONG", doc: "The lower 32 bits of the size in bytes, as a signed number." },
  DataSize32BitHigh: { dispid: 43, get: "LONG", doc: "The upper 32 bits of the size in bytes." },
  Data: { dispid: 44, get: "IStream*", put: "IStream*", doc: "The content." },
}, { doc: "A file of an image.", inherits: "IFsiItem" });

/** IFsiDirectoryItem as data. */
// deno-fmt-ignore -- a table: one row a member
export const IFsiDirectoryItemTable = defineInterface("IFsiDirectoryItem", "{2C941FDC-975B-59BE-A960-9A2A262853A5}", {
  _NewEnum: { dispid: -4, get: "IUnknown*", element: "IFsiItem*", doc: "The files and directories that lie directly in it." },
  Item: { dispid: 0, get: "IFsiItem*", params: [["path", "BSTR"]], doc: "The file or directory at a path that is relative to this directory." },
  Count: { dispid: 1, get: "LONG", doc: "How many files and directories lie directly in it." },
  AddDirectory: { dispid: 30, method: "void", params: [["path", "BSTR"]], doc: "Adds an empty directory." },
  AddFile: { dispid: 31, method: "void", params: [["path", "BSTR"], ["fileData", "IStream*"]], doc: "Adds a file whose content is a stream." },
  AddTree: { dispid: 32, method: "void", params: [["sourceDirectory", "BSTR"], ["includeBaseDirectory", "VARIANT_BOOL"]], doc: "Adds what a directory of the system holds, within a directory of that name if so asked." },
  Add: { dispid: 33, method: "void", params: [["item", "IFsiItem*"]], doc: "Adds what CreateFileItem or CreateDirectoryItem made." },
  Remove: { dispid: 34, method: "void", params: [["path", "BSTR"]], doc: "Removes a file or an empty directory." },
  RemoveTree: { dispid: 35, method: "void", params: [["path", "BSTR"]], doc: "Removes a directory with all that it holds." },
}, { doc: "A directory of an image, as a collection of what lies in it.", inherits: "IFsiItem" });

/** What the items of one image share: the image, as they need it. */
export interface ItemHost {
  readonly tree: ImageTree;
  now(): Date;
  /** Lists a directory that a script names, and says what its own name is ("" for a whole drive). */
  readTree(sourceDirectory: string): { tree: ImageDirectory; baseName: string };
  /** The name that a child of a directory has in one file system. */
  identifierOf(fileSystem: number, directory: ImageDirectory, node: ImageNode): string;
  /** Whether the file system is one that the image is made with; throws IMAPI_E_INVALID_PARAM if not. */
  requireFileSystem(fileSystem: number): void;
  /** Throws IMAPI_E_IMAGE_SIZE_LIMIT when the image has become larger than its limit. */
  requireFits(action: string): void;
}

/** Date 0 of automation: what a time is that nobody has set. */
const NO_TIME = (): Date => dateFromSerial(0);

/** What files and directories have in common. */
export abstract class FsiItem extends AutomationClass implements IFsiItem {
  /** The node in the tree, or one that may be put there. */
  abstract readonly node: ImageNode;
  readonly host: ItemHost;
  /** The directory in which it was met last; it may have been removed from there since. */
  parent: FsiDirectoryItem | undefined;

  constructor(host: ItemHost, parent: FsiDirectoryItem | undefined) {
    super();
    this.host = host;
    this.parent = parent;
  }

  get Name(): string {
    return this.node.name;
  }

  get FullPath(): string {
    if (this.node === this.host.tree.root) return "";
    return `${this.attachedTo?.FullPath ?? ""}\\${this.node.name}`;
  }

  get CreationTime(): Date {
    return this.node.created ?? NO_TIME();
  }
  set CreationTime(newVal: Date) {
    this.#set("created", newVal);
  }

  get LastAccessedTime(): Date {
    return this.node.accessed ?? NO_TIME();
  }
  set LastAccessedTime(newVal: Date) {
    this.#set("accessed", newVal);
  }

  get LastModifiedTime(): Date {
    return this.node.modified ?? NO_TIME();
  }
  set LastModifiedTime(newVal: Date) {
    this.#set("modified", newVal);
  }

  get IsHidden(): boolean {
    return this.node.hidden ?? false;
  }
  set IsHidden(newVal: boolean) {
    this.#set("hidden", newVal);
  }

  FileSystemName(fileSystem: number): string {
    this.host.requireFileSystem(fileSystem);
    const directory = this.attachedTo;
    return directory === undefined ? "" : this.host.identifierOf(fileSystem, directory.node, this.node);
  }

  FileSystemPath(fileSystem: number): string {
    const name = this.FileSystemName(fileSystem);
    return name === "" ? "" : `${this.attachedTo?.FileSystemPath(fileSystem) ?? ""}\\${name}`;
  }

  /** The directory that holds it now. */
  get attachedTo(): FsiDirectoryItem | undefined {
    const { parent, node } = this;
    return parent !== undefined && parent.node.children.get(node.name) === node ? parent : undefined;
  }

  /** Whether it is part of the image. */
  get isInImage(): boolean {
    return this.node === this.host.tree.root || (this.attachedTo?.isInImage ?? false);
  }

  #set<K extends "created" | "accessed" | "modified" | "hidden">(
    key: K,
    value: NonNullable<ImageNode[K]>,
  ): void {
    const { node } = this;
    const change = (): () => void => {
      const before = node[key];
      node[key] = value;
      return () => {
        if (before === undefined) delete node[key];
        else node[key] = before;
      };
    };
    if (this.isInImage) this.host.tree.apply(change);
    else change();
  }
}

/** A file of an image. */
export class FsiFileItem extends FsiItem implements IFsiFileItem {
  readonly node: ImageFile;

  constructor(host: ItemHost, node: ImageFile, parent?: FsiDirectoryItem) {
    super(host, parent);
    this.node = node;
  }

  get DataSize(): number {
    return this.node.content.sizeBytes;
  }

  get DataSize32BitLow(): number {
    return this.DataSize | 0;
  }

  get DataSize32BitHigh(): number {
    return Math.floor(this.DataSize / 2 ** 32);
  }

  get Data(): ByteStream {
    return streamOf(this.node.content);
  }
  set Data(newVal: ByteStream) {
    if (this.isInImage) {
      throw imapiError(
        "IMAPI_E_READONLY",
        `Cannot set the data of "${this.FullPath}": the file is in the image already; remove it and add another one`,
      );
    }
    this.node.content = new StreamContent(newVal);
  }
}

/** A directory of an image. */
export class FsiDirectoryItem extends FsiItem implements IFsiDirectoryItem {
  readonly node: ImageDirectory;

  constructor(host: ItemHost, node: ImageDirectory, parent?: FsiDirectoryItem) {
    super(host, parent);
    this.node = node;
  }

  get Count(): number {
    return this.node.children.size;
  }

  /** Items of the children, sorted by name, as they were when the enumeration began. */
  *[Symbol.iterator](): Generator<FsiItem> {
    const nodes = [...this.node.children.values()];
    nodes.sort((a, b) => a.name < b.name ? -1 : 1);
    for (const node of nodes) yield itemOf(this, node);
  }

  Item(path: string): FsiItem {
    const item = this.find(splitPath("get an item", path));
    if (item !== undefined) return item;
    throw imapiError(
      "IMAPI_E_ITEM_NOT_FOUND",
      `Cannot get the item "${path}": there is none in "${this.FullPath}\\"`,
    );
  }

  AddDirectory(path: string): void {
    const action = `add the directory "${path}"`;
    const { directory, name } = this.#place(action, path);
    const now = this.host.now();
    directory.#insert(action, createDirectory(name, { created: now, modified: now, accessed: now }));
  }

  AddFile(path: string, fileData: ByteStream): void {
    const action = `add the file "${path}"`;
    const { directory, name } = this.#place(action, path);
    const now = this.host.now();
    const content = new StreamContent(fileData);
    directory.#insert(action, { kind: "file", name, content, created: now, modified: now, accessed: now });
  }

  AddTree(sourceDirectory: string, includeBaseDirectory: boolean): void {
    const action = `add the tree "${sourceDirectory}"`;
    this.#requireInImage(action);
    if (sourceDirectory === "") {
      throw imapiError("IMAPI_E_INVALID_PARAM", `Cannot ${action}: the path is empty; name a directory`);
    }
    const { tree, baseName } = this.host.readTree(sourceDirectory);
    let source = tree;
    if (includeBaseDirectory && baseName !== "") {
      source = createDirectory();
      tree.name = baseName;
      source.children.set(baseName, tree);
    }
    this.#check(action, source);
    this.#change(action, () => this.host.tree.merge(this.node, source));
  }

  Add(item: IFsiItem): void {
    if (!(item instanceof FsiItem) || item.host !== this.host) {
      throw imapiError(
        "IMAPI_E_INVALID_PARAM",
        "Cannot add the item: it is of another image; create it with CreateFileItem or CreateDirectoryItem of this one",
      );
    }
    const action = `add the item "${item.Name}"`;
    if (item.isInImage) {
      throw imapiError(
        "IMAPI_E_DUP_NAME",
        `Cannot ${action}: it is in the image already, at "${item.FullPath}"`,
      );
    }
    this.#insert(action, item.node);
    item.parent = this;
    items.set(item.node, item);
  }

  Remove(path: string): void {
    const action = `remove "${path}"`;
    const item = this.#existing(action, path, "IMAPI_E_ITEM_NOT_FOUND");
    if (item instanceof FsiDirectoryItem && item.Count > 0) {
      throw imapiError(
        "IMAPI_E_DIR_NOT_EMPTY",
        `Cannot ${action}: the directory has ${item.Count} items; use RemoveTree to remove it with them`,
      );
    }
    this.host.tree.remove(item.attachedTo!.node, [item.node]);
  }

  RemoveTree(path: string): void {
    const action = `remove the tree "${path}"`;
    if (this.node === this.host.tree.root && (path === "\\" || path === "/")) {
      this.host.tree.remove(this.node, [...this.node.children.values()]);
      return;
    }
    const item = this.#existing(action, path, "IMAPI_E_DIR_NOT_FOUND");
    if (!(item instanceof FsiDirectoryItem)) {
      throw imapiError("IMAPI_E_NOT_DIR", `Cannot ${action}: it is a file; use Remove`);
    }
    this.host.tree.remove(item.attachedTo!.node, [item.node]);
  }

  /** The item at a path of names below this directory, itself for none. */
  find(names: readonly string[]): FsiItem | undefined {
    const [name, ...rest] = names;
    if (name === undefined) return this;
    const child = findChild(this.node, name);
    if (child === undefined) return undefined;
    const item = itemOf(this, child);
    if (rest.length === 0) return item;
    return item instanceof FsiDirectoryItem ? item.find(rest) : undefined;
  }

  /** The directory in which a new item of this path goes, and the item's name. */
  #place(action: string, path: string): { directory: FsiDirectoryItem; name: string } {
    this.#requireInImage(action);
    const names = splitPath(action, path);
    const name = names.pop();
    if (name === undefined) {
      throw imapiError("IMAPI_E_INVALID_PARAM", `Cannot ${action}: the path has no name; give one`);
    }
    const directory = this.find(names);
    if (directory === undefined) {
      throw imapiError(
        "IMAPI_E_DIR_NOT_FOUND",
        `Cannot ${action}: the image has no directory "${this.FullPath}\\${names.join("\\")}"; add it first`,
      );
    }
    if (directory instanceof FsiDirectoryItem) return { directory, name };
    throw imapiError("IMAPI_E_NOT_DIR", `Cannot ${action}: "${directory.FullPath}" is a file`);
  }

  #existing(
    action: string,
    path: string,
    missing: "IMAPI_E_ITEM_NOT_FOUND" | "IMAPI_E_DIR_NOT_FOUND",
  ): FsiItem {
    this.#requireInImage(action);
    const names = splitPath(action, path);
    if (names.length === 0) {
      throw imapiError("IMAPI_E_INVALID_PARAM", `Cannot ${action}: the path has no name; give one`);
    }
    const item = this.find(names);
    if (item === undefined) {
      throw imapiError(missing, `Cannot ${action}: there is none in "${this.FullPath}\\"`);
    }
    return item;
  }

  #insert(action: string, node: ImageNode): void {
    this.#requireInImage(action);
    if (this.node.children.has(node.name)) {
      throw imapiError(
        "IMAPI_E_DUP_NAME",
        `Cannot ${action}: "${this.FullPath}\\" has an item of that name already; remove it first`,
      );
    }
    const holder = createDirectory();
    holder.children.set(node.name, node);
    this.#check(action, holder);
    this.#change(action, () => this.host.tree.insert(this.node, [node]));
  }

  /** Makes a change, and undoes it if the image is too large with it. */
  #change(action: string, change: () => void): void {
    const { tree } = this.host;
    const before = tree.changePoint;
    change();
    try {
      this.host.requireFits(action);
    } catch (error) {
      tree.rollbackTo(before);
      throw error;
    }
  }

  /** Checks what is to be added to this directory, all that `holder` has, against the rules of the image. */
  #check(action: string, holder: ImageDirectory): void {
    const { restrictedCharacters, levelsMax } = this.host.tree.rules;
    if (!restrictedCharacters && levelsMax === 0) return;
    let level = 1;
    for (let up = this.attachedTo; up !== undefined; up = up.attachedTo) level++;
    for (const { node, depth } of walk(holder)) {
      if (restrictedCharacters && !/^[\x20-\x7f]*$/.test(node.name)) {
        throw imapiError(
          "IMAPI_E_RESTRICTED_NAME_VIOLATION",
          `Cannot ${action}: "${node.name}" has other characters than 32 to 127; rename it, or set ` +
            "UseRestrictedCharacterSet to False",
        );
      }
      if (levelsMax > 0 && node.kind === "directory" && level + depth > levelsMax) {
        throw imapiError(
          "IMAPI_E_ISO9660_LEVELS",
          `Cannot ${action}: the directory "${node.name}" would lie at level ${
            level + depth
          }, and ISO 9660 has ` +
            `${levelsMax}; move it up, or set StrictFileSystemCompliance to False`,
        );
      }
    }
  }

  #requireInImage(action: string): void {
    if (this.isInImage) return;
    throw imapiError(
      "IMAPI_E_NOT_IN_FILE_SYSTEM",
      `Cannot ${action}: the directory "${this.Name}" is not in the image; add it to one that is first`,
    );
  }
}

/** The item of each node that was asked for, so that two questions give the same object. */
const items = new WeakMap<ImageNode, FsiItem>();

function itemOf(directory: FsiDirectoryItem, node: ImageNode): FsiItem {
  let item = items.get(node);
  if (item === undefined) {
    item = node.kind === "file"
      ? new FsiFileItem(directory.host, node, directory)
      : new FsiDirectoryItem(directory.host, node, directory);
    items.set(node, item);
  }
  item.parent = directory;
  return item;
}

implementInterface(FsiFileItem, [IFsiFileItemTable, IFsiItemTable]);
implementInterface(FsiDirectoryItem, [IFsiDirectoryItemTable, IFsiItemTable]);

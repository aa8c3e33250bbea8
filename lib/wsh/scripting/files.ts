/** File and Folder, and the collections Files and Folders. @module */
import { scriptError } from "../../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import { nameToScript } from "../../platform/drive_map.ts";
import { type FileInfo, fileSize, folderNames } from "../../platform/file_info.ts";
import type { IDrive, IFile, IFileCollection, IFolder, IFolderCollection } from "../types.ts";
import { Drive } from "./drive.ts";
import { fileError, joined, nameOf, parentOf, type ScriptingHost } from "./host.ts";
import { openText } from "./open_text.ts";
import type { TextStream } from "./text_stream.ts";
import { copy, isReadOnly, isRoot, type Kind, listNames, move, remove } from "./transfer.ts";
import { extensionName } from "./windows_path.ts";

// Sizes are unsigned as the tables have it: scripts get a Long where one holds them, else a Double.

/** IFile (Script Runtime reference, "File Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IFileTable = defineInterface("IFile", "{C7C3F5A4-88A3-11D0-ABCB-00A0C90FFFC0}", {
  Path: { dispid: 0, get: "BSTR", doc: "The full path." },
  Name: { dispid: 1000, get: "BSTR", put: "BSTR", doc: "The name; setting it renames the file." },
  ShortPath: { dispid: 1002, get: "BSTR", doc: "The full path again, where the system has no short names." },
  ShortName: { dispid: 1001, get: "BSTR", doc: "The name again, where the system has no short names." },
  Drive: { dispid: 1004, get: "IDrive*", doc: "The drive that it is on." },
  ParentFolder: { dispid: 1005, get: "IFolder*", doc: "The folder that it is in." },
  Attributes: { dispid: 1003, get: "LONG", put: "LONG", doc: "1 read-only, 2 hidden, 32 archive, 1024 link, as a sum; only read-only can be changed." },
  DateCreated: { dispid: 1006, get: "DATE", doc: "When it was created." },
  DateLastModified: { dispid: 1007, get: "DATE", doc: "When it was changed last." },
  DateLastAccessed: { dispid: 1008, get: "DATE", doc: "When it was read last." },
  Size: { dispid: 1009, get: "ULONG", doc: "The size in bytes." },
  Type: { dispid: 1010, get: "BSTR", doc: "What kind of file it is, by its extension." },
  Delete: { dispid: 1200, method: "void", params: [["Force", "VARIANT_BOOL?"]], doc: "Deletes the file; a read-only one by force." },
  Copy: { dispid: 1202, method: "void", params: [["Destination", "BSTR"], ["OverWriteFiles", "VARIANT_BOOL?"]], doc: "Copies the file to a path, or into a folder whose path ends with a backslash." },
  Move: { dispid: 1204, method: "void", params: [["Destination", "BSTR"]], doc: "Moves the file to a path, or into a folder whose path ends with a backslash." },
  OpenAsTextStream: { dispid: 1100, method: "ITextStream*", params: [["IOMode", "LONG?"], ["Format", "LONG?"]], doc: "Opens it for 1 reading, 2 writing or 8 appending." },
}, { doc: "A file of the system." });

/** IFolder (Script Runtime reference, "Folder Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IFolderTable = defineInterface("IFolder", "{C7C3F5A2-88A3-11D0-ABCB-00A0C90FFFC0}", {
  Path: { dispid: 0, get: "BSTR", doc: "The full path." },
  Name: { dispid: 1000, get: "BSTR", put: "BSTR", doc: "The name, nothing for the root of a drive; setting it renames the folder." },
  ShortPath: { dispid: 1002, get: "BSTR", doc: "The full path again, where the system has no short names." },
  ShortName: { dispid: 1001, get: "BSTR", doc: "The name again, where the system has no short names." },
  Drive: { dispid: 1004, get: "IDrive*", doc: "The drive that it is on." },
  ParentFolder: { dispid: 1005, get: "IFolder*", doc: "The folder that it is in; Nothing for the root of a drive." },
  Attributes: { dispid: 1003, get: "LONG", put: "LONG", doc: "16 folder, and 1 read-only, 2 hidden, 1024 link, as a sum; only read-only can be changed." },
  DateCreated: { dispid: 1006, get: "DATE", doc: "When it was created." },
  DateLastModified: { dispid: 1007, get: "DATE", doc: "When something was added to it or removed from it last." },
  DateLastAccessed: { dispid: 1008, get: "DATE", doc: "When it was read last." },
  Type: { dispid: 1010, get: "BSTR", doc: "`File folder`." },
  Delete: { dispid: 1201, method: "void", params: [["Force", "VARIANT_BOOL?"]], doc: "Deletes the folder with all that it holds; what is read-only by force." },
  Copy: { dispid: 1203, method: "void", params: [["Destination", "BSTR"], ["OverWriteFiles", "VARIANT_BOOL?"]], doc: "Copies the folder to a path, or into a folder whose path ends with a backslash." },
  Move: { dispid: 1205, method: "void", params: [["Destination", "BSTR"]], doc: "Moves the folder to a path, or into a folder whose path ends with a backslash." },
  IsRootFolder: { dispid: 10000, get: "VARIANT_BOOL", doc: "Whether it is the root of a drive." },
  Size: { dispid: 1009, get: "ULONG", doc: "The size in bytes of all files in it and below it." },
  SubFolders: { dispid: 10001, get: "IFolderCollection*", doc: "The folders that lie directly in it." },
  Files: { dispid: 10002, get: "IFileCollection*", doc: "The files that lie directly in it." },
  CreateTextFile: { dispid: 1101, method: "ITextStream*", params: [["FileName", "BSTR"], ["Overwrite", "VARIANT_BOOL?"], ["Unicode", "VARIANT_BOOL?"]], doc: "Makes a text file in it." },
}, { doc: "A folder of the system." });

/** IFileCollection (Script Runtime reference, "Files Collection"). */
// deno-fmt-ignore -- a table: one row a member
export const IFileCollectionTable = defineInterface("IFileCollection", "{C7C3F5A5-88A3-11D0-ABCB-00A0C90FFFC0}", {
  Item: { dispid: 0, get: "IFile*", params: [["Key", "BSTR"]], doc: "The file of a name." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "IFile*", doc: "All files, sorted by name." },
  Count: { dispid: 1, get: "LONG", doc: "How many files there are." },
}, { doc: "The files of a folder." });

/** IFolderCollection (Script Runtime reference, "Folders Collection"). */
// deno-fmt-ignore -- a table: one row a member
export const IFolderCollectionTable = defineInterface("IFolderCollection", "{C7C3F5A3-88A3-11D0-ABCB-00A0C90FFFC0}", {
  Add: { dispid: 2, method: "IFolder*", params: [["Name", "BSTR"]], doc: "Makes a folder; error 58 if it is there." },
  Item: { dispid: 0, get: "IFolder*", params: [["Key", "BSTR"]], doc: "The folder of a name." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "IFolder*", doc: "All folders, sorted by name." },
  Count: { dispid: 1, get: "LONG", doc: "How many folders there are." },
}, { doc: "The folders of a folder." });

const ATTRIBUTE = { readOnly: 1, hidden: 2, directory: 16, archive: 32, alias: 1024 } as const;

/** What Windows calls the commonest extensions. */
const TYPES: Readonly<Record<string, string>> = {
  txt: "Text Document",
  log: "Text Document",
  ini: "Configuration Settings",
  bat: "Windows Batch File",
  cmd: "Windows Command Script",
  vbs: "VBScript Script File",
  js: "JavaScript File",
  exe: "Application",
  dll: "Application Extension",
  xml: "XML Document",
  htm: "HTML Document",
  html: "HTML Document",
  zip: "Compressed (zipped) Folder",
  jpg: "JPG File",
  pdf: "PDF File",
};

/** What Windows calls a file of such a name. */
export function typeOfName(name: string): string {
  const extension = extensionName(name);
  return TYPES[extension.toLowerCase()] ?? (extension === "" ? "File" : `${extension.toUpperCase()} File`);
}

/** Makes a folder at a path of this system, in one that is there. */
export function createFolder(host: ScriptingHost, native: string): Folder {
  if (host.find(native) !== undefined) throw fileError(58, host.quoted(native));
  host.folder(parentOf(native));
  host.attempt(native, () => Deno.mkdirSync(native));
  return new Folder(host, native);
}

/** What files and folders have in common. */
abstract class FileSystemItem extends AutomationClass {
  readonly host: ScriptingHost;
  /** The path of this system. */
  native: string;
  protected abstract readonly kind: Kind;

  constructor(host: ScriptingHost, native: string) {
    super();
    this.host = host;
    this.native = native;
  }

  /** What the system says of it now. */
  protected abstract get info(): FileInfo;

  get Path(): string {
    return this.host.script(this.native);
  }

  get ShortPath(): string {
    return this.Path;
  }

  get Name(): string {
    return isRoot(this.host, this.native) ? "" : nameToScript(nameOf(this.native));
  }
  set Name(newVal: string) {
    if (newVal === "" || /[\\/:*?"<>|]/.test(newVal)) {
      throw scriptError("invalidCall", `"${newVal}" is no name of a ${this.kind}`);
    }
    this.Move(`${this.host.script(parentOf(this.native)).replace(/\\$/, "")}\\${newVal}`);
  }

  get ShortName(): string {
    return this.Name;
  }

  get Drive(): IDrive {
    return Drive.of(this.host, this.Path[0]!.toUpperCase());
  }

  get Attributes(): number {
    const { info } = this;
    const isLink = this.host.attempt(this.native, () => Deno.lstatSync(this.native)).isSymlink;
    return (info.isDirectory ? ATTRIBUTE.directory : ATTRIBUTE.archive) +
      (isReadOnly(info) ? ATTRIBUTE.readOnly : 0) +
      (this.Name.startsWith(".") ? ATTRIBUTE.hidden : 0) +
      (isLink ? ATTRIBUTE.alias : 0);
  }
  set Attributes(newVal: number) {
    const { mode } = this.info;
    if (mode === null) return;
    const changed = (newVal & ATTRIBUTE.readOnly) !== 0 ? mode & ~0o222 : mode & 0o222 ? mode : mode | 0o200;
    if (changed !== mode) this.host.attempt(this.native, () => Deno.chmodSync(this.native, changed & 0o7777));
  }

  get DateCreated(): Date {
    const { birthtime } = this.info;
    // File systems that do not keep it say 1970, or nothing.
    return birthtime === null || birthtime.getTime() <= 0 ? this.DateLastModified : wholeSeconds(birthtime);
  }

  get DateLastModified(): Date {
    return wholeSeconds(this.info.mtime);
  }

  get DateLastAccessed(): Date {
    return wholeSeconds(this.info.atime);
  }

  Delete(force = false): void {
    void this.info;
    remove(this.host, this.kind, this.Path, { force });
  }

  Copy(destination: string, overwrite = true): void {
    copy(this.host, this.kind, { source: this.Path, destination, overwrite });
  }

  Move(destination: string): void {
    void this.info;
    move(this.host, this.kind, { source: this.Path, destination });
    const to = this.host.native(destination);
    this.native = /[\\/]$/.test(destination) ? joined(to, nameOf(this.native)) : to;
  }
}

/** A file of the system. */
export class File extends FileSystemItem implements IFile {
  static {
    implementInterface(this, [IFileTable], { typeName: "File" });
  }

  protected readonly kind = "file";

  protected get info(): FileInfo {
    return this.host.file(this.native);
  }

  get ParentFolder(): Folder {
    return new Folder(this.host, parentOf(this.native));
  }

  get Size(): number {
    const { host, native } = this;
    host.resources.flush();
    const sizeBytes = host.attempt(native, () => fileSize(native));
    if (sizeBytes === undefined) throw host.missing(native);
    return sizeBytes;
  }

  get Type(): string {
    return typeOfName(this.Name);
  }

  OpenAsTextStream(mode = 1, format = 0): TextStream {
    return openText(this.host, this.native, { mode, format, create: false });
  }
}

/** A folder of the system. */
export class Folder extends FileSystemItem implements IFolder {
  static {
    implementInterface(this, [IFolderTable], { typeName: "Folder" });
  }

  protected readonly kind = "folder";

  protected get info(): FileInfo {
    return this.host.folder(this.native);
  }

  /** `null` is Nothing. */
  get ParentFolder(): Folder {
    return this.IsRootFolder ? null as unknown as Folder : new Folder(this.host, parentOf(this.native));
  }

  get IsRootFolder(): boolean {
    return isRoot(this.host, this.native);
  }

  readonly Type = "File folder";

  get Size(): number {
    void this.info;
    this.host.resources.flush();
    return sizeOf(this.host, this.native);
  }

  get SubFolders(): Folders {
    return new Folders(this.host, this.native);
  }

  get Files(): Files {
    return new Files(this.host, this.native);
  }

  CreateTextFile(name: string, overwrite = true, unicode = false): TextStream {
    return openText(this.host, this.host.native(`${this.Path.replace(/\\$/, "")}\\${name}`), {
      mode: 2,
      create: true,
      format: unicode ? -1 : 0,
      isNew: !overwrite,
    });
  }
}

/** The files of a folder. */
export class Files extends AutomationClass implements IFileCollection {
  static {
    implementInterface(this, [IFileCollectionTable], { typeName: "Files" });
  }

  constructor(readonly host: ScriptingHost, readonly native: string) {
    super();
  }

  get Count(): number {
    return listNames(this.host, this.native, "file").length;
  }

  Item(key: string): File {
    const native = childOf(this.host, this.native, key);
    this.host.file(native);
    return new File(this.host, native);
  }

  *[Symbol.iterator](): Generator<File> {
    const prefix = joined(this.native, "");
    for (const name of listNames(this.host, this.native, "file")) {
      yield new File(this.host, prefix + name);
    }
  }
}

/** The folders of a folder. */
export class Folders extends AutomationClass implements IFolderCollection {
  static {
    implementInterface(this, [IFolderCollectionTable], { typeName: "Folders" });
  }

  constructor(readonly host: ScriptingHost, readonly native: string) {
    super();
  }

  get Count(): number {
    return listNames(this.host, this.native, "folder").length;
  }

  Add(name: string): Folder {
    return createFolder(this.host, childOf(this.host, this.native, name));
  }

  Item(key: string): Folder {
    const native = childOf(this.host, this.native, key);
    this.host.folder(native);
    return new Folder(this.host, native);
  }

  *[Symbol.iterator](): Generator<Folder> {
    const prefix = joined(this.native, "");
    for (const name of listNames(this.host, this.native, "folder")) {
      yield new Folder(this.host, prefix + name);
    }
  }
}

/** The child of a folder that a script names in whatever case. */
function childOf(host: ScriptingHost, native: string, name: string): string {
  return host.native(`${host.script(native).replace(/\\$/, "")}\\${name}`);
}

/** The bytes of all files below a folder; links count as themselves, so that nothing counts twice. */
function sizeOf(host: ScriptingHost, native: string): number {
  host.checkInterrupted();
  return host.attempt(native, () => {
    const { files, folders } = folderNames(native);
    const sizeBytes = sumOf(host, native, files, (path) => fileSize(path) ?? 0);
    return sizeBytes + sumOf(host, native, folders, (path) => sizeOf(host, path));
  });
}

/** What is gone meanwhile counts nothing, nor does what Deno cannot name: bytes of a name that are no UTF-8. */
function sumOf(
  host: ScriptingHost,
  folder: string,
  names: readonly string[],
  bytesOf: (native: string) => number,
): number {
  let sum = 0;
  for (const name of names) {
    const native = joined(folder, name);
    try {
      sum += bytesOf(native);
    } catch (error) {
      if (host.find(native) !== undefined) throw error;
    }
  }
  return sum;
}

/** A Date of automation counts days; milliseconds would make equal times differ. */
function wholeSeconds(time: Date | null): Date {
  return new Date(Math.floor((time?.getTime() ?? 0) / 1000) * 1000);
}

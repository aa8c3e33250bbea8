/** `Scripting.FileSystemObject`. @module */
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import { readVariable } from "../../platform/environment.ts";
import type { FileInfo } from "../../platform/file_info.ts";
import type { IFileSystem } from "../types.ts";
import { Drive, driveLetters, Drives, letterOf } from "./drive.ts";
import { fileVersion } from "./file_version.ts";
import { createFolder, File, Folder } from "./files.ts";
import type { ScriptingHost } from "./host.ts";
import { openText, standardStream } from "./open_text.ts";
import type { TextStream } from "./text_stream.ts";
import { copy, move, remove } from "./transfer.ts";
import * as paths from "./windows_path.ts";

/** IFileSystem3 (Script Runtime reference, "FileSystemObject Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IFileSystemTable = defineInterface("IFileSystem", "{2A0B9D10-4B87-11D3-A97A-00104B365C9F}", {
  Drives: { dispid: 10010, get: "IDriveCollection*", doc: "All drive letters." },
  BuildPath: { dispid: 10000, method: "BSTR", params: [["Path", "BSTR"], ["Name", "BSTR"]], doc: "Joins a folder and a name with one backslash." },
  GetDriveName: { dispid: 10004, method: "BSTR", params: [["Path", "BSTR"]], doc: "The drive of a path." },
  GetParentFolderName: { dispid: 10005, method: "BSTR", params: [["Path", "BSTR"]], doc: "A path without its last name." },
  GetFileName: { dispid: 10006, method: "BSTR", params: [["Path", "BSTR"]], doc: "The last name of a path." },
  GetBaseName: { dispid: 10007, method: "BSTR", params: [["Path", "BSTR"]], doc: "The last name of a path, without its extension." },
  GetExtensionName: { dispid: 10008, method: "BSTR", params: [["Path", "BSTR"]], doc: "The extension of the last name of a path." },
  GetAbsolutePathName: { dispid: 10002, method: "BSTR", params: [["Path", "BSTR"]], doc: "The full path, from the current folder, without `.` and `..`." },
  GetTempName: { dispid: 10003, method: "BSTR", doc: "A random name for a temporary file, which is not made." },
  DriveExists: { dispid: 10015, method: "VARIANT_BOOL", params: [["DriveSpec", "BSTR"]], doc: "Whether a drive letter stands for something." },
  FileExists: { dispid: 10016, method: "VARIANT_BOOL", params: [["FileSpec", "BSTR"]], doc: "Whether a path is a file." },
  FolderExists: { dispid: 10017, method: "VARIANT_BOOL", params: [["FolderSpec", "BSTR"]], doc: "Whether a path is a folder." },
  GetDrive: { dispid: 10009, method: "IDrive*", params: [["DriveSpec", "BSTR"]], doc: "The drive of a letter; error 68 if there is none." },
  GetFile: { dispid: 10011, method: "IFile*", params: [["FilePath", "BSTR"]], doc: "A file; error 53 if there is none." },
  GetFolder: { dispid: 10012, method: "IFolder*", params: [["FolderPath", "BSTR"]], doc: "A folder; error 76 if there is none." },
  GetSpecialFolder: { dispid: 10013, method: "IFolder*", params: [["SpecialFolder", "LONG"]], doc: "0 is Windows, 1 is System32, 2 is the folder for temporary files." },
  DeleteFile: { dispid: 1200, method: "void", params: [["FileSpec", "BSTR"], ["Force", "VARIANT_BOOL?"]], doc: "Deletes a file, or all that a pattern matches; read-only ones by force." },
  DeleteFolder: { dispid: 1201, method: "void", params: [["FolderSpec", "BSTR"], ["Force", "VARIANT_BOOL?"]], doc: "Deletes a folder, or all that a pattern matches, with all that they hold." },
  MoveFile: { dispid: 1204, method: "void", params: [["Source", "BSTR"], ["Destination", "BSTR"]], doc: "Moves a file to a path, or files into a folder." },
  MoveFolder: { dispid: 1205, method: "void", params: [["Source", "BSTR"], ["Destination", "BSTR"]], doc: "Moves a folder to a path, or folders into a folder." },
  CopyFile: { dispid: 1202, method: "void", params: [["Source", "BSTR"], ["Destination", "BSTR"], ["OverWriteFiles", "VARIANT_BOOL?"]], doc: "Copies a file to a path, or files into a folder." },
  CopyFolder: { dispid: 1203, method: "void", params: [["Source", "BSTR"], ["Destination", "BSTR"], ["OverWriteFiles", "VARIANT_BOOL?"]], doc: "Copies a folder to a path, or folders into a folder." },
  CreateFolder: { dispid: 1120, method: "IFolder*", params: [["Path", "BSTR"]], doc: "Makes a folder; error 58 if it is there." },
  CreateTextFile: { dispid: 1101, method: "ITextStream*", params: [["FileName", "BSTR"], ["Overwrite", "VARIANT_BOOL?"], ["Unicode", "VARIANT_BOOL?"]], doc: "Makes a text file, in ANSI or UTF-16." },
  OpenTextFile: { dispid: 1100, method: "ITextStream*", params: [["FileName", "BSTR"], ["IOMode", "LONG?"], ["Create", "VARIANT_BOOL?"], ["Format", "LONG?"]], doc: "Opens a text file for 1 reading, 2 writing or 8 appending; 0 is ANSI, -1 UTF-16, -2 what the file is, 65001 UTF-8." },
  GetStandardStream: { dispid: 20000, method: "ITextStream*", params: [["StandardStreamType", "LONG"], ["Unicode", "VARIANT_BOOL?"]], doc: "Standard input (0), output (1) or error (2)." },
  GetFileVersion: { dispid: 20010, method: "BSTR", params: [["FileName", "BSTR"]], doc: "The version that a Windows program carries; nothing for other files." },
}, { doc: "Files and folders of the system, by Windows paths." });

/** `Scripting.FileSystemObject`. */
export class FileSystemObject extends AutomationClass implements IFileSystem {
  static {
    implementInterface(this, [IFileSystemTable], { typeName: "FileSystemObject" });
  }

  readonly #host: ScriptingHost;

  constructor(host: ScriptingHost) {
    super();
    this.#host = host;
  }

  get Drives(): Drives {
    return new Drives(this.#host);
  }

  BuildPath(path: string, name: string): string {
    return paths.buildPath(path, name);
  }

  GetDriveName(path: string): string {
    return paths.driveName(path);
  }

  GetParentFolderName(path: string): string {
    return paths.parentFolderName(path);
  }

  GetFileName(path: string): string {
    return paths.fileName(path);
  }

  GetBaseName(path: string): string {
    return paths.baseName(path);
  }

  GetExtensionName(path: string): string {
    return paths.extensionName(path);
  }

  GetAbsolutePathName(path: string): string {
    return this.#host.absolute(path);
  }

  GetTempName(): string {
    const number = Math.floor(Math.random() * 0x100000);
    return `rad${number.toString(16).toUpperCase().padStart(5, "0")}.tmp`;
  }

  DriveExists(specification: string): boolean {
    const letter = /^([a-z])(?::|$)/i.exec(specification)?.[1]?.toUpperCase();
    return letter !== undefined && driveLetters(this.#host).includes(letter);
  }

  FileExists(path: string): boolean {
    const info = this.#find(path);
    return info !== undefined && !info.isDirectory && !/[\\/]$/.test(path);
  }

  FolderExists(path: string): boolean {
    return this.#find(path)?.isDirectory ?? false;
  }

  GetDrive(specification: string): Drive {
    return Drive.of(this.#host, letterOf(specification));
  }

  GetFile(path: string): File {
    const native = this.#host.native(path);
    this.#host.file(native);
    return new File(this.#host, native);
  }

  GetFolder(path: string): Folder {
    const native = this.#host.native(path);
    this.#host.folder(native);
    return new Folder(this.#host, native);
  }

  GetSpecialFolder(which: number): Folder {
    switch (which) {
      case 0:
        return this.GetFolder("C:\\Windows");
      case 1:
        return this.GetFolder("C:\\Windows\\System32");
      case 2:
        return this.GetFolder(temporaryFolder(this.#host));
    }
    throw scriptError("invalidCall", `the special folders are 0, 1 and 2, and there is no ${which}`);
  }

  DeleteFile(path: string, force = false): void {
    remove(this.#host, "file", path, { force });
  }

  DeleteFolder(path: string, force = false): void {
    remove(this.#host, "folder", path, { force });
  }

  MoveFile(source: string, destination: string): void {
    move(this.#host, "file", { source, destination });
  }

  MoveFolder(source: string, destination: string): void {
    move(this.#host, "folder", { source, destination });
  }

  CopyFile(source: string, destination: string, overwrite = true): void {
    copy(this.#host, "file", { source, destination, overwrite });
  }

  CopyFolder(source: string, destination: string, overwrite = true): void {
    copy(this.#host, "folder", { source, destination, overwrite });
  }

  CreateFolder(path: string): Folder {
    return createFolder(this.#host, this.#host.native(path));
  }

  CreateTextFile(path: string, overwrite = true, unicode = false): TextStream {
    return openText(this.#host, this.#host.native(path), {
      mode: 2,
      create: true,
      format: unicode ? -1 : 0,
      isNew: !overwrite,
    });
  }

  OpenTextFile(path: string, mode = 1, create = false, format = 0): TextStream {
    return openText(this.#host, this.#host.native(path), { mode, create, format });
  }

  GetStandardStream(which: number, unicode = false): TextStream {
    return standardStream(this.#host, which, unicode);
  }

  GetFileVersion(path: string): string {
    const native = this.#host.native(path);
    this.#host.file(native);
    return fileVersion(this.#host.attempt(native, () => Deno.readFileSync(native)));
  }

  /** What a path is; a drive without a folder, or a folder that may not be entered, holds nothing. */
  #find(path: string): FileInfo | undefined {
    if (path === "") return undefined;
    try {
      return this.#host.find(this.#host.native(path));
    } catch (error) {
      if (!(error instanceof AutomationError) || error.cause instanceof Deno.errors.NotCapable) throw error;
      return undefined;
    }
  }
}

/** The folder for temporary files, as scripts see it. */
function temporaryFolder({ driveMap }: ScriptingHost): string {
  if (driveMap.system === "windows") return readVariable("TEMP") ?? "C:\\Windows\\Temp";
  const { profile } = driveMap;
  profile?.prepare();
  return driveMap.toScript(profile?.folders.temporary ?? readVariable("TMPDIR") ?? "/tmp");
}

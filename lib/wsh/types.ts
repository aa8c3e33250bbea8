/**
 * The interfaces of the script host, under the names of its type library.
 *
 * Made from the tables by `deno task types`: change the tables, not this file.
 *
 * @module
 */
import type { AutomationObject, Variant } from "../automation/variant.ts";

/** The script host, as every script has it under the name WScript. */
export interface IHost {
  /** The name of the host. */
  readonly Name: string;
  /** The host itself. */
  readonly Application: AutomationObject;
  /** The path of the host's program, as scripts look for it. */
  readonly FullName: string;
  /** The folder of the host's program. */
  readonly Path: string;
  /** Whether messages and questions may be shown. */
  Interactive: boolean;
  /** The version of Windows Script Host that scripts are told. */
  readonly Version: string;
  /** The build of that version. */
  readonly BuildVersion: number;
  /** The file name of the script. */
  readonly ScriptName: string;
  /** The path of the script. */
  readonly ScriptFullName: string;
  /** The arguments of the script. */
  readonly Arguments: IArguments;
  /** How many seconds the script may run; 0 for any time. */
  Timeout: number;
  /** Creates an object by its ProgID; with a prefix, its events call procedures named so. */
  CreateObject(ProgID: string, Prefix?: string): Variant;
  /** Prints its arguments, with blanks between them, as one line. */
  Echo(...args: Variant[]): void;
  /** Finds an object by its path or moniker; with a prefix, its events call procedures named so. */
  GetObject(Pathname: string, ProgID?: string, Prefix?: string): Variant;
  /** Calls the procedure named prefix and event when an object fires an event. */
  ConnectObject(Object: AutomationObject, Prefix: string): void;
  /** Ends that for an object. */
  DisconnectObject(Object: AutomationObject): void;
  /** Does nothing for so many milliseconds. */
  Sleep(Time: number): void;
  /** Standard input; reading waits for it. */
  readonly StdIn: ITextStream;
  /** Standard output; what is written is there at once. */
  readonly StdOut: ITextStream;
  /** Standard error; what is written is there at once. */
  readonly StdErr: ITextStream;
  /** Ends the script with an exit code, 0 if none is given. */
  Quit(ExitCode?: number): void;
}

/** The arguments of a script, as a collection. */
export interface IArguments {
  /** An argument by its index from 0. */
  Item(Index: number): string;
  /** How many arguments there are. */
  Count(): number;
  /** How many arguments there are. */
  readonly length: number;
  /** All arguments in order. */
  [Symbol.iterator](): Iterator<string>;
  /** Prints how the script is used, as its `<runtime>` says. */
  ShowUsage(): void;
  /** Those of the form `/name` or `/name:value`. */
  readonly Named: IWSHNamedArguments;
  /** All others. */
  readonly Unnamed: IArguments;
}

/** The named arguments of a script; the case of a name does not matter. */
export interface IWSHNamedArguments {
  /** The value of an argument by its name: text, True or False for `/name+` and `/name-`, else Empty. */
  Item(name: string): Variant;
  /** How many named arguments there are. */
  Count(): number;
  /** How many named arguments there are. */
  readonly length: number;
  /** The names. */
  [Symbol.iterator](): Iterator<string>;
  /** Whether an argument of that name was given. */
  Exists(name: string): boolean;
}

/** Keys and items in the order in which they were added. */
export interface IDictionary {
  /** The item of a key. Reading adds a key that is missing, with Empty; writing adds it too. */
  Item(Key: Variant): Variant;
  /** The item of a key. Reading adds a key that is missing, with Empty; writing adds it too. */
  put_Item(Key: Variant, newVal: Variant): void;
  /** Adds a key with its item; error 457 if the key is there. */
  Add(Key: Variant, Item: Variant): void;
  /** How many keys there are. */
  readonly Count: number;
  /** Whether a key is there. */
  Exists(Key: Variant): boolean;
  /** All items, as an array, in the order in which they were added. */
  Items(): Variant;
  /** Renames a key, which keeps its place and item. */
  put_Key(Key: Variant, newVal: Variant): void;
  /** All keys, as an array, in the order in which they were added. */
  Keys(): Variant;
  /** Removes a key with its item; error 32811 if the key is not there. */
  Remove(Key: Variant): void;
  /** Removes all keys. */
  RemoveAll(): void;
  /**
   * How strings are compared: 0 exactly, 1 without regard to case. It can be set while there are no keys.
   */
  CompareMode: number;
  /** The keys, as they were when the enumeration began. */
  [Symbol.iterator](): Iterator<Variant>;
  /** A number below 1201 that is the same for keys that are the same. */
  HashVal(Key: Variant): Variant;
}

/** Files and folders of the system, by Windows paths. */
export interface IFileSystem {
  /** All drive letters. */
  readonly Drives: IDriveCollection;
  /** Joins a folder and a name with one backslash. */
  BuildPath(Path: string, Name: string): string;
  /** The drive of a path. */
  GetDriveName(Path: string): string;
  /** A path without its last name. */
  GetParentFolderName(Path: string): string;
  /** The last name of a path. */
  GetFileName(Path: string): string;
  /** The last name of a path, without its extension. */
  GetBaseName(Path: string): string;
  /** The extension of the last name of a path. */
  GetExtensionName(Path: string): string;
  /** The full path, from the current folder, without `.` and `..`. */
  GetAbsolutePathName(Path: string): string;
  /** A random name for a temporary file, which is not made. */
  GetTempName(): string;
  /** Whether a drive letter stands for something. */
  DriveExists(DriveSpec: string): boolean;
  /** Whether a path is a file. */
  FileExists(FileSpec: string): boolean;
  /** Whether a path is a folder. */
  FolderExists(FolderSpec: string): boolean;
  /** The drive of a letter; error 68 if there is none. */
  GetDrive(DriveSpec: string): IDrive;
  /** A file; error 53 if there is none. */
  GetFile(FilePath: string): IFile;
  /** A folder; error 76 if there is none. */
  GetFolder(FolderPath: string): IFolder;
  /** 0 is Windows, 1 is System32, 2 is the folder for temporary files. */
  GetSpecialFolder(SpecialFolder: number): IFolder;
  /** Deletes a file, or all that a pattern matches; read-only ones by force. */
  DeleteFile(FileSpec: string, Force?: boolean): void;
  /** Deletes a folder, or all that a pattern matches, with all that they hold. */
  DeleteFolder(FolderSpec: string, Force?: boolean): void;
  /** Moves a file to a path, or files into a folder. */
  MoveFile(Source: string, Destination: string): void;
  /** Moves a folder to a path, or folders into a folder. */
  MoveFolder(Source: string, Destination: string): void;
  /** Copies a file to a path, or files into a folder. */
  CopyFile(Source: string, Destination: string, OverWriteFiles?: boolean): void;
  /** Copies a folder to a path, or folders into a folder. */
  CopyFolder(Source: string, Destination: string, OverWriteFiles?: boolean): void;
  /** Makes a folder; error 58 if it is there. */
  CreateFolder(Path: string): IFolder;
  /** Makes a text file, in ANSI or UTF-16. */
  CreateTextFile(FileName: string, Overwrite?: boolean, Unicode?: boolean): ITextStream;
  /**
   * Opens a text file for 1 reading, 2 writing or 8 appending; 0 is ANSI, -1 UTF-16, -2 what the file is,
   * 65001 UTF-8.
   */
  OpenTextFile(FileName: string, IOMode?: number, Create?: boolean, Format?: number): ITextStream;
  /** Standard input (0), output (1) or error (2). */
  GetStandardStream(StandardStreamType: number, Unicode?: boolean): ITextStream;
  /** The version that a Windows program carries; nothing for other files. */
  GetFileVersion(FileName: string): string;
}

/** A file of the system. */
export interface IFile {
  /** The full path. */
  readonly Path: string;
  /** The name; setting it renames the file. */
  Name: string;
  /** The full path again, where the system has no short names. */
  readonly ShortPath: string;
  /** The name again, where the system has no short names. */
  readonly ShortName: string;
  /** The drive that it is on. */
  readonly Drive: IDrive;
  /** The folder that it is in. */
  readonly ParentFolder: IFolder;
  /** 1 read-only, 2 hidden, 32 archive, 1024 link, as a sum; only read-only can be changed. */
  Attributes: number;
  /** When it was created. */
  readonly DateCreated: Date;
  /** When it was changed last. */
  readonly DateLastModified: Date;
  /** When it was read last. */
  readonly DateLastAccessed: Date;
  /** The size in bytes. */
  readonly Size: number;
  /** What kind of file it is, by its extension. */
  readonly Type: string;
  /** Deletes the file; a read-only one by force. */
  Delete(Force?: boolean): void;
  /** Copies the file to a path, or into a folder whose path ends with a backslash. */
  Copy(Destination: string, OverWriteFiles?: boolean): void;
  /** Moves the file to a path, or into a folder whose path ends with a backslash. */
  Move(Destination: string): void;
  /** Opens it for 1 reading, 2 writing or 8 appending. */
  OpenAsTextStream(IOMode?: number, Format?: number): ITextStream;
}

/** A folder of the system. */
export interface IFolder {
  /** The full path. */
  readonly Path: string;
  /** The name, nothing for the root of a drive; setting it renames the folder. */
  Name: string;
  /** The full path again, where the system has no short names. */
  readonly ShortPath: string;
  /** The name again, where the system has no short names. */
  readonly ShortName: string;
  /** The drive that it is on. */
  readonly Drive: IDrive;
  /** The folder that it is in; Nothing for the root of a drive. */
  readonly ParentFolder: IFolder;
  /** 16 folder, and 1 read-only, 2 hidden, 1024 link, as a sum; only read-only can be changed. */
  Attributes: number;
  /** When it was created. */
  readonly DateCreated: Date;
  /** When something was added to it or removed from it last. */
  readonly DateLastModified: Date;
  /** When it was read last. */
  readonly DateLastAccessed: Date;
  /** `File folder`. */
  readonly Type: string;
  /** Deletes the folder with all that it holds; what is read-only by force. */
  Delete(Force?: boolean): void;
  /** Copies the folder to a path, or into a folder whose path ends with a backslash. */
  Copy(Destination: string, OverWriteFiles?: boolean): void;
  /** Moves the folder to a path, or into a folder whose path ends with a backslash. */
  Move(Destination: string): void;
  /** Whether it is the root of a drive. */
  readonly IsRootFolder: boolean;
  /** The size in bytes of all files in it and below it. */
  readonly Size: number;
  /** The folders that lie directly in it. */
  readonly SubFolders: IFolderCollection;
  /** The files that lie directly in it. */
  readonly Files: IFileCollection;
  /** Makes a text file in it. */
  CreateTextFile(FileName: string, Overwrite?: boolean, Unicode?: boolean): ITextStream;
}

/** The files of a folder. */
export interface IFileCollection {
  /** The file of a name. */
  Item(Key: string): IFile;
  /** All files, sorted by name. */
  [Symbol.iterator](): Iterator<IFile>;
  /** How many files there are. */
  readonly Count: number;
}

/** The folders of a folder. */
export interface IFolderCollection {
  /** Makes a folder; error 58 if it is there. */
  Add(Name: string): IFolder;
  /** The folder of a name. */
  Item(Key: string): IFolder;
  /** All folders, sorted by name. */
  [Symbol.iterator](): Iterator<IFolder>;
  /** How many folders there are. */
  readonly Count: number;
}

/** A drive letter, and what it stands for. */
export interface IDrive {
  /** The letter with a colon. */
  readonly Path: string;
  /** The letter. */
  readonly DriveLetter: string;
  /** The network share; nothing, since shares are mounted by the system. */
  readonly ShareName: string;
  /** 0 unknown, 1 removable, 2 fixed, 3 network, 4 CD-ROM, 5 RAM disk. */
  readonly DriveType: number;
  /** The folder that the letter stands for. */
  readonly RootFolder: IFolder;
  /** How many bytes this user can still write. */
  readonly AvailableSpace: number;
  /** How many bytes are free. */
  readonly FreeSpace: number;
  /** The size of the file system in bytes. */
  readonly TotalSize: number;
  /** The name of the folder that the letter stands for; it cannot be changed here. */
  VolumeName: string;
  /** The kind of file system, such as `NTFS` or `ext4`. */
  readonly FileSystem: string;
  /** A number that tells file systems apart. */
  readonly SerialNumber: number;
  /** Whether the folder is there. */
  readonly IsReady: boolean;
}

/** All drive letters. */
export interface IDriveCollection {
  /** The drive of a letter. */
  Item(Key: string): IDrive;
  /** All drives, by letter. */
  [Symbol.iterator](): Iterator<IDrive>;
  /** How many drives there are. */
  readonly Count: number;
}

/** A text file that is open for reading or for writing. */
export interface ITextStream {
  /** The number of the line, from 1. */
  readonly Line: number;
  /** The number of the column, from 1. */
  readonly Column: number;
  /** Whether everything has been read. */
  readonly AtEndOfStream: boolean;
  /** Whether the end of the line comes next. */
  readonly AtEndOfLine: boolean;
  /** Reads so many characters, fewer at the end; error 62 when nothing is left. */
  Read(Characters: number): string;
  /** Reads the rest of the line, without its end; error 62 when nothing is left. */
  ReadLine(): string;
  /** Reads everything that is left; error 62 when that is nothing, except from a program. */
  ReadAll(): string;
  /** Writes text; error 5 if the encoding has not all of its characters. */
  Write(Text: string): void;
  /** Writes text and the end of a line. */
  WriteLine(Text?: string): void;
  /** Writes so many ends of lines. */
  WriteBlankLines(Lines: number): void;
  /** Reads so many characters and forgets them. */
  Skip(Characters: number): void;
  /** Reads the rest of the line and forgets it. */
  SkipLine(): void;
  /** Writes what is held back, and closes the file. */
  Close(): void;
}

/** Makes scripts hard to read for people, in the form of `.vbe` and `.jse` files. */
export interface IScriptEncoder {
  /**
   * The text of a script, encoded: all of it for `.vbs` and `.js`, the script blocks for `.wsf`, `.htm` and
   * `.asp`; the default language is that of blocks which name none.
   */
  EncodeScriptFile(szExt: string, bstrStreamIn: string, cFlags: number, bstrDefaultLang: string): string;
}

/** Programs, variables, folders and settings of the system. */
export interface IWshShell3 {
  /** The folders of the desktop by their names, such as `Desktop` and `MyDocuments`. */
  readonly SpecialFolders: IWshCollection;
  /** The variables of `PROCESS`, `USER`, `VOLATILE` or `SYSTEM`, which is what nothing stands for. */
  Environment(Type?: Variant): IWshEnvironment;
  /**
   * Starts a program; with WaitOnReturn the result is its exit code, without it 0, and the program goes on
   * when the script ends.
   */
  Run(Command: string, WindowStyle?: Variant, WaitOnReturn?: Variant): number;
  /** Shows a message; the number of the button that was pressed, or -1 if none was in time. */
  Popup(Text: string, SecondsToWait?: Variant, Title?: Variant, Type?: Variant): number;
  /** A shortcut, read if it is there: `.lnk` to a program, `.url` to an address, `.desktop` for Linux. */
  CreateShortcut(PathLink: string): AutomationObject;
  /** Replaces each `%NAME%` by that variable of the process; unknown ones stay. */
  ExpandEnvironmentStrings(Src: string): string;
  /** A value of the registry, or, with a backslash at the end, the default value of a key. */
  RegRead(Name: string): Variant;
  /** Writes a value of the registry, and makes its key. */
  RegWrite(Name: string, Value: Variant, Type?: Variant): void;
  /** Deletes a value of the registry, or, with a backslash at the end, a key. */
  RegDelete(Name: string): void;
  /** Writes into the system's log: 0 success, 1 error, 2 warning, 4 information, 8 and 16 audits. */
  LogEvent(Type: Variant, Message: string, Target?: string): boolean;
  /** False: scripts have no desktop here whose windows could be found. */
  AppActivate(App: Variant, Wait?: Variant): boolean;
  /** Error 445: scripts have no desktop here that keys could be sent to. */
  SendKeys(Keys: string, Wait?: Variant): void;
  /** Starts a program beside the script, with its three streams. */
  Exec(Command: string): IWshExec;
  /** The folder that relative paths start from, and that programs are started in. */
  CurrentDirectory: string;
}

/** A program that runs beside the script. */
export interface IWshExec {
  /** 0 while the program runs, 1 once it has ended. */
  readonly Status: number;
  /** What the program reads. */
  readonly StdIn: ITextStream;
  /** What the program writes as its output. */
  readonly StdOut: ITextStream;
  /** What the program writes about errors. */
  readonly StdErr: ITextStream;
  /** The number of the process; that of the script itself for our own cmd. */
  readonly ProcessID: number;
  /** The program's exit code, 0 while it runs and after Terminate. */
  readonly ExitCode: number;
  /** Ends the program and what it started: politely, by force after two seconds. */
  Terminate(): void;
}

/** The environment variables of the process, the user or the system. */
export interface IWshEnvironment {
  /** A variable by its name, in any case; nothing if it is not set. */
  Item(Name: string): string;
  /** A variable by its name, in any case; nothing if it is not set. */
  put_Item(Name: string, newVal: string): void;
  /** How many variables there are. */
  Count(): number;
  /** How many variables there are. */
  readonly length: number;
  /** All variables, as `NAME=value`. */
  [Symbol.iterator](): Iterator<string>;
  /** Removes a variable. */
  Remove(Name: string): void;
}

/** A list of texts. */
export interface IWshCollection {
  /** An item by its index from 0, or by its name where it has one. */
  Item(Index: Variant): Variant;
  /** How many items there are. */
  Count(): number;
  /** How many items there are. */
  readonly length: number;
  /** All items in order. */
  [Symbol.iterator](): Iterator<Variant>;
}

/** Who runs the script, on which computer, and what letters stand for. */
export interface IWshNetwork2 {
  /** The domain of the user; the computer itself where there is none. */
  readonly UserDomain: string;
  /** The name of the user. */
  readonly UserName: string;
  /** The name of the computer, without its domain. */
  readonly ComputerName: string;
  /**
   * Lets a free letter stand for a share; elsewhere than on Windows for a folder of this system, until the
   * script ends.
   */
  MapNetworkDrive(
    LocalName: string,
    RemoteName: string,
    UpdateProfile?: Variant,
    UserName?: Variant,
    Password?: Variant,
  ): void;
  /** Takes away what MapNetworkDrive, or `--map`, gave a letter. */
  RemoveNetworkDrive(Name: string, Force?: Variant, UpdateProfile?: Variant): void;
  /** The letters and what they stand for, in turn. */
  EnumNetworkDrives(): IWshCollection;
  /** Error 445: printers are not connected by scripts here. */
  AddPrinterConnection(
    LocalName: string,
    RemoteName: string,
    UpdateProfile?: Variant,
    UserName?: Variant,
    Password?: Variant,
  ): void;
  /** Error 445: printers are not connected by scripts here. */
  RemovePrinterConnection(Name: string, Force?: Variant, UpdateProfile?: Variant): void;
  /** The printers that scripts connected, which are none. */
  EnumPrinterConnections(): IWshCollection;
  /** Error 445: printers are not connected by scripts here. */
  SetDefaultPrinter(Name: string): void;
  /** Error 445: printers are not connected by scripts here. */
  AddWindowsPrinterConnection(PrinterName: string, DriverName?: string, Port?: string): void;
}

/** A shortcut to a program, document or folder. */
export interface IWshShortcut {
  /** The path of the shortcut. */
  readonly FullName: string;
  /** The arguments of the program. */
  Arguments: string;
  /** What the shortcut is for. */
  Description: string;
  /** A key that starts it, such as `CTRL+ALT+B`. */
  Hotkey: string;
  /** The file of the icon, a comma, and the icon's index in it. */
  IconLocation: string;
  /** Accepted and not kept: the target has its full path. */
  RelativePath: string;
  /** The program, document or folder. */
  TargetPath: string;
  /** 1 normal, 3 maximised, 7 minimised. */
  WindowStyle: number;
  /** The folder that the program starts in. */
  WorkingDirectory: string;
  /** Reads another shortcut into this one. */
  Load(PathLink: string): void;
  /** Writes the shortcut. */
  Save(): void;
}

/** A shortcut to an address. */
export interface IWshURLShortcut {
  /** The path of the shortcut. */
  readonly FullName: string;
  /** The address. */
  TargetPath: string;
  /** Reads another shortcut into this one. */
  Load(PathLink: string): void;
  /** Writes the shortcut. */
  Save(): void;
}

/** Bytes in memory, seen as bytes or as text. */
export interface _Stream {
  /** How many bytes there are. */
  readonly Size: number;
  /** Whether the position is at the end. */
  readonly EOS: boolean;
  /**
   * Where the next reading or writing begins, in bytes from 0. Beyond the end the stream grows, by zeros.
   */
  Position: number;
  /** What is read and written: 1 bytes, 2 text (the default). It can be changed at position 0. */
  Type: number;
  /** What ends a line: -1 CR and LF (the default), 10 LF, 13 CR. */
  LineSeparator: number;
  /** 0 closed, 1 open. */
  readonly State: number;
  /**
   * What may be done: 0 unknown, 1 reading, 2 writing, 3 both. It can be changed while the stream is closed.
   */
  Mode: number;
  /**
   * The encoding of text, by a name of MIME: Unicode (the default), utf-8, windows-1252, shift_jis… It can be
   * changed at position 0.
   */
  Charset: string;
  /** The next bytes, all when left out, as an array of Byte; Null at the end. */
  Read(NumBytes?: number): Variant;
  /** Opens it, empty. Sources (URLs and records) are refused. */
  Open(Source?: Variant, Mode?: number, Options?: number, UserName?: string, Password?: string): void;
  /** Closes it; what was not saved is gone. */
  Close(): void;
  /** Passes over the rest of a line, and what ends it. */
  SkipLine(): void;
  /** Writes an array of Byte over what follows the position. */
  Write(Buffer: Variant): void;
  /** Cuts the stream at the position. */
  SetEOS(): void;
  /**
   * Copies so many bytes or characters, all when left out, to another open stream, from position to position.
   */
  CopyTo(DestStream: _Stream, CharNumber?: number): void;
  /** Nothing: there is no source to write to. */
  Flush(): void;
  /**
   * Saves all of it in a file: 1 only if there is none (the default), 2 over one that is there. The position
   * is 0 then.
   */
  SaveToFile(FileName: string, Options?: number): void;
  /** Takes a file's content in place of its own. The position is 0 then. */
  LoadFromFile(FileName: string): void;
  /** The next characters, all when left out or -1, or the next line, with -2; nothing at the end. */
  ReadText(NumChars?: number): string;
  /** Writes text over what follows the position, and what ends a line with option 1. */
  WriteText(Data: string, Options?: number): void;
  /** Nothing: no call is ever still running. */
  Cancel(): void;
}

/** A list that grows, sorts and searches. */
export interface IArrayList {
  /** The element at a place, from 0. */
  Item(index: number): Variant;
  /** The element at a place, from 0. */
  put_Item(index: number, newVal: Variant): void;
  /** How many elements there are. */
  readonly Count: number;
  /** For how many there is room. It grows by itself. */
  Capacity: number;
  /** False: it grows. */
  readonly IsFixedSize: boolean;
  /** False: it can be changed. */
  readonly IsReadOnly: boolean;
  /** Adds an element at the end and gives its place. */
  Add(value: Variant): number;
  /** Adds all elements of an array or another list. */
  AddRange(c: Variant): void;
  /** Removes all elements. */
  Clear(): void;
  /** A list of the same elements. */
  Clone(): IArrayList;
  /** Whether it has such an element. */
  Contains(item: Variant): boolean;
  /** The first place of such an element, searched from a place on; -1 if there is none. */
  IndexOf(value: Variant, startIndex?: number, count?: number): number;
  /** The last place of such an element; -1 if there is none. */
  LastIndexOf(value: Variant): number;
  /** A place of an element of a sorted list; if there is none, the complement of where it would be. */
  BinarySearch(value: Variant): number;
  /** Puts an element at a place and moves those behind it. */
  Insert(index: number, value: Variant): void;
  /** Puts all elements of an array or another list at a place. */
  InsertRange(index: number, c: Variant): void;
  /** Removes the first such element, if there is one. */
  Remove(obj: Variant): void;
  /** Removes the element at a place. */
  RemoveAt(index: number): void;
  /** Removes so many elements from a place on. */
  RemoveRange(index: number, count: number): void;
  /** A list of so many elements from a place on. */
  GetRange(index: number, count: number): IArrayList;
  /** Turns the order around. */
  Reverse(): void;
  /**
   * Sorts: numbers and dates by value, texts as in a dictionary, lower case first; a mixture of both is an
   * error.
   */
  Sort(): void;
  /** An array of the elements. */
  ToArray(): Variant;
  /** Makes Capacity what Count is. */
  TrimToSize(): void;
  /** The name of the class. */
  ToString(): string;
  /** The elements in order. */
  [Symbol.iterator](): Iterator<Variant>;
}

/** A request over HTTP. */
export interface IXMLHTTPRequest {
  /**
   * Prepares a request: GET, POST…, to an absolute URL. send then waits for the answer if varAsync is False;
   * it is True when left out.
   */
  open(
    bstrMethod: string,
    bstrUrl: string,
    varAsync?: boolean,
    bstrUser?: string,
    bstrPassword?: string,
  ): void;
  /** Sets a header; call it between open and send. */
  setRequestHeader(bstrHeader: string, bstrValue: string): void;
  /** The value of a header of the answer; nothing where it has none. */
  getResponseHeader(bstrHeader: string): string;
  /** All headers of the answer, one a line. */
  getAllResponseHeaders(): string;
  /** Sends it, with a text (as UTF-8), an array of Byte or a stream as its body. */
  send(varBody?: Variant): void;
  /** Ends it and forgets the answer. */
  abort(): void;
  /** The number of the answer: 200, 404… */
  readonly status: number;
  /** The words beside it. */
  readonly statusText: string;
  /**
   * The body as a document, an IXMLDOMDocument3; an empty one if its content type is not XML, or it is not
   * well-formed.
   */
  readonly responseXML: AutomationObject;
  /** The body as text, in the encoding that the answer names, or UTF-8. */
  readonly responseText: string;
  /** The body as an array of Byte. */
  readonly responseBody: Variant;
  /** The body as a stream. */
  readonly responseStream: Variant;
  /**
   * 0 not opened, 1 opened or sent, 2 the head of the answer came, 3 some of its body, 4 all of it, or an
   * error.
   */
  readonly readyState: number;
  /**
   * What is called when readyState has changed: the result of GetRef, or an object with a default method.
   */
  onreadystatechange: Variant;
}

/** A request over HTTP, with time limits. */
export interface IServerXMLHTTPRequest2 extends IXMLHTTPRequest {
  /**
   * How many milliseconds each part may take; 0 is for ever. Here their sum is how long nothing may come.
   */
  setTimeouts(
    resolveTimeout: number,
    connectTimeout: number,
    sendTimeout: number,
    receiveTimeout: number,
  ): void;
  /** Waits for the answer, so many seconds or for ever; whether it came. */
  waitForResponse(timeoutInSeconds?: Variant): boolean;
  /** An option: -1 the URL of the answer, 2 which errors of certificates are ignored. */
  getOption(option: number): Variant;
  /**
   * How the server is reached: 0 and 1 as HTTP_PROXY and HTTPS_PROXY say, 2 by `host:port`, except for the
   * hosts of a list.
   */
  setProxy(proxySetting: number, varProxyServer?: Variant, varBypassList?: Variant): void;
  /** The name and password for the proxy of setProxy, sent as Basic. */
  setProxyCredentials(bstrUserName: string, bstrPassword: string): void;
  /**
   * Sets an option. That errors of certificates are ignored (option 2) is kept, but it is Deno's to allow:
   * --unsafely-ignore-certificate-errors.
   */
  setOption(option: number, value: Variant): void;
}

/** A request over HTTP. */
export interface IWinHttpRequest {
  /**
   * Prepares a request: GET, POST…, to an absolute URL. Send then waits for the answer, unless Async is True.
   */
  Open(Method: string, Url: string, Async?: boolean): void;
  /** Sets a header; call it between Open and Send. */
  SetRequestHeader(Header: string, Value: string): void;
  /** The value of a header of the answer; an error where it has none. */
  GetResponseHeader(Header: string): string;
  /** All headers of the answer, one a line. */
  GetAllResponseHeaders(): string;
  /** Sends it, with a text (as UTF-8), an array of Byte or a stream as its body. */
  Send(Body?: Variant): void;
  /**
   * An option: 0 the User-Agent, 1 the URL (of the answer, once there is one), 6 whether redirections are
   * followed. 4 (which errors of certificates are ignored) and 9 (the versions of TLS) are kept, but they are
   * Deno's to choose.
   */
  Option(Option: number): Variant;
  /**
   * An option: 0 the User-Agent, 1 the URL (of the answer, once there is one), 6 whether redirections are
   * followed. 4 (which errors of certificates are ignored) and 9 (the versions of TLS) are kept, but they are
   * Deno's to choose.
   */
  put_Option(Option: number, newVal: Variant): void;
  /** The number of the answer: 200, 404… */
  readonly Status: number;
  /** The words beside it. */
  readonly StatusText: string;
  /** The body as text, in the encoding that the answer names, or UTF-8. */
  readonly ResponseText: string;
  /** The body as an array of Byte. */
  readonly ResponseBody: Variant;
  /** The body as a stream. */
  readonly ResponseStream: Variant;
  /** Ends it and forgets the answer. */
  Abort(): void;
  /**
   * How the server is reached: 0 and 1 as HTTP_PROXY and HTTPS_PROXY say, 2 by `host:port`, except for the
   * hosts of a list.
   */
  SetProxy(ProxySetting: number, ProxyServer?: Variant, BypassList?: Variant): void;
  /** The name and password for the server (Flags 0), or for the proxy of SetProxy (1), sent as Basic. */
  SetCredentials(UserName: string, Password: string, Flags: number): void;
  /** Waits for the answer, so many seconds or for ever; whether it came. */
  WaitForResponse(Timeout?: Variant): boolean;
  /**
   * How many milliseconds each part may take; 0 is for ever. Here their sum is how long nothing may come.
   */
  SetTimeouts(
    ResolveTimeout: number,
    ConnectTimeout: number,
    SendTimeout: number,
    ReceiveTimeout: number,
  ): void;
  /**
   * When the user's own name and password are sent: 0 always, 1 within the intranet, 2 never. Here they never
   * are.
   */
  SetAutoLogonPolicy(AutoLogonPolicy: number): void;
}

/** A generator of type libraries, of which scripts want the GUID. */
export interface IGenScriptletTLib {
  /**
   * A new GUID in braces, the same as long as the object lives, followed by two characters that Windows
   * leaves there, of which the first ends a text in C.
   */
  Guid: string;
  /** The name of the type library. */
  Name: string;
  /** Its version before the point. */
  MajorVersion: number;
  /** Its version behind the point. */
  MinorVersion: number;
  /** Where it would be kept. */
  Path: string;
  /** What it describes. */
  Doc: string;
  /** Makes it as it was when it was new, with another GUID. */
  Reset(): void;
}

/** Folders, zip files and programs, as Explorer has them. */
export interface IShellDispatch6 {
  /** The object itself. */
  readonly Application: AutomationObject;
  /** The object itself. */
  readonly Parent: AutomationObject;
  /** A folder, a zip file, or a special folder by its number; Nothing if there is none. */
  NameSpace(vDir: Variant): Folder3;
  /** Asks for a folder as InputBox asks for a text; Nothing if none was named. */
  BrowseForFolder(Hwnd: number, Title: string, Options: number, RootFolder?: Variant): Folder3;
  /** The windows of the desktop, which are none. */
  Windows(): IShellWindows;
  /** Opens a folder by the desktop. */
  Open(vDir: Variant): void;
  /** Opens a folder by the desktop. */
  Explore(vDir: Variant): void;
  /** Does nothing: there are no windows here. */
  MinimizeAll(): void;
  /** Does nothing: there are no windows here. */
  UndoMinimizeALL(): void;
  /** Error 445: there is no desktop here. */
  FileRun(): void;
  /** Does nothing: there are no windows here. */
  CascadeWindows(): void;
  /** Does nothing: there are no windows here. */
  TileVertically(): void;
  /** Does nothing: there are no windows here. */
  TileHorizontally(): void;
  /** Error 445: there is no desktop here. */
  ShutdownWindows(): void;
  /** Error 445: there is no desktop here. */
  Suspend(): void;
  /** Error 445: there is no desktop here. */
  EjectPC(): void;
  /** Error 445: there is no desktop here. */
  SetTime(): void;
  /** Error 445: there is no desktop here. */
  TrayProperties(): void;
  /** Error 445: there is no desktop here. */
  Help(): void;
  /** Error 445: there is no desktop here. */
  FindFiles(): void;
  /** Error 445: there is no desktop here. */
  FindComputer(): void;
  /** Does nothing: there are no windows here. */
  RefreshMenu(): void;
  /** Error 445: there is no desktop here. */
  ControlPanelItem(szDir: string): void;
  /** 0: nothing is restricted by policies. */
  IsRestricted(group: string, restriction: string): number;
  /** Starts a program or opens a document, and does not wait; `runas` starts it as the same user. */
  ShellExecute(file: string, args?: Variant, dir?: Variant, op?: Variant, show?: Variant): void;
  /** Error 445: there is no desktop here. */
  FindPrinter(name?: string, location?: string, model?: string): void;
  /**
   * `PhysicalMemoryInstalled` in bytes, `ProcessorArchitecture` (0 x86, 9 x64, 12 ARM64),
   * `DirectoryServiceAvailable`, `DoubleClickTime`; Empty for other names.
   */
  GetSystemInformation(name: string): Variant;
  /** Starts a service of the system; whether it did. */
  ServiceStart(service: string, persistent: Variant): Variant;
  /** Stops a service of the system; whether it did. */
  ServiceStop(service: string, persistent: Variant): Variant;
  /** Whether a service of the system runs. */
  IsServiceRunning(service: string): Variant;
  /** Whether the user may start and stop services. */
  CanStartStopService(service: string): Variant;
  /** False: there is no browser. */
  ShowBrowserBar(clsid: string, show: Variant): Variant;
  /** Does nothing: there is no list of recent documents. */
  AddToRecent(file: Variant, category?: string): void;
  /** Error 445: there is no desktop here. */
  WindowsSecurity(): void;
  /** Does nothing: there are no windows here. */
  ToggleDesktop(): void;
  /** Empty: there are no policies. */
  ExplorerPolicy(policy: string): Variant;
  /** False: there are no settings of windows. */
  GetSetting(setting: number): boolean;
  /** Error 445: there is no desktop here. */
  WindowSwitcher(): void;
  /** Error 445: there is no desktop here. */
  SearchCommand(): void;
}

/** The windows of a desktop that is not there. */
export interface IShellWindows {
  /** 0. */
  readonly Count: number;
  /** Nothing. */
  Item(index?: Variant): AutomationObject;
  /** Nothing. */
  [Symbol.iterator](): Iterator<AutomationObject>;
}

/** A folder, or a zip file. */
export interface Folder3 {
  /** The name that is shown. */
  readonly Title: string;
  /** The Shell object. */
  readonly Application: AutomationObject;
  /** The Shell object. */
  readonly Parent: AutomationObject;
  /** The folder that it lies in; Nothing above drives. */
  readonly ParentFolder: Folder3;
  /** What lies in it: folders first, without hidden names. */
  Items(): FolderItems3;
  /** The item of a name; Nothing if there is none. */
  ParseName(bName: string): FolderItem2;
  /** Makes a folder in it. */
  NewFolder(bName: string, vOptions?: Variant): void;
  /** Moves a path, an item or items into it, and returns when that is done. */
  MoveHere(vItem: Variant, vOptions?: Variant): void;
  /**
   * Copies a path, an item or items into it, and returns when that is done; 16 in the options replaces what
   * is there, 8 finds another name, else it is asked.
   */
  CopyHere(vItem: Variant, vOptions?: Variant): void;
  /**
   * A column of an item: 0 name, 1 size, 2 type, 3 modified, 4 created, 5 accessed, 6 attributes; without an
   * item the column's title.
   */
  GetDetailsOf(vItem: Variant, iColumn: number): string;
  /** The folder as an item. */
  readonly Self: FolderItem2;
  /** -1: it is not kept offline. */
  readonly OfflineStatus: number;
  /** Does nothing: it is not kept offline. */
  Synchronize(): void;
  /** False. */
  readonly HaveToShowWebViewBarricade: boolean;
  /** Does nothing. */
  DismissedWebViewBarricade(): void;
  /** Kept and not used. */
  ShowWebViewBarricade: boolean;
}

/** What lies in a folder. */
export interface FolderItems3 {
  /** How many items there are. */
  readonly Count: number;
  /** The Shell object. */
  readonly Application: AutomationObject;
  /** The Shell object. */
  readonly Parent: AutomationObject;
  /** An item by its place, from 0; without one the folder itself; Nothing behind the last. */
  Item(index?: Variant): FolderItem2;
  /** Does something with all items: `open`. */
  InvokeVerbEx(verb?: Variant, args?: Variant): void;
  /**
   * Leaves those of kinds (32 folders, 64 files, 128 hidden ones) whose names match patterns, such as
   * `*.txt;*.log`.
   */
  Filter(flags: number, spec: string): void;
  /** What can be done with all items. */
  readonly Verbs: FolderItemVerbs;
  /** All items in order. */
  [Symbol.iterator](): Iterator<FolderItem2>;
}

/** A file, a folder, or what a zip file has of them. */
export interface FolderItem2 {
  /** The Shell object. */
  readonly Application: AutomationObject;
  /** The folder that it lies in. */
  readonly Parent: AutomationObject;
  /** Its name, with its extension; another one renames it. */
  Name: string;
  /** Its path. */
  readonly Path: string;
  /** The shortcut that it is. */
  readonly GetLink: IShellLinkDual2;
  /** The folder, or the zip file, that it is. */
  readonly GetFolder: Folder3;
  /** Whether it is a shortcut. */
  readonly IsLink: boolean;
  /** Whether it is a folder or a zip file. */
  readonly IsFolder: boolean;
  /** Whether it lies in the file system, and not in a zip file. */
  readonly IsFileSystem: boolean;
  /** False: no browser shows it. */
  readonly IsBrowsable: boolean;
  /** When it was changed last. */
  ModifyDate: Date;
  /** Its size in bytes; 0 for folders. */
  readonly Size: number;
  /** What Windows calls its kind. */
  readonly Type: string;
  /** What can be done with it. */
  Verbs(): FolderItemVerbs;
  /** Opens it by the desktop, which `open` does, and no verb; others are error 445. */
  InvokeVerb(vVerb?: Variant): void;
  /** The same, with arguments for a program. */
  InvokeVerbEx(verb?: Variant, args?: Variant): void;
  /**
   * A property by its name, such as `System.Size`, `System.DateModified`, `System.ItemPathDisplay`; Empty if
   * it has none of that name.
   */
  ExtendedProperty(propname: string): Variant;
}

/** What can be done with an item. */
export interface FolderItemVerbs {
  /** How many verbs there are. */
  readonly Count: number;
  /** The Shell object. */
  readonly Application: AutomationObject;
  /** The item. */
  readonly Parent: AutomationObject;
  /** A verb by its place, from 0; Nothing behind the last. */
  Item(index?: Variant): FolderItemVerb;
  /** All verbs in order. */
  [Symbol.iterator](): Iterator<FolderItemVerb>;
}

/** One thing that can be done with an item. */
export interface FolderItemVerb {
  /** The Shell object. */
  readonly Application: AutomationObject;
  /** The item. */
  readonly Parent: AutomationObject;
  /** Its name, as menus have it, such as `&Open`. */
  readonly Name: string;
  /** Does it. */
  DoIt(): void;
}

/** A shortcut. */
export interface IShellLinkDual2 {
  /** The program, document or folder. */
  Path: string;
  /** What the shortcut is for. */
  Description: string;
  /** The folder that the program starts in. */
  WorkingDirectory: string;
  /** The arguments of the program. */
  Arguments: string;
  /** The key that starts it: its code, and 256 for Shift, 512 for Ctrl, 1024 for Alt. */
  Hotkey: number;
  /** 1 normal, 3 maximised, 7 minimised. */
  ShowCommand: number;
  /** Does nothing: targets are not searched. */
  Resolve(fFlags: number): void;
  /** The index of the icon in its file. */
  GetIconLocation(pbs?: Variant): number;
  /** Sets the file of the icon and its index there. */
  SetIconLocation(bs: string, iIcon: number): void;
  /** Writes the shortcut, to another path if one is given. */
  Save(vWhere?: Variant): void;
  /** What it leads to; Nothing if that is gone. */
  readonly Target: FolderItem2;
}

/** What the documents can do. */
export interface IXMLDOMImplementation {
  /** Whether a feature is there: XML, DOM or MS-DOM, in version 1.0. */
  hasFeature(feature: string, version: string): boolean;
}

/** A node of a document. */
export interface IXMLDOMNode {
  /** Its name with its prefix, or #text, #document… */
  readonly nodeName: string;
  /** Its text; Null for elements and documents, whose text is in their children. */
  nodeValue: Variant;
  /**
   * 1 element, 2 attribute, 3 text, 4 CDATA section, 5 entity reference, 7 processing instruction, 8 comment,
   * 9 document, 10 document type, 11 fragment.
   */
  readonly nodeType: number;
  /** The node that it is in; Nothing for attributes, documents and what was not inserted. */
  readonly parentNode: IXMLDOMNode;
  /** The nodes in it, as they are at any time. */
  readonly childNodes: IXMLDOMNodeList;
  /** The first node in it, or Nothing. */
  readonly firstChild: IXMLDOMNode;
  /** The last node in it, or Nothing. */
  readonly lastChild: IXMLDOMNode;
  /** The node before it, or Nothing. */
  readonly previousSibling: IXMLDOMNode;
  /** The node after it, or Nothing. */
  readonly nextSibling: IXMLDOMNode;
  /** The attributes of an element or of the XML declaration; Nothing for other nodes. */
  readonly attributes: IXMLDOMNamedNodeMap;
  /** Inserts a node before one that is in it, or last for Null; returns it. */
  insertBefore(newChild: IXMLDOMNode, refChild: Variant): IXMLDOMNode;
  /** Puts a node in the place of one that is in it, which is returned. */
  replaceChild(newChild: IXMLDOMNode, oldChild: IXMLDOMNode): IXMLDOMNode;
  /** Takes a node out of it, and returns it. */
  removeChild(childNode: IXMLDOMNode): IXMLDOMNode;
  /** Inserts a node last, and returns it. */
  appendChild(newChild: IXMLDOMNode): IXMLDOMNode;
  /** Whether any node is in it. */
  hasChildNodes(): boolean;
  /** Its document; Nothing for a document. */
  readonly ownerDocument: IXMLDOMDocument3;
  /** A copy of it, with all that is in it if deep is True. */
  cloneNode(deep: boolean): IXMLDOMNode;
  /** What nodeType says, in a word: element, attribute, text, cdatasection… */
  readonly nodeTypeString: string;
  /**
   * The text of it and all in it, without white space at both ends unless that is preserved. Setting it
   * replaces what is in it.
   */
  text: string;
  /** Whether the document says it; False for an attribute that its DTD gives. */
  readonly specified: boolean;
  /** Nothing: DTDs and schemas are no nodes here. */
  readonly definition: IXMLDOMNode;
  /** Its value as its dataType has it: a number, a date, an array of Byte for bin.base64 and bin.hex. */
  nodeTypedValue: Variant;
  /** The name of its data type (int, dateTime, bin.base64…), or Null. */
  dataType: Variant;
  /** It and all in it as XML. */
  readonly xml: string;
  /** What a style sheet (XSLT 1.0) makes of it, as text; that says it is UTF-16. */
  transformNode(stylesheet: IXMLDOMNode): string;
  /** The nodes that an XPath or XSLPattern means, in the order of the document. */
  selectNodes(queryString: string): IXMLDOMNodeList;
  /** The first of those nodes, or Nothing. */
  selectSingleNode(queryString: string): IXMLDOMNode;
  /** True: load returns when all is read. */
  readonly parsed: boolean;
  /** The URI of its namespace, or nothing. */
  readonly namespaceURI: string;
  /** The prefix of its name, or nothing. */
  readonly prefix: string;
  /** Its name without the prefix. */
  readonly baseName: string;
  /** Sends what a style sheet (XSLT 1.0) makes of it to an ADODB.Stream, or puts it in a document. */
  transformNodeToObject(stylesheet: IXMLDOMNode, outputObject: Variant): void;
}

/** A list of nodes. */
export interface IXMLDOMNodeList {
  /** A node by its index from 0; Nothing beyond the end. */
  item(index: number): IXMLDOMNode;
  /** How many nodes there are. */
  readonly length: number;
  /** The next node, from the first one on; Nothing at the end. */
  nextNode(): IXMLDOMNode;
  /** Lets nextNode begin anew. */
  reset(): void;
  /** All nodes in order. */
  [Symbol.iterator](): Iterator<IXMLDOMNode>;
}

/** The attributes of a node. */
export interface IXMLDOMNamedNodeMap {
  /** The attribute of that name, or Nothing. */
  getNamedItem(name: string): IXMLDOMNode;
  /** Adds an attribute, in place of one of its name. */
  setNamedItem(newItem: IXMLDOMNode): IXMLDOMNode;
  /** Takes the attribute of that name away, and returns it, or Nothing. */
  removeNamedItem(name: string): IXMLDOMNode;
  /** An attribute by its index from 0; Nothing beyond the end. */
  item(index: number): IXMLDOMNode;
  /** How many attributes there are. */
  readonly length: number;
  /** The attribute of that name in that namespace, or Nothing. */
  getQualifiedItem(baseName: string, namespaceURI: string): IXMLDOMNode;
  /** Takes the attribute of that name in that namespace away, and returns it, or Nothing. */
  removeQualifiedItem(baseName: string, namespaceURI: string): IXMLDOMNode;
  /** The next attribute, from the first one on; Nothing at the end. */
  nextNode(): IXMLDOMNode;
  /** Lets nextNode begin anew. */
  reset(): void;
  /** All attributes in order. */
  [Symbol.iterator](): Iterator<IXMLDOMNode>;
}

/** An element. */
export interface IXMLDOMElement extends IXMLDOMNode {
  /** Its name with its prefix. */
  readonly tagName: string;
  /** The text of an attribute; Null where there is none of that name. */
  getAttribute(name: string): Variant;
  /** Gives an attribute a text; adds it where there is none of that name. */
  setAttribute(name: string, value: Variant): void;
  /** Takes an attribute away, where there is one of that name. */
  removeAttribute(name: string): void;
  /** An attribute, or Nothing. */
  getAttributeNode(name: string): IXMLDOMAttribute;
  /** Adds an attribute; returns the one of its name that it replaces, or Nothing. */
  setAttributeNode(DOMAttribute: IXMLDOMAttribute): IXMLDOMAttribute;
  /** Takes an attribute away, and returns it. */
  removeAttributeNode(DOMAttribute: IXMLDOMAttribute): IXMLDOMAttribute;
  /** The elements of a name in it, or all for *, as they are at any time. */
  getElementsByTagName(tagName: string): IXMLDOMNodeList;
  /** Makes one text of texts that follow each other. */
  normalize(): void;
}

/** An attribute. */
export interface IXMLDOMAttribute extends IXMLDOMNode {
  /** Its name with its prefix. */
  readonly name: string;
  /** Its text. */
  value: Variant;
}

/** A node that is text. */
export interface IXMLDOMCharacterData extends IXMLDOMNode {
  /** Its text. */
  data: string;
  /** How many characters its text has. */
  readonly length: number;
  /** So many characters from an offset from 0 on. */
  substringData(offset: number, count: number): string;
  /** Adds text at the end. */
  appendData(data: string): void;
  /** Inserts text at an offset. */
  insertData(offset: number, data: string): void;
  /** Takes so many characters away at an offset. */
  deleteData(offset: number, count: number): void;
  /** Puts text in the place of so many characters at an offset. */
  replaceData(offset: number, count: number, data: string): void;
}

/** A text. */
export interface IXMLDOMText extends IXMLDOMCharacterData {
  /** Makes two texts of it; returns the second one, which begins at the offset. */
  splitText(offset: number): IXMLDOMText;
}

/** A CDATA section. */
export interface IXMLDOMCDATASection extends IXMLDOMText {
}

/** A comment. */
export interface IXMLDOMComment extends IXMLDOMCharacterData {
}

/** A processing instruction, or the XML declaration. */
export interface IXMLDOMProcessingInstruction extends IXMLDOMNode {
  /** Its name. */
  readonly target: string;
  /** What follows its name. */
  data: string;
}

/** A document type declaration. */
export interface IXMLDOMDocumentType extends IXMLDOMNode {
  /** The name of the root element, as it declares it. */
  readonly name: string;
}

/** Nodes that are inserted together. */
export interface IXMLDOMDocumentFragment extends IXMLDOMNode {
}

/** A reference to an entity that is not here. */
export interface IXMLDOMEntityReference extends IXMLDOMNode {
}

/** Why a document was not loaded. */
export interface IXMLDOMParseError {
  /** The number of the error; 0 where there was none. */
  readonly errorCode: number;
  /** The URL of the document; nothing for loadXML. */
  readonly url: string;
  /** What is wrong, in a sentence that ends a line. */
  readonly reason: string;
  /** The line in which it is. */
  readonly srcText: string;
  /** The number of that line, from 1. */
  readonly line: number;
  /** The character in that line, from 1. */
  readonly linepos: number;
  /** How many characters of the document are before it. */
  readonly filepos: number;
}

/** An XML document. */
export interface IXMLDOMDocument extends IXMLDOMNode {
  /** The document type declaration, or Nothing. */
  readonly doctype: IXMLDOMDocumentType;
  /** What the documents can do. */
  readonly implementation: IXMLDOMImplementation;
  /** The root element, or Nothing. */
  documentElement: IXMLDOMElement;
  /** A new element without a namespace. */
  createElement(tagName: string): IXMLDOMElement;
  /** A new fragment. */
  createDocumentFragment(): IXMLDOMDocumentFragment;
  /** A new text. */
  createTextNode(data: string): IXMLDOMText;
  /** A new comment. */
  createComment(data: string): IXMLDOMComment;
  /** A new CDATA section. */
  createCDATASection(data: string): IXMLDOMCDATASection;
  /** A new processing instruction; the XML declaration if its target is xml. */
  createProcessingInstruction(target: string, data: string): IXMLDOMProcessingInstruction;
  /** A new attribute without a namespace. */
  createAttribute(name: string): IXMLDOMAttribute;
  /** A new reference to an entity. */
  createEntityReference(name: string): IXMLDOMEntityReference;
  /** The elements of a name, or all for *, as they are at any time. */
  getElementsByTagName(tagName: string): IXMLDOMNodeList;
  /** A new node of a type (a number or word of nodeType), with a name in a namespace where it has one. */
  createNode(Type: Variant, name: string, namespaceURI: string): IXMLDOMNode;
  /** The element of an ID, by the attributes that its DTD declares as IDs, or Nothing. */
  nodeFromID(idString: string): IXMLDOMNode;
  /**
   * Reads a file, an http or https URL, a stream, an array of Byte or another document; whether it is
   * well-formed. All is read when it returns, whatever async says.
   */
  load(xmlSource: Variant): boolean;
  /** 4 when a document was loaded or loading failed, else 0; while it loads, 1 to 3. */
  readonly readyState: number;
  /** Why the last document was not loaded. */
  readonly parseError: IXMLDOMParseError;
  /** Where the document was loaded from. */
  readonly url: string;
  /** Whether load may return earlier; here it does not. */
  async: boolean;
  /** Nothing: no load is ever still running. */
  abort(): void;
  /** Reads a text; whether it is well-formed. */
  loadXML(bstrXML: string): boolean;
  /** Writes it to a file, a stream or another document, in the encoding that it declares, or UTF-8. */
  save(destination: Variant): void;
  /** Whether documents are held against their DTD; here they are not. */
  validateOnParse: boolean;
  /** Whether external entities may be fetched; here they never are. */
  resolveExternals: boolean;
  /** Whether white space between tags is kept; set it before loading. */
  preserveWhiteSpace: boolean;
  /**
   * What is called when readyState has changed: the result of GetRef, or an object with a default method.
   */
  onreadystatechange: Variant;
  /** What is called when the document is there. */
  ondataavailable: Variant;
}

/** An XML document, with properties. */
export interface IXMLDOMDocument2 extends IXMLDOMDocument {
  /** The namespaces that are in it. */
  readonly namespaces: IXMLDOMSchemaCollection;
  /** Null; setting it is error 445: documents are not validated here. */
  schemas: Variant;
  /** Error 445: documents are not validated here. */
  validate(): IXMLDOMParseError;
  /**
   * Sets SelectionLanguage (XPath or XSLPattern), SelectionNamespaces (declarations, with blanks between
   * them), ProhibitDTD, MaxElementDepth, MaxXMLSize (in KB)…
   */
  setProperty(name: string, value: Variant): void;
  /** What such a property is. */
  getProperty(name: string): Variant;
}

/** An XML document. */
export interface IXMLDOMDocument3 extends IXMLDOMDocument2 {
  /** Error 445: documents are not validated here. */
  validateNode(node: IXMLDOMNode): IXMLDOMParseError;
  /** A copy of another document's node for this one. */
  importNode(node: IXMLDOMNode, deep: boolean): IXMLDOMNode;
}

/** The namespaces of a document. */
export interface IXMLDOMSchemaCollection {
  /** A namespace by its index from 0. */
  namespaceURI(index: number): string;
  /** Error 445: there are no schemas here. */
  add(namespaceURI: string, schema: Variant): void;
  /** The schema of a namespace: Nothing, there is none here. */
  get(namespaceURI: string): IXMLDOMNode;
  /** Error 445: there are no schemas here. */
  remove(namespaceURI: string): void;
  /** How many namespaces there are. */
  readonly length: number;
  /** Error 445: there are no schemas here. */
  addCollection(otherCollection: IXMLDOMSchemaCollection): void;
  /** All namespaces. */
  [Symbol.iterator](): Iterator<string>;
}

/** A style sheet that is compiled once. */
export interface IXSLTemplate {
  /** The style sheet, which is compiled when it is set; later changes of it do not count. */
  stylesheet: IXMLDOMNode;
  /** A new processor that follows it. */
  createProcessor(): IXSLProcessor;
}

/** One use of a style sheet, with parameters. */
export interface IXSLProcessor {
  /** The document or node that is transformed. */
  input: Variant;
  /** The template that made it. */
  readonly ownerTemplate: IXSLTemplate;
  /** Begins with the templates of a mode. */
  setStartMode(mode: string, namespaceURI?: string): void;
  /** That mode. */
  readonly startMode: string;
  /** The namespace of that mode. */
  readonly startModeURI: string;
  /**
   * Where the result goes: an ADODB.Stream or a document. If none was set, the result as text, after
   * transform.
   */
  output: Variant;
  /** Transforms the input. It is done when it returns, and True. */
  transform(): boolean;
  /** Forgets the result; the input, the parameters and the mode stay. */
  reset(): void;
  /** 0 without an input, 2 with one, 4 after transform. */
  readonly readyState: number;
  /**
   * Sets an xsl:param of the style sheet to a text, a number, a truth, a node or a list of nodes; Empty or
   * Null takes it back.
   */
  addParameter(baseName: string, parameter: Variant, namespaceURI?: string): void;
  /**
   * Lets the style sheet call methods of an object as functions of a namespace, and read properties as
   * get-name.
   */
  addObject(obj: AutomationObject, namespaceURI: string): void;
  /** The style sheet. */
  readonly stylesheet: IXMLDOMNode;
}

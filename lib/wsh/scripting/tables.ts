/** Every interface of the Scripting runtime as data. @module */
import { IDictionaryTable } from "./dictionary.ts";
import { IDriveCollectionTable, IDriveTable } from "./drive.ts";
import { IScriptEncoderTable } from "./encoder.ts";
import { IFileSystemTable } from "./file_system_object.ts";
import { IFileCollectionTable, IFileTable, IFolderCollectionTable, IFolderTable } from "./files.ts";
import { ITextStreamTable } from "./text_stream.ts";

/** The tables of the Scripting runtime. */
export const SCRIPTING_TABLES = {
  IDictionary: IDictionaryTable,
  IFileSystem: IFileSystemTable,
  IFile: IFileTable,
  IFolder: IFolderTable,
  IFileCollection: IFileCollectionTable,
  IFolderCollection: IFolderCollectionTable,
  IDrive: IDriveTable,
  IDriveCollection: IDriveCollectionTable,
  ITextStream: ITextStreamTable,
  IScriptEncoder: IScriptEncoderTable,
} as const;

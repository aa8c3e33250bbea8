/** The constants of type libraries, for the `<reference>` of a job. @module */
import * as imapi from "../imapi/constants.ts";

/** Scripting (Script Runtime reference, "Constants"). */
const SCRIPTING: Readonly<Record<string, number>> = {
  ForReading: 1,
  ForWriting: 2,
  ForAppending: 8,
  TristateTrue: -1,
  TristateFalse: 0,
  TristateUseDefault: -2,
  TristateMixed: -2,
  BinaryCompare: 0,
  TextCompare: 1,
  DatabaseCompare: 2,
  WindowsFolder: 0,
  SystemFolder: 1,
  TemporaryFolder: 2,
  StdIn: 0,
  StdOut: 1,
  StdErr: 2,
  Normal: 0,
  ReadOnly: 1,
  Hidden: 2,
  System: 4,
  Volume: 8,
  Directory: 16,
  Archive: 32,
  Alias: 1024,
  Compressed: 2048,
  UnknownType: 0,
  Removable: 1,
  Fixed: 2,
  Remote: 3,
  CDRom: 4,
  RamDisk: 5,
};

/** ADODB, as far as its Stream needs them (ADO reference, "ADO Enumerated Constants"). */
const ADODB: Readonly<Record<string, number>> = {
  adTypeBinary: 1,
  adTypeText: 2,
  adReadAll: -1,
  adReadLine: -2,
  adWriteChar: 0,
  adWriteLine: 1,
  adSaveCreateNotExist: 1,
  adSaveCreateOverWrite: 2,
  adModeUnknown: 0,
  adModeRead: 1,
  adModeWrite: 2,
  adModeReadWrite: 3,
  adCR: 13,
  adLF: 10,
  adCRLF: -1,
  adStateClosed: 0,
  adStateOpen: 1,
};

/** By the ProgIDs that a reference may name, and by the libraries' GUIDs. */
const LIBRARIES: readonly { readonly names: RegExp; constants(): Readonly<Record<string, number>> }[] = [
  { names: /^(scripting\.\w+|\{?420b2830-e718-11cf-893d-00a0c9054228\}?)$/i, constants: () => SCRIPTING },
  {
    names: /^(adodb\.\w+|\{?(00000205|2a75196c|ef53050b|b691e011)-[0-9a-f-]+\}?)$/i,
    constants: () => ADODB,
  },
  {
    names: /^(imapi2(fs)?\.\w+|\{?(2735412f|2c941fd0)-[0-9a-f-]+\}?)$/i,
    constants: () => Object.assign({}, ...Object.values(imapi)) as Record<string, number>,
  },
  // Script Host's own library declares no constants that scripts use.
  { names: /^wscript\.\w+$/i, constants: () => ({}) },
];

/** The constants of a type library; undefined when Burnscript does not know it. A version after the name does not matter. */
export function constantsOf(name: string): Readonly<Record<string, number>> | undefined {
  const plain = name.trim().replace(/(\.\d+)+$/, "");
  return LIBRARIES.find(({ names }) => names.test(plain))?.constants();
}

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
  /** Calls the procedure named prefix and event when an object fires an event. */
  ConnectObject(Object: AutomationObject, Prefix: string): void;
  /** Ends that for an object. */
  DisconnectObject(Object: AutomationObject): void;
  /** Does nothing for so many milliseconds. */
  Sleep(Time: number): void;
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

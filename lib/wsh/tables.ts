/** Every interface of the script host as data: what types.ts is made from, and what tests read. @module */
import { IArgumentsTable, IWSHNamedArgumentsTable } from "./arguments.ts";
import { SCRIPTING_TABLES } from "./scripting/tables.ts";
import { IHostTable } from "./wscript.ts";

/** The tables of the script host. */
export const WSH_TABLES = {
  IHost: IHostTable,
  IArguments: IArgumentsTable,
  IWSHNamedArguments: IWSHNamedArgumentsTable,
  ...SCRIPTING_TABLES,
} as const;

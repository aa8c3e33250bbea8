/** Every interface of the script host as data: what types.ts is made from, and what tests read. @module */
import { IArgumentsTable, IWSHNamedArgumentsTable } from "./arguments.ts";
import { SCRIPTING_TABLES } from "./scripting/tables.ts";
import { _StreamTable } from "./adodb/stream.ts";
import { IArrayListTable } from "./collections/array_list.ts";
import { EXPLORER_TABLES } from "./explorer/tables.ts";
import { IWinHttpRequestTable } from "./http/win_http.ts";
import { IServerXMLHTTPRequest2Table, IXMLHTTPRequestTable } from "./http/xml_http.ts";
import { IGenScriptletTLibTable } from "./scriptlet/type_lib.ts";
import { IWshNetwork2Table } from "./network.ts";
import { IWshEnvironmentTable } from "./shell/environment.ts";
import { IWshExecTable } from "./shell/exec.ts";
import { IWshShell3Table } from "./shell/shell.ts";
import { IWshShortcutTable, IWshURLShortcutTable } from "./shell/shortcut.ts";
import { IWshCollectionTable } from "./shell/special_folders.ts";
import { XML_TABLES } from "./xml/tables.ts";
import { IHostTable } from "./wscript.ts";

/** The tables of the script host. */
export const WSH_TABLES = {
  IHost: IHostTable,
  IArguments: IArgumentsTable,
  IWSHNamedArguments: IWSHNamedArgumentsTable,
  ...SCRIPTING_TABLES,
  IWshShell3: IWshShell3Table,
  IWshExec: IWshExecTable,
  IWshEnvironment: IWshEnvironmentTable,
  IWshCollection: IWshCollectionTable,
  IWshNetwork2: IWshNetwork2Table,
  IWshShortcut: IWshShortcutTable,
  IWshURLShortcut: IWshURLShortcutTable,
  _Stream: _StreamTable,
  IArrayList: IArrayListTable,
  IXMLHTTPRequest: IXMLHTTPRequestTable,
  IServerXMLHTTPRequest2: IServerXMLHTTPRequest2Table,
  IWinHttpRequest: IWinHttpRequestTable,
  IGenScriptletTLib: IGenScriptletTLibTable,
  ...EXPLORER_TABLES,
  ...XML_TABLES,
} as const;

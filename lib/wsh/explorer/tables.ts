/**
 * The interfaces of `Shell.Application`, under the names of the Windows SDK's type library (shldisp.idl).
 *
 * Members without an `id` there get theirs from their place in the vtable, as `midl` gives them.
 *
 * @module
 */
import { defineInterface } from "../../automation/interface.ts";

const NO_DESKTOP = "Error 445: there is no desktop here.";
const NO_WINDOWS = "Does nothing: there are no windows here.";

/** IShellDispatch6 with the members of those that it inherits (Shell reference, "Shell object"). */
// deno-fmt-ignore -- a table: one row a member
export const IShellDispatch6Table = defineInterface("IShellDispatch6", "{286E6F1B-7113-4355-9562-96B7E9D64C54}", {
  Application: { dispid: 0x60020000, get: "IDispatch*", doc: "The object itself." },
  Parent: { dispid: 0x60020001, get: "IDispatch*", doc: "The object itself." },
  NameSpace: { dispid: 0x60020002, method: "Folder3*", params: [["vDir", "VARIANT"]], doc: "A folder, a zip file, or a special folder by its number; Nothing if there is none." },
  BrowseForFolder: { dispid: 0x60020003, method: "Folder3*", params: [["Hwnd", "LONG"], ["Title", "BSTR"], ["Options", "LONG"], ["RootFolder", "VARIANT?"]], doc: "Asks for a folder as InputBox asks for a text; Nothing if none was named." },
  Windows: { dispid: 0x60020004, method: "IShellWindows*", doc: "The windows of the desktop, which are none." },
  Open: { dispid: 0x60020005, method: "void", params: [["vDir", "VARIANT"]], doc: "Opens a folder by the desktop." },
  Explore: { dispid: 0x60020006, method: "void", params: [["vDir", "VARIANT"]], doc: "Opens a folder by the desktop." },
  MinimizeAll: { dispid: 0x60020007, method: "void", doc: NO_WINDOWS },
  UndoMinimizeALL: { dispid: 0x60020008, method: "void", doc: NO_WINDOWS },
  FileRun: { dispid: 0x60020009, method: "void", doc: NO_DESKTOP },
  CascadeWindows: { dispid: 0x6002000a, method: "void", doc: NO_WINDOWS },
  TileVertically: { dispid: 0x6002000b, method: "void", doc: NO_WINDOWS },
  TileHorizontally: { dispid: 0x6002000c, method: "void", doc: NO_WINDOWS },
  ShutdownWindows: { dispid: 0x6002000d, method: "void", doc: NO_DESKTOP },
  Suspend: { dispid: 0x6002000e, method: "void", doc: NO_DESKTOP },
  EjectPC: { dispid: 0x6002000f, method: "void", doc: NO_DESKTOP },
  SetTime: { dispid: 0x60020010, method: "void", doc: NO_DESKTOP },
  TrayProperties: { dispid: 0x60020011, method: "void", doc: NO_DESKTOP },
  Help: { dispid: 0x60020012, method: "void", doc: NO_DESKTOP },
  FindFiles: { dispid: 0x60020013, method: "void", doc: NO_DESKTOP },
  FindComputer: { dispid: 0x60020014, method: "void", doc: NO_DESKTOP },
  RefreshMenu: { dispid: 0x60020015, method: "void", doc: NO_WINDOWS },
  ControlPanelItem: { dispid: 0x60020016, method: "void", params: [["szDir", "BSTR"]], doc: NO_DESKTOP },
  IsRestricted: { dispid: 0x60030000, method: "LONG", params: [["group", "BSTR"], ["restriction", "BSTR"]], doc: "0: nothing is restricted by policies." },
  ShellExecute: { dispid: 0x60030001, method: "void", params: [["file", "BSTR"], ["args", "VARIANT?"], ["dir", "VARIANT?"], ["op", "VARIANT?"], ["show", "VARIANT?"]], doc: "Starts a program or opens a document, and does not wait; `runas` starts it as the same user." },
  FindPrinter: { dispid: 0x60030002, method: "void", params: [["name", "BSTR?"], ["location", "BSTR?"], ["model", "BSTR?"]], doc: NO_DESKTOP },
  GetSystemInformation: { dispid: 0x60030003, method: "VARIANT", params: [["name", "BSTR"]], doc: "`PhysicalMemoryInstalled` in bytes, `ProcessorArchitecture` (0 x86, 9 x64, 12 ARM64), `DirectoryServiceAvailable`, `DoubleClickTime`; Empty for other names." },
  ServiceStart: { dispid: 0x60030004, method: "VARIANT", params: [["service", "BSTR"], ["persistent", "VARIANT"]], doc: "Starts a service of the system; whether it did." },
  ServiceStop: { dispid: 0x60030005, method: "VARIANT", params: [["service", "BSTR"], ["persistent", "VARIANT"]], doc: "Stops a service of the system; whether it did." },
  IsServiceRunning: { dispid: 0x60030006, method: "VARIANT", params: [["service", "BSTR"]], doc: "Whether a service of the system runs." },
  CanStartStopService: { dispid: 0x60030007, method: "VARIANT", params: [["service", "BSTR"]], doc: "Whether the user may start and stop services." },
  ShowBrowserBar: { dispid: 0x60030008, method: "VARIANT", params: [["clsid", "BSTR"], ["show", "VARIANT"]], doc: "False: there is no browser." },
  AddToRecent: { dispid: 0x60040000, method: "void", params: [["file", "VARIANT"], ["category", "BSTR?"]], doc: "Does nothing: there is no list of recent documents." },
  WindowsSecurity: { dispid: 0x60050000, method: "void", doc: NO_DESKTOP },
  ToggleDesktop: { dispid: 0x60050001, method: "void", doc: NO_WINDOWS },
  ExplorerPolicy: { dispid: 0x60050002, method: "VARIANT", params: [["policy", "BSTR"]], doc: "Empty: there are no policies." },
  GetSetting: { dispid: 0x60050003, method: "VARIANT_BOOL", params: [["setting", "LONG"]], doc: "False: there are no settings of windows." },
  WindowSwitcher: { dispid: 0x60060000, method: "void", doc: NO_DESKTOP },
  SearchCommand: { dispid: 0x60070000, method: "void", doc: NO_DESKTOP },
}, { doc: "Folders, zip files and programs, as Explorer has them." });

/** IShellWindows, as far as scripts call it. */
// deno-fmt-ignore -- a table: one row a member
export const IShellWindowsTable = defineInterface("IShellWindows", "{85CB6900-4D95-11CF-960C-0080C7F4EE85}", {
  Count: { dispid: 0x60020000, get: "LONG", doc: "0." },
  Item: { dispid: 0, method: "IDispatch*", params: [["index", "VARIANT?"]], doc: "Nothing." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "IDispatch*", doc: "Nothing." },
}, { doc: "The windows of a desktop that is not there." });

/** Folder3 with the members of Folder and Folder2 (Shell reference, "Folder object"). */
// deno-fmt-ignore -- a table: one row a member
export const Folder3Table = defineInterface("Folder3", "{A7AE5F64-C4D7-4D7F-9307-4D24EE54B841}", {
  Title: { dispid: 0, get: "BSTR", doc: "The name that is shown." },
  Application: { dispid: 0x60020001, get: "IDispatch*", doc: "The Shell object." },
  Parent: { dispid: 0x60020002, get: "IDispatch*", doc: "The Shell object." },
  ParentFolder: { dispid: 0x60020003, get: "Folder3*", doc: "The folder that it lies in; Nothing above drives." },
  Items: { dispid: 0x60020004, method: "FolderItems3*", doc: "What lies in it: folders first, without hidden names." },
  ParseName: { dispid: 0x60020005, method: "FolderItem2*", params: [["bName", "BSTR"]], doc: "The item of a name; Nothing if there is none." },
  NewFolder: { dispid: 0x60020006, method: "void", params: [["bName", "BSTR"], ["vOptions", "VARIANT?"]], doc: "Makes a folder in it." },
  MoveHere: { dispid: 0x60020007, method: "void", params: [["vItem", "VARIANT"], ["vOptions", "VARIANT?"]], doc: "Moves a path, an item or items into it, and returns when that is done." },
  CopyHere: { dispid: 0x60020008, method: "void", params: [["vItem", "VARIANT"], ["vOptions", "VARIANT?"]], doc: "Copies a path, an item or items into it, and returns when that is done; 16 in the options replaces what is there, 8 finds another name, else it is asked." },
  GetDetailsOf: { dispid: 0x60020009, method: "BSTR", params: [["vItem", "VARIANT"], ["iColumn", "LONG"]], doc: "A column of an item: 0 name, 1 size, 2 type, 3 modified, 4 created, 5 accessed, 6 attributes; without an item the column's title." },
  Self: { dispid: 0x60030000, get: "FolderItem2*", doc: "The folder as an item." },
  OfflineStatus: { dispid: 0x60030001, get: "LONG", doc: "-1: it is not kept offline." },
  Synchronize: { dispid: 0x60030002, method: "void", doc: "Does nothing: it is not kept offline." },
  HaveToShowWebViewBarricade: { dispid: 1, get: "VARIANT_BOOL", doc: "False." },
  DismissedWebViewBarricade: { dispid: 0x60030004, method: "void", doc: "Does nothing." },
  ShowWebViewBarricade: { dispid: 2, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Kept and not used." },
}, { doc: "A folder, or a zip file." });

/** FolderItems3 with the members of those that it inherits (Shell reference, "FolderItems object"). */
// deno-fmt-ignore -- a table: one row a member
export const FolderItems3Table = defineInterface("FolderItems3", "{EAA7C309-BBEC-49D5-821D-64D966CB667F}", {
  Count: { dispid: 0x60020000, get: "LONG", doc: "How many items there are." },
  Application: { dispid: 0x60020001, get: "IDispatch*", doc: "The Shell object." },
  Parent: { dispid: 0x60020002, get: "IDispatch*", doc: "The Shell object." },
  Item: { dispid: 0x60020003, method: "FolderItem2*", params: [["index", "VARIANT?"]], doc: "An item by its place, from 0; without one the folder itself; Nothing behind the last." },
  InvokeVerbEx: { dispid: 0x60030000, method: "void", params: [["verb", "VARIANT?"], ["args", "VARIANT?"]], doc: "Does something with all items: `open`." },
  Filter: { dispid: 0x60040000, method: "void", params: [["flags", "LONG"], ["spec", "BSTR"]], doc: "Leaves those of kinds (32 folders, 64 files, 128 hidden ones) whose names match patterns, such as `*.txt;*.log`." },
  Verbs: { dispid: 0, get: "FolderItemVerbs*", doc: "What can be done with all items." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "FolderItem2*", doc: "All items in order." },
}, { doc: "What lies in a folder." });

/** FolderItem2 with the members of FolderItem (Shell reference, "FolderItem object"). */
// deno-fmt-ignore -- a table: one row a member
export const FolderItem2Table = defineInterface("FolderItem2", "{EDC817AA-92B8-11D1-B075-00C04FC33AA5}", {
  Application: { dispid: 0x60020000, get: "IDispatch*", doc: "The Shell object." },
  Parent: { dispid: 0x60020001, get: "IDispatch*", doc: "The folder that it lies in." },
  Name: { dispid: 0, get: "BSTR", put: "BSTR", doc: "Its name, with its extension; another one renames it." },
  Path: { dispid: 0x60020004, get: "BSTR", doc: "Its path." },
  GetLink: { dispid: 0x60020005, get: "IShellLinkDual2*", doc: "The shortcut that it is." },
  GetFolder: { dispid: 0x60020006, get: "Folder3*", doc: "The folder, or the zip file, that it is." },
  IsLink: { dispid: 0x60020007, get: "VARIANT_BOOL", doc: "Whether it is a shortcut." },
  IsFolder: { dispid: 0x60020008, get: "VARIANT_BOOL", doc: "Whether it is a folder or a zip file." },
  IsFileSystem: { dispid: 0x60020009, get: "VARIANT_BOOL", doc: "Whether it lies in the file system, and not in a zip file." },
  IsBrowsable: { dispid: 0x6002000a, get: "VARIANT_BOOL", doc: "False: no browser shows it." },
  ModifyDate: { dispid: 0x6002000b, get: "DATE", put: "DATE", doc: "When it was changed last." },
  Size: { dispid: 0x6002000d, get: "ULONG", doc: "Its size in bytes; 0 for folders." },
  Type: { dispid: 0x6002000e, get: "BSTR", doc: "What Windows calls its kind." },
  Verbs: { dispid: 0x6002000f, method: "FolderItemVerbs*", doc: "What can be done with it." },
  InvokeVerb: { dispid: 0x60020010, method: "void", params: [["vVerb", "VARIANT?"]], doc: "Opens it by the desktop, which `open` does, and no verb; others are error 445." },
  InvokeVerbEx: { dispid: 0x60030000, method: "void", params: [["verb", "VARIANT?"], ["args", "VARIANT?"]], doc: "The same, with arguments for a program." },
  ExtendedProperty: { dispid: 0x60030001, method: "VARIANT", params: [["propname", "BSTR"]], doc: "A property by its name, such as `System.Size`, `System.DateModified`, `System.ItemPathDisplay`; Empty if it has none of that name." },
}, { doc: "A file, a folder, or what a zip file has of them." });

/** FolderItemVerbs (Shell reference, "FolderItemVerbs object"). */
// deno-fmt-ignore -- a table: one row a member
export const FolderItemVerbsTable = defineInterface("FolderItemVerbs", "{1F8352C0-50B0-11CF-960C-0080C7F4EE85}", {
  Count: { dispid: 0x60020000, get: "LONG", doc: "How many verbs there are." },
  Application: { dispid: 0x60020001, get: "IDispatch*", doc: "The Shell object." },
  Parent: { dispid: 0x60020002, get: "IDispatch*", doc: "The item." },
  Item: { dispid: 0x60020003, method: "FolderItemVerb*", params: [["index", "VARIANT?"]], doc: "A verb by its place, from 0; Nothing behind the last." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "FolderItemVerb*", doc: "All verbs in order." },
}, { doc: "What can be done with an item." });

/** FolderItemVerb (Shell reference, "FolderItemVerb object"). */
// deno-fmt-ignore -- a table: one row a member
export const FolderItemVerbTable = defineInterface("FolderItemVerb", "{08EC3E00-50B0-11CF-960C-0080C7F4EE85}", {
  Application: { dispid: 0x60020000, get: "IDispatch*", doc: "The Shell object." },
  Parent: { dispid: 0x60020001, get: "IDispatch*", doc: "The item." },
  Name: { dispid: 0, get: "BSTR", doc: "Its name, as menus have it, such as `&Open`." },
  DoIt: { dispid: 0x60020003, method: "void", doc: "Does it." },
}, { doc: "One thing that can be done with an item." });

/** IShellLinkDual2 with the members of IShellLinkDual (Shell reference, "ShellLinkObject object"). */
// deno-fmt-ignore -- a table: one row a member
export const IShellLinkDual2Table = defineInterface("IShellLinkDual2", "{317EE249-F12E-11D2-B1E4-00C04F8EEB3E}", {
  Path: { dispid: 0x60020000, get: "BSTR", put: "BSTR", doc: "The program, document or folder." },
  Description: { dispid: 0x60020002, get: "BSTR", put: "BSTR", doc: "What the shortcut is for." },
  WorkingDirectory: { dispid: 0x60020004, get: "BSTR", put: "BSTR", doc: "The folder that the program starts in." },
  Arguments: { dispid: 0x60020006, get: "BSTR", put: "BSTR", doc: "The arguments of the program." },
  Hotkey: { dispid: 0x60020008, get: "LONG", put: "LONG", doc: "The key that starts it: its code, and 256 for Shift, 512 for Ctrl, 1024 for Alt." },
  ShowCommand: { dispid: 0x6002000a, get: "LONG", put: "LONG", doc: "1 normal, 3 maximised, 7 minimised." },
  Resolve: { dispid: 0x6002000c, method: "void", params: [["fFlags", "LONG"]], doc: "Does nothing: targets are not searched." },
  GetIconLocation: { dispid: 0x6002000d, method: "LONG", params: [["pbs", "VARIANT?"]], doc: "The index of the icon in its file." },
  SetIconLocation: { dispid: 0x6002000e, method: "void", params: [["bs", "BSTR"], ["iIcon", "LONG"]], doc: "Sets the file of the icon and its index there." },
  Save: { dispid: 0x6002000f, method: "void", params: [["vWhere", "VARIANT?"]], doc: "Writes the shortcut, to another path if one is given." },
  Target: { dispid: 0x60030000, get: "FolderItem2*", doc: "What it leads to; Nothing if that is gone." },
}, { doc: "A shortcut." });

/** All of them. */
export const EXPLORER_TABLES = {
  IShellDispatch6: IShellDispatch6Table,
  IShellWindows: IShellWindowsTable,
  Folder3: Folder3Table,
  FolderItems3: FolderItems3Table,
  FolderItem2: FolderItem2Table,
  FolderItemVerbs: FolderItemVerbsTable,
  FolderItemVerb: FolderItemVerbTable,
  IShellLinkDual2: IShellLinkDual2Table,
} as const;

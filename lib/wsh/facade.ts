/** `WScript`, `CreateObject` and `ConnectObject` for TypeScript scripts, on the script's own thread. @module */
import { EVENTS, isConnectable } from "../automation/events.ts";
import type { ProgIdTable } from "../automation/progids.ts";
import { type AutomationObject, TypedNumber } from "../automation/variant.ts";
import type {
  IDiscFormat2Data,
  IDiscFormat2DataEventArgs,
  IDiscFormat2Erase,
  IDiscMaster2,
  ImapiProgIds,
} from "../imapi/mod.ts";
import { createDriveMap, sessionOptionsFromEnvironment } from "../jobs/session.ts";
import { writeText } from "../platform/console.ts";
import { pathOfFileUrl } from "../platform/file_url.ts";
import { InterruptFlag, listenForSignals } from "../platform/interrupt.ts";
import { EventPump } from "./event_pump.ts";
import { getObject } from "./get_object.ts";
import { createProgIds } from "./objects.ts";
import { OpenResources } from "./open_resources.ts";
import { standardStream } from "./scripting/open_text.ts";
import type {
  _Stream,
  IArrayList,
  IDictionary,
  IFileSystem,
  IGenScriptletTLib,
  IHost,
  IScriptEncoder,
  IServerXMLHTTPRequest2,
  IShellDispatch6,
  ITextStream,
  IWinHttpRequest,
  IWshNetwork2,
  IWshShell3,
  IXMLDOMDocument3,
  IXMLHTTPRequest,
  IXSLTemplate,
} from "./types.ts";
import * as explorer from "./explorer/mod.ts";
import * as xml from "./xml/mod.ts";
import { WScript as WScriptObject } from "./wscript.ts";

/** The TypeScript type of each object by its ProgID. */
export interface ProgIds extends ImapiProgIds {
  /** Keys and items. */
  "Scripting.Dictionary": IDictionary;
  /** The encoded form of scripts (`.vbe`). */
  "Scripting.Encoder": IScriptEncoder;
  /** Files and folders. */
  "Scripting.FileSystemObject": IFileSystem;
  /** Programs, variables, folders and settings of the system. */
  "WScript.Shell": IWshShell3;
  /** The user, the computer and its drive letters. */
  "WScript.Network": IWshNetwork2;
  /** Bytes in memory, as bytes or as text of any encoding. */
  "ADODB.Stream": _Stream;
  /** A list that grows, sorts and searches. */
  "System.Collections.ArrayList": IArrayList;
  /** New GUIDs. */
  "Scriptlet.TypeLib": IGenScriptletTLib;
  /** Folders, zip files and programs, as Explorer has them. */
  "Shell.Application": IShellDispatch6;
  /** An XML document, selected from by XSLPattern unless it is told otherwise. */
  "MSXML2.DOMDocument": IXMLDOMDocument3;
  /** An XML document, selected from by XPath, without a DTD. */
  "MSXML2.DOMDocument.6.0": IXMLDOMDocument3;
  /** A style sheet (XSLT 1.0) that is compiled once. */
  "MSXML2.XSLTemplate": IXSLTemplate;
  /** A request over HTTP. */
  "MSXML2.XMLHTTP": IXMLHTTPRequest;
  /** A request over HTTP, with time limits. */
  "MSXML2.ServerXMLHTTP": IServerXMLHTTPRequest2;
  /** A request over HTTP. */
  "WinHttp.WinHttpRequest.5.1": IWinHttpRequest;
}

/** The events of a data writer. */
export interface DDiscFormat2DataEvents {
  /** Fired about every half second while a disc is written. */
  Update(object: IDiscFormat2Data, progress: IDiscFormat2DataEventArgs): void;
}

/** The events of erasing. */
export interface DDiscFormat2EraseEvents {
  /** Fired about every half second while a disc is erased. */
  Update(object: IDiscFormat2Erase, elapsedSeconds: number, estimatedTotalSeconds: number): void;
}

/** The events of the list of drives. */
export interface DDiscMaster2Events {
  /** Fired when a drive was connected, while the program is in `WScript.Sleep`. */
  NotifyDeviceAdded(object: IDiscMaster2, uniqueId: string): void;
  /** Fired when a drive was taken away, while the program is in `WScript.Sleep`. */
  NotifyDeviceRemoved(object: IDiscMaster2, uniqueId: string): void;
}

const interrupt = new InterruptFlag();
const events = new EventPump();
const resources = resourcesOfProgram();
const standardStreams: ITextStream[] = [];
let progIds: ProgIdTable | undefined;

/** What is open when the program ends is flushed then, by Deno.exit too. */
function resourcesOfProgram(): OpenResources {
  const resources = new OpenResources();
  globalThis.addEventListener("unload", () => {
    for (const failure of resources.closeAll()) writeText("stderr", `${(failure as Error).message}\n`);
  });
  return resources;
}

/**
 * Creates an automation object, typed by its ProgID.
 *
 * Recorders and drive letters come from the environment variables `BURNSCRIPT_VIRTUAL` and `BURNSCRIPT_MAP`.
 *
 * @throws AutomationError 429 for an unknown ProgID, naming what exists.
 *
 * @example An image without a recorder
 * ```ts
 * import { CreateObject } from "@burnscript/burnscript";
 * import { assertEquals } from "@std/assert";
 *
 * const image = CreateObject("IMAPI2FS.MsftFileSystemImage");
 * image.VolumeName = "EXAMPLE";
 * assertEquals(image.CreateResultImage().BlockSize, 2048);
 * ```
 */
export function CreateObject<P extends keyof ProgIds>(progId: P): ProgIds[P] {
  return programProgIds().create(progId) as unknown as ProgIds[P];
}

/**
 * VBScript's GetObject, for `new:ProgID` and for `""` with a ProgID: both make a new object, since there are none in files.
 *
 * @throws AutomationError 429 for a service that exists on Windows alone (`winmgmts:`), 432 for a file.
 */
export function GetObject(path: string, progId?: string): AutomationObject {
  return getObject(path, progId, { progIds: programProgIds() });
}

function programProgIds(): ProgIdTable {
  return progIds ??= createProgIds({
    session: sessionOptionsFromEnvironment(),
    verify: "none",
    interrupt,
    resources,
    xml,
    explorer,
    events,
    // This thread is blocked while a disc is written, so another one listens for Ctrl-C meanwhile.
    whileBusy: (work) => {
      using _listener = listenForSignals(interrupt);
      return work();
    },
  });
}

/**
 * Connects functions to the events of an object, as `WScript.ConnectObject` connects Subs; the returned function
 * disconnects them.
 *
 * @throws TypeError for an object that fires no events.
 *
 * @example Progress of a burn
 * ```ts
 * import { ConnectObject, CreateObject, IMAPI_FORMAT2_DATA_WRITE_ACTION } from "@burnscript/burnscript";
 * import { assertEquals } from "@std/assert";
 *
 * // Without these lines a disc in the first recorder of the computer is burned.
 * const folder = Deno.makeTempDirSync();
 * Deno.env.set("BURNSCRIPT_VIRTUAL", `dvd+r=${folder}/disc.iso`);
 *
 * const recorder = CreateObject("IMAPI2.MsftDiscRecorder2");
 * recorder.InitializeDiscRecorder(CreateObject("IMAPI2.MsftDiscMaster2").Item(0));
 * const image = CreateObject("IMAPI2FS.MsftFileSystemImage");
 * image.Root.AddDirectory("photos");
 *
 * const writer = CreateObject("IMAPI2.MsftDiscFormat2Data");
 * writer.Recorder = recorder;
 * writer.ClientName = "Example";
 * const actions: number[] = [];
 * const disconnect = ConnectObject(writer, {
 *   Update: (_writer, progress) => actions.push(progress.CurrentAction),
 * });
 * writer.Write(image.CreateResultImage().ImageStream);
 * disconnect();
 * assertEquals(
 *   actions.at(-1),
 *   IMAPI_FORMAT2_DATA_WRITE_ACTION.IMAPI_FORMAT2_DATA_WRITE_ACTION_COMPLETED,
 * );
 * Deno.env.delete("BURNSCRIPT_VIRTUAL");
 * Deno.removeSync(folder, { recursive: true });
 * ```
 */
export function ConnectObject(writer: IDiscFormat2Data, sink: Partial<DDiscFormat2DataEvents>): () => void;
/**
 * Connects functions to the object that erases: they hear how long it takes.
 *
 * @throws TypeError for an object that fires no events.
 */
export function ConnectObject(eraser: IDiscFormat2Erase, sink: Partial<DDiscFormat2EraseEvents>): () => void;
/**
 * Connects functions to the list of drives: they hear of drives that come and go while the program is in `WScript.Sleep`.
 *
 * @throws TypeError for an object that fires no events.
 */
export function ConnectObject(master: IDiscMaster2, sink: Partial<DDiscMaster2Events>): () => void;
export function ConnectObject(object: object, sink: object): () => void {
  if (!isConnectable(object)) throw new TypeError("This object fires no events");
  return object[EVENTS].connect((name, args) => {
    const handler = (sink as Record<string, ((...values: readonly unknown[]) => void) | undefined>)[name];
    handler?.(...args.map((arg) => arg instanceof TypedNumber ? arg.value : arg));
  });
}

/** The `WScript` object of a TypeScript script. */
export const WScript: IHost = new WScriptObject({
  get scriptFullName() {
    const main = Deno.mainModule;
    return createDriveMap(sessionOptionsFromEnvironment()).toScript(
      main.startsWith("file:") ? pathOfFileUrl(new URL(main)) : main,
    );
  },
  args: Deno.args,
  interactive: true,
  timeoutS: 0,
  createObject: (progId) => CreateObject(progId as keyof ProgIds) as unknown as AutomationObject,
  getObject: (path, progId) => getObject(path, progId, { progIds: programProgIds() }),
  showUsage: () => writeText("stdout", `Usage: ${WScript.ScriptName}\n`),
  standardStream: (which) => standardStreams[which] ??= standardStream({ resources }, which, false),
  echo: (line) => writeText("stdout", `${line}\n`),
  sleep: (durationMs) => events.sleep(durationMs, interrupt),
  quit: (exitCode) => Deno.exit(exitCode),
  callIfDefined: () => {
    // A TypeScript script has no procedures by name: ConnectObject takes functions.
  },
});

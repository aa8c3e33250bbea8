/** The objects that scripts create, by ProgID, in one environment. @module */
import type { AutomationObject } from "../automation/variant.ts";
import { ProgIdTable } from "../automation/progids.ts";
import { type ImapiEnvironment, imapiFactories } from "../imapi/mod.ts";
import type { BurnProgress } from "../burn/mod.ts";
import { RegExpObject } from "../vbscript/library/mod.ts";
import { findRecorders } from "../jobs/recorders.ts";
import { createDriveMap, type SessionOptions } from "../jobs/session.ts";
import { keepAwake } from "../platform/awake.ts";
import type { InterruptFlag } from "../platform/interrupt.ts";
import { scriptError } from "../automation/errors.ts";
import { AdodbStream } from "./adodb/stream.ts";
import { ArrayList } from "./collections/array_list.ts";
import { HttpRequests } from "./http/requests.ts";
import { WinHttpRequest } from "./http/win_http.ts";
import { type ReadDocument, ServerXmlHttp, XmlHttp } from "./http/xml_http.ts";
import { ScriptletTypeLib } from "./scriptlet/type_lib.ts";
import { openRegistry } from "../platform/registry.ts";
import { readSourceTree } from "../platform/source_tree.ts";
import { WshNetwork } from "./network.ts";
import { OpenResources } from "./open_resources.ts";
import type { DomDocument } from "./xml/document.ts";
import type { Dialogs } from "./dialogs.ts";
import type { EventPump } from "./event_pump.ts";
import type { TextOrigins } from "./text_origins.ts";
import { Dictionary } from "./scripting/dictionary.ts";
import { ScriptEncoder } from "./scripting/encoder.ts";
import { FileSystemObject } from "./scripting/file_system_object.ts";
import { ScriptingHost } from "./scripting/host.ts";
import type { StandardChannels } from "./scripting/open_text.ts";
import { REGISTRY_PROVIDER } from "./get_object.ts";
import { RegistryProvider } from "./registry_provider.ts";
import { expandVariables } from "./shell/environment.ts";
import { ShellState, WshShell } from "./shell/shell.ts";

/** The module of XML documents, which most scripts do not need. */
export type XmlModule = typeof import("./xml/mod.ts");

/** The module of `Shell.Application`, the same. */
export type ExplorerModule = typeof import("./explorer/mod.ts");

/** What the objects need to know of who uses them. */
export interface ObjectsOptions {
  readonly session: SessionOptions;
  readonly verify: "none" | "quick" | "full";
  readonly interrupt: InterruptFlag;
  /** Where objects register what must be closed when the script ends. */
  readonly resources?: OpenResources;
  /** Learns what was in files that the objects read whole. */
  readonly origins?: TextOrigins;
  /** Where the standard streams lead; those of the process if nothing is said. */
  readonly standardChannels?: StandardChannels;
  /** Brings events to the script while it sleeps. */
  readonly events?: EventPump;
  /** XML documents, for a script that names them. */
  readonly xml?: XmlModule;
  /** `Shell.Application`, for a script that names it. */
  readonly explorer?: ExplorerModule;
  /** MsgBox, InputBox and Popup. */
  readonly dialogs?: Dialogs;
  /** Whether programs that a script starts in a visible window may write to the terminal; they may if nothing is said. */
  readonly showsPrograms?: boolean;
  onProgress?(progress: BurnProgress): void;
  /** Told what is no reason for a burn to stop, and the person at the drive should know. */
  onNote?(message: string): void;
  /** Runs work that blocks this thread for long. */
  whileBusy?<T>(work: () => T): T;
}

/** The table of all ProgIDs. */
export function createProgIds(options: ObjectsOptions): ProgIdTable {
  const driveMap = createDriveMap(options.session);
  const { interrupt } = options;
  const environment: ImapiEnvironment = {
    recorders: () => findRecorders(options.session.virtual),
    resolvePath: (path) => driveMap.toNative(path),
    readTree: (directory) => readSourceTree(directory),
    now: () => new Date(),
    sleep: (durationMs) => interrupt.sleep(durationMs),
    isCancelled: () => {
      // Only a running drive procedure asks, and it brings its disc into a safe state when it hears yes.
      if (interrupt.raised) interrupt.cleaningUp = true;
      return interrupt.raised;
    },
    checkInterrupted: () => interrupt.check(),
    watch: (ask) => options.events?.add(ask),
    verify: options.verify,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.onNote === undefined ? {} : { onNote: options.onNote }),
    whileBusy: (work) => {
      using _awake = options.session.virtual.length > 0 ? undefined : keepAwake("a disc is being written");
      return options.whileBusy === undefined ? work() : options.whileBusy(work);
    },
  };
  const table = new ProgIdTable();
  table.add(imapiFactories(environment));
  const scripting = new ScriptingHost(
    driveMap,
    options.resources ?? new OpenResources(),
    () => interrupt.check(),
    options.origins,
    options.standardChannels,
  );
  const requests = new HttpRequests(interrupt, options.events);
  const xml = (): XmlModule => {
    if (options.xml !== undefined) return options.xml;
    throw scriptError(
      "cannotCreate",
      "XML documents are there for scripts whose text names XML; write the name out",
    );
  };
  const createDocument = (version: "3.0" | "6.0"): DomDocument =>
    new (xml().DomDocument)({ host: scripting, requests }, version);
  const readDocument: ReadDocument = (body, contentType) => {
    const document = createDocument("3.0");
    if (body !== undefined) document.loadBytes(body, contentType);
    return document;
  };
  table.add({
    ...httpFactories(requests, scripting, readDocument),
    ...documentFactories(createDocument),
    ...templateFactories(() => new (xml().XslTemplate)()),
    "ADODB.Stream": () => new AdodbStream(scripting),
    "VBScript.RegExp": () => new RegExpObject(),
    "Scriptlet.TypeLib": () => new ScriptletTypeLib(),
    "System.Collections.ArrayList": () => new ArrayList(),
    "Scripting.Dictionary": () => new Dictionary(),
    "Scripting.Encoder": () => new ScriptEncoder(),
    "Scripting.FileSystemObject": () => new FileSystemObject(scripting),
  });
  let shell: ShellState | undefined;
  const shellState = (): ShellState =>
    shell ??= new ShellState({
      driveMap,
      registry: openRegistry(driveMap.profile),
      resources: scripting.resources,
      interrupt,
      dialogs: options.dialogs,
      showsPrograms: options.showsPrograms ?? true,
    });
  table.add({
    [REGISTRY_PROVIDER]: () => {
      const state = shellState();
      return new RegistryProvider(
        state.host.registry,
        (text) => expandVariables(text, (name) => state.variables.get(name)),
      );
    },
    "WScript.Shell": () => new WshShell(shellState()),
    "Shell.Application": () => {
      if (options.explorer !== undefined) {
        return new options.explorer.ShellApplication(scripting, shellState());
      }
      throw scriptError(
        "cannotCreate",
        "Shell.Application is there for scripts in whose text the name stands; write it out",
      );
    },
    "WScript.Network": () => new WshNetwork(driveMap),
  });
  return table;
}

/** The HTTP objects, under all the names that scripts have for them. */
function httpFactories(
  requests: HttpRequests,
  host: ScriptingHost,
  readDocument: ReadDocument,
): Record<string, () => AutomationObject> {
  const xmlHttp = (): AutomationObject => new XmlHttp(requests, host, readDocument);
  const serverXmlHttp = (): AutomationObject => new ServerXmlHttp(requests, host, readDocument);
  return {
    "Microsoft.XMLHTTP": xmlHttp,
    "MSXML2.XMLHTTP": xmlHttp,
    "MSXML2.XMLHTTP.3.0": xmlHttp,
    "MSXML2.XMLHTTP.6.0": xmlHttp,
    "MSXML2.ServerXMLHTTP": serverXmlHttp,
    "MSXML2.ServerXMLHTTP.3.0": serverXmlHttp,
    "MSXML2.ServerXMLHTTP.6.0": serverXmlHttp,
    "WinHttp.WinHttpRequest.5.1": () => new WinHttpRequest(requests, host),
  };
}

/** Style sheets that are compiled once, under all the names that scripts have for them. */
function templateFactories(create: () => AutomationObject): Record<string, () => AutomationObject> {
  return {
    "MSXML2.XSLTemplate": create,
    "MSXML2.XSLTemplate.3.0": create,
    "MSXML2.XSLTemplate.6.0": create,
  };
}

/** XML documents, under all the names that scripts have for them. */
function documentFactories(
  create: (version: "3.0" | "6.0") => AutomationObject,
): Record<string, () => AutomationObject> {
  const names = ["MSXML2.DOMDocument", "MSXML2.FreeThreadedDOMDocument"];
  const three = ["Microsoft.XMLDOM", "Microsoft.FreeThreadedXMLDOM", "MSXML.DOMDocument"];
  for (const name of names) three.push(name, `${name}.3.0`);
  return Object.fromEntries([
    ...three.map((name) => [name, () => create("3.0")]),
    ...names.map((name) => [`${name}.6.0`, () => create("6.0")]),
  ]);
}

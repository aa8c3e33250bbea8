/** The `WScript` object: what the script host gives every script. @module */
import { toStringValue } from "../automation/coerce.ts";
import { AutomationError, scriptError, Unwinding } from "../automation/errors.ts";
import { EVENTS, isConnectable } from "../automation/events.ts";
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import type { AutomationObject, Variant } from "../automation/variant.ts";
import { WshArguments } from "./arguments.ts";
import type { IHost, ITextStream } from "./types.ts";

/** `WScript.Quit`: ends the script with an exit code; no script can catch it. */
export class ScriptExit extends Unwinding {
  override readonly name = "ScriptExit";
  constructor(readonly exitCode: number) {
    super(`WScript.Quit ${exitCode}`);
  }
}

/** IHost_Class (Windows Script Host 5.8 reference, "WScript Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IHostTable = defineInterface("IHost", "{91AFBD1B-5FEB-43F5-B028-E2CA960617EC}", {
  Name: { dispid: 0, get: "BSTR", doc: "The name of the host." },
  Application: { dispid: 100, get: "IDispatch*", doc: "The host itself." },
  FullName: { dispid: 101, get: "BSTR", doc: "The path of the host's program, as scripts look for it." },
  Path: { dispid: 102, get: "BSTR", doc: "The folder of the host's program." },
  Interactive: { dispid: 103, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether messages and questions may be shown." },
  Version: { dispid: 104, get: "BSTR", doc: "The version of Windows Script Host that scripts are told." },
  BuildVersion: { dispid: 105, get: "LONG", doc: "The build of that version." },
  ScriptName: { dispid: 106, get: "BSTR", doc: "The file name of the script." },
  ScriptFullName: { dispid: 107, get: "BSTR", doc: "The path of the script." },
  Arguments: { dispid: 108, get: "IArguments*", doc: "The arguments of the script." },
  Timeout: { dispid: 109, get: "LONG", put: "LONG", doc: "How many seconds the script may run; 0 for any time." },
  CreateObject: { dispid: 200, method: "VARIANT", params: [["ProgID", "BSTR"], ["Prefix", "BSTR?"]], doc: "Creates an object by its ProgID; with a prefix, its events call procedures named so." },
  Echo: { dispid: 201, method: "void", params: [["args", "VARIANT..."]], doc: "Prints its arguments, with blanks between them, as one line." },
  GetObject: { dispid: 202, method: "VARIANT", params: [["Pathname", "BSTR"], ["ProgID", "BSTR?"], ["Prefix", "BSTR?"]], doc: "Finds an object by its path or moniker; with a prefix, its events call procedures named so." },
  ConnectObject: { dispid: 203, method: "void", params: [["Object", "IDispatch*"], ["Prefix", "BSTR"]], doc: "Calls the procedure named prefix and event when an object fires an event." },
  DisconnectObject: { dispid: 204, method: "void", params: [["Object", "IDispatch*"]], doc: "Ends that for an object." },
  Sleep: { dispid: 205, method: "void", params: [["Time", "LONG"]], doc: "Does nothing for so many milliseconds." },
  StdIn: { dispid: 500, get: "ITextStream*", doc: "Standard input; reading waits for it." },
  StdOut: { dispid: 501, get: "ITextStream*", doc: "Standard output; what is written is there at once." },
  StdErr: { dispid: 502, get: "ITextStream*", doc: "Standard error; what is written is there at once." },
  Quit: { dispid: 206, method: "void", params: [["ExitCode", "LONG?"]], doc: "Ends the script with an exit code, 0 if none is given." },
}, { doc: "The script host, as every script has it under the name WScript." });

/** What the host gives {@linkcode WScript} to work with. */
export interface WScriptHost {
  /** As scripts see it: `Z:\home\me\burn.vbs`. */
  readonly scriptFullName: string;
  readonly args: readonly string[];
  interactive: boolean;
  /** Seconds; 0 for none. Setting it moves the time at which the supervisor ends the script. */
  timeoutS: number;
  createObject(progId: string): AutomationObject;
  /** Standard input (0), output (1) or error (2). */
  standardStream(which: 0 | 1 | 2): ITextStream;
  /** Prints how the script is used. */
  showUsage(): void;
  /** Finds an object by its path. */
  getObject(path: string, progId: string | undefined): AutomationObject;
  /** Prints one line on standard output. */
  echo(line: string): void;
  /** Blocks for that long; throws Interrupted when the script shall end. */
  sleep(durationMs: number): void;
  /** Ends the script. */
  quit(exitCode: number): never;
  /** Calls the procedure `name` if the script has one. */
  callIfDefined(name: string, args: readonly Variant[]): void;
}

/** The `WScript` object over a {@linkcode WScriptHost}. */
export class WScript extends AutomationClass implements IHost {
  static {
    implementInterface(this, [IHostTable], { typeName: "Object" });
  }

  readonly #host: WScriptHost;
  readonly #connections = new Map<AutomationObject, () => void>();
  readonly Arguments: WshArguments;

  constructor(host: WScriptHost) {
    super();
    this.#host = host;
    this.Arguments = new WshArguments(host.args, () => host.showUsage());
  }

  readonly Name = "Windows Script Host";
  readonly Version = "5.8";
  readonly BuildVersion = 16384;
  /** Scripts test that this ends in `cscript.exe` and start themselves again if it does not. */
  readonly FullName = "C:\\Windows\\System32\\cscript.exe";
  readonly Path = "C:\\Windows\\System32";

  get Application(): AutomationObject {
    return this;
  }

  get ScriptFullName(): string {
    return this.#host.scriptFullName;
  }

  get ScriptName(): string {
    return this.#host.scriptFullName.replace(/^.*[\\/]/, "");
  }

  get Interactive(): boolean {
    return this.#host.interactive;
  }

  set Interactive(value: boolean) {
    this.#host.interactive = value;
  }

  get Timeout(): number {
    return this.#host.timeoutS;
  }

  set Timeout(seconds: number) {
    if (seconds < 0) {
      throw scriptError("invalidCall", `WScript.Timeout takes seconds from 0 up, not ${seconds}`);
    }
    this.#host.timeoutS = seconds;
  }

  get StdIn(): ITextStream {
    return this.#host.standardStream(0);
  }

  get StdOut(): ITextStream {
    return this.#host.standardStream(1);
  }

  get StdErr(): ITextStream {
    return this.#host.standardStream(2);
  }

  CreateObject(progId: string, prefix?: string): AutomationObject {
    const object = this.#host.createObject(progId);
    if (prefix !== undefined) this.ConnectObject(object, prefix);
    return object;
  }

  GetObject(path: string, progId?: string, prefix?: string): AutomationObject {
    const object = this.#host.getObject(path, progId);
    if (prefix !== undefined) this.ConnectObject(object, prefix);
    return object;
  }

  ConnectObject(object: AutomationObject, prefix: string): void {
    if (!isConnectable(object)) {
      throw new AutomationError(
        0x80020009,
        `Could not connect object: it fires no events, so "${prefix}" would never be called`,
        {
          source: "WScript.ConnectObject",
        },
      );
    }
    this.DisconnectObject(object);
    const disconnect = object[EVENTS].connect((event, args) =>
      this.#host.callIfDefined(prefix + event, args)
    );
    this.#connections.set(object, disconnect);
  }

  DisconnectObject(object: AutomationObject): void {
    this.#connections.get(object)?.();
    this.#connections.delete(object);
  }

  Echo(...args: Variant[]): void {
    this.#host.echo(args.map(echoText).join(" "));
  }

  Sleep(durationMs: number): void {
    if (durationMs < 0) {
      throw scriptError("invalidCall", `WScript.Sleep takes milliseconds from 0 up, not ${durationMs}`);
    }
    this.#host.sleep(durationMs);
  }

  Quit(exitCode = 0): never {
    this.#host.quit(exitCode);
  }
}

/** WScript.Echo's own form of a value: Null is "null", a Boolean a number. */
function echoText(value: Variant): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return value ? "-1" : "0";
  return toStringValue(value);
}

/** `WScript.Shell`. @module */
import { toBoolean, toLong, toStringValue } from "../../automation/coerce.ts";
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import type { Variant } from "../../automation/variant.ts";
import type { DriveMap } from "../../platform/drive_map.ts";
import type { InterruptFlag } from "../../platform/interrupt.ts";
import type { Registry } from "../../platform/registry.ts";
import type { Dialogs } from "../dialogs.ts";
import type { OpenResources } from "../open_resources.ts";
import type { IWshShell3 } from "../types.ts";
import { expandVariables, ProcessVariables, RegistryVariables, WshEnvironment } from "./environment.ts";
import { WshExec } from "./exec.ts";
import { planLaunch } from "./launch.ts";
import { logEvent } from "./log_event.ts";
import { Processes } from "./processes.ts";
import { registryDelete, registryRead, registryWrite } from "./registry_members.ts";
import { createShortcut, type WshShortcut, type WshUrlShortcut } from "./shortcut.ts";
import { specialFolders, type WshCollection } from "./special_folders.ts";

/** IWshShell3 (Windows Script Host 5.8 reference, "WshShell Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IWshShell3Table = defineInterface("IWshShell3", "{41904400-BE18-11D3-A28B-00104BD35090}", {
  SpecialFolders: { dispid: 100, get: "IWshCollection*", doc: "The folders of the desktop by their names, such as `Desktop` and `MyDocuments`." },
  Environment: { dispid: 200, get: "IWshEnvironment*", params: [["Type", "VARIANT?"]], doc: "The variables of `PROCESS`, `USER`, `VOLATILE` or `SYSTEM`, which is what nothing stands for." },
  Run: { dispid: 1000, method: "LONG", params: [["Command", "BSTR"], ["WindowStyle", "VARIANT?"], ["WaitOnReturn", "VARIANT?"]], doc: "Starts a program; with WaitOnReturn the result is its exit code, without it 0, and the program goes on when the script ends." },
  Popup: { dispid: 1001, method: "LONG", params: [["Text", "BSTR"], ["SecondsToWait", "VARIANT?"], ["Title", "VARIANT?"], ["Type", "VARIANT?"]], doc: "Shows a message; the number of the button that was pressed, or -1 if none was in time." },
  CreateShortcut: { dispid: 1002, method: "IDispatch*", params: [["PathLink", "BSTR"]], doc: "A shortcut, read if it is there: `.lnk` to a program, `.url` to an address, `.desktop` for Linux." },
  ExpandEnvironmentStrings: { dispid: 1006, method: "BSTR", params: [["Src", "BSTR"]], doc: "Replaces each `%NAME%` by that variable of the process; unknown ones stay." },
  RegRead: { dispid: 2000, method: "VARIANT", params: [["Name", "BSTR"]], doc: "A value of the registry, or, with a backslash at the end, the default value of a key." },
  RegWrite: { dispid: 2001, method: "void", params: [["Name", "BSTR"], ["Value", "VARIANT"], ["Type", "VARIANT?"]], doc: "Writes a value of the registry, and makes its key." },
  RegDelete: { dispid: 2002, method: "void", params: [["Name", "BSTR"]], doc: "Deletes a value of the registry, or, with a backslash at the end, a key." },
  LogEvent: { dispid: 3000, method: "VARIANT_BOOL", params: [["Type", "VARIANT"], ["Message", "BSTR"], ["Target", "BSTR?"]], doc: "Writes into the system's log: 0 success, 1 error, 2 warning, 4 information, 8 and 16 audits." },
  AppActivate: { dispid: 3010, method: "VARIANT_BOOL", params: [["App", "VARIANT"], ["Wait", "VARIANT?"]], doc: "False: scripts have no desktop here whose windows could be found." },
  SendKeys: { dispid: 3011, method: "void", params: [["Keys", "BSTR"], ["Wait", "VARIANT?"]], doc: "Error 445: scripts have no desktop here that keys could be sent to." },
  Exec: { dispid: 3012, method: "IWshExec*", params: [["Command", "BSTR"]], doc: "Starts a program beside the script, with its three streams." },
  CurrentDirectory: { dispid: 3013, get: "BSTR", put: "BSTR", doc: "The folder that relative paths start from, and that programs are started in." },
}, { doc: "Programs, variables, folders and settings of the system." });

/** What {@linkcode WshShell} works with. */
export interface ShellHost {
  readonly driveMap: DriveMap;
  readonly registry: Registry;
  readonly resources: OpenResources;
  readonly interrupt: InterruptFlag;
  /** MsgBox and its kind. */
  readonly dialogs: Dialogs | undefined;
  /** Whether programs in a visible window may write to the terminal. */
  readonly showsPrograms: boolean;
}

/** What all Shell objects of a script share. */
export class ShellState {
  readonly host: ShellHost;
  readonly variables: ProcessVariables;
  readonly processes: Processes;

  constructor(host: ShellHost) {
    this.host = host;
    this.variables = new ProcessVariables(host.driveMap, host.registry);
    this.processes = new Processes(host.interrupt, host.resources);
  }
}

/** Where a desktop of Linux looks for entries. */
const DESKTOP_FOLDERS = ["Desktop", "StartMenu", "Programs", "Startup"] as const;
const HIDDEN = 0;
const NORMAL = 1;
const STYLE_MAX = 10;

/** `WScript.Shell`. */
export class WshShell extends AutomationClass implements IWshShell3 {
  static {
    implementInterface(this, [IWshShell3Table], { typeName: "IWshShell3" });
  }

  readonly #state: ShellState;

  constructor(state: ShellState) {
    super();
    this.#state = state;
  }

  get SpecialFolders(): WshCollection {
    return specialFolders(this.#state.host.driveMap, this.#state.host.registry);
  }

  Environment(type?: Variant): WshEnvironment {
    const { registry, driveMap } = this.#state.host;
    const which = type === undefined ? "SYSTEM" : toStringValue(type).toUpperCase();
    switch (which) {
      case "PROCESS":
        return new WshEnvironment(this.#state.variables);
      case "SYSTEM": {
        const known = driveMap.system === "posix" ? this.#state.variables : undefined;
        return new WshEnvironment(new RegistryVariables(registry, "system", known));
      }
      case "USER":
        return new WshEnvironment(new RegistryVariables(registry, "user", undefined));
      case "VOLATILE":
        return new WshEnvironment(new RegistryVariables(registry, "volatile", undefined));
    }
    throw scriptError(
      "invalidCall",
      `the environments are PROCESS, USER, VOLATILE and SYSTEM, not "${which}"`,
    );
  }

  Run(command: string, windowStyle: Variant = NORMAL, waitOnReturn: Variant = false): number {
    const style = toLong(windowStyle);
    if (style < HIDDEN || style > STYLE_MAX) {
      throw scriptError("invalidCall", `a window has a style from 0 to 10, not ${style}`);
    }
    const waits = toBoolean(waitOnReturn);
    // A visible window is the terminal that the script runs in. What is not waited for would hold the terminal, or the
    // pipe, open beyond the script's end, so its output goes nowhere.
    const isShown = waits && style !== HIDDEN && this.#state.host.showsPrograms;
    const output = isShown ? "inherit" : "null";
    const process = this.#start(command, {
      stdin: isShown && Deno.stdin.isTerminal() ? "inherit" : "null",
      stdout: output,
      stderr: output,
      detached: !waits,
      opensDocuments: true,
    });
    return waits ? process.wait() | 0 : 0;
  }

  Exec(command: string): WshExec {
    const process = this.#start(command, { stdin: "piped", stdout: "piped", stderr: "piped" });
    return new WshExec(process, this.#state.host.resources);
  }

  Popup(text: string, seconds?: Variant, title?: Variant, type?: Variant): number {
    const { dialogs } = this.#state.host;
    if (dialogs === undefined) {
      throw new AutomationError(0x80004001, "Popup needs a script host that shows messages");
    }
    return dialogs.popup(
      text,
      seconds === undefined ? undefined : toLong(seconds),
      title === undefined ? undefined : toStringValue(title),
      type === undefined ? undefined : toLong(type),
    );
  }

  CreateShortcut(path: string): WshShortcut | WshUrlShortcut {
    const { driveMap, registry } = this.#state.host;
    return createShortcut(path, driveMap, () => {
      const folders = specialFolders(driveMap, registry);
      return DESKTOP_FOLDERS.map((name) => folders.Item(name)).filter((folder) => folder !== "").map((
        folder,
      ) => driveMap.toNative(folder));
    });
  }

  ExpandEnvironmentStrings(text: string): string {
    return expandVariables(text, (name) => this.#state.variables.get(name));
  }

  RegRead(name: string): Variant {
    return registryRead(this.#state.host.registry, name);
  }

  RegWrite(name: string, value: Variant, type?: Variant): void {
    registryWrite(
      this.#state.host.registry,
      name,
      value,
      type === undefined ? undefined : toStringValue(type),
    );
  }

  RegDelete(name: string): void {
    registryDelete(this.#state.host.registry, name);
  }

  LogEvent(type: Variant, message: string, target = ""): boolean {
    return logEvent(toLong(type), message, target);
  }

  AppActivate(_app: Variant, _wait?: Variant): boolean {
    return false;
  }

  SendKeys(keys: string, _wait?: Variant): void {
    throw new AutomationError(
      0x800a01bd, // 445
      `Object doesn't support this action: there is no desktop that "${keys}" could be sent to; give the program its ` +
        "input by Exec and StdIn, or by its command line",
    );
  }

  get CurrentDirectory(): string {
    const { driveMap } = this.#state.host;
    return driveMap.toScript(driveMap.workingDirectory());
  }

  set CurrentDirectory(path: string) {
    const { driveMap } = this.#state.host;
    const native = driveMap.toNative(path).replace(/(?<=[^:])[\\/]+$/, "") || "/";
    if (!isFolder(native)) {
      throw new AutomationError(
        0x80070002,
        `The system cannot find the file specified: "${path}" is no folder`,
      );
    }
    driveMap.changeDirectory(native);
  }

  #start(
    command: string,
    options: Omit<Parameters<typeof planLaunch>[1], "driveMap" | "variables">,
  ): ReturnType<Processes["start"]> {
    const { host, variables, processes } = this.#state;
    // A program that the script starts finds what the script has written.
    host.resources.flush();
    const expanded = this.ExpandEnvironmentStrings(command);
    return processes.start(planLaunch(expanded, { ...options, driveMap: host.driveMap, variables }));
  }
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw new AutomationError(70, `Permission denied: ${error.message}`, { cause: error });
    }
    return false;
  }
}

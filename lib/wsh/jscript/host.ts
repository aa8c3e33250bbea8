/**
 * JScript on the JavaScript engine that is here already.
 *
 * A script runs in sloppy mode, with a global object of its own that has what JScript's has and nothing of Deno's. Its
 * text is translated first; one that is newer JavaScript and no JScript runs as it stands, without what the translation
 * gives.
 *
 * @module
 */
import vm from "node:vm";
import { AutomationError, Unwinding } from "../../automation/errors.ts";
import { EVENTS, isConnectable } from "../../automation/events.ts";
import { nearest } from "../../automation/nearest.ts";
import type { AutomationObject, Variant } from "../../automation/variant.ts";
import type { InterruptFlag } from "../../platform/interrupt.ts";
import { scriptNumber, type StackFrame, VbsError } from "../../vbscript/errors.ts";
import type { ScriptPart } from "../script_program.ts";
import { Bridge } from "./bridge.ts";
import { JScriptSyntaxError } from "./compile_error.ts";
import { HELPER } from "./helpers.ts";
import { isJavaScript } from "./javascript.ts";
import { jscriptGlobals } from "./objects.ts";
import { prepareRealm, type Realm, withGroups } from "./realm.ts";
import { FACILITY_CONTROL } from "./runtime_error.ts";
import { EditedText, lineOf, type Position, positionOf } from "./text_edits.ts";
import { translate } from "./translator.ts";

const RUNTIME_SOURCE = "Microsoft JScript runtime error";
const COMPILE_SOURCE = "Microsoft JScript compilation error";
const NOT_CAUGHT = 5022;
const OBJECT_EXPECTED = 5007;

/** Runs the JScript of one script file in one global object. */
export class JScriptHost {
  readonly #global: Record<string, unknown>;
  readonly #realm: Realm;
  readonly #bridge: Bridge;
  /** The texts by their paths, for messages. */
  readonly #texts = new Map<string, EditedText>();
  /** What the global object had before any script. */
  readonly #own: ReadonlySet<string>;
  /** What `function object::Event` declared. */
  readonly #handlers = new WeakMap<object, Map<string, unknown>>();

  constructor(options: {
    readonly interrupt: InterruptFlag;
    createObject(progId: string): Variant;
    getObject(path: string, progId: string | undefined): Variant;
  }) {
    // Without interceptors: a loop over global variables is as fast as any.
    this.#global = vm.createContext(vm.constants.DONT_CONTEXTIFY) as Record<string, unknown>;
    this.#realm = prepareRealm(this.#global, (source) => this.#translateCode(source));
    this.#bridge = new Bridge(this.#realm, (error) => this.#located(error));
    Object.assign(this.#global, jscriptGlobals(this.#bridge, this.#realm, options));
    this.#addHelpers(options.interrupt);
    this.#own = new Set(Object.getOwnPropertyNames(this.#global));
  }

  /** What the translated text calls; scripts do not see it in a loop over the global object. */
  #addHelpers(interrupt: InterruptFlag): void {
    const bridge = this.#bridge;
    const helpers: Record<keyof typeof HELPER, unknown> = {
      cells: interrupt.cells,
      stop: () => bridge.guard(() => interrupt.check()),
      caught: (error: unknown) => bridge.caught(error),
      typeOf: (value: unknown) => bridge.typeOf(value),
      source: (code: unknown) => typeof code === "string" ? this.#translateCode(code) : code,
      groups: (result: unknown) => withGroups(result),
      ref: (object: unknown, name: unknown, args: readonly unknown[]) =>
        bridge.guard(() => bridge.reference(object, name, args)),
      bind: (...args: Parameters<JScriptHost["bind"]>) => this.bind(...args),
    };
    for (const [key, value] of Object.entries(helpers)) {
      Object.defineProperty(this.#global, HELPER[key as keyof typeof HELPER], { value });
    }
  }

  /** Code that the script makes. */
  #translateCode(source: string): string {
    try {
      return translate(source).code.text;
    } catch (error) {
      if (!(error instanceof JScriptSyntaxError)) throw error;
      if (isJavaScript(source)) return source;
      throw Object.assign(new this.#realm.SyntaxError(error.message), {
        number: FACILITY_CONTROL | error.number,
        description: error.message,
      });
    }
  }

  /**
   * Makes a function the method of an object (`function o.m() {}`), or the handler of an event (`function o::m() {}`).
   *
   * @param atStart whether the scope was just entered: the object need not be there yet
   */
  bind(object: () => unknown, name: string, method: unknown, kind: "." | "::", atStart = false): void {
    let owner: unknown;
    try {
      owner = object();
    } catch (error) {
      if (atStart && error instanceof this.#realm.Error) return;
      throw error;
    }
    if (owner === undefined || owner === null || method === undefined) {
      if (atStart) return;
      throw this.#bridge.errorOf(new AutomationError(FACILITY_CONTROL | OBJECT_EXPECTED, "Object expected"));
    }
    const source = this.#bridge.objectOf(owner);
    if (kind === "." || source === undefined) (owner as Record<string, unknown>)[name] = method;
    else this.#bridge.guard(() => this.#connect(source, name, method));
  }

  #connect(source: AutomationObject, name: string, handler: unknown): void {
    const events = isConnectable(source) ? source[EVENTS].names.map((event) => event.toLowerCase()) : [];
    if (!isConnectable(source) || !events.includes(name.toLowerCase())) {
      throw new AutomationError(0x80020009, `Could not connect object: it fires no event "${name}"`);
    }
    const handlers = this.#handlers.get(source) ?? new Map<string, unknown>();
    if (!this.#handlers.has(source)) {
      this.#handlers.set(source, handlers);
      source[EVENTS].connect((event, args) => {
        const found = handlers.get(event.toLowerCase());
        if (found !== undefined) this.#bridge.call(found, undefined, args);
      });
    }
    handlers.set(name.toLowerCase(), handler);
  }

  /** Makes an object known by a name. */
  addObject(name: string, object: AutomationObject): void {
    this.#global[name] = this.#bridge.toScript(object);
  }

  /** Makes a function known by a name. */
  addFunction(name: string, call: (...args: Variant[]) => Variant): void {
    this.#global[name] = (...args: unknown[]) =>
      this.#bridge.guard(() =>
        this.#bridge.toScript(call(...args.map((arg) => this.#bridge.toVariant(arg))))
      );
  }

  /** Makes constants known by their names. */
  addConstants(constants: Readonly<Record<string, number>>): void {
    Object.assign(this.#global, constants);
  }

  /** The functions that scripts have declared, for other languages. */
  functions(): Record<string, (...args: Variant[]) => Variant> {
    const found: Record<string, (...args: Variant[]) => Variant> = {};
    for (const name of Object.getOwnPropertyNames(this.#global)) {
      if (!this.#own.has(name) && typeof this.#global[name] === "function") {
        if (this.#bridge.objectOf(this.#global[name]) === undefined) {
          found[name] = (...args) => this.call(name, args);
        }
      }
    }
    return found;
  }

  /** Whether there is a function of that name, in any case if there is none in exactly this. */
  hasProcedure(name: string): boolean {
    return this.#procedure(name) !== undefined;
  }

  /** Calls a function of the scripts. */
  call(name: string, args: readonly Variant[]): Variant {
    const procedure = this.#procedure(name);
    if (procedure === undefined) throw new RangeError(`There is no function ${name}`);
    return this.#bridge.call(procedure, undefined, args);
  }

  /** Runs one part. @throws VbsError with the place, and Unwinding as it is */
  run({ source, path }: ScriptPart): void {
    const script = this.#compile(source, path);
    try {
      script.runInContext(this.#global);
    } catch (error) {
      throw this.#located(error);
    }
    this.#bridge.checkEnding();
  }

  #compile(source: string, path: string): vm.Script {
    let code: EditedText;
    let problem: JScriptSyntaxError;
    try {
      code = translate(source).code;
      problem = new JScriptSyntaxError(1002, 0);
    } catch (error) {
      if (!(error instanceof JScriptSyntaxError)) throw error;
      // Newer JavaScript runs as it is; what is neither has JScript's error.
      code = new EditedText(source);
      problem = error;
    }
    this.#texts.set(path, code);
    try {
      return new vm.Script(code.text, { filename: path });
    } catch (error) {
      const { message } = error as Error;
      if (code.text !== source) problem = new JScriptSyntaxError(1002, 0, message);
      throw compileError(problem, { source, path, asJavaScript: message });
    }
  }

  /** Whether scripts have given something that name, in any case if nothing has exactly this. */
  hasVariable(name: string): boolean {
    return this.#key(name) !== undefined;
  }

  /** The value of a variable of the scripts. */
  read(name: string): Variant {
    return this.#bridge.toVariant(this.#global[this.#key(name) ?? name]);
  }

  /** Gives a variable of the scripts a value. */
  write(name: string, value: Variant): void {
    this.#global[this.#key(name) ?? name] = this.#bridge.toScript(value);
  }

  #procedure(name: string): ((...args: unknown[]) => unknown) | undefined {
    const key = this.#key(name);
    const value = key === undefined ? undefined : this.#global[key];
    return typeof value === "function" ? value as (...args: unknown[]) => unknown : undefined;
  }

  #key(name: string): string | undefined {
    const folded = name.toLowerCase();
    const key = name in this.#global
      ? name
      : Object.getOwnPropertyNames(this.#global).find((own) => own.toLowerCase() === folded);
    return key === undefined || this.#own.has(key) ? undefined : key;
  }

  /** An error that no script caught, in the form in which all languages report theirs. */
  #located(thrown: unknown): unknown {
    if (thrown instanceof Unwinding || thrown instanceof VbsError) return thrown;
    let error: unknown;
    try {
      error = this.#bridge.caught(thrown);
    } catch (ending) {
      return ending;
    }
    const { message, number, stack } = described(error);
    const frames = this.#framesIn(stack);
    const located = new VbsError("runtime", scriptNumber(number), message, {
      ...this.#placeOf(frames[0]),
      source: RUNTIME_SOURCE,
      cause: error,
    });
    located.callStack.push(...frames);
    const { missing } = this.#bridge;
    if (missing !== undefined && located.number === 438 && message.endsWith(`${missing.name}'`)) {
      located.suggestion = nearest(missing.name, missing.dispatch.memberNames) ?? "";
    }
    return located;
  }

  /** Where in the scripts V8's stack was, the innermost call first. */
  #framesIn(stack: string): (StackFrame & Position)[] {
    const frames: (StackFrame & Position)[] = [];
    for (const line of stack.split("\n")) {
      if (!/^ +at /.test(line)) continue;
      for (const [path, text] of this.#texts) {
        const at = line.indexOf(`${path}:`);
        const place = at < 0 ? null : /^:(\d+):(\d+)/.exec(line.slice(at + path.length));
        if (place === null) continue;
        // "at f (s.js:1:2)", "at Object.f (…)", "at s.js:1:2", "at eval (eval at f (s.js:1:2), …)"
        const procedure = /^ +at (?:Object\.)?([^(]+) \(/.exec(line)?.[1] ?? "";
        frames.push({ procedure, path, ...text.original(Number(place[1]), Number(place[2])) });
        break;
      }
    }
    return frames;
  }

  #placeOf(frame: (StackFrame & Position) | undefined): Position & { path: string; sourceLine: string } {
    if (frame === undefined) {
      return { path: [...this.#texts.keys()].at(-1) ?? "", line: 0, column: 0, sourceLine: "" };
    }
    const { path, line, column } = frame;
    return { path, line, column, sourceLine: lineOf(this.#texts.get(path)!.source, line) };
  }
}

/** Words that say that an author meant newer JavaScript. */
const NEWER = /\b(let|const|class|async|await)\b|=>|`/;

function compileError({ number, message, at }: JScriptSyntaxError, { source, path, asJavaScript }: {
  readonly source: string;
  readonly path: string;
  readonly asJavaScript: string;
}): VbsError {
  const { line, column } = positionOf(source, at);
  const sourceLine = lineOf(source, line);
  const also = NEWER.test(sourceLine) ? ` (and as newer JavaScript: ${asJavaScript})` : "";
  return new VbsError("compile", number, message + also, {
    path,
    line,
    column,
    sourceLine,
    source: COMPILE_SOURCE,
  });
}

function described(error: unknown): { message: string; number: number; stack: string } {
  if (typeof error !== "object" || error === null || !("message" in error)) {
    const message = `Exception thrown and not caught: ${String(error)}`;
    return { message, number: FACILITY_CONTROL | NOT_CAUGHT, stack: "" };
  }
  const { message, number, stack } = error as { message: unknown; number?: unknown; stack?: unknown };
  return {
    message: String(message),
    number: typeof number === "number" ? number : 0,
    stack: typeof stack === "string" ? stack : "",
  };
}

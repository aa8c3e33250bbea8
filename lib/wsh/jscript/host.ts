/**
 * JScript on the JavaScript engine that is here already.
 *
 * A script runs in sloppy mode, with a global object of its own that has what JScript's has and nothing of Deno's. It is
 * thin: what JScript does otherwise than JavaScript (`f(x) = y` for properties with arguments, conditional compilation,
 * functions whose names have dots) is an error that says so, or goes as JavaScript has it.
 *
 * @module
 */
import vm from "node:vm";
import { Unwinding } from "../../automation/errors.ts";
import type { AutomationObject, Variant } from "../../automation/variant.ts";
import { VbsError } from "../../vbscript/errors.ts";
import type { ScriptPart } from "../script_program.ts";
import { Bridge, type Realm } from "./bridge.ts";
import { jscriptGlobals } from "./objects.ts";

const RUNTIME_SOURCE = "Microsoft JScript runtime error";
const COMPILE_SOURCE = "Microsoft JScript compilation error";

/** Runs the JScript of one script file in one global object. */
export class JScriptHost {
  readonly #global: Record<string, unknown>;
  readonly #bridge: Bridge;
  /** The sources by their paths, for messages. */
  readonly #sources = new Map<string, string>();
  /** What the global object had before any script. */
  readonly #own: ReadonlySet<string>;

  constructor(options: {
    createObject(progId: string): Variant;
    getObject(path: string, progId: string | undefined): Variant;
  }) {
    // Without interceptors: a loop over global variables is as fast as any.
    this.#global = vm.createContext(vm.constants.DONT_CONTEXTIFY) as Record<string, unknown>;
    const realm = vm.runInContext("({ Error, Date })", this.#global) as Realm;
    this.#bridge = new Bridge(realm);
    Object.assign(this.#global, jscriptGlobals(this.#bridge, options));
    vm.runInContext("Date.prototype.getVarDate = function () { return this; };", this.#global);
    this.#own = new Set(Object.getOwnPropertyNames(this.#global));
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
    try {
      return this.#bridge.toVariant(procedure(...args.map((arg) => this.#bridge.toScript(arg))));
    } catch (error) {
      throw this.#located(error);
    }
  }

  /** Runs one part. @throws VbsError with the place, and Unwinding as it is */
  async run({ source, path }: ScriptPart): Promise<void> {
    this.#sources.set(path, source);
    let script: vm.Script;
    try {
      script = new vm.Script(source, { filename: path });
    } catch (error) {
      throw await this.#syntaxError(error as Error, source, path);
    }
    try {
      script.runInContext(this.#global);
      this.#bridge.checkEnding();
    } catch (error) {
      this.#bridge.checkEnding();
      throw this.#located(error);
    }
  }

  #procedure(name: string): ((...args: unknown[]) => unknown) | undefined {
    const folded = name.toLowerCase();
    const key = name in this.#global
      ? name
      : Object.getOwnPropertyNames(this.#global).find((own) => own.toLowerCase() === folded);
    const value = key === undefined || this.#own.has(key) ? undefined : this.#global[key];
    return typeof value === "function" ? value as (...args: unknown[]) => unknown : undefined;
  }

  /** An error that no script caught, in the form in which all languages report theirs. */
  #located(error: unknown): unknown {
    if (error instanceof Unwinding || error instanceof VbsError) return error;
    const { message, number, stack } = described(error);
    const place = this.#placeIn(stack);
    return new VbsError("runtime", number, hinted(message), {
      ...place,
      source: RUNTIME_SOURCE,
      cause: error,
    });
  }

  /** The innermost place of a stack that is in a script. */
  #placeIn(stack: string): { path: string; line: number; column: number; sourceLine: string } {
    let best: { at: number; path: string; line: number; column: number } | undefined;
    for (const path of this.#sources.keys()) {
      for (let at = stack.indexOf(`${path}:`); at >= 0; at = stack.indexOf(`${path}:`, at + 1)) {
        const match = /^:(\d+):(\d+)/.exec(stack.slice(at + path.length, at + path.length + 24));
        if (match === null) continue;
        if (best === undefined || at < best.at) {
          best = { at, path, line: Number(match[1]), column: Number(match[2]) };
        }
        break;
      }
    }
    if (best === undefined) {
      return { path: [...this.#sources.keys()].at(-1) ?? "", line: 0, column: 0, sourceLine: "" };
    }
    const { path, line, column } = best;
    return { path, line, column, sourceLine: lineOf(this.#sources.get(path)!, line) };
  }

  /**
   * The place of a syntax error, which V8 does not tell. A module of the same text is parsed for it, with an error at its
   * end, so that it is never run.
   */
  async #syntaxError(error: Error, source: string, path: string): Promise<VbsError> {
    let { message } = error;
    let [line, column] = [0, 0];
    try {
      await import(`data:text/javascript,${encodeURIComponent(`${source}\n)`)}`);
    } catch (parsed) {
      const text = (parsed as Error).message;
      const place = /:(\d+):(\d+)\s*$/.exec(text);
      if (place !== null) {
        [line, column] = [Number(place[1]), Number(place[2])];
        // What the module parser finds at the added end, it did not find in the script.
        if (line <= source.split(/\r\n|\r|\n/).length) {
          message = text.split("\n")[0]!.replace(/^SyntaxError: /, "").replace(
            /^The module's source code could not be parsed: /,
            "",
          ).replace(/ at data:.*$/, "");
        }
      }
    }
    const sourceLine = lineOf(source, line);
    return new VbsError("compile", 1002, hinted(message), {
      path,
      line,
      column,
      sourceLine,
      source: COMPILE_SOURCE,
    });
  }
}

function described(error: unknown): { message: string; number: number; stack: string } {
  if (typeof error !== "object" || error === null || !("message" in error)) {
    return { message: `Exception thrown and not caught: ${String(error)}`, number: 0, stack: "" };
  }
  const { message, number, stack } = error as { message: unknown; number?: unknown; stack?: unknown };
  return {
    message: String(message),
    number: typeof number === "number" ? number : 0,
    stack: typeof stack === "string" ? stack : "",
  };
}

/** What to do about the one thing of JScript that JavaScript cannot have. */
function hinted(message: string): string {
  return /invalid (left-hand side in assignment|assignment target)/i.test(message)
    ? `${message} (properties with arguments cannot be assigned here; call a method, such as a Dictionary's Add)`
    : message;
}

function lineOf(source: string, line: number): string {
  return source.split(/\r\n|\r|\n/)[line - 1] ?? "";
}

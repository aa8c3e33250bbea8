/** The engine: one global scope, the scripts that run in it, and what the host hands in. @module */
import { EN_US, type Locale } from "../automation/locale.ts";
import {
  type AutomationObject,
  isVariantRef,
  type Variant,
  VariantArray,
  type VariantRef,
} from "../automation/variant.ts";
import { compileEvaluation, compileUnit, FACTORY_PARAMETERS, type LinkEnvironment } from "./compiler/mod.ts";
import { raise, runtimeError, VbsError } from "./errors.ts";
import { parseExpression, parseProgram } from "./parser/mod.ts";
import { libraryOf } from "./library/intrinsics.ts";
import { RegExpObject } from "./library/mod.ts";
import { nearestLocale } from "./runtime/locales.ts";
import type { LocalScope } from "./runtime/bindings.ts";
import { INLINE, Runtime } from "./runtime/runtime.ts";
import { toVbsError, type Unit } from "./runtime/thrown.ts";
import {
  type ClassMember,
  type Code,
  type Field,
  type ReferenceCounter,
  ScriptClass,
  type ScriptObject,
  ScriptProcedure,
} from "./runtime/script_class.ts";
import { Cell } from "./runtime/values.ts";
import { analyze, type ScriptScope } from "./scopes.ts";
import type { ClassDeclaration, Expression } from "./syntax_tree.ts";

/** A script that has been found free of compile errors. */
export class CompiledScript {
  readonly #scope: ScriptScope;

  /** @ignore use {@linkcode compile} */
  constructor(
    /** The script's text. */
    readonly source: string,
    /** Its path, for messages. */
    readonly path: string,
    scope: unknown,
  ) {
    this.#scope = scope as ScriptScope;
  }

  /** What the engine runs. */
  static scopeOf(script: CompiledScript): unknown {
    return script.#scope;
  }
}

/**
 * Compiles a script.
 *
 * @example Where a compile error is
 * ```ts
 * import { compile, VbsError } from "@burnscript/burnscript/vbscript";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const error = assertThrows(() => compile("x = 1\nIf x y", { path: "job.vbs" }), VbsError);
 * assertEquals(error.format(), "job.vbs(2, 6) Microsoft VBScript compilation error: Expected 'Then'");
 * ```
 *
 * @throws VbsError of kind "compile", with number, line and column.
 */
export function compile(source: string, options: { path?: string } = {}): CompiledScript {
  const path = options.path ?? "";
  return new CompiledScript(source, path, located(source, path, () => analyze(parseProgram(source))));
}

/** Adds path and line to the compile errors of a source. */
function located<T>(source: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof VbsError && error.sourceLine === "") {
      error.path = path;
      error.sourceLine = linesOf(source)[error.line - 1] ?? "";
    }
    throw error;
  }
}

function linesOf(source: string): string[] {
  return source.split(/\r\n|\r|\n/);
}

/** What an engine gets from its host. */
export interface VbsEngineOptions {
  /** The clock. */
  now?: () => Date;
  /** Regional settings, as a BCP 47 tag; en-US if it is not known. */
  locale?: string;
  /** Polled at loops and calls: when element 0 is not 0, `onInterrupt` is called. */
  interrupt?: Int32Array;
  /** Throws what ends the script. */
  onInterrupt?: () => never;
  /** The function CreateObject. */
  createObject?: (progId: string, location?: string) => Variant;
  /** The path of the file that a text came from which is now executed; undefined if it came from none. */
  pathOf?: (code: string) => string | undefined;
  /** The function GetObject. */
  getObject?: (path: string, progId?: string) => Variant;
}

interface UnitExports {
  readonly main: () => Variant;
  readonly procedures: Readonly<Record<string, Code>>;
  readonly classes: Readonly<
    Record<string, {
      holder: { c?: ScriptClass };
      construct: new () => ScriptObject;
      fields: Readonly<Record<string, Field>>;
      codes: readonly Code[];
    }>
  >;
}

/** How many Execute and Eval texts are kept parsed. */
const CACHE_SIZE = 256;

/** Runs scripts in one global scope. */
export class VbsEngine implements Disposable {
  readonly #runtime: Runtime;
  readonly #interrupt: Int32Array;
  readonly #reachable = new Set<string>();
  readonly #parsed = new Map<string, { scope: ScriptScope; expression: Expression | undefined }>();
  #usesCode = false;
  /** Decided by the first script, for all code must count or none. */
  #isCountingDecided = false;
  #path = "";
  readonly #pathOf: (code: string) => string | undefined;

  /** Makes an empty global scope. */
  constructor(options: VbsEngineOptions = {}) {
    this.#pathOf = options.pathOf ?? ((): undefined => undefined);
    this.#interrupt = options.interrupt ?? new Int32Array(1);
    this.#runtime = new Runtime({
      execute: (code, locals) => this.#execute(code, locals),
      evaluate: (code, locals) => this.#evaluate(code, locals),
      createRegExp: () => new RegExpObject(),
      interrupt: () => options.onInterrupt?.(),
    });
    const locale: Locale = options.locale === undefined ? EN_US : nearestLocale(options.locale);
    this.#runtime.locale = this.#runtime.defaultLocale = locale;
    const library = libraryOf(this.#runtime, {
      now: options.now ?? ((): Date => new Date()),
      createObject: options.createObject ?? ((progId): never => raise(429, progId)),
      getObject: options.getObject ?? ((path): never => raise(432, path)),
    });
    for (const [name, binding] of library) this.#runtime.library.set(name, binding);
  }

  /**
   * Makes an object known by a name in the outer scope; a script may declare the name itself.
   *
   * @example A host object with a property, and a method that changes its argument
   * ```ts
   * import { type AutomationObject, DISPATCH, type DispatchMember } from "@burnscript/burnscript/vbscript";
   * import { isVariantRef, VbsEngine } from "@burnscript/burnscript/vbscript";
   * import { assertEquals } from "@std/assert";
   *
   * let level = 3;
   * const members: DispatchMember[] = [
   *   { name: "Level", get: () => level, put: (_lamp, _args, value) => void (level = value as number) },
   *   {
   *     name: "Measure",
   *     byReference: [true],
   *     call: (_lamp, [target]) => (isVariantRef(target!) && target.write(level * 100), true),
   *   },
   * ];
   * const lamp: AutomationObject = {
   *   [DISPATCH]: {
   *     typeName: "Lamp",
   *     member: (name) => members.find((member) => member.name.toLowerCase() === name.toLowerCase()),
   *     defaultMember: undefined,
   *     enumerate: undefined,
   *     release: undefined,
   *     memberNames: members.map(({ name }) => name),
   *   },
   * };
   * using engine = new VbsEngine();
   * engine.addObject("Lamp", lamp);
   * engine.run("Lamp.Level = Lamp.Level + 2 : lamp.measure lumens");
   * assertEquals([level, engine.evaluate("lumens"), engine.evaluate("TypeName(Lamp)")], [5, 500, "Lamp"]);
   * ```
   */
  addObject(name: string, object: AutomationObject): void {
    this.#runtime.host.set(name.toLowerCase(), { kind: "object", value: this.#runtime.keep(object) });
  }

  /**
   * Makes a function known by a name in the outer scope. A script may leave places empty, which are `MISSING` then, and
   * give any number of arguments. {@linkcode varTypeOf} tells the subtype of one.
   *
   * @example A function that sees subtypes and changes variables
   * ```ts
   * import { isVariantRef, VbsEngine, varTypeOf, VARTYPE } from "@burnscript/burnscript/vbscript";
   * import { assertEquals } from "@std/assert";
   *
   * using engine = new VbsEngine();
   * engine.addFunction("IsLong", (value) => varTypeOf(value) === VARTYPE.Long);
   * engine.addFunction("Increment", (target) => {
   *   if (isVariantRef(target)) target.write(target.read() as number + 1);
   *   return isVariantRef(target);
   * }, { byReference: true });
   * engine.run("n = 1 : a = Increment(n) : b = Increment((n)) : c = IsLong(CLng(1)) : d = IsLong(1)");
   * assertEquals(["n", "a", "b", "c", "d"].map((name) => engine.evaluate(name)), [2, true, false, true, false]);
   * ```
   */
  addFunction(name: string, call: (...args: Variant[]) => Variant): void;
  /** With `byReference`, variables and elements of arrays come as {@linkcode VariantRef}s, other arguments as values. */
  addFunction(
    name: string,
    call: (...args: (Variant | VariantRef)[]) => Variant,
    options: { byReference: true },
  ): void;
  addFunction(
    name: string,
    call: (...args: Variant[]) => Variant,
    options?: { byReference: true },
  ): void {
    this.#runtime.host.set(name.toLowerCase(), {
      kind: "function",
      function: {
        name,
        minimum: 0,
        maximum: 255,
        isHost: true,
        byReference: options !== undefined,
        call: (...args) => {
          for (const argument of args) {
            this.#runtime.escape(
              options !== undefined && isVariantRef(argument) ? argument.read() : argument,
            );
          }
          return call(...args);
        },
      },
    });
  }

  /**
   * Runs a script: declares what it declares, then executes its main code.
   *
   * @throws VbsError for compile and run-time errors; an `Unwinding` passes as it is.
   */
  run(script: CompiledScript | string, options: { path?: string } = {}): void {
    const compiled = typeof script === "string" ? compile(script, options) : script;
    const path = options.path ?? compiled.path;
    this.#path = path;
    this.#runUnit(CompiledScript.scopeOf(compiled) as ScriptScope, compiled.source, path, undefined);
  }

  /** Calls a Sub or Function of the scripts that ran, or a function of VBScript itself, such as `DateAdd`. */
  call(name: string, args: readonly Variant[] = []): Variant {
    const binding = this.#runtime.globals.get(name.toLowerCase()) ??
      this.#runtime.library.get(name.toLowerCase());
    switch (binding?.kind) {
      case "procedure":
        return this.#outermost(() => this.#handedOut(binding.procedure.call(args)));
      case "function":
        return this.#outermost(() => this.#handedOut(this.#runtime.callFunction(binding.function, args)));
    }
    throw runtimeError(35, name);
  }

  /** Whether there is a Sub or Function of that name. */
  hasProcedure(name: string): boolean {
    return this.#runtime.globals.get(name.toLowerCase())?.kind === "procedure";
  }

  /**
   * The value of an expression in the global scope. While a script runs, a host's function sees those of its variables
   * that its procedures use; the others are there when it has ended.
   */
  evaluate(expression: string): Variant {
    return this.#outermost(() => this.#handedOut(this.#evaluate(expression, undefined)));
  }

  #handedOut(value: Variant): Variant {
    this.#runtime.escape(value);
    return value;
  }

  /** Runs Class_Terminate of what is left, and releases what scripts held. */
  [Symbol.dispose](): void {
    const failures: unknown[] = [];
    const attempt = (action: () => void): void => {
      try {
        action();
      } catch (error) {
        failures.push(error);
      }
    };
    for (const object of [...this.#runtime.living]) attempt(() => this.#runtime.terminate(object));
    for (const object of [...this.#runtime.held].reverse()) attempt(() => this.#runtime.release(object));
    if (failures.length > 0) throw failures[0];
  }

  /** Errors that leave the engine are VbsErrors, also where no compiled code was at hand to make them so. */
  #outermost<T>(action: () => T): T {
    const mark = this.#runtime.pending.length;
    try {
      const result = action();
      this.#runtime.sweep(mark);
      return result;
    } catch (error) {
      throw this.#runtime.isUnwinding(error) ? error : toVbsError(error);
    }
  }

  #execute(code: string, locals: LocalScope | undefined): void {
    const path = this.#pathOf(code) ?? this.#path;
    const { scope } = this.#parse(
      `s${code}`,
      code,
      () => located(code, path, () => ({ scope: analyze(parseProgram(code), true), expression: undefined })),
    );
    this.#runUnit(scope, code, path, locals);
  }

  #evaluate(code: string, locals: LocalScope | undefined): Variant {
    const { scope, expression } = this.#parse(`e${code}`, code, () => {
      const expression = parseExpression(code);
      const at = { line: 1, column: 1 };
      const statements = [{ kind: "call", target: expression, at } as const];
      return {
        scope: analyze({ optionExplicit: false, statements, procedures: [], classes: [] }),
        expression,
      };
    });
    const unit: Unit = { path: this.#path, lines: linesOf(code), positions: [] };
    const { code: body, pool, positions } = compileEvaluation(scope, expression!, this.#link(locals));
    return this.#instantiate(body, pool, { ...unit, positions }).main();
  }

  #parse(
    key: string,
    code: string,
    parse: () => { scope: ScriptScope; expression: Expression | undefined },
  ): { scope: ScriptScope; expression: Expression | undefined } {
    const known = this.#parsed.get(key);
    if (known !== undefined) return known;
    const parsed = located(code, this.#path, parse);
    if (this.#parsed.size >= CACHE_SIZE) this.#parsed.delete(this.#parsed.keys().next().value!);
    this.#parsed.set(key, parsed);
    return parsed;
  }

  #link(locals: LocalScope | undefined): LinkEnvironment {
    const { globals } = this.#runtime;
    return {
      locals,
      countsReferences: this.#runtime.counts,
      find: (name) => this.#runtime.find(name),
      globalCell: (name) => {
        if (locals !== undefined) return locals.cells.get(name) ?? locals.bind(name, new Cell());
        const binding = globals.get(name);
        if (binding?.kind === "variable") return binding.cell;
        const cell = new Cell();
        globals.set(name, { kind: "variable", cell });
        return cell;
      },
      isReachable: (name) =>
        locals !== undefined || this.#usesCode || this.#reachable.has(name) ||
        globals.get(name)?.kind === "variable",
    };
  }

  #instantiate(code: string, pool: readonly unknown[], unit: Unit): UnitExports {
    const factory = new Function(...FACTORY_PARAMETERS, code) as (...args: unknown[]) => UnitExports;
    const { Cell, VariantArray, tagOf, numberOf, box, ScriptObject } = INLINE;
    return factory(
      this.#runtime,
      pool,
      unit,
      this.#interrupt,
      Cell,
      VariantArray,
      tagOf,
      numberOf,
      box,
      ScriptObject,
    );
  }

  /** A global array cannot be declared as an array again: error 13. */
  #checkRedeclared(scope: ScriptScope, source: string, path: string): void {
    for (const [name, { spelling, bounds, at }] of scope.main.declared) {
      const known = this.#runtime.globals.get(name);
      if (bounds === undefined || known?.kind !== "variable") continue;
      if (!(known.cell.read() instanceof VariantArray)) continue;
      const error = runtimeError(13, spelling);
      [error.path, error.line, error.column] = [path, at.line, at.column];
      error.sourceLine = linesOf(source)[at.line - 1] ?? "";
      throw error;
    }
  }

  /** Scripts that ran before may call a library function by this name: from now on they get what is declared. */
  #shadowLibrary(name: string): void {
    const binding = this.#runtime.library.get(name);
    if (binding?.kind !== "function") return;
    const late = { name, spelling: binding.function.name, explicit: true, declared: () => [] };
    Object.assign(binding.function, {
      minimum: 0,
      maximum: 255,
      call: (...args: Variant[]) => this.#runtime.lateCall(late, args, 0),
    });
  }

  #runUnit(scope: ScriptScope, source: string, path: string, locals: LocalScope | undefined): void {
    const { globals } = this.#runtime;
    if (!this.#isCountingDecided) {
      this.#isCountingDecided = true;
      this.#runtime.counts = mayTerminate(scope);
    }
    if (locals === undefined) this.#checkRedeclared(scope, source, path);
    const { code, pool, positions } = compileUnit(scope, this.#link(locals));
    const exports = this.#instantiate(code, pool, { path, lines: linesOf(source), positions });
    this.#usesCode ||= scope.usesCode;
    for (const name of scope.mentionedInside) this.#reachable.add(name);
    for (const [name, { value }] of scope.main.constants) {
      if (locals === undefined) globals.set(name, { kind: "constant", value });
      else locals.constants.set(name, value);
    }
    for (const [name, { declaration }] of scope.classes) {
      const { holder, construct, fields, codes } = exports.classes[name]!;
      const counter = this.#runtime.counts ? this.#runtime : undefined;
      holder.c = scriptClassOf(scope, declaration, { construct, fields, codes, counter });
      globals.set(name, { kind: "class", scriptClass: holder.c });
    }
    for (const [name, { procedure }] of scope.procedures) {
      const references = scope.references.get(procedure!)!;
      const known = globals.get(name);
      if (known?.kind === "procedure") {
        // Whoever holds the old definition calls the new one from now on.
        known.procedure.references = references;
        known.procedure.code = exports.procedures[name]!;
      } else {
        const script = new ScriptProcedure(procedure!.spelling, references, exports.procedures[name]!);
        globals.set(name, { kind: "procedure", procedure: script });
      }
    }
    if (locals === undefined) {
      for (
        const name of [...scope.procedures.keys(), ...scope.classes.keys(), ...scope.main.declared.keys()]
      ) {
        this.#shadowLibrary(name);
      }
    }
    exports.main();
  }
}

/** Whether a script defines a Class_Terminate, or may include one that does. */
function mayTerminate(scope: ScriptScope): boolean {
  const includes = ["execute", "executeglobal"].some((name) =>
    scope.main.mentioned.has(name) || scope.mentionedInside.has(name)
  );
  return includes ||
    [...scope.classes.values()].some(({ declaration }) =>
      declaration.procedures.some(({ name }) => name === "class_terminate")
    );
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function scriptClassOf(
  scope: ScriptScope,
  declaration: ClassDeclaration,
  { construct, fields, codes, counter }: {
    construct: new () => ScriptObject;
    fields: Readonly<Record<string, Field>>;
    codes: readonly Code[];
    counter: ReferenceCounter | undefined;
  },
): ScriptClass {
  const members = new Map<string, ClassMember>();
  for (const { name, spelling, isPublic, bounds } of declaration.fields) {
    members.set(name, {
      spelling,
      isPublic,
      isDefault: false,
      field: fields[name]!,
      isArray: bounds !== undefined,
    });
  }
  declaration.procedures.forEach((procedure, index) => {
    const { name, spelling, kind } = procedure;
    const script = new ScriptProcedure(spelling, scope.references.get(procedure)!, codes[index]!);
    const member: Writable<ClassMember> = members.get(name) ??
      { spelling, isPublic: false, isDefault: false };
    member.isPublic ||= procedure.isPublic;
    member.isDefault ||= procedure.isDefault;
    member[kind === "sub" || kind === "function" ? "call" : kind] = script;
    members.set(name, member);
  });
  return new ScriptClass(declaration.spelling, members, construct, counter);
}

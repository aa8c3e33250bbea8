/**
 * From the tree to JavaScript.
 *
 * Theory of operation. A script becomes one JavaScript function that defines its procedures and classes and returns
 * them with its main code. Every expression is taken apart into statements over temporaries, so that an operator can
 * be inlined: `a + b` tests the operands' tags, adds two JavaScript numbers, and corrects the tag; anything else calls
 * the runtime. While printing, the compiler follows what each local variable can hold at that point ({@linkcode M});
 * where that is known, the tests go. A loop is printed a few times for that, until what is known at its head holds at
 * its end too; only the last print stays.
 *
 * Nothing of a script's text gets into the JavaScript but names, which are mangled, and literals, which are escaped.
 *
 * @module
 */
import { Currency, MISSING, TypedNumber, type Variant, VARTYPE } from "../automation/variant.ts";
import type { Position } from "./errors.ts";
import type { Binding, LocalScope } from "./runtime/runtime.ts";
import { SIDE } from "./runtime/operators.ts";
import type { Cell } from "./runtime/values.ts";
import type { CodeScope, ScriptScope } from "./scopes.ts";
import type {
  Argument,
  BinaryOperator,
  Declarator,
  Expression,
  Procedure,
  Statement,
} from "./syntax_tree.ts";

/** What a value can be, as bits. */
const M = {
  integer: 1,
  long: 2,
  double: 4,
  string: 8,
  boolean: 16,
  empty: 32,
  null: 64,
  /** A Date, Byte, Single, Currency or Error: what it is never changes, and it stands for nothing else. */
  boxed: 128,
  /** An object or an array. */
  object: 256,
  number: 7,
  any: 511,
} as const;

/** The result of an expression: JavaScript text without side effects. */
interface Operand {
  /** {@linkcode M} bits. */
  readonly mask: number;
  /** As number, tag and other part; the last is there unless the value is surely a number. */
  readonly n?: string;
  readonly t?: string;
  readonly o?: string;
  /** Or as a Variant. */
  readonly v?: string;
  /** Set when the text reads a variable that a call in between may change. */
  readonly isVariable?: boolean;
}

/** Where a variable is. */
interface Place {
  readonly mode: "parts" | "variant" | "cell";
  /** The local's name, or the cell. */
  readonly js: string;
}

/** What a name means at some place. */
type Meaning =
  | { readonly kind: "variable"; readonly place: Place }
  | { readonly kind: "constant"; readonly value: Variant }
  | { readonly kind: "procedure"; readonly scope: CodeScope; readonly js: string; readonly isMember: boolean }
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "class"; readonly js: string }
  | { readonly kind: "binding"; readonly binding: Binding }
  | { readonly kind: "late" };

/** What the compiler asks the engine for. */
export interface LinkEnvironment {
  /** The meaning of a name that this script does not declare. */
  find(name: string): Binding | undefined;
  /** The cell of a global variable; made if there is none. */
  globalCell(name: string): Cell;
  /** Whether code outside this script can reach this name while its main code runs. */
  isReachable(name: string): boolean;
  /** The locals around an Execute or Eval inside a procedure. */
  readonly locals: LocalScope | undefined;
  /** Whether references to instances are counted, so that Class_Terminate runs with the last one. */
  readonly countsReferences: boolean;
}

/** A printed script. */
export interface CompiledUnit {
  /** A function body; its parameters are {@linkcode FACTORY_PARAMETERS}. */
  readonly code: string;
  /** What the code refers to as `K`. */
  readonly pool: readonly unknown[];
  readonly positions: readonly Position[];
}

/** The parameters of the function that {@linkcode CompiledUnit.code} is the body of. */
export const FACTORY_PARAMETERS = [
  "R",
  "K",
  "U",
  "I",
  "Cell",
  "VariantArray",
  "tagOf",
  "numberOf",
  "box",
  "ScriptObject",
];

/** Prints a script. */
export function compileUnit(script: ScriptScope, environment: LinkEnvironment): CompiledUnit {
  return new UnitCompiler(script, environment).compile();
}

/** Prints one expression as a script whose main code returns its value. */
export function compileEvaluation(
  script: ScriptScope,
  expression: Expression,
  link: LinkEnvironment,
): CompiledUnit {
  return new UnitCompiler(script, link).compile(expression);
}

/** A name as part of a JavaScript identifier. */
function mangle(name: string): string {
  return name.replace(/[^a-z0-9_]/g, (char) => `$${char.charCodeAt(0).toString(16)}$`);
}

/** The loops are printed to find out types at most this deep; further in, nothing is assumed. */
const TYPED_LOOP_DEPTH = 3;

class UnitCompiler {
  readonly script: ScriptScope;
  readonly environment: LinkEnvironment;
  readonly pool: unknown[] = [];
  readonly positions: Position[] = [{ line: 0, column: 0 }];
  readonly #shared = new Map<unknown, string>();
  readonly #globals = new Map<string, Place>();

  constructor(script: ScriptScope, environment: LinkEnvironment) {
    this.script = script;
    this.environment = environment;
  }

  /** A pool entry; the same text for the same thing. */
  shared(value: unknown): string {
    let js = this.#shared.get(value);
    if (js === undefined) {
      js = this.own(value);
      this.#shared.set(value, js);
    }
    return js;
  }

  /** A pool entry of its own. */
  own(value: unknown): string {
    this.pool.push(value);
    return `k${this.pool.length - 1}`;
  }

  compile(evaluation?: Expression): CompiledUnit {
    const { script } = this;
    this.#placeGlobals();
    const bodies: string[] = [];
    const procedures: string[] = [];
    for (const [name, scope] of script.procedures) {
      const js = `p_${mangle(name)}`;
      bodies.push(new FunctionCompiler(this, scope).print(js));
      procedures.push(`${JSON.stringify(name)}: ${js}`);
    }
    const classes: string[] = [];
    for (const [name, { declaration, members }] of script.classes) {
      const cls = mangle(name);
      const fields = declaration.fields.map((field) =>
        `this.f_${mangle(field.name)} = new Cell(); ${initialArray(field, `this.f_${mangle(field.name)}.o`)}`
      );
      bodies.push(
        `const H_${cls} = {}; class K_${cls} extends ScriptObject { constructor() { super(H_${cls}.c); ${
          fields.join(" ")
        } } }`,
      );
      const codes: string[] = [];
      for (const member of members) {
        const js = memberCode(name, member.procedure!);
        bodies.push(new FunctionCompiler(this, member).print(js));
        codes.push(js);
      }
      classes.push(
        `${JSON.stringify(name)}: { holder: H_${cls}, construct: K_${cls}, codes: [${codes.join(", ")}] }`,
      );
    }
    bodies.push(new FunctionCompiler(this, script.main).print("main", evaluation));
    const head = this.pool.map((_entry, index) => `k${index} = K[${index}]`).join(", ");
    return {
      code: `"use strict";\n${head === "" ? "" : `const ${head};\n`}${
        bodies.join("\n")
      }\nreturn { main, procedures: { __proto__: null, ${
        procedures.join(", ")
      } }, classes: { __proto__: null, ${classes.join(", ")} } };`,
      pool: this.pool,
      positions: this.positions,
    };
  }

  /** Decides which globals are locals of the main code, and which are cells. */
  #placeGlobals(): void {
    const { main, mentionedInside, usesCode, program } = this.script;
    const names = new Set(main.declared.keys());
    const implicit = new Set<string>();
    if (!program.optionExplicit) {
      for (const name of main.assigned.keys()) {
        if (names.has(name) || main.constants.has(name) || this.script.procedures.has(name)) continue;
        const known = this.environment.locals?.cells.has(name) ? undefined : this.environment.find(name);
        if (this.environment.locals?.cells.has(name)) continue;
        if (known === undefined) implicit.add(name);
      }
    }
    const byReference = passedByReference(this.script, main);
    for (const name of [...names, ...implicit]) {
      const isPrivate = !usesCode && !mentionedInside.has(name) && !byReference.has(name) &&
        !this.environment.isReachable(name);
      this.#globals.set(
        name,
        isPrivate
          ? { mode: main.numeric.has(name) ? "parts" : "variant", js: `v_${mangle(name)}` }
          : { mode: "cell", js: this.shared(this.environment.globalCell(name)) },
      );
    }
  }

  /** Global variables that live in the main code's locals. */
  get privateGlobals(): [string, Place][] {
    return [...this.#globals].filter(([, place]) => place.mode !== "cell");
  }

  global(name: string): Place | undefined {
    return this.#globals.get(name);
  }
}

/** The JavaScript function of a class's member. */
function memberCode(className: string, procedure: Procedure): string {
  const kind = { sub: "m", function: "m", get: "g", let: "l", set: "s" }[procedure.kind];
  return `${kind}_${mangle(className)}$${mangle(procedure.name)}`;
}

function initialArray(variable: Declarator, target: string): string {
  if (variable.bounds === undefined) return "";
  return variable.bounds.length === 0
    ? `${target} = R.dynamicArray();`
    : `${target} = R.newArray([${variable.bounds.join(",")}]);`;
}

/** A scope's variables that some call passes to a parameter that is a reference. */
function passedByReference(script: ScriptScope, scope: CodeScope): Set<string> {
  const names = new Set<string>();
  for (const { name, callee, index } of scope.passed) {
    const target = script.procedures.get(callee)?.procedure;
    if (target !== undefined && script.references.get(target)![index]) names.add(name);
  }
  return names;
}

interface Loop {
  readonly kind: "do" | "for" | "while";
  readonly label: string;
  /** What is known where the loop is left. */
  exit: Map<string, number> | undefined;
}

type Types = Map<string, number> | undefined;

class FunctionCompiler {
  readonly #unit: UnitCompiler;
  readonly #scope: CodeScope;
  readonly #places = new Map<string, Place>();
  #lines: string[] = [];
  #types: Types = new Map();
  #temps = 0;
  #tempsMax = 0;
  #kept = 0;
  #labels = 0;
  #loops: Loop[] = [];
  #withs: string[] = [];
  #loopDepth = 0;
  #result: Place | undefined;

  constructor(unit: UnitCompiler, scope: CodeScope) {
    this.#unit = unit;
    this.#scope = scope;
  }

  // The frame.

  print(js: string, evaluation?: Expression): string {
    const scope = this.#scope;
    const procedure = scope.procedure;
    const head: string[] = [];
    const parameters = this.#placeParameters(head);
    this.#placeLocals(head);
    if (procedure === undefined) this.#placeMain(head);
    let evaluated = "";
    if (evaluation !== undefined) {
      this.#emit("$p = 1;");
      this.#unit.positions[1] = { line: 1, column: 1 };
      evaluated = `return ${this.#any(this.#expression(evaluation))};`;
    } else this.#statements(scope.statements);
    const result = this.#result === undefined ? "undefined" : this.#any(this.#read(this.#result));
    const name = JSON.stringify(procedure?.spelling ?? "");
    const locals = [
      "$p = 0",
      ...(scope.usesOnError ? ["$r = false"] : []),
      ...Array.from({ length: this.#tempsMax }, (_, index) => `x${index} = 0, y${index} = 0, z${index}`),
      ...Array.from({ length: this.#kept }, (_, index) => `q${index}`),
    ];
    const back = procedure === undefined
      ? this.#unit.privateGlobals.map(([global, place]) => {
        const cell = this.#unit.shared(this.#unit.environment.globalCell(global));
        return `${cell}.write(${this.#any(this.#readUntyped(place))});`;
      })
      : this.#releases(head);
    return `function ${js}(${parameters.join(", ")}) {
let ${locals.join(", ")};
${head.join("\n")}
if (I[0] !== 0) R.interrupt();
try {
${this.#lines.join("\n")}
${evaluated}
} catch (e) { throw R.unwind(e, U, $p, ${name}); }${back.length === 0 ? "" : ` finally { ${back.join(" ")} }`}
return ${result};
}`;
  }

  /** What a procedure gives back when it is left, where references are counted. */
  #releases(head: string[]): string[] {
    if (!this.#unit.environment.countsReferences) return [];
    const releases: string[] = [];
    const procedure = this.#scope.procedure!;
    const references = this.#unit.script.references.get(procedure)!;
    procedure.parameters.forEach(({ name }, index) => {
      if (!references[index]) head.push(`R.retain(a_${mangle(name)});`);
    });
    for (const [name, place] of this.#places) {
      const index = procedure.parameters.findIndex((parameter) => parameter.name === name);
      if (index >= 0 && references[index]) continue;
      const method = place === this.#result ? "transfer" : "drop";
      releases.push(`R.${method}(${this.#any(this.#readUntyped(place))});`);
    }
    return releases;
  }

  #placeParameters(head: string[]): string[] {
    const { procedure, class: declaration } = this.#scope;
    const parameters = declaration === undefined ? [] : ["me"];
    if (procedure === undefined) return parameters;
    if (this.#scope.usesCode) {
      head.push(`const $s = R.localScope(${declaration === undefined ? "undefined" : "me"});`);
    }
    const references = this.#unit.script.references.get(procedure)!;
    const byReference = passedByReference(this.#unit.script, this.#scope);
    procedure.parameters.forEach(({ name }, index) => {
      const js = `v_${mangle(name)}`;
      if (references[index]) {
        parameters.push(js);
        this.#places.set(name, { mode: "cell", js });
        if (this.#scope.usesCode) head.push(`$s.bind(${JSON.stringify(name)}, ${js});`);
        return;
      }
      const argument = `a_${mangle(name)}`;
      parameters.push(argument);
      // A procedure that changes the elements of its own array changes its copy.
      if (this.#scope.written.has(name)) head.push(`${argument} = R.copied(${argument});`);
      if (this.#scope.usesCode || byReference.has(name)) {
        this.#places.set(name, { mode: "cell", js });
        head.push(`const ${js} = Cell.of(${argument});`);
        if (this.#scope.usesCode) head.push(`$s.bind(${JSON.stringify(name)}, ${js});`);
      } else if (this.#scope.numeric.has(name)) {
        this.#places.set(name, { mode: "parts", js });
        head.push(
          `let ${js}_o = ${argument}, ${js}_t = tagOf(${argument}), ${js} = ${js}_t === 0 ? 0 : numberOf(${argument});`,
        );
      } else {
        this.#places.set(name, { mode: "variant", js });
        head.push(`let ${js} = ${argument};`);
      }
    });
    return parameters;
  }

  #placeLocals(head: string[]): void {
    const { procedure } = this.#scope;
    if (procedure === undefined) return;
    const byReference = passedByReference(this.#unit.script, this.#scope);
    const place = (name: string): Place => {
      const js = `v_${mangle(name)}`;
      if (this.#scope.usesCode || byReference.has(name)) {
        head.push(`const ${js} = new Cell();`);
        if (this.#scope.usesCode) head.push(`$s.bind(${JSON.stringify(name)}, ${js});`);
        return { mode: "cell", js };
      }
      if (this.#scope.numeric.has(name)) {
        head.push(`let ${js} = 0, ${js}_t = 0, ${js}_o;`);
        this.#types!.set(js, M.empty);
        return { mode: "parts", js };
      }
      head.push(`let ${js};`);
      return { mode: "variant", js };
    };
    if (procedure.kind === "function" || procedure.kind === "get") {
      this.#result = place(procedure.name);
      this.#places.set(procedure.name, this.#result);
    }
    for (const [name, variable] of this.#scope.declared) {
      if (this.#places.has(name)) continue;
      const target = place(name);
      this.#places.set(name, target);
      this.#initialize(head, variable, target);
    }
    for (const [name, { value }] of this.#scope.constants) {
      if (this.#scope.usesCode) {
        head.push(`$s.constants.set(${JSON.stringify(name)}, ${this.#unit.shared(value)});`);
      }
    }
    if (this.#unit.script.program.optionExplicit) return;
    for (const name of this.#scope.assigned.keys()) {
      if (this.#meaning(name).kind === "late") this.#places.set(name, place(name));
    }
  }

  #placeMain(head: string[]): void {
    for (const [, { mode, js }] of this.#unit.privateGlobals) {
      if (mode === "parts") {
        head.push(`let ${js} = 0, ${js}_t = 0, ${js}_o;`);
        this.#types!.set(js, M.empty);
      } else head.push(`let ${js};`);
    }
    for (const [name, variable] of this.#scope.declared) {
      this.#initialize(head, variable, this.#unit.global(name)!);
    }
  }

  #initialize(head: string[], variable: Declarator, place: Place): void {
    if (variable.bounds === undefined) return;
    const target = place.mode === "cell"
      ? `${place.js}.o`
      : place.mode === "parts"
      ? `${place.js}_o`
      : place.js;
    // A global that another unit dimensioned already keeps its value only if it is no array.
    head.push(initialArray(variable, target));
    if (place.mode === "cell") head.push(`${place.js}.t = 0;`);
    if (place.mode === "parts") this.#types!.set(place.js, M.object);
  }

  // Printing.

  #emit(line: string): void {
    this.#lines.push(line);
  }

  #temp(): { n: string; t: string; o: string } {
    const index = this.#temps++;
    this.#tempsMax = Math.max(this.#tempsMax, this.#temps);
    return { n: `x${index}`, t: `y${index}`, o: `z${index}` };
  }

  /** A local that lasts for a whole statement with its body. */
  #keep(): string {
    return `q${this.#kept++}`;
  }

  #label(): string {
    return `L${this.#labels++}`;
  }

  #at(position: Position): void {
    this.#unit.positions.push(position);
    this.#emit(`$p = ${this.#unit.positions.length - 1};`);
  }

  /** Prints code that On Error Resume Next can pass over; `otherwise` runs when it was. */
  #guarded(position: Position, body: () => void, otherwise = ""): void {
    this.#at(position);
    this.#temps = 0;
    if (!this.#scope.usesOnError) return body();
    this.#emit("try {");
    body();
    this.#emit(`} catch (e) { if (!$r) throw e; R.caught(e, U, $p); ${otherwise} }`);
  }

  // What is known about locals.

  #know(js: string, mask: number): void {
    if (this.#types === undefined) return;
    // A statement that an error cuts short has not assigned: both stay possible.
    this.#types.set(js, this.#scope.usesOnError ? mask | (this.#types.get(js) ?? M.any) : mask);
  }

  #join(a: Types, b: Types): Types {
    if (a === undefined) return b;
    if (b === undefined) return a;
    const joined = new Map<string, number>();
    for (const [js, mask] of a) joined.set(js, mask | (b.get(js) ?? M.any));
    return joined;
  }

  #copyTypes(types: Types = this.#types): Types {
    return types === undefined ? undefined : new Map(types);
  }

  #sameTypes(a: Types, b: Types): boolean {
    if (a === undefined || b === undefined) return a === b;
    for (const [js, mask] of a) if (b.get(js) !== mask) return false;
    return true;
  }

  /** Prints a loop; `body` prints all of it, with what is known at its head. */
  #loop(kind: Loop["kind"], body: (loop: Loop) => void): void {
    const label = this.#label();
    this.#loopDepth++;
    if (this.#loopDepth > TYPED_LOOP_DEPTH && this.#types !== undefined) {
      for (const js of this.#types.keys()) this.#types.set(js, M.any);
    }
    let entry = this.#copyTypes();
    for (let round = 0; this.#loopDepth <= TYPED_LOOP_DEPTH; round++) {
      const saved = [this.#lines, this.#kept, this.#labels, this.#unit.positions.length] as const;
      this.#lines = [];
      const loop: Loop = { kind, label, exit: undefined };
      this.#loops.push(loop);
      this.#types = this.#copyTypes(entry);
      body(loop);
      this.#loops.pop();
      [this.#lines, this.#kept, this.#labels] = saved;
      this.#unit.positions.length = saved[3];
      const next = this.#join(this.#copyTypes(entry), this.#types);
      if (this.#sameTypes(entry, next)) break;
      entry = next;
      if (round >= 8 && entry !== undefined) { for (const js of entry.keys()) entry.set(js, M.any); }
    }
    const loop: Loop = { kind, label, exit: undefined };
    this.#loops.push(loop);
    this.#types = this.#copyTypes(entry);
    this.#emit(`${label}: for (;;) {`);
    body(loop);
    this.#emit("if (I[0] !== 0) R.interrupt();");
    this.#emit("}");
    this.#loops.pop();
    this.#loopDepth--;
    this.#types = this.#join(this.#join(entry, this.#types), loop.exit);
  }

  // Names.

  #meaning(name: string): Meaning {
    const local = this.#places.get(name);
    if (local !== undefined) return { kind: "variable", place: local };
    const { script, environment } = this.#unit;
    const constant = this.#scope.constants.get(name);
    if (constant !== undefined) return { kind: "constant", value: constant.value };
    const member = this.#member(name);
    if (member !== undefined) return member;
    const outer = environment.locals?.cells.get(name);
    const isDeclaredHere = script.main.declared.has(name);
    if (outer !== undefined && !isDeclaredHere) {
      return { kind: "variable", place: { mode: "cell", js: this.#unit.shared(outer) } };
    }
    const outerConstants = environment.locals?.constants;
    if (outerConstants?.has(name)) return { kind: "constant", value: outerConstants.get(name) };
    const procedure = script.procedures.get(name);
    if (procedure !== undefined) {
      return { kind: "procedure", scope: procedure, js: `p_${mangle(name)}`, isMember: false };
    }
    const global = this.#unit.global(name);
    if (global !== undefined) return { kind: "variable", place: global };
    const globalConstant = script.main.constants.get(name);
    if (globalConstant !== undefined) return { kind: "constant", value: globalConstant.value };
    if (script.classes.has(name)) return { kind: "class", js: `H_${mangle(name)}` };
    const binding = environment.find(name);
    if (binding === undefined) return { kind: "late" };
    if (binding.kind === "constant") return { kind: "constant", value: binding.value };
    if (binding.kind === "variable") {
      return { kind: "variable", place: { mode: "cell", js: this.#unit.shared(binding.cell) } };
    }
    return { kind: "binding", binding };
  }

  /** A name as a member of the class that this code belongs to. */
  #member(name: string): Meaning | undefined {
    const declaration = this.#scope.class;
    if (declaration === undefined) return undefined;
    if (declaration.fields.some((field) => field.name === name)) {
      return { kind: "variable", place: { mode: "cell", js: `me.f_${mangle(name)}` } };
    }
    const members = this.#unit.script.classes.get(declaration.name)!.members;
    const scope = members.find(({ procedure }) => procedure!.name === name);
    if (scope === undefined) return undefined;
    const { kind } = scope.procedure!;
    if (kind === "sub" || kind === "function") {
      return { kind: "procedure", scope, js: memberCode(declaration.name, scope.procedure!), isMember: true };
    }
    return { kind: "property", name };
  }

  #accessor(name: string, kind: "get" | "let" | "set"): { scope: CodeScope; js: string } | undefined {
    const declaration = this.#scope.class!;
    const scope = this.#unit.script.classes.get(declaration.name)!.members.find(({ procedure }) =>
      procedure!.name === name && procedure!.kind === kind
    );
    return scope === undefined ? undefined : { scope, js: memberCode(declaration.name, scope.procedure!) };
  }

  #late(name: string, spelling: string): string {
    return this.#unit.own({ name, spelling, explicit: this.#unit.script.program.optionExplicit });
  }

  get #locals(): string {
    if (this.#scope.procedure !== undefined && this.#scope.usesCode) return "$s";
    const { locals } = this.#unit.environment;
    return locals === undefined ? "undefined" : this.#unit.shared(locals);
  }

  // Variables.

  #read(place: Place): Operand {
    const { mode, js } = place;
    if (mode === "variant") return { mask: M.any, v: js, isVariable: true };
    if (mode === "cell") return { mask: M.any, n: `${js}.n`, t: `${js}.t`, o: `${js}.o`, isVariable: true };
    const mask = this.#types?.get(js) ?? M.any;
    if ((mask & M.number) === 0) return { mask, v: `${js}_o`, isVariable: true };
    const t = mask === M.integer ? "1" : mask === M.long ? "2" : mask === M.double ? "3" : `${js}_t`;
    return { mask, n: js, t, ...((mask & ~M.number) === 0 ? {} : { o: `${js}_o` }), isVariable: true };
  }

  #readUntyped({ mode, js }: Place): Operand {
    if (mode === "variant") return { mask: M.any, v: js };
    const [n, t, o] = mode === "cell" ? [`${js}.n`, `${js}.t`, `${js}.o`] : [js, `${js}_t`, `${js}_o`];
    return { mask: M.any, n, t, o };
  }

  #store(place: Place, value: Operand): void {
    const known = place.mode === "parts" ? this.#types?.get(place.js) ?? M.any : M.any;
    if (!this.#unit.environment.countsReferences || ((known | value.mask) & M.object) === 0) {
      return this.#storePlain(place, value);
    }
    const kept = this.#snapshot({ ...value, isVariable: true });
    const { o: old } = this.#temp();
    this.#emit(`${old} = ${this.#any(this.#read(place))};`);
    this.#storePlain(place, kept);
    this.#emit(`R.exchange(${old}, ${this.#any(kept)});`);
  }

  #storePlain(place: Place, value: Operand): void {
    const { mode, js } = place;
    if (mode === "variant") {
      this.#emit(`${js} = ${this.#any(value)};`);
      return;
    }
    const [n, t, o] = mode === "cell" ? [`${js}.n`, `${js}.t`, `${js}.o`] : [js, `${js}_t`, `${js}_o`];
    if (value.n !== undefined) {
      this.#emit(
        `${n} = ${value.n}; ${t} = ${value.t};${value.o === undefined ? "" : ` ${o} = ${value.o};`}`,
      );
    } else if ((value.mask & M.number) === 0) this.#emit(`${t} = 0; ${o} = ${value.v};`);
    else this.#emit(`${o} = ${value.v}; ${t} = tagOf(${o}); if (${t} !== 0) ${n} = numberOf(${o});`);
    if (mode === "parts") this.#know(js, value.mask);
  }

  // Operands.

  /** An operand as a Variant. */
  #any({ mask, n, t, o, v }: Operand): string {
    if (v !== undefined) return v;
    if (t === "1") return n!;
    if (/^-?[0-9.]+$/.test(n!) || /^\d$/.test(t!)) return `box(${n}, ${t})`;
    if ((mask & ~M.number) === 0) return `box(${n}, ${t})`;
    return `(${t} === 0 ? ${o} : box(${n}, ${t}))`;
  }

  /** An operand as number, tag and other part. */
  #parts(operand: Operand): { n: string; t: string; o: string } {
    const { mask, n, t, o, v } = operand;
    if (n !== undefined) return { n, t: t!, o: o ?? "undefined" };
    if ((mask & M.number) === 0) return { n: "0", t: "0", o: v! };
    const temp = this.#temp();
    this.#emit(
      `${temp.o} = ${v}; ${temp.t} = tagOf(${temp.o}); if (${temp.t} !== 0) ${temp.n} = numberOf(${temp.o});`,
    );
    return temp;
  }

  /** A copy that later calls cannot change. */
  #snapshot(operand: Operand): Operand {
    if (!operand.isVariable) return operand;
    const temp = this.#temp();
    if (operand.v !== undefined) {
      this.#emit(`${temp.o} = ${operand.v};`);
      return { mask: operand.mask, v: temp.o };
    }
    const isConstant = /^\d$/.test(operand.t!);
    this.#emit(
      `${temp.n} = ${operand.n};${isConstant ? "" : ` ${temp.t} = ${operand.t};`}${
        operand.o === undefined ? "" : ` ${temp.o} = ${operand.o};`
      }`,
    );
    return {
      mask: operand.mask,
      n: temp.n,
      t: isConstant ? operand.t! : temp.t,
      ...(operand.o === undefined ? {} : { o: temp.o }),
    };
  }

  /** Prints several expressions in order; none of the results changes while the others are computed. */
  #operands(expressions: readonly Expression[]): Operand[] {
    const results: Operand[] = [];
    expressions.forEach((expression, index) => {
      let operand = this.#expression(expression);
      if (operand.isVariable && expressions.slice(index + 1).some((later) => this.#hasCalls(later))) {
        operand = this.#snapshot(operand);
      }
      results.push(operand);
    });
    return results;
  }

  /** Whether an expression runs code that could change a variable; a function's bare name does. */
  #hasCalls(expression: Expression): boolean {
    return hasCalls(expression, (name) => {
      const { kind } = this.#meaning(name);
      return kind !== "variable" && kind !== "constant";
    });
  }

  /** A Variant in a temporary. */
  #value(js: string, mask: number = M.any): Operand {
    const { o } = this.#temp();
    this.#emit(`${o} = ${js};`);
    return { mask, v: o };
  }

  #literal(value: Variant): Operand {
    switch (typeof value) {
      case "number": {
        const isLong = (value | 0) === value;
        const isInteger = ((value << 16) >> 16) === value;
        const n = value < 0 || Object.is(value, -0) ? `(${value})` : String(value);
        return isInteger
          ? { mask: M.integer, n, t: "1" }
          : isLong
          ? { mask: M.long, n, t: "2" }
          : { mask: M.double, n, t: "3" };
      }
      case "string":
        return { mask: M.string, v: JSON.stringify(value) };
      case "boolean":
        return { mask: M.boolean, v: String(value) };
      case "undefined":
        return { mask: M.empty, v: "undefined" };
    }
    if (value === null) return { mask: M.null, v: "null" };
    if (value instanceof TypedNumber && value.type === VARTYPE.Double) {
      return { mask: M.double, n: value.value < 0 ? `(${value.value})` : String(value.value), t: "3" };
    }
    if (value instanceof TypedNumber && value.type === VARTYPE.Long) {
      return { mask: M.long, n: `(${value.value})`, t: "2" };
    }
    const isBoxed = value instanceof TypedNumber || value instanceof Currency;
    return { mask: isBoxed ? M.boxed : M.object, v: this.#unit.shared(value) };
  }

  // Expressions.

  #expression(expression: Expression): Operand {
    switch (expression.kind) {
      case "literal":
        return this.#literal(expression.value);
      case "name":
        return this.#name(expression);
      case "parenthesized":
        return this.#expression(expression.inner);
      case "me":
        return { mask: M.object, v: "me" };
      case "new":
        return this.#new(expression);
      case "unary":
        return this.#unary(expression.operator, expression.operand);
      case "binary":
        return this.#binaryChain(expression);
      case "member":
        return this.#memberCall(expression, []);
      case "call":
        return this.#call(expression.callee, expression.args);
    }
  }

  #new({ name, spelling }: { name: string; spelling: string }): Operand {
    if (name === "regexp") return this.#value("R.createRegExp()", M.object);
    if (this.#unit.script.classes.has(name)) {
      return this.#value(`R.createInstance(H_${mangle(name)}.c)`, M.object);
    }
    return this.#value(`R.createByName(${JSON.stringify(name)}, ${JSON.stringify(spelling)})`, M.object);
  }

  #name(expression: Expression & { kind: "name" }): Operand {
    const meaning = this.#meaning(expression.name);
    switch (meaning.kind) {
      case "variable":
        return this.#read(meaning.place);
      case "constant":
        return this.#literal(meaning.value);
      case "late":
        return this.#value(`R.lateGet(${this.#late(expression.name, expression.spelling)}, ${this.#locals})`);
      case "class":
        return this.#value(`R.raise(13, ${JSON.stringify(expression.spelling)})`);
      case "binding":
        if (meaning.binding.kind === "object") return this.#literal(meaning.binding.value);
        if (meaning.binding.kind === "class") {
          return this.#value(`R.raise(13, ${JSON.stringify(expression.spelling)})`);
        }
        return this.#call(expression, []);
      case "procedure":
      case "property":
        return this.#call(expression, []);
    }
  }

  #unary(operator: "-" | "+" | "not", operand: Expression): Operand {
    if (operator === "+") return this.#expression(operand);
    const value = this.#expression(operand);
    if (operator === "not") {
      if (value.mask === M.boolean) return { mask: M.boolean, v: `(!${value.v})` };
      return this.#value(`R.not(${this.#any(value)})`, COMPUTED);
    }
    if ((value.mask & M.number) === 0) return this.#value(`R.negate(${this.#any(value)})`, COMPUTED);
    const { n, t, o } = this.#parts(value);
    if (/^[0-9.e+]+$/.test(n) && n !== "0") {
      const negated = -Number(n);
      if (value.mask === M.double) return { mask: M.double, n: `(${negated})`, t: "3" };
      return value.mask === M.long && negated === -32768 ? { mask: M.long, n: `(${negated})`, t: "2" } : {
        mask: value.mask,
        n: `(${negated})`,
        t,
      };
    }
    const temp = this.#temp();
    const fast = `${temp.n} = 0 - ${n}; ${
      t === "3" ? "" : `${temp.t} = ${t}; if (${t} !== 3 && (${temp.n} << 16 >> 16) !== ${temp.n}) ` +
        `${temp.t} = (${temp.n} | 0) === ${temp.n} ? 2 : 3;`
    }`;
    if ((value.mask & ~M.number) === 0) {
      this.#emit(fast);
      return value.mask === M.double
        ? { mask: M.double, n: temp.n, t: "3" }
        : { mask: M.number, n: temp.n, t: temp.t };
    }
    this.#emit(
      `if (${t} !== 0) { ${fast} ${t === "3" ? `${temp.t} = 3;` : ""} } else { ${
        unpack(temp, `R.negate(${o})`)
      } }`,
    );
    return { mask: COMPUTED, ...temp };
  }

  /** Operators may make a deep tree to the left, `a & b & c & …`: the left spine is a loop, not a recursion. */
  #binaryChain(expression: Expression & { kind: "binary" }): Operand {
    const spine: (Expression & { kind: "binary" })[] = [];
    let leftmost: Expression = expression;
    while (leftmost.kind === "binary") {
      spine.push(leftmost);
      leftmost = leftmost.left;
    }
    let left = this.#expression(leftmost);
    for (const node of spine.reverse()) {
      if (left.isVariable && this.#hasCalls(node.right)) left = this.#snapshot(left);
      const right = this.#expression(node.right);
      left = this.#binary(node.operator, left, right, sidesOf(node.left, node.right));
    }
    return left;
  }

  #binary(operator: BinaryOperator, left: Operand, right: Operand, sides: number): Operand {
    switch (operator) {
      case "+":
      case "-":
      case "*":
        return this.#arithmetic(operator, left, right);
      case "/":
        return this.#divide(left, right);
      case "\\":
      case "mod":
        return this.#integral(operator, left, right);
      case "^":
        return this.#power(left, right);
      case "&":
        return this.#concatenate(left, right);
      case "is":
        return this.#value(`R.same(${this.#any(left)}, ${this.#any(right)})`, M.boolean);
      case "and":
      case "or":
      case "xor":
      case "eqv":
      case "imp":
        return this.#logic(operator, left, right);
      default:
        return this.#compare(operator, left, right, sides);
    }
  }

  #arithmetic(operator: "+" | "-" | "*", left: Operand, right: Operand): Operand {
    const method = { "+": "add", "-": "subtract", "*": "multiply" }[operator];
    if ((left.mask & M.number) === 0 || (right.mask & M.number) === 0) {
      return this.#value(`R.${method}(${this.#any(left)}, ${this.#any(right)})`, COMPUTED);
    }
    const [a, b] = [this.#parts(left), this.#parts(right)];
    const temp = this.#temp();
    const leftTypes = left.mask & M.number;
    const rightTypes = right.mask & M.number;
    const compute = `${temp.n} = ${a.n} ${operator} ${b.n};`;
    let fast: string;
    let mask: number;
    let tag = temp.t;
    const isNumber = ((left.mask | right.mask) & ~M.number) === 0;
    if (leftTypes === M.double || rightTypes === M.double) {
      mask = M.double;
      tag = isNumber ? "3" : temp.t;
      fast = `${compute} if (${temp.n} - ${temp.n} !== 0) R.raise(6);${isNumber ? "" : ` ${temp.t} = 3;`}`;
    } else if (leftTypes === M.integer && rightTypes === M.integer) {
      mask = M.integer | M.long;
      fast = `${compute} ${temp.t} = (${temp.n} << 16 >> 16) === ${temp.n} ? 1 : 2;`;
    } else if (((leftTypes | rightTypes) & M.double) === 0) {
      mask = (leftTypes === M.long || rightTypes === M.long ? 0 : M.integer) | M.long | M.double;
      fast = `${compute} ${temp.t} = ${maximum(a.t, b.t)}; ` +
        `if ((${temp.n} << 16 >> 16) !== ${temp.n}) ${temp.t} = (${temp.n} | 0) === ${temp.n} ? 2 : 3;`;
    } else {
      mask = M.number;
      fast = `${compute} ${temp.t} = ${maximum(a.t, b.t)}; if (${temp.t} === 3) { ` +
        `if (${temp.n} - ${temp.n} !== 0) R.raise(6); } else if ((${temp.n} << 16 >> 16) !== ${temp.n}) ` +
        `${temp.t} = (${temp.n} | 0) === ${temp.n} ? 2 : 3;`;
    }
    if (isNumber) {
      this.#emit(fast);
      return { mask, n: temp.n, t: tag };
    }
    this.#emit(
      `if (${bothNumbers(a.t, b.t)}) { ${fast} } else { ${
        unpack(temp, `R.${method}(${this.#any(left)}, ${this.#any(right)})`)
      } }`,
    );
    return { mask: COMPUTED, ...temp };
  }

  #divide(left: Operand, right: Operand): Operand {
    const slow = `R.divide(${this.#any(left)}, ${this.#any(right)})`;
    if ((left.mask & M.number) === 0 || (right.mask & M.number) === 0) return this.#value(slow, COMPUTED);
    const [a, b] = [this.#parts(left), this.#parts(right)];
    const temp = this.#temp();
    const fast = `${temp.n} = ${a.n} / ${b.n}; if (${temp.n} - ${temp.n} !== 0) R.raise(6);`;
    if (((left.mask | right.mask) & ~M.number) === 0) {
      const isNonZero = /^\(?-?[0-9.e+]+\)?$/.test(b.n) && Number(b.n.replace(/[()]/g, "")) !== 0;
      this.#emit(isNonZero ? fast : `if (${b.n} === 0) R.raise(${a.n} === 0 ? 6 : 11); ${fast}`);
      return { mask: M.double, n: temp.n, t: "3" };
    }
    this.#emit(
      `if (${bothNumbers(a.t, b.t)} && ${b.n} !== 0) { ${fast} ${temp.t} = 3; } else { ${
        unpack(temp, `R.divide(${this.#any(left)}, ${this.#any(right)})`)
      } }`,
    );
    return { mask: COMPUTED, ...temp };
  }

  #integral(operator: "\\" | "mod", left: Operand, right: Operand): Operand {
    const method = operator === "mod" ? "modulo" : "integerDivide";
    const whole = M.integer | M.long;
    if ((left.mask & whole) === 0 || (right.mask & whole) === 0) {
      return this.#value(`R.${method}(${this.#any(left)}, ${this.#any(right)})`, COMPUTED);
    }
    const [a, b] = [this.#parts(left), this.#parts(right)];
    const temp = this.#temp();
    const compute = operator === "mod" ? `${a.n} % ${b.n} + 0` : `Math.trunc(${a.n} / ${b.n}) + 0`;
    const isWhole = ((left.mask | right.mask) & ~whole) === 0;
    const test = isWhole ? "" : `${isWholeTag(a.t)} && ${isWholeTag(b.t)} && `;
    this.#emit(
      `if (${test}${b.n} !== 0 && ${a.n} !== -2147483648 && ${a.n} !== -32768) { ${temp.n} = ${compute}; ${temp.t} = ${
        maximum(a.t, b.t)
      }; } else { ${unpack(temp, `R.${method}(${this.#any(left)}, ${this.#any(right)})`)} }`,
    );
    return isWhole ? { mask: M.number, n: temp.n, t: temp.t } : { mask: COMPUTED, ...temp };
  }

  #power(left: Operand, right: Operand): Operand {
    if (((left.mask | right.mask) & ~M.number) !== 0) {
      return this.#value(`R.power(${this.#any(left)}, ${this.#any(right)})`, COMPUTED);
    }
    const [a, b] = [this.#parts(left), this.#parts(right)];
    const temp = this.#temp();
    this.#emit(
      `${temp.n} = ${a.n} ** ${b.n}; if (${temp.n} - ${temp.n} !== 0) R.power(${this.#any(left)}, ${
        this.#any(right)
      });`,
    );
    return { mask: M.double, n: temp.n, t: "3" };
  }

  #concatenate(left: Operand, right: Operand): Operand {
    const isText = (operand: Operand): boolean => (operand.mask & (M.null | M.object)) === 0;
    if (!isText(left) && !isText(right)) {
      const [a, b] = [this.#any(left), this.#any(right)];
      return this.#value(
        `typeof ${a} === "string" && typeof ${b} === "string" ? ${a} + ${b} : R.concatenate(${a}, ${b})`,
        M.string | M.null,
      );
    }
    return this.#value(`${this.#text(left)} + ${this.#text(right)}`, M.string);
  }

  #text(operand: Operand): string {
    if (operand.mask === M.string) return operand.v!;
    if ((operand.mask & ~M.number) === 0 && operand.t !== "3") {
      if ((operand.mask & M.double) === 0) return `("" + ${operand.n})`;
      return `(${operand.t} === 3 ? R.text(${this.#any(operand)}) : "" + ${operand.n})`;
    }
    const any = this.#any(operand);
    return (operand.mask & M.string) === 0 || operand.v === undefined
      ? `R.text(${any})`
      : `(typeof ${any} === "string" ? ${any} : R.text(${any}))`;
  }

  #logic(operator: "and" | "or" | "xor" | "eqv" | "imp", left: Operand, right: Operand): Operand {
    if (left.mask === M.boolean && right.mask === M.boolean) {
      const [a, b] = [left.v!, right.v!];
      const js = {
        and: `(${a} && ${b})`,
        or: `(${a} || ${b})`,
        xor: `(${a} !== ${b})`,
        eqv: `(${a} === ${b})`,
        imp: `(!${a} || ${b})`,
      }[operator];
      return { mask: M.boolean, v: js };
    }
    const slow = `R.${operator}(${this.#any(left)}, ${this.#any(right)})`;
    const whole = M.integer | M.long;
    if ((left.mask & whole) === 0 || (right.mask & whole) === 0 || operator === "eqv" || operator === "imp") {
      const isBoolean = ((left.mask | right.mask) & ~(M.boolean | M.null)) === 0;
      return this.#value(slow, isBoolean ? M.boolean | M.null : COMPUTED);
    }
    const [a, b] = [this.#parts(left), this.#parts(right)];
    const temp = this.#temp();
    const sign = { and: "&", or: "|", xor: "^" }[operator];
    const fast = `${temp.n} = ${a.n} ${sign} ${b.n}; ${temp.t} = ${maximum(a.t, b.t)};`;
    if (((left.mask | right.mask) & ~whole) === 0) {
      this.#emit(fast);
      return { mask: whole, n: temp.n, t: temp.t };
    }
    this.#emit(`if (${isWholeTag(a.t)} && ${isWholeTag(b.t)}) { ${fast} } else { ${unpack(temp, slow)} }`);
    return { mask: COMPUTED, ...temp };
  }

  #compare(operator: string, left: Operand, right: Operand, sides: number): Operand {
    const [method, sign] = COMPARISONS[operator]!;
    const slow = `R.${method}(${this.#any(left)}, ${this.#any(right)}, ${sides})`;
    if (left.mask === M.string && right.mask === M.string) {
      return { mask: M.boolean, v: `(${left.v} ${sign} ${right.v})` };
    }
    const isPlain = ((left.mask | right.mask) & (M.null | M.object)) === 0;
    const mask = isPlain ? M.boolean : M.boolean | M.null;
    if ((left.mask & M.number) === 0 || (right.mask & M.number) === 0) {
      const [a, b] = [this.#any(left), this.#any(right)];
      const tests = [
        ...(left.mask === M.string ? [] : [`typeof ${a} === "string"`]),
        ...(right.mask === M.string ? [] : [`typeof ${b} === "string"`]),
      ];
      if (((left.mask & right.mask) & M.string) === 0) return this.#value(slow, mask);
      return this.#value(`${tests.join(" && ")} ? ${a} ${sign} ${b} : ${slow}`, mask);
    }
    const [a, b] = [this.#parts(left), this.#parts(right)];
    const fast = `${a.n} ${sign} ${b.n}`;
    if (((left.mask | right.mask) & ~M.number) === 0) return { mask: M.boolean, v: `(${fast})` };
    return this.#value(
      `${bothNumbers(a.t, b.t)} ? ${fast} : R.${method}(${this.#any(left)}, ${this.#any(right)}, ${sides})`,
      mask,
    );
  }

  /** A condition as a JavaScript boolean. */
  #condition(expression: Expression): string {
    const inner = expression.kind === "parenthesized" ? expression.inner : expression;
    if (inner.kind === "unary" && inner.operator === "not") {
      const operand = this.#expression(inner.operand);
      if (operand.mask === M.boolean) return `!${operand.v}`;
      // Of what is neither Boolean nor Empty, Not takes the complement, which is another truth.
      const { o: kept } = this.#temp();
      this.#emit(`${kept} = ${this.#any(operand)};`);
      return `(${kept} === false || ${kept} === undefined || (${kept} !== true && R.truth(R.not(${kept}))))`;
    }
    return this.#truth(this.#expression(inner));
  }

  #truth(operand: Operand): string {
    if (operand.mask === M.boolean) return operand.v!;
    if ((operand.mask & ~(M.boolean | M.null)) === 0) return `${operand.v} === true`;
    if ((operand.mask & ~M.number) === 0) return `${operand.n} !== 0`;
    if (operand.n !== undefined) return `(${operand.t} !== 0 ? ${operand.n} !== 0 : R.truth(${operand.o}))`;
    const v = operand.v!;
    return /^[a-z]\w*$/i.test(v) ? `(${v} === true || (${v} !== false && R.truth(${v})))` : `R.truth(${v})`;
  }

  // Calls.

  #call(callee: Expression, args: readonly Argument[]): Operand {
    if (callee.kind === "parenthesized") {
      return this.#index(this.#expression(callee.inner), args, "");
    }
    if (callee.kind === "member") return this.#memberCall(callee, args);
    if (callee.kind !== "name") return this.#index(this.#expression(callee), args, "");
    const { name, spelling } = callee;
    const meaning = this.#meaning(name);
    switch (meaning.kind) {
      case "variable": {
        // Inside a function its name with parentheses is a call of it.
        const { procedure } = this.#scope;
        if (name === procedure?.name && meaning.place === this.#result) return this.#recursion(callee, args);
        return this.#index(this.#read(meaning.place), args, spelling);
      }
      case "constant":
        return this.#index(this.#literal(meaning.value), args, spelling);
      case "procedure":
        return this.#procedureCall(meaning.scope, meaning.js, meaning.isMember, args);
      case "property": {
        const get = this.#accessor(name, "get");
        if (get === undefined) return this.#value(`R.raise(450, ${JSON.stringify(spelling)})`);
        if (get.scope.procedure!.parameters.length === 0 && args.length > 0) {
          return this.#index(this.#procedureCall(get.scope, get.js, true, []), args, spelling);
        }
        return this.#procedureCall(get.scope, get.js, true, args);
      }
      case "class":
        return this.#value(`R.raise(13, ${JSON.stringify(spelling)})`);
      case "late": {
        const late = this.#late(name, spelling);
        return this.#loose(args, (list, bits) => `R.lateCall(${late}, ${list}, ${bits}, ${this.#locals})`);
      }
      case "binding":
        return this.#bindingCall(meaning.binding, spelling, args);
    }
  }

  #recursion(callee: Expression & { kind: "name" }, args: readonly Argument[]): Operand {
    const { procedure, class: declaration } = this.#scope;
    const own = this.#unit.script.procedures.get(callee.name);
    if (declaration !== undefined) {
      return this.#procedureCall(this.#scope, memberCode(declaration.name, procedure!), true, args);
    }
    return this.#procedureCall(own!, `p_${mangle(callee.name)}`, false, args);
  }

  #bindingCall(binding: Binding, spelling: string, args: readonly Argument[]): Operand {
    if (binding.kind === "procedure") {
      const js = this.#unit.shared(binding.procedure);
      return this.#loose(args, (list, bits) => `R.callProcedure(${js}, ${list}, ${bits})`);
    }
    if (binding.kind === "function") {
      const { function: library } = binding;
      if (library.name === "Eval" && args.length === 1) {
        return this.#value(`R.evaluate(${this.#argument(args[0])}, ${this.#locals})`);
      }
      const js = this.#unit.shared(library);
      const operands = this.#arguments(args);
      if (args.length < library.minimum || args.length > library.maximum) {
        return this.#value(`R.raise(450, ${JSON.stringify(spelling)})`);
      }
      const pure = RESULT_MASKS.get(library.name.toLowerCase());
      const inlined = this.#inlined(library.name.toLowerCase(), operands, js);
      if (inlined !== undefined) return inlined;
      if (library.name === "Array" && this.#unit.environment.countsReferences) {
        for (const operand of operands) this.#emit(`R.escape(${this.#any(operand)});`);
      }
      const call = `${js}.call(${operands.map((operand) => this.#any(operand)).join(", ")})`;
      return this.#value(pure === undefined ? `R.keep(${call})` : call, pure ?? M.any);
    }
    if (binding.kind === "object") return this.#index(this.#literal(binding.value), args, spelling);
    return this.#value(`R.raise(13, ${JSON.stringify(spelling)})`);
  }

  /** The most frequent functions on the most frequent operands. */
  #inlined(name: string, operands: readonly Operand[], js: string): Operand | undefined {
    const [only] = operands;
    if (only === undefined || operands.length !== 1) return undefined;
    if (name === "len" && only.mask === M.string) {
      const temp = this.#temp();
      this.#emit(`${temp.n} = ${only.v}.length;`);
      return { mask: M.long, n: temp.n, t: "2" };
    }
    if (name === "len" && (only.mask & M.string) !== 0) {
      const { o: kept } = this.#temp();
      const temp = this.#temp();
      this.#emit(`${kept} = ${this.#any(only)};`);
      this.#emit(
        `if (typeof ${kept} === "string") { ${temp.n} = ${kept}.length; ${temp.t} = 2; } else { ${
          unpack(temp, `${js}.call(${kept})`)
        } }`,
      );
      return { mask: M.long | M.null, ...temp };
    }
    if ((only.mask & ~M.number) !== 0) return undefined;
    const functions: Readonly<Record<string, string>> = {
      sin: "Math.sin",
      cos: "Math.cos",
      atn: "Math.atan",
    };
    const math = functions[name];
    if (math === undefined) return undefined;
    const temp = this.#temp();
    this.#emit(`${temp.n} = ${math}(${only.n});`);
    return { mask: M.double, n: temp.n, t: "3" };
  }

  /** Arguments as operands that keep their values until the call. */
  #arguments(args: readonly Argument[]): Operand[] {
    return args.map((argument, index) => {
      if (argument === undefined) return { mask: M.any, v: this.#unit.shared(MISSING) };
      const operand = this.#expression(argument);
      const isChanged = args.slice(index + 1).some((later) => later !== undefined && this.#hasCalls(later));
      return isChanged ? this.#snapshot(operand) : operand;
    });
  }

  #argument(argument: Argument): string {
    return this.#any(this.#arguments([argument])[0]!);
  }

  /** A call whose callee may take variables by reference: the call, then the variables' new values. */
  #loose(args: readonly Argument[], call: (list: string, bits: number) => string): Operand {
    const list = `[${this.#arguments(args).map((operand) => this.#any(operand)).join(", ")}]`;
    let bits = 0;
    const targets: { index: number; target: Expression }[] = [];
    args.forEach((argument, index) => {
      if (argument === undefined || index > 30 || !this.#isVariable(argument)) return;
      bits |= 1 << index;
      targets.push({ index, target: argument });
    });
    const result = this.#value(call(list, bits));
    if (targets.length === 0) return result;
    // The types of what may change are not known any more, whether it does or not.
    const kept = this.#keep();
    this.#emit(`if (R.out !== null) { ${kept} = R.out; R.out = null;`);
    for (const { index, target } of targets) {
      this.#emit(`if (${kept}[${index}] !== undefined) {`);
      const before = this.#copyTypes();
      this.#assignTo(target, { mask: M.any, v: `${kept}[${index}].read()` }, true);
      this.#types = this.#join(before, this.#types);
      this.#emit("}");
    }
    this.#emit("}");
    return result;
  }

  /** Whether an argument is a variable or an array's element, so that a callee can change it. */
  #isVariable(argument: Expression): boolean {
    if (argument.kind === "name") return this.#meaning(argument.name).kind === "variable";
    if (argument.kind !== "call" || argument.callee.kind !== "name") return false;
    const { name } = argument.callee;
    const meaning = this.#meaning(name);
    // Evaluating the index twice must not be seen.
    return meaning.kind === "variable" && meaning.place !== this.#result &&
      argument.args.every((index) => index !== undefined && !this.#hasCalls(index));
  }

  #procedureCall(scope: CodeScope, js: string, isMember: boolean, args: readonly Argument[]): Operand {
    const procedure = scope.procedure!;
    if (args.length !== procedure.parameters.length || args.includes(undefined)) {
      return this.#value(`R.raise(450, ${JSON.stringify(procedure.spelling)})`);
    }
    const references = this.#unit.script.references.get(procedure)!;
    const texts: string[] = isMember ? ["me"] : [];
    const back: { target: Expression; cell: string }[] = [];
    args.forEach((argument, index) => {
      const expression = argument!;
      if (references[index]) {
        const place = expression.kind === "name" ? this.#meaning(expression.name) : undefined;
        if (place?.kind === "variable" && place.place.mode === "cell") return void texts.push(place.place.js);
        const { o } = this.#temp();
        const value = this.#any(this.#expression(expression));
        const isTemporary = expression.kind === "parenthesized";
        this.#emit(`${o} = R.referenceTo(${isTemporary ? `R.copied(${value})` : value});`);
        if (!isTemporary && this.#isVariable(expression)) back.push({ target: expression, cell: o });
        texts.push(o);
        return;
      }
      let operand = this.#expression(expression);
      if (operand.isVariable && args.slice(index + 1).some((later) => this.#hasCalls(later!))) {
        operand = this.#snapshot(operand);
      }
      const value = this.#any(operand);
      texts.push(value);
    });
    const result = this.#value(`${js}(${texts.join(", ")})`);
    for (const { target, cell } of back) this.#assignTo(target, { mask: M.any, v: `${cell}.read()` }, true);
    return result;
  }

  #memberCall(member: Expression & { kind: "member" }, args: readonly Argument[]): Operand {
    if (member.object?.kind === "me" && this.#member(member.name) !== undefined) {
      const isOwnResult = member.name === this.#scope.procedure?.name;
      if (!isOwnResult && !this.#places.has(member.name)) {
        const name = {
          kind: "name",
          name: member.name,
          spelling: member.spelling,
          at: { line: 0, column: 0 },
        } as const;
        return args.length === 0 ? this.#name(name) : this.#call(name, args);
      }
    }
    const object = this.#object(member, args);
    const site = this.#site(member);
    const { o: target } = this.#temp();
    this.#emit(`${target} = ${object};`);
    // A site that met an instance of this class calls the member's code, which takes no references.
    const direct = (list: string): string =>
      `${target}?.scriptClass === ${site}.scriptClass ? ${site}.code(${target}${
        list === "" ? "" : `, ${list}`
      })`;
    if (args.some((argument) => argument !== undefined && this.#isVariable(argument))) {
      return this.#loose(
        args,
        (list, bits) =>
          `${direct(list.slice(1, -1))} : R.memberByReference(${site}, ${target}, ${list}, ${bits})`,
      );
    }
    const list = this.#arguments(args).map((operand) => this.#any(operand)).join(", ");
    return this.#value(`${direct(list)} : R.member(${site}, ${target}, [${list}])`);
  }

  /** The object before the dot, safe from what the arguments do. */
  #object(member: Expression & { kind: "member" }, args: readonly Argument[]): string {
    if (member.object === undefined) {
      const current = this.#withs.at(-1);
      return current ?? "R.raise(505)";
    }
    let operand = this.#expression(member.object);
    if (operand.isVariable && args.some((argument) => argument !== undefined && this.#hasCalls(argument))) {
      operand = this.#snapshot(operand);
    }
    return this.#any(operand);
  }

  #site(member: Expression & { kind: "member" }): string {
    return this.#unit.own({
      name: member.spelling,
      label: labelOf(member),
      dispatch: undefined,
      member: undefined,
      scriptClass: null,
      code: null,
    });
  }

  /** `container(args)`. */
  #index(container: Operand, args: readonly Argument[], label: string): Operand {
    const base = this.#snapshotIf(container, args);
    const text = JSON.stringify(label);
    if (args.length === 0 || args.length > 2 || args.includes(undefined)) {
      const any = this.#any(base);
      return this.#loose(args, (list, bits) => `R.indexByReference(${any}, ${list}, ${bits}, ${text})`);
    }
    const operands = this.#arguments(args);
    const { o: array } = this.#temp();
    this.#emit(`${array} = ${base.o ?? this.#any(base)};`);
    if (base.o !== undefined && base.t !== "0") this.#emit(`if (${base.t} !== 0) ${array} = undefined;`);
    const result = this.#temp();
    const list = `[${operands.map((operand) => this.#any(operand)).join(", ")}]`;
    const slow = `${result.o} = R.index(${array}, ${list}, ${text})`;
    const offset = this.#offset(array, operands);
    this.#emit(
      offset === undefined
        ? `${slow};`
        : `if (${offset.test}) ${result.o} = ${array}.elements[${offset.offset}]; else ${slow};`,
    );
    return { mask: M.any, v: result.o };
  }

  #snapshotIf(operand: Operand, args: readonly Argument[]): Operand {
    return args.some((argument) => argument !== undefined && this.#hasCalls(argument))
      ? this.#snapshot(operand)
      : operand;
  }

  /** The test for, and the place of, an element whose indices are whole numbers within bounds. */
  #offset(array: string, operands: readonly Operand[]): { test: string; offset: string } | undefined {
    if (operands.some((operand) => (operand.mask & M.number) === 0)) return undefined;
    const parts = operands.map((operand) => this.#parts(operand));
    const tests = [`${array} instanceof VariantArray && ${array}.upperBounds.length === ${operands.length}`];
    parts.forEach(({ n, t }, index) => {
      if ((operands[index]!.mask & ~M.number) !== 0) tests.push(`${t} !== 0`);
      if ((operands[index]!.mask & M.double) !== 0) tests.push(`(${n} | 0) === ${n}`);
      tests.push(`${n} >= 0`);
      tests.push(
        operands.length === 1 ? `${n} < ${array}.elements.length` : `${n} <= ${array}.upperBounds[${index}]`,
      );
    });
    const offset = parts.length === 1
      ? `${parts[0]!.n} | 0`
      : `(${parts[0]!.n} | 0) + (${parts[1]!.n} | 0) * (${array}.upperBounds[0] + 1)`;
    return { test: tests.join(" && "), offset };
  }

  // Assignment.

  #assign(target: Expression, value: Expression, isSet: boolean): void {
    let operand = this.#expression(value);
    if (isSet) {
      if (value.kind !== "new" && value.kind !== "me") {
        operand = this.#value(
          `R.reference(${this.#any(operand)}, ${JSON.stringify(labelOf(value))})`,
          M.object,
        );
      }
    } else if ((operand.mask & M.object) !== 0 && !this.#isMemberTarget(target)) {
      operand = this.#letValue(operand, isShared(value));
    }
    this.#assignTo(target, operand, isSet);
  }

  /** `obj.p = object` hands over the object itself; variables and elements take default values. */
  #isMemberTarget(target: Expression): boolean {
    if (target.kind === "member") return true;
    return target.kind === "call" && this.#isMemberTarget(target.callee);
  }

  #letValue(operand: Operand, shared: boolean): Operand {
    const method = shared ? "let" : "letFresh";
    if (operand.v !== undefined) {
      const v = operand.v;
      return this.#value(`typeof ${v} === "object" ? R.${method}(${v}) : ${v}`, operand.mask);
    }
    const temp = this.#temp();
    this.#emit(`${temp.n} = ${operand.n}; ${temp.t} = ${operand.t};`);
    this.#emit(
      `if (${temp.t} === 0) { ${temp.o} = ${operand.o}; if (typeof ${temp.o} === "object") { ` +
        `${temp.o} = R.${method}(${temp.o}); ${temp.t} = tagOf(${temp.o}); ` +
        `if (${temp.t} !== 0) ${temp.n} = numberOf(${temp.o}); } }`,
    );
    return { mask: M.any, ...temp };
  }

  #assignTo(target: Expression, value: Operand, isSet: boolean): void {
    if (target.kind === "name") return this.#assignName(target, value, isSet);
    if (target.kind === "member") return this.#assignMember(target, [], value, isSet);
    if (target.kind !== "call") return this.#emit("R.raise(501);");
    const { callee, args } = target;
    if (callee.kind === "member") return this.#assignMember(callee, args, value, isSet);
    if (callee.kind === "name") {
      const meaning = this.#meaning(callee.name);
      if (meaning.kind === "property") {
        return this.#assignProperty(callee.name, callee.spelling, args, value, isSet);
      }
      if (meaning.kind === "procedure" || (meaning.kind === "binding" && meaning.binding.kind !== "object")) {
        if (meaning.kind === "procedure") {
          const container = this.#procedureCall(meaning.scope, meaning.js, meaning.isMember, []);
          return this.#assignElement(container, args, value, isSet, callee.spelling);
        }
        return this.#emit(`R.raise(501, ${JSON.stringify(callee.spelling)});`);
      }
    }
    const container = this.#expression(callee);
    this.#assignElement(container, args, value, isSet, labelOf(callee));
  }

  #assignName(target: Expression & { kind: "name" }, value: Operand, isSet: boolean): void {
    const { name, spelling } = target;
    const meaning = this.#meaning(name);
    switch (meaning.kind) {
      case "variable":
        return this.#store(meaning.place, value);
      case "late":
        return this.#emit(`R.latePut(${this.#late(name, spelling)}, ${this.#any(value)}, ${this.#locals});`);
      case "property":
        return this.#assignProperty(name, spelling, [], value, isSet);
      case "binding":
        if (meaning.binding.kind === "object") {
          return this.#emit(
            `R.latePut(${this.#late(name, spelling)}, ${this.#any(value)}, ${this.#locals});`,
          );
        }
        return this.#emit(`R.raise(501, ${JSON.stringify(spelling)});`);
      case "constant":
      case "procedure":
      case "class":
        return this.#emit(`R.raise(501, ${JSON.stringify(spelling)});`);
    }
  }

  #assignProperty(
    name: string,
    spelling: string,
    args: readonly Argument[],
    value: Operand,
    isSet: boolean,
  ): void {
    const accessor = this.#accessor(name, isSet ? "set" : "let") ??
      (isSet ? undefined : this.#accessor(name, "set"));
    if (accessor === undefined || args.length + 1 !== accessor.scope.procedure!.parameters.length) {
      if (accessor === undefined && args.length > 0 && this.#accessor(name, "get") !== undefined) {
        const get = this.#accessor(name, "get")!;
        const container = this.#procedureCall(get.scope, get.js, true, []);
        return this.#assignElement(container, args, value, isSet, spelling);
      }
      return this.#emit(`R.raise(450, ${JSON.stringify(spelling)});`);
    }
    const references = this.#unit.script.references.get(accessor.scope.procedure!)!;
    const texts = [...this.#arguments(args), value].map((operand, index) =>
      references[index] ? `R.referenceTo(${this.#any(operand)})` : this.#any(operand)
    );
    this.#emit(`${accessor.js}(${["me", ...texts].join(", ")});`);
  }

  #assignMember(
    member: Expression & { kind: "member" },
    args: readonly Argument[],
    value: Operand,
    isSet: boolean,
  ): void {
    const isOwn = member.object?.kind === "me" && this.#member(member.name) !== undefined &&
      !this.#places.has(member.name);
    if (isOwn) {
      const name = {
        kind: "name",
        name: member.name,
        spelling: member.spelling,
        at: { line: 0, column: 0 },
      } as const;
      return this.#assignTo(args.length === 0 ? name : { kind: "call", callee: name, args }, value, isSet);
    }
    const kept = this.#snapshot({ ...value, isVariable: true });
    const object = this.#object(member, args);
    const list = this.#arguments(args).map((operand) => this.#any(operand)).join(", ");
    if (args.length === 0 && !isSet) {
      const { o: instance } = this.#temp();
      const site = this.#site(member);
      const any = this.#any(kept);
      this.#emit(`${instance} = ${object};`);
      this.#emit(
        `if (${instance}?.scriptClass === ${site}.scriptClass) ${site}.code(${instance}, ${any}); ` +
          `else R.putMember(${site}, ${instance}, [], ${any});`,
      );
      return;
    }
    const method = isSet ? "setMember" : "putMember";
    this.#emit(`R.${method}(${this.#site(member)}, ${object}, [${list}], ${this.#any(kept)});`);
  }

  #assignElement(
    container: Operand,
    args: readonly Argument[],
    value: Operand,
    isSet: boolean,
    label: string,
  ): void {
    const base = this.#snapshotIf(container, args);
    const operands = this.#arguments(args);
    const any = this.#any(value);
    if (this.#unit.environment.countsReferences && (value.mask & M.object) !== 0) {
      this.#emit(`R.escape(${any});`);
    }
    const { o: array } = this.#temp();
    this.#emit(`${array} = ${base.o ?? this.#any(base)};`);
    if (base.o !== undefined && base.t !== "0") this.#emit(`if (${base.t} !== 0) ${array} = undefined;`);
    const list = `[${operands.map((operand) => this.#any(operand)).join(", ")}]`;
    const slow = `R.putIndex(${array}, ${list}, ${any}, ${isSet}, ${JSON.stringify(label)});`;
    const offset = operands.length > 0 && operands.length <= 2 ? this.#offset(array, operands) : undefined;
    this.#emit(
      offset === undefined
        ? slow
        : `if (${offset.test}) ${array}.elements[${offset.offset}] = ${any}; else ${slow}`,
    );
  }

  // Statements.

  #statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case "dim":
      case "const":
      case "stop":
        return;
      case "assign":
        return this.#guarded(
          statement.at,
          () => this.#assign(statement.target, statement.value, statement.set),
        );
      case "call":
        return this.#guarded(statement.at, () => this.#callStatement(statement.target));
      case "redim":
        return this.#guarded(statement.at, () => this.#redim(statement));
      case "erase":
        return this.#guarded(statement.at, () => {
          for (const target of statement.targets) {
            this.#emit(`R.erase(${this.#any(this.#expression(target))});`);
          }
        });
      case "if":
        return this.#if(statement);
      case "select":
        return this.#select(statement);
      case "for":
        return this.#for(statement);
      case "foreach":
        return this.#forEach(statement);
      case "do":
        return this.#do(statement);
      case "with":
        return this.#with(statement);
      case "exit":
        return this.#exit(statement.what);
      case "onerror":
        this.#at(statement.at);
        return this.#emit(`$r = ${statement.resume}; R.err.clear();`);
    }
  }

  #callStatement(target: Expression): void {
    const [callee, args] = target.kind === "call" ? [target.callee, target.args] : [target, []];
    if (callee.kind === "name") {
      const { name, spelling } = callee;
      const meaning = this.#meaning(name);
      if (name === "execute" || name === "executeglobal") {
        if (meaning.kind === "binding" && args.length === 1) {
          const isGlobal = name === "executeglobal";
          this.#emit(`R.execute(${this.#argument(args[0])}, ${isGlobal}, ${this.#locals});`);
          return;
        }
      }
      if (target.kind !== "call") {
        if (meaning.kind === "late") {
          return this.#emit(`R.lateStatement(${this.#late(name, spelling)}, ${this.#locals});`);
        }
        // The bare name of a function inside itself is a call when it is a statement.
        if (meaning.kind === "variable" && meaning.place === this.#result) {
          return void this.#recursion(callee, []);
        }
        if (meaning.kind === "variable" || meaning.kind === "constant") {
          return this.#emit(`R.statement(${this.#any(this.#name(callee))}, ${JSON.stringify(spelling)});`);
        }
      }
    }
    if (target.kind === "parenthesized") {
      return this.#emit(`R.statement(${this.#any(this.#expression(target.inner))}, "");`);
    }
    this.#expression(target);
  }

  #redim(statement: Statement & { kind: "redim" }): void {
    for (const { target, bounds } of statement.arrays) {
      const operands = this.#operands(bounds);
      const list = operands.map((operand) => this.#any(operand)).join(", ");
      const isUnknown = target.kind === "name" && this.#meaning(target.name).kind === "late";
      const old = isUnknown ? "undefined" : this.#any(this.#expression(target));
      const value = this.#value(`R.redim(${old}, [${list}], ${statement.preserve})`, M.object);
      this.#assignTo(target, value, true);
    }
  }

  #if(statement: Statement & { kind: "if" }): void {
    const label = statement.branches.length > 1 ? this.#label() : "";
    if (label !== "") this.#emit(`${label}: {`);
    let after: Types;
    statement.branches.forEach(({ condition, at, body }, index) => {
      const isLast = index === statement.branches.length - 1;
      this.#branch(condition, at);
      const before = this.#copyTypes();
      this.#statements(body);
      if (!isLast) this.#emit(`break ${label};`);
      after = this.#join(after, this.#types);
      this.#types = before;
      if (!isLast) this.#emit("}");
    });
    if (statement.otherwise !== undefined) {
      this.#emit("} else {");
      this.#statements(statement.otherwise);
    }
    this.#emit("}");
    this.#types = this.#join(after, this.#types);
    if (label !== "") this.#emit("}");
  }

  /** `if (condition) {`; an error in the condition enters the body. */
  #branch(condition: Expression, at: Position): void {
    if (!this.#scope.usesOnError) {
      this.#guarded(at, () => this.#emit(`if (${this.#condition(condition)}) {`));
      return;
    }
    const kept = this.#keep();
    this.#guarded(at, () => this.#emit(`${kept} = ${this.#condition(condition)};`), `${kept} = true;`);
    this.#emit(`if (${kept}) {`);
  }

  #select(statement: Statement & { kind: "select" }): void {
    const label = this.#label();
    const selector = this.#keep();
    this.#emit(`${label}: {`);
    const entry = this.#copyTypes();
    this.#guarded(
      statement.at,
      () => this.#emit(`${selector} = R.let(${this.#any(this.#expression(statement.selector))});`),
      `break ${label};`,
    );
    let after: Types = this.#scope.usesOnError ? this.#join(entry, this.#copyTypes()) : undefined;
    const selectorSide = statement.selector;
    for (const { values, body } of statement.cases) {
      const chosen = this.#keep();
      this.#emit(`${chosen} = false;`);
      for (const { value, at } of values) {
        this.#emit(`if (!${chosen}) {`);
        this.#guarded(at, () => {
          const operand = this.#expression(value);
          const result = this.#compare(
            "=",
            { mask: M.any, v: selector },
            operand,
            sidesOf(selectorSide, value),
          );
          this.#emit(`${chosen} = ${this.#truth(result)};`);
        }, `${chosen} = true;`);
        this.#emit("}");
      }
      this.#emit(`if (${chosen}) {`);
      const before = this.#copyTypes();
      this.#statements(body);
      this.#emit(`break ${label}; }`);
      after = this.#join(after, this.#types);
      this.#types = before;
    }
    if (statement.otherwise !== undefined) this.#statements(statement.otherwise);
    this.#emit("}");
    this.#types = this.#join(after, this.#types);
  }

  #do(statement: Statement & { kind: "do" }): void {
    const { condition, until, bottom, body, endAt } = statement;
    this.#loop(statement.isWhile ? "while" : "do", ({ label }) => {
      const test = (at: Position, leavesOnError: boolean): void => {
        if (condition === undefined) return;
        const negated = until ? "" : "!";
        if (!this.#scope.usesOnError) {
          return this.#guarded(
            at,
            () => this.#emit(`if (${negated}(${this.#condition(condition)})) break ${label};`),
          );
        }
        const kept = this.#keep();
        const otherwise = leavesOnError === until ? "true" : "false";
        this.#guarded(
          at,
          () => this.#emit(`${kept} = ${this.#condition(condition)};`),
          `${kept} = ${otherwise};`,
        );
        this.#emit(`if (${negated}${kept}) break ${label};`);
      };
      if (!bottom) test(statement.at, false);
      this.#statements(body);
      if (bottom) test(endAt, true);
    });
  }

  #for(statement: Statement & { kind: "for" }): void {
    const { variable, body, at, endAt } = statement;
    const bounds = statement.step === undefined
      ? [statement.from, statement.to]
      : [statement.from, statement.to, statement.step];
    const [limit, limitOther, step, stepOther, isPlain] = [1, 2, 3, 4, 5].map(() => this.#keep()) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const ok = this.#scope.usesOnError ? this.#keep() : "";
    if (ok !== "") this.#emit(`${ok} = false;`);
    let stepSign = 0;
    let stays = 0;
    let stepText = step;
    const whole = M.integer | M.long;
    this.#guarded(at, () => {
      const operands = this.#operands(bounds).map((operand) => this.#bound(operand));
      const [from, to] = operands as [Operand, Operand, Operand?];
      const by = operands[2] ?? { mask: M.integer, n: "1", t: "1" };
      const isNumber = ((from.mask | to.mask | by.mask) & ~M.number) === 0;
      const parts = [from, to, by].map((operand) => this.#parts(operand));
      const [f, l, s] = parts as [typeof parts[0], typeof parts[0], typeof parts[0]];
      const tag = [f.t, l.t, s.t].every((text) => text === "1") ? "1" : maximum(maximum(f.t, l.t), s.t);
      if (isNumber) {
        const mask = tag === "1"
          ? M.integer
          : tag === "2"
          ? M.long
          : ((from.mask | to.mask | by.mask) & M.double) === 0
          ? whole
          : from.mask === M.double || to.mask === M.double || by.mask === M.double
          ? M.double
          : M.number;
        stays = mask;
        this.#emit(`${limit} = ${l.n}; ${step} = ${s.n}; ${isPlain} = true;`);
        const start = this.#temp();
        this.#emit(`${start.n} = ${f.n}; ${start.t} = ${tag};`);
        this.#assignName(variable, {
          mask,
          n: start.n,
          t: /^[12]$/.test(tag) ? tag : mask === M.double ? "3" : start.t,
        }, true);
        const literal = /^\(?(-?[0-9.]+)\)?$/.exec(s.n);
        if (literal !== null) {
          stepSign = Number(literal[1]) < 0 ? -1 : 1;
          stepText = s.n;
        }
      } else {
        const all = [f.t, l.t, s.t].map((t) => `${t} !== 0`).join(" && ");
        this.#emit(`${isPlain} = ${all};`);
        const start = this.#temp();
        this.#emit(
          `if (${isPlain}) { ${limit} = ${l.n}; ${step} = ${s.n}; ${start.n} = ${f.n}; ${start.t} = ${tag}; } else { ` +
            `${limitOther} = ${this.#any(to)}; ${stepOther} = ${this.#any(by)}; ${
              unpack(start, this.#any(from))
            } }`,
        );
        this.#assignName(variable, { mask: M.any, ...start }, true);
        const literal = /^\(?(-?[0-9.]+)\)?$/.exec(s.n);
        if (literal !== null && by.mask === M.integer) stepSign = Number(literal[1]) < 0 ? -1 : 1;
      }
      if (ok !== "") this.#emit(`${ok} = true;`);
    });
    const isNumber = stays !== 0;
    this.#loop("for", (loop) => {
      const { label } = loop;
      const test = (): void => {
        const value = this.#name(variable);
        const { n, t } = this.#parts(value);
        const fast = stepSign > 0
          ? `${n} <= ${limit}`
          : stepSign < 0
          ? `${n} >= ${limit}`
          : `(${step} >= 0 ? ${n} <= ${limit} : ${n} >= ${limit})`;
        const isPlainHere = isNumber && (value.mask & ~M.number) === 0;
        const others = `R.loopGoesOn(${
          this.#any(value)
        }, ${isPlain} ? ${limit} : ${limitOther}, ${isPlain} ? ${step} : ${stepOther})`;
        this.#emit(
          isPlainHere
            ? `if (!(${fast})) break ${label};`
            : `if (!(${isPlain} && ${t} !== 0 ? ${fast} : ${others})) break ${label};`,
        );
      };
      this.#temps = 0;
      if (ok !== "") this.#emit(`if (${ok}) {`);
      test();
      if (ok !== "") this.#emit("}");
      this.#statements(body);
      if (ok !== "") {
        this.#at(endAt);
        this.#emit(
          `if (!${ok}) { try { R.raise(92); } catch (e) { if (!$r) throw e; R.caught(e, U, $p); } break ${label}; }`,
        );
      }
      this.#guarded(endAt, () => {
        const value = this.#name(variable);
        if (stays !== 0 && ((stays | value.mask) & ~whole) === 0) {
          // What does not fit the type any more is beyond the bound, which does: the loop ends, and in it the type stays.
          const isInteger = value.mask === M.integer && stays === M.integer;
          const temp = this.#temp();
          this.#emit(`${temp.n} = ${value.n} + ${stepText};`);
          this.#emit(`if (${isInteger ? `(${temp.n} << 16 >> 16)` : `(${temp.n} | 0)`} !== ${temp.n}) {`);
          const before = this.#copyTypes();
          const beyond = isInteger ? { mask: M.long, t: "2" } : { mask: M.double, t: "3" };
          this.#assignName(variable, { ...beyond, n: temp.n }, true);
          loop.exit = this.#join(loop.exit, this.#types);
          this.#types = before;
          this.#emit(`break ${label}; }`);
          const isConstant = isInteger || value.mask === M.long;
          if (!isConstant) this.#emit(`${temp.t} = (${temp.n} << 16 >> 16) === ${temp.n} ? ${value.t} : 2;`);
          this.#assignName(
            variable,
            { mask: value.mask, n: temp.n, t: isConstant ? value.t! : temp.t },
            true,
          );
          return;
        }
        const stepMask = stays === M.integer && stepSign !== 0 ? M.integer : isNumber ? stays : M.any;
        if (isNumber && (value.mask & ~M.number) === 0) {
          const t = stepMask === M.integer ? "1" : stepMask === M.double ? "3" : `tagOf(${step})`;
          const by = stepMask === M.integer || stepMask === M.double
            ? { mask: stepMask, n: step, t }
            : { mask: M.integer | M.long, n: step, t: "1" };
          if (stepMask === M.integer || stepMask === M.double || (stepMask & M.double) === 0) {
            return this.#assignName(variable, this.#arithmetic("+", value, by), true);
          }
        }
        const { n, t } = this.#parts(value);
        const temp = this.#temp();
        this.#emit(
          `if (${isPlain} && ${t} !== 0) { ${temp.n} = ${n} + ${step}; ${temp.t} = ${t}; if (${temp.t} !== 3 && ` +
            `(${temp.n} << 16 >> 16) !== ${temp.n}) ${temp.t} = (${temp.n} | 0) === ${temp.n} ? 2 : 3; } else { ${
              unpack(temp, `R.add(${this.#any(value)}, ${isPlain} ? ${step} : ${stepOther})`)
            } }`,
        );
        this.#assignName(
          variable,
          isNumber && (value.mask & ~M.number) === 0
            ? { mask: M.number, n: temp.n, t: temp.t }
            : { mask: COMPUTED, ...temp },
          true,
        );
      });
    });
  }

  /** A bound of For: a number of some kind. */
  #bound(operand: Operand): Operand {
    if ((operand.mask & ~M.number) === 0) return this.#snapshot(operand);
    return this.#value(`R.bound(${this.#any(operand)})`);
  }

  #forEach(statement: Statement & { kind: "foreach" }): void {
    const { variable, source, body, at, endAt } = statement;
    const loop = this.#keep();
    this.#emit(`${loop} = null;`);
    this.#guarded(at, () => this.#emit(`${loop} = R.enumerate(${this.#any(this.#expression(source))});`));
    this.#loop("for", ({ label }) => {
      const more = this.#keep();
      const assign = (): void => {
        this.#emit(`${more} = ${loop} === null || ${loop}.next();`);
        this.#emit(`if (${more} && ${loop} !== null) {`);
        this.#assignName(variable, this.#value(`${loop}.value`), true);
        this.#emit("}");
      };
      this.#guarded(at, assign, `${more} = false;`);
      if (this.#meaning(variable.name).kind === "variable") this.#forget(variable.name);
      this.#emit(`if (!${more}) break ${label};`);
      this.#statements(body);
      if (this.#scope.usesOnError) {
        this.#emit(`if (${loop} === null) {`);
        this.#guarded(endAt, () => this.#emit("R.raise(451);"));
        this.#emit(`break ${label}; }`);
      }
    });
  }

  #forget(name: string): void {
    const meaning = this.#meaning(name);
    if (meaning.kind === "variable" && meaning.place.mode === "parts") {
      this.#types?.set(meaning.place.js, M.any);
    }
  }

  #with(statement: Statement & { kind: "with" }): void {
    const kept = this.#keep();
    this.#emit(`${kept} = undefined;`);
    this.#guarded(
      statement.at,
      () => this.#emit(`${kept} = R.withObject(${this.#any(this.#expression(statement.object))});`),
    );
    this.#withs.push(kept);
    this.#statements(statement.body);
    this.#withs.pop();
  }

  #exit(what: "do" | "for" | "sub" | "function" | "property"): void {
    if (what === "do" || what === "for") {
      const loop = this.#loops.findLast((candidate) => candidate.kind === what)!;
      loop.exit = this.#join(loop.exit, this.#copyTypes());
      this.#emit(`break ${loop.label};`);
    } else {this.#emit(
        `return ${this.#result === undefined ? "undefined" : this.#any(this.#read(this.#result))};`,
      );}
    this.#types = undefined;
  }
}

/** What operators compute: never an object. */
const COMPUTED = M.any & ~M.object;

const COMPARISONS: Readonly<Record<string, readonly [method: string, sign: string]>> = {
  "=": ["equal", "==="],
  "<>": ["notEqual", "!=="],
  "<": ["less", "<"],
  ">": ["greater", ">"],
  "<=": ["lessOrEqual", "<="],
  ">=": ["greaterOrEqual", ">="],
};

/** Library functions whose results are never objects. */
const RESULT_MASKS: ReadonlyMap<string, number> = new Map([
  ...["lcase", "ucase", "trim", "ltrim", "rtrim", "left", "right", "mid", "cstr", "hex", "oct"].map((name) =>
    [name, M.any & ~(M.object | M.boxed)] as const
  ),
  ...["isnull", "isempty", "isarray", "isobject", "isnumeric", "isdate", "cbool"].map((name) =>
    [name, M.boolean] as const
  ),
  ...["chr", "chrw", "typename", "space", "formatnumber", "replace"].map((name) =>
    [name, M.string | M.null] as const
  ),
  ...["cint", "clng", "cdbl", "asc", "ascw", "len", "ubound", "lbound", "vartype", "sqr", "instr", "rgb"].map(
    (name) => [name, M.number | M.null] as const,
  ),
]);

function maximum(a: string, b: string): string {
  if (a === b) return a;
  if (/^\d$/.test(a) && /^\d$/.test(b)) return a > b ? a : b;
  if (a === "3" || b === "3") return "3";
  if (a === "1") return b;
  if (b === "1") return a;
  return `(${a} > ${b} ? ${a} : ${b})`;
}

function bothNumbers(a: string, b: string): string {
  const tests = [a, b].filter((tag, index, all) => !/^[123]$/.test(tag) && all.indexOf(tag) === index);
  return tests.length === 0 ? "true" : tests.map((tag) => `${tag} !== 0`).join(" && ");
}

function isWholeTag(tag: string): string {
  return tag === "1" || tag === "2" ? "true" : `(${tag} === 1 || ${tag} === 2)`;
}

/** Takes a Variant apart into a temporary. */
function unpack(temp: { n: string; t: string; o: string }, value: string): string {
  return `${temp.o} = ${value}; ${temp.t} = tagOf(${temp.o}); if (${temp.t} !== 0) ${temp.n} = numberOf(${temp.o});`;
}

/** Whether evaluating an expression can run other code; `isCall` says it of a bare name. */
function hasCalls(root: Expression, isCall: (name: string) => boolean): boolean {
  const pending: Expression[] = [root];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    switch (current.kind) {
      case "call":
      case "member":
      case "new":
        return true;
      case "name":
        if (isCall(current.name)) return true;
        break;
      case "unary":
        pending.push(current.operand);
        break;
      case "binary":
        pending.push(current.left, current.right);
        break;
      case "parenthesized":
        pending.push(current.inner);
        break;
      case "literal":
      case "me":
        break;
    }
  }
  return false;
}

/** Whether a value may be somebody's array still, so that storing it needs a copy. */
function isShared(expression: Expression): boolean {
  switch (expression.kind) {
    case "name":
      return true;
    case "parenthesized":
      return isShared(expression.inner);
    case "call":
      return expression.callee.kind !== "name" || !/^(array|split|filter)$/.test(expression.callee.name);
    default:
      return true;
  }
}

function sidesOf(left: Expression, right: Expression): number {
  const isNumber = (side: Expression): boolean =>
    side.kind === "literal" && (side.form === "number" || side.form === "date");
  const isString = (side: Expression): boolean => side.kind === "literal" && side.form === "string";
  return (isNumber(left) ? SIDE.leftNumber : 0) | (isNumber(right) ? SIDE.rightNumber : 0) |
    (isString(left) ? SIDE.leftString : 0) | (isString(right) ? SIDE.rightString : 0);
}

/** How messages call an expression: `x.y`. */
function labelOf(expression: Expression): string {
  switch (expression.kind) {
    case "name":
      return expression.spelling;
    case "member":
      return `${expression.object === undefined ? "" : labelOf(expression.object)}.${expression.spelling}`;
    case "call":
      return labelOf(expression.callee);
    case "me":
      return "Me";
    default:
      return "";
  }
}

/** A script, or what is handed to Execute, as one JavaScript function. @module */
import type { Binding, LocalScope } from "../runtime/bindings.ts";
import type { UnitPosition } from "../runtime/thrown.ts";
import type { Cell } from "../runtime/values.ts";
import type { ClassScope, ScriptScope } from "../scopes.ts";
import type { Expression } from "../syntax_tree.ts";
import { Frame, type Place } from "./frame.ts";
import { printFunction } from "./function.ts";
import { classMark, fieldSlots, initialArray, mangle, memberCode, passedByReference } from "./names.ts";

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
  readonly positions: readonly UnitPosition[];
}

/** What the code refers to besides. */
const SHARED = [
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

/** The parameters of the function that {@linkcode CompiledUnit.code} is the body of. */
export const FACTORY_PARAMETERS: readonly string[] = SHARED.map((name) => `the${name}`);

/** V8 takes what a constant holds for granted, and not what a parameter holds. */
const CONSTANTS = `const ${SHARED.map((name) => `${name} = the${name}`).join(", ")};`;

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

/** Prints the functions of a unit, and collects what they refer to. */
export class UnitCompiler {
  readonly script: ScriptScope;
  readonly environment: LinkEnvironment;
  readonly pool: unknown[] = [];
  readonly positions: UnitPosition[] = [{ line: 0, column: 0 }];
  /** Classes have numbers. */
  readonly classNames: readonly string[];
  readonly #shared = new Map<unknown, string>();
  readonly #globals = new Map<string, Place>();

  constructor(script: ScriptScope, environment: LinkEnvironment) {
    this.script = script;
    this.environment = environment;
    this.classNames = [...script.classes.keys()];
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
      bodies.push(printFunction(new Frame(this, scope), js));
      // A computed key, for `__proto__` is a name, too.
      procedures.push(`[${JSON.stringify(name)}]: ${js}`);
    }
    const classes: string[] = [];
    for (const [name, classScope] of script.classes) {
      const cls = mangle(name);
      bodies.push(printClass(name, classScope));
      const codes: string[] = [];
      for (const member of classScope.members) {
        const js = memberCode(name, member.procedure!);
        bodies.push(printFunction(new Frame(this, member), js));
        codes.push(js);
      }
      classes.push(
        `[${JSON.stringify(name)}]: { holder: H_${cls}, construct: K_${cls}, fields: F_${cls}, codes: [${
          codes.join(", ")
        }] }`,
      );
    }
    bodies.push(printFunction(new Frame(this, script.main), "main", evaluation));
    const head = this.pool.map((_entry, index) => `k${index} = K[${index}]`).join(", ");
    return {
      code: `"use strict";\n${CONSTANTS}\n${head === "" ? "" : `const ${head};\n`}${
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
        isPrivate ? { mode: main.numeric.has(name) ? "parts" : "variant", js: `v_${mangle(name)}` } : {
          mode: "cell",
          js: this.shared(this.environment.globalCell(name)),
          isTracked: this.environment.locals === undefined,
        },
      );
    }
  }

  /** Global variables that live in the main code's locals. */
  get privateGlobals(): [string, Place][] {
    return [...this.#globals].filter(([, place]) => place.mode !== "cell");
  }

  /** Global variables in cells that are Empty as yet: the main code runs next, and knows it. */
  get emptyGlobals(): Place[] {
    return [...this.#globals].filter(([name, place]) => {
      if (place.isTracked !== true) return false;
      const cell = this.environment.globalCell(name);
      return cell.t === 0 && cell.o === undefined;
    }).map(([, place]) => place);
  }

  global(name: string): Place | undefined {
    return this.#globals.get(name);
  }
}

/**
 * A class of the script as one of JavaScript. A field is three properties of the instance, which V8 keeps in the shape
 * that fits what the field holds; one that members pass by reference is a cell. Compiled code knows an instance by what
 * its prototype says under {@linkcode classMark}: V8 folds that into the check of the instance's shape.
 */
function printClass(name: string, { declaration, referencedFields }: ClassScope): string {
  const cls = mangle(name);
  const makers: string[] = [];
  const access: string[] = [];
  for (const field of declaration.fields) {
    let [read, write]: string[] = [];
    if (referencedFields.has(field.name)) {
      const cell = `f_${mangle(field.name)}`;
      makers.push(`this.${cell} = new Cell(); ${initialArray(field, `this.${cell}.o`)}`);
      [read, write] = [`return me.${cell}.read();`, `me.${cell}.write(value);`];
    } else {
      const [n, t, o] = fieldSlots(field.name);
      makers.push(
        `this.${n} = 0; this.${t} = 0; this.${o} = undefined; ${initialArray(field, `this.${o}`)}`,
      );
      read = `return me.${t} === 0 ? me.${o} : box(me.${n}, me.${t});`;
      write = `me.${t} = tagOf(value); if (me.${t} === 0) me.${o} = value; ` +
        `else { me.${n} = numberOf(value); me.${o} = undefined; }`;
    }
    // A computed key, for `__proto__` is a name, too.
    access.push(`[${JSON.stringify(field.name)}]: { read(me) { ${read} }, write(me, value) { ${write} } }`);
  }
  return `const H_${cls} = {}, C_${cls} = {}, F_${cls} = { __proto__: null, ${access.join(", ")} };
class K_${cls} extends ScriptObject { constructor() { super(H_${cls}.c); ${makers.join(" ")} } }
K_${cls}.prototype.${classMark(name)} = C_${cls};`;
}

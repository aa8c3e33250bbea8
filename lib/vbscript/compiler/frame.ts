/** The state of printing one JavaScript function: its lines, its temporaries, what is known of its locals. @module */
import type { Variant } from "../../automation/variant.ts";
import type { Position } from "../errors.ts";
import type { Binding } from "../runtime/bindings.ts";
import type { CodeScope } from "../scopes.ts";
import { M, type Operand } from "./operand.ts";
import type { UnitCompiler } from "./unit.ts";

/** Where a variable is. */
export interface Place {
  /** A `value` is a parameter that nothing writes to, in code that is printed in place of a call. */
  readonly mode: "parts" | "variant" | "cell" | "value";
  /** The local's name, or the cell. */
  readonly js: string;
  /** A field that is no cell: the instance's properties for number, tag and other part. */
  readonly slots?: readonly [n: string, t: string, o: string];
  /** The field's name in JavaScript: stores into it may be stores into other instances' fields of that name. */
  readonly field?: string;
  /** The value of a `value`. */
  readonly operand?: Operand;
  /** For a cell that no other cell in this function's reach can be: what is known of its value stays known. */
  readonly isTracked?: boolean;
  /** A parameter that nothing writes to is there as a Variant, too. */
  readonly v?: string;
}

/** Calls of the runtime that neither fail nor run a script's code. */
const HARMLESS = "copied|same|escape|retain|retainObject|newArray|dynamicArray|interrupt|leave|err";

/** Calls that may run a script's code, which may change any variable that it can reach. */
const DISTURBING = new RegExp(
  `\\bR\\.(?!(?:${HARMLESS}|raise|reference|referenceTo|truth|caught)\\b)|\\.call\\(|\\.code\\(|\\.next\\(|` +
    "\\b[pmgls]_[\\w$]+\\(",
);

/** What may raise an error besides. */
const RISKY = new RegExp(`\\bR\\.(?!(?:${HARMLESS})\\b)`);

/** So many cells at most are read again wherever an operator may have changed them. */
const COPIES_MAX = 12;

/** What a name means at some place. */
export type Meaning =
  | { readonly kind: "variable"; readonly place: Place }
  | { readonly kind: "constant"; readonly value: Variant }
  | { readonly kind: "procedure"; readonly scope: CodeScope; readonly js: string; readonly isMember: boolean }
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "class"; readonly js: string }
  | { readonly kind: "binding"; readonly binding: Binding }
  | { readonly kind: "late" };

export interface Loop {
  readonly kind: "do" | "for" | "while";
  readonly label: string;
  /** What is known where the loop is left. */
  exit: Map<string, number> | undefined;
  /** How many {@linkcode Frame.holds} there were before it. */
  readonly holds: number;
}

/**
 * What is known of each local: {@linkcode M} bits, and above them from {@linkcode CLASS_SHIFT} on, if every object that it
 * may hold is an instance of one class of this script, that class's number. Undefined where control does not come.
 */
export type Types = Map<string, number> | undefined;

/** See {@linkcode Types}. */
const CLASS_SHIFT = 12;

const MASK = (1 << CLASS_SHIFT) - 1;

/** Code of a procedure that is printed in place of a call of it. */
export interface Inlining {
  readonly callee: CodeScope;
  /** The procedure's name, for the call stack of errors. */
  readonly procedure: string;
  /** The place of the call. */
  readonly caller: number;
  /** What Exit leaves. */
  readonly label: string;
  /** What is known where Exit left. */
  exit: Types;
  readonly outer: Inlining | undefined;
}

/** See the module. */
export class Frame {
  readonly unit: UnitCompiler;
  /** Whose code is being printed: another's than the function's own where that is printed in place of a call. */
  scope: CodeScope;
  places = new Map<string, Place>();
  /** Whose function this is. */
  readonly own: CodeScope;
  /** What Me is, and whether errors are passed over: JavaScript's names for them. */
  me = "me";
  resume = "$r";
  /** Where references are counted: how many instances had no holder when the procedure began. */
  mark = "$m";
  inlining: Inlining | undefined;
  /** How many calls were printed as their callee's code, and how long that was. */
  inlined = { count: 0, cost: 0 };
  /** Its variables, and copies of cells, as JavaScript declares them. */
  readonly moreLocals = new Set<string>();
  /** The index of the position that `$p` has. */
  place = 0;
  lines: string[] = [];
  types: Types = new Map();
  temps = 0;
  /** The first temporary that statements may use. */
  tempsBase = 0;
  tempsMax = 0;
  kept = 0;
  labels = 0;
  readonly loops: Loop[] = [];
  /** The locals that hold the objects of the With blocks around. */
  withs: string[] = [];
  /** What gives back what the blocks around hold: For Each an array that must keep its size. Innermost last. */
  holds: string[] = [];
  /** The same of all blocks, for a procedure that an error ends. */
  readonly held: string[] = [];
  loopDepth = 0;
  result: Place | undefined;

  /** Cells of which something was known. */
  readonly #tracked = new Set<string>();
  #quiet = 0;
  #risks = 0;
  #disturbances = 0;
  #slowPaths = 0;
  #isSlowPath = false;

  constructor(unit: UnitCompiler, scope: CodeScope) {
    this.unit = unit;
    this.scope = this.own = scope;
  }

  emit(line: string): void {
    const isDisturbing = DISTURBING.test(line);
    if (isDisturbing || RISKY.test(line)) this.risk();
    if (!isDisturbing || this.#quiet > 0) return void this.lines.push(line);
    const copies = this.#isSlowPath && /^if .*\}$/.test(line) ? this.#copiesAgain() : "";
    if (copies === "") {
      this.lines.push(line);
      this.disturb();
    } else {
      this.lines.push(`${line.slice(0, -1)}${copies} }`);
      this.#slowPaths++;
      this.#forgetTypes();
    }
  }

  /**
   * Prints operators whose operands may be objects, each as one `if` whose last branch calls the runtime, which may run
   * a script's code: copies of cells are read again there, so that the other branch can go on using them.
   */
  withSlowPath<T>(print: () => T): T {
    const outer = this.#isSlowPath;
    this.#isSlowPath = true;
    const result = print();
    this.#isSlowPath = outer;
    return result;
  }

  /** What reads all cells again that have copies; empty if there are none, or too many to do it everywhere. */
  #copiesAgain(): string {
    const fresh = [...this.types?.entries() ?? []].filter(([js, known]) => js.startsWith("@") && known === 0);
    if (fresh.length > COPIES_MAX) return "";
    return fresh.map(([js]) => {
      const cell = js.slice(1);
      return ` c_${cell} = ${cell}.n; c_${cell}_t = ${cell}.t; c_${cell}_o = ${cell}.o;`;
    }).join("");
  }

  /** Forgets what is known of variables that other code can reach, but that the copies are as good as the cells. */
  #forgetTypes(): void {
    for (const js of this.#tracked) if (!js.startsWith("@")) this.types?.delete(js);
  }

  /** Prints what calls the runtime, but with operands that keep it from running a script's code. */
  quietly<T>(print: () => T): T {
    this.#quiet++;
    const result = print();
    this.#quiet--;
    return result;
  }

  /**
   * Whether a cell's copy in locals is what the cell holds. Stores inside loops go to both, and a loop that does not
   * disturb the cell reads it once before: V8 keeps a local's number in a register, and a cell's behind two pointers.
   */
  isFresh(js: string): boolean {
    return this.types?.get(`@${js}`) === 0;
  }

  /** Notes that it is. */
  refresh(js: string): void {
    this.#tracked.add(`@${js}`);
    this.types?.set(`@${js}`, 0);
  }

  /** Notes that a cell was changed alone. */
  makeStale(js: string): void {
    this.types?.delete(`@${js}`);
  }

  /** Forgets what is known of variables that other code can reach. */
  disturb(): void {
    this.#disturbances++;
    for (const js of this.#tracked) this.types?.delete(js);
  }

  /** Notes that the statement can fail. */
  risk(): void {
    this.#risks++;
  }

  temp(): { n: string; t: string; o: string } {
    const index = this.temps++;
    this.tempsMax = Math.max(this.tempsMax, this.temps);
    return { n: `x${index}`, t: `y${index}`, o: `z${index}` };
  }

  /** A local that lasts for a whole statement with its body. */
  keep(): string {
    return `q${this.kept++}`;
  }

  /** Opens a block that holds something until it is left, however it is. */
  hold(release: string): void {
    this.holds.push(release);
    this.held.push(release);
  }

  /** Closes the innermost block that holds something. */
  endHold(): void {
    this.emit(this.holds.pop()!);
  }

  /** Prints what leaves all blocks but the outermost so many. */
  letGo(outermost: number): void {
    for (const release of this.holds.slice(outermost).reverse()) this.emit(release);
  }

  label(): string {
    return `L${this.labels++}`;
  }

  at(position: Position): void {
    const { inlining } = this;
    this.unit.positions.push(
      inlining === undefined
        ? position
        : { ...position, procedure: inlining.procedure, caller: inlining.caller },
    );
    this.goTo(this.unit.positions.length - 1);
  }

  /** Notes that what follows belongs to a position. */
  goTo(place: number): void {
    this.place = place;
    if (/^\$p = \d+;$/.test(this.lines.at(-1) ?? "")) this.lines.pop();
    this.emit(`$p = ${place};`);
  }

  /** Prints code that On Error Resume Next can pass over; `otherwise` runs when it was. Returns whether it can fail. */
  guarded(position: Position, body: () => void, otherwise = ""): boolean {
    this.at(position);
    this.temps = this.tempsBase;
    if (!this.scope.usesOnError) {
      const start = this.lines.length;
      body();
      this.#sweep(start);
      return true;
    }
    const before = this.copyTypes();
    const risks = this.#risks;
    const disturbances = this.#disturbances;
    const slowPaths = this.#slowPaths;
    const { count } = this.inlined;
    const start = this.lines.length;
    this.emit("try {");
    body();
    this.#sweep(start);
    if (this.#risks === risks) {
      this.lines.splice(start, 1);
      return false;
    }
    // A statement that an error cuts short has not assigned: both stay possible.
    this.types = this.join(before, this.types);
    // And what ran before the error may have changed what others can reach, whatever the statement did with it later.
    let copies = "";
    if (this.#disturbances !== disturbances || this.inlined.count !== count) this.disturb();
    else if (this.#slowPaths !== slowPaths) {
      this.#forgetTypes();
      copies = this.#copiesAgain();
      if (copies === "") this.disturb();
    }
    this.emit(`} catch (e) { if (!${this.resume}) throw e; R.caught(e, U, $p);${copies} ${otherwise} }`);
    return true;
  }

  /** Where references are counted: what the lines since then left without a holder ends with the statement. */
  #sweep(start: number): void {
    if (!this.unit.environment.countsReferences) return;
    const mayLeave = this.lines.slice(start).some((line) => DISTURBING.test(line));
    if (mayLeave) this.emit(`if (R.pending.length > ${this.mark}) R.sweep(${this.mark});`);
  }

  know(js: string, mask: number): void {
    this.types?.set(js, mask);
  }

  /** What a variable can hold. */
  maskOf(js: string): number {
    return (this.types?.get(js) ?? M.any) & MASK;
  }

  /** The class of which a variable holds an instance if it holds an object. */
  classOf(js: string): string | undefined {
    return this.unit.classNames[((this.types?.get(js) ?? 0) >> CLASS_SHIFT) - 1];
  }

  /** The bits that {@linkcode Frame.know} takes for an instance of a class. */
  instanceBits(className: string, mask: number): number {
    return mask | ((this.unit.classNames.indexOf(className) + 1) << CLASS_SHIFT);
  }

  /** Forgets what is known of a field, of whichever instance. */
  forgetField(field: string): void {
    for (const js of this.#tracked) if (js.endsWith(`.${field}`)) this.types?.delete(js);
  }

  /** Forgets what is known of an instance's fields, for its variable will hold another one. */
  forgetFieldsOf(instance: string): void {
    for (const js of this.#tracked) if (js.startsWith(`${instance}.`)) this.types?.delete(js);
  }

  /** The same of a cell. */
  knowCell(js: string, mask: number): void {
    this.#tracked.add(js);
    this.types?.set(js, mask);
  }

  join(a: Types, b: Types): Types {
    if (a === undefined) return b;
    if (b === undefined) return a;
    const joined = new Map<string, number>();
    for (const [js, known] of a) {
      const other = b.get(js) ?? M.any;
      const isSameClass = known >> CLASS_SHIFT === other >> CLASS_SHIFT || (known & M.object) === 0 ||
        (other & M.object) === 0;
      joined.set(js, isSameClass ? known | other : (known | other) & MASK);
    }
    return joined;
  }

  copyTypes(types: Types = this.types): Types {
    return types === undefined ? undefined : new Map(types);
  }

  sameTypes(a: Types, b: Types): boolean {
    if (a === undefined || b === undefined) return a === b;
    for (const [js, mask] of a) if (b.get(js) !== mask) return false;
    return true;
  }
}

/** The state of printing one JavaScript function: its lines, its temporaries, what is known of its locals. @module */
import type { Variant } from "../../automation/variant.ts";
import type { Position } from "../errors.ts";
import type { Binding } from "../runtime/runtime.ts";
import type { CodeScope } from "../scopes.ts";
import { M } from "./operand.ts";
import type { UnitCompiler } from "./unit.ts";

/** Where a variable is. */
export interface Place {
  readonly mode: "parts" | "variant" | "cell";
  /** The local's name, or the cell. */
  readonly js: string;
  /** For a cell that no other cell in this function's reach can be: what is known of its value stays known. */
  readonly isTracked?: boolean;
  /** A parameter that nothing writes to is there as a Variant, too. */
  readonly v?: string;
}

/** Calls of the runtime that neither fail nor run a script's code. */
const HARMLESS = "copied|same|escape|retain|retainObject|newArray|dynamicArray|interrupt|leave";

/** Calls that may run a script's code, which may change any variable that it can reach. */
const DISTURBING = new RegExp(
  `\\bR\\.(?!(?:${HARMLESS}|raise|reference|referenceTo|truth|caught)\\b)|\\.call\\(|\\.code\\(|\\.next\\(|` +
    "\\b[pmgls]_[\\w$]+\\(",
);

/** What may raise an error besides. */
const RISKY = new RegExp(`\\bR\\.(?!(?:${HARMLESS})\\b)`);

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

/** What is known of each local taken apart; undefined where control does not come. */
export type Types = Map<string, number> | undefined;

/** See the module. */
export class Frame {
  readonly unit: UnitCompiler;
  readonly scope: CodeScope;
  readonly places = new Map<string, Place>();
  lines: string[] = [];
  types: Types = new Map();
  temps = 0;
  tempsMax = 0;
  kept = 0;
  labels = 0;
  readonly loops: Loop[] = [];
  /** The locals that hold the objects of the With blocks around. */
  readonly withs: string[] = [];
  /** What gives back what the blocks around hold: For Each an array that must keep its size. Innermost last. */
  readonly holds: string[] = [];
  /** The same of all blocks, for a procedure that an error ends. */
  readonly held: string[] = [];
  loopDepth = 0;
  result: Place | undefined;

  /** Cells of which something was known. */
  readonly #tracked = new Set<string>();
  #quiet = 0;
  #risks = 0;

  constructor(unit: UnitCompiler, scope: CodeScope) {
    this.unit = unit;
    this.scope = scope;
  }

  emit(line: string): void {
    this.lines.push(line);
    if (DISTURBING.test(line)) {
      this.risk();
      if (this.#quiet === 0) this.disturb();
    } else if (RISKY.test(line)) this.risk();
  }

  /** Prints what calls the runtime, but with operands that keep it from running a script's code. */
  quietly<T>(print: () => T): T {
    this.#quiet++;
    const result = print();
    this.#quiet--;
    return result;
  }

  /** Forgets what is known of variables that other code can reach. */
  disturb(): void {
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
    this.unit.positions.push(position);
    this.emit(`$p = ${this.unit.positions.length - 1};`);
  }

  /** Prints code that On Error Resume Next can pass over; `otherwise` runs when it was. */
  guarded(position: Position, body: () => void, otherwise = ""): void {
    this.at(position);
    this.temps = 0;
    if (!this.scope.usesOnError) {
      const start = this.lines.length;
      body();
      return this.#sweep(start);
    }
    const before = this.copyTypes();
    const risks = this.#risks;
    const start = this.lines.length;
    this.emit("try {");
    body();
    this.#sweep(start);
    if (this.#risks === risks) {
      this.lines.splice(start, 1);
      return;
    }
    // A statement that an error cuts short has not assigned: both stay possible.
    this.types = this.join(before, this.types);
    this.emit(`} catch (e) { if (!$r) throw e; R.caught(e, U, $p); ${otherwise} }`);
  }

  /** Where references are counted: what the lines since then left without a holder ends with the statement. */
  #sweep(start: number): void {
    if (!this.unit.environment.countsReferences) return;
    const mayLeave = this.lines.slice(start).some((line) => DISTURBING.test(line));
    if (mayLeave) this.emit("if (R.pending.length > $m) R.sweep($m);");
  }

  know(js: string, mask: number): void {
    this.types?.set(js, mask);
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
    for (const [js, mask] of a) joined.set(js, mask | (b.get(js) ?? M.any));
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

/** What is found in a script. @module */

/** One place where a script uses something. */
export interface ScriptUse {
  /** From 1. */
  readonly line: number;
  /** From 1: where the expression begins, or the statement where that is not known. */
  readonly column: number;
  /** Whether it will work; undefined where that cannot be told. */
  readonly supported: boolean | undefined;
  /** What exists and has nearly this name. */
  readonly nearest: string | undefined;
}

/** An object that a script creates, or gets. */
export interface ProgIdUse extends ScriptUse {
  /** In the documented spelling if it is known, else as written; undefined when the script computes it. */
  readonly progId: string | undefined;
  /** How: `CreateObject`, `GetObject`, each also of WScript, or `New`. */
  readonly via: string;
}

/** A member that a script uses. */
export interface MemberUse extends ScriptUse {
  /** The ProgID, the interface or the path of members that gave the object; undefined when it is not known. */
  readonly object: string | undefined;
  /** In the documented spelling if it is known, else as written. */
  readonly member: string;
}

/** A function of VBScript that a script uses, or a procedure that it calls and does not have. */
export interface FunctionUse extends ScriptUse {
  /** In the documented spelling if it is known, else as written. */
  readonly name: string;
}

/** Why a script cannot be compiled. */
export interface CompileProblem {
  /** From 1001 to 1058. */
  readonly number: number;
  /** In VBScript's words. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** What a script would need. Each list is in the order of the text. */
export interface ScriptInventory {
  /** As it was given. */
  readonly path: string;
  /** The first compile error; there is nothing else then. */
  readonly compileError: CompileProblem | undefined;
  /** Objects that are created or got. */
  readonly progIds: readonly ProgIdUse[];
  /** Members of objects, except of the script's own classes. */
  readonly members: readonly MemberUse[];
  /** Functions, except the script's own. */
  readonly functions: readonly FunctionUse[];
  /** Where code is run that the script makes while it runs, with Execute, ExecuteGlobal or Eval. */
  readonly runsCode: readonly FunctionUse[];
}

/** What one walk over a script finds. */
export class Findings {
  readonly progIds: ProgIdUse[] = [];
  readonly members: MemberUse[] = [];
  /** A call of what the script does not have carries that name: it may turn out to be a variable. */
  readonly functions: (FunctionUse & { readonly unresolved?: string })[] = [];
  readonly runsCode: FunctionUse[] = [];
}

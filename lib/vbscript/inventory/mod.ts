/**
 * What a script needs, found without running it: ProgIDs, members, functions, and whether a host has them.
 *
 * Theory of operation. VBScript declares no types, so which object a member belongs to is inferred: `Set x =
 * CreateObject("P")` says that x may hold what P creates; what members give is in the interface tables; procedures pass
 * types on through their parameters and results. The order of statements does not matter: a variable has every type
 * that it is ever given, and the tree is walked again until no variable learns anything new. Types only ever grow and
 * their number is bounded, so that this ends; where a bound is met, a type stays unknown, and what is unknown is never
 * called unsupported. Of objects that no host describes (`Excel.Application`) the path that leads to them names the
 * type: `Excel.Application.Workbooks`.
 *
 * @module
 */
import { compile, CompiledScript } from "../engine.ts";
import { VbsError } from "../errors.ts";
import type { ScriptScope } from "../scopes.ts";
import { ExpressionWalker } from "./expressions.ts";
import { describeHost, type HostDescription } from "./host_description.ts";
import { Names } from "./names.ts";
import { StatementWalker } from "./statements.ts";
import type { Findings, ScriptInventory, ScriptUse } from "./uses.ts";

export {
  describeHost,
  type HostDescription,
  type HostParts,
  type Intrinsic,
  type MemberShape,
  type ObjectShape,
} from "./host_description.ts";
export type {
  CompileProblem,
  FunctionUse,
  MemberUse,
  ProgIdUse,
  ScriptInventory,
  ScriptUse,
} from "./uses.ts";

/** Options of {@linkcode inventory}. */
export interface InventoryOptions {
  /** The path that the result carries. */
  readonly path?: string;
  /** What the script would find. Without it there is VBScript alone, and whether other objects exist is not known. */
  readonly host?: HostDescription;
}

/** Rounds of inference; each passes types on by at least one variable, and few scripts need more than three. */
const ROUNDS_MAX = 12;

let vbscriptAlone: HostDescription | undefined;

/**
 * Lists what a script would need, without running it. Every text gives an inventory, be it of its compile error alone.
 *
 * @example What a script asks for
 * ```ts
 * import { inventory } from "@burnscript/burnscript/vbscript";
 * import { assertEquals } from "@std/assert";
 *
 * const { progIds, members } = inventory('Set shell = CreateObject("WScript.Shell")\nshell.Run "notepad"');
 * assertEquals(progIds[0]?.progId, "WScript.Shell");
 * assertEquals([members[0]?.object, members[0]?.member, members[0]?.line], ["WScript.Shell", "Run", 2]);
 * ```
 */
export function inventory(source: string, options: InventoryOptions = {}): ScriptInventory {
  const path = options.path ?? "";
  let scope: ScriptScope;
  try {
    scope = CompiledScript.scopeOf(compile(source, { path })) as ScriptScope;
  } catch (error) {
    if (!(error instanceof VbsError)) throw error;
    const { number, message, line, column } = error;
    const compileError = { number, message, line, column };
    return { path, compileError, progIds: [], members: [], functions: [], runsCode: [] };
  }
  const host = options.host ?? (vbscriptAlone ??= describeHost());
  const names = new Names(scope, host);
  const isComplete = options.host !== undefined;
  const expressions = new ExpressionWalker({ names, host, isComplete, usesCode: scope.usesCode });
  const { progIds, members, functions, runsCode } = walk(names, expressions);
  const calls = functions.filter(({ unresolved }) =>
    unresolved === undefined || !expressions.bareNames.has(unresolved)
  );
  return {
    path,
    compileError: undefined,
    progIds: progIds.sort(byPlace),
    members: members.sort(byPlace),
    functions: calls.map(({ unresolved: _, ...use }) => use).sort(byPlace),
    runsCode: runsCode.sort(byPlace),
  };
}

/** What is found once the types of all variables are known. */
function walk(names: Names, expressions: ExpressionWalker): Findings {
  const statements = new StatementWalker(names, expressions);
  for (let round = 1;; round++) {
    names.changed = false;
    const found = expressions.findings(() => {
      for (const code of names.code()) statements.code(code);
    });
    if (!names.changed || round === ROUNDS_MAX) return found;
  }
}

function byPlace(a: ScriptUse, b: ScriptUse): number {
  return a.line - b.line || a.column - b.column;
}

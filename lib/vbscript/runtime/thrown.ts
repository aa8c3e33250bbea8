/** What was thrown, as an error of the script with its place. @module */
import { AutomationError, Unwinding } from "../../automation/errors.ts";
import { type Position, RUNTIME_SOURCE, runtimeError, scriptNumber, VbsError } from "../errors.ts";

/** A place in a script. */
export interface UnitPosition extends Position {
  /** Inside code that was printed in place of a call: whose code it is, and the index of the call's position. */
  readonly procedure?: string;
  readonly caller?: number;
}

/** A compiled script as errors see it. */
export interface Unit {
  readonly path: string;
  readonly lines: readonly string[];
  readonly positions: readonly UnitPosition[];
}

/** Turns whatever was thrown into an error with a place; what unwinds the script stays as it is. */
export function placed(
  thrown: unknown,
  { unit, place, procedure }: { unit: Unit; place: number; procedure: string },
): unknown {
  if (thrown instanceof Unwinding) return thrown;
  const error = toVbsError(thrown);
  const position = unit.positions[place] ?? { line: 0, column: 0 };
  if (error.line === 0) {
    error.line = position.line;
    error.column = position.column;
    error.path = unit.path;
    error.sourceLine = unit.lines[position.line - 1] ?? "";
  }
  const push = (name: string, { line }: Position): void => {
    if (error.callStack.length < 200) error.callStack.push({ procedure: name, line, path: unit.path });
  };
  let outer: UnitPosition = position;
  for (; outer.caller !== undefined; outer = unit.positions[outer.caller]!) push(outer.procedure!, outer);
  push(procedure, outer);
  return error;
}

const PLATFORM_ERRORS: ReadonlyMap<string, number> = new Map([
  ["NotCapable", 70],
  ["PermissionDenied", 70],
  ["NotFound", 53],
  ["AlreadyExists", 58],
]);

/** Any thrown value as a VbsError. */
export function toVbsError(thrown: unknown): VbsError {
  if (thrown instanceof VbsError) return thrown;
  if (thrown instanceof AutomationError) {
    return new VbsError("runtime", scriptNumber(thrown.number), thrown.message, {
      source: thrown.source === "" ? RUNTIME_SOURCE : thrown.source,
      cause: thrown,
    });
  }
  // Near the end of the stack even a regular expression fails, and says so in its own way.
  if (thrown instanceof RangeError && thrown.message.includes("call stack")) return runtimeError(28);
  if (thrown instanceof SyntaxError && thrown.message.endsWith("Stack overflow")) return runtimeError(28);
  // A host that lets the platform's own errors through: Deno's classes by name, as this layer knows no platform.
  const number = thrown instanceof Error ? PLATFORM_ERRORS.get(thrown.name) : undefined;
  if (number !== undefined) {
    return new VbsError("runtime", number, runtimeError(number).message, { cause: thrown });
  }
  const error = runtimeError(51);
  return new VbsError(
    "runtime",
    51,
    `${error.message}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    {
      cause: thrown,
    },
  );
}

/**
 * VBScript for JavaScript hosts: compiles scripts to JavaScript and runs them with VBScript's semantics.
 *
 * @example A script that adds
 * ```ts
 * import { VbsEngine } from "@burnscript/burnscript/vbscript";
 * import { assertEquals } from "@std/assert";
 *
 * using engine = new VbsEngine();
 * engine.run("Function Twice(n)\nTwice = n * 2\nEnd Function");
 * assertEquals(engine.call("Twice", [21]), 42);
 * ```
 *
 * @module
 */
export { AutomationError } from "../automation/errors.ts";
export {
  type AutomationObject,
  Currency,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  ErrorValue,
  isVariantRef,
  makeByte,
  makeDate,
  makeDouble,
  makeLong,
  makeSingle,
  MISSING,
  NOTHING,
  NothingValue,
  TypedNumber,
  type TypedNumberType,
  UNKNOWN,
  type UnknownObject,
  type Variant,
  VariantArray,
  type VariantRef,
  VARTYPE,
  varTypeOf,
} from "../automation/variant.ts";
export { compile, CompiledScript, VbsEngine, type VbsEngineOptions } from "./engine.ts";
export { type StackFrame, VbsError } from "./errors.ts";
export {
  type CompileProblem,
  describeHost,
  type FunctionUse,
  type HostDescription,
  type HostParts,
  type Intrinsic,
  inventory,
  type InventoryOptions,
  type MemberShape,
  type MemberUse,
  type ObjectShape,
  type ProgIdUse,
  type ScriptInventory,
  type ScriptUse,
} from "./inventory/mod.ts";

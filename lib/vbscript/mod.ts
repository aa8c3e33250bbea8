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
export { compile, CompiledScript, VbsEngine, type VbsEngineOptions } from "./engine.ts";
export { type StackFrame, VbsError } from "./errors.ts";

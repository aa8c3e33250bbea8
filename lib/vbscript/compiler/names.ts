/** Names as JavaScript identifiers. @module */
import type { CodeScope, ScriptScope } from "../scopes.ts";
import type { Declarator, Procedure } from "../syntax_tree.ts";

/** A name as part of a JavaScript identifier. */
export function mangle(name: string): string {
  return name.replace(/[^a-z0-9_]/g, (char) => `$${char.charCodeAt(0).toString(16)}$`);
}

/** The property of an instance that says of which class it is. */
export function classMark(className: string): string {
  return `k_${mangle(className)}`;
}

/** The test that a variable holds an instance of a class of this script. */
export function isInstance(js: string, className: string): string {
  // Not `?.`, which V8 compiles into worse code.
  return `${js} !== undefined && ${js} !== null && ${js}.${classMark(className)} === C_${mangle(className)}`;
}

/** The properties of an instance that hold a field which is no cell: number, tag, other part. */
export function fieldSlots(name: string): [n: string, t: string, o: string] {
  const field = mangle(name);
  return [`n_${field}`, `t_${field}`, `o_${field}`];
}

/** The JavaScript function of a class's member. */
export function memberCode(className: string, procedure: Procedure): string {
  const kind = { sub: "m", function: "m", get: "g", let: "l", set: "s" }[procedure.kind];
  return `${kind}_${mangle(className)}$${mangle(procedure.name)}`;
}

/** The statement that gives a declared array its elements; empty for what is no array. */
export function initialArray(variable: Declarator, target: string): string {
  if (variable.bounds === undefined) return "";
  return variable.bounds.length === 0
    ? `${target} = R.dynamicArray();`
    : `${target} = R.newArray([${variable.bounds.join(",")}]);`;
}

/** A scope's variables that some call passes to a parameter that is a reference. */
export function passedByReference(script: ScriptScope, scope: CodeScope): Set<string> {
  const names = new Set<string>();
  for (const { name, callee, index } of scope.passed) {
    const target = script.procedures.get(callee)?.procedure;
    if (target !== undefined && script.references.get(target)![index]) names.add(name);
  }
  return names;
}

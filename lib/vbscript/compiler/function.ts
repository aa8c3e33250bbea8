/** A procedure, a member or the main code as a JavaScript function. @module */
import type { Declarator, Expression } from "../syntax_tree.ts";
import { expressionOf } from "./expressions.ts";
import type { Frame, Place } from "./frame.ts";
import { initialArray, mangle, passedByReference } from "./names.ts";
import { M } from "./operand.ts";
import { variantOf } from "./operands.ts";
import { printStatements } from "./statements.ts";
import { meaningOf, readPlace, readUntyped } from "./variables.ts";

/** Prints a whole function; with `evaluation`, main code that returns that expression's value. */
export function printFunction(frame: Frame, js: string, evaluation?: Expression): string {
  const scope = frame.scope;
  const procedure = scope.procedure;
  const head: string[] = [];
  const parameters = placeParameters(frame, head);
  placeLocals(frame, head);
  if (procedure === undefined) placeMain(frame, head);
  let evaluated = "";
  if (evaluation !== undefined) {
    frame.goTo(1);
    frame.unit.positions[1] = { line: 1, column: 1 };
    evaluated = `return ${variantOf(expressionOf(frame, evaluation))};`;
  } else printStatements(frame, scope.statements);
  const result = frame.result === undefined ? "undefined" : variantOf(readPlace(frame, frame.result));
  const name = JSON.stringify(procedure?.spelling ?? "");
  const locals = [
    "$p = 0",
    ...frame.moreLocals,
    ...(frame.unit.environment.countsReferences ? ["$m = R.pending.length"] : []),
    ...(scope.usesOnError ? ["$r = false"] : []),
    ...Array.from({ length: frame.tempsMax }, (_, index) => `x${index} = 0, y${index} = 0, z${index}`),
    ...Array.from({ length: frame.kept }, (_, index) => `q${index}`),
  ];
  const back = procedure === undefined
    ? frame.unit.privateGlobals.map(([global, place]) => {
      const cell = frame.unit.shared(frame.unit.environment.globalCell(global));
      return `${cell}.write(${variantOf(readUntyped(place))});`;
    })
    : releasesOf(frame, head);
  return `function ${js}(${parameters.join(", ")}) {
let ${locals.join(", ")};
${head.join("\n")}
if (I[0] !== 0) R.interrupt();
try {
${frame.lines.join("\n")}
${evaluated}
} catch (e) { ${frame.held.join(" ")} throw R.unwind(e, U, $p, ${name}); }${
    back.length === 0 ? "" : ` finally { ${back.join(" ")} }`
  }
return ${result};
}`;
}

/** What a procedure gives back when it is left, where references are counted. */
function releasesOf(frame: Frame, head: string[]): string[] {
  if (!frame.unit.environment.countsReferences) return [];
  const releases: string[] = [];
  const procedure = frame.scope.procedure!;
  const references = frame.unit.script.references.get(procedure)!;
  procedure.parameters.forEach(({ name }, index) => {
    if (references[index]) return;
    head.push(`R.${isOwnCopy(frame, name) ? "retain" : "retainObject"}(a_${mangle(name)});`);
  });
  for (const [name, place] of frame.places) {
    const index = procedure.parameters.findIndex((parameter) => parameter.name === name);
    if (index >= 0 && references[index]) continue;
    if (place === frame.result) continue;
    const method = index < 0 || isOwnCopy(frame, name) ? "drop" : "dropObject";
    releases.push(`R.${method}(${variantOf(readUntyped(place))});`);
  }
  if (frame.scope.class !== undefined) {
    // An object lives while its methods run, and longer if somebody uses it then.
    head.push("me.references++;");
    releases.push("R.transfer(me);");
  }
  if (frame.result !== undefined) releases.push(`R.transfer(${variantOf(readUntyped(frame.result))});`);
  return releases;
}

/** Whether a parameter by value may change, so that the procedure has a copy if it is an array. */
function isOwnCopy({ scope }: Frame, name: string): boolean {
  return scope.usesCode || scope.written.has(name);
}

/** Decides where the parameters are; returns their JavaScript names. */
function placeParameters(frame: Frame, head: string[]): string[] {
  const { procedure, class: declaration } = frame.scope;
  const parameters = declaration === undefined ? [] : ["me"];
  if (procedure === undefined) return parameters;
  if (frame.scope.usesCode) {
    head.push(`const $s = R.localScope(${declaration === undefined ? "undefined" : "me"});`);
  }
  const references = frame.unit.script.references.get(procedure)!;
  const byReference = passedByReference(frame.unit.script, frame.scope);
  procedure.parameters.forEach(({ name }, index) => {
    const js = `v_${mangle(name)}`;
    if (references[index]) {
      parameters.push(js);
      frame.places.set(name, { mode: "cell", js });
      if (frame.scope.usesCode) head.push(`$s.bind(${JSON.stringify(name)}, ${js});`);
      return;
    }
    const argument = `a_${mangle(name)}`;
    parameters.push(argument);
    // A procedure that changes the elements of its own array changes its copy.
    if (isOwnCopy(frame, name)) head.push(`${argument} = R.copied(${argument});`);
    if (frame.scope.usesCode || byReference.has(name)) {
      frame.places.set(name, { mode: "cell", js });
      head.push(`const ${js} = Cell.of(${argument});`);
      if (frame.scope.usesCode) head.push(`$s.bind(${JSON.stringify(name)}, ${js});`);
    } else if (frame.scope.numeric.has(name)) {
      frame.places.set(name, { mode: "parts", js, ...(isOwnCopy(frame, name) ? {} : { v: argument }) });
      head.push(
        `let ${js}_o = ${argument}, ${js}_t = tagOf(${argument}), ${js} = ${js}_t === 0 ? 0 : numberOf(${argument});`,
      );
    } else {
      frame.places.set(name, { mode: "variant", js });
      head.push(`let ${js} = ${argument};`);
    }
  });
  return parameters;
}

/** Decides where the variables of a procedure are. */
function placeLocals(frame: Frame, head: string[]): void {
  const { procedure } = frame.scope;
  if (procedure === undefined) return;
  const byReference = passedByReference(frame.unit.script, frame.scope);
  const place = (name: string): Place => {
    const js = `v_${mangle(name)}`;
    if (frame.scope.usesCode || byReference.has(name)) {
      head.push(`const ${js} = new Cell();`);
      if (frame.scope.usesCode) head.push(`$s.bind(${JSON.stringify(name)}, ${js});`);
      return { mode: "cell", js };
    }
    if (frame.scope.numeric.has(name)) {
      head.push(`let ${js} = 0, ${js}_t = 0, ${js}_o;`);
      frame.types!.set(js, M.empty);
      return { mode: "parts", js };
    }
    head.push(`let ${js};`);
    frame.know(js, M.empty);
    return { mode: "variant", js };
  };
  if (procedure.kind === "function" || procedure.kind === "get") {
    frame.result = place(procedure.name);
    frame.places.set(procedure.name, frame.result);
  }
  for (const [name, variable] of frame.scope.declared) {
    if (frame.places.has(name)) continue;
    const target = place(name);
    frame.places.set(name, target);
    initialize(frame, head, variable, target);
  }
  for (const [name, { value }] of frame.scope.constants) {
    if (frame.scope.usesCode) {
      head.push(`$s.constants.set(${JSON.stringify(name)}, ${frame.unit.shared(value)});`);
    }
  }
  if (frame.unit.script.program.optionExplicit) return;
  for (const name of frame.scope.assigned.keys()) {
    if (meaningOf(frame, name).kind === "late") frame.places.set(name, place(name));
  }
}

/** Declares the globals that are locals of the main code. */
function placeMain(frame: Frame, head: string[]): void {
  for (const [, { mode, js }] of frame.unit.privateGlobals) {
    head.push(mode === "parts" ? `let ${js} = 0, ${js}_t = 0, ${js}_o;` : `let ${js};`);
    frame.know(js, M.empty);
  }
  for (const { js } of frame.unit.emptyGlobals) frame.knowCell(js, M.empty);
  for (const [name, variable] of frame.scope.declared) {
    initialize(frame, head, variable, frame.unit.global(name)!);
  }
}

/** Gives an array its elements. */
function initialize(frame: Frame, head: string[], variable: Declarator, place: Place): void {
  if (variable.bounds === undefined) return;
  const target = place.mode === "cell"
    ? `${place.js}.o`
    : place.mode === "parts"
    ? `${place.js}_o`
    : place.js;
  // A global that another unit dimensioned already keeps its value only if it is no array.
  head.push(initialArray(variable, target));
  if (place.mode === "cell") head.push(`${place.js}.t = 0;`);
  if (place.mode !== "cell") frame.know(place.js, M.object);
  else if (place.isTracked) frame.knowCell(place.js, M.object);
}

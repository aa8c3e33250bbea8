/** Calls of procedures and of library functions. @module */
import { MISSING } from "../../automation/variant.ts";
import type { Binding } from "../runtime/bindings.ts";
import type { CodeScope } from "../scopes.ts";
import type { Argument, Expression } from "../syntax_tree.ts";
import { assignTo } from "./assignments.ts";
import { elementOf } from "./elements.ts";
import { expressionOf } from "./expressions.ts";
import type { Frame } from "./frame.ts";
import { canInline, inlineCall } from "./inlining.ts";
import { memberCall } from "./members.ts";
import { mangle, memberCode } from "./names.ts";
import { isWholeTag, M, type Operand, unpack } from "./operand.ts";
import {
  canRunCode,
  computed,
  isDisturbed,
  literalOf,
  partsOf,
  snapshot,
  snapshotIf,
  variantOf,
} from "./operands.ts";
import { labelOf } from "./tree_facts.ts";
import { accessorOf, lateName, localsOf, meaningOf, readPlace } from "./variables.ts";

/** Library functions whose results are never objects. */
const RESULT_MASKS: ReadonlyMap<string, number> = new Map([
  ...["lcase", "ucase", "trim", "ltrim", "rtrim", "left", "right", "mid", "cstr", "hex", "oct"].map((name) =>
    [name, M.any & ~(M.object | M.boxed)] as const
  ),
  ...["isnull", "isempty", "isarray", "isobject", "isnumeric", "isdate", "cbool"].map((name) =>
    [name, M.boolean] as const
  ),
  ...["chr", "chrw", "typename", "space", "formatnumber", "replace"].map((name) =>
    [name, M.string | M.null] as const
  ),
  ...["cint", "asc", "ascw", "vartype", "sqr", "rgb"].map((name) => [name, M.number | M.null] as const),
  ...["len", "instr", "instrrev"].map((name) => [name, M.long | M.null] as const),
  ...["ubound", "lbound", "clng"].map((name) => [name, M.long] as const),
  ["cdbl", M.double],
]);

/** `callee(args)`, whatever the callee is. */
export function callOperand(frame: Frame, callee: Expression, args: readonly Argument[]): Operand {
  if (callee.kind === "parenthesized") {
    return elementOf(frame, expressionOf(frame, callee.inner), args, "");
  }
  if (callee.kind === "member") return memberCall(frame, callee, args);
  if (callee.kind !== "name") return elementOf(frame, expressionOf(frame, callee), args, "");
  const { name, spelling } = callee;
  const meaning = meaningOf(frame, name);
  switch (meaning.kind) {
    case "variable": {
      // Inside a function its name with parentheses is a call of it.
      const { procedure } = frame.scope;
      if (name === procedure?.name && meaning.place === frame.result) return recursion(frame, callee, args);
      return elementOf(frame, readPlace(frame, meaning.place), args, spelling);
    }
    case "constant":
      return elementOf(frame, literalOf(frame, meaning.value), args, spelling);
    case "procedure":
      return procedureCall(frame, meaning.scope, meaning.js, meaning.isMember, args);
    case "property": {
      const get = accessorOf(frame, name, "get");
      if (get === undefined) return computed(frame, `R.raise(450, ${JSON.stringify(spelling)})`);
      if (get.scope.procedure!.parameters.length === 0 && args.length > 0) {
        return elementOf(frame, procedureCall(frame, get.scope, get.js, true, []), args, spelling);
      }
      return procedureCall(frame, get.scope, get.js, true, args);
    }
    case "class":
      return computed(frame, `R.raise(13, ${JSON.stringify(spelling)})`);
    case "late": {
      const late = lateName(frame, name, spelling);
      return looseCall(
        frame,
        args,
        (list, bits) => `R.lateCall(${late}, ${list}, ${bits}, ${localsOf(frame)})`,
      );
    }
    case "binding":
      return bindingCall(frame, meaning.binding, spelling, args);
  }
}

/** A function's call of itself by name. */
export function recursion(
  frame: Frame,
  callee: Expression & { kind: "name" },
  args: readonly Argument[],
): Operand {
  const { procedure, class: declaration } = frame.scope;
  const own = frame.unit.script.procedures.get(callee.name);
  if (declaration !== undefined) {
    return procedureCall(frame, frame.scope, memberCode(declaration.name, procedure!), true, args);
  }
  return procedureCall(frame, own!, `p_${mangle(callee.name)}`, false, args);
}

/** A call of what the engine knows by name: a library function, a host object, another script's procedure. */
function bindingCall(
  frame: Frame,
  binding: Binding,
  spelling: string,
  args: readonly Argument[],
): Operand {
  if (binding.kind === "procedure") {
    const js = frame.unit.shared(binding.procedure);
    return looseCall(frame, args, (list, bits) => `R.callProcedure(${js}, ${list}, ${bits})`);
  }
  if (binding.kind === "function") {
    const { function: library } = binding;
    if (library.name === "Eval" && args.length === 1) {
      return computed(frame, `R.evaluate(${argumentOf(frame, args[0])}, ${localsOf(frame)})`);
    }
    const js = frame.unit.shared(library);
    if (library.byReference) {
      return looseCall(frame, args, (list, bits) => `R.callByReference(${js}, ${list}, ${bits})`);
    }
    const operands = argumentsOf(frame, args);
    if (frame.unit.script.usesCode) {
      // What is included later may declare the name anew, and `call` is that then, with any number of arguments.
      const list = operands.map((operand) => variantOf(operand)).join(", ");
      const fits = args.length >= library.minimum && args.length <= library.maximum;
      return computed(frame, fits ? `R.keep(${js}.call(${list}))` : `R.callFunction(${js}, [${list}])`);
    }
    if (args.length < library.minimum || args.length > library.maximum) {
      return computed(frame, `R.raise(450, ${JSON.stringify(spelling)})`);
    }
    const name = library.isHost ? "" : library.name.toLowerCase();
    const pure = RESULT_MASKS.get(name);
    const inlined = inlinedCall(frame, name, operands, js);
    if (inlined !== undefined) return inlined;
    const part = partOf(name, operands);
    const called = `${js}.call(${operands.map((operand) => variantOf(operand)).join(", ")})`;
    const call = part === undefined ? called : `${part.test} ? ${part.text} : ${called}`;
    if (pure === undefined) return computed(frame, `R.keep(${call})`);
    const isQuiet = operands.every((operand) => (operand.mask & M.object) === 0);
    const result = isQuiet ? frame.quietly(() => computed(frame, call, pure)) : computed(frame, call, pure);
    if ((pure & ~M.number) !== 0) return result;
    const { n, t } = partsOf(frame, result);
    return { mask: pure, n, t };
  }
  if (binding.kind === "object") return elementOf(frame, literalOf(frame, binding.value), args, spelling);
  return computed(frame, `R.raise(13, ${JSON.stringify(spelling)})`);
}

/** The most frequent functions on the most frequent operands. */
function inlinedCall(
  frame: Frame,
  name: string,
  operands: readonly Operand[],
  js: string,
): Operand | undefined {
  const [only] = operands;
  if (only === undefined || operands.length !== 1) return undefined;
  if (name === "len" && only.mask === M.string) {
    const temp = frame.temp();
    frame.emit(`${temp.n} = ${only.v}.length;`);
    return { mask: M.long, n: temp.n, t: "2" };
  }
  if (name === "len" && (only.mask & M.string) !== 0) {
    const { o: kept } = frame.temp();
    const temp = frame.temp();
    frame.emit(`${kept} = ${variantOf(only)};`);
    frame.emit(
      `if (typeof ${kept} === "string") { ${temp.n} = ${kept}.length; ${temp.t} = 2; } else { ${
        unpack(temp, `${js}.call(${kept})`)
      } }`,
    );
    return { mask: M.long | M.null, ...temp };
  }
  if (name === "ubound") {
    const { o: kept } = frame.temp();
    const temp = frame.temp();
    frame.emit(`${kept} = ${only.o ?? variantOf(only)};`);
    if (only.o !== undefined && only.t !== "0") frame.emit(`if (${only.t} !== 0) ${kept} = undefined;`);
    frame.emit(
      `if (${kept} instanceof VariantArray && ${kept}.upperBounds.length === 1) ${temp.n} = ${kept}.upperBounds[0]; ` +
        `else ${temp.n} = numberOf(${js}.call(${kept}));`,
    );
    return { mask: M.long, n: temp.n, t: "2" };
  }
  if ((only.mask & ~M.number) !== 0) return undefined;
  const functions: Readonly<Record<string, string>> = {
    sin: "Math.sin",
    cos: "Math.cos",
    atn: "Math.atan",
  };
  const math = functions[name];
  if (math === undefined) return undefined;
  const temp = frame.temp();
  frame.emit(`${temp.n} = ${math}(${only.n});`);
  return { mask: M.double, n: temp.n, t: "3" };
}

/** What Mid, Left and Right give of a string for whole numbers in range, and the test that these are such. */
function partOf(
  name: string,
  [text, ...numbers]: readonly Operand[],
): { readonly test: string; readonly text: string } | undefined {
  const string = text?.v;
  if (string === undefined || !/^[\w$]+$/.test(string) || (text!.mask & M.string) === 0) return undefined;
  const least = name === "mid" ? [1, 0] : name === "left" || name === "right" ? [0] : undefined;
  if (least === undefined) return undefined;
  const tests = text!.mask === M.string ? [] : [`typeof ${string} === "string"`];
  for (const [index, { n, t }] of numbers.entries()) {
    if (n === undefined || t === undefined || t === "3" || t === "0") return undefined;
    if (t !== "1" && t !== "2") tests.push(isWholeTag(t));
    tests.push(`${n} >= ${least[index]}`);
  }
  const [first, length] = numbers.map(({ n }) => n!);
  const bounds = name === "left"
    ? `0, ${first}`
    : name === "right"
    ? `Math.max(0, ${string}.length - ${first})`
    : length === undefined
    ? `${first} - 1`
    : `${first} - 1, ${first} - 1 + ${length}`;
  return { test: tests.join(" && "), text: `${string}.slice(${bounds})` };
}

/** Arguments as operands that keep their values until the call. */
export function argumentsOf(frame: Frame, args: readonly Argument[]): Operand[] {
  return args.map((argument, index) => {
    if (argument === undefined) return { mask: M.any, v: frame.unit.shared(MISSING) };
    const operand = expressionOf(frame, argument);
    return isDisturbed(frame, operand, args.slice(index + 1)) ? snapshot(frame, operand) : operand;
  });
}

/** One argument as a Variant. */
export function argumentOf(frame: Frame, argument: Argument): string {
  return variantOf(argumentsOf(frame, [argument])[0]!);
}

/** A call whose callee may take variables by reference: the call, then the variables' new values. */
export function looseCall(
  frame: Frame,
  args: readonly Argument[],
  call: (list: string, bits: number) => string,
  operands: readonly Operand[] = argumentsOf(frame, args),
): Operand {
  const list = `[${operands.map((operand) => variantOf(operand)).join(", ")}]`;
  let bits = 0;
  const targets: { index: number; target: Expression }[] = [];
  args.forEach((argument, index) => {
    if (argument === undefined || index > 30 || !isVariableArgument(frame, argument)) return;
    bits |= 1 << index;
    targets.push({ index, target: argument });
  });
  if (targets.length === 0) return computed(frame, call(list, bits));
  // What a callee changed stays changed when it raises an error.
  frame.emit("try {");
  const result = computed(frame, call(list, bits));
  frame.emit("} finally {");
  // The types of what may change are not known any more, whether it does or not.
  const kept = frame.keep();
  frame.emit(`if (R.out !== null) { ${kept} = R.out; R.out = null;`);
  for (const { index, target } of targets) {
    frame.emit(`if (${kept}[${index}] !== undefined) {`);
    const before = frame.copyTypes();
    writeBack(frame, target, `${kept}[${index}].read()`);
    if (frame.unit.environment.countsReferences) frame.emit(`R.endReference(${kept}[${index}], true);`);
    frame.types = frame.join(before, frame.types);
    frame.emit("}");
  }
  frame.emit("} }");
  return result;
}

/** Stores what a callee left in its parameter. */
function writeBack(frame: Frame, target: Expression, value: string): void {
  if (target.kind === "name" && meaningOf(frame, target.name).kind === "late") {
    const late = lateName(frame, target.name, target.spelling);
    return frame.emit(`R.lateWriteBack(${late}, ${value}, ${localsOf(frame)});`);
  }
  assignTo(frame, target, { mask: M.any, v: value }, true);
}

/** Whether an argument is a variable or an array's element, so that a callee can change it. */
export function isVariableArgument(frame: Frame, argument: Expression): boolean {
  if (argument.kind === "name") {
    const { kind } = meaningOf(frame, argument.name);
    return kind === "variable" || (kind === "late" && !frame.unit.script.program.optionExplicit);
  }
  if (argument.kind !== "call" || argument.callee.kind !== "name") return false;
  const { name } = argument.callee;
  const meaning = meaningOf(frame, name);
  // Evaluating the index twice must not be seen.
  return meaning.kind === "variable" && meaning.place !== frame.result &&
    argument.args.every((index) => index !== undefined && !canRunCode(frame, index));
}

/** Whether an argument is an element of a variable's array, or of one in it: the callee gets the element itself. */
function isElementArgument(frame: Frame, { callee, args }: Expression & { kind: "call" }): boolean {
  if (args.length === 0 || args.includes(undefined)) return false;
  if (callee.kind === "call") return isElementArgument(frame, callee);
  if (callee.kind !== "name") return false;
  const meaning = meaningOf(frame, callee.name);
  return meaning.kind === "variable" && meaning.place !== frame.result;
}

/** A call of a procedure of this script. */
export function procedureCall(
  frame: Frame,
  scope: CodeScope,
  js: string,
  isMember: boolean,
  args: readonly Argument[],
): Operand {
  const procedure = scope.procedure!;
  if (args.length !== procedure.parameters.length || args.includes(undefined)) {
    return computed(frame, `R.raise(450, ${JSON.stringify(procedure.spelling)})`);
  }
  const references = frame.unit.script.references.get(procedure)!;
  if (!references.includes(true) && canInline(frame, scope)) {
    const operands = argumentsOf(frame, args)
      .map((operand) => operand.isShared === true ? snapshot(frame, operand) : operand);
    return inlineCall(frame, scope, { me: isMember ? frame.me : "undefined", args: operands }).value;
  }
  const texts: string[] = isMember ? [frame.me] : [];
  const back: (() => void)[] = [];
  args.forEach((argument, index) => {
    const expression = argument!;
    if (references[index]) {
      const place = expression.kind === "name" ? meaningOf(frame, expression.name) : undefined;
      if (place?.kind === "variable" && place.place.mode === "cell" && place.place.slots === undefined) {
        return void texts.push(place.place.js);
      }
      const { o } = frame.temp();
      if (expression.kind === "call" && isElementArgument(frame, expression)) {
        const { callee, args: indices } = expression;
        const container = variantOf(snapshotIf(frame, expressionOf(frame, callee), indices));
        const list = argumentsOf(frame, indices).map((operand) => variantOf(operand)).join(", ");
        frame.emit(`${o} = R.elementReference(${container}, [${list}], ${JSON.stringify(labelOf(callee))});`);
        back.push(() => frame.emit(`R.writeBack(${o});`));
        texts.push(`${o}.cell`);
        return;
      }
      const value = variantOf(expressionOf(frame, expression));
      const isTemporary = expression.kind === "parenthesized";
      frame.emit(`${o} = R.referenceTo(${isTemporary ? `R.copied(${value})` : value});`);
      const isVariable = !isTemporary && isVariableArgument(frame, expression);
      if (isVariable) {
        back.push(() => writeBack(frame, expression, `${o}.read()`));
      }
      if (frame.unit.environment.countsReferences) {
        back.push(() => frame.emit(`R.endReference(${o}, ${isVariable});`));
      }
      texts.push(o);
      return;
    }
    let operand = expressionOf(frame, expression);
    if (isDisturbed(frame, operand, args.slice(index + 1))) operand = snapshot(frame, operand);
    const value = variantOf(operand);
    texts.push(value);
  });
  if (back.length === 0) return computed(frame, `${js}(${texts.join(", ")})`);
  // What a callee changed stays changed when it raises an error.
  frame.emit("try {");
  const result = computed(frame, `${js}(${texts.join(", ")})`);
  frame.emit("} finally {");
  for (const write of back) write();
  frame.emit("}");
  return result;
}

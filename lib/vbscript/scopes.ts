/**
 * What the names of a script mean: which are declared where, which are written, which others can reach.
 *
 * Theory of operation. The compiler wants variables in JavaScript locals, as numbers wherever they hold numbers. A
 * variable can be one unless somebody else can reach it: another procedure, Execute or Eval, or a callee that gets it
 * by reference and writes to it. Default parameters are ByRef, yet nearly none is ever written; a parameter that no
 * code writes, and whose argument nobody can change behind its back, is passed by value instead, which no script can
 * tell. This file finds that out, and reports names that are declared twice.
 *
 * @module
 */
import type { Variant } from "../automation/variant.ts";
import { compileError } from "./errors.ts";
import {
  type Argument,
  type ClassDeclaration,
  type Declarator,
  type Expression,
  partsOf,
  type Procedure,
  type Program,
  type Statement,
} from "./syntax_tree.ts";

/** What is known of the code of one procedure, or of the statements outside all procedures. */
export interface CodeScope {
  readonly procedure: Procedure | undefined;
  readonly class: ClassDeclaration | undefined;
  readonly statements: readonly Statement[];
  /** Declared with Dim, and parameters, and a function's own name. */
  readonly declared: Map<string, Declarator>;
  readonly constants: Map<string, { spelling: string; value: Variant }>;
  /** Every bare name that occurs, declared here or not. */
  readonly mentioned: Set<string>;
  /** Names that are assigned as a whole, by any statement; only these can become implicit variables. */
  readonly assigned: Map<string, string>;
  /** Bare names given to callees that may assign them: these can become implicit variables, too. */
  readonly offered: Map<string, string>;
  /** Names whose value or elements are changed in any way, by-reference passing to unknown callees included. */
  readonly written: Set<string>;
  /** Names that occur where a number is likely. */
  readonly numeric: Set<string>;
  /** Bare names given as arguments: to which procedure of this script, at which place. */
  readonly passed: { readonly name: string; readonly callee: string; readonly index: number }[];
  /** In a class: bare names given as arguments to what may be a procedure of this script. */
  readonly handedOn: Set<string>;
  /** Whether Execute, ExecuteGlobal or Eval occur, so that every local must be reachable by name. */
  usesCode: boolean;
  /** Whether an On Error statement occurs. */
  usesOnError: boolean;
}

/** The names of a class. */
export interface ClassScope {
  readonly declaration: ClassDeclaration;
  readonly members: readonly CodeScope[];
  /** Fields that a member may pass by reference. */
  readonly referencedFields: ReadonlySet<string>;
}

/** The names of a whole script. */
export interface ScriptScope {
  readonly program: Program;
  readonly main: CodeScope;
  /** The last definition of each procedure. */
  readonly procedures: Map<string, CodeScope>;
  readonly classes: Map<string, ClassScope>;
  /** By procedure, which of its parameters must be references: others can be passed by value. */
  readonly references: Map<Procedure, readonly boolean[]>;
  /** Names that occur in any procedure or class. */
  readonly mentionedInside: Set<string>;
  readonly usesCode: boolean;
}

const CODE_FUNCTIONS: ReadonlySet<string> = new Set(["execute", "executeglobal", "eval"]);

/** Finds out what the names of a script, or of code that one includes, mean. Throws 1041 for a name declared twice. */
export function analyze(program: Program, isIncluded = false): ScriptScope {
  const procedures = new Map<string, CodeScope>();
  const names = new Set(program.procedures.map((procedure) => procedure.name));
  const classes = new Map<string, ClassScope>();
  for (const declaration of program.classes) {
    if (classes.has(declaration.name)) throw compileError(1041, declaration.at);
    checkMembers(declaration);
    const members = declaration.procedures.map((procedure) =>
      codeScope(procedure, declaration, procedure.body, names)
    );
    const referencedFields = new Set(members.flatMap(({ handedOn }) => [...handedOn]));
    classes.set(declaration.name, { declaration, members, referencedFields });
  }
  for (const procedure of program.procedures) {
    if (classes.has(procedure.name)) throw compileError(1041, procedure.at);
    procedures.set(procedure.name, codeScope(procedure, undefined, procedure.body, names));
  }
  const main = codeScope(undefined, undefined, program.statements, names);
  for (const [name, { at }] of main.declared) {
    const other = procedures.get(name)?.procedure?.at ?? classes.get(name)?.declaration.at;
    if (other === undefined) continue;
    // The later of the two is the one that is redefined.
    const isLater = other.line > at.line || (other.line === at.line && other.column > at.column);
    throw compileError(1041, isLater ? other : at);
  }
  const inside = [...procedures.values(), ...[...classes.values()].flatMap(({ members }) => members)];
  const mentionedInside = new Set(inside.flatMap((scope) => [...scope.mentioned]));
  const scopes = [main, ...inside];
  const usesCode = scopes.some((scope) => scope.usesCode);
  // An undeclared variable gets its first value from a callee. Included code may define a function of that name instead:
  // where there may be such code, that is decided when the call is made.
  if (!usesCode) {
    for (const scope of isIncluded ? [main] : scopes) {
      for (const [name, spelling] of scope.offered) {
        if (!classes.has(name) && !scope.assigned.has(name)) scope.assigned.set(name, spelling);
      }
    }
  }
  return {
    program,
    main,
    procedures,
    classes,
    references: findReferences(main, procedures, inside),
    mentionedInside,
    usesCode,
  };
}

function checkMembers(declaration: ClassDeclaration): void {
  const kinds = new Map<string, { kinds: string[]; count: number }>();
  for (const field of declaration.fields) {
    if (kinds.has(field.name)) throw compileError(1041, field.at);
    kinds.set(field.name, { kinds: ["field"], count: 0 });
  }
  for (const procedure of declaration.procedures) {
    const isAccessor = procedure.kind !== "sub" && procedure.kind !== "function";
    const isPut = procedure.kind === "let" || procedure.kind === "set";
    const count = procedure.parameters.length - (isPut ? 1 : 0);
    const known = kinds.get(procedure.name);
    if (known === undefined) {
      kinds.set(procedure.name, { kinds: [procedure.kind], count });
      continue;
    }
    const isPair = isAccessor && known.kinds.every((kind) =>
      kind === "get" || kind === "let" || kind === "set"
    ) &&
      !known.kinds.includes(procedure.kind);
    if (!isPair) throw compileError(1041, procedure.at);
    if (known.count !== count) throw compileError(1051, procedure.at);
    known.kinds.push(procedure.kind);
  }
}

function codeScope(
  procedure: Procedure | undefined,
  declaration: ClassDeclaration | undefined,
  statements: readonly Statement[],
  procedureNames: ReadonlySet<string>,
): CodeScope {
  const scope: CodeScope = {
    procedure,
    class: declaration,
    statements,
    declared: new Map(),
    constants: new Map(),
    mentioned: new Set(),
    assigned: new Map(),
    offered: new Map(),
    written: new Set(),
    numeric: new Set(),
    passed: [],
    handedOn: new Set(),
    usesCode: false,
    usesOnError: false,
  };
  for (const parameter of procedure?.parameters ?? []) {
    scope.declared.set(parameter.name, { ...parameter, bounds: undefined });
    if (parameter.name === procedure?.name) throw compileError(1041, parameter.at);
  }
  new Collector(scope, procedureNames).statements(statements);
  return scope;
}

/** Fills a scope from its statements. Expressions are walked with a list, for they may be deep to the left. */
class Collector {
  readonly #scope: CodeScope;
  readonly #procedureNames: ReadonlySet<string>;

  constructor(scope: CodeScope, procedureNames: ReadonlySet<string>) {
    this.#scope = scope;
    this.#procedureNames = procedureNames;
  }

  statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case "dim":
        for (const variable of statement.variables) this.#declare(variable);
        return;
      case "const":
        for (const { name, spelling, value } of statement.constants) {
          if (this.#scope.declared.has(name) || this.#scope.constants.has(name)) {
            throw compileError(1041, statement.at);
          }
          this.#scope.constants.set(name, { spelling, value });
        }
        return;
      case "redim":
        for (const { target, bounds } of statement.arrays) {
          this.#write(target, true);
          for (const bound of bounds) this.#expression(bound, true);
        }
        return;
      case "erase":
        for (const target of statement.targets) this.#write(target, false);
        return;
      case "assign":
        this.#write(statement.target, true);
        this.#expression(statement.value, false);
        if (isArithmetic(statement.value)) this.#numeric(statement.target);
        return;
      case "call":
        this.#expression(statement.target, false);
        return;
      case "if":
        for (const { condition, body } of statement.branches) {
          this.#expression(condition, false);
          this.statements(body);
        }
        this.statements(statement.otherwise ?? []);
        return;
      case "select":
        this.#expression(statement.selector, true);
        for (const { values, body } of statement.cases) {
          for (const { value } of values) this.#expression(value, true);
          this.statements(body);
        }
        this.statements(statement.otherwise ?? []);
        return;
      case "for":
        this.#write(statement.variable, true);
        this.#numeric(statement.variable);
        for (const part of [statement.from, statement.to, statement.step]) {
          if (part !== undefined) this.#expression(part, true);
        }
        this.statements(statement.body);
        return;
      case "foreach":
        this.#write(statement.variable, true);
        this.#expression(statement.source, false);
        this.statements(statement.body);
        return;
      case "do":
        if (statement.condition !== undefined) this.#expression(statement.condition, false);
        this.statements(statement.body);
        return;
      case "with":
        this.#expression(statement.object, false);
        this.statements(statement.body);
        return;
      case "onerror":
        this.#scope.usesOnError = true;
        return;
      case "exit":
      case "stop":
        return;
    }
  }

  #declare(variable: Declarator): void {
    const { declared, constants, procedure } = this.#scope;
    const isResult = variable.name === procedure?.name && procedure.kind !== "sub";
    if (declared.has(variable.name) || constants.has(variable.name) || isResult) {
      throw compileError(1041, variable.at);
    }
    declared.set(variable.name, variable);
  }

  #numeric(target: Expression): void {
    if (target.kind === "name") this.#scope.numeric.add(target.name);
  }

  /** A target that is changed; `whole` when a bare name would be created by it. */
  #write(target: Expression, whole: boolean): void {
    if (target.kind === "name") {
      this.#scope.mentioned.add(target.name);
      this.#scope.written.add(target.name);
      if (whole) this.#scope.assigned.set(target.name, target.spelling);
      return;
    }
    // `a(i) = x` changes what `a` holds.
    for (let root: Expression | undefined = target; root !== undefined;) {
      if (root.kind === "name") {
        this.#scope.written.add(root.name);
        break;
      }
      root = root.kind === "call" ? root.callee : root.kind === "member" ? root.object : undefined;
    }
    this.#expression(target, false);
  }

  #expression(root: Expression, isNumeric: boolean): void {
    if (isNumeric) this.#numeric(root);
    const pending: Expression[] = [root];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      switch (current.kind) {
        case "name":
          this.#scope.mentioned.add(current.name);
          if (CODE_FUNCTIONS.has(current.name)) this.#scope.usesCode = true;
          break;
        case "call":
          this.#arguments(current.callee, current.args);
          break;
        case "unary":
          if (current.operator !== "not") this.#numeric(current.operand);
          break;
        case "binary":
          if (current.operator !== "&" && current.operator !== "is") {
            this.#numeric(current.left);
            this.#numeric(current.right);
          }
          break;
        case "new":
          this.#scope.mentioned.add(current.name);
          break;
        default:
          break;
      }
      for (const part of partsOf(current)) pending.push(part);
    }
  }

  #arguments(callee: Expression, args: readonly Argument[]): void {
    args.forEach((argument, index) => {
      if (argument === undefined) return;
      const root = argument.kind === "call" ? argument.callee : argument;
      if (root.kind !== "name") return;
      const mayAssign = callee.kind !== "name" || !this.#isLibrary(callee.name);
      if (mayAssign && argument.kind === "name") this.#scope.offered.set(root.name, root.spelling);
      if (callee.kind === "name" && this.#procedureNames.has(callee.name) && !this.#isHidden(callee.name)) {
        this.#scope.passed.push({ name: root.name, callee: callee.name, index });
      } else if (mayAssign) {
        this.#scope.written.add(root.name);
        if (argument.kind === "name" && this.#isOwn(callee)) this.#scope.handedOn.add(root.name);
      }
      if (argument.kind === "name" && callee.kind === "name" && this.#scope.declared.has(callee.name)) {
        this.#numeric(argument);
      }
    });
  }

  #isHidden(name: string): boolean {
    return this.#scope.declared.has(name) || this.#scope.class !== undefined;
  }

  /** Variables (their indices) and built-in functions write nothing. What is late-bound may. */
  #isLibrary(name: string): boolean {
    return this.#scope.declared.has(name) || (LIBRARY_NAMES.has(name) && !this.#isProcedure(name));
  }

  /** Whether a callee may be a procedure of this script, called from inside a class. */
  #isOwn(callee: Expression): boolean {
    if (callee.kind === "member") return callee.object?.kind === "me";
    return callee.kind === "name" && this.#isProcedure(callee.name);
  }

  #isProcedure(name: string): boolean {
    return this.#procedureNames.has(name) ||
      this.#scope.class?.procedures.some((procedure) => procedure.name === name) === true;
  }
}

/** Built-in functions that scripts call with bare variables all the time; none writes its arguments. */
const LIBRARY_NAMES: ReadonlySet<string> = new Set(
  ("abs array asc ascb ascw atn cbool cbyte ccur cdate cdbl chr chrb chrw cint clng cos createobject csng cstr date " +
    "dateadd datediff datepart dateserial datevalue day escape eval execute executeglobal exp filter fix " +
    "formatcurrency formatdatetime formatnumber formatpercent getobject getref hex hour inputbox instr instrb " +
    "instrrev int isarray isdate isempty isnull isnumeric isobject join lbound lcase left leftb len lenb log ltrim " +
    "mid midb minute month monthname msgbox now oct replace rgb right rightb rnd round rtrim second setlocale sgn " +
    "sin space split sqr strcomp string strreverse tan time timeserial timevalue trim typename ubound ucase " +
    "unescape vartype weekday weekdayname year").split(" "),
);

function isArithmetic(expression: Expression): boolean {
  if (expression.kind === "literal") return expression.form === "number";
  if (expression.kind === "unary") return expression.operator !== "not";
  return expression.kind === "binary" && expression.operator !== "&";
}

/** Which parameters must be references; see the theory above. */
function findReferences(
  main: CodeScope,
  procedures: ReadonlyMap<string, CodeScope>,
  inside: readonly CodeScope[],
): Map<Procedure, readonly boolean[]> {
  const references = new Map<Procedure, boolean[]>();
  for (const scope of inside) {
    const { parameters } = scope.procedure!;
    references.set(
      scope.procedure!,
      parameters.map(({ name, byValue }) => !byValue && (scope.usesCode || scope.written.has(name))),
    );
  }
  const isGlobal = (scope: CodeScope, name: string): boolean =>
    scope.procedure === undefined || !scope.declared.has(name);
  const globalsWritten = new Set(
    inside.flatMap((scope) => [...scope.written].filter((name) => isGlobal(scope, name))),
  );
  // What a procedure passes on to a reference is written by it, too; and so is an argument that others can write.
  for (let changed = true; changed;) {
    changed = false;
    for (const scope of [main, ...inside]) {
      const seen = new Map<string, number>();
      for (const { name, callee, index } of scope.passed) {
        const target = procedures.get(callee)!.procedure!;
        const flags = references.get(target)!;
        if (index >= flags.length || target.parameters[index]!.byValue) continue;
        const isShared = (isGlobal(scope, name) && globalsWritten.has(name)) ||
          seen.get(`${callee} ${name}`) !== undefined && seen.get(`${callee} ${name}`) !== index;
        seen.set(`${callee} ${name}`, index);
        if (isShared && !flags[index]) flags[index] = changed = true;
        if (!flags[index] || scope.written.has(name)) continue;
        scope.written.add(name);
        changed = true;
        if (isGlobal(scope, name)) globalsWritten.add(name);
        const own = scope.procedure?.parameters.findIndex((parameter) => parameter.name === name) ?? -1;
        if (own >= 0 && !scope.procedure!.parameters[own]!.byValue) {
          references.get(scope.procedure!)![own] = true;
        }
      }
    }
  }
  return references;
}

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
import { nearest } from "../automation/nearest.ts";
import { compile, CompiledScript } from "./engine.ts";
import { type Position, VbsError } from "./errors.ts";
import {
  describeHost,
  type HostDescription,
  type HostParts,
  type Intrinsic,
  type MemberShape,
  type ObjectShape,
} from "./host_description.ts";
import type { CodeScope, ScriptScope } from "./scopes.ts";
import type { Argument, ClassDeclaration, Expression, Statement } from "./syntax_tree.ts";

export {
  describeHost,
  type HostDescription,
  type HostParts,
  type Intrinsic,
  type MemberShape,
  type ObjectShape,
};

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

/** Options of {@linkcode inventory}. */
export interface InventoryOptions {
  /** The path that the result carries. */
  readonly path?: string;
  /** What the script would find. Without it there is VBScript alone, and whether other objects exist is not known. */
  readonly host?: HostDescription;
}

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
  return new Walker(scope, options.host).inventory(path);
}

/** What an object may be. */
type ObjectType =
  | { readonly kind: "shape"; readonly name: string; readonly shape: ObjectShape }
  /** Described by nobody: known by the way that leads to it. */
  | {
    readonly kind: "path";
    readonly name: string;
    readonly depth: number;
    /** What its members give, by their names in lower case. */
    readonly results: Map<string, ObjectType>;
  }
  | { readonly kind: "class"; readonly name: string; readonly info: ClassInfo };

type Types = readonly ObjectType[];
type Variables = Map<string, ObjectType[]>;

interface ClassInfo {
  readonly declaration: ClassDeclaration;
  readonly fields: Variables;
  readonly fieldNames: ReadonlySet<string>;
  /** By name; the accessors of a property share theirs. */
  readonly procedures: ReadonlyMap<string, readonly ProcedureInfo[]>;
}

interface ProcedureInfo {
  readonly scope: CodeScope;
  readonly variables: Variables;
  readonly classInfo: ClassInfo | undefined;
}

const NONE: Types = [];
/** A variable that is given more types than these has become a container of anything. */
const TYPES_MAX = 8;
/** `a.b.c.d`: more says nothing about what to replace. */
const PATH_DEPTH_MAX = 4;
/** Rounds of inference; each passes types on by at least one variable, and few scripts need more than three. */
const ROUNDS_MAX = 12;
const CODE_FUNCTIONS: ReadonlySet<string> = new Set(["execute", "executeglobal", "eval"]);

let vbscriptAlone: HostDescription | undefined;

class Walker {
  readonly #scope: ScriptScope;
  readonly #host: HostDescription;
  /** Whether what the host lacks is not there. */
  readonly #isComplete: boolean;
  readonly #types = new Map<ObjectShape | ClassInfo | string, ObjectType>();
  readonly #main: ProcedureInfo;
  readonly #procedures = new Map<string, ProcedureInfo>();
  readonly #classes = new Map<string, ClassInfo>();
  /** Variables that always hold one text, as a ProgID that is named first and used later. */
  readonly #texts = new Map<Variables, Map<string, string | undefined>>();
  /** Undeclared names that occur as values: VBScript makes them variables, so that `name(…)` is no call. */
  readonly #bareNames = new Set<string>();
  #changed = false;

  // What a round finds.
  #progIds: ProgIdUse[] = [];
  #members: MemberUse[] = [];
  #functions: (FunctionUse & { readonly unresolved: string | undefined })[] = [];
  #runsCode: FunctionUse[] = [];

  // Where the walk is.
  #current: ProcedureInfo;
  #at: Position = { line: 1, column: 1 };
  #withs: Types[] = [];

  constructor(scope: ScriptScope, host: HostDescription | undefined) {
    this.#scope = scope;
    this.#host = host ?? (vbscriptAlone ??= describeHost());
    this.#isComplete = host !== undefined;
    this.#main = this.#current = { scope: scope.main, variables: new Map(), classInfo: undefined };
    for (const [name, code] of scope.procedures) {
      this.#procedures.set(name, { scope: code, variables: new Map(), classInfo: undefined });
    }
    for (const [name, { declaration, members }] of scope.classes) {
      const procedures = new Map<string, ProcedureInfo[]>();
      const info: ClassInfo = {
        declaration,
        fields: new Map(),
        fieldNames: new Set(declaration.fields.map((field) => field.name)),
        procedures,
      };
      for (const code of members) {
        const known = procedures.get(code.procedure!.name) ?? [];
        procedures.set(code.procedure!.name, [
          ...known,
          { scope: code, variables: new Map(), classInfo: info },
        ]);
      }
      this.#classes.set(name, info);
    }
  }

  inventory(path: string): ScriptInventory {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      this.#changed = false;
      this.#progIds = [];
      this.#members = [];
      this.#functions = [];
      this.#runsCode = [];
      this.#code(this.#main);
      for (const procedure of this.#procedures.values()) this.#code(procedure);
      for (const { procedures } of this.#classes.values()) {
        for (const accessors of procedures.values()) accessors.forEach((accessor) => this.#code(accessor));
      }
      if (!this.#changed) break;
    }
    const functions = this.#functions.filter(({ unresolved }) =>
      unresolved === undefined || !this.#bareNames.has(unresolved)
    );
    return {
      path,
      compileError: undefined,
      progIds: this.#progIds.sort(byPlace),
      members: this.#members.sort(byPlace),
      functions: functions.map(({ unresolved: _, ...use }) => use).sort(byPlace),
      runsCode: this.#runsCode.sort(byPlace),
    };
  }

  // Statements.

  #code(procedure: ProcedureInfo): void {
    this.#current = procedure;
    this.#withs = [];
    this.#statements(procedure.scope.statements);
  }

  #statements(statements: readonly Statement[]): void {
    for (const statement of statements) {
      this.#at = statement.at;
      this.#statement(statement);
    }
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case "redim":
        for (const { target, bounds } of statement.arrays) {
          if (target.kind !== "name") this.#expression(target);
          for (const bound of bounds) this.#expression(bound);
        }
        return;
      case "erase":
        for (const target of statement.targets) this.#expression(target);
        return;
      case "assign":
        this.#assign(statement.target, statement.value);
        return;
      case "call":
        if (statement.target.kind === "name") this.#callName(statement.target, []);
        else this.#expression(statement.target);
        return;
      case "if":
        for (const { condition, at, body } of statement.branches) {
          this.#at = at;
          this.#expression(condition);
          this.#statements(body);
        }
        this.#statements(statement.otherwise ?? []);
        return;
      case "select":
        this.#expression(statement.selector);
        for (const { values, body } of statement.cases) {
          for (const { value, at } of values) {
            this.#at = at;
            this.#expression(value);
          }
          this.#statements(body);
        }
        this.#statements(statement.otherwise ?? []);
        return;
      case "for":
        this.#learnText(statement.variable.name, undefined);
        for (const part of [statement.from, statement.to, statement.step]) {
          if (part !== undefined) this.#expression(part);
        }
        this.#statements(statement.body);
        return;
      case "foreach": {
        const source = this.#expression(statement.source);
        const elements = source.flatMap((type) => this.#elementOf(type));
        if (statement.source.kind === "name") {
          elements.push(
            ...this.#variablesOf(statement.source.name).get(`${statement.source.name}()`) ?? NONE,
          );
        }
        this.#give(statement.variable.name, elements);
        this.#learnText(statement.variable.name, undefined);
        this.#statements(statement.body);
        return;
      }
      case "do":
        if (statement.condition !== undefined) this.#expression(statement.condition);
        this.#statements(statement.body);
        return;
      case "with":
        this.#withs.push(this.#expression(statement.object));
        this.#statements(statement.body);
        this.#withs.pop();
        return;
      case "dim":
      case "const":
      case "exit":
      case "onerror":
      case "stop":
        return;
    }
  }

  #assign(target: Expression, value: Expression): void {
    const types = this.#expression(value);
    if (target.kind === "name") {
      this.#give(target.name, types);
      this.#learnText(target.name, this.#constantText(value));
      return;
    }
    if (target.kind === "call" && target.callee.kind === "name" && this.#isVariable(target.callee.name)) {
      // An element of an array, or an item of a collection.
      for (const argument of target.args) if (argument !== undefined) this.#expression(argument);
      this.#give(target.callee.name, types, "()");
      return;
    }
    this.#expression(target);
    if (target.kind !== "member" || types.length === 0) return;
    const owners = target.object === undefined
      ? this.#withs.at(-1) ?? NONE
      : this.#quietly(() => this.#expression(target.object!));
    for (const owner of owners) {
      if (owner.kind === "class") this.#giveMember(owner.info, target.name, types);
    }
  }

  /** A field of a class, or the value that a Property Let or Set takes. */
  #giveMember(info: ClassInfo, name: string, types: Types): void {
    if (info.fieldNames.has(name)) this.#add(info.fields, name, types);
    for (const { scope, variables } of info.procedures.get(name) ?? []) {
      const { kind, parameters } = scope.procedure!;
      if (kind === "let" || kind === "set") this.#add(variables, parameters.at(-1)!.name, types);
    }
  }

  /** Evaluates once more what has been recorded already. */
  #quietly<T>(action: () => T): T {
    const kept = [this.#progIds, this.#members, this.#functions, this.#runsCode] as const;
    [this.#progIds, this.#members, this.#functions, this.#runsCode] = [[], [], [], []];
    try {
      return action();
    } finally {
      [this.#progIds, this.#members, this.#functions, this.#runsCode] = kept;
    }
  }

  // Variables.

  #isLocal({ scope }: ProcedureInfo, name: string): boolean {
    const isResult = scope.procedure?.name === name && scope.procedure.kind !== "sub";
    return isResult || scope.declared.has(name) || scope.constants.has(name);
  }

  #isGlobal(name: string): boolean {
    const { main } = this.#scope;
    return main.declared.has(name) || main.constants.has(name) ||
      (main.assigned.has(name) && this.#mayBecomeVariable(name));
  }

  /** Whether a name stands for a variable here, be it an implicit one. */
  #isVariable(name: string): boolean {
    return this.#isLocal(this.#current, name) || (this.#current.classInfo?.fieldNames.has(name) ?? false) ||
      this.#isGlobal(name) || (this.#current.scope.assigned.has(name) && this.#mayBecomeVariable(name));
  }

  /** Whether an assignment makes a variable of a name; to one that exists otherwise it is an error. */
  #mayBecomeVariable(name: string): boolean {
    return !this.#procedures.has(name) && this.#host.intrinsic(name) === undefined;
  }

  /** Where the types of a variable are kept. */
  #variablesOf(name: string): Variables {
    const current = this.#current;
    if (this.#isLocal(current, name)) return current.variables;
    if (current.classInfo?.fieldNames.has(name)) return current.classInfo.fields;
    return this.#isGlobal(name) ? this.#main.variables : current.variables;
  }

  #give(name: string, types: Types, suffix = ""): void {
    if (types.length > 0) this.#add(this.#variablesOf(name), name + suffix, types);
  }

  /** Keeps the text of a variable that is never given another one; undefined is any other value. */
  #learnText(name: string, text: string | undefined): void {
    const variables = this.#variablesOf(name);
    let texts = this.#texts.get(variables);
    if (texts === undefined) this.#texts.set(variables, texts = new Map());
    const isParameter = this.#current.scope.procedure?.parameters.some((parameter) =>
      parameter.name === name
    );
    const learned = isParameter || (texts.has(name) && texts.get(name) !== text) ? undefined : text;
    if (texts.get(name) !== learned) this.#changed = true;
    texts.set(name, learned);
  }

  #add(variables: Variables, name: string, types: Types): void {
    if (types.length === 0) return;
    let known = variables.get(name);
    if (known === undefined) variables.set(name, known = []);
    for (const type of types) {
      if (known.length >= TYPES_MAX || known.includes(type)) continue;
      known.push(type);
      this.#changed = true;
    }
  }

  // Expressions: each gives the types of the object that it may be.

  #expression(expression: Expression): Types {
    if (expression.kind !== "binary") return this.#operand(expression);
    // Chains of operators may be long, and lean to the left.
    let left: Expression = expression;
    for (; left.kind === "binary"; left = left.left) this.#expression(left.right);
    this.#operand(left);
    return NONE;
  }

  #operand(expression: Expression): Types {
    switch (expression.kind) {
      case "name":
        return this.#name(expression);
      case "member":
      case "call":
        return this.#chain(expression);
      case "parenthesized":
        return this.#expression(expression.inner);
      case "unary":
        this.#expression(expression.operand);
        return NONE;
      case "new":
        return this.#new(expression);
      case "me":
        return this.#current.classInfo === undefined ? NONE : [this.#classType(this.#current.classInfo)];
      case "binary":
        return this.#expression(expression);
      case "literal":
        return NONE;
    }
  }

  #new({ name, spelling }: Expression & { kind: "new" }): Types {
    const info = this.#classes.get(name);
    if (info !== undefined) return [this.#classType(info)];
    // RegExp is the one class that VBScript has.
    const shape = name === "regexp" ? this.#host.progId("VBScript.RegExp") : undefined;
    const supported = shape !== undefined ? true : this.#scope.usesCode ? undefined : false;
    this.#progIds.push({
      ...this.#at,
      progId: shape?.name ?? spelling,
      via: "New",
      supported,
      nearest: shape === undefined ? nearest(name, [...this.#classes.keys(), "RegExp"]) : undefined,
    });
    return shape === undefined ? NONE : [this.#shapeType(shape)];
  }

  /** A name that stands without parentheses. */
  #name({ name, spelling, at }: Expression & { kind: "name" }): Types {
    if (this.#isVariable(name)) return this.#variablesOf(name).get(name) ?? NONE;
    const procedures = this.#current.classInfo?.procedures.get(name) ?? this.#own(name);
    if (procedures !== undefined) return this.#call(procedures, []);
    const intrinsic = this.#host.intrinsic(name);
    if (intrinsic === "function") return this.#function(name, spelling, [], at);
    if (intrinsic === "object") return [this.#shapeType(this.#host.object(name)!)];
    if (intrinsic === "constant") return NONE;
    if (name === "wscript") return [this.#pathType("WScript", 1)];
    this.#bareNames.add(name);
    return this.#variablesOf(name).get(name) ?? NONE;
  }

  #own(name: string): readonly ProcedureInfo[] | undefined {
    const procedure = this.#procedures.get(name);
    return procedure === undefined ? undefined : [procedure];
  }

  /** Members, calls and indices one after the other, from the left. */
  #chain(expression: Expression): Types {
    const links: (Expression & { kind: "member" | "call" })[] = [];
    let root: Expression | undefined = expression;
    while (root !== undefined && (root.kind === "member" || root.kind === "call")) {
      links.push(root);
      root = root.kind === "member" ? root.object : root.callee;
    }
    links.reverse();
    const at = root?.kind === "name" ? root.at : this.#at;
    let types: Types;
    let index = 0;
    const [first] = links;
    if (root === undefined) types = this.#withs.at(-1) ?? NONE;
    else if (root.kind === "name" && first?.kind === "call") {
      types = this.#callName(root, first.args);
      index = 1;
    } else types = this.#operand(root);
    for (; index < links.length; index++) {
      const link = links[index]!;
      if (link.kind === "member") {
        const next = links[index + 1];
        const args = next?.kind === "call" ? next.args : undefined;
        types = this.#member(types, link, args, at);
        if (args !== undefined) index++;
      } else {
        for (const argument of link.args) if (argument !== undefined) this.#expression(argument);
        types = types.flatMap((type) => this.#itemOf(type));
      }
      // Each link could multiply them otherwise.
      if (types.length > 1) types = [...new Set(types)].slice(0, TYPES_MAX);
    }
    return types;
  }

  #arguments(args: readonly Argument[]): Types[] {
    return args.map((argument) => argument === undefined ? NONE : this.#expression(argument));
  }

  /** `name(args)`, or a statement that is a name alone. */
  #callName(callee: Expression & { kind: "name" }, args: readonly Argument[]): Types {
    const { name, spelling, at } = callee;
    const procedures = this.#current.classInfo?.procedures.get(name) ?? this.#own(name);
    // Within a function its name is its result, but with arguments a call.
    const isRecursion = this.#current.scope.procedure?.name === name && procedures !== undefined;
    if (!isRecursion && this.#isVariable(name)) {
      this.#arguments(args);
      const variables = this.#variablesOf(name);
      const items = (variables.get(name) ?? NONE).flatMap((type) => this.#itemOf(type));
      return [...items, ...variables.get(`${name}()`) ?? NONE];
    }
    if (procedures !== undefined) return this.#call(procedures, args);
    const intrinsic = this.#host.intrinsic(name);
    if (intrinsic === "function") return this.#function(name, spelling, args, at);
    this.#arguments(args);
    if (intrinsic === "object") return this.#itemOf(this.#shapeType(this.#host.object(name)!));
    if (intrinsic === "constant" || name === "wscript") return NONE;
    this.#functions.push({
      ...at,
      name: spelling,
      supported: this.#scope.usesCode || !this.#isComplete ? undefined : false,
      nearest: this.#host.nearestFunction(name),
      unresolved: name,
    });
    return (this.#variablesOf(name).get(name) ?? NONE).flatMap((type) => this.#itemOf(type));
  }

  /** Calls a procedure of the script, or one of the accessors of a property. */
  #call(targets: readonly ProcedureInfo[], args: readonly Argument[]): Types {
    const given = this.#arguments(args);
    const results: ObjectType[] = [];
    for (const { scope, variables } of targets) {
      const { name, kind, parameters } = scope.procedure!;
      parameters.forEach((parameter, index) => {
        const argument = args[index];
        this.#add(variables, parameter.name, given[index] ?? NONE);
        // By reference a variable gets what the procedure puts into its parameter.
        if (argument?.kind === "name" && !parameter.byValue) {
          this.#give(argument.name, variables.get(parameter.name) ?? NONE);
        }
      });
      if (kind !== "sub") results.push(...variables.get(name) ?? NONE);
    }
    return results;
  }

  #function(name: string, spelling: string, args: readonly Argument[], at: Position): Types {
    this.#arguments(args);
    const use: FunctionUse = {
      ...at,
      name: this.#host.functionName(name) ?? spelling,
      supported: this.#host.hasFunction(name) ? true : this.#isComplete ? false : undefined,
      nearest: undefined,
    };
    this.#functions.push({ ...use, unresolved: undefined });
    if (CODE_FUNCTIONS.has(name)) this.#runsCode.push(use);
    if (name === "createobject" || name === "getobject") return this.#create(use.name, name, args, at);
    return NONE;
  }

  #member(
    types: Types,
    { name, spelling }: Expression & { kind: "member" },
    args: readonly Argument[] | undefined,
    at: Position,
  ): Types {
    const own = types.filter((type) => type.kind === "class");
    if (own.length === 0) this.#arguments(args ?? []);
    const ownResults = own.flatMap((type) => this.#classMember(type.info, name, args ?? []));
    if (types.length > 0 && own.length === types.length) return ownResults;
    const others = own.length === 0 ? types : types.filter((type) => type.kind !== "class");
    const withMember = others.length === 1
      ? others
      : others.filter((type) => type.kind === "shape" && type.shape.member(name) !== undefined);
    const relevant = withMember.length > 0 ? withMember : others;
    this.#recordMember(relevant[0], name, spelling, at, own.length > 0);
    const isHost = relevant.some((type) => type.name === "WScript");
    if (isHost && (name === "createobject" || name === "getobject")) {
      return this.#create(
        `WScript.${name === "getobject" ? "GetObject" : "CreateObject"}`,
        name,
        args ?? [],
        at,
      );
    }
    return [...ownResults, ...relevant.flatMap((type) => this.#resultOf(type, name, spelling, args))];
  }

  /** One occurrence counts once, though a variable may have several types. */
  #recordMember(
    type: ObjectType | undefined,
    name: string,
    spelling: string,
    at: Position,
    mayBeOwn: boolean,
  ): void {
    const known = type?.kind === "shape" ? type.shape.member(name) : undefined;
    let supported: boolean | undefined;
    if (type?.kind === "shape") supported = known !== undefined;
    else if (type?.kind === "path" && this.#isComplete) supported = false;
    this.#members.push({
      ...at,
      object: type?.name,
      member: known?.name ?? spelling,
      supported: mayBeOwn && supported === false ? undefined : supported,
      nearest: type?.kind === "shape" && known === undefined
        ? nearest(name, type.shape.memberNames)
        : undefined,
    });
  }

  #classMember(info: ClassInfo, name: string, args: readonly Argument[]): Types {
    if (!info.fieldNames.has(name)) return this.#call(info.procedures.get(name) ?? [], args);
    this.#arguments(args);
    const types = info.fields.get(name) ?? NONE;
    return args.length === 0 ? types : types.flatMap((type) => this.#itemOf(type));
  }

  #resultOf(type: ObjectType, name: string, spelling: string, args: readonly Argument[] | undefined): Types {
    if (type.kind === "path") return this.#deeper(type, spelling);
    const member: MemberShape | undefined = type.kind === "shape" ? type.shape.member(name) : undefined;
    if (member?.result === undefined) return NONE;
    const result = this.#shapeType(member.result);
    return args === undefined || args.length === 0 || member.takesArguments ? [result] : this.#itemOf(result);
  }

  /** What `object(args)` gives. */
  #itemOf(type: ObjectType): Types {
    if (type.kind === "path") return this.#deeper(type, "Item");
    if (type.kind === "class") {
      const accessors = [...type.info.procedures.values()].find((procedures) =>
        procedures.some(({ scope }) => scope.procedure!.isDefault)
      );
      return accessors === undefined ? NONE : this.#call(accessors, []);
    }
    const { element, defaultMember } = type.shape;
    if (defaultMember === undefined) return element === undefined ? NONE : [this.#shapeType(element)];
    return defaultMember.result === undefined ? NONE : [this.#shapeType(defaultMember.result)];
  }

  /** What For Each over an object gives. */
  #elementOf(type: ObjectType): Types {
    if (type.kind === "path") return this.#deeper(type, "Item");
    if (type.kind === "class" || type.shape.element === undefined) return NONE;
    return [this.#shapeType(type.shape.element)];
  }

  /** The object that CreateObject or GetObject gives. */
  #create(via: string, name: string, args: readonly Argument[], at: Position): Types {
    const isCreate = name === "createobject";
    const [first, second] = args.slice(0, 2).map((argument) => this.#constantText(argument));
    const named = isCreate || args[1] === undefined ? first : second;
    // `GetObject("winmgmts:\\.\root")`: what stands before the colon says who answers; one letter is a drive.
    const moniker = isCreate || args[1] !== undefined ? undefined : named ?? this.#leadingText(args[0]);
    const scheme = /^[a-z][\w.+-]+:/i.exec(moniker ?? "")?.[0];
    const text = scheme ?? named?.trim();
    const shape = text === undefined ? undefined : this.#host.progId(text);
    const isMoniker = scheme !== undefined && this.#host.hasMoniker(scheme);
    const isServed = isCreate || (via === "GetObject" ? this.#host.hasFunction("getobject") : undefined);
    let supported: boolean | undefined;
    if (!isCreate && this.#host.hasMoniker()) {
      const isKnown = isMoniker || (shape !== undefined && args[1] !== undefined);
      supported = text === undefined ? undefined : isKnown;
    } else if (isServed === false && this.#isComplete) supported = false;
    else if (shape !== undefined) supported = isCreate ? true : undefined;
    else if (text !== undefined && this.#isComplete) supported = isCreate ? false : undefined;
    this.#progIds.push({
      ...at,
      progId: shape?.name ?? text,
      via,
      supported,
      nearest: shape === undefined && text !== undefined ? this.#host.nearestProgId(text) : undefined,
    });
    if (isMoniker) return NONE;
    // CreateObject(progId, prefix) and the like end here; the object is the same.
    if (shape !== undefined) return [this.#shapeType(shape)];
    return text === undefined || text === "" ? NONE : [this.#pathType(text, 1)];
  }

  /** The text of a literal, of a constant, or of such joined together. */
  #constantText(argument: Argument): string | undefined {
    let text = "";
    let rest = argument;
    for (; rest?.kind === "binary" && (rest.operator === "&" || rest.operator === "+"); rest = rest.left) {
      const right = this.#constantPart(rest.right);
      if (right === undefined) return undefined;
      text = right + text;
    }
    const left = this.#constantPart(rest);
    return left === undefined ? undefined : left + text;
  }

  /** What a text begins with: `"winmgmts:\\\\" & computer` names its server even so. */
  #leadingText(argument: Argument): string | undefined {
    let first = argument;
    while (first?.kind === "parenthesized" || first?.kind === "binary") {
      if (first.kind === "parenthesized") first = first.inner;
      else if (first.operator === "&" || first.operator === "+") first = first.left;
      else return undefined;
    }
    return this.#constantPart(first);
  }

  #constantPart(expression: Argument): string | undefined {
    if (expression?.kind === "parenthesized") return this.#constantText(expression.inner);
    if (expression?.kind === "name") {
      const { name } = expression;
      const { constants } = this.#current.scope;
      const constant = constants.get(name) ?? this.#scope.main.constants.get(name);
      if (constant === undefined) return this.#texts.get(this.#variablesOf(name))?.get(name);
      return typeof constant.value === "string" ? constant.value : undefined;
    }
    const value = expression?.kind === "literal" ? expression.value : undefined;
    return typeof value === "string" ? value : undefined;
  }

  // Types: each is one object, so that sets of them can compare by identity.

  #shapeType(shape: ObjectShape): ObjectType {
    return this.#intern(shape, () => ({ kind: "shape", name: shape.name, shape }));
  }

  #classType(info: ClassInfo): ObjectType {
    return this.#intern(info, () => ({ kind: "class", name: info.declaration.spelling, info }));
  }

  #pathType(name: string, depth: number): ObjectType {
    return this.#intern(name.toLowerCase(), () => ({ kind: "path", name, depth, results: new Map() }));
  }

  #deeper({ name, depth, results }: ObjectType & { kind: "path" }, member: string): Types {
    if (depth >= PATH_DEPTH_MAX) return NONE;
    const key = member.toLowerCase();
    let type = results.get(key);
    if (type === undefined) results.set(key, type = this.#pathType(`${name}.${member}`, depth + 1));
    return [type];
  }

  #intern(key: ObjectShape | ClassInfo | string, make: () => ObjectType): ObjectType {
    let type = this.#types.get(key);
    if (type === undefined) this.#types.set(key, type = make());
    return type;
  }
}

function byPlace(a: ScriptUse, b: ScriptUse): number {
  return a.line - b.line || a.column - b.column;
}

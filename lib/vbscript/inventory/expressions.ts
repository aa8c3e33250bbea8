/** Finds what the expressions of a script use, and which objects they give. @module */
import { nearest } from "../../automation/nearest.ts";
import type { Position } from "../errors.ts";
import type { Argument, Expression } from "../syntax_tree.ts";
import { constantText, leadingText, trailingText } from "./constant_text.ts";
import type { HostDescription, MemberShape } from "./host_description.ts";
import { type Names, TYPES_MAX } from "./names.ts";
import {
  type ClassInfo,
  NONE,
  type ObjectType,
  ObjectTypes,
  type ProcedureInfo,
  type Types,
} from "./object_types.ts";
import { Findings, type FunctionUse } from "./uses.ts";

const CODE_FUNCTIONS: ReadonlySet<string> = new Set(["execute", "executeglobal", "eval"]);

/** What expressions are looked at with. */
export interface ScriptParts {
  readonly names: Names;
  readonly host: HostDescription;
  /** Whether what the host lacks is not there. */
  readonly isComplete: boolean;
  /** Whether the script runs code that it makes. */
  readonly usesCode: boolean;
}

/** Walks expressions; each gives the types of the object that it may be. */
export class ExpressionWalker {
  /** Where the statement is, for what has no place of its own. */
  at: Position = { line: 1, column: 1 };
  /** The objects of the With statements around, the innermost last. */
  withs: Types[] = [];
  /** Undeclared names that occur as values: VBScript makes them variables, so that `name(…)` is no call. */
  readonly bareNames = new Set<string>();
  #found = new Findings();
  readonly #types = new ObjectTypes();
  readonly #names: Names;
  readonly #host: HostDescription;
  readonly #isComplete: boolean;
  readonly #usesCode: boolean;

  constructor({ names, host, isComplete, usesCode }: ScriptParts) {
    this.#names = names;
    this.#host = host;
    this.#isComplete = isComplete;
    this.#usesCode = usesCode;
  }

  /** What an action finds. */
  findings(action: () => void): Findings {
    const around = this.#found;
    const found = this.#found = new Findings();
    try {
      action();
    } finally {
      this.#found = around;
    }
    return found;
  }

  /** What an expression gives whose uses are found already. */
  again(expression: Expression): Types {
    let types = NONE;
    this.findings(() => types = this.walk(expression));
    return types;
  }

  /** Finds the uses in an expression. */
  walk(expression: Expression): Types {
    if (expression.kind !== "binary") return this.#operand(expression);
    // Chains of operators may be long, and lean to the left.
    let left: Expression = expression;
    for (; left.kind === "binary"; left = left.left) this.walk(left.right);
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
        return this.walk(expression.inner);
      case "unary":
        this.walk(expression.operand);
        return NONE;
      case "new":
        return this.#new(expression);
      case "me":
        return this.#names.current.classInfo === undefined
          ? NONE
          : [this.#types.class(this.#names.current.classInfo)];
      case "binary":
        return this.walk(expression);
      case "literal":
        return NONE;
    }
  }

  #new({ name, spelling }: Expression & { kind: "new" }): Types {
    const info = this.#names.classes.get(name);
    if (info !== undefined) return [this.#types.class(info)];
    // RegExp is the one class that VBScript has.
    const shape = name === "regexp" ? this.#host.progId("VBScript.RegExp") : undefined;
    const supported = shape !== undefined ? true : this.#usesCode ? undefined : false;
    this.#found.progIds.push({
      ...this.at,
      progId: shape?.name ?? spelling,
      via: "New",
      supported,
      nearest: shape === undefined ? nearest(name, [...this.#names.classes.keys(), "RegExp"]) : undefined,
    });
    return shape === undefined ? NONE : [this.#types.shape(shape)];
  }

  /** A name that stands without parentheses. */
  #name({ name, spelling, at }: Expression & { kind: "name" }): Types {
    if (this.#names.isVariable(name)) return this.#names.variablesOf(name).get(name) ?? NONE;
    const procedures = this.#names.proceduresOf(name);
    if (procedures !== undefined) return this.#call(procedures, []);
    const intrinsic = this.#host.intrinsic(name);
    if (intrinsic === "function") return this.#function(name, spelling, [], at);
    if (intrinsic === "object") return [this.#types.shape(this.#host.object(name)!)];
    if (intrinsic === "constant") return NONE;
    if (name === "wscript") return [this.#types.path("WScript", 1)];
    this.bareNames.add(name);
    return this.#names.variablesOf(name).get(name) ?? NONE;
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
    const at = root?.kind === "name" ? root.at : this.at;
    let types: Types;
    let index = 0;
    const [first] = links;
    if (root === undefined) types = this.withs.at(-1) ?? NONE;
    else if (root.kind === "name" && first?.kind === "call") {
      types = this.callName(root, first.args);
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
        for (const argument of link.args) if (argument !== undefined) this.walk(argument);
        types = types.flatMap((type) => this.#itemOf(type));
      }
      // Each link could multiply them otherwise.
      if (types.length > 1) types = [...new Set(types)].slice(0, TYPES_MAX);
    }
    return types;
  }

  #arguments(args: readonly Argument[]): Types[] {
    return args.map((argument) => argument === undefined ? NONE : this.walk(argument));
  }

  /** `name(args)`, or a statement that is a name alone. */
  callName(callee: Expression & { kind: "name" }, args: readonly Argument[]): Types {
    const { name, spelling, at } = callee;
    const procedures = this.#names.proceduresOf(name);
    // Within a function its name is its result, but with arguments a call.
    const isRecursion = this.#names.current.scope.procedure?.name === name && procedures !== undefined;
    if (!isRecursion && this.#names.isVariable(name)) {
      this.#arguments(args);
      const variables = this.#names.variablesOf(name);
      const items = (variables.get(name) ?? NONE).flatMap((type) => this.#itemOf(type));
      return [...items, ...variables.get(`${name}()`) ?? NONE];
    }
    if (procedures !== undefined) return this.#call(procedures, args);
    const intrinsic = this.#host.intrinsic(name);
    if (intrinsic === "function") return this.#function(name, spelling, args, at);
    this.#arguments(args);
    if (intrinsic === "object") return this.#itemOf(this.#types.shape(this.#host.object(name)!));
    if (intrinsic === "constant" || name === "wscript") return NONE;
    this.#found.functions.push({
      ...at,
      name: spelling,
      supported: this.#usesCode || !this.#isComplete ? undefined : false,
      nearest: this.#host.nearestFunction(name),
      unresolved: name,
    });
    return (this.#names.variablesOf(name).get(name) ?? NONE).flatMap((type) => this.#itemOf(type));
  }

  /** Calls a procedure of the script, or one of the accessors of a property. */
  #call(targets: readonly ProcedureInfo[], args: readonly Argument[]): Types {
    const given = this.#arguments(args);
    const results: ObjectType[] = [];
    for (const { scope, variables } of targets) {
      const { name, kind, parameters } = scope.procedure!;
      parameters.forEach((parameter, index) => {
        const argument = args[index];
        this.#names.add(variables, parameter.name, given[index] ?? NONE);
        // By reference a variable gets what the procedure puts into its parameter.
        if (argument?.kind === "name" && !parameter.byValue) {
          this.#names.give(argument.name, variables.get(parameter.name) ?? NONE);
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
    this.#found.functions.push(use);
    if (CODE_FUNCTIONS.has(name)) this.#found.runsCode.push(use);
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
    this.#found.members.push({
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
    if (type.kind === "path") return this.#types.deeper(type, spelling);
    const member: MemberShape | undefined = type.kind === "shape" ? type.shape.member(name) : undefined;
    if (member?.result === undefined) return NONE;
    const result = this.#types.shape(member.result);
    return args === undefined || args.length === 0 || member.takesArguments ? [result] : this.#itemOf(result);
  }

  /** What `object(args)` gives. */
  #itemOf(type: ObjectType): Types {
    if (type.kind === "path") return this.#types.deeper(type, "Item");
    if (type.kind === "class") {
      const accessors = [...type.info.procedures.values()].find((procedures) =>
        procedures.some(({ scope }) => scope.procedure!.isDefault)
      );
      return accessors === undefined ? NONE : this.#call(accessors, []);
    }
    const { element, defaultMember } = type.shape;
    if (defaultMember === undefined) return element === undefined ? NONE : [this.#types.shape(element)];
    return defaultMember.result === undefined ? NONE : [this.#types.shape(defaultMember.result)];
  }

  /** What For Each over an object gives. */
  elementOf(type: ObjectType): Types {
    if (type.kind === "path") return this.#types.deeper(type, "Item");
    if (type.kind === "class" || type.shape.element === undefined) return NONE;
    return [this.#types.shape(type.shape.element)];
  }

  /** The object that CreateObject or GetObject gives. */
  #create(via: string, name: string, args: readonly Argument[], at: Position): Types {
    const isCreate = name === "createobject";
    const [first, second] = args.slice(0, 2).map((argument) => constantText(argument, this.#names));
    const named = isCreate || args[1] === undefined ? first : second;
    // `GetObject("winmgmts:\\.\root")`: what stands before the colon says who answers; one letter is a drive.
    const moniker = isCreate || args[1] !== undefined
      ? undefined
      : named ?? leadingText(args[0], this.#names);
    const scheme = /^[a-z][\w.+-]+:/i.exec(moniker ?? "")?.[0];
    // `"winmgmts:\\" & computer & "\root\default:StdRegProv"`: the host may have that class alone.
    const className = scheme && /.:(\w+)$/.exec(named ?? trailingText(args[0], this.#names) ?? "")?.[1];
    const classShape = className && this.#host.progId(scheme + className);
    const text = classShape ? classShape.name : scheme ?? named?.trim();
    const shape = text === undefined ? undefined : this.#host.progId(text);
    const isMoniker = !classShape && scheme !== undefined && this.#host.hasMoniker(scheme);
    const isServed = isCreate || (via === "GetObject" ? this.#host.hasFunction("getobject") : undefined);
    let supported: boolean | undefined;
    if (!isCreate && this.#host.hasMoniker()) {
      const isKnown = isMoniker || (shape !== undefined && (args[1] !== undefined || scheme !== undefined));
      supported = text === undefined ? undefined : isKnown;
    } else if (isServed === false && this.#isComplete) supported = false;
    else if (shape !== undefined) supported = isCreate ? true : undefined;
    else if (text !== undefined && this.#isComplete) supported = isCreate ? false : undefined;
    this.#found.progIds.push({
      ...at,
      progId: shape?.name ?? text,
      via,
      supported,
      nearest: shape === undefined && text !== undefined ? this.#host.nearestProgId(text) : undefined,
    });
    if (isMoniker) return NONE;
    // CreateObject(progId, prefix) and the like end here; the object is the same.
    if (shape !== undefined) return [this.#types.shape(shape)];
    return text === undefined || text === "" ? NONE : [this.#types.path(text, 1)];
  }
}

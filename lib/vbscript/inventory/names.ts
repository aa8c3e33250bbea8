/** What the names of a script stand for, and what its variables were given. @module */
import type { CodeScope, ScriptScope } from "../scopes.ts";
import type { HostDescription } from "./host_description.ts";
import type { ClassInfo, ProcedureInfo, Types, Variables } from "./object_types.ts";

/** A variable that is given more types than these has become a container of anything. */
export const TYPES_MAX = 8;

/** The names of one script, as they are seen from where the walk is. */
export class Names {
  /** The procedure that the walk is in. */
  current: ProcedureInfo;
  /** Whether something was learnt. */
  changed = false;
  readonly procedures = new Map<string, ProcedureInfo>();
  readonly classes = new Map<string, ClassInfo>();
  readonly #main: ProcedureInfo;
  readonly #scope: ScriptScope;
  readonly #host: HostDescription;
  /** Variables that always hold one text, as a ProgID that is named first and used later. */
  readonly #texts = new Map<Variables, Map<string, string | undefined>>();

  constructor(scope: ScriptScope, host: HostDescription) {
    this.#scope = scope;
    this.#host = host;
    this.#main = this.current = procedureInfo(scope.main);
    for (const [name, code] of scope.procedures) this.procedures.set(name, procedureInfo(code));
    for (const [name, { declaration, members }] of scope.classes) {
      const procedures = new Map<string, ProcedureInfo[]>();
      const fieldNames = new Set(declaration.fields.map((field) => field.name));
      const info: ClassInfo = { declaration, fields: new Map(), fieldNames, procedures };
      for (const code of members) {
        const known = procedures.get(code.procedure!.name);
        const accessor = procedureInfo(code, info);
        if (known === undefined) procedures.set(code.procedure!.name, [accessor]);
        else known.push(accessor);
      }
      this.classes.set(name, info);
    }
  }

  /** All code of the script: its main code, its procedures, the members of its classes. */
  *code(): Generator<ProcedureInfo> {
    yield this.#main;
    yield* this.procedures.values();
    for (const { procedures } of this.classes.values()) {
      for (const accessors of procedures.values()) yield* accessors;
    }
  }

  /** The procedures of a name as this code sees it; the accessors of a property share theirs. */
  proceduresOf(name: string): readonly ProcedureInfo[] | undefined {
    const own = this.current.classInfo?.procedures.get(name);
    if (own !== undefined) return own;
    const procedure = this.procedures.get(name);
    return procedure === undefined ? undefined : [procedure];
  }

  /** Whether a name stands for a variable here, be it an implicit one. */
  isVariable(name: string): boolean {
    return this.#isLocal(this.current, name) || (this.current.classInfo?.fieldNames.has(name) ?? false) ||
      this.#isGlobal(name) || (this.current.scope.assigned.has(name) && this.#mayBecomeVariable(name));
  }

  /** Where the types of a variable are kept. */
  variablesOf(name: string): Variables {
    const current = this.current;
    if (this.#isLocal(current, name)) return current.variables;
    if (current.classInfo?.fieldNames.has(name)) return current.classInfo.fields;
    return this.#isGlobal(name) ? this.#main.variables : current.variables;
  }

  /** Adds to what a variable may hold, or its elements, where the suffix is `()`. */
  give(name: string, types: Types, suffix = ""): void {
    if (types.length > 0) this.add(this.variablesOf(name), name + suffix, types);
  }

  /** Keeps the text of a variable that is never given another one; undefined is any other value. */
  learnText(name: string, text: string | undefined): void {
    const variables = this.variablesOf(name);
    let texts = this.#texts.get(variables);
    if (texts === undefined) this.#texts.set(variables, texts = new Map());
    const isParameter = this.current.scope.procedure?.parameters.some((parameter) => parameter.name === name);
    const learned = isParameter || (texts.has(name) && texts.get(name) !== text) ? undefined : text;
    if (texts.get(name) !== learned) this.changed = true;
    texts.set(name, learned);
  }

  /** Adds to what a variable of another procedure, or a field, may hold. */
  add(variables: Variables, name: string, types: Types): void {
    if (types.length === 0) return;
    let known = variables.get(name);
    if (known === undefined) variables.set(name, known = []);
    for (const type of types) {
      if (known.length >= TYPES_MAX || known.includes(type)) continue;
      known.push(type);
      this.changed = true;
    }
  }

  /** The text that a name always stands for: a constant, or a variable that is given no other. */
  textOf(name: string): string | undefined {
    const constant = this.current.scope.constants.get(name) ?? this.#scope.main.constants.get(name);
    if (constant === undefined) return this.#texts.get(this.variablesOf(name))?.get(name);
    return typeof constant.value === "string" ? constant.value : undefined;
  }

  #isLocal({ scope }: ProcedureInfo, name: string): boolean {
    const isResult = scope.procedure?.name === name && scope.procedure.kind !== "sub";
    return isResult || scope.declared.has(name) || scope.constants.has(name);
  }

  #isGlobal(name: string): boolean {
    const { main } = this.#scope;
    return main.declared.has(name) || main.constants.has(name) ||
      (main.assigned.has(name) && this.#mayBecomeVariable(name));
  }

  /** Whether an assignment makes a variable of a name; to one that exists otherwise it is an error. */
  #mayBecomeVariable(name: string): boolean {
    return !this.procedures.has(name) && this.#host.intrinsic(name) === undefined;
  }
}

function procedureInfo(scope: CodeScope, classInfo?: ClassInfo): ProcedureInfo {
  return { scope, variables: new Map(), classInfo };
}

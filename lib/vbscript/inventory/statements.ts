/** Goes through the statements of a script, and learns what they give to its variables. @module */
import type { Expression, Statement } from "../syntax_tree.ts";
import { constantText } from "./constant_text.ts";
import type { ExpressionWalker } from "./expressions.ts";
import type { Names } from "./names.ts";
import { type ClassInfo, NONE, type ProcedureInfo, type Types } from "./object_types.ts";

/** Walks statements. */
export class StatementWalker {
  readonly #names: Names;
  readonly #expressions: ExpressionWalker;

  constructor(names: Names, expressions: ExpressionWalker) {
    this.#names = names;
    this.#expressions = expressions;
  }

  /** Goes through a procedure, or the main code. */
  code(procedure: ProcedureInfo): void {
    this.#names.current = procedure;
    this.#expressions.withs = [];
    this.#statements(procedure.scope.statements);
  }

  #statements(statements: readonly Statement[]): void {
    for (const statement of statements) {
      this.#expressions.at = statement.at;
      this.#statement(statement);
    }
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case "redim":
        for (const { target, bounds } of statement.arrays) {
          if (target.kind !== "name") this.#expressions.walk(target);
          for (const bound of bounds) this.#expressions.walk(bound);
        }
        return;
      case "erase":
        for (const target of statement.targets) this.#expressions.walk(target);
        return;
      case "assign":
        this.#assign(statement.target, statement.value);
        return;
      case "call":
        if (statement.target.kind === "name") this.#expressions.callName(statement.target, []);
        else this.#expressions.walk(statement.target);
        return;
      case "if":
        for (const { condition, at, body } of statement.branches) {
          this.#expressions.at = at;
          this.#expressions.walk(condition);
          this.#statements(body);
        }
        this.#statements(statement.otherwise ?? []);
        return;
      case "select":
        this.#expressions.walk(statement.selector);
        for (const { values, body } of statement.cases) {
          for (const { value, at } of values) {
            this.#expressions.at = at;
            this.#expressions.walk(value);
          }
          this.#statements(body);
        }
        this.#statements(statement.otherwise ?? []);
        return;
      case "for":
        this.#names.learnText(statement.variable.name, undefined);
        for (const part of [statement.from, statement.to, statement.step]) {
          if (part !== undefined) this.#expressions.walk(part);
        }
        this.#statements(statement.body);
        return;
      case "foreach": {
        const source = this.#expressions.walk(statement.source);
        const elements = source.flatMap((type) => this.#expressions.elementOf(type));
        if (statement.source.kind === "name") {
          elements.push(
            ...this.#names.variablesOf(statement.source.name).get(`${statement.source.name}()`) ?? NONE,
          );
        }
        this.#names.give(statement.variable.name, elements);
        this.#names.learnText(statement.variable.name, undefined);
        this.#statements(statement.body);
        return;
      }
      case "do":
        if (statement.condition !== undefined) this.#expressions.walk(statement.condition);
        this.#statements(statement.body);
        return;
      case "with":
        this.#expressions.withs.push(this.#expressions.walk(statement.object));
        this.#statements(statement.body);
        this.#expressions.withs.pop();
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
    const types = this.#expressions.walk(value);
    if (target.kind === "name") {
      this.#names.give(target.name, types);
      this.#names.learnText(target.name, constantText(value, this.#names));
      return;
    }
    if (
      target.kind === "call" && target.callee.kind === "name" && this.#names.isVariable(target.callee.name)
    ) {
      // An element of an array, or an item of a collection.
      for (const argument of target.args) if (argument !== undefined) this.#expressions.walk(argument);
      this.#names.give(target.callee.name, types, "()");
      return;
    }
    this.#expressions.walk(target);
    if (target.kind !== "member" || types.length === 0) return;
    const owners = target.object === undefined
      ? this.#expressions.withs.at(-1) ?? NONE
      : this.#expressions.again(target.object);
    for (const owner of owners) {
      if (owner.kind === "class") this.#giveMember(owner.info, target.name, types);
    }
  }

  /** A field of a class, or the value that a Property Let or Set takes. */
  #giveMember(info: ClassInfo, name: string, types: Types): void {
    if (info.fieldNames.has(name)) this.#names.add(info.fields, name, types);
    for (const { scope, variables } of info.procedures.get(name) ?? []) {
      const { kind, parameters } = scope.procedure!;
      if (kind === "let" || kind === "set") this.#names.add(variables, parameters.at(-1)!.name, types);
    }
  }
}

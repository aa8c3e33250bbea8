/** Instructions that decide what is done: templates, loops, choices and variables (XSLT 1.0, sections 5, 6, 8, 9, 11). @module */
import { type Value, XPathError } from "../xpath/value.ts";
import { Expression, type Focus } from "../xpath/expression.ts";
import {
  childrenOf,
  type Content,
  type GlobalVariable,
  type Instruction,
  type Machine,
  type Parameters,
  Scope,
  type Task,
} from "./machine.ts";
import { xsltError } from "./names.ts";
import type { Template } from "./rules.ts";
import { sorted, type SortKey } from "./sorting.ts";
import type { XmlNode } from "../tree.ts";

/** What a variable or parameter is made of. */
export interface Binding {
  readonly name: string;
  readonly select?: Expression;
  readonly content: Content;
}

/** Leaves it to do to find out what a binding is, and to use it. */
function bind(
  { select, content }: Binding,
  scope: Scope,
  machine: Machine,
  use: (value: Value) => void,
): void {
  if (select !== undefined) use(select.evaluate(scope));
  else machine.captureTree(content, scope, use);
}

/** Leaves it to do to find out parameters, and then to use them. */
function withParameters(
  bindings: readonly Binding[],
  scope: Scope,
  machine: Machine,
  use: (parameters: Parameters | undefined) => void,
): void {
  if (bindings.length === 0) return use(undefined);
  const parameters = new Map<string, Value>();
  if (bindings.every(({ select }) => select !== undefined)) {
    for (const { name, select } of bindings) parameters.set(name, select!.evaluate(scope));
    return use(parameters);
  }
  machine.push(new Then(() => use(parameters)));
  for (const binding of bindings.toReversed()) {
    machine.push(
      new Then(() => bind(binding, scope, machine, (value) => parameters.set(binding.name, value))),
    );
  }
}

/** Something to do once. */
class Then implements Task {
  constructor(readonly work: () => void) {}

  step(machine: Machine): void {
    machine.pop();
    this.work();
  }
}

/** `xsl:apply-templates`. */
export class ApplyTemplates implements Instruction {
  constructor(
    /** Undefined for all children. */
    readonly select: Expression | undefined,
    readonly mode: string,
    readonly sortKeys: readonly SortKey[],
    readonly parameters: readonly Binding[],
  ) {}

  execute(scope: Scope, machine: Machine): void {
    const { mode } = this;
    const { depth } = scope.template;
    withParameters(this.parameters, scope, machine, (parameters) => {
      const nodes = sorted(this.select?.nodes(scope) ?? childrenOf(scope.node), this.sortKeys, scope);
      machine.applyTemplates(nodes, { mode, depth, ...(parameters === undefined ? {} : { parameters }) });
    });
  }
}

/** `xsl:call-template`. */
export class CallTemplate implements Instruction {
  constructor(readonly template: Template, readonly parameters: readonly Binding[]) {}

  execute(scope: Scope, machine: Machine): void {
    const { node, position, size, template } = scope;
    const depth = machine.deeper(template.depth);
    withParameters(this.parameters, scope, machine, (parameters) => {
      const locals = new Array<Value>(this.template.slots);
      machine.pushContent(
        this.template.content,
        new Scope(machine, node, position, size, locals, {
          mode: template.mode,
          depth,
          ...(template.rule === undefined ? {} : { rule: template.rule }),
          ...(parameters === undefined ? {} : { parameters }),
        }),
      );
    });
  }
}

/** `xsl:apply-imports`. */
export class ApplyImports implements Instruction {
  constructor(readonly element: XmlNode) {}

  execute(scope: Scope, machine: Machine): void {
    const { node, position, size, template: { rule, mode, depth } } = scope;
    if (rule === undefined) throw xsltError("Within xsl:for-each there is no template rule", this.element);
    const imported = machine.stylesheet.rules.findImported(node, mode, machine.patternScope, rule);
    const locals = new Array<Value>(imported?.template.slots ?? 0);
    machine.follow(
      imported,
      new Scope(machine, node, position, size, locals, {
        mode,
        depth: machine.deeper(depth),
        ...(imported === undefined ? {} : { rule: imported }),
      }),
    );
  }
}

/** `xsl:for-each`. */
export class ForEach implements Instruction {
  constructor(
    readonly select: Expression,
    readonly sortKeys: readonly SortKey[],
    readonly content: Content,
  ) {}

  execute(scope: Scope, machine: Machine): void {
    const nodes = sorted(this.select.nodes(scope), this.sortKeys, scope);
    if (nodes.length > 0 && this.content.instructions.length > 0) {
      machine.push(new Loop(nodes, this.content, scope));
    }
  }
}

/** Content for nodes, one after the other. */
class Loop implements Task {
  #next = 0;
  readonly #template: Scope["template"];

  constructor(readonly nodes: readonly XmlNode[], readonly content: Content, readonly scope: Scope) {
    const { mode, depth } = scope.template;
    this.#template = { mode, depth };
  }

  step(machine: Machine): void {
    const { nodes, scope: { locals } } = this;
    const node = nodes[this.#next++]!;
    if (this.#next === nodes.length) machine.pop();
    machine.pushContent(
      this.content,
      new Scope(machine, node, this.#next, nodes.length, locals, this.#template),
    );
  }
}

/** `xsl:if` and `xsl:choose`: what the first test that is true says. */
export class Choose implements Instruction {
  constructor(readonly branches: readonly { readonly test?: Expression; readonly content: Content }[]) {}

  execute(scope: Scope, machine: Machine): void {
    const branch = this.branches.find(({ test }) => test === undefined || test.boolean(scope));
    if (branch !== undefined) machine.pushContent(branch.content, scope);
  }
}

/** `xsl:variable` in a template. */
export class SetVariable implements Instruction {
  constructor(readonly slot: number, readonly binding: Binding) {}

  execute(scope: Scope, machine: Machine): void {
    bind(this.binding, scope, machine, (value) => scope.locals[this.slot] = value);
  }
}

/** `xsl:param` in a template. */
export class SetParameter implements Instruction {
  constructor(readonly slot: number, readonly binding: Binding) {}

  execute(scope: Scope, machine: Machine): void {
    const given = scope.template.parameters?.get(this.binding.name);
    if (given !== undefined) scope.locals[this.slot] = given;
    else bind(this.binding, scope, machine, (value) => scope.locals[this.slot] = value);
  }
}

/** Attributes of named sets, one set after the other (section 7.1.4). */
export class UseAttributeSets implements Instruction {
  constructor(readonly sets: readonly AttributeSet[]) {}

  execute(scope: Scope, machine: Machine): void {
    for (const { content, slots } of this.sets.toReversed()) {
      const { node, position, size, template } = scope;
      machine.pushContent(
        content,
        new Scope(machine, node, position, size, new Array<Value>(slots), {
          mode: "",
          depth: template.depth,
        }),
      );
    }
  }
}

/** What an `xsl:attribute-set` makes; filled when all style sheets are read. */
export interface AttributeSet {
  content: Content;
  slots: number;
}

/** A variable of the template in which an expression stands. */
export class LocalVariable extends Expression {
  readonly type = "any";
  readonly usesPosition = false;

  constructor(readonly name: string, readonly slot: number) {
    super();
  }

  override evaluate(focus: Focus): Value {
    const value = (focus.environment as Scope).locals[this.slot];
    if (value === undefined) throw new XPathError(`The variable $${this.name} has no value yet`);
    return value;
  }
}

/** A variable of the style sheet. */
export class GlobalReference extends Expression {
  readonly type = "any";
  readonly usesPosition = false;

  constructor(readonly variable: GlobalVariable) {
    super();
  }

  override evaluate(focus: Focus): Value {
    return (focus.environment as Scope).machine.globalValue(this.variable);
  }
}

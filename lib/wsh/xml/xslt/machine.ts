/**
 * Runs instructions.
 *
 * Theory of operation. What is still to be done is a list of tasks in memory, and not the calls of this program: a template
 * that calls itself 100,000 times deep needs memory and no stack. An instruction does its work, or puts tasks on the list
 * for what is in it. The last instruction of a list leaves nothing of that list behind, so that a template that ends in a
 * call of itself needs no memory either; what never ends is found out by counting.
 *
 * @module
 */
import { NODE, type XmlDocument, type XmlNode } from "../tree.ts";
import { isXPathNode } from "../xpath/axes.ts";
import type { Environment, Expression, Focus } from "../xpath/expression.ts";
import { stringOfNode, TreeFragment, type Value } from "../xpath/value.ts";
import type { ExtensionObjects } from "./extensions.ts";
import { KeyIndex } from "./keys.ts";
import { xsltError } from "./names.ts";
import { NamespacesInScope } from "./namespaces.ts";
import { type Result, TagAssembler, TextCapture } from "./result.ts";
import type { TemplateRule } from "./rules.ts";
import type { Stylesheet } from "./stylesheet.ts";
import { TreeWriter } from "./tree_writer.ts";

/** Something that is left to do. */
export interface Task {
  /** Does some of it; takes itself off the list when nothing is left. */
  step(machine: Machine): void;
}

/** An element of a style sheet that does something. */
export interface Instruction {
  execute(scope: Scope, machine: Machine): void;
}

/** Instructions that follow each other. */
export interface Content {
  readonly instructions: readonly Instruction[];
  /** The text that they make, where they make nothing else. */
  readonly text?: Expression;
}

/** Parameters that a template is called with, by name. */
export type Parameters = ReadonlyMap<string, Value>;

/** A variable or parameter of the style sheet itself. */
export interface GlobalVariable {
  readonly name: string;
  readonly isParameter: boolean;
  readonly select?: Expression;
  readonly content: Content;
  /** How many variables there are in its content. */
  readonly slots: number;
}

/** What a transformation needs beside style sheet and source. */
export interface MachineOptions {
  readonly parameters: Parameters;
  readonly objects: ExtensionObjects;
  /** Reads a document. @throws where it cannot */
  load(url: string, base: string): XmlDocument;
  checkInterrupted(): void;
}

/** Where an instruction is executed: the context of its expressions, and what is around it. */
export class Scope implements Focus, Environment {
  constructor(
    readonly machine: Machine,
    readonly node: XmlNode,
    readonly position: number,
    readonly size: number,
    readonly locals: Value[],
    readonly template: {
      /** The rule that is being followed; none in xsl:for-each. */
      readonly rule?: TemplateRule;
      readonly mode: string;
      readonly parameters?: Parameters;
      /** How many templates and loops it is in. */
      readonly depth: number;
    },
  ) {}

  get environment(): this {
    return this;
  }

  tick(): void {
    this.machine.tick();
  }
}

/** More than these are a template that calls itself for ever. */
const DEPTH_MAX = 1_000_000;
const TASKS_MAX = 600_000;
/** How much is done between two looks at whether the script shall end. */
const TICKS_PER_CHECK = 1024;

/** One transformation. */
export class Machine {
  result: Result;
  readonly keys: KeyIndex;
  readonly namespaces = new NamespacesInScope();
  /** At what patterns are matched. */
  readonly patternScope: Scope;
  readonly #tasks: Task[] = [];
  readonly #numbers = new Map<object, Map<XmlNode, number>>();
  readonly #globals = new Map<GlobalVariable, Value | undefined>();
  readonly #documents = new Map<string, XmlDocument>();
  #ticks = 0;

  constructor(
    readonly stylesheet: Stylesheet,
    readonly source: XmlNode,
    result: Result,
    readonly options: MachineOptions,
  ) {
    this.result = result;
    this.patternScope = this.freshScope(source, 0);
    this.keys = new KeyIndex(stylesheet.keys, this.patternScope, (node) => this.freshScope(node, 0));
  }

  /** Counts work. @throws Interrupted when the script shall end */
  tick(): void {
    if (++this.#ticks % TICKS_PER_CHECK === 0) this.options.checkInterrupted();
  }

  /** A scope of nothing but a node. */
  freshScope(node: XmlNode, slots: number): Scope {
    return new Scope(this, node, 1, 1, new Array<Value>(slots), { mode: "", depth: 0 });
  }

  push(task: Task): void {
    if (this.#tasks.push(task) > TASKS_MAX) throw overflow();
  }

  /** Takes the last task off the list. */
  pop(): void {
    this.#tasks.pop();
  }

  /** Does all that is left, above what was there before. */
  run(floor = 0): void {
    const tasks = this.#tasks;
    while (tasks.length > floor) {
      this.tick();
      tasks[tasks.length - 1]!.step(this);
    }
  }

  /** Leaves instructions to do. */
  pushContent({ instructions }: Content, scope: Scope): void {
    if (instructions.length > 0) this.push(new Sequence(instructions, scope));
  }

  /** Leaves it to do to make a text of what instructions make, and to hand it on. */
  captureText(content: Content, scope: Scope, use: (text: string) => void): void {
    if (content.text !== undefined) return use(content.text.string(scope));
    const capture = new TextCapture();
    this.#capture(capture, content, scope, () => use(capture.content));
  }

  /** Leaves it to do to make a tree of what instructions make, and to hand it on. */
  captureTree(content: Content, scope: Scope, use: (fragment: TreeFragment | string) => void): void {
    if (content.instructions.length === 0) return use(""); // section 11.2
    const writer = new TreeWriter();
    const assembler = new TagAssembler(writer);
    this.#capture(assembler, content, scope, () => {
      assembler.finish();
      use(new TreeFragment(writer.root));
    });
  }

  #capture(result: Result, content: Content, scope: Scope, done: () => void): void {
    this.push(new Capture(this.result, done));
    this.result = result;
    this.pushContent(content, scope);
  }

  /** The value of a global variable, found out when it is first asked for. */
  globalValue(variable: GlobalVariable): Value {
    if (this.#globals.has(variable)) {
      const value = this.#globals.get(variable);
      if (value === undefined) throw xsltError(`The variable ${shown(variable.name)} is made of itself`);
      return value;
    }
    this.#globals.set(variable, undefined);
    const value = this.#evaluateGlobal(variable);
    this.#globals.set(variable, value);
    return value;
  }

  #evaluateGlobal({ name, isParameter, select, content, slots }: GlobalVariable): Value {
    const given = isParameter ? this.options.parameters.get(name) : undefined;
    if (given !== undefined) return given;
    const scope = this.freshScope(this.source, slots);
    if (select !== undefined) return select.evaluate(scope);
    let value: Value = "";
    const floor = this.#tasks.length;
    this.captureTree(content, scope, (made) => value = made);
    this.run(floor);
    return value;
  }

  /** The numbers that an xsl:number found, for the nodes that follow. */
  numbersOf(instruction: object): Map<XmlNode, number> {
    let numbers = this.#numbers.get(instruction);
    if (numbers === undefined) this.#numbers.set(instruction, numbers = new Map());
    return numbers;
  }

  /** A document, read once. */
  document(url: string, base: string): XmlDocument {
    const key = `${base}\n${url}`;
    let document = this.#documents.get(key);
    if (document === undefined) {
      document = this.options.load(url, base);
      for (const known of this.#documents.values()) {
        if (known.url === document.url && known.url !== "") document = known;
      }
      this.#documents.set(key, document);
    }
    return document;
  }

  /** Leaves it to do to apply templates to nodes. */
  applyTemplates(
    nodes: readonly XmlNode[],
    how: { mode: string; parameters?: Parameters; depth: number },
  ): void {
    if (nodes.length > 0) this.push(new Application(nodes, how));
  }

  /** Leaves it to do what a rule says of a node, or what is done without a rule (section 5.8). */
  follow(rule: TemplateRule | undefined, scope: Scope): void {
    if (rule !== undefined) return this.pushContent(rule.template.content, scope);
    const { node, template: { mode, depth } } = scope;
    switch (node.nodeType) {
      case NODE.element:
      case NODE.document:
      case NODE.fragment:
        return this.applyTemplates(childrenOf(node), { mode, depth });
      case NODE.text:
      case NODE.cdata:
      case NODE.attribute:
        return this.result.text(stringOfNode(node), false);
    }
  }

  /** How deep a template is that is begun at a depth. @throws AutomationError where it calls itself for ever */
  deeper(depth: number): number {
    if (depth >= DEPTH_MAX) throw overflow();
    return depth + 1;
  }
}

function overflow(): ReturnType<typeof xsltError> {
  return xsltError("The XSLT processor stack has overflowed - probable cause is infinite template recursion");
}

/** A name as the style sheet may have it. */
function shown(name: string): string {
  return `$${name.replace(/^\{\}/, "")}`;
}

/** Instructions that follow each other, from one on. */
class Sequence implements Task {
  #next = 0;

  constructor(readonly instructions: readonly Instruction[], readonly scope: Scope) {}

  step(machine: Machine): void {
    const instruction = this.instructions[this.#next++]!;
    if (this.#next === this.instructions.length) machine.pop();
    instruction.execute(this.scope, machine);
  }
}

/** Templates for nodes, one after the other. */
class Application implements Task {
  #next = 0;

  constructor(
    readonly nodes: readonly XmlNode[],
    readonly how: { readonly mode: string; readonly parameters?: Parameters; readonly depth: number },
  ) {}

  step(machine: Machine): void {
    const { nodes, how: { mode, parameters, depth } } = this;
    const node = nodes[this.#next++]!;
    if (this.#next === nodes.length) machine.pop();
    const inner = machine.deeper(depth);
    const rule = machine.stylesheet.rules.find(node, mode, machine.patternScope);
    machine.follow(
      rule,
      new Scope(machine, node, this.#next, nodes.length, new Array<Value>(rule?.template.slots ?? 0), {
        mode,
        depth: inner,
        ...(rule === undefined ? {} : { rule }),
        ...(parameters === undefined ? {} : { parameters }),
      }),
    );
  }
}

/** Puts the result back that was written to before. */
class Capture implements Task {
  constructor(readonly before: Result, readonly done: () => void) {}

  step(machine: Machine): void {
    machine.pop();
    machine.result = this.before;
    this.done();
  }
}

/** The children that templates are applied to where nothing is selected. */
export function childrenOf(node: XmlNode): readonly XmlNode[] {
  // The XML declaration and the document type are children of a document and no nodes of XPath.
  return node.nodeType === NODE.document ? node.childNodes.filter(isXPathNode) : node.childNodes;
}

/** Ends an element. */
export const END_ELEMENT: Task = {
  step(machine): void {
    machine.pop();
    machine.result.endElement();
  },
};

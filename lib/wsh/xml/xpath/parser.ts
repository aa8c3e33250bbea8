/** Makes expressions of texts (XPath 1.0, sections 2 and 3). @module */
import { NODE, type XmlNode } from "../tree.ts";
import { AXES, type AxisName, isXPathNode } from "./axes.ts";
import { type Expression, isPositional, Literal } from "./expression.ts";
import { CORE_FUNCTIONS, FunctionCall } from "./functions.ts";
import { type Token, tokensOf } from "./lexer.ts";
import { Arithmetic, Compared, type Comparison, Logical, Negation } from "./operators.ts";
import { Filter, Path, Root, Step, type StepTest, Union } from "./path.ts";
import { XPathError } from "./value.ts";

/** What the names in an expression mean where it stands. */
export interface StaticContext {
  /** The URI of a prefix. @throws for one that is not declared */
  namespace(prefix: string): string;
  /** A variable. @throws for one that there is not */
  variable(name: string): Expression;
  /** A call of a function that XPath itself does not have. @throws for one that there is not */
  call(name: string, args: readonly Expression[]): Expression;
  /** Whether a name without a prefix means that name in any namespace. */
  readonly anyNamespace?: boolean;
}

/** Reads an expression. @throws XPathError */
export function parseXPath(text: string, context: StaticContext): Expression {
  return new Parser(text, context).whole();
}

const NODE_TYPES = new Set(["comment", "text", "processing-instruction", "node"]);
/** Binary operators, those that bind least first. */
const LEVELS: readonly (readonly string[])[] = [
  ["or"],
  ["and"],
  ["=", "!="],
  ["<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "div", "mod"],
];

const ANY_NODE: StepTest = { matches: isXPathNode, priority: -0.5 };

class Parser {
  readonly #tokens: readonly Token[];
  readonly #context: StaticContext;
  #at = 0;

  constructor(text: string, context: StaticContext) {
    this.#tokens = tokensOf(text);
    this.#context = context;
  }

  whole(): Expression {
    const expression = this.#binary(0);
    if (this.#next.kind !== "end") throw this.#unexpected();
    return expression;
  }

  get #next(): Token {
    return this.#tokens[this.#at]!;
  }

  #is(text: string, ahead = 0): boolean {
    const token = this.#tokens[this.#at + ahead];
    return token !== undefined && (token.kind === "symbol" || token.kind === "operator") &&
      token.text === text;
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at++;
    return true;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw this.#unexpected(`"${text}" is wanted, `);
  }

  #unexpected(wanted = ""): XPathError {
    const { kind, text } = this.#next;
    return new XPathError(
      kind === "end" ? `${wanted}the expression ends too early` : `${wanted}"${text}" is not expected`,
    );
  }

  #binary(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#next.kind === "operator" && operators.includes(this.#next.text)) {
      const operator = this.#next.text;
      this.#at++;
      left = joined(operator, left, this.#binary(level + 1));
    }
    return left;
  }

  #unary(): Expression {
    let minuses = 0;
    while (this.#take("-")) minuses++;
    let operand = this.#union();
    for (; minuses > 0; minuses--) operand = new Negation(operand);
    return operand;
  }

  #union(): Expression {
    let left = this.#path();
    while (this.#take("|")) left = new Union(left, this.#path());
    return left;
  }

  #path(): Expression {
    if (this.#startsFilter()) {
      const base = this.#filter();
      if (!this.#is("/") && !this.#is("//")) return base;
      return this.#relative(base, []);
    }
    if (this.#take("/")) {
      return this.#startsStep() ? this.#steps(new Root(), []) : new Root();
    }
    if (this.#is("//")) return this.#relative(new Root(), []);
    return this.#steps(undefined, []);
  }

  #startsFilter(): boolean {
    const { kind, text } = this.#next;
    if (kind === "variable" || kind === "literal" || kind === "number" || this.#is("(")) return true;
    return kind === "name" && this.#is("(", 1) && !NODE_TYPES.has(text);
  }

  #startsStep(): boolean {
    const { kind } = this.#next;
    return kind === "name" || kind === "wildcard" || this.#is("@") || this.#is(".") || this.#is("..");
  }

  #filter(): Expression {
    const primary = this.#primary();
    const predicates = this.#predicates();
    return predicates.length === 0 ? primary : new Filter(primary, predicates);
  }

  #primary(): Expression {
    const { kind, text } = this.#next;
    this.#at++;
    switch (kind) {
      case "variable":
        return this.#context.variable(text);
      case "literal":
        return new Literal(text);
      case "number":
        return new Literal(Number(text));
      case "name":
        return this.#call(text);
    }
    const inner = this.#binary(0);
    this.#need(")");
    return inner;
  }

  #call(name: string): Expression {
    this.#need("(");
    const args: Expression[] = [];
    if (!this.#take(")")) {
      do args.push(this.#binary(0)); while (this.#take(","));
      this.#need(")");
    }
    const core = CORE_FUNCTIONS.get(name);
    return core === undefined ? this.#context.call(name, args) : new FunctionCall(name, core, args);
  }

  #predicates(): Expression[] {
    const predicates: Expression[] = [];
    while (this.#take("[")) {
      predicates.push(this.#binary(0));
      this.#need("]");
    }
    return predicates;
  }

  /** Steps after a start, at `/` or `//`. */
  #relative(start: Expression, steps: Step[]): Expression {
    if (this.#take("//")) steps.push(new Step("descendant-or-self", ANY_NODE, []));
    else this.#need("/");
    return this.#steps(start, steps);
  }

  #steps(start: Expression | undefined, steps: Step[]): Expression {
    steps.push(this.#step());
    while (this.#is("/") || this.#is("//")) {
      if (this.#take("//")) steps.push(new Step("descendant-or-self", ANY_NODE, []));
      else this.#at++;
      steps.push(this.#step());
    }
    return new Path(start, shortened(steps));
  }

  #step(): Step {
    if (this.#take(".")) return new Step("self", ANY_NODE, []);
    if (this.#take("..")) return new Step("parent", ANY_NODE, []);
    let axis: AxisName = "child";
    if (this.#take("@")) axis = "attribute";
    else if (this.#next.kind === "name" && this.#is("::", 1)) {
      const { text } = this.#next;
      if (!Object.hasOwn(AXES, text)) throw new XPathError(`There is no axis "${text}"`);
      axis = text as AxisName;
      this.#at += 2;
    }
    return new Step(axis, this.#test(axis), this.#predicates());
  }

  #test(axis: AxisName): StepTest {
    const { kind, text } = this.#next;
    if (kind !== "name" && kind !== "wildcard") throw this.#unexpected();
    this.#at++;
    if (kind === "name" && NODE_TYPES.has(text) && this.#take("(")) {
      const target = text === "processing-instruction" && this.#next.kind === "literal"
        ? this.#next.text
        : undefined;
      if (target !== undefined) this.#at++;
      this.#need(")");
      return typeTest(text, target);
    }
    return this.#nameTest(text, AXES[axis].principal);
  }

  #nameTest(name: string, nodeType: number): StepTest {
    if (name === "*") {
      return { matches: (node) => node.nodeType === nodeType, nodeType, priority: -0.5 };
    }
    const colon = name.indexOf(":");
    const uri = colon < 0 ? "" : this.#context.namespace(name.slice(0, colon));
    const localName = name.slice(colon + 1);
    if (localName === "*") {
      return {
        matches: (node) => node.nodeType === nodeType && node.namespaceURI === uri,
        nodeType,
        priority: -0.25,
      };
    }
    const matches = colon < 0 && this.#context.anyNamespace === true
      ? (node: XmlNode): boolean => node.nodeType === nodeType && node.localName === localName
      : (node: XmlNode): boolean =>
        node.nodeType === nodeType && node.localName === localName && node.namespaceURI === uri;
    return { matches, nodeType, localName, priority: 0 };
  }
}

function typeTest(type: string, target: string | undefined): StepTest {
  switch (type) {
    case "text":
      return {
        matches: ({ nodeType }) => nodeType === NODE.text || nodeType === NODE.cdata,
        priority: -0.5,
      };
    case "comment":
      return { matches: ({ nodeType }) => nodeType === NODE.comment, nodeType: NODE.comment, priority: -0.5 };
    case "node":
      return ANY_NODE;
  }
  return {
    matches: (node) =>
      node.nodeType === NODE.instruction && isXPathNode(node) && (target ?? node.nodeName) === node.nodeName,
    nodeType: NODE.instruction,
    priority: target === undefined ? -0.5 : 0,
  };
}

function joined(operator: string, left: Expression, right: Expression): Expression {
  switch (operator) {
    case "or":
    case "and":
      return new Logical(operator, left, right);
    case "+":
    case "-":
    case "*":
    case "div":
    case "mod":
      return new Arithmetic(operator, left, right);
  }
  return new Compared(operator as Comparison, left, right);
}

/** `//name` as one step over all below, where no predicate counts among the children of each. */
function shortened(steps: readonly Step[]): Step[] {
  const result: Step[] = [];
  for (const step of steps) {
    const last = result[result.length - 1];
    const isAbbreviated = last?.axis === "descendant-or-self" && last.test === ANY_NODE &&
      last.predicates.length === 0;
    if (isAbbreviated && step.axis === "child" && !step.predicates.some(isPositional)) {
      result[result.length - 1] = new Step("descendant", step.test, step.predicates);
    } else result.push(step);
  }
  return result;
}

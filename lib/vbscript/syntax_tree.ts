/** The tree of a script. Names are in lower case; `spelling` keeps them as written. @module */
import type { Variant } from "../automation/variant.ts";
import type { Position } from "./errors.ts";

/** Operators between two operands. */
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "\\"
  | "mod"
  | "^"
  | "&"
  | "="
  | "<>"
  | "<"
  | ">"
  | "<="
  | ">="
  | "is"
  | "and"
  | "or"
  | "xor"
  | "eqv"
  | "imp";

/** An argument; undefined where one is left out. */
export type Argument = Expression | undefined;

/** Expressions. */
export type Expression =
  | {
    readonly kind: "literal";
    readonly value: Variant;
    readonly form: "number" | "date" | "string" | "word";
  }
  | { readonly kind: "name"; readonly name: string; readonly spelling: string; readonly at: Position }
  | {
    readonly kind: "member";
    /** Undefined for `.name` inside With. */
    readonly object: Expression | undefined;
    readonly name: string;
    readonly spelling: string;
  }
  | { readonly kind: "call"; readonly callee: Expression; readonly args: readonly Argument[] }
  | { readonly kind: "unary"; readonly operator: "-" | "+" | "not"; readonly operand: Expression }
  | {
    readonly kind: "binary";
    readonly operator: BinaryOperator;
    readonly left: Expression;
    readonly right: Expression;
  }
  | { readonly kind: "parenthesized"; readonly inner: Expression }
  | { readonly kind: "new"; readonly name: string; readonly spelling: string }
  | { readonly kind: "me" };

/** The expressions that an expression is made of; none for a name or a literal. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "member":
      return expression.object === undefined ? [] : [expression.object];
    case "call":
      return [expression.callee, ...expression.args.filter((argument) => argument !== undefined)];
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "parenthesized":
      return [expression.inner];
    default:
      return [];
  }
}

/** A declared variable; `bounds` is undefined for a scalar, empty for `a()`. */
export interface Declarator {
  readonly name: string;
  readonly spelling: string;
  readonly bounds: readonly number[] | undefined;
  readonly at: Position;
}

/** A statement with its place. */
export type Statement = StatementBody & { readonly at: Position };

/** What stands in a statement. */
export type StatementBody =
  | { readonly kind: "dim"; readonly variables: readonly Declarator[] }
  | {
    readonly kind: "const";
    readonly constants: readonly { name: string; spelling: string; value: Variant }[];
  }
  | {
    readonly kind: "redim";
    readonly preserve: boolean;
    readonly arrays: readonly { target: Expression; bounds: readonly Expression[] }[];
  }
  | { readonly kind: "erase"; readonly targets: readonly Expression[] }
  | {
    readonly kind: "assign";
    readonly set: boolean;
    readonly target: Expression;
    readonly value: Expression;
  }
  | { readonly kind: "call"; readonly target: Expression }
  | {
    readonly kind: "if";
    readonly branches: readonly { condition: Expression; at: Position; body: readonly Statement[] }[];
    readonly otherwise: readonly Statement[] | undefined;
  }
  | {
    readonly kind: "select";
    readonly selector: Expression;
    readonly cases: readonly {
      values: readonly { value: Expression; at: Position }[];
      body: readonly Statement[];
    }[];
    readonly otherwise: readonly Statement[] | undefined;
  }
  | {
    readonly kind: "for";
    readonly variable: Expression & { kind: "name" };
    readonly from: Expression;
    readonly to: Expression;
    readonly step: Expression | undefined;
    readonly body: readonly Statement[];
    readonly endAt: Position;
  }
  | {
    readonly kind: "foreach";
    readonly variable: Expression & { kind: "name" };
    readonly source: Expression;
    readonly body: readonly Statement[];
    readonly endAt: Position;
  }
  | {
    readonly kind: "do";
    readonly condition: Expression | undefined;
    readonly until: boolean;
    readonly bottom: boolean;
    readonly body: readonly Statement[];
    readonly endAt: Position;
    /** Whether it was written as While … Wend, which Exit Do does not leave. */
    readonly isWhile: boolean;
  }
  | { readonly kind: "with"; readonly object: Expression; readonly body: readonly Statement[] }
  | { readonly kind: "exit"; readonly what: "do" | "for" | "sub" | "function" | "property" }
  | { readonly kind: "onerror"; readonly resume: boolean }
  | { readonly kind: "stop" };

/** A parameter. */
export interface Parameter {
  readonly name: string;
  readonly spelling: string;
  readonly byValue: boolean;
  readonly at: Position;
}

/** A Sub, Function or Property. */
export interface Procedure {
  readonly kind: "sub" | "function" | "get" | "let" | "set";
  readonly name: string;
  readonly spelling: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly isPublic: boolean;
  readonly isDefault: boolean;
  readonly at: Position;
  readonly endAt: Position;
}

/** A class. */
export interface ClassDeclaration {
  readonly name: string;
  readonly spelling: string;
  readonly fields: readonly (Declarator & { readonly isPublic: boolean })[];
  readonly procedures: readonly Procedure[];
  readonly at: Position;
}

/** A script, or what is handed to Execute. */
export interface Program {
  readonly optionExplicit: boolean;
  readonly statements: readonly Statement[];
  readonly procedures: readonly Procedure[];
  readonly classes: readonly ClassDeclaration[];
}

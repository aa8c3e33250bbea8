/** Attribute value templates (XSLT 1.0, section 7.6.2): texts with expressions in braces. @module */
import type { XmlNode } from "../tree.ts";
import { Expression, type Focus, Literal } from "../xpath/expression.ts";
import { xsltError } from "./names.ts";

/** Expressions whose texts follow each other. */
export class Joined extends Expression {
  readonly type = "string";
  readonly usesPosition: boolean;

  constructor(readonly parts: readonly Expression[]) {
    super();
    this.usesPosition = parts.some((part) => part.usesPosition);
  }

  override evaluate(focus: Focus): string {
    let text = "";
    for (const part of this.parts) text += part.string(focus);
    return text;
  }
}

/** Reads a template. @throws AutomationError for braces that do not match */
export function parseValueTemplate(
  text: string,
  parse: (expression: string) => Expression,
  element: XmlNode,
): Expression {
  const parts: Expression[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push(new Literal(plain));
    plain = "";
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character !== "{" && character !== "}") plain += character;
    else if (text[at + 1] === character) {
      plain += character;
      at++;
    } else if (character === "}") {
      throw xsltError(`"${text}" has a brace that closes nothing; }} is one`, element);
    } else {
      flush();
      const end = endOfExpression(text, at + 1);
      if (end < 0) throw xsltError(`"${text}" has a brace that is not closed; {{ is one`, element);
      parts.push(parse(text.slice(at + 1, end)));
      at = end;
    }
  }
  flush();
  if (parts.length === 0) return new Literal("");
  return parts.length === 1 ? parts[0]! : new Joined(parts);
}

/** Where the brace is that closes an expression: not one within a literal. */
function endOfExpression(text: string, start: number): number {
  let quote = "";
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "}") return at;
  }
  return -1;
}

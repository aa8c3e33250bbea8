/**
 * `selectNodes`, in the two languages that MSXML knows: XPath 1.0, and XSLPattern, which came before it and is what
 * documents of MSXML 3.0 speak unless they are told otherwise.
 *
 * An XSLPattern is rewritten as XPath. What differs: places count from 0, operators are spelled `$and$` or `&&`, some
 * functions have other names, and a name without a prefix means that name in any namespace.
 *
 * @module
 */
import { domError } from "./errors.ts";
import { namespaceOf, NODE, nodesOf, type XmlNode } from "./tree.ts";
import type { Environment } from "./xpath/expression.ts";
import { parseXPath } from "./xpath/parser.ts";
import { XPathError } from "./xpath/value.ts";

/** A selection is one short piece of work. */
const ENVIRONMENT: Environment = { tick: () => {} };

const OPERATORS: Readonly<Record<string, string>> = {
  $and$: " and ",
  $or$: " or ",
  "&&": " and ",
  "||": " or ",
  $eq$: "=",
  $ne$: "!=",
  $lt$: "<",
  $le$: "<=",
  $gt$: ">",
  $ge$: ">=",
  $any$: "",
  $union$: "|",
};

const FUNCTIONS: Readonly<Record<string, string>> = {
  "end()": "position()=last()",
  "index()": "(position()-1)",
  "nodeName()": "name()",
  "value()": ".",
  "textNode()": "text()",
  "cdata()": "text()",
  "pi()": "processing-instruction()",
  "element()": "*",
  "attribute()": "@*",
};

/** The nodes that an expression means, in the order of the document. */
export function selectNodes(expression: string, context: XmlNode): XmlNode[] {
  const { selectsByXPath, selectionNamespaces } = context.home.settings;
  try {
    const parsed = parseXPath(selectsByXPath ? expression : xpathOfPattern(expression), {
      namespace(prefix): string {
        const uri = selectionNamespaces.get(prefix) ??
          (selectsByXPath ? undefined : uriInDocument(prefix, context));
        if (uri === undefined) throw domError("XML_XMLNS_UNDEFINED", prefix);
        return uri;
      },
      variable(name): never {
        throw new XPathError(`There is no variable $${name}`);
      },
      call(name): never {
        throw new XPathError(`There is no function ${name}()`);
      },
      anyNamespace: !selectsByXPath,
    });
    const nodes = parsed.nodes({ node: context, position: 1, size: 1, environment: ENVIRONMENT });
    // To scripts, namespaces are attributes and no nodes of their own.
    return nodes.filter((node) => node.nodeType !== NODE.namespace);
  } catch (error) {
    if (!(error instanceof XPathError) && !(error instanceof RangeError)) throw error;
    const why = error instanceof RangeError ? "it is nested too deep" : error.message;
    throw domError("E_FAIL", `The expression cannot be evaluated: ${why}: ${expression}`);
  }
}

/** What a prefix stands for around the context, or else anywhere in its document. */
function uriInDocument(prefix: string, context: XmlNode): string | undefined {
  const near = namespaceOf(prefix, context);
  if (near !== undefined) return near;
  for (const node of nodesOf(context.home)) {
    if (node.prefix === prefix && node.namespaceURI !== "") return node.namespaceURI;
    const declared = node.attributes?.named(`xmlns:${prefix}`)?.nodeValue;
    if (declared !== undefined && declared !== null) return declared;
  }
  return undefined;
}

const TOKEN = /"[^"]*"|'[^']*'|\$[A-Za-z]+\$|&&|\|\||\[\s*-?\d+\s*\]|!=|!|[A-Za-z]+\(\s*\)|\s+|[^]/g;

/** An XSLPattern as XPath. */
export function xpathOfPattern(pattern: string): string {
  const tokens = pattern.match(TOKEN) ?? [];
  const parts: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const place = /^\[\s*(-?)(\d+)\s*\]$/.exec(token);
    if (place !== null) {
      const index = Number(place[2]);
      parts.push(place[1] === "" ? `[${index + 1}]` : index === 1 ? "[last()]" : `[last()-${index - 1}]`);
    } else if (token.toLowerCase() === "$not$") {
      const end = endOfOperand(tokens, at + 1);
      parts.push(`not(${xpathOfPattern(tokens.slice(at + 1, end).join(""))})`);
      at = end - 1;
    } else if (token.startsWith("$") && token.length > 1) {
      const operator = OPERATORS[token.toLowerCase()];
      if (operator === undefined) {
        throw domError(
          "E_FAIL",
          `The operator ${token} is not known here; XPath (setProperty "SelectionLanguage") has more`,
        );
      }
      parts.push(operator);
    } else if (token === "!") parts.push("/");
    else parts.push(OPERATORS[token] ?? FUNCTIONS[token.replace(/\s/g, "")] ?? token);
  }
  return parts.join("");
}

/** Where the operand of `$not$` ends: at what binds less, or at the end of what is around it. */
function endOfOperand(tokens: readonly string[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token === "(" || token === "[") depth++;
    else if ((token === ")" || token === "]") && depth-- === 0) return at;
    else if (depth === 0 && /^(?:\$and\$|\$or\$|&&|\|\|)$/i.test(token)) return at;
  }
  return tokens.length;
}

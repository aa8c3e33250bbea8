/**
 * `selectNodes`, in the two languages that MSXML knows: XPath 1.0, and XSLPattern, which came before it and is what
 * documents of MSXML 3.0 speak unless they are told otherwise.
 *
 * An XSLPattern is rewritten as XPath. What differs: places count from 0, operators are spelled `$and$` or `&&`, some
 * functions have other names, and a name without a prefix means that name in any namespace.
 *
 * @module
 */
// Named here with its version, and not in a map of imports: a program that imports mod.ts by its path has no such map.
// @deno-types="./xpath.d.ts"
import xpath from "npm:xpath@0.0.34";
import { AutomationError } from "../../automation/errors.ts";
import { domError } from "./errors.ts";
import { namespaceOf, NODE, nodesOf, XmlNode, XMLNS_NAMESPACE } from "./tree.ts";

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
    const parsed = xpath.parse(selectsByXPath ? expression : xpathOfPattern(expression));
    const nodes = parsed.evaluateNodeSet({
      node: context,
      namespaces: (prefix) => {
        const uri = selectionNamespaces.get(prefix) ??
          (selectsByXPath ? undefined : uriInDocument(prefix, context));
        if (uri === undefined) throw domError("XML_XMLNS_UNDEFINED", prefix);
        return uri;
      },
      allowAnyNamespaceForNoPrefix: !selectsByXPath,
    });
    // The library's own order is that of a tree which it builds for each list. Its namespace nodes are none of ours.
    return [...new Set(nodes.toUnsortedArray())]
      .filter((node): node is XmlNode =>
        node instanceof XmlNode && (node.nodeType !== NODE.attribute || node.namespaceURI !== XMLNS_NAMESPACE)
      )
      .sort((one, other) => one === other ? 0 : one.compareDocumentPosition(other) === 2 ? 1 : -1);
  } catch (error) {
    if (error instanceof AutomationError) throw error;
    const why = error instanceof RangeError ? "the document is too deep for it" : (error as Error).message;
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

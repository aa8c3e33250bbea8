/** The elements of XSLT 1.0 with their attributes (appendix B). @module */
import { type XmlNode, XSLT_NAMESPACE } from "../tree.ts";
import { attributeOf, isXslt, xsltError } from "./names.ts";

/** What is known of an element. */
export interface ElementDeclaration {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Whether it stands in templates. */
  readonly isInstruction: boolean;
}

function declaration(isInstruction: boolean, attributes: string): ElementDeclaration {
  const names = attributes.split(" ").filter((name) => name !== "");
  return {
    required: names.filter((name) => name.endsWith("!")).map((name) => name.slice(0, -1)),
    optional: names.filter((name) => !name.endsWith("!")),
    isInstruction,
  };
}

const instruction = (attributes: string): ElementDeclaration => declaration(true, attributes);
const other = (attributes: string): ElementDeclaration => declaration(false, attributes);

/** Elements by name; `!` stands behind attributes that are required. */
// deno-fmt-ignore -- a table: one row an element
export const XSLT_ELEMENTS: ReadonlyMap<string, ElementDeclaration> = new Map([
  ["apply-imports", instruction("")],
  ["apply-templates", instruction("select mode")],
  ["attribute", instruction("name! namespace")],
  ["attribute-set", other("name! use-attribute-sets")],
  ["call-template", instruction("name!")],
  ["choose", instruction("")],
  ["comment", instruction("")],
  ["copy", instruction("use-attribute-sets")],
  ["copy-of", instruction("select!")],
  ["decimal-format", other("name decimal-separator grouping-separator infinity minus-sign NaN percent per-mille zero-digit digit pattern-separator")],
  ["element", instruction("name! namespace use-attribute-sets")],
  ["fallback", instruction("")],
  ["for-each", instruction("select!")],
  ["if", instruction("test!")],
  ["import", other("href!")],
  ["include", other("href!")],
  ["key", other("name! match! use!")],
  ["message", instruction("terminate")],
  ["namespace-alias", other("stylesheet-prefix! result-prefix!")],
  ["number", instruction("level count from value format lang letter-value grouping-separator grouping-size")],
  ["otherwise", other("")],
  ["output", other("method version encoding omit-xml-declaration standalone doctype-public doctype-system cdata-section-elements indent media-type")],
  ["param", other("name! select")],
  ["preserve-space", other("elements!")],
  ["processing-instruction", instruction("name!")],
  ["sort", other("select lang data-type order case-order")],
  ["strip-space", other("elements!")],
  ["stylesheet", other("version! id extension-element-prefixes exclude-result-prefixes")],
  ["template", other("match name priority mode")],
  ["text", instruction("disable-output-escaping")],
  ["transform", other("version! id extension-element-prefixes exclude-result-prefixes")],
  ["value-of", instruction("select! disable-output-escaping")],
  ["variable", instruction("name! select")],
  ["when", other("test!")],
  ["with-param", other("name! select")],
]);

/** Looks at the attributes of an element of XSLT. @throws AutomationError for one that it does not have, or must have */
export function checkAttributes(element: XmlNode): void {
  const { required, optional } = XSLT_ELEMENTS.get(element.localName)!;
  for (const name of required) {
    if (attributeOf(element, name) === undefined) {
      throw xsltError(`The attribute ${name} is missing`, element);
    }
  }
  if (isForward(element)) return;
  for (const { namespaceURI, nodeName } of element.attributes!.list) {
    if (namespaceURI === "" && !required.includes(nodeName) && !optional.includes(nodeName)) {
      throw xsltError(`There is no attribute ${nodeName}`, element);
    }
  }
}

/** Whether an element is read as one of a version of XSLT that is not this one (section 2.5). */
export function isForward(element: XmlNode): boolean {
  for (let at: XmlNode | null = element; at !== null; at = at.parentNode) {
    const isOwn = isXslt(at);
    const version = at.attributes?.list.find((one) =>
      one.localName === "version" && one.namespaceURI === (isOwn ? "" : XSLT_NAMESPACE)
    );
    if (version !== undefined && (!isOwn || isXslt(at, "stylesheet") || isXslt(at, "transform"))) {
      return Number(version.nodeValue) !== 1;
    }
  }
  return false;
}

/** Names that style sheets are written in, and names with their namespaces as one text. @module */
import { domError } from "../errors.ts";
import { isName } from "../names.ts";
import { namespaceOf, type XmlNode, XSLT_NAMESPACE } from "../tree.ts";

/** The namespace of MSXML's own functions. */
export const MSXSL_NAMESPACE = "urn:schemas-microsoft-com:xslt";
/** The namespace of the draft that came before XSLT, which old style sheets are written in. */
export const DRAFT_NAMESPACE = "http://www.w3.org/TR/WD-xsl";
/** The namespace in which other processors have node-set. */
export const EXSLT_NAMESPACE = "http://exslt.org/common";

/** A name with its namespace: two that are equal are one name, whatever their prefixes. */
export function expandedName(uri: string, localName: string): string {
  return `{${uri}}${localName}`;
}

/** What a name in a style sheet means: without a prefix it is in no namespace (section 2.4). */
export function expandName(name: string, node: XmlNode): string {
  const trimmed = name.trim();
  if (!isName(trimmed)) throw xsltError(`"${name}" is no name`, node);
  const colon = trimmed.indexOf(":");
  return colon < 0
    ? expandedName("", trimmed)
    : expandedName(uriOfPrefix(trimmed.slice(0, colon), node), trimmed.slice(colon + 1));
}

/** What a prefix stands for in a style sheet. @throws AutomationError where it is not declared */
export function uriOfPrefix(prefix: string, node: XmlNode): string {
  const uri = namespaceOf(prefix, node);
  if (uri === undefined || uri === "") throw domError("XML_XMLNS_UNDEFINED", prefix);
  return uri;
}

/** The names in a list with white space between them. */
export function wordsOf(text: string | undefined): string[] {
  return (text ?? "").split(/[ \t\r\n]+/).filter((word) => word !== "");
}

/** What a style sheet or a transformation fails with; `node` is where in the style sheet. */
export function xsltError(what: string, node?: XmlNode): ReturnType<typeof domError> {
  return domError("E_FAIL", node === undefined ? what : `${what} (in <${node.nodeName}>)`);
}

/** The text of an attribute that is in no namespace. */
export function attributeOf(element: XmlNode, name: string): string | undefined {
  return element.attributes!.list.find((one) => one.localName === name && one.namespaceURI === "")
    ?.nodeValue ??
    undefined;
}

/** Whether a node is an element of XSLT, of that name if one is said. */
export function isXslt(node: XmlNode, name?: string): boolean {
  return node.namespaceURI === XSLT_NAMESPACE && node.attributes !== null &&
    (name === undefined || node.localName === name);
}

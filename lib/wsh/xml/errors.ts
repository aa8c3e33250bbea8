/** The errors of MSXML by the names of its SDK, and how they are raised. @module */
import { AutomationError } from "../../automation/errors.ts";

/** Numbers and sentences (MSXML SDK, "XML Error Messages"); `%1` and `%2` stand for names of the document. */
// deno-fmt-ignore -- a table: one row an error
const ERRORS = {
  XML_ENTITY_UNDEFINED: [0xc00ce002, "Reference to undefined entity '%1'."],
  XML_INFINITE_ENTITY_LOOP: [0xc00ce003, "Entity '%1' contains an infinite entity reference loop."],
  XML_EXTENT_IN_ATTR: [0xc00ce007, "Cannot reference an external general parsed entity '%1' in an attribute value."],
  XML_PARSING_ENTITY: [0xc00ce009, "Error while parsing entity '%1'. %2"],
  XML_XMLNS_RESERVED: [0xc00ce010, "Reserved namespace '%1' can not be redeclared."],
  XML_XMLNS_UNDEFINED: [0xc00ce01d, "Reference to undeclared namespace prefix: '%1'."],
  XML_NAMESPACE_URI_EMPTY: [0xc00ce027, "Only a default namespace can have an empty URI."],
  XML_BAD_ENCODING: [0xc00ce029, "Unable to save character to '%1' encoding."],
  XMLOM_DATATYPE_PARSE_ERROR: [0xc00ce201, "Error parsing '%1' as %2 datatype."],
  XMLOM_INVALIDTYPE: [0xc00ce208, "This operation can not be performed with a Node of type %1."],
  XMLOM_INVALID_INSERT_PARENT: [0xc00ce20a, "Inserting a Node or its ancestor under itself is not allowed."],
  XMLOM_INVALID_INSERT_POS: [0xc00ce20b, "Insert position Node must be a Child of the Node to insert under."],
  XMLOM_NOTCHILD: [0xc00ce20d, "The parameter Node is not a child of this Node."],
  XMLOM_CREATENODE_NEEDNAME: [0xc00ce20e, "createNode requires a name for given NodeType."],
  XMLOM_ATTRMOVE: [0xc00ce214, "Attributes must be removed before adding them to a different node."],
  XMLOM_BADVALUE: [0xc00ce215, "Invalid data for a node of type '%1'."],
  XMLOM_INVALID_INDEX: [0xc00ce218, "The offset must be 0 or a positive number that is not greater than the number of characters in the data."],
  XMLOM_INVALID_ATTR: [0xc00ce219, "The provided node is not a specified attribute on this node."],
  XMLOM_INVALID_DATATYPE: [0xc00ce21c, "Datatype '%1' is not supported."],
  XML_E_MISSINGEQUALS: [0xc00ce501, "Missing equals sign between attribute and attribute value."],
  XML_E_MISSINGQUOTE: [0xc00ce502, "A string literal was expected, but no opening quote character was found."],
  XML_E_COMMENTSYNTAX: [0xc00ce503, "Incorrect syntax was used in a comment."],
  XML_E_BADSTARTNAMECHAR: [0xc00ce504, "A name was started with an invalid character."],
  XML_E_BADNAMECHAR: [0xc00ce505, "A name contained an invalid character."],
  XML_E_BADCHARINSTRING: [0xc00ce506, "The character '<' cannot be used in an attribute value."],
  XML_E_XMLDECLSYNTAX: [0xc00ce507, "Invalid syntax for an xml declaration."],
  XML_E_BADCHARDATA: [0xc00ce508, "An invalid character was found in text content."],
  XML_E_MISSINGWHITESPACE: [0xc00ce509, "Required white space was missing."],
  XML_E_EXPECTINGTAGEND: [0xc00ce50a, "The character '>' was expected."],
  XML_E_BADCHARINDTD: [0xc00ce50b, "Invalid character found in DTD."],
  XML_E_MISSINGSEMICOLON: [0xc00ce50d, "A semi colon character was expected."],
  XML_E_UNEXPECTED_WHITESPACE: [0xc00ce513, "Whitespace is not allowed at this location."],
  XML_E_MULTIPLE_COLONS: [0xc00ce51c, "Multiple colons are not allowed in a name."],
  XML_E_INVALID_DECIMAL: [0xc00ce51d, "Invalid character for decimal digit."],
  XML_E_INVALID_HEXIDECIMAL: [0xc00ce51e, "Invalid character for hexidecimal digit."],
  XML_E_INVALID_UNICODE: [0xc00ce51f, "Invalid unicode character value for this platform."],
  XML_E_UNEXPECTEDENDTAG: [0xc00ce552, "End tag was not expected at this location."],
  XML_E_UNCLOSEDTAG: [0xc00ce553, "The following tags were not closed: %1."],
  XML_E_DUPLICATEATTRIBUTE: [0xc00ce554, "Duplicate attribute."],
  XML_E_MULTIPLEROOTS: [0xc00ce555, "Only one top level element is allowed in an XML document."],
  XML_E_INVALIDATROOTLEVEL: [0xc00ce556, "Invalid at the top level of the document."],
  XML_E_BADXMLDECL: [0xc00ce557, "Invalid xml declaration."],
  XML_E_MISSINGROOT: [0xc00ce558, "XML document must have a top level element."],
  XML_E_UNEXPECTEDEOF: [0xc00ce559, "Unexpected end of file."],
  XML_E_INVALID_CDATACLOSINGTAG: [0xc00ce55c, "The literal string ']]>' is not allowed in element content."],
  XML_E_UNCLOSEDPI: [0xc00ce55d, "Processing instruction was not closed."],
  XML_E_UNCLOSEDSTARTTAG: [0xc00ce55e, "Element was not closed."],
  XML_E_UNCLOSEDENDTAG: [0xc00ce55f, "End element was missing the character '>'."],
  XML_E_UNCLOSEDSTRING: [0xc00ce560, "A string literal was not closed."],
  XML_E_UNCLOSEDCOMMENT: [0xc00ce561, "A comment was not closed."],
  XML_E_UNCLOSEDDECL: [0xc00ce562, "A declaration was not closed."],
  XML_E_UNCLOSEDCDATA: [0xc00ce564, "A CDATA section was not closed."],
  XML_E_BADDECLNAME: [0xc00ce565, "Declaration has an invalid name."],
  XML_E_BADEXTERNALID: [0xc00ce566, "External ID is invalid."],
  XML_E_EXPECTING_VERSION: [0xc00ce569, "The 'version' attribute is required at this location."],
  XML_E_UNEXPECTED_ATTRIBUTE: [0xc00ce56c, "The specified attribute was not expected at this location. The attribute may be case sensitive."],
  XML_E_ENDTAGMISMATCH: [0xc00ce56d, "End tag '%2' does not match the start tag '%1'."],
  XML_E_INVALIDENCODING: [0xc00ce56e, "System does not support the specified encoding."],
  XML_E_INVALIDSWITCH: [0xc00ce56f, "Switch from current encoding to specified encoding not supported."],
  XML_E_BADXMLCASE: [0xc00ce576, "The name 'xml' is reserved and must be lower case."],
  XML_E_INVALID_STANDALONE: [0xc00ce579, "The standalone attribute must have the value 'yes' or 'no'."],
  XML_E_DOCTYPE_OUTSIDE_PROLOG: [0xc00ce57e, "Cannot have a DOCTYPE declaration outside of a prolog."],
  XML_E_INVALID_VERSION: [0xc00ce57f, "Invalid version number."],
  XML_E_DUPLICATEDOCTYPE: [0xc00ce581, "Cannot have multiple DOCTYPE declarations."],
  XML_E_DTDPROHIBITED: [0xc00ce584, "DTD is prohibited."],
  XML_E_MAX_ELEMENT_DEPTH: [0xc00ce586, "The document is nested deeper than MaxElementDepth allows."],
  INET_E_RESOURCE_NOT_FOUND: [0x800c0005, "The system cannot locate the resource specified."],
  INET_E_OBJECT_NOT_FOUND: [0x800c0006, "The system cannot locate the object specified."],
  E_FAIL: [0x80004005, "%1"],
} as const;

/** The name of an error of MSXML. */
export type XmlErrorName = keyof typeof ERRORS;

/** Number (signed) and sentence of an error. */
export function xmlError(name: XmlErrorName, ...names: readonly string[]): { code: number; message: string } {
  const [code, sentence] = ERRORS[name];
  return {
    code: code | 0,
    message: sentence.replace(/%([12])/g, (_, place) => names[Number(place) - 1] ?? ""),
  };
}

/** What a call on a document or node raises. */
export function domError(name: XmlErrorName, ...names: readonly string[]): AutomationError {
  const { code, message } = xmlError(name, ...names);
  return new AutomationError(code, message.replace(/\.$/, ""), { source: "msxml3.dll", hresultName: name });
}

/** What a call raises that would need a schema. */
export function noValidation(member: string): AutomationError {
  return new AutomationError(
    0x800a01bd, // 445
    `Object doesn't support this action: there is no validation here, so ${member} cannot tell (check it with xmllint)`,
    { source: "msxml3.dll" },
  );
}

/** What ends the parsing of a text; it becomes the parseError of the document. */
export class XmlSyntaxError extends Error {
  override readonly name = "XmlSyntaxError";
  /** Signed, as parseError.errorCode has it. */
  readonly code: number;

  /** @param offset where in the text, from 0; −1 for the text as a whole. */
  constructor(which: XmlErrorName, readonly offset: number, ...names: readonly string[]) {
    const { code, message } = xmlError(which, ...names);
    super(message);
    this.code = code;
  }
}

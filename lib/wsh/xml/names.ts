/** Characters and names of XML 1.0 (fifth edition, 2.2 and 2.3; Namespaces in XML, 3). @module */

const NC_NAME_START =
  "A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D" +
  "\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}";
const NC_NAME_REST = `${NC_NAME_START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040`;
/** A name without a colon, as a part of a regular expression with the flag `u`. */
export const NC_NAME = `[${NC_NAME_START}][${NC_NAME_REST}]*`;
/** A name, as a part of a regular expression with the flag `u`. */
export const NAME = `[:${NC_NAME_START}][:${NC_NAME_REST}]*`;
const WHOLE_NAME = new RegExp(`^${NAME}$`, "u");
const NAME_STARTS = new RegExp(`^[:${NC_NAME_START}]`, "u");
/** A character that XML does not have. */
// deno-lint-ignore no-control-regex -- these are what XML does not have
export const BAD_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]/u;

/** Whether a text can be the name of an element. */
export function isName(text: string): boolean {
  return WHOLE_NAME.test(text) && !/^:|:$|:.*:/.test(text);
}

/** Whether a text begins as names do. */
export function startsName(text: string): boolean {
  return NAME_STARTS.test(text);
}

/** Which part of a name is wrong. */
export function nameError(
  text: string,
): "XML_E_BADSTARTNAMECHAR" | "XML_E_BADNAMECHAR" | "XML_E_MULTIPLE_COLONS" {
  if (!startsName(text) || text.startsWith(":")) return "XML_E_BADSTARTNAMECHAR";
  return /:.*:/.test(text) ? "XML_E_MULTIPLE_COLONS" : "XML_E_BADNAMECHAR";
}

/** The character that a numeric reference stands for; undefined where XML has none of that number. */
export function characterOf(code: number): string | undefined {
  if (code > 0x10ffff) return undefined;
  const character = String.fromCodePoint(code);
  return BAD_CHARACTER.test(character) ? undefined : character;
}

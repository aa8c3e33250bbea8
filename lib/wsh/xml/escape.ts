/** Characters that mean something in XML or HTML, as references. @module */

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
  "\xa0": "&nbsp;",
};

/** What is special in the text of an element. */
export const TEXT_SPECIAL = /[&<>\r]/g;
/** What is special in the value of an attribute. */
export const ATTRIBUTE_SPECIAL = /[&<>"\t\n\r]/g;

/** A text with references for what is special, and for what the encoding does not have. */
export function escaped(
  text: string,
  special: RegExp,
  needsReference: ((character: string) => boolean) | undefined,
): string {
  const result = text.replace(special, (character) => REFERENCES[character]!);
  if (needsReference === undefined || /^[\0-\x7f]*$/.test(result)) return result;
  return result.replace(
    /[^\0-\x7f]/gu,
    (character) => needsReference(character) ? `&#${character.codePointAt(0)!};` : character,
  );
}

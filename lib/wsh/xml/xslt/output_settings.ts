/** What `xsl:output` says (XSLT 1.0, section 16). @module */
import type { XmlNode } from "../tree.ts";
import { attributeOf, expandedName, expandName, wordsOf, xsltError } from "./names.ts";
import { namespaceOf } from "../tree.ts";

/** How a result is written. */
export interface OutputSettings {
  /** Undefined where the result itself decides: html if its first element is that. */
  readonly method?: "xml" | "html" | "text";
  readonly version?: string;
  readonly encoding?: string;
  readonly omitsDeclaration?: boolean;
  readonly standalone?: boolean;
  readonly doctypePublic?: string;
  readonly doctypeSystem?: string;
  readonly indents?: boolean;
  readonly mediaType?: string;
  /** Names of elements whose texts are CDATA sections. */
  readonly cdataElements: ReadonlySet<string>;
}

/** What all `xsl:output` elements say together; of one attribute the last one counts. */
export function outputSettings(elements: readonly XmlNode[]): OutputSettings {
  const cdataElements = new Set<string>();
  let settings: OutputSettings = { cdataElements };
  for (const element of elements) {
    for (const name of wordsOf(attributeOf(element, "cdata-section-elements"))) {
      cdataElements.add(
        // Other than names of templates and variables, these take part in the default namespace.
        name.includes(":") ? expandName(name, element) : expandedName(namespaceOf("", element) ?? "", name),
      );
    }
    const texts = {
      version: attributeOf(element, "version"),
      encoding: attributeOf(element, "encoding"),
      doctypePublic: attributeOf(element, "doctype-public"),
      doctypeSystem: attributeOf(element, "doctype-system"),
      mediaType: attributeOf(element, "media-type"),
      method: methodOf(element),
      omitsDeclaration: yesOrNo(element, "omit-xml-declaration"),
      standalone: yesOrNo(element, "standalone"),
      indents: yesOrNo(element, "indent"),
    };
    settings = {
      ...settings,
      ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)),
    };
  }
  return settings;
}

function methodOf(element: XmlNode): OutputSettings["method"] {
  const method = attributeOf(element, "method");
  if (method === undefined || method === "xml" || method === "html" || method === "text") return method;
  throw xsltError(`There is no output method "${method}"; there are xml, html and text`, element);
}

function yesOrNo(element: XmlNode, name: string): boolean | undefined {
  const text = attributeOf(element, name);
  if (text === undefined || text === "yes" || text === "no") {
    return text === undefined ? undefined : text === "yes";
  }
  throw xsltError(`${name} is yes or no, not "${text}"`, element);
}

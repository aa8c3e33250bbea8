/** What setProperty sets: the names, what they are at first in each version, and what each value may be. @module */
import { AutomationError } from "../../automation/errors.ts";
import { toBoolean, toLong, toStringValue } from "../../automation/coerce.ts";
import { makeLong, type Variant } from "../../automation/variant.ts";
import type { DocumentSettings } from "./tree.ts";

/** Which of the two versions that Windows has. */
export type MsxmlVersion = "3.0" | "6.0";

/** The properties of setProperty and their values in both versions. */
const PROPERTIES: Readonly<Record<string, Readonly<Record<MsxmlVersion, Variant>>>> = {
  AllowDocumentFunction: { "3.0": true, "6.0": false },
  AllowXsltScript: { "3.0": true, "6.0": false },
  ForcedResync: { "3.0": true, "6.0": true },
  MaxElementDepth: { "3.0": makeLong(0), "6.0": makeLong(256) },
  MaxXMLSize: { "3.0": makeLong(0), "6.0": makeLong(0) },
  MultipleErrorMessages: { "3.0": false, "6.0": false },
  NewParser: { "3.0": false, "6.0": false },
  NormalizeAttributeValues: { "3.0": false, "6.0": false },
  ProhibitDTD: { "3.0": false, "6.0": true },
  ResolveExternals: { "3.0": true, "6.0": false },
  SelectionLanguage: { "3.0": "XSLPattern", "6.0": "XPath" },
  SelectionNamespaces: { "3.0": "", "6.0": "" },
  ServerHTTPRequest: { "3.0": false, "6.0": false },
  UseInlineSchema: { "3.0": false, "6.0": false },
  ValidateOnParse: { "3.0": true, "6.0": true },
};

const E_INVALIDARG = 0x80070057;

/** The properties of one document. */
export class DocumentProperties {
  readonly #values: Map<string, Variant>;
  readonly #settings: DocumentSettings;

  constructor(version: MsxmlVersion, settings: DocumentSettings) {
    this.#values = new Map(Object.entries(PROPERTIES).map(([name, values]) => [name, values[version]]));
    this.#settings = settings;
  }

  /** @throws AutomationError for a name that there is not */
  get(name: string): Variant {
    return this.#values.get(propertyNamed(name));
  }

  isTrue(name: string): boolean {
    return toBoolean(this.get(name));
  }

  number(name: string): number {
    return toLong(this.get(name));
  }

  /** @throws AutomationError for a name that there is not, or a value that it cannot have */
  set(name: string, value: Variant): void {
    const property = propertyNamed(name);
    this.#values.set(property, this.#checked(property, value));
  }

  /** Sets all to what those of another document are. */
  takeFrom(other: DocumentProperties): void {
    for (const [name, value] of other.#values) this.set(name, value);
  }

  /** A value as it is kept; what it says of selecting is told to the tree. */
  #checked(property: string, value: Variant): Variant {
    switch (property) {
      case "SelectionLanguage": {
        const language = ["XPath", "XSLPattern"].find((one) =>
          one.toLowerCase() === toStringValue(value).toLowerCase()
        );
        if (language === undefined) {
          throw invalidArgument(`SelectionLanguage is XPath or XSLPattern, not "${toStringValue(value)}"`);
        }
        this.#settings.selectsByXPath = language === "XPath";
        return language;
      }
      case "SelectionNamespaces":
        this.#settings.selectionNamespaces = namespacesOf(toStringValue(value));
        return toStringValue(value);
      case "MaxElementDepth":
      case "MaxXMLSize":
        if (toLong(value) < 0) throw invalidArgument(`${property} is 0 or more, not ${toLong(value)}`);
        return makeLong(toLong(value));
    }
    return toBoolean(value);
  }
}

function propertyNamed(name: string): string {
  const found = Object.keys(PROPERTIES).find((one) => one.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw invalidArgument(`there is no property "${name}"; it knows ${Object.keys(PROPERTIES).join(", ")}`);
}

/** Prefixes and URIs of `xmlns:a="…" xmlns:b='…'`. */
function namespacesOf(text: string): Map<string, string> {
  const declaration = /\s*xmlns(?::([^\s=]+))?\s*=\s*("[^"]*"|'[^']*')/g;
  if (text.replace(declaration, "").trim() !== "") {
    throw invalidArgument(`SelectionNamespaces is declarations such as xmlns:a="urn:a", not ${text}`);
  }
  return new Map([...text.matchAll(declaration)].map(([, prefix, uri]) => [prefix ?? "", uri!.slice(1, -1)]));
}

function invalidArgument(detail: string): AutomationError {
  return new AutomationError(E_INVALIDARG, `The parameter is incorrect: ${detail}`, { source: "msxml3.dll" });
}

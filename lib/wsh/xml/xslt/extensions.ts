/** Objects of the script that style sheets call (`IXSLProcessor.addObject`). @module */
import {
  type AutomationObject,
  DISPATCH,
  isAutomationObject,
  makeDouble,
  type Variant,
  VARTYPE,
  varTypeOf,
} from "../../../automation/variant.ts";
import { toDouble, toStringValue } from "../../../automation/coerce.ts";
import { XmlNode } from "../tree.ts";
import { inDocumentOrder } from "../xpath/order.ts";
import { stringOfNode, TreeFragment, type Value } from "../xpath/value.ts";
import { xsltError } from "./names.ts";

/** Objects by the namespace of the functions that they are. */
export type ExtensionObjects = ReadonlyMap<string, AutomationObject>;

/** Calls a method, or reads a property by `get-name`. @throws what the method throws */
export function callObject(object: AutomationObject, name: string, args: readonly Value[]): Value {
  const members = object[DISPATCH];
  const method = members.member(name);
  const variants = args.map(variantOf);
  if (method?.call !== undefined) return valueOfVariant(method.call(object, variants));
  const property = name.startsWith("get-") ? members.member(name.slice(4)) : undefined;
  if (property?.get !== undefined) return valueOfVariant(property.get(object, variants));
  throw xsltError(`The object has no method "${name}"`);
}

function variantOf(value: Value): Variant {
  if (typeof value === "number") return makeDouble(value);
  if (typeof value !== "object") return value;
  if (value instanceof TreeFragment) return stringOfNode(value.root);
  return value.map(stringOfNode)[0] ?? "";
}

/** What a value of a script is in an expression. */
export function valueOfVariant(value: Variant): Value {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (isAutomationObject(value)) {
    const { node } = value as unknown as { readonly node?: unknown };
    if (node instanceof XmlNode) return [node];
    if (Symbol.iterator in value) {
      const nodes = [...value as Iterable<{ readonly node?: unknown }>].map((one) => one.node);
      if (nodes.every((one) => one instanceof XmlNode)) return inDocumentOrder(nodes);
    }
    throw xsltError(
      "An expression takes texts, numbers, truths, nodes and lists of nodes, and no other objects",
    );
  }
  switch (varTypeOf(value)) {
    case VARTYPE.Empty:
    case VARTYPE.Null:
      return "";
    case VARTYPE.Date:
      return toStringValue(value);
  }
  return toDouble(value);
}

/** The functions that XSLT adds to XPath (XSLT 1.0, section 12), and those of MSXML. @module */
import { rootOf, type XmlNode, XSLT_NAMESPACE } from "../tree.ts";
import type { Expression, Focus } from "../xpath/expression.ts";
import { CORE_FUNCTIONS, FunctionCall, type XPathFunction } from "../xpath/functions.ts";
import { inDocumentOrder } from "../xpath/order.ts";
import { stringOf, stringOfNode, TreeFragment, type Value } from "../xpath/value.ts";
import { formatNumber } from "./decimal_format.ts";
import { callObject } from "./extensions.ts";
import type { Scope } from "./machine.ts";
import {
  expandedName,
  expandName,
  EXSLT_NAMESPACE,
  MSXSL_NAMESPACE,
  uriOfPrefix,
  xsltError,
} from "./names.ts";
import { isForward, XSLT_ELEMENTS } from "./elements.ts";
import type { StyleModule } from "./stylesheet.ts";

/** Where a call stands. */
export interface CallSite {
  /** The element in the style sheet. */
  readonly element: XmlNode;
  readonly module: StyleModule;
}

/** A call of a function that XPath does not have. @throws AutomationError for one that there is not */
export function xsltCall(name: string, args: readonly Expression[], site: CallSite): Expression {
  const { element } = site;
  const colon = name.indexOf(":");
  if (colon < 0) {
    const make = FUNCTIONS[name];
    if (make !== undefined) return new FunctionCall(name, make(site), args);
    // A version after 1.0 may have more functions (section 2.5); it is an error when one of them is called.
    if (isForward(element)) return new FunctionCall(name, missing(name, site), args);
    throw xsltError(`There is no function ${name}()`, element);
  }
  const uri = uriOfPrefix(name.slice(0, colon), element);
  const local = name.slice(colon + 1);
  const isOwn = uri === MSXSL_NAMESPACE || uri === EXSLT_NAMESPACE;
  if (isOwn && local === "node-set") return new FunctionCall(name, NODE_SET, args);
  return new FunctionCall(name, extension(name, uri, local, site), args);
}

function scopeOf(focus: Focus): Scope {
  return focus.environment as Scope;
}

function missing(name: string, { element }: CallSite): XPathFunction {
  return {
    type: "any",
    arity: [0, Infinity],
    call(): never {
      throw xsltError(`There is no function ${name}()`, element);
    },
  };
}

/** Makes nodes of a fragment; nodes stay what they are. */
const NODE_SET: XPathFunction = {
  type: "nodes",
  arity: [1, 1],
  call([value], focus): Value {
    const fragment = value!.evaluate(focus);
    return fragment instanceof TreeFragment ? [fragment.root] : value!.nodes(focus);
  },
};

/** A method of an object that the script has handed in. */
function extension(name: string, uri: string, local: string, { element, module }: CallSite): XPathFunction {
  return {
    type: "any",
    arity: [0, Infinity],
    call(args, focus): Value {
      const object = scopeOf(focus).machine.options.objects.get(uri);
      if (object !== undefined) return callObject(object, local, args.map((one) => one.evaluate(focus)));
      throw xsltError(
        module.stylesheet.scriptNamespaces.has(uri)
          ? `${name}() is script in the style sheet (msxsl:script), which is not run here; ` +
            "hand an object to addObject of an XSLProcessor instead"
          : `There is no function ${name}() and no object for "${uri}"`,
        element,
      );
    },
  };
}

const ids = new WeakMap<XmlNode, string>();
let lastId = 0;

function idOf(node: XmlNode): string {
  let id = ids.get(node);
  if (id === undefined) ids.set(node, id = `ID${(++lastId).toString(36).toUpperCase().padStart(6, "0")}`);
  return id;
}

/** `document()` (section 12.1). */
function documentFunction({ element, module }: CallSite): XPathFunction {
  const read = (url: string, beside: XmlNode | undefined, scope: Scope): XmlNode => {
    if (url === "") return beside === undefined ? module.document : rootOf(beside);
    if (!module.access.allowsDocuments) {
      throw xsltError(
        'document() is not allowed; setProperty "AllowDocumentFunction", True allows it',
        element,
      );
    }
    return scope.machine.document(url.replace(/#.*$/s, ""), beside?.home.url ?? module.url);
  };
  return {
    type: "nodes",
    arity: [1, 2],
    call([which, baseNode], focus): Value {
      const scope = scopeOf(focus);
      const beside = baseNode?.nodes(focus)[0];
      const value = which!.evaluate(focus);
      if (typeof value !== "object" || value instanceof TreeFragment) {
        return [read(stringOf(value), beside, scope)];
      }
      return inDocumentOrder(value.map((node) => read(stringOfNode(node), beside ?? node, scope)));
    },
  };
}

/** A name as an argument: mostly it is known before. */
function nameArgument(argument: Expression, focus: Focus, element: XmlNode): string {
  return expandName(argument.string(focus), element);
}

const SYSTEM_PROPERTIES: Readonly<Record<string, (site: CallSite) => Value>> = {
  [expandedName(XSLT_NAMESPACE, "version")]: () => 1,
  [expandedName(XSLT_NAMESPACE, "vendor")]: () => "Microsoft",
  [expandedName(XSLT_NAMESPACE, "vendor-url")]: () => "http://www.microsoft.com",
  [expandedName(MSXSL_NAMESPACE, "version")]: ({ module }) => Number(module.access.version),
};

/** The functions by name, each made for where it is called. */
const FUNCTIONS: Readonly<Record<string, (site: CallSite) => XPathFunction>> = {
  __proto__: null as never,
  document: documentFunction,
  current: () => ({ type: "nodes", arity: [0, 0], call: (_, focus) => [scopeOf(focus).node] }),
  key: ({ element }) => ({
    type: "nodes",
    arity: [2, 2],
    call([name, value], focus): Value {
      const { keys } = scopeOf(focus).machine;
      const expanded = nameArgument(name!, focus, element);
      if (!keys.has(expanded)) throw xsltError(`There is no key "${name!.string(focus)}"`, element);
      return keys.find(expanded, value!.evaluate(focus), focus.node);
    },
  }),
  "format-number": ({ element, module }) => ({
    type: "string",
    arity: [2, 3],
    call([value, pattern, name], focus): Value {
      const expanded = name === undefined ? "" : nameArgument(name, focus, element);
      const format = module.stylesheet.decimalFormats.get(expanded);
      if (format === undefined) {
        throw xsltError(`There is no xsl:decimal-format "${name!.string(focus)}"`, element);
      }
      return formatNumber(value!.number(focus), pattern!.string(focus), format);
    },
  }),
  "generate-id": () => ({
    type: "string",
    arity: [0, 1],
    call([nodes], focus): Value {
      const node = nodes === undefined ? focus.node : nodes.nodes(focus)[0];
      return node === undefined ? "" : idOf(node);
    },
  }),
  // Unparsed entities are none of the parser's, so there is never one of that name.
  "unparsed-entity-uri": () => ({ type: "string", arity: [1, 1], call: () => "" }),
  "system-property": (site) => ({
    type: "any",
    arity: [1, 1],
    call: ([name], focus) => SYSTEM_PROPERTIES[nameArgument(name!, focus, site.element)]?.(site) ?? "",
  }),
  "element-available": ({ element }) => ({
    type: "boolean",
    arity: [1, 1],
    call([name], focus): Value {
      const text = name!.string(focus);
      const colon = text.indexOf(":");
      return colon > 0 && uriOfPrefix(text.slice(0, colon), element) === XSLT_NAMESPACE &&
        XSLT_ELEMENTS.get(text.slice(colon + 1))?.isInstruction === true;
    },
  }),
  "function-available": ({ element }) => ({
    type: "boolean",
    arity: [1, 1],
    call([name], focus): Value {
      const text = name!.string(focus);
      const colon = text.indexOf(":");
      if (colon < 0) return CORE_FUNCTIONS.has(text) || FUNCTIONS[text] !== undefined;
      const uri = uriOfPrefix(text.slice(0, colon), element);
      const isOwn = uri === MSXSL_NAMESPACE || uri === EXSLT_NAMESPACE;
      return (isOwn && text.slice(colon + 1) === "node-set") ||
        scopeOf(focus).machine.options.objects.has(uri);
    },
  }),
};

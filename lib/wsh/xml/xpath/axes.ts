/** The axes of XPath 1.0 (section 2.2): which nodes lie in which direction of a node. @module */
import { namespacesAt, NODE, XML_NAMESPACE, XmlNode, XMLNS_NAMESPACE } from "../tree.ts";

/** Whether a node is one that a step means. */
export type NodeTest = (node: XmlNode) => boolean;

/** One axis. */
export interface Axis {
  /** Whether it goes towards the start of the document. */
  readonly isReverse: boolean;
  /** The type of the nodes that a name means on it. */
  readonly principal: number;
  /** Adds the nodes that pass, nearest first, until there are `max` in the list. */
  collect(node: XmlNode, test: NodeTest, found: XmlNode[], max: number): void;
}

/** The node that a node or attribute is in. */
export function parentOf(node: XmlNode): XmlNode | null {
  return node.ownerElement ?? node.parentNode;
}

/** Whether a text, CDATA section, comment, instruction, element or root: what a document type declaration is not. */
export function isXPathNode(node: XmlNode): boolean {
  switch (node.nodeType) {
    case NODE.doctype:
    case NODE.entityReference:
      return false;
    case NODE.instruction:
      return node.nodeName !== "xml"; // the XML declaration is no instruction
  }
  return true;
}

const namespaceNodes = new WeakMap<XmlNode, { changes: number; nodes: readonly XmlNode[] }>();

/** The nodes of the namespaces in scope at an element; the same ones as long as its document does not change. */
function namespaceNodesOf(element: XmlNode): readonly XmlNode[] {
  const { changes } = element.home;
  let known = namespaceNodes.get(element);
  if (known?.changes !== changes) {
    const nodes = [["xml", XML_NAMESPACE] as const, ...namespacesAt(element)].map(([prefix, uri]) => {
      const node = new XmlNode(NODE.namespace, prefix, element.home);
      node.nodeValue = uri;
      node.ownerElement = element;
      return node;
    });
    namespaceNodes.set(element, known = { changes, nodes });
  }
  return known.nodes;
}

function collectFrom(nodes: Iterable<XmlNode>, test: NodeTest, found: XmlNode[], max: number): void {
  for (const node of nodes) {
    if (found.length >= max) return;
    if (test(node)) found.push(node);
  }
}

/** The node after a node and all in it, within a root. */
function afterAll(node: XmlNode, root: XmlNode | null): XmlNode | null {
  let at: XmlNode | null = node;
  while (at !== null && at !== root) {
    if (at.nextSibling !== null) return at.nextSibling;
    at = at.parentNode;
  }
  return null;
}

function collectBelow(root: XmlNode, test: NodeTest, found: XmlNode[], max: number): void {
  let node = root.firstChild;
  while (node !== null && found.length < max) {
    if (test(node)) found.push(node);
    node = node.firstChild ?? afterAll(node, root);
  }
}

const forward = { isReverse: false, principal: NODE.element };
const reverse = { isReverse: true, principal: NODE.element };

/** Axes by their names. */
export const AXES = {
  child: {
    ...forward,
    collect(node, test, found, max): void {
      for (let child = node.firstChild; child !== null && found.length < max; child = child.nextSibling) {
        if (test(child)) found.push(child);
      }
    },
  },
  descendant: { ...forward, collect: collectBelow },
  "descendant-or-self": {
    ...forward,
    collect(node, test, found, max): void {
      if (test(node)) found.push(node);
      collectBelow(node, test, found, max);
    },
  },
  self: {
    ...forward,
    collect(node, test, found): void {
      if (test(node)) found.push(node);
    },
  },
  parent: {
    ...reverse,
    collect(node, test, found): void {
      const parent = parentOf(node);
      if (parent !== null && test(parent)) found.push(parent);
    },
  },
  ancestor: {
    ...reverse,
    collect(node, test, found, max): void {
      for (let at = parentOf(node); at !== null && found.length < max; at = parentOf(at)) {
        if (test(at)) found.push(at);
      }
    },
  },
  "ancestor-or-self": {
    ...reverse,
    collect(node, test, found, max): void {
      for (let at: XmlNode | null = node; at !== null && found.length < max; at = parentOf(at)) {
        if (test(at)) found.push(at);
      }
    },
  },
  "following-sibling": {
    ...forward,
    collect(node, test, found, max): void {
      for (let at = node.nextSibling; at !== null && found.length < max; at = at.nextSibling) {
        if (test(at)) found.push(at);
      }
    },
  },
  "preceding-sibling": {
    ...reverse,
    collect(node, test, found, max): void {
      for (let at = node.previousSibling; at !== null && found.length < max; at = at.previousSibling) {
        if (test(at)) found.push(at);
      }
    },
  },
  following: {
    ...forward,
    collect(node, test, found, max): void {
      // What follows an attribute begins with what is in its element.
      let at = node.ownerElement === null ? afterAll(node, null) : node.ownerElement.firstChild ??
        afterAll(node.ownerElement, null);
      while (at !== null && found.length < max) {
        if (test(at)) found.push(at);
        at = at.firstChild ?? afterAll(at, null);
      }
    },
  },
  preceding: {
    ...reverse,
    collect(node, test, found, max): void {
      let at: XmlNode | null = node.ownerElement ?? node;
      while (at !== null && found.length < max) {
        if (at.previousSibling === null) {
          at = at.parentNode; // an ancestor, which is no node of this axis
          continue;
        }
        const top: XmlNode = at.previousSibling;
        at = top;
        while (at.lastChild !== null) at = at.lastChild;
        while (true) {
          if (test(at)) found.push(at);
          if (found.length >= max || at === top) break;
          if (at.previousSibling === null) at = at.parentNode!;
          else {
            at = at.previousSibling;
            while (at.lastChild !== null) at = at.lastChild;
          }
        }
      }
    },
  },
  attribute: {
    isReverse: false,
    principal: NODE.attribute,
    collect(node, test, found, max): void {
      for (const attribute of node.attributes?.list ?? []) {
        if (found.length >= max) return;
        if (attribute.namespaceURI !== XMLNS_NAMESPACE && test(attribute)) found.push(attribute);
      }
    },
  },
  namespace: {
    isReverse: false,
    principal: NODE.namespace,
    collect(node, test, found, max): void {
      if (node.nodeType === NODE.element) collectFrom(namespaceNodesOf(node), test, found, max);
    },
  },
} as const satisfies Record<string, Axis>;

/** The name of an axis. */
export type AxisName = keyof typeof AXES;

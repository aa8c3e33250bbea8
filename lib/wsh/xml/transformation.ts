/** Style sheets as scripts use them: which node is one, and where results go. @module */
import { scriptError } from "../../automation/errors.ts";
import type { Variant } from "../../automation/variant.ts";
import { AdodbStream } from "../adodb/stream.ts";
import type { XmlDocument, XmlNode } from "./tree.ts";
import { newTree } from "./xslt/tree_writer.ts";
import { Stylesheet, type TransformOptions, transformToBytes, transformToTree } from "./xslt/mod.ts";

/** A document that takes what a transformation has made. */
export interface TreeTarget {
  /** Puts what is in a tree in the place of what is in the document. */
  takeTree(tree: XmlDocument): void;
}

/** The style sheet that a document or element is. @throws AutomationError for one that is none */
export function stylesheetOf(node: XmlNode): Stylesheet {
  const { access } = node.home.settings;
  if (access === undefined) throw new TypeError("A style sheet belongs to a document that a script has made");
  return new Stylesheet(node, access);
}

/** Sends a result to a stream or a document. @throws AutomationError for what is neither */
export function transformTo(
  output: Variant,
  stylesheet: Stylesheet,
  source: XmlNode,
  options: TransformOptions = {},
): void {
  if (output instanceof AdodbStream) return output.writeBytes(transformToBytes(stylesheet, source, options));
  if (typeof output !== "object" || output === null || !("takeTree" in output)) {
    throw scriptError("typeMismatch", "a result goes to an ADODB.Stream or a document");
  }
  // A document may be the target of what is made of itself.
  const tree = newTree();
  transformToTree(stylesheet, source, tree, options);
  (output as unknown as TreeTarget).takeTree(tree);
}

/** XSLT 1.0: style sheets, and what they make of documents. @module */
export { type ExtensionObjects, valueOfVariant } from "./extensions.ts";
export type { Parameters } from "./machine.ts";
export { expandedName } from "./names.ts";
export { Stylesheet } from "./stylesheet.ts";
export { type TransformOptions, transformToBytes, transformToText, transformToTree } from "./transform.ts";

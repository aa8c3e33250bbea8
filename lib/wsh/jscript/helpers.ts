/** The functions that translated text calls; their names are no other script's. @module */

/** What the translated text calls. */
export const HELPER = {
  ref: "jscript$ref",
  bind: "jscript$bind",
  cells: "jscript$cells",
  stop: "jscript$stop",
  caught: "jscript$caught",
  typeOf: "jscript$typeof",
  source: "jscript$source",
  groups: "jscript$groups",
} as const;

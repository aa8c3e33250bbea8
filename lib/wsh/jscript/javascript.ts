/** Whether a text that is no JScript is JavaScript. @module */
import vm from "node:vm";

/** Whether the engine parses a script; it is not run. */
export function isJavaScript(source: string): boolean {
  try {
    new vm.Script(source);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

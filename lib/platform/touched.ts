/**
 * What a traced run touches that Deno does not see: programs that it lets us start, and devices behind the native library.
 *
 * Deno itself logs the rest, into the file that DENO_AUDIT_PERMISSIONS names.
 *
 * @module
 */
import { readVariable } from "./environment.ts";

/** Names the file that a traced run writes its programs and devices to. */
export const TOUCHED_VARIABLE = "BURNSCRIPT_TOUCHED";

/** Notes a program or a device, in a run that is traced. */
export function noteTouched(permission: "run" | "device", value: string): void {
  const path = readVariable(TOUCHED_VARIABLE);
  if (path === undefined) return;
  Deno.writeTextFileSync(path, `${JSON.stringify({ permission, value })}\n`, { append: true });
}

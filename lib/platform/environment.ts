/** Environment variables, as far as Deno's permissions let us see them. @module */
import { isAllowed } from "./permissions.ts";

/** The value of a variable; what is empty or kept from us counts as not set. Never asks a person for permission. */
export function readVariable(name: string): string | undefined {
  if (!isAllowed({ name: "env", variable: name })) return undefined;
  return Deno.env.get(name) || undefined;
}

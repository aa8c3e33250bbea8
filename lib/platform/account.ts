/** The user that runs this program, as the system's list of users has it. @module */
import { isAllowed } from "./permissions.ts";

/** A line of that list. */
export interface Account {
  readonly name: string;
  readonly home: string;
}

const USERS = "/etc/passwd";

/** The user's line (passwd(5)); undefined on Windows, and where it is not there or may not be read. */
export function account(): Account | undefined {
  if (Deno.build.os === "windows" || !isAllowed({ name: "sys", kind: "uid" })) return undefined;
  if (!isAllowed({ name: "read", path: USERS })) return undefined;
  let text: string;
  try {
    text = Deno.readTextFileSync(USERS);
  } catch {
    return undefined; // small containers have no list
  }
  return accountOf(text, Deno.uid() ?? undefined);
}

/** The line of a user's number in the text of such a list. */
export function accountOf(users: string, uid: number | undefined): Account | undefined {
  for (const line of users.split("\n")) {
    const [name, , number, , , home] = line.split(":");
    if (name !== undefined && home !== undefined && number === String(uid)) return { name, home };
  }
  return undefined;
}

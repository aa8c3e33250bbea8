/** Who runs the script, and where. @module */
import { AutomationError } from "../../automation/errors.ts";
import { account } from "../../platform/account.ts";
import { readVariable } from "../../platform/environment.ts";
import { userProfile } from "../../platform/user_profile.ts";
import { isAllowed } from "../../platform/permissions.ts";

/** The name of the user; undefined where the system keeps it to itself. */
export function userName(): string | undefined {
  return readVariable("USERNAME") ?? userProfile()?.userName ?? readVariable("USER") ??
    readVariable("LOGNAME") ?? account()?.name; // services are started without variables that say it
}

/** The name of the user. @throws AutomationError 70 where nothing says it. */
export function requireUserName(): string {
  const name = userName();
  if (name !== undefined) return name;
  throw new AutomationError(
    70,
    "Permission denied: no variable says the name of the user (--allow-env=USER,LOGNAME,HOME)",
  );
}

/** The name of the computer, without its domain; undefined where Deno's permissions keep it from us. */
export function computerName(): string | undefined {
  const known = readVariable("COMPUTERNAME");
  if (known !== undefined) return known;
  if (!isAllowed({ name: "sys", kind: "hostname" })) return undefined;
  return Deno.hostname().replace(/\..*$/, "");
}

/** The name of the computer. @throws AutomationError 70 where Deno's permissions keep it from us. */
export function requireComputerName(): string {
  const name = computerName();
  if (name !== undefined) return name;
  throw new AutomationError(70, "Permission denied: the name of the computer needs --allow-sys=hostname");
}

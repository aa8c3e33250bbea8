/** `GetObject`: objects by a moniker or a file. @module */
import { AutomationError } from "../automation/errors.ts";
import type { ProgIdTable } from "../automation/progids.ts";
import { RUNTIME_MESSAGES } from "../automation/runtime_messages.ts";
import type { AutomationObject } from "../automation/variant.ts";
import { progIdOfClass } from "./class_ids.ts";
import { computerName } from "./shell/identity.ts";

/** Windows services that scripts reach by a moniker, and what they are. */
const SERVICES: Readonly<Record<string, string>> = {
  winmgmts: "WMI",
  wmi: "WMI",
  ldap: "Active Directory",
  gc: "Active Directory",
  winnt: "Active Directory",
  iis: "Internet Information Services",
  nds: "NetWare",
  queue: "Message Queuing",
};

/** Under which name {@linkcode ProgIdTable} has WMI's class for the registry. */
export const REGISTRY_PROVIDER = "winmgmts:StdRegProv";

/** Whether a path of WMI is that of its class for the registry on this computer: `{…}!\\\\.\\root\\default:StdRegProv`. */
function isRegistryProvider(path: string): boolean {
  const match = /^(?:\{.*?\}!?)?(?:[\\/]{2}([^\\/]+)[\\/])?root[\\/](?:default|cimv2):StdRegProv$/i.exec(
    path.trim(),
  );
  const computer = match?.[1]?.toLowerCase();
  return match !== null &&
    (computer === undefined ||
      [".", "localhost", "127.0.0.1", computerName()?.toLowerCase()].includes(computer));
}

/** Where objects come from. */
export interface ObjectFinder {
  readonly progIds: ProgIdTable;
  /** `.wsc` files; undefined where nobody has asked for any. */
  readonly components?: { open(name: string): AutomationObject } | undefined;
}

/**
 * The object of a path. `GetObject("", progId)` and `new:ProgID` or `new:{CLSID}` make a new one, and `script:FILE` one of
 * a `.wsc` file; Burnscript has no objects in files, nor
 * running ones.
 *
 * @throws AutomationError 429 or 432, saying what is missing.
 */
export function getObject(
  path: string,
  progId: string | undefined,
  { progIds, components }: ObjectFinder,
): AutomationObject {
  const moniker = /^([a-z]{2,}):(.*)$/is.exec(path);
  const scheme = moniker === null ? "" : moniker[1]!.toLowerCase();
  if (scheme === "new") return progIds.create(progIdOfClass(moniker![2]!) ?? moniker![2]!);
  if (scheme === "script") {
    if (components !== undefined) return components.open(moniker![2]!);
    throw error(429, `'${path}' (components are loaded for scripts in whose text "script:" stands)`);
  }
  if (scheme === "winmgmts" && isRegistryProvider(moniker![2]!)) return progIds.create(REGISTRY_PROVIDER);
  const service = SERVICES[scheme];
  if (service !== undefined) {
    throw error(429, `'${path}' (Burnscript has no ${service}; it creates ${progIds.names.join(", ")})`);
  }
  if (path !== "") throw error(432, `'${path}' (Burnscript has no objects in files)`);
  // A script that leaves the path out wants the running instance, and `""` a new one; the two arrive alike.
  if (progId === undefined) throw error(432, "'' (give GetObject a path or a ProgID)");
  return progIds.create(progId);
}

function error(number: 429 | 432, detail: string): AutomationError {
  return new AutomationError(number, `${RUNTIME_MESSAGES[number]}: ${detail}`);
}

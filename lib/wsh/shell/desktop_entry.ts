/** `.desktop` files: what shortcuts are on Linux (Desktop Entry Specification). @module */

/** What an entry says. */
export interface DesktopEntry {
  readonly name: string;
  readonly comment: string;
  /** The program and its arguments, or an address to open. */
  readonly exec: readonly string[] | string;
  readonly path: string;
  readonly icon: string;
  /** What the shortcut was made of, so that it can be read back. */
  readonly own: Readonly<Record<string, string>>;
}

const OWN_PREFIX = "X-Burnscript-";

/** The text of an entry. */
export function formatDesktopEntry(entry: DesktopEntry): string {
  const isAddress = typeof entry.exec === "string";
  const rows: (readonly [key: string, value: string])[] = [
    ["Type", isAddress ? "Link" : "Application"],
    ["Name", entry.name],
    ["Comment", entry.comment],
    isAddress
      ? ["URL", entry.exec as string]
      : ["Exec", (entry.exec as readonly string[]).map(quoted).join(" ")],
    ["Path", isAddress ? "" : entry.path],
    ["Icon", entry.icon],
    ...Object.entries(entry.own).map(([key, value]) => [OWN_PREFIX + key, value] as const),
  ];
  const lines = rows.filter(([, value]) => value !== "").map(([key, value]) => `${key}=${escaped(value)}`);
  return `[Desktop Entry]\n${lines.join("\n")}\n`;
}

/** The shortcut's own values of an entry, by their keys. */
export function parseDesktopEntry(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, key, value] of text.matchAll(new RegExp(`^${OWN_PREFIX}([A-Za-z]+)=(.*)$`, "gm"))) {
    found[key!] = value!.replaceAll(/\\(.)/g, (_, character) => UNESCAPED[character] ?? character);
  }
  return found;
}

/** An argument of Exec: in quotes if need be, percent signs doubled since single ones are field codes. */
function quoted(argument: string): string {
  const text = argument.replaceAll("%", "%%");
  return text !== "" && /^[\w@%+:,./=-]+$/.test(text) ? text : `"${text.replaceAll(/["`$\\]/g, "\\$&")}"`;
}

const UNESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", s: " " };

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll(
    "\t",
    "\\t",
  )
    .replace(/^ /, "\\s");
}

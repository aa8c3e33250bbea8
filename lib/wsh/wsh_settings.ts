/** `.wsh` files: which script to run, and with what settings. @module */

/** What a `.wsh` file says. */
export interface WshSettings {
  /** The script, as written. */
  readonly path: string;
  /** Seconds; undefined if nothing is said. */
  readonly timeoutS: number | undefined;
  readonly batch: boolean | undefined;
}

/** Reads the text of a `.wsh` file; undefined when it names no script. */
export function parseWshSettings(text: string): WshSettings | undefined {
  const values = new Map<string, string>();
  let section = "";
  for (const line of text.split(/\r\n|\r|\n/)) {
    const head = /^\s*\[(.*)\]\s*$/.exec(line);
    if (head !== null) section = head[1]!.trim().toLowerCase();
    const pair = /^\s*([^;=[\]]+?)\s*=\s*(.*?)\s*$/.exec(line);
    if (pair !== null) values.set(`${section}.${pair[1]!.toLowerCase()}`, pair[2]!);
  }
  const path = values.get("scriptfile.path")?.replace(/^"(.*)"$/, "$1") ?? "";
  if (path === "") return undefined;
  const timeout = values.get("options.timeout");
  const batch = values.get("options.batchmode");
  return {
    path,
    timeoutS: timeout !== undefined && /^\d+$/.test(timeout) ? Number(timeout) : undefined,
    batch: batch === undefined ? undefined : batch !== "0",
  };
}

/** Lists of SHA-256 sums in the form of `sha256sum`. @module */

/** Sums in the form of `sha256sum`, which checks them: `sha256sum -c`. */
export function manifestText(sums: readonly { readonly path: string; readonly sha256: string }[]): string {
  return sums.map(({ path, sha256 }) => {
    const name = path.slice(1);
    const escaped = name.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
    return `${escaped === name ? "" : "\\"}${sha256}  ${escaped}\n`; // GNU coreutils: a leading \ says that it is escaped
  }).join("");
}

/** Sums by path, with `/` before each name. */
export function readManifest(file: string): Map<string, string> {
  const sums = new Map<string, string>();
  for (const [index, line] of textOf(file).split(/\r?\n/).entries()) {
    if (line === "") continue;
    const [, escape, sha256, name] = /^(\\?)([0-9a-f]{64}) [ *](.+)$/i.exec(line) ?? [];
    if (sha256 === undefined || name === undefined) {
      throw new RangeError(
        `"${file}" is no list of SHA-256 sums: line ${index + 1} is not as sha256sum writes it`,
      );
    }
    const plain = escape === ""
      ? name
      : name.replaceAll(/\\([\\nr])/g, (_, letter: string) => ESCAPES[letter]!);
    sums.set(`/${plain.replace(/^\.?\//, "")}`, sha256.toLowerCase());
  }
  return sums;
}

function textOf(file: string): string {
  try {
    return Deno.readTextFileSync(file);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`Cannot read the list of sums "${file}": there is no such file`, { cause });
  }
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\", n: "\n", r: "\r" };

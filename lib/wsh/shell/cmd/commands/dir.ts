/** `dir`. @module */
import { nodeModule } from "../../../../platform/node_module.ts";
import { folderAndPattern, type Match, type Paths } from "../paths.ts";
import { CommandFailure } from "../signals.ts";
import { grouped, stampText } from "../texts.ts";
import { type Call, wordsOf } from "./call.ts";
import { volumeText } from "./information.ts";

interface Totals {
  files: number;
  bytes: number;
  folders: number;
}

/** Lists folders: `/b`, `/s`, `/a[:attributes]`, `/o[:order]`; `/w`, `/p`, `/q` and their kind change nothing. */
export async function listDirectory(call: Call): Promise<void> {
  const { interpreter, streams, rest } = call;
  const { paths } = interpreter;
  const { switches, operands } = wordsOf(
    rest,
    /^(?:\/(?:[bswpqlnxcdr4]|a(?::?[-dhrsalio]*)?|o(?::?[-nesdg]*)?|t:?[caw]|-c))+$/i,
  );
  const isBare = switches.has("b");
  const isDeep = switches.has("s");
  const attributes = [...switches].find((name) => /^a/.test(name))?.slice(1).replace(":", "");
  const order = [...switches].find((name) => /^o/.test(name))?.slice(1).replace(":", "");
  const totals: Totals = { files: 0, bytes: 0, folders: 0 };
  let native = "/";
  for (const operand of operands.length === 0 ? ["."] : operands) {
    const [folder, pattern] = paths.isFolder(operand) ? [operand, "*"] : folderAndPattern(operand);
    native = paths.native(folder);
    if (!isBare) await interpreter.print(streams.stdout, volumeText(paths.driveMap.toScript(native)[0]!));
    await list(call, native, { pattern, isBare, isDeep, attributes, order, totals });
  }
  if (totals.files + totals.folders === 0) throw new CommandFailure("File Not Found");
  if (isBare) return;
  if (isDeep) await interpreter.print(streams.stdout, `\n     Total Files Listed:\n${fileCount(totals)}`);
  await interpreter.print(
    streams.stdout,
    `${String(totals.folders).padStart(16)} Dir(s) ${
      grouped(freeBytes(paths, native)).padStart(18)
    } bytes free\n`,
  );
}

interface Listing {
  readonly pattern: string;
  readonly isBare: boolean;
  readonly isDeep: boolean;
  readonly attributes: string | undefined;
  readonly order: string | undefined;
  readonly totals: Totals;
}

async function list(call: Call, native: string, listing: Listing): Promise<void> {
  const { interpreter, streams } = call;
  const { paths } = interpreter;
  const { isBare, isDeep, totals } = listing;
  await interpreter.session.breathe();
  const shown = paths.driveMap.toScript(native);
  const prefix = native === "/" ? "" : native;
  const rows = sorted(paths.matching(`${prefix}/${listing.pattern}`), listing.order)
    .filter((row) => hasAttributes(row, listing.attributes));
  const here: Totals = { files: 0, bytes: 0, folders: 0 };
  let text = "";
  for (const { name, info } of rows) {
    if (info.isDirectory) here.folders++;
    else {
      here.files++;
      here.bytes += info.size;
    }
    text += isBare
      ? `${isDeep ? `${shown.replace(/\\$/, "")}\\${name}` : name}\n`
      : `${dated(info)}${name}\n`;
  }
  if (!isBare && rows.length > 0) {
    // `.` and `..` stand in front of a whole listing only.
    const dots = listing.pattern === "*" && listing.attributes === undefined && native !== "/"
      ? [".", ".."].map((name) =>
        `${dated(paths.attempt(native, () => Deno.statSync(`${native}/${name}`)))}${name}\n`
      ).join("")
      : "";
    if (dots !== "") here.folders += 2;
    text = `\n Directory of ${shown}\n\n${dots}${text}${fileCount(here)}`;
  }
  totals.files += here.files;
  totals.bytes += here.bytes;
  totals.folders += here.folders;
  await interpreter.print(streams.stdout, text);
  if (!isDeep) return;
  for (const { native: inner } of paths.innerFolders(native)) await list(call, inner, listing);
}

/** `/a` takes everything, `/a:d` folders, `/a:-d` files, `h` hidden and `r` read-only ones; without it, what is not hidden. */
function hasAttributes({ name, info }: Match, attributes: string | undefined): boolean {
  const isHidden = name.startsWith(".");
  if (attributes === undefined) return !isHidden;
  const facts: Record<string, boolean> = {
    d: info.isDirectory,
    h: isHidden,
    r: info.mode !== null && (info.mode & 0o222) === 0,
    s: false,
    l: info.isSymlink,
    a: !info.isDirectory,
  };
  return [...attributes.matchAll(/(-?)([a-z])/g)].every(([, minus, letter]) =>
    (facts[letter!] ?? false) === (minus === "")
  );
}

function sorted(rows: Match[], order: string | undefined): Match[] {
  if (order === undefined) return rows;
  const keys = [...(order === "" ? "gn" : order).matchAll(/(-?)([a-z])/g)];
  const compare = (one: string | number, other: string | number): number =>
    one < other ? -1 : one > other ? 1 : 0;
  const extension = (name: string): string => /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return rows.toSorted((one, other) => {
    for (const [, minus, letter] of keys) {
      const result = letter === "n"
        ? compare(one.name.toLowerCase(), other.name.toLowerCase())
        : letter === "e"
        ? compare(extension(one.name), extension(other.name))
        : letter === "s"
        ? compare(one.info.size, other.info.size)
        : letter === "d"
        ? compare(one.info.mtime?.getTime() ?? 0, other.info.mtime?.getTime() ?? 0)
        : compare(one.info.isDirectory ? 0 : 1, other.info.isDirectory ? 0 : 1);
      if (result !== 0) return minus === "-" ? -result : result;
    }
    return 0;
  });
}

function fileCount({ files, bytes }: Totals): string {
  return `${String(files).padStart(16)} File(s) ${grouped(bytes).padStart(14)} bytes\n`;
}

/** `11/21/2026  03:04 PM    <DIR>          ` or with the size in its place. */
function dated({ mtime, isDirectory, size }: Deno.FileInfo): string {
  const stamp = stampText(mtime ?? new Date(0), "  ");
  return `${stamp} ${isDirectory ? "   <DIR>         " : grouped(size).padStart(17)} `;
}

function freeBytes(paths: Paths, native: string): number {
  const { bavail, bsize } = paths.attempt(native, () => nodeModule("node:fs").statfsSync(native));
  return bavail * bsize;
}

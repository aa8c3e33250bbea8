/**
 * What Linux tells in files of /proc, /sys and /run. Deno shows most of them only to runs that may do everything; what is
 * not there, or not ours to see, is nothing, and nobody is asked for permission.
 *
 * @module
 */
import { isAllowed } from "./permissions.ts";

/** The text of such a file, without blanks at its ends; undefined for none. */
export function systemText(path: string): string | undefined {
  return ifThere(path, () => Deno.readTextFileSync(path).trim());
}

/** The bytes of such a file; undefined for none. */
export function systemBytes(path: string): Uint8Array | undefined {
  return ifThere(path, () => Deno.readFileSync(path));
}

/** The names in such a folder; none where there is none. */
export function systemNames(folder: string): readonly string[] {
  return ifThere(folder, () => Array.from(Deno.readDirSync(folder), ({ name }) => name)) ?? [];
}

/** What such a link says; undefined for none. */
export function systemLink(path: string): string | undefined {
  return ifThere(path, () => Deno.readLinkSync(path));
}

/** Where a path leads to in the end; undefined for nowhere. */
export function systemRealPath(path: string): string | undefined {
  return ifThere(path, () => Deno.realPathSync(path));
}

/** What the system tells of a path, links followed; undefined for nothing. */
export function systemStat(path: string): Deno.FileInfo | undefined {
  return ifThere(path, () => Deno.statSync(path));
}

function ifThere<T>(path: string, ask: () => T): T | undefined {
  if (Deno.build.os !== "linux") return undefined;
  if (!isAllowed({ name: "read", path })) return undefined;
  try {
    return ask();
  } catch {
    return undefined; // Processes end, drives go, and other users' files are closed to us: all of that is no answer.
  }
}

/** What killed runs have left of a file that appears whole or not at all. @module */
import { systemNames, systemStat } from "./system_files.ts";
import { PARTIAL, removeIfThere } from "./write_whole.ts";

/**
 * Whoever writes touches its file all the time: one that nobody touched for so long is nobody's, though its process may be
 * one of another computer, or of another container, whose numbers are not known here.
 */
const ABANDONED_MS = 10 * 60_000;

/**
 * Removes beginnings of a file whose processes are gone. Where the system does not tell which processes there are, nothing is
 * removed.
 */
export function removeStalePartials(path: string): void {
  const nowMs = Date.now();
  const [, folder = "", name = ""] = /^(.*\/)?([^/]*)$/.exec(path) ?? [];
  const prefix = `${name}${PARTIAL}`;
  for (const found of systemNames(folder === "" ? "." : folder)) {
    if (!found.startsWith(prefix)) continue;
    const process = found.slice(prefix.length);
    if (!/^\d+$/.test(process) || !isGone(process)) continue;
    const partial = `${folder}${found}`;
    const info = systemStat(partial);
    if (info?.isFile !== true || nowMs - (info.mtime?.getTime() ?? nowMs) < ABANDONED_MS) continue;
    removeIfThere(partial);
  }
}

function isGone(process: string): boolean {
  // Whoever may not see this process may not see others.
  return systemStat("/proc/self") !== undefined && systemStat(`/proc/${process}`) === undefined;
}

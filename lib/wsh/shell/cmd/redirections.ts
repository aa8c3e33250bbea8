/** `>`, `>>`, `<` and `2>&1`: the files that a command's streams go to while it runs. @module */
import type { Interpreter } from "./interpreter.ts";
import { CommandFailure } from "./signals.ts";
import {
  fileSink,
  fileSource,
  NULL_SINK,
  NULL_SOURCE,
  type Sink,
  type Source,
  type Streams,
} from "./streams.ts";
import type { Redirection } from "./tree.ts";

const NAMES = ["stdin", "stdout", "stderr"] as const;

/** Does something with streams that are redirected; files are closed behind it. */
export async function redirected(
  interpreter: Interpreter,
  redirections: readonly Redirection[],
  streams: Streams,
  work: (streams: Streams) => Promise<number>,
): Promise<number> {
  if (redirections.length === 0) return await work(streams);
  const inner: Record<string, Source | Sink> = { ...streams };
  const opened: Deno.FsFile[] = [];
  try {
    for (const { stream, mode, target } of redirections) {
      const name = NAMES[stream];
      if (name === undefined) continue; // streams beyond the third are nobody's here
      const path = interpreter.expand(target).replaceAll('"', "");
      if (mode === "duplicate") inner[name] = inner[NAMES[Number(target)] ?? "stdout"]!;
      else if (/^nul:?$/i.test(path)) inner[name] = mode === "read" ? NULL_SOURCE : NULL_SINK;
      else if (/^con:?$/i.test(path)) inner[name] = streams[name];
      else {
        const file = openFile(interpreter, path, mode);
        opened.push(file);
        inner[name] = mode === "read" ? fileSource(file) : fileSink(file);
      }
    }
    return await work(inner as unknown as Streams);
  } finally {
    for (const file of opened) file.close();
  }
}

function openFile({ paths }: Interpreter, path: string, mode: "read" | "write" | "append"): Deno.FsFile {
  const native = paths.native(path);
  const options = mode === "read"
    ? { read: true }
    : { write: true, create: true, truncate: mode === "write", append: mode === "append" };
  // A folder can be opened here, but not read.
  if (mode === "read" && paths.stat(native)?.isDirectory) throw new CommandFailure("Access is denied.");
  return paths.attempt(native, () => Deno.openSync(native, options));
}

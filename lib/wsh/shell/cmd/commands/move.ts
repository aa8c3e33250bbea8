/** `move` and `ren`. @module */
import { CommandFailure, SYNTAX_INCORRECT } from "../signals.ts";
import { type Call, wordsOf } from "./call.ts";
import { placeOf } from "./copy.ts";

/** `move a b`, `move *.txt folder`, `move folder folder2`: what is there is overwritten, as in a batch file. */
export async function move({ interpreter, streams, rest }: Call): Promise<void> {
  const { paths } = interpreter;
  const { operands } = wordsOf(rest, /^\/-?y$/i);
  const [source, destination = "."] = operands;
  if (source === undefined || operands.length > 2) throw new CommandFailure(SYNTAX_INCORRECT);
  const found = paths.matching(source).filter(({ info }) => info.isFile || !/[*?]/.test(source));
  if (found.length === 0) throw paths.missing(source);
  for (const { native, name } of found) {
    const target = placeOf(paths, destination, name);
    paths.attempt(target, () => renameOrCopy(native, target));
  }
  const folders = found.every(({ info }) => info.isDirectory);
  const count = String(found.length).padStart(9);
  await interpreter.print(streams.stdout, `${count} ${folders ? "dir(s)" : "file(s)"} moved.\n`);
}

/** Renames, and copies where the two places are on different file systems. */
function renameOrCopy(native: string, target: string): void {
  try {
    Deno.renameSync(native, target);
  } catch (error) {
    if ((error as { code?: string }).code !== "EXDEV" || Deno.statSync(native).isDirectory) throw error;
    Deno.copyFileSync(native, target);
    Deno.removeSync(native);
  }
}

/** `ren *.txt *.bak`. */
export function rename({ interpreter, rest }: Call): void {
  const { paths } = interpreter;
  const { operands: [source, name, more] } = wordsOf(rest, /^$/);
  if (source === undefined || name === undefined || more !== undefined || /[\\/:]/.test(name)) {
    throw new CommandFailure(SYNTAX_INCORRECT);
  }
  const found = paths.matching(source);
  if (found.length === 0) throw paths.missing(source);
  for (const file of found) {
    const fresh = /[*?]/.test(name) ? renamed(file.name, name) : name;
    const target = `${file.native.replace(/\/[^/]*$/, "")}/${fresh}`;
    if (paths.stat(target) !== undefined && target.toLowerCase() !== file.native.toLowerCase()) {
      throw new CommandFailure("A duplicate file name exists, or the file\ncannot be found.");
    }
    paths.attempt(target, () => Deno.renameSync(file.native, target));
  }
}

/** `*.bak` of `a.txt` is `a.bak`: name and extension are filled in separately. */
function renamed(name: string, pattern: string): string {
  const split = (text: string): [string, string | undefined] => {
    const dot = text.lastIndexOf(".");
    return dot < 0 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
  };
  const filled = (part: string, shape: string): string => {
    let text = "";
    for (const [index, character] of [...shape].entries()) {
      if (character === "*") return text + part.slice(index);
      text += character === "?" ? part[index] ?? "" : character;
    }
    return text;
  };
  const [base, extension = ""] = split(name);
  const [baseShape, extensionShape] = split(pattern);
  const head = filled(base, baseShape);
  return extensionShape === undefined ? head : `${head}.${filled(extension, extensionShape)}`;
}

/** `type` and `more`. @module */
import { folderAndPattern } from "../paths.ts";
import { CommandFailure, SYNTAX_INCORRECT } from "../signals.ts";
import { decodeText } from "../texts.ts";
import { type Call, wordsOf } from "./call.ts";

const MARK_UTF16 = /^(?:\xff\xfe|\xfe\xff)/;

/** `type files`: UTF-16 becomes UTF-8, everything else stays as it is. */
export async function typeFiles(call: Call): Promise<void> {
  const { operands } = wordsOf(call.rest, /^\/[a-z]$/i);
  if (operands.length === 0) throw new CommandFailure(SYNTAX_INCORRECT);
  await showFiles(call, operands);
}

/** `more files`, or what comes in: nobody is there to turn pages. */
export async function more(call: Call): Promise<void> {
  const { operands } = wordsOf(call.rest, /^(?:\/[ecpst]\d*|\+\d+)$/i);
  if (operands.length > 0) return await showFiles(call, operands);
  await copyInput(call);
}

/** What comes in, as it comes: it may have no end. */
async function copyInput({ interpreter, streams }: Call): Promise<void> {
  for (;;) {
    await streams.stdin.ready();
    const bytes = streams.stdin.take();
    if (bytes.length === 0) return;
    await interpreter.printBytes(streams.stdout, bytes.slice());
    await interpreter.session.breathe();
  }
}

async function showFiles(call: Call, operands: readonly string[]): Promise<void> {
  const { interpreter: { paths }, interpreter, streams } = call;
  for (const operand of operands) {
    if (/^nul:?$/i.test(operand)) continue;
    if (/^con:?$/i.test(operand)) {
      await copyInput(call);
      continue;
    }
    const found = paths.matching(operand).filter(({ info }) => !info.isDirectory);
    if (found.length === 0) {
      throw paths.isFolder(operand) ? new CommandFailure("Access is denied.") : paths.missing(operand);
    }
    const hasSeveral = operands.length > 1 || /[*?]/.test(folderAndPattern(operand)[1]);
    for (const { native, shown } of found) {
      // The names go beside the contents, so that only these are redirected.
      if (hasSeveral) await interpreter.print(streams.stderr, `\n${shown}\n\n\n`);
      await showFile(call, native);
    }
  }
}

async function showFile({ interpreter, streams }: Call, native: string): Promise<void> {
  using file = interpreter.paths.attempt(native, () => Deno.openSync(native));
  const bytes = new Uint8Array(256 * 1024);
  for (let isFirst = true, count; (count = await file.read(bytes)) !== null; isFirst = false) {
    if (isFirst && MARK_UTF16.test(String.fromCharCode(bytes[0]!, bytes[1]!))) {
      const text = decodeText(interpreter.paths.attempt(native, () => Deno.readFileSync(native)));
      return await interpreter.print(streams.stdout, text);
    }
    await interpreter.session.breathe();
    await interpreter.printBytes(streams.stdout, bytes.slice(0, count));
  }
}

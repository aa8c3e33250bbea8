/** `findstr`: lines that match one of several texts or patterns. @module */
import { CommandFailure } from "../signals.ts";
import { decodeText, linesOf } from "../texts.ts";
import { type Call, wordsOf } from "./call.ts";
import { textsOf } from "./filters.ts";

const SWITCH = /^(?:\/(?:[belrsixvnmop]|off(?:line)?))+$/i;

interface Request {
  readonly switches: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
  readonly files: readonly string[];
}

/** `findstr [/b /e /l /r /s /i /x /v /n /m /o] [/c:text] [/g:file] [/f:file] [texts] [files]`. */
export async function findstr(call: Call): Promise<number> {
  const { interpreter, streams } = call;
  const { switches, patterns, files } = requestOf(call);
  const namesFiles = files.length > 1 || switches.has("s") || /[*?]/.test(files[0] ?? "");
  const matches = (line: string): boolean =>
    patterns.some((pattern) => pattern.test(line)) !== switches.has("v");
  let isFound = false;
  try {
    for await (const { name, lines, text: whole } of textsOf(call, files, switches.has("s"))) {
      let text = "";
      let offset = 0;
      for (const [index, line] of lines.entries()) {
        if (matches(line)) {
          isFound = true;
          if (switches.has("m")) {
            text = `${name ?? ""}\n`;
            break;
          }
          const place = [
            ...namesFiles && name !== undefined ? [name] : [],
            ...switches.has("n") ? [index + 1] : [],
            ...switches.has("o") ? [offset] : [],
          ];
          text += `${place.map((part) => `${part}:`).join("")}${line}\n`;
        }
        offset += line.length;
        offset += whole[offset] === "\r" ? 2 : 1;
      }
      if (text !== "") await interpreter.print(streams.stdout, text);
    }
  } catch (error) {
    if (!(error instanceof CommandFailure) || !files.includes(error.message)) throw error;
    throw new CommandFailure(`FINDSTR: Cannot open ${error.message}`);
  }
  return isFound ? 0 : 1;
}

function requestOf({ interpreter: { paths }, rest }: Call): Request {
  const given: string[] = [];
  const readFile = (name: string): string[] => {
    const native = paths.native(name);
    return linesOf(decodeText(paths.attempt(native, () => Deno.readFileSync(native))));
  };
  let texts: string[] | undefined;
  let files: string[] | undefined;
  let isQuoted = false;
  // `/c:`, `/g:` and their kind may hold blanks within quotes, so they are taken out first.
  const others = rest.replaceAll(
    /(?:^|(?<=[\s"]))\/([cgfda]):("(?:\\"|[^"])*"|[^\s"]*)/gi,
    (_, name: string, value: string) => {
      const bare = value.replace(/^"(.*)"$/s, "$1");
      if (/c/i.test(name)) {
        (texts ??= []).push(bare);
        isQuoted = true;
      } else if (/g/i.test(name)) (texts ??= []).push(...readFile(bare));
      else if (/f/i.test(name)) (files ??= []).push(...readFile(bare));
      else given.push(name);
      return " ";
    },
  );
  const { switches, operands: [first, ...more] } = wordsOf(others.replaceAll('\\"', "\u0001"), SWITCH);
  const operands = first === undefined ? more : [first, ...more];
  if (texts === undefined) {
    const text = operands.shift();
    if (text === undefined) throw new CommandFailure("FINDSTR: Bad command line", 2);
    texts = text.split(" ").filter((part) => part !== "");
  }
  const all = texts.map((text) => text.replaceAll("\u0001", '"').replaceAll('\\"', '"'));
  const isRegular = switches.has("r") ||
    (!switches.has("l") && !isQuoted && /[.*^$[\]\\]/.test(all[0] ?? ""));
  return {
    switches,
    patterns: all.map((text) => patternOf(text, isRegular, switches)),
    files: files ?? operands,
  };
}

function patternOf(text: string, isRegular: boolean, switches: ReadonlySet<string>): RegExp {
  const source = isRegular ? regularSource(text) : escaped(text.replaceAll("\\\\", "\\"));
  const head = switches.has("b") || switches.has("x") ? "^(?:" : "(?:";
  const tail = switches.has("e") || switches.has("x") ? ")$" : ")";
  try {
    return new RegExp(head + source + tail, switches.has("i") ? "i" : "");
  } catch {
    throw new CommandFailure(`FINDSTR: Bad pattern ${text}`, 2);
  }
}

/** findstr knows `.`, `*`, `^`, `$`, `[a-z]`, `[^a-z]`, `\<`, `\>` and `\x`; all else stands for itself. */
function regularSource(text: string): string {
  let source = "";
  let canRepeat = false;
  for (let at = 0; at < text.length; at++) {
    const rest = text.slice(at);
    const set = /^\[(\^?)((?:\\.|[^\]])+)\]/s.exec(rest);
    const edge = /^\\[<>]/.exec(rest)?.[0];
    if (set !== null) {
      source += `[${set[1]}${set[2]!.replaceAll(/\\(.)/gs, "$1").replaceAll(/[\\\][^]/g, "\\$&")}]`;
      at += set[0].length - 1;
    } else if (edge !== undefined) {
      source += edge === "\\<" ? "(?<!\\w)(?=\\w)" : "(?<=\\w)(?!\\w)";
      at++;
    } else if (text[at] === "\\" && at + 1 < text.length) source += escaped(text[++at]!);
    else if (text[at] === ".") source += ".";
    else if (text[at] === "*" && canRepeat) source += "*";
    else if ((text[at] === "^" && at === 0) || (text[at] === "$" && rest.length === 1)) source += text[at];
    else source += escaped(text[at]!);
    canRepeat = edge === undefined && text[at] !== "*" && !(text[at] === "^" && at === 0);
  }
  return source;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

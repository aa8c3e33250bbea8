/** `burnscript check`: which scripts will run, and what they use. @module */
import { exists } from "../platform/exists.ts";
import { DISPATCH } from "../automation/variant.ts";
import { checkScripts, type CheckSummary, type ScriptReport, type Tally } from "../jobs/check.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import { writeText } from "../platform/console.ts";
import { InterruptFlag } from "../platform/interrupt.ts";
import { describeHost, type HostDescription } from "../vbscript/mod.ts";
import { createProgIds } from "../wsh/objects.ts";
import * as explorer from "../wsh/explorer/mod.ts";
import * as xml from "../wsh/xml/mod.ts";
import { scriptInventories } from "../wsh/script_inventories.ts";
import { WScript } from "../wsh/wscript.ts";
import { type Command, parseCommand, UsageError } from "./command.ts";

/** The `check` command. */
export const checkCommand: Command = {
  help: `usage: burnscript check [OPTIONS] SCRIPT|FOLDER …

Reads scripts, runs none, and tells which will run as they are and why the others will not: objects that
cannot be created, members that they do not have, functions that are not there, errors of the compiler. Of a
folder it takes all .vbs, .vbe, .js, .jse, .wsf and .wsc files at any depth. At the end stands a table of
every object and member: how often it is used, in how many scripts, and whether it is supported.

What a script only decides while it runs (names that it computes, code that it makes) cannot be told; it
counts as supported, and is mentioned.

  --json                 one JSON object a script, and one with the totals
  --quiet                the totals alone
  --exit-zero            exit code 0 whatever is found

Exit codes: 0 everything is supported, 1 something is not, 2 wrong use.

  burnscript check /srv/jobs
  burnscript check --json scripts | jq -r 'select(.verdict == "unsupported").path'
`,
  run: (args) => Promise.resolve(runCheck(args)),
};

function runCheck(args: readonly string[]): number {
  const parsed = parseCommand(args, { flag: ["exit-zero"] });
  if (parsed.positional.length === 0) {
    throw new UsageError(
      "Which scripts? Give .vbs, .vbe, .js, .jse, .wsf or .wsc files, or folders that hold some",
    );
  }
  for (const path of parsed.positional) {
    if (!exists(path)) throw new UsageError(`There is no file or folder "${path}"`);
  }
  const { json, quiet } = parsed;
  const style = new Style(Deno.stdout.isTerminal() && !Deno.noColor);
  const host = describeScriptHost();
  const summary = checkScripts({
    paths: parsed.positional,
    host,
    read: (bytes, path) => scriptInventories(bytes, path, host),
    onScript: (report) => {
      if (quiet) return;
      writeText("stdout", json ? jsonLine({ event: "script", ...flat(report) }) : linesOf(report, style));
    },
  });
  if (summary.scripts === 0) {
    writeText(
      "stderr",
      `There is no .vbs, .vbe, .js, .jse, .wsf or .wsc file in ${parsed.positional.join(", ")}\n`,
    );
    return EXIT.wrongUse;
  }
  writeText("stdout", json ? jsonLine({ event: "summary", ...summary }) : textOf(summary, style));
  return summary.runs === summary.scripts || parsed.has("exit-zero") ? EXIT.done : EXIT.failed;
}

/** What `burnscript run` offers to a script, from the objects themselves; no drive is touched. */
export function describeScriptHost(): HostDescription {
  const progIds = createProgIds({
    session: { virtual: [], maps: [] },
    verify: "none",
    interrupt: new InterruptFlag(),
    xml,
    explorer,
  });
  return describeHost({
    progIds: Object.fromEntries(progIds.names.map((name) => [name, progIds.create(name)[DISPATCH]])),
    findProgId: (progId) => progIds.find(progId),
    objects: { WScript: WScript.prototype[DISPATCH] },
    functions: ["MsgBox", "InputBox", "GetObject"],
    monikers: ["new:", "script:"],
  });
}

/** A report as one object without another inside. */
function flat({ inventory, ...report }: ScriptReport): Record<string, unknown> {
  return {
    ...report,
    ...inventory ?? { compileError: undefined, progIds: [], members: [], functions: [], runsCode: [] },
  };
}

/** JSON in which what is not known is null, so that every object has all its keys. */
function jsonLine(value: unknown): string {
  return `${JSON.stringify(value, (_key, part) => part === undefined ? null : part)}\n`;
}

/** Colours, where they are seen. */
class Style {
  constructor(readonly isColoured: boolean) {}

  good(text: string): string {
    return this.#in("32", text);
  }

  bad(text: string): string {
    return this.#in("31", text);
  }

  unsure(text: string): string {
    return this.#in("33", text);
  }

  heading(text: string): string {
    return this.#in("1", text);
  }

  #in(code: string, text: string): string {
    return this.isColoured ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}

const SHOWN_CHARACTERS_MAX = 100;

/** Text of scripts and names of files, which may hold anything, as one line that leaves a terminal alone. */
function shown(text: string): string {
  const clean = text.replace(/\p{Cc}|\p{Cf}|[\u2028\u2029]/gu, "\ufffd").toWellFormed();
  return clean.length <= SHOWN_CHARACTERS_MAX
    ? clean
    : `${clean.slice(0, SHOWN_CHARACTERS_MAX)}…`.toWellFormed();
}

/** A script that runs as one line, any other as a line for each problem. */
function linesOf(report: ScriptReport, style: Style): string {
  const path = report.path.replace(/\p{Cc}/gu, "\ufffd");
  const { inventory } = report;
  if (report.verdict === "runs") {
    const doubts: string[] = [];
    const computed = inventory?.progIds.find((use) => use.progId === undefined);
    const code = inventory?.runsCode[0];
    if (computed !== undefined) doubts.push(`line ${computed.line} computes which object it creates`);
    if (code !== undefined) doubts.push(`line ${code.line} runs code that the script makes`);
    if (doubts.length === 0) return `${path}: ${style.good("runs")}\n`;
    return `${path}: ${style.unsure("runs, as far as can be told:")} ${doubts.join("; ")}\n`;
  }
  return report.problems.map(({ line, column, message, uses }) => {
    const place = line === 0 ? path : `${path}:${line}:${column}`;
    return `${place}: ${style.bad(shown(message))}${uses > 1 ? ` (${uses} times)` : ""}\n`;
  }).join("");
}

const NAME_WIDTH = 50;

function textOf(summary: CheckSummary, style: Style): string {
  const lines = ["", style.heading(`${"object or member".padEnd(NAME_WIDTH)}    uses  scripts  supported`)];
  for (const object of summary.objects) {
    lines.push(row(object, "", style));
    for (const member of object.members) lines.push(row(member, "  .", style));
  }
  const functions = summary.functions.filter(({ supported }) => supported !== true);
  if (functions.length > 0) {
    lines.push("", style.heading(`${"function".padEnd(NAME_WIDTH)}    uses  scripts  supported`));
    for (const tally of functions) lines.push(row(tally, "", style));
  }
  lines.push("", ...remarks(summary), summaryLine(summary, style), "");
  return lines.join("\n");
}

function row({ name, uses, scripts, supported, nearest }: Tally, prefix: string, style: Style): string {
  const meant = nearest === undefined ? "" : `: did you mean ${shown(nearest)}?`;
  const verdict = supported === undefined
    ? style.unsure(`unknown${meant}`)
    : supported
    ? style.good("yes")
    : style.bad(`no${meant}`);
  const counts = `${(uses === 0 ? "" : String(uses)).padStart(8)}${String(scripts).padStart(9)}`;
  return `${`${prefix}${shown(name)}`.padEnd(NAME_WIDTH)}${counts}  ${verdict}`;
}

/** What could not be told. */
function remarks({ computedProgIds, unknownMembers, runsCode }: CheckSummary): string[] {
  const lines: string[] = [];
  if (computedProgIds > 0) lines.push(`${count(computedProgIds, "object")} created by a computed name`);
  if (unknownMembers > 0) lines.push(`${count(unknownMembers, "use")} of members of objects of unknown type`);
  if (runsCode > 0) lines.push(`${count(runsCode, "use")} of Execute, ExecuteGlobal or Eval`);
  return lines.length === 0 ? [] : [`Cannot be told: ${lines.join("; ")}`];
}

function summaryLine(summary: CheckSummary, style: Style): string {
  const { scripts, runs, unsupported, compileErrors, unreadable } = summary;
  const parts = [
    unsupported > 0 ? `${unsupported} ${unsupported === 1 ? "uses" : "use"} what is not supported` : "",
    compileErrors > 0 ? `${compileErrors} ${compileErrors === 1 ? "does" : "do"} not compile` : "",
    unreadable > 0 ? `${unreadable} cannot be read` : "",
  ].filter((part) => part !== "");
  const head = `${runs} of ${count(scripts, "script")} ${
    scripts === 1 ? "runs as it is" : "run as they are"
  }`;
  return parts.length === 0 ? style.good(head) : `${head}; ${style.bad(parts.join(", "))}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `tasklist` and `taskkill`: the processes of this system. @module */
import { descendantsOf, listProcesses, type RunningProcess } from "../../../../platform/process_tree.ts";
import { wildcard } from "../../../scripting/windows_path.ts";
import { splitArguments } from "../../command_line.ts";
import { CommandFailure } from "../signals.ts";
import { grouped } from "../texts.ts";
import type { Call } from "./call.ts";

const NONE_MATCHES = "INFO: No tasks are running which match the specified criteria.\n";
const NOT_FOUND_CODE = 128;

interface Options {
  /** By their names in small letters, in the order of the line; `/fi`, `/im` and `/pid` may stand more than once. */
  readonly values: readonly (readonly [name: string, value: string])[];
  has(name: string): boolean;
}

function optionsOf(rest: string, valued: readonly string[], alone: readonly string[], name: string): Options {
  const words = splitArguments(rest);
  const values: [string, string][] = [];
  const invalid = (word: string): CommandFailure =>
    new CommandFailure(
      `ERROR: Invalid argument/option - '${word}'.\nType "${name.toUpperCase()} /?" for usage.`,
    );
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const option = /^[/-](\w+)$/.exec(word)?.[1]?.toLowerCase();
    if (option !== undefined && alone.includes(option)) values.push([option, ""]);
    else if (option !== undefined && valued.includes(option) && index + 1 < words.length) {
      values.push([option, words[++index]!]);
    } else throw invalid(word);
  }
  return { values, has: (wanted) => values.some(([one]) => one === wanted) };
}

/** `tasklist [/fo table|csv|list] [/nh] [/fi "IMAGENAME eq name"]…` */
export async function taskList({ interpreter, streams, rest }: Call): Promise<number> {
  const options = optionsOf(rest, ["fo", "fi"], ["nh", "v"], "tasklist");
  const filters = options.values.filter(([name]) => name === "fi").map(([, text]) => filterOf(text));
  const format = options.values.findLast(([name]) => name === "fo")?.[1].toLowerCase() ?? "table";
  if (!["table", "csv", "list"].includes(format)) {
    throw new CommandFailure(`ERROR: Invalid syntax. Value for /FO is TABLE, LIST or CSV, not '${format}'.`);
  }
  const tasks = (await listProcesses()).filter((task) => filters.every((matches) => matches(task)));
  if (tasks.length === 0) {
    await interpreter.print(streams.stdout, NONE_MATCHES);
    return 0;
  }
  await interpreter.print(streams.stdout, FORMATS[format]!(tasks.map(rowOf), options.has("nh")));
  return 0;
}

const COLUMNS = ["Image Name", "PID", "Session Name", "Session#", "Mem Usage"] as const;
const WIDTHS = [25, 8, 16, 11, 12] as const;
/** The columns whose texts stand at their right. */
const RIGHT = [false, true, false, true, true] as const;

function rowOf({ name, pid, memoryBytes }: RunningProcess): string[] {
  return [name, String(pid), "Console", "1", `${grouped(Math.ceil(memoryBytes / 1024))} K`];
}

const FORMATS: Readonly<Record<string, (rows: readonly string[][], withoutHead: boolean) => string>> = {
  table: (rows, withoutHead) => {
    const line = (cells: readonly string[]): string =>
      cells.map((cell, index) =>
        RIGHT[index] ? cell.padStart(WIDTHS[index]!) : cell.slice(0, WIDTHS[index]).padEnd(WIDTHS[index]!)
      ).join(" ") + "\n";
    const head = withoutHead ? "" : line(COLUMNS) + `${WIDTHS.map((width) => "=".repeat(width)).join(" ")}\n`;
    return `\n${head}${rows.map(line).join("")}`;
  },
  csv: (rows, withoutHead) =>
    (withoutHead ? rows : [COLUMNS, ...rows]).map((row) =>
      `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`
    ).join(""),
  list: (rows) =>
    rows.map((row) =>
      `\n${row.map((cell, index) => `${`${COLUMNS[index]}:`.padEnd(13)} ${cell}\n`).join("")}`
    ).join(""),
};

/** What a filter such as `IMAGENAME eq sh*` or `PID gt 100` leaves. */
function filterOf(text: string): (task: RunningProcess) => boolean {
  const match = /^\s*(\w+)\s+(eq|ne|gt|lt|ge|le)\s+(.*?)\s*$/i.exec(text);
  const [, name = "", operator = "", value = ""] = match ?? [];
  const test = OPERATORS[operator.toLowerCase()];
  switch (name.toLowerCase()) {
    case "imagename": {
      const matches = nameMatcher(value);
      return ({ name: own }) => matches(own) === (operator.toLowerCase() === "eq");
    }
    case "pid":
      return ({ pid }) => test!(pid, Number(value));
    case "memusage":
      return ({ memoryBytes }) => test!(memoryBytes / 1024, Number(value));
    case "status":
      return () => /^running$/i.test(value) === (operator.toLowerCase() === "eq");
  }
  throw new CommandFailure("ERROR: The search filter cannot be recognized.");
}

const OPERATORS: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  eq: (one, other) => one === other,
  ne: (one, other) => one !== other,
  gt: (one, other) => one > other,
  lt: (one, other) => one < other,
  ge: (one, other) => one >= other,
  le: (one, other) => one <= other,
};

/** Whether a program has a name, with or without `.exe`; Linux keeps the first 15 letters. */
function nameMatcher(text: string): (name: string) => boolean {
  const pattern = wildcard(text.replace(/\.exe$/i, ""));
  const short = wildcard(text.replace(/\.exe$/i, "").slice(0, 15));
  return (name) => pattern.test(name.replace(/\.exe$/i, "")) || (name.length === 15 && short.test(name));
}

/** `taskkill {/im name | /pid number | /fi filter}… [/f] [/t]`: without `/f` a program may end in its own way. */
export async function taskKill(call: Call): Promise<number> {
  const { interpreter, streams, rest } = call;
  const options = optionsOf(rest, ["im", "pid", "fi"], ["f", "t"], "taskkill");
  const wanted = options.values.filter(([name]) => name === "im" || name === "pid");
  const filters = options.values.filter(([name]) => name === "fi").map(([, text]) => filterOf(text));
  if (wanted.length === 0 && filters.length === 0) {
    throw new CommandFailure(
      'ERROR: Invalid syntax. Neither /FI nor /PID nor /IM were specified.\nType "TASKKILL /?" for usage.',
    );
  }
  const all = (await listProcesses()).filter((task) =>
    task.pid !== Deno.pid && filters.every((matches) => matches(task))
  );
  if (wanted.length === 0 && all.length === 0) {
    await interpreter.print(streams.stdout, NONE_MATCHES);
    return 0;
  }
  let result = 0;
  for (const [kind, value] of wanted.length === 0 ? [["", ""] as const] : wanted) {
    const matches = kind === "im" ? nameMatcher(value) : undefined;
    const found = all.filter(({ pid, name }) => matches?.(name) ?? (kind === "" || pid === Number(value)));
    if (found.length === 0) {
      await interpreter.print(streams.stderr, `ERROR: The process "${value}" not found.\n`);
      result = NOT_FOUND_CODE;
    }
    for (const { pid, name } of found) {
      const below = options.has("t") ? await descendantsOf(pid) : [];
      for (const each of [...below, pid]) {
        if (!await end(call, { pid: each, name, isForced: options.has("f"), isBelow: each !== pid })) {
          result = 1;
        }
      }
    }
  }
  return result;
}

async function end(
  { interpreter, streams }: Call,
  { pid, name, isForced, isBelow }: { pid: number; name: string; isForced: boolean; isBelow: boolean },
): Promise<boolean> {
  const what = isBelow ? `process with PID ${pid}` : `process "${name}" with PID ${pid}`;
  try {
    Deno.kill(pid, isForced ? "SIGKILL" : "SIGTERM");
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    if (error instanceof Deno.errors.NotFound) return true; // it has ended meanwhile
    await interpreter.print(
      streams.stderr,
      `ERROR: The ${what} could not be terminated.\nReason: Access is denied.\n`,
    );
    return false;
  }
  const text = isForced ? `The ${what} has been terminated.` : `Sent termination signal to the ${what}.`;
  await interpreter.print(streams.stdout, `SUCCESS: ${text}\n`);
  return true;
}

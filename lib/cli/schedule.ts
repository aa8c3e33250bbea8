/** `burnscript schedule`: scripts that run by themselves. @module */
import { EXIT } from "../jobs/exit_codes.ts";
import {
  checkName,
  describeTiming,
  parseCron,
  parseDaily,
  parseEvery,
  parseWeekly,
  type ScheduledJob,
  ScheduleError,
  type Timing,
} from "../jobs/schedule/job.ts";
import { type Scheduler, schedulersOf } from "../jobs/schedule/schedulers.ts";
import { writeText } from "../platform/console.ts";
import { readVariable } from "../platform/environment.ts";
import { type Command, parseCommand, printJson, UsageError } from "./command.ts";

/** The `schedule` command. */
export const scheduleCommand: Command = {
  help: `usage: burnscript schedule add WHEN [OPTIONS] [--] [RUN OPTIONS] SCRIPT [ARGUMENTS]
       burnscript schedule list [--json]
       burnscript schedule remove NAME

Installs a script with the scheduler of this computer: a timer of your systemd, your crontab, or the Task
Scheduler. What follows the options is the command line of "burnscript run", with its options.

  --daily 03:00          every day
  --weekly mon 03:00     every week; several days are mon,thu
  --every 15m            at intervals: 15m, 2h, 1d
  --cron "15 2 * * 1-5"  as crontab says it (cron, systemd)
  --on-calendar TEXT     as systemd says it
  --name NAME            the job's name (default: the script's); one of that name is replaced
  --with cron|systemd|tasks
                         the scheduler (default: systemd if yours answers, else cron; on Windows tasks)
  --cd DIR               the folder that the script starts in (default: the current one)
  --env NAME=VALUE       a variable that the script finds; may repeat. PATH and BURNSCRIPT_… are those of now
  --log FILE             where the script's output goes, with the time (default: burnscript/NAME.log among
                         your state files)
  --dry-run              show what would be installed, and install nothing

The script runs once at a time (--single), and nothing asks (--dialogs=default).

  burnscript schedule add --daily 03:00 nightly.vbs /full
  burnscript schedule add --every 15m --name watch --map g:=/srv/data //T:600 watch.vbs
  burnscript schedule add --dry-run --weekly mon,thu 22:30 --with cron archive.vbs
  burnscript schedule list
  burnscript schedule remove nightly
`,
  run: async (args) => {
    const [action, ...rest] = args;
    switch (action) {
      case "add":
        return await add(rest);
      case "list":
        return await list(rest);
      case "remove":
        return await remove(rest);
    }
    throw new UsageError(
      `${
        action === undefined ? "What shall be done?" : `There is no "schedule ${action}".`
      } burnscript schedule add, list or remove`,
    );
  },
};

/** What the options of `add` say, and the command line of `run` that follows them. */
interface AddOptions {
  timing?: Timing;
  name?: string;
  with?: string;
  cd?: string;
  log?: string;
  isDry: boolean;
  readonly environment: Record<string, string>;
  runLine: readonly string[];
}

const TIMINGS: Readonly<Record<string, (text: string) => Timing>> = {
  "--daily": parseDaily,
  "--weekly": parseWeekly,
  "--every": parseEvery,
  "--cron": parseCron,
  "--on-calendar": (text) => ({ kind: "calendar", expression: text.trim() }),
};

/** Reads options up to the first word that is none of them. */
function parseAdd(args: readonly string[]): AddOptions {
  const options: AddOptions = { isDry: false, environment: {}, runLine: [] };
  let at = 0;
  const valueOf = (name: string, inline: string | undefined): string => {
    const value = inline ?? args[++at];
    if (value === undefined || value === "") throw new UsageError(`${name} takes a value`);
    return value;
  };
  for (; at < args.length; at++) {
    const [, name, inline] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(args[at]!) ?? [];
    if (args[at] === "--dry-run") options.isDry = true;
    else if (name !== undefined && Object.hasOwn(TIMINGS, name)) {
      if (options.timing !== undefined) {
        throw new UsageError("A job has one time; install another job for another time");
      }
      let text = valueOf(name, inline);
      // The day and the time of --weekly are two words.
      if (name === "--weekly" && !/\s/.test(text)) text += ` ${args[++at] ?? ""}`;
      options.timing = TIMINGS[name]!(text);
    } else if (name === "--name") options.name = valueOf(name, inline);
    else if (name === "--with") options.with = valueOf(name, inline);
    else if (name === "--cd") options.cd = valueOf(name, inline);
    else if (name === "--log") options.log = valueOf(name, inline);
    else if (name === "--env") {
      const [, key, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(valueOf(name, inline)) ?? [];
      if (key === undefined) throw new UsageError("--env has the form NAME=VALUE");
      options.environment[key] = value!;
    } else {
      if (args[at] === "--") at++;
      break;
    }
  }
  options.runLine = args.slice(at);
  return options;
}

async function add(args: readonly string[]): Promise<number> {
  const options = parseAdd(args);
  if (options.timing === undefined) {
    throw new UsageError(
      "When shall it run? --daily 03:00, --weekly mon 03:00, --every 15m, --cron or --on-calendar",
    );
  }
  const at = options.runLine.findIndex((word) =>
    !/^-/.test(word) && /\.(?:vbs|vbe|js|jse|wsf|wsh)$/i.test(word)
  );
  if (at < 0) throw new UsageError("Which script shall run? burnscript schedule add WHEN SCRIPT");
  const script = await existing(options.runLine[at]!);
  const workingDirectory = await existing(options.cd ?? ".");
  const name = checkName(
    options.name ?? script.replace(/^.*[\\/]/, "").replace(/\.\w+$/, "").replaceAll(/[^\w.-]+/g, "-"),
  );
  const log = absolute(options.log ?? `${stateFolder()}/${name}.log`, Deno.cwd());
  const before = options.runLine.slice(0, at);
  if (before.some((word) => /^--log(?:=|$)/.test(word))) {
    throw new UsageError("--log FILE stands before the options of run");
  }
  const { checkRunOptions } = await import(
    new URL("./run.ts", import.meta.url).href
  ) as typeof import("./run.ts");
  checkRunOptions([...before, ...options.runLine.slice(at + 1).filter((word) => word.startsWith("//"))]);
  const job: ScheduledJob = {
    name,
    timing: options.timing,
    workingDirectory,
    script,
    environment: { ...inherited(), ...options.environment },
    command: [
      Deno.execPath(),
      "run",
      "-A",
      commandLine(),
      "run",
      ...before.includes("--single") ? [] : ["--single"],
      ...before.some((word) => word.startsWith("--dialogs")) ? [] : ["--dialogs=default"],
      ...["--log", log, ...before, script, ...options.runLine.slice(at + 1)],
    ],
  };
  const scheduler = await chosen(options.with, options.isDry);
  if (options.isDry) {
    writeText("stdout", scheduler.preview(job));
    return EXIT.done;
  }
  scheduler.preview(job); // what cannot be installed is refused before anything is touched
  const isReplaced = (await scheduler.list()).some((installed) => installed.name === name);
  await Deno.mkdir(log.replace(/[\\/][^\\/]*$/, "") || "/", { recursive: true });
  await scheduler.add(job);
  const verb = isReplaced ? "Replaced" : "Installed";
  writeText(
    "stdout",
    `${verb} "${name}" with ${scheduler.name}: ${describeTiming(job.timing)}, log ${log}\n`,
  );
  if (scheduler.name === "systemd") {
    writeText(
      "stderr",
      "Timers run while you are logged in; `loginctl enable-linger` lets them run always\n",
    );
  }
  return EXIT.done;
}

async function list(args: readonly string[]): Promise<number> {
  const parsed = parseCommand(args);
  if (parsed.positional.length > 0) throw new UsageError("burnscript schedule list takes no names");
  let width = 0;
  const rows: { name: string; scheduler: string; when: string; script: string }[] = [];
  for (const scheduler of schedulersOf(Deno.build.os)) {
    if (scheduler.name === "cron" && !(await scheduler.isAvailable())) continue;
    for (const job of await scheduler.list()) {
      rows.push({ name: job.name, scheduler: scheduler.name, when: job.when, script: job.script });
      width = Math.max(width, job.name.length);
    }
  }
  for (const row of rows) {
    if (parsed.json) printJson({ event: "job", ...row });
    else {writeText(
        "stdout",
        `${row.name.padEnd(width)}  ${row.scheduler.padEnd(7)}  ${row.when}  ${row.script}\n`,
      );}
  }
  if (rows.length === 0 && !parsed.json) writeText("stdout", "No jobs are installed\n");
  return EXIT.done;
}

async function remove(args: readonly string[]): Promise<number> {
  const { positional } = parseCommand(args);
  const [name] = positional;
  if (name === undefined || positional.length > 1) {
    throw new UsageError("Which job? burnscript schedule remove NAME");
  }
  let removed = false;
  for (const scheduler of schedulersOf(Deno.build.os)) {
    if (scheduler.name === "cron" && !(await scheduler.isAvailable())) continue;
    if (await scheduler.remove(name)) {
      removed = true;
      writeText("stdout", `Removed "${name}" from ${scheduler.name}\n`);
    }
  }
  if (removed) return EXIT.done;
  writeText("stderr", `There is no job "${name}"; burnscript schedule list shows those that there are\n`);
  return EXIT.failed;
}

/** The scheduler of a name, or the first that is there. */
async function chosen(name: string | undefined, isDry: boolean): Promise<Scheduler> {
  const all = (["linux", "windows"] as const).flatMap(schedulersOf);
  const here = schedulersOf(Deno.build.os);
  if (name !== undefined) {
    // What another system would get can be looked at.
    const found = (isDry ? all : here).find((scheduler) => scheduler.name === name);
    if (found !== undefined) return found;
    throw new UsageError(
      `--with is one of ${here.map((scheduler) => scheduler.name).join(", ")} here, not "${name}"`,
    );
  }
  for (const scheduler of here) {
    if (await scheduler.isAvailable()) return scheduler;
  }
  if (isDry) return here.at(-1)!;
  throw new ScheduleError("No scheduler is there: neither your systemd answers nor is cron installed");
}

/** Variables that a scheduler would not set. */
function inherited(): Record<string, string> {
  if (Deno.build.os === "windows") return {};
  const names = ["PATH", "BURNSCRIPT_MAP", "BURNSCRIPT_VIRTUAL", "DENO_DIR"];
  return Object.fromEntries(names.flatMap((name) => {
    const value = readVariable(name);
    return value === undefined ? [] : [[name, value]];
  }));
}

function stateFolder(): string {
  const home = readVariable("HOME") ?? readVariable("USERPROFILE");
  const local = readVariable("LOCALAPPDATA");
  if (Deno.build.os === "windows" && local !== undefined) return `${local}\\burnscript`;
  const folder = readVariable("XDG_STATE_HOME") ?? (home && `${home}/.local/state`);
  if (folder === undefined) {
    throw new ScheduleError("HOME is not set, so the log has no place; name one with --log FILE");
  }
  return `${folder}/burnscript`;
}

async function existing(path: string): Promise<string> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new Error(`Cannot find "${path}"; look at its name, and at the folder: ${Deno.cwd()}`);
    }
    throw error;
  }
}

function absolute(path: string, folder: string): string {
  return /^(?:[a-z]:)?[\\/]/i.test(path) ? path : `${folder}/${path}`;
}

/** The file of the command line. */
function commandLine(): string {
  const path = decodeURIComponent(new URL("./main.ts", import.meta.url).pathname);
  return Deno.build.os === "windows" ? path.slice(1).replaceAll("/", "\\") : path;
}

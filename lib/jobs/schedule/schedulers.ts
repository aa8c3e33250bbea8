/** The schedulers of this computer: installing, listing and removing jobs with them. @module */
import { readVariable } from "../../platform/environment.ts";
import { writeWhole } from "../../platform/write_whole.ts";
import { entriesOf, withEntry, withoutEntry } from "./crontab.ts";
import { type InstalledJob, type ScheduledJob, ScheduleError } from "./job.ts";
import { jobOfUnit, systemdUnits, unitName } from "./systemd.ts";
import { jobOfTask, TASK_FOLDER, taskXml } from "./task_scheduler.ts";

/** A scheduler. */
export interface Scheduler {
  readonly name: "cron" | "systemd" | "tasks";
  /** Whether it is there. */
  isAvailable(): Promise<boolean>;
  /** What `add` would install, as text. */
  preview(job: ScheduledJob): string;
  /** Installs a job, in place of one of its name. */
  add(job: ScheduledJob): Promise<void>;
  list(): Promise<readonly InstalledJob[]>;
  /** Whether there was such a job. */
  remove(name: string): Promise<boolean>;
}

/** The schedulers that this kind of system may have, the preferred one first. */
export function schedulersOf(os: typeof Deno.build.os): readonly Scheduler[] {
  if (os === "windows") return [TASKS];
  return os === "linux" ? [SYSTEMD, CRON] : [CRON];
}

interface Outcome {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(program: string, args: readonly string[], input?: string): Promise<Outcome | undefined> {
  try {
    const child = new Deno.Command(program, {
      args: [...args],
      stdin: input === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    if (input !== undefined) {
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode(input));
      await writer.close();
    }
    const { success, stdout, stderr } = await child.output();
    const decoder = new TextDecoder();
    return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr).trim() };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function required(program: string, args: readonly string[], input?: string): Promise<string> {
  const outcome = await run(program, args, input);
  if (outcome?.success) return outcome.stdout;
  const reason = outcome === undefined ? "it is not installed" : outcome.stderr;
  throw new Error(`${program} ${args.join(" ")} failed: ${reason}`);
}

/** The user's crontab; nothing if there is none. */
async function readCrontab(): Promise<string> {
  const outcome = await run("crontab", ["-l"]);
  if (outcome === undefined) throw new Error("crontab is not installed; install cron, or use --with systemd");
  // "no crontab for …" is no failure; anything else is, lest an unreadable crontab is replaced by an empty one.
  if (!outcome.success && !/no crontab/i.test(outcome.stderr)) {
    throw new Error(`crontab -l failed: ${outcome.stderr}`);
  }
  return outcome.success ? outcome.stdout : "";
}

const CRON: Scheduler = {
  name: "cron",
  isAvailable: async () => await run("crontab", ["-l"]) !== undefined,
  preview: (job) => withEntry("", job),
  add: async (job) => void await required("crontab", ["-"], withEntry(await readCrontab(), job)),
  list: async () => entriesOf(await readCrontab()),
  remove: async (name) => {
    const rest = withoutEntry(await readCrontab(), name);
    if (rest !== undefined) await required("crontab", ["-"], rest);
    return rest !== undefined;
  },
};

function unitFolder(): string {
  const home = readVariable("HOME");
  const configuration = readVariable("XDG_CONFIG_HOME") ?? (home && `${home}/.config`);
  if (configuration === undefined) {
    throw new ScheduleError("HOME is not set, so there is no folder for systemd's units");
  }
  return `${configuration}/systemd/user`;
}

const SYSTEMD: Scheduler = {
  name: "systemd",
  isAvailable: async () => (await run("systemctl", ["--user", "show-environment"]))?.success ?? false,
  preview: (job) =>
    [...systemdUnits(job)].map(([name, text]) => `${unitFolder()}/${name}:\n${text}`).join("\n"),
  add: async (job) => {
    const folder = unitFolder();
    await Deno.mkdir(folder, { recursive: true });
    for (const [name, text] of systemdUnits(job)) writeWhole(`${folder}/${name}`, text);
    await required("systemctl", ["--user", "daemon-reload"]);
    await required("systemctl", ["--user", "enable", "--now", `${unitName(job.name)}.timer`]);
  },
  list: async () => {
    const jobs: InstalledJob[] = [];
    try {
      for await (const { name } of Deno.readDir(unitFolder())) {
        if (!/^burnscript-.*\.timer$/.test(name)) continue;
        const job = jobOfUnit(await Deno.readTextFile(`${unitFolder()}/${name}`));
        if (job !== undefined) jobs.push(job);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return jobs.sort((one, other) => one.name < other.name ? -1 : 1);
  },
  remove: async (name) => {
    if (!(await SYSTEMD.list()).some((job) => job.name === name)) return false;
    // A timer whose systemd does not answer now is not started again without its files.
    await run("systemctl", ["--user", "disable", "--now", `${unitName(name)}.timer`]);
    for (const ending of ["timer", "service"]) {
      await Deno.remove(`${unitFolder()}/${unitName(name)}.${ending}`);
    }
    await run("systemctl", ["--user", "daemon-reload"]);
    return true;
  },
};

const TASKS: Scheduler = {
  name: "tasks",
  isAvailable: async () => await run("schtasks", ["/query", "/?"]) !== undefined,
  preview: (job) => taskXml(job, new Date()),
  add: async (job) => {
    const path = await Deno.makeTempFile({ suffix: ".xml" });
    try {
      const text = `\ufeff${taskXml(job, new Date())}`;
      await Deno.writeFile(
        path,
        new Uint8Array(Uint16Array.from(text, (_, at) => text.charCodeAt(at)).buffer),
      );
      await required("schtasks", ["/create", "/tn", TASK_FOLDER + job.name, "/xml", path, "/f"]);
    } finally {
      await Deno.remove(path);
    }
  },
  list: async () => {
    const outcome = await run("schtasks", ["/query", "/xml"]);
    return (outcome?.stdout ?? "").split(/(?=<Task[ >])/).flatMap((xml) => jobOfTask(xml) ?? []);
  },
  remove: async (name) =>
    (await run("schtasks", ["/delete", "/tn", TASK_FOLDER + name, "/f"]))?.success ?? false,
};

/** Jobs as entries of the user's crontab. @module */
import {
  checkLines,
  type InstalledJob,
  jobOfMark,
  markOf,
  type ScheduledJob,
  ScheduleError,
  type Timing,
} from "./job.ts";

/** What cron takes of one entry (MAX_COMMAND of Vixie cron and its descendants, with room to spare). */
const COMMAND_BYTES_MAX = 990;

/** The two lines of an entry: our mark, and the job. @throws ScheduleError for what cron cannot do. */
export function crontabEntry(job: ScheduledJob): string {
  checkLines(job);
  const environment = Object.entries(job.environment).map(([name, value]) => `${name}=${value}`);
  const command = [
    ...["cd", job.workingDirectory].map(quoted),
    "&&",
    ...["env", ...environment, ...job.command].map(quoted),
    // What is shown stands in the log; cron sends what is left, the errors, by mail where there is mail.
    ">/dev/null",
  ].join(" ");
  // An unescaped percent sign is a line break to cron, within quotes too (crontab(5)).
  const escaped = command.replaceAll("%", "\\%");
  if (new TextEncoder().encode(escaped).length > COMMAND_BYTES_MAX) {
    throw new ScheduleError("The command is too long for cron, which takes 999 bytes; use --with systemd");
  }
  return `${markOf(job)}\n${cronFields(job.timing)} ${escaped}\n`;
}

/** The five fields of a timing. */
export function cronFields(timing: Timing): string {
  switch (timing.kind) {
    case "daily":
      return `${timing.minute} ${timing.hour} * * *`;
    case "weekly":
      return `${timing.minute} ${timing.hour} * * ${timing.days.join(",")}`;
    case "cron":
      return timing.fields.join(" ");
    case "every": {
      const { minutes } = timing;
      if (minutes < 60 && 60 % minutes === 0) return `*/${minutes} * * * *`;
      const hours = minutes / 60;
      if (Number.isInteger(hours) && hours <= 24 && 24 % hours === 0) {
        return hours === 24 ? "0 0 * * *" : `0 */${hours} * * *`;
      }
      throw new ScheduleError(
        "cron runs jobs at minutes that divide an hour, and hours that divide a day, such as 15m or 6h; use --with systemd",
      );
    }
    case "calendar":
      throw new ScheduleError("--on-calendar is systemd's; with cron use --cron");
  }
}

/** A word of the shell. */
function quoted(word: string): string {
  return /^[\w@+:,./=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A crontab with the entry, in place of one of its name. */
export function withEntry(crontab: string, job: ScheduledJob): string {
  const rest = withoutEntry(crontab, job.name) ?? crontab;
  return `${rest}${rest === "" || rest.endsWith("\n") ? "" : "\n"}${crontabEntry(job)}`;
}

/** A crontab without the entry of a name; undefined if there is none. */
export function withoutEntry(crontab: string, name: string): string | undefined {
  const lines = crontab.split("\n");
  const at = lines.findIndex((line) => jobOfMark(line)?.name === name);
  if (at < 0) return undefined;
  // Somebody may have taken the job's line out and left the mark.
  const hasJob = at + 1 < lines.length && lines[at + 1] !== "" && !lines[at + 1]!.startsWith("#");
  lines.splice(at, hasJob ? 2 : 1);
  return lines.join("\n");
}

/** Our entries of a crontab. */
export function entriesOf(crontab: string): InstalledJob[] {
  return crontab.split("\n").flatMap((line) => jobOfMark(line) ?? []);
}

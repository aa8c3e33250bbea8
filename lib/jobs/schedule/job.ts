/** A script that runs by itself, and when: what all schedulers have in common. @module */

/** When a job runs. */
export type Timing =
  | { readonly kind: "daily"; readonly hour: number; readonly minute: number }
  | {
    readonly kind: "weekly";
    readonly days: readonly number[];
    readonly hour: number;
    readonly minute: number;
  }
  | { readonly kind: "every"; readonly minutes: number }
  /** The five fields of crontab(5). */
  | { readonly kind: "cron"; readonly fields: readonly string[] }
  /** systemd.time(7). */
  | { readonly kind: "calendar"; readonly expression: string };

/** A job to install. */
export interface ScheduledJob {
  /** Letters, digits, dots, underscores and hyphens. */
  readonly name: string;
  readonly timing: Timing;
  /** The program and its arguments, with absolute paths. */
  readonly command: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The script, for lists. */
  readonly script: string;
}

/** What is kept beside an installed job, so that it can be listed. */
export interface InstalledJob {
  readonly name: string;
  readonly when: string;
  readonly script: string;
}

/** A timing, a name or a command that cannot be installed; its message says what to write instead. */
export class ScheduleError extends RangeError {
  override readonly name = "ScheduleError";
}

/** The days as crontab and systemd number and name them. */
export const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

/** `03:00`. @throws ScheduleError */
export function parseDaily(text: string): Timing {
  return { kind: "daily", ...timeOf(text) };
}

/** `mon 03:00`, `mon,thu 03:00`. @throws ScheduleError */
export function parseWeekly(text: string): Timing {
  const [days = "", time = ""] = text.trim().split(/\s+/);
  return { kind: "weekly", days: days.split(",").map(dayOf).toSorted(), ...timeOf(time) };
}

/** `15m`, `2h`, `1d`. @throws ScheduleError */
export function parseEvery(text: string): Timing {
  const match = /^(\d{1,5})(m|min|h|d)$/i.exec(text.trim());
  const minutes = match === null
    ? 0
    : Number(match[1]) * { m: 1, h: 60, d: 1440 }[match[2]![0]!.toLowerCase()]!;
  if (minutes < 1) throw new ScheduleError(`An interval has the form 15m, 2h or 1d, but this is "${text}"`);
  return { kind: "every", minutes };
}

const FIELDS = [["minute", 0, 59], ["hour", 0, 23], ["day of the month", 1, 31], ["month", 1, 12], [
  "day of the week",
  0,
  7,
]] as const;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** `15 2 * * mon-fri`. @throws ScheduleError */
export function parseCron(text: string): Timing {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    throw new ScheduleError(`A cron expression has five fields, such as "15 2 * * *", but this is "${text}"`);
  }
  return { kind: "cron", fields: fields.map(checkedField) };
}

/** A field with numbers in place of names. */
function checkedField(field: string, index: number): string {
  const [what, least, most] = FIELDS[index]!;
  return field.split(",").map((part) => {
    const numbers = part.toLowerCase().replaceAll(/[a-z]{3}/g, (name) => {
      const number = index === 3
        ? MONTHS.indexOf(name) + 1
        : DAYS.findIndex((day) => day.toLowerCase() === name);
      return index >= 3 && number >= least ? String(number) : name;
    });
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(numbers);
    const [from, to, step] = [match?.[1] ?? least, match?.[2] ?? match?.[1] ?? most, match?.[3] ?? 1].map(
      Number,
    );
    if (match === null || from! < least || to! > most || from! > to! || step! < 1) {
      throw new ScheduleError(
        `"${field}" is no ${what} of a cron expression: they go from ${least} to ${most}`,
      );
    }
    return numbers;
  }).join(",");
}

/** What a timing is, in words. */
export function describeTiming(timing: Timing): string {
  switch (timing.kind) {
    case "daily":
      return `daily at ${clock(timing)}`;
    case "weekly":
      return `${timing.days.map((day) => DAYS[day]).join(", ")} at ${clock(timing)}`;
    case "every":
      return `every ${intervalText(timing.minutes)}`;
    case "cron":
      return `cron ${timing.fields.join(" ")}`;
    case "calendar":
      return timing.expression;
  }
}

/** `15m`, `2h` or `1d`. */
export function intervalText(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** `03:00`. */
export function clock({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function timeOf(text: string): { hour: number; minute: number } {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  if (match === null) throw new ScheduleError(`A time has the form 03:00, but this is "${text}"`);
  return { hour: Number(match[1]), minute: Number(match[2]) };
}

function dayOf(text: string): number {
  const day = DAYS.findIndex((name) => text.toLowerCase().startsWith(name.toLowerCase()));
  if (day < 0 || !/^[a-z]{3,9}$/i.test(text)) {
    throw new ScheduleError(`A day is mon, tue, wed, thu, fri, sat or sun, but this is "${text}"`);
  }
  return day;
}

/** @throws ScheduleError for a name that files and tasks cannot have. */
export function checkName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    throw new ScheduleError(
      `A job's name has letters, digits, dots, underscores and hyphens, 64 at most, but this is "${name}"; give one with --name`,
    );
  }
  return name;
}

/** Nothing that a job is made of may end a line: that would be another entry. @throws ScheduleError */
export function checkLines(job: ScheduledJob): void {
  const texts = [...job.command, job.workingDirectory, ...Object.entries(job.environment).flat()];
  // deno-lint-ignore no-control-regex -- these are what must not be there
  const wrong = texts.find((text) => /[\x00-\x1f\x7f]/.test(text));
  if (wrong !== undefined) {
    throw new ScheduleError(`A job cannot have control characters or line breaks: ${JSON.stringify(wrong)}`);
  }
}

/** The mark of our entries in files of other programs, with what is listed of them. */
export function markOf(job: ScheduledJob): string {
  const { name, script } = job;
  return `# burnscript schedule ${JSON.stringify({ name, when: describeTiming(job.timing), script })}`;
}

/** What a line says of a job, if it is a mark. */
export function jobOfMark(line: string): InstalledJob | undefined {
  const match = /^# burnscript schedule (\{.*\})\s*$/.exec(line);
  if (match === null) return undefined;
  try {
    const { name, when, script } = JSON.parse(match[1]!) as Record<string, unknown>;
    return { name: String(name), when: String(when), script: String(script) };
  } catch {
    return undefined; // somebody edited it
  }
}

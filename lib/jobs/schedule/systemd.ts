/** Jobs as timers of the user's systemd. @module */
import {
  checkLines,
  clock,
  DAYS,
  describeTiming,
  type InstalledJob,
  jobOfMark,
  markOf,
  type ScheduledJob,
  type Timing,
} from "./job.ts";

/** The two units of a job, by their file names. */
export function systemdUnits(job: ScheduledJob): ReadonlyMap<string, string> {
  checkLines(job);
  const environment = Object.entries(job.environment).map(([name, value]) =>
    `Environment=${quoted(`${name}=${value}`)}\n`
  );
  const [program, ...args] = job.command as [string, ...string[]];
  const service = `${markOf(job)}
[Unit]
Description=Burnscript: ${percent(job.script)}

[Service]
Type=oneshot
WorkingDirectory=${percent(job.workingDirectory)}
${environment.join("")}ExecStart=${
    [program, ...args].map((word) => quoted(word).replaceAll("$", "$$$$")).join(" ")
  }
# What is shown stands in the log, errors in the journal too.
StandardOutput=null
`;
  const timer = `${markOf(job)}
[Unit]
Description=Burnscript: ${percent(job.script)}, ${percent(describeTiming(job.timing))}

[Timer]
${timerLines(job.timing).join("\n")}

[Install]
WantedBy=timers.target
`;
  return new Map([[`${unitName(job.name)}.service`, service], [`${unitName(job.name)}.timer`, timer]]);
}

/** The name of a job's units, without their endings. */
export function unitName(name: string): string {
  return `burnscript-${name}`;
}

/** The job that a unit file is of, if it is ours. */
export function jobOfUnit(text: string): InstalledJob | undefined {
  return jobOfMark(text.split("\n", 1)[0]!);
}

function timerLines(timing: Timing): string[] {
  if (timing.kind === "every") {
    return [`OnActiveSec=${timing.minutes}min`, `OnUnitActiveSec=${timing.minutes}min`];
  }
  // A job that was missed because the computer was off runs when it is on again.
  return [
    ...calendarExpressions(timing).map((expression) => `OnCalendar=${percent(expression)}`),
    "Persistent=true",
  ];
}

/** A timing as systemd.time(7) has it; the days of a crontab may need two expressions. */
export function calendarExpressions(timing: Exclude<Timing, { kind: "every" }>): string[] {
  switch (timing.kind) {
    case "daily":
      return [`*-*-* ${clock(timing)}:00`];
    case "weekly":
      return [`${timing.days.map((day) => DAYS[day]).join(",")} *-*-* ${clock(timing)}:00`];
    case "calendar":
      return [timing.expression];
    case "cron": {
      const [minute, hour, day, month, weekday] = timing.fields as [string, string, string, string, string];
      const time = `${field(hour, 0)}:${field(minute, 0)}:00`;
      const dated = `*-${field(month, 1)}-${field(day, 1)} ${time}`;
      const named = `${weekdays(weekday)} *-${field(month, 1)}-* ${time}`;
      if (weekday === "*") return [dated];
      // With both given cron runs when either matches (crontab(5)).
      return day.startsWith("*") ? [`${weekdays(weekday)} ${dated}`] : [dated, named];
    }
  }
}

/** A field of a crontab: `*\/15` is `0/15`, `1-5` is `1..5`. */
function field(text: string, least: number): string {
  return text.split(",").map((part) => part.replace(/^\*\//, `${least}/`).replace("-", "..")).join(",");
}

function weekdays(text: string): string {
  const days = new Set<number>();
  for (const part of text.split(",")) {
    const [, from = "0", to = from, step = "1"] = /^(?:\*|(\d)(?:-(\d))?)(?:\/(\d+))?$/.exec(part) ?? [];
    const last = part.startsWith("*") ? 6 : Number(to);
    for (let day = Number(from); day <= last; day += Number(step)) days.add(day % 7);
  }
  return [...days].sort().map((day) => DAYS[day]).join(",");
}

/** A word of a unit's command line, with the escapes of systemd.service(5). */
function quoted(word: string): string {
  return `"${percent(word).replaceAll(/["\\]/g, "\\$&")}"`;
}

/** Percent signs begin specifiers. */
function percent(text: string): string {
  return text.replaceAll("%", "%%");
}

/** Jobs as tasks of Windows' Task Scheduler (Task Scheduler schema 1.2). @module */
import {
  checkLines,
  clock,
  type InstalledJob,
  jobOfMark,
  markOf,
  type ScheduledJob,
  ScheduleError,
  type Timing,
} from "./job.ts";

/** The folder of our tasks. */
export const TASK_FOLDER = "\\Burnscript\\";

const DAY_NAMES = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** The XML of a task. `today` is the day from which on it runs. @throws ScheduleError for what tasks cannot do. */
export function taskXml(job: ScheduledJob, today: Date): string {
  checkLines(job);
  const [program, args] = commandOf(job);
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${escaped(markOf(job))}</Description>
    <URI>${escaped(TASK_FOLDER + job.name)}</URI>
  </RegistrationInfo>
  <Triggers>
${trigger(job.timing, today)}
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>${escaped(program)}</Command>
      <Arguments>${escaped(args)}</Arguments>
      <WorkingDirectory>${escaped(job.workingDirectory)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`;
}

/** What is listed of a task, from its XML. */
export function jobOfTask(xml: string): InstalledJob | undefined {
  const description = /<Description>(.*?)<\/Description>/s.exec(xml)?.[1] ?? "";
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return jobOfMark(description.replaceAll(/&(\w+);/g, (whole, name) => entities[name] ?? whole));
}

function trigger(timing: Timing, today: Date): string {
  const day = `${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`;
  switch (timing.kind) {
    case "daily":
      return calendar(
        `${day}T${clock(timing)}:00`,
        "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>",
      );
    case "weekly": {
      const days = timing.days.map((index) => `<${DAY_NAMES[index]} />`).join("");
      return calendar(
        `${day}T${clock(timing)}:00`,
        `<ScheduleByWeek><DaysOfWeek>${days}</DaysOfWeek><WeeksInterval>1</WeeksInterval></ScheduleByWeek>`,
      );
    }
    case "every":
      return `    <TimeTrigger>
      <Repetition><Interval>PT${timing.minutes}M</Interval></Repetition>
      <StartBoundary>${day}T00:00:00</StartBoundary>
    </TimeTrigger>`;
    case "cron":
    case "calendar":
      throw new ScheduleError(
        "The Task Scheduler knows --daily, --weekly and --every, not cron's or systemd's expressions",
      );
  }
}

function calendar(start: string, schedule: string): string {
  return `    <CalendarTrigger>
      <StartBoundary>${start}</StartBoundary>
      ${schedule}
    </CalendarTrigger>`;
}

/** The program and its arguments. Only cmd can set variables for a task. */
function commandOf({ command, environment }: ScheduledJob): readonly [program: string, args: string] {
  const [program, ...args] = command as [string, ...string[]];
  const line = args.map(quoted).join(" ");
  const variables = Object.entries(environment);
  if (variables.length === 0) return [program, line];
  const all = [...variables.flat(), ...command];
  const wrong = all.find((text) => /[%"]/.test(text));
  if (wrong !== undefined) {
    throw new ScheduleError(
      `A task with --env goes through cmd, which cannot be given % or " safely: ${wrong}`,
    );
  }
  const settings = variables.map(([name, value]) => `set "${name}=${value}"&& `).join("");
  return ["cmd.exe", `/d /s /c "${settings}${quoted(program)} ${line}"`];
}

/** An argument as C programs on Windows take it apart. */
function quoted(argument: string): string {
  if (argument !== "" && !/[\s"]/.test(argument)) return argument;
  return `"${argument.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character]!);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  cronFields,
  crontabEntry,
  entriesOf,
  withEntry,
  withoutEntry,
} from "../../lib/jobs/schedule/crontab.ts";
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
} from "../../lib/jobs/schedule/job.ts";
import { calendarExpressions, jobOfUnit, systemdUnits } from "../../lib/jobs/schedule/systemd.ts";
import { jobOfTask, taskXml } from "../../lib/jobs/schedule/task_scheduler.ts";

// deno-lint-ignore no-control-regex -- these are refused
const CONTROLS = /[\x00-\x1f\x7f]/;

const JOB: ScheduledJob = {
  name: "nightly",
  timing: parseDaily("02:15"),
  command: ["/usr/bin/deno", "run", "/srv/my jobs/50%.vbs", "it's", "$HOME", ""],
  workingDirectory: "/srv/my jobs",
  environment: { PATH: "/usr/bin:/bin", LEVEL: 'a "b" %' },
  script: "/srv/my jobs/50%.vbs",
};
const LISTED = { name: "nightly", when: "daily at 02:15", script: "/srv/my jobs/50%.vbs" };

const TIMINGS: readonly [
  timing: Timing,
  words: string,
  cron: string | undefined,
  calendar: string[] | undefined,
][] = [
  [parseDaily("3:00"), "daily at 03:00", "0 3 * * *", ["*-*-* 03:00:00"]],
  [parseWeekly("mon 03:00"), "Mon at 03:00", "0 3 * * 1", ["Mon *-*-* 03:00:00"]],
  [parseWeekly("Friday,sun 22:30"), "Sun, Fri at 22:30", "30 22 * * 0,5", ["Sun,Fri *-*-* 22:30:00"]],
  [parseEvery("15m"), "every 15m", "*/15 * * * *", undefined],
  [parseEvery("2h"), "every 2h", "0 */2 * * *", undefined],
  [parseEvery("60m"), "every 1h", "0 */1 * * *", undefined],
  [parseEvery("1d"), "every 1d", "0 0 * * *", undefined],
  [parseEvery("7m"), "every 7m", undefined, undefined],
  [parseEvery("5h"), "every 5h", undefined, undefined],
  [parseCron("15 2 * * *"), "cron 15 2 * * *", "15 2 * * *", ["*-*-* 2:15:00"]],
  [parseCron("*/10 8-18 1,15 jan *"), "cron */10 8-18 1,15 1 *", "*/10 8-18 1,15 1 *", [
    "*-1-1,15 8..18:0/10:00",
  ]],
  [parseCron("0 4 * * mon-fri"), "cron 0 4 * * 1-5", "0 4 * * 1-5", ["Mon,Tue,Wed,Thu,Fri *-*-* 4:0:00"]],
  [parseCron("0 4 13 * fri"), "cron 0 4 13 * 5", "0 4 13 * 5", ["*-*-13 4:0:00", "Fri *-*-* 4:0:00"]],
  [parseCron("0 4 * * 6-7"), "cron 0 4 * * 6-7", "0 4 * * 6-7", ["Sun,Sat *-*-* 4:0:00"]],
];

for (const [timing, words, cron, calendar] of TIMINGS) {
  Deno.test(`schedule ${words}`, () => {
    assertEquals(describeTiming(timing), words);
    if (cron === undefined) assertThrows(() => cronFields(timing), ScheduleError, "--with systemd");
    else assertEquals(cronFields(timing), cron);
    if (timing.kind !== "every") assertEquals(calendarExpressions(timing), calendar);
  });
}

const WRONG: readonly [what: string, work: () => unknown, message: string][] = [
  ["--daily 24:00", () => parseDaily("24:00"), "03:00"],
  ["--daily 3", () => parseDaily("3"), "03:00"],
  ["--weekly moon 03:00", () => parseWeekly("moon 03:00"), "mon, tue"],
  ["--weekly 03:00", () => parseWeekly("03:00"), "A day is"],
  ["--every 0m", () => parseEvery("0m"), "15m"],
  ["--every 10s", () => parseEvery("10s"), "15m"],
  ["--cron with four fields", () => parseCron("1 2 3 4"), "five fields"],
  ["--cron with minute 60", () => parseCron("60 * * * *"), "0 to 59"],
  ["--cron with a range backwards", () => parseCron("0 5-3 * * *"), "hour"],
  ["--cron with step 0", () => parseCron("*/0 * * * *"), "minute"],
  ["--cron with a month's name for a day", () => parseCron("0 0 * * jan"), "day of the week"],
  ["--cron with @daily", () => parseCron("@daily"), "five fields"],
  ["a name with a blank", () => checkName("my job"), "--name"],
  ["a name with a path", () => checkName("../x"), "--name"],
  ["cron a calendar expression", () => cronFields({ kind: "calendar", expression: "daily" }), "--cron"],
  [
    "tasks a crontab",
    () => taskXml({ ...JOB, environment: {}, timing: parseCron("* * * * *") }, new Date()),
    "--daily",
  ],
  [
    "a line break in an argument",
    () => crontabEntry({ ...JOB, command: ["a", "b\n* * * * * evil"] }),
    "line breaks",
  ],
  [
    "a line break in a unit",
    () => systemdUnits({ ...JOB, workingDirectory: "/a\nExecStart=b" }),
    "line breaks",
  ],
  ["a command that cron cuts off", () => crontabEntry({ ...JOB, command: ["x".repeat(2000)] }), "too long"],
  ["a task whose variable cmd would replace", () => taskXml(JOB, new Date()), "cmd"],
];

for (const [what, work, message] of WRONG) {
  Deno.test(`schedule refuses ${what}`, () => {
    assertStringIncludes(assertThrows(work, ScheduleError).message, message);
  });
}

Deno.test("crontabEntry() quotes for the shell, and percent signs for cron", () => {
  const [mark, line] = crontabEntry(JOB).split("\n");
  assertEquals(
    mark,
    '# burnscript schedule {"name":"nightly","when":"daily at 02:15","script":"/srv/my jobs/50%.vbs"}',
  );
  assertEquals(
    line,
    "15 2 * * * cd '/srv/my jobs' && env PATH=/usr/bin:/bin 'LEVEL=a \"b\" \\%' /usr/bin/deno run " +
      "'/srv/my jobs/50\\%.vbs' 'it'\\''s' '$HOME' '' >/dev/null",
  );
});

Deno.test("withEntry() replaces an entry of the same name and leaves the rest as it is", () => {
  const others = "MAILTO=me\n# mine\n0 1 * * * true";
  const once = withEntry(others, JOB);
  const twice = withEntry(once, { ...JOB, timing: parseDaily("04:00") });
  assertEquals(entriesOf(twice), [{ ...LISTED, when: "daily at 04:00" }]);
  assertEquals(withoutEntry(twice, "nightly"), `${others}\n`);
  assertEquals(withoutEntry(twice, "other"), undefined);
});

Deno.test("withoutEntry() a mark whose job somebody took out takes nothing else with it", () => {
  const mark = crontabEntry(JOB).split("\n")[0]!;
  assertEquals(withoutEntry(`${mark}\n\n0 1 * * * true\n`, "nightly"), "\n0 1 * * * true\n");
  assertEquals(withoutEntry(`${mark}\n# mine\n0 1 * * * true\n`, "nightly"), "# mine\n0 1 * * * true\n");
  assertEquals(entriesOf("# burnscript schedule {broken\n"), []);
});

Deno.test("crontabEntry() any argument stays on its line", () => {
  const argument = fc.string({ unit: "grapheme", maxLength: 40 }).filter((text) => !CONTROLS.test(text));
  fc.assert(fc.property(argument, (text) => {
    const entry = crontabEntry({ ...JOB, command: ["/bin/x", text] });
    assertEquals(entry.split("\n").length, 3);
    assertEquals(/(?<!\\)%/.test(entry.split("\n")[1]!), false);
  }));
});

Deno.test("systemdUnits() escape percent signs, dollars and quotes", () => {
  const units = systemdUnits(JOB);
  const service = units.get("burnscript-nightly.service")!;
  assertStringIncludes(
    service,
    'ExecStart="/usr/bin/deno" "run" "/srv/my jobs/50%%.vbs" "it\'s" "$$HOME" ""\n',
  );
  assertStringIncludes(service, 'Environment="LEVEL=a \\"b\\" %%"\n');
  assertStringIncludes(service, "WorkingDirectory=/srv/my jobs\n");
  assertStringIncludes(
    units.get("burnscript-nightly.timer")!,
    "OnCalendar=*-*-* 02:15:00\nPersistent=true\n",
  );
  assertEquals([...units.values()].map(jobOfUnit), [LISTED, LISTED]);
});

const TASK_JOB: ScheduledJob = {
  ...JOB,
  environment: {},
  command: ["C:\\deno.exe", "run", "C:\\my jobs\\a&b.vbs", 'say "x"\\'],
};

Deno.test("taskXml() quotes for Windows programs and for XML, and is listed again", () => {
  const xml = taskXml(TASK_JOB, new Date(2024, 1, 29));
  assertStringIncludes(xml, "<Command>C:\\deno.exe</Command>");
  assertStringIncludes(
    xml,
    "<Arguments>run &quot;C:\\my jobs\\a&amp;b.vbs&quot; &quot;say \\&quot;x\\&quot;\\\\&quot;</Arguments>",
  );
  assertStringIncludes(xml, "<StartBoundary>2024-02-29T02:15:00</StartBoundary>");
  assertEquals(jobOfTask(xml), LISTED);
});

Deno.test("taskXml() days, intervals, and variables by cmd", () => {
  const weekly = taskXml({ ...TASK_JOB, timing: parseWeekly("mon,sat 03:00") }, new Date());
  assertStringIncludes(weekly, "<DaysOfWeek><Monday /><Saturday /></DaysOfWeek>");
  assertStringIncludes(
    taskXml({ ...TASK_JOB, timing: parseEvery("90m") }, new Date()),
    "<Interval>PT90M</Interval>",
  );
  const withVariable = taskXml(
    { ...TASK_JOB, command: ["C:\\deno.exe", "a b"], environment: { A: "x y" } },
    new Date(),
  );
  assertStringIncludes(withVariable, "<Command>cmd.exe</Command>");
  assertStringIncludes(
    withVariable,
    "/d /s /c &quot;set &quot;A=x y&quot;&amp;&amp; C:\\deno.exe &quot;a b&quot;&quot;",
  );
});

/** Scheduled jobs as the schedulers see them: cron runs one, systemd-analyze verifies units, an XML parser reads tasks. @module */
import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  parseCron,
  parseDaily,
  parseEvery,
  parseWeekly,
  type ScheduledJob,
  type Timing,
} from "../../lib/jobs/schedule/job.ts";
import { calendarExpressions, systemdUnits } from "../../lib/jobs/schedule/systemd.ts";
import { taskXml } from "../../lib/jobs/schedule/task_scheduler.ts";
import { comesTrue, decode, MAIN, type Outcome, run, TempFolder } from "../cli/cli.ts";

const TIMINGS: readonly Timing[] = [
  parseDaily("02:15"),
  parseWeekly("mon,thu 22:30"),
  parseEvery("15m"),
  parseCron("*/10 8-18 1,15 jan-jun *"),
  parseCron("0 4 13 * fri"),
  parseCron("5-55/10 */2 * * 1-5"),
];

function job(timing: Timing, folder: string): ScheduledJob {
  return {
    name: "test",
    timing,
    command: ["/bin/echo", `${folder}/my jobs/50% off.vbs`, "$HOME", 'say "x" \\ it\'s', ""],
    workingDirectory: `${folder}/my jobs`,
    environment: { LEVEL: 'a "b" %h $c' },
    script: `${folder}/my jobs/50% off.vbs`,
  };
}

async function output(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Outcome> {
  return decode(await new Deno.Command(program, { args: [...args], env, stdin: "null" }).output());
}

for (const timing of TIMINGS) {
  Deno.test(`systemd-analyze verifies ${JSON.stringify(timing)}`, async () => {
    using folder = new TempFolder();
    folder.write("my jobs/x", "");
    const paths = [...systemdUnits(job(timing, folder.path))].map(([name, text]) => folder.write(name, text));
    const { code, stderr } = await output("systemd-analyze", ["--user", "verify", ...paths], {
      XDG_RUNTIME_DIR: folder.path, // what a login would set
    });
    // The verifier also looks at units of the system that we have nothing to do with.
    assertEquals(stderr.split("\n").filter((line) => line.includes("burnscript-")), []);
    assertEquals(code, 0, stderr);
    if (timing.kind === "every") return;
    for (const expression of calendarExpressions(timing)) {
      assertEquals((await output("systemd-analyze", ["calendar", expression])).code, 0, expression);
    }
  });
}

Deno.test("an XML parser reads tasks, and finds the arguments as they were", async () => {
  using folder = new TempFolder();
  const text = taskXml({ ...job(parseWeekly("mon 03:00"), "C:"), environment: {} }, new Date(2024, 1, 29));
  const path = folder.write("task.xml", text.replace("UTF-16", "UTF-8"));
  const program = `
import sys, xml.etree.ElementTree as tree
space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
root = tree.parse(sys.argv[1]).getroot()
print(root.tag == space + "Task", [child.tag[len(space):] for child in root])
print(root.find(f"{space}Actions/{space}Exec/{space}Arguments").text)`;
  const { stdout, stderr } = await output("python3", ["-c", program, path]);
  assertEquals(stderr, "");
  assertEquals(
    stdout,
    `True ['RegistrationInfo', 'Triggers', 'Settings', 'Actions']\n` +
      `"C:/my jobs/50% off.vbs" $HOME "say \\"x\\" \\ it's" ""\n`,
  );
});

/** What schedulers might change: an argument, and a variable of the environment. */
const ARGUMENT = 'say "50%" $HOME';
const LEVEL = "it's 5%";
/** What the script says of them. */
const SAID = `${ARGUMENT}|${LEVEL}\r\n`;

/** Writes a script that says in a file in its folder what it was given; the file appears whole. */
function writeScript(folder: TempFolder): string {
  return folder.write(
    "my jobs/50% off.vbs",
    `Set shell = CreateObject("WScript.Shell")
    Set files = CreateObject("Scripting.FileSystemObject")
    Set file = files.CreateTextFile("done.tmp")
    file.WriteLine WScript.Arguments(0) & "|" & shell.ExpandEnvironmentStrings("%LEVEL%")
    file.Close
    files.MoveFile "done.tmp", "done.txt"`,
  );
}

/** What the script said; undefined while it has not run. */
function saidBy(folder: TempFolder): string | undefined {
  try {
    return Deno.readTextFileSync(`${folder.path}/my jobs/done.txt`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

Deno.test({
  name: "cron runs an installed job, in its folder and with its arguments",
  // Only root may start cron; where it runs already, anybody's crontab would do, but not on every machine.
  ignore: Deno.uid() !== 0,
  fn: async () => {
    using folder = new TempFolder();
    const script = writeScript(folder);
    const log = `${folder.path}/the log.txt`;
    const added = await run([
      ...[
        "schedule",
        "add",
        "--cron",
        "* * * * *",
        "--with",
        "cron",
        "--name",
        "burnscript-test",
        "--log",
        log,
      ],
      ...["--cd", `${folder.path}/my jobs`, "--env", `LEVEL=${LEVEL}`, script, ARGUMENT],
    ], { env: { PATH: Deno.env.get("PATH")! } });
    assertEquals(added.stderr, "");
    const cron = new Deno.Command("cron", { args: ["-f"], stdin: "null", stdout: "null", stderr: "null" })
      .spawn();
    try {
      await comesTrue(() => saidBy(folder) !== undefined);
      assertEquals(saidBy(folder), SAID);
    } finally {
      const removed = await run(["schedule", "remove", "burnscript-test"], {
        env: { PATH: Deno.env.get("PATH")! },
      });
      assertStringIncludes(removed.stdout, "Removed");
      cron.kill("SIGTERM");
      await cron.status; // fails at once where another cron runs already, which then ran the job
    }
  },
});

/** A user's systemd without a log-in: in name spaces of its own, because it wants a group tree (cgroup2) to itself. */
const USER_SYSTEMD = `
set -e
mount -t proc proc /proc
umount -R /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 none /sys/fs/cgroup
/usr/lib/systemd/systemd --user --log-target=null &
for attempt in $(seq 1000); do systemctl --user show-environment >/dev/null 2>&1 && break; sleep 0.1; done
. "$1"`;

Deno.test({
  name:
    "a user's systemd enables the timer of an installed job, runs the job, and forgets it when it is removed",
  ignore: Deno.uid() !== 0,
  fn: async () => {
    using folder = new TempFolder();
    const script = writeScript(folder);
    await Deno.mkdir(`${folder.path}/run`, { mode: 0o700 });
    const steps = folder.write(
      "steps.sh",
      `cd '${folder.path}/my jobs'
burnscript() { '${Deno.execPath()}' run -A '${MAIN}' "$@"; }
burnscript schedule add --daily 02:15 --with systemd --name nightly --log ../log.txt \\
  --env "LEVEL=${LEVEL}" '${script}' '${ARGUMENT}'
systemctl --user is-enabled burnscript-nightly.timer
systemctl --user is-active burnscript-nightly.timer
systemctl --user show -p NextElapseUSecRealtime --value burnscript-nightly.timer | grep -o ' 02:15:00'
systemctl --user start burnscript-nightly.service # returns when it has run
systemctl --user show -p Result --value burnscript-nightly.service
burnscript schedule list
burnscript schedule remove nightly
systemctl --user list-timers --all --no-legend | wc -l
`,
    );
    const { stdout, stderr, code } = await output(
      "unshare",
      ["--cgroup", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", USER_SYSTEMD, "sh", steps],
      {
        ...{ HOME: folder.path, XDG_RUNTIME_DIR: `${folder.path}/run`, NO_COLOR: "1" },
        DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
      },
    );
    assertEquals([stderr.replace(/^Timers run while you are logged in;.*\n/, ""), code], ["", 0]);
    assertEquals(stdout.split("\n").slice(-8), [
      "enabled",
      "active",
      " 02:15:00",
      "success",
      `nightly  systemd  daily at 02:15  ${script}`,
      'Removed "nightly" from systemd',
      "0",
      "",
    ]);
    assertEquals(saidBy(folder), SAID);
  },
});

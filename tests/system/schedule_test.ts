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
import { decode, type Outcome, run, TempFolder } from "../cli/cli.ts";

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

Deno.test({
  name: "cron runs an installed job, in its folder and with its arguments",
  // Only root may start cron; where it runs already, anybody's crontab would do, but not on every machine.
  ignore: Deno.uid() !== 0,
  fn: async () => {
    using folder = new TempFolder();
    const script = folder.write(
      "my jobs/50% off.vbs",
      `Set shell = CreateObject("WScript.Shell")
      Set file = CreateObject("Scripting.FileSystemObject").CreateTextFile("done.tmp")
      file.WriteLine WScript.Arguments(0) & "|" & shell.ExpandEnvironmentStrings("%LEVEL%")
      file.Close
      CreateObject("Scripting.FileSystemObject").MoveFile "done.tmp", "done.txt"`,
    );
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
      ...["--cd", `${folder.path}/my jobs`, "--env", "LEVEL=it's 5%", script, 'say "50%" $HOME'],
    ], { env: { PATH: Deno.env.get("PATH")! } });
    assertEquals(added.stderr, "");
    const cron = new Deno.Command("cron", { args: ["-f"], stdin: "null", stdout: "null", stderr: "null" })
      .spawn();
    try {
      let text = "";
      for (const endMs = performance.now() + 90_000; text === "" && performance.now() < endMs;) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        text = await Deno.readTextFile(`${folder.path}/my jobs/done.txt`).catch(() => "");
      }
      assertEquals(text, 'say "50%" $HOME|it\'s 5%\r\n');
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

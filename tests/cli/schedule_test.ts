import { assertEquals, assertStringIncludes } from "@std/assert";
import { onPosix } from "../posix.ts";
import { type CliOptions, type Outcome, run, TempFolder } from "./cli.ts";

/** A home with a script, and a crontab of its own in place of the system's. */
class Home extends TempFolder {
  readonly options: CliOptions;

  constructor() {
    super();
    this.write("my jobs/50% off.vbs", "WScript.Echo 1");
    this.write("crontab", "0 1 * * * true\n");
    this.write(
      "bin/crontab",
      `#!/bin/sh\ncase "$1" in -l) cat '${this.path}/crontab';; -) cat > '${this.path}/crontab';; esac\n`,
    );
    Deno.chmodSync(`${this.path}/bin/crontab`, 0o755);
    this.options = {
      cwd: this.path,
      env: {
        HOME: this.path,
        PATH: `${this.path}/bin:/usr/bin:/bin`,
        DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
      },
    };
  }

  schedule(...args: string[]): Promise<Outcome> {
    return run(["schedule", ...args], this.options);
  }

  /** The path without links. */
  get real(): string {
    return Deno.realPathSync(this.path);
  }

  get names(): string[] {
    return [...Deno.readDirSync(this.path)].map(({ name }) => name).sort();
  }

  get crontab(): string {
    return Deno.readTextFileSync(`${this.path}/crontab`);
  }
}

const SCRIPT = "my jobs/50% off.vbs";

Deno.test("schedule add, list, replace and remove with cron", onPosix, async () => {
  using home = new Home();
  const added = await home.schedule(
    "add",
    "--daily",
    "02:15",
    "--with",
    "cron",
    "--env",
    "A=b c",
    "--map",
    "g:=x",
    SCRIPT,
    "/full",
  );
  assertEquals([added.stderr, added.code], ["", 0]);
  assertStringIncludes(added.stdout, 'Installed "50-off" with cron: daily at 02:15');
  assertStringIncludes(home.crontab, "\n15 2 * * * cd ");
  assertStringIncludes(
    home.crontab,
    `--map g:=x '${home.real}/my jobs/50\\% off.vbs' /full`,
  );
  const replaced = await home.schedule("add", "--weekly", "mon", "03:00", "--with=cron", SCRIPT);
  assertStringIncludes(replaced.stdout, 'Replaced "50-off"');
  const { stdout } = await home.schedule("list", "--json");
  assertEquals(JSON.parse(stdout), {
    event: "job",
    name: "50-off",
    scheduler: "cron",
    when: "Mon at 03:00",
    script: `${home.real}/${SCRIPT}`,
  });
  assertStringIncludes((await home.schedule("remove", "50-off")).stdout, "Removed");
  assertEquals(home.crontab, "0 1 * * * true\n");
  assertEquals((await home.schedule("remove", "50-off")).code, 1);
});

for (const [scheduler, seen] of [["cron", "15 2 * * *"], ["systemd", "OnCalendar=*-*-* 02:15:00"]] as const) {
  Deno.test(
    `schedule add --dry-run shows what ${scheduler} would get, and installs nothing`,
    onPosix,
    async () => {
      using home = new Home();
      const before = home.crontab;
      const { stdout, code } = await home.schedule(
        "add",
        "--dry-run",
        "--daily",
        "02:15",
        "--with",
        scheduler,
        SCRIPT,
      );
      assertEquals(code, 0);
      assertStringIncludes(stdout, seen);
      assertEquals(home.crontab, before);
      assertEquals(home.names, [
        "bin",
        "crontab",
        "my jobs",
      ]);
    },
  );
}

const WRONG: readonly [args: string[], code: number, message: string][] = [
  [[], 2, "add, list or remove"],
  [["install"], 2, "add, list or remove"],
  [["add", SCRIPT], 2, "When shall it run?"],
  [["add", "--daily", "25:00", SCRIPT], 2, "03:00"],
  [["add", "--daily"], 2, "takes a value"],
  [["add", "--dry-run", "--daily", "02:15", "--bogus", SCRIPT], 2, "There is no option --bogus"],
  [["add", "--dry-run", "--daily", "02:15", SCRIPT, "//Q"], 2, "There is no switch //Q"],
  [["add", "--dry-run", "--daily", "02:15", "--quiet", "--log", "x", SCRIPT], 2, "--log FILE stands before"],
  [["add", "--daily", "03:00"], 2, "Which script"],
  [["add", "--daily", "03:00", "nothing.vbs"], 1, 'Cannot find "nothing.vbs"'],
  [["add", "--daily", "03:00", "--every", "15m", SCRIPT], 2, "one time"],
  [["add", "--daily", "03:00", "--name", "a b", SCRIPT], 2, "--name"],
  [["add", "--daily", "03:00", "--with", "at", SCRIPT], 2, "--with is one of"],
  [["add", "--every", "7m", "--with", "cron", SCRIPT], 2, "--with systemd"],
  [["add", "--daily", "03:00", "--env", "x", SCRIPT], 2, "NAME=VALUE"],
  [["add", "--daily", "03:00", "--cd", "nowhere", SCRIPT], 1, 'Cannot find "nowhere"'],
  [["remove"], 2, "Which job?"],
  [["remove", "nothing"], 1, 'There is no job "nothing"'],
  [["list", "x"], 2, "takes no names"],
];

for (const [args, code, message] of WRONG) {
  Deno.test(`schedule ${args.join(" ")}`, onPosix, async () => {
    using home = new Home();
    const outcome = await home.schedule(...args);
    assertEquals(outcome.code, code);
    assertStringIncludes(outcome.stderr, message);
    assertEquals(home.crontab, "0 1 * * * true\n");
  });
}

Deno.test("schedule a crontab that cannot be read is not replaced", onPosix, async () => {
  using home = new Home();
  home.write(
    "bin/crontab",
    `#!/bin/sh\n[ "$1" = -l ] && { echo 'cannot open' >&2; exit 1; }\ncat > '${home.path}/crontab'\n`,
  );
  const { code, stderr } = await home.schedule("add", "--daily", "03:00", "--with", "cron", SCRIPT);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "cannot open");
  assertEquals(home.crontab, "0 1 * * * true\n");
});

import { assertEquals, assertMatch } from "@std/assert";
import { TempFolder } from "../../../cli/cli.ts";
import { onPosix } from "../../../posix.ts";
import { ours } from "./rig.ts";

/** A program that sleeps, under a name of its own where the system gives it that. */
class Sleeper implements AsyncDisposable {
  readonly name = Deno.build.os === "linux" ? `nap${crypto.randomUUID().slice(0, 8)}` : "sleep";
  readonly child: Deno.ChildProcess;

  constructor(folder: TempFolder) {
    let program = "sleep";
    if (Deno.build.os === "linux") {
      program = `${folder.path}/${this.name}`;
      // A copy could not be run while another thread's child, not yet a program, has it open for writing.
      Deno.symlinkSync("/bin/sleep", program);
    }
    this.child = new Deno.Command(program, { args: ["600"], stdin: "null", stdout: "null", stderr: "null" })
      .spawn();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.child.kill("SIGKILL");
    } catch {
      // It has ended already, which is what the test wanted.
    }
    await this.child.status;
  }
}

const onLinux = { ignore: Deno.build.os !== "linux" };

Deno.test("tasklist shows what runs, as a table, as CSV and as a list", onLinux, async () => {
  using folder = new TempFolder();
  await using sleeper = new Sleeper(folder);
  const { name, child: { pid } } = sleeper;
  const filter = `/fi "imagename EQ ${name.toUpperCase()}.exe"`;
  const { out: table } = await ours(folder, `/c tasklist ${filter}`);
  assertMatch(
    table,
    /^\nImage Name {21}PID Session Name {8}Session# {4}Mem Usage\n={25} ={8} ={16} ={11} ={12}\n/,
  );
  assertMatch(
    table,
    new RegExp(`\\n${name.padEnd(25)} ${String(pid).padStart(8)} Console {20}1 +[\\d,]+ K\\n$`),
  );
  const { out: csv } = await ours(folder, `/c tasklist /fo csv /nh ${filter}`);
  assertMatch(csv, new RegExp(`^"${name}","${pid}","Console","1","[\\d,]+ K"\\n$`));
  const { out: list } = await ours(folder, `/c tasklist /fo list /fi "PID eq ${pid}"`);
  assertMatch(list, new RegExp(`^\\nImage Name:   ${name}\\nPID: {10}${pid}\\n`));
});

Deno.test("tasklist says when nothing is left, and refuses what it does not know", onPosix, async () => {
  using folder = new TempFolder();
  assertEquals(
    (await ours(folder, '/c tasklist /fi "IMAGENAME eq nosuchprogram.exe"')).out,
    "INFO: No tasks are running which match the specified criteria.\n",
  );
  assertEquals((await ours(folder, '/c tasklist /fi "COLOR eq red"')).code, 1);
  assertEquals((await ours(folder, "/c tasklist /s server")).code, 1);
  assertEquals((await ours(folder, "/c tasklist /fo xml")).code, 1);
});

for (const by of ["name", "number"]) {
  Deno.test(`taskkill ends a program by its ${by}`, onLinux, async () => {
    using folder = new TempFolder();
    await using sleeper = new Sleeper(folder);
    const { name, child } = sleeper;
    const result = await ours(
      folder,
      `/c taskkill /f ${by === "name" ? `/im ${name}.exe` : `/pid ${child.pid}`}`,
    );
    assertEquals(result, {
      out: `SUCCESS: The process "${name}" with PID ${child.pid} has been terminated.\n`,
      err: "",
      code: 0,
    });
    assertEquals((await child.status).signal, "SIGKILL");
  });
}

Deno.test("taskkill without /f asks a program to end", onLinux, async () => {
  using folder = new TempFolder();
  await using sleeper = new Sleeper(folder);
  const { name, child } = sleeper;
  const { out } = await ours(folder, `/c taskkill /fi "imagename eq ${name}" /t`);
  assertEquals(out, `SUCCESS: Sent termination signal to the process "${name}" with PID ${child.pid}.\n`);
  assertEquals((await child.status).signal, "SIGTERM");
});

Deno.test("taskkill of what does not run is 128, and of nothing an error", onPosix, async () => {
  using folder = new TempFolder();
  assertEquals(await ours(folder, "/c taskkill /f /im nosuchprogram.exe"), {
    out: "",
    err: 'ERROR: The process "nosuchprogram.exe" not found.\n',
    code: 128,
  });
  assertEquals((await ours(folder, "/c taskkill /f")).code, 1);
});

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { comesTrue } from "../cli/cli.ts";

const MODULE = JSON.stringify(new URL("../../lib/platform/awake.ts", import.meta.url).href);

/**
 * Runs keepAwake() in a process of its own, whose `systemd-inhibit` is a script that writes down what happens to it, and waits
 * until `lastNote` is there.
 */
async function runWith(
  inhibit: string,
  permissions: string[],
  lastNote = "",
): Promise<{ code: number; notes: string }> {
  const folder = await Deno.makeTempDir({ prefix: "burnscript-awake-" });
  try {
    await Deno.writeTextFile(
      `${folder}/systemd-inhibit`,
      `#!/bin/sh\nnotes="${folder}/notes"\n${inhibit}\n`,
    );
    await Deno.chmod(`${folder}/systemd-inhibit`, 0o755);
    await Deno.writeTextFile(
      `${folder}/main.ts`,
      `import { keepAwake } from ${MODULE};
      {
        using _awake = keepAwake("a test");
      }`,
    );
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-check", "--no-config", ...permissions, `${folder}/main.ts`],
      env: { PATH: `${folder}:/usr/bin:/bin` },
    }).output();
    assertEquals(new TextDecoder().decode(stderr), "");
    const notes = (): Promise<string> => Deno.readTextFile(`${folder}/notes`).catch(() => "");
    assert(await comesTrue(async () => (await notes()).includes(lastNote)));
    return { code, notes: await notes() };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const ignore = Deno.build.os !== "linux";

Deno.test("keepAwake() holds systemd's lock until it is disposed of", { ignore }, async () => {
  const writesNotes = 'echo "$@" >$notes; cat >/dev/null; echo released >>$notes';
  const { code, notes } = await runWith(writesNotes, ["-A"], "released");
  assertEquals(code, 0);
  assertStringIncludes(notes, "--what=sleep:idle:shutdown --who=Burnscript --why=a test --mode=block cat");
});

Deno.test("keepAwake() does nothing where systemd refuses", { ignore }, async () => {
  assertEquals((await runWith("exit 1", ["-A"])).code, 0);
});

Deno.test("keepAwake() does nothing without the permission to run programs", { ignore }, async () => {
  const { code, notes } = await runWith("echo started >$notes", []);
  assertEquals({ code, notes }, { code: 0, notes: "" });
});

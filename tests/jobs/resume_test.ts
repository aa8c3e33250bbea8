/** A burn whose process is killed, from the command line, and what the next run makes of the disc. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { volumeCreation } from "../../lib/jobs/append.ts";
import { run, TempFolder } from "../cli/cli.ts";

/** Burns, in a process that is killed once so much is on the disc. */
async function burnAndKill(
  args: readonly string[],
  { file, sectors }: { file: string; sectors: number },
): Promise<void> {
  const module = `${import.meta.dirname}/killed_burn.ts`;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", module, file, String(sectors), "burn", "--quiet", ...args],
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals([success, new TextDecoder().decode(stderr)], [false, ""]);
}

/** A folder with 64 MB, of which a virtual disc saves its state four times. */
function source(folder: TempFolder): string {
  const line = "0123456789abcdef".repeat(65_536);
  for (let n = 0; n < 16; n++) folder.write(`data/${n}.txt`, `${n}${line.repeat(4)}`);
  return `${folder.path}/data`;
}

for (
  const [medium, name, sectors] of [
    ["dvd+r", "DVD+R", 1],
    ["dvd+r", "DVD+R", 16_384],
    ["dvd+r-dl", "DVD+R DL", 8_192],
    ["dvd-r", "DVD-R", 8_192],
    ["bd-r", "BD-R", 8_192],
  ] as const
) {
  Deno.test(
    `burnscript burn --continue ends a burn to a ${medium} that was killed once ${sectors} sectors were on it`,
    async () => {
      using folder = new TempFolder();
      const file = `${folder.path}/disc.iso`;
      const args = ["--virtual", `${medium}=${file}`, source(folder)];
      await burnAndKill(args, { file, sectors });
      const info = await run(["info", "--virtual", `${medium}=${file}`]);
      assertStringIncludes(info.stdout, "session open");
      const refused = await run(["burn", "--quiet", ...args]);
      assertEquals(refused.code, 1);
      assertStringIncludes(refused.stderr, "go on with the same source (--continue)");
      const went = await run(["burn", "--quiet", "--continue", ...args]);
      assertEquals(went.code, 0, went.stderr);
      assertStringIncludes(went.stdout, "of it before it was cut off");
      assertStringIncludes(went.stdout, `every sector verified; the disc: ${name}, closed, 1 session`);
      assertEquals((await run(["verify", "--against", `${folder.path}/data`, file])).code, 0);
    },
  );
}

Deno.test(
  "burnscript close keeps what a killed burn had written, and says when nothing is open",
  async () => {
    using folder = new TempFolder();
    const file = `${folder.path}/disc.iso`;
    const virtual = ["--virtual", `cd-r=${file}`];
    await burnAndKill([...virtual, source(folder)], { file, sectors: 8_192 });
    const refused = await run(["burn", "--quiet", "--continue", ...virtual, `${folder.path}/data`]);
    assertStringIncludes(refused.stderr, "no track in which writing could go on");
    const closed = await run(["close", ...virtual]);
    assertEquals(closed.code, 0, closed.stderr);
    assertStringIncludes(closed.stdout, "Closed; the disc: CD-R, appendable, 1 session");
    assertStringIncludes(
      (await run(["close", ...virtual])).stdout,
      "Nothing is open; the disc: CD-R, appendable",
    );
    assertEquals((await run(["close", "--virtual", "none=empty"])).code, 3);
  },
);

Deno.test("volumeCreation() reads the time with its zone, and nothing that is no descriptor", () => {
  const sector = new Uint8Array(2048);
  const set = (text: string, at: number): void => sector.set(new TextEncoder().encode(text), at);
  set("\x01CD001", 0);
  set("2026112115040500", 813);
  sector[829] = 4; // an hour east
  assertEquals(volumeCreation(sector)?.toISOString(), "2026-11-21T14:04:05.000Z");
  sector[829] = 0x100 - 20;
  assertEquals(volumeCreation(sector)?.toISOString(), "2026-11-21T20:04:05.000Z");
  set("0000000000000000", 813);
  assertEquals(volumeCreation(sector), undefined);
  assertEquals(volumeCreation(new Uint8Array(2048)), undefined);
});

Deno.test("burnscript burn --append --continue ends a session that was cut off, with the files before it", async () => {
  using folder = new TempFolder();
  const file = `${folder.path}/disc.iso`;
  folder.write("first/a.txt", "first a");
  folder.write("second/b.txt", "0123456789abcdef".repeat(100_000));
  const burn = (...args: string[]): ReturnType<typeof run> =>
    run(["burn", "--quiet", "--append", "--virtual", `dvd+r=${file}`, ...args]);
  assertEquals((await burn(`${folder.path}/first`)).code, 0);
  assertStringIncludes(
    (await burn("--fault", "write#3=unplugged", `${folder.path}/second`)).stderr,
    "the drive is gone",
  );
  const went = await burn("--continue", `${folder.path}/second`);
  assertEquals(went.code, 0, went.stderr);
  assertStringIncludes(went.stdout, "of it before it was cut off");
  assertEquals((await run(["list", "--short", file])).stdout, "a.txt\nb.txt\n");
  assertEquals((await run(["verify", file])).code, 0);
});

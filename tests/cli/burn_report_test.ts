/** What a burn leaves beside the disc: a report, and a picture. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run, TempFolder } from "./cli.ts";

class Discs extends TempFolder {
  report(): Record<string, unknown> & { discState?: { status: string } } {
    return JSON.parse(Deno.readTextFileSync(`${this.path}/r.json`));
  }

  picture(): string {
    return Deno.readTextFileSync(`${this.path}/d.svg`);
  }
}

function discs(): Discs {
  const folder = new Discs();
  folder.write("data/a.bin", new Uint8Array(2_000_000).fill(1));
  return folder;
}

Deno.test("burn --report and --map tell what came of a burn, and how fast it was", async () => {
  using folder = discs();
  const args = ["--virtual", "dvd+r=disc.iso", "--report", "r.json", "--map", "d.svg"];
  const { code, stdout, stderr } = await run(["burn", "--quiet", ...args, "data"], { cwd: folder.path });
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, "Drawn in d.svg\n");
  const report = folder.report();
  assertEquals([report.event, report.verified, report.discState?.status], ["burned", "full", "finalized"]);
  assertMatch(folder.picture(), /^<svg .*Writing, [\d.]+ MB\/s.*Reading it again/s);
});

Deno.test("burn --report has every sector that differs, and whose it is", async () => {
  using folder = discs();
  const args = ["--virtual", "dvd+r=disc.iso", "--fault", "read@300=3/11/00", "--report", "r.json"];
  const { code } = await run(["burn", "--quiet", ...args, "data"], { cwd: folder.path });
  assertEquals(code, 4);
  const { event, hresult, badSectors } = folder.report();
  assertEquals([event, hresult], ["failed", "E_IMAPI_BURN_VERIFICATION_FAILED"]);
  assertEquals(badSectors, [
    { lba: 300, owner: "file data/a.bin", problem: "unreadable", sense: { key: 3, asc: 0x11, ascq: 0 } },
  ]);
});

Deno.test("burn --report of several recorders has one entry each", async () => {
  using folder = discs();
  const virtual = ["--virtual", "dvd+r=a.iso", "--virtual", "none=b.iso"];
  const { code } = await run(
    ["burn", "--quiet", ...virtual, "--drive", "all", "--report", "r.json", "data"],
    {
      cwd: folder.path,
    },
  );
  assertEquals(code, 3);
  const entries = folder.report() as unknown as { event: string; path: string }[];
  assertEquals(entries.map(({ event, path }) => `${path} ${event}`), ["a.iso burned", "b.iso failed"]);
});

Deno.test("burn --map draws one disc only", async () => {
  using folder = discs();
  const args = ["--virtual", "dvd+r=a.iso", "--virtual", "dvd+r=b.iso", "--drive", "all", "--map", "d.svg"];
  const { code, stderr } = await run(["burn", ...args, "data"], { cwd: folder.path });
  assertEquals(code, 2);
  assertStringIncludes(stderr, "--map draws one disc");
});

/** Where there is a device that is always full. */
const onLinux = { ignore: Deno.build.os !== "linux" };

for (
  const [fault, says] of [["read@9999999=busy", "every sector verified"], ["write#1=3/0C/00", "3/0C/00"]]
) {
  Deno.test(`burn tells what came of it where its report fills the disk: ${says}`, onLinux, async () => {
    using folder = discs();
    const args = ["--virtual", "dvd+r=disc.iso", "--fault", fault!, "--report", "/dev/full"];
    const { code, stdout, stderr } = await run(["burn", "--quiet", ...args, "data"], { cwd: folder.path });
    assertEquals(code, 1);
    assertStringIncludes(stdout + stderr, says!);
    assertStringIncludes(stderr, "No space left on device");
  });
}

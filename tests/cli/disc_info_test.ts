/** What `info` says of the disc in a recorder. */
import { assertEquals } from "@std/assert";
import { run, TempFolder } from "./cli.ts";

Deno.test("info tells the disc's maker, its speeds and its tracks", async () => {
  using folder = new TempFolder();
  folder.write("data/a.txt", "a");
  const disc = ["--virtual", "cd-r=d.iso"];
  for (let session = 0; session < 2; session++) {
    await run(["burn", "--quiet", "--append", ...disc, "data"], { cwd: folder.path });
  }
  const { code, stdout } = await run(["info", ...disc], { cwd: folder.path });
  assertEquals(code, 0);
  assertEquals(stdout.split("\n").slice(1, -1).map((line) => line.replace(/[\d.]+ [kM]B/, "N")), [
    "CD-R, appendable, 2 sessions, N free",
    "The medium says: 97m27s00f",
    "Written at: 48x, 40x, 32x, 24x, 16x, 8x",
    "Session 1, track 1: N from sector 0",
    "Session 2, track 2: N from sector 11702",
  ]);
});

for (
  const [medium, code, lines] of [
    ["none", 3, ["no medium"]],
    ["dvd-ram", 0, ["DVD-RAM, blank", "Written at: 5x, 3x, 2x"]],
  ] as const
) {
  Deno.test(`info of ${medium} ends with ${code}`, async () => {
    using folder = new TempFolder();
    const args = ["info", "--virtual", medium === "none" ? medium : `${medium}=d.iso`];
    const outcome = await run(args, { cwd: folder.path });
    assertEquals([outcome.code, outcome.stdout.split("\n").slice(1, -1)], [code, [...lines]]);
  });
}

Deno.test("info, load, eject and close print one JSON object, which names what it is, features included", async () => {
  using folder = new TempFolder();
  const events: string[] = [];
  for (const command of ["info", "load", "close", "eject"]) {
    const { stdout } = await run([command, "--json", "--virtual", "dvd+r=d.iso"], { cwd: folder.path });
    const { event, medium } = JSON.parse(stdout);
    events.push(event);
    if (medium === undefined) continue;
    const { features } = medium.configuration as { features: { code: number; data: string }[] };
    // DVD+R, with its data as hexadecimal bytes (MMC-6, 5.3.23).
    assertEquals(features.find(({ code }) => code === 0x2b)?.data, "01000000", command);
  }
  assertEquals(events, ["disc", "loaded", "closed", "ejected"]);
});

Deno.test("info --map that cannot be written says so before the drive is asked", async () => {
  using folder = new TempFolder();
  const args = ["info", "--map", "no/such.svg", "--virtual", "dvd+r=d.iso"];
  const { code, stderr } = await run(args, { cwd: folder.path });
  assertEquals([code, stderr], [1, 'Cannot write "no/such.svg": its folder is not there\n']);
});

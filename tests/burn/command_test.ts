/** `burnscript burn` with what it can be told beside its source. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { run, TempFolder } from "../cli/cli.ts";

function prepared(): TempFolder {
  const folder = new TempFolder();
  folder.write("photos/readme.txt", "Holidays");
  folder.write("photos/large.txt", "0123456789abcdef".repeat(40_000));
  return folder;
}

const ROWS: readonly (readonly [medium: string, options: readonly string[], says: string])[] = [
  ["cd-r", ["--simulate"], "Simulated 1.2 MB at 48x; the disc: CD-R, blank"],
  ["cd-r", ["--at-once"], "Burned 1.2 MB at 48x, every sector verified; the disc: CD-R, closed, 1 session"],
  ["cd-rw", ["--at-once", "--close", "appendable"], "the disc: CD-RW, appendable, 1 session"],
  [
    "dvd-r",
    ["--at-once", "--speed", "8x"],
    "Burned 1.2 MB at 8x, every sector verified; the disc: DVD-R, closed",
  ],
  ["dvd-rw", ["--simulate", "--at-once"], "Simulated 1.2 MB at 6x; the disc: DVD-RW, blank"],
  ["bd-r", ["--speed", "4"], "Burned 1.2 MB at 4x"],
  ["bd-r", ["--spares"], "the disc: BD-R, closed, 1 session, with spare areas"],
  ["cd-r", ["--overburn"], "Burned 1.2 MB at 48x"],
];

for (const [medium, options, says] of ROWS) {
  Deno.test(`burnscript burn ${options.join(" ")} onto a ${medium}`, async () => {
    using folder = prepared();
    const outcome = await run([
      "burn",
      "--quiet",
      "--virtual",
      `${medium}=${folder.path}/disc.iso`,
      ...options,
      `${folder.path}/photos`,
    ]);
    assertEquals(outcome.code, 0, outcome.stderr);
    assertStringIncludes(outcome.stdout, says);
  });
}

Deno.test("burnscript burn --json tells method, speed and what was simulated", async () => {
  using folder = prepared();
  const outcome = await run([
    "burn",
    "--json",
    "--simulate",
    "--speed",
    "16x",
    "--virtual",
    `cd-r=${folder.path}/disc.iso`,
    `${folder.path}/photos`,
  ]);
  const burned = JSON.parse(outcome.stdout.trim().split("\n").at(-1)!);
  assertEquals([burned.event, burned.method, burned.simulated, burned.verified, burned.resumedSectors], [
    "burned",
    "incremental",
    true,
    "none",
    0,
  ]);
  assertEquals(burned.speed, { asked: 1200, set: 1200, text: "16x" });
});

const REFUSED:
  readonly (readonly [medium: string, options: readonly string[], code: number, says: string])[] = [
    ["dvd+r", ["--simulate"], 1, "only CD-R, CD-RW, DVD-R and DVD-RW can be tried"],
    ["bd-re", ["--at-once"], 1, "does not write at once; burn it without --at-once"],
    ["cd-r", ["--speed", "fast"], 2, '--speed is a multiple such as 8x, not "fast"'],
    ["cd-r", ["--speed", "0"], 2, "--speed is a multiple such as 8x"],
    ["cd-r", ["--alone"], 2, "--alone goes with --append"],
    ["none", ["--continue"], 3, "found no medium"],
  ];

for (const [medium, options, code, says] of REFUSED) {
  Deno.test(`burnscript burn ${options.join(" ")} onto a ${medium} is refused`, async () => {
    using folder = prepared();
    const outcome = await run([
      "burn",
      "--quiet",
      "--virtual",
      `${medium}=${folder.path}/disc.iso`,
      ...options,
      `${folder.path}/photos`,
    ]);
    assertEquals(outcome.code, code, outcome.stderr);
    assertStringIncludes(outcome.stderr, says);
  });
}

Deno.test("burnscript burn --help names every option that burning has, in lines that fit", async () => {
  const { stdout } = await run(["burn", "--help"]);
  for (
    const option of [
      "append",
      "alone",
      "continue",
      "speed",
      "at-once",
      "simulate",
      "overburn",
      "force",
      "drive",
    ]
  ) {
    assertStringIncludes(stdout, `--${option}`);
  }
  for (const line of stdout.split("\n")) assert(line.length <= 124, line);
});

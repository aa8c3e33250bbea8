import { assertEquals, assertStringIncludes } from "@std/assert";
import { serialOfUdev, serialOfVitalProductData } from "../../lib/platform/drive_serial_number.ts";
import { onPosix } from "../posix.ts";
import { cli, run, runUntil, TempFolder } from "./cli.ts";

/** Another computer's drives are not known here: these tests are for one without any, as CI's and most servers are. */
const withoutDrives = {
  ignore: Deno.build.os !== "linux" ||
    Array.from(Deno.readDirSync("/dev")).some(({ name }) => /^sr\d/.test(name)),
};

Deno.test("drives without recorders: an empty list, and exit code 3", withoutDrives, async () => {
  const { code, stdout, stderr } = await run(["drives", "--json"]);
  assertEquals([code, JSON.parse(stdout)], [3, { event: "drives", recorders: [] }]);
  assertStringIncludes(stderr, "There is no recorder on this computer");
  const human = await run(["drives"]);
  assertEquals([human.code, human.stdout, human.stderr], [3, "", stderr]);
});

Deno.test("drives shows what each recorder is, and how it is connected", async () => {
  using folder = new TempFolder();
  const args = ["drives", "--virtual", "dvd+r=a.iso", "--virtual", "none"];
  const { code, stdout, stderr } = await run(args, { cwd: folder.path });
  assertEquals([code, stderr], [0, ""]);
  const lines = stdout.trimEnd().split("\n");
  assertEquals(lines.map((line) => line.split("  ").toSpliced(2, 1)), [
    ["0", "a.iso", "virtual"],
    ["1", "none", "virtual"],
  ]);
  const json = await run([...args, "--json"], { cwd: folder.path });
  const { event, recorders } = JSON.parse(json.stdout);
  assertEquals(event, "drives");
  for (const [index, recorder] of recorders.entries()) {
    assertEquals([recorder.index, recorder.bus, recorder.volumePathNames], [index, "virtual", []]);
    const { vendorId, productId, productRevision } = recorder;
    assertStringIncludes(lines[index]!, `  ${vendorId} ${productId} ${productRevision}  `);
  }
});

Deno.test("serialOfVitalProductData() takes the length that the page tells, and no padding", () => {
  const page = new Uint8Array([5, 0x80, 0, 10, ...new TextEncoder().encode(" K9AFB4\0\0\0 left over")]);
  assertEquals(serialOfVitalProductData(page), "K9AFB4");
  assertEquals(serialOfVitalProductData(page.subarray(0, 7)), "K9");
  assertEquals(serialOfVitalProductData(new Uint8Array()), "");
});

Deno.test("serialOfUdev() takes the short serial number, which is the drive's own", () => {
  const text = "I:12\nE:ID_SERIAL=HL-DT-ST_DVDRAM_K9A\nE:ID_SERIAL_SHORT=K9A\nE:ID_BUS=ata\n";
  assertEquals([serialOfUdev(text), serialOfUdev("E:ID_SERIAL=K9A\n")], ["K9A", undefined]);
});

/** Work that lasts until Ctrl-C comes, by the text of standard output that shows it has begun. */
const INTERRUPTED: readonly { args: readonly string[]; says: string }[] = [
  { args: ["burn", "--virtual", "bd-r=d.iso", "data"], says: "the burn was cancelled" },
  { args: ["image", "--manifest", "sums", "data", "-o", "d.iso"], says: '"d.iso" was not made' },
];

for (const { args, says } of INTERRUPTED) {
  Deno.test(`${args[0]} --json: Ctrl-C ends with an object, as a failure does`, onPosix, async () => {
    using folder = new TempFolder();
    folder.writeSparse("data/big.bin", 20_000_000_000);
    const { code, stdout, stderr } = await runUntil(
      cli([...args, "--json"], { cwd: folder.path }),
      '"event":"progress"',
      (process) => process.kill("SIGINT"),
    );
    const last = JSON.parse(stdout.trimEnd().split("\n").at(-1)!);
    assertEquals([code, last.event, last.exitCode], [130, "failed", 130]);
    assertStringIncludes(last.message, says);
    assertStringIncludes(stderr, `Interrupted\n${last.message}\n`);
  });
}

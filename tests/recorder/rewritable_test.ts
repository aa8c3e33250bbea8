import { assert, assertEquals } from "@std/assert";
import { formatList, parseFormatCapacities } from "../../lib/mmc/capacity.ts";
import * as cdb from "../../lib/mmc/cdb.ts";
import { FEATURE, isCurrent, parseConfiguration } from "../../lib/mmc/configuration.ts";
import { parseDiscInformation } from "../../lib/mmc/disc_information.ts";
import { formatSense, parseSense } from "../../lib/mmc/sense.ts";
import { mediumNamed, memoryStore, VirtualDrive } from "../../lib/recorder/mod.ts";

class Bench {
  nowMs = 0;
  readonly drive: VirtualDrive;

  constructor(medium: string, { timed = false } = {}) {
    this.drive = new VirtualDrive({
      kind: mediumNamed(medium),
      store: memoryStore(),
      ...(timed ? { clock: () => this.nowMs } : {}),
    });
    this.settle();
  }

  /** Past unit attentions, and past what the drive is busy with. */
  settle(): void {
    for (let i = 0; i < 10 && this.say(cdb.testUnitReady()) !== "good"; i++) this.nowMs += 200_000;
  }

  data(bytes: Uint8Array): Uint8Array {
    return this.drive.execute({ kind: "command", cdb: bytes, dataInBytes: 65536, timeoutMs: 1000 }).dataIn;
  }

  say(bytes: Uint8Array, dataOut?: Uint8Array): string {
    const { status, sense } = this.drive.execute({
      kind: "command",
      cdb: bytes,
      ...(dataOut ? { dataOut } : { dataInBytes: 65536 }),
      timeoutMs: 1000,
    });
    return status === 0 ? "good" : formatSense(parseSense(sense)!);
  }

  write(lba: number, sectors: number): string {
    return this.say(cdb.write10(lba, sectors), new Uint8Array(sectors * 2048).fill(1));
  }

  format(type: Parameters<typeof formatList>[0], parameter = 0): string {
    return this.say(cdb.formatUnit(), formatList(type, { sectors: 0, parameter }));
  }

  close(what: Parameters<typeof cdb.closeTrackSession>[0]): string {
    return this.say(cdb.closeTrackSession(what, 1));
  }

  get profile(): number {
    return parseConfiguration(this.data(cdb.getConfiguration("all", { lengthBytes: 4096 }))).profile;
  }

  get isIncremental(): boolean {
    const configuration = parseConfiguration(this.data(cdb.getConfiguration("all", { lengthBytes: 4096 })));
    return isCurrent(configuration, FEATURE.incrementalStreaming);
  }

  get backgroundFormat(): number {
    return parseDiscInformation(this.data(cdb.readDiscInformation(34))).backgroundFormat;
  }
}

/** What is done, and what the drive says to it. */
type Step = readonly [what: string, act: (bench: Bench) => unknown, expected: unknown];

const TALES: Readonly<Record<string, readonly [medium: string, steps: readonly Step[]]>> = {
  "a DVD+RW is formatted in the background, stopped, and started again": ["dvd+rw", [
    ["write unformatted", (b) => b.write(0, 16), "2/30/10"],
    ["restart without a format", (b) => b.format("dvdPlusRw", 1), "5/26/00"],
    ["format", (b) => b.format("dvdPlusRw"), "good"],
    ["running", (b) => b.backgroundFormat, 2],
    ["write anywhere", (b) => b.write(160, 16), "good"],
    ["what is before it reads as zeros", (b) => b.data(cdb.read10(0, 1)).every((byte) => byte === 0), true],
    ["stop", (b) => b.close("stopFormat"), "good"],
    ["stopped", (b) => b.backgroundFormat, 1],
    ["write inside", (b) => b.write(7, 1), "good"],
    ["write outside", (b) => b.write(176, 16), "5/21/00"],
    ["lead-out", (b) => b.close("session"), "good"],
    ["restart", (b) => b.format("dvdPlusRw", 1), "good"],
    ["write outside again", (b) => b.write(176, 16), "good"],
    ["what was written stays", (b) => b.data(cdb.read10(7, 1))[0], 1],
    ["a track is not closed", (b) => b.close("track"), "5/24/00"],
    ["beyond the end", (b) => b.write(2_295_104, 16), "5/21/00"],
  ]],
  "a DVD-RW turns from sequential to overwritten in place, and back": ["dvd-rw", [
    ["sequential", (b) => b.profile, 0x14],
    ["quick format", (b) => b.format("quick", 16), "good"],
    ["restricted overwrite", (b) => b.profile, 0x13],
    ["not behind the end", (b) => b.write(32, 16), "5/21/02"],
    ["at the end", (b) => b.write(0, 16), "good"],
    ["not less than an ECC block", (b) => b.write(0, 8), "5/64/01"],
    ["nor across two", (b) => b.write(8, 16), "5/64/01"],
    [
      "unfinished",
      (b) => parseFormatCapacities(b.data(cdb.readFormatCapacities(255))).kind,
      "noMedium",
    ],
    ["finish", (b) => b.close("session"), "good"],
    ["finished", (b) => parseFormatCapacities(b.data(cdb.readFormatCapacities(255))).kind, "formatted"],
    ["no growing any more", (b) => b.write(16, 16), "5/21/00"],
    ["grow", (b) => b.format("quickGrow", 16), "good"],
    ["grown", (b) => b.write(16, 16), "good"],
    ["another medium's format", (b) => b.format("dvdPlusRw"), "5/26/00"],
    ["blank", (b) => b.say(cdb.blank("full")), "good"],
    ["sequential again", (b) => b.profile, 0x14],
    ["nothing to read", (b) => b.say(cdb.read10(0, 1)), "5/21/00"],
  ]],
  "a DVD-RW that is blanked minimally takes data at once only": ["dvd-rw", [
    ["incremental", (b) => b.isIncremental, true],
    ["blank minimally", (b) => b.say(cdb.blank("minimal")), "good"],
    ["not incremental", (b) => b.isIncremental, false],
    ["a write", (b) => b.write(0, 16), "5/64/00"],
    ["blank in full", (b) => b.say(cdb.blank("full")), "good"],
    ["incremental again", (b) => b.isIncremental, true],
  ]],
  "a DVD-RAM is formatted as it is bought": ["dvd-ram", [
    ["write one sector at the end", (b) => b.write(2_236_703, 1), "good"],
    ["not behind it", (b) => b.write(2_236_704, 1), "5/21/00"],
    ["BLANK is not for it", (b) => b.say(cdb.blank("full")), "5/30/00"],
    ["format", (b) => b.format("full"), "good"],
    ["zeros", (b) => b.data(cdb.read10(2_236_703, 1)).every((byte) => byte === 0), true],
  ]],
  "a BD-RE must be formatted": ["bd-re", [
    ["write", (b) => b.write(0, 32), "2/30/10"],
    ["unformatted", (b) => parseFormatCapacities(b.data(cdb.readFormatCapacities(255))).kind, "unformatted"],
    ["format", (b) => b.format("full"), "good"],
    ["write", (b) => b.write(64, 32), "good"],
  ]],
  "media that are written once are neither blanked nor formatted": ["dvd+r", [
    ["BLANK", (b) => b.say(cdb.blank("full")), "5/30/00"],
    ["FORMAT", (b) => b.format("full"), "5/26/00"],
  ]],
};

for (const [what, [medium, steps]] of Object.entries(TALES)) {
  for (const timed of [false, true]) {
    Deno.test(`VirtualDrive: ${what}${timed ? ", in its time" : ""}`, () => {
      const bench = new Bench(medium, { timed });
      for (const [step, act, expected] of steps) {
        assertEquals(act(bench), expected, step);
        bench.settle();
      }
    });
  }
}

Deno.test("VirtualDrive tells how far a format and blanking are", () => {
  const bench = new Bench("dvd-rw", { timed: true });
  for (const [start, sense] of [[cdb.blank("full"), "2/04/07"], [undefined, "2/04/04"]] as const) {
    if (start === undefined) bench.format("quick", 16);
    else bench.say(start);
    bench.nowMs += 5000;
    const reply = bench.drive.execute({ kind: "command", cdb: cdb.testUnitReady(), timeoutMs: 1000 });
    const found = parseSense(reply.sense)!;
    assertEquals(formatSense(found), sense);
    assert(found.progress! > 0 && found.progress! < 1, `${found.progress}`);
    bench.settle();
  }
});

Deno.test("VirtualDrive ends a DVD+RW's background format by itself after twenty minutes, and with the tray", () => {
  const bench = new Bench("dvd+rw", { timed: true });
  bench.format("dvdPlusRw");
  bench.nowMs += 600_000;
  assertEquals(bench.backgroundFormat, 2);
  bench.nowMs += 600_000;
  assertEquals(bench.backgroundFormat, 3);
  const other = new Bench("dvd+rw", { timed: true });
  other.format("dvdPlusRw");
  other.settle();
  other.write(0, 16);
  other.drive.pressEject();
  other.drive.pressEject();
  other.settle();
  assertEquals(other.backgroundFormat, 1);
});

Deno.test("VirtualDrive keeps a formatted disc over a power failure, its background format apart", () => {
  const store = memoryStore();
  const kind = mediumNamed("dvd+rw");
  const before = new VirtualDrive({ kind, store });
  const send = (dataOut: Uint8Array, bytes: Uint8Array): number =>
    before.execute({ kind: "command", cdb: bytes, dataOut, timeoutMs: 1000 }).status;
  while (send(formatList("dvdPlusRw", { sectors: 0xffffffff, parameter: 0 }), cdb.formatUnit()) !== 0) {
    // unit attentions come first
  }
  assertEquals(send(new Uint8Array(16 * 2048), cdb.write10(0, 16)), 0);
  const after = new VirtualDrive({ kind, store });
  assertEquals([after.disc?.format, after.disc?.tracks[0]?.nextLba], ["stopped", 16]);
});

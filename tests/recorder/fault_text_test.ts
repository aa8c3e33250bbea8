import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { withFaults } from "../../lib/jobs/virtual_faults.ts";
import * as cdb from "../../lib/mmc/cdb.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import { type Fault, FAULT_HELP, parseFault } from "../../lib/recorder/mod.ts";
import { run, TempFolder } from "../cli/cli.ts";
import { Bench } from "./_bench.ts";

const WRITE = [OPCODE.write10, OPCODE.write12];
const READ = [OPCODE.read10, OPCODE.read12, OPCODE.readCd];

const READABLE: readonly (readonly [text: string, recorder: number, fault: Fault])[] = [
  ["write@1000=3/0C/00", 0, {
    opcodes: WRITE,
    lba: 1000,
    effect: { kind: "sense", sense: { key: 3, asc: 0x0c, ascq: 0 } },
  }],
  ["2:WRITE#20=Reset", 2, { opcodes: WRITE, nth: 20, effect: { kind: "reset", executed: false } }],
  ["write#20*3=reset-after", 0, {
    opcodes: WRITE,
    nth: 20,
    times: 3,
    effect: { kind: "reset", executed: true },
  }],
  ["read@7#2*2=3/11/5", 0, {
    opcodes: READ,
    lba: 7,
    nth: 2,
    times: 2,
    effect: { kind: "sense", sense: { key: 3, asc: 0x11, ascq: 5 } },
  }],
  ["opc=refused", 0, {
    opcodes: [OPCODE.sendOpc],
    effect: { kind: "sense", sense: { key: 5, asc: 0x20, ascq: 0 } },
  }],
  ["5Bh=busy", 0, { opcodes: [OPCODE.closeTrackSession], effect: { kind: "busy" } }],
  ["any#40=unplugged", 0, { nth: 40, effect: { kind: "gone" } }],
  ["disc=short:12", 0, { opcodes: [OPCODE.readDiscInformation], effect: { kind: "short", bytes: 12 } }],
  ["cue=hang", 0, { opcodes: [OPCODE.sendCueSheet], effect: { kind: "timeout", executed: false } }],
  ["flush=hang-after", 0, {
    opcodes: [OPCODE.synchronizeCache],
    effect: { kind: "timeout", executed: true },
  }],
  ["write#1=flip", 0, { opcodes: WRITE, nth: 1, effect: { kind: "corrupt" } }],
  ["write#1=removed", 0, { opcodes: WRITE, nth: 1, effect: { kind: "removed" } }],
];

for (const [text, recorder, fault] of READABLE) {
  Deno.test(`parseFault() reads ${text}`, () => assertEquals(parseFault(text), { recorder, fault }));
}

const WRONG: readonly (readonly [text: string, says: string])[] = [
  ["", "has the form COMMAND=EFFECT"],
  ["write", "has the form COMMAND=EFFECT"],
  ["write=", "has the form COMMAND=EFFECT"],
  ["=reset", "has the form COMMAND=EFFECT"],
  ["write@=reset", "has the form COMMAND=EFFECT"],
  ["write@-5=reset", "has the form COMMAND=EFFECT"],
  ["x:write=reset", "has the form COMMAND=EFFECT"],
  ["scribble=reset", 'no command "scribble"'],
  ["constructor=reset", 'no command "constructor"'],
  ["write=explode", 'no effect "explode"'],
  ["write=toString", 'no effect "toString"'],
  ["write=3/0C", 'no effect "3/0C"'],
  ["write=3/0C/100", 'no effect "3/0C/100"'],
  ["write=short:", 'no effect "short:"'],
  ["write#0=reset", "begins at 1"],
  ["write*0=reset", "begins at 1"],
];

for (const [text, says] of WRONG) {
  Deno.test(`parseFault() refuses "${text}"`, () => {
    assertThrows(() => parseFault(text), RangeError, says);
  });
}

Deno.test("parseFault() throws nothing but RangeErrors", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9:@#*=\/-]{1,20}$/)), (text) => {
      try {
        parseFault(text);
      } catch (error) {
        assert(error instanceof RangeError, String(error));
      }
    }),
    { seed: 2026 },
  );
});

Deno.test("FAULT_HELP gives examples that can be read, and every line fits", () => {
  const examples = [...FAULT_HELP.matchAll(/^ {2}--fault (\S+)/gm)].map((match) => match[1]!);
  assert(examples.length > 4);
  for (const example of examples) parseFault(example);
  for (const line of FAULT_HELP.split("\n")) assert(line.length <= 124, line);
});

Deno.test("VirtualDrive says that it is busy, and then goes on", () => {
  const bench = new Bench("dvd+r", { faults: [parseFault("write#2=busy").fault] });
  assertEquals(bench.write(0, 16), "good");
  const busy = bench.send(cdb.write10(16, 16), new Uint8Array(16 * 2048));
  assertEquals([busy.status, busy.sense.length], [0x08, 0]);
  assertEquals(bench.write(16, 16), "good");
});

Deno.test("VirtualDrive whose disc is taken out has it again once the tray was closed", () => {
  const bench = new Bench("dvd+r", { faults: [parseFault("write@40=removed").fault] });
  bench.send(cdb.preventRemoval(true));
  assertEquals(bench.write(0, 32), "good");
  assertEquals(bench.write(32, 16), "2/3A/02");
  assertEquals(bench.sense(cdb.testUnitReady()), "2/3A/02");
  bench.send(cdb.startStopUnit("load", { immediate: false }));
  assertEquals([bench.sense(cdb.testUnitReady()), bench.sense(cdb.testUnitReady())], ["6/28/00", "good"]);
  assertEquals(bench.sense(cdb.read10(31, 1)), "good");
});

Deno.test("withFaults() gives each recorder its own, and says where there is none", () => {
  const virtual = [{ medium: "cd-r", file: "a" }, { medium: "dvd+r", file: "b" }];
  const faulty = withFaults(virtual, ["1:write=reset", "write=flip", "1:opc=refused"]);
  assertEquals(faulty.map(({ faults }) => faults?.length), [1, 2]);
  assertEquals(withFaults(virtual, []), virtual);
  assertThrows(
    () => withFaults(virtual, ["2:write=reset"]),
    RangeError,
    "no virtual recorder 2, only 0 to 1",
  );
  assertThrows(() => withFaults([], ["write=reset"]), RangeError, "give one with --virtual");
});

Deno.test("burnscript burn --fault has a virtual recorder fail, and keeps it out of the disc", async () => {
  using folder = new TempFolder();
  folder.write("photos/large.txt", "0123456789abcdef".repeat(20_000));
  const disc = `${folder.path}/disc.iso`;
  const burn = (...args: string[]): ReturnType<typeof run> =>
    run(["burn", "--quiet", "--virtual", `dvd+rw=${disc}`, ...args, `${folder.path}/photos`]);
  const bad = await burn("--fault", "read@100=3/11/05");
  assertEquals(bad.code, 4);
  assertStringIncludes(bad.stderr, "1 sector is unreadable, the first at LBA 100");
  assertEquals((await Deno.readTextFile(`${disc}.burnscript.json`)).includes("fault"), false);
  assertEquals((await burn("--force")).code, 0);
  const wrong = await burn("--fault", "wrote=reset");
  assertEquals(wrong.code, 2);
  assertStringIncludes(wrong.stderr, 'There is no command "wrote"');
  assertStringIncludes((await run(["help", "faults"])).stdout, FAULT_HELP);
});

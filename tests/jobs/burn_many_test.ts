/** One source onto several discs at once. */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { burnMany, type BurnManyOptions } from "../../lib/jobs/burn.ts";
import { NoRecorderError } from "../../lib/jobs/exit_codes.ts";
import { ProgressBoard } from "../../lib/jobs/progress_board.ts";
import type { FaultEffect } from "../../lib/recorder/faults.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import { BurnError, type BurnProgress } from "../../lib/burn/mod.ts";
import type { VirtualSpec } from "../../lib/drive/virtual.ts";
import { run, TempFolder } from "../cli/cli.ts";

/** A folder with 2 MB of files, and recorders with these discs in `discs`. */
function prepared(
  media: readonly Partial<VirtualSpec>[],
  { isSmall = false }: { isSmall?: boolean } = {},
): { folder: TempFolder; options: BurnManyOptions } & Disposable {
  const folder = new TempFolder();
  folder.write("photos/readme.txt", "Holidays");
  if (!isSmall) folder.write("photos/large.txt", "0123456789abcdef".repeat(131_072));
  const virtual = media.map((spec, index) => ({
    medium: "dvd+r",
    file: `${folder.path}/${index}.iso`,
    ...spec,
  }));
  return {
    folder,
    options: {
      source: `${folder.path}/photos`,
      timestamp: new Date(0),
      recorders: "all",
      session: { virtual, maps: [] },
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function sameStart(a: string, b: string): boolean {
  const [x, y] = [Deno.readFileSync(a), Deno.readFileSync(b)];
  const length = Math.min(x.length, y.length);
  return length > 2_000_000 && x.subarray(0, length).every((byte, at) => byte === y[at]);
}

Deno.test("burnMany() burns and verifies every disc, of whatever kind", async () => {
  using bench = prepared([{ medium: "cd-r" }, { medium: "dvd+r" }, { medium: "bd-re" }]);
  const told = [0, 0, 0];
  const ended: number[] = [];
  const outcomes = await burnMany({
    ...bench.options,
    onProgress: (_progress, index) => void told[index]!++,
    onOutcome: (_outcome, index) => void ended.push(index),
  });
  assertEquals(outcomes.map(({ result }) => result?.verified), ["full", "full", "full"]);
  assertEquals(
    outcomes.map(({ recorder }) => recorder.path),
    [0, 1, 2].map((n) => `${bench.folder.path}/${n}.iso`),
  );
  assert(told.every((count) => count > 10), `${told}`);
  assertEquals(ended.toSorted(), [0, 1, 2]);
  for (const n of [1, 2]) assert(sameStart(`${bench.folder.path}/0.iso`, `${bench.folder.path}/${n}.iso`));
});

Deno.test("burnMany() goes on with the others when one fails: at the start, in mid-burn, in verifying, unplugged", async () => {
  const writeError = { kind: "sense", sense: { key: 3, asc: 0x0c, ascq: 0 } } as const;
  using bench = prepared([
    { medium: "none" },
    { faults: [{ opcode: OPCODE.write10, lba: 400, effect: writeError }] },
    { faults: [{ opcode: OPCODE.write10, lba: 500, effect: { kind: "corrupt" } }] },
    { faults: [{ opcode: OPCODE.write10, lba: 300, effect: { kind: "gone" } }] },
    {},
  ]);
  const outcomes = await burnMany(bench.options);
  assertEquals(outcomes.map(({ error }) => (error as { hresultName?: string } | undefined)?.hresultName), [
    "E_IMAPI_RECORDER_MEDIA_NO_MEDIA",
    "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE",
    "E_IMAPI_BURN_VERIFICATION_FAILED",
    "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE",
    undefined,
  ]);
  assertEquals(outcomes[4]?.result?.verified, "full");
});

const EFFECTS: readonly FaultEffect[] = [
  { kind: "sense", sense: { key: 4, asc: 0x44, ascq: 0 } },
  { kind: "gone" },
  { kind: "timeout", executed: true },
  { kind: "removed" },
];

for (const effect of EFFECTS) {
  Deno.test(`burnMany() burns one disc, whichever command of the other recorder ends so: ${effect.kind}`, async () => {
    for (let nth = 1; nth <= COMMANDS; nth++) {
      using bench = prepared([{ faults: [{ nth, effect }] }, {}], { isSmall: true });
      const [failing, sound] = await burnMany(bench.options);
      const where = `command ${nth}`;
      assertEquals([sound?.error, sound?.result?.verified], [undefined, "full"], where);
      assertEquals(sound?.result?.discState.status, "finalized", where);
      // What only asks may fail without an end to the burn: then it is a good one.
      if (failing?.error === undefined) assertEquals(failing?.result?.verified, "full", where);
      else assert(failing.error instanceof BurnError, `${where}: ${failing.error}`);
    }
  });
}

/** As many as a small disc takes, and some. */
const COMMANDS = 60;

Deno.test("burnMany() that is cancelled ends every burn, each with the state of its disc", async () => {
  using bench = prepared([{}, { medium: "cd-rw" }]);
  const controller = new AbortController();
  const begun = new Set<number>();
  const outcomes = await burnMany({
    ...bench.options,
    signal: controller.signal,
    onProgress: ({ action, lastWrittenLba }, index) => {
      if (action === "writing" && lastWrittenLba > 200) begun.add(index);
      if (begun.size === 2) controller.abort();
    },
  });
  for (const { error } of outcomes) {
    assertStringIncludes((error as Error).message, "the burn was cancelled; the disc is now");
  }
});

Deno.test("burnMany() burns nothing when a recorder is named that is not there, or one twice", async () => {
  using bench = prepared([{}, {}]);
  await assertRejects(
    () => burnMany({ ...bench.options, recorders: [0, 7] }),
    NoRecorderError,
    "Cannot open recorder 7",
  );
  await assertRejects(
    () => burnMany({ ...bench.options, recorders: [1, "1"] }),
    RangeError,
    '"1" is named twice',
  );
  const left = await Array.fromAsync(Deno.readDir(bench.folder.path));
  assertEquals(left.map(({ name }) => name), ["photos"]);
});

Deno.test("burnscript burn --drive all tells of each recorder, and of the first failure by its exit code", async () => {
  using bench = prepared([]);
  const { path } = bench.folder;
  const virtual = ["dvd+r=0.iso", "none=empty", "cd-r=2.iso"].flatMap((each) => {
    const [medium, file] = each.split("=");
    return ["--virtual", `${medium}=${path}/${file}`];
  });
  const outcome = await run(["burn", ...virtual, "--drive", "all", `${path}/photos`]);
  assertEquals(outcome.code, 3); // no medium
  assertStringIncludes(outcome.stdout, `${path}/0.iso: Burned 2.`);
  assertStringIncludes(outcome.stdout, `${path}/2.iso: Burned 2.`);
  assertStringIncludes(outcome.stderr, `${path}/empty: Cannot burn the disc: found no medium`);
  assertStringIncludes(outcome.stderr, "1 of 3 discs failed");
  assertStringIncludes(outcome.stderr, "[2] Writing 100 %");

  const json = await run([
    ...[
      "burn",
      "--json",
      "--simulate",
      "--virtual",
      `cd-r=${path}/3.iso`,
      "--virtual",
      `dvd+r=${path}/4.iso`,
    ],
    ...["--drive", "1", "--drive", "0", `${path}/photos`],
  ]);
  const events = json.stdout.trim().split("\n").map((line) => JSON.parse(line)).filter(({ event }) =>
    event !== "progress"
  );
  assertEquals(
    events.toSorted((a, b) => (a.recorder ?? 9) - (b.recorder ?? 9)).map((
      { event, recorder, simulated, hresult },
    ) => [event, recorder, simulated, hresult]),
    [
      ["failed", 0, undefined, "E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED"],
      ["burned", 1, true, undefined],
      ["ended", undefined, undefined, undefined],
    ],
  );
  assertEquals(json.code, 1);
});

Deno.test("ProgressBoard shows all recorders in one line of a terminal", () => {
  let nowMs = 0;
  let shown = "";
  const board = new ProgressBoard("bar", {
    write: (text) => shown += text,
    json: () => {},
    nowMs: () => nowMs += 60,
  });
  const at = (action: BurnProgress["action"], done: number): BurnProgress => ({
    action,
    startLba: 0,
    sectorCount: 200,
    lastReadLba: done - 1,
    lastWrittenLba: done - 1,
    totalSystemBufferBytes: 0,
    usedSystemBufferBytes: 0,
  });
  board.show(at("writing", 20), 1);
  board.show(at("calibrating", 0), 0);
  board.show(at("verifying", 100), 1);
  board.show(at("finalizing", 200), 0);
  board.show(at("finalizing", 200), 0);
  board.end(0);
  assertEquals(shown.split("\r").slice(1), [
    "[1] 10 %\x1b[K",
    "[0] preparing  [1] verified 50 %\x1b[K",
    "[0] closing  [1] verified 50 %\x1b[K\n",
  ]);
});

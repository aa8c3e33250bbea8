import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import * as cdb from "../../lib/mmc/cdb.ts";
import { parseDiscInformation } from "../../lib/mmc/disc_information.ts";
import { parseTrackInformation } from "../../lib/mmc/track_information.ts";
import { parseSense } from "../../lib/mmc/sense.ts";
import { deserialize, serialize } from "../../lib/recorder/disc_text.ts";
import { mediumNamed, memoryStore, VirtualDrive } from "../../lib/recorder/mod.ts";

fc.configureGlobal({ seed: 2026 });

/**
 * A model of a disc, small enough to be right by looking at it: sessions are lists of closed tracks, the one being
 * written may have an open track. It knows lengths only.
 */
class Model {
  closed = 0;
  complete = false;
  /** [start, data end, end with run-out], of all tracks. */
  tracks: [number, number, number][] = [];
  tracksInSession = 0;
  open: [start: number, next: number] | undefined;

  constructor(readonly medium: "cd-r" | "dvd+r") {}

  get nwa(): number {
    if (this.open !== undefined) return this.open[1];
    const end = this.tracks.at(-1)?.[2];
    if (end === undefined) return 0;
    if (this.medium === "dvd+r") return end + (this.tracksInSession > 0 ? 16 : 2048);
    return end + (this.tracksInSession > 0 ? 150 : this.closed === 1 ? 11_400 : 6_900);
  }

  write(sectors: number): boolean {
    if (this.complete) return false;
    this.open ??= [this.nwa, this.nwa];
    this.open[1] += sectors;
    return true;
  }

  #pad(): void {
    if (this.open === undefined) return;
    const [start, next] = this.open;
    this.open[1] = this.medium === "cd-r" ? Math.max(next, start + 300) : Math.ceil(next / 16) * 16;
  }

  sync(): boolean {
    this.#pad();
    if (this.medium === "cd-r") this.#end();
    return true;
  }

  #end(): void {
    if (this.open === undefined) return;
    const [start, next] = this.open;
    this.tracks.push([start, next, next + (this.medium === "cd-r" ? 2 : 0)]);
    this.tracksInSession++;
    this.open = undefined;
  }

  closeTrack(): boolean {
    if (this.complete || this.open === undefined) return false;
    this.#pad();
    this.#end();
    return true;
  }

  closeSession(finalize: boolean): boolean {
    if (this.complete || this.open !== undefined) return false;
    // A disc that is finalised between two sessions gets no further one.
    if (this.tracksInSession === 0 && !(finalize && this.tracks.length > 0)) return false;
    if (this.tracksInSession > 0) this.closed++;
    this.tracksInSession = 0;
    this.complete = finalize;
    return true;
  }
}

type Step = { readonly kind: "write"; readonly sectors: number } | {
  readonly kind: "sync" | "track" | "session" | "finalize";
};
const STEP: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("write" as const), sectors: fc.integer({ min: 1, max: 32 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("sync" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("track" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("session" as const) }) },
);
const STEP_OF_PLUS = fc.oneof({ weight: 20, arbitrary: STEP }, {
  weight: 1,
  arbitrary: fc.record({ kind: fc.constant("finalize" as const) }),
});

function newDrive(medium: string, store = memoryStore()): VirtualDrive {
  const drive = new VirtualDrive({ kind: mediumNamed(medium), store });
  for (let i = 0; i < 3; i++) drive.execute({ kind: "command", cdb: cdb.testUnitReady(), timeoutMs: 1 });
  if (medium === "cd-r") {
    const list = new Uint8Array(8 + 0x34);
    list.set([5, 0x32, 0x41, 0xc4, 8], 8);
    drive.execute({ kind: "command", cdb: cdb.modeSelect10(list.length), dataOut: list, timeoutMs: 1 });
  }
  return drive;
}

function read(drive: VirtualDrive, bytes: Uint8Array): Uint8Array {
  return drive.execute({ kind: "command", cdb: bytes, dataInBytes: 4096, timeoutMs: 1 }).dataIn;
}

function next(drive: VirtualDrive): ReturnType<typeof parseTrackInformation> {
  return parseTrackInformation(
    read(drive, cdb.readTrackInformation("track", { number: 0xff, lengthBytes: 36 })),
  );
}

function apply(drive: VirtualDrive, model: Model, step: Step): readonly [asked: boolean, expected: boolean] {
  const send = (bytes: Uint8Array, dataOut?: Uint8Array): boolean =>
    drive.execute({ kind: "command", cdb: bytes, ...(dataOut ? { dataOut } : {}), timeoutMs: 1 }).status ===
      0;
  switch (step.kind) {
    case "write": {
      const lba = model.nwa;
      return [
        send(cdb.write10(lba, step.sectors), new Uint8Array(step.sectors * 2048)),
        model.write(step.sectors),
      ];
    }
    case "sync":
      return [send(cdb.synchronizeCache({ immediate: false })), model.sync()];
    case "track": {
      const number = parseDiscInformation(read(drive, cdb.readDiscInformation(34))).lastTrackOfLastSession;
      return model.open === undefined
        ? [false, false] // which closed track this would be, the standard leaves to the drive
        : [send(cdb.closeTrackSession("track", number)), model.closeTrack()];
    }
    case "session":
      return [send(cdb.closeTrackSession("session")), model.closeSession(false)];
    case "finalize":
      return [send(cdb.closeTrackSession("finalize")), model.closeSession(true)];
  }
}

for (const medium of ["cd-r", "dvd+r"] as const) {
  Deno.test(`VirtualDrive with a ${medium} agrees with a small model whatever is sent`, () => {
    const steps = fc.array(medium === "cd-r" ? STEP : STEP_OF_PLUS, { maxLength: 40 });
    fc.assert(fc.property(steps, (sequence) => {
      const store = memoryStore();
      let drive = newDrive(medium, store);
      const model = new Model(medium);
      for (const step of sequence) {
        const [done, expected] = apply(drive, model, step);
        assertEquals(done, expected, JSON.stringify(step));
        const disc = parseDiscInformation(read(drive, cdb.readDiscInformation(34)));
        assertEquals(disc.status === "complete", model.complete);
        assertEquals(disc.sessions, model.closed + (model.complete ? 0 : 1));
        if (!model.complete) assertEquals(next(drive).nwa, model.nwa);
        assertEquals(
          drive.disc?.tracks.filter(({ phase }) => phase === "complete").map((
            { startLba, nextLba, endLba },
          ) => [
            startLba,
            nextLba,
            endLba,
          ]),
          model.tracks,
        );
      }
      drive.close();
      drive = newDrive(medium, store);
      if (!model.complete) assertEquals(next(drive).nwa, model.nwa);
    }));
  });

  Deno.test(`VirtualDrive records the same ${medium} however a burn is split into commands`, () => {
    const data = new Uint8Array(400 * 2048).map((_, i) => i * 31 >> 3);
    const burnt = (counts: readonly number[]): readonly [string, Uint8Array] => {
      const store = memoryStore();
      const drive = newDrive(medium, store);
      let lba = 0;
      for (const count of [...counts, 400]) {
        const sectors = Math.min(count, 400 - lba);
        const dataOut = data.subarray(lba * 2048, (lba + sectors) * 2048);
        drive.execute({ kind: "command", cdb: cdb.write10(lba, sectors), dataOut, timeoutMs: 1 });
        lba += sectors;
      }
      drive.execute({ kind: "command", cdb: cdb.synchronizeCache({ immediate: true }), timeoutMs: 1 });
      drive.execute({ kind: "command", cdb: cdb.closeTrackSession("track", 1), timeoutMs: 1 });
      drive.execute({ kind: "command", cdb: cdb.closeTrackSession("session"), timeoutMs: 1 });
      const found = new Uint8Array(data.length);
      store.read(found, 0);
      return [store.loadState() ?? "", found];
    };
    const [state, content] = burnt([400]);
    assertEquals(content, data);
    assert(state.includes('"appendable"'), state);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 64 }), { maxLength: 40 }), (counts) => {
        const [otherState, otherContent] = burnt(counts);
        assertEquals(otherState, state);
        assert(otherContent.every((byte, i) => byte === data[i]));
      }),
      { numRuns: 20 },
    );
  });
}

Deno.test("deserialize() reads what serialize() wrote", () => {
  const drive = newDrive("dvd+r");
  drive.execute({ kind: "command", cdb: cdb.reserveTrack(100), timeoutMs: 1 });
  const disc = drive.disc!;
  assertEquals(deserialize(serialize(disc)), disc);
});

const TRACK = '{"number":2,"session":1,"startLba":0,"phase":"complete","nextLba":32,"endLba":32}';
const NUMBERED = '{"format":"burnscript virtual disc","version":1,"medium":"dvd+r","phase":"appendable",' +
  `"closedSessions":1,"tracks":[${TRACK}]}`;

for (const text of ["", "{}", "null", '{"format":"burnscript virtual disc","version":2}', "[1]", NUMBERED]) {
  Deno.test(`deserialize() of ${JSON.stringify(text)} throws a SyntaxError`, () => {
    let error: unknown;
    try {
      deserialize(text);
    } catch (caught) {
      error = caught;
    }
    assert(error instanceof SyntaxError, String(error));
  });
}

Deno.test("VirtualDrive answers any bytes with a reply, and only known commands with GOOD", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 6, maxLength: 16 }),
      fc.uint8Array({ maxLength: 64 }),
      (bytes, dataOut) => {
        const drive = newDrive("cd-r");
        const reply = drive.execute({
          kind: "command",
          cdb: bytes,
          dataOut,
          dataInBytes: 65536,
          timeoutMs: 1,
        });
        if (reply.status !== 0) assert(parseSense(reply.sense) !== undefined);
        assert(reply.dataIn.length <= 65536);
      },
    ),
    { numRuns: 500 },
  );
});

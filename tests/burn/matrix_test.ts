/**
 * The failure matrix: every procedure, at every kind of command that it sends, with everything that a drive, a bus or a
 * medium is known to answer. Whatever happens, the procedure ends in bounded time, with the right HRESULT and advice, the
 * tray is unlocked, and what is said of the disc is true.
 */
import { assert, assertEquals } from "@std/assert";
import { burnData, BurnError, closeOpenSession, eraseDisc, type HresultName } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { CommandRequest, Procedure, Reply } from "../../lib/mmc/request.ts";
import { formatSense } from "../../lib/mmc/sense.ts";
import { MEDIA_ROWS, type MediumRow, rigOf } from "./_media.ts";
import { checkCondition, drive, look, OK, type Rig } from "./_rig.ts";

const UNEXPECTED = "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE";
const NO_MEDIA = "E_IMAPI_RECORDER_MEDIA_NO_MEDIA";
const INCOMPATIBLE = "E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE";
const NOT_FORMATTED = "E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED";
const STREAMING = "E_IMAPI_LOSS_OF_STREAMING";
const TIMEOUT = "E_IMAPI_RECORDER_COMMAND_TIMEOUT";
const TOO_LARGE = "E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA";
const PARAMETERS = "E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS";
const VERIFICATION = "E_IMAPI_BURN_VERIFICATION_FAILED";
const PROTECTED = "E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED";

/** What drives say (MMC-6, SPC-4), and the documented result that it is. */
const SENSES: readonly (readonly [key: number, asc: number, ascq: number, result: HresultName])[] = [
  [1, 0x73, 0x01, "S_OK"], // power calibration area almost full
  [2, 0x04, 0x00, "E_IMAPI_RECORDER_MEDIA_BECOMING_READY"],
  [2, 0x04, 0x01, "E_IMAPI_RECORDER_MEDIA_BECOMING_READY"],
  [2, 0x04, 0x02, "E_IMAPI_RECORDER_MEDIA_BECOMING_READY"], // initialising command required
  [2, 0x04, 0x03, "E_IMAPI_RECORDER_MEDIA_BECOMING_READY"], // manual intervention
  [2, 0x04, 0x04, "E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS"],
  [2, 0x04, 0x07, "E_IMAPI_RECORDER_MEDIA_BUSY"],
  [2, 0x04, 0x08, "E_IMAPI_RECORDER_MEDIA_BUSY"], // long write
  [2, 0x30, 0x00, INCOMPATIBLE],
  [2, 0x3a, 0x00, NO_MEDIA],
  [2, 0x3a, 0x01, NO_MEDIA],
  [2, 0x3a, 0x02, NO_MEDIA],
  [2, 0x3a, 0x03, NO_MEDIA],
  [3, 0x02, 0x00, UNEXPECTED], // no seek complete
  [3, 0x06, 0x00, UNEXPECTED], // no reference position
  [3, 0x09, 0x01, UNEXPECTED], // tracking servo
  [3, 0x0c, 0x00, UNEXPECTED],
  [3, 0x0c, 0x02, UNEXPECTED],
  [3, 0x0c, 0x07, UNEXPECTED],
  [3, 0x0c, 0x08, UNEXPECTED],
  [3, 0x0c, 0x09, STREAMING],
  [3, 0x11, 0x05, UNEXPECTED],
  [3, 0x31, 0x01, NOT_FORMATTED], // format failed
  [3, 0x51, 0x00, "E_IMAPI_ERASE_DRIVE_FAILED_ERASE_COMMAND"],
  [3, 0x57, 0x00, UNEXPECTED],
  [3, 0x72, 0x00, UNEXPECTED], // session fixation
  [3, 0x72, 0x01, UNEXPECTED],
  [3, 0x72, 0x02, UNEXPECTED],
  [3, 0x73, 0x02, UNEXPECTED], // calibration area full
  [3, 0x73, 0x03, UNEXPECTED], // power calibration
  [3, 0x73, 0x05, UNEXPECTED],
  [3, 0x73, 0x06, UNEXPECTED],
  [4, 0x08, 0x03, TIMEOUT], // CRC on the bus
  [4, 0x15, 0x01, UNEXPECTED],
  [4, 0x3e, 0x02, TIMEOUT],
  [4, 0x44, 0x00, UNEXPECTED],
  [5, 0x1a, 0x00, PARAMETERS],
  [5, 0x20, 0x00, UNEXPECTED],
  [5, 0x21, 0x00, UNEXPECTED],
  [5, 0x21, 0x02, STREAMING],
  [5, 0x24, 0x00, UNEXPECTED],
  [5, 0x26, 0x00, PARAMETERS],
  [5, 0x2c, 0x00, UNEXPECTED],
  [5, 0x2e, 0x00, TIMEOUT],
  [5, 0x30, 0x05, "E_IMAPI_DF2DATA_INVALID_MEDIA_STATE"],
  [5, 0x30, 0x08, INCOMPATIBLE],
  [5, 0x30, 0x09, INCOMPATIBLE], // the last session is not closed
  [5, 0x30, 0x10, NOT_FORMATTED],
  [5, 0x53, 0x02, "E_IMAPI_RECORDER_LOCKED"],
  [5, 0x63, 0x00, TOO_LARGE],
  [5, 0x63, 0x01, TOO_LARGE],
  [5, 0x64, 0x00, UNEXPECTED],
  [5, 0x64, 0x01, UNEXPECTED],
  [5, 0x6f, 0x00, UNEXPECTED],
  [5, 0x72, 0x03, UNEXPECTED],
  [5, 0x72, 0x04, UNEXPECTED],
  [5, 0x72, 0x05, UNEXPECTED],
  [6, 0x28, 0x00, "E_IMAPI_RECORDER_MEDIA_BECOMING_READY"],
  [6, 0x28, 0x01, "E_IMAPI_RECORDER_MEDIA_BECOMING_READY"],
  [6, 0x29, 0x00, UNEXPECTED],
  [6, 0x2a, 0x01, UNEXPECTED], // mode parameters changed
  [6, 0x2e, 0x00, UNEXPECTED],
  [6, 0x5a, 0x01, UNEXPECTED], // somebody wants the disc out
  [7, 0x27, 0x00, PROTECTED],
  [8, 0x00, 0x00, UNEXPECTED],
  [0xb, 0x4b, 0x00, UNEXPECTED],
  [0xb, 0x0c, 0x0a, STREAMING],
  [0xd, 0x00, 0x00, TOO_LARGE],
  [0xe, 0x1d, 0x00, VERIFICATION],
];

type Answer = (bench: Rig, command: CommandRequest) => Reply;

/** 3/0C/00, deferred (71h), and in the form that some bridges send (72h; SPC-4, 4.5.2). */
const DEFERRED = Uint8Array.of(0x71, 0, 3, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0x0c, 0, 0, 0, 0, 0);
const DESCRIPTORS = Uint8Array.of(0x72, 3, 0x0c, 0, 0, 0, 0, 0);

/** What can come in place of an answer. */
const OTHERS: readonly (readonly [name: string, result: HresultName, answer: Answer])[] = [
  ["busy", "E_IMAPI_RECORDER_MEDIA_BUSY", () => ({ ...OK, status: 0x08 })],
  ["task set full", "E_IMAPI_RECORDER_MEDIA_BUSY", () => ({ ...OK, status: 0x28 })],
  ["reservation conflict", "E_IMAPI_RECORDER_LOCKED", () => ({ ...OK, status: 0x18 })],
  ["no sense data", "E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE", () => ({ ...OK, status: 0x02 })],
  // About a command before, which is lost: this one was not the reason, and is not repeated.
  ["a deferred error", UNEXPECTED, () => ({ ...OK, status: 0x02, sense: DEFERRED })],
  ["an error as descriptors", UNEXPECTED, () => ({ ...OK, status: 0x02, sense: DESCRIPTORS })],
  ["a time-out", TIMEOUT, () => ({ ...OK, transport: "timeout" })],
  [
    "a time-out after",
    TIMEOUT,
    (bench, command) => ({ ...bench.drive.execute(command), transport: "timeout" }),
  ],
  ["a reset", UNEXPECTED, () => ({ ...OK, transport: "reset" })],
  ["a reset after", UNEXPECTED, (bench, command) => {
    bench.drive.execute(command);
    return { ...OK, transport: "reset" };
  }],
  ["an abort", UNEXPECTED, () => ({ ...OK, transport: "aborted" })],
  ["the system's refusal", UNEXPECTED, () => ({ ...OK, transport: "refused" })],
  ["denied access", "E_ACCESSDENIED", () => ({ ...OK, transport: "denied" })],
  ["four bytes", "E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE", (bench, command) => {
    const reply = bench.drive.execute(command);
    return { ...reply, dataIn: reply.dataIn.subarray(0, 4) };
  }],
];

interface Failing {
  readonly name: string;
  readonly result: HresultName;
  readonly answer: Answer;
}

const FAILURES: readonly Failing[] = [
  ...SENSES.map(([key, asc, ascq, result]): Failing => {
    const sense = { key, asc, ascq };
    // Key 1 is a remark on what was done.
    const answer: Answer = (bench, command) => {
      const reply = key === 1 ? bench.drive.execute(command) : OK;
      return { ...checkCondition(sense), dataIn: reply.dataIn };
    };
    return { name: formatSense(sense), result, answer };
  }),
  ...OTHERS.map(([name, result, answer]): Failing => ({ name, result, answer })),
];

interface ProcedureRow {
  readonly name: string;
  /** A drive with what the procedure begins with. */
  begin(): Rig;
  procedure(): Procedure<unknown>;
}

const BURN = { sizeSectors: 50, close: "appendable", verify: "full" } as const;

function rowNamed(name: string): MediumRow {
  const row = MEDIA_ROWS.find((each) => each.name === name);
  assert(row !== undefined, name);
  return row;
}

/** A disc whose burn was cut off after a few WRITEs. */
function cutOff(row: MediumRow): Rig {
  const bench = rigOf(row);
  let writes = 0;
  try {
    drive(burnData({ ...BURN, sizeSectors: 200 }), bench, {
      onCommand: (_n, { cdb }) => {
        if (cdb[0] === OPCODE.write10) writes++;
        return writes > 3 ? { ...OK, transport: "gone" } : undefined;
      },
    });
  } catch (error) {
    assert(error instanceof BurnError);
  }
  bench.drive.save();
  return rigOf(row, { store: bench.store });
}

function appended(row: MediumRow): Rig {
  const bench = rigOf(row);
  drive(burnData({ ...BURN, ...row.options }), bench);
  return bench;
}

const PROCEDURES: readonly ProcedureRow[] = [
  ...MEDIA_ROWS.map((row): ProcedureRow => ({
    name: `a burn that closes a ${row.name}`,
    begin: () => rigOf(row),
    procedure: () => burnData({ ...BURN, close: "finalize", ...row.options }),
  })),
  ...["cd-r", "cd-r at once", "dvd-r", "dvd+r", "bd-r"].map(rowNamed).map((row): ProcedureRow => ({
    name: `a session that is appended to a ${row.name}`,
    begin: () => appended(row),
    procedure: () => burnData({ ...BURN, ...row.options }),
  })),
  ...["cd-r", "cd-r at once", "dvd-r", "dvd-rw at once by choice"].map(rowNamed).map((row): ProcedureRow => ({
    name: `a simulated burn of a ${row.name}`,
    begin: () => rigOf(row),
    procedure: () => burnData({ ...BURN, ...row.options, simulate: true }),
  })),
  {
    name: "a burn that loads a dvd+r again before it is verified",
    begin: () => rigOf(rowNamed("dvd+r")),
    procedure: () => burnData({ ...BURN, close: "finalize", reload: true }),
  },
  ...["dvd-r", "dvd+r", "bd-r"].map(rowNamed).map((row): ProcedureRow => ({
    name: `going on with a ${row.name}`,
    begin: () => cutOff(row),
    procedure: () => burnData({ ...BURN, sizeSectors: 200, resume: true }),
  })),
  ...["cd-r", "dvd-r", "dvd+r", "bd-r"].map(rowNamed).map((row): ProcedureRow => ({
    name: `closing a ${row.name} that was cut off`,
    begin: () => cutOff(row),
    procedure: () => closeOpenSession(),
  })),
  ...["cd-rw", "dvd-rw", "dvd+rw", "bd-re"].map(rowNamed).map((row): ProcedureRow => ({
    name: `erasing a ${row.name}`,
    begin: () => appended(row),
    procedure: () => eraseDisc(),
  })),
  ...["cd-rw", "dvd-rw in restricted overwrite"].map(rowNamed).map((row): ProcedureRow => ({
    name: `erasing a ${row.name} in full`,
    begin: () => appended(row),
    procedure: () => eraseDisc({ full: true }),
  })),
  {
    name: "erasing a dvd-rw so that it is overwritable",
    begin: () => appended(rowNamed("dvd-rw")),
    procedure: () => eraseDisc({ overwritable: true }),
  },
];

/** Commands that change something, or wait for what was changed: all failures are tried with them. */
const CHANGING: ReadonlySet<number> = new Set([
  OPCODE.formatUnit,
  OPCODE.preventAllowRemoval,
  OPCODE.write10,
  OPCODE.synchronizeCache,
  OPCODE.reserveTrack,
  OPCODE.sendOpc,
  OPCODE.modeSelect10,
  OPCODE.closeTrackSession,
  OPCODE.sendCueSheet,
  OPCODE.blank,
  OPCODE.startStopUnit,
  OPCODE.setStreaming,
]);

/** One failure for each thing that the engine does about one: tried with commands that only ask, and at the last ones. */
const TYPICAL: ReadonlySet<string> = new Set([
  "1/73/01",
  "2/04/01",
  "2/04/02",
  "2/3A/01",
  "2/04/08",
  "3/0C/00",
  "3/11/05",
  "4/44/00",
  "5/21/02",
  "5/72/03",
  "5/20/00",
  "5/24/00",
  "5/2C/00",
  "6/28/00",
  "6/29/00",
  "B/4B/00",
  ...OTHERS.map(([name]) => name),
]);

interface Step {
  readonly at: number;
  readonly failures: readonly Failing[];
}

/**
 * The commands at which something fails: the first and the last of each kind that changes something, the first of each
 * kind that asks.
 */
function stepsOf({ begin, procedure }: ProcedureRow): readonly Step[] {
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  drive(procedure(), begin(), {
    onCommand: (n, { cdb }) => {
      const opcode = cdb[0] ?? 0;
      if (!first.has(opcode)) first.set(opcode, n);
      if (CHANGING.has(opcode)) last.set(opcode, n);
      return undefined;
    },
  });
  const typical = FAILURES.filter(({ name }) => TYPICAL.has(name));
  return [
    ...[...first].map(([opcode, at]) => ({ at, failures: CHANGING.has(opcode) ? FAILURES : typical })),
    ...[...last].filter(([opcode, at]) => first.get(opcode) !== at).map(([, at]) => ({
      at,
      failures: typical,
    })),
  ];
}

for (const row of PROCEDURES) {
  Deno.test(`${row.name} ends well or says truly what happened, whatever fails`, () => {
    const before = look(row.begin()).description;
    for (const { at: step, failures } of stepsOf(row)) {
      for (const failing of failures) {
        const bench = row.begin();
        let opcode = 0;
        const where = (): string => `${failing.name} at command ${step} (${opcode.toString(16)}h)`;
        let error: unknown;
        try {
          drive(row.procedure(), bench, {
            onCommand: (n, command) => {
              if (n !== step) return undefined;
              opcode = command.cdb[0] ?? 0;
              return failing.answer(bench, command);
            },
          });
        } catch (caught) {
          error = caught;
        }
        // In earnest: two hours of virtual time would be a drive that nobody waits for.
        assert(bench.clock.nowMs < 2 * 3_600_000, `${where()}: ${bench.clock.nowMs} ms`);
        assertEquals(bench.drive.isLocked, false, `${where()} leaves the tray locked`);
        const after = look(bench).description;
        if (error === undefined) continue;
        if (!(error instanceof BurnError)) throw error;
        assert(error.advice.length > 5 && error.found.length > 5, `${where()}: ${error.message}`);
        if (error.discState !== undefined && error.discState.status !== "unknown") {
          assertEquals(error.discState.description, after, `${where()}: ${error.message}`);
        } else if (error.discState === undefined && !row.name.startsWith("closing")) {
          assertEquals(after, before, `${where()}: ${error.message}`);
        }
        checkResult(error, failing, where());
      }
    }
  });
}

/** The result is that of what the drive said, unless something else is what failed. */
function checkResult(error: BurnError, failing: Failing, where: string): void {
  const said = error.sense === undefined ? undefined : formatSense(error.sense);
  const isSense = failing.name.includes("/");
  if (isSense && said !== failing.name) return;
  const isJudgement = error.hresultName === "E_IMAPI_BURN_VERIFICATION_FAILED" ||
    error.hresultName.startsWith("E_IMAPI_ERASE_") ||
    error.hresultName === "E_IMAPI_DF2DATA_INVALID_MEDIA_STATE" ||
    error.hresultName === "E_IMAPI_DF2DATA_MEDIA_NOT_BLANK" ||
    error.hresultName === "E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED";
  if (isJudgement || (!isSense && said !== undefined)) return;
  assertEquals(error.hresultName, failing.result, `${where}: ${error.message}`);
}

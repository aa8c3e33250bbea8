import { assert, assertEquals, assertStrictEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AutomationError, Interrupted, scriptError, Unwinding } from "../../lib/automation/errors.ts";
import { type Connectable, EVENTS } from "../../lib/automation/events.ts";
import {
  type AutomationObject,
  NOTHING,
  TypedNumber,
  VariantArray,
  VARTYPE,
} from "../../lib/automation/variant.ts";
import type { BurnProgress } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import { encodeSense } from "../../lib/mmc/sense.ts";
import type { Recorder } from "../../lib/drive/transport.ts";
import type { ImageDirectory } from "../../lib/image/mod.ts";
import { readSourceTree } from "../../lib/platform/source_tree.ts";
import {
  type HresultName,
  type IBurnVerification,
  type IDiscFormat2Data,
  type IDiscFormat2DataEventArgs,
  type IDiscRecorder2,
  type IFileSystemImage,
  IMAPI_FORMAT2_DATA_MEDIA_STATE,
} from "../../lib/imapi/mod.ts";
import {
  assertHresult,
  creator,
  MemoryStream,
  progIdsOf,
  readAll,
  script,
  testEnvironment,
  type TestOptions,
  VirtualDiscs,
} from "./_environment.ts";

const TREES = { "g:\\BurnDir": { "a.txt": "hello", sub: { "b.bin": new Uint8Array(300_000).fill(7) } } };
const STATE = IMAPI_FORMAT2_DATA_MEDIA_STATE;

interface Objects {
  recorder: IDiscRecorder2;
  format: IDiscFormat2Data & IBurnVerification;
  image: IFileSystemImage;
}

function objects(discs: VirtualDiscs, options: TestOptions = {}): Objects {
  const create = creator(testEnvironment({ trees: TREES, recorderList: discs.recorders, ...options }));
  const recorder = create("IMAPI2.MsftDiscRecorder2");
  recorder.InitializeDiscRecorder(create("IMAPI2.MsftDiscMaster2").Item(0));
  const format = create("IMAPI2.MsftDiscFormat2Data");
  format.Recorder = recorder;
  format.ClientName = "Burnscript tests";
  const image = create("IMAPI2FS.MsftFileSystemImage");
  return { recorder, format, image };
}

Deno.test("Write() tells the recorder which files it reads, so that their disc stays mounted", () => {
  using discs = new VirtualDiscs("dvd+r");
  const told: (string[] | undefined)[] = [];
  const recorderList = discs.recorders.map((recorder): Recorder => ({
    identity: recorder.identity,
    open: (options) => {
      if (options.exclusive) told.push(options.sources && [...options.sources()]);
      return recorder.open(options);
    },
  }));
  const folder = Deno.makeTempDirSync();
  Deno.writeTextFileSync(`${folder}/a.txt`, "hello");
  const readTree = (): ImageDirectory => readSourceTree(folder);
  const { recorder, format, image } = objects(discs, { recorderList, readTree });
  image.Root.AddTree("g:\\BurnDir", false);
  const { ImageStream } = image.CreateResultImage();
  format.Write(ImageStream);
  assertEquals(told.map((paths) => paths?.map((path) => path.replaceAll("\\", "/"))), [[
    `${folder.replaceAll("\\", "/")}/a.txt`,
  ]]);
  recorder.AcquireExclusiveAccess(true, "tests");
  assertEquals(told[1], undefined);
  recorder.ReleaseExclusiveAccess();
  Deno.removeSync(folder, { recursive: true });
});

for (const medium of ["dvd+r", "cd-r"]) {
  Deno.test(`Write() burns what CreateResultImage() gave, to a ${medium}, the way of scripts`, () => {
    using discs = new VirtualDiscs(medium);
    const progIds = progIdsOf(
      testEnvironment({ trees: TREES, recorderList: discs.recorders, verify: "full" }),
    );
    const master = progIds.create("IMAPI2.MsftDiscMaster2");
    const recorder = progIds.create("IMAPI2.MsftDiscRecorder2");
    script.call(recorder, "InitializeDiscRecorder", script.get(master, "Item", 0));
    const image = progIds.create("IMAPI2FS.MsftFileSystemImage");
    const root = script.get(image, "Root");
    const format = progIds.create("imapi2.msftdiscformat2data.1");
    assertEquals(script.get(format, "Recorder"), NOTHING);
    script.put(format, "recorder", recorder);
    script.put(format, "ClientName", "IMAPIv2 TEST");
    script.call(image, "ChooseImageDefaults", recorder);
    script.call(root, "AddTree", "g:\\BurnDir", false);
    const result = script.call(image, "CreateResultImage");
    const stream = script.get(result, "ImageStream");
    script.call(format, "write", stream);

    const expected = readAll(stream as MemoryStream);
    const disc = Deno.readFileSync(discs.file(0));
    assertEquals(disc.subarray(0, expected.length), expected);
    assertStrictEquals(script.get(format, "Recorder"), recorder);
    assertEquals(script.get(recorder, "ExclusiveAccessOwner"), "");
  });
}

Deno.test("ChooseImageDefaults() takes the size of the disc in the drive", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { recorder, image, format } = objects(discs);
  image.ChooseImageDefaults(recorder);
  assertEquals(image.FreeMediaBlocks, format.FreeSectorsOnMedia);
  image.FreeMediaBlocks = 5000;
  image.SetMaxMediaBlocksFromDevice(recorder);
  assertEquals(image.FreeMediaBlocks, 2_295_104);
});

Deno.test("DiscFormat2Data tells the state of a blank DVD+R", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { format, recorder } = objects(discs);
  assertEquals(format.IsRecorderSupported(recorder), true);
  assertEquals(format.IsCurrentMediaSupported(recorder), true);
  assertEquals(format.MediaPhysicallyBlank, true);
  assertEquals(format.MediaHeuristicallyBlank, true);
  assertEquals(format.CurrentPhysicalMediaType, 6);
  assertEquals(format.CurrentMediaStatus, STATE.IMAPI_FORMAT2_DATA_MEDIA_STATE_BLANK | 4);
  assertEquals(format.WriteProtectStatus, 0);
  assertEquals([format.TotalSectorsOnMedia, format.FreeSectorsOnMedia], [2_295_104, 2_295_104]);
  assertEquals(format.NextWritableAddress, 0);
  assertEquals([format.StartAddressOfPreviousSession, format.LastWrittenAddressOfPreviousSession], [-1, -1]);
  assertEquals([format.RequestedWriteSpeed, format.RequestedRotationTypeIsPureCAV], [-1, false]);
  assert(format.SupportedMediaTypes.includes(6) && format.SupportedMediaTypes.includes(2));
  assertEquals([format.ForceMediaToBeClosed, format.ForceOverwrite], [false, false]);
  assertEquals(format.DisableConsumerDvdCompatibilityMode, false);
  assertEquals(format.BurnVerificationLevel, 0);
});

Deno.test("SupportedWriteSpeeds, their descriptors, and SetWriteSpeed()", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { format } = objects(discs);
  const speeds = format.SupportedWriteSpeeds;
  assertEquals(speeds.length >= 2 && speeds[0]! > speeds[1]!, true);
  const descriptors = format.SupportedWriteSpeedDescriptors;
  assertEquals(descriptors.map(({ WriteSpeed }) => WriteSpeed), [...speeds]);
  assertEquals(descriptors.map(({ MediaType }) => MediaType), speeds.map(() => 6));
  assertEquals(format.CurrentWriteSpeed, speeds[0]);
  const slowest = speeds.at(-1)!;
  format.SetWriteSpeed(slowest + 10, false);
  assertEquals([format.RequestedWriteSpeed, format.CurrentWriteSpeed], [slowest + 10, slowest]);
  const array = script.get(format, "SupportedWriteSpeedDescriptors") as VariantArray;
  assertEquals(script.get(array.elements[0], "MediaType"), new TypedNumber(VARTYPE.Long, 6));
});

// [DisableConsumerDvdCompatibilityMode, ForceMediaToBeClosed, status after], as the reference tells for DVD+R
const CLOSING: readonly (readonly [string, boolean, boolean, number])[] = [
  ["dvd+r", false, false, STATE.IMAPI_FORMAT2_DATA_MEDIA_STATE_FINALIZED],
  ["dvd+r", false, true, STATE.IMAPI_FORMAT2_DATA_MEDIA_STATE_FINALIZED],
  ["dvd+r", true, true, STATE.IMAPI_FORMAT2_DATA_MEDIA_STATE_FINALIZED],
  ["dvd+r", true, false, STATE.IMAPI_FORMAT2_DATA_MEDIA_STATE_APPENDABLE],
  ["cd-r", false, false, STATE.IMAPI_FORMAT2_DATA_MEDIA_STATE_APPENDABLE],
  ["cd-r", false, true, STATE.IMAPI_FORMAT2_DATA_MEDIA_STATE_FINALIZED],
];
for (const [medium, disable, force, status] of CLOSING) {
  Deno.test(`Write() leaves a ${medium} with Disable…=${disable}, Force…=${force} in state ${status}`, () => {
    using discs = new VirtualDiscs(medium);
    const { format } = objects(discs);
    format.DisableConsumerDvdCompatibilityMode = disable;
    format.ForceMediaToBeClosed = force;
    format.Write(new MemoryStream(new Uint8Array(2048 * 400).fill(1)));
    assertEquals(format.CurrentMediaStatus & ~STATE.IMAPI_FORMAT2_DATA_MEDIA_STATE_BLANK, status);
    assertEquals(format.StartAddressOfPreviousSession, 0);
    assert(format.LastWrittenAddressOfPreviousSession >= 399);
  });
}

Deno.test("Write() of any stream continues an appendable disc, and that of an image of sector 0 is refused", () => {
  using discs = new VirtualDiscs("cd-r");
  const { format, image } = objects(discs);
  format.Write(new MemoryStream(new Uint8Array(2048 * 400).fill(1)));
  const next = format.NextWritableAddress;
  assertHresult("E_IMAPI_DF2DATA_MEDIA_NOT_BLANK", () => format.Write(image.CreateResultImage().ImageStream));
  format.Write(new MemoryStream(new Uint8Array(2048 * 400).fill(2)));
  assertEquals(format.StartAddressOfPreviousSession, next);
});

// Events

Deno.test("Write() fires Update for each action, with the documented arguments", () => {
  using discs = new VirtualDiscs("dvd+r");
  const seen: BurnProgress[] = [];
  let clock = 0;
  const { format, image } = objects(discs, {
    onProgress: (progress) => seen.push(progress),
    now: () => new Date(clock += 600),
    verify: "quick",
  });
  image.Root.AddTree("g:\\BurnDir", false);
  const result = image.CreateResultImage();
  const updates: IDiscFormat2DataEventArgs[] = [];
  const disconnect = sourceOf(format).connect((name, [object, progress]) => {
    assertEquals(name, "Update");
    assertStrictEquals(object, format);
    updates.push(progress as unknown as IDiscFormat2DataEventArgs);
  });
  format.Write(result.ImageStream);
  disconnect();
  const actions = updates.map(({ CurrentAction }) => CurrentAction).filter((action, index, all) =>
    action !== all[index - 1]
  );
  assertEquals(actions, [0, 2, 3, 4, 5, 7, 6]);
  for (const update of updates) {
    assertEquals([update.StartLba, update.SectorCount], [0, result.TotalBlocks]);
    assert(update.LastWrittenLba < update.SectorCount && update.LastReadLba < update.SectorCount);
    assertEquals(update.TotalTime, update.ElapsedTime + update.RemainingTime);
    assertEquals(update.TotalSystemBuffer, update.UsedSystemBuffer + update.FreeSystemBuffer);
  }
  assertEquals(updates.at(-1)!.LastWrittenLba, result.TotalBlocks - 1);
  assert(updates.at(-1)!.ElapsedTime > 0);
  assert(seen.length >= updates.length);
  const { elements } = VariantArray.of([updates[3] as unknown as AutomationObject]);
  assertEquals(script.get(elements[0], "currentaction"), new TypedNumber(VARTYPE.Long, 4));
});

Deno.test("Update is fired no more often than twice a second within an action", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { format } = objects(discs);
  let updates = 0;
  sourceOf(format).connect(() => updates++);
  format.Write(new MemoryStream(new Uint8Array(2048 * 1000)));
  assertEquals(updates, 6);
});

Deno.test("CancelWrite() in an event ends the write, closes the disc, and says so", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { format } = objects(discs);
  sourceOf(format).connect((_, [, progress]) => {
    if (script.get(progress, "CurrentAction") instanceof TypedNumber) {
      const { CurrentAction } = progress as unknown as IDiscFormat2DataEventArgs;
      if (CurrentAction === 4) format.CancelWrite();
    }
  });
  const error = assertHresult(
    "E_IMAPI_REQUEST_CANCELLED",
    () => format.Write(new MemoryStream(new Uint8Array(2048 * 1000))),
  );
  assertEquals(error.number, -1062600702);
  assertEquals(format.CurrentMediaStatus & STATE.IMAPI_FORMAT2_DATA_MEDIA_STATE_NON_EMPTY_SESSION, 0);
  assertHresult("E_IMAPI_DF2DATA_WRITE_NOT_IN_PROGRESS", () => format.CancelWrite());
});

Deno.test("Write() interrupted from outside throws Interrupted, with what became of the disc as its cause", () => {
  using discs = new VirtualDiscs("dvd+r");
  let interrupted = false;
  const { format, recorder } = objects(discs, {
    isCancelled: () => interrupted,
    onProgress: ({ action, lastWrittenLba }) => interrupted ||= action === "writing" && lastWrittenLba > 100,
  });
  const error = assertThrows(
    () => format.Write(new MemoryStream(new Uint8Array(2048 * 1000))),
    Interrupted,
  );
  assert(error.cause instanceof AutomationError);
  assertEquals(error.cause.hresultName, "E_IMAPI_REQUEST_CANCELLED");
  assertStringIncludes(error.cause.message, "the disc is now: DVD+R");
  assertEquals(recorder.ExclusiveAccessOwner, "");
});

Deno.test("Write() that a time limit ends throws what checkInterrupted throws", () => {
  using discs = new VirtualDiscs("dvd+r");
  const timeout = new Interrupted("timeout");
  let writing = false;
  const limited = objects(discs, {
    isCancelled: () => writing,
    onProgress: ({ action }) => writing ||= action === "writing",
    checkInterrupted: () => {
      throw timeout;
    },
  });
  let caught: unknown;
  try {
    limited.format.Write(new MemoryStream(new Uint8Array(2048 * 100)));
  } catch (error) {
    caught = error;
  }
  assertStrictEquals(caught, timeout);
  assert(timeout.cause instanceof AutomationError);
});

class Quit extends Unwinding {}

for (
  const thrown of [
    new Quit("quit"),
    scriptError("typeMismatch", "in the handler"),
    new TypeError("of the host"),
  ]
) {
  Deno.test(`Write() lets ${thrown.constructor.name} of an event handler through, after closing the disc`, () => {
    using discs = new VirtualDiscs("dvd+r");
    const { format } = objects(discs);
    sourceOf(format).connect((_, [, progress]) => {
      if ((progress as unknown as IDiscFormat2DataEventArgs).CurrentAction === 4) throw thrown;
    });
    let caught: unknown;
    try {
      format.Write(new MemoryStream(new Uint8Array(2048 * 1000)));
    } catch (error) {
      caught = error;
    }
    assertStrictEquals(caught, thrown);
    assertEquals(format.CurrentMediaStatus & STATE.IMAPI_FORMAT2_DATA_MEDIA_STATE_NON_EMPTY_SESSION, 0);
  });
}

Deno.test("Write() gives the recorder back after an error", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { format, recorder } = objects(discs);
  sourceOf(format).connect(() => {
    assertEquals(recorder.ExclusiveAccessOwner, "Burnscript tests");
    for (const work of SETTERS) {
      assertHresult("E_IMAPI_DF2DATA_WRITE_IN_PROGRESS", () => work(format, recorder));
    }
    throw new Error("stop");
  });
  assertThrows(() => format.Write(new MemoryStream(new Uint8Array(2048))), Error, "stop");
  assertEquals(recorder.ExclusiveAccessOwner, "");
  for (const work of SETTERS.slice(0, -1)) work(format, recorder);
});

const SETTERS: readonly ((format: IDiscFormat2Data & IBurnVerification, recorder: IDiscRecorder2) => void)[] =
  [
    (format, recorder) => format.Recorder = recorder,
    (format) => format.ClientName = "x",
    (format) => format.ForceMediaToBeClosed = true,
    (format) => format.ForceOverwrite = true,
    (format) => format.DisableConsumerDvdCompatibilityMode = true,
    (format) => format.BurnVerificationLevel = 1,
    (format) => format.SetWriteSpeed(-1, false),
    (format) => format.Write(new MemoryStream(new Uint8Array(2048))),
  ];

// Errors

Deno.test("Write() of a source that cannot be read has the source's result and the disc's state", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { format, image } = objects(discs);
  image.Root.AddFile("lost.bin", new MemoryStream(new Uint8Array(100), 2048 * 100));
  const error = assertHresult(
    "IMAPI_E_DATA_STREAM_INCONSISTENCY",
    () => format.Write(image.CreateResultImage().ImageStream),
  );
  assertStringIncludes(error.message, "lost.bin");
  assertStringIncludes(error.message, "the disc is now: DVD+R");
});

Deno.test("Write() whose verification fails names the file that is bad", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { format, image } = objects(discs, { verify: "full" });
  let reads = 0;
  class Fickle extends MemoryStream {
    override read(target: Uint8Array, offset: number): number {
      const got = super.read(target, offset);
      if (offset === 0 && ++reads > 1) target[0] = 99;
      return got;
    }
  }
  image.Root.AddFile("fickle.bin", new Fickle(new Uint8Array(2048 * 100)));
  const error = assertHresult(
    "E_IMAPI_BURN_VERIFICATION_FAILED",
    () => format.Write(image.CreateResultImage().ImageStream),
  );
  assertStringIncludes(error.message, "fickle.bin");
});

const ERRORS: readonly (readonly [string, HresultName, (all: Objects) => void])[] = [
  [
    "Write() of an empty stream",
    "E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED",
    ({ format }) => format.Write(new MemoryStream(new Uint8Array(0))),
  ],
  [
    "Write() of half a sector",
    "E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED",
    ({ format }) => format.Write(new MemoryStream(new Uint8Array(3000))),
  ],
  [
    "Write() of too much",
    "E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA",
    ({ format }) => format.Write(new MemoryStream(new Uint8Array(0), 2048 * 3_000_000)),
  ],
  ["Write() of Nothing", "E_POINTER", ({ format }) => script.call(format, "Write", NOTHING)],
  ["Write() onto a closed disc", "E_IMAPI_DF2DATA_INVALID_MEDIA_STATE", ({ format }) => {
    format.Write(new MemoryStream(new Uint8Array(2048)));
    format.Write(new MemoryStream(new Uint8Array(2048)));
  }],
  ["NextWritableAddress of a closed disc", "E_IMAPI_DF2DATA_INVALID_MEDIA_STATE", ({ format }) => {
    format.Write(new MemoryStream(new Uint8Array(2048)));
    format.NextWritableAddress;
  }],
  [
    "ClientName of nothing",
    "E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID",
    ({ format }) => format.ClientName = "",
  ],
  [
    "ClientName with a slash",
    "E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID",
    ({ format }) => format.ClientName = "a/b",
  ],
  [
    "CancelWrite() while nothing is written",
    "E_IMAPI_DF2DATA_WRITE_NOT_IN_PROGRESS",
    ({ format }) => format.CancelWrite(),
  ],
  ["SetWriteSpeed() of 0", "E_INVALIDARG", ({ format }) => format.SetWriteSpeed(0, false)],
  ["BurnVerificationLevel of 3", "E_INVALIDARG", ({ format }) => format.BurnVerificationLevel = 3],
  ["Recorder of Nothing", "E_POINTER", ({ format }) => script.put(format, "Recorder", NOTHING)],
  ["A closed tray's medium that is gone", "E_IMAPI_RECORDER_MEDIA_NO_MEDIA", ({ format, recorder }) => {
    recorder.EjectMedia();
    format.CurrentMediaStatus;
  }],
  ["Write() without a medium", "E_IMAPI_RECORDER_MEDIA_NO_MEDIA", ({ format, recorder }) => {
    recorder.EjectMedia();
    format.Write(new MemoryStream(new Uint8Array(2048)));
  }],
  [
    "IsCurrentMediaSupported() without a medium",
    "E_IMAPI_RECORDER_MEDIA_NO_MEDIA",
    ({ format, recorder }) => {
      recorder.EjectMedia();
      format.IsCurrentMediaSupported(recorder);
    },
  ],
  ["ChooseImageDefaults() without a medium", "E_IMAPI_RECORDER_MEDIA_NO_MEDIA", ({ image, recorder }) => {
    recorder.EjectMedia();
    image.ChooseImageDefaults(recorder);
  }],
  [
    "ChooseImageDefaults() on a closed disc",
    "E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE",
    ({ format, image, recorder }) => {
      format.Write(new MemoryStream(new Uint8Array(2048)));
      image.ChooseImageDefaults(recorder);
    },
  ],
];
for (const [title, name, work] of ERRORS) {
  Deno.test(`${title} is ${name}`, () => {
    using discs = new VirtualDiscs("dvd+r");
    const all = objects(discs);
    const error = assertHresult(name, () => work(all));
    assert(error.message.length > 20 && !error.message.endsWith("."), error.message);
    assertEquals(all.recorder.ExclusiveAccessOwner, "");
  });
}

Deno.test("DiscFormat2Data without a recorder or a client name is told to get one", () => {
  using discs = new VirtualDiscs("dvd+r");
  const create = creator(testEnvironment({ recorderList: discs.recorders }));
  const format = create("IMAPI2.MsftDiscFormat2Data");
  const data = new MemoryStream(new Uint8Array(2048));
  for (
    const work of [
      () => format.Write(data),
      () => format.CurrentMediaStatus,
      () => format.SetWriteSpeed(-1, false),
    ]
  ) {
    assertHresult("E_IMAPI_RECORDER_REQUIRED", work);
  }
  const recorder = create("IMAPI2.MsftDiscRecorder2");
  assertHresult("E_IMAPI_RECORDER_REQUIRED", () => format.Recorder = recorder);
  recorder.InitializeDiscRecorder(create("IMAPI2.MsftDiscMaster2").Item(0));
  format.Recorder = recorder;
  assertHresult("E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID", () => format.Write(data));
});

function sourceOf(format: IDiscFormat2Data): Connectable[typeof EVENTS] {
  return (format as unknown as Connectable)[EVENTS];
}

Deno.test("PostgapAlreadyInImage adds nothing to a CD's track", () => {
  const room = (postgap: boolean): number => {
    using discs = new VirtualDiscs("cd-r");
    const { format } = objects(discs);
    assertEquals(format.PostgapAlreadyInImage, false);
    format.PostgapAlreadyInImage = postgap;
    format.Write(new MemoryStream(new Uint8Array(1000 * 2048)));
    return format.LastWrittenAddressOfPreviousSession + 1;
  };
  assertEquals([room(false), room(true)], [1150, 1000]);
});

for (const medium of ["cd-r", "dvd-r"]) {
  Deno.test(`BufferUnderrunFreeDisabled takes the protection of a ${medium} off`, () => {
    /** BUFE of the mode pages that were set (MMC-6, 7.5.4). */
    const protections = (isDisabled: boolean): boolean[] => {
      using discs = new VirtualDiscs(medium);
      const set: boolean[] = [];
      const recorderList = discs.recorders.map((recorder): Recorder => ({
        identity: recorder.identity,
        open: (options) => {
          const transport = recorder.open(options);
          const execute = transport.execute.bind(transport);
          transport.execute = (command) => {
            if (command.cdb[0] === OPCODE.modeSelect10) set.push((command.dataOut![8 + 2]! & 0x40) !== 0);
            return execute(command);
          };
          return transport;
        },
      }));
      const { format } = objects(discs, { recorderList });
      format.BufferUnderrunFreeDisabled = isDisabled;
      format.Write(new MemoryStream(new Uint8Array(100 * 2048)));
      return [...new Set(set)];
    };
    assertEquals([protections(false), protections(true)], [[true], [false]]);
  });
}

Deno.test("Write() tells of a laser that could not be calibrated, and burns nonetheless", () => {
  using discs = new VirtualDiscs("dvd-r");
  const recorderList = discs.recorders.map((recorder): Recorder => ({
    identity: recorder.identity,
    open: (options) => {
      const transport = recorder.open(options);
      const execute = transport.execute.bind(transport);
      transport.execute = (command) =>
        command.cdb[0] === OPCODE.sendOpc
          ? {
            transport: "ok",
            status: 2,
            sense: encodeSense({ key: 3, asc: 0x73, ascq: 3 }),
            dataIn: new Uint8Array(0),
          }
          : execute(command);
      return transport;
    },
  }));
  const notes: string[] = [];
  const { format } = objects(discs, { recorderList, onNote: (message) => void notes.push(message) });
  format.Write(new MemoryStream(new Uint8Array(100 * 2048)));
  assertEquals(notes.length, 1);
  assertStringIncludes(notes[0]!, "3/73/03");
});

import { assert, assertEquals } from "@std/assert";
import { Interrupted } from "../../lib/automation/errors.ts";
import { type Connectable, EVENTS } from "../../lib/automation/events.ts";
import { TypedNumber, VARTYPE } from "../../lib/automation/variant.ts";
import {
  type HresultName,
  type IDiscFormat2Data,
  type IDiscFormat2Erase,
  type IDiscRecorder2,
  IMAPI_MEDIA_PHYSICAL_TYPE,
} from "../../lib/imapi/mod.ts";
import {
  assertHresult,
  creator,
  MemoryStream,
  testEnvironment,
  type TestOptions,
  VirtualDiscs,
} from "./_environment.ts";

interface Objects {
  recorder: IDiscRecorder2;
  eraser: IDiscFormat2Erase;
  writer: IDiscFormat2Data;
}

function objects(discs: VirtualDiscs, options: TestOptions = {}): Objects {
  const create = creator(testEnvironment({ recorderList: discs.recorders, ...options }));
  const recorder = create("IMAPI2.MsftDiscRecorder2");
  recorder.InitializeDiscRecorder(create("IMAPI2.MsftDiscMaster2").Item(0));
  const eraser = create("IMAPI2.MsftDiscFormat2Erase");
  const writer = create("IMAPI2.MsftDiscFormat2Data");
  for (const format of [eraser, writer]) {
    format.Recorder = recorder;
    format.ClientName = "Burnscript tests";
  }
  return { recorder, eraser, writer };
}

const DATA = new MemoryStream(new Uint8Array(200 * 2048).fill(7));

for (const medium of ["cd-rw", "dvd-rw", "dvd+rw", "dvd-ram", "bd-re"]) {
  for (const full of [false, true]) {
    // Every sector of a BD-RE is 24 GB.
    if (full && !["cd-rw", "dvd-rw"].includes(medium)) continue;
    Deno.test(`EraseMedia() with FullErase ${full} makes a ${medium} blank`, () => {
      using discs = new VirtualDiscs(medium);
      const { recorder, eraser, writer } = objects(discs);
      writer.Write(DATA);
      assertEquals([eraser.IsCurrentMediaSupported(recorder), eraser.MediaPhysicallyBlank], [true, false]);
      assertEquals([eraser.FullErase, eraser.CurrentPhysicalMediaType], [
        false,
        writer.CurrentPhysicalMediaType,
      ]);
      eraser.FullErase = full;
      eraser.EraseMedia();
      assertEquals([eraser.MediaPhysicallyBlank, recorder.ExclusiveAccessOwner], [true, ""]);
      writer.Write(DATA);
    });
  }
}

Deno.test("DiscFormat2Erase.SupportedMediaTypes are those that can be erased", () => {
  using discs = new VirtualDiscs("cd-rw");
  const types = objects(discs).eraser.SupportedMediaTypes;
  const { IMAPI_MEDIA_TYPE_CDRW, IMAPI_MEDIA_TYPE_DVDPLUSR, IMAPI_MEDIA_TYPE_BDRE } =
    IMAPI_MEDIA_PHYSICAL_TYPE;
  assert(types.includes(IMAPI_MEDIA_TYPE_CDRW) && types.includes(IMAPI_MEDIA_TYPE_BDRE));
  assert(!types.includes(IMAPI_MEDIA_TYPE_DVDPLUSR));
});

/** What is declared as LONG is a Long, however small. */
function longOf(value: unknown): number {
  assert(value instanceof TypedNumber && value.type === VARTYPE.Long, String(value));
  return value.value;
}

Deno.test("EraseMedia() fires Update with the seconds that it takes", () => {
  using discs = new VirtualDiscs("dvd+rw");
  let seconds = 0;
  const { eraser, writer } = objects(discs, { now: () => new Date(1_700_000_000_000 + 1000 * seconds++) });
  writer.Write(DATA);
  seconds = 0;
  const told: (readonly [number, number])[] = [];
  (eraser as unknown as Connectable)[EVENTS].connect((_name, [object, elapsed, estimated]) => {
    assertEquals(object, eraser);
    told.push([longOf(elapsed), longOf(estimated)]);
    assertHresult("E_IMAPI_ERASE_RECORDER_IN_USE", () => eraser.EraseMedia());
    assertHresult("E_IMAPI_ERASE_RECORDER_IN_USE", () => eraser.FullErase = true);
  });
  eraser.EraseMedia();
  assert(told.length > 0);
  for (const [elapsed, estimated] of told) assert(elapsed >= 0 && estimated >= elapsed);
});

Deno.test("EraseMedia() that a sink ends throws what it threw", () => {
  using discs = new VirtualDiscs("dvd+rw");
  const { recorder, eraser, writer } = objects(discs);
  writer.Write(DATA);
  const own = new Error("the script's own");
  (eraser as unknown as Connectable)[EVENTS].connect(() => {
    throw own;
  });
  let thrown: unknown;
  try {
    eraser.EraseMedia();
  } catch (error) {
    thrown = error;
  }
  assertEquals([thrown, recorder.ExclusiveAccessOwner], [own, ""]);
});

Deno.test("EraseMedia() ends when the script is to end", () => {
  using discs = new VirtualDiscs("dvd+rw");
  let isEnding = false;
  const { eraser, writer } = objects(discs, { isCancelled: () => isEnding });
  writer.Write(DATA);
  isEnding = true;
  let thrown: unknown;
  try {
    eraser.EraseMedia();
  } catch (error) {
    thrown = error;
  }
  assert(thrown instanceof Interrupted, String(thrown));
});

interface Refusal {
  readonly title: string;
  readonly medium: string;
  readonly result: HresultName;
  readonly work: (objects: Objects) => void;
}

const REFUSALS: readonly Refusal[] = [
  {
    title: "EraseMedia() of a disc that is written once",
    medium: "dvd+r",
    result: "E_IMAPI_ERASE_MEDIA_IS_NOT_ERASABLE",
    work: ({ eraser }) => eraser.EraseMedia(),
  },
  {
    title: "EraseMedia() without a disc",
    medium: "none",
    result: "E_IMAPI_RECORDER_MEDIA_NO_MEDIA",
    work: ({ eraser }) => eraser.EraseMedia(),
  },
  {
    title: "ClientName with a slash",
    medium: "cd-rw",
    result: "E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID",
    work: ({ eraser }) => eraser.ClientName = "a/b",
  },
];

for (const { title, medium, result, work } of REFUSALS) {
  Deno.test(`DiscFormat2Erase: ${title} is ${result}`, () => {
    using discs = new VirtualDiscs(medium);
    assertHresult(result, () => work(objects(discs)));
  });
}

Deno.test("EraseMedia() without a recorder or a client name is told to get one", () => {
  using discs = new VirtualDiscs("cd-rw");
  const create = creator(testEnvironment({ recorderList: discs.recorders }));
  const eraser = create("IMAPI2.MsftDiscFormat2Erase");
  assertHresult("E_IMAPI_RECORDER_REQUIRED", () => eraser.EraseMedia());
  eraser.Recorder = objects(discs).recorder;
  assertHresult("E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID", () => eraser.EraseMedia());
});

import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Interrupted } from "../../lib/automation/errors.ts";
import { TypedNumber, VariantArray, VARTYPE } from "../../lib/automation/variant.ts";
import type { Recorder } from "../../lib/drive/transport.ts";
import { encodeSense } from "../../lib/mmc/sense.ts";
import type { Reply } from "../../lib/mmc/request.ts";
import type { HresultName, IDiscRecorder2 } from "../../lib/imapi/mod.ts";
import { assertHresult, creator, script, testEnvironment, VirtualDiscs } from "./_environment.ts";

Deno.test("DiscMaster2 lists recorders, by index and enumerated", () => {
  using discs = new VirtualDiscs("dvd+r", "cd-r");
  const master = creator(testEnvironment({ recorderList: discs.recorders }))("IMAPI2.MsftDiscMaster2");
  const ids = discs.recorders.map(({ identity }) => identity.uniqueId);
  assertEquals(master.Count, 2);
  assertEquals([master.Item(0), master.Item(1)], ids);
  assertEquals([...master], ids);
  assertEquals(master.IsSupportedEnvironment, true);
  assertEquals(script.each(master), ids);
  assertEquals(script.get(master, "item", "1"), ids[1]);
  assertEquals(script.get(master, "COUNT"), new TypedNumber(VARTYPE.Long, 2));
});

for (const index of [-1, 1, 99]) {
  Deno.test(`DiscMaster2.Item(${index}) of one recorder is E_INVALIDARG that says which there are`, () => {
    using discs = new VirtualDiscs("dvd+r");
    const master = creator(testEnvironment({ recorderList: discs.recorders }))("IMAPI2.MsftDiscMaster2");
    const error = assertHresult("E_INVALIDARG", () => master.Item(index));
    assertEquals(error.number, 0x80070057 | 0);
    assertStringIncludes(error.message, "number 0");
  });
}

Deno.test("DiscMaster2 of a computer without recorders", () => {
  const master = creator(testEnvironment())("IMAPI2.MsftDiscMaster2");
  assertEquals([master.Count, master.IsSupportedEnvironment, [...master]], [0, false, []]);
  assertStringIncludes(assertHresult("E_INVALIDARG", () => master.Item(0)).message, "--virtual");
});

Deno.test("DiscMaster2 asks for recorders each time", () => {
  using discs = new VirtualDiscs("dvd+r", "cd-r");
  let present = 0;
  const environment = testEnvironment({ recorders: () => discs.recorders.slice(0, present) });
  const master = creator(environment)("IMAPI2.MsftDiscMaster2");
  assertEquals(master.Count, 0);
  present = 2;
  assertEquals([...master].length, 2);
});

function initialized(discs: VirtualDiscs, index = 0): { recorder: IDiscRecorder2; other: IDiscRecorder2 } {
  const create = creator(testEnvironment({ recorderList: discs.recorders }));
  const recorder = create("IMAPI2.MsftDiscRecorder2");
  const other = create("IMAPI2.MsftDiscRecorder2");
  recorder.InitializeDiscRecorder(discs.recorders[index]!.identity.uniqueId);
  other.InitializeDiscRecorder(discs.recorders[index]!.identity.uniqueId);
  return { recorder, other };
}

Deno.test("DiscRecorder2 tells what its drive is", () => {
  using discs = new VirtualDiscs("cd-r", "dvd+r");
  const { recorder } = initialized(discs, 1);
  const { identity } = discs.recorders[1]!;
  assertEquals(recorder.ActiveDiscRecorder, identity.uniqueId);
  assertEquals([recorder.VendorId, recorder.ProductId], [identity.vendorId, identity.productId]);
  assertEquals(recorder.ProductRevision, identity.productRevision);
  assertEquals(recorder.VolumeName, identity.path);
  assertEquals(recorder.VolumePathNames, identity.volumePathNames);
  assertEquals(recorder.LegacyDeviceNumber, 1);
  assertEquals(script.get(recorder, "VendorId"), identity.vendorId);
  assert(script.get(recorder, "volumepathnames") instanceof VariantArray);
});

Deno.test("DiscRecorder2 tells profiles, features and mode pages of drive and medium", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { recorder } = initialized(discs);
  assertEquals(recorder.CurrentProfiles, [0x1b]);
  assert(recorder.SupportedProfiles.includes(0x1b) && recorder.SupportedProfiles.includes(0x09));
  assert(recorder.SupportedFeaturePages.includes(0x2b));
  assert(recorder.CurrentFeaturePages.includes(0x2b) && !recorder.CurrentFeaturePages.includes(0x2d));
  assert(recorder.SupportedModePages.includes(0x05) && recorder.SupportedModePages.includes(0x2a));
  assertEquals(recorder.DeviceCanLoadMedia, true);
  const profiles = script.get(recorder, "CurrentProfiles") as VariantArray;
  assertEquals(profiles.elements, [new TypedNumber(VARTYPE.Long, 0x1b)]);
});

Deno.test("EjectMedia() opens the tray and CloseTray() closes it", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { recorder } = initialized(discs);
  recorder.EjectMedia();
  assertEquals(recorder.CurrentProfiles, []);
  script.call(recorder, "closetray");
  assertEquals(recorder.CurrentProfiles, [0x1b]);
});

Deno.test("AcquireExclusiveAccess() counts, and keeps other objects out until it is released as often", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { recorder, other } = initialized(discs);
  recorder.AcquireExclusiveAccess(true, "Test 1");
  recorder.AcquireExclusiveAccess(true, "Test 1");
  assertEquals([recorder.ExclusiveAccessOwner, other.ExclusiveAccessOwner], ["Test 1", "Test 1"]);
  assertEquals(recorder.CurrentProfiles, [0x1b]);
  for (const work of [() => other.AcquireExclusiveAccess(false, "Test 2"), () => other.EjectMedia()]) {
    const error = assertHresult("E_IMAPI_RECORDER_LOCKED", work);
    assertStringIncludes(error.message, "Test 1");
  }
  recorder.ReleaseExclusiveAccess();
  assertHresult("E_IMAPI_RECORDER_LOCKED", () => other.CurrentProfiles);
  recorder.ReleaseExclusiveAccess();
  assertEquals(other.ExclusiveAccessOwner, "");
  assertEquals(other.CurrentProfiles, [0x1b]);
});

Deno.test("DiscRecorder2 gives exclusive access back when it stands for another drive, and when it is released", () => {
  using discs = new VirtualDiscs("dvd+r", "cd-r");
  const { recorder, other } = initialized(discs);
  recorder.AcquireExclusiveAccess(true, "Test");
  recorder.InitializeDiscRecorder(discs.recorders[1]!.identity.uniqueId);
  assertEquals(other.ExclusiveAccessOwner, "");
  recorder.AcquireExclusiveAccess(true, "Test");
  (recorder as IDiscRecorder2 & Disposable)[Symbol.dispose]();
  other.InitializeDiscRecorder(discs.recorders[1]!.identity.uniqueId);
  assertEquals(other.CurrentProfiles, [0x09]);
});

Deno.test("DisableMcn() and EnableMcn() balance", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { recorder } = initialized(discs);
  recorder.DisableMcn();
  recorder.DisableMcn();
  recorder.EnableMcn();
  recorder.EnableMcn();
  assertHresult("E_FAIL", () => recorder.EnableMcn());
});

const ERRORS: readonly (readonly [string, HresultName, (recorder: IDiscRecorder2) => unknown])[] = [
  [
    "InitializeDiscRecorder() of an unknown id",
    "E_INVALIDARG",
    (recorder) => recorder.InitializeDiscRecorder("x"),
  ],
  [
    "AcquireExclusiveAccess() without a name",
    "E_INVALIDARG",
    (recorder) => recorder.AcquireExclusiveAccess(true, ""),
  ],
  [
    "AcquireExclusiveAccess() with a bad name",
    "E_INVALIDARG",
    (recorder) => recorder.AcquireExclusiveAccess(true, "a/b"),
  ],
  ["ReleaseExclusiveAccess() without access", "E_FAIL", (recorder) => recorder.ReleaseExclusiveAccess()],
];
for (const [title, name, work] of ERRORS) {
  Deno.test(`${title} is ${name}`, () => {
    using discs = new VirtualDiscs("dvd+r");
    const { recorder } = initialized(discs);
    const error = assertHresult(name, () => work(recorder));
    assert(error.message.startsWith("Cannot "), error.message);
  });
}

Deno.test("DiscRecorder2 that was not initialized is E_IMAPI_RECORDER_REQUIRED", () => {
  const recorder = creator(testEnvironment())("IMAPI2.MsftDiscRecorder2");
  for (const work of [() => recorder.VendorId, () => recorder.EjectMedia(), () => recorder.DisableMcn()]) {
    assertHresult("E_IMAPI_RECORDER_REQUIRED", work);
  }
});

Deno.test("DiscRecorder2 passes on why a drive cannot be opened", () => {
  using discs = new VirtualDiscs("dvd+r");
  const { identity } = discs.recorders[0]!;
  const refused = {
    identity,
    open: () => {
      throw new Deno.errors.NotCapable(
        'Requires write access to "disc0.iso", run again with the --allow-write flag',
      );
    },
  };
  const create = creator(testEnvironment({ recorderList: [refused] }));
  const recorder = create("IMAPI2.MsftDiscRecorder2");
  recorder.InitializeDiscRecorder(identity.uniqueId);
  let message = "";
  try {
    recorder.EjectMedia();
  } catch (error) {
    message = (error as Error).message;
  }
  assertEquals(
    message,
    'Permission denied: Requires write access to "disc0.iso", run again with the --allow-write flag',
  );
  assertEquals(create("IMAPI2.MsftDiscMaster2").IsSupportedEnvironment, false);
});

Deno.test("CloseTray() of a drive that never gets ready ends with Interrupted when the script shall end", () => {
  const nothing = new Uint8Array(0);
  const becomingReady: Reply = {
    status: 2,
    sense: encodeSense({ key: 2, asc: 0x04, ascq: 0x01 }),
    dataIn: nothing,
    transport: "ok",
  };
  let disposed = 0;
  const slow: Recorder = {
    identity: {
      uniqueId: "slow",
      path: "/dev/slow",
      vendorId: "V",
      productId: "P",
      productRevision: "1",
      bus: "usb",
      volumePathNames: [],
    },
    open: () => ({
      maxTransferBytes: 65536,
      execute: () => becomingReady,
      executeAsync: () => Promise.resolve(becomingReady),
      [Symbol.dispose]: () => disposed++,
    }),
  };
  let sleeps = 0;
  let busy = 0;
  const create = creator(testEnvironment({
    recorderList: [slow],
    sleep: () => sleeps++,
    isCancelled: () => sleeps >= 3,
    whileBusy: (work) => {
      busy++;
      return work();
    },
  }));
  const recorder = create("IMAPI2.MsftDiscRecorder2");
  recorder.InitializeDiscRecorder("slow");
  assertThrows(() => recorder.CloseTray(), Interrupted);
  assertEquals([sleeps, busy, disposed], [3, 1, 1]);
});

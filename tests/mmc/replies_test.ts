import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ReplyError } from "../../lib/mmc/bytes.ts";
import { parseBufferCapacity, parseCapacity, parseFormatCapacities } from "../../lib/mmc/capacity.ts";
import { configurationLength, parseConfiguration } from "../../lib/mmc/configuration.ts";
import { parseDiscInformation } from "../../lib/mmc/disc_information.ts";
import { parseInquiry } from "../../lib/mmc/inquiry.ts";
import {
  bufferBytes,
  modeSelectList,
  parseModePage,
  parseModePages,
  writeParametersPage,
} from "../../lib/mmc/mode_page.ts";
import { parseWriteSpeeds, streamingDescriptor } from "../../lib/mmc/performance.ts";
import { lbaToMsf, msfToLba, parseAtip, parseMultiSession, parseToc } from "../../lib/mmc/toc.ts";
import { parseTrackInformation } from "../../lib/mmc/track_information.ts";
import * as cdb from "../../lib/mmc/cdb.ts";

fc.configureGlobal({ seed: 2026 });

const PARSERS: Record<string, (bytes: Uint8Array) => unknown> = {
  parseInquiry,
  configurationLength,
  parseConfiguration,
  parseDiscInformation,
  parseTrackInformation,
  parseToc,
  parseMultiSession,
  parseAtip,
  parseCapacity,
  parseFormatCapacities,
  parseBufferCapacity,
  parseWriteSpeeds,
  parseModePages,
  bufferBytes,
  parseModePage: (bytes) => parseModePage(bytes, 5),
};

for (const [name, parse] of Object.entries(PARSERS)) {
  Deno.test(`${name}() throws nothing but ReplyError at random bytes`, () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        parse(bytes);
      } catch (error) {
        if (!(error instanceof ReplyError)) throw error;
      }
    }));
  });
}

for (const name of ["parseInquiry", "parseConfiguration", "parseDiscInformation", "parseTrackInformation"]) {
  Deno.test(`${name}() refuses a reply that is too short, naming it`, () => {
    const error = assertThrows(() => PARSERS[name]?.(new Uint8Array(5)), ReplyError);
    assert(/at least \d+ bytes, found 5/.test(error.message), error.message);
  });
}

Deno.test("parseConfiguration() reads features, versions and current bits", () => {
  const bytes = Uint8Array.of(
    ...[0, 0, 0, 20, 0, 0, 0x00, 0x1b],
    ...[0x00, 0x00, 0x03, 4, 0x00, 0x1b, 1, 0],
    ...[0x00, 0x2b, 0x04, 4, 1, 0, 0, 0],
  );
  const { profile, features, profiles } = parseConfiguration(bytes);
  assertEquals(profile, 0x1b);
  assertEquals(profiles, [{ code: 0x1b, current: true }]);
  assertEquals(features.get(0x2b)?.version, 1);
  assertEquals(features.get(0x2b)?.current, false);
  assertEquals([...features.get(0x2b)?.data ?? []], [1, 0, 0, 0]);
});

Deno.test("parseConfiguration() refuses a feature that ends behind the reply", () => {
  assertThrows(
    () => parseConfiguration(Uint8Array.of(0, 0, 0, 9, 0, 0, 0, 0, 0, 1, 3, 40, 0)),
    ReplyError,
    "feature at 8",
  );
});

Deno.test("parseDiscInformation() reads counts of two bytes", () => {
  const bytes = new Uint8Array(34);
  bytes.set([0, 32, 0x15, 1, 0x02, 3, 4, 0, 0, 0x01, 0, 1]);
  const disc = parseDiscInformation(bytes);
  assertEquals([disc.status, disc.lastSessionState, disc.erasable], ["appendable", "incomplete", true]);
  assertEquals([disc.sessions, disc.firstTrackOfLastSession, disc.lastTrackOfLastSession], [0x102, 3, 0x104]);
});

Deno.test("parseTrackInformation() reads a negative address, and none where the drive says there is none", () => {
  const bytes = new Uint8Array(36);
  bytes.set([0, 34, 1, 1]);
  bytes.set([0xff, 0xff, 0xff, 0x6a], 8);
  bytes.set([0xff, 0xff, 0xff, 0x6a], 12);
  assertEquals(parseTrackInformation(bytes).nwa, undefined);
  bytes[7] = 1;
  assertEquals(parseTrackInformation(bytes).nwa, -150);
  assertEquals(parseTrackInformation(bytes).startLba, -150);
});

Deno.test("parseModePages() skips a block descriptor and trusts a page's own length", () => {
  const page = [0x85, 4, 0x41, 0x04, 0x08, 0x00];
  const bytes = Uint8Array.of(0, 18, 0, 0, 0, 0, 0, 8, ...new Uint8Array(8), ...page);
  assertEquals([...parseModePage(bytes, 5)], [0x05, 4, 0x41, 0x04, 0x08, 0x00]);
});

Deno.test("writeParametersPage() sets what a CD written track at once needs and keeps the rest", () => {
  const current = new Uint8Array(0x34).fill(0xa5);
  current.set([5, 0x32]);
  const page = writeParametersPage(current, {
    writeType: "trackAtOnce",
    bufferUnderrunFree: true,
    testWrite: false,
    multiSession: true,
    trackMode: 4,
    dataBlockType: 8,
  });
  assertEquals([...page.subarray(0, 6)], [5, 0x32, 0x41, 0xc4, 8, 0]);
  assertEquals(page[6], 0xa5);
  assertEquals([...modeSelectList(page).subarray(0, 10)], [0, 0, 0, 0, 0, 0, 0, 0, 5, 0x32]);
});

Deno.test("lbaToMsf() and msfToLba() are inverse over the whole disc and its lead-in", () => {
  fc.assert(fc.property(fc.integer({ min: -45150, max: 404849 }), (lba) => {
    assertEquals(msfToLba(lbaToMsf(lba)), lba);
  }));
  assertEquals(msfToLba({ minute: 0, second: 2, frame: 0 }), 0);
  assertEquals(msfToLba({ minute: 97, second: 27, frame: 0 }), -11625);
});

const CDBS: readonly (readonly [string, Uint8Array, readonly number[]])[] = [
  ["testUnitReady()", cdb.testUnitReady(), [0, 0, 0, 0, 0, 0]],
  ["requestSense()", cdb.requestSense(), [3, 0, 0, 0, 18, 0]],
  ["inquiry()", cdb.inquiry(), [0x12, 0, 0, 0, 36, 0]],
  ["startStopUnit() eject", cdb.startStopUnit("eject", { immediate: false }), [0x1b, 0, 0, 0, 2, 0]],
  ["startStopUnit() load", cdb.startStopUnit("load", { immediate: true }), [0x1b, 1, 0, 0, 3, 0]],
  ["preventRemoval()", cdb.preventRemoval(true), [0x1e, 0, 0, 0, 1, 0]],
  ["readCapacity()", cdb.readCapacity(), [0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ["read10()", cdb.read10(0x01020304, 0x0506), [0x28, 0, 1, 2, 3, 4, 0, 5, 6, 0]],
  ["write10() before 0", cdb.write10(-150, 27), [0x2a, 0, 0xff, 0xff, 0xff, 0x6a, 0, 0, 27, 0]],
  ["write12() streaming", cdb.write12(32, { sectors: 32, streaming: true }), [
    0xaa,
    0,
    0,
    0,
    0,
    32,
    0,
    0,
    0,
    32,
    0x80,
    0,
  ]],
  ["synchronizeCache()", cdb.synchronizeCache({ immediate: true }), [0x35, 2, 0, 0, 0, 0, 0, 0, 0, 0]],
  ["readToc() ATIP", cdb.readToc(4, { lengthBytes: 28 }), [0x43, 0, 4, 0, 0, 0, 0, 0, 28, 0]],
  ["getConfiguration()", cdb.getConfiguration("one", { start: 0x2b, lengthBytes: 16 }), [
    0x46,
    2,
    0,
    0x2b,
    0,
    0,
    0,
    0,
    16,
    0,
  ]],
  ["readDiscInformation()", cdb.readDiscInformation(34), [0x51, 0, 0, 0, 0, 0, 0, 0, 34, 0]],
  ["readTrackInformation()", cdb.readTrackInformation("track", { number: 0xff, lengthBytes: 36 }), [
    0x52,
    1,
    0,
    0,
    0,
    0xff,
    0,
    0,
    36,
    0,
  ]],
  ["reserveTrack()", cdb.reserveTrack(0x01020304), [0x53, 0, 0, 0, 0, 1, 2, 3, 4, 0]],
  ["modeSense10()", cdb.modeSense10(5, { lengthBytes: 60 }), [0x5a, 8, 5, 0, 0, 0, 0, 0, 60, 0]],
  ["modeSelect10()", cdb.modeSelect10(60), [0x55, 0x10, 0, 0, 0, 0, 0, 0, 60, 0]],
  ["closeTrackSession()", cdb.closeTrackSession("track", 2), [0x5b, 1, 1, 0, 0, 2, 0, 0, 0, 0]],
  ["getWriteSpeeds()", cdb.getWriteSpeeds(3), [0xac, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 0]],
  ["setStreaming()", cdb.setStreaming(), [0xb6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 28, 0]],
  ["setCdSpeed()", cdb.setCdSpeed({ readKbps: 0xffff, writeKbps: 706 }), [
    0xbb,
    0,
    0xff,
    0xff,
    2,
    0xc2,
    0,
    0,
    0,
    0,
    0,
    0,
  ]],
  ["readCdData()", cdb.readCdData(16, 1), [0xbe, 0, 0, 0, 0, 16, 0, 0, 1, 0x10, 0, 0]],
];
CDBS.forEach(([name, found, expected]) => {
  Deno.test(`cdb.${name} has its bytes`, () => assertEquals([...found], [...expected]));
});

Deno.test("streamingDescriptor() asks for a speed up to the end", () => {
  const bytes = streamingDescriptor({ rotation: 1, endLba: 0, readKbps: 1, writeKbps: 0x1234 }, 0x22ff);
  assertEquals([bytes[0], ...bytes.subarray(8, 12), ...bytes.subarray(20, 24)], [
    8,
    0,
    0,
    0x22,
    0xff,
    0,
    0,
    0x12,
    0x34,
  ]);
});

/** What ends a verification is told apart from what it finds. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { burnData, BurnError, type HresultName } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { Reply } from "../../lib/mmc/request.ts";
import {
  checkCondition,
  drive,
  firstDifference,
  type Interference,
  look,
  OK,
  type Rig,
  rig,
} from "./_rig.ts";

const OPTIONS = { sizeSectors: 500, close: "finalize", verify: "full" } as const;
const FINISHED = "everything is written; compare it with its source (burnscript verify --against)";

function failure(bench: Rig, how: Interference): BurnError {
  try {
    drive(burnData(OPTIONS), bench, how);
  } catch (error) {
    assert(error instanceof BurnError, String(error));
    assertEquals(bench.drive.isLocked, false);
    return error;
  }
  throw new Error("The burn did not fail");
}

/** What has nothing to do with the sectors that are read, from the second READ of the verification on. */
const ENDS: readonly (readonly [name: string, result: HresultName, reply: Reply])[] = [
  [
    "the disc is taken out",
    "E_IMAPI_RECORDER_MEDIA_NO_MEDIA",
    checkCondition({ key: 2, asc: 0x3a, ascq: 2 }),
  ],
  [
    "the drive keeps being reset",
    "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE",
    checkCondition({ key: 6, asc: 0x29, ascq: 0 }),
  ],
  ["the drive is unplugged", "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE", { ...OK, transport: "gone" }],
];

for (const [name, result, reply] of ENDS) {
  Deno.test(`burnData() whose verification ends because ${name} calls no sector bad`, () => {
    const bench = rig("dvd+r");
    let isWritten = false;
    let reads = 0;
    const error = failure(bench, {
      onCommand: (_n, { cdb }) => {
        isWritten ||= cdb[0] === OPCODE.closeTrackSession;
        return isWritten && cdb[0] === OPCODE.read10 && ++reads > 1 ? reply : undefined;
      },
    });
    assertEquals([error.hresultName, error.badSectors], [result, []]);
    assertStringIncludes(error.message, FINISHED);
    assertEquals(firstDifference(bench.store, { startLba: 0, count: 500 }), -1);
  });
}

Deno.test("burnData() that is cancelled while it verifies says that all is written", () => {
  const bench = rig("dvd+r");
  let isVerifying = false;
  const error = failure(bench, {
    onProgress: (progress) => void (isVerifying = (progress as { action: string }).action === "verifying"),
    isCancelled: () => isVerifying,
  });
  assertEquals([error.hresultName, error.advice], ["E_IMAPI_REQUEST_CANCELLED", FINISHED]);
  assertEquals(error.discState?.description, look(bench).description);
});

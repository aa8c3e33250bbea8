/** Mode page 05h, which says how a CD, a DVD-R or a DVD-RW is written, and the laser's calibration. @module */
import { modeSelect10, modeSense10, sendOpc } from "../mmc/cdb.ts";
import {
  MODE_PAGE,
  modeSelectList,
  parseModePage,
  type WriteParameters,
  writeParametersPage,
} from "../mmc/mode_page.ts";
import type { Procedure } from "../mmc/request.ts";
import { formatSense, senseMeaning } from "../mmc/sense.ts";
import { attempt, failureError, send, TIMEOUT_MS } from "./command.ts";
import type { Medium } from "./describe.ts";
import { parsed } from "./inspect.ts";

/**
 * Sets how the disc is written, with protection from buffer underruns where the drive has it and it is not unwanted.
 *
 * @param feature The feature whose first byte says so, by its code.
 */
export function* selectWriteParameters(
  { medium, feature, unprotected = false }: {
    medium: Medium;
    feature: number;
    unprotected?: boolean | undefined;
  },
  parameters: Omit<WriteParameters, "bufferUnderrunFree">,
): Procedure<void> {
  const action = "set the write parameters";
  const lengthBytes = 8 + 8 + 256;
  const reply = yield* send({
    action,
    cdb: modeSense10(MODE_PAGE.writeParameters, { lengthBytes }),
    dataInBytes: lengthBytes,
  });
  const current = parsed(action, () => parseModePage(reply, MODE_PAGE.writeParameters));
  const found = medium.configuration?.features.get(feature);
  const knowsUnderrunProtection = found === undefined || ((found.data[0] ?? 0) & 0x40) !== 0;
  for (const bufferUnderrunFree of knowsUnderrunProtection && !unprotected ? [true, false] : [false]) {
    const page = parsed(
      action,
      () => writeParametersPage(current, { ...parameters, bufferUnderrunFree }),
    );
    const list = modeSelectList(page);
    const outcome = yield* attempt({ action, cdb: modeSelect10(list.length), dataOut: list });
    if (outcome.ok) return;
    const isLast = !bufferUnderrunFree;
    if (isLast || outcome.failure.sense?.key !== 5) throw failureError(action, outcome.failure);
  }
}

/** Whether the drive can try a burn by a feature with the laser at its reading power: bit 2 of the feature's first byte. */
export function hasTestWrite({ configuration }: Medium, feature: number): boolean {
  return ((configuration?.features.get(feature)?.data[0] ?? 0) & 0x04) !== 0;
}

/**
 * Calibrates where the drive has no values for the disc. That it fails means little, because many such discs burn well: it
 * is returned as a note.
 */
export function* calibrate(medium: Medium): Procedure<string | undefined> {
  if ((medium.discInformation?.opcTables ?? 0) > 0) return undefined;
  const outcome = yield* attempt({
    action: "calibrate the laser",
    cdb: sendOpc(),
    timeoutMs: TIMEOUT_MS.long,
  });
  if (outcome.ok) {
    if (outcome.remark?.asc !== 0x73) return undefined;
    const { meaning, advice } = senseMeaning(outcome.remark);
    return `The drive says: ${meaning} (${formatSense(outcome.remark)}); ${advice}`;
  }
  const { failure } = outcome;
  if (failure.sense === undefined) throw failureError("calibrate the laser", failure);
  // There are drives that do not know the command, or not for this disc.
  if (failure.sense.key === 5) return undefined;
  const { message } = failureError("calibrate the laser", failure);
  return `${message}. The disc is burned nonetheless`;
}

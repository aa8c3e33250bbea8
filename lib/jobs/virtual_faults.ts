/** What is to go wrong in virtual recorders. @module */
import type { VirtualSpec } from "../drive/virtual.ts";
import { parseFault } from "../recorder/fault_text.ts";

/**
 * Adds to virtual recorders what `--fault` has go wrong in them.
 *
 * @throws RangeError for a fault that cannot be read, or of a recorder that is not there.
 */
export function withFaults(
  virtual: readonly VirtualSpec[],
  texts: readonly string[],
): readonly VirtualSpec[] {
  const faults = texts.map(parseFault);
  const missing = faults.findIndex(({ recorder }) => recorder >= virtual.length);
  if (missing >= 0) {
    const there = virtual.length === 0
      ? "faults are for virtual recorders, and there is none; give one with --virtual"
      : `there is no virtual recorder ${faults[missing]!.recorder}, only 0 to ${virtual.length - 1}`;
    throw new RangeError(`The fault "${texts[missing]}" has nowhere to be: ${there}`);
  }
  return virtual.map((spec, index) => {
    const own = faults.filter(({ recorder }) => recorder === index).map(({ fault }) => fault);
    return own.length === 0 ? spec : { ...spec, faults: [...spec.faults ?? [], ...own] };
  });
}

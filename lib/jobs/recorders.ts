/** Which recorders a run sees: the virtual ones it was given, or else the computer's own. @module */
import { listNativeRecorders } from "../drive/native.ts";
import type { Recorder } from "../drive/transport.ts";
import { openVirtualRecorders, type VirtualSpec } from "../drive/virtual.ts";

/**
 * Parses `--virtual`'s `dvd+r=FILE`.
 *
 * @throws RangeError when it has another form.
 */
export function parseVirtualSpec(text: string): VirtualSpec {
  const at = text.indexOf("=");
  if (at <= 0 || at === text.length - 1) {
    throw new RangeError(
      `A virtual disc has the form MEDIUM=FILE, such as dvd+r=disc.iso, but this is "${text}"`,
    );
  }
  return { medium: text.slice(0, at).toLowerCase(), file: text.slice(at + 1) };
}

/** The recorders, in order. With virtual ones the computer's own are not seen. */
export function findRecorders(virtual: readonly VirtualSpec[]): readonly Recorder[] {
  return virtual.length > 0 ? openVirtualRecorders(virtual) : listNativeRecorders();
}

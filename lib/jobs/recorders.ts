/** Which recorders a run sees: the virtual ones it was given, or else the computer's own. @module */
import { listNativeRecorders } from "../drive/native.ts";
import type { Recorder } from "../drive/transport.ts";
import { openVirtualRecorders, type VirtualSpec } from "../drive/virtual.ts";

/** The recorders, in order. With virtual ones the computer's own are not seen. */
export function findRecorders(virtual: readonly VirtualSpec[]): readonly Recorder[] {
  return virtual.length > 0 ? openVirtualRecorders(virtual) : listNativeRecorders();
}

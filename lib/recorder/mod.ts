/** The virtual recorder. @module */
export { VirtualDrive, type VirtualDriveOptions } from "./drive.ts";
export { FAULT_HELP, parseFault } from "./fault_text.ts";
export { type Fault, type FaultEffect, FaultScript } from "./faults.ts";
export { MEDIA, type MediumKind, mediumNamed } from "./media.ts";
export { type DiscStore, memoryStore } from "./store.ts";
export { deserialize, NewerDiscError } from "./disc_text.ts";
export type { DiscPhase, DiscState, Track, TrackPhase } from "./disc.ts";
export { IDENTITY } from "./reports.ts";

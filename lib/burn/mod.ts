/** The burning engine: procedures that a runner of the drive layer carries out. Pure. @module */
export { burnData } from "./write.ts";
export type { BurnOptions, BurnResult } from "./options.ts";
export { type BurnProgress, WRITE_ACTION } from "./progress.ts";
export { eraseDisc, type EraseOptions, type EraseProgress } from "./erase.ts";
export { inspect, MEDIA_STATE } from "./inspect.ts";
export { describeMedium, discStateOf, type Medium, type MediumSpeed } from "./describe.ts";
export { readSectors } from "./read.ts";
export { verifyData, type VerifyOptions, type VerifyResult } from "./verify.ts";
export { closeTray, ejectMedia, lockTray, unlockTray } from "./tray.ts";
export { closeOpenSession } from "./repair.ts";
export { type AskedSpeed, chooseSpeed, timesText } from "./speed.ts";
export type { WriteMethod } from "./burn_family.ts";
export { waitReady } from "./wait_ready.ts";
export {
  type BadSector,
  BurnError,
  type BurnErrorDetails,
  type DiscState,
  type DiscStatus,
} from "../mmc/errors.ts";
export type { HresultName } from "../mmc/hresult.ts";
export type { SenseTriple } from "../mmc/sense.ts";

/**
 * Burnscript: Windows automation scripts and optical discs, on Linux, macOS and Windows.
 *
 * Two ways lead to a disc: the documented automation objects (`CreateObject("IMAPI2.MsftDiscMaster2")` and its
 * siblings, as VBScript uses them), and {@linkcode burn}, which does the same in one call.
 *
 * @module
 */
export { burn, type BurnOptions } from "./lib/jobs/burn.ts";
export { image, type ImageFileOptions, type ImageFileReport } from "./lib/jobs/image.ts";
export {
  ConnectObject,
  CreateObject,
  type DDiscFormat2DataEvents,
  type ProgIds,
  WScript,
} from "./lib/wsh/facade.ts";
export { AutomationError } from "./lib/automation/errors.ts";
export * from "./lib/imapi/constants.ts";

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
export type { SourceOptions } from "./lib/jobs/source.ts";
export { type SessionOptions, sessionOptionsFromEnvironment } from "./lib/jobs/session.ts";
export { NoRecorderError } from "./lib/jobs/exit_codes.ts";
export {
  ConnectObject,
  CreateObject,
  type DDiscFormat2DataEvents,
  type ProgIds,
  WScript,
} from "./lib/wsh/facade.ts";
export type { IArguments, IHost, IWSHNamedArguments } from "./lib/wsh/types.ts";
export * from "./lib/imapi/constants.ts";
export * from "./lib/imapi/types.ts";
export { HRESULT, type HresultName, type IBurnVerification, type ImapiProgIds } from "./lib/imapi/mod.ts";
export { AutomationError } from "./lib/automation/errors.ts";
export { ByteStream } from "./lib/automation/stream.ts";
export type { Recorder, RecorderIdentity, Transport } from "./lib/drive/transport.ts";
export type { BurnProgress, BurnResult, DiscState, DiscStatus } from "./lib/burn/mod.ts";
export { BurnError } from "./lib/burn/mod.ts";

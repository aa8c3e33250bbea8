/**
 * Burnscript: Windows automation scripts and optical discs, on Linux, macOS and Windows.
 *
 * Two ways lead to a disc: the documented automation objects (`CreateObject("IMAPI2.MsftDiscMaster2")` and its
 * siblings, as VBScript uses them), and {@linkcode burn}, which does the same in one call.
 *
 * @module
 */
// One call
export { burn, burnMany, type BurnManyOptions, type BurnOptions, type BurnOutcome } from "./lib/jobs/burn.ts";
export {
  image,
  type ImageFileOptions,
  type ImageFileReport,
  type ImageOutputOptions,
} from "./lib/jobs/image.ts";
export { convert, type ConvertOptions, type ConvertReport } from "./lib/jobs/convert.ts";
export type { ImageSource, ViewOptions } from "./lib/jobs/list.ts";
export type { SourceOptions } from "./lib/jobs/source.ts";
export type {
  ImageOptions,
  RockRidgeVersion,
  SourceFault,
  TreeName,
  UdfRevision,
  ViewName,
} from "./lib/image/mod.ts";
export type { BurnProgress, BurnResult, DiscState, DiscStatus } from "./lib/burn/mod.ts";

// The automation objects
export {
  ConnectObject,
  CreateObject,
  type DDiscFormat2DataEvents,
  type DDiscFormat2EraseEvents,
  type DDiscMaster2Events,
  GetObject,
  type ProgIds,
  WScript,
} from "./lib/wsh/facade.ts";
export {
  CDate,
  DateAdd,
  DateDiff,
  DateFormat,
  type DateInterval,
  DatePart,
  DateSerial,
  FormatCurrency,
  FormatDateTime,
  FormatNumber,
  FormatPercent,
  InputBox,
  IsDate,
  MonthName,
  MsgBox,
  MsgBoxResult,
  MsgBoxStyle,
  Rnd,
  SetLocale,
  WeekdayName,
} from "./lib/wsh/functions.ts";
export type {
  _Stream,
  Folder3,
  FolderItem2,
  FolderItems3,
  FolderItemVerb,
  FolderItemVerbs,
  IArguments,
  IArrayList,
  IDictionary,
  IDrive,
  IDriveCollection,
  IFile,
  IFileCollection,
  IFileSystem,
  IFolder,
  IFolderCollection,
  IGenScriptletTLib,
  IHost,
  IScriptEncoder,
  IServerXMLHTTPRequest2,
  IShellDispatch6,
  IShellLinkDual2,
  IShellWindows,
  ITextStream,
  IWinHttpRequest,
  IWshCollection,
  IWshEnvironment,
  IWshExec,
  IWSHNamedArguments,
  IWshNetwork2,
  IWshShell3,
  IWshShortcut,
  IWshURLShortcut,
  IXMLDOMAttribute,
  IXMLDOMCDATASection,
  IXMLDOMCharacterData,
  IXMLDOMComment,
  IXMLDOMDocument,
  IXMLDOMDocument2,
  IXMLDOMDocument3,
  IXMLDOMDocumentFragment,
  IXMLDOMDocumentType,
  IXMLDOMElement,
  IXMLDOMEntityReference,
  IXMLDOMImplementation,
  IXMLDOMNamedNodeMap,
  IXMLDOMNode,
  IXMLDOMNodeList,
  IXMLDOMParseError,
  IXMLDOMProcessingInstruction,
  IXMLDOMSchemaCollection,
  IXMLDOMText,
  IXMLHTTPRequest,
  IXSLProcessor,
  IXSLTemplate,
} from "./lib/wsh/types.ts";
export type { IBurnVerification, ImapiProgIds } from "./lib/imapi/mod.ts";
export * from "./lib/imapi/types.ts";
export * from "./lib/imapi/constants.ts";

// The values that scripts and objects exchange
export { ByteStream } from "./lib/automation/stream.ts";
export {
  type AutomationObject,
  Currency,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  ErrorValue,
  NothingValue,
  TypedNumber,
  type TypedNumberType,
  UNKNOWN,
  type UnknownObject,
  type Variant,
  VariantArray,
  type VariantRef,
  VARTYPE,
} from "./lib/automation/variant.ts";

// Errors
export { AutomationError } from "./lib/automation/errors.ts";
export { type BadSector, BurnError, type BurnErrorDetails } from "./lib/mmc/errors.ts";
export { NoRecorderError } from "./lib/jobs/exit_codes.ts";
export { HRESULT, type HresultName } from "./lib/imapi/mod.ts";
export { HRESULT as IMAPI2_HRESULT, type HresultName as Imapi2HresultName } from "./lib/mmc/hresult.ts";
export type { SenseTriple } from "./lib/mmc/sense.ts";

// Recorders, the virtual ones among them
export { type SessionOptions, sessionOptionsFromEnvironment } from "./lib/jobs/session.ts";
export type { Recorder, RecorderIdentity, RecorderOpenOptions, Transport } from "./lib/drive/transport.ts";
export type { CommandRequest, Reply, TransportStatus } from "./lib/mmc/request.ts";
export type { VirtualSpec } from "./lib/drive/virtual.ts";
export type { Fault, FaultEffect } from "./lib/recorder/faults.ts";
export type { DriveMapping } from "./lib/platform/drive_map.ts";

/** IDiscFormat2: what all disc formats have in common. @module */
import { defineInterface } from "../automation/interface.ts";

/** IDiscFormat2 as data. */
// deno-fmt-ignore -- a table: one row a member
export const IDiscFormat2Table = defineInterface("IDiscFormat2", "{27354152-8F64-5B0F-8F00-5D77AFBE261E}", {
  IsRecorderSupported: { dispid: 2048, method: "VARIANT_BOOL", params: [["recorder", "IDiscRecorder2*"]], doc: "Whether the drive can write in this way." },
  IsCurrentMediaSupported: { dispid: 2049, method: "VARIANT_BOOL", params: [["recorder", "IDiscRecorder2*"]], doc: "Whether the medium in the drive can be written in this way." },
  MediaPhysicallyBlank: { dispid: 1792, get: "VARIANT_BOOL", doc: "Whether nothing was ever written to the medium, or all of it is erased." },
  MediaHeuristicallyBlank: { dispid: 1793, get: "VARIANT_BOOL", doc: "Whether the medium is blank, or looks so from what its first sectors hold." },
  SupportedMediaTypes: { dispid: 1794, get: "SAFEARRAY(LONG)", doc: "The kinds of media that can be written in this way (IMAPI_MEDIA_PHYSICAL_TYPE)." },
}, { doc: "What all writers of discs have in common." });

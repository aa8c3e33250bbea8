/** IDiscFormat2: what all disc formats have in common. @module */
import { defineInterface } from "../automation/interface.ts";

/** IDiscFormat2 as data. */
export const IDiscFormat2Table = defineInterface("IDiscFormat2", "{27354152-8F64-5B0F-8F00-5D77AFBE261E}", {
  IsRecorderSupported: { dispid: 2048, method: "VARIANT_BOOL", params: [["recorder", "IDiscRecorder2*"]] },
  IsCurrentMediaSupported: {
    dispid: 2049,
    method: "VARIANT_BOOL",
    params: [["recorder", "IDiscRecorder2*"]],
  },
  MediaPhysicallyBlank: { dispid: 1792, get: "VARIANT_BOOL" },
  MediaHeuristicallyBlank: { dispid: 1793, get: "VARIANT_BOOL" },
  SupportedMediaTypes: { dispid: 1794, get: "SAFEARRAY(LONG)" },
});

/** IWriteEngine2EventArgs: how far a write is, in sectors. @module */
import { defineInterface } from "../automation/interface.ts";

/** IWriteEngine2EventArgs as data. */
export const IWriteEngine2EventArgsTable = defineInterface(
  "IWriteEngine2EventArgs",
  "{27354136-7F64-5B0F-8F00-5D77AFBE261E}",
  {
    StartLba: { dispid: 256, get: "LONG" },
    SectorCount: { dispid: 257, get: "LONG" },
    LastReadLba: { dispid: 258, get: "LONG" },
    LastWrittenLba: { dispid: 259, get: "LONG" },
    TotalSystemBuffer: { dispid: 262, get: "LONG" },
    UsedSystemBuffer: { dispid: 263, get: "LONG" },
    FreeSystemBuffer: { dispid: 264, get: "LONG" },
  },
);

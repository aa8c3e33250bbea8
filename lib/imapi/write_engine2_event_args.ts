/** IWriteEngine2EventArgs: how far a write is, in sectors. @module */
import { defineInterface } from "../automation/interface.ts";

/** IWriteEngine2EventArgs as data. */
// deno-fmt-ignore -- a table: one row a member
export const IWriteEngine2EventArgsTable = defineInterface("IWriteEngine2EventArgs", "{27354136-7F64-5B0F-8F00-5D77AFBE261E}", {
  StartLba: { dispid: 256, get: "LONG", doc: "The LBA at which the write began." },
  SectorCount: { dispid: 257, get: "LONG", doc: "How many sectors of 2048 bytes are to be written." },
  LastReadLba: { dispid: 258, get: "LONG", doc: "The LBA of the sector that was last read from the stream." },
  LastWrittenLba: { dispid: 259, get: "LONG", doc: "The LBA of the sector that was last written, or compared." },
  TotalSystemBuffer: { dispid: 262, get: "LONG", doc: "The size in bytes of the buffer between stream and drive." },
  UsedSystemBuffer: { dispid: 263, get: "LONG", doc: "How many bytes wait in that buffer." },
  FreeSystemBuffer: { dispid: 264, get: "LONG", doc: "How many bytes that buffer can still take." },
}, { doc: "How far a write is, in sectors." });

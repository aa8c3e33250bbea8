/** IDiscFormat2DataEventArgs: how far a data burn is. @module */
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import type { IDiscFormat2DataEventArgs } from "./types.ts";
import { IWriteEngine2EventArgsTable } from "./write_engine2_event_args.ts";

/** IDiscFormat2DataEventArgs as data. */
// deno-fmt-ignore -- a table: one row a member
export const IDiscFormat2DataEventArgsTable = defineInterface("IDiscFormat2DataEventArgs", "{2735413D-7F64-5B0F-8F00-5D77AFBE261E}", {
  ElapsedTime: { dispid: 768, get: "LONG", doc: "Seconds since the burn began." },
  RemainingTime: { dispid: 769, get: "LONG", doc: "Seconds that it is expected to take still." },
  TotalTime: { dispid: 770, get: "LONG", doc: "Seconds that it is expected to take in all." },
  CurrentAction: { dispid: 771, get: "LONG", doc: "What is being done (IMAPI_FORMAT2_DATA_WRITE_ACTION)." },
}, { doc: "How far a data burn is.", inherits: "IWriteEngine2EventArgs" });

/** DDiscFormat2DataEvents, the events of a data burn, as data. */
// deno-fmt-ignore -- a table: one row a member
export const DDiscFormat2DataEventsTable = defineInterface("DDiscFormat2DataEvents", "{2735413C-7F64-5B0F-8F00-5D77AFBE261E}", {
  Update: { dispid: 512, method: "void", params: [["object", "IDispatch*"], ["progress", "IDispatch*"]], doc: "Fired at each step of a burn, and about twice a second while it writes." },
}, { doc: "The events of a data burn." });

/** A moment of a burn. */
export interface DataEventState {
  readonly startLba: number;
  readonly sectorCount: number;
  readonly lastReadLba: number;
  readonly lastWrittenLba: number;
  /** What the way from the stream to the drive holds at most, and holds now, in bytes. */
  readonly bufferBytes: number;
  readonly usedBufferBytes: number;
  readonly elapsedS: number;
  readonly remainingS: number;
  /** IMAPI_FORMAT2_DATA_WRITE_ACTION. */
  readonly action: number;
}

/** The argument `progress` of the event Update. */
export class DiscFormat2DataEventArgs extends AutomationClass implements IDiscFormat2DataEventArgs {
  readonly StartLba: number;
  readonly SectorCount: number;
  readonly LastReadLba: number;
  readonly LastWrittenLba: number;
  readonly TotalSystemBuffer: number;
  readonly UsedSystemBuffer: number;
  readonly FreeSystemBuffer: number;
  readonly ElapsedTime: number;
  readonly RemainingTime: number;
  readonly TotalTime: number;
  readonly CurrentAction: number;

  constructor(state: DataEventState) {
    super();
    this.StartLba = state.startLba;
    this.SectorCount = state.sectorCount;
    this.LastReadLba = state.lastReadLba;
    this.LastWrittenLba = state.lastWrittenLba;
    this.TotalSystemBuffer = state.bufferBytes;
    this.UsedSystemBuffer = state.usedBufferBytes;
    this.FreeSystemBuffer = state.bufferBytes - state.usedBufferBytes;
    this.ElapsedTime = state.elapsedS;
    this.RemainingTime = state.remainingS;
    this.TotalTime = state.elapsedS + state.remainingS;
    this.CurrentAction = state.action;
  }
}

implementInterface(DiscFormat2DataEventArgs, [IDiscFormat2DataEventArgsTable, IWriteEngine2EventArgsTable]);

/** IWriteSpeedDescriptor: one speed at which a drive writes the disc that is in it. @module */
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import type { IWriteSpeedDescriptor } from "./types.ts";

/** IWriteSpeedDescriptor as data. */
// deno-fmt-ignore -- a table: one row a member
export const IWriteSpeedDescriptorTable = defineInterface("IWriteSpeedDescriptor", "{27354144-7F64-5B0F-8F00-5D77AFBE261E}", {
  MediaType: { dispid: 257, get: "LONG", doc: "The kind of medium that it is for (IMAPI_MEDIA_PHYSICAL_TYPE)." },
  RotationTypeIsPureCAV: { dispid: 258, get: "VARIANT_BOOL", doc: "Whether the disc rotates at a constant speed." },
  WriteSpeed: { dispid: 259, get: "LONG", doc: "The speed in sectors of 2048 bytes a second." },
}, { doc: "A speed at which a drive writes the medium that is in it." });

/** A write speed as SupportedWriteSpeedDescriptors hands it out. */
export class WriteSpeedDescriptor extends AutomationClass implements IWriteSpeedDescriptor {
  /** IMAPI_MEDIA_PHYSICAL_TYPE. */
  readonly MediaType: number;
  readonly RotationTypeIsPureCAV: boolean;
  /** Sectors of 2048 bytes a second. */
  readonly WriteSpeed: number;

  constructor(options: { mediaType: number; rotationTypeIsPureCav: boolean; sectorsPerSecond: number }) {
    super();
    this.MediaType = options.mediaType;
    this.RotationTypeIsPureCAV = options.rotationTypeIsPureCav;
    this.WriteSpeed = options.sectorsPerSecond;
  }
}

implementInterface(WriteSpeedDescriptor, [IWriteSpeedDescriptorTable]);

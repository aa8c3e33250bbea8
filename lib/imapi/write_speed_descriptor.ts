/** IWriteSpeedDescriptor: one speed at which a drive writes the disc that is in it. @module */
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import type { IWriteSpeedDescriptor } from "./types.ts";

/** IWriteSpeedDescriptor as data. */
export const IWriteSpeedDescriptorTable = defineInterface(
  "IWriteSpeedDescriptor",
  "{27354144-7F64-5B0F-8F00-5D77AFBE261E}",
  {
    MediaType: { dispid: 257, get: "LONG" },
    RotationTypeIsPureCAV: { dispid: 258, get: "VARIANT_BOOL" },
    WriteSpeed: { dispid: 259, get: "LONG" },
  },
);

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

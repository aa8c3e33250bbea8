/**
 * IMAPI v2 as documented: the objects that scripts create by ProgID, and their types.
 *
 * @module
 */
import type { Factory } from "../automation/progids.ts";
import { Drives } from "./_drives.ts";
import type { IBurnVerification } from "./burn_verification.ts";
import { DiscFormat2Data } from "./disc_format2_data.ts";
import { DiscFormat2Erase } from "./disc_format2_erase.ts";
import { DiscMaster2 } from "./disc_master2.ts";
import { DiscRecorder2 } from "./disc_recorder2.ts";
import type { ImapiEnvironment } from "./environment.ts";
import { FileSystemImage } from "./file_system_image.ts";
import type {
  IDiscFormat2Data,
  IDiscFormat2Erase,
  IDiscMaster2,
  IDiscRecorder2,
  IFileSystemImage,
} from "./types.ts";

export type { IBurnVerification } from "./burn_verification.ts";
export type { ImapiEnvironment } from "./environment.ts";
export * from "./constants.ts";
export * from "./types.ts";
export { HRESULT, type HresultName } from "./hresult.ts";

/** What each ProgID creates, for a typed `CreateObject("IMAPI2.MsftDiscMaster2")`. */
export interface ImapiProgIds {
  /** Lists the drives. */
  "IMAPI2.MsftDiscMaster2": IDiscMaster2;
  /** Stands for one drive once it is initialized. */
  "IMAPI2.MsftDiscRecorder2": IDiscRecorder2;
  /** Burns data. */
  "IMAPI2.MsftDiscFormat2Data": IDiscFormat2Data & IBurnVerification;
  /** Erases discs. */
  "IMAPI2.MsftDiscFormat2Erase": IDiscFormat2Erase;
  /** Builds an image. */
  "IMAPI2FS.MsftFileSystemImage": IFileSystemImage;
}

/** The factories of all ProgIDs; the objects that they create share the drives. */
export function imapiFactories(environment: ImapiEnvironment): Record<keyof ImapiProgIds, Factory> {
  const drives = new Drives(environment);
  return {
    "IMAPI2.MsftDiscMaster2": () => new DiscMaster2(drives, environment),
    "IMAPI2.MsftDiscRecorder2": () => new DiscRecorder2(drives),
    "IMAPI2.MsftDiscFormat2Data": () => new DiscFormat2Data(environment),
    "IMAPI2.MsftDiscFormat2Erase": () => new DiscFormat2Erase(environment),
    "IMAPI2FS.MsftFileSystemImage": () => new FileSystemImage(environment),
  };
}

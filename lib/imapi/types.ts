/**
 * The automation interfaces as TypeScript sees them, each made from its table.
 *
 * @module
 */
import type { TypeOf } from "../automation/interface.ts";
import type { IDiscFormat2Table } from "./disc_format2.ts";
import type { IDiscFormat2DataTable } from "./disc_format2_data.ts";
import type { IDiscFormat2DataEventArgsTable } from "./disc_format2_data_event_args.ts";
import type { IDiscMaster2Table } from "./disc_master2.ts";
import type { IDiscRecorder2Table } from "./disc_recorder2.ts";
import type { IFileSystemImageTable } from "./file_system_image.ts";
import type { IFileSystemImageResultTable } from "./file_system_image_result.ts";
import type { IFsiDirectoryItemTable, IFsiFileItemTable, IFsiItemTable } from "./fsi_items.ts";
import type { IProgressItemsTable, IProgressItemTable } from "./progress_items.ts";
import type { IWriteEngine2EventArgsTable } from "./write_engine2_event_args.ts";
import type { IWriteSpeedDescriptorTable } from "./write_speed_descriptor.ts";

/** Every interface by its documented name: what a type such as `IFsiItem*` in a table means. */
export interface ImapiInterfaces {
  /** The optical drives. */
  IDiscMaster2: IDiscMaster2;
  /** One drive. */
  IDiscRecorder2: IDiscRecorder2;
  /** What disc formats share. */
  IDiscFormat2: IDiscFormat2;
  /** Data burning. */
  IDiscFormat2Data: IDiscFormat2Data;
  /** A write speed. */
  IWriteSpeedDescriptor: IWriteSpeedDescriptor;
  /** Progress in sectors. */
  IWriteEngine2EventArgs: IWriteEngine2EventArgs;
  /** Progress of a data burn. */
  IDiscFormat2DataEventArgs: IDiscFormat2DataEventArgs;
  /** An image that is put together. */
  IFileSystemImage: IFileSystemImage;
  /** A file or directory. */
  IFsiItem: IFsiItem;
  /** A file. */
  IFsiFileItem: IFsiFileItem;
  /** A directory. */
  IFsiDirectoryItem: IFsiDirectoryItem;
  /** A finished image. */
  IFileSystemImageResult: IFileSystemImageResult;
  /** The parts of an image. */
  IProgressItems: IProgressItems;
  /** A part of an image. */
  IProgressItem: IProgressItem;
}

/** The optical drives of the computer. */
export interface IDiscMaster2 extends TypeOf<typeof IDiscMaster2Table, ImapiInterfaces> {}

/** One optical drive. */
export interface IDiscRecorder2 extends TypeOf<typeof IDiscRecorder2Table, ImapiInterfaces> {}

/** What all disc formats have in common. */
export interface IDiscFormat2 extends TypeOf<typeof IDiscFormat2Table, ImapiInterfaces> {}

/** Writes a data stream onto a disc. */
export interface IDiscFormat2Data
  extends TypeOf<typeof IDiscFormat2DataTable, ImapiInterfaces>, IDiscFormat2 {}

/** What is verified after a burn; not reachable from scripts, as on Windows. */
export interface IBurnVerification {
  /** IMAPI_BURN_VERIFICATION_LEVEL. */
  BurnVerificationLevel: number;
}

/** A speed at which a drive writes the disc that is in it. */
export interface IWriteSpeedDescriptor extends TypeOf<typeof IWriteSpeedDescriptorTable, ImapiInterfaces> {}

/** How far a write is, in sectors. */
export interface IWriteEngine2EventArgs extends TypeOf<typeof IWriteEngine2EventArgsTable, ImapiInterfaces> {}

/** How far a data burn is. */
export interface IDiscFormat2DataEventArgs
  extends TypeOf<typeof IDiscFormat2DataEventArgsTable, ImapiInterfaces>, IWriteEngine2EventArgs {}

/** Builds the file system of a disc. */
export interface IFileSystemImage extends TypeOf<typeof IFileSystemImageTable, ImapiInterfaces> {}

/** A file or a directory of an image. */
export interface IFsiItem extends TypeOf<typeof IFsiItemTable, ImapiInterfaces> {}

/** A file of an image. */
export interface IFsiFileItem extends TypeOf<typeof IFsiFileItemTable, ImapiInterfaces>, IFsiItem {}

/** A directory of an image; iterating gives its items. */
export interface IFsiDirectoryItem extends TypeOf<typeof IFsiDirectoryItemTable, ImapiInterfaces>, IFsiItem {}

/** A finished image. */
export interface IFileSystemImageResult extends TypeOf<typeof IFileSystemImageResultTable, ImapiInterfaces> {}

/** Which blocks of an image belong to what. */
export interface IProgressItems extends TypeOf<typeof IProgressItemsTable, ImapiInterfaces> {}

/** The blocks of an image that belong to one file. */
export interface IProgressItem extends TypeOf<typeof IProgressItemTable, ImapiInterfaces> {}

/** Every interface as data, under its documented name: what types.ts is made from, and what tests read. @module */
import { IDiscFormat2Table } from "./disc_format2.ts";
import { IDiscFormat2DataTable } from "./disc_format2_data.ts";
import { IDiscFormat2DataEventArgsTable } from "./disc_format2_data_event_args.ts";
import { IDiscFormat2EraseTable } from "./disc_format2_erase.ts";
import { IDiscMaster2Table } from "./disc_master2.ts";
import { IDiscRecorder2Table } from "./disc_recorder2.ts";
import { IFileSystemImageTable } from "./file_system_image.ts";
import { IFileSystemImageResultTable } from "./file_system_image_result.ts";
import { IFsiDirectoryItemTable, IFsiFileItemTable, IFsiItemTable } from "./fsi_items.ts";
import { IProgressItemsTable, IProgressItemTable } from "./progress_items.ts";
import { IWriteEngine2EventArgsTable } from "./write_engine2_event_args.ts";
import { IWriteSpeedDescriptorTable } from "./write_speed_descriptor.ts";

/** The tables of IMAPI2 and IMAPI2FS, in the order in which a script meets them. */
export const IMAPI_TABLES = {
  IDiscMaster2: IDiscMaster2Table,
  IDiscRecorder2: IDiscRecorder2Table,
  IDiscFormat2: IDiscFormat2Table,
  IDiscFormat2Data: IDiscFormat2DataTable,
  IDiscFormat2Erase: IDiscFormat2EraseTable,
  IWriteSpeedDescriptor: IWriteSpeedDescriptorTable,
  IWriteEngine2EventArgs: IWriteEngine2EventArgsTable,
  IDiscFormat2DataEventArgs: IDiscFormat2DataEventArgsTable,
  IFileSystemImage: IFileSystemImageTable,
  IFsiItem: IFsiItemTable,
  IFsiFileItem: IFsiFileItemTable,
  IFsiDirectoryItem: IFsiDirectoryItemTable,
  IFileSystemImageResult: IFileSystemImageResultTable,
  IProgressItems: IProgressItemsTable,
  IProgressItem: IProgressItemTable,
} as const;

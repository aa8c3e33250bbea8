/**
 * The interfaces of IMAPI2 and IMAPI2FS, under the names of the Windows SDK's reference.
 *
 * Made from the tables by `deno task types`: change the tables, not this file.
 *
 * @module
 */
import type { ByteStream } from "../automation/stream.ts";

/** The optical drives of the computer, as a collection of their unique identifiers. */
export interface IDiscMaster2 {
  /** The unique identifiers of all drives. */
  [Symbol.iterator](): Iterator<string>;
  /** The unique identifier of a drive, by its index from 0. */
  Item(index: number): string;
  /** How many drives there are. */
  readonly Count: number;
  /** Whether there is a drive, and this user may use it. */
  readonly IsSupportedEnvironment: boolean;
}

/** One optical drive, once it is initialized with an identifier that IDiscMaster2 gives. */
export interface IDiscRecorder2 {
  /** Unlocks the tray and opens it. */
  EjectMedia(): void;
  /** Pulls the tray in, where the drive can. */
  CloseTray(): void;
  /** Keeps other programs from using the drive, under a name that they are told. */
  AcquireExclusiveAccess(force: boolean, clientName: string): void;
  /** Gives exclusive access back. */
  ReleaseExclusiveAccess(): void;
  /** Stops notifications that the medium has changed; calls are counted. */
  DisableMcn(): void;
  /** Takes one DisableMcn back. */
  EnableMcn(): void;
  /** Chooses the drive that the object stands for. */
  InitializeDiscRecorder(recorderUniqueId: string): void;
  /** The unique identifier of the drive. */
  readonly ActiveDiscRecorder: string;
  /** The vendor, as the drive tells it. */
  readonly VendorId: string;
  /** The model, as the drive tells it. */
  readonly ProductId: string;
  /** The revision of the firmware, as the drive tells it. */
  readonly ProductRevision: string;
  /** The name of the drive for this system, such as a device's path. */
  readonly VolumeName: string;
  /** The drive letters and mount points of the drive. */
  readonly VolumePathNames: readonly string[];
  /** Whether the drive can pull its tray in by itself. */
  readonly DeviceCanLoadMedia: boolean;
  /** The number of the drive among the drives of the system, from 0. */
  readonly LegacyDeviceNumber: number;
  /** The features that the drive can have (IMAPI_FEATURE_PAGE_TYPE). */
  readonly SupportedFeaturePages: readonly number[];
  /** The features that it has with the present medium (IMAPI_FEATURE_PAGE_TYPE). */
  readonly CurrentFeaturePages: readonly number[];
  /** The kinds of media that the drive can use (IMAPI_PROFILE_TYPE). */
  readonly SupportedProfiles: readonly number[];
  /** The kinds of media that the present medium is used as (IMAPI_PROFILE_TYPE). */
  readonly CurrentProfiles: readonly number[];
  /** The mode pages of the drive (IMAPI_MODE_PAGE_TYPE). */
  readonly SupportedModePages: readonly number[];
  /** The name under which exclusive access was taken; empty when nobody has it. */
  readonly ExclusiveAccessOwner: string;
}

/** What all writers of discs have in common. */
export interface IDiscFormat2 {
  /** Whether the drive can write in this way. */
  IsRecorderSupported(recorder: IDiscRecorder2): boolean;
  /** Whether the medium in the drive can be written in this way. */
  IsCurrentMediaSupported(recorder: IDiscRecorder2): boolean;
  /** Whether nothing was ever written to the medium, or all of it is erased. */
  readonly MediaPhysicallyBlank: boolean;
  /** Whether the medium is blank, or looks so from what its first sectors hold. */
  readonly MediaHeuristicallyBlank: boolean;
  /** The kinds of media that can be written in this way (IMAPI_MEDIA_PHYSICAL_TYPE). */
  readonly SupportedMediaTypes: readonly number[];
}

/** Writes a stream of data sectors onto a disc. */
export interface IDiscFormat2Data extends IDiscFormat2 {
  /** The drive that writes. */
  Recorder: IDiscRecorder2;
  /** Whether the drive is not to protect itself from running out of data, on CD, DVD-R and DVD-RW. */
  BufferUnderrunFreeDisabled: boolean;
  /** Whether the stream ends with what a CD's track is padded with, so that no more is added. */
  PostgapAlreadyInImage: boolean;
  /** The state of the medium, a sum of bits of IMAPI_FORMAT2_DATA_MEDIA_STATE. */
  readonly CurrentMediaStatus: number;
  /** Why the medium is write-protected, a sum of bits of IMAPI_MEDIA_WRITE_PROTECT_STATE; 0 if it is not. */
  readonly WriteProtectStatus: number;
  /** The size of the medium in sectors of 2048 bytes, as if it were blank. */
  readonly TotalSectorsOnMedia: number;
  /** How many sectors of 2048 bytes can still be written. */
  readonly FreeSectorsOnMedia: number;
  /** The LBA at which the next write begins. */
  readonly NextWritableAddress: number;
  /** The LBA at which the last session begins; −1 when there is none. */
  readonly StartAddressOfPreviousSession: number;
  /** The last written LBA of the last session; −1 when there is none. */
  readonly LastWrittenAddressOfPreviousSession: number;
  /** Whether the disc is closed after the write, so that nothing can be added to it. */
  ForceMediaToBeClosed: boolean;
  /** Whether a DVD+R stays open for more sessions, at the price of some players not reading it. */
  DisableConsumerDvdCompatibilityMode: boolean;
  /** The kind of the medium (IMAPI_MEDIA_PHYSICAL_TYPE). */
  readonly CurrentPhysicalMediaType: number;
  /** The name of the program that writes: letters, digits and spaces; it must be set before a write. */
  ClientName: string;
  /** The speed asked for, in sectors of 2048 bytes a second; −1 for the fastest. */
  readonly RequestedWriteSpeed: number;
  /** Whether a constant rotation was asked for. */
  readonly RequestedRotationTypeIsPureCAV: boolean;
  /** The speed of the next write, in sectors of 2048 bytes a second. */
  readonly CurrentWriteSpeed: number;
  /** Whether the next write rotates the disc at a constant speed. */
  readonly CurrentRotationTypeIsPureCAV: boolean;
  /** The speeds for the present medium, in sectors of 2048 bytes a second. */
  readonly SupportedWriteSpeeds: readonly number[];
  /** The speeds for the present medium, with their kinds of rotation. */
  readonly SupportedWriteSpeedDescriptors: readonly IWriteSpeedDescriptor[];
  /** Whether a rewritable disc that holds data is overwritten. */
  ForceOverwrite: boolean;
  /** Writes a stream, whose length is a multiple of 2048 bytes, and returns when the disc is done. */
  Write(data: ByteStream): void;
  /** Ends the write that is going on; to be called from the event Update. */
  CancelWrite(): void;
  /** Asks for a speed in sectors of 2048 bytes a second, −1 for the fastest, and a kind of rotation. */
  SetWriteSpeed(RequestedSectorsPerSecond: number, RotationTypeIsPureCAV: boolean): void;
}

/** Erases rewritable discs. */
export interface IDiscFormat2Erase extends IDiscFormat2 {
  /** The drive that erases. */
  Recorder: IDiscRecorder2;
  /** Whether every sector is erased, and not only what makes the disc count as blank. */
  FullErase: boolean;
  /** The kind of the medium (IMAPI_MEDIA_PHYSICAL_TYPE). */
  readonly CurrentPhysicalMediaType: number;
  /** The name of the program that erases: letters, digits and spaces; it must be set before. */
  ClientName: string;
  /** Erases the disc, and returns when it is blank. */
  EraseMedia(): void;
}

/** A speed at which a drive writes the medium that is in it. */
export interface IWriteSpeedDescriptor {
  /** The kind of medium that it is for (IMAPI_MEDIA_PHYSICAL_TYPE). */
  readonly MediaType: number;
  /** Whether the disc rotates at a constant speed. */
  readonly RotationTypeIsPureCAV: boolean;
  /** The speed in sectors of 2048 bytes a second. */
  readonly WriteSpeed: number;
}

/** How far a write is, in sectors. */
export interface IWriteEngine2EventArgs {
  /** The LBA at which the write began. */
  readonly StartLba: number;
  /** How many sectors of 2048 bytes are to be written. */
  readonly SectorCount: number;
  /** The LBA of the sector that was last read from the stream. */
  readonly LastReadLba: number;
  /** The LBA of the sector that was last written, or compared. */
  readonly LastWrittenLba: number;
  /** The size in bytes of the buffer between stream and drive. */
  readonly TotalSystemBuffer: number;
  /** How many bytes wait in that buffer. */
  readonly UsedSystemBuffer: number;
  /** How many bytes that buffer can still take. */
  readonly FreeSystemBuffer: number;
}

/** How far a data burn is. */
export interface IDiscFormat2DataEventArgs extends IWriteEngine2EventArgs {
  /** Seconds since the burn began. */
  readonly ElapsedTime: number;
  /** Seconds that it is expected to take still. */
  readonly RemainingTime: number;
  /** Seconds that it is expected to take in all. */
  readonly TotalTime: number;
  /** What is being done (IMAPI_FORMAT2_DATA_WRITE_ACTION). */
  readonly CurrentAction: number;
}

/** The file systems of a disc, while they are put together. */
export interface IFileSystemImage {
  /** The root directory of the image. */
  readonly Root: IFsiDirectoryItem;
  /** The most blocks of 2048 bytes that the image may have; 0 for any number. */
  FreeMediaBlocks: number;
  /** Sets FreeMediaBlocks to what is free on the medium in a drive. */
  SetMaxMediaBlocksFromDevice(discRecorder: IDiscRecorder2): void;
  /** How many blocks of 2048 bytes the image has now. */
  readonly UsedBlocks: number;
  /** The name of the volume: up to 32 characters, or empty for one made of date and time. */
  VolumeName: string;
  /** How many files the image holds. */
  readonly FileCount: number;
  /** How many directories the image holds, its root among them. */
  readonly DirectoryCount: number;
  /** The directory for temporary files. */
  WorkingDirectory: string;
  /** The number of the last change; what RollbackToChangePoint takes. */
  readonly ChangePoint: number;
  /** Whether the limits of the standards hold where most systems read more; set while the image is empty. */
  StrictFileSystemCompliance: boolean;
  /** Whether names may only have characters 32 to 127. */
  UseRestrictedCharacterSet: boolean;
  /** The file systems that the image gets, a sum of bits of FsiFileSystems. */
  FileSystemsToCreate: number;
  /** The file systems that it can get, a sum of bits of FsiFileSystems. */
  readonly FileSystemsSupported: number;
  /** The revision of UDF as a hexadecimal number: 0x102 for 1.02. */
  UDFRevision: number;
  /** The revisions of UDF that can be set. */
  readonly UDFRevisionsSupported: readonly number[];
  /** Chooses file systems and size for the medium in a drive. */
  ChooseImageDefaults(discRecorder: IDiscRecorder2): void;
  /** Chooses file systems and size for a kind of medium (IMAPI_MEDIA_PHYSICAL_TYPE). */
  ChooseImageDefaultsForMediaType(value: number): void;
  /** The interchange level of ISO 9660, 1 to 3, which says how long its names may be. */
  ISO9660InterchangeLevel: number;
  /** The interchange levels that can be set. */
  readonly ISO9660InterchangeLevelsSupported: readonly number[];
  /** Makes the image of what the tree holds now. */
  CreateResultImage(): IFileSystemImageResult;
  /** What lies at a full path, from FsiItemType: nothing, a directory or a file. */
  Exists(fullPath: string): number;
  /** Undoes all changes since a change point. */
  RollbackToChangePoint(changePoint: number): void;
  /** Keeps all changes up to now from being undone. */
  LockInChangePoint(): void;
  /** A new directory, to be filled and put into the image with Add. */
  CreateDirectoryItem(name: string): IFsiDirectoryItem;
  /** A new file, to be given its Data and put into the image with Add. */
  CreateFileItem(name: string): IFsiFileItem;
  /** The name of the volume as UDF records it. */
  readonly VolumeNameUDF: string;
  /** The name of the volume as Joliet records it. */
  readonly VolumeNameJoliet: string;
  /** The name of the volume as ISO 9660 records it. */
  readonly VolumeNameISO9660: string;
  /** Whether files are copied to the working directory when they are added. */
  StageFiles: boolean;
}

/** A file or a directory of an image. */
export interface IFsiItem {
  /** The name, without the path. */
  readonly Name: string;
  /** The path from the root, with the name. */
  readonly FullPath: string;
  /** When it was created. */
  CreationTime: Date;
  /** When it was last read. */
  LastAccessedTime: Date;
  /** When it was last changed. */
  LastModifiedTime: Date;
  /** Whether systems hide it from listings. */
  IsHidden: boolean;
  /** The name that it gets in one file system (FsiFileSystems). */
  FileSystemName(fileSystem: number): string;
  /** The path that it gets in one file system (FsiFileSystems). */
  FileSystemPath(fileSystem: number): string;
}

/** A file of an image. */
export interface IFsiFileItem extends IFsiItem {
  /** The size in bytes. */
  readonly DataSize: number;
  /** The lower 32 bits of the size in bytes, as a signed number. */
  readonly DataSize32BitLow: number;
  /** The upper 32 bits of the size in bytes. */
  readonly DataSize32BitHigh: number;
  /** The content. */
  Data: ByteStream;
}

/** A directory of an image, as a collection of what lies in it. */
export interface IFsiDirectoryItem extends IFsiItem {
  /** The files and directories that lie directly in it. */
  [Symbol.iterator](): Iterator<IFsiItem>;
  /** The file or directory at a path that is relative to this directory. */
  Item(path: string): IFsiItem;
  /** How many files and directories lie directly in it. */
  readonly Count: number;
  /** Adds an empty directory. */
  AddDirectory(path: string): void;
  /** Adds a file whose content is a stream. */
  AddFile(path: string, fileData: ByteStream): void;
  /** Adds what a directory of the system holds, within a directory of that name if so asked. */
  AddTree(sourceDirectory: string, includeBaseDirectory: boolean): void;
  /** Adds what CreateFileItem or CreateDirectoryItem made. */
  Add(item: IFsiItem): void;
  /** Removes a file or an empty directory. */
  Remove(path: string): void;
  /** Removes a directory with all that it holds. */
  RemoveTree(path: string): void;
}

/** A finished image. */
export interface IFileSystemImageResult {
  /** The image as a stream: what IDiscFormat2Data.Write takes. */
  readonly ImageStream: ByteStream;
  /** Which blocks of the image belong to what. */
  readonly ProgressItems: IProgressItems;
  /** The size of the image in blocks. */
  readonly TotalBlocks: number;
  /** The size of a block in bytes: 2048. */
  readonly BlockSize: number;
  /** Names the disc whose sessions the image continues. */
  readonly DiscId: string;
}

/** Which blocks of an image belong to what, as a collection in the order of the blocks. */
export interface IProgressItems {
  /** All items in the order of their blocks. */
  [Symbol.iterator](): Iterator<IProgressItem>;
  /** An item by its index from 0. */
  Item(Index: number): IProgressItem;
  /** How many items there are. */
  readonly Count: number;
  /** The item that a block belongs to. */
  ProgressItemFromBlock(block: number): IProgressItem;
  /** The item that has a description. */
  ProgressItemFromDescription(description: string): IProgressItem;
}

/** The blocks of an image that belong to one file or one structure. */
export interface IProgressItem {
  /** What the blocks belong to, such as the path of a file. */
  readonly Description: string;
  /** The first block, counted from 0. */
  readonly FirstBlock: number;
  /** The last block. */
  readonly LastBlock: number;
  /** How many blocks there are. */
  readonly BlockCount: number;
}

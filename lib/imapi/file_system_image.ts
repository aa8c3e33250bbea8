/** IFileSystemImage: builds the file system of a disc. @module */
import { AutomationError, scriptError } from "../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import {
  createDirectory,
  type ImageDirectory,
  ImageError,
  type ImagePlan,
  ImageReader,
  planImage,
  UDF_REVISIONS,
  type UdfRevision,
} from "../image/mod.ts";
import { isoIdentifiers, jolietIdentifiers, type Named, udfIdentifiers } from "../image/names.ts";
import { copyTree, type ImageNode, ImageTree, splitPath } from "./_image_tree.ts";
import { FsiFileSystems, FsiItemType, IMAPI_MEDIA_PHYSICAL_TYPE } from "./constants.ts";
import { recorderOf } from "./disc_recorder2.ts";
import type { ImapiEnvironment } from "./environment.ts";
import { automationErrorOf, translated } from "./errors.ts";
import { FileSystemImageResult } from "./file_system_image_result.ts";
import { FsiDirectoryItem, FsiFileItem, type ItemHost } from "./fsi_items.ts";
import { imapiError } from "./hresult.ts";
import { NO_CONTENT } from "./image_stream.ts";
import type { IDiscRecorder2, IFileSystemImage } from "./types.ts";

/** IFileSystemImage as data. */
// deno-fmt-ignore -- a table: one row a member
export const IFileSystemImageTable = defineInterface("IFileSystemImage", "{2C941FE1-975B-59BE-A960-9A2A262853A5}", {
  Root: { dispid: 0, get: "IFsiDirectoryItem*", doc: "The root directory of the image." },
  FreeMediaBlocks: { dispid: 2, get: "LONG", put: "LONG", doc: "The most blocks of 2048 bytes that the image may have; 0 for any number." },
  SetMaxMediaBlocksFromDevice: { dispid: 36, method: "void", params: [["discRecorder", "IDiscRecorder2*"]], doc: "Sets FreeMediaBlocks to what is free on the medium in a drive." },
  UsedBlocks: { dispid: 3, get: "LONG", doc: "How many blocks of 2048 bytes the image has now." },
  VolumeName: { dispid: 4, get: "BSTR", put: "BSTR", doc: "The name of the volume: up to 32 characters, or empty for one made of date and time." },
  FileCount: { dispid: 7, get: "LONG", doc: "How many files the image holds." },
  DirectoryCount: { dispid: 8, get: "LONG", doc: "How many directories the image holds, its root among them." },
  WorkingDirectory: { dispid: 9, get: "BSTR", put: "BSTR", doc: "The directory for temporary files." },
  ChangePoint: { dispid: 10, get: "LONG", doc: "The number of the last change; what RollbackToChangePoint takes." },
  StrictFileSystemCompliance: { dispid: 11, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether the limits of the standards hold where most systems read more; set while the image is empty." },
  UseRestrictedCharacterSet: { dispid: 12, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether names may only have characters 32 to 127." },
  FileSystemsToCreate: { dispid: 13, get: "LONG", put: "LONG", doc: "The file systems that the image gets, a sum of bits of FsiFileSystems." },
  FileSystemsSupported: { dispid: 14, get: "LONG", doc: "The file systems that it can get, a sum of bits of FsiFileSystems." },
  UDFRevision: { dispid: 37, get: "LONG", put: "LONG", doc: "The revision of UDF as a hexadecimal number: 0x102 for 1.02." },
  UDFRevisionsSupported: { dispid: 31, get: "SAFEARRAY(LONG)", doc: "The revisions of UDF that can be set." },
  ChooseImageDefaults: { dispid: 32, method: "void", params: [["discRecorder", "IDiscRecorder2*"]], doc: "Chooses file systems and size for the medium in a drive." },
  ChooseImageDefaultsForMediaType: { dispid: 33, method: "void", params: [["value", "LONG"]], doc: "Chooses file systems and size for a kind of medium (IMAPI_MEDIA_PHYSICAL_TYPE)." },
  ISO9660InterchangeLevel: { dispid: 34, get: "LONG", put: "LONG", doc: "The interchange level of ISO 9660, 1 to 3, which says how long its names may be." },
  ISO9660InterchangeLevelsSupported: { dispid: 38, get: "SAFEARRAY(LONG)", doc: "The interchange levels that can be set." },
  CreateResultImage: { dispid: 15, method: "IFileSystemImageResult*", doc: "Makes the image of what the tree holds now." },
  Exists: { dispid: 16, method: "LONG", params: [["fullPath", "BSTR"]], doc: "What lies at a full path, from FsiItemType: nothing, a directory or a file." },
  RollbackToChangePoint: { dispid: 23, method: "void", params: [["changePoint", "LONG"]], doc: "Undoes all changes since a change point." },
  LockInChangePoint: { dispid: 24, method: "void", doc: "Keeps all changes up to now from being undone." },
  CreateDirectoryItem: { dispid: 25, method: "IFsiDirectoryItem*", params: [["name", "BSTR"]], doc: "A new directory, to be filled and put into the image with Add." },
  CreateFileItem: { dispid: 26, method: "IFsiFileItem*", params: [["name", "BSTR"]], doc: "A new file, to be given its Data and put into the image with Add." },
  VolumeNameUDF: { dispid: 27, get: "BSTR", doc: "The name of the volume as UDF records it." },
  VolumeNameJoliet: { dispid: 28, get: "BSTR", doc: "The name of the volume as Joliet records it." },
  VolumeNameISO9660: { dispid: 29, get: "BSTR", doc: "The name of the volume as ISO 9660 records it." },
  StageFiles: { dispid: 30, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether files are copied to the working directory when they are added." },
}, { doc: "The file systems of a disc, while they are put together." });

const { FsiFileSystemISO9660: ISO9660, FsiFileSystemJoliet: JOLIET, FsiFileSystemUDF: UDF } = FsiFileSystems;
/** The revisions of UDF by their numbers, 0x102 for 1.02. */
const UDF_REVISION_BY_NUMBER: ReadonlyMap<number, UdfRevision> = new Map(
  UDF_REVISIONS.map((revision) => [parseInt(revision.replace(".", ""), 16), revision]),
);
const UDF_REVISION_DEFAULT = 0x102;
const ISO_LEVELS = [1, 2, 3] as const;
/** Directory levels of ISO 9660 (ECMA-119 6.8.2.1). */
const ISO_DIRECTORY_LEVELS = 8;
/** 650 MB, 74 minutes: what the documentation gives as the limit of a new image. */
const DEFAULT_FREE_BLOCKS = 332_800;
const VOLUME_NAME_UNITS_MAX = 32;

/** Sectors of a blank disc by IMAPI_MEDIA_PHYSICAL_TYPE: what an image for a medium that is not there may have. */
const BLANK_SECTORS: ReadonlyMap<number, number> = new Map([
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_CDR, DEFAULT_FREE_BLOCKS],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_CDRW, DEFAULT_FREE_BLOCKS],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_DVDRAM, 2_236_704],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_DVDPLUSR, 2_295_104],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_DVDPLUSRW, 2_295_104],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_DVDPLUSR_DUALLAYER, 4_173_824],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_DVDDASHR, 2_297_888],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_DVDDASHRW, 2_297_888],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_DVDDASHR_DUALLAYER, 4_171_712],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_DVDPLUSRW_DUALLAYER, 4_173_824],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_BDR, 12_219_392],
  [IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_BDRE, 11_826_176],
]);

/** An image that scripts put together. */
export class FileSystemImage extends AutomationClass implements IFileSystemImage {
  readonly #environment: ImapiEnvironment;
  readonly #tree = new ImageTree();
  readonly #host: ItemHost;
  readonly Root: FsiDirectoryItem;
  readonly FileSystemsSupported = ISO9660 | JOLIET | UDF;
  #fileSystems: number = ISO9660 | JOLIET | UDF;
  #freeMediaBlocks = DEFAULT_FREE_BLOCKS;
  #isoLevel: 1 | 2 | 3 = 1;
  #udfRevision = UDF_REVISION_DEFAULT;
  #volumeName = "";
  #workingDirectory: string;
  #strict = false;
  /** What UsedBlocks was computed from, so that it is computed once. */
  #measured: { version: number; settings: string; sectors: number } | undefined;
  /** Names in one file system of the children of the directory that was asked about last. */
  #named:
    | { version: number; fileSystem: number; directory: ImageDirectory; names: Map<ImageNode, string> }
    | undefined;

  constructor(environment: ImapiEnvironment) {
    super();
    this.#environment = environment;
    this.#workingDirectory = environment.workingDirectory ?? "";
    this.#host = {
      tree: this.#tree,
      now: () => environment.now(),
      readTree: (path) => readTree(environment, path),
      identifierOf: (fileSystem, directory, node) => this.#identifierOf(fileSystem, directory, node),
      requireFileSystem: (fileSystem) => this.#requireFileSystem(fileSystem),
      requireFits: (action) => this.#requireFits(action),
    };
    this.Root = new FsiDirectoryItem(this.#host, this.#tree.root);
  }

  get FreeMediaBlocks(): number {
    return this.#freeMediaBlocks;
  }
  /** 0, and for scripts that write −1 any negative number, is no limit. */
  set FreeMediaBlocks(newVal: number) {
    if (newVal <= 0) this.#freeMediaBlocks = newVal;
    else this.#limit(newVal, `set FreeMediaBlocks to ${newVal}`);
  }

  SetMaxMediaBlocksFromDevice(discRecorder: IDiscRecorder2): void {
    const action = "take the size of the image from the disc";
    this.#limit(recorderOf(discRecorder).inspect(action).freeSectors, action);
  }

  get UsedBlocks(): number {
    if (this.#fileSystems === FsiFileSystems.FsiFileSystemNone) return 0;
    const { version } = this.#tree;
    const present = this.#measured;
    const settings = `${this.#fileSystems} ${this.#isoLevel} ${this.#udfRevision}`;
    if (present?.version === version && present.settings === settings) return present.sectors;
    const sectors = this.#plan(this.#tree.root).sizeSectors;
    this.#measured = { version, settings, sectors };
    return sectors;
  }

  get VolumeName(): string {
    return this.#volumeName;
  }
  set VolumeName(newVal: string) {
    // deno-lint-ignore no-control-regex -- control characters are what is looked for
    const bad = /[\u0000-\u001f\\/:;*?"<>|]/.exec(newVal);
    if (newVal.length > VOLUME_NAME_UNITS_MAX || bad !== null || !newVal.isWellFormed()) {
      throw imapiError(
        "IMAPI_E_INVALID_VOLUME_NAME",
        `Cannot set the volume name to "${newVal}": ` +
          (bad === null
            ? `it has ${newVal.length} characters`
            : `it has the character ${JSON.stringify(bad[0])}`) +
          `; use at most ${VOLUME_NAME_UNITS_MAX} letters, digits, and such marks as "_", "-" and "."`,
      );
    }
    this.#volumeName = newVal;
  }

  get VolumeNameISO9660(): string {
    return this.#volumeName === "" ? "" : volumeNames(this.#volumeName).iso9660;
  }

  get VolumeNameJoliet(): string {
    return this.#volumeName === "" ? "" : volumeNames(this.#volumeName).joliet;
  }

  get VolumeNameUDF(): string {
    return this.#volumeName === "" ? "" : volumeNames(this.#volumeName).udf;
  }

  get FileCount(): number {
    return this.#tree.totals.files;
  }

  get DirectoryCount(): number {
    return this.#tree.totals.directories;
  }

  get WorkingDirectory(): string {
    return this.#workingDirectory;
  }
  /** Nothing of an image is written there, since nothing is copied; that it exists is checked as documented. */
  set WorkingDirectory(newVal: string) {
    const path = this.#environment.resolvePath(newVal);
    let found = "it is a file";
    try {
      if (Deno.statSync(path).isDirectory) {
        this.#workingDirectory = newVal;
        return;
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw automationErrorOf(error);
      found = "there is none";
    }
    throw imapiError(
      "IMAPI_E_INVALID_WORKING_DIRECTORY",
      `Cannot set the working directory to "${newVal}": ${found}; name a directory that exists`,
    );
  }

  get ChangePoint(): number {
    return this.#tree.changePoint;
  }

  RollbackToChangePoint(changePoint: number): void {
    this.#tree.rollbackTo(changePoint);
  }

  LockInChangePoint(): void {
    this.#tree.lockIn();
  }

  get StrictFileSystemCompliance(): boolean {
    return this.#strict;
  }
  set StrictFileSystemCompliance(newVal: boolean) {
    if (newVal && this.Root.Count > 0) {
      throw imapiError(
        "IMAPI_E_FILE_SYSTEM_NOT_EMPTY",
        `Cannot set StrictFileSystemCompliance: the image has ${this.Root.Count} items in its root; ` +
          "set it before anything is added",
      );
    }
    this.#strict = newVal;
    this.#applyRules();
  }

  get UseRestrictedCharacterSet(): boolean {
    return this.#tree.rules.restrictedCharacters;
  }
  set UseRestrictedCharacterSet(newVal: boolean) {
    this.#tree.rules.restrictedCharacters = newVal;
  }

  get FileSystemsToCreate(): number {
    return this.#fileSystems;
  }
  set FileSystemsToCreate(newVal: number) {
    const isSum = (newVal & ~this.FileSystemsSupported) === 0;
    if (!isSum || ((newVal & JOLIET) !== 0 && (newVal & ISO9660) === 0)) {
      throw imapiError(
        "IMAPI_E_INVALID_PARAM",
        `Cannot set FileSystemsToCreate to ${newVal}: ` +
          (isSum
            ? "Joliet lies beside ISO 9660; add 1"
            : "it is no sum of ISO 9660 (1), Joliet (2) and UDF (4)"),
      );
    }
    this.#fileSystems = newVal;
    this.#applyRules();
  }

  get UDFRevision(): number {
    return this.#udfRevision;
  }
  set UDFRevision(newVal: number) {
    if (!UDF_REVISION_BY_NUMBER.has(newVal)) {
      const known = [...UDF_REVISION_BY_NUMBER].map(([number, name]) => `&H${number.toString(16)} (${name})`);
      throw imapiError(
        "IMAPI_E_INVALID_PARAM",
        `Cannot set UDFRevision to ${newVal}: no revision has this number; use one of ${known.join(", ")}`,
      );
    }
    this.#udfRevision = newVal;
  }

  get UDFRevisionsSupported(): readonly number[] {
    return [...UDF_REVISION_BY_NUMBER.keys()];
  }

  get ISO9660InterchangeLevel(): number {
    return this.#isoLevel;
  }
  set ISO9660InterchangeLevel(newVal: number) {
    const level = ISO_LEVELS.find((candidate) => candidate === newVal);
    if (level === undefined) {
      throw imapiError(
        "IMAPI_E_INVALID_PARAM",
        `Cannot set ISO9660InterchangeLevel to ${newVal}: use 1, 2 or 3`,
      );
    }
    this.#isoLevel = level;
  }

  get ISO9660InterchangeLevelsSupported(): readonly number[] {
    return ISO_LEVELS;
  }

  /** No files are staged: an image reads them when it is read. */
  get StageFiles(): boolean {
    return false;
  }
  set StageFiles(newVal: boolean) {
    if (!newVal) return;
    throw imapiError(
      "E_NOTIMPL",
      "Cannot set StageFiles: files are read from where they are while the disc is burned; copy them first instead",
    );
  }

  ChooseImageDefaults(discRecorder: IDiscRecorder2): void {
    const action = "choose the defaults for the disc";
    const medium = recorderOf(discRecorder).inspect(action);
    const isRecordable = BLANK_SECTORS.has(medium.imapiMediaType);
    if (!isRecordable || medium.freeSectors === 0) {
      throw imapiError(
        "E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE",
        `Cannot ${action}: found ${medium.description}; insert a ${
          isRecordable ? "blank" : "recordable"
        } disc`,
      );
    }
    this.#chooseDefaults(medium.freeSectors, action);
  }

  ChooseImageDefaultsForMediaType(value: number): void {
    const sectors = BLANK_SECTORS.get(value);
    if (sectors === undefined) {
      throw imapiError(
        "IMAPI_E_INVALID_PARAM",
        `Cannot choose the defaults for media type ${value}: no recordable disc has it; ` +
          `use one of ${[...BLANK_SECTORS.keys()].join(", ")}`,
      );
    }
    this.#chooseDefaults(sectors, `choose the defaults for media type ${value}`);
  }

  Exists(fullPath: string): number {
    const action = `look for "${fullPath}"`;
    if (!/^[\\/]/.test(fullPath)) {
      throw imapiError(
        "IMAPI_E_INVALID_PATH",
        `Cannot ${action}: the path does not begin at the root; begin it with \\`,
      );
    }
    const item = this.Root.find(splitPath(action, fullPath));
    if (item === undefined) return FsiItemType.FsiItemNotFound;
    return item instanceof FsiDirectoryItem ? FsiItemType.FsiItemDirectory : FsiItemType.FsiItemFile;
  }

  CreateDirectoryItem(name: string): FsiDirectoryItem {
    const now = this.#environment.now();
    const times = { created: now, modified: now, accessed: now };
    return new FsiDirectoryItem(
      this.#host,
      createDirectory(itemName("create the directory item", name), times),
    );
  }

  CreateFileItem(name: string): FsiFileItem {
    const now = this.#environment.now();
    return new FsiFileItem(this.#host, {
      kind: "file",
      name: itemName("create the file item", name),
      content: NO_CONTENT,
      created: now,
      modified: now,
      accessed: now,
    });
  }

  CreateResultImage(): FileSystemImageResult {
    if (this.#fileSystems === FsiFileSystems.FsiFileSystemNone) {
      throw imapiError(
        "IMAPI_E_NO_OUTPUT",
        "Cannot create the image: FileSystemsToCreate is 0; set it to a sum of ISO 9660 (1), Joliet (2) and UDF (4)",
      );
    }
    // A copy, so that what a script changes later is in the next image and not in this one.
    const plan = this.#plan(copyTree(this.#tree.root));
    this.#requireSectors(plan.sizeSectors, "create the image");
    return new FileSystemImageResult(plan);
  }

  #plan(root: ImageDirectory): ImagePlan {
    const timestamp = this.#environment.now();
    return translated(() =>
      planImage(root, {
        timestamp,
        volumeName: this.#volumeName === "" ? defaultVolumeName(timestamp) : this.#volumeName,
        fileSystems: this.#fileSystems,
        isoLevel: this.#isoLevel,
        udfRevision: UDF_REVISION_BY_NUMBER.get(this.#udfRevision)!,
      })
    );
  }

  #chooseDefaults(sectors: number, action: string): void {
    this.#limit(sectors, action);
    this.#fileSystems = this.FileSystemsSupported;
    this.#applyRules();
  }

  #limit(blocks: number, action: string): void {
    if (this.UsedBlocks > blocks) {
      throw imapiError(
        "IMAPI_E_IMAGE_TOO_BIG",
        `Cannot ${action}: the image needs ${this.UsedBlocks} blocks already, and there would be ${blocks}`,
      );
    }
    this.#freeMediaBlocks = blocks;
  }

  #applyRules(): void {
    this.#tree.rules.levelsMax = this.#strict && (this.#fileSystems & ISO9660) !== 0
      ? ISO_DIRECTORY_LEVELS
      : 0;
  }

  /** Checks the size after a change: exactly only when it comes near the limit, since that takes a plan. */
  #requireFits(action: string): void {
    const { dataSectors, files, directories } = this.#tree.totals;
    if (this.#freeMediaBlocks <= 0 || this.#fileSystems === FsiFileSystems.FsiFileSystemNone) return;
    // The structures of all three file systems together stay below this, UDF's copied ones too: a name takes at most 255
    // bytes in each.
    const sectorsMax = 2000 + dataSectors + 3 * files + 8 * directories;
    if (sectorsMax <= this.#freeMediaBlocks) return;
    this.#requireSectors(dataSectors > this.#freeMediaBlocks ? dataSectors : this.UsedBlocks, action);
  }

  #requireSectors(sectors: number, action: string): void {
    if (this.#freeMediaBlocks <= 0 || sectors <= this.#freeMediaBlocks) return;
    throw imapiError(
      "IMAPI_E_IMAGE_SIZE_LIMIT",
      `Cannot ${action}: the image would have ${sectors} blocks, and its limit is ${this.#freeMediaBlocks}; ` +
        "use a larger disc, or set FreeMediaBlocks",
    );
  }

  #requireFileSystem(fileSystem: number): void {
    const isOne = fileSystem === ISO9660 || fileSystem === JOLIET || fileSystem === UDF;
    if (isOne && (this.#fileSystems & fileSystem) !== 0) return;
    throw imapiError(
      "IMAPI_E_INVALID_PARAM",
      `Cannot get a name for file system ${fileSystem}: name one of those in FileSystemsToCreate (${this.#fileSystems})`,
    );
  }

  #identifierOf(fileSystem: number, directory: ImageDirectory, node: ImageNode): string {
    const { version } = this.#tree;
    let named = this.#named;
    if (named?.version !== version || named.fileSystem !== fileSystem || named.directory !== directory) {
      const names = identifiersOf(fileSystem, directory, this.#isoLevel);
      this.#named = named = { version, fileSystem, directory, names };
    }
    return named.names.get(node) ?? "";
  }
}

implementInterface(FileSystemImage, [IFileSystemImageTable]);

/** The names that the children of a directory get, as the image's plan gives them: sorted first. */
function identifiersOf(
  fileSystem: number,
  directory: ImageDirectory,
  isoLevel: 1 | 2 | 3,
): Map<ImageNode, string> {
  const nodes = [...directory.children.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  const named: Named[] = nodes.map((node) => ({ name: node.name, isDirectory: node.kind === "directory" }));
  const identifiers = fileSystem === ISO9660
    ? isoIdentifiers(named, isoLevel)
    : fileSystem === JOLIET
    ? jolietIdentifiers(named)
    : udfIdentifiers(named);
  return new Map(nodes.map((node, index) => [node, identifiers[index]!]));
}

function itemName(action: string, name: string): string {
  const names = splitPath(`${action} "${name}"`, name, "IMAPI_E_INVALID_PARAM");
  if (names.length === 1 && names[0] === name) return name;
  throw imapiError("IMAPI_E_INVALID_PARAM", `Cannot ${action} "${name}": it is a path; give one name`);
}

function readTree(environment: ImapiEnvironment, path: string): { tree: ImageDirectory; baseName: string } {
  const directory = environment.resolvePath(path);
  try {
    return { tree: environment.readTree(directory), baseName: baseNameOf(path) || baseNameOf(directory) };
  } catch (error) {
    throw treeErrorOf(error, path, directory);
  }
}

/** A directory that is not there is another matter than one that holds what cannot be read. */
function treeErrorOf(error: unknown, path: string, directory: string): unknown {
  const isItself = !(error instanceof ImageError) || error.path === directory;
  const said = error instanceof ImageError && error.cause !== undefined ? error.cause : error;
  if (isItself && said instanceof Deno.errors.NotFound) {
    return scriptError(
      "pathNotFound",
      `Cannot add the tree "${path}": there is no directory "${directory}"`,
      {
        cause: error,
      },
    );
  }
  const translatedError = automationErrorOf(error);
  if (!(error instanceof ImageError) || error.code !== "sourceUnreadable") return translatedError;
  if (translatedError instanceof AutomationError && translatedError.hresultName === undefined) {
    return translatedError;
  }
  const name = isItself ? "IMAPI_E_DIRECTORY_READ_FAILURE" : "IMAPI_E_DATA_STREAM_CREATE_FAILURE";
  return imapiError(name, `Cannot add the tree "${path}": ${error.message}`, { cause: error });
}

/** The last name of a path; "" for a drive, a root, and for `.` and `..`. */
function baseNameOf(path: string): string {
  const name = path.replace(/[\\/]+$/, "").replace(/^.*[\\/:]/, "");
  return name === "." || name === ".." ? "" : name;
}

/** The name of a volume that was given none: date and time, in 15 characters. */
function defaultVolumeName(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}_` +
    `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

/** The name as each file system records it, read from the descriptors of an empty image. */
function volumeNames(volumeName: string): { iso9660: string; joliet: string; udf: string } {
  const plan = planImage(createDirectory(), { timestamp: new Date(0), volumeName });
  using reader = new ImageReader(plan);
  const sector = new Uint8Array(2048);
  const names = { iso9660: "", joliet: "", udf: "" };
  for (let lba = 16; lba < 300; lba++) {
    reader.read(lba, 1, sector);
    const isVolumeDescriptor = String.fromCharCode(...sector.subarray(1, 6)) === "CD001";
    if (isVolumeDescriptor && sector[0] === 1) {
      names.iso9660 = new TextDecoder("latin1").decode(sector.subarray(40, 72)).trimEnd(); // ECMA-119 8.4.6
    } else if (isVolumeDescriptor && sector[0] === 2) {
      names.joliet = new TextDecoder("utf-16be").decode(sector.subarray(40, 72)).trimEnd();
    } else if (sector[0] === 6 && sector[1] === 0 && sector[12] === lba) {
      names.udf = dstring(sector.subarray(84, 84 + 128)); // ECMA-167 3/10.6.4
      break;
    }
  }
  return names;
}

/** A dstring of OSTA Compressed Unicode (UDF 2.1.3): its last byte is the length, its first the bits of a unit. */
function dstring(bytes: Uint8Array): string {
  const text = bytes.subarray(1, bytes[bytes.length - 1]);
  return bytes[0] === 16 ? new TextDecoder("utf-16be").decode(text) : new TextDecoder("latin1").decode(text);
}

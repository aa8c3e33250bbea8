/** Volume descriptors of ISO 9660, Joliet and ISO 9660:1999 (ECMA-119 8.3 to 8.5). @module */
import {
  cutUnits,
  SECTOR_BYTES,
  setLatin1,
  setUint16Both,
  setUint32Both,
  setUtf16,
  setVolumeDate,
  viewOf,
} from "./binary.ts";
import { bytesAsLatin1, cutToBytes, toACharacters, toDCharacters } from "./names.ts";

/** What a volume says about itself. */
export interface VolumeTexts {
  readonly volumeName: string;
  readonly systemId: string;
  readonly volumeSetId: string;
  readonly publisherId: string;
  readonly preparerId: string;
  readonly applicationId: string;
}

/** Files of the root that say more of a volume; each is the identifier that the view has for it, or empty. */
export interface VolumeFiles {
  readonly copyright: string;
  readonly abstract: string;
  readonly bibliographic: string;
}

/** The times of a volume. */
export interface VolumeDates {
  readonly created: Date;
  readonly modified: Date;
  /** After which it is obsolete. */
  readonly expires: Date | undefined;
  /** Before which it is not to be used. */
  readonly effective: Date | undefined;
}

/** The text of a view: what its characters are in a descriptor. */
export type VolumeText = "d-characters" | "utf-16" | "utf-8";

/** What a descriptor says besides. */
export interface VolumeDescriptor {
  /** Primary or supplementary (ECMA-119 8.1.1). */
  readonly type: 1 | 2;
  /** Of the descriptor and the directories: 2 is ISO 9660:1999. */
  readonly version: 1 | 2;
  readonly text: VolumeText;
  readonly texts: VolumeTexts;
  readonly files: VolumeFiles;
  readonly dates: VolumeDates;
  readonly sizeSectors: number;
  readonly pathTable: { readonly bytes: number; readonly littleLba: number; readonly bigLba: number };
}

/** Volume descriptor, primary and supplementary (ECMA-119 8.4, 8.5). */
const VOLUME = {
  type: 0, //                    8.4.1   8-bit
  standardIdentifier: 1, //      8.4.2   "CD001"
  version: 6, //                 8.4.3   8-bit
  systemId: 8, //                8.4.5   32 characters
  volumeId: 40, //               8.4.6   32 characters
  volumeSpaceSectors: 80, //     8.4.8   32-bit both-byte order
  escapeSequences: 88, //        8.5.6   32 bytes, of a supplementary descriptor
  volumeSetSize: 120, //         8.4.10  16-bit both-byte order
  volumeSequence: 124, //        8.4.11  16-bit both-byte order
  logicalBlockBytes: 128, //     8.4.12  16-bit both-byte order
  pathTableBytes: 132, //        8.4.13  32-bit both-byte order
  pathTableL: 140, //            8.4.14  32-bit, least significant byte first
  pathTableM: 148, //            8.4.16  32-bit, most significant byte first
  rootRecord: 156, //            8.4.18  34 bytes
  volumeSetId: 190, //           8.4.19  128 characters
  publisherId: 318, //           8.4.20  128 characters
  preparerId: 446, //            8.4.21  128 characters
  applicationId: 574, //         8.4.22  128 characters
  copyrightFileId: 702, //       8.4.23  37 characters
  abstractFileId: 739, //        8.4.24  37 characters
  bibliographicFileId: 776, //   8.4.25  37 characters
  creationDate: 813, //          8.4.26  17 bytes
  modificationDate: 830, //      8.4.27  17 bytes
  expirationDate: 847, //        8.4.28  17 bytes
  effectiveDate: 864, //         8.4.29  17 bytes
  fileStructureVersion: 881, //  8.4.30  8-bit
} as const;

/** Bytes of an identifier of a file in a descriptor. */
export const FILE_ID_BYTES = 37;

/** Where the 34 bytes of the root's record go. */
export const ROOT_RECORD_OFFSET = VOLUME.rootRecord;

/** Writes a volume descriptor but for the root's record. */
export function renderVolumeDescriptor(target: Uint8Array, descriptor: VolumeDescriptor): void {
  const { texts, text, files, dates, pathTable } = descriptor;
  const view = viewOf(target);
  target[VOLUME.type] = descriptor.type;
  setLatin1(target, VOLUME.standardIdentifier, "CD001");
  target[VOLUME.version] = descriptor.version;
  const setText = (offset: number, lengthBytes: number, value: string): void =>
    setPadded(target, offset, lengthBytes, encoded(value, lengthBytes, text));
  setText(VOLUME.systemId, 32, texts.systemId);
  setText(VOLUME.volumeId, 32, nameIn(text, texts.volumeName));
  setUint32Both(target, VOLUME.volumeSpaceSectors, descriptor.sizeSectors);
  if (text === "utf-16") setLatin1(target, VOLUME.escapeSequences, "%/E"); // UCS-2 level 3
  setUint16Both(target, VOLUME.volumeSetSize, 1);
  setUint16Both(target, VOLUME.volumeSequence, 1);
  setUint16Both(target, VOLUME.logicalBlockBytes, SECTOR_BYTES);
  setUint32Both(target, VOLUME.pathTableBytes, pathTable.bytes);
  view.setUint32(VOLUME.pathTableL, pathTable.littleLba, true);
  view.setUint32(VOLUME.pathTableM, pathTable.bigLba, false);
  setText(VOLUME.volumeSetId, 128, nameIn(text, texts.volumeSetId));
  setText(VOLUME.publisherId, 128, texts.publisherId);
  setText(VOLUME.preparerId, 128, texts.preparerId);
  setText(VOLUME.applicationId, 128, texts.applicationId);
  const ids = [files.copyright, files.abstract, files.bibliographic];
  for (
    const [index, at] of [VOLUME.copyrightFileId, VOLUME.abstractFileId, VOLUME.bibliographicFileId].entries()
  ) {
    const id = ids[index]!; // of its directory, and in its letters already
    setPadded(
      target,
      at,
      FILE_ID_BYTES,
      text === "utf-16" ? { units: id, unitBytes: 2 } : { units: id, unitBytes: 1 },
    );
  }
  setVolumeDate(target, VOLUME.creationDate, dates.created);
  setVolumeDate(target, VOLUME.modificationDate, dates.modified);
  setVolumeDate(target, VOLUME.expirationDate, dates.expires);
  setVolumeDate(target, VOLUME.effectiveDate, dates.effective);
  target[VOLUME.fileStructureVersion] = descriptor.version;
}

/** Volume descriptor set terminator (ECMA-119 8.3). */
export function renderTerminator(target: Uint8Array): void {
  target[VOLUME.type] = 255;
  setLatin1(target, VOLUME.standardIdentifier, "CD001");
  target[VOLUME.version] = 1;
}

interface Encoded {
  readonly units: string;
  readonly unitBytes: 1 | 2;
}

/** Names of volumes and sets have fewer letters than other texts (ECMA-119 8.4.6). */
function nameIn(text: VolumeText, name: string): string {
  return text === "d-characters" ? toDCharacters(name).replaceAll(".", "_") : name;
}

function encoded(value: string, lengthBytes: number, text: VolumeText): Encoded {
  switch (text) {
    case "utf-16":
      return { units: cutUnits(value, lengthBytes >> 1), unitBytes: 2 };
    case "utf-8":
      return { units: bytesAsLatin1(cutToBytes(value.toWellFormed(), lengthBytes)), unitBytes: 1 };
    case "d-characters":
      return { units: toACharacters(value).slice(0, lengthBytes), unitBytes: 1 };
  }
}

function setPadded(
  target: Uint8Array,
  offset: number,
  lengthBytes: number,
  { units, unitBytes }: Encoded,
): void {
  if (unitBytes === 1) setLatin1(target, offset, units.padEnd(lengthBytes));
  else setUtf16(target, offset, units.padEnd(lengthBytes >> 1)); // the odd byte of the 37-byte fields stays zero
}

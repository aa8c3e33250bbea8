/**
 * Checks an image as a whole: what each view's reader found, and whether the views agree about who owns which sector.
 *
 * @module
 */
import { SECTOR_BYTES } from "./binary.ts";
import { ProblemList } from "./problem_list.ts";
import type { ViewName, Volume, VolumeExtent, VolumeStructure } from "./volumes.ts";

/** Something wrong with an image. */
export interface ImageProblem {
  /** The view that it was found in; undefined if it is between views. */
  readonly view: ViewName | undefined;
  /** Where, and what. */
  readonly message: string;
}

/** A run of sectors with what lies in it. */
export interface ImageRegion {
  /** Its first sector. */
  readonly startLba: number;
  /** Its length. */
  readonly lengthSectors: number;
  /** What it is, for people: `UDF anchor`, or the path of a file. */
  readonly label: string;
  /** Whether it is the content of a file, or a structure of a file system. */
  readonly kind: "file" | "structure";
  /** The views that use it. */
  readonly views: readonly ViewName[];
}

/** All that is wrong with an image: each view's problems, and those of all views together. */
export function checkVolumes(volumes: readonly Volume[], sizeSectors: number): ImageProblem[] {
  const found: ImageProblem[] = [];
  for (const { fileSystem, problems } of volumes) {
    for (const message of problems) found.push({ view: fileSystem, message });
  }
  for (const volume of volumes) {
    for (const message of checkEntries(volume)) found.push({ view: volume.fileSystem, message });
  }
  for (const message of checkPlaces(volumes, sizeSectors)) found.push({ view: undefined, message });
  return found;
}

/** Names that are there twice: only one of them can be reached. */
function checkEntries(volume: Volume): readonly string[] {
  const problems = new ProblemList();
  const seen = new Set<string>();
  for (const { path } of volume.entries) {
    if (seen.has(path)) problems.push(`${path}: the directory has this name twice`);
    seen.add(path);
  }
  return problems.list;
}

/** Extents outside of the image, and sectors that two different things claim. */
function checkPlaces(volumes: readonly Volume[], sizeSectors: number): readonly string[] {
  const problems = new ProblemList();
  const claims = claimsOf(volumes);
  let before: Claim | undefined; // of those so far the one that ends last
  for (const claim of claims) {
    const endLba = claim.startLba + claim.lengthSectors;
    if (endLba > sizeSectors) {
      problems.push(`${claim.label}: ends at LBA ${endLba}, the image has ${sizeSectors} sectors`);
    }
    if (before !== undefined && claim.startLba < before.startLba + before.lengthSectors) {
      if (!mayShare(before, claim)) {
        problems.push(`${claim.label}: shares sectors from LBA ${claim.startLba} on with ${before.label}`);
      }
    }
    if (before === undefined || endLba > before.startLba + before.lengthSectors) before = claim;
  }
  return problems.list;
}

interface Claim extends ImageRegion {
  readonly isAlsoFile: boolean;
  readonly sizeBytes: number;
}

/**
 * The same content in two views or under two names is one run; so is a boot image that is also a file; and so are the
 * directories of ISO 9660 where those of ISO 9660:1999 are the same, as genisoimage and libarchive have them.
 */
function mayShare(a: Claim, b: Claim): boolean {
  if (a.isAlsoFile || b.isAlsoFile) return true;
  if (a.startLba !== b.startLba || a.lengthSectors !== b.lengthSectors) return false;
  if (a.kind !== b.kind) return false;
  return a.kind === "file" || a.label === b.label || isEnhanced(a) !== isEnhanced(b);
}

function isEnhanced({ views }: Claim): boolean {
  return views.includes("iso1999");
}

/** What lies where, in order of place; contents that several views or names share are one region. */
export function regionsOf(volumes: readonly Volume[]): ImageRegion[] {
  const regions: ImageRegion[] = [];
  for (const claim of claimsOf(volumes)) {
    const { startLba, lengthSectors, label, kind, views } = claim;
    const last = regions.at(-1);
    if (last !== undefined && last.startLba === startLba && last.lengthSectors === lengthSectors) {
      const all = [...new Set([...last.views, ...views])];
      regions[regions.length - 1] = {
        ...(last.kind === "file" ? last : { ...last, label, kind }),
        views: all,
      };
    } else regions.push({ startLba, lengthSectors, label, kind, views });
  }
  return regions;
}

function claimsOf(volumes: readonly Volume[]): Claim[] {
  const claims: Claim[] = [];
  const filesBySectors = new Map<number, number>(); // index in claims, by the first sector
  for (const { fileSystem, structures, entries, blockBytes = SECTOR_BYTES } of volumes) {
    for (const structure of structures) claims.push(structureClaim(structure, fileSystem));
    for (const entry of entries) {
      const streams = (entry.streams ?? []).map(({ name, ...stream }) => ({
        ...stream,
        path: `${entry.path}:${name}`,
      }));
      for (const one of entry.kind === "file" ? [entry, ...streams] : streams) {
        for (const run of runsOf(one.extents, blockBytes)) {
          const known = filesBySectors.get(run.startLba);
          const other = known === undefined ? undefined : claims[known]!;
          if (other !== undefined && other.lengthSectors === run.lengthSectors) {
            if (!other.views.includes(fileSystem)) {
              claims[known!] = { ...other, label: one.path, views: [...other.views, fileSystem] };
            }
            continue;
          }
          filesBySectors.set(run.startLba, claims.length);
          const { path: label, sizeBytes } = one;
          claims.push({ ...run, label, kind: "file", views: [fileSystem], isAlsoFile: false, sizeBytes });
        }
      }
    }
  }
  return claims.sort((a, b) => a.startLba - b.startLba || b.lengthSectors - a.lengthSectors);
}

function structureClaim(structure: VolumeStructure, view: ViewName): Claim {
  const { startLba, lengthSectors, label } = structure;
  const isAlsoFile = structure.isAlsoFile ?? false;
  const sizeBytes = lengthSectors * SECTOR_BYTES;
  return { startLba, lengthSectors, label, kind: "structure", views: [view], isAlsoFile, sizeBytes };
}

/** The sectors of a content; views cut it into different extents, so neighbours count as one. */
function runsOf(
  extents: readonly VolumeExtent[],
  blockBytes: number,
): { startLba: number; lengthSectors: number }[] {
  const runs: { startLba: number; lengthSectors: number }[] = [];
  for (const { startLba, lengthBytes } of extents) {
    if (startLba === undefined || lengthBytes === 0) continue;
    const lengthSectors = Math.ceil(lengthBytes / blockBytes) * blockBytes / SECTOR_BYTES;
    const last = runs.at(-1);
    if (last !== undefined && last.startLba + last.lengthSectors === startLba) {
      last.lengthSectors += lengthSectors;
    } else runs.push({ startLba, lengthSectors });
  }
  return runs;
}

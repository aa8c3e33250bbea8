/** The revisions of UDF, and in what they differ for a writer of read-only volumes. @module */

/** A revision of UDF. */
export type UdfRevision = "1.02" | "1.50" | "2.00" | "2.01" | "2.50" | "2.60";

/** How a volume of one revision is written. */
export interface UdfStyle {
  /** As people write it. */
  readonly revision: UdfRevision;
  /** In the coding of UDF 2.1.5.3: 0102h is 1.02. */
  readonly code: number;
  /** The least revision that a reader must know (UDF 2.2.6.4). */
  readonly readCode: number;
  /** Of descriptor tags: 2 is the second edition of ECMA-167, 3 the third (ECMA-167 3/7.2.2). */
  readonly tagVersion: 2 | 3;
  /** In the recognition sequence, and with a plus sign in the partition descriptor. */
  readonly standard: "NSR02" | "NSR03";
  /** Whether entries of files are extended ones, with a creation time, streams, and unique ids beside names. */
  readonly isExtended: boolean;
  /** Whether descriptors and directories lie in a metadata partition (UDF 2.2.10). */
  readonly hasMetadata: boolean;
}

function style(revision: UdfRevision, code: number, readCode = code): UdfStyle {
  const isThird = code >= 0x0200;
  return {
    revision,
    code,
    readCode,
    tagVersion: isThird ? 3 : 2,
    standard: isThird ? "NSR03" : "NSR02",
    isExtended: isThird,
    hasMetadata: code >= 0x0250,
  };
}

const STYLES: Readonly<Record<UdfRevision, UdfStyle>> = {
  "1.02": style("1.02", 0x0102),
  "1.50": style("1.50", 0x0150),
  "2.00": style("2.00", 0x0200),
  "2.01": style("2.01", 0x0201),
  "2.50": style("2.50", 0x0250),
  "2.60": style("2.60", 0x0260, 0x0250), // UDF 2.60 2.2.6.4: who knows 2.50 reads it
};

/** The revisions that can be written, the oldest first. */
export const UDF_REVISIONS: readonly UdfRevision[] = Object.keys(STYLES) as UdfRevision[];

/** How a volume of this revision is written; undefined if there is no such revision. */
export function udfStyle(revision: string): UdfStyle | undefined {
  return Object.hasOwn(STYLES, revision) ? STYLES[revision as UdfRevision] : undefined;
}

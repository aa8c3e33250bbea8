/** How much data one command carries. @module */

const SECTOR_BYTES = 2048;
/** What every bus and bridge lets through; what drives get to see of other programs is no more. */
const USUAL_BYTES_MAX = 65_536;

/** Sectors that one READ carries over a transport that takes so many bytes a command. */
export function sectorsPerRead(maxTransferBytes: number = USUAL_BYTES_MAX): number {
  return Math.max(1, Math.floor(maxTransferBytes / SECTOR_BYTES));
}

/**
 * Sectors that one WRITE carries. Hardware gets one block at a time, an ECC block or a cluster, as it is used to; a
 * transport that takes more than hardware does gets as many whole blocks as fit.
 */
export function sectorsPerWrite(
  blockSectors: number,
  maxTransferBytes: number = USUAL_BYTES_MAX,
): number {
  const most = sectorsPerRead(maxTransferBytes);
  if (maxTransferBytes <= USUAL_BYTES_MAX) return Math.min(blockSectors, most);
  return Math.max(1, Math.floor(most / blockSectors)) * blockSectors;
}

/** Reads sectors of a disc. @module */
import { read10 } from "../mmc/cdb.ts";
import type { Procedure } from "../mmc/request.ts";
import { send } from "./command.ts";

const SECTOR_BYTES = 2048;

/**
 * Reads `count` sectors of 2048 bytes with one command; valid until the next one.
 *
 * @throws BurnError when the drive cannot read them, with its sense data.
 */
export function readSectors(lba: number, count: number): Procedure<Uint8Array> {
  return send({
    action: () => `read sector ${lba}`,
    cdb: read10(lba, count),
    dataInBytes: count * SECTOR_BYTES,
  });
}

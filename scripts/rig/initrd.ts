/** Puts the guest's first file system together: a gzip'ed cpio archive, "newc" form (Linux' initramfs). @module */
import { toBytes } from "@std/streams/to-bytes";

/** One entry of the archive. */
export interface InitrdEntry {
  /** Without a leading slash. */
  readonly path: string;
  /** Type and permissions, as in stat(2): 0o100755, 0o040755. */
  readonly mode: number;
  readonly data?: Uint8Array;
}

/** Makes the archive. Folders have to come before what is in them. */
export async function makeInitrd(entries: readonly InitrdEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const [index, entry] of entries.entries()) addEntry(parts, entry, index + 1);
  addEntry(parts, { path: "TRAILER!!!", mode: 0 }, 0);
  const packed = new Blob(parts).stream().pipeThrough(new CompressionStream("gzip"));
  return await toBytes(packed);
}

function addEntry(parts: Uint8Array<ArrayBuffer>[], { path, mode, data }: InitrdEntry, inode: number): void {
  const name = new TextEncoder().encode(`${path}\0`);
  const size = data?.length ?? 0;
  // Magic; then inode, mode, uid, gid, links, time, size, two device pairs, length of the name, checksum (unused).
  const fields = [inode, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).toUpperCase().padStart(8, "0")).join("")}`;
  parts.push(padded(new TextEncoder().encode(header), name));
  if (data !== undefined) parts.push(padded(data));
}

/** The pieces in a row, filled up to a multiple of four bytes with zeros. */
function padded(...pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const bytes = new Uint8Array(Math.ceil(length / 4) * 4);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

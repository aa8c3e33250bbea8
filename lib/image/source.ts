/** What an image is made from. The image layer does no I/O: whoever calls it hands these in. @module */

/** The content of one file, read at any place. */
export interface FileContent {
  /** Length when the image was planned; what is read later is cut or filled up with zeros to it. */
  readonly sizeBytes: number;
  /** Opens it for reading. At most a few are open at a time. */
  open(): OpenContent;
}

/** An opened {@linkcode FileContent}. */
export interface OpenContent extends Disposable {
  /** Fills `target` with the bytes from `offset` on; returns how many there were, less than asked only at the end. */
  read(target: Uint8Array, offset: number): number;
}

/** What goes wrong while an image is planned or read. @module */

/** What was wrong, for programs. */
export type ImageErrorCode =
  | "name"
  | "volumeName"
  | "alignment"
  | "fileSystems"
  | "tooBig"
  | "tooManyDirectories"
  | "sourceUnreadable"
  | "sourceShrank"
  | "sourceGrew"
  | "damaged"
  | "unreadable";

/** An image that cannot be made as asked, or whose source failed while it was read. */
export class ImageError extends Error {
  /** The class name, as every error has it. */
  override readonly name = "ImageError";
  /** What was wrong, for programs. */
  readonly code: ImageErrorCode;
  /** The file or directory that it is about: where it came from if known, else its place in the image. */
  readonly path?: string;

  /** Makes one; `cause` is what the system said. */
  constructor(code: ImageErrorCode, message: string, options: { path?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    if (options.path !== undefined) this.path = options.path;
  }
}

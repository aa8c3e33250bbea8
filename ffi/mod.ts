/**
 * Deno's side of the native library. Importing this loads nothing: {@linkcode openNative} does.
 *
 * @module
 */

/** Interface version of `ffi/src/abi.zig` that this file speaks. */
const ABI_VERSION = 4;

const VERSION_SYMBOLS = {
  bs_abi: { parameters: [], result: "u32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** Every function of the library, with the names that its parameters have in Zig. */
export const SYMBOLS = {
  bs_list: { parameters: [/* out */ "buffer", /* capacity */ "u32"], result: "i32" },
  bs_open: { parameters: [/* path */ "buffer", /* flags */ "u32", /* detail */ "buffer"], result: "i32" },
  bs_limits: { parameters: [/* handle */ "i32", /* out */ "buffer"], result: "i32" },
  bs_exec: { parameters: [/* handle */ "i32", /* request */ "buffer", /* data */ "buffer"], result: "i32" },
  bs_exec_async: {
    name: "bs_exec",
    parameters: [/* handle */ "i32", /* request */ "buffer", /* data */ "buffer"],
    result: "i32",
    nonblocking: true,
  },
  bs_claim: {
    parameters: [/* handle */ "i32", /* flags */ "u32", /* who */ "buffer", /* detail */ "buffer"],
    result: "i32",
  },
  bs_close: { parameters: [/* handle */ "i32"], result: "i32" },
  bs_release_all: { parameters: [], result: "i32" },
  bs_awake: { parameters: [/* on */ "u32"], result: "i32" },
  bs_list_folder: {
    parameters: [/* path */ "buffer", /* out */ "buffer", /* capacity */ "u32", /* detail */ "buffer"],
    result: "i32",
  },
  bs_list_names: {
    parameters: [/* path */ "buffer", /* out */ "buffer", /* capacity */ "u32", /* detail */ "buffer"],
    result: "i32",
  },
  bs_inspect: { parameters: [/* path */ "buffer", /* out */ "buffer", /* detail */ "buffer"], result: "i32" },
  bs_find_data: {
    parameters: [/* path */ "buffer", /* offset */ "u64", /* range */ "buffer", /* detail */ "buffer"],
    result: "i32",
  },
  bs_copy_range: {
    parameters: [
      /* source */ "buffer",
      /* source_offset */ "u64",
      /* target */ "buffer",
      /* target_offset */ "u64",
      /* length */ "u64",
      /* copied */ "buffer",
      /* detail */ "buffer",
    ],
    result: "i32",
  },
  bs_read_files: {
    parameters: [
      /* paths */ "buffer",
      /* paths_length */ "u32",
      /* sizes */ "buffer",
      /* count */ "u32",
      /* target */ "buffer",
      /* capacity */ "u32",
    ],
    result: "i32",
  },
} as const satisfies Deno.ForeignLibraryInterface;

/** What a call failed of: `Failure` of abi.zig, in its order from 1 on. */
const FAILURES = [
  "not found",
  "busy",
  "denied",
  "not a drive",
  "bad argument",
  "no free handle",
  "bad handle",
  "unsupported",
  "failed",
] as const;

/** What a call failed of. */
export type NativeFailureKind = typeof FAILURES[number];

/** `Transport` of abi.zig, in its order. */
const TRANSPORTS = ["ok", "timeout", "gone", "reset", "aborted", "refused", "denied"] as const;

/** `Direction` of abi.zig. */
const DIRECTION = { none: 0, in: 1, out: 2 } as const;

const OPEN = { exclusive: 1, readOnly: 2 } as const;
const CLAIM = { lock: 1, release: 2, owner: 4, force: 8 } as const;

/** A call of the library failed. */
export class NativeFailure extends Error {
  override readonly name = "NativeFailure";

  /** @param osError errno, Win32 error or IOReturn; 0 when the system was not asked. */
  constructor(readonly kind: NativeFailureKind, readonly osError: number) {
    super(osError === 0 ? kind : `${kind} (system error ${osError < 0 ? hex(osError) : osError})`);
  }
}

/** A recorder that the system knows. */
export interface NativeDrive {
  /** What {@linkcode Native.open} takes: `/dev/sr0`, `\\.\D:`, or a path of macOS' registry. */
  readonly path: string;
  readonly vendor: string;
  readonly product: string;
  readonly revision: string;
  /** "usb", "sata", "scsi"…, as the system names it. */
  readonly bus: string;
  readonly uniqueId: string;
  /** Mount points, or drive letters. */
  readonly volumes: readonly string[];
}

/** One command for a drive. */
export interface NativeCommand {
  /** 6, 10, 12 or 16 bytes. */
  readonly cdb: Uint8Array;
  readonly direction: keyof typeof DIRECTION;
  /** What is sent, or where to put what comes; untouched by the caller until the command is over. */
  readonly data: Uint8Array | null;
  readonly timeoutMs: number;
}

/** What became of a command. */
export interface NativeReply {
  /** SCSI status byte. */
  readonly status: number;
  readonly sense: Uint8Array;
  readonly transport: typeof TRANSPORTS[number];
  /** Of `data`, how many bytes were not transferred. */
  readonly residualBytes: number;
  /** What the system said, where the transport is not ok. */
  readonly osError: number;
  readonly hostStatus: number;
  /** As the kernel measured it; 0 where it does not. */
  readonly durationMs: number;
}

/** What the system tells of a file or folder. */
export interface NativeFileInfo {
  readonly size: number;
  readonly modifiedMs: number;
  /** NaN where the file system does not keep it. */
  readonly createdMs: number;
  readonly accessedMs: number;
  readonly inode: number;
  readonly device: number;
  /** Type and permissions, as stat(2) has them. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
  /** What the system said if it told nothing of the entry, else 0. */
  readonly osError: number;
}

/** One entry of a folder. */
export interface NativeFolderEntry extends NativeFileInfo {
  /** In UTF-8, as far as it is. */
  readonly name: Uint8Array<ArrayBuffer>;
}

/** The entries of a folder, in the system's order. They are there until the library is asked for another folder. */
export interface NativeFolder {
  /** How many there are. */
  readonly length: number;
  /** One of them; it is the same object each time, and tells of the last call. */
  entryAt(index: number): NativeFolderEntry;
}

/** What {@linkcode Native.copyRange} copies. */
export interface NativeCopy {
  readonly source: Uint8Array<ArrayBuffer>;
  readonly sourceOffset: number;
  /** A file that is there. */
  readonly target: Uint8Array<ArrayBuffer>;
  readonly targetOffset: number;
  readonly length: number;
}

/** The opened library. Its handles belong to the process, not to the thread or the object they were opened by. */
export interface Native extends Disposable {
  /** The recorders of this machine; no command is sent to any. */
  list(): NativeDrive[];
  /** @throws NativeFailure */
  open(path: string, options: { exclusive: boolean }): number;
  /** How much one command may carry (0: the system does not say), and how buffers should be aligned. */
  limits(handle: number): { maxTransferBytes: number; alignment: number };
  /** Blocks this thread until the command is over. @throws NativeFailure when it could not even be tried. */
  exec(handle: number, command: NativeCommand): NativeReply;
  /** The same on a thread of its own. One handle takes one command at a time. */
  execAsync(handle: number, command: NativeCommand): Promise<NativeReply>;
  /** Keeps other programs out. @throws NativeFailure */
  lock(handle: number, options?: { force?: boolean; name?: string }): void;
  /** Lets other programs in again. @throws NativeFailure */
  unlock(handle: number): void;
  /** Name of the program that keeps others out; empty when there is none, undefined where the system does not tell. */
  lockOwner(handle: number): string | undefined;
  /** Unlocks the tray if it was locked through the handle, and closes it. @throws NativeFailure */
  close(handle: number): void;
  /** Closes every handle of this process, as {@linkcode Native.close} does; returns how many there were. */
  releaseAll(): number;
  /**
   * What is in a folder, with the bytes of the names; undefined where the library cannot (all but Linux). Paths of these
   * six functions end in NUL; they are bytes since POSIX' names are.
   *
   * @throws NativeFailure
   */
  listFolder(path: Uint8Array<ArrayBuffer>): NativeFolder | undefined;
  /**
   * The names in a folder alone, each with what it is before it (`d`irectory, `f`ile, `l`ink, `o`ther or `?`) and NUL
   * after it. They are there until the next call. Undefined where it failed, too: whoever asks the system otherwise is told
   * why.
   */
  listNames(path: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined;
  /**
   * What a path leads to, links followed; undefined where it failed or the library cannot (all but Linux). It is the same
   * object each time and tells of the last call.
   */
  inspect(path: Uint8Array<ArrayBuffer>): NativeFileInfo | undefined;
  /** Where the next bytes are that are no hole: the file's size twice when there are none. @throws NativeFailure */
  findData(path: Uint8Array<ArrayBuffer>, offset: number): { start: number; end: number };
  /**
   * Copies between files inside the system, which may share blocks instead. Returns how many bytes it copied before it
   * could not go on: 0 where the two files or the system cannot. @throws NativeFailure when reading or writing failed
   */
  copyRange(range: NativeCopy): number;
  /**
   * Reads as many whole files as there are sizes, each into the next sectors of `target`; what is left of its last one stays
   * as it is. Returns how many: it ends before the first that cannot be read, has another size, or has no room.
   */
  readFiles(
    paths: Uint8Array<ArrayBuffer>,
    sizes: Uint32Array<ArrayBuffer>,
    target: Uint8Array<ArrayBuffer>,
  ): number;
  /** Keeps the computer awake and, on Windows, the session open, or no longer; false where the library cannot (Linux). */
  setAwake(on: boolean): boolean;
}

/**
 * Loads the library.
 *
 * @throws Deno.errors.NotCapable without `--allow-ffi`; Error when the file is not the library, or of another version.
 */
export function openNative(path: string): Native {
  // Its version first: a library of another one may lack functions, and a missing symbol is an unclear message.
  const probe = Deno.dlopen(path, VERSION_SYMBOLS);
  let version: number;
  try {
    version = probe.symbols.bs_abi();
    if (version !== ABI_VERSION) {
      throw new Error(
        `Cannot use the native library "${path}": its interface is ${version}, not ${ABI_VERSION}; ` +
          "it belongs to another version of Burnscript",
      );
    }
    // Opened again before the first is closed, so that the library is not unloaded in between.
    return new Library(Deno.dlopen(path, SYMBOLS));
  } finally {
    probe.close();
  }
}

class Library implements Native {
  readonly #library: Deno.DynamicLibrary<typeof SYMBOLS>;
  #pending = 0;
  #disposed = false;
  /** Used again and again: there may be a million calls. */
  readonly #detail = new Int32Array(1);
  #listed = new FoundFile(new Uint8Array(256 * 1024));
  readonly #found = new FoundFile();

  constructor(library: Deno.DynamicLibrary<typeof SYMBOLS>) {
    this.#library = library;
  }

  list(): NativeDrive[] {
    let bytes = new Uint8Array(4096);
    let size = this.#symbols.bs_list(bytes, bytes.length);
    // A drive may be plugged in between two looks; one that keeps growing is cut at its last whole line.
    for (let tries = 0; size > bytes.length && tries < 4; tries++) {
      bytes = new Uint8Array(size + 1024);
      size = this.#symbols.bs_list(bytes, bytes.length);
    }
    return parseDrives(new TextDecoder().decode(bytes.subarray(0, size)));
  }

  open(path: string, { exclusive }: { exclusive: boolean }): number {
    if (path.includes("\0")) throw new NativeFailure("bad argument", 0);
    const detail = new Int32Array(1);
    const result = this.#symbols.bs_open(
      new TextEncoder().encode(`${path}\0`),
      exclusive ? OPEN.exclusive : 0,
      detail,
    );
    return checked(result, detail[0]);
  }

  limits(handle: number): { maxTransferBytes: number; alignment: number } {
    const out = new Uint32Array(2);
    checked(this.#symbols.bs_limits(handle, out));
    return { maxTransferBytes: out[0] ?? 0, alignment: out[1] ?? 1 };
  }

  exec(handle: number, command: NativeCommand): NativeReply {
    const request = encodeRequest(command);
    checked(this.#symbols.bs_exec(handle, request, asBuffer(command.data)));
    return decodeReply(request);
  }

  async execAsync(handle: number, command: NativeCommand): Promise<NativeReply> {
    const request = encodeRequest(command);
    this.#pending++;
    try {
      // Both buffers stay referenced by this frame until the thread is done with them.
      checked(await this.#symbols.bs_exec_async(handle, request, asBuffer(command.data)));
    } finally {
      this.#pending--;
      this.#closeIfDone();
    }
    return decodeReply(request);
  }

  lock(handle: number, { force = false, name }: { force?: boolean; name?: string } = {}): void {
    const detail = new Int32Array(1);
    const who = new Uint8Array(64);
    // What Windows admits in the name; the last byte stays NUL.
    const text = (name ?? "").replace(/[^A-Za-z0-9 .,:;_-]/g, "_").slice(0, 63);
    new TextEncoder().encodeInto(text, who);
    checked(this.#symbols.bs_claim(handle, CLAIM.lock | (force ? CLAIM.force : 0), who, detail), detail[0]);
  }

  unlock(handle: number): void {
    const detail = new Int32Array(1);
    checked(this.#symbols.bs_claim(handle, CLAIM.release, null, detail), detail[0]);
  }

  lockOwner(handle: number): string | undefined {
    const who = new Uint8Array(64);
    const detail = new Int32Array(1);
    try {
      checked(this.#symbols.bs_claim(handle, CLAIM.owner, who, detail), detail[0]);
    } catch (error) {
      if (error instanceof NativeFailure && error.kind === "unsupported") return undefined;
      throw error;
    }
    const end = who.indexOf(0);
    return new TextDecoder().decode(who.subarray(0, end < 0 ? who.length : end));
  }

  close(handle: number): void {
    checked(this.#symbols.bs_close(handle));
  }

  releaseAll(): number {
    return this.#symbols.bs_release_all();
  }

  listFolder(path: Uint8Array<ArrayBuffer>): NativeFolder | undefined {
    const symbols = this.#symbols;
    for (;;) {
      const { bytes } = this.#listed;
      const size = symbols.bs_list_folder(path, bytes, bytes.length, this.#detail);
      if (FAILURES[-size - 1] === "unsupported") return undefined;
      checked(size, this.#detail[0]);
      if (size <= bytes.length) return new FoundFolder(this.#listed, size);
      // Once more with room for what may come meanwhile.
      this.#listed = new FoundFile(new Uint8Array(size + 64 * 1024));
    }
  }

  listNames(path: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
    const symbols = this.#symbols;
    for (;;) {
      const { bytes } = this.#listed;
      const size = symbols.bs_list_names(path, bytes, bytes.length, this.#detail);
      if (size < 0) return undefined;
      if (size <= bytes.length) return bytes.subarray(0, size);
      this.#listed = new FoundFile(new Uint8Array(size + 64 * 1024));
    }
  }

  inspect(path: Uint8Array<ArrayBuffer>): NativeFileInfo | undefined {
    return this.#symbols.bs_inspect(path, this.#found.bytes, this.#detail) < 0 ? undefined : this.#found;
  }

  findData(path: Uint8Array<ArrayBuffer>, offset: number): { start: number; end: number } {
    const range = new BigUint64Array(2);
    checked(this.#symbols.bs_find_data(path, BigInt(offset), range, this.#detail), this.#detail[0]);
    return { start: Number(range[0]), end: Number(range[1]) };
  }

  copyRange({ source, sourceOffset, target, targetOffset, length }: NativeCopy): number {
    const copied = new BigUint64Array(1);
    const result = this.#symbols.bs_copy_range(
      source,
      BigInt(sourceOffset),
      target,
      BigInt(targetOffset),
      BigInt(length),
      copied,
      this.#detail,
    );
    if (result < 0 && FAILURES[-result - 1] !== "unsupported") checked(result, this.#detail[0]);
    return Number(copied[0]);
  }

  readFiles(
    paths: Uint8Array<ArrayBuffer>,
    sizes: Uint32Array<ArrayBuffer>,
    target: Uint8Array<ArrayBuffer>,
  ): number {
    return checked(
      this.#symbols.bs_read_files(paths, paths.length, sizes, sizes.length, target, target.length),
    );
  }

  setAwake(on: boolean): boolean {
    return this.#symbols.bs_awake(on ? 1 : 0) === 0;
  }

  /** Unloads the library, once no command of ours is in flight in it. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#closeIfDone();
  }

  get #symbols(): Deno.DynamicLibrary<typeof SYMBOLS>["symbols"] {
    if (this.#disposed) throw new TypeError("The native library is closed");
    return this.#library.symbols;
  }

  #closeIfDone(): void {
    if (!this.#disposed || this.#pending > 0) return;
    this.#pending = Infinity; // Closed for good.
    this.#library.close();
  }
}

/** `Request` of abi.zig: 160 bytes, little-endian on every system that there is a library for. */
const REQUEST_BYTES = 160;
const REQUEST = {
  cdb: 0, //         16 bytes
  cdbLength: 16, //  u32, as all that follow
  direction: 20,
  timeoutMs: 24,
  dataLength: 28,
  status: 32,
  transport: 36,
  osError: 40, //    i32
  residual: 44,
  senseLength: 48,
  durationMs: 52,
  hostStatus: 56,
  sense: 64, //      96 bytes
} as const;

function encodeRequest({ cdb, direction, data, timeoutMs }: NativeCommand): Uint8Array<ArrayBuffer> {
  if (cdb.length === 0 || cdb.length > 16) throw new RangeError(`A CDB has 6 to 16 bytes, not ${cdb.length}`);
  const bytes = new Uint8Array(REQUEST_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(cdb, REQUEST.cdb);
  view.setUint32(REQUEST.cdbLength, cdb.length, true);
  view.setUint32(REQUEST.direction, DIRECTION[direction], true);
  view.setUint32(REQUEST.timeoutMs, timeoutMs, true);
  view.setUint32(REQUEST.dataLength, data?.length ?? 0, true);
  return bytes;
}

function decodeReply(bytes: Uint8Array<ArrayBuffer>): NativeReply {
  const view = new DataView(bytes.buffer);
  const transport = TRANSPORTS[view.getUint32(REQUEST.transport, true)];
  if (transport === undefined) throw new Error("The native library answers with an unknown transport status");
  return {
    status: view.getUint32(REQUEST.status, true),
    sense: bytes.slice(REQUEST.sense, REQUEST.sense + view.getUint32(REQUEST.senseLength, true)),
    transport,
    residualBytes: view.getUint32(REQUEST.residual, true),
    osError: view.getInt32(REQUEST.osError, true),
    hostStatus: view.getUint32(REQUEST.hostStatus, true),
    durationMs: view.getUint32(REQUEST.durationMs, true),
  };
}

/** An empty array arrives as a null pointer anyway. The cast: Deno takes views of shared memory, its types do not. */
function asBuffer(data: Uint8Array | null): Uint8Array<ArrayBuffer> | null {
  return data === null || data.length === 0 ? null : data as Uint8Array<ArrayBuffer>;
}

function checked(result: number, osError = 0): number {
  if (result >= 0) return result;
  throw new NativeFailure(FAILURES[-result - 1] ?? "failed", osError);
}

function parseDrives(text: string): NativeDrive[] {
  const drives: NativeDrive[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    const [path = "", vendor = "", product = "", revision = "", bus = "", uniqueId = "", volumes = ""] = line
      .split("\t");
    drives.push({
      path,
      vendor,
      product,
      revision,
      bus,
      uniqueId,
      volumes: volumes === "" ? [] : volumes.split("|"),
    });
  }
  return drives;
}

/** `FolderEntry` of abi.zig. */
const FOLDER_ENTRY_BYTES = 72;
/** Which of the words of `FolderEntry`, four bytes each, its first u32 is, and the length of its name. */
const WORD = { first: 12, nameLength: 17 } as const;

/** A `FolderEntry` that is read where it lies: making an object of each would take as long as asking the system. */
class FoundFile implements NativeFolderEntry {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #floats: Float64Array;
  readonly #words: Uint32Array;
  /** Where it begins. */
  offset = 0;

  constructor(bytes: Uint8Array<ArrayBuffer> = new Uint8Array(FOLDER_ENTRY_BYTES)) {
    this.bytes = bytes;
    this.#floats = new Float64Array(bytes.buffer, 0, bytes.length >> 3);
    this.#words = new Uint32Array(bytes.buffer, 0, bytes.length >> 2);
  }

  get name(): Uint8Array<ArrayBuffer> {
    const start = this.offset + FOLDER_ENTRY_BYTES;
    return this.bytes.subarray(start, start + this.#word(WORD.nameLength));
  }
  /** Where the entry behind it begins. */
  get end(): number {
    return (this.offset + FOLDER_ENTRY_BYTES + this.#word(WORD.nameLength) + 7) & ~7;
  }
  get size(): number {
    return this.#float(0);
  }
  get modifiedMs(): number {
    return this.#float(1);
  }
  get createdMs(): number {
    return this.#float(2);
  }
  get accessedMs(): number {
    return this.#float(3);
  }
  get inode(): number {
    return this.#float(4);
  }
  get device(): number {
    return this.#float(5);
  }
  get mode(): number {
    return this.#word(WORD.first);
  }
  get uid(): number {
    return this.#word(WORD.first + 1);
  }
  get gid(): number {
    return this.#word(WORD.first + 2);
  }
  get links(): number {
    return this.#word(WORD.first + 3);
  }
  get osError(): number {
    return this.#word(WORD.first + 4);
  }

  #float(index: number): number {
    return this.#floats[(this.offset >> 3) + index]!;
  }
  #word(index: number): number {
    return this.#words[(this.offset >> 2) + index]!;
  }
}

class FoundFolder implements NativeFolder {
  readonly #entry: FoundFile;
  readonly #offsets: number[] = [];

  /** `entry` is moved from one to the next over the first `size` bytes of what it lies in. */
  constructor(entry: FoundFile, size: number) {
    this.#entry = entry;
    this.#entry.offset = 0;
    for (; this.#entry.offset < size; this.#entry.offset = this.#entry.end) {
      this.#offsets.push(this.#entry.offset);
    }
  }

  get length(): number {
    return this.#offsets.length;
  }

  entryAt(index: number): NativeFolderEntry {
    const offset = this.#offsets[index];
    if (offset === undefined) throw new RangeError(`There is no entry ${index}`);
    this.#entry.offset = offset;
    return this.#entry;
  }
}

function hex(value: number): string {
  return `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, "0")}`;
}

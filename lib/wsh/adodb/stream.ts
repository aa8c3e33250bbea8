/**
 * `ADODB.Stream`: bytes in memory, read and written as bytes or as text of an encoding, loaded from and saved to files.
 *
 * Theory of operation. The stream is one buffer of bytes and a position in it. As text, it is the same bytes seen through
 * the Charset; the first text that is written is preceded by the encoding's byte order mark, and a mark at the beginning
 * is passed over in reading.
 *
 * @module
 */
import { AutomationError } from "../../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import { BYTE_STREAM, type ByteStream, MemoryStream } from "../../automation/stream.ts";
import { toLong } from "../../automation/coerce.ts";
import { makeByte, TypedNumber, type Variant, VariantArray, VARTYPE } from "../../automation/variant.ts";
import type { ScriptingHost } from "../scripting/host.ts";
import type { _Stream } from "../types.ts";
import { type Charset, charsetNamed } from "./charset.ts";

/** _Stream (ADO 2.8 reference, "Stream Object"). */
// deno-fmt-ignore -- a table: one row a member
export const _StreamTable = defineInterface("_Stream", "{00001565-0000-0010-8000-00AA006D2EA4}", {
  Size: { dispid: 1, get: "LONG", doc: "How many bytes there are." },
  EOS: { dispid: 2, get: "VARIANT_BOOL", doc: "Whether the position is at the end." },
  Position: { dispid: 3, get: "LONG", put: "LONG", doc: "Where the next reading or writing begins, in bytes from 0. Beyond the end the stream grows, by zeros." },
  Type: { dispid: 4, get: "LONG", put: "LONG", doc: "What is read and written: 1 bytes, 2 text (the default). It can be changed at position 0." },
  LineSeparator: { dispid: 5, get: "LONG", put: "LONG", doc: "What ends a line: -1 CR and LF (the default), 10 LF, 13 CR." },
  State: { dispid: 6, get: "LONG", doc: "0 closed, 1 open." },
  Mode: { dispid: 7, get: "LONG", put: "LONG", doc: "What may be done: 0 unknown, 1 reading, 2 writing, 3 both. It can be changed while the stream is closed." },
  Charset: { dispid: 8, get: "BSTR", put: "BSTR", doc: "The encoding of text, by a name of MIME: Unicode (the default), utf-8, windows-1252, shift_jis… It can be changed at position 0." },
  Read: { dispid: 9, method: "VARIANT", params: [["NumBytes", "LONG?"]], doc: "The next bytes, all when left out, as an array of Byte; Null at the end." },
  Open: { dispid: 10, method: "void", params: [["Source", "VARIANT?"], ["Mode", "LONG?"], ["Options", "LONG?"], ["UserName", "BSTR?"], ["Password", "BSTR?"]], doc: "Opens it, empty. Sources (URLs and records) are refused." },
  Close: { dispid: 11, method: "void", doc: "Closes it; what was not saved is gone." },
  SkipLine: { dispid: 12, method: "void", doc: "Passes over the rest of a line, and what ends it." },
  Write: { dispid: 13, method: "void", params: [["Buffer", "VARIANT"]], doc: "Writes an array of Byte over what follows the position." },
  SetEOS: { dispid: 14, method: "void", doc: "Cuts the stream at the position." },
  CopyTo: { dispid: 15, method: "void", params: [["DestStream", "_Stream*"], ["CharNumber", "LONG?"]], doc: "Copies so many bytes or characters, all when left out, to another open stream, from position to position." },
  Flush: { dispid: 16, method: "void", doc: "Nothing: there is no source to write to." },
  SaveToFile: { dispid: 17, method: "void", params: [["FileName", "BSTR"], ["Options", "LONG?"]], doc: "Saves all of it in a file: 1 only if there is none (the default), 2 over one that is there. The position is 0 then." },
  LoadFromFile: { dispid: 18, method: "void", params: [["FileName", "BSTR"]], doc: "Takes a file's content in place of its own. The position is 0 then." },
  ReadText: { dispid: 19, method: "BSTR", params: [["NumChars", "LONG?"]], doc: "The next characters, all when left out or -1, or the next line, with -2; nothing at the end." },
  WriteText: { dispid: 20, method: "void", params: [["Data", "BSTR"], ["Options", "LONG?"]], doc: "Writes text over what follows the position, and what ends a line with option 1." },
  Cancel: { dispid: 21, method: "void", doc: "Nothing: no call is ever still running." },
}, { doc: "Bytes in memory, seen as bytes or as text." });

const TYPE = { binary: 1, text: 2 } as const;
const READ = { all: -1, line: -2 } as const;
const SEPARATORS: ReadonlyMap<number, string> = new Map([[-1, "\r\n"], [10, "\n"], [13, "\r"]]);
const SAVE = { new: 1, overwrite: 2 } as const;
const CAPACITY_MIN = 4096;

/** ADO's errors, as Err.Number shows them (ADO reference, ErrorValueEnum). */
const ERROR = {
  3001: "Arguments are of the wrong type, are out of acceptable range, or are in conflict with one another",
  3002: "File could not be opened",
  3003: "Read from file failed",
  3004: "Write to file failed",
  3219: "Operation is not allowed in this context",
  3704: "Operation is not allowed when the object is closed",
  3705: "Operation is not allowed when the object is open",
} as const;

function streamError(number: keyof typeof ERROR, detail: string, cause?: unknown): AutomationError {
  return new AutomationError(number, `${ERROR[number]}: ${detail}`, { source: "ADODB.Stream", cause });
}

/** `ADODB.Stream`. */
export class AdodbStream extends AutomationClass implements _Stream {
  static {
    implementInterface(this, [_StreamTable], { typeName: "Stream" });
  }

  readonly #host: ScriptingHost;
  #bytes = new Uint8Array(0);
  #size = 0;
  #position = 0;
  #isOpen = false;
  #type: number = TYPE.text;
  #mode = 0;
  #separator = -1;
  #charsetName = "Unicode";
  #charset: Charset = charsetNamed("Unicode")!;

  constructor(host: ScriptingHost) {
    super();
    this.#host = host;
  }

  /** An open stream of bytes that holds these. */
  static of(bytes: Uint8Array<ArrayBuffer>, host: ScriptingHost): AdodbStream {
    const stream = new AdodbStream(host);
    stream.Type = TYPE.binary;
    stream.Open();
    stream.#bytes = bytes;
    stream.#size = bytes.length;
    return stream;
  }

  /** Writes bytes over what follows the position, whatever its Type: what other objects save into it. */
  writeBytes(bytes: Uint8Array): void {
    this.#requireOpen("be written");
    this.#put(bytes);
  }

  /** What IMAPI reads from it: its bytes, whatever the position. */
  get [BYTE_STREAM](): ByteStream {
    this.#requireOpen("be read");
    return new MemoryStream(this.#bytes.subarray(0, this.#size));
  }

  get Size(): number {
    this.#requireOpen("tell its size");
    return this.#size;
  }

  get EOS(): boolean {
    this.#requireOpen("tell where it ends");
    return this.#position >= this.#size;
  }

  get Position(): number {
    this.#requireOpen("tell its position");
    return this.#position;
  }
  set Position(position: number) {
    this.#requireOpen("be positioned");
    if (position < 0) throw streamError(3001, `a position is 0 or more, not ${position}`);
    if (position > this.#size) this.#grow(position);
    this.#position = position;
  }

  get Type(): number {
    return this.#type;
  }
  set Type(type: number) {
    if (type !== TYPE.binary && type !== TYPE.text) {
      throw streamError(3001, `Type is 1 (bytes) or 2 (text), not ${type}`);
    }
    this.#requireStart("Type", type === this.#type);
    this.#type = type;
  }

  get LineSeparator(): number {
    return this.#separator;
  }
  set LineSeparator(separator: number) {
    if (!SEPARATORS.has(separator)) {
      throw streamError(3001, `LineSeparator is -1 (CR and LF), 10 (LF) or 13 (CR), not ${separator}`);
    }
    this.#separator = separator;
  }

  get State(): number {
    return this.#isOpen ? 1 : 0;
  }

  get Mode(): number {
    return this.#mode;
  }
  set Mode(mode: number) {
    if (this.#isOpen) throw streamError(3705, "set Mode before Open");
    this.#mode = mode;
  }

  get Charset(): string {
    return this.#charsetName;
  }
  set Charset(name: string) {
    const charset = charsetNamed(name);
    if (charset === undefined) {
      throw streamError(3001, `there is no Charset "${name}"; utf-8, Unicode or windows-1252 are some`);
    }
    this.#requireStart("Charset", name.toLowerCase() === this.#charsetName.toLowerCase());
    this.#charsetName = name;
    this.#charset = charset;
  }

  Read(numBytes: number = READ.all): Variant {
    this.#requireType(TYPE.binary, "Read");
    if (numBytes < READ.all) throw streamError(3001, `Read takes a number of bytes, or -1, not ${numBytes}`);
    if (this.#position >= this.#size) return null;
    const left = this.#size - this.#position;
    return byteArray(this.#take(numBytes === READ.all ? left : Math.min(left, numBytes)));
  }

  Open(source?: Variant, mode = 0): void {
    if (this.#isOpen) throw streamError(3705, "Close it first");
    if (source !== undefined && source !== "") {
      throw streamError(
        3001,
        "a Source (a URL or a record) cannot be opened here; use LoadFromFile after Open",
      );
    }
    if (mode > 0) this.#mode = mode;
    this.#isOpen = true;
    this.#clear();
  }

  Close(): void {
    this.#requireOpen("be closed");
    this.#isOpen = false;
    this.#clear();
  }

  SkipLine(): void {
    this.ReadText(READ.line);
  }

  Write(buffer: Variant): void {
    this.#requireType(TYPE.binary, "Write");
    if (!(buffer instanceof VariantArray) || buffer.upperBounds.length !== 1) {
      throw streamError(3001, "Write takes an array of Byte, such as Read gives; text is for WriteText");
    }
    this.#put(bytesOfArray(buffer));
  }

  SetEOS(): void {
    this.#requireOpen("be cut");
    this.#size = this.#position;
  }

  CopyTo(destination: _Stream, count: number = READ.all): void {
    this.#requireOpen("be copied");
    if (count < READ.all) throw streamError(3001, `CopyTo takes a number, or -1, not ${count}`);
    if (!(destination instanceof AdodbStream)) throw streamError(3001, "the other one is no ADODB.Stream");
    destination.#requireOpen("be copied to");
    if (this.#type === TYPE.binary) {
      if (destination.#type === TYPE.text) {
        throw streamError(3001, "bytes cannot be copied to a stream of text");
      }
      const left = Math.max(0, this.#size - this.#position);
      destination.#put(this.#take(count === READ.all ? left : Math.min(count, left)).slice());
    } else if (destination.#type === TYPE.text) destination.WriteText(this.ReadText(count));
    else {
      const rest = this.#bytes.subarray(this.#position, this.#size);
      destination.#put(
        this.#take(count === READ.all ? rest.length : this.#charset.bytesOfUnits(rest, count)).slice(),
      );
    }
  }

  Flush(): void {
    this.#requireOpen("be flushed");
  }

  SaveToFile(fileName: string, options: number = SAVE.new): void {
    this.#requireOpen("be saved");
    if (options !== SAVE.new && options !== SAVE.overwrite) {
      throw streamError(
        3001,
        `SaveToFile takes 1 (only if there is no such file) or 2 (over it), not ${options}`,
      );
    }
    const native = this.#host.native(fileName);
    try {
      Deno.writeFileSync(
        native,
        this.#bytes.subarray(0, this.#size),
        options === SAVE.new ? { createNew: true } : {},
      );
    } catch (error) {
      throw this.#fileFailure(3004, native, error);
    }
    this.#position = 0;
  }

  LoadFromFile(fileName: string): void {
    this.#requireOpen("be loaded");
    const native = this.#host.native(fileName);
    this.#host.resources.flush(); // what the script itself has written to the file by other means
    try {
      this.#bytes = Deno.readFileSync(native);
    } catch (error) {
      throw this.#fileFailure(3002, native, error);
    }
    this.#size = this.#bytes.length;
    this.#position = 0;
  }

  ReadText(numChars: number = READ.all): string {
    this.#requireType(TYPE.text, "ReadText");
    if (numChars < READ.line) {
      throw streamError(
        3001,
        `ReadText takes a number of characters, -1 (all) or -2 (a line), not ${numChars}`,
      );
    }
    const { mark } = this.#charset;
    const isMarked = this.#position === 0 && mark.length > 0 && this.#size >= mark.length &&
      mark.every((byte, at) => this.#bytes[at] === byte);
    if (isMarked) this.#position = mark.length;
    const rest = this.#bytes.subarray(this.#position, this.#size);
    if (numChars === READ.line) return this.#readLine(rest);
    const length = numChars === READ.all ? rest.length : this.#charset.bytesOfUnits(rest, numChars);
    return this.#charset.decode(this.#take(length));
  }

  WriteText(data: string, options = 0): void {
    this.#requireType(TYPE.text, "WriteText");
    if (options !== 0 && options !== 1) {
      throw streamError(3001, `WriteText takes 0, or 1 for what ends a line, not ${options}`);
    }
    if (this.#position === 0) this.#put(this.#charset.mark);
    this.#put(this.#charset.encode(options === 1 ? data + SEPARATORS.get(this.#separator)! : data));
  }

  Cancel(): void {}

  #readLine(rest: Uint8Array): string {
    const separator = this.#charset.encode(SEPARATORS.get(this.#separator)!);
    const step = this.#charset.bytesPerAscii;
    let at = 0;
    while (
      at + separator.length <= rest.length && !separator.every((byte, index) => rest[at + index] === byte)
    ) {
      at += step;
    }
    const isEnded = at + separator.length <= rest.length;
    const text = this.#charset.decode(this.#take(isEnded ? at : rest.length));
    if (isEnded) this.#position += separator.length;
    return text;
  }

  /** The next bytes, which are valid until the stream changes. */
  #take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#position, this.#position + length);
    this.#position += taken.length;
    return taken;
  }

  #put(bytes: Uint8Array): void {
    const end = this.#position + bytes.length;
    if (end > this.#size) this.#grow(end);
    this.#bytes.set(bytes, this.#position);
    this.#position = end;
  }

  #grow(size: number): void {
    if (size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(CAPACITY_MIN, size, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = larger;
    } else this.#bytes.fill(0, this.#size, size);
    this.#size = size;
  }

  #clear(): void {
    this.#bytes = new Uint8Array(0);
    this.#size = this.#position = 0;
  }

  #requireOpen(what: string): void {
    if (!this.#isOpen) throw streamError(3704, `it must be open to ${what}; call Open first`);
  }

  #requireType(type: number, method: string): void {
    this.#requireOpen(method === "Read" || method === "ReadText" ? "be read" : "be written");
    if (this.#type === type) return;
    throw streamError(
      3219,
      `${method} is for streams of Type ${type} (${type === TYPE.text ? "text" : "bytes"})`,
    );
  }

  #requireStart(property: string, isSame: boolean): void {
    if (!this.#isOpen || this.#position === 0 || isSame) return;
    throw streamError(3219, `${property} can be changed at Position 0 only, and this is ${this.#position}`);
  }

  /** A denied permission is what it is everywhere; the rest is ADO's own error. */
  #fileFailure(number: 3002 | 3004, native: string, error: unknown): unknown {
    const known = this.#host.error(error, native);
    if (known instanceof AutomationError && known.number === 70 && error instanceof Deno.errors.NotCapable) {
      return known;
    }
    return streamError(number, known instanceof Error ? known.message : String(known), error);
  }
}

/** The bytes of an array of numbers. */
export function bytesOfArray({ elements }: VariantArray): Uint8Array {
  const numberOf = (element: Variant): number =>
    element instanceof TypedNumber && element.type === VARTYPE.Byte ? element.value : toLong(element);
  return Uint8Array.from(elements, numberOf);
}

/** Binary data as scripts hold it: an array of Byte. */
export function byteArray(bytes: Uint8Array): VariantArray {
  return new VariantArray([bytes.length - 1], Array.from(bytes, makeByte), false, VARTYPE.Byte);
}

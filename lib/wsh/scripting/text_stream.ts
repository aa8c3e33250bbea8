/**
 * TextStream: text files, read and written through large buffers.
 *
 * A stream that reads holds decoded text and cuts lines out of it; one that writes encodes into a buffer of bytes at
 * once, so that a character which the encoding lacks is an error of the statement that wrote it, as scripts expect.
 *
 * @module
 */
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import type { OpenResource, OpenResources } from "../open_resources.ts";
import type { ITextStream } from "../types.ts";
import { fileError } from "./host.ts";
import type { TextEncoding } from "./text_encoding.ts";

/** ITextStream (Script Runtime reference, "TextStream Object"). */
// deno-fmt-ignore -- a table: one row a member
export const ITextStreamTable = defineInterface("ITextStream", "{53BAD8C1-E718-11CF-893D-00A0C9054228}", {
  Line: { dispid: 10000, get: "LONG", doc: "The number of the line, from 1." },
  Column: { dispid: -529, get: "LONG", doc: "The number of the column, from 1." },
  AtEndOfStream: { dispid: 10002, get: "VARIANT_BOOL", doc: "Whether everything has been read." },
  AtEndOfLine: { dispid: 10003, get: "VARIANT_BOOL", doc: "Whether the end of the line comes next." },
  Read: { dispid: 10004, method: "BSTR", params: [["Characters", "LONG"]], doc: "Reads so many characters, fewer at the end; error 62 when nothing is left." },
  ReadLine: { dispid: 10005, method: "BSTR", doc: "Reads the rest of the line, without its end; error 62 when nothing is left." },
  ReadAll: { dispid: 10006, method: "BSTR", doc: "Reads everything that is left; error 62 when that is nothing, except from a program." },
  Write: { dispid: 10007, method: "void", params: [["Text", "BSTR"]], doc: "Writes text; error 5 if the encoding has not all of its characters." },
  WriteLine: { dispid: 10008, method: "void", params: [["Text", "BSTR?"]], doc: "Writes text and the end of a line." },
  WriteBlankLines: { dispid: 10009, method: "void", params: [["Lines", "LONG"]], doc: "Writes so many ends of lines." },
  Skip: { dispid: 10010, method: "void", params: [["Characters", "LONG"]], doc: "Reads so many characters and forgets them." },
  SkipLine: { dispid: 10011, method: "void", doc: "Reads the rest of the line and forgets it." },
  Close: { dispid: 10012, method: "void", doc: "Writes what is held back, and closes the file." },
}, { doc: "A text file that is open for reading or for writing." });

/** The file beneath a TextStream; it has one of `read` and `write`. */
export interface TextChannel {
  /** Reads some bytes; 0 at the end. */
  read?(target: Uint8Array): number;
  /** Writes all of the bytes. */
  write?(bytes: Uint8Array): void;
  close(): void;
}

/** What a TextStream is opened with. */
export interface TextStreamOptions {
  readonly encoding: TextEncoding;
  /** Where the stream is registered while it is open. */
  readonly resources: OpenResources;
  /** Writes at once, for a terminal. */
  readonly unbuffered?: boolean;
  /**
   * ReadAll gives no text where nothing is left, rather than error 62. Streams of `Exec` are so: scripts read StdErr whether a
   * program has written there or not, and StdOut once more when it has ended.
   */
  readonly mayBeEmpty?: boolean;
  /** What a line ends with, `\r\n` if nothing is said. */
  readonly lineEnd?: string;
  /** Told of the text when a file is read whole. */
  readonly onWhole?: (text: string) => void;
}

const CHUNK_BYTES = 256 * 1024;
const BUFFER_BYTES = 64 * 1024;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/** A text file that is open for reading or for writing. */
export class TextStream extends AutomationClass implements ITextStream, OpenResource {
  static {
    implementInterface(this, [ITextStreamTable], { typeName: "TextStream" });
  }

  readonly #channel: TextChannel;
  readonly #options: TextStreamOptions;
  #open = true;
  #line = 1;
  #column = 1;

  // Reading: text that is decoded already, where in it the stream is, and whether the file has more.
  readonly #decoder: TextDecoder;
  #text = "";
  #at = 0;
  #isAll = false;

  // Writing: bytes that the file has not got yet.
  #buffer = new Uint8Array();
  #held = 0;

  constructor(channel: TextChannel, options: TextStreamOptions) {
    super();
    this.#channel = channel;
    this.#options = options;
    // A mark has been taken off by the one who opened the file.
    this.#decoder = new TextDecoder(options.encoding.label, { ignoreBOM: true });
    if (channel.write !== undefined && !options.unbuffered) this.#buffer = new Uint8Array(BUFFER_BYTES);
    options.resources.add(this);
  }

  get Line(): number {
    this.#requireOpen();
    return this.#line;
  }

  get Column(): number {
    this.#requireOpen();
    return this.#column;
  }

  get AtEndOfStream(): boolean {
    this.#requireMode("read");
    return this.#isAtEnd();
  }

  get AtEndOfLine(): boolean {
    this.#requireMode("read");
    if (this.#isAtEnd()) return true;
    const next = this.#text.charCodeAt(this.#at);
    if (next !== CARRIAGE_RETURN) return next === LINE_FEED;
    if (this.#at + 1 >= this.#text.length) this.#fill();
    return this.#text.charCodeAt(this.#at + 1) === LINE_FEED;
  }

  Read(characters: number): string {
    this.#requireText();
    if (characters < 0) throw fileError(5, `Read takes a number of characters from 0 up, not ${characters}`);
    while (this.#text.length - this.#at < characters && this.#fill());
    return this.#advance(Math.min(this.#text.length, this.#at + characters));
  }

  ReadLine(): string {
    this.#requireText();
    let end = this.#text.indexOf("\n", this.#at);
    while (end < 0) {
      const searched = this.#text.length - this.#at;
      if (!this.#fill()) break;
      end = this.#text.indexOf("\n", this.#at + searched);
    }
    if (end < 0) return this.#advance(this.#text.length);
    const from = this.#at;
    const last = end > from && this.#text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end;
    this.#at = end + 1;
    this.#line++;
    this.#column = 1;
    return this.#text.slice(from, last);
  }

  ReadAll(): string {
    if (this.#options.mayBeEmpty) this.#requireMode("read");
    else this.#requireText();
    const isWhole = this.#line === 1 && this.#column === 1;
    while (this.#fill());
    const text = this.#advance(this.#text.length);
    if (isWhole) this.#options.onWhole?.(text);
    return text;
  }

  Skip(characters: number): void {
    this.Read(characters);
  }

  SkipLine(): void {
    this.ReadLine();
  }

  Write(text: string): void {
    this.#put(text);
    this.#count(text);
  }

  WriteLine(text = ""): void {
    const { lineEnd = "\r\n", unbuffered } = this.#options;
    if (unbuffered) this.#put(text + lineEnd); // in one piece, for whoever reads it meanwhile
    else {
      this.#put(text);
      this.#put(lineEnd);
    }
    this.#line++;
    if (text.includes("\n")) this.#count(text);
    this.#column = 1;
  }

  WriteBlankLines(lines: number): void {
    if (lines < 0) throw fileError(5, `WriteBlankLines takes a number from 0 up, not ${lines}`);
    for (let line = 0; line < lines; line++) this.WriteLine();
  }

  Close(): void {
    this.close();
  }

  flush(): void {
    if (this.#held === 0) return;
    const bytes = this.#buffer.subarray(0, this.#held);
    this.#held = 0;
    this.#channel.write!(bytes);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#options.resources.remove(this);
    try {
      this.flush();
    } finally {
      this.#channel.close();
      this.#text = "";
    }
  }

  #requireOpen(): void {
    if (!this.#open) throw fileError(91, "the TextStream is closed");
  }

  #requireMode(mode: "read" | "write"): void {
    this.#requireOpen();
    if (this.#channel[mode] !== undefined) return;
    throw fileError(54, `the TextStream is not open for ${mode === "read" ? "reading" : "writing"}`);
  }

  #requireText(): void {
    this.#requireMode("read");
    if (this.#isAtEnd()) throw fileError(62);
  }

  #isAtEnd(): boolean {
    return this.#at === this.#text.length && !this.#fill();
  }

  /** Decodes more of the file behind what is there; false at its end. */
  #fill(): boolean {
    while (!this.#isAll) {
      // As much again as a long line has already, so that a line of any length is joined in linear time.
      const bytes = new Uint8Array(Math.max(CHUNK_BYTES, this.#text.length - this.#at));
      const count = this.#channel.read!(bytes);
      this.#isAll = count === 0;
      const text = this.#decoder.decode(bytes.subarray(0, count), { stream: count > 0 });
      if (text === "") continue;
      this.#text = this.#at === this.#text.length ? text : this.#text.slice(this.#at) + text;
      this.#at = 0;
      return true;
    }
    return false;
  }

  /** Goes on to a place in the text and gives what lies between. */
  #advance(end: number): string {
    const text = this.#text.slice(this.#at, end);
    this.#at = end;
    this.#count(text);
    return text;
  }

  /** Moves line and column past a text. */
  #count(text: string): void {
    let start = 0;
    for (let end; (end = text.indexOf("\n", start)) >= 0; start = end + 1) {
      this.#line++;
      this.#column = 1;
    }
    this.#column += text.length - start;
  }

  #put(text: string): void {
    this.#requireMode("write");
    const { encoding, unbuffered } = this.#options;
    const bytesMax = text.length * encoding.unitBytesMax;
    if (this.#held + bytesMax > this.#buffer.length) this.flush();
    if (bytesMax > this.#buffer.length) this.#buffer = new Uint8Array(bytesMax);
    const end = encoding.encode(text, this.#buffer, this.#held);
    if (end < 0) {
      throw fileError(
        5,
        "the text has characters that the file's encoding (ANSI) lacks; open the file as Unicode (-1) or UTF-8 (65001)",
      );
    }
    this.#held = end;
    if (unbuffered) this.flush();
  }
}

/** PDUs over a TCP connection, as bytes that come in pieces. @module */
import { HEADER_BYTES, parsePdu, type Pdu, PduError, segmentLengths, writePdu } from "./pdu.ts";

/** What a connection needs of a socket. */
export interface Socket {
  read(target: Uint8Array): Promise<number | null>;
  write(data: Uint8Array): Promise<number>;
}

/** Reads and writes PDUs. A PDU has its own memory. */
export class Connection {
  readonly #socket: Socket;
  readonly #dataBytesMax: number;
  readonly #header = new Uint8Array(HEADER_BYTES);
  /** Additional header segments, which are of no use here, and padding. */
  readonly #skipped = new Uint8Array(255 * 4);
  /** What is being sent: a socket may take a part only, and two PDUs must not mix. */
  #sending: Promise<void> = Promise.resolve();

  /** @param dataBytesMax a PDU with more data is an error, found before memory is taken for it. */
  constructor(socket: Socket, dataBytesMax: number) {
    this.#socket = socket;
    this.#dataBytesMax = dataBytesMax;
  }

  /**
   * The next PDU; undefined when the other side has ended the connection after a whole one.
   *
   * @throws PduError for what is no PDU.
   */
  async read(): Promise<Pdu | undefined> {
    if (!await this.#fill(this.#header, true)) return undefined;
    const { ahsBytes, dataBytes, padBytes } = segmentLengths(this.#header);
    if (dataBytes > this.#dataBytesMax) {
      throw new PduError(`A PDU with ${dataBytes} bytes of data; ${this.#dataBytesMax} are taken`);
    }
    await this.#fill(this.#skipped.subarray(0, ahsBytes));
    const data = new Uint8Array(dataBytes);
    await this.#fill(data);
    await this.#fill(this.#skipped.subarray(0, padBytes));
    return parsePdu(this.#header, data);
  }

  /** Sends a PDU; it is copied before this returns. */
  write(pdu: Pdu): Promise<void> {
    const bytes = writePdu(pdu);
    // After a failure every further PDU fails with it.
    return this.#sending = this.#sending.then(async () => {
      for (let at = 0; at < bytes.length;) at += await this.#socket.write(bytes.subarray(at));
    });
  }

  async #fill(target: Uint8Array, mayEnd = false): Promise<boolean> {
    for (let at = 0; at < target.length;) {
      const count = await this.#socket.read(target.subarray(at));
      if (count === null) {
        if (mayEnd && at === 0) return false;
        throw new PduError("The connection ended in the middle of a PDU");
      }
      at += count;
    }
    return true;
  }
}

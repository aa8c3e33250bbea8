/**
 * The commands that reach the disc: writing, closing, blanking, formatting, reading. They change the disc's state by its
 * tables, its sectors, and the drive's buffer and speed; what the drive as such does is in drive.ts.
 *
 * @module
 */
import { int32, setUint16, setUint32, uint16, uint24, uint32 } from "../mmc/bytes.ts";
import { OPCODE } from "../mmc/opcode.ts";
import type { SenseTriple } from "../mmc/sense.ts";
import {
  closedEndLba,
  closeSession,
  closeTrack,
  type DiscState,
  flush,
  forgetReservation,
  isOverwrite,
  placeOf,
  recordWrite,
  Refusal,
  refuse,
  reserve,
  setLayerBreak,
  withoutAnnounced,
} from "./disc.ts";
import { serialize } from "./disc_text.ts";
import { takeCueSheet } from "./at_once.ts";
import { addSpares, blank, closeFormatted, endFormat, formatDisc, recordOverwrite } from "./formatted.ts";
import * as reports from "./reports.ts";
import type { DiscStore } from "./store.ts";

const SECTOR_BYTES = 2048;
const NOTHING = new Uint8Array(0);

/** State is saved at least after so many sectors: what a power failure can make a disc forget. */
const SAVE_EVERY_SECTORS = 8192;

/**
 * How full the buffer is said to be where nothing takes time: as in a drive that is well fed, so that programs that watch
 * it neither warn of underruns nor wait for room.
 */
const TIMELESS_FILL_BYTES = reports.BUFFER_BYTES * 3 / 4;

/** How long operations last with a clock, in milliseconds. */
const DURATION_MS = {
  closeTrack: 2000,
  closeSession: 8000,
  finalize: 15_000,
  stopFormat: 3000,
  format: 20_000,
  backgroundFormat: 1_200_000,
  blankMinimally: 45_000,
  blank: 900_000,
} as const;

/** What the drive lends. */
export interface DriveParts {
  readonly disc: DiscState;
  readonly store: DiscStore;
  /** Milliseconds; without it nothing takes time. */
  readonly clock: (() => number) | undefined;
  /** Mode page 05h as it is set. */
  writeParameters(): Uint8Array;
  /** Has the drive be busy for so long, with this answer meanwhile. */
  lasts(durationMs: number, sense: SenseTriple): void;
}

/** One disc in the drive, and what the drive does with it. */
export class MediumCommands {
  readonly #parts: DriveParts;
  #disc: DiscState;
  /** The disc as it is while a test write works on a copy of it. */
  #untouched: DiscState | undefined;
  readonly #store: DiscStore;
  readonly #clock: (() => number) | undefined;

  #speedKbps: number;
  #unsavedSectors = 0;
  #savedState: string | undefined;
  /** As the store has it: what was loaded can be an older form of the same state. */
  #storedState: string | undefined;
  #bufferedBytes = 0;
  #drainedAtMs = 0;
  #formatEndsMs: number | undefined;
  #replyBuffer: Uint8Array = new Uint8Array(64 * 1024);

  constructor(parts: DriveParts) {
    this.#parts = parts;
    this.#disc = parts.disc;
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#speedKbps = parts.disc.kind.writeKbps[0] ?? 0;
    this.#storedState = parts.store.loadState();
    // A disc that is new is saved at once, so that it stays the kind of disc that it was made as; an image that has no
    // state is left so until it is written.
    if (this.#storedState === undefined && parts.store.sizeBytes === 0) this.save();
    else this.#savedState = serialize(this.#disc);
  }

  /** What is in the drive's buffer is written, and the state saved: before the tray opens, or the drive is put away. */
  leave(): void {
    this.#flush();
    this.#endTest();
    endFormat(this.#disc, "stop");
    forgetReservation(this.#disc);
    this.save();
  }

  /** Whether the store holds another state than what this drive saved or loaded. */
  get isOutdated(): boolean {
    return this.#store.loadState() !== this.#storedState;
  }

  get speedKbps(): number {
    return this.#speedKbps;
  }

  /** Executes a command; the drive has found that the disc is there and that nothing else is going on. */
  execute(cdb: Uint8Array, dataOut: Uint8Array): Uint8Array {
    this.#formatGoesOn();
    if (!this.#isTest()) this.#endTest();
    const disc = this.#disc;
    switch (cdb[0]) {
      case OPCODE.testUnitReady:
        return NOTHING;
      case OPCODE.write10:
        return this.#write({ lba: int32(cdb, 2), sectors: uint16(cdb, 7), data: dataOut });
      case OPCODE.write12:
        return this.#write({ lba: int32(cdb, 2), sectors: uint32(cdb, 6), data: dataOut });
      case OPCODE.read10:
        return this.#read(uint32(cdb, 2), uint16(cdb, 7));
      case OPCODE.read12:
        return this.#read(uint32(cdb, 2), uint32(cdb, 6));
      case OPCODE.readCd:
        return this.#readCd(cdb);
      case OPCODE.readCapacity:
        return this.#readCapacity();
      case OPCODE.synchronizeCache:
        this.#flush();
        return NOTHING;
      case OPCODE.closeTrackSession:
        return this.#closeTrackSession(cdb);
      case OPCODE.reserveTrack:
        if (((cdb[1] ?? 0) & 3) !== 0) refuse(5, 0x24, 0);
        reserve(this.#written(), {
          sectors: uint32(cdb, 5),
          atOnce: this.#writeType() === 2 && disc.kind.recording === "minus",
        });
        this.save();
        return NOTHING;
      case OPCODE.sendCueSheet:
        return this.#sendCueSheet(cdb, dataOut);
      case OPCODE.blank:
        return this.#blank(cdb);
      case OPCODE.formatUnit:
        return this.#format(cdb, dataOut);
      case OPCODE.readDiscInformation:
        if (((cdb[1] ?? 0) & 7) !== 0) refuse(5, 0x24, 0);
        return reports.discInformation(withoutAnnounced(disc)).subarray(0, uint16(cdb, 7));
      case OPCODE.readTrackInformation: {
        const told = withoutAnnounced(disc);
        const track = reports.findTrack(told, (cdb[1] ?? 0) & 3, uint32(cdb, 2)) ?? refuse(5, 0x24, 0);
        return reports.trackInformation(told, track).subarray(0, uint16(cdb, 7));
      }
      case OPCODE.readToc: {
        // Old hosts put the format into the two high bits of the control byte (SFF 8020i).
        const format = ((cdb[2] ?? 0) & 0x0f) || (cdb[9] ?? 0) >> 6;
        const msf = ((cdb[1] ?? 0) & 2) !== 0;
        const found = reports.toc(disc, { format, start: cdb[6] ?? 0, msf }) ?? refuse(5, 0x24, 0);
        return found.subarray(0, uint16(cdb, 7));
      }
      case OPCODE.sendOpc:
        if (disc.phase === "complete" && disc.format === undefined) refuse(5, 0x30, 5);
        return NOTHING;
      case OPCODE.readBufferCapacity:
        return this.#bufferCapacity(cdb);
      case OPCODE.getPerformance:
        return reports.performance(disc, {
          type: cdb[10] ?? 0,
          write: ((cdb[1] ?? 0) & 0x04) !== 0,
          speedKbps: this.#speedKbps,
          descriptorsMax: uint16(cdb, 8),
        }) ?? refuse(5, 0x24, 0);
      case OPCODE.readDiscStructure:
        return (reports.discStructure(disc, cdb[7] ?? 0) ?? refuse(5, 0x24, 0)).subarray(0, uint16(cdb, 8));
      case OPCODE.sendDiscStructure:
        if (cdb[7] !== 0x20) refuse(5, 0x24, 0);
        if (dataOut.length < 12) refuse(5, 0x1a, 0);
        setLayerBreak(disc, uint32(dataOut, 8));
        this.save();
        return NOTHING;
      case OPCODE.setStreaming:
        return this.#setStreaming(dataOut);
      case OPCODE.setCdSpeed:
        this.#setSpeed(uint16(cdb, 4) === 0xffff ? Infinity : uint16(cdb, 4));
        return NOTHING;
      default:
        return refuse(5, 0x20, 0);
    }
  }

  // --- blanking and formatting

  #blank(cdb: Uint8Array): Uint8Array {
    const type = (cdb[1] ?? 0) & 7;
    if (type > 1) return refuse(5, 0x24, 0); // tracks and sessions alone are not emulated
    blank(this.#disc, { minimal: type === 1 });
    // The state first: a process that is killed here leaves sectors that no state speaks of, and not the reverse.
    this.save();
    this.#store.clear();
    this.#parts.lasts(type === 1 ? DURATION_MS.blankMinimally : DURATION_MS.blank, {
      key: 2,
      asc: 0x04,
      ascq: 0x07,
    });
    return NOTHING;
  }

  #format(cdb: Uint8Array, list: Uint8Array): Uint8Array {
    if (((cdb[1] ?? 0) & 0x17) !== 0x11) return refuse(5, 0x24, 0);
    if (list.length < 12 || uint16(list, 2) !== 8) return refuse(5, 0x1a, 0);
    if (this.#disc.kind.spareFormats.length > 0) {
      addSpares(this.#disc, {
        type: (list[8] ?? 0) >> 2,
        subType: (list[8] ?? 0) & 3,
        sectors: uint32(list, 4),
      });
      this.save();
      this.#parts.lasts(DURATION_MS.format, { key: 2, asc: 0x04, ascq: 0x04 });
      return NOTHING;
    }
    const isGone = formatDisc(this.#disc, {
      type: (list[8] ?? 0) >> 2,
      restart: ((list[11] ?? 0) & 1) !== 0,
      sectors: uint32(list, 4),
    });
    this.save();
    if (isGone) this.#store.clear();
    if (this.#disc.format === "running" && this.#clock !== undefined) {
      this.#formatEndsMs = this.#clock() + DURATION_MS.backgroundFormat;
    }
    this.#parts.lasts(DURATION_MS.format, { key: 2, asc: 0x04, ascq: 0x04 });
    return NOTHING;
  }

  /** A background format ends by itself; where nothing takes time it goes on until it is stopped. */
  #formatGoesOn(): void {
    if (this.#disc.format !== "running" || this.#clock === undefined) return;
    if (this.#clock() < (this.#formatEndsMs ?? Infinity)) return;
    endFormat(this.#disc, "ends");
    this.save();
  }

  // --- writing

  #write({ lba, sectors, data }: { lba: number; sectors: number; data: Uint8Array }): Uint8Array {
    if (sectors === 0) return NOTHING;
    if (data.length < sectors * SECTOR_BYTES) return refuse(5, 0x1a, 0);
    const disc = this.#written();
    this.#checkWriteType();
    if (this.#clock !== undefined) this.#fillBuffer(sectors * disc.kind.sectorBytesOfSpeed);
    else this.#bufferedBytes = Math.min(TIMELESS_FILL_BYTES, this.#bufferedBytes + sectors * SECTOR_BYTES);
    const begun = isOverwrite(disc, lba, sectors)
      ? false
      : disc.format === undefined
      ? recordWrite(disc, lba, sectors)
      : recordOverwrite(disc, lba, sectors);
    if (this.#untouched !== undefined) return NOTHING;
    // Sectors before 0 are a CD's first pregap, which no reader reads and no file holds.
    const skipped = Math.min(sectors, Math.max(0, -lba));
    const isWhole = skipped === 0 && data.length === sectors * SECTOR_BYTES;
    const kept = isWhole ? data : data.subarray(skipped * SECTOR_BYTES, sectors * SECTOR_BYTES);
    if (kept.length > 0) this.#store.write(kept, lba + skipped);
    this.#unsavedSectors += sectors;
    if (begun || this.#unsavedSectors >= SAVE_EVERY_SECTORS) this.save();
    return NOTHING;
  }

  #writeType(): number {
    return (this.#parts.writeParameters()[2] ?? 0) & 0x0f;
  }

  #sendCueSheet(cdb: Uint8Array, sheet: Uint8Array): Uint8Array {
    const length = uint24(cdb, 6);
    if (sheet.length < length) return refuse(5, 0x1a, 0);
    if (this.#writeType() !== 2) return refuse(5, 0x2c, 0);
    takeCueSheet(this.#written(), sheet.subarray(0, length));
    return NOTHING;
  }

  // --- test writes: everything as in earnest, on a copy of the disc's state that is thrown away

  #isTest(): boolean {
    const { kind, format } = this.#disc;
    const isKnown = kind.recording === "trackAtOnce" || kind.recording === "minus";
    return isKnown && format === undefined && ((this.#parts.writeParameters()[2] ?? 0) & 0x10) !== 0;
  }

  /** The state that a WRITE changes: the disc's own, or that of a test. */
  #written(): DiscState {
    if (this.#untouched !== undefined || !this.#isTest()) return this.#disc;
    this.#untouched = this.#disc;
    const { tracks } = this.#disc;
    return this.#disc = { ...this.#disc, tracks: tracks.map((track) => ({ ...track })) };
  }

  #endTest(): void {
    if (this.#untouched === undefined) return;
    this.#disc = this.#untouched;
    this.#untouched = undefined;
  }

  /** Mode page 05h's write type must fit a disc that looks at it (MMC-6). */
  #checkWriteType(): void {
    const { kind, phase, format, onlyAtOnce, tracks } = this.#disc;
    if (phase === "complete" || format !== undefined) return;
    const writeType = this.#writeType();
    const isAtOnce = tracks.at(-1)?.phase === "atOnce";
    if (kind.recording === "trackAtOnce") {
      // Without a cue sheet there is nothing to write at once.
      if (isAtOnce ? writeType !== 2 : writeType !== 1) refuse(5, writeType === 2 ? 0x2c : 0x64, 0);
      return;
    }
    if (kind.recording !== "minus") return;
    if (writeType !== (isAtOnce ? 2 : 0)) refuse(5, writeType === 2 ? 0x2c : 0x64, 0);
    if (onlyAtOnce && !isAtOnce) refuse(5, 0x64, 0);
  }

  #fillBuffer(bytes: number): void {
    this.#drain();
    if (this.#bufferedBytes + bytes > reports.BUFFER_BYTES) refuse(2, 0x04, 0x08);
    if (this.#bufferedBytes === 0) this.#drainedAtMs = this.#clock?.() ?? 0;
    if (this.#disc.phase !== "complete" || this.#disc.format !== undefined) this.#bufferedBytes += bytes;
  }

  #drain(): void {
    if (this.#clock === undefined) return;
    const now = this.#clock();
    this.#bufferedBytes = Math.max(0, this.#bufferedBytes - (now - this.#drainedAtMs) * this.#speedKbps);
    this.#drainedAtMs = now;
  }

  #flush(): void {
    if (this.#clock === undefined) this.#bufferedBytes = 0;
    else {
      this.#drain();
      if (this.#bufferedBytes > 0) {
        this.#parts.lasts(this.#bufferedBytes / this.#speedKbps, { key: 2, asc: 0x04, ascq: 0x08 });
        this.#bufferedBytes = 0;
      }
    }
    // What was flushed in a test is not there afterwards.
    if (this.#untouched !== undefined) return this.#endTest();
    this.#recordZeros(flush(this.#disc, { isLast: this.#sessionIsLast() }));
    this.save();
  }

  #recordZeros(range: { fromLba: number; toLba: number } | undefined): void {
    if (range === undefined || range.toLba <= range.fromLba) return;
    this.#store.write(new Uint8Array((range.toLba - range.fromLba) * SECTOR_BYTES), range.fromLba);
  }

  #closeTrackSession(cdb: Uint8Array): Uint8Array {
    const disc = this.#disc;
    const what = (cdb[2] ?? 0) & 7;
    if (this.#isTest()) {
      this.#endTest();
      return NOTHING;
    }
    let durationMs: number = DURATION_MS.closeTrack;
    if (disc.format !== undefined) {
      closeFormatted(disc, what);
      durationMs = what === 0 ? DURATION_MS.stopFormat : DURATION_MS.closeSession;
    } else if (what === 1) {
      this.#recordZeros(closeTrack(disc, uint16(cdb, 4)));
    } else if (what === 2) {
      closeSession(disc, { last: this.#sessionIsLast() });
      durationMs = DURATION_MS.closeSession;
    } else if (disc.kind.finalizeFunctions.includes(what)) {
      closeSession(disc, { last: true });
      durationMs = DURATION_MS.finalize;
    } else {
      return refuse(5, 0x24, 0);
    }
    this.#parts.lasts(durationMs, { key: 2, asc: 0x04, ascq: 0x07 });
    this.save();
    return NOTHING;
  }

  /** Page 05h's multi-session field says whether closing the session closes the disc, for media that look at it. */
  #sessionIsLast(): boolean {
    const { kind, closedSessions } = this.#disc;
    if (closedSessions + 1 >= kind.sessionsMax) return true;
    return kind.recording !== "plus" && (this.#parts.writeParameters()[3] ?? 0) >> 6 !== 3;
  }

  #bufferCapacity(cdb: Uint8Array): Uint8Array {
    this.#drain();
    const unit = ((cdb[1] ?? 0) & 1) !== 0 ? SECTOR_BYTES : 1;
    const bytes = new Uint8Array(12);
    setUint16(bytes, 0, 10);
    bytes[3] = unit === 1 ? 0 : 1;
    setUint32(bytes, 4, reports.BUFFER_BYTES / unit);
    setUint32(bytes, 8, Math.floor((reports.BUFFER_BYTES - this.#bufferedBytes) / unit));
    return bytes.subarray(0, uint16(cdb, 7));
  }

  #setStreaming(descriptor: Uint8Array): Uint8Array {
    if (descriptor.length < 28) return refuse(5, 0x1a, 0);
    if (((descriptor[0] ?? 0) & 0x04) !== 0) this.#setSpeed(Infinity); // restore defaults
    else {
      const timeMs = uint32(descriptor, 24);
      if (timeMs === 0) return refuse(5, 0x26, 0);
      this.#setSpeed(uint32(descriptor, 20) * 1000 / timeMs);
    }
    return NOTHING;
  }

  /** The drive takes the highest speed that is not above what was asked for, and its lowest below that. */
  #setSpeed(kbps: number): void {
    const speeds = this.#disc.kind.writeKbps;
    this.#speedKbps = speeds.find((speed) => speed <= kbps) ?? speeds.at(-1) ?? 0;
  }

  // --- reading

  #read(lba: number, sectors: number): Uint8Array {
    for (let at = lba; at < lba + sectors;) {
      const { what, endLba } = placeOf(this.#disc, at);
      if (what === "nothing") return refuse(5, 0x21, 0);
      if (what === "runOut") throw new Refusal({ key: 3, asc: 0x11, ascq: 0, information: at });
      at = endLba;
    }
    const bytes = sectors * SECTOR_BYTES;
    if (bytes > this.#replyBuffer.length) this.#replyBuffer = new Uint8Array(bytes);
    const target = this.#replyBuffer.subarray(0, bytes);
    if (bytes > 0) this.#store.read(target, lba);
    return target;
  }

  #readCd(cdb: Uint8Array): Uint8Array {
    const fields = cdb[9] ?? 0;
    const type = ((cdb[1] ?? 0) >> 2) & 7;
    if (this.#disc.kind.carrier !== "cd") return refuse(5, 0x30, 0);
    if (type === 1) return refuse(5, 0x64, 0);
    // Only the user data of data tracks is kept: headers and sub-channels are not.
    if ((fields & 0xf8) !== 0x10 || ((cdb[10] ?? 0) & 7) !== 0) return refuse(5, 0x24, 0);
    return this.#read(uint32(cdb, 2), uint24(cdb, 6));
  }

  #readCapacity(): Uint8Array {
    const bytes = new Uint8Array(8);
    setUint32(bytes, 0, Math.max(0, closedEndLba(this.#disc) - 1));
    setUint32(bytes, 4, SECTOR_BYTES);
    return bytes;
  }

  /** Saves the state, if it is another than what was saved. */
  save(): void {
    if (this.#untouched !== undefined) return;
    this.#unsavedSectors = 0;
    // A disc that is only looked at, an image that may not be written among them, keeps the files that it has.
    const state = serialize(this.#disc);
    if (state === this.#savedState) return;
    this.#store.saveState(state);
    this.#savedState = state;
    this.#storedState = state;
  }
}

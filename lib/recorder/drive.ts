/**
 * The virtual recorder: a drive with a tray that executes CDBs as a real one does, over a disc that lives in a
 * {@linkcode DiscStore}. It knows no burning procedure and takes no short cut: whoever drives it speaks MMC.
 *
 * Time: without a clock the drive is never busy. With one, loading and closing last, the buffer fills and drains at
 * the write speed, and a WRITE that finds it full is answered 2/04/08 (MMC-6).
 *
 * @module
 */
import { setUint16, setUint32, uint16, uint24, uint32 } from "../mmc/bytes.ts";
import { MODE_PAGE } from "../mmc/mode_page.ts";
import { OPCODE } from "../mmc/opcode.ts";
import type { CommandRequest, Reply, TransportStatus } from "../mmc/request.ts";
import { encodeSense, type SenseTriple } from "../mmc/sense.ts";
import {
  blankDisc,
  closedEndLba,
  closeSession,
  closeTrack,
  deserialize,
  discOfImage,
  type DiscState,
  flush,
  placeOf,
  recordWrite,
  Refusal,
  refuse,
  reserve,
  serialize,
} from "./disc.ts";
import { type Fault, type FaultEffect, FaultScript } from "./faults.ts";
import type { MediumKind } from "./media.ts";
import { capabilitiesPage, changeablePage, defaultPages, selectPages } from "./mode_pages.ts";
import * as reports from "./reports.ts";
import type { DiscStore } from "./store.ts";

const SECTOR_BYTES = 2048;

/** State is saved at least after so many sectors: what a power failure can make a disc forget. */
const SAVE_EVERY_SECTORS = 8192;

/** How long operations last with a clock, in milliseconds. */
const DURATION_MS = { load: 3000, closeTrack: 2000, closeSession: 8000, finalize: 15000 } as const;

/** What a virtual drive is made with. */
export interface VirtualDriveOptions {
  /** Medium in the tray; undefined for an empty drive. */
  readonly kind: MediumKind | undefined;
  readonly store: DiscStore;
  readonly serialNumber?: string;
  readonly faults?: readonly Fault[];
  /** Milliseconds; without it nothing takes time. */
  readonly clock?: () => number;
}

/** An emulated MMC recorder with one disc. */
export class VirtualDrive {
  readonly #store: DiscStore;
  readonly #serialNumber: string;
  readonly #faults: FaultScript | undefined;
  readonly #clock: (() => number) | undefined;
  /** The disc that lies in the tray, open or closed. */
  readonly #disc: DiscState | undefined;

  #trayOpen = false;
  #locked = false;
  #gone = false;
  #attentions: SenseTriple[] = [{ key: 6, asc: 0x29, ascq: 0 }];
  #mediaEvent: 0 | 1 | 2 | 3 = 0;
  #pages: Map<number, Uint8Array> = defaultPages();
  #lastSense: SenseTriple = { key: 0, asc: 0, ascq: 0 };
  #speedKbps: number;
  #unsavedSectors = 0;
  #savedState: string | undefined;

  #busy: { readonly fromMs: number; readonly untilMs: number; readonly sense: SenseTriple } | undefined;
  #bufferedBytes = 0;
  #drainedAtMs = 0;
  #replyBuffer: Uint8Array = new Uint8Array(64 * 1024);

  constructor({ kind, store, serialNumber = "VIRTUAL0", faults, clock }: VirtualDriveOptions) {
    this.#store = store;
    this.#serialNumber = serialNumber;
    this.#faults = faults === undefined ? undefined : new FaultScript(faults);
    this.#clock = clock;
    this.#disc = kind === undefined ? undefined : loadDisc(kind, store);
    this.#speedKbps = kind?.writeKbps[0] ?? 0;
    if (this.#disc === undefined) return;
    // A new blank disc is saved when the drive closes, so that it stays the kind of disc that it was made as.
    if (this.#disc.phase !== "blank") this.#savedState = serialize(this.#disc);
    this.#mediumArrives();
  }

  /** Whether the tray is locked; for tests, as a hand at the button would find it. */
  get isLocked(): boolean {
    return this.#locked;
  }

  /** Whether the tray is open. */
  get isTrayOpen(): boolean {
    return this.#trayOpen;
  }

  /** The disc's state, for tests and for exporting it. */
  get disc(): DiscState | undefined {
    return this.#disc;
  }

  /** Whether waiting for this drive is pointless, because nothing that it does takes time. */
  get isTimeless(): boolean {
    return this.#clock === undefined;
  }

  /** What the drive's button does; refused when locked. */
  pressEject(): boolean {
    if (this.#locked) return false;
    if (this.#trayOpen) this.#close();
    else this.#open();
    return true;
  }

  /** Saves the state; the drive can be thrown away then. */
  close(): void {
    this.#save();
    this.#store.close();
  }

  /** Executes one command. The reply's data is valid until the next one. */
  execute(command: CommandRequest): Reply {
    if (this.#gone) return failed("gone");
    const effect = this.#faults?.next(command, addressedRange(command.cdb));
    if (effect === undefined) return this.#carryOut(command);
    return this.#withFault(command, effect);
  }

  #withFault(command: CommandRequest, effect: FaultEffect): Reply {
    switch (effect.kind) {
      case "sense":
        this.#lastSense = effect.sense;
        return checkCondition(effect.sense);
      case "timeout":
      case "reset":
        if (effect.executed) this.#carryOut(command);
        return failed(effect.kind);
      case "gone":
        this.#gone = true;
        return failed("gone");
      case "short": {
        const reply = this.#carryOut(command);
        return { ...reply, dataIn: reply.dataIn.subarray(0, effect.bytes) };
      }
      case "corrupt": {
        if (command.dataOut !== undefined) {
          return this.#carryOut({ ...command, dataOut: withOneBitTurned(command.dataOut) });
        }
        const reply = this.#carryOut(command);
        return { ...reply, dataIn: withOneBitTurned(reply.dataIn) };
      }
    }
  }

  #carryOut(command: CommandRequest): Reply {
    try {
      const data = this.#dispatch(command);
      const limit = command.dataInBytes ?? 0;
      return good(data.length > limit ? data.subarray(0, limit) : data);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#lastSense = error.sense;
      return checkCondition(error.sense);
    }
  }

  #dispatch({ cdb, dataOut = NOTHING }: CommandRequest): Uint8Array {
    const opcode = cdb[0] ?? 0;
    // These answer whatever state the drive is in, and leave a unit attention pending (SPC-4).
    switch (opcode) {
      case OPCODE.inquiry:
        return this.#inquiry(cdb);
      case OPCODE.requestSense:
        return this.#requestSense();
      case OPCODE.getConfiguration:
        return reports.configuration(reports.featureRows(this.#loadedDisc(), this.#serialNumber), {
          scope: (cdb[1] ?? 0) & 3,
          start: uint16(cdb, 2),
        }).subarray(0, uint16(cdb, 7));
      case OPCODE.getEventStatus:
        return this.#eventStatus(cdb);
    }
    const attention = this.#attentions.shift();
    if (attention !== undefined) throw new Refusal(attention);
    switch (opcode) {
      case OPCODE.startStopUnit:
        return this.#startStop(cdb);
      case OPCODE.preventAllowRemoval:
        this.#locked = ((cdb[4] ?? 0) & 1) !== 0;
        return NOTHING;
      case OPCODE.modeSense10:
        return this.#modeSense(cdb);
      case OPCODE.modeSelect10:
        selectPages(this.#pages, dataOut.subarray(0, uint16(cdb, 7)));
        return NOTHING;
      case OPCODE.readFormatCapacities:
        return reports.formatCapacities(this.#loadedDisc()).subarray(0, uint16(cdb, 7));
    }
    if (!IMPLEMENTED.has(opcode)) return refuse(5, 0x20, 0);
    const disc = this.#readyDisc(opcode);
    return this.#withDisc(disc, { cdb, dataOut });
  }

  #withDisc(disc: DiscState, { cdb, dataOut }: { cdb: Uint8Array; dataOut: Uint8Array }): Uint8Array {
    switch (cdb[0]) {
      case OPCODE.testUnitReady:
        return NOTHING;
      case OPCODE.write10:
        return this.#write(disc, { lba: uint32(cdb, 2), sectors: uint16(cdb, 7), data: dataOut });
      case OPCODE.write12:
        return this.#write(disc, { lba: uint32(cdb, 2), sectors: uint32(cdb, 6), data: dataOut });
      case OPCODE.read10:
        return this.#read(disc, uint32(cdb, 2), uint16(cdb, 7));
      case OPCODE.read12:
        return this.#read(disc, uint32(cdb, 2), uint32(cdb, 6));
      case OPCODE.readCd:
        return this.#readCd(disc, cdb);
      case OPCODE.readCapacity:
        return this.#readCapacity(disc);
      case OPCODE.synchronizeCache:
        this.#flush(disc);
        return NOTHING;
      case OPCODE.closeTrackSession:
        return this.#closeTrackSession(disc, cdb);
      case OPCODE.reserveTrack:
        if (((cdb[1] ?? 0) & 3) !== 0) refuse(5, 0x24, 0);
        reserve(disc, uint32(cdb, 5));
        this.#save();
        return NOTHING;
      case OPCODE.readDiscInformation:
        if (((cdb[1] ?? 0) & 7) !== 0) refuse(5, 0x24, 0);
        return reports.discInformation(disc).subarray(0, uint16(cdb, 7));
      case OPCODE.readTrackInformation: {
        const track = reports.findTrack(disc, (cdb[1] ?? 0) & 3, uint32(cdb, 2)) ?? refuse(5, 0x24, 0);
        return reports.trackInformation(disc, track).subarray(0, uint16(cdb, 7));
      }
      case OPCODE.readToc: {
        // Old hosts put the format into the two high bits of the control byte (SFF 8020i).
        const format = ((cdb[2] ?? 0) & 0x0f) || (cdb[9] ?? 0) >> 6;
        const msf = ((cdb[1] ?? 0) & 2) !== 0;
        const found = reports.toc(disc, { format, start: cdb[6] ?? 0, msf }) ?? refuse(5, 0x24, 0);
        return found.subarray(0, uint16(cdb, 7));
      }
      case OPCODE.sendOpc:
        if (disc.phase === "complete") refuse(5, 0x30, 5);
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
      case OPCODE.setStreaming:
        return this.#setStreaming(disc, dataOut);
      case OPCODE.setCdSpeed:
        this.#setSpeed(disc, uint16(cdb, 4) === 0xffff ? Infinity : uint16(cdb, 4));
        return NOTHING;
      default:
        return refuse(5, 0x20, 0);
    }
  }

  // --- the drive itself

  #inquiry(cdb: Uint8Array): Uint8Array {
    const limit = uint16(cdb, 3);
    if (((cdb[1] ?? 0) & 1) === 0) {
      if (cdb[2] !== 0) refuse(5, 0x24, 0);
      return reports.inquiryData().subarray(0, limit);
    }
    const page = reports.vitalProductData(cdb[2] ?? 0, this.#serialNumber) ?? refuse(5, 0x24, 0);
    return page.subarray(0, limit);
  }

  #requestSense(): Uint8Array {
    const pending = this.#attentions.shift() ?? this.#busySense() ?? this.#lastSense;
    this.#lastSense = { key: 0, asc: 0, ascq: 0 };
    return encodeSense(pending);
  }

  #startStop(cdb: Uint8Array): Uint8Array {
    switch ((cdb[4] ?? 0) & 3) {
      case 2:
        if (this.#locked) return refuse(5, 0x53, 0x02);
        if (!this.#trayOpen) this.#open();
        return NOTHING;
      case 3:
        if (this.#trayOpen) this.#close();
        return NOTHING;
      default:
        return NOTHING;
    }
  }

  #open(): void {
    if (this.#disc !== undefined) {
      this.#flush(this.#disc);
      this.#mediaEvent = 3;
    }
    this.#busy = undefined;
    this.#trayOpen = true;
  }

  #close(): void {
    this.#trayOpen = false;
    if (this.#disc !== undefined) this.#mediumArrives();
  }

  #mediumArrives(): void {
    this.#mediaEvent = 2;
    this.#attentions.push({ key: 6, asc: 0x28, ascq: 0 });
    this.#lasts(DURATION_MS.load, { key: 2, asc: 0x04, ascq: 0x01 });
  }

  #loadedDisc(): DiscState | undefined {
    return this.#trayOpen ? undefined : this.#disc;
  }

  #readyDisc(opcode: number): DiscState {
    const disc = this.#loadedDisc();
    if (disc === undefined) return refuse(2, 0x3a, this.#trayOpen ? 2 : 1);
    const busy = this.#busySense();
    // The buffer can be asked for while it is emptied: that is what the command is for.
    if (busy !== undefined && opcode !== OPCODE.readBufferCapacity) throw new Refusal(busy);
    return disc;
  }

  #lasts(durationMs: number, sense: SenseTriple): void {
    if (this.#clock === undefined) return;
    const fromMs = this.#clock();
    this.#busy = { fromMs, untilMs: fromMs + durationMs, sense };
  }

  #busySense(): (SenseTriple & { progress?: number }) | undefined {
    if (this.#busy === undefined || this.#clock === undefined) return undefined;
    const { fromMs, untilMs, sense } = this.#busy;
    const now = this.#clock();
    if (now >= untilMs) {
      this.#busy = undefined;
      return undefined;
    }
    return { ...sense, progress: (now - fromMs) / (untilMs - fromMs) };
  }

  #eventStatus(cdb: Uint8Array): Uint8Array {
    if (((cdb[1] ?? 0) & 1) === 0) return refuse(5, 0x24, 0); // only polled operation is emulated
    const bytes = new Uint8Array(8);
    const asked = cdb[4] ?? 0;
    bytes[3] = 0x10;
    if ((asked & 0x10) === 0) {
      setUint16(bytes, 0, 2);
      bytes[2] = 0x80; // no event of the classes that were asked for
      return bytes.subarray(0, Math.min(4, uint16(cdb, 7)));
    }
    setUint16(bytes, 0, 6);
    bytes[2] = 0x04;
    bytes[4] = this.#mediaEvent;
    bytes[5] = (this.#trayOpen ? 1 : 0) | (this.#loadedDisc() === undefined ? 0 : 2);
    this.#mediaEvent = 0;
    return bytes.subarray(0, uint16(cdb, 7));
  }

  #modeSense(cdb: Uint8Array): Uint8Array {
    const asked = (cdb[2] ?? 0) & 0x3f;
    const control = (cdb[2] ?? 0) >> 6;
    if (control === 3) return refuse(5, 0x39, 0); // saving parameters is not supported
    const capabilities = capabilitiesPage(this.#loadedDisc(), {
      locked: this.#locked,
      speedKbps: this.#speedKbps,
    });
    const source = control === 2 ? defaultPages() : this.#pages;
    const pages = [...source.entries()].map(([code, page]) => control === 1 ? changeablePage(code) : page);
    pages.push(
      control === 1
        ? Uint8Array.of(0x2a, capabilities.length - 2, ...new Uint8Array(capabilities.length - 2))
        : capabilities,
    );
    const chosen = pages.filter((page) => asked === MODE_PAGE.all || page[0] === asked);
    if (chosen.length === 0) return refuse(5, 0x24, 0);
    const length = chosen.reduce((sum, page) => sum + page.length, 8);
    const bytes = new Uint8Array(length);
    setUint16(bytes, 0, length - 2);
    let at = 8;
    for (const page of chosen) {
      bytes.set(page, at);
      at += page.length;
    }
    return bytes.subarray(0, uint16(cdb, 7));
  }

  // --- writing

  #write(
    disc: DiscState,
    { lba, sectors, data }: { lba: number; sectors: number; data: Uint8Array },
  ): Uint8Array {
    if (sectors === 0) return NOTHING;
    if (data.length < sectors * SECTOR_BYTES) return refuse(5, 0x1a, 0);
    if (disc.kind.syncEndsTrack) this.#checkWriteType(disc);
    if (this.#clock !== undefined) this.#fillBuffer(disc, sectors * disc.kind.sectorBytesOfSpeed);
    const begun = recordWrite(disc, lba, sectors);
    this.#store.write(
      data.length === sectors * SECTOR_BYTES ? data : data.subarray(0, sectors * SECTOR_BYTES),
      lba,
    );
    this.#unsavedSectors += sectors;
    if (begun || this.#unsavedSectors >= SAVE_EVERY_SECTORS) this.#save();
    return NOTHING;
  }

  #checkWriteType(disc: DiscState): void {
    if (disc.phase === "complete") return;
    const writeType = (this.#pages.get(MODE_PAGE.writeParameters)?.[2] ?? 0) & 0x0f;
    if (writeType !== 1) refuse(5, 0x64, 0);
  }

  #fillBuffer(disc: DiscState, bytes: number): void {
    this.#drain();
    if (this.#bufferedBytes + bytes > reports.BUFFER_BYTES) refuse(2, 0x04, 0x08);
    if (this.#bufferedBytes === 0) this.#drainedAtMs = this.#clock?.() ?? 0;
    if (disc.phase !== "complete") this.#bufferedBytes += bytes;
  }

  #drain(): void {
    const now = this.#clock?.() ?? 0;
    this.#bufferedBytes = Math.max(0, this.#bufferedBytes - (now - this.#drainedAtMs) * this.#speedKbps);
    this.#drainedAtMs = now;
  }

  #flush(disc: DiscState): void {
    if (this.#clock !== undefined) {
      this.#drain();
      if (this.#bufferedBytes > 0) {
        this.#lasts(this.#bufferedBytes / this.#speedKbps, { key: 2, asc: 0x04, ascq: 0x08 });
        this.#bufferedBytes = 0;
      }
    }
    this.#recordZeros(flush(disc));
    this.#save();
  }

  #recordZeros(range: { fromLba: number; toLba: number } | undefined): void {
    if (range === undefined || range.toLba <= range.fromLba) return;
    this.#store.write(new Uint8Array((range.toLba - range.fromLba) * SECTOR_BYTES), range.fromLba);
  }

  #closeTrackSession(disc: DiscState, cdb: Uint8Array): Uint8Array {
    const what = (cdb[2] ?? 0) & 7;
    if (what === 1) {
      this.#recordZeros(closeTrack(disc, uint16(cdb, 4)));
      this.#lasts(DURATION_MS.closeTrack, { key: 2, asc: 0x04, ascq: 0x07 });
    } else if (what === 2) {
      closeSession(disc, { last: this.#sessionIsLast(disc) });
      this.#lasts(DURATION_MS.closeSession, { key: 2, asc: 0x04, ascq: 0x07 });
    } else if (disc.kind.finalizeFunctions.includes(what)) {
      closeSession(disc, { last: true });
      this.#lasts(DURATION_MS.finalize, { key: 2, asc: 0x04, ascq: 0x07 });
    } else {
      return refuse(5, 0x24, 0);
    }
    this.#save();
    return NOTHING;
  }

  /** For a CD, page 05h's multi-session field says whether closing the session closes the disc. */
  #sessionIsLast(disc: DiscState): boolean {
    if (!disc.kind.syncEndsTrack) return disc.closedSessions + 1 >= disc.kind.sessionsMax;
    return (this.#pages.get(MODE_PAGE.writeParameters)?.[3] ?? 0) >> 6 !== 3;
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

  #setStreaming(disc: DiscState, descriptor: Uint8Array): Uint8Array {
    if (descriptor.length < 28) return refuse(5, 0x1a, 0);
    if (((descriptor[0] ?? 0) & 0x04) !== 0) this.#setSpeed(disc, Infinity); // restore defaults
    else {
      const timeMs = uint32(descriptor, 24);
      if (timeMs === 0) return refuse(5, 0x26, 0);
      this.#setSpeed(disc, uint32(descriptor, 20) * 1000 / timeMs);
    }
    return NOTHING;
  }

  /** The drive takes the highest speed that is not above what was asked for, and its lowest below that. */
  #setSpeed(disc: DiscState, kbps: number): void {
    const speeds = disc.kind.writeKbps;
    this.#speedKbps = speeds.find((speed) => speed <= kbps) ?? speeds.at(-1) ?? 0;
  }

  // --- reading

  #read(disc: DiscState, lba: number, sectors: number): Uint8Array {
    for (let at = lba; at < lba + sectors;) {
      const { what, endLba } = placeOf(disc, at);
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

  #readCd(disc: DiscState, cdb: Uint8Array): Uint8Array {
    const fields = cdb[9] ?? 0;
    const type = ((cdb[1] ?? 0) >> 2) & 7;
    if (disc.kind.name !== "cd-r") return refuse(5, 0x30, 0);
    if (type === 1) return refuse(5, 0x64, 0);
    // Only the user data of data tracks is kept: headers and sub-channels are not.
    if ((fields & 0xf8) !== 0x10 || ((cdb[10] ?? 0) & 7) !== 0) return refuse(5, 0x24, 0);
    return this.#read(disc, uint32(cdb, 2), uint24(cdb, 6));
  }

  #readCapacity(disc: DiscState): Uint8Array {
    const bytes = new Uint8Array(8);
    setUint32(bytes, 0, Math.max(0, closedEndLba(disc) - 1));
    setUint32(bytes, 4, SECTOR_BYTES);
    return bytes;
  }

  #save(): void {
    this.#unsavedSectors = 0;
    if (this.#disc === undefined) return;
    // A disc that is only looked at, an image that may not be written among them, keeps the files that it has.
    const state = serialize(this.#disc);
    if (state !== this.#savedState) this.#store.saveState(state);
    this.#savedState = state;
  }
}

const NOTHING = new Uint8Array(0);

/** Commands that need a disc; with those that the dispatcher serves first, all that there are. */
const IMPLEMENTED: ReadonlySet<number> = new Set([
  OPCODE.testUnitReady,
  OPCODE.readCapacity,
  OPCODE.read10,
  OPCODE.write10,
  OPCODE.synchronizeCache,
  OPCODE.readToc,
  OPCODE.readDiscInformation,
  OPCODE.readTrackInformation,
  OPCODE.reserveTrack,
  OPCODE.sendOpc,
  OPCODE.closeTrackSession,
  OPCODE.readBufferCapacity,
  OPCODE.read12,
  OPCODE.write12,
  OPCODE.getPerformance,
  OPCODE.readDiscStructure,
  OPCODE.setStreaming,
  OPCODE.setCdSpeed,
  OPCODE.readCd,
]);

function loadDisc(kind: MediumKind, store: DiscStore): DiscState {
  const text = store.loadState();
  if (text === undefined) {
    if (store.sizeBytes === 0) return blankDisc(kind);
    return discOfImage(kind, Math.ceil(store.sizeBytes / SECTOR_BYTES));
  }
  const disc = deserialize(text);
  if (disc.kind !== kind) {
    throw new RangeError(`it is a ${disc.kind.name}, not a ${kind.name}`);
  }
  return disc;
}

function addressedRange(cdb: Uint8Array): { lba: number; sectors: number } | undefined {
  switch (cdb[0]) {
    case OPCODE.read10:
    case OPCODE.write10:
      return { lba: uint32(cdb, 2), sectors: uint16(cdb, 7) };
    case OPCODE.read12:
    case OPCODE.write12:
      return { lba: uint32(cdb, 2), sectors: uint32(cdb, 6) };
    case OPCODE.readCd:
      return { lba: uint32(cdb, 2), sectors: uint24(cdb, 6) };
    default:
      return undefined;
  }
}

function good(dataIn: Uint8Array): Reply {
  return { status: 0, sense: NOTHING, dataIn, transport: "ok" };
}

function checkCondition(sense: SenseTriple & { information?: number; progress?: number }): Reply {
  return { status: 2, sense: encodeSense(sense), dataIn: NOTHING, transport: "ok" };
}

function failed(transport: TransportStatus): Reply {
  return { status: 0, sense: NOTHING, dataIn: NOTHING, transport };
}

function withOneBitTurned(data: Uint8Array): Uint8Array {
  const copy = data.slice();
  copy[0] = (copy[0] ?? 0) ^ 1;
  return copy;
}

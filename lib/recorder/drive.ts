/**
 * The virtual recorder: a drive with a tray that executes CDBs as a real one does, over a disc that lives in a
 * {@linkcode DiscStore}. It knows no burning procedure and takes no short cut: whoever drives it speaks MMC.
 *
 * Time: without a clock the drive is never busy. With one, loading and closing last, the buffer fills and drains at
 * the write speed, and a WRITE that finds it full is answered 2/04/08 (MMC-6).
 *
 * @module
 */
import { int32, setUint16, uint16, uint24, uint32 } from "../mmc/bytes.ts";
import { MODE_PAGE } from "../mmc/mode_page.ts";
import { OPCODE } from "../mmc/opcode.ts";
import type { CommandRequest, Reply, TransportStatus } from "../mmc/request.ts";
import { encodeSense, type SenseTriple } from "../mmc/sense.ts";
import { blankDisc, discOfImage, type DiscState, forgetReservation, Refusal, refuse } from "./disc.ts";
import { deserialize } from "./disc_text.ts";
import { type Fault, type FaultEffect, FaultScript } from "./faults.ts";
import type { MediumKind } from "./media.ts";
import { endFormat } from "./formatted.ts";
import { MediumCommands } from "./medium_commands.ts";
import { capabilitiesPage, changeablePage, defaultPages, selectPages } from "./mode_pages.ts";
import * as reports from "./reports.ts";
import type { DiscStore } from "./store.ts";

const SECTOR_BYTES = 2048;

/** How long loading lasts with a clock, in milliseconds. */
const LOAD_MS = 3000;

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
  /** The disc that lies in the tray, open or closed, and what is done with it. */
  readonly #disc: DiscState | undefined;
  readonly #medium: MediumCommands | undefined;

  #trayOpen = false;
  #locked = false;
  #gone = false;
  #attentions: SenseTriple[] = [{ key: 6, asc: 0x29, ascq: 0 }];
  #mediaEvent: 0 | 1 | 2 | 3 = 0;
  #pages: Map<number, Uint8Array> = defaultPages();
  #lastSense: SenseTriple = { key: 0, asc: 0, ascq: 0 };
  #busy: { readonly fromMs: number; readonly untilMs: number; readonly sense: SenseTriple } | undefined;

  constructor({ kind, store, serialNumber = "VIRTUAL0", faults, clock }: VirtualDriveOptions) {
    this.#store = store;
    this.#serialNumber = serialNumber;
    this.#faults = faults === undefined ? undefined : new FaultScript(faults);
    this.#clock = clock;
    this.#disc = kind === undefined ? undefined : loadDisc(kind, store);
    if (this.#disc === undefined) return;
    this.#medium = new MediumCommands({
      disc: this.#disc,
      store,
      clock,
      writeParameters: () => this.#pages.get(MODE_PAGE.writeParameters) ?? NOTHING,
      lasts: (durationMs, sense) => this.#lasts(durationMs, sense),
    });
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

  /** Saves the state, as far as it is another than what was saved. */
  save(): void {
    this.#medium?.save();
  }

  /** Whether the disc's state was replaced behind the drive's back, by another drive over the same store. */
  get isOutdated(): boolean {
    return this.#medium?.isOutdated ?? false;
  }

  /** Saves the state; the drive can be thrown away then. */
  close(): void {
    this.save();
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
      case "busy":
        return { ...good(NOTHING), status: 0x08 };
      case "removed":
        if (!this.#trayOpen) this.#open();
        return checkCondition(this.#lastSense = { key: 2, asc: 0x3a, ascq: 2 });
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
      case OPCODE.modeSense6:
        // MMC has the long form only. Linux and QEMU ask a drive on a SCSI bus in the short one, and take a drive that
        // refuses it for one that writes nothing.
        return this.#modeSense(cdb, { headerBytes: 4, lengthBytes: cdb[4] ?? 0 });
      case OPCODE.modeSense10:
        return this.#modeSense(cdb, { headerBytes: 8, lengthBytes: uint16(cdb, 7) });
      case OPCODE.modeSelect10:
        selectPages(this.#pages, {
          list: dataOut.subarray(0, uint16(cdb, 7)),
          recording: this.#disc?.kind.recording,
        });
        return NOTHING;
      case OPCODE.readFormatCapacities:
        return reports.formatCapacities(this.#loadedDisc()).subarray(0, uint16(cdb, 7));
    }
    if (!IMPLEMENTED.has(opcode)) return refuse(5, 0x20, 0);
    return this.#readyMedium(opcode).execute(cdb, dataOut);
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
    if (this.#medium !== undefined) {
      this.#medium.leave();
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
    this.#lasts(LOAD_MS, { key: 2, asc: 0x04, ascq: 0x01 });
  }

  #loadedDisc(): DiscState | undefined {
    return this.#trayOpen ? undefined : this.#disc;
  }

  #readyMedium(opcode: number): MediumCommands {
    const medium = this.#trayOpen ? undefined : this.#medium;
    if (medium === undefined) return refuse(2, 0x3a, this.#trayOpen ? 2 : 1);
    const busy = this.#busySense();
    // The buffer can be asked for while it is emptied: that is what the command is for.
    if (busy !== undefined && opcode !== OPCODE.readBufferCapacity) throw new Refusal(busy);
    return medium;
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

  #modeSense(
    cdb: Uint8Array,
    { headerBytes, lengthBytes }: { headerBytes: 4 | 8; lengthBytes: number },
  ): Uint8Array {
    const asked = (cdb[2] ?? 0) & 0x3f;
    const control = (cdb[2] ?? 0) >> 6;
    if (control === 3) return refuse(5, 0x39, 0); // saving parameters is not supported
    const capabilities = capabilitiesPage(this.#loadedDisc(), {
      locked: this.#locked,
      speedKbps: this.#medium?.speedKbps ?? 0,
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
    const length = chosen.reduce<number>((sum, page) => sum + page.length, headerBytes);
    const bytes = new Uint8Array(length);
    if (headerBytes === 8) setUint16(bytes, 0, length - 2);
    else if (length > 256) return refuse(5, 0x24, 0); // its length is one byte
    else bytes[0] = length - 1;
    let at: number = headerBytes;
    for (const page of chosen) {
      bytes.set(page, at);
      at += page.length;
    }
    return bytes.subarray(0, lengthBytes);
  }
}

const NOTHING = new Uint8Array(0);

/** Commands that need a disc; with those that the dispatcher serves first, all that there are. */
const IMPLEMENTED: ReadonlySet<number> = new Set([
  OPCODE.testUnitReady,
  OPCODE.sendDiscStructure,
  OPCODE.formatUnit,
  OPCODE.blank,
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
  OPCODE.sendCueSheet,
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
  // What a drive did in the background ended with its power.
  endFormat(disc, "stop");
  forgetReservation(disc);
  if (disc.kind !== kind) {
    throw new RangeError(`it is a ${disc.kind.name}, not a ${kind.name}`);
  }
  return disc;
}

function addressedRange(cdb: Uint8Array): { lba: number; sectors: number } | undefined {
  switch (cdb[0]) {
    case OPCODE.read10:
    case OPCODE.write10:
      return { lba: int32(cdb, 2), sectors: uint16(cdb, 7) };
    case OPCODE.read12:
    case OPCODE.write12:
      return { lba: int32(cdb, 2), sectors: uint32(cdb, 6) };
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

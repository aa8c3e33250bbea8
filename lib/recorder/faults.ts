/** Faults by script, so that a test can have a drive fail where it likes. @module */
import type { CommandRequest } from "../mmc/request.ts";
import type { SenseTriple } from "../mmc/sense.ts";

/** What goes wrong. */
export type FaultEffect =
  /** The command is refused and has no effect. */
  | { readonly kind: "sense"; readonly sense: SenseTriple & { readonly progress?: number } }
  /** The command is carried out; fewer bytes than it returns arrive. */
  | { readonly kind: "short"; readonly bytes: number }
  /** No answer until the timeout; `executed` says whether the drive carried the command out. */
  | { readonly kind: "timeout"; readonly executed: boolean }
  /** The bus was reset under the command. */
  | { readonly kind: "reset"; readonly executed: boolean }
  /** The drive answers with the status BUSY. */
  | { readonly kind: "busy" }
  /** The disc is taken out, whatever locks it; the tray is open then. */
  | { readonly kind: "removed" }
  /** The drive is unplugged: this and every later command ends so. */
  | { readonly kind: "gone" }
  /** The command is carried out, but what is recorded or returned has one bit turned. */
  | { readonly kind: "corrupt" };

/** When it goes wrong: all conditions that are given must hold. */
export interface Fault {
  /** The first byte of the CDB. */
  readonly opcode?: number;
  /** The same for commands that stand for one another. */
  readonly opcodes?: readonly number[];
  /** Counts from 1 among the commands that meet the other conditions; each one when left out. */
  readonly nth?: number;
  /** The command must touch this sector. */
  readonly lba?: number;
  /** How often it happens, from the nth on; without end when left out with `nth` left out, else once. */
  readonly times?: number;
  /** What happens then. */
  readonly effect: FaultEffect;
}

/** Plays a list of faults. */
export class FaultScript {
  readonly #faults: readonly Fault[];
  readonly #seen: number[];

  constructor(faults: readonly Fault[] = []) {
    this.#faults = faults;
    this.#seen = faults.map(() => 0);
  }

  /** The effect that this command is to have, if any; counts it. */
  next(
    command: CommandRequest,
    range: { lba: number; sectors: number } | undefined,
  ): FaultEffect | undefined {
    let effect: FaultEffect | undefined;
    this.#faults.forEach((fault, index) => {
      const opcode = command.cdb[0] ?? 0;
      if (fault.opcode !== undefined && fault.opcode !== opcode) return;
      if (fault.opcodes !== undefined && !fault.opcodes.includes(opcode)) return;
      if (fault.lba !== undefined) {
        if (range === undefined || fault.lba < range.lba || fault.lba >= range.lba + range.sectors) return;
      }
      const count = this.#seen[index] = (this.#seen[index] ?? 0) + 1;
      const first = fault.nth ?? 1;
      const times = fault.times ?? (fault.nth === undefined ? Infinity : 1);
      if (count >= first && count < first + times) effect ??= fault.effect;
    });
    return effect;
  }
}

/** Rnd and Randomize: Windows' generator, bit for bit. @module */
import { makeSingle, type Variant } from "../../automation/variant.ts";
import type { Arguments } from "./arguments.ts";
import type { LibraryFunction } from "../runtime/bindings.ts";

const MASK = 0xFFFFFF;

/**
 * VBScript's generator: a linear congruence of 24 bits, so that a script that seeds it gets the numbers it got on
 * Windows.
 */
export class RandomGenerator {
  #state = 0x50000;

  /** The number that the last step gave: 0 ≤ x < 1. */
  get last(): number {
    return this.#state / 0x1000000;
  }

  /** One step: 0 ≤ x < 1. */
  next(): number {
    // Only the low 24 bits of the documented multiplier 1140671485 have a say.
    this.#state = (Math.imul(this.#state, 0xFD43FD) + 0xC39EC3) & MASK;
    return this.last;
  }

  /** Rnd of a negative number: its bits as a Single are the new state, and one step is taken. */
  reseed(value: number): number {
    const bits = new DataView(new ArrayBuffer(4));
    bits.setFloat32(0, value);
    const word = bits.getUint32(0);
    this.#state = (word + (word >>> 24)) & MASK;
    return this.next();
  }

  /** Randomize: the seed goes into the upper two of the state's three bytes; the lowest stays as it was. */
  randomize(seed: number): void {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setFloat64(0, seed);
    const mixed = bits.getUint16(0) ^ bits.getUint16(2);
    this.#state = (this.#state & 0xFF) | (mixed << 8);
  }
}

/** Rnd and Randomize. */
export function randomFunctions(use: Arguments): LibraryFunction[] {
  const { random } = use.context;
  return [
    {
      name: "Rnd",
      minimum: 0,
      maximum: 1,
      call: (...args: Variant[]) => {
        if (!use.isGiven(args, 0)) return makeSingle(random.next());
        const selector = use.double(args[0], "Rnd");
        if (selector < 0) return makeSingle(random.reseed(selector));
        return makeSingle(selector === 0 ? random.last : random.next());
      },
    },
    {
      name: "Randomize",
      minimum: 0,
      maximum: 1,
      call: (...args: Variant[]) => {
        const seed = use.isGiven(args, 0) ? use.double(args[0], "Randomize") : use.secondsSinceMidnight();
        random.randomize(seed);
        return undefined;
      },
    },
  ];
}

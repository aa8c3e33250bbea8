/**
 * How compiled code holds values in its hands.
 *
 * Between procedures, in arrays and in objects a value is a Variant. Inside a procedure a variable is taken apart into
 * a number, a tag that says which number, and a place for everything else, so that arithmetic needs no allocation and
 * no guessing. A {@linkcode Cell} is such a variable where more than one procedure can reach it.
 *
 * @module
 */
import {
  isAutomationObject,
  isUnknownObject,
  makeDouble,
  makeLong,
  NothingValue,
  TypedNumber,
  type Variant,
  VariantArray,
  type VariantRef,
  VARTYPE,
} from "../../automation/variant.ts";

/** Tags: 0 says that the value is in the object part. */
export const TAG = { other: 0, integer: 1, long: 2, double: 3 } as const;

/** The tag of a Variant. */
export function tagOf(value: Variant): number {
  if (typeof value === "number") {
    return (value | 0) !== value ? 3 : ((value << 16) >> 16) === value ? 1 : 2;
  }
  if (value instanceof TypedNumber) {
    if (value.type === VARTYPE.Double) return 3;
    if (value.type === VARTYPE.Long) return 2;
  }
  return 0;
}

/** The number of a Variant whose tag is not 0. */
export function numberOf(value: Variant): number {
  return typeof value === "number" ? value : (value as TypedNumber).value;
}

/** The Variant of a number and its tag, which is not 0. */
export function box(value: number, tag: number): Variant {
  if (tag === 1) return value;
  if (tag === 3) return makeDouble(value);
  return makeLong(value);
}

/** A variable that more than one procedure can reach. */
export class Cell implements VariantRef {
  // A first value that is no integer makes V8 keep the field as an unboxed double from the start.
  n = 0.5;
  t = 0;
  o: Variant = undefined;

  read(): Variant {
    return this.t === 0 ? this.o : box(this.n, this.t);
  }

  write(value: Variant): void {
    this.t = tagOf(value);
    if (this.t === 0) this.o = value;
    else {
      this.n = numberOf(value);
      this.o = undefined;
    }
  }

  /** Whether it holds that very value. */
  holds(value: Variant): boolean {
    const tag = tagOf(value);
    return this.t === tag && (tag === 0 ? this.o === value : this.n === numberOf(value));
  }

  /** A cell that holds a value. */
  static of(value: Variant): Cell {
    const cell = new Cell();
    cell.write(value);
    return cell;
  }
}

/** Whether a value is one that Set takes: an object, Nothing, or an object without IDispatch. */
export function isReference(value: Variant): boolean {
  return value instanceof NothingValue || isAutomationObject(value) || isUnknownObject(value);
}

/** A copy of an array, anything else as it is. */
export function copied(value: Variant): Variant {
  return value instanceof VariantArray ? value.copy() : value;
}

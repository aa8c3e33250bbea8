/** Arrays: indexing, ReDim, Erase. @module */
import { toLong } from "../../automation/coerce.ts";
import { type Variant, VariantArray, VARTYPE } from "../../automation/variant.ts";
import { raise } from "../errors.ts";

/** Elements beyond this many are refused with error 7, before JavaScript runs out of memory. */
const ELEMENTS_MAX = 1 << 27;

/** A new array with these upper bounds, its elements Empty. */
export function newArray(upperBounds: readonly number[], fixed: boolean): VariantArray {
  const count = countOf(upperBounds);
  return new VariantArray([...upperBounds], new Array<Variant>(count).fill(undefined), fixed);
}

function countOf(upperBounds: readonly number[]): number {
  if (upperBounds.length > 60) raise(9);
  let count = 1;
  for (const bound of upperBounds) {
    if (bound < -1) raise(9);
    count *= bound + 1;
  }
  if (count > ELEMENTS_MAX) raise(7);
  return upperBounds.length === 0 ? 0 : count;
}

/** Where an element lies; error 9 outside the bounds. */
export function offsetOf(array: VariantArray, indices: readonly Variant[]): number {
  const bounds = array.upperBounds;
  if (indices.length !== bounds.length || bounds.length === 0) raise(9);
  let offset = 0;
  let stride = 1;
  for (let dimension = 0; dimension < bounds.length; dimension++) {
    const index = toLong(indices[dimension]);
    const bound = bounds[dimension]!;
    if (index < 0 || index > bound) raise(9);
    offset += index * stride;
    stride *= bound + 1;
  }
  return offset;
}

/** ReDim: a new array in place of `old`. */
export function redim(old: Variant, upperBounds: readonly number[], preserve: boolean): VariantArray {
  if (old instanceof VariantArray && old.fixed) raise(10);
  if (!preserve) return newArray(upperBounds, false);
  if (old === undefined || (old instanceof VariantArray && old.upperBounds.length === 0)) {
    return newArray(upperBounds, false);
  }
  if (!(old instanceof VariantArray)) return raise(13);
  const last = upperBounds.length - 1;
  if (old.upperBounds.length !== upperBounds.length) raise(9);
  for (let dimension = 0; dimension < last; dimension++) {
    if (old.upperBounds[dimension] !== upperBounds[dimension]) raise(9);
  }
  const count = countOf(upperBounds);
  // Only the last dimension changes, and it is the slowest: the elements stay where they are. An array has one owner,
  // so it can grow in place, which makes growing one element at a time linear.
  const { elements } = old;
  for (let offset = elements.length; offset < count; offset++) elements.push(undefined);
  elements.length = count;
  old.upperBounds = [...upperBounds];
  return old;
}

/** Erase: a fixed array's elements become Empty, a dynamic one loses its dimensions. */
export function erase(value: Variant): void {
  if (!(value instanceof VariantArray)) return raise(13);
  if (value.fixed) {
    value.elements.fill(value.elementType === VARTYPE.Byte ? 0 : undefined);
    return;
  }
  value.upperBounds = [];
  value.elements = [];
}

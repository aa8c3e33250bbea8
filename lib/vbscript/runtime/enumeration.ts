/** What For Each loops run over. @module */
import type { Variant, VariantArray } from "../../automation/variant.ts";
import { copied } from "./values.ts";

/** A loop over what For Each is given. */
export interface Enumeration {
  value: Variant;
  next(): boolean;
}

/** A loop over an array. */
export class ArrayEnumeration implements Enumeration {
  value: Variant = undefined;
  isLeft = false;
  /** Whether nobody else holds the array. */
  isOwner = false;
  #index = 0;

  constructor(readonly array: VariantArray) {}

  next(): boolean {
    if (this.#index >= this.array.elements.length) return false;
    this.value = copied(this.array.elements[this.#index++]);
    return true;
  }
}

/** A loop over a collection. */
export class IteratorEnumeration implements Enumeration {
  value: Variant = undefined;
  readonly #iterator: Iterator<Variant>;

  constructor(iterator: Iterator<Variant>) {
    this.#iterator = iterator;
  }

  next(): boolean {
    const step = this.#iterator.next();
    this.value = step.done === true ? undefined : step.value;
    return step.done !== true;
  }
}

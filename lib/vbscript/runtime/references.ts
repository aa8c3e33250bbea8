/**
 * Counted references, so that Class_Terminate runs when the last one goes.
 *
 * Theory of operation. JavaScript has no reference counts, and counting costs time, so a script is compiled to count
 * only if it may define a Class_Terminate. Then variables, fields and the elements of arrays count the instances that
 * they hold. What an expression computes is held by its statement: an instance is put on a list when it is made or when
 * a function's result leaves its variable, and at the end of the statement those of them that nothing else holds end.
 * A procedure looks only at what was put on the list after it began: the rest belongs to statements of its callers that
 * are still going on.
 *
 * An array has one owner, for arrays are values; `#counted` has the arrays whose owner counts their elements. An array
 * that is only passed through is not in it, or belongs to somebody else, and is let alone.
 *
 * @module
 */
import { type Variant, VariantArray } from "../../automation/variant.ts";
import { Operators } from "./operators.ts";
import { escape, type ReferenceCounter, ScriptObject } from "./script_class.ts";
import { Cell } from "./values.ts";

/** See the module. */
export class References extends Operators implements ReferenceCounter {
  /** Whether the scripts of this engine count. */
  counts = false;
  /** Instances that may have no holder. */
  readonly pending: ScriptObject[] = [];
  /** Instances with a Class_Terminate that has not run. */
  readonly living = new Set<ScriptObject>();
  readonly #counted = new WeakSet<VariantArray>();

  /** Something holds a value from now on. */
  retain(value: Variant): void {
    if (value instanceof ScriptObject) value.references++;
    else if (value instanceof VariantArray && !this.#counted.has(value)) {
      this.#counted.add(value);
      for (const element of value.elements) if (typeof element === "object") this.retain(element);
    }
  }

  /** Something holds a value no more. */
  drop(value: Variant): void {
    if (value instanceof ScriptObject) {
      if (--value.references === 0 && isFree(value)) this.terminate(value);
    } else if (value instanceof VariantArray) {
      for (const object of this.#released(value)) this.terminate(object);
    }
  }

  /** The same for an instance alone: an array belongs to somebody else. */
  dropObject(value: Variant): void {
    if (value instanceof ScriptObject) this.drop(value);
  }

  /** The same as {@linkcode retain} for an instance alone. */
  retainObject(value: Variant): void {
    if (value instanceof ScriptObject) value.references++;
  }

  /** A value leaves its variable for whoever uses it next. */
  transfer(value: Variant): void {
    if (value instanceof ScriptObject) {
      if (--value.references === 0) this.suspend(value);
    } else if (value instanceof VariantArray) {
      for (const object of this.#released(value)) this.suspend(object);
    }
  }

  /** A variable has got another value. */
  exchange(old: Variant, value: Variant): void {
    // ReDim Preserve gives back the array that it got.
    if (old === value && value instanceof VariantArray) return;
    this.retain(value);
    this.drop(old);
  }

  /** Changes an element. */
  setElement(array: VariantArray, offset: number, value: Variant): void {
    const old = array.elements[offset];
    array.elements[offset] = value;
    if ((typeof old === "object" || typeof value === "object") && this.#counted.has(array)) {
      this.exchange(old, value);
    }
  }

  /** An array that a declaration makes belongs to its variable at once. */
  own(array: VariantArray): VariantArray {
    if (this.counts) this.#counted.add(array);
    return array;
  }

  /** Whether somebody owns an array. */
  isOwned(array: VariantArray): boolean {
    return this.#counted.has(array);
  }

  /** Puts a new instance among those without a holder. */
  born(object: ScriptObject): void {
    if (this.counts) this.suspend(object);
  }

  /** An instance has no holder but the statement that uses it. */
  suspend(object: ScriptObject): void {
    object.statements++;
    this.pending.push(object);
  }

  /** Ends what a statement left without a holder. */
  sweep(mark: number): void {
    const { pending } = this;
    for (let index = mark; index < pending.length; index++) {
      const object = pending[index]!;
      object.statements--;
      if (object.references === 0 && isFree(object)) this.terminate(object);
    }
    pending.length = mark;
  }

  /** A cell for an argument by reference that no variable is. */
  referenceTo(value: Variant): Cell {
    if (this.counts) this.retainObject(value);
    return Cell.of(value);
  }

  /** Such a cell is used no more; its value was written back to a variable, or is not wanted. */
  endReference(cell: Cell, isWrittenBack: boolean): void {
    if (!this.counts) return;
    if (isWrittenBack) this.dropObject(cell.read());
    else this.drop(cell.read());
  }

  /** Something holds a value that does not count. */
  escape(value: Variant): void {
    if (value instanceof VariantArray) {
      if (this.counts) { for (const element of value.elements) this.escape(element); }
    } else escape(value);
  }

  /** Runs an instance's Class_Terminate, once, and those of what only it held. */
  terminate(first: ScriptObject): void {
    // A list and not a recursion: chains of objects are as long as scripts make them.
    const ending = [first];
    for (const object of ending) {
      if (object.isTerminated) continue;
      object.isTerminated = true;
      this.living.delete(object);
      object.scriptClass.terminate?.call([], object);
      if (object.isEscaped || object.references > 0) continue;
      for (const field of object.scriptClass.fields) {
        const value = field.read(object);
        if (value instanceof VariantArray) ending.push(...this.#released(value));
        else if (value instanceof ScriptObject && --value.references === 0 && isFree(value)) {
          ending.push(value);
        }
      }
    }
  }

  /** The instances that lose their last holder when an array's owner lets go of it. */
  #released(array: VariantArray): ScriptObject[] {
    if (!this.#counted.delete(array)) return [];
    const objects: ScriptObject[] = [];
    for (const element of array.elements) {
      if (element instanceof ScriptObject) {
        if (--element.references === 0 && isFree(element)) objects.push(element);
      } else if (element instanceof VariantArray) objects.push(...this.#released(element));
    }
    return objects;
  }
}

/** Whether an instance that no variable holds is held by nothing else either. */
function isFree(object: ScriptObject): boolean {
  return object.statements === 0 && !object.isEscaped;
}

/**
 * Variants: the values that scripts and automation objects exchange.
 *
 * Theory of operation. A Variant knows its subtype (`VarType`), and scripts can see it: `TypeName(1)` is Integer,
 * `TypeName(4 / 2)` is Double. Boxing every number costs 20 to 30 times plain JavaScript's time, so a number is boxed
 * only where its value does not say its subtype already. A plain JavaScript number is
 *
 * - an Integer when it is integral and fits 16 bits signed,
 * - else a Long when it is integral and fits 32 bits signed,
 * - else a Double;
 *
 * whatever differs from that (a Long of 5, a Double of 2.0, every Byte, Single and Date) is a {@linkcode TypedNumber}.
 * Each pair of subtype and value has exactly one form, which {@linkcode makeLong} and its siblings choose.
 *
 * @module
 */

/** The numbers that VBScript's VarType function returns. */
export const VARTYPE = {
  Empty: 0,
  Null: 1,
  Integer: 2,
  Long: 3,
  Single: 4,
  Double: 5,
  Currency: 6,
  Date: 7,
  String: 8,
  Object: 9,
  Error: 10,
  Boolean: 11,
  Variant: 12,
  DataObject: 13,
  Decimal: 14,
  Byte: 17,
  Array: 8192,
} as const;

/** The subtypes that a {@linkcode TypedNumber} can have. */
export type TypedNumberType =
  | typeof VARTYPE.Integer
  | typeof VARTYPE.Long
  | typeof VARTYPE.Single
  | typeof VARTYPE.Double
  | typeof VARTYPE.Date
  | typeof VARTYPE.Byte;

/**
 * A number whose subtype its value does not tell: a Long within −32768…32767, an integral Double within 32 bits, and
 * every Single, Byte and Date (days since 30 December 1899). Never an Integer.
 */
export class TypedNumber {
  /** Does not check that the value needs it; {@linkcode makeLong} and its siblings do. */
  constructor(readonly type: TypedNumberType, readonly value: number) {}
}

/** Currency: a 64-bit integer that counts ten-thousandths. */
export class Currency {
  /** Takes the amount in ten-thousandths. */
  constructor(readonly scaled: bigint) {}
}

/** A Variant of subtype Error; scripts meet it as the mark of an argument that was left out. */
export class ErrorValue {
  /** Takes the HRESULT as a signed number. */
  constructor(readonly code: number) {}
}

/** The argument that a call leaves out (`obj.Method a, , c`): DISP_E_PARAMNOTFOUND. */
export const MISSING: ErrorValue = new ErrorValue(0x80020004 | 0);

/** The object reference that refers to nothing. */
export class NothingValue {}

/** VBScript's `Nothing`; the only instance of its class. */
export const NOTHING: NothingValue = new NothingValue();

/**
 * An array of Variants (SAFEARRAY). Bounds are upper bounds, the lower one is always 0. Arrays are values: whoever
 * stores one into a variable, element or property stores a {@linkcode VariantArray.copy}.
 */
export class VariantArray {
  /**
   * Takes bounds and elements as they are: they must fit each other.
   *
   * @param upperBounds the last index of each dimension, left to right; empty while a dynamic array has none.
   * @param elements in memory order: the leftmost index runs fastest.
   * @param fixed whether the array was declared with bounds, so that ReDim is refused.
   * @param elementType `VARTYPE.Variant`, or `VARTYPE.Byte` for binary data.
   */
  constructor(
    public upperBounds: number[],
    public elements: Variant[],
    public fixed = false,
    public elementType: number = VARTYPE.Variant,
  ) {}

  /** A copy in depth: elements that are arrays are copied too. */
  copy(): VariantArray {
    const elements = this.elements.slice();
    for (let index = 0; index < elements.length; index++) {
      const element = elements[index];
      if (element instanceof VariantArray) elements[index] = element.copy();
    }
    return new VariantArray(this.upperBounds.slice(), elements, false, this.elementType);
  }

  /** A one-dimensional array that holds the given elements. */
  static of(elements: Variant[]): VariantArray {
    return new VariantArray([elements.length - 1], elements);
  }
}

/** Marks a class as an automation object; its value is the class's {@linkcode Dispatch}. */
export const DISPATCH: unique symbol = Symbol("dispatch");

/** Marks an object without IDispatch (an `IStream`): scripts can hold it and pass it on, and nothing else. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** An object that scripts can call: any instance whose class has a dispatch table under {@linkcode DISPATCH}. */
export interface AutomationObject {
  /** How its class answers calls. */
  readonly [DISPATCH]: Dispatch;
}

/** An object that scripts can only hold and pass on: VarType is DataObject (13), TypeName is "Unknown". */
export interface UnknownObject {
  /** The mark. */
  readonly [UNKNOWN]: true;
}

/** Any value that a script can hold. Empty is `undefined`, Null is `null`. */
export type Variant =
  | undefined
  | null
  | boolean
  | number
  | string
  | TypedNumber
  | Currency
  | ErrorValue
  | VariantArray
  | NothingValue
  | AutomationObject
  | UnknownObject;

/** A variable that a call passes by reference, so that the callee can change it. */
export interface VariantRef {
  /** Its value now. */
  read(): Variant;
  /** Changes it. */
  write(value: Variant): void;
}

/** Whether an argument is a variable that came by reference. */
export function isVariantRef(value: Variant | VariantRef): value is VariantRef {
  return typeof value === "object" && value !== null && "read" in value && "write" in value;
}

/**
 * How a class of objects answers calls: one instance a class (never an object), so that a call site which has
 * resolved a name once can keep the slot for as long as it meets the same `Dispatch`.
 */
export interface Dispatch {
  /** What the TypeName function says of such an object. */
  readonly typeName: string;
  /** The member of this name, in any case of letters; undefined when there is none (error 438). */
  member(name: string): DispatchMember | undefined;
  /** The member with DISPID 0. */
  readonly defaultMember: DispatchMember | undefined;
  /** The enumerator (DISPID −4) that For Each runs over; undefined for what is no collection (error 451). */
  readonly enumerate: ((object: AutomationObject) => Iterator<Variant>) | undefined;
  /** Told of the first and of the last reference that a script holds; for deterministic release. */
  readonly release: ((object: AutomationObject) => void) | undefined;
  /** Names of all members as documented, for messages ("did you mean") and inventories. */
  readonly memberNames: readonly string[];
}

/**
 * One member of a dispatch table. Each operation is absent when the member does not offer it. Arguments come as
 * Variants, except at places that {@linkcode byReference} marks, where a {@linkcode VariantRef} may stand.
 */
export interface DispatchMember {
  /** The name as documented. */
  readonly name: string;
  /** DISPATCH_METHOD: a call, as a statement or in an expression. */
  readonly call?: (object: AutomationObject, args: readonly Variant[]) => Variant;
  /** DISPATCH_PROPERTYGET, with arguments if it is indexed. */
  readonly get?: (object: AutomationObject, args: readonly Variant[]) => Variant;
  /** DISPATCH_PROPERTYPUT: `object.name(args) = value`. */
  readonly put?: (object: AutomationObject, args: readonly Variant[], value: Variant) => void;
  /** DISPATCH_PROPERTYPUTREF: `Set object.name(args) = value`. */
  readonly putRef?: (object: AutomationObject, args: readonly Variant[], value: Variant) => void;
  /** The call or the property with one argument that is no object, for inner loops: no list is made for it. */
  readonly getOne?: (object: AutomationObject, argument: Variant) => Variant;
  /** The same for `object.name(argument) = value`, where the value is no object either. */
  readonly putOne?: (object: AutomationObject, argument: Variant, value: Variant) => void;
  /** Of a property with arguments: whether it is one without them too. Undefined where that cannot be told. */
  readonly parameters?: "required" | "optional";
  /** Which parameters want a VariantRef (out, or in and out); undefined when none does. */
  readonly byReference?: readonly boolean[];
}

/** Whether a value is an automation object. */
export function isAutomationObject(value: unknown): value is AutomationObject {
  return typeof value === "object" && value !== null && DISPATCH in value;
}

/** Whether a value is an object without IDispatch. */
export function isUnknownObject(value: unknown): value is UnknownObject {
  return typeof value === "object" && value !== null && UNKNOWN in value;
}

/** A Long: `value` must be integral and fit 32 bits signed. */
export function makeLong(value: number): Variant {
  return ((value << 16) >> 16) === value ? new TypedNumber(VARTYPE.Long, value) : value;
}

/** A Double of any value. */
export function makeDouble(value: number): Variant {
  return (value | 0) === value ? new TypedNumber(VARTYPE.Double, value) : value;
}

/** A Single: the value is rounded to 24 bits of mantissa. */
export function makeSingle(value: number): Variant {
  return new TypedNumber(VARTYPE.Single, Math.fround(value));
}

/** A Byte: `value` must be integral and within 0…255. */
export function makeByte(value: number): Variant {
  return BYTES[value]!;
}

/** Binary data is arrays of these: there are no more than 256. */
const BYTES: readonly TypedNumber[] = Array.from(
  { length: 256 },
  (_, value) => new TypedNumber(VARTYPE.Byte, value),
);

/** A Date, from its serial number: days since 30 December 1899, midnight. */
export function makeDate(serial: number): Variant {
  return new TypedNumber(VARTYPE.Date, serial);
}

/** The VarType of a value, as the function of that name returns it. */
export function varTypeOf(value: Variant): number {
  switch (typeof value) {
    case "number":
      return (value | 0) !== value
        ? VARTYPE.Double
        : ((value << 16) >> 16) === value
        ? VARTYPE.Integer
        : VARTYPE.Long;
    case "string":
      return VARTYPE.String;
    case "boolean":
      return VARTYPE.Boolean;
    case "undefined":
      return VARTYPE.Empty;
  }
  if (value === null) return VARTYPE.Null;
  if (value instanceof TypedNumber) return value.type;
  if (value instanceof VariantArray) return VARTYPE.Array | value.elementType;
  if (value instanceof Currency) return VARTYPE.Currency;
  if (value instanceof ErrorValue) return VARTYPE.Error;
  if (isUnknownObject(value)) return VARTYPE.DataObject;
  return VARTYPE.Object;
}

/**
 * Automation interfaces as data: one table an interface, in the manner of IDL.
 *
 * Theory of operation. A table names each member with its DISPID, kind, parameters and types, as the type library
 * does. {@linkcode implementInterface} turns it into the {@linkcode Dispatch} that scripts call a plain class through:
 * a name resolves to a member once, arguments are coerced by their declared types, results get their declared subtypes.
 * A class therefore never sees a Variant unless its table says VARIANT. {@linkcode TypeOf} is the same interface as
 * TypeScript sees it. `deno task types` writes it out, with the table's sentences, since an editor shows a written
 * interface as it shows no computed type; a test holds the two against each other.
 *
 * @module
 */
import { AutomationError, scriptError } from "./errors.ts";
import { toBoolean, toDateSerial, toDouble, toLong, toStringValue } from "./coerce.ts";
import { dateFromSerial, serialFromDate } from "./date_serial.ts";
import { BYTE_STREAM, ByteStream } from "./stream.ts";
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  isAutomationObject,
  makeDate,
  makeDouble,
  makeLong,
  MISSING,
  NOTHING,
  type Variant,
  VariantArray,
} from "./variant.ts";

/** The TypeScript type of each automation type that is no interface. */
export interface ValueTypes {
  void: void;
  LONG: number;
  /** 32 bits unsigned; scripts get a Double above the range of a Long. */
  ULONG: number;
  /** 64 bits; scripts, whose languages have no such integer, get a Double. */
  LONGLONG: number;
  DOUBLE: number;
  BSTR: string;
  VARIANT_BOOL: boolean;
  DATE: Date;
  VARIANT: Variant;
  "IStream*": ByteStream;
  "IDispatch*": AutomationObject;
  "SAFEARRAY(LONG)": readonly number[];
  "SAFEARRAY(BSTR)": readonly string[];
  "SAFEARRAY(IDispatch*)": readonly AutomationObject[];
}

/** A parameter: its documented name and its type; `LONG?` may be left out, `VARIANT...` takes all that follow. */
export type Parameter = readonly [name: string, type: string];

/** One member of an interface: exactly one of `method` and `get`/`put`. */
export interface MemberTable {
  readonly dispid: number;
  /** A method, and the type of its result. */
  readonly method?: string;
  /** A readable property, and its type. */
  readonly get?: string;
  /** A writable property, and its type. With `params` TypeScript writes it by a method, `put_Item(key, newVal)`. */
  readonly put?: string;
  readonly params?: readonly Parameter[];
  /** With DISPID −4: the type of what the enumerator gives. */
  readonly element?: string;
  /** What it is, with units and range: the sentence that stands beside it in the TypeScript interface. */
  readonly doc?: string;
}

/** What is said of an interface beside its members. */
export interface InterfaceNotes<I extends string = string> {
  /** What it is, in one sentence. */
  readonly doc?: string;
  /** The name of the interface whose members it has too, if that is another one than IDispatch. */
  readonly inherits?: I;
}

/** An interface as data. */
export interface InterfaceTable<
  M extends Readonly<Record<string, MemberTable>> = Readonly<Record<string, MemberTable>>,
  I extends string = string,
> extends InterfaceNotes<I> {
  readonly name: string;
  readonly iid: string;
  readonly members: M;
}

/** Declares an interface; the table's literal types are kept, so that {@linkcode TypeOf} can read them. */
export function defineInterface<
  const M extends Readonly<Record<string, MemberTable>>,
  const I extends string = never,
>(
  name: string,
  iid: string,
  members: M,
  notes: InterfaceNotes<I> = {},
): InterfaceTable<M, I> {
  return { name, iid, members, ...notes };
}

/** TypeScript's type for an automation type; `R` maps interface names to their types. */
export type TypeNamed<T, R> = T extends keyof ValueTypes ? ValueTypes[T]
  : T extends `SAFEARRAY(${infer I}*)` ? (I extends keyof R ? readonly R[I][] : never)
  : T extends `${infer I}*` ? (I extends keyof R ? R[I] : never)
  : T extends keyof R ? R[T]
  : never;

type Arguments<P, R> = P extends readonly [readonly [string, infer T], ...infer Rest]
  ? T extends `${infer V}...` ? TypeNamed<V, R>[]
  : T extends `${infer V}?` ? [(TypeNamed<V, R> | undefined)?, ...Arguments<Rest, R>]
  : [TypeNamed<T, R>, ...Arguments<Rest, R>]
  : [];

type MethodKeys<M> = {
  [K in keyof M]: M[K] extends { method: string } | { get: string; params: readonly Parameter[] } ? K : never;
}[keyof M];
type ReadOnlyKeys<M> = {
  [K in keyof M]: M[K] extends
    { get: string; element: string } | { params: readonly Parameter[] } | { put: string } ? never
    : M[K] extends { get: string } ? K
    : never;
}[keyof M];
type WritableKeys<M> = {
  [K in keyof M]: M[K] extends { params: readonly Parameter[] } ? never
    : M[K] extends { put: string } ? K
    : never;
}[keyof M];
type IndexedPutKeys<M> = {
  [K in keyof M]: M[K] extends { put: string; params: readonly Parameter[] } ? K : never;
}[keyof M];
type ElementType<M, R> = {
  [K in keyof M]: M[K] extends { element: infer E } ? TypeNamed<E, R> : never;
}[keyof M];
type ResultOf<S, R> = S extends { method: infer T } ? TypeNamed<T, R>
  : S extends { get: infer T } ? TypeNamed<T, R>
  : never;
type PutType<S, R> = S extends { put: infer T } ? TypeNamed<T, R> : never;

/** The members that an interface inherits. */
type Inherited<T, R> = T extends InterfaceTable<infer _, infer I>
  ? [I] extends [never] ? unknown : I extends keyof R ? R[I] : unknown
  : unknown;

/** The TypeScript interface that a table describes; an enumerator makes it iterable. */
export type TypeOf<T extends InterfaceTable, R> =
  & {
    [K in MethodKeys<T["members"]>]: (
      ...args: T["members"][K] extends { params: infer P } ? Arguments<P, R> : []
    ) => ResultOf<T["members"][K], R>;
  }
  & {
    [K in IndexedPutKeys<T["members"]> as `put_${K & string}`]: (
      ...args: T["members"][K] extends { params: infer P }
        ? [...Arguments<P, R>, newVal: PutType<T["members"][K], R>]
        : []
    ) => void;
  }
  & { readonly [K in ReadOnlyKeys<T["members"]>]: ResultOf<T["members"][K], R> }
  & { [K in WritableKeys<T["members"]>]: PutType<T["members"][K], R> }
  & ([ElementType<T["members"], R>] extends [never] ? unknown : Iterable<ElementType<T["members"], R>>)
  & Inherited<T, R>;

/** The base of every class that scripts can call. */
export abstract class AutomationClass implements AutomationObject {
  declare readonly [DISPATCH]: Dispatch;
}

/** What {@linkcode implementInterface} adds to {@linkcode Dispatch}: the interfaces that an object answers to. */
interface TableDispatch extends Dispatch {
  readonly interfaceNames: ReadonlySet<string>;
}

const E_POINTER = 0x80004003;
const WRONG_COUNT = "wrongArguments";

/**
 * Makes instances of `target` callable by scripts through the given interfaces. The first names the type
 * (`TypeName`); where two have a member of one name, the first wins.
 */
export function implementInterface(
  target: { readonly prototype: AutomationClass; readonly name: string },
  tables: readonly InterfaceTable[],
  options: {
    typeName?: string;
    release?: (object: AutomationObject) => void;
    /** Members in a faster form than the table's, for what inner loops call. */
    members?: readonly DispatchMember[];
  } = {},
): void {
  const members = new Map<string, DispatchMember>();
  const memberNames: string[] = [];
  let defaultMember: DispatchMember | undefined;
  let enumerate: Dispatch["enumerate"];
  for (const { members: rows } of tables) {
    for (const [name, row] of Object.entries(rows)) {
      if (row.element !== undefined) {
        enumerate = enumeratorOf(row.element);
        continue;
      }
      if (members.has(name.toLowerCase())) continue;
      const given = options.members?.find((member) => member.name === name);
      const member = given === undefined ? dispatchMember(name, row) : { ...given, ...parameterUse(row) };
      members.set(name.toLowerCase(), member);
      memberNames.push(name);
      if (row.dispid === 0) defaultMember = member;
    }
  }
  const dispatch: TableDispatch = {
    typeName: options.typeName ?? tables[0]?.name ?? target.name,
    member: (name) => members.get(name.toLowerCase()),
    defaultMember,
    enumerate,
    release: options.release,
    memberNames,
    interfaceNames: new Set(tables.map((table) => table.name)),
  };
  Object.defineProperty(target.prototype, DISPATCH, { value: dispatch });
  IMPLEMENTATIONS.push({ tables, dispatch });
}

/** One class as scripts can call it. */
export interface Implementation {
  /** Its interfaces; the first one that has a member answers for it. */
  readonly tables: readonly InterfaceTable[];
  readonly dispatch: Dispatch;
}

const IMPLEMENTATIONS: Implementation[] = [];

/**
 * Every class that {@linkcode implementInterface} made callable so far, so that what a script would meet can be found
 * out without running it. Classes of modules that nobody has imported are not among them.
 */
export function implementations(): readonly Implementation[] {
  return IMPLEMENTATIONS;
}

/** Whether an object answers to an interface, by its name. */
export function implementsInterface(object: unknown, interfaceName: string): boolean {
  return isAutomationObject(object) &&
    ((object[DISPATCH] as Partial<TableDispatch>).interfaceNames?.has(interfaceName) ?? false);
}

type Fields = Record<string, unknown>;

function dispatchMember(name: string, row: MemberTable): DispatchMember {
  const params = (row.params ?? []).map(([, type]) => parameterOf(type));
  const takesRest = params.at(-1)?.rest ?? false;
  const coerce = (args: readonly Variant[]): unknown[] => {
    if (args.length > params.length && !takesRest) throw scriptError(WRONG_COUNT, `'${name}'`);
    const values: unknown[] = [];
    for (let index = 0; index < Math.max(args.length, params.length); index++) {
      const { convert, optional, rest } = params[Math.min(index, params.length - 1)]!;
      const given = index < args.length && args[index] !== MISSING;
      if (given) values.push(convert(args[index]));
      else if (optional) values.push(undefined);
      else if (!rest) throw scriptError(WRONG_COUNT, `'${name}'`);
    }
    return values;
  };
  if (row.method !== undefined) {
    const result = resultConversion(row.method);
    return {
      name,
      call: (object, args) =>
        result((object as unknown as Record<string, (...a: unknown[]) => unknown>)[name]!(...coerce(args))),
    };
  }
  const indexed = params.length > 0;
  const member: { -readonly [K in keyof DispatchMember]: DispatchMember[K] } = { name, ...parameterUse(row) };
  if (row.get !== undefined) {
    const result = resultConversion(row.get);
    member.get = indexed
      ? (object, args) =>
        result((object as unknown as Record<string, (...a: unknown[]) => unknown>)[name]!(...coerce(args)))
      : (object, args) => {
        if (args.length > 0) throw scriptError(WRONG_COUNT, `'${name}'`);
        return result((object as unknown as Fields)[name]);
      };
  }
  if (row.put !== undefined) {
    const convert = argumentCoercion(row.put);
    member.put = indexed
      ? (object, args, value) => {
        const methods = object as unknown as Record<string, (...a: unknown[]) => void>;
        methods[`put_${name}`]!(...coerce(args), convert(value));
      }
      : (object, args, value) => {
        if (args.length > 0) throw scriptError(WRONG_COUNT, `'${name}'`);
        (object as unknown as Fields)[name] = convert(value);
      };
    // The type libraries declare object properties as propput alone; scripts write them with and without Set.
    if (row.put.endsWith("*") || row.put === "VARIANT") member.putRef = member.put;
  }
  return member;
}

/** Whether a property with arguments is one without them too. */
function parameterUse({ method, params = [] }: MemberTable): Pick<DispatchMember, "parameters"> {
  if (method !== undefined || params.length === 0) return {};
  return { parameters: params.every(([, type]) => /[?.]$/.test(type)) ? "optional" : "required" };
}

function enumeratorOf(element: string): (object: AutomationObject) => Iterator<Variant> {
  const convert = resultConversion(element);
  return function* (object: AutomationObject): Generator<Variant> {
    for (const item of object as unknown as Iterable<unknown>) yield convert(item);
  };
}

/** What a declared type says of an argument: how it is made from a Variant, and whether it may be missing. */
function parameterOf(
  type: string,
): { convert: (value: Variant) => unknown; optional: boolean; rest: boolean } {
  const rest = type.endsWith("...");
  const optional = type.endsWith("?");
  const base = rest ? type.slice(0, -3) : optional ? type.slice(0, -1) : type;
  return { convert: argumentCoercion(base), optional, rest };
}

/** How an argument of a type is made from a Variant. */
function argumentCoercion(type: string): (value: Variant) => unknown {
  switch (type) {
    case "LONG":
    case "ULONG":
      return toLong;
    case "DOUBLE":
      return toDouble;
    case "BSTR":
      return toStringValue;
    case "VARIANT_BOOL":
      return toBoolean;
    case "DATE":
      return (value) => dateFromSerial(toDateSerial(value));
    case "VARIANT":
      return (value) => value;
    case "IStream*":
      return (value) => {
        if (value instanceof ByteStream) return value;
        if (isAutomationObject(value) && BYTE_STREAM in value) return value[BYTE_STREAM];
        throw wrongObject(value, "a stream, such as ImageStream");
      };
    case "SAFEARRAY(LONG)":
      return (value) => arrayOf(value).map(toLong);
    case "SAFEARRAY(BSTR)":
      return (value) => arrayOf(value).map((element) => toStringValue(element));
    case "IDispatch*":
      return (value) => {
        if (isAutomationObject(value)) return value;
        throw wrongObject(value, "an object");
      };
  }
  if (!type.endsWith("*")) throw new TypeError(`No coercion for an argument of type "${type}"`);
  const interfaceName = type.slice(0, -1);
  return (value) => {
    if (implementsInterface(value, interfaceName)) return value;
    throw wrongObject(value, `an object with the interface ${interfaceName}`);
  };
}

function arrayOf(value: Variant): readonly Variant[] {
  if (value instanceof VariantArray) return value.elements;
  throw scriptError("typeMismatch", "an array is wanted here");
}

function wrongObject(value: Variant, wanted: string): AutomationError {
  return value === NOTHING
    ? new AutomationError(E_POINTER, `Invalid pointer: found Nothing where ${wanted} is wanted`, {
      hresultName: "E_POINTER",
    })
    : scriptError("typeMismatch", `${wanted} is wanted here`);
}

/** How a Variant is made from a result of a type. */
function resultConversion(type: string): (value: unknown) => Variant {
  switch (type) {
    case "void":
      return () => undefined;
    case "LONG":
      return (value) => makeLong(value as number);
    case "ULONG":
      return (value) =>
        value as number > 0x7fffffff ? makeDouble(value as number) : makeLong(value as number);
    case "DOUBLE":
    case "LONGLONG":
      return (value) => makeDouble(value as number);
    case "DATE":
      return (value) => makeDate(serialFromDate(value as Date));
    case "SAFEARRAY(LONG)":
      return (value) => VariantArray.of((value as readonly number[]).map(makeLong));
    case "SAFEARRAY(BSTR)":
      return (value) => VariantArray.of([...(value as readonly Variant[])]);
    case "BSTR":
    case "VARIANT_BOOL":
    case "VARIANT":
      return (value) => value as Variant;
  }
  if (/^SAFEARRAY\(\w+\*\)$/.test(type)) {
    return (value) => VariantArray.of([...(value as readonly Variant[])]);
  }
  if (!type.endsWith("*")) throw new TypeError(`No conversion for a result of type "${type}"`);
  return (value) => value === null || value === undefined ? NOTHING : value as Variant;
}

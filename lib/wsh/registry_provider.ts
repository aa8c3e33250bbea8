/**
 * `StdRegProv`, WMI's class for the registry, on the registry that RegRead has. Of all of WMI it is what scripts use most, and
 * it needs no service.
 *
 * @module
 */
import { toLong, toStringValue } from "../automation/coerce.ts";
import { AutomationError, scriptError } from "../automation/errors.ts";
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  isVariantRef,
  makeByte,
  makeLong,
  type Variant,
  VariantArray,
} from "../automation/variant.ts";
import type { Registry, RegistryValue } from "../platform/registry.ts";
import { TYPE_NUMBER } from "../platform/registry_text.ts";

/** What a method gives: its result, 0 for success, and what it puts into the variables of its last arguments. */
interface Answer {
  readonly code: number;
  readonly out?: readonly Variant[];
}

interface Method {
  /** How many arguments go in; as many as `outs` variables follow them. */
  readonly ins: number;
  readonly outs: number;
  run(provider: RegistryProvider, key: string, args: readonly Variant[]): Answer;
}

/** By the low bits of `&H80000000` and its neighbours (winreg.h). */
const ROOTS: Readonly<Record<number, string>> = {
  0: "HKEY_CLASSES_ROOT",
  1: "HKEY_CURRENT_USER",
  2: "HKEY_LOCAL_MACHINE",
  3: "HKEY_USERS",
  5: "HKEY_CURRENT_CONFIG",
};

const SUCCESS: Answer = { code: 0 };
const NO_VALUE = 1;
const NO_KEY = 2;
const DENIED = 5;
const INVALID_PARAMETER = 87;
const TYPE_MISMATCH = 0x80041005 | 0; // WBEM_E_TYPE_MISMATCH

/** Reads a value of one of the given types. */
function getter<T extends RegistryValue["type"]>(
  types: readonly T[],
  convert: (value: Extract<RegistryValue, { type: T }>, provider: RegistryProvider) => Variant,
): Method {
  return {
    ins: 3,
    outs: 1,
    run: (provider, key, [name]) => {
      if (!provider.registry.hasKey(key)) return { code: NO_KEY, out: [null] };
      const value = provider.registry.read(key, textOf(name));
      if (value === undefined) return { code: NO_VALUE, out: [null] };
      if (!types.includes(value.type as T)) return { code: TYPE_MISMATCH, out: [null] };
      return { code: 0, out: [convert(value as Extract<RegistryValue, { type: T }>, provider)] };
    },
  };
}

/** Writes a value into a key that is there. */
function setter(convert: (data: Variant) => RegistryValue): Method {
  return {
    ins: 4,
    outs: 0,
    run: ({ registry }, key, [name, data]) => {
      if (!registry.hasKey(key)) return { code: NO_KEY };
      registry.write(key, textOf(name), convert(data));
      return SUCCESS;
    },
  };
}

/** The methods of the class (WMI reference, "StdRegProv class"); every one begins with the root and the key. */
const METHODS: Readonly<Record<string, Method>> = {
  CreateKey: {
    ins: 2,
    outs: 0,
    run: ({ registry }, key) => {
      registry.createKey(key);
      return SUCCESS;
    },
  },
  DeleteKey: {
    ins: 2,
    outs: 0,
    run: ({ registry }, key) =>
      ({ deleted: SUCCESS, missing: { code: NO_KEY }, "has subkeys": { code: DENIED } })[
        registry.deleteKey(key)
      ],
  },
  EnumKey: {
    ins: 2,
    outs: 1,
    run: ({ registry }, key) =>
      registry.hasKey(key)
        ? { code: 0, out: [listOf(registry.subkeys(key))] }
        : { code: NO_KEY, out: [null] },
  },
  EnumValues: {
    ins: 2,
    outs: 2,
    run: ({ registry }, key) => {
      if (!registry.hasKey(key)) return { code: NO_KEY, out: [null, null] };
      const names = registry.values(key);
      const types = names.map((name) => makeLong(TYPE_NUMBER[registry.read(key, name)!.type]));
      return { code: 0, out: [listOf(names), listOf(types)] };
    },
  },
  DeleteValue: {
    ins: 3,
    outs: 0,
    run: ({ registry }, key, [name]) => ({ code: registry.deleteValue(key, textOf(name)) ? 0 : NO_KEY }),
  },
  CheckAccess: {
    ins: 3,
    outs: 1,
    run: ({ registry }, key) => {
      const isThere = registry.hasKey(key);
      return { code: isThere ? 0 : NO_KEY, out: [isThere] };
    },
  },
  GetStringValue: getter(
    ["REG_SZ", "REG_EXPAND_SZ"],
    (value, provider) => value.type === "REG_SZ" ? value.data : provider.expand(value.data),
  ),
  GetExpandedStringValue: getter(
    ["REG_EXPAND_SZ", "REG_SZ"],
    ({ data }, provider) => provider.expand(data),
  ),
  GetDWORDValue: getter(["REG_DWORD"], ({ data }) => makeLong(data | 0)),
  // WMI gives scripts numbers of 64 bits as text.
  GetQWORDValue: getter(["REG_QWORD"], ({ data }) => String(data)),
  GetBinaryValue: getter(["REG_BINARY"], ({ data }) => listOf([...data].map(makeByte))),
  GetMultiStringValue: getter(["REG_MULTI_SZ"], ({ data }) => listOf(data)),
  SetStringValue: setter((data) => ({ type: "REG_SZ", data: textOf(data) })),
  SetExpandedStringValue: setter((data) => ({ type: "REG_EXPAND_SZ", data: textOf(data) })),
  SetDWORDValue: setter((data) => ({ type: "REG_DWORD", data: toLong(data) >>> 0 })),
  SetQWORDValue: setter((data) => ({ type: "REG_QWORD", data: wholeNumber(data) })),
  SetBinaryValue: setter((data) => ({ type: "REG_BINARY", data: Uint8Array.from(elementsOf(data), toLong) })),
  SetMultiStringValue: setter((data) => ({
    type: "REG_MULTI_SZ",
    data: elementsOf(data).map((element) => toStringValue(element)),
  })),
};

/** An array, or Null where nothing would be in it, as WMI has it. */
function listOf(elements: readonly Variant[]): Variant {
  return elements.length === 0 ? null : VariantArray.of([...elements]);
}

function elementsOf(data: Variant): readonly Variant[] {
  return data instanceof VariantArray ? data.elements : [data];
}

/** No name is the default value's. */
function textOf(value: Variant): string {
  return value === undefined || value === null ? "" : toStringValue(value);
}

function wholeNumber(data: Variant): bigint {
  const text = toStringValue(data).trim();
  if (!/^\d+$/.test(text) || BigInt(text) >= 1n << 64n) {
    throw scriptError("typeMismatch", `"${text}" is no uint64`);
  }
  return BigInt(text);
}

/** `GetObject("winmgmts:\\.\root\default:StdRegProv")`. */
export class RegistryProvider implements AutomationObject {
  static readonly #dispatch: Dispatch = {
    typeName: "SWbemObjectEx",
    member: (name) => MEMBERS.get(name.toLowerCase()),
    defaultMember: undefined,
    enumerate: undefined,
    release: undefined,
    memberNames: Object.keys(METHODS),
  };

  readonly registry: Registry;
  /** Replaces each `%NAME%` by that variable. */
  readonly expand: (text: string) => string;

  constructor(registry: Registry, expand: (text: string) => string) {
    this.registry = registry;
    this.expand = expand;
  }

  get [DISPATCH](): Dispatch {
    return RegistryProvider.#dispatch;
  }
}

const MEMBERS: ReadonlyMap<string, DispatchMember> = new Map(
  Object.entries(METHODS).map(([name, method]) => [name.toLowerCase(), memberOf(name, method)]),
);

function memberOf(name: string, { ins, outs, run }: Method): DispatchMember {
  return {
    name,
    byReference: Array.from({ length: ins + outs }, (_, index) => index >= ins),
    call: (object, args) => {
      if (args.length < ins || args.length > ins + outs) {
        throw new AutomationError(450, `Wrong number of arguments or invalid property assignment: '${name}'`);
      }
      const key = keyOf(args[0], args[1]);
      const { code, out = [] } = key === undefined
        ? { code: INVALID_PARAMETER }
        : run(object as RegistryProvider, key, args.slice(2, ins));
      for (const [index, value] of out.entries()) {
        const target = args[ins + index] as Parameters<typeof isVariantRef>[0];
        if (isVariantRef(target)) target.write(value);
      }
      return makeLong(code);
    },
  };
}

/** The full name of a key; nothing for a root that is none. Without a root it is HKEY_LOCAL_MACHINE. */
function keyOf(root: Variant, key: Variant): string | undefined {
  const number = root === undefined || root === null ? 2 : toLong(root) & 0x7fffffff;
  const name = ROOTS[number];
  const path = textOf(key).replace(/^\\+|\\+$/g, "");
  return name === undefined ? undefined : path === "" ? name : `${name}\\${path}`;
}

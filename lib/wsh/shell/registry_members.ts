/** `RegRead`, `RegWrite` and `RegDelete`: the registry as scripts know it. @module */
import { toLong, toStringValue } from "../../automation/coerce.ts";
import { AutomationError, scriptError } from "../../automation/errors.ts";
import {
  makeByte,
  makeDouble,
  makeLong,
  TypedNumber,
  type Variant,
  VariantArray,
  VARTYPE,
} from "../../automation/variant.ts";
import type { Registry, RegistryValue } from "../../platform/registry.ts";

const ROOTS: Readonly<Record<string, string>> = {
  HKCU: "HKEY_CURRENT_USER",
  HKLM: "HKEY_LOCAL_MACHINE",
  HKCR: "HKEY_CLASSES_ROOT",
  HKU: "HKEY_USERS",
  HKCC: "HKEY_CURRENT_CONFIG",
};

const FILE_NOT_FOUND = 0x80070002;
const PATH_NOT_FOUND = 0x80070003;

interface Place {
  readonly key: string;
  /** `""` for the key's default value. */
  readonly name: string;
  /** Whether the path ends with a backslash, and so names the key itself. */
  readonly isKey: boolean;
}

/** The full name of a root, such as `HKCU`; undefined if it is none. */
export function registryRoot(name: string): string | undefined {
  const given = name.toUpperCase();
  return ROOTS[given] ?? Object.values(ROOTS).find((full) => full === given);
}

/** The key and the value's name of `HKCU\Software\Acme\Level`; a backslash at the end names the key. */
function placeOf(path: string, member: string): Place {
  const isKey = path.endsWith("\\");
  const names = path.replace(/\\$/, "").split("\\");
  const root = registryRoot(names[0]!);
  if (root === undefined || (names.length === 1 && !isKey) || names.slice(1).some((name) => name === "")) {
    throw failure(member, `Invalid root in registry key "${path}".`, PATH_NOT_FOUND);
  }
  const name = isKey ? "" : names.pop()!;
  return { key: [root, ...names.slice(1)].join("\\"), name, isKey };
}

function failure(member: string, message: string, number = FILE_NOT_FOUND): AutomationError {
  return new AutomationError(number, message, { source: `WshShell.${member}` });
}

/**
 * A value.
 *
 * @throws AutomationError 0x80070002 if it is not there. Windows says "Invalid root" of every key that is not there, and
 * "Unable to open" of a value; by these words scripts tell whether a key exists.
 */
export function registryRead(registry: Registry, path: string): Variant {
  const { key, name } = placeOf(path, "RegRead");
  const value = registry.read(key, name);
  if (value !== undefined) return variantOf(value);
  throw failure(
    "RegRead",
    !key.includes("\\") || registry.hasKey(key) // a root is always there
      ? `Unable to open registry key "${path}" for reading.`
      : `Invalid root in registry key "${path}".`,
  );
}

function variantOf(value: RegistryValue): Variant {
  switch (value.type) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return value.data;
    case "REG_DWORD":
      return makeLong(value.data | 0);
    case "REG_QWORD":
      return makeDouble(Number(value.data));
    case "REG_MULTI_SZ":
      return VariantArray.of([...value.data]);
    case "REG_BINARY":
      return VariantArray.of([...value.data].map(makeByte));
  }
}

/** Writes a value, and makes its key. Without a type, text is REG_SZ and a number REG_DWORD. */
export function registryWrite(registry: Registry, path: string, value: Variant, type?: string): void {
  const { key, name } = placeOf(path, "RegWrite");
  registry.write(
    key,
    name,
    valueOf(value, type?.toUpperCase() ?? (isNumber(value) ? "REG_DWORD" : "REG_SZ")),
  );
}

function isNumber(value: Variant): boolean {
  return typeof value === "number" || typeof value === "boolean" ||
    (value instanceof TypedNumber && value.type !== VARTYPE.Date);
}

function valueOf(value: Variant, type: string): RegistryValue {
  switch (type) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return { type, data: toStringValue(value) };
    case "REG_DWORD":
      return { type, data: toLong(value) >>> 0 };
    case "REG_BINARY": {
      if (value instanceof VariantArray) {
        return { type, data: Uint8Array.from(value.elements, (element) => toLong(element)) };
      }
      // Windows Script Host takes a number here, and writes its four bytes.
      const data = new Uint8Array(4);
      new DataView(data.buffer).setInt32(0, toLong(value), true);
      return { type, data };
    }
    case "REG_MULTI_SZ": {
      const elements = value instanceof VariantArray ? value.elements : [value];
      return { type, data: elements.map((element) => toStringValue(element)) };
    }
  }
  throw scriptError(
    "typeMismatch",
    `a registry value is a REG_SZ, REG_EXPAND_SZ, REG_DWORD, REG_BINARY or REG_MULTI_SZ, not a "${type}"`,
  );
}

/** Deletes a value, or, with a backslash at the end, a key without subkeys. */
export function registryDelete(registry: Registry, path: string): void {
  const { key, name, isKey } = placeOf(path, "RegDelete");
  if (!isKey) {
    if (registry.deleteValue(key, name)) return;
    throw failure("RegDelete", `Unable to remove registry key "${path}".`);
  }
  const result = registry.deleteKey(key);
  if (result === "deleted") return;
  const reason = result === "has subkeys" ? " It has subkeys, which must go first" : "";
  throw failure(
    "RegDelete",
    `Unable to remove registry key "${path}".${reason}`,
    result === "missing" ? FILE_NOT_FOUND : 0x80070005,
  );
}

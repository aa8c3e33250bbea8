/** `WScript.Arguments` with its named and unnamed parts. @module */
import { scriptError } from "../automation/errors.ts";
import {
  AutomationClass,
  defineInterface,
  implementInterface,
  type TypeOf,
} from "../automation/interface.ts";
import type { Variant } from "../automation/variant.ts";

/** IArguments2 (Windows Script Host 5.8 reference, "WshArguments Object"). */
export const IArgumentsTable = defineInterface("IArguments", "{2CC5A9D1-B1E5-11D3-A286-00104BD35090}", {
  Item: { dispid: 0, get: "BSTR", params: [["Index", "LONG"]] },
  Count: { dispid: 1, method: "LONG" },
  length: { dispid: 2, get: "LONG" },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "BSTR" },
  Named: { dispid: 1000, get: "IWSHNamedArguments*" },
  Unnamed: { dispid: 1001, get: "IArguments*" },
});

/** IWSHNamedArguments ("WshNamed Object"). */
export const IWSHNamedArgumentsTable = defineInterface(
  "IWSHNamedArguments",
  "{2CC5A9D2-B1E5-11D3-A286-00104BD35090}",
  {
    Item: { dispid: 0, get: "VARIANT", params: [["name", "BSTR"]] },
    Count: { dispid: 1, method: "LONG" },
    length: { dispid: 2, get: "LONG" },
    _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "BSTR" },
    Exists: { dispid: 1000, method: "VARIANT_BOOL", params: [["name", "BSTR"]] },
  },
);

/** The interfaces of the script host by name. */
export interface WshTypes {
  IArguments: IArguments;
  IWSHNamedArguments: IWSHNamedArguments;
}

/** The TypeScript form of {@linkcode IArgumentsTable}. */
export interface IArguments extends TypeOf<typeof IArgumentsTable, WshTypes> {}

/** The TypeScript form of {@linkcode IWSHNamedArgumentsTable}. */
export interface IWSHNamedArguments extends TypeOf<typeof IWSHNamedArgumentsTable, WshTypes> {}

// A second slash makes it an absolute path of a POSIX system, not a name.
const NAMED = /^\/([^:/]+?)(?::(.*)|([+-]))?$/s;

/** The arguments of a script; `/name:value`, `/flag`, `/flag+` and `/flag-` are named ones. */
export class WshArguments extends AutomationClass implements IArguments {
  static {
    implementInterface(this, [IArgumentsTable], { typeName: "WshArguments" });
  }

  constructor(readonly args: readonly string[]) {
    super();
  }

  Item(index: number): string {
    const arg = this.args[index];
    if (arg === undefined) {
      throw scriptError(
        "subscript",
        `argument ${index} is not there, the script was given ${this.args.length}`,
      );
    }
    return arg;
  }

  Count(): number {
    return this.args.length;
  }

  get length(): number {
    return this.args.length;
  }

  get Named(): IWSHNamedArguments {
    return new WshNamed(this.args);
  }

  get Unnamed(): IArguments {
    return new WshArguments(this.args.filter((arg) => !NAMED.test(arg)));
  }

  [Symbol.iterator](): Iterator<string> {
    return this.args[Symbol.iterator]();
  }
}

/** The named arguments; the first of a name wins, names have no case. */
export class WshNamed extends AutomationClass implements IWSHNamedArguments {
  static {
    implementInterface(this, [IWSHNamedArgumentsTable], { typeName: "WshNamed" });
  }

  readonly #values = new Map<string, { readonly name: string; readonly value: Variant }>();

  constructor(args: readonly string[]) {
    super();
    for (const arg of args) {
      const match = NAMED.exec(arg);
      if (match === null || this.#values.has(match[1]!.toLowerCase())) continue;
      const value = match[2] ?? (match[3] === undefined ? undefined : match[3] === "+");
      this.#values.set(match[1]!.toLowerCase(), { name: match[1]!, value });
    }
  }

  /** The value after the colon; True or False for `/name+` and `/name-`; Empty for a bare or absent name. */
  Item(name: string): Variant {
    return this.#values.get(name.toLowerCase())?.value;
  }

  Exists(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  Count(): number {
    return this.#values.size;
  }

  get length(): number {
    return this.#values.size;
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const { name } of this.#values.values()) yield name;
  }
}

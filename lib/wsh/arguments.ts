/** `WScript.Arguments` with its named and unnamed parts. @module */
import { scriptError } from "../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import type { Variant } from "../automation/variant.ts";
import type { IArguments, IWSHNamedArguments } from "./types.ts";

/** IArguments2 (Windows Script Host 5.8 reference, "WshArguments Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IArgumentsTable = defineInterface("IArguments", "{2CC5A9D1-B1E5-11D3-A286-00104BD35090}", {
  Item: { dispid: 0, get: "BSTR", params: [["Index", "LONG"]], doc: "An argument by its index from 0." },
  Count: { dispid: 1, method: "LONG", doc: "How many arguments there are." },
  length: { dispid: 2, get: "LONG", doc: "How many arguments there are." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "BSTR", doc: "All arguments in order." },
  ShowUsage: { dispid: 1002, method: "void", doc: "Prints how the script is used, as its `<runtime>` says." },
  Named: { dispid: 1000, get: "IWSHNamedArguments*", doc: "Those of the form `/name` or `/name:value`." },
  Unnamed: { dispid: 1001, get: "IArguments*", doc: "All others." },
}, { doc: "The arguments of a script, as a collection." });

/** IWSHNamedArguments ("WshNamed Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IWSHNamedArgumentsTable = defineInterface("IWSHNamedArguments", "{2CC5A9D2-B1E5-11D3-A286-00104BD35090}", {
  Item: { dispid: 0, get: "VARIANT", params: [["name", "BSTR"]], doc: "The value of an argument by its name: text, True or False for `/name+` and `/name-`, else Empty." },
  Count: { dispid: 1, method: "LONG", doc: "How many named arguments there are." },
  length: { dispid: 2, get: "LONG", doc: "How many named arguments there are." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "BSTR", doc: "The names." },
  Exists: { dispid: 1000, method: "VARIANT_BOOL", params: [["name", "BSTR"]], doc: "Whether an argument of that name was given." },
}, { doc: "The named arguments of a script; the case of a name does not matter." });

// A second slash makes it an absolute path of a POSIX system, not a name.
const NAMED = /^\/([^:/]+?)(?::(.*)|([+-]))?$/s;

/** The arguments of a script; `/name:value`, `/flag`, `/flag+` and `/flag-` are named ones. */
export class WshArguments extends AutomationClass implements IArguments {
  static {
    implementInterface(this, [IArgumentsTable], { typeName: "WshArguments" });
  }

  readonly #showUsage: () => void;

  constructor(readonly args: readonly string[], showUsage: () => void = () => {}) {
    super();
    this.#showUsage = showUsage;
  }

  ShowUsage(): void {
    this.#showUsage();
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
    return new WshArguments(this.args.filter((arg) => !NAMED.test(arg)), this.#showUsage);
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

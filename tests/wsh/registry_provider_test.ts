import { assertEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../lib/automation/errors.ts";
import { ProgIdTable } from "../../lib/automation/progids.ts";
import {
  type AutomationObject,
  DISPATCH,
  makeByte,
  makeLong,
  type Variant,
  VariantArray,
  type VariantRef,
} from "../../lib/automation/variant.ts";
import { describeScriptHost } from "../../lib/cli/check.ts";
import { FileRegistry } from "../../lib/platform/registry.ts";
import { inventory } from "../../lib/vbscript/mod.ts";
import { getObject, REGISTRY_PROVIDER } from "../../lib/wsh/get_object.ts";
import { RegistryProvider } from "../../lib/wsh/registry_provider.ts";
import { TempFolder } from "../cli/cli.ts";

const HKCU = -0x7fffffff; // &H80000001
const KEY = "Software\\Acme";

/** StdRegProv on a registry of its own, with one value of each type. */
class ProviderRig extends TempFolder {
  readonly provider = new RegistryProvider(
    new FileRegistry(`${this.path}/registry.reg`),
    (text) => text.replaceAll("%WHO%", "me"),
  );

  constructor() {
    super();
    const write = (method: string, name: string, data: Variant): void => {
      assertEquals(this.call(method, HKCU, KEY, name, data).code, 0);
    };
    assertEquals(this.call("CreateKey", HKCU, `${KEY}\\Sub`).code, 0);
    write("SetStringValue", "Text", "abc");
    write("SetExpandedStringValue", "Path", "%WHO%\\x");
    write("SetDWORDValue", "Number", makeLong(-1));
    write("SetQWORDValue", "Long", "18446744073709551615");
    write("SetBinaryValue", "Bytes", VariantArray.of([1, 255]));
    write("SetMultiStringValue", "List", VariantArray.of(["a", "b"]));
  }

  /** Calls a method with two variables behind its arguments: its result, and what they hold afterwards. */
  call(method: string, ...args: Variant[]): { code: number; out: Variant[] } {
    const member = this.provider[DISPATCH].member(method)!;
    const outs = member.byReference!.filter((isReference) => isReference).length;
    const out: Variant[] = Array(outs).fill("untouched");
    const references = out.map((_, index): VariantRef => ({
      read: () => out[index],
      write: (value) => {
        out[index] = value;
      },
    }));
    const code = member.call!(this.provider, [...args, ...references as unknown as Variant[]]);
    return { code: Number(typeof code === "number" ? code : (code as { value: number }).value), out };
  }
}

const list = (...elements: Variant[]): Variant => VariantArray.of(elements);

const CALLS: readonly [method: string, args: Variant[], code: number, out: Variant[]][] = [
  ["GetStringValue", [HKCU, KEY, "Text"], 0, ["abc"]],
  ["getstringvalue", [HKCU, "software\\ACME\\", "TEXT"], 0, ["abc"]],
  ["GetStringValue", [HKCU, KEY, "Path"], 0, ["me\\x"]],
  ["GetExpandedStringValue", [HKCU, KEY, "Path"], 0, ["me\\x"]],
  ["GetDWORDValue", [HKCU, KEY, "Number"], 0, [makeLong(-1)]],
  ["GetQWORDValue", [HKCU, KEY, "Long"], 0, ["18446744073709551615"]],
  ["GetBinaryValue", [HKCU, KEY, "Bytes"], 0, [list(makeByte(1), makeByte(255))]],
  ["GetMultiStringValue", [HKCU, KEY, "List"], 0, [list("a", "b")]],
  ["GetStringValue", [HKCU, KEY, "None"], 1, [null]],
  ["GetStringValue", [HKCU, "Software\\None", "Text"], 2, [null]],
  ["GetStringValue", [HKCU, KEY, ""], 1, [null]],
  ["GetDWORDValue", [HKCU, KEY, "Text"], 0x80041005 | 0, [null]],
  ["GetStringValue", [undefined, KEY, "Text"], 2, [null]], // no root is HKEY_LOCAL_MACHINE
  ["GetStringValue", [17, KEY, "Text"], 87, ["untouched"]],
  ["EnumKey", [HKCU, KEY], 0, [list("Sub")]],
  ["EnumKey", [HKCU, `${KEY}\\Sub`], 0, [null]],
  ["EnumKey", [HKCU, "None"], 2, [null]],
  ["EnumValues", [HKCU, KEY], 0, [
    list("Text", "Path", "Number", "Long", "Bytes", "List"),
    list(...[1, 2, 4, 11, 3, 7].map(makeLong)),
  ]],
  ["EnumValues", [HKCU, `${KEY}\\Sub`], 0, [null, null]],
  ["CheckAccess", [HKCU, KEY, 1], 0, [true]],
  ["CheckAccess", [HKCU, "None", 1], 2, [false]],
  ["DeleteKey", [HKCU, KEY], 5, []],
  ["DeleteKey", [HKCU, `${KEY}\\Sub`], 0, []],
  ["DeleteKey", [HKCU, "None"], 2, []],
  ["DeleteValue", [HKCU, KEY, "Text"], 0, []],
  ["DeleteValue", [HKCU, KEY, "None"], 2, []],
  ["SetStringValue", [HKCU, "None", "x", "y"], 2, []],
];

for (const [method, args, code, out] of CALLS) {
  Deno.test(`StdRegProv.${method}(${args.join(", ")}) is ${code}`, () => {
    using rig = new ProviderRig();
    assertEquals(rig.call(method, ...args), { code, out });
  });
}

Deno.test("StdRegProv refuses too few arguments, and values that do not fit", () => {
  using rig = new ProviderRig();
  const { call } = rig.provider[DISPATCH].member("GetStringValue")!;
  assertEquals(assertThrows(() => call!(rig.provider, [HKCU, KEY]), AutomationError).number, 450);
  assertEquals(call!(rig.provider, [HKCU, KEY, "Text"]), makeLong(0)); // nobody wants the value
  assertThrows(() => rig.call("SetQWORDValue", HKCU, KEY, "x", "-1"), AutomationError, "uint64");
  assertThrows(() => rig.call("SetDWORDValue", HKCU, KEY, "x", "no"), AutomationError);
});

const PATHS: readonly [path: string, isFound: boolean][] = [
  ["winmgmts:\\\\.\\root\\default:StdRegProv", true],
  ["WINMGMTS:{impersonationLevel=impersonate}!\\\\.\\root\\default:stdregprov", true],
  ["winmgmts:{impersonationLevel=impersonate,(Backup)}!//localhost/root/default:StdRegProv", true],
  ["winmgmts:root\\default:StdRegProv", true],
  ["winmgmts:\\\\server\\root\\default:StdRegProv", false],
  ["winmgmts:\\\\.\\root\\cimv2", false],
  ["winmgmts:\\\\.\\root\\default", false],
];

for (const [path, isFound] of PATHS) {
  Deno.test(`GetObject("${path}") ${isFound ? "is the registry" : "is error 429"}`, () => {
    using rig = new ProviderRig();
    const progIds = new ProgIdTable();
    progIds.add({ [REGISTRY_PROVIDER]: () => rig.provider });
    const find = (): AutomationObject => getObject(path, undefined, { progIds });
    if (isFound) assertEquals(find(), rig.provider);
    else assertEquals(assertThrows(find, AutomationError).number, 429);
  });
}

Deno.test("check knows StdRegProv behind a computer's name, and no other class", () => {
  const source = `Set registry = GetObject("winmgmts:\\\\" & computer & "\\root\\default:StdRegProv")
registry.EnumKey 1, "a", keys
registry.EnumKeys 1
Set wmi = GetObject("winmgmts:\\\\" & computer & "\\root\\cimv2")`;
  const { progIds, members } = inventory(source, { host: describeScriptHost() });
  assertEquals(progIds.map(({ progId, supported }) => [progId, supported]), [
    ["winmgmts:StdRegProv", true],
    ["winmgmts:", false],
  ]);
  assertEquals(members.map(({ member, supported }) => [member, supported]), [["EnumKey", true], [
    "EnumKeys",
    false,
  ]]);
});

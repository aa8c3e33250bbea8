import { assert, assertEquals } from "@std/assert";
import type { InterfaceTable, MemberTable } from "../../lib/automation/interface.ts";
import * as constants from "../../lib/imapi/constants.ts";
import { DDiscFormat2DataEventsTable } from "../../lib/imapi/disc_format2_data_event_args.ts";
import { DDiscFormat2EraseEventsTable } from "../../lib/imapi/disc_format2_erase.ts";
import { DDiscMaster2EventsTable } from "../../lib/imapi/disc_master2.ts";
import { HRESULT } from "../../lib/imapi/hresult.ts";
import { IMAPI_TABLES } from "../../lib/imapi/tables.ts";
import surface from "./surface.json" with { type: "json" };

// surface.json: names, kinds, DISPIDs and parameters of the type libraries IMAPI2 and IMAPI2FS, from the SDK's headers.
interface SurfaceMember {
  name: string;
  kind: string;
  dispid: number;
  params?: string[][];
  returns?: string;
  element?: string;
}
interface SurfaceInterface {
  iid: string;
  members: SurfaceMember[];
}

const TABLES: readonly InterfaceTable[] = [
  ...Object.values(IMAPI_TABLES),
  DDiscFormat2DataEventsTable,
  DDiscFormat2EraseEventsTable,
  DDiscMaster2EventsTable,
];

/** Members that are not offered; whoever offers one takes it off this list. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  IDiscFormat2Data: ["MultisessionInterfaces"],
  IFileSystemImage: [
    "SessionStartBlock",
    "ImportedVolumeName",
    "BootImageOptions",
    "CalculateDiscIdentifier",
    "IdentifyFileSystemsOnDisc",
    "GetDefaultFileSystemForImport",
    "ImportFileSystem",
    "ImportSpecificFileSystem",
    "MultisessionInterfaces",
  ],
  IFsiDirectoryItem: ["EnumFsiItems"],
  IProgressItems: ["EnumProgressItems"],
};

const DOCUMENTED: Readonly<Record<string, SurfaceInterface>> = {
  ...surface.interfaces as unknown as Record<string, SurfaceInterface>,
  ...surface.eventInterfaces as unknown as Record<string, SurfaceInterface>,
};

for (const table of TABLES) {
  const documented = DOCUMENTED[table.name]!;
  const leftOut = LEFT_OUT[table.name] ?? [];

  Deno.test(`${table.name} has the documented iid`, () => {
    assertEquals(table.iid, documented.iid);
  });

  Deno.test(`${table.name} has every documented member that is not listed as left out`, () => {
    const names = new Set(documented.members.map(({ name }) => name));
    assertEquals([...leftOut].filter((name) => !names.has(name)), []);
    assertEquals([...leftOut, ...Object.keys(table.members)].sort(), [...names].sort());
  });

  for (const [name, member] of Object.entries(table.members)) {
    Deno.test(`${table.name}.${name} is declared as documented`, () => {
      const rows = documented.members.filter((row) => row.name === name);
      assertEquals(declared(member), { ...merged(rows) });
    });
  }
}

/** A member in one form: what can be done with it, its DISPID, its parameters, its types. */
interface Shape {
  dispid: number;
  kinds: string[];
  params: string[][];
  type: string;
}

function declared(member: MemberTable): Shape {
  const kinds = [
    ...(member.get === undefined ? [] : ["propget"]),
    ...(member.put === undefined ? [] : ["propput"]),
    ...(member.method === undefined ? [] : ["method"]),
  ];
  return {
    dispid: member.dispid,
    kinds,
    params: (member.params ?? []).map((parameter) => [...parameter]),
    type: member.get ?? member.method ?? "",
  };
}

function merged(rows: readonly SurfaceMember[]): Shape {
  const getter = rows.find(({ kind }) => kind !== "propput")!;
  const order = ["propget", "propput", "method"];
  return {
    dispid: getter.dispid,
    kinds: rows.map(({ kind }) => kind).sort((a, b) => order.indexOf(a) - order.indexOf(b)),
    params: (getter.params ?? []).map(([name, type]) => [name!, automationType(type!)]),
    type: automationType(getter.returns ?? "void", getter.element),
  };
}

/** The automation type of a C type: enumerations are LONGs, and an array is what it holds. */
function automationType(type: string, element = ""): string {
  if (type in surface.enumerations) return "LONG";
  if (type === "IEnumVARIANT*") return "IUnknown*";
  if (type !== "SAFEARRAY*") return type;
  if (element.includes("VT_BSTR")) return "SAFEARRAY(BSTR)";
  if (/VT_U?I4/.test(element)) return "SAFEARRAY(LONG)";
  return `SAFEARRAY(${/VT_DISPATCH (\w+)/.exec(element)![1]}*)`;
}

for (const [name, values] of Object.entries(surface.enumerations)) {
  Deno.test(`${name} has the documented names and values`, () => {
    assertEquals<unknown>((constants as unknown as Record<string, unknown>)[name], values);
    for (const constant of Object.keys(values)) assert(constant in constants.IMAPI_CONSTANTS, constant);
  });
}

Deno.test("HRESULT has the documented names and values", () => {
  const documented = Object.entries(surface.hresults).map(([name, value]) => [name, Number(value)]);
  const ours = Object.entries(HRESULT);
  const byName = (a: (string | number)[], b: (string | number)[]): number => a[0]! < b[0]! ? -1 : 1;
  assertEquals<unknown>(ours.sort(byName), documented.sort(byName));
});

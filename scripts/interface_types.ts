/**
 * Writes the TypeScript interfaces of the automation objects from their tables: `deno task types`.
 *
 * @module
 */
import type { InterfaceTable, MemberTable, Parameter } from "../lib/automation/interface.ts";
import { IMAPI_TABLES } from "../lib/imapi/tables.ts";
import { WSH_TABLES } from "../lib/wsh/tables.ts";

/** A file that is made from tables. */
export interface TypesFile {
  /** From the root of the project. */
  readonly path: string;
  /** What its module comment says. */
  readonly doc: string;
  readonly tables: Readonly<Record<string, InterfaceTable>>;
}

/** All files that are made from tables. */
export const TYPES_FILES: readonly TypesFile[] = [
  {
    path: "lib/imapi/types.ts",
    doc: "The interfaces of IMAPI2 and IMAPI2FS, under the names of the Windows SDK's reference.",
    tables: IMAPI_TABLES,
  },
  {
    path: "lib/wsh/types.ts",
    doc: "The interfaces of the script host, under the names of its type library.",
    tables: WSH_TABLES,
  },
];

const LINE_WIDTH = 110;

/** The automation types that are no interfaces, in TypeScript. */
const VALUE_TYPES: Readonly<Record<string, string>> = {
  void: "void",
  LONG: "number",
  ULONG: "number",
  LONGLONG: "number",
  DOUBLE: "number",
  BSTR: "string",
  VARIANT_BOOL: "boolean",
  DATE: "Date",
  VARIANT: "Variant",
  "IStream*": "ByteStream",
  "IDispatch*": "AutomationObject",
};

/** Where the types come from that TypeScript does not have itself. */
const ORIGINS: Readonly<Record<string, string>> = {
  ByteStream: "../automation/stream.ts",
  AutomationObject: "../automation/variant.ts",
  Variant: "../automation/variant.ts",
};

/** The text of a file, formatted as `deno fmt` leaves it. */
export function typesText(file: TypesFile): string {
  const interfaces = Object.values(file.tables).map(interfaceText).join("\n");
  const head = [
    "/**",
    ` * ${file.doc}`,
    " *",
    " * Made from the tables by `deno task types`: change the tables, not this file.",
    " *",
    " * @module",
    " */",
  ];
  return `${head.join("\n")}\n${importsText(interfaces)}\n${interfaces}`;
}

function importsText(interfaces: string): string {
  const code = interfaces.replaceAll(/\/\*\*.*?\*\//gs, "");
  const origins = [...new Set(Object.values(ORIGINS))].sort();
  return origins.map((origin) => {
    const names = Object.keys(ORIGINS).filter((name) =>
      ORIGINS[name] === origin && new RegExp(`\\b${name}\\b`).test(code)
    );
    return names.length === 0 ? "" : `import type { ${names.join(", ")} } from "${origin}";\n`;
  }).join("");
}

function interfaceText(table: InterfaceTable): string {
  const heritage = table.inherits === undefined ? "" : ` extends ${table.inherits}`;
  const members = Object.entries(table.members).map(([name, row]) => {
    const doc = docText(row.doc, `${table.name}.${name}`, "  ");
    return memberTexts(name, row).map((text) => `${doc}${wrapped(text)}`).join("");
  });
  const doc = docText(table.doc, table.name, "");
  return `${doc}export interface ${table.name}${heritage} {\n${members.join("")}}\n`;
}

/** A declaration in its lines; one that is too long has a parameter a line. */
function wrapped(text: string): string {
  const long = /^(\w+\()(.*)(\): .*)$/.exec(text);
  if (text.length + 2 <= LINE_WIDTH || long === null) return `  ${text}\n`;
  return [`  ${long[1]}`, ...long[2]!.split(", ").map((parameter) => `    ${parameter},`), `  ${long[3]}`, ""]
    .join("\n");
}

/** The declarations of a member: an indexed property has one for each direction. */
function memberTexts(name: string, row: MemberTable): string[] {
  if (row.put === undefined || row.params === undefined) return [memberText(name, row)];
  const params = [...row.params, ["newVal", row.put] as const].map(parameterText).join(", ");
  return [...row.get === undefined ? [] : [memberText(name, row)], `put_${name}(${params}): void;`];
}

function memberText(name: string, row: MemberTable): string {
  if (row.element !== undefined) return `[Symbol.iterator](): Iterator<${typeText(row.element)}>;`;
  const result = typeText(row.method ?? row.get ?? row.put!);
  if (row.method !== undefined || row.params !== undefined) {
    return `${name}(${(row.params ?? []).map(parameterText).join(", ")}): ${result};`;
  }
  return `${row.put === undefined ? "readonly " : ""}${name}: ${result};`;
}

function parameterText([name, type]: Parameter): string {
  if (type.endsWith("...")) return `...${name}: ${typeText(type.slice(0, -3))}[]`;
  return type.endsWith("?") ? `${name}?: ${typeText(type.slice(0, -1))}` : `${name}: ${typeText(type)}`;
}

function typeText(type: string): string {
  const array = /^SAFEARRAY\((.+)\)$/.exec(type);
  if (array !== null) return `readonly ${typeText(array[1]!)}[]`;
  return VALUE_TYPES[type] ?? type.replace(/\*$/, "");
}

function docText(doc: string | undefined, of: string, indent: string): string {
  if (doc === undefined) throw new Error(`The table of ${of} has no doc`);
  const line = `${indent}/** ${doc} */\n`;
  if (line.length <= LINE_WIDTH) return line;
  const lines = [""];
  for (const word of doc.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (indent.length + 2 + longer.length <= LINE_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(` ${word}`);
  }
  return [`${indent}/**`, ...lines.map((text) => `${indent} *${text}`), `${indent} */`, ""].join("\n");
}

if (import.meta.main) {
  for (const file of TYPES_FILES) {
    Deno.writeTextFileSync(new URL(`../${file.path}`, import.meta.url), typesText(file));
  }
}

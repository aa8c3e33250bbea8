import { assertEquals, assertThrows } from "@std/assert";
import { defineInterface, type InterfaceTable, type TypeOf } from "../../lib/automation/interface.ts";
import type { IMAPI_TABLES } from "../../lib/imapi/tables.ts";
import type * as imapi from "../../lib/imapi/types.ts";
import type { WSH_TABLES } from "../../lib/wsh/tables.ts";
import type * as wsh from "../../lib/wsh/types.ts";
import { TYPES_FILES, typesText } from "../../scripts/interface_types.ts";

/** Every written interface by its name. */
interface Written {
  IDiscMaster2: imapi.IDiscMaster2;
  IDiscRecorder2: imapi.IDiscRecorder2;
  IDiscFormat2: imapi.IDiscFormat2;
  IDiscFormat2Data: imapi.IDiscFormat2Data;
  IDiscFormat2Erase: imapi.IDiscFormat2Erase;
  IWriteSpeedDescriptor: imapi.IWriteSpeedDescriptor;
  IWriteEngine2EventArgs: imapi.IWriteEngine2EventArgs;
  IDiscFormat2DataEventArgs: imapi.IDiscFormat2DataEventArgs;
  IFileSystemImage: imapi.IFileSystemImage;
  IFsiItem: imapi.IFsiItem;
  IFsiFileItem: imapi.IFsiFileItem;
  IFsiDirectoryItem: imapi.IFsiDirectoryItem;
  IFileSystemImageResult: imapi.IFileSystemImageResult;
  IProgressItems: imapi.IProgressItems;
  IProgressItem: imapi.IProgressItem;
  IHost: wsh.IHost;
  IArguments: wsh.IArguments;
  IWSHNamedArguments: wsh.IWSHNamedArguments;
  IDictionary: wsh.IDictionary;
  IFileSystem: wsh.IFileSystem;
  IFile: wsh.IFile;
  IFolder: wsh.IFolder;
  IFileCollection: wsh.IFileCollection;
  IFolderCollection: wsh.IFolderCollection;
  IDrive: wsh.IDrive;
  IDriveCollection: wsh.IDriveCollection;
  ITextStream: wsh.ITextStream;
  IScriptEncoder: wsh.IScriptEncoder;
  IWshShell3: wsh.IWshShell3;
  IWshExec: wsh.IWshExec;
  IWshEnvironment: wsh.IWshEnvironment;
  IWshCollection: wsh.IWshCollection;
  IWshNetwork2: wsh.IWshNetwork2;
  _Stream: wsh._Stream;
  IArrayList: wsh.IArrayList;
  IGenScriptletTLib: wsh.IGenScriptletTLib;
  IShellDispatch6: wsh.IShellDispatch6;
  IShellWindows: wsh.IShellWindows;
  Folder3: wsh.Folder3;
  FolderItems3: wsh.FolderItems3;
  FolderItem2: wsh.FolderItem2;
  FolderItemVerbs: wsh.FolderItemVerbs;
  FolderItemVerb: wsh.FolderItemVerb;
  IShellLinkDual2: wsh.IShellLinkDual2;
  IXMLHTTPRequest: wsh.IXMLHTTPRequest;
  IServerXMLHTTPRequest2: wsh.IServerXMLHTTPRequest2;
  IWinHttpRequest: wsh.IWinHttpRequest;
  IWshShortcut: wsh.IWshShortcut;
  IWshURLShortcut: wsh.IWshURLShortcut;
  IXMLDOMImplementation: wsh.IXMLDOMImplementation;
  IXMLDOMNode: wsh.IXMLDOMNode;
  IXMLDOMNodeList: wsh.IXMLDOMNodeList;
  IXMLDOMNamedNodeMap: wsh.IXMLDOMNamedNodeMap;
  IXMLDOMElement: wsh.IXMLDOMElement;
  IXMLDOMAttribute: wsh.IXMLDOMAttribute;
  IXMLDOMCharacterData: wsh.IXMLDOMCharacterData;
  IXMLDOMText: wsh.IXMLDOMText;
  IXMLDOMCDATASection: wsh.IXMLDOMCDATASection;
  IXMLDOMComment: wsh.IXMLDOMComment;
  IXMLDOMProcessingInstruction: wsh.IXMLDOMProcessingInstruction;
  IXMLDOMDocumentType: wsh.IXMLDOMDocumentType;
  IXMLDOMDocumentFragment: wsh.IXMLDOMDocumentFragment;
  IXMLDOMEntityReference: wsh.IXMLDOMEntityReference;
  IXMLDOMParseError: wsh.IXMLDOMParseError;
  IXMLDOMDocument: wsh.IXMLDOMDocument;
  IXMLDOMDocument2: wsh.IXMLDOMDocument2;
  IXMLDOMDocument3: wsh.IXMLDOMDocument3;
  IXMLDOMSchemaCollection: wsh.IXMLDOMSchemaCollection;
  IXSLTemplate: wsh.IXSLTemplate;
  IXSLProcessor: wsh.IXSLProcessor;
}

type Tables = typeof IMAPI_TABLES & typeof WSH_TABLES;
type Flat<T> = { [K in keyof T]: T[K] };
/** Whether two types are the same, `readonly` and all: being assignable both ways is less. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
/** The names of the tables that the interface in `W` differs from. */
type Differing<T extends Record<string, InterfaceTable>, W extends Record<keyof T, unknown>> = {
  [K in keyof T]: Same<Flat<W[K]>, Flat<TypeOf<T[K], W>>> extends true ? never : K;
}[keyof T];

/** Compiles for the interfaces that are what their tables say; else the compiler's message names those that are not. */
function assertSame<D extends string>(..._: [D] extends [never] ? [] : [differing: D]): void {}

Deno.test("types.ts has the interfaces that the tables describe", () => {
  assertSame<Differing<Tables, Written>>();
});

const ILampTable = defineInterface("ILamp", "{00000000-0000-0000-0000-000000000003}", {
  Watts: { dispid: 1, get: "LONG" },
  Dim: { dispid: 2, method: "void", params: [["to", "LONG?"]] },
});
const IShelfTable = defineInterface("IShelf", "{00000000-0000-0000-0000-000000000004}", {
  _NewEnum: { dispid: -4, get: "IUnknown*", element: "ILamp*" },
}, { inherits: "ILamp" });
type Lamps = { ILamp: typeof ILampTable; IShelf: typeof IShelfTable };
interface Lamp {
  readonly Watts: number;
  Dim(to?: number): void;
}

Deno.test("TypeOf tells what is readonly, optional, inherited or enumerated", () => {
  assertSame<Differing<Lamps, { ILamp: Lamp; IShelf: Lamp & { [Symbol.iterator](): Iterator<Lamp> } }>>();
  assertSame<Differing<Lamps, { ILamp: { Watts: number; Dim(to?: number): void }; IShelf: Lamp }>>("ILamp");
  // @ts-expect-error The optional parameter is missing.
  assertSame<Differing<Pick<Lamps, "ILamp">, { ILamp: { readonly Watts: number; Dim(): void } }>>();
  // @ts-expect-error The enumerator is missing.
  assertSame<Differing<Lamps, { ILamp: Lamp; IShelf: Lamp }>>();
});

for (const file of TYPES_FILES) {
  Deno.test(`typesText() gives ${file.path} as it is; else run "deno task types"`, () => {
    assertEquals(typesText(file), Deno.readTextFileSync(new URL(`../../${file.path}`, import.meta.url)));
  });
}

Deno.test("typesText() throws for a member without a sentence", () => {
  const tables = { ILamp: { ...ILampTable, doc: "A lamp." } };
  assertThrows(() => typesText({ path: "", doc: "", tables }), Error, "The table of ILamp.Watts has no doc");
});

Deno.test("typesText() wraps long sentences and writes every form of a parameter", () => {
  const doc = `A ${"very ".repeat(25)}long sentence.`;
  const IFormTable = defineInterface("IForm", "{00000000-0000-0000-0000-000000000005}", {
    Fill: { dispid: 1, method: "SAFEARRAY(IForm*)", params: [["a", "DATE"], ["b", "BSTR?"]], doc },
    Join: { dispid: 2, method: "VARIANT", params: [["parts", "VARIANT..."]], doc: "Joins." },
  }, { doc: "A form." });
  assertEquals(
    typesText({ path: "", doc: "Forms.", tables: { IForm: IFormTable } }).split("\n").slice(7),
    [
      'import type { Variant } from "../automation/variant.ts";',
      "",
      "/** A form. */",
      "export interface IForm {",
      "  /**",
      `   * A ${"very ".repeat(20).trim()}`,
      `   * ${"very ".repeat(5)}long sentence.`,
      "   */",
      "  Fill(a: Date, b?: string): readonly IForm[];",
      "  /** Joins. */",
      "  Join(...parts: Variant[]): Variant;",
      "}",
      "",
    ],
  );
});

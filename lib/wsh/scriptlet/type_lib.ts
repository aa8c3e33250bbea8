/** `Scriptlet.TypeLib`: new GUIDs, which is what scripts take it for. @module */
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import type { IGenScriptletTLib } from "../types.ts";

/** IGenScriptletTLib (the type library of scrobj.dll). */
// deno-fmt-ignore -- a table: one row a member
export const IGenScriptletTLibTable = defineInterface("IGenScriptletTLib", "{D0B38E6A-2F1F-11D2-8ECB-00C04F79A2F7}", {
  Guid: { dispid: 6, get: "BSTR", put: "BSTR", doc: "A new GUID in braces, the same as long as the object lives, followed by two characters that Windows leaves there, of which the first ends a text in C." },
  Name: { dispid: 2, get: "BSTR", put: "BSTR", doc: "The name of the type library." },
  MajorVersion: { dispid: 4, get: "LONG", put: "LONG", doc: "Its version before the point." },
  MinorVersion: { dispid: 5, get: "LONG", put: "LONG", doc: "Its version behind the point." },
  Path: { dispid: 1, get: "BSTR", put: "BSTR", doc: "Where it would be kept." },
  Doc: { dispid: 3, get: "BSTR", put: "BSTR", doc: "What it describes." },
  Reset: { dispid: 10, method: "void", doc: "Makes it as it was when it was new, with another GUID." },
}, { doc: "A generator of type libraries, of which scripts want the GUID." });

/** `Scriptlet.TypeLib`. */
export class ScriptletTypeLib extends AutomationClass implements IGenScriptletTLib {
  static {
    implementInterface(this, [IGenScriptletTLibTable], { typeName: "IGenScriptletTLib" });
  }

  Guid = newGuid();
  Name = "";
  MajorVersion = 1;
  MinorVersion = 0;
  Path = "";
  Doc = "";

  Reset(): void {
    Object.assign(this, { Guid: newGuid(), Name: "", MajorVersion: 1, MinorVersion: 0, Path: "", Doc: "" });
  }
}

/** Scripts cut it by `Left(guid, 38)` or `Mid(guid, 2, 36)`, because of what follows the brace on Windows. */
function newGuid(): string {
  return `{${crypto.randomUUID().toUpperCase()}}\0\0`;
}

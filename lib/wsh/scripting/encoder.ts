/** `Scripting.Encoder`: Script Encoder as an object. @module */
import { scriptError } from "../../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import { encodeScriptBlock } from "../script_encoder.ts";
import type { IScriptEncoder } from "../types.ts";

/** IScriptEncoder (Script Runtime reference, "Script Encoder"). */
// deno-fmt-ignore -- a table: one row a member
export const IScriptEncoderTable = defineInterface("IScriptEncoder", "{AADC65F6-CFF1-11D1-B747-00C04FC2B085}", {
  EncodeScriptFile: { dispid: 0, method: "BSTR", params: [["szExt", "BSTR"], ["bstrStreamIn", "BSTR"], ["cFlags", "LONG"], ["bstrDefaultLang", "BSTR"]], doc: "The text of a script, encoded: all of it for `.vbs` and `.js`, the script blocks for `.wsf`, `.htm` and `.asp`; the default language is that of blocks which name none." },
}, { doc: "Makes scripts hard to read for people, in the form of `.vbe` and `.jse` files." });

const WHOLE = /^\.?(vbs|vbe|js|jse|txt)$/i;
const MARKED_UP = /^\.?(wsf|wsc|sct|htm|html|asp|asa|cdx)$/i;
/** What stands before this comment stays in clear. */
const START = /^.*\*\*Start Encode\*\*.*$/im;

/** Makes scripts hard to read for people. */
export class ScriptEncoder extends AutomationClass implements IScriptEncoder {
  static {
    implementInterface(this, [IScriptEncoderTable], { typeName: "Encoder" });
  }

  EncodeScriptFile(extension: string, text: string, _flags: number, defaultLanguage: string): string {
    if (WHOLE.test(extension)) return encodeRest(text);
    if (MARKED_UP.test(extension)) return encodeBlocks(text, defaultLanguage || "VBScript");
    throw scriptError(
      "invalidCall",
      `Script Encoder knows .vbs, .js, .wsf, .sct, .htm and .asp files, not "${extension}"`,
    );
  }
}

function encodeRest(text: string): string {
  const start = START.exec(text);
  const at = start === null ? 0 : start.index + start[0].length;
  return text.slice(0, at) + encodeScriptBlock(text.slice(at));
}

function encodeBlocks(text: string, defaultLanguage: string): string {
  const scripts = text.replace(
    /(<script\b[^>]*)(>)([\s\S]*?)(<\/script\s*>)/gi,
    (whole, ...parts: string[]) => {
      const [head, close, code, end] = parts as [string, string, string, string];
      if (code.trim() === "" || /\.encode\b/i.test(head)) return whole;
      const named = head.replace(/(\blanguage\s*=\s*["']?)(\w+)/i, "$1$2.Encode");
      const begin = named === head ? `${head} language="${defaultLanguage}.Encode"` : named;
      return begin + close + encodeRest(code) + end;
    },
  );
  return scripts.replace(
    /(<%=?)(?!@)([\s\S]*?)(%>)/g,
    (_, open: string, code: string, close: string) => open + encodeScriptBlock(code) + close,
  );
}

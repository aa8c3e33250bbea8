/** What script files of any form use, for those who read scripts and run none. @module */
import { DriveMap } from "../platform/drive_map.ts";
import { type HostDescription, inventory, type ScriptInventory } from "../vbscript/mod.ts";
import { jscriptInventory } from "./jscript/inventory.ts";
import { parseComponents } from "./scriptlet/component_file.ts";
import { decodeScriptBlocks } from "./script_encoder.ts";
import { languageOf, type ScriptLanguage } from "./script_program.ts";
import { decodeScript } from "./source_text.ts";
import { parseWsf, type WsfScript } from "./wsf.ts";

/** What a file uses. */
export interface ScriptInventories {
  /** One for each script of the file, with lines and columns as they are in the file. */
  readonly parts: readonly ScriptInventory[];
  /** Procedures that other parts and files of the same job bring, in lower case. */
  readonly procedures: ReadonlySet<string>;
}

/** Reads a script file; what a job includes is looked at for its procedures. */
export function scriptInventories(bytes: Uint8Array, path: string, host: HostDescription): ScriptInventories {
  const text = decodeScript(bytes);
  const take = (language: ScriptLanguage | undefined, source: string): ScriptInventory =>
    language === "jscript" ? jscriptInventory(source, { path, host }) : inventory(source, { path, host });
  if (!/\.ws[cf]$/i.test(path)) {
    const source = /\.(vbe|jse)$/i.test(path) ? decodeScriptBlocks(text) : text;
    return { parts: [take(/\.jse?$/i.test(path) ? "jscript" : "vbscript", source)], procedures: new Set() };
  }
  const isComponent = /\.wsc$/i.test(path);
  const procedures = new Set(["getresource", ...(isComponent ? ["fireevent", "createcomponent"] : [])]);
  const parts: ScriptInventory[] = [];
  const holders = isComponent ? parseComponents(text) : parseWsf(text);
  for (const script of holders.flatMap(({ scripts }) => scripts)) {
    const code = codeOf(script, path);
    for (const [, name] of code.matchAll(PROCEDURE)) procedures.add(name!.toLowerCase());
    const language = languageOf(script);
    // An included file is a script of its own for whoever checks the folder.
    if (script.src === undefined && language !== undefined) parts.push(take(language, code));
  }
  return { parts, procedures };
}

const PROCEDURE = /^[ \t]*(?:(?:public|private)[ \t]+)?(?:default[ \t]+)?(?:sub|function)[ \t]+([a-z]\w*)/gim;

function codeOf({ src, code, language }: WsfScript, path: string): string {
  const text = src === undefined ? code : includedText(src, path);
  const isEncoded = /\.encode$/i.test(language ?? "") || /\.(vbe|jse)$/i.test(src ?? "");
  return isEncoded ? decodeScriptBlocks(text) : text;
}

/** A file that is not there brings no procedures; running the job says so. */
function includedText(src: string, path: string): string {
  const folder = path.replace(/[^\\/]*$/, "") || "./";
  const system = Deno.build.os === "windows" ? "windows" : "posix";
  try {
    return decodeScript(
      Deno.readFileSync(new DriveMap([], system, () => Deno.realPathSync(folder)).toNative(src)),
    );
  } catch (error) {
    if (error instanceof Error) return "";
    throw error;
  }
}

/** The VBScript of a file of any form, for those who read scripts and run none. @module */
import { DriveMap } from "../platform/drive_map.ts";
import { decodeScriptBlocks } from "./script_encoder.ts";
import { languageOf } from "./script_program.ts";
import { decodeScript } from "./source_text.ts";
import { parseWsf, type WsfScript } from "./wsf.ts";

/** What a file has of VBScript. */
export interface ScriptTexts {
  /** With lines and columns as they are in the file. */
  readonly texts: readonly string[];
  /** Procedures that other parts and files of the same job bring, in lower case. */
  readonly procedures: ReadonlySet<string>;
}

/** Reads a script file; what a job includes is looked at for its procedures. */
export function scriptTexts(bytes: Uint8Array, path: string): ScriptTexts {
  const text = decodeScript(bytes);
  if (/\.vbe$/i.test(path)) return { texts: [decodeScriptBlocks(text)], procedures: new Set() };
  if (!/\.wsf$/i.test(path)) return { texts: [text], procedures: new Set() };
  const procedures = new Set(["getresource"]);
  const texts: string[] = [];
  for (const script of parseWsf(text).flatMap(({ scripts }) => scripts)) {
    const code = codeOf(script, path);
    for (const [, name] of code.matchAll(PROCEDURE)) procedures.add(name!.toLowerCase());
    // An included file is a script of its own for whoever checks the folder.
    if (script.src === undefined && languageOf(script) === "vbscript") texts.push(code);
  }
  return { texts, procedures };
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

/** What a script file consists of, whatever its form. @module */
import { createDriveMap } from "../jobs/session.ts";
import type { DriveMap } from "../platform/drive_map.ts";
import { MarkupError } from "./markup.ts";
import { decodeScriptBlocks, EncodedScriptError } from "./script_encoder.ts";
import type { ScriptJob } from "./script_job.ts";
import { decodeScript } from "./source_text.ts";
import { parseWsf, type WsfJob, type WsfScript } from "./wsf.ts";

/** A language that scripts are written in. */
export type ScriptLanguage = "vbscript" | "jscript";

/** Code in one language. */
export interface ScriptPart {
  readonly language: ScriptLanguage;
  /** With lines and columns as they are in the file. */
  readonly source: string;
  /** The file, as a path of this system. */
  readonly path: string;
}

/** A script file, ready to be run. */
export interface ScriptProgram {
  /** In the order in which they run. */
  readonly parts: readonly ScriptPart[];
  /** The job of a `.wsf` file. */
  readonly job: WsfJob | undefined;
}

/** A script file cannot be run; the message is the whole line for its user. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
}

/** Reads a script file of any form. @throws ProgramError, and what reading throws */
export async function loadProgram(job: ScriptJob): Promise<ScriptProgram> {
  const { path } = job;
  const raw = decodeScript(await Deno.readFile(path), job.codePage);
  // A .vbs file may well have the marks in a string: it is encoded when it begins with them.
  const text = /\.(vbe|jse)$/i.test(path) || raw.startsWith("#@~^") ? decoded(raw, path) : raw;
  if (/\.wsf$/i.test(path) && job.engine === undefined) return await loadWsf(job, text);
  const language = job.engine ?? (/\.jse?$/i.test(path) ? "jscript" : "vbscript");
  return { parts: [{ language, source: text, path }], job: undefined };
}

async function loadWsf(job: ScriptJob, text: string): Promise<ScriptProgram> {
  const { path } = job;
  const chosen = chooseJob(job, parsed(text, path));
  const parts: ScriptPart[] = [];
  for (const script of chosen.scripts) parts.push(await loadPart(job, script));
  return { parts, job: chosen };
}

function parsed(text: string, path: string): WsfJob[] {
  try {
    return parseWsf(text);
  } catch (error) {
    if (!(error instanceof MarkupError)) throw error;
    throw hostError(path, error.line, error.column, error.message);
  }
}

function chooseJob({ path, wsfJob }: ScriptJob, jobs: readonly WsfJob[]): WsfJob {
  if (wsfJob === undefined) return jobs[0]!;
  const found = jobs.find(({ id }) => id?.toLowerCase() === wsfJob.toLowerCase());
  if (found !== undefined) return found;
  const names = jobs.map(({ id }) => id ?? "one without an id").join(", ");
  throw new ProgramError(`Unable to find job "${wsfJob}" in "${path}"; it has ${names}`);
}

/** What a part is read with. */
type PartSource = Pick<ScriptJob, "path" | "codePage" | "session">;

async function loadPart(job: ScriptJob, script: WsfScript): Promise<ScriptPart> {
  const { src } = script;
  if (src === undefined || !isAddress(src)) return readPart(job, script);
  const fail = (message: string): ProgramError => hostError(job.path, script.line, 1, message);
  const text = decodeScript(await download(src, fail), job.codePage);
  return partOf(script, { text, path: src }, fail);
}

/** A part that stands in a file, or in another one beside it. @throws ProgramError */
export function readPart(source: PartSource, script: WsfScript): ScriptPart {
  const { path, codePage } = source;
  const { src, code: text } = script;
  const fail = (message: string): ProgramError => hostError(path, script.line, 1, message);
  if (src === undefined) return partOf(script, { text, path }, fail);
  if (isAddress(src)) throw fail(`"${src}" is not fetched; save it beside the file and name it`);
  const native = driveMapAt(source, path.replace(/[\\/][^\\/]*$/, "")).toNative(src);
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(native);
  } catch (error) {
    throw fail(`Cannot read "${src}": ${(error as Error).message}`);
  }
  return partOf(script, { text: decodeScript(bytes, codePage), path: native }, fail);
}

function partOf(
  script: WsfScript,
  { text, path }: { readonly text: string; readonly path: string },
  fail: (message: string) => ProgramError,
): ScriptPart {
  const language = languageOf(script);
  if (language === undefined) {
    throw fail(`The language "${script.language}" is not supported; there are VBScript and JScript`);
  }
  const isEncoded = /\.encode$/i.test(script.language ?? "") || /\.(vbe|jse)$/i.test(script.src ?? "");
  return { language, source: isEncoded ? decoded(text, path) : text, path };
}

/** One letter before a colon is a drive. */
function isAddress(src: string): boolean {
  return /^[a-z]{2,}:/i.test(src);
}

/** How long a server may take for a script. */
const DOWNLOAD_MS = 60_000;

/** A script from the web. */
async function download(address: string, fail: (message: string) => ProgramError): Promise<Uint8Array> {
  const cannot = (why: string): ProgramError => fail(`Cannot fetch "${address}": ${why}`);
  if (!/^https?:/i.test(address)) throw cannot("scripts come from files, http and https");
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
    if (response.ok) return await response.bytes();
    await response.body?.cancel();
    throw cannot(`the server answered ${response.status} ${response.statusText}`.trimEnd());
  } catch (error) {
    throw error instanceof ProgramError ? error : cannot((error as Error).message);
  }
}

/** Paths in a file are relative to its folder. */
function driveMapAt({ session }: PartSource, folder: string): DriveMap {
  const driveMap = createDriveMap(session);
  driveMap.changeDirectory(folder);
  return driveMap;
}

/** The language of a part; undefined for one that is not supported. */
export function languageOf({ language, src }: WsfScript): ScriptLanguage | undefined {
  if (language === undefined) return src !== undefined && /\.jse?$/i.test(src) ? "jscript" : "vbscript";
  const name = language.toLowerCase().replace(/\.encode$/, "");
  if (/^(vbscript|vbs|vb)$/.test(name)) return "vbscript";
  return /^(jscript|javascript|js|ecmascript)(1\.\d)?$/.test(name) ? "jscript" : undefined;
}

function decoded(text: string, path: string): string {
  try {
    return decodeScriptBlocks(text);
  } catch (error) {
    if (!(error instanceof EncodedScriptError)) throw error;
    throw new ProgramError(`${path}: ${error.message}`);
  }
}

function hostError(path: string, line: number, column: number, message: string): ProgramError {
  return new ProgramError(`${path}(${line}, ${column}) Windows Script Host: ${message}`);
}

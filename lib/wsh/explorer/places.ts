/** Where things lie that the Shell shows: in the file system, in a zip file, or nowhere but in its own list. @module */
import { AutomationError } from "../../automation/errors.ts";
import { nameToNative } from "../../platform/drive_map.ts";
import type { FileInfo } from "../../platform/file_info.ts";
import { writeBytesWhole } from "../../platform/write_whole.ts";
import { joined, parentOf, type ScriptingHost } from "../scripting/host.ts";
import { listNames } from "../scripting/transfer.ts";
import { readZip, writeZip, type ZipEntry, ZipError } from "./zip_archive.ts";

/** A file or a folder of the file system. */
export interface FilePlace {
  readonly kind: "file";
  readonly native: string;
}

/** What a zip file has under a name; the zip file itself under the name of nothing. */
export interface ZipPlace {
  readonly kind: "zip";
  readonly archive: string;
  readonly inner: string;
}

/** A folder that is only shown, such as the list of drives. */
export interface ShownPlace {
  readonly kind: "shown";
  readonly title: string;
  /** `::{CLSID}`. */
  readonly path: string;
  readonly children: readonly FilePlace[];
}

/** Where something lies. */
export type Place = FilePlace | ZipPlace | ShownPlace;

/** Its last name, as a script sees it. */
export function nameOfPlace(host: ScriptingHost, place: Place): string {
  if (place.kind === "shown") return place.title;
  if (place.kind === "zip" && place.inner !== "") return place.inner.replace(/^.*\//, "");
  const path = host.script(nativeOf(place));
  return /^[a-z]:\\?$/i.test(path) ? path : path.replace(/^.*\\/s, "");
}

/** Its path, as a script sees it. */
export function pathOfPlace(host: ScriptingHost, place: Place): string {
  if (place.kind === "shown") return place.path;
  const path = host.script(nativeOf(place));
  return place.kind === "file" || place.inner === "" ? path : `${path}\\${place.inner.replaceAll("/", "\\")}`;
}

/** The file or folder of the system that it is, or lies in. */
export function nativeOf(place: FilePlace | ZipPlace): string {
  return place.kind === "file" ? place.native : place.archive;
}

/** Whether it lies in a zip file. */
export function isInZip(place: Place): place is ZipPlace {
  return place.kind === "zip" && place.inner !== "";
}

/** The place that a folder, or a zip file, is when one looks into it; nothing if it is no such. */
export function folderOf(host: ScriptingHost, place: Place): Place | undefined {
  if (place.kind === "shown") return place;
  if (place.kind === "zip") {
    return place.inner === "" || entryAt(host, place)?.isFolder ? place : undefined;
  }
  const info = host.find(place.native);
  if (info?.isDirectory) return place;
  return info !== undefined && /\.zip$/i.test(place.native)
    ? { kind: "zip", archive: place.native, inner: "" }
    : undefined;
}

/** The folder that it lies in; nothing for what lies nowhere, and for drives. */
export function parentOfPlace(host: ScriptingHost, place: Place): Place | undefined {
  if (place.kind === "shown") return undefined;
  if (isInZip(place)) return { ...place, inner: place.inner.replace(/\/?[^/]*$/, "") };
  const native = nativeOf(place);
  return /^[a-z]:\\?$/i.test(host.script(native)) ? undefined : { kind: "file", native: parentOf(native) };
}

/** What lies in a folder: folders first, by their names. */
export function childrenOf(host: ScriptingHost, place: Place): readonly Place[] {
  if (place.kind === "shown") return place.children;
  if (place.kind === "zip") return namesInZip(host, place).map((name) => below(place, name));
  const names = [...listNames(host, place.native, "folder"), ...listNames(host, place.native, "file")];
  return names.map((name) => ({ kind: "file", native: joined(place.native, name) }));
}

/** The place of a name in a folder, whether something is there or not. */
export function below<P extends FilePlace | ZipPlace>(place: P, name: string): P {
  return (place.kind === "file"
    ? { kind: "file", native: joined(place.native, nameToNative(name)) }
    : { ...place, inner: place.inner === "" ? name : `${place.inner}/${name}` }) as P;
}

function namesInZip(host: ScriptingHost, place: ZipPlace): string[] {
  const prefix = place.inner === "" ? "" : `${place.inner}/`;
  const folders = new Set<string>();
  const files = new Set<string>();
  for (const { name, isFolder } of readArchive(host, place.archive)) {
    if (!startsWith(name, prefix)) continue;
    const [first, more] = name.slice(prefix.length).split("/");
    if (first === undefined || first === "") continue;
    if (more !== undefined || isFolder) folders.add(first);
    else files.add(first);
  }
  const sorted = (names: Set<string>): string[] =>
    [...names].sort((one, other) => one.toLowerCase() < other.toLowerCase() ? -1 : 1);
  return [...sorted(folders), ...sorted(files)];
}

/** What a zip file has under a name, in any case; a folder may be there only by what lies in it. */
export function entryAt(host: ScriptingHost, { archive, inner }: ZipPlace): ZipEntry | undefined {
  const entries = readArchive(host, archive);
  const folded = inner.toLowerCase();
  const found = entries.find(({ name }) => name.toLowerCase() === folded);
  if (found !== undefined) return found;
  const within = entries.find(({ name }) => startsWith(name, `${inner}/`));
  return within === undefined ? undefined : {
    ...within,
    name: within.name.slice(0, inner.length),
    isFolder: true,
    sizeBytes: 0,
    packed: new Uint8Array(),
  };
}

/** Whether a place is another one of the same zip file, or lies below it. */
export function isWithin(place: ZipPlace, other: ZipPlace): boolean {
  return place.archive === other.archive && startsWith(`${place.inner}/`, `${other.inner}/`);
}

/** The entry of a place and all below it. */
export function entriesBelow(host: ScriptingHost, { archive, inner }: ZipPlace): ZipEntry[] {
  const folded = inner.toLowerCase();
  return readArchive(host, archive).filter(({ name }) =>
    inner === "" || name.toLowerCase() === folded || startsWith(name, `${inner}/`)
  );
}

function startsWith(name: string, prefix: string): boolean {
  return name.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}

/** The zip file that was read last, and what told it from what it may be now. */
interface ReadArchive {
  readonly archive: string;
  readonly info: FileInfo | undefined;
  readonly entries: readonly ZipEntry[];
}

/** Each name, size and date of an item asks for its whole zip file. */
const lastRead = new WeakMap<ScriptingHost, ReadArchive>();

/** What a zip file of the system has in it. @throws AutomationError 0x8007000D if it is none. */
export function readArchive(host: ScriptingHost, archive: string): readonly ZipEntry[] {
  host.resources.flush(); // scripts write the 22 bytes of an empty one themselves
  const info = host.find(archive);
  const last = lastRead.get(host);
  if (last?.archive === archive && isUnchanged(last.info, info)) return last.entries;
  const bytes = host.attempt(archive, () => Deno.readFileSync(archive));
  const entries = asScriptError(host, archive, () => readZip(bytes));
  lastRead.set(host, { archive, info, entries });
  return entries;
}

function isUnchanged(then: FileInfo | undefined, now: FileInfo | undefined): boolean {
  return then !== undefined && now !== undefined && then.size === now.size && then.ino === now.ino &&
    then.mtime?.getTime() === now.mtime?.getTime();
}

/** Writes a zip file of the system whole. */
export function writeArchive(host: ScriptingHost, archive: string, entries: readonly ZipEntry[]): void {
  const bytes = asScriptError(host, archive, () => writeZip(entries));
  lastRead.delete(host);
  host.attempt(archive, () => writeBytesWhole(archive, bytes));
}

/** Does something with a zip file; what is wrong with it becomes an error that names it. */
export function asScriptError<T>(host: ScriptingHost, archive: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    throw new AutomationError(0x8007000d, `The data is invalid: ${host.quoted(archive)}: ${error.message}`, {
      cause: error,
    });
  }
}

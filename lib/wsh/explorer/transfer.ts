/** CopyHere and MoveHere: between folders and zip files, in every direction. @module */
import { AutomationError } from "../../automation/errors.ts";
import { fileError, joined, nameOf, type ScriptingHost } from "../scripting/host.ts";
import { copy, listNames, move, refuseInside, remove } from "../scripting/transfer.ts";
import {
  asScriptError,
  below,
  childrenOf,
  entriesBelow,
  entryAt,
  type FilePlace,
  isWithin,
  nameOfPlace,
  type Place,
  readArchive,
  writeArchive,
  type ZipPlace,
} from "./places.ts";
import { contentOf, type ZipEntry, zipEntry } from "./zip_archive.ts";

/** What is done with a name that is there already. */
export type Collision = "replace" | "rename" | "keep";

/** How something is brought to another place. */
export interface TransferOptions {
  readonly moves: boolean;
  /** Asked for each thing whose name is there. */
  onCollision(name: string): Collision;
}

type RealPlace = FilePlace | ZipPlace;

/** Brings something into a folder. */
export function transfer(host: ScriptingHost, item: Place, folder: Place, options: TransferOptions): void {
  // A zip file by itself is a file; only looking into it makes it a folder.
  const source: Place = item.kind === "zip" && item.inner === ""
    ? { kind: "file", native: item.archive }
    : item;
  if (source.kind === "shown" || folder.kind === "shown") {
    throw new AutomationError(70, `Permission denied: "${nameOfPlace(host, folder)}" is no folder of files`);
  }
  const name = freeName(host, source, folder, options);
  if (name === undefined) return;
  const to = below(folder, name);
  if (options.moves) refuseIntoItself(host, source, to);
  if (options.moves && source.kind === "file" && to.kind === "file" && host.find(to.native) === undefined) {
    return moveFiles(host, source.native, to.native);
  }
  if (source.kind === "file") {
    if (to.kind === "file") copyFiles(host, source.native, to.native);
    else pack(host, source.native, to);
  } else if (to.kind === "file") unpack(host, source, to.native);
  else repack(host, source, to);
  if (options.moves) removePlace(host, source);
}

/** What is brought into itself would be removed with where it came from. Between files, `move` and `copy` refuse it. */
function refuseIntoItself(host: ScriptingHost, source: RealPlace, to: RealPlace): void {
  if (to.kind === "file") return;
  if (source.kind === "file") refuseInside(host, source.native, to.archive);
  else if (isWithin(to, source)) throw fileError(70, `"${source.inner}" cannot be moved into itself`);
}

/** The name that it gets there; nothing if it stays where it is. */
function freeName(
  host: ScriptingHost,
  source: RealPlace,
  folder: RealPlace,
  options: TransferOptions,
): string | undefined {
  const name = nameOfPlace(host, source);
  const taken = new Set(childrenOf(host, folder).map((child) => nameOfPlace(host, child).toLowerCase()));
  if (!taken.has(name.toLowerCase())) return name;
  switch (options.onCollision(name)) {
    case "replace":
      return name;
    case "keep":
      return undefined;
  }
  const [, base = name, extension = ""] = /^(.+?)(\.[^.]*)?$/s.exec(name) ?? [];
  for (let number = 2;; number++) {
    const other = `${base} (${number})${extension}`;
    if (!taken.has(other.toLowerCase())) return other;
  }
}

function copyFiles(host: ScriptingHost, from: string, to: string): void {
  const kind = host.find(from)?.isDirectory ? "folder" : "file";
  copy(host, kind, { source: host.script(from), destination: host.script(to), overwrite: true });
}

function moveFiles(host: ScriptingHost, from: string, to: string): void {
  const kind = host.find(from)?.isDirectory ? "folder" : "file";
  move(host, kind, { source: host.script(from), destination: host.script(to) });
}

function pack(host: ScriptingHost, from: string, to: ZipPlace): void {
  if (from === to.archive) throw fileError(70, `${host.quoted(from)} cannot be put into itself`);
  host.resources.flush();
  addEntries(host, to, [...packed(host, from, to.inner, to.archive)]);
}

/** The entries of a file, or of a folder and all below it; the zip file that is made is not one of them. */
function* packed(host: ScriptingHost, native: string, name: string, archive: string): Generator<ZipEntry> {
  host.checkInterrupted();
  const info = host.find(native);
  if (info === undefined) throw host.missing(native);
  const modified = info.mtime ?? new Date(0);
  if (!info.isDirectory) {
    yield zipEntry(name, modified, host.attempt(native, () => Deno.readFileSync(native)));
    return;
  }
  yield zipEntry(name, modified, undefined);
  for (const kind of ["folder", "file"] as const) {
    for (const child of listNames(host, native, kind)) {
      const path = joined(native, child);
      if (path !== archive) yield* packed(host, path, `${name}/${child}`, archive);
    }
  }
}

function repack(host: ScriptingHost, source: ZipPlace, to: ZipPlace): void {
  const entries = entriesBelow(host, source).map((entry) => ({
    ...entry,
    name: to.inner + entry.name.slice(source.inner.length),
  }));
  if (entries.length === 0) throw host.missing(source.archive);
  addEntries(host, to, entries);
}

/** Puts entries into a zip file, in the place of those of the same names. */
function addEntries(host: ScriptingHost, { archive }: ZipPlace, entries: readonly ZipEntry[]): void {
  const replaced = new Set(entries.map(({ name }) => name.toLowerCase()));
  const kept = readArchive(host, archive).filter(({ name }) => !replaced.has(name.toLowerCase()));
  writeArchive(host, archive, [...kept, ...entries]);
}

function unpack(host: ScriptingHost, source: ZipPlace, to: string): void {
  const entries = entriesBelow(host, source);
  if (entries.length === 0) throw host.missing(source.archive);
  for (const entry of entries) {
    host.checkInterrupted();
    const native = to + entry.name.slice(source.inner.length);
    if (entry.isFolder) {
      host.attempt(native, () => Deno.mkdirSync(native, { recursive: true }));
      continue;
    }
    const content = asScriptError(host, source.archive, () => contentOf(entry));
    host.attempt(native, () => {
      Deno.mkdirSync(native.slice(0, -nameOf(native).length), { recursive: true });
      Deno.writeFileSync(native, content);
      Deno.utimeSync(native, entry.modified, entry.modified);
    });
  }
}

/** Takes something away from where it lies. */
function removePlace(host: ScriptingHost, place: RealPlace): void {
  if (place.kind === "zip") {
    const gone = new Set(entriesBelow(host, place).map(({ name }) => name));
    writeArchive(
      host,
      place.archive,
      readArchive(host, place.archive).filter(({ name }) => !gone.has(name)),
    );
    return;
  }
  const kind = host.find(place.native)?.isDirectory ? "folder" : "file";
  remove(host, kind, host.script(place.native), { force: true });
}

/** Makes a folder in a folder. */
export function makeFolder(host: ScriptingHost, folder: Place, name: string): void {
  if (folder.kind === "shown") throw fileError(70, `"${folder.title}" is no folder of files`);
  const place = below(folder, name);
  if (place.kind === "file") {
    if (host.find(place.native) !== undefined) throw fileError(58, host.quoted(place.native));
    host.attempt(place.native, () => Deno.mkdirSync(place.native));
    return;
  }
  if (entryAt(host, place) !== undefined) throw fileError(58, `"${place.inner}"`);
  addEntries(host, place, [zipEntry(place.inner, new Date(), undefined)]);
}

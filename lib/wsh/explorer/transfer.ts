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
  nativeOf,
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

/** Brings things into a folder. A zip file is written once, with all that came until then when one of them fails. */
export function transfer(
  host: ScriptingHost,
  items: readonly Place[],
  folder: Place,
  options: TransferOptions,
): void {
  const taken = new Set(childrenOf(host, folder).map((child) => nameOfPlace(host, child).toLowerCase()));
  const packed: ZipEntry[] = [];
  const packedFrom: RealPlace[] = [];
  try {
    for (const item of items) {
      // A zip file by itself is a file; only looking into it makes it a folder.
      const source: Place = item.kind === "zip" && item.inner === ""
        ? { kind: "file", native: item.archive }
        : item;
      if (source.kind === "shown" || folder.kind === "shown") {
        throw new AutomationError(
          70,
          `Permission denied: "${nameOfPlace(host, folder)}" is no folder of files`,
        );
      }
      const name = freeName(nameOfPlace(host, source), taken, options);
      if (name === undefined) continue;
      const to = below(folder, name);
      if (options.moves) refuseIntoItself(host, source, to);
      if (to.kind === "file") bringToFile(host, source, to.native, options);
      else {
        for (const entry of entriesOf(host, source, to)) packed.push(entry);
        packedFrom.push(source);
      }
      taken.add(name.toLowerCase());
    }
  } finally {
    if (packed.length > 0) addEntries(host, nativeOf(folder as ZipPlace), packed);
    if (options.moves) { for (const source of packedFrom) removePlace(host, source); }
  }
}

function bringToFile(host: ScriptingHost, source: RealPlace, to: string, { moves }: TransferOptions): void {
  if (moves && source.kind === "file" && host.find(to) === undefined) {
    return moveFiles(host, source.native, to);
  }
  if (source.kind === "file") copyFiles(host, source.native, to);
  else unpack(host, source, to);
  if (moves) removePlace(host, source);
}

/** What becomes of something in a zip file. */
function entriesOf(host: ScriptingHost, source: RealPlace, to: ZipPlace): readonly ZipEntry[] {
  if (source.kind === "zip") return renamedEntries(host, source, to);
  if (source.native === to.archive) {
    throw fileError(70, `${host.quoted(source.native)} cannot be put into itself`);
  }
  return [...packedEntries(host, source.native, to.inner, to.archive)];
}

/** What is brought into itself would be removed with where it came from. Between files, `move` and `copy` refuse it. */
function refuseIntoItself(host: ScriptingHost, source: RealPlace, to: RealPlace): void {
  if (to.kind === "file") return;
  if (source.kind === "file") refuseInside(host, source.native, to.archive);
  else if (isWithin(to, source)) throw fileError(70, `"${source.inner}" cannot be moved into itself`);
}

/** The name that it gets there; nothing if it stays where it is. */
function freeName(name: string, taken: ReadonlySet<string>, options: TransferOptions): string | undefined {
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

/** The entries of a file, or of a folder and all below it; the zip file that is made is not one of them. */
function* packedEntries(
  host: ScriptingHost,
  native: string,
  name: string,
  archive: string,
): Generator<ZipEntry> {
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
      if (path !== archive) yield* packedEntries(host, path, `${name}/${child}`, archive);
    }
  }
}

function renamedEntries(host: ScriptingHost, source: ZipPlace, to: ZipPlace): readonly ZipEntry[] {
  const entries = entriesBelow(host, source);
  if (entries.length === 0) throw host.missing(source.archive);
  return entries.map((entry) => ({ ...entry, name: to.inner + entry.name.slice(source.inner.length) }));
}

/** Puts entries into a zip file, in the place of those of the same names. */
function addEntries(host: ScriptingHost, archive: string, entries: readonly ZipEntry[]): void {
  const added = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  const kept = readArchive(host, archive).filter(({ name }) => !added.has(name.toLowerCase()));
  writeArchive(host, archive, [...kept, ...added.values()]);
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
  addEntries(host, place.archive, [zipEntry(place.inner, new Date(), undefined)]);
}

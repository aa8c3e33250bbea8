/** Copying, moving and deleting files and folders, one or all that a pattern matches. @module */
import { nameToNative } from "../../platform/drive_map.ts";
import { type FileInfo, type FolderNames, folderNames } from "../../platform/file_info.ts";
import { fileError, joined, nameOf, parentOf, type ScriptingHost } from "./host.ts";
import { fileName, hasWildcard, wildcard } from "./windows_path.ts";

/** What a command works on: files (CopyFile …) or folders (CopyFolder …). */
export type Kind = "file" | "folder";

/** The names of what lies directly in a folder, sorted without regard to case, as NTFS lists them. */
export function listNames(host: ScriptingHost, native: string, kind: Kind): string[] {
  const names = host.attempt(native, () => {
    const { links, [kind === "file" ? "files" : "folders"]: own } = namesIn(host, native, kind);
    if (links.length === 0) return own;
    return [
      ...own,
      ...links.filter((name) => {
        const target = host.find(joined(native, name));
        return kind === "file" ? target?.isFile : target?.isDirectory;
      }),
    ];
  });
  // No name holds NUL, which is less than all others: names that differ in case alone are sorted by themselves.
  const keys = names.map((name) => `${name.toLowerCase()}\0${name}`).sort();
  return keys.map((key) => key.slice(key.indexOf("\0") + 1));
}

/** What was listed for one kind; a walk asks for the other kind next. */
interface Listed {
  readonly native: string;
  readonly kind: Kind;
  readonly info: FileInfo;
  readonly names: FolderNames;
  readonly atMs: number;
}

const LAST_LISTED = new WeakMap<ScriptingHost, Listed>();
/** How long it may be used: not all file systems change a folder's time. */
const LISTED_FOR_MS = 1000;
/** File systems count a folder's time in steps of up to 2 seconds (FAT): within one, a change would not be seen. */
const TIME_STEP_MS = 3000;

/** What lies in a folder: what was listed last if that was for the other kind and the folder is as it was. */
function namesIn(host: ScriptingHost, native: string, kind: Kind): FolderNames {
  const info = host.folder(native);
  const last = LAST_LISTED.get(host);
  LAST_LISTED.delete(host);
  if (
    last?.native === native && last.kind !== kind && isUnchanged(last.info, info) &&
    performance.now() - last.atMs < LISTED_FOR_MS
  ) return last.names;
  const names = folderNames(native);
  if (info.mtime !== null && Date.now() - info.mtime.getTime() > TIME_STEP_MS) {
    LAST_LISTED.set(host, { native, kind, info, names, atMs: performance.now() });
  }
  return names;
}

function isUnchanged(before: FileInfo, after: FileInfo): boolean {
  return before.mtime?.getTime() === after.mtime?.getTime() && before.ino === after.ino &&
    before.dev === after.dev;
}

/** Whether nobody may write it, which is what the attribute says on Windows. */
export function isReadOnly(info: { readonly mode: number | null }): boolean {
  return info.mode !== null && (info.mode & 0o222) === 0;
}

/** CopyFile and CopyFolder. */
export function copy(
  host: ScriptingHost,
  kind: Kind,
  { source, destination, overwrite }: { source: string; destination: string; overwrite: boolean },
): void {
  host.resources.flush();
  for (const [from, to] of pairs(host, kind, source, destination)) {
    if (kind === "file") copyFile(host, from, to, overwrite);
    else copyFolder(host, from, to, overwrite);
  }
}

/** MoveFile and MoveFolder. */
export function move(
  host: ScriptingHost,
  kind: Kind,
  { source, destination }: { source: string; destination: string },
): void {
  host.resources.flush();
  for (const [from, found] of pairs(host, kind, source, destination)) {
    // A change of case alone meets the thing itself.
    const to = found === from ? joined(parentOf(from), nameToNative(fileName(destination))) : found;
    host.folder(parentOf(to));
    if (from !== to && host.find(to) !== undefined && !isSame(from, to)) {
      throw fileError(58, host.quoted(to));
    }
    refuseInside(host, from, to);
    try {
      Deno.renameSync(from, to);
    } catch (error) {
      if ((error as { code?: string }).code !== "EXDEV") throw host.error(error, from);
      if (kind === "file") copyFile(host, from, to, false);
      else copyFolder(host, from, to, false);
      host.attempt(from, () => Deno.removeSync(from, { recursive: kind === "folder" }));
    }
  }
}

/** DeleteFile and DeleteFolder; what is read-only is deleted by force alone. */
export function remove(host: ScriptingHost, kind: Kind, path: string, { force }: { force: boolean }): void {
  host.resources.flush();
  for (const native of matches(host, kind, path)) {
    if (kind === "file") {
      if (!force && isReadOnly(host.file(native))) throw readOnly(host, native);
      host.attempt(native, () => Deno.removeSync(native));
      continue;
    }
    if (isRoot(host, native)) throw fileError(70, `${host.quoted(native)} is a drive's root`);
    if (!force) refuseReadOnly(host, native);
    host.attempt(native, () => Deno.removeSync(native, { recursive: true }));
  }
}

/** Whether a path of this system is the root of a drive to scripts. */
export function isRoot(host: ScriptingHost, native: string): boolean {
  return /^[a-z]:\\?$/i.test(host.script(native));
}

/** Which path goes to which. */
function pairs(host: ScriptingHost, kind: Kind, source: string, destination: string): [string, string][] {
  const found = matches(host, kind, source);
  const to = host.native(destination);
  if (!hasWildcard(source) && !/[\\/]$/.test(destination)) return found.map((from) => [from, to]);
  host.folder(to);
  return found.map((from) => [from, joined(to, nameOf(from))]);
}

/** What a path with a pattern for its last name means; error 53 (76 for folders) when that is nothing. */
function matches(host: ScriptingHost, kind: Kind, path: string): string[] {
  if (!hasWildcard(path)) {
    const native = host.native(path);
    if (kind === "file") host.file(native);
    else host.folder(native);
    return [native];
  }
  const folder = host.nativeFolderOf(path);
  const pattern = wildcard(fileName(path));
  const names = listNames(host, folder, kind).filter((name) => pattern.test(name));
  if (names.length === 0) {
    throw fileError(kind === "file" ? 53 : 76, `"${path}" matches no ${kind} in ${host.quoted(folder)}`);
  }
  return names.map((name) => joined(folder, name));
}

function copyFile(host: ScriptingHost, from: string, to: string, overwrite: boolean): void {
  host.checkInterrupted();
  host.folder(parentOf(to));
  const there = host.find(to);
  if (there !== undefined) {
    if (there.isDirectory) throw fileError(70, `${host.quoted(to)} is a folder`);
    if (!overwrite) throw fileError(58, host.quoted(to));
    if (isSame(from, to)) throw fileError(70, `${host.quoted(from)} cannot be copied onto itself`);
    if (isReadOnly(there)) throw readOnly(host, to);
  }
  host.attempt(from, () => {
    Deno.copyFileSync(from, to);
    // As on Windows, a copy was changed last when its original was.
    const { atime, mtime } = Deno.statSync(from);
    if (mtime !== null) Deno.utimeSync(to, atime ?? mtime, mtime);
  });
}

function copyFolder(host: ScriptingHost, from: string, to: string, overwrite: boolean): void {
  refuseInside(host, from, to);
  if (isSame(from, to)) throw fileError(70, `${host.quoted(from)} cannot be copied onto itself`);
  host.folder(parentOf(to));
  copyContent(host, from, to, { overwrite, above: [host.attempt(from, () => Deno.realPathSync(from))] });
}

function copyContent(
  host: ScriptingHost,
  from: string,
  to: string,
  { overwrite, above }: { overwrite: boolean; above: readonly string[] },
): void {
  host.checkInterrupted();
  const there = host.find(to);
  if (there === undefined) host.attempt(to, () => Deno.mkdirSync(to));
  else if (!there.isDirectory) throw fileError(58, host.quoted(to));
  for (const name of listNames(host, from, "file")) {
    copyFile(host, joined(from, name), joined(to, name), overwrite);
  }
  for (const name of listNames(host, from, "folder")) {
    const child = joined(from, name);
    const real = host.attempt(child, () => Deno.realPathSync(child));
    if (above.includes(real)) throw fileError(70, `${host.quoted(child)} leads back to a folder above it`);
    copyContent(host, child, joined(to, name), { overwrite, above: [...above, real] });
  }
}

/** @throws AutomationError 70 when a path lies in the folder that is copied or moved to it. */
export function refuseInside(host: ScriptingHost, from: string, to: string): void {
  if (to.startsWith(joined(from, ""))) {
    throw fileError(70, `${host.quoted(to)} lies inside ${host.quoted(from)} itself`);
  }
}

function refuseReadOnly(host: ScriptingHost, folder: string): void {
  host.checkInterrupted();
  for (const entry of host.attempt(folder, () => [...Deno.readDirSync(folder)])) {
    const native = joined(folder, entry.name);
    if (entry.isDirectory) refuseReadOnly(host, native);
    else if (entry.isFile && isReadOnly(host.file(native))) throw readOnly(host, native);
  }
}

function readOnly(host: ScriptingHost, native: string): Error {
  return fileError(70, `${host.quoted(native)} is read-only`);
}

function isSame(a: string, b: string): boolean {
  const [x, y] = [Deno.statSync(a), maybeStat(b)];
  return y !== undefined && x.ino !== null && x.ino === y.ino && x.dev === y.dev;
}

function maybeStat(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

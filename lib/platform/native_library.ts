/**
 * Finds the native library for this machine and loads it when hardware is first used. Importing this loads nothing.
 *
 * @module
 */
import { type Native, openNative } from "../../ffi/mod.ts";
import { readVariable } from "./environment.ts";
import { pathOfFileUrl } from "./file_url.ts";
import { TOUCHED_VARIABLE } from "./touched.ts";

export {
  type Native,
  type NativeCommand,
  NativeFailure,
  type NativeFileInfo,
  type NativeFolder,
  type NativeReply,
} from "../../ffi/mod.ts";
import { isAllowed } from "./permissions.ts";

/** Folder and file below `ffi/prebuilt/`, by operating system. */
const LIBRARY: Partial<Record<typeof Deno.build.os, { system: string; file: string }>> = {
  linux: { system: "linux", file: "libburnscript.so" },
  darwin: { system: "macos", file: "libburnscript.dylib" },
  windows: { system: "windows", file: "burnscript.dll" },
};

let loaded: Native | undefined;

/**
 * The library, loaded at the first call and kept for the life of the process: its table of open drives is shared by
 * all threads that have it loaded.
 *
 * @throws Deno.errors.NotCapable without `--allow-ffi`; Error that says what to do where there is no library.
 */
export function nativeLibrary(): Native {
  return loaded ??= openNative(nativeLibraryPath());
}

/**
 * The library for looking at and copying files, which it only makes faster; undefined where there is none, where it may not
 * be loaded without asking anybody, and where it would go around Deno: it does not know Deno's permissions, so it is used
 * only where everything may be read, and not in a run that is traced, whose reading Deno is to see.
 */
export function nativeFilesIfAllowed(): Native | undefined {
  if (Deno.build.os !== "linux" || readVariable(TOUCHED_VARIABLE) !== undefined) return undefined;
  const { state, partial } = Deno.permissions.querySync({ name: "read" });
  if (state !== "granted" || partial) return undefined;
  if (loaded !== undefined) return loaded;
  try {
    const path = nativeLibraryPath();
    if (!isAllowed({ name: "ffi", path })) return undefined;
    return nativeLibrary();
  } catch {
    return undefined; // no library for this system, or not one that it can load
  }
}

/**
 * Path of the library for this machine.
 *
 * @throws Error for a system without one, and when Burnscript itself does not come from files.
 */
export function nativeLibraryPath(): string {
  return libraryPath(new URL("../../ffi/prebuilt/", import.meta.url));
}

/** {@linkcode nativeLibraryPath} for a `prebuilt/` folder anywhere; what it says depends on the URL alone. */
export function libraryPath(prebuilt: URL): string {
  const library = LIBRARY[Deno.build.os];
  if (library === undefined) {
    throw new Error(
      `Cannot use recorders on ${Deno.build.os}: there is no native library for it; use a virtual recorder`,
    );
  }
  const relative = `${Deno.build.arch}-${library.system}/${library.file}`;
  if (prebuilt.protocol !== "file:") {
    throw new Error(
      `Cannot load the native library from ${prebuilt.href}: systems load libraries from files only; ` +
        "run Burnscript from a copy on this computer, or use a virtual recorder",
    );
  }
  return pathOfFileUrl(new URL(relative, prebuilt));
}

/**
 * Unlocks and closes every drive that this process has open, also those of a worker that was killed; a command still in
 * flight ends first, without being waited for. Returns how many drives there were.
 *
 * Call it before the worker is terminated, for a thread that ends unloads the library and with it the table of open
 * drives, unless another thread has it loaded too. Where the permission to load it is missing, no worker can have opened
 * a drive; nobody is asked for it.
 */
export function releaseNativeHandles(): number {
  if (loaded === undefined) {
    let path: string;
    try {
      path = nativeLibraryPath();
    } catch {
      return 0; // No library here, hence no open drive.
    }
    if (!isAllowed({ name: "ffi", path })) return 0;
  }
  return nativeLibrary().releaseAll();
}

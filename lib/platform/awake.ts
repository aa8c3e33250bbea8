/** Keeps the computer awake, and the session open, while a disc is written. @module */
import { nativeLibrary, nativeLibraryPath } from "./native_library.ts";
import { isAllowed } from "./permissions.ts";

/**
 * Keeps the computer awake until the result is disposed of: by the native library on Windows and macOS, with systemd's
 * `systemd-inhibit` on Linux. Windows and Linux do not shut down meanwhile either unless they are told twice, nor does
 * Windows log off.
 *
 * It is a courtesy, so it never fails and asks for no permission: where a system cannot do it, or the permission that it
 * takes is not granted, the result does nothing.
 *
 * On Windows it holds for the thread that calls, which has to be the one that disposes.
 */
export function keepAwake(why: string): Disposable {
  if (Deno.build.os === "linux") return inhibitBySystemd(why);
  return Deno.build.os === "windows" || Deno.build.os === "darwin" ? inhibitByLibrary() : NOTHING;
}

function inhibitBySystemd(why: string): Disposable {
  if (!isAllowed({ name: "run", command: "systemd-inhibit" })) {
    return NOTHING;
  }
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command("systemd-inhibit", {
      // It holds the lock while its command runs; `cat` runs until its input ends, which it also does when we die.
      args: ["--what=sleep:idle:shutdown", "--who=Burnscript", `--why=${why}`, "--mode=block", "cat"],
      stdin: "piped",
      stdout: "null",
      stderr: "null",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return NOTHING;
    throw error;
  }
  // A machine without systemd ends it at once; nobody has to wait for it.
  child.unref();
  return {
    [Symbol.dispose]: () => {
      // Ended already, where systemd is not running: closing its input fails then, and does no more.
      child.stdin.close().catch(() => {});
    },
  };
}

/** What the library does once for a thread, which may write several discs at a time. */
let claims = 0;

function inhibitByLibrary(): Disposable {
  // Without the permission, loading the library would ask for it.
  const path = nativeLibraryPath();
  if (!isAllowed({ name: "ffi", path })) return NOTHING;
  const native = nativeLibrary();
  if (claims === 0 && !native.setAwake(true)) return NOTHING;
  claims++;
  return {
    [Symbol.dispose]: () => {
      if (--claims === 0) native.setAwake(false);
    },
  };
}

const NOTHING: Disposable = { [Symbol.dispose]: () => {} };

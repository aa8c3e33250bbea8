/**
 * Builds the native library for all systems with the pinned Zig: into `ffi/prebuilt/`, or with `--check` to compare with
 * what is there, byte by byte. With `--test`, runs the Zig unit tests.
 *
 * The build is reproducible: same sources and same Zig give the same bytes, whatever machine, folder and cache.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a maintenance script talks to its terminal
import { ensureZig } from "./toolchain.ts";

/** One of the six builds: its folder in `ffi/prebuilt/`, and the library's name there. */
export const TARGETS: readonly { readonly folder: string; readonly file: string }[] = [
  { folder: "x86_64-linux", file: "libburnscript.so" },
  { folder: "aarch64-linux", file: "libburnscript.so" },
  { folder: "x86_64-windows", file: "burnscript.dll" },
  { folder: "aarch64-windows", file: "burnscript.dll" },
  { folder: "x86_64-macos", file: "libburnscript.dylib" },
  { folder: "aarch64-macos", file: "libburnscript.dylib" },
];

const FFI = new URL("../ffi/", import.meta.url);

/** Builds every target below `out`. */
export async function buildAll(out: string): Promise<void> {
  await runZig(["build", "--prefix", out, "--cache-dir", `${out}/cache`]);
}

/** The targets whose prebuilt library differs from the one built below `built`. */
export async function differing(built: string): Promise<string[]> {
  const different: string[] = [];
  for (const { folder, file } of TARGETS) {
    const fresh = await Deno.readFile(`${built}/${folder}/${file}`);
    const kept = await Deno.readFile(new URL(`prebuilt/${folder}/${file}`, FFI)).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return new Uint8Array();
      throw error;
    });
    const same = fresh.length === kept.length && fresh.every((byte, index) => byte === kept[index]);
    if (!same) different.push(`${folder}/${file}`);
  }
  return different;
}

async function runZig(args: readonly string[]): Promise<void> {
  const zig = await ensureZig();
  const { success } = await new Deno.Command(zig, { args: [...args], cwd: FFI }).output().then(
    async (result) => {
      if (!result.success) await Deno.stderr.write(result.stderr);
      return result;
    },
  );
  if (!success) throw new Error(`zig ${args[0]} failed`);
}

async function update(built: string): Promise<void> {
  for (const { folder, file } of TARGETS) {
    const from = `${built}/${folder}/${file}`;
    const target = new URL(`prebuilt/${folder}/`, FFI);
    await Deno.mkdir(target, { recursive: true });
    // A process that has the library loaded keeps its file: a new one is renamed into place.
    const partial = new URL(`${file}.partial`, target);
    await Deno.copyFile(from, partial);
    await Deno.chmod(partial, 0o644).catch(() => {/* Windows has no modes. */});
    await Deno.rename(partial, new URL(file, target));
    console.log(`${folder}/${file}: ${(await Deno.stat(from)).size} bytes`);
  }
}

async function main(args: readonly string[]): Promise<number> {
  const [mode, ...rest] = args;
  if (rest.length > 0 || (mode !== undefined && mode !== "--check" && mode !== "--test")) {
    console.error("Usage: deno task native [--check | --test]");
    return 2;
  }
  const out = await Deno.makeTempDir({ prefix: "burnscript-native-" });
  try {
    if (mode === "--test") {
      await runZig(["build", "test", "--cache-dir", `${out}/cache`]);
      return 0;
    }
    await buildAll(out);
    if (mode === undefined) {
      await update(out);
      return 0;
    }
    const different = await differing(out);
    for (const name of different) {
      console.error(`ffi/prebuilt/${name} is not what ffi/src builds; run: deno task native`);
    }
    return different.length === 0 ? 0 : 1;
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));

/**
 * The pinned Zig. Only whoever changes the native library needs it: the built libraries are in the repository.
 *
 * @module
 */
import { pathOfFileUrl } from "../lib/platform/file_url.ts";

/** The Zig that `ffi/` is written for, and that `ffi/prebuilt/` was built with. */
export const ZIG_VERSION = "0.15.2";

/** SHA-256 of the `ziglang` wheels of that version, by platform as {@linkcode Deno.build} names it. */
const WHEEL_SHA256: Readonly<Record<string, string>> = {
  "x86_64-linux": "806316453d1ede7174ed3fefb8e5348154629089c3bb5fe812dfd0e172fac130",
  "aarch64-linux": "edc0aa60ec964a4cf462d40f68d7de242ddf37fd9a80f2afaee6397059463230",
  "x86_64-darwin": "47af4f85e3e59bd672126cc026d3a01b516cad24b9a9ea075abfe8532f4c6bc1",
  "aarch64-darwin": "acae2a9ce67ed249ad68d42c21bc73b5f9d51a33ba5ea42f609f78683e8d9bb7",
  "x86_64-windows": "ca80dc9c70dbdfdd9ee51d000de3501a95d33d9782ab9ab9b56f700484ebcd83",
  "aarch64-windows": "a81ebfc61e1b7aa43a33add23f93b98954d757434f894eb21bd40b176b6688aa",
};

const TOOLS = new URL("../.tools/", import.meta.url);

/**
 * Finds the pinned Zig, or installs it into `.tools/` from PyPI's `ziglang` wheel, its hash checked.
 *
 * @returns path of the `zig` program.
 * @throws Error that says what to install when there is neither Zig nor pip.
 */
export async function ensureZig(): Promise<string> {
  if (await zigVersion("zig") === ZIG_VERSION) return "zig";
  const folder = new URL(`zig-${ZIG_VERSION}/`, TOOLS);
  const zig = pathOfFileUrl(new URL(Deno.build.os === "windows" ? "ziglang/zig.exe" : "ziglang/zig", folder));
  if (await zigVersion(zig) === ZIG_VERSION) return zig;

  const sha256 = WHEEL_SHA256[`${Deno.build.arch}-${Deno.build.os}`];
  if (sha256 === undefined) {
    throw new Error(
      `Cannot install Zig: its wheels are not pinned for ${Deno.build.arch}-${Deno.build.os}; put zig ${ZIG_VERSION} on PATH`,
    );
  }
  await Deno.mkdir(TOOLS, { recursive: true });
  const partial = await Deno.makeTempDir({ dir: pathOfFileUrl(TOOLS), prefix: "zig-", suffix: ".partial" });
  try {
    await installWheel(partial, sha256);
    await replaceFolder(partial, pathOfFileUrl(folder));
  } catch (error) {
    await Deno.remove(partial, { recursive: true });
    throw error;
  }
  const found = await zigVersion(zig);
  if (found !== ZIG_VERSION) {
    throw new Error(
      `Cannot use the installed Zig: ${zig} says it is ${found ?? "no program"}, not ${ZIG_VERSION}`,
    );
  }
  return zig;
}

/** What `zig version` prints; undefined where there is no such program. */
async function zigVersion(zig: string): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(zig, { args: ["version"], stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return undefined;
    }
    throw error;
  }
}

async function installWheel(target: string, sha256: string): Promise<void> {
  const requirements = `${target}/requirements.txt`;
  // pip takes a hash from a requirements file only.
  await Deno.writeTextFile(requirements, `ziglang==${ZIG_VERSION} --hash=sha256:${sha256}\n`);
  const python = Deno.build.os === "windows" ? "python" : "python3";
  const args = ["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes"];
  let result: Deno.CommandOutput;
  try {
    result = await new Deno.Command(python, { args: [...args, "--target", target, "-r", requirements] })
      .output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `Cannot install Zig: found no ${python}; install Python 3 with pip, or put zig ${ZIG_VERSION} on PATH`,
      { cause: error },
    );
  }
  if (!result.success) {
    throw new Error(
      `Cannot install Zig: pip failed (install python3-pip, or put zig ${ZIG_VERSION} on PATH):\n` +
        new TextDecoder().decode(result.stderr).trim(),
    );
  }
  await Deno.remove(requirements);
}

/** Renames a finished folder into its place, unless another process was first. */
async function replaceFolder(partial: string, folder: string): Promise<void> {
  // What is there is broken: it was looked at before.
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.rename(partial, folder);
}

if (import.meta.main) {
  await Deno.stdout.write(new TextEncoder().encode(`${await ensureZig()}\n`));
}

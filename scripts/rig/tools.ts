/** The programs that the rig runs, and running them. @module */
import { pathOfFileUrl } from "../../lib/platform/file_url.ts";

/** Debian packages that the rig needs, by a file or program of each. */
const PACKAGES: Readonly<Record<string, string>> = {
  "qemu-system-x86_64": "qemu-system-x86",
  "/usr/lib/x86_64-linux-gnu/qemu/block-iscsi.so": "qemu-block-extra",
  tgtd: "tgt",
  tgtadm: "tgt",
  tgtimg: "tgt",
  busybox: "busybox-static",
  mke2fs: "e2fsprogs",
  "dpkg-deb": "dpkg",
  ldd: "libc-bin",
};

/** tgt's programs are in /usr/sbin, which an ordinary user's PATH lacks. */
const PATH = [...(Deno.env.get("PATH") ?? "").split(":"), "/usr/sbin", "/sbin"];

/**
 * Looks for everything that the rig needs.
 *
 * @throws Error that says what to install, or what else keeps the rig from running here.
 */
export async function requireRig(): Promise<void> {
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64") {
    throw new Error(`The rig runs on Linux x86-64 (Debian 12), not on ${Deno.build.os} ${Deno.build.arch}`);
  }
  const missing = new Set<string>();
  for (const [program, name] of Object.entries(PACKAGES)) {
    if (await findProgram(program) === undefined) missing.add(name);
  }
  if (missing.size > 0) {
    throw new Error(`The rig needs more programs: sudo apt-get install ${[...missing].sort().join(" ")}`);
  }
  if (Deno.uid() !== 0) throw new Error("The rig needs root: tgtd, the emulated burner, runs as root only");
}

/** Full path of a program, or of a file given with its path; undefined where it is not. */
export async function findProgram(name: string): Promise<string | undefined> {
  const candidates = name.startsWith("/") ? [name] : PATH.map((folder) => `${folder}/${name}`);
  for (const candidate of candidates) {
    const info = await Deno.stat(candidate).catch((error: unknown) => {
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
        return undefined;
      }
      throw error;
    });
    if (info?.isFile) return candidate;
  }
  return undefined;
}

/** What a program printed and returned. */
export interface ProgramResult {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Several times what the longest, a download of Debian's packages, takes on a slow computer. */
const LIMIT_MINUTES = 20;

/** Runs a program to its end. @throws Error when that does not come. */
export async function runProgram(
  name: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<ProgramResult> {
  const program = await findProgram(name);
  if (program === undefined) throw new Error(`The rig needs the program "${name}"`);
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...options,
  }).spawn();
  const late = Promise.withResolvers<never>();
  const limit = setTimeout(() => {
    child.kill("SIGKILL");
    late.reject(new Error(`${name} ${args.join(" ")} did not end within ${LIMIT_MINUTES} minutes`));
  }, LIMIT_MINUTES * 60_000);
  const { success, stdout, stderr } = await Promise.race([child.output(), late.promise]);
  clearTimeout(limit);
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Runs a program that must not fail, and returns what it printed. */
export async function mustRun(
  name: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const { success, stdout, stderr } = await runProgram(name, args, options);
  if (!success) throw new Error(`${name} ${args.join(" ")} failed: ${(stderr || stdout).trim()}`);
  return stdout;
}

/** The project's folder for what the rig downloads and builds; git ignores it. */
export function rigFolder(): string {
  return pathOfFileUrl(new URL("../../.tools/rig", import.meta.url));
}

/** The project's own folder. */
export function projectFolder(): string {
  return pathOfFileUrl(new URL("../..", import.meta.url)).replace(/\/$/, "");
}

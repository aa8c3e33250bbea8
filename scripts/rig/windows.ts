/**
 * The Windows build of Deno on Linux, under wine: a Debian of its own in a folder, because V8 needs a newer wine than Debian 12
 * has. Nothing of this computer's wine or of its user's settings is touched.
 *
 * What wine is not: Windows. What passes here works against the API as it is documented.
 *
 * @module
 */
import { findProgram, mustRun, projectFolder, rigFolder } from "./tools.ts";

const SUITE = "trixie";
/** npm has the Windows build up to 2.9.5 where it has Deno itself up to 2.9.6. */
const DENO = {
  package: "@deno/win32-x64@2.9.5",
  file: "deno-win32-x64-2.9.5.tgz",
  sha256: "d3d8fb0c9b4b18322a68fbee5c5386a4be0445a315210c905a548e6f91629379",
};
/** Programs of Debian 12 that are needed to set it up. */
const PROGRAMS = { debootstrap: "debootstrap", unshare: "util-linux", npm: "npm", tar: "tar" };

/** Wine makes windows, hidden ones too, where there is a screen, or where it knew at its start that none is needed. */
const WITHOUT_SCREEN =
  "wine reg add 'HKCU\\Software\\Wine\\Drivers' /v Graphics /d null /f >/dev/null; wineserver -w";

/** Runs the Windows build of Deno in the project's folder and returns its exit code. */
export async function runWindowsDeno(args: readonly string[]): Promise<number> {
  await requirePrograms();
  const root = await ensureWine();
  return await runInside(root, 'exec wine /tools/deno.exe "$@"', args);
}

/** Runs a script in that Debian, in the project's folder, and returns its exit code. */
async function runInside(root: string, script: string, args: readonly string[] = []): Promise<number> {
  const { code } = await new Deno.Command("unshare", {
    args: ["--mount", "sh", "-euc", entering(root), "sh", script, ...args],
    env: { WINEDEBUG: "-all", WINEPREFIX: "/prefix", LANG: "C.UTF-8", HOME: "/root", NO_COLOR: "1" },
    stdin: "null",
  }).spawn().status;
  return code;
}

/** Mounts live as long as the command, because it has a mount namespace of its own. */
function entering(root: string): string {
  const npm = `${denoFolder()}/npm`;
  return `
mkdir -p '${npm}'
mount --bind '${projectFolder()}' '${root}/src'
mount --bind '${npm}' '${root}/cache/npm'
mount --rbind /dev '${root}/dev'
mount -t proc proc '${root}/proc'
mount -t tmpfs tmpfs '${root}/dev/shm'
script=$1
shift
exec chroot '${root}' sh -euc "cd /src; export XDG_RUNTIME_DIR=/tmp DENO_DIR='Z:\\cache'; $script" sh "$@"
`;
}

/** Where this Deno keeps npm's packages, which are the same on every system. */
function denoFolder(): string {
  return Deno.env.get("DENO_DIR") ??
    `${Deno.env.get("XDG_CACHE_HOME") ?? `${Deno.env.get("HOME") ?? "/root"}/.cache`}/deno`;
}

async function requirePrograms(): Promise<void> {
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64" || Deno.uid() !== 0) {
    throw new Error(
      "The Windows tests need Linux x86-64 (Debian 12) and root, to make a Debian of their own",
    );
  }
  const missing = [];
  for (const [program, name] of Object.entries(PROGRAMS)) {
    if (await findProgram(program) === undefined) missing.push(name);
  }
  if (missing.length > 0) {
    throw new Error(`The Windows tests need more programs: sudo apt-get install ${missing.join(" ")}`);
  }
}

/** The folder of the Debian with wine and the Windows build of Deno; made once. */
async function ensureWine(): Promise<string> {
  const root = `${rigFolder()}/windows-${SUITE}`;
  if (await exists(`${root}/ready`)) return root;
  await Deno.remove(root, { recursive: true }).catch(() => {});
  await Deno.mkdir(root, { recursive: true });
  await mustRun("debootstrap", [
    "--variant=minbase",
    "--include=ca-certificates",
    SUITE,
    root,
    await mirror(),
  ]);
  await mustRun("chroot", [root, "apt-get", "install", "-y", "--no-install-recommends", "wine64", "wine"], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  for (const folder of ["src", "tools", "cache/npm"]) {
    await Deno.mkdir(`${root}/${folder}`, { recursive: true });
  }
  await installDeno(`${root}/tools`);
  if (await runInside(root, WITHOUT_SCREEN) !== 0) throw new Error("wine does not start");
  await Deno.writeTextFile(`${root}/ready`, "");
  return root;
}

/** The mirror that this computer's own packages come from. */
async function mirror(): Promise<string> {
  const uris = await mustRun("apt-get", ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]);
  const debian = uris.split("\n").find((uri) => /\/debian\/?$/.test(uri));
  if (debian === undefined) throw new Error("apt-get indextargets names no mirror of Debian");
  return debian;
}

async function installDeno(folder: string): Promise<void> {
  await mustRun("npm", ["pack", "--silent", "--pack-destination", folder, DENO.package]);
  const archive = `${folder}/${DENO.file}`;
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await Deno.readFile(archive))).toHex();
  if (sum !== DENO.sha256) throw new Error(`${DENO.file} has SHA-256 ${sum}, not ${DENO.sha256}`);
  await mustRun("tar", ["xzf", archive, "-C", folder, "--strip-components=1", "package/deno.exe"]);
  await Deno.remove(archive);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

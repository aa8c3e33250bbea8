/**
 * The Windows build of Deno on Linux, under wine: a Debian of its own in a folder, because V8 needs a newer wine than Debian 12
 * has. Nothing of this computer's wine or of its user's settings is touched.
 *
 * What wine is not: Windows. What passes here works against the API as it is documented.
 *
 * @module
 */
import { copyProject, makeExt4 } from "./guest.ts";
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
const WITHOUT_SCREEN = String.raw`
wine reg add 'HKCU\Software\Wine\Drivers' /v Graphics /d null /f >/dev/null
wineserver -w
`;

/** Compiles a module, and says that the letter which the guest's drive gets is a drive. */
const FOR_GUEST = String.raw`
wine reg add 'HKLM\Software\Wine\Drives' /v d: /d cdrom /f >/dev/null
wine /tools/deno.exe cache --no-check "$1"
wineserver -w
`;

/** Runs the Windows build of Deno in the project's folder and returns its exit code. */
export async function runWindowsDeno(args: readonly string[]): Promise<number> {
  await requirePrograms();
  return await runInside(await ensureWine(), 'exec wine /tools/deno.exe "$@"', args);
}

/** Several times what the tests take on a slow computer: only one that hangs takes so long. */
const LIMIT_MINUTES = 45;
/** timeout(1)'s exit code when the time is over. */
const TIMED_OUT = 124;

/** Runs a script in that Debian, in the project's folder, and returns its exit code. */
async function runInside(root: string, script: string, args: readonly string[] = []): Promise<number> {
  const npm = `${denoFolder()}/npm`;
  await Deno.mkdir(npm, { recursive: true });
  const mounts = `
mount --bind '${projectFolder()}' '${root}/src'
mount --bind '${npm}' '${root}/cache/npm'
${enter(root)} "$@"`;
  const limited = ["--kill-after=10", `${LIMIT_MINUTES}m`, "unshare"];
  const { code } = await new Deno.Command("timeout", {
    // Mounts live as long as the command, because it has a mount namespace of its own.
    args: [...limited, "--mount", "sh", "-euc", mounts, "sh", script, ...args],
    stdin: "null",
  }).spawn().status;
  if (code === TIMED_OUT) {
    // deno-lint-ignore no-console -- a message for whoever runs it
    console.error(`\nWhat runs under wine hangs: after ${LIMIT_MINUTES} minutes it is ended.`);
  }
  return code;
}

/** All that its programs are told from outside: wine's server aborts, for one, where TMPDIR is set. */
const ENVIRONMENT = String.raw`\
PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 NO_COLOR=1 XDG_RUNTIME_DIR=/tmp \
WINEPREFIX=/prefix WINEDEBUG=-all 'DENO_DIR=Z:\cache'`;

/** The end of a shell script, which lacks a script to run in that Debian and its arguments. */
function enter(root: string): string {
  return `
mount -o rbind /dev '${root}/dev'
mount -t proc proc '${root}/proc'
mkdir -p '${root}/dev/shm'
mount -t tmpfs tmpfs '${root}/dev/shm'
env -i ${ENVIRONMENT} chroot '${root}' sh -euc 'cd /src; eval "$0"'`;
}

/** What {@linkcode makeWindowsDisk} is told. */
export interface WindowsDiskOptions {
  /** The module that is to be run, below the project's folder: what it imports is compiled already. */
  readonly module: string;
  /** A folder that the guest's Windows has as `Z:\data`. */
  readonly data: string;
}

/** Makes the disk of a guest that is to run the Windows build of Deno: all of that Debian that is needed for it. */
export async function makeWindowsDisk(disk: string, { module, data }: WindowsDiskOptions): Promise<void> {
  await requirePrograms();
  const debian = await ensureWine();
  if (await runInside(debian, FOR_GUEST, [module]) !== 0) {
    throw new Error(`wine cannot compile ${module}`);
  }
  const root = await Deno.makeTempDir({ dir: rigFolder(), prefix: "windows-", suffix: ".partial" });
  try {
    // By links, for it is large; what is changed in this copy is replaced.
    await mustRun("sh", ["-euc", SLIM_COPY, debian, root]);
    await copyProject(`${root}/src`);
    await mustRun("cp", ["-rT", `${denoFolder()}/npm`, `${root}/cache/npm`]);
    await mustRun("cp", ["-rT", data, `${root}/data`]);
    await Deno.symlink("/dev/sr0", `${root}/prefix/dosdevices/d::`);
    await Deno.symlink("/media", `${root}/prefix/dosdevices/d:`);
    const kibibytes = Number.parseInt(await mustRun("du", ["-sk", root]));
    await makeExt4(disk, root, Math.ceil(kibibytes * 1.1 / 1024) + 64);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** Of two copies of each of wine's libraries, its own and its prefix's, one does. */
const SLIM_COPY = `
for part in bin cache etc lib lib64 prefix tools usr; do cp -al "$0/$part" "$1"; done
cd "$1"
mkdir -p data dev media proc root src tmp var/tmp
rm -rf usr/share/doc usr/share/locale usr/share/man usr/share/mime
for library in usr/lib/x86_64-linux-gnu/wine/x86_64-windows/*; do
  for copy in prefix/drive_c/windows/system32/\${library##*/} prefix/drive_c/windows/system32/drivers/\${library##*/}; do
    if [ -f "$copy" ] && cmp -s "$library" "$copy"; then ln -f "$library" "$copy"; fi
  done
done
`;

/** The job of a guest that has such a disk as `/dev/vdb` up to the arguments of its Deno. */
export const WINDOWS_DENO_IN_GUEST = `
mkdir /windows
mount -t ext4 -o noatime /dev/vdb /windows
${enter("/windows")} 'exec wine /tools/deno.exe "$@"'`;

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

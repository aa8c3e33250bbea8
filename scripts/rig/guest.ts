/**
 * A Linux guest under QEMU, emulated in software, whose `/dev/sr0` is a DVD+R burner: the guest's kernel drives it through
 * its sr and sg drivers as it would a real one.
 *
 * The initrd is small, because the guest unpacks it slowly: busybox, kernel modules and the job. Deno, the project and the
 * modules that it needs from npm are on an ext4 disk, at the same paths as here, so that Deno finds what it compiled.
 *
 * @module
 */
import { toText } from "@std/streams/to-text";
import { makeBlankDisc, startBurner } from "./burner.ts";
import { type InitrdEntry, makeInitrd } from "./initrd.ts";
import { ensureKernel, type GuestKernel } from "./kernel.ts";
import { findProgram, mustRun, projectFolder, requireRig, rigFolder } from "./tools.ts";

/** What a guest is to do. */
export interface GuestOptions {
  /**
   * A shell script for busybox' sh, run as root in the project's folder. `deno` is on PATH, `/data` has
   * {@linkcode GuestOptions.data}, and `as NAME COMMAND` runs a command as another user: `user` (1000) is in group cdrom,
   * `stranger` (1001) is not.
   */
  readonly job: string;
  /** The disc in the emulated burner, `/dev/sr0`; a blank DVD+R is made where the file is not. */
  readonly disc?: string;
  /** Burners in place of that one, as QEMU's iSCSI driver takes them: `/dev/sr0`, `/dev/sr1` and so on. */
  readonly burners?: readonly string[];
  /** Programs of this computer that the job runs, from /opt/programs on its PATH, with their libraries. */
  readonly programs?: readonly string[];
  /** The modules that the job runs, workers too, below the project's folder: what they import is made ready. */
  readonly modules: readonly string[];
  /** A folder of this computer that the guest has as `/data`. */
  readonly data?: string;
  /** Images of further disks, which the guest may write to: `/dev/vdb` and so on. */
  readonly disks?: readonly string[];
  /** After that the guest is ended; a quarter of an hour, if nothing is said. */
  readonly timeoutMs?: number;
}

/** Five times what the longest job takes on a computer of today: a guest that hangs is ended, a slow one is not. */
const TIMEOUT_MS = 15 * 60_000;

/** What a guest did. */
export interface GuestResult {
  /** The job's; undefined when the guest ended or was ended before the job did. */
  readonly exitCode: number | undefined;
  /** What the job printed, standard error included. */
  readonly output: string;
  /** What the guest's kernel said, for when there is no exit code. */
  readonly console: string;
}

/** Where the guest has the disk with Deno and the project. */
const PROJECT = projectFolder();
const PARTS = [
  "deno.json",
  "deno.lock",
  "mod.ts",
  "lib",
  "ffi/mod.ts",
  "ffi/prebuilt",
  "scripts",
  "examples",
  "tests/system",
];
const DENO_FOLDER = "/opt/deno";
const PROGRAMS_FOLDER = "/opt/programs";

/**
 * Boots a guest, runs the job in it, and shuts it down.
 *
 * @throws Error that says what to install when something is missing.
 */
export async function runGuest(options: GuestOptions): Promise<GuestResult> {
  await requireRig();
  const kernel = await ensureKernel();
  const { disc, burners = [] } = options;
  if (disc !== undefined && await Deno.stat(disc).then(() => false, () => true)) await makeBlankDisc(disc);
  const folder = await Deno.makeTempDir({ prefix: "burnscript-guest-" });
  try {
    const burnerCount = (disc === undefined ? 0 : 1) + burners.length;
    const entries = await initrdEntries(kernel, options.job, burnerCount);
    await Deno.writeFile(`${folder}/initrd.gz`, await makeInitrd(entries));
    await makeDisk(`${folder}/disk`, folder, options);
    await using burner = disc === undefined ? undefined : await startBurner(disc);
    const burnerUrls = [...burner === undefined ? [] : [burner.url], ...burners];
    const disks = [`${folder}/disk`, ...options.disks ?? []];
    return await boot({ folder, kernel, disks, burnerUrls, timeoutMs: options.timeoutMs ?? TIMEOUT_MS });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function boot(
  { folder, kernel, disks, burnerUrls, timeoutMs }: {
    folder: string;
    kernel: GuestKernel;
    disks: readonly string[];
    burnerUrls: readonly string[];
    timeoutMs: number;
  },
): Promise<GuestResult> {
  const program = await findProgram("qemu-system-x86_64");
  if (program === undefined) throw new Error('The rig needs the program "qemu-system-x86_64"');
  const guest = new Deno.Command(program, {
    args: [
      // Without SMAP: QEMU 7 takes the stack that a program's own IRET reads for the kernel's access, and wine has such.
      ...["-accel", "tcg,thread=multi", "-cpu", "max,-smap", "-m", "2048", "-smp", "2"],
      ...["-display", "none", "-monitor", "none", "-net", "none", "-no-reboot"],
      // The first serial line is the console, the second the job's output.
      ...["-serial", `file:${folder}/console`, "-serial", `file:${folder}/output`],
      ...["-kernel", kernel.image, "-initrd", `${folder}/initrd.gz`],
      ...["-append", "console=ttyS0 quiet panic=-1 mitigations=off"],
      ...disks.flatMap((file, number) => [
        ...["-drive", `if=none,id=disk${number},file=${file},format=raw,cache=unsafe`],
        ...["-device", `virtio-blk-pci,drive=disk${number}`],
      ]),
      ...["-device", "virtio-scsi-pci,id=scsi"],
      ...burnerUrls.flatMap((url, number) => [
        ...["-drive", `if=none,id=burner${number},format=raw,file=${url}`],
        // Numbered, so that the guest's kernel finds them in this order.
        ...["-device", `scsi-generic,drive=burner${number},bus=scsi.0,scsi-id=${number}`],
      ]),
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let end = "";
  const timer = setTimeout(() => {
    end = `The guest hung and was ended after ${timeoutMs / 1000} seconds.\n`;
    guest.kill("SIGKILL");
  }, timeoutMs);
  let said: string;
  try {
    said = await toText(guest.stderr);
    await guest.status;
  } finally {
    clearTimeout(timer);
  }
  const raw = (await readText(`${folder}/output`)).replaceAll("\r\n", "\n");
  const ending = /\nrig-exit-code=(\d+)\n$/.exec(raw);
  return {
    exitCode: ending === null ? undefined : Number(ending[1]),
    output: ending === null ? raw : raw.slice(0, ending.index),
    console: end + said + await readText(`${folder}/console`),
  };
}

/** The guest's program number 1, and the job. */
async function initrdEntries(kernel: GuestKernel, job: string, burnerCount: number): Promise<InitrdEntry[]> {
  const busybox = await findProgram("busybox");
  if (busybox === undefined) throw new Error('The rig needs the program "busybox"');
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const folders = ["bin", "dev", "proc", "sys", "tmp", "mnt", "etc", "modules", "disk"];
  return [
    ...folders.map((path) => ({ path, mode: 0o040755 })),
    { path: "bin/busybox", mode: 0o100755, data: await Deno.readFile(busybox) },
    ...await Promise.all(kernel.modules.map(async ({ name, path }) => (
      { path: `modules/${name}.ko`, mode: 0o100644, data: await Deno.readFile(path) }
    ))),
    {
      path: "etc/passwd",
      mode: 0o100644,
      data: bytes(
        "root:x:0:0::/:/bin/sh\nuser:x:1000:1000::/tmp:/bin/sh\nstranger:x:1001:1001::/tmp:/bin/sh\n",
      ),
    },
    {
      path: "etc/group",
      mode: 0o100644,
      data: bytes("root:x:0:\ncdrom:x:24:user\nuser:x:1000:\nstranger:x:1001:\n"),
    },
    { path: "job", mode: 0o100755, data: bytes(job) },
    {
      path: "init",
      mode: 0o100755,
      data: bytes(initScript(kernel.modules.map(({ name }) => name), burnerCount)),
    },
  ];
}

function initScript(modules: readonly string[], burnerCount: number): string {
  return `#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mount -t tmpfs -o mode=1777 tmp /tmp
for module in ${modules.join(" ")}; do insmod /modules/$module.ko || echo "no $module"; done
mount -t ext4 -o noatime /dev/vda /disk || poweroff -f
# Bound rather than linked: Deno keeps what it compiled under a module's real path.
for path in /lib /lib64 /usr/lib ${DENO_FOLDER} ${PROGRAMS_FOLDER} '${PROJECT}' /data; do
  [ -d "/disk$path" ] || continue
  mkdir -p "$path"
  mount -o bind "/disk$path" "$path"
done
# The kernel finds them one by one, while this runs.
for number in $(seq 0 ${burnerCount - 1}); do
  until [ -b /dev/sr$number ] && [ -c /dev/sg$number ]; do sleep 0.1; done
done
# What udev's rules do: polling for media, and who may use the drive.
echo 2000 >/sys/module/block/parameters/events_dfl_poll_msecs
chown 0:24 /dev/sr* /dev/sg*
chmod 660 /dev/sr* /dev/sg*
chmod 666 /dev/ttyS1
stty -F /dev/ttyS1 raw -echo
cat >/bin/as <<'END'
#!/bin/sh
# su takes one string: the words are quoted again.
name=$1
shift
line=
for word in "$@"; do line="$line '$(printf %s "$word" | sed "s/'/'\\\\\\\\''/g")'"; done
exec su "$name" -c "cd '$PWD' && exec$line"
END
chmod 755 /bin/as
export PATH=/bin:${DENO_FOLDER}/bin:${PROGRAMS_FOLDER} HOME=/tmp TMPDIR=/tmp NO_COLOR=1 LANG=C.UTF-8
export DENO_DIR=${DENO_FOLDER}/cache DENO_NO_UPDATE_CHECK=1
mkdir -p '${PROJECT}'
cd '${PROJECT}'
sh /job >/dev/ttyS1 2>&1
printf '\\nrig-exit-code=%d\\n' $? >/dev/ttyS1
# What is still in the line's buffer would be lost.
sleep 0.3
poweroff -f
`;
}

/** An ext4 disk with Deno, its libraries, the project, what it needs from npm, programs, and the data. */
async function makeDisk(
  disk: string,
  folder: string,
  { data, modules, programs = [] }: Pick<GuestOptions, "data" | "modules" | "programs">,
): Promise<void> {
  const root = `${folder}/root`;
  await Deno.mkdir(root);
  if (modules.length > 0) await addProject(root, modules);
  for (const name of programs) await addProgram(root, name);
  if (data !== undefined) await copyTree(data, `${root}/data`);
  // Half as much again for what the guest writes and for the file system's own tables.
  const sizeMib = Math.ceil(await sizeOf(root) * 1.5 / 2 ** 20) + 64;
  await makeExt4(disk, root, sizeMib);
  await Deno.remove(root, { recursive: true });
}

/** Makes the image of an ext4 disk with what is in a folder. */
export async function makeExt4(disk: string, root: string, sizeMib: number): Promise<void> {
  await mustRun("mke2fs", [
    ...["-q", "-t", "ext4", "-O", "^has_journal", "-m", "0", "-E", "root_owner=0:0,lazy_itable_init=1"],
    ...["-d", root, disk, `${sizeMib}M`],
  ]);
}

/** Deno, and the project with all that these modules need. */
async function addProject(root: string, modules: readonly string[]): Promise<void> {
  const cache = `${root}${DENO_FOLDER}/cache`;
  await Deno.mkdir(`${root}${DENO_FOLDER}/bin`, { recursive: true });
  await copyFile(Deno.execPath(), `${root}${DENO_FOLDER}/bin/deno`);
  for (const library of await librariesOf(Deno.execPath())) await copyFile(library, `${root}${library}`);
  await copyProject(`${root}${PROJECT}`);
  await copyTree(await denoCache(modules), cache);
}

/** The project, as far as it runs in a guest. */
export async function copyProject(to: string): Promise<void> {
  for (const part of PARTS) await copyTree(`${PROJECT}/${part}`, `${to}/${part}`);
}

async function addProgram(root: string, name: string): Promise<void> {
  const program = await findProgram(name);
  if (program === undefined) throw new Error(`The rig needs the program "${name}"`);
  await copyFile(program, `${root}${PROGRAMS_FOLDER}/${name}`);
  for (const library of await librariesOf(program)) await copyFile(library, `${root}${library}`);
}

/** A DENO_DIR with all that the project needs, made here where there may be a network, for there is none in the guest. */
async function denoCache(modules: readonly string[]): Promise<string> {
  const cache = `${rigFolder()}/deno-cache`;
  const entries = modules.map((module) => `${PROJECT}/${module}`);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["cache", "--no-check", "--config", `${PROJECT}/deno.json`, ...entries],
    env: { DENO_DIR: cache, NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
  }).output();
  if (!success) throw new Error(`deno cache failed: ${new TextDecoder().decode(stderr)}`);
  return cache;
}

async function librariesOf(program: string): Promise<string[]> {
  const output = await mustRun("ldd", [program]);
  return [...output.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map((match) => match[1] ?? "");
}

async function copyFile(from: string, to: string): Promise<void> {
  await Deno.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
  await Deno.copyFile(from, to);
}

/** Copies a file or a folder; everything is open to the guest's user. */
async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
  await mustRun("cp", ["-rT", from, to]);
  await mustRun("chmod", ["-R", "a+rwX", to]);
}

async function sizeOf(folder: string): Promise<number> {
  let size = 0;
  for (const path of await filesBelow(folder)) {
    size += Math.ceil((await Deno.lstat(path)).size / 4096) * 4096 + 512;
  }
  return size;
}

async function filesBelow(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) paths.push(...await filesBelow(path));
    else paths.push(path);
  }
  return paths;
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder().decode(await Deno.readFile(file));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

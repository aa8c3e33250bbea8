/**
 * Unmounting the disc in a drive, on Linux: a mounted disc cannot be opened exclusively, and is not to be written.
 *
 * Windows and macOS unmount as part of taking a drive (FSCTL_LOCK_VOLUME and DADiskUnmount, in the native library), and
 * never by force. So it is here: all mounts of the disc go, whatever they are called and wherever they are, unless a file
 * on it is in use; then it is said which program uses it.
 *
 * @module
 */
import { usersOfMount } from "./disc_users.ts";
import { deviceNumberOf, type Mount, mountAt, mountsOf } from "./mount_info.ts";
import { isAllowed } from "./permissions.ts";
import { noteTouched } from "./touched.ts";

/** A mounted disc cannot be unmounted. */
export class StillMounted extends Error {
  override readonly name = "StillMounted";

  /** The message says where it is mounted and why it stays, as the end of a sentence; `advice` what to do. */
  constructor(message: string, readonly advice: string) {
    super(message);
  }
}

/** What {@linkcode unmountDisc} asks of the system; tests have another one. */
export interface MountSystem {
  /** None where we may not look. */
  mounts(): readonly Mount[];
  /** Major and minor number of the file system that a path lies in, or, with `of: "device"`, of the device that it is. */
  numberOf(path: string, of: "device" | "file"): string | undefined;
  /** Runs a program; returns what it said if it failed. */
  run(program: string, args: readonly string[]): string | undefined;
  /** What uses files of a mount. */
  usersOf(mount: Mount): readonly string[];
  readonly isRoot: boolean;
}

/** What {@linkcode unmountDisc} is told. */
export interface UnmountOptions {
  /** Files that are needed: the disc that one of them lies on stays mounted. */
  readonly sources?: () => Iterable<string>;
  /** Told where the disc was unmounted, a sentence each time. */
  readonly onNote?: (message: string) => void;
  /** The computer itself when absent. */
  readonly system?: MountSystem;
}

/** An automounter that mounts again at once shall not keep us here. */
const MOUNTS_MAX = 100;

/**
 * Unmounts the disc in a drive wherever it is mounted; returns whether there was anything to unmount. Where we may not look
 * at the system's mounts, and everywhere but on Linux, there is not.
 *
 * @throws StillMounted when it stays mounted. What can be known before is looked at before, so that then it is still
 * mounted everywhere.
 */
export function unmountDisc(drive: string, options: UnmountOptions = {}): boolean {
  const { system = LINUX, sources, onNote } = options;
  const device = system.numberOf(drive, "device");
  if (device === undefined) return false;
  for (let unmounted = 0;; unmounted++) {
    const mounts = system.mounts();
    const own = mounts.filter((mount) => isOf(mount, device, system));
    if (own.length === 0) return unmounted > 0;
    if (unmounted === 0) {
      refuseSources(own, { sources, system });
      for (const mount of own) refuseOthers(mount, { own, mounts });
      for (const mount of own) refuseUsers(mount, system);
    }
    // What lies on another mount of the disc goes first.
    const mount = own.findLast(({ id }) => !mounts.some(({ parentId }) => parentId === id)) ?? own[0]!;
    if (unmounted >= MOUNTS_MAX) {
      throw new StillMounted(`${mountedAt(mount)} again and again`, "stop the program that mounts it");
    }
    unmount(mount, { drive, system });
    onNote?.(`Unmounted "${mount.mountPoint}"`);
  }
}

function isOf({ device, source }: Mount, wanted: string, system: MountSystem): boolean {
  if (device === wanted) return true;
  // Btrfs has numbers of its own; a DVD-RAM may have any file system.
  return device.startsWith("0:") && source.startsWith("/dev/") &&
    system.numberOf(source, "device") === wanted;
}

function refuseSources(
  own: readonly Mount[],
  { sources, system }: { sources: UnmountOptions["sources"]; system: MountSystem },
): void {
  for (const path of sources?.() ?? []) {
    const on = system.numberOf(path, "file");
    const mount = own.find(({ device }) => device === on);
    if (mount === undefined) continue;
    throw new StillMounted(
      `the source "${path}" lies on the disc in it, which is mounted at "${mount.mountPoint}"`,
      "copy it to another place first",
    );
  }
}

/** Another file system over it would be unmounted in its place; one on it keeps it busy. */
function refuseOthers(
  mount: Mount,
  { own, mounts }: { own: readonly Mount[]; mounts: readonly Mount[] },
): void {
  const isOwn = ({ id }: Mount): boolean => own.some((one) => one.id === id);
  const visible = mountAt(mounts, mount.mountPoint);
  const onIt = mounts.find((one) => one.parentId === mount.id && !isOwn(one));
  const other = visible !== undefined && !isOwn(visible) ? visible : onIt;
  if (other === undefined) return;
  const { fileSystem, mountPoint } = other;
  throw new StillMounted(
    `${mountedAt(mount)}, and ${fileSystem} is mounted ${
      other === onIt ? "on" : "over"
    } it at "${mountPoint}"`,
    `unmount that first (umount ${quoted(mountPoint)})`,
  );
}

function refuseUsers(mount: Mount, system: MountSystem): void {
  const users = system.usersOf(mount);
  if (users.length === 0) return;
  throw new StillMounted(
    `${mountedAt(mount)} and in use by ${listed(users)}`,
    "close what they have open there, or leave its folders, and try again",
  );
}

function unmount(mount: Mount, { drive, system }: { drive: string; system: MountSystem }): void {
  const isGone = (): boolean => !system.mounts().some(({ id }) => id === mount.id);
  const said = [system.run("umount", [mount.mountPoint])];
  if (isGone()) return;
  // What the desktop mounted, its user may unmount; `umount` itself passes that on only where it was built to.
  if (!system.isRoot) {
    said.push(system.run("udisksctl", ["unmount", "--no-user-interaction", "--block-device", drive]));
    if (isGone()) return;
  }
  const path = quoted(mount.mountPoint);
  if (said.some((text) => /\bbusy\b/i.test(text ?? ""))) {
    throw new StillMounted(
      `${mountedAt(mount)} and in use by a program that cannot be seen from here`,
      `"sudo fuser -vm ${path}" names it; end it and try again`,
    );
  }
  throw new StillMounted(
    `${mountedAt(mount)} and cannot be unmounted (${said[0] ?? "umount said nothing"})`,
    `unmount it (sudo umount ${path}) and try again`,
  );
}

function mountedAt({ mountPoint }: Mount): string {
  return `its disc is mounted at "${mountPoint}"`;
}

const LISTED_MAX = 5;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED_MAX).join(", ");
  return names.length > LISTED_MAX ? `${shown} and ${names.length - LISTED_MAX} more` : shown;
}

/** A path as people can paste it into a shell. */
function quoted(path: string): string {
  return /^[\w/.+:@-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

const LINUX: MountSystem = {
  mounts: () => mountsOf(),
  numberOf: deviceNumberOf,
  usersOf: usersOfMount,
  run: (program, args) => {
    if (!isAllowed({ name: "run", command: program })) return `it takes --allow-run=${program}`;
    noteTouched("run", program);
    try {
      const { success, stderr } = new Deno.Command(program, {
        args: [...args],
        env: { LC_ALL: "C" }, // what it says is looked into
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).outputSync();
      const lines = new TextDecoder().decode(stderr).trim().split("\n");
      return success ? undefined : lines.at(-1)!.replace(/\.$/, "") || `${program} failed`;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return `there is no ${program} here`;
      throw error;
    }
  },
  get isRoot(): boolean {
    return isAllowed({ name: "sys", kind: "uid" }) && Deno.uid() === 0;
  },
};

/** What keeps a disc or its drive busy on Linux, for messages: as far as this user may see it. @module */
import { deviceNumberOf, isBelow, type Mount, mountsOf } from "./mount_info.ts";
import { systemLink, systemNames, systemText } from "./system_files.ts";

/** What uses files of a mount: programs, by name and process number, and loop devices. */
export function usersOfMount({ mountPoint, device }: Mount): readonly string[] {
  return [
    // In a container the same path may be another place.
    ...usersOfLinks((link, text) => isBelow(text, mountPoint) && deviceNumberOf(link, "file") === device),
    ...loopDevicesBelow(mountPoint),
  ];
}

/** What uses a device itself: programs that have it open, and those for which alone it is mounted. */
export function usersOfDevice(drive: string): readonly string[] {
  return [...usersOfLinks((_, text) => text === drive), ...mountersElsewhere(drive)];
}

/** Processes of which a link (working directory, program, an open file) is such a one: by its path, and what it says. */
function usersOfLinks(isWanted: (link: string, text: string) => boolean): string[] {
  const users: string[] = [];
  for (const pid of processes()) {
    const folder = `/proc/${pid}`;
    const links = ["cwd", "root", "exe", ...systemNames(`${folder}/fd`).map((name) => `fd/${name}`)];
    if (!links.some((link) => isWanted(`${folder}/${link}`, systemLink(`${folder}/${link}`) ?? ""))) continue;
    users.push(nameOf(pid));
  }
  return users;
}

/** A container, or a service with mounts of its own, may have kept a mount that nobody else sees any more. */
function mountersElsewhere(drive: string): string[] {
  const device = deviceNumberOf(drive, "device");
  const seen = new Set([systemLink("/proc/self/ns/mnt")]);
  const users: string[] = [];
  for (const pid of processes()) {
    const namespace = systemLink(`/proc/${pid}/ns/mnt`);
    if (seen.has(namespace)) continue;
    seen.add(namespace);
    const mount = mountsOf(pid).find((one) => one.device === device);
    if (mount !== undefined) {
      users.push(`${nameOf(pid)}, which has its disc mounted at "${mount.mountPoint}"`);
    }
  }
  return users;
}

function processes(): number[] {
  return systemNames("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
}

function nameOf(pid: number): string {
  return pid === Deno.pid
    ? "burnscript itself"
    : `${systemText(`/proc/${pid}/comm`) ?? "a program"} (${pid})`;
}

/** Loop devices whose file lies below a path: those of a live system hold its disc. */
function loopDevicesBelow(path: string): string[] {
  return systemNames("/sys/class/block")
    .filter((name) => /^loop\d+$/.test(name))
    .filter((name) => isBelow(systemText(`/sys/class/block/${name}/loop/backing_file`) ?? "", path))
    .map((name) => `/dev/${name}`);
}

/** The mounts of Linux, as /proc tells them of a process. @module */
import { systemStat, systemText } from "./system_files.ts";

/** One mount, as proc_pid_mountinfo(5) has it. */
export interface Mount {
  readonly id: number;
  /** The mount that it is mounted on. */
  readonly parentId: number;
  /** Major and minor number of the device, `11:0`. */
  readonly device: string;
  /** What of the file system is shown: `/`, or a folder of it in a bind mount. */
  readonly root: string;
  readonly mountPoint: string;
  /** `iso9660`, `udf`, `tmpfs`… */
  readonly fileSystem: string;
  /** As it was named when it was mounted: `/dev/sr0`, or any link to it. */
  readonly source: string;
}

/** The mounts that a process sees, this one when it is not said; none where we may not look. */
export function mountsOf(process: number | "self" = "self"): Mount[] {
  return parseMountInfo(systemText(`/proc/${process}/mountinfo`) ?? "");
}

/**
 * Major and minor number of the file system that a path lies in, or, with `of: "device"`, of the device that it is; undefined
 * for what is not there, or not to be looked at.
 */
export function deviceNumberOf(path: string, of: "device" | "file"): string | undefined {
  const info = systemStat(path);
  const number = of === "file" ? info?.dev : info?.rdev;
  // A dev_t of Linux has 12 and 20 bits for them.
  return number === undefined || number === null
    ? undefined
    : `${number >>> 8 & 0xFFF}:${number & 0xFF | number >>> 12 & 0xFFF00}`;
}

/** The mounts in the text of a `mountinfo`; lines of another form are passed over. */
export function parseMountInfo(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split("\n")) {
    const fields = line.split(" ");
    // Any number of optional fields stands before the dash.
    const dash = fields.indexOf("-", 6);
    const [id = "", parentId, device = "", root = "", mountPoint = ""] = fields;
    if (!/^\d+$/.test(id) || dash < 0) continue;
    mounts.push({
      id: Number(id),
      parentId: Number(parentId),
      device,
      root: unescaped(root),
      mountPoint: unescaped(mountPoint),
      fileSystem: fields[dash + 1] ?? "",
      source: unescaped(fields[dash + 2] ?? ""),
    });
  }
  return mounts;
}

/** Blanks, line ends and backslashes stand as three octal digits. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
}

/** The mount in which a path lies, as the system walks to it: of mounts over each other, the uppermost. */
export function mountAt(mounts: readonly Mount[], path: string): Mount | undefined {
  const ids = new Set(mounts.map(({ id }) => id));
  let at = mounts.find(({ id, parentId, mountPoint }) =>
    mountPoint === "/" && (parentId === id || !ids.has(parentId))
  );
  while (at !== undefined) {
    const { id } = at;
    const next = mounts
      .filter((mount) => mount.parentId === id && mount.id !== id && isBelow(path, mount.mountPoint))
      .sort((a, b) => a.mountPoint.length - b.mountPoint.length)[0];
    if (next === undefined) return at;
    at = next;
  }
  return undefined;
}

/** Whether a path is a folder or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

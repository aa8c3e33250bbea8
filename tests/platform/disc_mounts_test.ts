import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type MountSystem, StillMounted, unmountDisc } from "../../lib/platform/disc_mounts.ts";
import { usersOfDevice } from "../../lib/platform/disc_users.ts";
import { type Mount, mountAt, parseMountInfo } from "../../lib/platform/mount_info.ts";

const ROOT = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw";

const LINES: readonly { title: string; line: string; mount: Partial<Mount> }[] = [
  {
    title: "no optional field",
    line: "40 22 11:0 / /mnt ro - iso9660 /dev/sr0 ro",
    mount: {
      id: 40,
      parentId: 22,
      device: "11:0",
      root: "/",
      mountPoint: "/mnt",
      fileSystem: "iso9660",
      source: "/dev/sr0",
    },
  },
  {
    title: "several optional fields, and one that looks like the end of them",
    line: "40 22 11:0 / /mnt ro master:1 propagate_from:2 - udf /dev/sr0 ro",
    mount: { fileSystem: "udf", source: "/dev/sr0" },
  },
  {
    title: "blanks, tabs, line ends and backslashes as octal digits",
    line: String.raw`40 22 11:0 / /media/A\040B\011C\012D\134040 ro - udf /dev/disk/by-label/A\040B ro`,
    mount: { mountPoint: "/media/A B\tC\nD\\040", source: "/dev/disk/by-label/A B" },
  },
  {
    title: "a name beyond ASCII",
    line: "40 22 11:0 / /media/Grüße\\040日本 ro - udf /dev/sr0 ro",
    mount: { mountPoint: "/media/Grüße 日本" },
  },
  {
    title: "a mount point that is a dash",
    line: "40 22 11:0 / - ro - udf /dev/sr0 ro",
    mount: { mountPoint: "-", fileSystem: "udf" },
  },
  {
    title: "a bind mount of a folder",
    line: "41 22 11:0 /docs /srv/docs ro shared:9 - iso9660 /dev/sr0 ro",
    mount: { root: "/docs", mountPoint: "/srv/docs" },
  },
];

for (const { title, line, mount } of LINES) {
  Deno.test(`parseMountInfo() reads a line with ${title}`, () => {
    const [read, ...others] = parseMountInfo(`${line}\n`);
    assertEquals(others, []);
    assertEquals({ ...read, ...mount }, read);
  });
}

Deno.test("parseMountInfo() passes over what is no mount", () => {
  assertEquals(parseMountInfo("\nno mount\n40 22 11:0 / /mnt ro\n").length, 0);
});

const PLACES: readonly { title: string; lines: readonly string[]; path: string; id: number }[] = [
  {
    title: "the root",
    lines: ["40 22 11:0 / /mnt ro - udf /dev/sr0 ro"],
    path: "/mnt2",
    id: 22,
  },
  {
    title: "a mount over another one at the same place",
    lines: ["40 22 11:0 / /mnt ro - udf /dev/sr0 ro", "41 40 0:50 / /mnt rw - tmpfs tmpfs rw"],
    path: "/mnt/a",
    id: 41,
  },
  {
    title: "a mount over the folder in which another one lies",
    lines: ["40 22 11:0 / /a/b ro - udf /dev/sr0 ro", "41 22 0:50 / /a rw - tmpfs tmpfs rw"],
    path: "/a/b",
    id: 41,
  },
  {
    title: "a mount in a mount that lies over it",
    lines: [
      "40 22 11:0 / /a/b ro - udf /dev/sr0 ro",
      "41 22 0:50 / /a rw - tmpfs tmpfs rw",
      "42 41 0:51 / /a/b rw - tmpfs tmpfs rw",
    ],
    path: "/a/b",
    id: 42,
  },
  {
    title: "what an automounter mounted",
    lines: ["40 22 0:40 / /cd rw - autofs systemd-1 rw", "41 40 11:0 / /cd ro - udf /dev/sr0 ro"],
    path: "/cd",
    id: 41,
  },
];

for (const { title, lines, path, id } of PLACES) {
  Deno.test(`mountAt() finds ${title}`, () => {
    assertEquals(mountAt(parseMountInfo([ROOT, ...lines].join("\n")), path)?.id, id);
  });
}

Deno.test("mountAt() of an initramfs starts at the mount that is its own parent", () => {
  const mounts = parseMountInfo("1 1 0:2 / / rw - rootfs rootfs rw\n40 1 11:0 / /mnt ro - udf /dev/sr0 ro");
  assertEquals([mountAt(mounts, "/etc")?.id, mountAt(mounts, "/mnt")?.id], [1, 40]);
});

/** A system with these mounts, in which `umount` works unless it is told otherwise. */
class Computer implements MountSystem {
  readonly ran: string[] = [];
  readonly isRoot: boolean;
  readonly #refuses: Readonly<Record<string, string>>;
  readonly #users: readonly string[];
  #mounts: Mount[];

  constructor(
    lines: readonly string[],
    { isRoot = true, refuses = {}, users = [] }: {
      isRoot?: boolean;
      /** What a program says in place of doing it. */
      refuses?: Readonly<Record<string, string>>;
      users?: readonly string[];
    } = {},
  ) {
    this.#mounts = parseMountInfo([ROOT, ...lines].join("\n"));
    this.isRoot = isRoot;
    this.#refuses = refuses;
    this.#users = users;
  }

  get mountPoints(): string[] {
    return this.#mounts.map(({ mountPoint }) => mountPoint);
  }

  mounts(): readonly Mount[] {
    return this.#mounts;
  }

  numberOf(path: string, of: "device" | "file"): string | undefined {
    if (of === "file") return mountAt(this.#mounts, path)?.device;
    return ["/dev/sr0", "/dev/cdrom"].includes(path) ? "11:0" : undefined;
  }

  run(program: string, args: readonly string[]): string | undefined {
    this.ran.push([program, ...args].join(" "));
    if (this.#refuses[program] !== undefined) return this.#refuses[program];
    const mount = program === "umount"
      ? mountAt(this.#mounts, args[0]!)
      : this.#mounts.find(({ device }) => device === "11:0");
    if (mount === undefined || this.#mounts.some(({ parentId }) => parentId === mount.id)) {
      return `umount: ${args[0]}: target is busy`;
    }
    this.#mounts = this.#mounts.filter((one) => one !== mount);
    return undefined;
  }

  usersOf({ mountPoint }: Mount): readonly string[] {
    return mountPoint === "/media/me/A B" ? this.#users : [];
  }
}

const UNMOUNTED: readonly { title: string; lines: readonly string[]; ran: readonly string[] }[] = [
  { title: "nothing", lines: ["40 22 11:1 / /mnt ro - udf /dev/sr1 ro"], ran: [] },
  {
    title: "a disc by its number, whatever it is called",
    lines: ["40 22 11:0 / /mnt ro - udf /dev/disk/by-label/DISC ro"],
    ran: ["umount /mnt"],
  },
  {
    title: "a bind mount of it, too",
    lines: ["40 22 11:0 / /mnt ro - udf /dev/sr0 ro", "41 22 11:0 /docs /srv/docs ro - udf /dev/sr0 ro"],
    ran: ["umount /srv/docs", "umount /mnt"],
  },
  {
    title: "a mount of it on itself before what it lies on",
    lines: ["40 22 11:0 / /mnt ro - udf /dev/sr0 ro", "41 40 11:0 /docs /mnt/b ro - udf /dev/sr0 ro"],
    ran: ["umount /mnt/b", "umount /mnt"],
  },
  {
    title: "a disc that was mounted twice at one place",
    lines: ["40 22 11:0 / /mnt ro - udf /dev/sr0 ro", "41 40 11:0 / /mnt ro - udf /dev/sr0 ro"],
    ran: ["umount /mnt", "umount /mnt"],
  },
  {
    title: "a file system with a number of its own by its device",
    lines: ["40 22 0:60 / /mnt rw - btrfs /dev/cdrom rw"],
    ran: ["umount /mnt"],
  },
];

for (const { title, lines, ran } of UNMOUNTED) {
  Deno.test(`unmountDisc() unmounts ${title}`, () => {
    const system = new Computer(lines);
    const notes: string[] = [];
    assertEquals(
      unmountDisc("/dev/sr0", { system, onNote: (note) => notes.push(note) }),
      ran.length > 0,
    );
    assertEquals(system.ran, ran);
    assertEquals(notes, ran.map((command) => `Unmounted "${command.slice("umount ".length)}"`));
  });
}

Deno.test("unmountDisc() has udisks do it where the user may not", () => {
  const lines = ["40 22 11:0 / /media/me/DISC ro - udf /dev/sr0 ro"];
  const system = new Computer(lines, {
    isRoot: false,
    refuses: { umount: "umount: must be superuser to unmount" },
  });
  assertEquals(unmountDisc("/dev/sr0", { system }), true);
  assertEquals(system.ran[1], "udisksctl unmount --no-user-interaction --block-device /dev/sr0");
});

const DISC = "40 22 11:0 / /media/me/A\\040B ro - udf /dev/sr0 ro";
const STAYS: readonly {
  title: string;
  system: Computer;
  sources?: readonly string[];
  says: string;
  advises: string;
}[] = [
  {
    title: "a program has a file of it open",
    system: new Computer([DISC], {
      refuses: { umount: "umount: target is busy" },
      users: ["vlc (7)", "bash (8)"],
    }),
    says: 'its disc is mounted at "/media/me/A B" and in use by vlc (7), bash (8)',
    advises: "close what they have open",
  },
  {
    title: "many programs use it, and nobody a part of it that is mounted elsewhere",
    system: new Computer([DISC, "41 22 11:0 /b /srv/b ro - udf /dev/sr0 ro"], {
      refuses: { umount: "busy" },
      users: Array(8).fill("vlc (7)"),
    }),
    says: "vlc (7), vlc (7), vlc (7), vlc (7), vlc (7) and 3 more",
    advises: "close",
  },
  {
    title: "who uses it is not to be seen",
    system: new Computer([DISC], { refuses: { umount: "umount: target is busy" } }),
    says: "a program that cannot be seen from here",
    advises: "sudo fuser -vm '/media/me/A B'",
  },
  {
    title: "the user may not",
    system: new Computer([DISC], {
      isRoot: false,
      refuses: { umount: "umount: must be superuser to unmount", udisksctl: "there is no udisksctl here" },
    }),
    says: "cannot be unmounted (umount: must be superuser to unmount)",
    advises: "sudo umount '/media/me/A B'",
  },
  {
    title: "something else is mounted on it",
    system: new Computer([DISC, "41 40 0:50 / /media/me/A\\040B/tmp rw - tmpfs tmpfs rw"]),
    says: 'tmpfs is mounted on it at "/media/me/A B/tmp"',
    advises: "unmount that first (umount '/media/me/A B/tmp')",
  },
  {
    title: "something else is mounted over it",
    system: new Computer([DISC, "41 22 0:50 / /media/me rw - tmpfs tmpfs rw"]),
    says: 'tmpfs is mounted over it at "/media/me"',
    advises: "unmount that first (umount /media/me)",
  },
  {
    title: "a source lies on it",
    system: new Computer([DISC]),
    sources: ["/home/me/a.iso", "/media/me/A B/b.iso"],
    says: 'the source "/media/me/A B/b.iso" lies on the disc in it, which is mounted at "/media/me/A B"',
    advises: "copy it to another place first",
  },
];

for (const { title, system, sources = [], says, advises } of STAYS) {
  Deno.test(`unmountDisc() says why the disc stays mounted: ${title}`, () => {
    const before = system.mountPoints;
    const error = assertThrows(
      () => unmountDisc("/dev/sr0", { system, sources: () => sources }),
      StillMounted,
    );
    assertStringIncludes(error.message, says);
    assertStringIncludes(error.advice, advises);
    assertEquals(system.mountPoints, before);
  });
}

Deno.test("unmountDisc() gives up on an automounter that mounts again at once", () => {
  let id = 40;
  const system: MountSystem = {
    ...new Computer([]),
    isRoot: true,
    mounts: () => parseMountInfo(`${ROOT}\n${id} 22 11:0 / /cd ro - udf /dev/sr0 ro`),
    numberOf: () => "11:0",
    run: () => void id++,
    usersOf: () => [],
  };
  assertStringIncludes(
    assertThrows(() => unmountDisc("/dev/sr0", { system }), StillMounted).message,
    "again and again",
  );
});

Deno.test("usersOfDevice() names who has it open", { ignore: Deno.build.os !== "linux" }, () => {
  const path = Deno.makeTempFileSync();
  assertEquals(usersOfDevice(path), []);
  using _file = Deno.openSync(path);
  assertEquals(usersOfDevice(path), ["burnscript itself"]);
  Deno.removeSync(path);
});

Deno.test("unmountDisc() of what is no drive has nothing to do", () => {
  assertEquals(unmountDisc(`${import.meta.dirname}/nothing`), false);
});

/**
 * Images that Linux mounts: in one boot of the guest, its kernel reads plain ISO 9660, Joliet, Rock Ridge and UDF of every
 * revision, and what it sees is compared with the files that the images were made from.
 *
 * `deno test -A tests/system/image_kernel_test.ts`, as root; the rig says what it needs.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { runGuest } from "../../scripts/rig/guest.ts";
import { mustRun } from "../../scripts/rig/tools.ts";
import {
  entryContent,
  type ImageDirectory,
  type ImageOptions,
  ImageReader,
  type ImageSymlink,
  memoryContent,
  planImage,
  type ReadSectors,
  readVolumes,
  SECTOR_BYTES,
  UDF_REVISIONS,
  type ViewName,
  type Volume,
} from "../../lib/image/mod.ts";
import { writeImageFile } from "../../lib/platform/image_file.ts";
import { readSourceTree } from "../../lib/platform/source_tree.ts";

const TIMESTAMP = new Date("2024-05-06T07:08:09Z");

/** How the kernel is told to read each view. */
const MOUNTS: { readonly [view in ViewName]?: string } = {
  udf: "-t udf -o ro,loop,iocharset=utf8",
  rockridge: "-t iso9660 -o ro,loop,iocharset=utf8",
  joliet: "-t iso9660 -o ro,loop,norock,iocharset=utf8",
  // Without map=off it would show lower case and no versions.
  iso9660: "-t iso9660 -o ro,loop,norock,nojoliet,map=off",
};

interface Case {
  readonly name: string;
  readonly options: Partial<ImageOptions>;
  readonly views: readonly ViewName[];
  /** Spoils the image before it is mounted. */
  readonly damage?: (image: Uint8Array) => void;
}

const CASES: readonly Case[] = [
  {
    name: "all",
    options: { rockRidge: true, fileSystems: 7 },
    views: ["iso9660", "joliet", "rockridge", "udf"],
  },
  {
    name: "level1",
    options: { fileSystems: 3, isoLevel: 1, jolietUnits: 103 },
    views: ["iso9660", "joliet"],
  },
  { name: "enhanced", options: { fileSystems: 1, isoLevel: 3, iso1999: true }, views: ["iso9660"] },
  { name: "rr109", options: { fileSystems: 1, rockRidge: "1.09" }, views: ["rockridge"] },
  {
    name: "moved",
    options: { fileSystems: 3, rockRidge: true, deepDirectories: "relocate" },
    views: ["rockridge"],
  },
  ...UDF_REVISIONS.flatMap((udfRevision): Case[] => [
    { name: `bridge-${udfRevision}`, options: { fileSystems: 7, udfRevision }, views: ["udf", "joliet"] },
    {
      name: `alone-${udfRevision}`,
      options: { fileSystems: 4, udfRevision, udfEmbed: true },
      views: ["udf"],
    },
  ]),
  ...(["2.50", "2.60"] as const).flatMap((udfRevision): Case[] => [
    {
      name: `once-${udfRevision}`,
      options: { fileSystems: 4, udfRevision, udfEmbed: false, udfMetadataCopy: false },
      views: ["udf"],
    },
    {
      name: `mirror-${udfRevision}`,
      options: { fileSystems: 4, udfRevision },
      views: ["udf"],
      // The metadata file's entry is the first block of the partition.
      damage: (image) => image.fill(0, 288 * SECTOR_BYTES, 289 * SECTOR_BYTES),
    },
  ]),
];

/** What the kernel says of an entry, or what it should say. */
interface Seen {
  readonly kind: "file" | "directory" | "link";
  readonly mode: string;
  readonly links: number;
  readonly inode: string;
  readonly owner: string;
  readonly sizeBytes: number;
  readonly modified: number;
  readonly target?: string;
  readonly sum?: string;
}

function makeTree(root: string): void {
  const umask = Deno.umask(0);
  let seed = 1;
  const write = (path: string, sizeBytes: number): void => {
    seed++;
    const bytes = Uint8Array.from({ length: sizeBytes }, (_, at) => Math.imul(at + seed, 2654435761) >>> 21);
    Deno.writeFileSync(`${root}/${path}`, bytes);
  };
  for (const folder of ["", "/sub", "/many", "/empty folder", "/links"]) Deno.mkdirSync(root + folder);
  for (const sizeBytes of [0, 1, 1815, 1816, 1817, 1832, 1833, 2047, 2048, 2049, 300_001]) {
    write(`size ${sizeBytes}`, sizeBytes);
  }
  for (
    const name of ["README", "readme", "Übergröße.txt", "日本語のファイル.txt", "emoji 😀.txt", "a;1", ".x"]
  ) {
    write(`sub/${name}`, 30);
  }
  write(`sub/${"n".repeat(240)}`, 7); // Linux cuts names over 250 bytes in Rock Ridge
  for (let index = 0; index < 120; index++) write(`many/file of a long name ${index}.dat`, index);
  for (const [index, mode] of [0o400, 0o644, 0o755, 0o4711, 0o2755, 0o1777].entries()) {
    write(`links/mode ${index}`, index);
    Deno.chmodSync(`${root}/links/mode ${index}`, mode);
  }
  Deno.chownSync(`${root}/links/mode 1`, 1000, 50);
  Deno.linkSync(`${root}/size 2049`, `${root}/links/second name`);
  Deno.linkSync(`${root}/size 1`, `${root}/links/second small`);
  const targets = ["../sub", "/", "/abs/olute", "..", ".", "nowhere", `${"p".repeat(90)}/`.repeat(11) + "q"];
  for (const [index, target] of targets.entries()) Deno.symlinkSync(target, `${root}/links/link ${index}`);
  let deep = "";
  for (let level = 0; level < 12; level++) {
    deep += `/level ${level}`;
    Deno.mkdirSync(root + deep);
    write(`${deep}/file`, level);
  }
  Deno.utimeSync(`${root}/sub/README`, 1_000_000_000, 1_000_000_000);
  Deno.utimeSync(`${root}/sub`, 1_100_000_001, 1_100_000_001);
  Deno.umask(umask);
}

/** Streams and extended attributes, which Linux does not show and which must not be in its way. */
function addExtras(tree: ImageDirectory<ImageSymlink>): void {
  for (const child of tree.children.values()) {
    if (child.kind === "symlink") continue;
    child.attributes = new Map([["user.comment", new Uint8Array(30)]]);
    child.streams = new Map([["small", memoryContent(new Uint8Array(9))], [
      "large",
      memoryContent(new Uint8Array(9000)),
    ]]);
  }
}

/** What the files of the host should be seen as. */
function expectedOf(root: string, sums: ReadonlyMap<string, string>): Map<string, Seen> {
  const found = new Map<string, Seen>();
  const pending = [""];
  for (const path of pending) {
    for (const { name } of Deno.readDirSync(root + path)) {
      const child = `${path}/${name}`;
      const info = Deno.lstatSync(root + child);
      if (info.isDirectory) pending.push(child);
      found.set(child, {
        kind: info.isDirectory ? "directory" : info.isSymlink ? "link" : "file",
        mode: (info.mode! & 0o7777).toString(8),
        links: info.nlink!,
        inode: `${info.ino}`,
        owner: `${info.uid}:${info.gid}`,
        sizeBytes: info.size,
        modified: Math.floor(info.mtime!.getTime() / 1000),
        ...(info.isSymlink ? { target: Deno.readLinkSync(root + child) } : {}),
        ...(info.isFile ? { sum: sums.get(child)! } : {}),
      });
    }
  }
  return found;
}

async function sumsUnder(root: string): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  const pending = [""];
  for (const path of pending) {
    for await (const { name, isDirectory, isFile } of Deno.readDir(root + path)) {
      const child = `${path}/${name}`;
      if (isDirectory) pending.push(child);
      if (isFile) sums.set(child, await sha256(await Deno.readFile(root + child)));
    }
  }
  return sums;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** Lists every mounted view: a line of what stat says, a line of each link's target, a line of each file's sum. */
function guestJob(mounts: readonly { name: string; view: ViewName }[]): string {
  const lines = mounts.map(({ name, view }) => `show ${name} ${view} ${MOUNTS[view]}`);
  return `mkdir -p /mnt
show() {
  name=$1 view=$2
  shift 2
  echo "view $name $view"
  mount "$@" /data/$name.iso /mnt || { echo "failed: $(dmesg | tail -3)"; return; }
  cd /mnt
  find . -mindepth 1 -exec stat -c 's|%f|%h|%i|%u:%g|%s|%Y|%n' {} +
  find . -type l -exec sh -c 'for path; do echo "l|$(readlink "$path")|$path"; done' x {} +
  find . -type f -exec sha256sum {} + | sed 's/^\\([0-9a-f]*\\) .\\./h|\\1|./'
  cd /
  umount /mnt
}
# A volume that mkudffs made: the kernel fills it, and what it wrote comes back packed.
fill() {
  cp /data/$1.img /tmp/volume
  mount -t udf -o rw,loop,iocharset=utf8 /tmp/volume /mnt || { echo "failed: $(dmesg | tail -3)"; return; }
  tar -xf /data/source.tar -C /mnt
  rm "/mnt/many/file of a long name 7.dat"
  umount /mnt
  echo "filled $1"
  gzip -c /tmp/volume | base64
  echo "end of $1"
  rm /tmp/volume
}
${lines.join("\n")}
${FILLED.map((revision) => `fill ${revision}`).join("\n")}
`;
}

/** The revisions that Linux writes. */
const FILLED = ["1.02", "1.50", "2.00", "2.01"] as const;

/** What the kernel wrote, by the volume's name. */
async function filledVolumes(output: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [, name, text] of output.matchAll(/^filled (\S+)\n([^]*?)^end of \1$/gm)) {
    const packed = new Blob([Uint8Array.fromBase64(text!.replaceAll(/\s/g, ""))]).stream();
    const unpacked = packed.pipeThrough(new DecompressionStream("gzip"));
    found.set(name!, new Uint8Array(await new Response(unpacked).arrayBuffer()));
  }
  return found;
}

/** What our reader finds in a volume that the kernel filled is what the host has. */
async function assertFilled(
  image: Uint8Array,
  revision: string,
  expected: ReadonlyMap<string, Seen>,
): Promise<void> {
  const read: ReadSectors = (lba, count, target) =>
    target.set(image.subarray(lba * SECTOR_BYTES, (lba + count) * SECTOR_BYTES));
  const [volume] = readVolumes(read, image.length / SECTOR_BYTES);
  assertEquals(volume!.problems, []);
  assertEquals(volume!.revision, revision);
  const isThere = (path: string): boolean =>
    path !== "/lost+found" && path !== "/many/file of a long name 7.dat";
  const entries = volume!.entries.filter((entry) => isThere(entry.path));
  assertEquals(entries.map((entry) => entry.path).sort(), [...expected.keys()].filter(isThere).sort());
  for (const entry of entries) {
    const wanted = expected.get(entry.path)!;
    assertEquals(entry.kind === "symlink" ? "link" : entry.kind, wanted.kind, entry.path);
    assertEquals(entry.target, wanted.target, entry.path);
    if (entry.kind !== "file") continue;
    const { mode, uid, gid, links } = entry.posix!;
    assertEquals([(mode & 0o7777).toString(8), `${uid}:${gid}`, links], [
      wanted.mode,
      wanted.owner,
      wanted.links,
    ]);
    assertEquals(Math.floor(entry.modified!.getTime() / 1000), wanted.modified, entry.path);
    using content = entryContent(read, entry).open();
    const bytes = new Uint8Array(entry.sizeBytes);
    content.read(bytes, 0);
    assertEquals(await sha256(bytes), wanted.sum, entry.path);
  }
}

/** What the guest printed, by image and view. */
function parseListing(output: string): Map<string, Map<string, Seen>> {
  const found = new Map<string, Map<string, Seen>>();
  let entries = new Map<string, Seen>();
  for (const line of output.split("\n")) {
    const view = /^view (\S+ \S+)$/.exec(line);
    if (view !== null) found.set(view[1]!, entries = new Map());
    const [kind, ...fields] = line.split("|");
    const path = fields.at(-1)?.slice(1) ?? "";
    if (kind === "s") {
      const [rawMode, links, inode, owner, size, modified] = fields;
      const mode = parseInt(rawMode!, 16);
      const type = { 0o040000: "directory", 0o100000: "file", 0o120000: "link" }[mode & 0o170000];
      entries.set(path, {
        kind: type as Seen["kind"],
        mode: (mode & 0o7777).toString(8),
        links: Number(links),
        inode: inode!,
        owner: owner!,
        sizeBytes: Number(size),
        modified: Number(modified),
      });
    } else if (kind === "l") entries.set(path, { ...entries.get(path)!, target: fields[0]! });
    else if (kind === "h") entries.set(path, { ...entries.get(path)!, sum: fields[0]! });
    else if (line.startsWith("failed")) entries.set(line, { kind: "file" } as Seen);
  }
  return found;
}

/** Rock Ridge and UDF: everything is as it is on the host. */
function assertAsOnHost(seen: Map<string, Seen>, expected: Map<string, Seen>, view: ViewName): void {
  const paths = [...seen.keys()].filter((path) => !/^\/rr_moved(\/|$)/.test(path)); // Linux shows it
  assertEquals(paths.sort(), [...expected.keys()].sort());
  const hostNames = new Map<string, Set<string>>(); // by inode
  const guestNames = new Map<string, Set<string>>();
  for (const path of paths) {
    const [found, wanted] = [seen.get(path)!, expected.get(path)!];
    assertEquals([found.kind, found.owner], [wanted.kind, wanted.owner], path);
    if (wanted.kind === "link") {
      assertEquals(found.target, wanted.target, path);
      continue;
    }
    assertEquals([found.mode, found.modified], [wanted.mode, wanted.modified], path);
    if (wanted.kind === "directory") continue; // sizes are of the file system's own directories
    assertEquals(
      [found.sizeBytes, found.sum, found.links],
      [wanted.sizeBytes, wanted.sum, wanted.links],
      path,
    );
    for (const [names, inode] of [[hostNames, wanted.inode], [guestNames, found.inode]] as const) {
      if (!names.has(inode)) names.set(inode, new Set());
      names.get(inode)!.add(path);
    }
  }
  // In Rock Ridge, Linux tells files by the places of their records, not by the serial numbers of version 1.12.
  if (view !== "udf") return;
  const groups = (names: Map<string, Set<string>>): string[] =>
    [...names.values()].map((one) => [...one].sort().join()).sort();
  assertEquals(groups(guestNames), groups(hostNames));
}

/** Joliet and plain ISO 9660: the names are those that our own reader finds in the image. */
function assertAsInVolume(
  seen: Map<string, Seen>,
  volume: Volume,
  contents: ReadonlyMap<string, string>,
): void {
  const plain = new Map([...seen].map(([path, one]) => {
    const isFile = volume.fileSystem === "iso9660" && one.kind === "file";
    return [isFile ? path.replace(/\.?;1$/, "") : path, one];
  }));
  assertEquals([...plain.keys()].sort(), volume.entries.map((entry) => entry.path).sort());
  const folded = Map.groupBy(plain.keys(), (path) => path.toLowerCase());
  for (const entry of volume.entries) {
    const found = plain.get(entry.path)!;
    // Linux looks names of Joliet up without regard to case, and so takes one of two for both.
    if (volume.fileSystem === "joliet" && folded.get(entry.path.toLowerCase())!.length > 1) continue;
    assertEquals(found.kind, entry.kind, entry.path);
    assertEquals(found.modified, Math.floor(entry.modified!.getTime() / 1000), entry.path);
    if (entry.kind === "file") {
      assertEquals([found.sizeBytes, found.sum], [entry.sizeBytes, contents.get(entry.path)], entry.path);
    }
  }
}

Deno.test("planImage() for Linux: every view of every format, mounted", async (test) => {
  const work = await Deno.makeTempDir({ prefix: "image-kernel-" });
  try {
    makeTree(`${work}/source`);
    await Deno.mkdir(`${work}/data`);
    const sums = await sumsUnder(`${work}/source`);
    const expected = expectedOf(`${work}/source`, sums);
    const checks = new Map<string, (seen: Map<string, Seen>) => void>();
    for (const { name, options, views, damage } of CASES) {
      const isPosix = options.rockRidge !== undefined || views.includes("udf");
      const kept = isPosix
        ? { posix: true, symlinks: "keep" } as const
        : { symlinks: "skip", onNote: () => {} } as const;
      const tree = readSourceTree(`${work}/source`, kept);
      addExtras(tree);
      const plan = planImage(tree, { timestamp: TIMESTAMP, ...options });
      const path = `${work}/data/${name}.iso`;
      writeImageFile(plan, path);
      using reader = new ImageReader(plan);
      const volumes = readVolumes((lba, count, target) => reader.read(lba, count, target), plan.sizeSectors);
      for (const view of views) {
        const volume = volumes.find((one) => one.fileSystem === view)!;
        assertEquals(volume.problems, [], name);
        const isWhole = view === "udf" || view === "rockridge";
        const contents = new Map(
          volume.entries.filter((entry) => entry.kind === "file").map((entry) => {
            const start = entry.extents[0]?.startLba;
            const owner = start === undefined ? `file ${work}/source/size 0` : plan.ownerOf(start)!;
            return [entry.path, sums.get(owner.slice(`file ${work}/source`.length))!];
          }),
        );
        checks.set(`${name} ${view}`, (seen) => {
          if (isWhole) assertAsOnHost(seen, expected, view);
          else assertAsInVolume(seen, volume, contents);
        });
      }
      if (damage !== undefined) {
        const image = await Deno.readFile(path);
        damage(image);
        await Deno.writeFile(path, image);
      }
    }
    for (const revision of FILLED) {
      const path = `${work}/data/${revision}.img`;
      await Deno.writeFile(path, new Uint8Array(8 * 2 ** 20));
      await mustRun("mkudffs", ["-b", "2048", "--media-type=hd", "-r", revision, "-l", "FILLED", path]);
    }
    // The rig copies its data without links, owners and permissions: an archive keeps them.
    await mustRun("tar", ["-cf", `${work}/data/source.tar`, "-C", `${work}/source`, "."]);
    const mounts = CASES.flatMap(({ name, views }) => views.map((view) => ({ name, view })));
    const { exitCode, output, console } = await runGuest({
      job: guestJob(mounts),
      modules: [],
      data: `${work}/data`,
    });
    assertEquals(
      exitCode,
      0,
      exitCode === undefined ? `The guest did not finish:\n${output}\n${console}` : output,
    );
    const listing = parseListing(output);
    assertEquals([...listing.keys()], [...checks.keys()]);
    for (const [title, check] of checks) {
      await test.step(title, () => {
        const seen = listing.get(title)!;
        assert(![...seen.keys()].some((path) => path.startsWith("failed")), [...seen.keys()].join("\n"));
        check(seen);
      });
    }
    const filled = await filledVolumes(output);
    assertEquals([...filled.keys()], [...FILLED]);
    for (const [revision, image] of filled) {
      await test.step(`UDF ${revision} that Linux wrote, read by us`, () =>
        assertFilled(image, revision, expected));
    }
  } finally {
    await Deno.remove(work, { recursive: true });
  }
});

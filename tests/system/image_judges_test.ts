/**
 * Images read back by programs that share no code with us: each view by at least two of them, every file by its bytes.
 * With the kernel of image_kernel_test.ts, UDF 2.50 and 2.60 have two; no program here reads ISO 9660:1999, and named streams
 * and extended attributes of UDF, so that only our own reader does.
 *
 * `deno test -A tests/system/image_judges_test.ts`; on Debian: `apt-get install xorriso genisoimage p7zip-full
 * libarchive-tools grub-common udftools`.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import {
  entryContent,
  FILE_SYSTEM,
  type ImageOptions,
  type ImagePlan,
  ImageReader,
  memoryContent,
  planImage,
  type ReadSectors,
  readVolumes,
  SECTOR_BYTES,
  UDF_REVISIONS,
  type Volume,
} from "../../lib/image/mod.ts";
import { convert } from "../../lib/jobs/convert.ts";
import { writeImageFile } from "../../lib/platform/image_file.ts";
import { ImageSectors } from "../../lib/platform/image_sectors.ts";
import { readSourceTree } from "../../lib/platform/source_tree.ts";

const PACKAGES: Record<string, string> = {
  xorriso: "xorriso",
  isoinfo: "genisoimage",
  genisoimage: "genisoimage",
  "7z": "p7zip-full",
  bsdtar: "libarchive-tools",
  "grub-fstest": "grub-common",
  udfinfo: "udftools",
};

const TIMESTAMP = new Date("2024-05-06T07:08:09Z");

/** Runs a judge; its exit code must be 0. */
function judge(program: string, args: string[], cwd?: string): Uint8Array {
  let output: Deno.CommandOutput;
  try {
    output = new Deno.Command(program, {
      args,
      env: { LANG: "C.UTF-8", LC_ALL: "C.UTF-8", TZ: "UTC", PATH: `${Deno.env.get("PATH")}:/usr/sbin:/sbin` },
      ...(cwd === undefined ? {} : { cwd }),
    }).outputSync();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`No ${program} here; install the Debian package ${PACKAGES[program] ?? program}`, {
      cause,
    });
  }
  if (!output.success) {
    const said = new TextDecoder().decode(output.stderr) + new TextDecoder().decode(output.stdout);
    throw new Error(`${program} ${args.join(" ")}: exit code ${output.code}: ${said.slice(-2000)}`);
  }
  return output.stdout;
}

function judgeText(program: string, args: string[], cwd?: string): string {
  return new TextDecoder().decode(judge(program, args, cwd));
}

const work = Deno.makeTempDirSync({ prefix: "image-judges-" });
globalThis.addEventListener("unload", () => Deno.removeSync(work, { recursive: true }));

/** A tree with what breaks builders and readers; every file has bytes of its own. */
function makeNastyTree(root: string): void {
  const long = "x".repeat(70);
  const names: [name: string, sizeBytes: number][] = [
    ["plain.txt", 10],
    ["README", 1],
    ["readme", 2],
    ["Readme", 3],
    ["empty", 0],
    ["also empty.txt", 0],
    ["sector.bin", 2048],
    ["sector-1.bin", 2047],
    ["sector+1.bin", 2049],
    ["big.bin", 3 * 2 ** 20 + 1],
    [".hidden", 5],
    ["-dash", 5],
    ["many.dots.in.a.name.tar.gz", 5],
    ["a+b=c,d [e] (f) {g} $h %i &j", 5],
    ["semi;colon:star*question?.txt", 5],
    ["quote'and\"quote", 5],
    ["Übergröße naïve café.txt", 5],
    ["decomposed e\u0301.txt", 5],
    ["日本語のファイル.txt", 5],
    ["Ελληνικά русский 한국어.doc", 5],
    ["emoji 😀😀.txt", 5],
    ["😀".repeat(32), 5],
    [long + "-one.html", 5],
    [long + "-two.html", 6],
    [long, 7],
    ["y".repeat(254), 5],
    ["語".repeat(80) + ".txt", 5],
  ];
  Deno.mkdirSync(root);
  for (const [name, sizeBytes] of names) write(`${root}/${name}`, sizeBytes);
  Deno.mkdirSync(`${root}/empty directory`);
  Deno.mkdirSync(`${root}/dir.with.dots`);
  write(`${root}/dir.with.dots/in it`, 9);
  Deno.mkdirSync(`${root}/many`);
  for (let index = 0; index < 300; index++) write(`${root}/many/same prefix always ${index}.dat`, index * 17);
  Deno.mkdirSync(`${root}/many directories`);
  for (let index = 0; index < 70; index++) {
    Deno.mkdirSync(`${root}/many directories/${"d".repeat(index)}-${index}`);
    write(`${root}/many directories/${"d".repeat(index)}-${index}/f`, index);
  }
  let deep = root;
  for (let depth = 0; depth < 12; depth++) {
    deep += `/deep ${depth}`;
    Deno.mkdirSync(deep);
    write(`${deep}/at ${depth}.txt`, 100 + depth);
  }
}

let seed = 1;

function write(path: string, sizeBytes: number): void {
  seed++;
  const bytes = Uint8Array.from(
    { length: sizeBytes },
    (_, at) => (Math.imul(at + seed, 2654435761) >>> 13) & 0xff,
  );
  Deno.writeFileSync(path, bytes);
}

/** Every file of a view by its path, with its bytes as the source has them now. */
function expectedOf(plan: ImagePlan, fileSystem: Volume["fileSystem"]): Map<string, Uint8Array> {
  using reader = new ImageReader(plan);
  const volumes = readVolumes((lba, count, target) => reader.read(lba, count, target), plan.sizeSectors);
  const volume = volumes.find((one) => one.fileSystem === fileSystem)!;
  assertEquals(volume.problems, []);
  const expected = new Map<string, Uint8Array>();
  for (const entry of volume.entries.filter((one) => one.kind === "file")) {
    const owner = entry.sizeBytes === 0 ? undefined : plan.ownerOf(entry.extents[0]!.startLba!);
    const bytes = owner === undefined ? new Uint8Array(0) : Deno.readFileSync(owner.replace(/^file /, ""));
    expected.set(entry.path, bytes);
  }
  return expected;
}

/** Every file under a directory by its path. */
function filesUnder(directory: string, path = ""): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const entry of Deno.readDirSync(directory + path)) {
    const child = `${path}/${entry.name}`;
    if (!entry.isDirectory) found.set(child, Deno.readFileSync(directory + child));
    else for (const [name, bytes] of filesUnder(directory, child)) found.set(name, bytes);
  }
  return found;
}

function assertSameFiles(found: Map<string, Uint8Array>, expected: Map<string, Uint8Array>): void {
  const missing = [...expected.keys()].filter((path) => !found.has(path));
  const unexpected = [...found.keys()].filter((path) => !expected.has(path));
  assertEquals({ missing, unexpected }, { missing: [], unexpected: [] });
  for (const [path, bytes] of expected) {
    const other = found.get(path)!;
    assert(other.length === bytes.length && bytes.every((byte, at) => byte === other[at]), `${path} differs`);
  }
}

function emptyDirectory(): string {
  return Deno.makeTempDirSync({ dir: work });
}

type Extract = (image: string, plan: ImagePlan) => Map<string, Uint8Array>;

/** How each judge reads each view. */
const JUDGES: [program: string, view: Volume["fileSystem"], extract: Extract][] = [
  ["bsdtar", "iso9660", (image) => byBsdtar(image, "iso9660:!joliet,iso9660:!rockridge")],
  ["isoinfo", "iso9660", byIsoinfo],
  ["bsdtar", "joliet", byBsdtarJoliet],
  ["xorriso", "joliet", byXorriso],
  ["7z", "joliet", (image) => by7z(image, "iso")],
  ["7z", "udf", (image) => by7z(image, "udf")],
  ["grub-fstest", "udf", byGrub],
];

function byBsdtar(image: string, options: string): Map<string, Uint8Array> {
  const target = emptyDirectory();
  judge("bsdtar", ["-xf", image, "--options", options, "-C", target]);
  return filesUnder(target);
}

/** libarchive composes the names of Joliet (Unicode's form C), so what comes out is looked up by that form. */
function byBsdtarJoliet(image: string, plan: ImagePlan): Map<string, Uint8Array> {
  const names = new Map([...expectedOf(plan, "joliet").keys()].map((path) => [path.normalize("NFC"), path]));
  const found = byBsdtar(image, "iso9660:!rockridge");
  return new Map([...found].map(([path, bytes]) => [names.get(path) ?? path, bytes]));
}

function byXorriso(image: string): Map<string, Uint8Array> {
  const target = emptyDirectory();
  const words = ["-abort_on", "SORRY", "-read_fs", "norock", "-osirrox", "on", "-indev", image];
  judge("xorriso", [...words, "-extract", "/", `${target}/x`]);
  judge("chmod", ["-R", "u+w", target]);
  return filesUnder(`${target}/x`);
}

function by7z(image: string, type: "iso" | "udf"): Map<string, Uint8Array> {
  const target = emptyDirectory();
  judge("7z", ["x", `-t${type}`, `-o${target}`, image]);
  return filesUnder(target);
}

function byIsoinfo(image: string): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const files = judgeText("isoinfo", ["-f", "-i", image]).split("\n").filter((line) => line.includes(";"));
  for (const file of files) {
    found.set(file.replace(/\.?;1$/, ""), judge("isoinfo", ["-i", image, "-x", file]));
  }
  return found;
}

/** GRUB cannot extract a tree; its comparison is by file, so the paths are ours and must all be there. */
function byGrub(image: string, plan: ImagePlan): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const target = emptyDirectory();
  for (const path of expectedOf(plan, "udf").keys()) {
    judge("grub-fstest", [image, "cp", path, `${target}/out`]);
    found.set(path, Deno.readFileSync(`${target}/out`));
  }
  return found;
}

makeNastyTree(`${work}/source`);

for (const isoLevel of [1, 2] as const) {
  const image = `${work}/level${isoLevel}.iso`;
  const options = { timestamp: TIMESTAMP, volumeName: "Nasty tree", isoLevel };
  const plan = planImage(readSourceTree(`${work}/source`), options);
  writeImageFile(plan, image);
  for (const [program, view, extract] of JUDGES) {
    if (isoLevel === 1 && view !== "iso9660") continue; // nothing else is different there
    Deno.test(`planImage() level ${isoLevel} is the tree for ${program} reading ${view}`, () => {
      assertSameFiles(extract(image, plan), expectedOf(plan, view));
    });
  }
}

{
  const image = `${work}/joliet103.iso`;
  const tree = readSourceTree(`${work}/source`);
  const plan = planImage(tree, {
    timestamp: TIMESTAMP,
    fileSystems: 3,
    jolietUnits: 103,
    jolietLongPaths: "shorten",
  });
  writeImageFile(plan, image);
  for (const [program, view, extract] of JUDGES) {
    if (view !== "joliet") continue;
    Deno.test(`planImage() with Joliet names of 103 units is the tree for ${program}`, () => {
      const expected = expectedOf(plan, view);
      assert([...expected.keys()].some((path) => path.split("/").at(-1)!.length === 103));
      assertSameFiles(extract(image, plan), expected);
    });
  }
}

Deno.test("planImage() keeps every name in UDF, for 7z", () => {
  const plan = planImage(readSourceTree(`${work}/source`), {
    timestamp: TIMESTAMP,
    fileSystems: FILE_SYSTEM.udf,
  });
  writeImageFile(plan, `${work}/udf.img`);
  assertSameFiles(by7z(`${work}/udf.img`, "udf"), filesUnder(`${work}/source`));
});

Deno.test("convert() of UDF to Rock Ridge is the tree for bsdtar, and back to UDF for 7z", () => {
  const [first, second, third] = ["first.udf", "second.iso", "third.udf"].map((name) => `${work}/${name}`);
  const plan = planImage(readSourceTree(`${work}/source`), {
    timestamp: TIMESTAMP,
    fileSystems: FILE_SYSTEM.udf,
  });
  writeImageFile(plan, first!);
  convert({ image: first!, output: second!, fileSystems: FILE_SYSTEM.iso9660, rockRidge: true });
  assertSameFiles(byBsdtar(second!, "iso9660:!joliet"), filesUnder(`${work}/source`));
  convert({ image: second!, output: third!, fileSystems: FILE_SYSTEM.udf });
  assertSameFiles(by7z(third!, "udf"), filesUnder(`${work}/source`));
});

Deno.test("planImage() streams: bsdtar sees all files without seeking", () => {
  const target = emptyDirectory();
  const pipe = `cat '${work}/level2.iso' | bsdtar -xf - -C '${target}'`;
  judge("sh", ["-c", pipe]);
  assertEquals(filesUnder(target).size, filesUnder(`${work}/source`).size);
});

Deno.test("planImage() is sound for udfinfo", () => {
  const lines = judgeText("udfinfo", [`${work}/level2.iso`]).split("\n");
  const size = Deno.statSync(`${work}/level2.iso`).size / SECTOR_BYTES;
  const wanted = [
    "label=Nasty tree",
    "udfrev=1.02",
    "integrity=closed",
    `blocks=${size}`,
    `numfiles=${filesUnder(`${work}/source`).size}`,
    "start=256, blocks=1, type=ANCHOR",
    `start=${size - 1}, blocks=1, type=ANCHOR`,
  ];
  for (const line of wanted) assert(lines.includes(line), `no "${line}" in\n${lines.join("\n")}`);
});

/**
 * 7-Zip says "Headers Error" where there is something behind the last content, as the mirror of the metadata has to be; it
 * extracts everything even so.
 */
function by7zWithMirror(image: string): Map<string, Uint8Array> {
  const target = emptyDirectory();
  const { code, stderr } = new Deno.Command("7z", { args: ["x", "-tudf", `-o${target}`, image] })
    .outputSync();
  const said = new TextDecoder().decode(stderr);
  assertEquals(code, 2, said);
  assertEquals(said.split("\n").filter((line) => line !== ""), ["ERRORS:", "Headers Error"], said);
  return filesUnder(target);
}

for (const udfRevision of UDF_REVISIONS) {
  const hasMetadata = udfRevision >= "2.50";
  for (const fileSystems of [4, 7]) {
    const title = `UDF ${udfRevision} ${
      fileSystems === 4 ? "alone, small files embedded" : "beside ISO 9660"
    }`;
    const image = `${work}/udf-${udfRevision}-${fileSystems}.img`;
    const tree = readSourceTree(`${work}/source`);
    for (const child of tree.children.values()) { // which none of the judges shows, and none may mind
      child.attributes = new Map([["user.comment", new Uint8Array(30)]]);
      child.streams = new Map([["one", memoryContent(new Uint8Array(9))], [
        "two",
        memoryContent(new Uint8Array(9000)),
      ]]);
    }
    const plan = planImage(tree, {
      timestamp: TIMESTAMP,
      volumeName: "Nasty tree",
      fileSystems,
      udfRevision,
      udfEmbed: true,
    });
    writeImageFile(plan, image);

    Deno.test(`planImage() is the tree for 7z reading ${title}`, () => {
      const found = hasMetadata ? by7zWithMirror(image) : by7z(image, "udf");
      assertSameFiles(found, filesUnder(`${work}/source`));
    });

    // GRUB 2.06 knows no metadata partition.
    if (!hasMetadata) {
      Deno.test(`planImage() is the tree for grub-fstest reading ${title}`, () => {
        const target = emptyDirectory();
        const files = filesUnder(`${work}/source`);
        // A file a call, and GRUB opens the image each time: some will do.
        const some = [...files].filter(([path], index) => !path.startsWith("/many") || index % 15 === 0);
        for (const [path, bytes] of some) {
          judge("grub-fstest", [image, "cp", path, `${target}/out`]);
          assertEquals(Deno.readFileSync(`${target}/out`), bytes, path);
        }
      });
    }

    Deno.test(`planImage() is sound for udfinfo reading ${title}`, () => {
      const lines = judgeText("udfinfo", [image]).split("\n");
      const size = plan.sizeSectors;
      const start = hasMetadata ? 288 : 257;
      const wanted = [
        "label=Nasty tree",
        `udfrev=${udfRevision === "2.60" ? "2.50" : udfRevision}`, // who knows 2.50 reads it
        `udfwriterev=${udfRevision}`,
        "integrity=closed",
        "accesstype=readonly",
        `numfiles=${filesUnder(`${work}/source`).size}`,
        `numdirs=${plan.directoryCount}`,
        "start=256, blocks=1, type=ANCHOR",
        `start=${start}, blocks=${size - 1 - start}, type=PSPACE`,
        `start=${size - 1}, blocks=1, type=ANCHOR`,
      ];
      for (const line of wanted) assert(lines.includes(line), `no "${line}" in\n${lines.join("\n")}`);
    });
  }
}

for (const udfRevision of ["2.01", "2.60"] as const) {
  Deno.test(`planImage() records a file of several extents in UDF ${udfRevision} so that 7z reads all of it`, () => {
    const source = `${work}/extents-${udfRevision}`;
    Deno.mkdirSync(source);
    {
      using file = Deno.openSync(`${source}/large.bin`, { write: true, createNew: true });
      for (const offset of [0, 2 ** 30 - 2050, 2 ** 30 + 5000]) {
        file.seekSync(offset, Deno.SeekMode.Start);
        file.writeSync(new TextEncoder().encode("some bytes"));
      }
    }
    const image = `${work}/extents-${udfRevision}.img`;
    writeSparse(
      planImage(readSourceTree(source), { timestamp: TIMESTAMP, fileSystems: 4, udfRevision }),
      image,
    );
    // 7-Zip's exit code is 2 for the mirror of the metadata; cmp's is what counts.
    judge("bash", ["-c", `7z x -tudf -so '${image}' large.bin 2>&- | cmp - '${source}/large.bin'`]);
    Deno.removeSync(image);
  });
}

Deno.test("planImage() has in ISO 9660:1999 what xorriso has in it", () => {
  const trees = [`${work}/enhanced.iso`, `${work}/xorriso-enhanced.iso`];
  const tree = readSourceTree(`${work}/source`);
  writeImageFile(planImage(tree, { timestamp: TIMESTAMP, fileSystems: 1, iso1999: true }), trees[0]!);
  judge("xorriso", ["-as", "mkisofs", "-quiet", "-iso-level", "4", "-o", trees[1]!, `${work}/source`]);
  assert(judgeText("isoinfo", ["-d", "-i", trees[0]!]).includes("ISO 9660:1999"));
  const [ours, theirs] = trees.map((path) => {
    using file = new ImageSectors(path);
    const read: ReadSectors = (lba, count, target) => file.read(lba, count, target);
    const volume = readVolumes(read, file.sizeSectors).find((one) => one.fileSystem === "iso1999")!;
    assertEquals(volume.problems, []);
    return new Map(
      volume.entries.filter((entry) => entry.kind === "file").map((entry) => {
        using content = entryContent(read, entry).open();
        const bytes = new Uint8Array(entry.sizeBytes);
        content.read(bytes, 0);
        return [entry.path, bytes];
      }),
    );
  });
  const source = filesUnder(`${work}/source`);
  const isShort = (path: string): boolean =>
    path.split("/").every((name) => new TextEncoder().encode(name).length <= 207);
  // Longer names each cuts in its own way.
  const short = (all: Map<string, Uint8Array>): Map<string, Uint8Array> =>
    new Map([...all].filter(([path]) => source.has(path) && isShort(path)));
  assert(short(ours!).size > 300);
  assertSameFiles(short(ours!), short(theirs!));
  assertSameFiles(short(ours!), short(source));
});

/** A tree with what only POSIX file systems have, on the host. */
function makePosixTree(root: string): void {
  Deno.mkdirSync(root);
  const umask = Deno.umask(0);
  for (const length of [1, 8, 31, 100, 180, 200, 249, 250, 251, 252, 255]) {
    write(`${root}/${"n".repeat(length)}`, 9);
  }
  for (const name of ["README", "readme", "日本語のファイル.txt", "emoji 😀.txt", ";1", "a b*c?"]) {
    write(`${root}/${name}`, 2049);
  }
  for (const [index, mode] of [0o400, 0o644, 0o755, 0o4711, 0o2755].entries()) {
    write(`${root}/mode ${index}`, index);
    Deno.chmodSync(`${root}/mode ${index}`, mode);
  }
  Deno.mkdirSync(`${root}/sticky`);
  Deno.chmodSync(`${root}/sticky`, 0o1777);
  write(`${root}/first name`, 5000);
  Deno.linkSync(`${root}/first name`, `${root}/sticky/second name`);
  Deno.linkSync(`${root}/first name`, `${root}/third name`);
  const links = `${root}/links`;
  Deno.mkdirSync(links);
  for (const target of ["/", ".", "..", "../readme", "/abs/olute", "a/../b/./c", "nowhere"]) {
    Deno.symlinkSync(target, `${links}/to ${target.replaceAll("/", "_")}`);
  }
  for (let length = 1; length <= 1023; length += 11) {
    const target = `${"p".repeat(1 + length % 40)}/`.repeat(length).slice(0, length).replace(/\/$/, "q");
    Deno.symlinkSync(target, `${links}/of ${length}`);
  }
  for (const part of ["..", "a", "ab", "x".repeat(123), "x".repeat(248), "x".repeat(255)]) {
    for (const separator of ["", "/"]) {
      const target = separator + `${part}/`.repeat(Math.floor(1000 / (part.length + 1))).slice(0, -1);
      Deno.symlinkSync(
        target,
        `${links}/many ${part.length}${part[0]}${separator === "" ? "" : " absolute"}`,
      );
    }
  }
  let deep = root;
  for (let depth = 0; depth < 20; depth++) {
    deep += "/same";
    Deno.mkdirSync(deep);
    write(`${deep}/file`, depth);
  }
  for (const path of ["first name", "readme", "same"]) {
    Deno.utimeSync(`${root}/${path}`, 1_000_000_000, 1_000_000_000);
  }
  Deno.umask(umask);
}

/** What a directory has, but the bytes of its files: kind, permissions, owner, time, link target, names of one file. */
function attributesUnder(directory: string, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of Deno.readDirSync(directory + path)) {
    const child = `${path}/${entry.name}`;
    const info = Deno.lstatSync(directory + child);
    const owner = `${info.uid}:${info.gid}`;
    if (entry.isSymlink) {
      found.set(child, `link to ${Deno.readLinkSync(directory + child)}`);
      continue;
    }
    const seconds = Math.floor(info.mtime!.getTime() / 1000);
    const mode = (info.mode! & 0o7777).toString(8);
    const names = info.isFile ? `, ${info.nlink} names` : "";
    found.set(child, `${info.isFile ? "file" : "directory"} ${mode} ${owner} at ${seconds}${names}`);
    if (info.isDirectory) {
      for (const [name, what] of attributesUnder(directory, child)) found.set(name, what);
    }
  }
  return found;
}

/** How each judge extracts Rock Ridge with all that it has. */
const POSIX_JUDGES: [program: string, extract: (image: string, target: string) => void][] = [
  ["bsdtar", (image, target) => {
    judge("bsdtar", ["-xpf", image, "--options", "iso9660:!joliet", "-C", target]);
  }],
  ["xorriso", (image, target) => {
    const words = ["-abort_on", "SORRY", "-hardlinks", "on", "-osirrox", "on", "-indev", image];
    judge("xorriso", [...words, "-extract", "/", target]);
  }],
];

const POSIX_IMAGES: [label: string, options: Partial<ImageOptions>][] = [
  ["1.12", { rockRidge: "1.12", fileSystems: 7 }],
  ["1.09", { rockRidge: "1.09", fileSystems: 1 }],
  ["level 1", { rockRidge: true, fileSystems: 1, isoLevel: 1 }],
  ["moved directories", { rockRidge: true, fileSystems: 3, deepDirectories: "relocate" }],
];

makePosixTree(`${work}/posix`);

for (const [label, options] of POSIX_IMAGES) {
  const image = `${work}/posix ${label}.iso`;
  const tree = readSourceTree(`${work}/posix`, { symlinks: "keep", posix: true });
  writeImageFile(planImage(tree, { timestamp: TIMESTAMP, ...options }), image);

  for (const [program, extract] of POSIX_JUDGES) {
    Deno.test(`planImage() keeps names, links, owners, permissions and times for ${program}, Rock Ridge ${label}`, () => {
      const target = emptyDirectory();
      extract(image, target);
      const found = attributesUnder(target);
      // Where directories were moved to is shown by xorriso, without what is in it.
      if (options.deepDirectories === "relocate") found.delete("/rr_moved");
      const expected = attributesUnder(`${work}/posix`);
      if (program === "xorriso" && options.rockRidge === "1.09") {
        // Without serial numbers of files, xorriso makes a file of each name.
        for (const [path, what] of expected) expected.set(path, what.replace(", 3 names", ", 1 names"));
      }
      const differing = [...expected].filter(([path, what]) => found.get(path) !== what)
        .map(([path, what]) => ({ path, what, found: found.get(path) }));
      assertEquals(differing, []);
      assertEquals(found.size, expected.size);
      const links = new Set(
        [...expected].filter(([, what]) => what.startsWith("link")).map(([path]) => path),
      );
      for (const path of expected.keys()) {
        if (links.has(path) || !Deno.statSync(target + path).isFile) continue;
        assertEquals(Deno.readFileSync(target + path), Deno.readFileSync(`${work}/posix${path}`), path);
      }
    });
  }

  Deno.test(`planImage() lists all for isoinfo, Rock Ridge ${label}`, () => {
    const lines = judgeText("isoinfo", ["-R", "-f", "-i", image]).split("\n").filter((line) => line !== "");
    // isoinfo shows directories where they were moved to, and cuts long names.
    const shown = new Set(lines);
    for (const path of ["/README", "/readme", "/sticky/second name", "/links/many 2.", "/same/same/file"]) {
      assert(shown.has(path), `${path} is missing`);
    }
    const moved = options.deepDirectories === "relocate" ? 1 : 0;
    assert(lines.length >= attributesUnder(`${work}/posix`).size + moved, `${lines.length} lines`);
  });
}

Deno.test("planImage() records a file over 4 GiB so that every judge reads all of it", () => {
  const source = `${work}/huge`;
  const sizeBytes = 2 ** 32 + 5000;
  Deno.mkdirSync(source);
  {
    using file = Deno.openSync(`${source}/huge.bin`, { write: true, createNew: true });
    file.writeSync(new TextEncoder().encode("the first bytes"));
    for (const offset of [2 ** 30 - 2048, 2 ** 32 - 2048, 2 ** 32 - 3, sizeBytes - 14]) {
      file.seekSync(offset, Deno.SeekMode.Start);
      file.writeSync(new TextEncoder().encode("the last bytes"));
    }
  }
  write(`${source}/small.txt`, 100);
  for (const fileSystems of [FILE_SYSTEM.iso9660, 7]) {
    const image = `${work}/huge${fileSystems}.iso`;
    writeSparse(planImage(readSourceTree(source), { timestamp: TIMESTAMP, fileSystems }), image);
    const readers: [string, string][] = fileSystems === 7
      ? [["7z x -tudf -so", "huge.bin"], ["7z x -tiso -so", "huge.bin"], ["bsdtar -xOf", "huge.bin"]]
      : [["7z x -tiso -so", "HUGE.BIN"], ["bsdtar -xOf", "HUGE.BIN"]];
    for (const [program, name] of readers) {
      judge("bash", ["-c", `set -o pipefail; ${program} '${image}' ${name} | cmp - '${source}/huge.bin'`]);
    }
    if (fileSystems === 7) {
      // GRUB reads a few megabytes a second: the places where extents meet and the end will do.
      for (const offset of [0, 2 ** 30 - 4096, 2 ** 32 - 4096, sizeBytes - 4000]) {
        const bytes = judge("grub-fstest", ["-s", `${offset}`, "-n", "4000", image, "cat", "/huge.bin"]);
        using file = Deno.openSync(`${source}/huge.bin`);
        file.seekSync(offset, Deno.SeekMode.Start);
        const expected = new Uint8Array(4000);
        file.readSync(expected);
        assertEquals(bytes, expected, `offset ${offset}`);
      }
    }
    Deno.removeSync(image);
  }
});

/** Writes an image without the sectors that are zeros, so that gigabytes of them cost nothing. */
function writeSparse(plan: ImagePlan, path: string): void {
  using reader = new ImageReader(plan);
  using file = Deno.openSync(path, { write: true, createNew: true });
  file.truncateSync(plan.sizeSectors * SECTOR_BYTES);
  const buffer = new Uint8Array(1 << 18);
  for (const { startLba, lengthSectors } of plan.extents) {
    for (let done = 0; done < lengthSectors; done += 128) {
      const part = buffer.subarray(0, Math.min(128, lengthSectors - done) * SECTOR_BYTES);
      reader.read(startLba + done, part.length / SECTOR_BYTES, part);
      if (new Uint32Array(part.buffer, 0, part.length / 4).every((word) => word === 0)) continue;
      file.seekSync((startLba + done) * SECTOR_BYTES, Deno.SeekMode.Start);
      file.writeSync(part);
    }
  }
}

/** Builders whose images we must be able to read. */
const BUILDERS: [program: string, args: string[], views: Volume["fileSystem"][]][] = [
  ["genisoimage", ["-quiet", "-iso-level", "3", "-J", "-joliet-long", "-udf"], ["iso9660", "joliet", "udf"]],
  ["xorriso", ["-as", "mkisofs", "-quiet", "-J", "-joliet-long"], ["iso9660", "rockridge", "joliet"]],
];

Deno.test("readVolumes() reads what other builders write", () => {
  const source = `${work}/source/many`;
  const expected = filesUnder(source);
  for (const [program, args, views] of BUILDERS) {
    const image = `${work}/${program}.iso`;
    judge(program, [...args, "-o", image, source]);
    using file = new ImageSectors(image);
    const read: ReadSectors = (lba, count, target) => file.read(lba, count, target);
    const volumes = readVolumes(read, file.sizeSectors);
    assertEquals(volumes.map((volume) => volume.fileSystem), views, program);
    for (const volume of volumes) {
      const found = new Map<string, Uint8Array>();
      for (const entry of volume.entries) {
        using content = entryContent(read, entry).open();
        const bytes = new Uint8Array(entry.sizeBytes);
        content.read(bytes, 0);
        found.set(entry.path, bytes);
      }
      if (volume.fileSystem === "iso9660") assertEquals(found.size, expected.size, program);
      else assertSameFiles(found, expected);
    }
  }
});

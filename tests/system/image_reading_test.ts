/**
 * Images that other programs wrote, read by us: each view by its names, links and bytes.
 *
 * `deno test -A tests/system/image_reading_test.ts`; on Debian: `apt-get install xorriso genisoimage udftools
 * python3-pycdlib`.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { checkVolumes, type ViewName, type Volume } from "../../lib/image/mod.ts";
import { chooseView, openImage } from "../../lib/jobs/list.ts";
import { convert } from "../../lib/jobs/convert.ts";
import { extract } from "../../lib/jobs/extract.ts";

const PACKAGES: Record<string, string> = {
  xorriso: "xorriso",
  genisoimage: "genisoimage",
  mkzftree: "genisoimage",
  mkudffs: "udftools",
  "/usr/bin/python3": "python3-pycdlib",
};

const work = Deno.makeTempDirSync({ prefix: "image-reading-" });
globalThis.addEventListener("unload", () => Deno.removeSync(work, { recursive: true }));

/** Runs a builder; its exit code must be 0. */
function build(program: string, args: readonly string[]): void {
  let output: Deno.CommandOutput;
  try {
    output = new Deno.Command(program, {
      args: [...args],
      env: { LC_ALL: "C.UTF-8", PATH: `${Deno.env.get("PATH")}:/usr/sbin:/sbin` },
    }).outputSync();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`No ${program} here; install the Debian package ${PACKAGES[program] ?? program}`, {
      cause,
    });
  }
  if (output.success) return;
  const said = new TextDecoder().decode(output.stderr).slice(-2000);
  throw new Error(`${program} failed (Debian package ${PACKAGES[program] ?? program}): ${said}`);
}

const LONG = "n".repeat(250);
const DEEP = "deep/2/3/4/5/6/7/8/9/10";
const TIMES: Record<string, Date> = {
  "a.txt": new Date("1999-12-31T23:59:58Z"),
  "sub/big.bin": new Date("2024-02-29T12:00:00Z"),
};

/** What the builders are given: files, links, depth, long and foreign names. */
function makeSource(root: string): void {
  for (const folder of ["sub", "many", DEEP, "empty folder"]) {
    Deno.mkdirSync(`${root}/${folder}`, { recursive: true });
  }
  const write = (path: string, content: string | Uint8Array): void =>
    typeof content === "string"
      ? Deno.writeTextFileSync(`${root}/${path}`, content)
      : Deno.writeFileSync(`${root}/${path}`, content);
  write("a.txt", "hello");
  write("empty", "");
  write("Ünïcode 日本.txt", "names");
  write("sub/big.bin", Uint8Array.from({ length: 300_001 }, (_, at) => Math.imul(at, 2654435761) >>> 24));
  write(`${DEEP}/deepest.txt`, "deep");
  write(LONG, "long");
  for (let number = 0; number < 150; number++) {
    write(`many/a file with a long name, ${number}.txt`, `${number}`);
  }
  Deno.symlinkSync("../a.txt", `${root}/sub/link`);
  Deno.symlinkSync("./sub/big.bin", `${root}/forward`);
  Deno.symlinkSync(`sub/${"m".repeat(200)}/${"k".repeat(120)}/end`, `${root}/long link`);
  Deno.linkSync(`${root}/a.txt`, `${root}/hard.txt`);
  Deno.chmodSync(`${root}/sub/big.bin`, 0o755);
  for (const [path, time] of Object.entries(TIMES)) Deno.utimeSync(`${root}/${path}`, time, time);
}

makeSource(`${work}/source`);

type Tree = Map<string, string | Uint8Array>;

/** Files with their bytes, folders as "folder", links as `-> target`. */
function treeUnder(directory: string, path = ""): Tree {
  const found: Tree = new Map();
  for (const entry of Deno.readDirSync(directory + path)) {
    const child = `${path}/${entry.name}`;
    if (entry.isSymlink) found.set(child, `-> ${Deno.readLinkSync(directory + child)}`);
    else if (entry.isDirectory) {
      found.set(child, "folder");
      for (const [name, value] of treeUnder(directory, child)) found.set(name, value);
    } else found.set(child, Deno.readFileSync(directory + child));
  }
  return found;
}

function extracted(image: string, view: ViewName): Tree {
  const target = Deno.makeTempDirSync({ dir: work });
  extract({ image, target, view });
  return treeUnder(target);
}

function assertSameTree(found: Tree, expected: Tree): void {
  assertEquals([...found.keys()].sort(), [...expected.keys()].sort());
  for (const [path, value] of expected) {
    const other = found.get(path)!;
    const isSame = typeof value === "string" || typeof other === "string"
      ? value === other
      : value.length === other.length && value.every((byte, at) => byte === other[at]);
    assert(isSame, `${path} differs`);
  }
}

function volumesOf(image: string): readonly Volume[] {
  using opened = openImage(image);
  return opened.volumes;
}

/** What is noted of bytes that are reserved: no builder here writes any. */
function reservedNotes({ notes }: Volume): string[] {
  return notes.filter((note) => note.includes("reserved"));
}

const ROCK_RIDGE: [title: string, program: string, args: string[]][] = [
  ["xorriso -R", "xorriso", ["-as", "mkisofs", "-quiet", "-R", "-J", "-joliet-long"]],
  ["xorriso --hardlinks", "xorriso", ["-hardlinks", "on", "-as", "mkisofs", "-quiet", "-R"]],
  ["xorriso, relocated", "xorriso", ["-compliance", "deep_paths_off", "-as", "mkisofs", "-quiet", "-R"]],
  ["genisoimage -R", "genisoimage", ["-quiet", "-R", "-J", "-joliet-long"]],
  ["genisoimage -R -D", "genisoimage", ["-quiet", "-R", "-D"]],
  ["genisoimage -R -U, names as they are", "genisoimage", ["-quiet", "-R", "-U"]],
  ["xorriso -R -iso-level 4", "xorriso", ["-as", "mkisofs", "-quiet", "-R", "-iso-level", "4"]],
  ["genisoimage -R -udf", "genisoimage", [
    "-quiet",
    "-R",
    "-J",
    "-joliet-long",
    "-udf",
    "-allow-limited-size",
  ]],
];

for (const [title, program, args] of ROCK_RIDGE) {
  Deno.test(`extract() gives back what ${title} wrote in Rock Ridge`, () => {
    const image = `${work}/${title.replaceAll(" ", "_")}.iso`;
    build(program, [...args, "-o", image, `${work}/source`]);
    const expected = treeUnder(`${work}/source`);
    assertSameTree(extracted(image, "rockridge"), expected);
    using opened = openImage(image);
    const { entries } = chooseView(opened);
    for (const [path, time] of Object.entries(TIMES)) {
      const entry = entries.find((one) => one.path === `/${path}`)!;
      assertEquals(entry.modified, time, path);
      const { mode, nlink, uid, gid } = Deno.lstatSync(`${work}/source/${path}`);
      const { posix } = entry;
      assertEquals([posix?.mode, posix?.uid, posix?.gid], [mode, uid, gid], path);
      if (title.includes("hardlinks")) assertEquals(posix?.links, nlink, path);
    }
    for (const volume of opened.volumes) {
      assertEquals(volume.problems, [], volume.fileSystem);
      assertEquals(reservedNotes(volume), [], volume.fileSystem);
    }
    assertEquals(checkVolumes(opened.volumes, opened.sizeSectors), []);
  });
}

/** How each builder writes the folder `source`, compressed, to `image`. */
const ZISOFS: [title: string, write: (source: string, image: string) => void][] = [
  ["xorriso by zisofs", (...paths) => writeCompressed("level=9:block_size=32k", ...paths)],
  ["xorriso by zisofs with big blocks", (...paths) => writeCompressed("level=1:block_size=128k", ...paths)],
  ["xorriso by zisofs 2", (...paths) => writeCompressed("version_2=on:block_size_v2=64k", ...paths)],
  [
    "xorriso by zisofs 2 with the entry Z2",
    (...paths) => writeCompressed("version_2=on:susp_z2=on", ...paths),
  ],
  ["mkzftree and genisoimage by zisofs", (source, image) => {
    build("mkzftree", [source, `${image}.tree`]);
    build("genisoimage", ["-quiet", "-R", "-z", "-o", image, `${image}.tree`]);
  }],
];

function writeCompressed(settings: string, source: string, image: string): void {
  const filter = ["-set_filter_r", "--zisofs", "/", "--"];
  build("xorriso", ["-outdev", image, "-zisofs", settings, "-map", source, "/", ...filter, "-commit"]);
}

for (const [title, write] of ZISOFS) {
  Deno.test(`extract() and convert() read what is compressed in an image of ${title}`, () => {
    const source = Deno.makeTempDirSync({ dir: work });
    const lines = Array.from({ length: 80_000 }, (_, line) => `line ${line}\n`).join("");
    Deno.writeTextFileSync(`${source}/lines`, lines);
    Deno.writeFileSync(`${source}/zeros`, new Uint8Array(500_000));
    Deno.writeTextFileSync(`${source}/both`, lines + "\0".repeat(300_001) + lines);
    Deno.writeTextFileSync(`${source}/too short`, "as it is");
    const image = `${source}.iso`;
    write(source, image);
    const expected = treeUnder(source);
    assertSameTree(extracted(image, "rockridge"), expected);
    const converted = `${source}.udf`;
    convert({ image, output: converted, fileSystems: 4 });
    assertSameTree(extracted(converted, "udf"), expected);
    using opened = openImage(image);
    const compressed = chooseView(opened).entries.filter((entry) => entry.compressed !== undefined);
    assertEquals(compressed.map(({ path }) => path).sort(), ["/both", "/lines", "/zeros"]);
  });
}

Deno.test("extract() gives back what genisoimage wrote in Joliet and UDF", () => {
  const image = `${work}/plain.iso`;
  const source = `${work}/source/many`;
  build("genisoimage", ["-quiet", "-J", "-joliet-long", "-udf", "-o", image, source]);
  for (const view of ["joliet", "udf"] as const) assertSameTree(extracted(image, view), treeUnder(source));
});

/** pycdlib's own example tree: every view has the same two files and a folder, Rock Ridge a link besides. */
const PYCDLIB = `
import io, sys, pycdlib
output, rock_ridge, joliet, udf = sys.argv[1:5]
iso = pycdlib.PyCdlib()
iso.new(interchange_level=3, rock_ridge=rock_ridge or None, joliet=3 if joliet else None, udf=udf or None)
def names(iso_path, rr, plain):
    result = {'iso_path': iso_path}
    if rock_ridge: result['rr_name'] = rr
    if joliet: result['joliet_path'] = plain
    if udf: result['udf_path'] = plain
    return result
iso.add_directory(**names('/DIR', 'dir', '/dir'))
for iso_path, plain, size in [('/FILE.TXT;1', '/file.txt', 5000), ('/DIR/BIG.BIN;1', '/dir/big.bin', 70001), ('/DIR/NONE.;1', '/dir/none', 0)]:
    content = bytes((at * 7 + size) % 251 for at in range(size))
    iso.add_fp(io.BytesIO(content), size, **names(iso_path, plain.split('/')[-1], plain))
if rock_ridge:
    iso.add_symlink(symlink_path='/LINK.;1', rr_symlink_name='link', rr_path='dir/../file.txt')
    for number in range(60):
        name = 'a-long-name-' + 'x' * 60 + str(number)
        iso.add_directory(iso_path='/D%d' % number, rr_name=name, **({'joliet_path': '/d%d' % number} if joliet else {}))
iso.write(output)
iso.close()
`;

const PYCDLIB_IMAGES: [rockRidge: string, joliet: string, udf: string][] = [
  ["1.09", "", ""],
  ["1.10", "", ""],
  ["1.12", "joliet", ""],
  ["", "joliet", "2.60"],
];

for (const [rockRidge, joliet, udf] of PYCDLIB_IMAGES) {
  const title = [rockRidge && `Rock Ridge ${rockRidge}`, joliet && "Joliet", udf && "UDF"].filter(Boolean)
    .join(", ");
  Deno.test(`readVolumes() reads what pycdlib writes with ${title}`, () => {
    const image = `${work}/pycdlib-${rockRidge}${joliet}${udf}.iso`;
    build("/usr/bin/python3", ["-c", PYCDLIB, image, rockRidge, joliet, udf]);
    const volumes = volumesOf(image);
    assertEquals(volumes.flatMap(reservedNotes), []);
    const views = volumes.map((volume) => volume.fileSystem);
    const expected = ["iso9660", rockRidge && "rockridge", joliet && "joliet", udf && "udf"].filter(Boolean);
    assertEquals(views, expected);
    for (const view of views) {
      const tree = extracted(image, view);
      for (
        const [path, sizeBytes] of [["/file.txt", 5000], ["/dir/big.bin", 70_001], ["/dir/none", 0]] as const
      ) {
        const bytes = tree.get(view === "iso9660" ? path.toUpperCase() : path);
        assertEquals(
          bytes,
          Uint8Array.from({ length: sizeBytes }, (_, at) => (at * 7 + sizeBytes) % 251),
          path,
        );
      }
    }
    if (rockRidge === "") return;
    using opened = openImage(image);
    const { entries, revision } = chooseView(opened, { view: "rockridge" });
    assertEquals(entries.find((entry) => entry.path === "/link")?.target, "dir/../file.txt");
    assertEquals(entries.filter((entry) => entry.path.startsWith("/a-long-name")).length, 60);
    assertEquals(revision, rockRidge === "1.12" ? "1.12" : "1.09");
  });
}

/** Media, and what mkudffs makes for them: virtual partitions on cdr and dvdr, sparable ones on cdrw and dvdrw. */
const MEDIA: [medium: string, revisions: string][] = [
  ["hd", "1.01 1.02 1.50 2.00 2.01"],
  ["dvd", "1.01 1.02 1.50 2.00 2.01"],
  ["dvdram", "1.01 1.02 1.50 2.00 2.01"],
  ["cd", "1.01 1.02 1.50 2.00 2.01"],
  ["dvdrw", "1.50 2.00 2.01"],
  ["cdrw", "1.50 2.00 2.01"],
  ["dvdr", "1.50 2.00 2.01 2.50 2.60"],
  ["cdr", "1.50 2.00 2.01 2.50 2.60"],
  ["bdr", "2.50 2.60"],
];
const VOLUMES = MEDIA.flatMap(([medium, revisions]) =>
  revisions.split(" ").map((revision) => [revision, medium] as const)
);

for (const [revision, medium] of VOLUMES) {
  Deno.test(`readVolumes() reads a volume of UDF ${revision} that mkudffs made for ${medium}`, () => {
    const image = `${work}/${revision}-${medium}.img`;
    Deno.writeTextFileSync(image, "");
    Deno.truncateSync(image, 16 * 2 ** 20);
    build("mkudffs", ["-b", "2048", `--media-type=${medium}`, "-r", revision, "-l", "Größe", image]);
    const [volume, ...others] = volumesOf(image);
    assertEquals(others, []);
    assertEquals([volume!.problems, volume!.notes], [[], []]);
    assertEquals([volume!.fileSystem, volume!.volumeName, volume!.revision], ["udf", "Größe", revision]);
    // UDF 1.50 2.3.13 keeps the blocks of packets that nothing may use in a file.
    const paths = volume!.entries.map((entry) => entry.path).filter((path) =>
      path !== "/Non-Allocatable Space"
    );
    assertEquals(paths, []);
  });
}

for (const blockBytes of [512, 1024, 4096]) {
  Deno.test(`readVolumes() reads a volume of UDF that mkudffs made with blocks of ${blockBytes} bytes`, () => {
    const image = `${work}/blocks-${blockBytes}.img`;
    Deno.writeTextFileSync(image, "");
    Deno.truncateSync(image, 16 * 2 ** 20);
    build("mkudffs", ["-b", `${blockBytes}`, "-l", "Größe", image]);
    const [volume] = volumesOf(image);
    assertEquals([volume!.problems, volume!.notes], [[], []]);
    assertEquals([volume!.volumeName, volume!.blockBytes], ["Größe", blockBytes]);
  });
}

Deno.test("readVolumes() takes an image of a disc that is not full for what it is", () => {
  const image = `${work}/new-cdr.img`;
  build("mkudffs", ["-b", "2048", "--media-type=cdr", "--new-file", image, "4096"]);
  assert(Deno.statSync(image).size < 4096 * 2048);
  const [volume] = volumesOf(image);
  assertEquals([volume!.problems, volume!.entries], [[], []]);
});

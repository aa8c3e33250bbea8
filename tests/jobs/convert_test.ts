import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  createDirectory,
  entryContent,
  type ImageDirectory,
  ImageError,
  type ImageFile,
  type ImageOptions,
  type ImageSymlink,
  memoryContent,
  planImage,
  type ViewName,
} from "../../lib/image/mod.ts";
import { convert, type ConvertOptions } from "../../lib/jobs/convert.ts";
import { openView } from "../../lib/jobs/list.ts";
import { ImageWriteCancelled, writeImageFile } from "../../lib/platform/image_file.ts";
import { TempFolder } from "../cli/cli.ts";

const TIMESTAMP = new Date("2024-05-06T07:08:09Z");
const OLD = new Date("1999-12-31T23:59:58Z");

/** `sizeBytes` bytes that differ from those of another seed. */
function bytesOf(sizeBytes: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: sizeBytes }, (_, at) => Math.imul(at + seed, 2654435761) >>> 24);
}

function file(name: string, bytes: Uint8Array, more: Partial<ImageFile> = {}): ImageFile {
  return { kind: "file", name, content: memoryContent(bytes), ...more };
}

/** A tree with something of all that images keep. */
function richTree(): ImageDirectory<ImageSymlink> {
  const root = createDirectory<ImageSymlink>();
  const sub = createDirectory<ImageSymlink>("sub", { modified: OLD });
  Object.assign(sub, { mode: 0o2750, uid: 7, gid: 8 });
  const linked = { linkKey: "one", mode: 0o644, uid: 1, gid: 2, modified: OLD };
  const entries = [
    file("a.txt", bytesOf(5, 1), linked),
    file("empty", new Uint8Array(0), { mode: 0o600, uid: 0, gid: 0 }),
    file("big ü 日本.bin", bytesOf(700_001, 2), { mode: 0o755, uid: 1000, gid: 1000, modified: OLD }),
    file("hidden", bytesOf(2048, 3), { hidden: true, mode: 0o4711, uid: 3, gid: 4 }),
    sub,
  ];
  for (const entry of entries) root.children.set(entry.name, entry);
  sub.children.set("hard", file("hard", bytesOf(5, 1), linked));
  sub.children.set("same bytes", file("same bytes", bytesOf(5, 1), { mode: 0o400, uid: 5, gid: 6 }));
  sub.children.set("up", { kind: "symlink", name: "up", target: "../big ü 日本.bin", modified: OLD });
  sub.children.set("nested", createDirectory("nested", { modified: OLD }));
  return root;
}

/** A folder with images in it. */
class Images extends TempFolder {
  make(name: string, tree: ImageDirectory<ImageSymlink>, options: Partial<ImageOptions> = {}): string {
    const path = `${this.path}/${name}`;
    const plan = planImage(tree, { timestamp: TIMESTAMP, volumeName: "RICH", ...options });
    writeImageFile(plan, path, { threads: false });
    return path;
  }

  convert(image: string, name: string, options: Partial<ConvertOptions> = {}): string {
    const output = `${this.path}/${name}`;
    convert({ image, output, ...options });
    return output;
  }

  names(): string[] {
    return Array.from(Deno.readDirSync(this.path), ({ name }) => name).sort();
  }
}

/** All that a view says of each entry, with its bytes, and which names are one file. */
function contentsOf(image: string, view?: ViewName): Map<string, unknown> {
  using opened = openView(image, view === undefined ? {} : { view });
  const { image: { read }, volume } = opened;
  assertEquals(volume.problems, []);
  const firstNames = new Map<string, string>();
  return new Map(
    volume.entries.map((entry) => {
      const { path, kind, sizeBytes, extents, modified, target, posix, hidden } = entry;
      const bytes = new Uint8Array(kind === "file" ? sizeBytes : 0);
      if (kind === "file") {
        using content = entryContent(read, entry).open();
        assertEquals(content.read(bytes, 0), sizeBytes);
      }
      const isLinked = kind === "file" && (posix?.links ?? 1) > 1;
      const place = `${posix?.inode} ${extents[0]?.startLba}`;
      if (isLinked && !firstNames.has(place)) firstNames.set(place, path);
      return [path, {
        kind,
        modified,
        target,
        hidden,
        mode: posix === undefined ? undefined : posix.mode & 0o7777,
        uid: posix?.uid,
        gid: posix?.gid,
        linkedTo: isLinked ? firstNames.get(place) : undefined,
        bytes,
      }];
    }).sort(([a], [b]) => String(a) < String(b) ? -1 : 1) as [string, unknown][],
  );
}

const FORMATS: [title: string, options: Partial<ConvertOptions>][] = [
  ["UDF 1.02", { fileSystems: 4 }],
  ["UDF 2.01, small files in their entries", { fileSystems: 4, udfRevision: "2.01" }],
  ["UDF 2.60", { fileSystems: 4, udfRevision: "2.60" }],
  ["Rock Ridge 1.09", { fileSystems: 1, rockRidge: "1.09" }],
  ["all file systems", {}],
];
for (const [title, options] of FORMATS) {
  Deno.test(`convert() to ${title} and back keeps all, and the same image gives the same bytes`, () => {
    using folder = new Images();
    const first = folder.make("first.iso", richTree(), { fileSystems: 3, rockRidge: true });
    const between = folder.convert(first, "between.iso", options);
    assertEquals(contentsOf(between), contentsOf(first));
    const last = folder.convert(between, "last.iso", { fileSystems: 3 });
    assertEquals(contentsOf(last), contentsOf(first));
    // Both have the old time in their descriptors, and contents in the same order.
    const again = folder.convert(last, "again.iso", { fileSystems: 3 });
    const [left, right] = [Deno.readFileSync(last), Deno.readFileSync(again)];
    assertEquals([right.length, left.findIndex((byte, at) => byte !== right[at])], [left.length, -1]);
  });
}

Deno.test("convert() keeps named streams and extended attributes from UDF to UDF", () => {
  using folder = new Images();
  const root = createDirectory();
  root.children.set(
    "a",
    file("a", bytesOf(10, 1), {
      streams: new Map([["zone", memoryContent(bytesOf(5000, 2))]]),
      attributes: new Map([["user.comment", bytesOf(20, 3)]]),
    }),
  );
  const first = folder.make("first.udf", root, { fileSystems: 4, udfRevision: "2.01" });
  const second = folder.convert(first, "second.udf", { fileSystems: 4, udfRevision: "2.60" });
  using opened = openView(second);
  const [entry] = opened.volume.entries;
  assertEquals(entry?.attributes, new Map([["user.comment", bytesOf(20, 3)]]));
  const bytes = new Uint8Array(5000);
  using stream = entryContent(opened.image.read, entry!.streams![0]!).open();
  stream.read(bytes, 0);
  assertEquals([entry?.streams?.map(({ name }) => name), bytes], [["zone"], bytesOf(5000, 2)]);
});

Deno.test("convert() of a view takes that view, and no other", () => {
  using folder = new Images();
  const first = folder.make("first.iso", richTree(), { rockRidge: true });
  const second = folder.convert(first, "second.iso", { view: "joliet", fileSystems: 2 });
  const entries = contentsOf(second, "joliet");
  assertEquals(entries.has("/sub/up"), false); // Joliet has no symbolic links
  assertEquals(entries, contentsOf(first, "joliet"));
});

Deno.test("convert() without posix leaves owners and links behind, and says which links", () => {
  using folder = new Images();
  const first = folder.make("first.iso", richTree(), { rockRidge: true });
  const notes: string[] = [];
  const report = convert({
    image: first,
    output: `${folder.path}/second.iso`,
    fileSystems: 3,
    posix: false,
    onNote: (note) => notes.push(note),
  });
  assertEquals(notes, ['Left out "sub/up": it is a symbolic link']);
  assertEquals([report.view, report.leftOut, report.fileCount], ["rockridge", 1, 6]);
  using opened = openView(report.output);
  assertEquals(opened.volume.fileSystem, "joliet");
});

Deno.test("convert() applies patterns, and stores equal files once when asked to", () => {
  using folder = new Images();
  const root = createDirectory();
  for (const name of ["one", "two", "three.bak"]) root.children.set(name, file(name, bytesOf(100_000, 1)));
  const first = folder.make("first.iso", root, { fileSystems: 1 });
  const second = folder.convert(first, "second.iso", {
    fileSystems: 1,
    exclude: ["*.BAK"],
    duplicatesOnce: true,
  });
  assertEquals([...contentsOf(second).keys()], ["/ONE", "/TWO"]);
  assert(Deno.statSync(second).size < Deno.statSync(first).size - 150_000);
});

Deno.test("convert() tells files apart that have one serial number", () => {
  using folder = new Images();
  const first = folder.make("first.udf", richTree(), { fileSystems: 1, rockRidge: true });
  const bytes = Deno.readFileSync(first);
  // PX of RRIP 1.12 is 44 bytes: links at 12, the serial number at 36, both in both byte orders.
  for (let at = 0; at + 44 < bytes.length; at++) {
    if (String.fromCharCode(...bytes.subarray(at, at + 4)) !== "PX,\x01") continue;
    bytes.set([9, 0, 0, 0, 0, 0, 0, 9], at + 12);
    bytes.set([1, 0, 0, 0, 0, 0, 0, 1], at + 36);
  }
  Deno.writeFileSync(first, bytes);
  const second = folder.convert(first, "second.iso", { fileSystems: 1 });
  using opened = openView(second);
  const { volume, image } = opened;
  for (const [path, expected] of [["/a.txt", bytesOf(5, 1)], ["/hidden", bytesOf(2048, 3)]] as const) {
    const entry = volume.entries.find((one) => one.path === path)!;
    const found = new Uint8Array(entry.sizeBytes);
    using content = entryContent(image.read, entry).open();
    content.read(found, 0);
    assertEquals(found, expected);
  }
});

Deno.test("convert() of an image that was cut off says so, and names what is missing", () => {
  using folder = new Images();
  const first = folder.make("first.iso", richTree(), { fileSystems: 1, rockRidge: true });
  Deno.truncateSync(first, 100 * 2048);
  const report = convert({ image: first, output: `${folder.path}/second.iso` });
  assertStringIncludes(report.problems.join("\n"), "are not all inside the image");
  assert(report.fileCount < 6);
});

Deno.test("convert() leaves nothing half-written when it is cancelled or cannot be", () => {
  using folder = new Images();
  const image = folder.make("first.iso", richTree(), { fileSystems: 1, rockRidge: true });
  const before = Deno.readFileSync(image);
  const output = `${folder.path}/second.iso`;
  assertThrows(() => convert({ image, output, isCancelled: () => true }), ImageWriteCancelled);
  assertThrows(
    () => convert({ image, output, fileSystems: 3, rockRidge: false }),
    ImageError,
    '"/sub/up" is a symbolic link, which only Rock Ridge and UDF have',
  );
  assertThrows(() => convert({ image, output: image }), RangeError, "into itself");
  assertThrows(() => convert({ image: folder.path, output }), RangeError, "it is a folder");
  assertEquals(folder.names(), ["first.iso"]);
  assertEquals(Deno.readFileSync(image), before);
});

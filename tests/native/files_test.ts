import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { type Native, NativeFailure, openNative } from "../../ffi/mod.ts";
import type { ImageDirectory, ImageFile, ImageSymlink } from "../../lib/image/mod.ts";
import { nativeLibraryPath } from "../../lib/platform/native_library.ts";
import { readSourceTree, type SourceNote } from "../../lib/platform/source_tree.ts";

const ignore = Deno.build.os !== "linux";

function pathBytes(path: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${path}\0`);
}

function withFolder(action: (folder: string, native: Native) => void): void {
  const folder = Deno.makeTempDirSync({ prefix: "burnscript-files-" });
  try {
    using native = openNative(nativeLibraryPath());
    action(folder, native);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function errorNumberOf(action: () => unknown): number {
  try {
    action();
  } catch (error) {
    assertInstanceOf(error, NativeFailure);
    return error.osError;
  }
  throw new Error("It did not fail");
}

/** A file whose name is one byte that is not UTF-8, which Deno cannot make. */
function makeBadName(folder: string): void {
  const made = new Deno.Command("sh", { args: ["-c", `: > "$1/$(printf '\\377')"`, "sh", folder] })
    .outputSync();
  assert(made.success);
}

Deno.test("listFolder() tells of each entry what Deno tells", { ignore }, () => {
  withFolder((folder, native) => {
    for (let index = 0; index < 3000; index++) {
      Deno.writeTextFileSync(`${folder}/a file with a long name ${index}`, "x".repeat(index % 7));
    }
    Deno.mkdirSync(`${folder}/ünder`, { mode: 0o750 });
    Deno.symlinkSync("nowhere", `${folder}/link`);
    Deno.linkSync(`${folder}/a file with a long name 1`, `${folder}/second name`);
    Deno.utimeSync(`${folder}/a file with a long name 2`, -5.25, -5.25);
    const listed = native.listFolder(pathBytes(folder))!;
    const found = Array.from({ length: listed.length }, (_, index) => {
      const entry = listed.entryAt(index);
      const info = Deno.lstatSync(`${folder}/${new TextDecoder().decode(entry.name)}`);
      assertEquals([entry.size, entry.mode, entry.uid, entry.gid], [
        info.size,
        info.mode,
        info.uid,
        info.gid,
      ]);
      assertEquals([entry.inode, entry.device, entry.links], [info.ino, info.dev, info.nlink]);
      assertEquals(entry.createdMs, info.birthtime?.getTime());
      return new TextDecoder().decode(entry.name);
    });
    assertEquals(found.sort(), Array.from(Deno.readDirSync(folder), ({ name }) => name).sort());
    const times = Array.from({ length: listed.length }, (_, index) => listed.entryAt(index).modifiedMs);
    assertEquals(times.filter((time) => time < 0), [-5250]);
  });
});

Deno.test("listNames() tells the kinds that Deno tells, inspect() what a link leads to", { ignore }, () => {
  withFolder((folder, native) => {
    for (let index = 0; index < 3000; index++) {
      Deno.writeTextFileSync(`${folder}/${"a long name ".repeat(10)}${index}`, "");
    }
    Deno.mkdirSync(`${folder}/ünder`);
    Deno.writeTextFileSync(`${folder}/.hidden`, "12345");
    Deno.utimeSync(`${folder}/.hidden`, -5.25, 7.5);
    Deno.symlinkSync(".hidden", `${folder}/..link`);
    const names = new TextDecoder().decode(native.listNames(pathBytes(folder))).split("\0");
    assertEquals(names.pop(), "");
    const expected = Array.from(
      Deno.readDirSync(folder),
      ({ name, isFile, isDirectory }) => `${isFile ? "f" : isDirectory ? "d" : "l"}${name}`,
    );
    assertEquals(names.sort(), expected.sort());
    const { size, mode, modifiedMs, accessedMs, inode } = native.inspect(pathBytes(`${folder}/..link`))!;
    const info = Deno.statSync(`${folder}/.hidden`);
    assertEquals([size, mode, modifiedMs, accessedMs, inode], [5, info.mode, 7500, -5250, info.ino]);
    assertEquals(native.inspect(pathBytes(`${folder}/nowhere`)), undefined);
    assertEquals(native.listNames(pathBytes(`${folder}/.hidden`)), undefined);
  });
});

Deno.test("listFolder(), findData() and copyRange() say what the system says", { ignore }, () => {
  withFolder((folder, native) => {
    const nowhere = pathBytes(`${folder}/nowhere`);
    assertEquals(errorNumberOf(() => native.listFolder(nowhere)), 2); // ENOENT
    assertEquals(errorNumberOf(() => native.findData(nowhere, 0)), 2);
    const range = { sourceOffset: 0, targetOffset: 0, length: 1 };
    assertEquals(errorNumberOf(() => native.copyRange({ source: nowhere, target: nowhere, ...range })), 2);
  });
});

Deno.test("findData() skips holes and ends at the file's size", { ignore }, () => {
  withFolder((folder, native) => {
    const path = `${folder}/sparse`;
    using file = Deno.openSync(path, { write: true, createNew: true });
    file.truncateSync(3 << 20);
    file.seekSync(1 << 20, Deno.SeekMode.Start);
    file.writeSync(new Uint8Array(65536).fill(1));
    const first = native.findData(pathBytes(path), 0);
    // A file system without holes has data from the start on.
    if (first.start === 0) return assertEquals(first.end, 3 << 20);
    assertEquals(first, { start: 1 << 20, end: (1 << 20) + 65536 });
    assertEquals(native.findData(pathBytes(path), first.end), { start: 3 << 20, end: 3 << 20 });
  });
});

for (
  const { title, sourceOffset, targetOffset, length } of [
    { title: "pages in phase", sourceOffset: 4096, targetOffset: 300 * 4096, length: 600_000 },
    { title: "pages in another phase", sourceOffset: 0, targetOffset: 301 * 2048, length: 600_000 },
    { title: "nothing in phase", sourceOffset: 1, targetOffset: 262_143, length: 600_001 },
    { title: "a source that ends early", sourceOffset: 4096, targetOffset: 2048, length: 1 << 21 },
    { title: "nothing at all", sourceOffset: 0, targetOffset: 0, length: 0 },
  ]
) {
  Deno.test(`copyRange() copies what is asked for and nothing else: ${title}`, { ignore }, () => {
    withFolder((folder, native) => {
      const source = Uint8Array.from({ length: 700_000 }, (_, at) => at * 31 ^ at >> 8);
      const target = new Uint8Array(2_000_000).fill(0xee);
      Deno.writeFileSync(`${folder}/from`, source);
      Deno.writeFileSync(`${folder}/to`, target);
      const files = { source: pathBytes(`${folder}/from`), target: pathBytes(`${folder}/to`) };
      const expected = source.subarray(sourceOffset, sourceOffset + length);
      assertEquals(native.copyRange({ ...files, sourceOffset, targetOffset, length }), expected.length);
      target.set(expected, targetOffset);
      assertEquals(Deno.readFileSync(`${folder}/to`), target);
    });
  });
}

Deno.test(
  "copyRange() copies a range into a file that is there, and stops where the source ends",
  { ignore },
  () => {
    withFolder((folder, native) => {
      Deno.writeTextFileSync(`${folder}/from`, "0123456789");
      Deno.writeTextFileSync(`${folder}/to`, "abcdefghijklm");
      const files = { source: pathBytes(`${folder}/from`), target: pathBytes(`${folder}/to`) };
      const copied = native.copyRange({ ...files, sourceOffset: 7, targetOffset: 2, length: 100 });
      assertEquals(copied, 3);
      assertEquals(Deno.readTextFileSync(`${folder}/to`), "ab789fghijklm");
    });
  },
);

Deno.test("readSourceTree() reads the same with and without the native library", { ignore }, () => {
  withFolder((folder) => {
    Deno.mkdirSync(`${folder}/b/c`, { recursive: true });
    Deno.writeTextFileSync(`${folder}/b/c/file`, "content");
    Deno.linkSync(`${folder}/b/c/file`, `${folder}/b/same`);
    Deno.symlinkSync("c/file", `${folder}/b/link`);
    Deno.symlinkSync("..", `${folder}/b/up`);
    Deno.writeTextFileSync(`${folder}/\ufeffmark`, "");
    for (const symlinks of ["keep", "skip", "follow"] as const) {
      const read = (native: boolean): unknown[] => {
        const notes: SourceNote[] = [];
        const tree = readSourceTree(folder, {
          posix: true,
          symlinks,
          native,
          onNote: (note) => notes.push(note),
        });
        return [plain(tree), notes];
      };
      assertEquals(read(true), read(false));
    }
  });
});

/** All of an entry: a file's own properties are not what it tells. */
function plain(node: ImageDirectory<ImageSymlink> | ImageFile | ImageSymlink): unknown {
  const { kind, name, path, modified, created, mode, uid, gid } = node;
  const common = [kind, name, path, modified, created, mode, uid, gid];
  if (node.kind === "directory") return [...common, Array.from(node.children.values(), plain)];
  if (node.kind === "symlink") return [...common, node.target];
  return [...common, node.linkKey, node.content.sizeBytes];
}

for (const native of [true, false]) {
  Deno.test(`readSourceTree() loses no name that is not UTF-8 behind one that looks like it, ${native}`, {
    ignore,
  }, () => {
    withFolder((folder) => {
      Deno.writeTextFileSync(`${folder}/\ufffd`, "this one is UTF-8");
      makeBadName(folder);
      const notes: SourceNote[] = [];
      const tree = readSourceTree(folder, { native, onNote: (note) => notes.push(note) });
      assertEquals([...tree.children.keys()], ["\ufffd"]);
      assertEquals(notes, [{ path: `${folder}/\ufffd`, problem: "notUtf8" }]);
    });
  });
}

Deno.test(
  "readFiles() reads whole files into sectors of their own, up to the first that is not as expected",
  {
    ignore,
  },
  () => {
    withFolder((folder, native) => {
      const sizes = [1, 2047, 0, 2048, 2049, 5000];
      const contents = sizes.map((size, at) => new Uint8Array(size).fill(at + 1));
      const paths = contents.map((bytes, at) => {
        const path = `${folder}/größe ${at}`;
        Deno.writeFileSync(path, bytes);
        return path;
      });
      const read = (
        expected: readonly number[],
        roomBytes = 20_480,
      ): { count: number; target: Uint8Array } => {
        const target = new Uint8Array(roomBytes).fill(0xee);
        const text = paths.map((path) => `${path}\0`).join("");
        const count = native.readFiles(new TextEncoder().encode(text), Uint32Array.from(expected), target);
        return { count, target };
      };
      const wanted = new Uint8Array(20_480).fill(0xee);
      for (const [at, sector] of [0, 1, 2, 2, 3, 5].entries()) wanted.set(contents[at]!, sector * 2048);
      assertEquals(read(sizes), { count: 6, target: wanted });
      assertEquals(read(sizes.slice(0, 3)).count, 3);
      for (const [at, size] of sizes.entries()) {
        assertEquals(read(sizes.with(at, size + 1)).count, at, `file ${at} is shorter than expected`);
        if (size > 0) assertEquals(read(sizes.with(at, size - 1)).count, at, `file ${at} is longer`);
      }
      assertEquals(read(sizes, 5 * 2048).count, 5, "no room for the last");
      Deno.removeSync(paths[2]!);
      assertEquals(read(sizes).count, 2);
      Deno.mkdirSync(paths[2]!);
      assertEquals(read(sizes).count, 2);
      assertEquals(read([...sizes, 1]).count, 2);
    });
  },
);

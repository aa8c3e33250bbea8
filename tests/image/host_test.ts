import { assert, assertEquals, assertThrows } from "@std/assert";
import { ImageError, type ImagePlan, memoryContent, SECTOR_BYTES } from "../../lib/image/mod.ts";
import { fileContent } from "../../lib/platform/file_content.ts";
import { ImageWriteCancelled, writeImageFile, writeImageToStream } from "../../lib/platform/image_file.ts";
import { readSourceEntry, readSourceTree, type SourceNote } from "../../lib/platform/source_tree.ts";
import { Image } from "../../lib/platform/image.ts";
import { bytesOf, plan, sourceBytes, treeOf } from "./_build.ts";

const POSIX = Deno.build.os !== "windows";

function inDirectory(action: (directory: string) => void): () => void {
  return () => {
    const directory = Deno.makeTempDirSync({ prefix: "image-host-" });
    try {
      action(directory);
    } finally {
      Deno.removeSync(directory, { recursive: true });
    }
  };
}

function run(program: string, args: string[]): void {
  const { success, stderr } = new Deno.Command(program, { args }).outputSync();
  assert(success, new TextDecoder().decode(stderr));
}

/** Notes by their path inside the directory. */
function notesOf(
  directory: string,
  options: { symlinks?: "follow" | "skip" | "keep" } = {},
): [string, string][] {
  const notes: SourceNote[] = [];
  readSourceTree(directory, { ...options, onNote: (note) => notes.push(note) });
  return notes.map((note) => [note.path.slice(directory.length + 1), note.problem]);
}

Deno.test(
  "readSourceTree() reads names, sizes and times, sorted",
  inDirectory((directory) => {
    Deno.writeTextFileSync(`${directory}/b.txt`, "hello");
    Deno.mkdirSync(`${directory}/a/deep`, { recursive: true });
    Deno.writeTextFileSync(`${directory}/a/deep/ü.txt`, "");
    Deno.utimeSync(`${directory}/b.txt`, new Date(5000), new Date(1_000_000));
    const tree = readSourceTree(directory);
    assertEquals([...tree.children.keys()], ["a", "b.txt"]);
    const file = tree.children.get("b.txt")!;
    assert(file.kind === "file");
    assertEquals([file.content.sizeBytes, file.path, file.modified], [
      5,
      `${directory}/b.txt`,
      new Date(1_000_000),
    ]);
    using content = file.content.open();
    const target = new Uint8Array(8);
    assertEquals([content.read(target, 1), new TextDecoder().decode(target.subarray(0, 4))], [4, "ello"]);
  }),
);

Deno.test({
  name: "readSourceTree() follows links to files and directories",
  ignore: !POSIX,
  fn: inDirectory((directory) => {
    Deno.mkdirSync(`${directory}/real`);
    Deno.writeTextFileSync(`${directory}/real/a`, "content");
    Deno.symlinkSync("real/a", `${directory}/to a`);
    Deno.symlinkSync("real", `${directory}/to real`);
    const tree = readSourceTree(directory);
    const file = tree.children.get("to a")!;
    assert(file.kind === "file" && file.content.sizeBytes === 7);
    const linked = tree.children.get("to real")!;
    assert(linked.kind === "directory" && linked.children.has("a"));
    assertEquals(notesOf(directory, { symlinks: "skip" }), [["to a", "symlink"], ["to real", "symlink"]]);
  }),
});

Deno.test({
  name: "readSourceTree() keeps links, owners, permissions and hard links when asked to, and not by default",
  ignore: !POSIX,
  fn: inDirectory((directory) => {
    Deno.writeTextFileSync(`${directory}/a`, "content");
    Deno.chmodSync(`${directory}/a`, 0o640);
    Deno.linkSync(`${directory}/a`, `${directory}/b`);
    Deno.writeTextFileSync(`${directory}/c`, "alone");
    Deno.mkdirSync(`${directory}/d`, { mode: 0o750 });
    Deno.symlinkSync("../nowhere", `${directory}/d/broken`);
    const { children } = readSourceTree(directory, { symlinks: "keep", posix: true });
    const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => children.get(name)!);
    assert(a?.kind === "file" && b?.kind === "file" && c?.kind === "file" && d?.kind === "directory");
    assertEquals([a.mode, a.uid, d.mode], [0o640, Deno.statSync(directory).uid!, 0o750]);
    assert(a.linkKey !== undefined && a.linkKey === b.linkKey && c.linkKey === undefined);
    const link = d.children.get("broken")!;
    assertEquals([link.kind, link.kind === "symlink" && link.target], ["symlink", "../nowhere"]);
    Deno.removeSync(`${directory}/d/broken`);
    for (const child of readSourceTree(directory).children.values()) {
      assertEquals([child.mode, child.uid, child.gid], [undefined, undefined, undefined]);
      assert(child.kind === "directory" || child.linkKey === undefined);
    }
  }),
});

Deno.test({
  name: "readSourceTree() notes a link to be kept to a path that is not UTF-8",
  ignore: Deno.build.os !== "linux", // others do not let one make such a path
  fn: inDirectory((directory) => {
    run("sh", ["-c", `ln -s "$(printf 'caf\\351')" "$1/link"`, "sh", directory]);
    assertEquals(notesOf(directory, { symlinks: "keep" }), [["link", "targetNotUtf8"]]);
  }),
});

Deno.test({
  name: "readSourceTree() notes what it cannot take",
  ignore: !POSIX,
  fn: inDirectory((directory) => {
    Deno.mkdirSync(`${directory}/d/e`, { recursive: true });
    Deno.symlinkSync("..", `${directory}/d/e/up`);
    Deno.symlinkSync("nowhere", `${directory}/broken`);
    Deno.symlinkSync("x".repeat(300), `${directory}/cannot be`);
    Deno.symlinkSync("file/x", `${directory}/behind a file`);
    Deno.writeTextFileSync(`${directory}/file`, "");
    Deno.symlinkSync("self", `${directory}/self`);
    run("mkfifo", [`${directory}/pipe`]);
    const expected: [string, string][] = [
      ["behind a file", "brokenSymlink"],
      ["broken", "brokenSymlink"],
      ["cannot be", "brokenSymlink"],
      ["pipe", "special"],
      ["self", "symlinkLoop"],
      ["d/e/up", "symlinkLoop"],
    ];
    assertEquals(notesOf(directory), expected);
    const error = assertThrows(() => readSourceTree(directory), ImageError);
    assertEquals([error.code, error.path], ["sourceUnreadable", `${directory}/behind a file`]);
  }),
});

Deno.test({
  name: "readSourceTree() notes a name that is not UTF-8",
  ignore: Deno.build.os !== "linux", // others do not let one make such a name
  fn: inDirectory((directory) => {
    run("sh", ["-c", `: > "$1/$(printf 'caf\\351')"`, "sh", directory]);
    assertEquals(notesOf(directory), [["caf\ufffd", "notUtf8"]]);
  }),
});

Deno.test({
  name: "readSourceTree() names what may not be read, before anything is written",
  ignore: !POSIX || Deno.uid() === 0, // root may read everything
  fn: inDirectory((directory) => {
    Deno.writeTextFileSync(`${directory}/secret`, "x");
    Deno.chmodSync(`${directory}/secret`, 0o200);
    const error = assertThrows(() => readSourceTree(directory), ImageError);
    assertEquals([error.code, error.path], ["sourceUnreadable", `${directory}/secret`]);
  }),
});

Deno.test(
  "readSourceTree() names a directory that is not there",
  inDirectory((directory) => {
    const error = assertThrows(() => readSourceTree(`${directory}/none`), ImageError);
    assertEquals([error.code, error.path], ["sourceUnreadable", `${directory}/none`]);
  }),
);

Deno.test(
  "readSourceEntry() reads one file or directory under its own name",
  inDirectory((directory) => {
    Deno.mkdirSync(`${directory}/photos`);
    Deno.writeTextFileSync(`${directory}/photos/a`, "x");
    const tree = readSourceEntry(`${directory}/photos/`);
    assert(tree.kind === "directory" && tree.name === "photos" && tree.children.size === 1);
    const file = readSourceEntry(`${directory}/photos/a`);
    assert(file.kind === "file" && file.name === "a" && file.content.sizeBytes === 1);
  }),
);

Deno.test(
  "fileContent() reads in any order, and more than there was when it grew",
  inDirectory((directory) => {
    Deno.writeFileSync(`${directory}/a`, Uint8Array.from({ length: 100 }, (_, at) => at));
    const content = fileContent(`${directory}/a`);
    assertEquals(content.sizeBytes, 100);
    using opened = content.open();
    const target = new Uint8Array(10);
    for (const offset of [50, 0, 10, 90]) {
      assertEquals(opened.read(target, offset), 10);
      assertEquals(target[0], offset);
    }
    assertEquals(opened.read(target, 95), 5);
    assertEquals(opened.read(target, 100), 0);
    Deno.writeFileSync(`${directory}/a`, new Uint8Array(4), { append: true });
    assertEquals(opened.read(target, 98), 6);
  }),
);

Deno.test(
  "writeImageFile() writes what the reader reads, and so does a stream",
  inDirectory((directory) => {
    const imagePlan = plan(treeOf({ a: 300_000, b: 10, c: { d: 2048 } }));
    const steps: number[] = [];
    writeImageFile(imagePlan, `${directory}/x.iso`, { onProgress: (written) => steps.push(written) });
    const expected = bytesOf(imagePlan);
    assertEquals(Deno.readFileSync(`${directory}/x.iso`), expected);
    assertEquals([steps[0], steps.at(-1)], [0, imagePlan.sizeSectors]);
    const chunks: number[] = [];
    writeImageToStream(imagePlan, {
      writeSync(bytes: Uint8Array): number { // as a pipe does, never more than it has room for
        const part = bytes.subarray(0, 60_000);
        for (const byte of part) chunks.push(byte);
        return part.length;
      },
    });
    assertEquals(Uint8Array.from(chunks), expected);
    assertEquals([...Deno.readDirSync(directory)].map((entry) => entry.name), ["x.iso"]);
  }),
);

const STOPS: [
  label: string,
  error: typeof ImageError | typeof ImageWriteCancelled,
  stop: (directory: string) => void,
][] = [
  ["is cancelled", ImageWriteCancelled, (directory) => {
    let asked = 0;
    writeImageFile(plan(treeOf({ a: 2_000_000 })), `${directory}/x.iso`, { isCancelled: () => ++asked > 3 });
  }],
  ["fails", ImageError, (directory) => {
    Deno.writeFileSync(`${directory}/source`, new Uint8Array(5000));
    const imagePlan = plan(treeOf({ a: fileContent(`${directory}/source`) }));
    Deno.removeSync(`${directory}/source`);
    writeImageFile(imagePlan, `${directory}/x.iso`);
  }],
];
for (const [label, error, stop] of STOPS) {
  Deno.test(
    `writeImageFile() leaves nothing behind when it ${label}, and what was there before`,
    inDirectory((directory) => {
      assert(assertThrows(() => stop(directory)) instanceof error);
      assertEquals([...Deno.readDirSync(directory)], []);
      Deno.writeTextFileSync(`${directory}/x.iso`, "before");
      assert(assertThrows(() => stop(directory)) instanceof error);
      assertEquals([...Deno.readDirSync(directory)].map((entry) => entry.name), ["x.iso"]);
      assertEquals(Deno.readTextFileSync(`${directory}/x.iso`), "before");
    }),
  );
}

Deno.test(
  "writeImageFile() fills up a source that shrank when that is wanted, and says so",
  inDirectory((directory) => {
    Deno.writeFileSync(`${directory}/source`, new Uint8Array(5000).fill(7));
    const imagePlan = plan(treeOf({ a: fileContent(`${directory}/source`) }));
    Deno.truncateSync(`${directory}/source`, 100);
    const { faults } = writeImageFile(imagePlan, `${directory}/x.iso`, { onSourceError: "pad" });
    assertEquals(faults.map((fault) => [fault.problem, fault.offsetBytes]), [["shrank", 100]]);
    assertEquals(Deno.statSync(`${directory}/x.iso`).size, imagePlan.sizeSectors * SECTOR_BYTES);
  }),
);

Deno.test(
  "readSourceTree() keeps what is assigned to a file, and where it came from",
  inDirectory((directory) => {
    Deno.writeTextFileSync(`${directory}/a`, "content");
    const file = readSourceTree(directory).children.get("a")!;
    assert(file.kind === "file");
    const date = new Date("1999-01-02T03:04:05Z");
    Object.assign(file, {
      name: "b",
      modified: date,
      created: undefined,
      mode: 0o600,
      uid: 7,
      gid: 8,
      linkKey: "k",
    });
    assertEquals([file.name, file.path], ["b", `${directory}/a`]);
    assertEquals([file.modified, file.created, file.linkKey], [date, undefined, "k"]);
    assertEquals([file.mode, file.uid, file.gid], [0o600, 7, 8]);
    Object.assign(file, { mode: undefined, linkKey: undefined });
    assertEquals([file.mode, file.linkKey], [undefined, undefined]);
    assertEquals(new TextDecoder().decode(sourceBytes(file.content)), "content");
    file.content = memoryContent(new Uint8Array([1, 2, 3]));
    assertEquals(sourceBytes(file.content), new Uint8Array([1, 2, 3]));
  }),
);

Deno.test(
  "planImage() makes the same image whether or not somebody has looked at the tree, and of what it was then",
  inDirectory((directory) => {
    for (const path of ["a.txt", "sub/b", "sub/ü.txt", "sub/deep/c"]) {
      Deno.mkdirSync(`${directory}/${path}`.replace(/[^/]+$/, ""), { recursive: true });
      Deno.writeTextFileSync(`${directory}/${path}`, path);
    }
    const tree = readSourceTree(directory);
    const before = plan(tree, { rockRidge: true });
    const sub = tree.children.get("sub")!;
    assert(sub.kind === "directory");
    assertEquals([...sub.children.keys()].sort(), ["b", "deep", "ü.txt"]);
    assert(sub.children.get("b") === sub.children.get("b"), "the same object each time");
    const looked = bytesOf(plan(tree, { rockRidge: true }));
    sub.children.delete("b");
    tree.children.delete("a.txt");
    assertEquals(bytesOf(before), looked);
    assertEquals([before.fileCount, plan(tree).fileCount], [4, 2]);
  }),
);

Deno.test(
  "planImage() makes the same bytes of a folder in every time zone and language",
  inDirectory((directory) => {
    for (const name of ["İstanbul.txt", "ISTANBUL.DOC", "ä", "z", "Y"]) {
      Deno.mkdirSync(`${directory}/${name}.d`);
      Deno.writeTextFileSync(`${directory}/${name}.d/${name}`, name);
      Deno.utimeSync(`${directory}/${name}.d/${name}`, 0, Date.UTC(2024, 2, 31, 2, 30) / 1000); // when clocks jump
      Deno.utimeSync(`${directory}/${name}.d`, 0, 1e9);
    }
    const url = (path: string): string => JSON.stringify(new URL(`../../lib/${path}`, import.meta.url).href);
    const program = `
      import { ImageReader, planImage } from ${url("image/mod.ts")};
      import { readSourceTree } from ${url("platform/source_tree.ts")};
      const tree = readSourceTree(${JSON.stringify(directory)});
      const withoutBirth = (folder) => {
        folder.created = undefined;
        for (const child of folder.children.values()) child.kind === "file" ? child.created = undefined : withoutBirth(child);
      };
      withoutBirth(tree);
      tree.modified = new Date(0);
      const plan = planImage(tree, { timestamp: new Date(0), rockRidge: true });
      const bytes = new Uint8Array(plan.sizeSectors * 2048);
      new ImageReader(plan).read(0, plan.sizeSectors, bytes);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      console.log(digest.toHex());
    `;
    const digests = [["UTC", "C"], ["America/St_Johns", "tr_TR.UTF-8"], ["Europe/Berlin", "de_DE.UTF-8"]].map(
      ([TZ, LANG]) => {
        const env = { TZ: TZ!, LANG: LANG!, LC_ALL: LANG! };
        const made = new Deno.Command(Deno.execPath(), { args: ["eval", program], env }).outputSync();
        assert(made.success, new TextDecoder().decode(made.stderr));
        return new TextDecoder().decode(made.stdout);
      },
    );
    assertEquals(digests.map((digest) => digest.length), [65, 65, 65]);
    assertEquals(new Set(digests).size, 1);
  }),
);

Deno.test({
  name: "writeImageFile() makes no file of the name of a device that there is not",
  ignore: !POSIX,
  fn: () => {
    const path = "/dev/burnscript-test-none";
    assertThrows(() => writeImageFile(plan(treeOf({})), path), Error, "there is no such device");
    assertThrows(() => Deno.lstatSync(path), Deno.errors.NotFound);
  },
});

for (
  const [how, write] of [
    ["writeImageFile() writes", (imagePlan, path) => writeImageFile(imagePlan, path)],
    ["Image.writeToAsync() writes", (imagePlan, path) => new Image(imagePlan).writeToAsync(path)],
  ] as [string, (imagePlan: ImagePlan, path: string) => unknown][]
) {
  Deno.test({
    name: `${how} into a pipe, and does not take its place`,
    ignore: !POSIX,
    fn: async () => {
      const directory = await Deno.makeTempDir({ prefix: "image-host-" });
      const pipe = `${directory}/pipe`;
      run("mkfifo", [pipe]);
      // Not through a pipe of ours, which nobody would empty while this thread writes.
      const copy = `${directory}/copy`;
      const reader = new Deno.Command("sh", { args: ["-c", 'cat "$0" > "$1"', pipe, copy] }).spawn();
      const imagePlan = plan(treeOf({ "a.txt": 10, "b.bin": 5000 }));
      await write(imagePlan, pipe);
      assert((await reader.status).success);
      assertEquals(await Deno.readFile(copy), bytesOf(imagePlan));
      assert((await Deno.lstat(pipe)).isFifo);
      await Deno.remove(directory, { recursive: true });
    },
  });
}

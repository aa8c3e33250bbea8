import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { FILE_SYSTEM, SECTOR_BYTES, type VolumeEntry } from "../../lib/image/mod.ts";
import {
  ExtractError,
  type ExtractOptions,
  type ExtractReport,
  extractTree,
  linkLeaves,
  windowsName,
} from "../../lib/platform/extract_tree.ts";
import { onPosix } from "../posix.ts";
import { bytesOf, plan, treeOf, volumesOf } from "./_build.ts";

const MODIFIED = new Date("2001-02-03T04:05:06Z");

/** An entry whose content is its own text. */
function entry(
  path: string,
  kind: VolumeEntry["kind"] = "file",
  more: Partial<VolumeEntry> = {},
): VolumeEntry {
  const bytes = new TextEncoder().encode(kind === "file" ? `content of ${path}` : "");
  const extents = kind === "file" ? [{ startLba: undefined, lengthBytes: bytes.length, bytes }] : [];
  return { path, kind, sizeBytes: bytes.length, extents, modified: MODIFIED, hidden: false, ...more };
}

function link(path: string, target: string): VolumeEntry {
  return entry(path, "symlink", { target });
}

/** A folder with nothing in it, that is gone afterwards. */
function withFolder(work: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync({ prefix: "burnscript-extract-" });
  try {
    work(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function extractInto(
  target: string,
  entries: readonly VolumeEntry[],
  more: Partial<ExtractOptions> = {},
): ExtractReport {
  const read = (): void => {
    throw new Error("nothing of these entries lies in sectors");
  };
  return extractTree({ read, entries, target, ...more });
}

/** All that is below a folder: files with their text, links with their targets. */
function below(folder: string, prefix = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, isDirectory, isSymlink } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) Object.assign(found, { [`${prefix}${name}/`]: "" }, below(path, `${prefix}${name}/`));
    else found[prefix + name] = isSymlink ? `-> ${Deno.readLinkSync(path)}` : Deno.readTextFileSync(path);
  }
  return found;
}

Deno.test(
  "extractTree() puts files, folders and links with their times",
  onPosix,
  () =>
    withFolder((folder) => {
      const target = `${folder}/new/out`;
      const entries = [
        entry("/d", "directory"),
        entry("/d/a.txt", "file", {
          posix: { mode: 0o100751, links: 1, uid: 0, gid: 0 },
        }),
        link("/d/l", "a.txt"),
        entry("/empty", "file", { sizeBytes: 0, extents: [] }),
      ];
      const report = extractInto(target, entries);
      assertEquals(report, { fileCount: 2, directoryCount: 1, linkCount: 1, sizeBytes: 19, problems: [] });
      assertEquals(below(target), {
        "d/": "",
        "d/a.txt": "content of /d/a.txt",
        "d/l": "-> a.txt",
        empty: "",
      });
      for (const path of ["d", "d/a.txt", "empty"]) {
        assertEquals(Deno.statSync(`${target}/${path}`).mtime, MODIFIED, path);
      }
      assertEquals(Deno.statSync(`${target}/d/a.txt`).mode! & 0o711, 0o711);
    }),
);

const ESCAPES: [title: string, path: string][] = [
  ["goes up", "/../evil"],
  ["goes up in the middle", "/d/../../evil"],
  ["has an empty name", "/d//evil"],
  ["has the name of its own folder", "/./evil"],
  ["has a NUL", "/evil\0.txt"],
];
for (const [title, path] of ESCAPES) {
  Deno.test(`extractTree() refuses a path that ${title}`, () =>
    withFolder((folder) => {
      const error = assertThrows(
        () => extractInto(`${folder}/out`, [entry("/d", "directory"), entry(path)]),
        ExtractError,
      );
      assertEquals(error.code, "unsafe");
      assertEquals([...Deno.readDirSync(folder)].filter((one) => one.name !== "out"), []);
    }));
}

Deno.test(
  "extractTree() does not write through a link that was in the folder",
  onPosix,
  () =>
    withFolder((folder) => {
      Deno.mkdirSync(`${folder}/out`);
      Deno.mkdirSync(`${folder}/elsewhere`);
      Deno.symlinkSync("../elsewhere", `${folder}/out/d`);
      for (const force of [false, true]) {
        const entries = [entry("/a.txt"), entry("/d", "directory"), entry("/d/evil")];
        const error = assertThrows(() => extractInto(`${folder}/out`, entries, { force }), ExtractError);
        assertEquals(error.code, "unsafe");
        assertEquals(below(folder), { "elsewhere/": "", "out/": "", "out/d": "-> ../elsewhere" });
      }
    }),
);

Deno.test(
  "extractTree() does not write through a link that the image has",
  onPosix,
  () =>
    withFolder((folder) => {
      Deno.mkdirSync(`${folder}/elsewhere`);
      const entries = [link("/d", "../elsewhere"), entry("/d/evil")];
      const notes: string[] = [];
      extractInto(`${folder}/out`, entries, { links: "all", onNote: ({ path }) => notes.push(path) });
      assertEquals(notes, ["/d"]);
      assertEquals(below(folder), {
        "elsewhere/": "",
        "out/": "",
        "out/d/": "",
        "out/d/evil": "content of /d/evil",
      });
    }),
);

const LINKS: [path: string, target: string, leaves: boolean][] = [
  ["/l", "a", false],
  ["/l", "d/e/f", false],
  ["/d/l", "../a", false],
  ["/d/e/l", "../../a", false],
  ["/d/l", "./..", false],
  ["/l", "", true],
  ["/l", "/etc/passwd", true],
  ["/l", "..", true],
  ["/l", "../x", true],
  ["/d/l", "../../x", true],
  ["/d/l", "a/../b", true], // a may be a link to anywhere in the tree
  ["/l", "C:\\Windows", true],
  ["/l", "..\\x", true],
  ["/l", "\\\\server\\share", true],
];
for (const [path, target, leaves] of LINKS) {
  Deno.test(`linkLeaves() says ${leaves} of ${path} to "${target}"`, () => {
    assertEquals(linkLeaves({ path, target }), leaves);
  });
}

Deno.test(
  "extractTree() leaves out links that lead out, and what has no content",
  onPosix,
  () =>
    withFolder((folder) => {
      const notes: string[] = [];
      const entries = [
        link("/l", "../x"),
        link("/good", "a"),
        entry("/pipe", "special"),
        entry("/z", "file", { unreadable: "compressed by zisofs" }),
      ];
      extractInto(`${folder}/out`, entries, {
        onNote: ({ path, reason }) => notes.push(`${path}: ${reason}`),
      });
      assertEquals(notes, [
        '/l: it is a symbolic link that leads out of the folder, to "../x"',
        "/pipe: it is a device, a socket or a pipe",
        "/z: it is compressed by zisofs",
      ]);
      assertEquals(below(`${folder}/out`), { good: "-> a" });
    }),
);

Deno.test("extractTree() writes nothing if one of the files is there, and replaces them with force", () =>
  withFolder((folder) => {
    Deno.mkdirSync(`${folder}/d`);
    Deno.writeTextFileSync(`${folder}/d/b`, "mine");
    const entries = [entry("/a"), entry("/d", "directory"), entry("/d/b"), entry("/d/c")];
    const error = assertThrows(() => extractInto(folder, entries), ExtractError);
    assertEquals([error.code, error.path], ["exists", `${folder}/d/b`]);
    assertEquals(below(folder), { "d/": "", "d/b": "mine" });
    extractInto(folder, entries, { force: true });
    assertEquals(below(folder), {
      a: "content of /a",
      "d/": "",
      "d/b": "content of /d/b",
      "d/c": "content of /d/c",
    });
  }));

Deno.test("extractTree() writes nothing where a folder is in the place of a file, even with force", () =>
  withFolder((folder) => {
    Deno.mkdirSync(`${folder}/d/b`, { recursive: true });
    const entries = [entry("/a"), entry("/d", "directory"), entry("/d/b")];
    for (const force of [false, true]) {
      const error = assertThrows(() => extractInto(folder, entries, { force }), ExtractError);
      assertEquals([error.code, error.path], ["exists", `${folder}/d/b`]);
      assertStringIncludes(error.message, "remove it");
    }
    assertEquals(below(folder), { "d/": "", "d/b/": "" });
  }));

Deno.test("extractTree() says that a file is on the way to its folder", () =>
  withFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    for (const [target, said] of [["file", "is not a folder"], ["file/x", "on the way to it"]] as const) {
      const error = assertThrows(() => extractInto(`${folder}/${target}`, [entry("/a")]), ExtractError);
      assertStringIncludes(error.message, said);
    }
  }));

Deno.test("extractTree() takes the first of two entries of one name", () =>
  withFolder((folder) => {
    const notes: string[] = [];
    const second = { ...entry("/a"), sizeBytes: 3 };
    extractInto(folder, [entry("/a"), second], { onNote: ({ path }) => notes.push(path) });
    assertEquals([below(folder), notes], [{ a: "content of /a" }, ["/a"]]);
  }));

Deno.test("extractTree() leaves nothing of a file that cannot be read, or when it is cancelled", () =>
  withFolder((folder) => {
    const bad = entry("/bad", "file", { sizeBytes: 10, extents: [{ startLba: 5, lengthBytes: 10 }] });
    const error = assertThrows(() => extractInto(folder, [entry("/a"), bad]), Error);
    assert(error.message.startsWith('Cannot read "/bad" from the image, at byte 0'), error.message);
    assertEquals(below(folder), { a: "content of /a" });
    assertThrows(
      () => extractInto(folder, [entry("/b")], { isCancelled: () => true }),
      ExtractError,
      "Cancelled",
    );
    assertEquals(below(folder), { a: "content of /a" });
  }));

Deno.test("extractTree() leaves out what cannot be read, and goes on", () =>
  withFolder((folder) => {
    const bad = entry("/bad", "file", { sizeBytes: 10, extents: [{ startLba: 5, lengthBytes: 10 }] });
    const notes: string[] = [];
    const report = extractInto(folder, [entry("/a"), bad, entry("/d/b")], {
      read: (lba) => {
        if (lba === 5) throw new Error("a scratch");
      },
      onNote: ({ path }) => notes.push(path),
    });
    const [problem] = report.problems;
    assertEquals(problem, 'Cannot read "/bad" from the image, at byte 0: a scratch');
    assertEquals([report.fileCount, report.sizeBytes, notes], [2, 28, ["/bad"]]);
    assertEquals(below(folder), { a: "content of /a", "d/": "", "d/b": "content of /d/b" });
  }));

Deno.test("extractTree() leaves out a file whose image ends before it does", () => {
  const root = treeOf({ "a.txt": 5, "b.bin": 9 * SECTOR_BYTES });
  const image = bytesOf(plan(root, { fileSystems: FILE_SYSTEM.udf }));
  const places = volumesOf(image)[0]!.entries.map(({ extents }) => extents[0]!.startLba!);
  const cut = image.subarray(0, (Math.max(...places) + 4) * SECTOR_BYTES);
  const [volume] = volumesOf(cut);
  withFolder((folder) => {
    const notes: string[] = [];
    extractInto(folder, volume!.entries, {
      read: (lba, count, target) =>
        target.set(cut.subarray(lba * SECTOR_BYTES, (lba + count) * SECTOR_BYTES)),
      onNote: ({ path, reason }) => notes.push(`${path}: ${reason}`),
    });
    assertEquals(notes, ["/b.bin: it is not all in the image"]);
    assertEquals(Object.keys(below(folder)), ["a.txt"]);
  });
});

Deno.test("extractTree() makes folders that are only on the way to a file", () =>
  withFolder((folder) => {
    extractInto(folder, [entry("/d/e/f")]);
    assertEquals(below(folder), { "d/": "", "d/e/": "", "d/e/f": "content of /d/e/f" });
  }));

const WINDOWS_NAMES: [name: string, expected: string][] = [
  ["plain.txt", "plain.txt"],
  ["a:b", "a_b"], // a stream of file a otherwise
  ["..\\..\\x", ".._.._x"],
  ["CON", "_CON"],
  ["nul.txt", "_nul.txt"],
  ["COM1", "_COM1"],
  ["command", "command"],
  ["end. .", "end___"],
  ['what?*<>|"', "what______"],
  ["tab\there", "tab_here"],
];
for (const [name, expected] of WINDOWS_NAMES) {
  Deno.test(`windowsName() makes ${JSON.stringify(expected)} of ${JSON.stringify(name)}`, () => {
    assertEquals(windowsName(name), expected);
  });
}

Deno.test("extractTree() tells of named streams, which it leaves out", () => {
  withFolder((folder) => {
    const streams = [{ name: "one", sizeBytes: 0, extents: [] }, { name: "two", sizeBytes: 0, extents: [] }];
    const notes: string[] = [];
    extractInto(folder, [entry("/d", "directory", { streams }), entry("/d/f", "file", { streams })], {
      onNote: ({ path, reason }) => notes.push(`${path} ${reason}`),
    });
    const paths = ["/d:one", "/d:two", "/d/f:one", "/d/f:two"];
    assertEquals(notes, paths.map((path) => `${path} it is a named stream`));
    assertEquals(below(folder), { "d/": "", "d/f": "content of /d/f" });
  });
});

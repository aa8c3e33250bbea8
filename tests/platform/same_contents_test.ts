import { assertEquals } from "@std/assert";
import type { ImageDirectory, ImageFile } from "../../lib/image/mod.ts";
import { markSameContents } from "../../lib/platform/same_contents.ts";
import { readSourceTree } from "../../lib/platform/source_tree.ts";

/** The names of files that share a content, by what they share it with. */
function sharedIn(files: Record<string, Uint8Array>, change?: (folder: string) => void): string[][] {
  const folder = Deno.makeTempDirSync({ prefix: "same-contents-" });
  try {
    for (const [name, bytes] of Object.entries(files)) Deno.writeFileSync(`${folder}/${name}`, bytes);
    const tree = readSourceTree(folder, { posix: true, symlinks: "keep" }) as ImageDirectory;
    change?.(folder);
    markSameContents(tree);
    const groups = Map.groupBy(tree.children.values(), (file) => (file as ImageFile).contentKey);
    return Array.from(groups, ([key, group]) => key === undefined ? [] : group.map(({ name }) => name))
      .filter((names) => names.length > 0);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function filled(length: number, ...last: number[]): Uint8Array {
  const bytes = new Uint8Array(length).fill(3);
  bytes.set(last, length - last.length);
  return bytes;
}

const ROWS: [label: string, files: Record<string, Uint8Array>, shared: string[][]][] = [
  ["small ones", { a: filled(10), b: filled(10), c: filled(10, 1), d: filled(11) }, [["a", "b"]]],
  ["two groups of one size", { a: filled(9), b: filled(9, 1), c: filled(9), d: filled(9, 1) }, [["a", "c"], [
    "b",
    "d",
  ]]],
  [
    "big ones that differ at the end only",
    { a: filled(900_000), b: filled(900_000, 1), c: filled(900_000) },
    [[
      "a",
      "c",
    ]],
  ],
  ["empty ones, which have nothing to share", { a: filled(0), b: filled(0) }, []],
  ["none", { a: filled(1), b: filled(2) }, []],
];
for (const [label, files, shared] of ROWS) {
  Deno.test(`markSameContents() finds ${label}`, () => assertEquals(sharedIn(files), shared));
}

Deno.test("markSameContents() leaves out what cannot be read any more", () => {
  const files = { a: filled(10), b: filled(10), c: filled(10) };
  const shared = sharedIn(files, (folder) => {
    Deno.removeSync(`${folder}/a`);
  });
  assertEquals(shared, [["b", "c"]]);
});

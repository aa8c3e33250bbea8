import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ImageRegion } from "../../lib/image/mod.ts";
import { imageMap, spaceUse } from "../../lib/jobs/image_map.ts";
import { cut } from "../../lib/jobs/svg.ts";
import { bytesText } from "../../lib/jobs/words.ts";

function region(startLba: number, lengthSectors: number, label = "", kind?: "structure"): ImageRegion {
  return { startLba, lengthSectors, label: label || `/f${startLba}`, kind: kind ?? "file", views: ["udf"] };
}

function draw(regions: readonly ImageRegion[], sizeSectors: number): string {
  return imageMap({ title: "a < b & c", subtitle: "", sizeSectors, regions });
}

/** The rectangles of the strip: class, and how many sectors they stand for. */
function stripOf(svg: string): { name: string; x: number; y: number; width: number }[] {
  const rects = [...svg.matchAll(/<rect class="(\w+)" x="(\d+)" y="(\d+)" width="(\d+)" height="22"\/>/g)];
  return rects.map(([, name, x, y, width]) => ({
    name: name!,
    x: Number(x),
    y: Number(y),
    width: Number(width),
  }));
}

Deno.test("imageMap() shows structures, files and what is free in their places", () => {
  const svg = draw([region(0, 16, "UDF anchor", "structure"), region(16, 16), region(32, 8)], 64);
  assertEquals(stripOf(svg).map(({ name, x, width }) => [name, x, width]), [
    ["descriptor", 104, 208],
    ["even", 312, 208],
    ["odd", 520, 104],
    ["free", 624, 312],
  ]);
});

Deno.test("imageMap() shows one sector of structure in a terabyte", () => {
  const svg = draw([region(0, 2 ** 28), region(2 ** 28, 1, "directory /", "structure")], 2 ** 29);
  assertEquals(stripOf(svg).filter(({ name }) => name === "directory").length, 1);
});

Deno.test("imageMap() stays small with many files", () => {
  const svg = draw(Array.from({ length: 100_000 }, (_, at) => region(at * 3, 2)), 300_000);
  assert(svg.length < 2_000_000, `${svg.length}`);
  assert(stripOf(svg).some(({ name }) => name === "many"));
});

Deno.test("imageMap() fills every row whole, whatever lies where", () => {
  for (const sizeSectors of [0, 1, 63, 64, 65, 1000, 2 ** 31]) {
    const svg = draw([region(0, 1), region(5, 2 ** 31), region(2 ** 32, 5)], sizeSectors);
    const widths = new Map<number, number>();
    for (const { y, width } of stripOf(svg)) widths.set(y, (widths.get(y) ?? 0) + width);
    assert([...widths.values()].every((width) => width === 832), `${sizeSectors}`);
  }
});

Deno.test("imageMap() names the largest files, escaped", () => {
  const svg = draw(
    [region(0, 500, '/d/<a> & "b"\x1b'), region(500, 400, "/c.txt"), region(900, 1, "/tiny")],
    1000,
  );
  assertStringIncludes(svg, ">1 &lt;a&gt; &amp; &quot;b&quot;\ufffd</text>");
  assertStringIncludes(svg, ">2 c.txt</text>");
  assertStringIncludes(svg, "a &lt; b &amp; c");
});

Deno.test("spaceUse() counts what two things share once", () => {
  const use = spaceUse([region(0, 10, "x", "structure"), region(8, 4), region(8, 4), region(20, 100)], 30);
  assertEquals(use, { structureBytes: 10 * 2048, fileBytes: 12 * 2048, freeBytes: 8 * 2048 });
});

const AMOUNTS: [bytes: number, text: string][] = [
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [2048, "2.0 kB"],
  [99_949, "99.9 kB"],
  [99_960, "100 kB"],
  [123_456, "123 kB"],
  [999_600, "1.0 MB"],
  [4.7e9, "4.7 GB"],
  [3e15, "3000 TB"],
];
for (const [bytes, text] of AMOUNTS) {
  Deno.test(`bytesText() says ${text}`, () => assertEquals(bytesText(bytes), text));
}

for (
  const [text, letters, expected] of [
    ["/a/b.txt", 8, "/a/b.txt"],
    ["/a/b.txt", 7, "…/b.txt"],
    ["/日本語", 7, "/日本語"],
    ["/日本語", 6, "…本語"],
    ["/日本語", 5, "…本語"],
    ["/😀😀", 4, "…😀"],
  ] as const
) {
  Deno.test(`cut() makes "${expected}" of "${text}" where ${letters} letters have room`, () => {
    assertEquals(cut(text, letters), expected);
  });
}

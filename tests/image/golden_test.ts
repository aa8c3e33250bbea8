/** The bytes of images without any of the later options: who made an image once gets the same one again. @module */
import { assertEquals } from "@std/assert";
import type { ImageOptions } from "../../lib/image/mod.ts";
import { bytesOf, plan, treeOf } from "./_build.ts";

/** Every size around a sector, names that each view has to change, and a directory of several sectors. */
const TREE = treeOf({
  "readme.txt": 10,
  "README.TXT": 11,
  "empty": 0,
  "Größe – 日本語 😀.dat": 2049,
  [`${"long name ".repeat(12)}.html`]: 2048,
  many: Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`same prefix ${index}.bin`, index])),
  deep: { deeper: { deepest: { "a;b*c?": 5000 }, none: {} } },
});

const GOLDEN: [fileSystems: number, isoLevel: 1 | 2 | 3, sha256: string][] = [
  [1, 1, "203779685d2dc5c0b059033aa65e3307d3fb7ccffdce39ee21519980c3e4a0a4"],
  [3, 2, "d0828e541b607ef6506111fd4f98166b4597e9b598f1dc4faf288d9215c0787c"],
  [4, 2, "8551237eb407e59808c0235ab569c2d4755817bb68ee5de26b935793a5d2a34d"],
  [7, 2, "ae84566ff20d435656e254ab4468aaee3842e5e362a092164771c62b31b30875"],
];

for (const [fileSystems, isoLevel, sha256] of GOLDEN) {
  Deno.test(`planImage() makes the same bytes as ever, file systems ${fileSystems}, level ${isoLevel}`, async () => {
    const bytes = bytesOf(plan(TREE, { fileSystems, isoLevel }));
    assertEquals(hexOf(await crypto.subtle.digest("SHA-256", bytes)), sha256);
  });
}

/** The formats that came later, with all that they keep. */
const FORMATS: [label: string, options: Partial<ImageOptions>, sha256: string][] = [
  [
    "UDF 1.50 alone",
    { fileSystems: 4, udfRevision: "1.50" },
    "2281403558c8f183db3ee98646ac8bc82da94a9d1cd7e6a503d23de9cdcf150f",
  ],
  [
    "UDF 2.01 alone",
    { fileSystems: 4, udfRevision: "2.01" },
    "ed73132e7f68c011fdc9cf51c6075189b2facfbf3561c8584f7d93ff1d992fe5",
  ],
  [
    "UDF 2.60 alone",
    { fileSystems: 4, udfRevision: "2.60" },
    "c1aac262df4a5e0e3c81aedbc61db50eab46ae6d1e07d90410fe0c9e028c3bb5",
  ],
  [
    "UDF 2.50 beside ISO 9660",
    { fileSystems: 7, udfRevision: "2.50", udfMetadataCopy: false },
    "45c426170c661f3aa65c9a3ae8214bb0736d2c20d650b8dbb0a8f26362620d51",
  ],
  [
    "ISO 9660:1999",
    { fileSystems: 1, iso1999: true },
    "860b7f601e200b9d9c388974113c25a588c67a51fdf1a987c31cbc4d27680eec",
  ],
];

for (const [label, options, sha256] of FORMATS) {
  Deno.test(`planImage() makes the same bytes as ever, ${label}`, async () => {
    const bytes = bytesOf(plan(TREE, options));
    assertEquals(hexOf(await crypto.subtle.digest("SHA-256", bytes)), sha256);
  });
}

function hexOf(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

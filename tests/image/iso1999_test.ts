/** ISO 9660:1999, and what descriptors of volumes say. @module */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { checkVolumes, createDirectory, ImageError, SECTOR_BYTES } from "../../lib/image/mod.ts";
import {
  addFile,
  bytesOf,
  contentOf,
  pathsOf,
  patternContent,
  plan,
  sectorsFrom,
  soundVolume,
  sourceBytes,
  treeOf,
  volumesOf,
} from "./_build.ts";

const NAMES = [
  "README",
  "readme",
  "Read me.TXT",
  "a;1",
  "a.",
  "many.dots.in.a.name.tar.gz",
  "Größe",
  "日本語 😀.txt",
  "\ue000 private",
  "x".repeat(207),
  " * : ? \\ ",
];

Deno.test("planImage() keeps names of up to 207 bytes in ISO 9660:1999", () => {
  const tree = treeOf(Object.fromEntries(NAMES.map((name) => [name, name.length])));
  tree.children.set("dir;1.", treeOf({ deep: { er: { "in it": 3000 } } }, "dir;1."));
  const imagePlan = plan(tree, { iso1999: true });
  const bytes = bytesOf(imagePlan);
  const volumes = volumesOf(bytes);
  assertEquals(volumes.map((volume) => volume.fileSystem), ["iso9660", "joliet", "iso1999", "udf"]);
  assertEquals(checkVolumes(volumes, imagePlan.sizeSectors), []);
  const { entries } = volumes[2]!;
  const inDirectory = ["/dir;1.", "/dir;1./deep", "/dir;1./deep/er", "/dir;1./deep/er/in it"];
  assertEquals(pathsOf(volumes[2]!).sort(), [...NAMES.map((name) => `/${name}`), ...inDirectory].sort());
  for (const name of NAMES) {
    const entry = entries.find((one) => one.path === `/${name}`)!;
    assertEquals(contentOf(sectorsFrom(bytes), entry), sourceBytes(patternContent(name, name.length)), name);
  }
});

Deno.test("planImage() marks ISO 9660:1999 by version 2 of descriptor and directories", () => {
  const bytes = bytesOf(plan(treeOf({ a: 1 }), { iso1999: true, volumeName: "Größe" }));
  const [primary, joliet, enhanced] = [16, 17, 18].map((lba) => bytes.subarray(lba * 2048, (lba + 1) * 2048));
  assertEquals([primary![0], primary![6], primary![881]], [1, 1, 1]);
  assertEquals([joliet![0], joliet![6], joliet![881]], [2, 1, 1]);
  assertEquals([enhanced![0], enhanced![6], enhanced![881]], [2, 2, 2]);
  assert(enhanced!.subarray(88, 120).every((byte) => byte === 0)); // no escape sequences
  assertEquals(volumesOf(bytes)[2]!.volumeName, "Größe");
});

Deno.test("planImage() cuts names over 207 bytes in ISO 9660:1999 and keeps them apart", () => {
  const tree = createDirectory();
  const long = "語".repeat(70);
  for (const name of [`${long}1.txt`, `${long}2.txt`, "\x01", "\x02"]) {
    addFile(tree, name, patternContent(name, 1));
  }
  const { entries } = soundVolume(plan(tree, { fileSystems: 1, iso1999: true }), "iso1999");
  const names = entries.map((entry) => entry.path.slice(1));
  assertEquals(new Set(names).size, 4);
  for (const name of names) assert(new TextEncoder().encode(name).length <= 207, name);
  assert(names.filter((name) => name.endsWith(".txt")).length === 2 && names.includes("_"), `${names}`);
});

Deno.test("planImage() tells 50,000 names of one beginning apart in ISO 9660:1999 in linear time", () => {
  const tree = createDirectory();
  for (let index = 0; index < 50_000; index++) {
    addFile(tree, `${"b".repeat(230)}${index}`, patternContent("", 0));
  }
  const { entries } = soundVolume(plan(tree, { fileSystems: 1, iso1999: true, isoLevel: 1 }), "iso1999");
  assertEquals(new Set(entries.map((entry) => entry.path)).size, 50_000);
});

Deno.test("planImage() without ISO 9660 has no ISO 9660:1999 either", () => {
  assertEquals(volumesOf(bytesOf(plan(treeOf({ a: 1 }), { fileSystems: 4, iso1999: true }))).length, 1);
});

Deno.test("planImage() keeps a file over 4 GiB in ISO 9660:1999", () => {
  const sizeBytes = 9 * 2 ** 30;
  const content = { sizeBytes, open: () => patternContent("", 10).open() };
  const tree = createDirectory();
  addFile(tree, "big", content);
  const [entry] = soundVolume(plan(tree, { fileSystems: 1, iso1999: true }), "iso1999").entries;
  assertEquals([entry!.sizeBytes, entry!.extents.length], [sizeBytes, 3]);
});

const FIELDS = {
  systemId: "SYSTEM",
  volumeSetId: "SET_1",
  publisherId: "A PUBLISHER",
  preparerId: "A PREPARER, 2024",
  applicationId: "AN APPLICATION",
} as const;

Deno.test("planImage() writes every field of the descriptors", () => {
  const dates = {
    created: new Date("2001-02-03T04:05:06.070Z"),
    modified: new Date("2002-02-03T04:05:06.070Z"),
    expires: new Date("2030-02-03T04:05:06.070Z"),
    effective: new Date("2003-02-03T04:05:06.070Z"),
  };
  const imagePlan = plan(treeOf({ "Copying.txt": 1, "about": 1, "books.bib": 1, "other": 1 }), {
    ...FIELDS,
    volumeDates: dates,
    copyrightFile: "Copying.txt",
    abstractFile: "about",
    bibliographicFile: "books.bib",
    iso1999: true,
  });
  const bytes = bytesOf(imagePlan);
  const files = [
    { copyrightFile: "COPYING.TXT;1", abstractFile: "ABOUT.;1", bibliographicFile: "BOOKS.BIB;1" },
    { copyrightFile: "Copying.txt;1", abstractFile: "about;1", bibliographicFile: "books.bib;1" },
    { copyrightFile: "Copying.txt", abstractFile: "about", bibliographicFile: "books.bib" },
  ];
  for (const [index, volume] of volumesOf(bytes).slice(0, 3).entries()) {
    assertEquals(volume.texts, { ...FIELDS, ...files[index]! }, volume.fileSystem);
    assertEquals(volume.created, dates.created);
    const descriptor = bytes.subarray((16 + index) * SECTOR_BYTES);
    const digits = [813, 830, 847, 864].map((at) =>
      new TextDecoder().decode(descriptor.subarray(at, at + 16))
    );
    assertEquals(digits, ["2001", "2002", "2030", "2003"].map((year) => `${year}020304050607`));
    assertEquals([813, 830, 847, 864].map((at) => descriptor[at + 16]), [0, 0, 0, 0]);
  }
});

Deno.test("planImage() leaves a file out of a descriptor that has no room for its name", () => {
  const name = "a name of over eighteen units.txt";
  const volumes = volumesOf(bytesOf(plan(treeOf({ [name]: 1 }), { copyrightFile: name, iso1999: true })));
  assertEquals(volumes[1]!.texts["copyrightFile"], undefined);
  assertEquals(volumes[2]!.texts["copyrightFile"], name);
});

for (const name of ["absent", "sub", "sub/in it"]) {
  Deno.test(`planImage() refuses to name "${name}" as a file of the root`, () => {
    const error = assertThrows(
      () => plan(treeOf({ sub: { "in it": 1 } }), { abstractFile: name }),
      ImageError,
    );
    assertEquals([error.code, error.path], ["name", name]);
  });
}

/** Sessions that are added to a disc, and read from it. */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { burn, type BurnOptions } from "../../lib/jobs/burn.ts";
import { openView } from "../../lib/jobs/list.ts";
import { chooseSession, sessionReader, sessionStarts } from "../../lib/jobs/sessions.ts";
import { run, TempFolder } from "../cli/cli.ts";

function files(folder: TempFolder, name: string, contents: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(contents)) folder.write(`${name}/${path}`, text);
  return `${folder.path}/${name}`;
}

/** Paths of a session with the first line of each file. */
function seen(file: string, session?: number): string[] {
  using opened = openView(file, session === undefined ? {} : { session });
  const sector = new Uint8Array(2048);
  return opened.volume.entries.filter(({ kind }) => kind === "file").map(({ path, extents, sizeBytes }) => {
    const lba = extents[0]?.startLba;
    if (lba === undefined) return path;
    opened.image.read(lba, 1, sector);
    return `${path} ${new TextDecoder().decode(sector.subarray(0, Math.min(9, sizeBytes)))}`;
  }).toSorted();
}

for (const medium of ["cd-r", "cd-rw", "dvd-r", "dvd-rw", "dvd+r", "dvd+r-dl", "bd-r"]) {
  for (const rockRidge of [false, true]) {
    Deno.test(`burn() appends sessions to a ${medium} that show the files before them${rockRidge ? ", with Rock Ridge" : ""}`, async () => {
      using folder = new TempFolder();
      const file = `${folder.path}/disc.iso`;
      const session = { virtual: [{ medium, file }], maps: [] };
      const options = { session, rockRidge, timestamp: new Date(0) };
      const first = files(folder, "first", {
        "a.txt": "first a",
        "both.txt": "first b",
        "sub/deep.txt": "first d",
        "empty.txt": "",
      });
      const one = await burn({ ...options, source: first, append: "merge", volumeName: "SERIES" });
      assertEquals([one.startLba, one.discState.status], [0, "appendable"]);
      const second = files(folder, "second", { "both.txt": "second b", "sub/more.txt": "second m" });
      const two = await burn({ ...options, source: second, append: "merge" });
      assertEquals(two.verified, "full");
      const merged = [
        "/a.txt first a",
        "/both.txt second b",
        "/empty.txt",
        "/sub/deep.txt first d",
        "/sub/more.txt second m",
      ];
      assertEquals(seen(file), merged);
      assertEquals(seen(file, 1), [
        "/a.txt first a",
        "/both.txt first b",
        "/empty.txt",
        "/sub/deep.txt first d",
      ]);
      {
        using opened = openView(file);
        assertEquals([opened.volume.volumeName, opened.volume.problems], ["SERIES", []]);
        assertEquals(opened.volume.fileSystem, rockRidge ? "rockridge" : "joliet");
      }
      const third = files(folder, "third", { "c.txt": "third c" });
      const three = await burn({ ...options, source: third, append: "alone", close: "finalize" });
      assertEquals([three.discState.status, three.discState.sessions], ["finalized", 3]);
      assertEquals(seen(file), ["/c.txt third c"]);
      assertEquals(seen(file, 2), merged);
    });
  }
}

Deno.test("burn() that appends refuses what has no next session", async () => {
  using folder = new TempFolder();
  const source = files(folder, "first", { "a.txt": "first a" });
  const image = `${folder.path}/image.iso`;
  const on = (medium: string, more: Partial<BurnOptions> = {}): BurnOptions => ({
    source,
    append: "merge",
    session: { virtual: [{ medium, file: `${folder.path}/${medium}.iso` }], maps: [] },
    ...more,
  });
  await burn(on("dvd+rw", {}));
  await assertRejects(() => burn(on("dvd+rw")), Error, "it holds data");
  await burn(on("cd-r", { close: "finalize" }));
  await assertRejects(() => burn(on("cd-r")), Error, "CD-R, closed, 1 session; insert a blank disc");
  await assertRejects(() => burn(on("none")), Error, "no medium");
  await burn(on("dvd+r"));
  await Deno.writeFile(image, new Uint8Array(4096));
  await assertRejects(
    () => burn(on("dvd+r", { source: image })),
    Error,
    "an image file is made for the beginning of a disc",
  );
  await assertRejects(
    () => burn(on("dvd+r", { fileSystems: 7 })),
    Error,
    "UDF is not written behind earlier sessions",
  );
});

Deno.test("burn() takes nothing over from a disc without ISO 9660, and appends beside it", async () => {
  using folder = new TempFolder();
  const image = `${folder.path}/image.bin`;
  await Deno.writeFile(image, new Uint8Array(80_000).fill(7));
  const source = files(folder, "first", { "a.txt": "first a" });
  const session = { virtual: [{ medium: "dvd+r", file: `${folder.path}/disc.iso` }], maps: [] };
  await burn({ source: image, close: "appendable", session });
  await assertRejects(
    () => burn({ source, append: "merge", session }),
    Error,
    "its last session has no ISO 9660",
  );
  await burn({ source, append: "alone", session });
  assertEquals(seen(`${folder.path}/disc.iso`), ["/a.txt first a"]);
});

Deno.test("burnscript burn --append, then list and extract of a session, from the file and from the drive", async () => {
  using folder = new TempFolder();
  files(folder, "first", { "a.txt": "first a" });
  files(folder, "second", { "b.txt": "second b" });
  const disc = `${folder.path}/disc.iso`;
  const virtual = ["--virtual", `cd-r=${disc}`];
  for (const name of ["first", "second"]) {
    const outcome = await run(["burn", "--quiet", "--append", ...virtual, `${folder.path}/${name}`]);
    assertEquals(outcome.code, 0, outcome.stderr);
  }
  for (const where of [[disc], [...virtual, "--drive", "0"]]) {
    assertEquals((await run(["list", "--short", ...where])).stdout, "a.txt\nb.txt\n");
    assertEquals((await run(["list", "--short", "--session", "1", ...where])).stdout, "a.txt\n");
    const target = `${folder.path}/out${where.length}`;
    assertEquals((await run(["extract", "-C", target, ...where])).code, 0);
    assertEquals(await Deno.readTextFile(`${target}/a.txt`), "first a");
  }
  const none = await run(["list", "--session", "3", disc]);
  assertEquals(none.code, 2);
  assertStringIncludes(none.stderr, "There is no session 3: the disc has 2, numbered from 1");
  assertStringIncludes((await run(["list", "--session", "last", disc])).stderr, "--session is a number");
  assertStringIncludes((await run(["burn", "--alone", "x"])).stderr, "--alone goes with --append");
  const many = await run(["burn", "--append", "--drive", "0", "--drive", "1", "x"]);
  assertStringIncludes(many.stderr, "--append and --continue are for one recorder");
});

Deno.test("sessionStarts() and chooseSession() count from 1, and take the last when none is asked for", () => {
  const tracks = [
    { session: 1, startLba: 0 },
    { session: 1, startLba: 500 },
    { session: 2, startLba: 12_000 },
    { session: 3, startLba: 20_000 },
  ];
  assertEquals(sessionStarts(tracks, 2), [0, 12_000]);
  assertEquals(sessionStarts([], 0), [0]);
  assertEquals([chooseSession([0, 12_000], undefined), chooseSession([0, 12_000], 1)], [12_000, 0]);
});

Deno.test("sessionReader() takes the descriptors of its session, whatever piece is asked for, and the rest where it lies", () => {
  const startLba = 1000;
  /** Each sector holds its address; the session's descriptors are two. */
  const read = (lba: number, count: number, target: Uint8Array): void => {
    for (let at = 0; at < count; at++) {
      const sector = target.subarray(at * 2048, (at + 1) * 2048).fill(0);
      if (lba + at === startLba + 16) sector.set([1, 0x43, 0x44, 0x30]);
      if (lba + at === startLba + 17) sector.set([255, 0x43, 0x44, 0x30]);
      new DataView(sector.buffer, sector.byteOffset).setUint32(8, lba + at);
    }
  };
  const session = sessionReader(read, startLba);
  const target = new Uint8Array(8 * 2048);
  const places = (lba: number, count: number): number[] => {
    session(lba, count, target);
    const view = new DataView(target.buffer);
    return Array.from({ length: count }, (_, at) => view.getUint32(at * 2048 + 8));
  };
  assertEquals(places(14, 6), [14, 15, 1016, 1017, 18, 19]);
  assertEquals(places(16, 1), [1016]);
  assertEquals(places(17, 3), [1017, 18, 19]);
  assertEquals(places(1000, 2), [1000, 1001]);
});

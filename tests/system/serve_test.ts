/**
 * The virtual recorder judged by others: `burnscript serve` gives a guest's kernel one drive for each row of a table,
 * other projects' burning programs burn an image there, each medium that they know, and the kernel mounts what they burned.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runGuest } from "../../scripts/rig/guest.ts";
import { findProgram, mustRun } from "../../scripts/rig/tools.ts";
import { whileServing } from "./rig/serving.ts";
import { listTree, makeTree, section } from "./rig/tree.ts";

/** Debian packages of the programs. */
const PACKAGES: Record<string, string> = {
  cdrskin: "cdrskin",
  genisoimage: "genisoimage",
  growisofs: "growisofs",
  wodim: "wodim",
  xorriso: "xorriso",
};
const BURNERS = ["growisofs", "cdrskin", "wodim", "xorriso"];

/**
 * What burns what: `DRIVE` is the drive, `IMAGE` the image, `TREE` its source. Each ends with the tray open, apart from
 * growisofs, which opens and closes it where it does not write at once.
 */
const IMAGE_ROWS: readonly [medium: string, command: string][] = [
  ["cd-r", "cdrskin -tao -eject dev=DRIVE IMAGE"],
  ["cd-r", "wodim -tao -eject gracetime=2 dev=DRIVE IMAGE"],
  ["cd-r", "xorriso -as cdrecord -tao -eject dev=DRIVE IMAGE"],
  ["cd-r", "cdrskin -sao -eject dev=DRIVE IMAGE"],
  ["cd-r", "wodim -sao -eject gracetime=2 dev=DRIVE IMAGE"],
  ["cd-rw", "xorriso -as cdrecord -sao -eject dev=DRIVE IMAGE"],
  ["cd-rw", "cdrskin -tao -eject dev=DRIVE IMAGE"],
  ["dvd-r", "growisofs -Z DRIVE=IMAGE"],
  ["dvd-r", "growisofs -use-the-force-luke=dao -Z DRIVE=IMAGE"],
  ["dvd-r", "cdrskin -sao -eject dev=DRIVE IMAGE"],
  ["dvd-rw", "growisofs -Z DRIVE=IMAGE"],
  ["dvd-rw", "xorriso -as cdrecord -eject dev=DRIVE IMAGE"],
  ["dvd+r", "growisofs -Z DRIVE=IMAGE"],
  ["dvd+r", "growisofs -dvd-compat -Z DRIVE=IMAGE"],
  ["dvd+r", "cdrskin -eject dev=DRIVE IMAGE"],
  ["dvd+r", "wodim -eject gracetime=2 dev=DRIVE IMAGE"],
  ["dvd+r-dl", "growisofs -Z DRIVE=IMAGE"],
  ["dvd+rw", "growisofs -Z DRIVE=IMAGE"],
  ["dvd-ram", "growisofs -Z DRIVE=IMAGE"],
  ["bd-r", "growisofs -Z DRIVE=IMAGE"],
  ["bd-r", "growisofs -use-the-force-luke=spare:none -Z DRIVE=IMAGE"],
  ["bd-r", "xorriso -as cdrecord -eject dev=DRIVE IMAGE"],
  ["bd-re", "growisofs -Z DRIVE=IMAGE"],
];

/** Burns that are only tried: the disc is blank afterwards. */
const SIMULATIONS: readonly [medium: string, command: string][] = [
  ["cd-r", "cdrskin -dummy -sao -eject dev=DRIVE IMAGE"],
  ["cd-r", "wodim -dummy -tao -eject gracetime=2 dev=DRIVE IMAGE"],
  ["dvd-r", "growisofs -use-the-force-luke=dummy -Z DRIVE=IMAGE"],
  ["dvd-rw", "xorriso -as cdrecord -dummy -eject dev=DRIVE IMAGE"],
];

/** Two sessions, the second of which takes the first one's folder over. */
const APPEND = "xorriso -write_type tao -dev DRIVE -map TREE /first -commit && " +
  "xorriso -write_type tao -dev DRIVE -map TREE /second -commit_eject all";
const ROWS: readonly (readonly [medium: string, command: string])[] = [
  ...SIMULATIONS,
  ...IMAGE_ROWS,
  ["cd-r", APPEND] as const,
  ["dvd+r", APPEND] as const,
  // wodim opens no drive beyond the sixteenth or so: its rows come first.
].toSorted(([, a], [, b]) => Number(b.startsWith("wodim")) - Number(a.startsWith("wodim")));

/** Files of the sizes that matter, some of them below folders; no two the same. */
const SIZES = {
  "readme.txt": 40,
  "one byte.bin": 1,
  "sector.bin": 2048,
  "sector and one.bin": 2049,
  "docs/deep/deeper/end.bin": 70_000,
  "large/three megabytes.bin": 3_000_001,
};

Deno.test("burnscript serve: other burning programs, in a guest", async (t) => {
  const missing = new Set<string>();
  for (const [program, name] of Object.entries(PACKAGES)) {
    if (await findProgram(program) === undefined) missing.add(name);
  }
  assertEquals([...missing], [], "These packages have to be installed");

  const folder = await Deno.makeTempDir({ prefix: "burnscript-serve-" });
  try {
    await makeTree(`${folder}/data/tree`, SIZES);
    const image = `${folder}/data/image.iso`;
    await mustRun("genisoimage", [
      "-quiet",
      "-r",
      "-J",
      "-udf",
      "-V",
      "JUDGED",
      "-o",
      image,
      `${folder}/data/tree`,
    ]);
    const discs = ROWS.map((_, index) => `${folder}/disc${index}`);
    const virtual = ROWS.map(([medium], index) => `${medium}=${discs[index]}`);
    const result = await whileServing(virtual, (urls) =>
      runGuest({
        job: JOB + ROWS.map(([, command], index) => {
          const names = { DRIVE: `/dev/sr${index}`, IMAGE: "/data/image.iso", TREE: "/data/tree" };
          const line = Object.entries(names).reduce(
            (text, [name, path]) => text.replaceAll(name, path),
            command,
          );
          return `judge ${index} "${line}"\n`;
        }).join(""),
        burners: urls,
        programs: BURNERS,
        modules: [],
        data: `${folder}/data`,
      }));
    assertEquals(result.exitCode, 0, `The guest did not finish:\n${result.output}\n${result.console}`);

    const source = await listTree(`${folder}/data/tree`);
    const bytes = await Deno.readFile(image);
    for (const [index, [medium, command]] of ROWS.entries()) {
      await t.step(`${medium}: ${command}`, async () => {
        const said = section(result.output, `burn ${index}`);
        assertStringIncludes(said, "exit code 0", said);
        const listed = section(result.output, `iso9660 ${index}`).split("\n");
        if (command === APPEND) {
          const both = ["first", "second"].flatMap((name) =>
            source.map((line) => line.replace("./", `./${name}/`))
          );
          assertEquals(listed, both, said);
          return;
        }
        if (SIMULATIONS.some((each) => each[1] === command)) {
          assertEquals(
            JSON.parse(await Deno.readTextFile(`${discs[index]}.burnscript.json`)).phase,
            "blank",
            said,
          );
          assertEquals((await Deno.stat(discs[index]!)).size, 0, said);
          return;
        }
        assertEquals(listed, source, said);
        assertEquals(section(result.output, `udf ${index}`).split("\n"), source, said);
        const burned = await readStart(discs[index]!, bytes.length);
        assert(
          burned.every((byte, at) => byte === bytes[at]),
          "The disc's file does not begin with the image",
        );
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Burns; closes the tray after the kernel saw it open, so that it looks anew; mounts. */
const JOB = `
list() {
  echo "== $1 $2"
  mount -t $1 -o ro $3 /mnt && (cd /mnt; find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2) && umount /mnt
}
look() {
  head -c 1 $1 >/dev/null 2>&1
  cdrskin dev=$1 -load >/dev/null 2>&1
}
judge() {
  number=$1
  drive=/dev/sr$1
  echo "== burn $number"
  timeout 300 sh -c "$2" </dev/null 2>&1
  echo "exit code $?"
  case "$2" in
    *=dao*) cdrskin dev=$drive -eject >/dev/null 2>&1 ; look $drive ;;
    growisofs*) ;;
    *) look $drive ;;
  esac
  list iso9660 $number $drive
  list udf $number $drive
  return 0
}
`;

async function readStart(path: string, length: number): Promise<Uint8Array> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = await file.read(bytes.subarray(at));
    if (count === null) return bytes.subarray(0, at);
    at += count;
  }
  return bytes;
}

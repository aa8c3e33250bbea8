/**
 * Our own engine burns every medium, for real apart from the laser: `burnscript serve` gives a guest's kernel one drive for
 * each row of a table, `burnscript burn` burns there through the native library and the kernel's SG_IO and verifies every
 * sector, and the kernel mounts what was burned.
 */
import { assertEquals } from "@std/assert";
import { runGuest } from "../../scripts/rig/guest.ts";
import { whileServing } from "./rig/serving.ts";
import { listTree, makeTree, section } from "./rig/tree.ts";

const BURNSCRIPT = "deno run -A --cached-only lib/cli/main.ts";

/** What one row does with its drive. */
interface Row {
  readonly medium: string;
  /** Of group cdrom, not root. */
  readonly user?: "user";
  /** `burnscript` commands, each of which has to succeed; `DRIVE` is the drive's number. */
  readonly commands: readonly string[];
  /** The folder that the disc holds in the end. */
  readonly holds: string;
  /** By what the kernel mounts it; ISO 9660 and UDF when left out. */
  readonly fileSystems?: readonly string[];
}

const SIZES = {
  "readme.txt": 40,
  "empty.dat": 0,
  "sector.bin": 2048,
  "sector and one.bin": 2049,
  "docs/Grüße aus 日本.txt": 300,
  "docs/deep/deeper/end.bin": 400_000,
};

const BURN = "burn --quiet --drive DRIVE /data/first";
const BURN_OPEN = "burn --quiet --close appendable --drive DRIVE /data/first";
const AT_ONCE = "burn --quiet --at-once --drive DRIVE /data/first";
const TRY = "burn --quiet --simulate --drive DRIVE /data/first";
const APPEND = "burn --quiet --append --drive DRIVE /data/first";
/** Its files have the names of the first one's, and one more. */
const APPEND_SECOND = "burn --quiet --append --close finalize --drive DRIVE /data/second";
const AGAIN = "burn --quiet --force --drive DRIVE /data/second";
const ERASE = "erase --quiet --drive DRIVE";

const BOTH = ["iso9660", "udf"];

/** Both kinds of user in every family: the kernel lets root alone send some commands. */
const ROWS: readonly Row[] = [
  { medium: "cd-r", commands: [BURN], holds: "first" },
  { medium: "cd-rw", user: "user", commands: [BURN, ERASE, AGAIN], holds: "second" },
  { medium: "dvd-r", commands: [BURN], holds: "first" },
  { medium: "dvd-rw", user: "user", commands: [BURN], holds: "first" },
  {
    medium: "dvd-rw",
    commands: ["erase --quiet --overwritable --drive DRIVE", BURN, AGAIN],
    holds: "second",
  },
  { medium: "dvd-r-dl", user: "user", commands: [BURN], holds: "first" },
  { medium: "dvd-ram", commands: [BURN], holds: "first" },
  { medium: "dvd+r", user: "user", commands: [BURN], holds: "first" },
  { medium: "dvd+r-dl", commands: [BURN], holds: "first" },
  { medium: "dvd+rw", user: "user", commands: [BURN, AGAIN], holds: "second" },
  { medium: "bd-r", commands: [BURN], holds: "first" },
  { medium: "bd-re", user: "user", commands: [BURN], holds: "first" },
  { medium: "cd-r", user: "user", commands: [BURN_OPEN], holds: "first" },
  { medium: "dvd-r", commands: [BURN_OPEN], holds: "first" },
  { medium: "dvd+r", commands: [BURN_OPEN], holds: "first" },
  { medium: "bd-r", user: "user", commands: [BURN_OPEN], holds: "first" },
  { medium: "cd-r", user: "user", commands: [TRY, AT_ONCE], holds: "first" },
  { medium: "dvd-r", commands: [AT_ONCE], holds: "first" },
  { medium: "cd-r", commands: [APPEND, APPEND_SECOND], holds: "second", fileSystems: ["iso9660"] },
  {
    medium: "dvd+r",
    user: "user",
    commands: [APPEND, APPEND_SECOND],
    holds: "second",
    fileSystems: ["iso9660"],
  },
];

Deno.test("burnscript burn: every medium, through the guest's kernel", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "burnscript-media-" });
  try {
    await makeTree(`${folder}/data/first`, SIZES);
    await makeTree(`${folder}/data/second`, { ...SIZES, "docs/only here.bin": 5000 }, 2);
    const virtual = ROWS.map(({ medium }, index) => `${medium}=${folder}/disc${index}`);
    const result = await whileServing(virtual, (urls) =>
      runGuest({
        job: makeJob(),
        burners: urls,
        // Opens and closes the tray, faster than Deno starts in the guest.
        programs: ["cdrskin"],
        modules: ["lib/cli/main.ts"],
        data: `${folder}/data`,
      }));
    assertEquals(result.exitCode, 0, `The guest did not finish:\n${result.output}\n${result.console}`);

    for (const [index, { medium, user, commands, holds, fileSystems = BOTH }] of ROWS.entries()) {
      const what = commands.map((command) => command.replace(/ --drive DRIVE.*| --quiet/g, "")).join(", ");
      const who = user === undefined ? "root" : "a user of group cdrom";
      await t.step(`${medium}: ${what}, as ${who}`, async () => {
        const said = section(result.output, `burn ${index}`);
        assertEquals(
          [...said.matchAll(/^exit code (\d+)$/gm)].map(([, code]) => code),
          commands.map(() => "0"),
          said,
        );
        assertEquals(
          said.match(/every sector verified/g)?.length,
          commands.filter((command) => command.startsWith("burn ") && command !== TRY).length,
          said,
        );
        const source = await listTree(`${folder}/data/${holds}`);
        for (const type of fileSystems) {
          assertEquals(section(result.output, `${type} ${index}`).split("\n"), source, said);
        }
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Each row's commands; then the tray is opened and closed, for the kernel keeps the blank disc's size until it sees that. */
function makeJob(): string {
  const rows = ROWS.map(({ user, commands }, index) => {
    const drive = `/dev/sr${index}`;
    return `
row${index}() {
  echo "== burn ${index}"
${
      commands.map((command) =>
        `  timeout 600 as ${user ?? "root"} ${BURNSCRIPT} ${
          command.replace("DRIVE", `${index}`)
        } </dev/null\n  echo "exit code $?"\n`
      ).join("")
    }
  cdrskin dev=${drive} -eject >/dev/null 2>&1
  head -c 1 ${drive} >/dev/null 2>&1
  cdrskin dev=${drive} -load >/dev/null 2>&1
  list iso9660 ${index} ${drive}
  list udf ${index} ${drive}
}
`;
  }).join("");
  // Two at a time, for the guest has two processors.
  const lane = (first: number): string =>
    ROWS.map((_, index) => index).filter((index) => index % 2 === first).map((index) => `row${index}`)
      .join("; ");
  return `
mkdir /tmp/mnt0 /tmp/mnt1
list() {
  echo "== $1 $2"
  place=/tmp/mnt$(($2 % 2))
  mount -t $1 -o ro,utf8 $3 $place || return
  (cd $place; find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2)
  umount $place
}
${rows}
(${lane(1)}) >/tmp/said 2>&1 &
(${lane(0)}) 2>&1
wait
cat /tmp/said
`;
}

/**
 * Burns discs for real, as far as that goes without a laser: in a guest whose kernel drives a DVD+R burner that another
 * project emulates. What was burned is mounted there by the kernel, and compared with its source file by file.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type GuestResult, runGuest } from "../../scripts/rig/guest.ts";

/** Enough that Ctrl-C comes while it is being written. */
const LARGE_BYTES = 100_000_000;
const DENO = "deno run -A --cached-only";

/** A blank disc's file, and a place to make data in; gone afterwards. */
async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "burnscript-rig-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function assertDone({ exitCode, output, console }: GuestResult): void {
  assertEquals(
    exitCode,
    0,
    exitCode === undefined ? `The guest did not finish:\n${output}\n${console}` : output,
  );
}

for (const user of ["root", "user"]) {
  Deno.test(`native recorders, as ${user === "root" ? "root" : "a user of group cdrom"}`, async () => {
    await withFolder(async (folder) => {
      const result = await runGuest({
        job: `as ${user} ${DENO} tests/system/rig/passthrough.ts`,
        modules: ["tests/system/rig/passthrough.ts"],
        disc: `${folder}/disc`,
      });
      assertDone(result);
      assertStringIncludes(result.output, "ok READ");
      // 2048 sectors, each of which differs from the others: the emulator has what was sent.
      assertEquals((await Deno.stat(`${folder}/disc`)).size, 2048 * 2048);
    });
  });
}

const SCRIPT = `${DENO} lib/cli/main.ts run --map g:=/data tests/system/rig/burn.vbs`;
const burns: [name: string, burn: { user: string; command: string; says: string }][] = [
  ["burn.vbs, as root", { user: "root", command: SCRIPT, says: "Written" }],
  ["burn.vbs, as a user of group cdrom", { user: "user", command: SCRIPT, says: "Written" }],
  ["its TypeScript twin, as a user of group cdrom", {
    user: "user",
    command: `env BURNSCRIPT_MAP=g:=/data ${DENO} examples/burn.ts`,
    says: "Finished.",
  }],
  ["the burn command, as a user of group cdrom", {
    user: "user",
    command: `${DENO} lib/cli/main.ts burn --quiet /data/BurnDir`,
    says: "every sector verified",
  }],
];
for (const [name, { user, command, says }] of burns) {
  Deno.test(`${name}: mounted as UDF, as Joliet and as ISO 9660`, async () => {
    await withFolder(async (folder) => {
      await makeTree(`${folder}/data/BurnDir`);
      const result = await runGuest({
        job: burnJob(user, command),
        modules: [
          "lib/cli/main.ts",
          "lib/wsh/script_worker.ts",
          "examples/burn.ts",
          "tests/system/rig/open_error.ts",
          "tests/system/rig/tray.ts",
        ],
        data: `${folder}/data`,
        disc: `${folder}/disc`,
      });
      assertDone(result);
      const { output } = result;
      assertStringIncludes(output, says);
      // The disc is mounted, and its user may not unmount it: he is told where, and what to do.
      assertMatch(section(output, "mounted"), /^c0aa0210 .*mounted at "\/mnt" .*sudo umount \/mnt/);
      assertMatch(section(output, "stranger"), /^80070005 .*group cdrom/);
      const source = await listTree(`${folder}/data/BurnDir`);
      assertEquals(section(output, "udf").split("\n"), source);
      assertEquals(section(output, "joliet").split("\n"), source);
      // Without Joliet the names are 8.3; the files are the same.
      assertEquals(hashes(section(output, "iso9660").split("\n")), hashes(source));
    });
  });
}

Deno.test("Ctrl-C while burn.vbs writes: the disc is closed, the drive given back", async () => {
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/data/BurnDir`, { recursive: true });
    await Deno.writeFile(`${folder}/data/BurnDir/large.bin`, new Uint8Array(LARGE_BYTES).fill(0x5A));
    const result = await runGuest({
      job: `
as user ${SCRIPT} >/tmp/said 2>&1 &
until grep -q Writing /tmp/said || ! kill -0 $!; do sleep 0.1; done
# The child of "as" is the shell that turned into Deno.
kill -INT $!
wait $!
echo "exit code $?"
cat /tmp/said
echo "== open"
as user ${DENO} tests/system/rig/open_error.ts
as user ${DENO} tests/system/rig/tray.ts open && echo "the tray opens"
`,
      modules: [
        "lib/cli/main.ts",
        "lib/wsh/script_worker.ts",
        "tests/system/rig/open_error.ts",
        "tests/system/rig/tray.ts",
      ],
      data: `${folder}/data`,
      disc: `${folder}/disc`,
    });
    assertDone(result);
    assertStringIncludes(result.output, "exit code 130");
    assertMatch(result.output, /the burn was cancelled; the disc is now/);
    assertEquals(section(result.output, "open"), "0\nthe tray opens");
    const burntBytes = (await Deno.stat(`${folder}/disc`)).size;
    assert(burntBytes > 0 && burntBytes < LARGE_BYTES, `${burntBytes} bytes were burned`);
  });
});

/** The job: burn as `user`; then, as root, open and close the tray so that the kernel looks anew, and mount. */
function burnJob(user: string, command: string): string {
  return `
set -e
as ${user} ${command}
# The kernel keeps the capacity of the blank disc until it sees the drive empty.
${DENO} tests/system/rig/tray.ts open
! head -c 1 /dev/sr0 2>/dev/null || exit 9
${DENO} tests/system/rig/tray.ts close
list() {
  echo "== $1"
  mount -t $2 -o $3 /dev/sr0 /mnt
  (cd /mnt; find . -type d | sed 's/^/folder  /'; find . -type f -exec sha256sum {} +) | LC_ALL=C sort
  if [ $1 = udf ]; then echo "== mounted"; as user ${DENO} tests/system/rig/open_error.ts; fi
  umount /mnt
}
list udf udf ro,utf8
list joliet iso9660 ro,utf8
list iso9660 iso9660 ro,nojoliet
echo "== stranger"
as stranger ${DENO} tests/system/rig/open_error.ts
`;
}

/** What the job printed under a heading. */
function section(output: string, name: string): string {
  const start = output.indexOf(`== ${name}\n`);
  if (start < 0) throw new Error(`The job printed no "${name}":\n${output}`);
  const rest = output.slice(start + name.length + 4);
  const end = rest.indexOf("\n== ");
  return (end < 0 ? rest : rest.slice(0, end)).trimEnd();
}

/** Files of all sizes that matter to a file system of 2048-byte sectors, and names that matter to Joliet and UDF. */
async function makeTree(root: string): Promise<void> {
  const sizes: Record<string, number> = {
    "readme.txt": 40,
    "empty.dat": 0,
    "one byte.bin": 1,
    "sector.bin": 2048,
    "sector and one.bin": 2049,
    "docs/Grüße aus Köln.txt": 300,
    "docs/日本語.txt": 4095,
    "docs/deep/deeper/deepest/end.bin": 70_000,
    "large/three megabytes.bin": 3_000_001,
  };
  for (const folder of ["docs/deep/deeper/deepest", "large", "nothing in it"]) {
    await Deno.mkdir(`${root}/${folder}`, { recursive: true });
  }
  let seed = 1;
  for (const [name, size] of Object.entries(sizes)) {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at++) bytes[at] = (seed = Math.imul(seed, 1664525) + 1013904223 | 0) >>> 24;
    await Deno.writeFile(`${root}/${name}`, bytes);
  }
  for (let number = 0; number < 120; number++) {
    await Deno.writeTextFile(`${root}/large/file ${number}.txt`, `number ${number}\n`);
  }
}

/** The tree as the guest's `find` and `sha256sum` print it, sorted by bytes. */
async function listTree(root: string): Promise<string[]> {
  const lines = ["folder  ."];
  const walk = async (folder: string): Promise<void> => {
    for await (const entry of Deno.readDir(`${root}/${folder}`)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory) {
        lines.push(`folder  ${path}`);
        await walk(path);
      } else {
        const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(`${root}/${path}`));
        lines.push(`${new Uint8Array(digest).toHex()}  ${path}`);
      }
    }
  };
  await walk(".");
  const encoder = new TextEncoder();
  const keys = new Map(lines.map((line) => [line, encoder.encode(line).toHex()]));
  return lines.sort((a, b) => (keys.get(a) ?? "") < (keys.get(b) ?? "") ? -1 : 1);
}

/** What the lines begin with: hashes of files, and a mark for each folder. */
function hashes(lines: readonly string[]): string[] {
  return lines.map((line) => line.slice(0, line.indexOf(" "))).sort();
}

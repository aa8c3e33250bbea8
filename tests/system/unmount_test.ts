/**
 * A disc that is mounted and is burned, erased or ejected: it is unmounted for it, unless it is in use. In a guest, whose
 * kernel mounts what `burnscript serve` offers; the guest's user is of group cdrom and not root.
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runGuest } from "../../scripts/rig/guest.ts";
import { whileServing } from "./rig/serving.ts";
import { listTree, makeTree, section } from "./rig/tree.ts";

const BURNSCRIPT = "deno run -A --cached-only lib/cli/main.ts";
const SIZES = { "readme.txt": 40, "docs/end.bin": 400_000 };
const OTHER_SIZES = { "readme.txt": 41, "docs/other.bin": 100_000 };

/** What the job tries with the first drive, whose disc is mounted twice: at "/tmp/A B", and a folder of it at /tmp/docs. */
const JOB = `
say() { echo "== $1"; shift; "$@" 2>&1; echo "exit code $?"; }
asleep() { until grep -q sleep /proc/$1/comm; do sleep 0.1; done; }
mounted() { grep -c "^$1 " /proc/self/mounts; }
refresh() { cdrskin dev=$1 -eject; head -c 1 $1; cdrskin dev=$1 -load; } >/dev/null 2>&1
burn="${BURNSCRIPT} burn --quiet --force"
mkdir "/tmp/A B" /tmp/docs /tmp/bdre /tmp/links
ln -s /dev/sr0 /tmp/links/cdrom
ln -s "/tmp/A B/readme.txt" /tmp/links/readme.txt

$burn --drive 0 /data/first >/dev/null && $burn --drive 1 /data/first >/dev/null
refresh /dev/sr0
refresh /dev/sr1
mount -t udf -o ro /dev/sr0 "/tmp/A B"
mount -o bind "/tmp/A B/docs" /tmp/docs
mount -t iso9660 -o ro /dev/sr1 /tmp/bdre

sleep 1000 <"/tmp/A B/readme.txt" &
asleep $!
say busy $burn --drive 0 /data/second
kill $!
wait $! 2>/dev/null
say inside sh -c "cd '/tmp/A B/docs' && cat /dev/null && exec $(which deno) run -A --cached-only $PWD/lib/cli/main.ts eject"
say "source on it" $burn --drive 0 "/tmp/A B/docs"
say "source links to it" $burn --drive 0 /tmp/links
say user as user $burn --drive 0 /data/second
say covered sh -c "mount -t tmpfs none /tmp/docs && $burn --drive 0 /data/second"
umount /tmp/docs
echo "== before"
mounted /dev/sr0

say again $burn --drive /tmp/links/cdrom /data/second
echo "== after"
mounted /dev/sr0
unshare -m sleep 1000 &
asleep $!
say elsewhere ${BURNSCRIPT} eject --drive 1
kill $!
wait $! 2>/dev/null
mount -t iso9660 -o ro /dev/sr1 /tmp/bdre
say erase ${BURNSCRIPT} erase --quiet --drive 1
refresh /dev/sr0
echo "== udf"
mount -t udf -o ro /dev/sr0 "/tmp/A B"
(cd "/tmp/A B"; find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2)
say load ${BURNSCRIPT} load --drive 0
mounted /dev/sr0
say eject ${BURNSCRIPT} eject --drive 0
say drives ${BURNSCRIPT} drives
say "drives as JSON" ${BURNSCRIPT} drives --json
`;

/** What is said under each heading, and the exit code. */
const SAID: readonly { heading: string; exitCode: number; says: readonly (string | RegExp)[] }[] = [
  {
    heading: "busy",
    exitCode: 1,
    says: [/its disc is mounted at "\/tmp\/A B" and in use by sleep \(\d+\); close/],
  },
  { heading: "inside", exitCode: 1, says: ["in use by burnscript itself; close"] },
  {
    heading: "source on it",
    exitCode: 1,
    says: ['the source "/tmp/A B/docs/end.bin" lies on the disc in it', "copy it to another place first"],
  },
  { heading: "source links to it", exitCode: 1, says: ['the source "/tmp/links/readme.txt" lies on'] },
  {
    heading: "user",
    exitCode: 1,
    says: [/cannot be unmounted \(umount: .*not permitted.*\)/, "sudo umount /tmp/docs"],
  },
  {
    heading: "covered",
    exitCode: 1,
    says: [
      'mounted at "/tmp/docs", and tmpfs is mounted on it at "/tmp/docs"; unmount that first (umount /tmp/docs)',
    ],
  },
  {
    heading: "again",
    exitCode: 0,
    says: ['Unmounted "/tmp/docs"\nUnmounted "/tmp/A B"\n', "every sector verified"],
  },
  {
    heading: "elsewhere",
    exitCode: 1,
    says: [/in use by sleep \(\d+\), which has its disc mounted at "\/tmp\/bdre"; wait for its end/],
  },
  { heading: "erase", exitCode: 0, says: ['Unmounted "/tmp/bdre"\n', "Erased"] },
  { heading: "load", exitCode: 0, says: [] },
  { heading: "eject", exitCode: 0, says: ['Unmounted "/tmp/A B"'] },
  { heading: "drives", exitCode: 0, says: [/^0 {2}\/dev\/sr0 .*virtio/] },
  { heading: "drives as JSON", exitCode: 0, says: ['"serialNumber":"'] },
];

Deno.test("a disc that is mounted is unmounted to be burned, unless it is in use", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "burnscript-unmount-" });
  try {
    await makeTree(`${folder}/data/first`, SIZES);
    await makeTree(`${folder}/data/second`, OTHER_SIZES, 2);
    const virtual = [`dvd+rw=${folder}/disc0`, `bd-re=${folder}/disc1`];
    const { exitCode, output, console } = await whileServing(virtual, (urls) =>
      runGuest({
        job: JOB,
        burners: urls,
        programs: ["cdrskin"], // opens and closes the tray, faster than Deno starts in the guest
        modules: ["lib/cli/main.ts"],
        data: `${folder}/data`,
      }));
    assertEquals(exitCode, 0, `The guest did not finish:\n${output}\n${console}`);
    for (const { heading, exitCode, says } of SAID) {
      await t.step(heading, () => {
        const said = section(output, heading);
        for (const what of says) {
          if (typeof what === "string") assertStringIncludes(said, what);
          else assertMatch(said, what);
        }
        assertMatch(said, new RegExp(`^exit code ${exitCode}$`, "m"));
      });
    }
    assertEquals(section(output, "before"), "2", "What failed left the disc as it was");
    assertEquals(section(output, "after"), "0");
    assertMatch(section(output, "load"), /\n1$/, "load leaves a disc mounted");
    assertEquals(section(output, "udf").split("\n"), await listTree(`${folder}/data/second`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

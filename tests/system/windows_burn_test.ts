/**
 * The Windows library burns a disc: in a guest where wine turns SCSI_PASS_THROUGH_DIRECT into what the kernel has for it. What
 * was burned is read back by the kernel.
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runGuest } from "../../scripts/rig/guest.ts";
import { makeWindowsDisk, WINDOWS_DENO_IN_GUEST } from "../../scripts/rig/windows.ts";
import { listTree, makeTree, section } from "./rig/tree.ts";

const BURN = "lib/cli/main.ts";

Deno.test("the burn command of the Windows build: the kernel reads what was burned", async () => {
  const folder = await Deno.makeTempDir({ prefix: "burnscript-windows-" });
  try {
    const source = `${folder}/data/BurnDir`;
    await makeTree(source, { "readme.txt": 40, "docs/empty.dat": 0, "docs/large.bin": 3_000_001 });
    await makeWindowsDisk(`${folder}/disk`, { module: BURN, data: `${folder}/data` });
    const { exitCode, output, console } = await runGuest({
      job: `
set -e
(${WINDOWS_DENO_IN_GUEST} run -A --cached-only --no-check ${BURN} burn 'Z:\\data\\BurnDir') </dev/null >/tmp/said 2>&1 ||
  echo "exit code $?"
cat /tmp/said
# The kernel keeps the capacity of the blank disc for as long as it knows the drive.
echo 1 >/sys/block/sr0/device/delete
echo '- - -' >/sys/class/scsi_host/host0/scan
until [ -b /dev/sr0 ]; do sleep 0.1; done
mount -t udf -o ro,utf8 /dev/sr0 /mnt
echo "== burned"
cd /mnt
find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2
`,
      modules: [],
      disks: [`${folder}/disk`],
      disc: `${folder}/disc`,
    });
    assertEquals(exitCode, 0, `${output}\n${console}`);
    assertStringIncludes(output, "every sector verified");
    assertEquals(section(output, "burned").split("\n"), await listTree(source));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { createDirectory, memoryContent, planImage } from "../../lib/image/mod.ts";
import { image } from "../../lib/jobs/image.ts";
import { verifyImage } from "../../lib/jobs/verify_image.ts";
import { writeImageFile } from "../../lib/platform/image_file.ts";

function run(program: string, args: string[]): { code: number; text: string } {
  const { code, stdout, stderr } = new Deno.Command(program, { args }).outputSync();
  return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

function must(program: string, args: string[]): void {
  const { code, text } = run(program, args);
  assert(code === 0, `${program}: ${text}`);
}

function withFolder(action: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync({ prefix: "image-contents-" });
  try {
    action(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

for (const megabytes of [0, 1, 30]) {
  Deno.test(`checkisomd5 takes the checksum of an image with ${megabytes} MB, and finds a wrong byte`, () => {
    withFolder((folder) => {
      const root = createDirectory();
      const bytes = Uint8Array.from({ length: megabytes * 1e6 + 1 }, (_, at) => at % 251);
      root.children.set("file", { kind: "file", name: "file", content: memoryContent(bytes) });
      const plan = planImage(root, { timestamp: new Date(0), volumeName: "SUM" });
      for (const threads of [true, false]) {
        writeImageFile(plan, `${folder}/x.iso`, { mediaSum: true, threads });
        assertStringIncludes(run("checkisomd5", [`${folder}/x.iso`]).text, "PASS");
        assertEquals(verifyImage({ image: `${folder}/x.iso` }).mediaSum, "right");
      }
      {
        using file = Deno.openSync(`${folder}/x.iso`, { write: true });
        file.seekSync(40 * 2048 + 5, Deno.SeekMode.Start);
        file.writeSync(Uint8Array.of(123));
      }
      assertStringIncludes(run("checkisomd5", [`${folder}/x.iso`]).text, "FAIL");
      assertEquals(verifyImage({ image: `${folder}/x.iso` }).mediaSum, "wrong");
    });
  });
}

Deno.test("verifyImage() understands what implantisomd5 puts into an image of xorriso's", () => {
  withFolder((folder) => {
    Deno.mkdirSync(`${folder}/source`);
    Deno.writeFileSync(`${folder}/source/a`, new Uint8Array(3_000_000).fill(5));
    must("xorriso", ["-as", "mkisofs", "-quiet", "-o", `${folder}/x.iso`, `${folder}/source`]);
    must("implantisomd5", ["--force", `${folder}/x.iso`]);
    assertEquals(verifyImage({ image: `${folder}/x.iso` }).mediaSum, "right");
  });
});

const knownToKernel = Deno.build.os === "linux" ? Deno.readTextFileSync("/proc/filesystems") : "";
const SHARING: [fileSystem: string, make: string[]][] = [
  ["xfs", ["mkfs.xfs", "-q", "-m", "reflink=1"]],
  ["btrfs", ["mkfs.btrfs", "-q"]],
];
for (const [fileSystem, [program = "", ...args]] of SHARING) {
  // Mounting takes root, and a kernel that has the file system.
  const ignore = Deno.uid() !== 0 || !new RegExp(`\\t${fileSystem}$`, "m").test(knownToKernel);
  Deno.test(`image() aligned to 4 KiB shares the blocks of big files on ${fileSystem}`, { ignore }, () => {
    withFolder((folder) => {
      const [disk, mounted] = [`${folder}/disk`, `${folder}/mounted`];
      Deno.mkdirSync(mounted);
      Deno.createSync(disk).close();
      Deno.truncateSync(disk, 2 ** 30);
      must(program, [...args, disk]);
      must("mount", ["-o", "loop", disk, mounted]);
      try {
        Deno.mkdirSync(`${mounted}/source`);
        for (let index = 0; index < 3; index++) {
          const bytes = Uint8Array.from({ length: 40_000_001 + index }, (_, at) => (at * 31 + index) >> 3);
          Deno.writeFileSync(`${mounted}/source/${index}`, bytes);
        }
        const before = usedBytes(mounted);
        image({ source: `${mounted}/source`, output: `${mounted}/x.iso`, alignmentBytes: 4096 });
        assertLess(usedBytes(mounted) - before, 10_000_000);
        const report = verifyImage({ image: `${mounted}/x.iso`, against: `${mounted}/source` });
        assertEquals([report.problems, report.differences], [[], []]);
      } finally {
        must("umount", [mounted]);
      }
    });
  });
}

function usedBytes(folder: string): number {
  must("sync", ["-f", folder]);
  return Number(run("df", ["--block-size=1", "--output=used", folder]).text.split("\n")[1]);
}

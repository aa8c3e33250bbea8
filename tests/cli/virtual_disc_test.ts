/** Virtual discs whose files the system refuses. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { onPosix } from "../posix.ts";
import { run, TempFolder } from "./cli.ts";

const onLinux = { ignore: Deno.build.os !== "linux" };

Deno.test(
  "burn onto a virtual disc that the volume has no room for says so, and what is on it",
  onLinux,
  async () => {
    using folder = new TempFolder();
    folder.writeSparse("image", 8_000_000);
    // Room for 2 MB in a file: 512 bytes are a block of ulimit.
    const prefix = ["sh", "-c", 'trap "" XFSZ; ulimit -f 4096; exec "$@"', "sh"];
    const burn = ["burn", "--quiet", "--virtual", "dvd+r=d.iso", "image"];
    const { code, stderr } = await run(burn, { cwd: folder.path, prefix });
    assertEquals(code, 1);
    assertStringIncludes(
      stderr,
      'Cannot write the virtual disc "d.iso": the file system takes no file so large',
    );
    const said = /the disc is now: (.*?);/.exec(stderr)?.[1];
    const { stdout } = await run(["info", "--virtual", "dvd+r=d.iso"], { cwd: folder.path });
    assert(said !== undefined, stderr);
    assertStringIncludes(stdout, said);
  },
);

Deno.test("burn onto a virtual disc on a full volume leaves it as it was", onLinux, async () => {
  using folder = new TempFolder();
  folder.writeSparse("image", 8_000_000);
  await Deno.symlink("/dev/full", `${folder.path}/d.iso`);
  const { code, stderr } = await run(["burn", "--quiet", "--virtual", "dvd+r=d.iso", "image"], {
    cwd: folder.path,
  });
  assertEquals(code, 1);
  assertStringIncludes(stderr, 'Cannot write the virtual disc "d.iso": no space is left where it lies');
  assertStringIncludes(stderr, "the disc is now: DVD+R, blank; make room");
});

for (
  const [file, found] of [
    ["no/such/d.iso", "its folder is not there; make the folder, or give another file"],
    ["folder", "it is a folder; give a file"],
    ["image/d.iso", "its folder is a file; give another file"],
  ]
) {
  Deno.test(`info of a virtual disc in ${file} says that ${found}`, onPosix, async () => {
    using folder = new TempFolder();
    folder.writeSparse("image", 2048);
    await Deno.mkdir(`${folder.path}/folder`);
    const { code, stderr } = await run(["info", "--virtual", `dvd+r=${file}`], { cwd: folder.path });
    assertEquals([code, stderr], [1, `Cannot open the virtual disc "${file}": ${found}\n`]);
  });
}

/** How a folder is burned: the options of `image` that `burn` has. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { openImage } from "../../lib/jobs/list.ts";
import { run, TempFolder } from "./cli.ts";

function withTree(): TempFolder {
  const folder = new TempFolder();
  for (const name of ["Read me.txt", "tool.sh", "old.bak", "sub/deep.bak", "sub/a.txt", "sub/same.txt"]) {
    folder.write(`src/${name}`, name.startsWith("sub") ? "the same" : name);
  }
  return folder;
}

/** The volumes of a disc as burned with these options: each with its file system and the paths of its files. */
async function burned(folder: TempFolder, ...options: string[]): Promise<Map<string, readonly string[]>> {
  const words = ["burn", "--quiet", "--virtual", "dvd+r=d.iso", ...options, "src"];
  const { code, stdout, stderr } = await run(words, { cwd: folder.path });
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, "every sector verified");
  using image = openImage(`${folder.path}/d.iso`);
  return new Map(
    image.volumes.map(({ fileSystem, revision = "", entries, problems }) => {
      assertEquals(problems, []);
      return [`${fileSystem} ${revision}`.trim(), entries.map(({ path }) => path)];
    }),
  );
}

const BURNS: readonly { options: readonly string[]; views: readonly string[]; lacks?: string }[] = [
  { options: [], views: ["iso9660", "joliet", "udf 1.02"] },
  { options: ["--fs", "udf", "--udf", "2.60"], views: ["udf 2.60"] },
  { options: ["--rock-ridge"], views: ["iso9660", "rockridge 1.12", "joliet", "udf 1.02"] },
  { options: ["--rock-ridge=1.09", "--fs", "iso9660"], views: ["iso9660", "rockridge 1.09"] },
  {
    options: ["--fs", "joliet,udf", "--exclude", "*.bak"],
    views: ["iso9660", "joliet", "udf 1.02"],
    lacks: ".bak",
  },
  { options: ["--iso-level", "4", "--posix"], views: ["iso9660", "joliet", "iso1999", "udf 1.02"] },
  { options: ["--append", "--rock-ridge"], views: ["iso9660", "rockridge 1.12", "joliet"] },
];

for (const { options, views, lacks } of BURNS) {
  Deno.test(`burn ${options.join(" ")}: ${views.join(", ")}`, async () => {
    using folder = withTree();
    const found = await burned(folder, ...options);
    assertEquals([...found.keys()].sort(), views.toSorted());
    const paths = [...found.values()].flat();
    if (lacks !== undefined) assertEquals(paths.filter((path) => path.includes(lacks)), []);
  });
}

Deno.test("burn --duplicates-once stores equal files once", async () => {
  using folder = withTree();
  await burned(folder, "--duplicates-once");
  using image = openImage(`${folder.path}/d.iso`);
  const udf = image.volumes.find(({ fileSystem }) => fileSystem === "udf")!;
  const [a, same] = ["/sub/a.txt", "/sub/same.txt"].map((path) =>
    udf.entries.find((entry) => entry.path === path)!.extents[0]?.startLba
  );
  assertEquals(a, same);
});

const REFUSED: readonly { args: readonly string[]; says: string }[] = [
  { args: ["--udf", "2.01", "x.iso"], says: '--udf is for folders: the image "x.iso" is burned as it is' },
  { args: ["--posix", "x.iso"], says: "--posix is for folders" },
  { args: ["--volume", "NAME", "x.iso"], says: "--volume is for folders" },
  { args: ["--append", "--fs", "iso9660,udf", "src"], says: "A disc that is appended to has no UDF" },
  { args: ["--append", "--udf", "2.01", "src"], says: "A disc that is appended to has no UDF" },
  { args: ["--fs", "constructor", "src"], says: "--fs takes iso9660, joliet and udf" },
  { args: ["--udf", "9.99", "src"], says: "--udf is one of 1.02" },
];

for (const { args, says } of REFUSED) {
  Deno.test(`burn ${args.join(" ")} is wrong use, before anything is written`, async () => {
    using folder = withTree();
    folder.write("x.iso", new Uint8Array(4096));
    const words = ["burn", "--quiet", "--virtual", "dvd+r=d.iso", ...args];
    const { code, stderr } = await run(words, { cwd: folder.path });
    assertEquals(code, 2);
    assertStringIncludes(stderr, says);
  });
}

Deno.test("burn of a disc onto itself is wrong use", { ignore: Deno.build.os !== "linux" }, async () => {
  using folder = withTree();
  await burned(folder);
  const words = ["burn", "--force", "--virtual", "dvd+r=d.iso", "./d.iso"];
  const { code, stderr } = await run(words, { cwd: folder.path });
  assertEquals(code, 2);
  assertStringIncludes(stderr, 'Cannot burn "./d.iso" onto itself');
});

for (const [option, file] of [["--report", "none/r.json"], ["--map", "none/d.svg"]] as const) {
  Deno.test(`burn ${option} ${file}: that it cannot be written is said before the disc is`, async () => {
    using folder = withTree();
    const words = ["burn", "--quiet", "--virtual", "dvd+r=d.iso", option, file, "src"];
    const { code, stderr } = await run(words, { cwd: folder.path });
    assertEquals([code, stderr], [1, `Cannot write "${file}": its folder is not there\n`]);
    const { stdout } = await run(["info", "--virtual", "dvd+r=d.iso"], { cwd: folder.path });
    assertStringIncludes(stdout, "blank");
  });
}

for (const option of ["--manifest", "--report"]) {
  Deno.test(`verify ${option} none/f: that it cannot be written is said first`, async () => {
    using folder = withTree();
    folder.write("broken.iso", "no image at all"); // what verifying it would end with
    const { code, stdout, stderr } = await run(["verify", option, "none/f", "broken.iso"], {
      cwd: folder.path,
    });
    assertEquals([code, stdout, stderr], [1, "", 'Cannot write "none/f": its folder is not there\n']);
  });
}

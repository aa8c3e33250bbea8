/** What the command line can ask of an image. @module */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { imageCommand } from "../../lib/cli/image.ts";
import type { ViewName, Volume } from "../../lib/image/mod.ts";
import { openImage } from "../../lib/jobs/list.ts";
import { run, TempFolder } from "./cli.ts";
import { onPosix } from "../posix.ts";

function withTree(): TempFolder {
  const folder = new TempFolder();
  for (
    const name of [
      "Read me.txt",
      "tool.sh",
      "tool.exe",
      "old.bak",
      "sub/deep.bak",
      "sub/kept.txt",
      "docs/a.pdf",
    ]
  ) {
    folder.write(`src/${name}`, name);
  }
  return folder;
}

async function imageOf(folder: TempFolder, ...options: string[]): Promise<readonly Volume[]> {
  const output = `${folder.path}/i.iso`;
  const words = [
    "image",
    "--quiet",
    "--timestamp",
    "1000000000",
    ...options,
    `${folder.path}/src`,
    "-o",
    output,
  ];
  const { code, stderr } = await run(words);
  assertEquals([code, stderr], [0, ""]);
  using image = openImage(output);
  return image.volumes;
}

function view(volumes: readonly Volume[], name: ViewName): Volume {
  const found = volumes.find((volume) => volume.fileSystem === name);
  assert(found !== undefined, name);
  assertEquals(found.problems, []);
  return found;
}

Deno.test("image --udf makes the revision, alone and with metadata once or twice", async () => {
  using folder = withTree();
  const sizes: number[] = [];
  for (const options of [["2.01"], ["2.01", "--embed", "no"], ["2.60"], ["2.60", "--metadata", "1"]]) {
    const volumes = await imageOf(folder, "--fs", "udf", "--udf", ...options);
    const { revision, entries } = view(volumes, "udf");
    assertEquals(revision, options[0]);
    const isEmbedded = entries.some(({ extents }) => extents[0]?.bytes !== undefined);
    assertEquals(isEmbedded, !options.includes("no"));
    sizes.push((await Deno.stat(`${folder.path}/i.iso`)).size);
  }
  assert(sizes[3]! < sizes[2]!, `${sizes}`);
});

Deno.test("image --iso-level 4 shows names as they are", async () => {
  using folder = withTree();
  const volumes = await imageOf(folder, "--fs", "iso9660", "--iso-level", "4");
  assert(view(volumes, "iso1999").entries.some((entry) => entry.path === "/Read me.txt"));
  const names = view(volumes, "iso9660").entries.map((entry) => entry.path);
  assert(names.includes("/READ_ME.TXT"), `${names}`);
  const short = await imageOf(folder, "--fs", "iso9660", "--iso-level", "1");
  assert(view(short, "iso9660").entries.every((entry) => entry.path.split("/").at(-1)!.length <= 12));
});

Deno.test("image writes what is said of the volume", async () => {
  using folder = withTree();
  const volumes = await imageOf(
    folder,
    ...["--volume", "LABEL", "--system-id", "SYS", "--volume-set", "SET", "--publisher", "PUB"],
    ...["--preparer", "PREP", "--application", "APP", "--copyright-file", "Read me.txt"],
    ...["--created", "2001-02-03", "--expires", "2040-01-02T03:04:05+01:00"],
  );
  const { volumeName, texts, created } = view(volumes, "iso9660");
  assertEquals([volumeName, created], ["LABEL", new Date("2001-02-03T00:00:00Z")]);
  assertEquals(texts, {
    systemId: "SYS",
    volumeSetId: "SET",
    publisherId: "PUB",
    preparerId: "PREP",
    applicationId: "APP",
    copyrightFile: "READ_ME.TXT;1",
  });
  const descriptor = (await Deno.readFile(`${folder.path}/i.iso`)).subarray(16 * 2048, 17 * 2048);
  assertEquals(new TextDecoder().decode(descriptor.subarray(847, 863)), "2040010202040500");
});

Deno.test("image --exclude, --hide and --leave-out choose by names and paths", async () => {
  using folder = withTree();
  const volumes = await imageOf(
    folder,
    ...["--exclude", "*.bak,docs/*.pdf", "--hide", "tool.*", "--leave-out", "joliet=*.sh;udf=*.exe,sub"],
    ...["--first", "sub/k?pt.txt"],
  );
  const shown = (name: ViewName): string[] => view(volumes, name).entries.map((entry) => entry.path).sort();
  assertEquals(shown("joliet"), ["/Read me.txt", "/docs", "/sub", "/sub/kept.txt", "/tool.exe"]);
  assertEquals(shown("udf"), ["/Read me.txt", "/docs", "/tool.sh"]);
  assertEquals(shown("iso9660").length, 6);
  const hidden = view(volumes, "udf").entries.filter((entry) => entry.hidden).map((entry) => entry.path);
  assertEquals(hidden, ["/tool.sh"]);
  const files = view(volumes, "joliet").entries.filter((entry) => entry.kind === "file");
  const places = files.map(({ path, extents }) => [extents[0]!.startLba!, path] as const).sort(([a], [b]) =>
    a - b
  );
  assertEquals(places[0]![1], "/sub/kept.txt");
});

Deno.test({
  ...onPosix,
  name: "image --posix keeps links and permissions in UDF",
  fn: async () => {
    using folder = withTree();
    await Deno.symlink("tool.sh", `${folder.path}/src/link`);
    await Deno.chmod(`${folder.path}/src/tool.sh`, 0o750);
    const { entries } = view(await imageOf(folder, "--posix", "--fs", "udf", "--udf", "2.50"), "udf");
    assertEquals(entries.find((entry) => entry.path === "/link")?.target, "tool.sh");
    assertEquals(entries.find((entry) => entry.path === "/tool.sh")?.posix?.mode, 0o100750);
  },
});

const WRONG: [options: string[], said: string][] = [
  [["--udf", "2.02"], "--udf is one of 1.02, 1.50, 2.00, 2.01, 2.50, 2.60"],
  [["--iso-level", "5"], "--iso-level is one of 1, 2, 3, 4"],
  [["--created", "yesterday"], "--created takes a date"],
  [["--created", "2023-02-31"], "--created takes a date"],
  [["--expires", "2024-13-01"], "--expires takes a date"],
  [["--leave-out", "hfs=*.x"], "--leave-out takes TREE=PATTERNS"],
  [["--leave-out", "udf"], "--leave-out takes TREE=PATTERNS"],
  [["--exclude", "a,,b"], "--exclude takes patterns"],
  [["--copyright-file", "absent.txt"], 'there is no file "absent.txt" in its root'],
  [["--fs", "udf", "--rock-ridge"], "--rock-ridge is about iso9660, which --fs udf leaves out"],
  [["--fs", "iso9660", "--joliet-units", "103"], "--joliet-units is about joliet"],
  [["--fs", "iso9660,joliet", "--udf", "2.01"], "--udf is about udf, which --fs iso9660,joliet leaves out"],
  [["--embed", "maybe"], "--embed is one of yes, no"],
];
for (const [options, said] of WRONG) {
  Deno.test(`image ${options.join(" ")} is refused`, () => {
    using folder = withTree();
    const words = [...options, `${folder.path}/src`, "-o", `${folder.path}/i.iso`];
    const error = assertThrows(() => imageCommand.run(words), Error);
    assertStringIncludes(error.message, said);
    assertEquals([...Deno.readDirSync(folder.path)].map((entry) => entry.name), ["src"]);
  });
}

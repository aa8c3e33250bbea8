import { assertEquals, assertStringIncludes } from "@std/assert";
import { image } from "../../lib/jobs/image.ts";
import { run, TempFolder } from "./cli.ts";
import { onPosix } from "../posix.ts";

/** A name that would colour a terminal; Windows has no such names. */
const RED = onPosix.ignore ? "x_[31m" : "x\x1b[31m";

const TIMESTAMP = new Date("2024-05-06T07:08:09Z");

/** A folder whose files can be changed. */
class ImageFolder extends TempFolder {
  read(name: string): string {
    return Deno.readTextFileSync(`${this.path}/${name}`);
  }

  remove(name: string): void {
    Deno.removeSync(`${this.path}/${name}`);
  }

  link(name: string, target: string): void {
    Deno.symlinkSync(target, `${this.path}/${name}`);
  }

  linkTarget(name: string): string {
    return Deno.readLinkSync(`${this.path}/${name}`);
  }

  size(name: string): number {
    return Deno.statSync(`${this.path}/${name}`).size;
  }

  /** Where ASCII text begins in a file. */
  find(name: string, text: string): number {
    const bytes = Deno.readFileSync(`${this.path}/${name}`);
    return new TextDecoder("latin1").decode(bytes).indexOf(text); // a byte a character
  }

  /** Changes one byte of a file. */
  patch(name: string, offset: number, byte: number): void {
    using file = Deno.openSync(`${this.path}/${name}`, { write: true });
    file.seekSync(offset, Deno.SeekMode.Start);
    file.writeSync(Uint8Array.of(byte));
  }
}

/** A folder with a small tree in `src` and its image. */
function withImage(): ImageFolder {
  const folder = new ImageFolder();
  folder.write("src/a.txt", "hello");
  folder.write("src/sub/Große Datei.bin", new Uint8Array(5000).fill(7));
  folder.write(`src/sub/${RED}`, "red");
  for (const name of ["a.txt", "sub/Große Datei.bin", `sub/${RED}`, "sub", ""]) {
    Deno.utimeSync(`${folder.path}/src/${name}`, TIMESTAMP, TIMESTAMP);
  }
  image({
    source: `${folder.path}/src`,
    output: `${folder.path}/i.iso`,
    volumeName: "LISTED",
    timestamp: TIMESTAMP,
    fileSystems: 7,
  });
  return folder;
}

function assertSameFiles(folder: ImageFolder): void {
  for (const name of ["a.txt", "sub/Große Datei.bin", `sub/${RED}`]) {
    const [source, target] = [`${folder.path}/src/${name}`, `${folder.path}/out/${name}`];
    assertEquals(Deno.readFileSync(target), Deno.readFileSync(source));
    assertEquals(Deno.statSync(target).mtime, TIMESTAMP, name);
  }
}

Deno.test("burnscript list shows sizes, times and paths, and no control characters", async () => {
  using folder = withImage();
  const { code, stdout, stderr } = await run(["list", "--view", "joliet", "i.iso"], { cwd: folder.path });
  assertEquals(stderr, "");
  assertEquals(code, 0);
  const lines = stdout.split("\n");
  assertStringIncludes(lines[0]!, '"LISTED", shown as Joliet');
  assertEquals(lines.slice(1), [
    "   5  2024-05-06 07:08  a.txt",
    "   -  2024-05-06 07:08  sub/",
    "5000  2024-05-06 07:08  sub/Große Datei.bin",
    "   3  2024-05-06 07:08  sub/x_[31m",
    "3 files, 1 folder, 5.0 kB",
    "",
  ]);
  const udf = await run(["list", "--view", "udf", "--short", "i.iso"], { cwd: folder.path });
  assertEquals(udf.stdout.split("\n"), [
    "a.txt",
    "sub/",
    "sub/Große Datei.bin",
    `sub/${RED.replace("\x1b", "\\x1b")}`,
    "",
  ]);
});

Deno.test("burnscript list --json gives one object a file, of the named folders", async () => {
  using folder = withImage();
  const { code, stdout } = await run(["list", "--json", "--view", "joliet", "i.iso", "sub"], {
    cwd: folder.path,
  });
  assertEquals(code, 0);
  const objects = stdout.trim().split("\n").map((line) => JSON.parse(line));
  const modified = "2024-05-06T07:08:09.000Z";
  assertEquals(objects.slice(0, 2), [
    { path: "/sub", kind: "directory", modified },
    { path: "/sub/Große Datei.bin", kind: "file", sizeBytes: 5000, modified },
  ]);
  assertEquals(objects.at(-1), {
    event: "list",
    view: "joliet",
    volumeName: "LISTED",
    fileCount: 2,
    directoryCount: 1,
    linkCount: 0,
    specialCount: 0,
    sizeBytes: 5003,
  });
});

Deno.test("burnscript extract puts the tree back, with its times, and replaces nothing unasked", async () => {
  using folder = withImage();
  const once = await run(["extract", "--quiet", "--view", "udf", "i.iso", "-C", "out"], { cwd: folder.path });
  assertEquals([once.code, once.stderr], [0, ""]);
  assertSameFiles(folder);
  const twice = await run(["extract", "--quiet", "i.iso", "a.txt", "-C", "out"], { cwd: folder.path });
  assertEquals(twice.code, 1);
  assertStringIncludes(twice.stderr, '"out/a.txt" is there already; --force replaces it');
  folder.write("out/a.txt", "changed");
  const forced = await run(["extract", "--json", "--force", "i.iso", "a.txt", "-C", "out"], {
    cwd: folder.path,
  });
  assertEquals(forced.code, 0);
  assertEquals(JSON.parse(forced.stdout.trim().split("\n").at(-1)!), {
    event: "extracted",
    problems: [],
    target: "out",
    leftOut: 0,
    fileCount: 1,
    directoryCount: 0,
    linkCount: 0,
    sizeBytes: 5,
  });
  assertSameFiles(folder);
});

Deno.test("burnscript convert makes an image that verify finds equal to the folder", async () => {
  using folder = withImage();
  const { code, stdout, stderr } = await run(
    ["convert", "--json", "--fs", "udf", "--udf", "2.60", "i.iso", "-o", "c.udf"],
    { cwd: folder.path },
  );
  assertEquals([code, stderr], [0, ""]);
  const { event, view, fileCount, leftOut } = JSON.parse(stdout.trim().split("\n").at(-1)!);
  assertEquals([event, view, fileCount, leftOut], ["converted", "udf", 3, 0]);
  const verified = await run(["verify", "--quiet", "c.udf", "--against", "src"], { cwd: folder.path });
  assertEquals([verified.code, verified.stderr], [0, ""]);
  assertStringIncludes(verified.stdout, "UDF 2.60: 3 files in 1 folder: sound\n");
});

Deno.test("burnscript convert of a damaged image says so, makes what can be had, and ends with 4", async () => {
  using folder = withImage();
  folder.patch("i.iso", 16 * 2048 + 80, 0xff);
  const { code, stderr } = await run(["convert", "--quiet", "--view", "iso9660", "i.iso", "-o", "c.iso"], {
    cwd: folder.path,
  });
  assertEquals(code, 4);
  assertStringIncludes(stderr, "The image is not sound: volume descriptor: byte orders differ at 80");
  assertEquals((await run(["list", "--short", "c.iso", "A.TXT"], { cwd: folder.path })).stdout, "A.TXT\n");
});

const WRONG: [title: string, args: string[], code: number, said: string][] = [
  ["a file that is no image", ["list", "src/a.txt"], 1, "has neither ISO 9660 nor UDF in it"],
  ["a file that is not there", ["extract", "none.iso"], 1, "none.iso"],
  ["a path that is not in it", ["extract", "i.iso", "none"], 1, 'There is no "none" in the image'],
  ["a view that there is not", ["list", "--view", "hfs", "i.iso"], 2, "--view is one of"],
  ["no image", ["extract"], 2, "What shall be extracted?"],
  ["no output", ["convert", "i.iso"], 2, "Give -o FILE"],
  ["two images", ["convert", "i.iso", "j.iso", "-o", "c.iso"], 2, 'One image, not "j.iso" too'],
  ["an output that is the image", ["convert", "i.iso", "-o", "./i.iso"], 2, "into itself"],
];
for (const [title, args, code, said] of WRONG) {
  Deno.test(`burnscript ${args[0]} says what is wrong with ${title}`, async () => {
    using folder = withImage();
    const outcome = await run(args, { cwd: folder.path });
    assertEquals([outcome.code, outcome.stdout], [code, ""]);
    assertStringIncludes(outcome.stderr, said);
  });
}

Deno.test("burnscript verify finds an image sound and equal to its folder", async () => {
  using folder = withImage();
  const { code, stdout, stderr } = await run(["verify", "--quiet", "i.iso", "--against", "src"], {
    cwd: folder.path,
  });
  assertEquals([code, stderr], [0, ""]);
  assertEquals(stdout.split("\n"), [
    "ISO 9660: 3 files in 1 folder: sound",
    "Joliet: 3 files in 1 folder: sound",
    "UDF 1.02: 3 files in 1 folder: sound",
    'Compared with "src", as UDF: 3 files, 5.0 kB: equal',
    "",
  ]);
});

const onLinux = { ignore: Deno.build.os !== "linux" };
Deno.test("burnscript verify compares the rest beside a name that is not UTF-8", onLinux, async () => {
  using folder = withImage();
  const made = await new Deno.Command("sh", {
    args: ["-c", "touch src/caf$(printf '\\351')"],
    cwd: folder.path,
  })
    .output();
  assertEquals(made.success, true);
  const { code, stdout, stderr } = await run(["verify", "--quiet", "i.iso", "--against", "src"], {
    cwd: folder.path,
  });
  assertEquals(code, 4);
  assertStringIncludes(stdout + stderr, "/caf\ufffd is only in the folder, and its name is not UTF-8");
});

Deno.test("burnscript verify names each difference and ends with 4", async () => {
  using folder = withImage();
  folder.write("src/a.txt", "hellO");
  folder.write("src/new.txt", "new");
  folder.write("src/sub/Große Datei.bin", "shorter");
  folder.remove(`src/sub/${RED}`);
  const { code, stdout } = await run(["verify", "--json", "--view", "udf", "i.iso", "--against", "src"], {
    cwd: folder.path,
  });
  assertEquals(code, 4);
  const report = JSON.parse(stdout.trim().split("\n").at(-1)!);
  assertEquals([report.event, report.isSound, report.problems], ["verified", false, []]);
  assertEquals(report.differences, [
    { path: "/a.txt", difference: "content", message: "differs from byte 4 on", offsetBytes: 4 },
    { path: "/new.txt", difference: "onlyInFolder", message: "is only in the folder" },
    {
      path: "/sub/Große Datei.bin",
      difference: "size",
      message: "has 5000 bytes in the image and 7 in the folder",
    },
    { path: `/sub/${RED}`, difference: "onlyInImage", message: "is only in the image" },
  ]);
});

Deno.test("burnscript verify sees damage to the structures", async () => {
  using folder = withImage();
  folder.patch("i.iso", 16 * 2048 + 80, 0xff);
  const { code, stdout } = await run(["verify", "i.iso"], { cwd: folder.path });
  assertEquals(code, 4);
  assertStringIncludes(stdout, "volume descriptor: byte orders differ at 80");
});

Deno.test("burnscript verify --manifest writes sums as sha256sum has them", async () => {
  using folder = withImage();
  const { code } = await run(["verify", "--quiet", "--view", "joliet", "i.iso", "--manifest", "sums"], {
    cwd: folder.path,
  });
  assertEquals(code, 0);
  assertEquals(folder.read("sums").split("\n"), [
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  a.txt", // printf hello | sha256sum
    // head -c 5000 /dev/zero | tr '\\0' '\\007' | sha256sum
    "f302a3f85503eeb1a105c81a5fbea0aa461417fb3893919572949cadbfee86a7  sub/Große Datei.bin",
    "b1f51a511f1da0cd348b8f8598db32e61cb963e5fc69e2b41485bf99590ed75a  sub/x_[31m", // printf red | sha256sum
    "",
  ]);
});

Deno.test("burnscript info describes an image and draws it", async () => {
  using folder = withImage();
  const { code, stdout, stderr } = await run(["info", "i.iso", "--map", "map.svg"], { cwd: folder.path });
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, 'UDF 1.02: "LISTED", 3 files, 1 folder, 5.0 kB, made 2024-05-06 07:08:09 UTC');
  assertStringIncludes(folder.read("map.svg"), "</svg>\n");
  const json = await run(["info", "--json", "i.iso"], { cwd: folder.path });
  const { event, sizeSectors, volumes, fileBytes, structureBytes, freeBytes } = JSON.parse(json.stdout);
  assertEquals([event, fileBytes], ["image", 5 * 2048]); // 1, 3 and 1 sectors
  assertEquals(fileBytes + structureBytes + freeBytes, sizeSectors * 2048);
  assertEquals(volumes.map((one: { view: string }) => one.view), ["iso9660", "joliet", "udf"]);
});

Deno.test("burnscript info takes --map of a drive letter as every command does", async () => {
  using folder = withImage();
  const args = ["info", "--virtual", "dvd+r=disc.iso", "--map", "g:=src"];
  const { code, stdout } = await run(args, { cwd: folder.path });
  assertEquals(code, 0);
  assertStringIncludes(stdout, "blank");
});

Deno.test(
  "burnscript image --rock-ridge keeps links and permissions, and extract gives them back",
  onPosix,
  async () => {
    using folder = withImage();
    folder.link("src/sub/up", "../a.txt");
    const made = await run(["image", "--quiet", "--rock-ridge", "src", "-o", "rr.iso"], { cwd: folder.path });
    assertEquals([made.code, made.stderr], [0, ""]);
    const listed = await run(["list", "rr.iso", "sub/up"], { cwd: folder.path });
    assertStringIncludes(listed.stdout, "shown as Rock Ridge");
    assertStringIncludes(listed.stdout, "  sub/up -> ../a.txt\n");
    const verified = await run(["verify", "--quiet", "rr.iso", "--against", "src"], { cwd: folder.path });
    assertEquals([verified.code, verified.stderr], [0, ""]);
    const extracted = await run(["extract", "--quiet", "rr.iso", "-C", "out"], { cwd: folder.path });
    assertEquals([extracted.code, extracted.stderr], [0, ""]);
    assertSameFiles(folder);
    assertEquals(folder.linkTarget("out/sub/up"), "../a.txt");
    const old = await run(["image", "--rock-ridge", "1.10", "src", "-o", "old.iso"], { cwd: folder.path });
    assertEquals(old.code, 2);
    assertStringIncludes(old.stderr, "--rock-ridge is one of 1.12, 1.09");
  },
);

Deno.test("burnscript extract fails where the image is cut off, and gives what is left of it", async () => {
  using folder = withImage();
  await Deno.truncate(`${folder.path}/i.iso`, 100_000); // the volume descriptors alone
  const { code, stdout, stderr } = await run(["extract", "--quiet", "i.iso", "-C", "out"], {
    cwd: folder.path,
  });
  assertEquals(code, 4);
  assertStringIncludes(stdout, "0 files");
  assertStringIncludes(stderr, "The image is not sound");
});

Deno.test("burnscript list, verify and extract read the file of a virtual disc", async () => {
  using folder = withImage();
  const burned = await run(["burn", "--quiet", "--virtual", "dvd+r=disc.iso", "i.iso"], { cwd: folder.path });
  assertEquals([burned.code, burned.stderr], [0, ""]);
  const listed = await run(["list", "--short", "--view", "udf", "disc.iso", "sub"], { cwd: folder.path });
  assertEquals(listed.stdout.split("\n"), [
    "sub/",
    "sub/Große Datei.bin",
    `sub/${RED.replace("\x1b", "\\x1b")}`,
    "",
  ]);
  const verified = await run(["verify", "--quiet", "disc.iso", "--against", "src"], { cwd: folder.path });
  assertEquals([verified.code, verified.stderr], [0, ""]);
  const extracted = await run(["extract", "--quiet", "disc.iso", "-C", "out"], { cwd: folder.path });
  assertEquals([extracted.code, extracted.stderr], [0, ""]);
  assertSameFiles(folder);
});

Deno.test("burnscript list, extract and verify read the disc in a drive", async () => {
  using folder = withImage();
  const disc = ["--virtual", "dvd+r=disc.iso", "--drive", "0"];
  const burned = await run(["burn", "--quiet", ...disc, "i.iso"], { cwd: folder.path });
  assertEquals([burned.code, burned.stderr], [0, ""]);
  const listed = await run(["list", "--short", "--view", "joliet", ...disc, "sub"], { cwd: folder.path });
  assertEquals(listed.stdout.split("\n").slice(0, 2), ["sub/", "sub/Große Datei.bin"]);
  const extracted = await run(["extract", "--quiet", "--view", "udf", ...disc, "-C", "out"], {
    cwd: folder.path,
  });
  assertEquals([extracted.code, extracted.stderr], [0, ""]);
  assertSameFiles(folder);
  const verified = await run(["verify", "--quiet", ...disc, "--against", "i.iso", "--report", "r.json"], {
    cwd: folder.path,
  });
  assertEquals([verified.code, verified.stderr], [0, ""]);
  const sectors = folder.size("i.iso") / 2048;
  assertStringIncludes(
    verified.stdout,
    `Compared with "i.iso", sector by sector: ${sectors} sectors: equal\n`,
  );
  const report = JSON.parse(folder.read("r.json"));
  assertEquals([report.isSound, report.comparedSectors, report.differences], [true, sectors, []]);
});

Deno.test("burnscript verify --drive names the files of sectors that differ", async () => {
  using folder = withImage();
  const disc = ["--virtual", "cd-r=disc.iso", "--drive", "0"];
  await run(["burn", "--quiet", ...disc, "i.iso"], { cwd: folder.path });
  const place = folder.find("disc.iso", "hello");
  folder.patch("disc.iso", Math.floor(place / 2048) * 2048 + 1000, 1);
  const { code, stdout } = await run(["verify", "--json", ...disc, "--against", "i.iso"], {
    cwd: folder.path,
  });
  assertEquals(code, 4);
  const { differences } = JSON.parse(stdout.trim().split("\n").at(-1)!);
  assertEquals(differences.length, 1);
  const [{ path, difference, sectors, message, lba }] = differences;
  assertEquals([path, difference, sectors, message], ["/a.txt", "content", 1, `sector ${lba} differs`]);
});

Deno.test("burnscript verify --drive finds a padded disc sound, whose last sectors no drive can read", async () => {
  using folder = withImage();
  // A track at once ends in two sectors of run-out, and a CD's track is filled up to 300 sectors.
  const disc = ["--virtual", "cd-r=disc.iso", "--drive", "0"];
  await run(["burn", "--quiet", ...disc, "i.iso"], { cwd: folder.path });
  const { code, stdout } = await run(["verify", "--quiet", ...disc], { cwd: folder.path });
  assertEquals(code, 0, stdout);
});

Deno.test("burnscript verify --drive compares a disc without any file system", async () => {
  using folder = withImage();
  const disc = ["--virtual", "dvd+r=disc.iso", "--drive", "0"];
  await run(["burn", "--quiet", ...disc, "i.iso"], { cwd: folder.path });
  const size = folder.size("i.iso");
  folder.write("disc.iso", new Uint8Array(size));
  const { code, stdout } = await run(["verify", "--quiet", ...disc, "--against", "i.iso"], {
    cwd: folder.path,
  });
  assertEquals(code, 4);
  assertStringIncludes(stdout, `Compared with "i.iso", sector by sector: ${size / 2048} sectors: `);
});

for (
  const [title, args, code, said] of [
    ["a blank disc", ["--virtual", "dvd+r=blank.iso", "--drive", "0"], 1, "there is nothing on it"],
    ["no recorder", ["--virtual", "dvd+r=blank.iso", "--drive", "3"], 3, "Cannot open recorder"],
    ["no image and no drive", [], 2, "or --drive N for a disc"],
  ] as const
) {
  Deno.test(`burnscript list says what is wrong with ${title}`, async () => {
    using folder = new ImageFolder();
    const outcome = await run(["list", ...args], { cwd: folder.path });
    assertEquals(outcome.code, code, outcome.stderr);
    assertStringIncludes(outcome.stderr, said);
  });
}

Deno.test("image stores duplicates once, lists sums and sums itself up; verify checks both", async () => {
  using folder = new ImageFolder();
  for (const name of ["a", "sub/b", "c"]) {
    folder.write(`src/${name}`, new Uint8Array(300_000).fill(name === "c" ? 1 : 7));
  }
  folder.write("src/empty", "");
  const [plain, small] = [`${folder.path}/plain.iso`, `${folder.path}/small.iso`];
  const sums = `${folder.path}/sums`;
  assertEquals((await run(["image", "--quiet", `${folder.path}/src`, "-o", plain])).code, 0);
  const options = ["--duplicates-once", "--media-sum", "--manifest", sums, "--align", "4k"];
  assertEquals((await run(["image", "--quiet", ...options, `${folder.path}/src`, "-o", small])).code, 0);
  assertEquals(folder.size("small.iso") + 200_000 < folder.size("plain.iso"), true);
  assertStringIncludes(
    folder.read("sums"),
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  empty\n",
  );
  const sound = await run(["verify", "--against", `${folder.path}/src`, "--check-manifest", sums, small]);
  assertEquals([sound.code, sound.stdout.includes("Checksum of the image: right")], [0, true]);
  folder.patch("small.iso", folder.size("small.iso") - 100_000, 99);
  const damaged = await run(["verify", "--check-manifest", sums, small]);
  assertEquals(damaged.code, 4);
  assertStringIncludes(damaged.stdout, "Checksum of the image: wrong");
  folder.write("sums", `${"0".repeat(64)}  a\n`);
  const other = await run(["verify", "--check-manifest", sums, plain]);
  assertEquals(other.code, 4);
  assertStringIncludes(other.stdout, "/a has another SHA-256 sum than in the list");
  assertStringIncludes(other.stdout, "/sub/b is only in the image");
});

Deno.test("verify --check-manifest names a list that is not there, and takes one with lines as Windows ends them", async () => {
  using folder = withImage();
  const missing = await run(["verify", "--quiet", "--check-manifest", "none", "i.iso"], { cwd: folder.path });
  assertEquals(missing.code, 1);
  assertStringIncludes(missing.stderr, 'Cannot read the list of sums "none": there is no such file');
  await run(["verify", "--quiet", "--manifest", "sums", "i.iso"], { cwd: folder.path });
  const sums = await Deno.readTextFile(`${folder.path}/sums`);
  folder.write("sums", sums.replaceAll("\n", "\r\n"));
  const sound = await run(["verify", "--quiet", "--check-manifest", "sums", "i.iso"], { cwd: folder.path });
  assertEquals([sound.code, sound.stderr], [0, ""]);
});

Deno.test("verify --check-manifest says what is no list of sums", async () => {
  using folder = withImage();
  folder.write("sums", "what?\n");
  const { code, stderr } = await run([
    "verify",
    "--check-manifest",
    `${folder.path}/sums`,
    `${folder.path}/i.iso`,
  ]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "line 1 is not as sha256sum writes it");
});

Deno.test("burnscript image lists no folder that --deny-read keeps from it", async () => {
  using folder = new ImageFolder();
  folder.write("data/sub/secret.txt", "secret");
  const { code, stderr } = await run([
    "image",
    "--quiet",
    `${folder.path}/data`,
    "-o",
    `${folder.path}/i.iso`,
  ], {
    permissions: ["--allow-all", `--deny-read=${folder.path}/data/sub`],
  });
  assertEquals(code, 1);
  assertStringIncludes(stderr, "data/sub");
});

Deno.test(
  "burnscript extract makes no programs of files whose permissions nobody kept",
  onPosix,
  async () => {
    using folder = withImage();
    await run(["extract", "--quiet", "--view", "udf", "i.iso", "-C", "out"], { cwd: folder.path });
    const { mode } = await Deno.stat(`${folder.path}/out/a.txt`);
    assertEquals(mode! & 0o111, 0);
  },
);

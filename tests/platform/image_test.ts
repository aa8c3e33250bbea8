/** The image library by itself: `@burnscript/burnscript/image`. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { toBytes } from "@std/streams/to-bytes";
import { folderImage, type Image, ImageError, openImage } from "../../lib/platform/image_library.ts";
import { TempFolder } from "../cli/cli.ts";

const TIMESTAMP = new Date("2024-05-06T07:08:09Z");

function withPhotos(): TempFolder {
  const folder = new TempFolder();
  folder.write("photos/a.txt", "first");
  folder.write("photos/sub/b.txt", "second".repeat(1000));
  folder.write("photos/empty", "");
  return folder;
}

function photosOf(folder: TempFolder): Image {
  return folderImage(`${folder.path}/photos`, { timestamp: TIMESTAMP, volumeName: "PHOTOS" });
}

Deno.test("Image reads, streams and writes the same bytes", async () => {
  using folder = withPhotos();
  using image = photosOf(folder);
  const whole = image.read(0, image.plan.sizeSectors);
  assertEquals(image.read(270, 5), whole.slice(270 * 2048, 275 * 2048));
  assertEquals(await toBytes(image.stream()), whole);
  image.writeTo(`${folder.path}/sync.iso`);
  await image.writeToAsync(`${folder.path}/async.iso`);
  assertEquals(await Deno.readFile(`${folder.path}/sync.iso`), whole);
  assertEquals(await Deno.readFile(`${folder.path}/async.iso`), whole);
  assertEquals(whole.length, image.sizeBytes);
});

Deno.test("Image.read() refuses sectors that are not inside", () => {
  using folder = withPhotos();
  using image = photosOf(folder);
  const { sizeSectors } = image.plan;
  for (const [lba, count] of [[-1, 1], [0, sizeSectors + 1], [sizeSectors, 1], [0, -1], [0.5, 1], [0, NaN]]) {
    assertThrows(() => image.read(lba!, count!), RangeError);
  }
});

Deno.test("Image.writeToAsync() leaves nothing of a file that it was stopped at, nor of a source that is gone", async () => {
  using folder = withPhotos();
  using image = photosOf(folder);
  const path = `${folder.path}/photos.iso`;
  await assertRejects(
    () => image.writeToAsync(path, { signal: AbortSignal.abort(new Error("enough")) }),
    Error,
  );
  await Deno.remove(`${folder.path}/photos/a.txt`);
  await assertRejects(() => image.writeToAsync(path), ImageError, "a.txt");
  assertEquals((await Array.fromAsync(Deno.readDir(folder.path))).map(({ name }) => name), ["photos"]);
});

Deno.test("openImage() shows the view that is asked for, and reads files", () => {
  using folder = withPhotos();
  const path = `${folder.path}/photos.iso`;
  using image = photosOf(folder);
  image.writeTo(path);
  using opened = openImage(path);
  assertEquals(opened.volumes.map(({ fileSystem }) => fileSystem), ["iso9660", "joliet", "udf"]);
  assertEquals(opened.entries.map((entry) => entry.path).sort(), ["/a.txt", "/empty", "/sub", "/sub/b.txt"]);
  assertEquals(new TextDecoder().decode(opened.readFile("/sub/b.txt")), "second".repeat(1000));
  assertEquals(opened.readFile("/empty").length, 0);
  assertEquals(opened.read(16, 1), image.read(16, 1));
  assertThrows(() => opened.readFile("/sub"), ImageError, 'There is no file "/sub" in the image');
  for (const [lba, count] of [[opened.sizeSectors, 1], [-1, 1], [0, 1.5], [0.5, 1]] as const) {
    assertThrows(() => opened.read(lba, count), ImageError);
  }
  using plain = openImage(path, "iso9660");
  assertEquals(plain.entries.map((entry) => entry.path).sort(), ["/A.TXT", "/EMPTY", "/SUB", "/SUB/B.TXT"]);
  assertThrows(() => openImage(path, "rockridge"), ImageError, "has no rockridge in it");
});

Deno.test("openImage() refuses what is no image, and closes it", () => {
  using folder = new TempFolder();
  folder.write("text", "no image");
  assertThrows(() => openImage(`${folder.path}/text`), ImageError, "neither ISO 9660 nor UDF");
});

Deno.test("the image library needs the permission to read, and no other", async () => {
  using folder = withPhotos();
  const library = new URL("../../lib/platform/image_library.ts", import.meta.url).href;
  folder.write(
    "script.ts",
    `import { folderImage } from "${library}";
    using image = folderImage("photos", { rockRidge: true });
    let length = 0;
    for await (const piece of image.stream()) length += piece.length;
    console.log(image.plan.fileCount, length === image.sizeBytes, image.read(16, 1)[1]);`,
  );
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", "--allow-read=photos", "script.ts"],
    cwd: folder.path,
  }).output();
  const text = new TextDecoder();
  assertEquals([code, text.decode(stderr), text.decode(stdout)], [0, "", "3 true 67\n"]);
});

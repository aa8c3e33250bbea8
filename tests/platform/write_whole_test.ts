import { assertEquals, assertThrows } from "@std/assert";
import { namingFile, requireWritable, writeWhole } from "../../lib/platform/write_whole.ts";
import { writeImageFile } from "../../lib/platform/image_file.ts";
import { createDirectory, planImage } from "../../lib/image/mod.ts";
import { onPosix } from "../posix.ts";

function inFolder(test: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync({ prefix: "burnscript-test-" });
  try {
    test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function namesIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
}

Deno.test("writeWhole() leaves nothing when it fails", () => {
  inFolder((folder) => {
    Deno.mkdirSync(`${folder}/a`);
    assertThrows(() => writeWhole(`${folder}/a`, "text"));
    assertEquals(namesIn(folder), ["a"]);
  });
});

Deno.test("writeWhole() takes the place of what a killed process of the same number left", () => {
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/a.partial-${Deno.pid}`, "te");
    writeWhole(`${folder}/a`, "text");
    assertEquals(namesIn(folder), ["a"]);
    assertEquals(Deno.readTextFileSync(`${folder}/a`), "text");
  });
});

Deno.test("writeImageFile() and writeWhole() write files in /dev/shm like others", {
  ignore: Deno.build.os !== "linux",
}, () => {
  const folder = Deno.makeTempDirSync({ dir: "/dev/shm", prefix: "burnscript-test-" });
  try {
    const plan = planImage(createDirectory(), { timestamp: new Date(0) });
    writeImageFile(plan, `${folder}/a.iso`);
    writeWhole(`${folder}/b`, "text");
    assertEquals(namesIn(folder), ["a.iso", "b"]);
    assertEquals(Deno.statSync(`${folder}/a.iso`).size, plan.sizeSectors * 2048);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("writeImageFile() takes the place of what a killed process of the same number left", () => {
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/a.iso.partial-${Deno.pid}`, "te");
    writeImageFile(planImage(createDirectory(), { timestamp: new Date(0) }), `${folder}/a.iso`);
    assertEquals(namesIn(folder), ["a.iso"]);
  });
});

Deno.test("writeWhole() writes into a device, and does not take its place", onPosix, () => {
  inFolder((folder) => {
    Deno.symlinkSync("/dev/null", `${folder}/a`);
    for (const path of ["/dev/null", `${folder}/a`]) writeWhole(path, "text");
    assertEquals([Deno.statSync("/dev/null").isCharDevice, namesIn(folder)], [true, ["a"]]);
    assertEquals(Deno.lstatSync(`${folder}/a`).isSymlink, true);
  });
});

Deno.test("requireWritable() leaves nothing, and what is there as it is", () => {
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/old`, "text");
    for (const name of ["old", "new"]) requireWritable(`${folder}/${name}`);
    assertEquals(namesIn(folder), ["old"]);
    assertEquals(Deno.readTextFileSync(`${folder}/old`), "text");
  });
});

for (
  const [path, says] of [["none/a", "its folder is not there"], ["folder", "it is a folder"], ["file/a", ""]]
) {
  Deno.test(`requireWritable() refuses "${path}"`, () => {
    inFolder((folder) => {
      Deno.mkdirSync(`${folder}/folder`);
      Deno.writeTextFileSync(`${folder}/file`, "text");
      assertThrows(
        () => requireWritable(`${folder}/${path}`),
        Error,
        `Cannot write "${folder}/${path}": ${says}`,
      );
    });
  });
}

Deno.test("namingFile() tells of which file a full disk is", { ignore: Deno.build.os !== "linux" }, () => {
  using file = Deno.openSync("/dev/full", { write: true });
  const bare = assertThrows(() => file.writeSync(new Uint8Array(1)), Error);
  const { message, cause } = namingFile(bare, (message) => `Cannot write "x": ${message}`) as Error;
  assertEquals([message, cause], ['Cannot write "x": No space left on device (os error 28)', bare]);
  const named = new Deno.errors.PermissionDenied("Permission denied (os error 13): open 'x'");
  assertEquals(namingFile(named, () => "another"), named);
});

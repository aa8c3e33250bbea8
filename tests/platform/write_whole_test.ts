import { assertEquals, assertThrows } from "@std/assert";
import { writeWhole } from "../../lib/platform/write_whole.ts";
import { writeImageFile } from "../../lib/platform/image_file.ts";
import { createDirectory, planImage } from "../../lib/image/mod.ts";

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

Deno.test("writeImageFile() takes the place of what a killed process of the same number left", () => {
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/a.iso.partial-${Deno.pid}`, "te");
    writeImageFile(planImage(createDirectory(), { timestamp: new Date(0) }), `${folder}/a.iso`);
    assertEquals(namesIn(folder), ["a.iso"]);
  });
});

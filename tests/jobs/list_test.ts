import { assert, assertThrows } from "@std/assert";
import { openImage, openView } from "../../lib/jobs/list.ts";
import { onPosix } from "../posix.ts";

/** Puts bytes into a file and opens it as an image. */
function openBytes(bytes: readonly number[], open: (path: string) => unknown): void {
  const path = Deno.makeTempFileSync({ prefix: "burnscript-list-" });
  try {
    Deno.writeFileSync(path, Uint8Array.from(bytes));
    open(path);
  } finally {
    Deno.removeSync(path);
  }
}

const NONE: [title: string, bytes: number[], said: string][] = [
  ["an empty file", [], "is empty, and no image"],
  ["a text", [0x68, 0x69], "neither ISO 9660 nor UDF in it; is it an image?"],
  ["a file of gzip", [0x1f, 0x8b, 8, 0], "it is packed by gzip: unpack it first"],
  ["a file of xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "it is packed by xz: unpack it first"],
];
for (const [title, bytes, said] of NONE) {
  Deno.test(`openImage() and openView() say what is wrong with ${title}`, () => {
    for (const open of [openImage, openView]) {
      assertThrows(() => openBytes(bytes, open), Error, said);
    }
  });
}

Deno.test("openImage() does not wait for what comes out of a pipe", onPosix, () => {
  const folder = Deno.makeTempDirSync({ prefix: "burnscript-list-" });
  try {
    assert(new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).outputSync().success);
    assertThrows(() => openImage(`${folder}/pipe`), Error, "it is no file and no disk");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

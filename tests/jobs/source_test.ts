/** An image file as what is burned. */
import { assertEquals, assertThrows } from "@std/assert";
import { openSource } from "../../lib/jobs/source.ts";
import { TempFolder } from "../cli/cli.ts";

Deno.test("openSource() of an image fills its last sector up, and names the file", () => {
  using folder = new TempFolder();
  const path = `${folder.path}/source.iso`;
  Deno.writeFileSync(path, new Uint8Array(2048 * 2 + 1).fill(7));
  using source = openSource(path);
  assertEquals([source.sizeSectors, [...source.files()], source.ownerOf(0)], [3, [path], undefined]);
  const target = new Uint8Array(3 * 2048).fill(1);
  source.read(1, 2, target);
  assertEquals([target[0], target[2048], target[2049], target[4095], target[4096]], [7, 7, 0, 0, 1]);
  source.read(0, 1, target); // back again
  assertEquals(target[2047], 7);
});

Deno.test("openSource() of an image that is empty, or becomes shorter, says so", () => {
  using folder = new TempFolder();
  const path = `${folder.path}/source.iso`;
  folder.write("source.iso", "");
  assertThrows(() => openSource(path), Error, `Cannot burn "${path}": the file is empty`);
  Deno.writeFileSync(path, new Uint8Array(2048 * 10));
  using source = openSource(path);
  Deno.truncateSync(path, 2048 * 5);
  source.read(0, 5, new Uint8Array(2048 * 5));
  assertThrows(
    () => source.read(4, 2, new Uint8Array(2048 * 2)),
    Error,
    `Cannot read "${path}": it became shorter while it was read`,
  );
});

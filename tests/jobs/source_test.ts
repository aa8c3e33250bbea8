/** An image file as what is burned. */
import { assertEquals, assertThrows } from "@std/assert";
import { openSource, planFolder } from "../../lib/jobs/source.ts";
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

for (const output of ["image.iso", "sub/image.iso"]) {
  Deno.test(`planFolder() leaves the older file of the image itself out: ${output}`, () => {
    using folder = new TempFolder();
    folder.write("a.txt", "a");
    folder.write(`sub/b.txt`, "b");
    folder.write(output, "old");
    const notes: string[] = [];
    const options = { onNote: (note: string) => notes.push(note) };
    const path = `${folder.path}/${output}`;
    const plan = planFolder(folder.path, options, { output: path });
    assertEquals(Array.from(plan.files(), (file) => file.path).sort(), ["/a.txt", "/sub/b.txt"]);
    assertEquals(notes, [`Left out "${path}": it is the image itself, of an earlier time`]);
    const elsewhere = { output: `${folder.path}/../${output}` };
    assertEquals(planFolder(folder.path, options, elsewhere).fileCount, 3);
  });
}

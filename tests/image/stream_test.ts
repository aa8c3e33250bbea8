import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type FileContent,
  ImageError,
  imageStream,
  SECTOR_BYTES,
  type SourceFault,
} from "../../lib/image/mod.ts";
import { bytesOf, patternContent, plan, treeOf } from "./_build.ts";

/** A content that says how often it is open, and ends early. */
class ShortContent implements FileContent {
  openCount = 0;
  constructor(readonly sizeBytes: number, readonly realBytes: number) {}

  open(): ReturnType<FileContent["open"]> {
    const opened = patternContent("short", this.realBytes).open();
    this.openCount++;
    return {
      read: (target, offset) => opened.read(target, offset),
      [Symbol.dispose]: () => {
        this.openCount--;
      },
    };
  }
}

Deno.test("imageStream() is what the reader reads", async () => {
  const imagePlan = plan(treeOf({ a: 700_000, b: 1, c: { d: 0 } }));
  const bytes = new Uint8Array(await new Response(imageStream(imagePlan)).arrayBuffer());
  assertEquals(bytes, bytesOf(imagePlan));
});

Deno.test("imageStream() fails with the source, or fills it up and says so", async () => {
  const content = new ShortContent(900_000, 10);
  const imagePlan = plan(treeOf({ a: content }));
  await assertRejects(() => new Response(imageStream(imagePlan)).arrayBuffer(), ImageError);
  assertEquals(content.openCount, 0);
  let faults: readonly SourceFault[] = [];
  const stream = imageStream(imagePlan, { onSourceError: "pad", onFaults: (found) => faults = found });
  assertEquals((await new Response(stream).arrayBuffer()).byteLength, imagePlan.sizeSectors * SECTOR_BYTES);
  assertEquals(faults.map(({ problem, offsetBytes }) => [problem, offsetBytes]), [["shrank", 10]]);
});

Deno.test("imageStream() closes its sources when nobody wants the rest", async () => {
  const content = new ShortContent(5_000_000, 5_000_000);
  const reader = imageStream(plan(treeOf({ a: content }))).getReader();
  assertEquals(content.openCount, 0);
  for (let pieces = 0; pieces < 8; pieces++) assert(!(await reader.read()).done);
  assertEquals(content.openCount, 1);
  await reader.cancel();
  assertEquals(content.openCount, 0);
});

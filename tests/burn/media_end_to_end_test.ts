/** A folder onto every medium, by the way that the command line and the page's script take, and back. */
import { assertEquals } from "@std/assert";
import { burn } from "../../lib/jobs/burn.ts";
import { openSource } from "../../lib/jobs/source.ts";
import { MEDIA_ROWS } from "./_media.ts";

for (const { medium, finalized, prepare, options: own } of MEDIA_ROWS) {
  if (prepare !== undefined || own !== undefined) continue; // the same medium as another row
  Deno.test(`burn() of a folder to a virtual ${medium} reads back equal from its file`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.mkdir(`${folder}/photos`);
      for (let i = 0; i < 5; i++) {
        await Deno.writeFile(`${folder}/photos/${i}.raw`, new Uint8Array(70_000 + i).fill(65 + i));
      }
      const options = { timestamp: new Date("2026-01-01T00:00:00Z"), volumeName: "PHOTOS" };
      const file = `${folder}/disc.iso`;
      const result = await burn({
        source: `${folder}/photos`,
        ...options,
        session: { virtual: [{ medium, file }], maps: [] },
      });
      assertEquals([result.verified, result.discState.status, result.startLba], ["full", finalized, 0]);
      const disc = await Deno.readFile(file);
      using source = openSource(`${folder}/photos`, options);
      const wanted = new Uint8Array(2048);
      for (let lba = 0; lba < result.sizeSectors; lba++) {
        source.read(lba, 1, wanted);
        assertEquals(disc.subarray(lba * 2048, (lba + 1) * 2048), wanted, `sector ${lba}`);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

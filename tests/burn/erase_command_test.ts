/** `burnscript erase`, `eject` and `load` as processes of their own, over discs in files. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { run } from "../cli/cli.ts";

Deno.test("burnscript erase, and burn --force, on rewritable virtual discs", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/photos`);
    await Deno.writeTextFile(`${folder}/photos/a.txt`, "Holidays");
    for (const medium of ["cd-rw", "dvd+rw"]) {
      const virtual = ["--virtual", `${medium}=${folder}/${medium}.iso`];
      const burn = ["burn", ...virtual, "--quiet"];
      assertEquals((await run([...burn, `${folder}/photos`])).code, 0);
      const refused = await run([...burn, `${folder}/photos`]);
      assertEquals(refused.code, 1);
      assertStringIncludes(refused.stderr, "erase");
      const erased = await run(["erase", ...virtual]);
      assertEquals(erased.code, 0, erased.stderr);
      assertEquals(erased.stdout, `Erased; the disc: ${medium.toUpperCase()}, blank\n`);
      assertEquals((await run([...burn, `${folder}/photos`])).code, 0);
      const forced = await run([...burn, "--force", `${folder}/photos`]);
      assertEquals(forced.code, medium === "dvd+rw" ? 0 : 1, forced.stderr);
    }
    const closed = ["--virtual", `dvd+rw=${folder}/dvd+rw.iso`];
    assertEquals((await run(["eject", ...closed])).code, 0);
    const loaded = await run(["load", ...closed]);
    assertEquals([loaded.code, loaded.stdout], [0, "DVD+RW, overwritable, 4.7 GB\n"]);
    assertEquals((await run(["load", "--virtual", "none=x"])).code, 3);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

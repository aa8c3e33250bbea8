import { assert, assertEquals, assertLess } from "@std/assert";
import { SYMBOLS } from "../../ffi/mod.ts";
import { TARGETS } from "../../scripts/native.ts";
import { parseObjectFile } from "./_object_file.ts";

/** What a library of each system may be linked to: nothing, so that one file serves every version of it, or the least. */
const NEEDS: Record<string, string[]> = {
  linux: [],
  windows: ["kernel32.dll", "user32.dll"],
  macos: ["/usr/lib/libSystem.B.dylib"],
};
const FORMAT: Record<string, string> = { linux: "elf", windows: "pe", macos: "mach-o" };

for (const { folder, file } of TARGETS) {
  Deno.test(`prebuilt ${folder} exports what the bindings call, and needs no more than its system`, async () => {
    const bytes = await Deno.readFile(new URL(`../../ffi/prebuilt/${folder}/${file}`, import.meta.url));
    const [machine = "", system = ""] = folder.split("-");
    const library = parseObjectFile(bytes);
    assertEquals(library.format, FORMAT[system]);
    assertEquals(library.machine, machine);
    assertEquals([...library.needs].sort(), NEEDS[system]);
    const wanted = new Set(
      Object.entries(SYMBOLS).map(([key, symbol]) => "name" in symbol ? symbol.name : key),
    );
    for (const name of ["bs_abi", ...wanted]) assert(library.exports.includes(name), `${name} is missing`);
    const ours = library.exports.filter((name) => name.startsWith("bs_"));
    assertEquals(ours.sort(), ["bs_abi", ...wanted].sort());
    // A library that grows tenfold has pulled something in.
    assertLess(bytes.length, 64 * 1024);
    // Whoever built it is not told.
    const raw = new TextDecoder("latin1").decode(bytes);
    assert(!/\/(?:home|tmp|Users|root|work)\//.test(raw), "a path of the building machine is in it");
  });
}

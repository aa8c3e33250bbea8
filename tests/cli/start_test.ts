/** What is loaded before a script starts: each module takes a fifth of a millisecond, on two threads. @module */
import { assertEquals } from "@std/assert";

const STATIC_IMPORT = /^(?:import|export)\s(?!type\b)[^;]*?\sfrom\s"(\.[^"]+)";|^import "(\.[^"]+)";/gm;
const LITERAL_IMPORT = /(?<!typeof )\bimport\(\s*"[^"]+"/;

/** A module and all that it imports, as Deno loads them: what a string in `import()` names, too. */
function loadedBy(path: string, into = new Set<string>()): Set<string> {
  if (into.has(path)) return into;
  into.add(path);
  const text = Deno.readTextFileSync(path);
  for (const [, from, bare] of text.matchAll(STATIC_IMPORT)) {
    loadedBy(new URL((from ?? bare)!, `file:///${path}`).pathname.slice(1), into);
  }
  return into;
}

/** Folders that a script needs only once it asks for what is in them. */
const LATE = /^lib\/(imapi|burn|image|drive|platform\/native|wsh\/(scripting|shell|adodb|msxml|jscript))/;

for (
  const [path, limit] of [
    ["lib/cli/main.ts", 20],
    ["lib/cli/run.ts", 25],
    ["lib/wsh/script_worker.ts", 93],
  ] as const
) {
  Deno.test(`${path} loads no more than a script without objects needs`, () => {
    const loaded = [...loadedBy(path)];
    assertEquals(loaded.filter((module) => LATE.test(module)), []);
    assertEquals(
      loaded.filter((module) => LITERAL_IMPORT.test(Deno.readTextFileSync(module))),
      [],
      "a string in import() makes Deno load at the start what it names: use a URL, as main.ts does",
    );
    assertEquals(loaded.length <= limit, true, `${loaded.length} modules: ${loaded.join(" ")}`);
  });
}

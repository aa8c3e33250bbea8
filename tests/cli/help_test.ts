import { assertEquals, assertStringIncludes } from "@std/assert";
import { run } from "./cli.ts";

const COLUMNS_MAX = 110;

Deno.test("help: every command's text fits a terminal of 110 columns, and begins with how it is called", async () => {
  const overview = (await run(["--help"])).stdout;
  const names = [...overview.split("Every command")[0]!.matchAll(/^ {2}([a-z]+) +[a-z]/gm)].map(([, name]) =>
    name!
  );
  const texts = await Promise.all(
    [...names, "faults"].map(async (name) => [name, (await run(["help", name])).stdout] as const),
  );
  assertEquals(names.length >= 16, true, overview);
  const wide = [["burnscript", overview] as const, ...texts].flatMap(([name, text]) =>
    text.split("\n").filter((line) => line.length > COLUMNS_MAX).map((line) => `${name}: ${line}`)
  );
  assertEquals(wide, []);
  for (const [name, text] of texts.slice(0, -1)) assertStringIncludes(text, `usage: burnscript ${name} `);
});

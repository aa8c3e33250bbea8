/**
 * Burns a folder onto a disc and verifies it, the modern way.
 *
 *   BURNSCRIPT_VIRTUAL=dvd+r=disc.iso deno run -A examples/burn_modern.ts
 */
import { burn } from "../mod.ts";

const source = Deno.args[0] ?? `${import.meta.dirname}/BurnDir`;

const result = await burn({
  source,
  recorder: 0,
  verify: "full",
  onProgress: ({ action, lastWrittenLba, sectorCount }) => {
    if (action === "writing" || action === "verifying") {
      Deno.stdout.writeSync(
        new TextEncoder().encode(`\r${action} ${lastWrittenLba + 1} of ${sectorCount} sectors`),
      );
    }
  },
});
Deno.stdout.writeSync(
  new TextEncoder().encode(`\n${result.sizeSectors} sectors; the disc: ${result.discState.description}\n`),
);

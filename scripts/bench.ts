/** `deno task bench`: our figures beside those of peers and of the physical limit, in one run. @module */
import { benchBurn } from "./bench/burn.ts";
import { benchImage, IMAGE_PARTS } from "./bench/image.ts";
import { benchScripting } from "./bench/scripting.ts";
import { benchVbscript } from "./bench/vbscript.ts";
import { benchVbscriptNumbers } from "./bench/vbscript_numbers.ts";
import { benchXslt } from "./bench/xslt.ts";

function print(line: string): void {
  // deno-lint-ignore no-console -- figures are for the terminal
  console.log(line);
}

const quick = Deno.args.includes("--quick");
const only = Deno.args.filter((arg) => !arg.startsWith("--"));

if (only.length === 0 || only.includes("numbers")) await benchVbscriptNumbers(print);
if (only.length === 0 || only.includes("vbscript")) await benchVbscript(print);
if (only.length === 0 || only.includes("scripting")) await benchScripting(print, { quick });
if (only.length === 0 || only.includes("xslt")) await benchXslt(print, { quick });
if (only.length === 0 || only.includes("image")) {
  const parts = IMAGE_PARTS.filter((part) => only.includes(part));
  await benchImage(print, { quick, big: only.includes("big"), parts });
}
if (only.length === 0 || only.includes("burn")) await benchBurn(print, { quick });

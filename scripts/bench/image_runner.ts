/** Builds an image of a directory and nothing else: what the benchmark times. @module */
import { planImage } from "../../lib/image/mod.ts";
import { writeImageFile, writeImageToStream } from "../../lib/platform/image_file.ts";
import { InterruptFlag, listenForSignals } from "../../lib/platform/interrupt.ts";
import { readSourceTree } from "../../lib/platform/source_tree.ts";

const [source, target, fileSystems = "7"] = Deno.args;
if (source === undefined || target === undefined) throw new Error("image_runner.ts SOURCE TARGET|- [BITS]");
const flag = new InterruptFlag();
using _signals = listenForSignals(flag);
const options = { isCancelled: (): boolean => flag.raised };
const tree = readSourceTree(source, { onNote: () => {} });
const plan = planImage(tree, {
  timestamp: new Date(0),
  volumeName: "BENCH",
  fileSystems: Number(fileSystems),
});
if (target === "-") writeImageToStream(plan, Deno.stdout, options);
else writeImageFile(plan, target, options);

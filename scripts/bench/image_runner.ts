/** Builds an image of a directory and nothing else: what the benchmark times. @module */
import { planImage } from "../../lib/image/mod.ts";
import { writeImageFile, writeImageToStream } from "../../lib/platform/image_file.ts";
import { InterruptFlag, listenForSignals } from "../../lib/platform/interrupt.ts";
import { readSourceTree } from "../../lib/platform/source_tree.ts";

const [source, target, fileSystems = "7", ...words] = Deno.args;
if (source === undefined || target === undefined) {
  throw new Error("image_runner.ts SOURCE TARGET|- [BITS] [pure] [sums] [aligned] [memory]");
}
const flag = new InterruptFlag();
using _signals = listenForSignals(flag);
const native = !words.includes("pure");
const options = { isCancelled: (): boolean => flag.raised, native, sums: words.includes("sums") };
const tree = readSourceTree(source, { onNote: () => {}, native });
const plan = planImage(tree, {
  timestamp: new Date(0),
  volumeName: "BENCH",
  fileSystems: Number(fileSystems),
  ...(words.includes("aligned") ? { alignmentBytes: 4096 } : {}),
});
if (target === "-") writeImageToStream(plan, Deno.stdout, options);
else writeImageFile(plan, target, options);
// The most memory that the process had at once, as Linux counts it.
if (words.includes("memory")) {
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(Deno.readTextFileSync("/proc/self/status"))?.[1];
  Deno.stdout.writeSync(new TextEncoder().encode(kibibytes ?? ""));
}

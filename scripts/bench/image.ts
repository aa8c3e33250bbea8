/** Building images: ours beside xorriso, genisoimage, and `cat` as the limit of the disk. @module */
import { median } from "./median.ts";
import { makeBigTree, makeSmallTree } from "./trees.ts";

interface Contender {
  readonly label: string;
  readonly program: string;
  /** Arguments that make TARGET from SOURCE. */
  readonly args: (source: string, target: string) => string[];
}

const RUNNER = new URL("./image_runner.ts", import.meta.url).pathname;
const LIMIT = "cat into one file";

const CONTENDERS: readonly Contender[] = [
  {
    label: LIMIT,
    program: "sh",
    args: (source, target) => ["-c", `find '${source}' -type f -print0 | xargs -0 cat > '${target}'`],
  },
  {
    label: "Burnscript: ISO 9660, Joliet, UDF",
    program: Deno.execPath(),
    args: (source, target) => ["run", "-A", RUNNER, source, target, "7"],
  },
  {
    label: "Burnscript: ISO 9660, Joliet",
    program: Deno.execPath(),
    args: (source, target) => ["run", "-A", RUNNER, source, target, "3"],
  },
  {
    label: "genisoimage: ISO 9660, Rock Ridge, Joliet",
    program: "genisoimage",
    args: (source, target) => ["-quiet", "-r", "-J", "-o", target, source],
  },
  {
    label: "genisoimage: the same and UDF",
    program: "genisoimage",
    args: (source, target) => ["-quiet", "-udf", "-r", "-J", "-o", target, source],
  },
  {
    label: "xorriso: ISO 9660, Rock Ridge, Joliet",
    program: "xorriso",
    args: (source, target) => ["-as", "mkisofs", "-quiet", "-r", "-J", "-o", target, source],
  },
];

/** Times every builder on four big and on many small files, in interleaved rounds; prints medians. */
export async function benchImage(
  print: (line: string) => void,
  options: { quick?: boolean } = {},
): Promise<void> {
  const quick = options.quick ?? false;
  const directory = await Deno.makeTempDir({ prefix: "bench-image-" });
  try {
    const bigBytes = quick ? 2 ** 26 : 2 ** 28;
    const files = quick ? 5_000 : 20_000;
    makeBigTree(`${directory}/big`, { files: 4, fileBytes: bigBytes });
    makeSmallTree(`${directory}/small`, { files, directories: files / 100 });
    const rounds = quick ? 3 : 5;
    const megabytes = 4 * bigBytes / 2 ** 20;
    await benchTree(print, { title: `${megabytes} MiB in four files`, source: `${directory}/big`, rounds });
    await benchTree(print, { title: `${files} files of 0 to 8 KiB`, source: `${directory}/small`, rounds });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function benchTree(
  print: (line: string) => void,
  tree: { title: string; source: string; rounds: number },
): Promise<void> {
  const times = new Map<string, number[]>(CONTENDERS.map(({ label }) => [label, []]));
  const absent = new Set<string>();
  // The first round warms the file cache and the compiled modules and does not count.
  for (let round = -1; round < tree.rounds; round++) {
    // Another goes first each time: what one leaves to the disk's cache is the next one's burden.
    const first = (round + 1) % CONTENDERS.length;
    for (const contender of [...CONTENDERS.slice(first), ...CONTENDERS.slice(0, first)]) {
      if (absent.has(contender.program)) continue;
      const seconds = await timeOf(contender, tree.source);
      if (seconds === undefined) absent.add(contender.program);
      else if (round >= 0) times.get(contender.label)!.push(seconds);
    }
  }
  const limit = median(times.get(LIMIT)!);
  print(`Building an image of ${tree.title}, medians of ${tree.rounds} interleaved rounds`);
  for (const { label, program } of CONTENDERS) {
    if (absent.has(program)) {
      print(`  ${label.padEnd(44)} not installed`);
      continue;
    }
    const seconds = median(times.get(label)!);
    print(`  ${label.padEnd(44)} ${seconds.toFixed(2)} s  ${(seconds / limit).toFixed(2)}x`);
  }
}

/** Wall seconds of one run into a file that was not there before; undefined if there is no such program. */
async function timeOf(contender: Contender, source: string): Promise<number | undefined> {
  const target = `${source}.image`;
  const command = new Deno.Command(contender.program, {
    args: contender.args(source, target),
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  });
  const start = performance.now();
  let output: Deno.CommandOutput;
  try {
    output = await command.output();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const seconds = (performance.now() - start) / 1000;
  if (!output.success) {
    throw new Error(`${contender.label} failed: ${new TextDecoder().decode(output.stderr)}`);
  }
  await Deno.remove(target);
  return seconds;
}

if (import.meta.main) {
  // deno-lint-ignore no-console -- figures are for the terminal
  await benchImage((line) => console.log(line), { quick: Deno.args.includes("--quick") });
}

/** Building and extracting images: ours beside xorriso, genisoimage, bsdtar, and `cat` as the limit of the disk. @module */
import { median } from "./median.ts";
import { makeBigTree, makeEmptyTree, makeMixedTree, makeSmallTree, SHAPES } from "./trees.ts";

interface Contender {
  readonly label: string;
  readonly program: string;
  /** Arguments that make TARGET from SOURCE. */
  readonly args: (source: string, target: string) => string[];
}

const RUNNER = new URL("./image_runner.ts", import.meta.url).pathname;
const MAIN = new URL("../../lib/cli/main.ts", import.meta.url).pathname;
const LIMIT = "cat into one file";

function ours(label: string, ...words: string[]): Contender {
  const args = (source: string, target: string): string[] => ["run", "-A", RUNNER, source, target, ...words];
  return { label: `Burnscript: ${label}`, program: Deno.execPath(), args };
}

const OURS = ours("ISO 9660, Joliet, UDF", "7");
const OURS_PLAIN = ours("ISO 9660, Joliet", "3");

const CAT: Contender = {
  label: LIMIT,
  program: "sh",
  args: (source, target) => ["-c", `find '${source}' -type f -print0 | xargs -0 cat > '${target}'`],
};

const PEERS: readonly Contender[] = [
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
  {
    label: "bsdtar: ISO 9660, Rock Ridge, Joliet",
    program: "bsdtar",
    args: (source, target) => ["-c", "-f", target, "--format", "iso9660", "-C", source, "."],
  },
];

const CONTENDERS: readonly Contender[] = [
  CAT,
  OURS,
  OURS_PLAIN,
  ours("all three, without the native library", "7", "pure"),
  ours("all three, and SHA-256 of every file", "7", "sums"),
  ...PEERS,
];

function isPeer({ program, label }: Contender): boolean {
  return program !== Deno.execPath() && label !== LIMIT;
}

/** How many seconds a peer may take with trees that it never comes to an end with. */
const PEER_SECONDS_MAX = 60;

/** How much is built. */
export interface BenchImageOptions {
  /** Small trees and few rounds: whether the benchmark works. */
  readonly quick?: boolean;
  /** Trees of 100,000 files, of 4 GiB and of mixed files of 3 GiB, and the memory for 1,000,000 files. */
  readonly big?: boolean;
  /** What is measured; all when empty. */
  readonly parts?: readonly ImagePart[];
}

/** What can be measured by itself. */
export const IMAGE_PARTS = ["names", "sharing", "small", "large", "mixed"] as const;
type ImagePart = typeof IMAGE_PARTS[number];

/**
 * Times every builder and extractor in interleaved rounds; prints medians. Needs up to 20 GiB in the temporary folder. Of big
 * trees peers are timed once: they take most of the time, and theirs scatter less than what is told from them.
 */
export async function benchImage(
  print: (line: string) => void,
  { quick = false, big = false, parts = [] }: BenchImageOptions = {},
): Promise<void> {
  const isWanted = (part: ImagePart): boolean => parts.length === 0 || parts.includes(part);
  const often = quick ? 3 : 5;
  const rounds: Rounds = big ? { rounds: 3, peerRounds: 1 } : { rounds: often, peerRounds: often };
  const bigBytes = quick ? 2 ** 26 : big ? 2 ** 30 : 2 ** 28;
  const files = quick ? 5_000 : big ? 100_000 : 20_000;
  if (isWanted("names") && !quick) await benchShapes(print);
  if (isWanted("names") && big) {
    const million = { files: 1_000_000, perDirectory: 1000 };
    await withTree((tree) => makeEmptyTree(tree, million), async (source) => {
      await benchMemory(print, "1000000 empty files", source);
    });
  }
  if (isWanted("sharing")) await benchSharing(print, { files: 4, fileBytes: quick ? 2 ** 24 : 2 ** 28 });
  if (isWanted("small")) {
    await withTree((tree) => makeSmallTree(tree, { files, directories: files / 100 }), async (source) => {
      const title = `${files} files of 0 to 8 KiB`;
      await benchTree(print, { title, source, ...rounds }, CONTENDERS);
      await benchExtract(print, { title, source, rounds: 3, peerRounds: rounds.peerRounds });
      await benchMemory(print, title, source);
    });
  }
  if (isWanted("large")) {
    await withTree((tree) => makeBigTree(tree, { files: 4, fileBytes: bigBytes }), async (source) => {
      const title = `${4 * bigBytes / 2 ** 20} MiB in four files`;
      await benchTree(print, { title, source, ...rounds }, CONTENDERS);
    });
  }
  if (!isWanted("mixed") || !big) return;
  const mixed = { files: 20_000, totalBytes: 3 * 2 ** 30 };
  await withTree((tree) => makeMixedTree(tree, mixed), async (source) => {
    const title = "20000 mixed files of 3 GiB, deep, in many scripts";
    await benchTree(print, { title, source, ...rounds }, [CAT, OURS, OURS_PLAIN, ...PEERS]);
  });
}

async function withTree(make: (tree: string) => void, use: (tree: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "bench-image-" });
  try {
    make(`${directory}/tree`);
    await use(`${directory}/tree`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** How often each is timed. */
interface Rounds {
  readonly rounds: number;
  /** Of those that are not ours, nor the limit. */
  readonly peerRounds: number;
}

interface Tree extends Rounds {
  readonly title: string;
  readonly source: string;
}

async function benchTree(
  print: (line: string) => void,
  tree: Tree,
  contenders: readonly Contender[],
): Promise<void> {
  const times = await timesOf(contenders, tree);
  print(`Building an image of ${tree.title}, ${roundsText(tree)}`);
  printTimes(print, times, LIMIT);
}

function roundsText({ rounds, peerRounds }: Rounds): string {
  const peers = peerRounds === rounds ? "" : `, peers' of ${peerRounds}`;
  return `median and best of ${rounds} interleaved rounds${peers}`;
}

async function benchExtract(print: (line: string) => void, tree: Tree): Promise<void> {
  const image = `${tree.source}.iso`;
  await run(OURS.program, OURS.args(tree.source, image));
  const EXTRACTORS: readonly Contender[] = [
    {
      label: "Burnscript",
      program: Deno.execPath(),
      args: (
        source,
        target,
      ) => ["run", "-A", MAIN, "extract", "--quiet", "--view", "joliet", source, "-C", target],
    },
    {
      label: "bsdtar",
      program: "bsdtar",
      args: (source, target) => ["-x", "-f", source, "--options", "iso9660:!rockridge", "-C", target],
    },
    {
      label: "7z",
      program: "7z",
      args: (source, target) => ["x", "-bd", "-tiso", `-o${target}`, source],
    },
    {
      label: "xorriso",
      program: "xorriso",
      args: (source, target) => [
        ...["-read_fs", "norock", "-osirrox", "on", "-indev", source],
        ...["-extract", "/", `${target}/x`],
      ],
    },
  ];
  const times = await timesOf(EXTRACTORS, { ...tree, source: image, intoFolder: true });
  await Deno.remove(image);
  print(`Extracting ${tree.title}, ${roundsText(tree)}`);
  printTimes(print, times, "bsdtar");
}

async function benchShapes(print: (line: string) => void): Promise<void> {
  print("Building an image of nothing but names, with all three file systems, best of 3; the aim is 2 s");
  for (const { title, make } of SHAPES) {
    await withTree(make, async (source) => {
      const target = `${source}.image`;
      const seconds: number[] = [];
      for (let round = 0; round < 3; round++) {
        const start = performance.now();
        await run(OURS.program, OURS.args(source, target));
        seconds.push((performance.now() - start) / 1000);
        await Deno.remove(target);
      }
      print(`  ${title.padEnd(44)} ${Math.min(...seconds).toFixed(2)} s`);
    });
  }
}

/** File systems whose files can share blocks, and how they are made on a disk. */
const SHARING: readonly { readonly name: string; readonly make: readonly string[] }[] = [
  { name: "xfs", make: ["mkfs.xfs", "-q", "-m", "reflink=1"] },
  { name: "btrfs", make: ["mkfs.btrfs", "-q"] },
];

/** Big files on file systems that can share blocks; mounting one takes root and a kernel that knows it. */
async function benchSharing(
  print: (line: string) => void,
  tree: { readonly files: number; readonly fileBytes: number },
): Promise<void> {
  const known = Deno.build.os === "linux" ? await Deno.readTextFile("/proc/filesystems") : "";
  for (const { name, make: [program = "", ...args] } of SHARING) {
    const size = `${tree.files * tree.fileBytes / 2 ** 20} MiB in four files on ${name}`;
    const isInstalled = await run(program, ["-V"]).then(() => true, () => false);
    if (Deno.uid() !== 0 || !isInstalled || !known.includes(`\t${name}\n`)) {
      print(
        `Building an image of ${size}: not measured, it takes root, ${program}, and a kernel that has ${name}`,
      );
      continue;
    }
    await withTree((folder) => Deno.mkdirSync(folder), async (mounted) => {
      const disk = `${mounted}.disk`;
      await Deno.writeFile(disk, new Uint8Array());
      // Room for the source, and for two images that share nothing.
      await Deno.truncate(disk, 4 * tree.files * tree.fileBytes + 2 ** 29);
      await run(program, [...args, disk]);
      await run("mount", ["-o", "loop", disk, mounted]);
      try {
        const source = `${mounted}/tree`;
        makeBigTree(source, tree);
        const contenders = [CAT, ours("files at multiples of 4 KiB", "7", "aligned"), OURS];
        const times = await timesOf(contenders, { title: size, source, rounds: 3, peerRounds: 3 });
        print(`Building an image of ${size}, median and best of 3 interleaved rounds`);
        printTimes(print, times, ""); // No ratios: cat shares blocks too.
      } finally {
        await run("umount", [mounted]);
      }
    });
  }
}

async function benchMemory(print: (line: string) => void, title: string, source: string): Promise<void> {
  if (Deno.build.os !== "linux") return;
  const target = `${source}.image`;
  const start = performance.now();
  const output = await run(OURS.program, [...OURS.args(source, target), "memory"]);
  const seconds = (performance.now() - start) / 1000;
  await Deno.remove(target);
  const megabytes = Math.round(Number(output) * 1024 / 1e6);
  print(`Memory for an image of ${title}: ${megabytes} MB at most; it took ${seconds.toFixed(1)} s`);
}

/** Seconds of each round; nothing for a program that is not there, cannot do it, or takes too long. */
type Times = ReadonlyMap<Contender, { readonly seconds: number[]; failure?: string }>;

async function timesOf(
  contenders: readonly Contender[],
  tree: Tree & { readonly intoFolder?: boolean },
): Promise<Times> {
  const times = new Map(contenders.map((contender) => [
    contender,
    { seconds: [] } as { seconds: number[]; failure?: string },
  ]));
  // Round -1 does not count: two of them warm the file cache and the compiled modules.
  for (let round = -1; round < tree.rounds; round++) {
    const turn = round < 0
      ? contenders.slice(0, 2)
      : contenders.filter((one) => round < (isPeer(one) ? tree.peerRounds : tree.rounds));
    // Another goes first each time: what one leaves to the disk's cache is the next one's burden.
    const first = (round + 1) % turn.length;
    for (const contender of [...turn.slice(first), ...turn.slice(0, first)]) {
      const found = times.get(contender)!;
      if (found.failure !== undefined) continue;
      const target = `${tree.source}.made`;
      if (tree.intoFolder) await Deno.mkdir(target);
      const start = performance.now();
      try {
        await run(contender.program, contender.args(tree.source, target));
        if (round >= 0) found.seconds.push((performance.now() - start) / 1000);
      } catch (error) {
        if (contender.program === Deno.execPath()) throw error;
        found.failure = error instanceof Deno.errors.NotFound ? "not installed" : (error as Error).message;
      } finally {
        await Deno.remove(target, { recursive: true }).catch(() => {/* it was not made */});
      }
    }
  }
  return times;
}

function printTimes(print: (line: string) => void, times: Times, limitLabel: string): void {
  const limit = [...times].find(([{ label }]) => label === limitLabel)?.[1].seconds ?? [];
  for (const [{ label }, { seconds, failure }] of times) {
    const ratioOf = (figure: (values: readonly number[]) => number): string =>
      limit.length === 0 ? "" : `  ${(figure(seconds) / figure(limit)).toFixed(2)}x`;
    const best = (values: readonly number[]): number => Math.min(...values);
    const text = failure ??
      `${median(seconds).toFixed(2)} s${ratioOf(median)}, best ${best(seconds).toFixed(2)} s${ratioOf(best)}`;
    print(`  ${label.padEnd(50)} ${text}`);
  }
}

/** Runs a program; gives what it prints. */
async function run(program: string, args: string[]): Promise<string> {
  const signal = program === Deno.execPath() ? {} : { signal: AbortSignal.timeout(PEER_SECONDS_MAX * 1000) };
  const command = new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...signal,
  });
  const { success, signal: killed, stdout, stderr } = await command.output();
  if (killed !== null) throw new Error(`over ${PEER_SECONDS_MAX} s`);
  if (success) return new TextDecoder().decode(stdout);
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  throw new Error(`failed: ${lines.at(-1)}`);
}

if (import.meta.main) {
  const options = {
    quick: Deno.args.includes("--quick"),
    big: Deno.args.includes("big"),
    parts: IMAGE_PARTS.filter((part) => Deno.args.includes(part)),
  };
  // deno-lint-ignore no-console -- figures are for the terminal
  await benchImage((line) => console.log(line), options);
}

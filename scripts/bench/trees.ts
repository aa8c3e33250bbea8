/** Source trees for benchmarks: the same bytes, names and times every time. @module */

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TIME = new Date("2024-01-01T00:00:00Z");

/** Makes files of equal size in a directory that does not exist yet. */
export function makeBigTree(directory: string, options: { files: number; fileBytes: number }): void {
  Deno.mkdirSync(directory, { recursive: true });
  const block = noise(1, 4 << 20);
  for (let index = 0; index < options.files; index++) {
    const path = `${directory}/big file number ${index}.bin`;
    using file = Deno.openSync(path, { write: true, createNew: true });
    for (let left = options.fileBytes; left > 0;) {
      block[0] = block[0]! + 1; // no two blocks are equal
      left -= file.writeSync(block.subarray(0, Math.min(left, block.length)));
    }
    file.utimeSync(TIME, TIME);
  }
}

/** Makes files of 0 to 8 KiB, spread evenly over directories. */
export function makeSmallTree(directory: string, options: { files: number; directories: number }): void {
  const random = randomNumbers(2);
  const block = noise(9, 1 << 20);
  const perDirectory = Math.ceil(options.files / options.directories);
  for (let index = 0; index < options.files; index++) {
    const parent = Math.floor(index / perDirectory);
    const path = `${directory}/dir-${String(parent).padStart(4, "0")}`;
    if (index % perDirectory === 0) Deno.mkdirSync(path, { recursive: true });
    const extension = ["txt", "js", "json", "dat"][index & 3];
    const start = Math.floor(random() * (block.length - 8192));
    const bytes = block.subarray(start, start + Math.floor(random() * 8192));
    const file = `${path}/Some_file-${parent}-${index % perDirectory}.${extension}`;
    Deno.writeFileSync(file, bytes);
    Deno.utimeSync(file, TIME, TIME);
  }
}

function noise(seed: number, length: number): Uint8Array<ArrayBuffer> {
  const random = randomNumbers(seed);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = random() * 256;
  return bytes;
}

const WORDS = [
  "Übergröße",
  "日本語のファイル",
  "naïve café",
  "Ελληνικά",
  "русский текст",
  "plain ascii name",
  "한국어 문서",
  "emoji 😀 name",
  "a+b=c;d,e",
  "ZIP.archive.v2",
];

/** Makes files of very different sizes, together as large as asked, in folders up to 14 deep with names in many scripts. */
export function makeMixedTree(directory: string, options: { files: number; totalBytes: number }): void {
  const random = randomNumbers(3);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const block = noise(17, 4 << 20);
  Deno.mkdirSync(directory, { recursive: true });
  const folders = [{ path: directory, depth: 0 }];
  while (folders.length < options.files / 10) {
    const parent = random() < 0.5 ? folders.at(-1)! : pick(folders);
    const path = `${parent.path}/d${folders.length} ${pick(WORDS)}`;
    if (parent.depth >= 14 || new TextEncoder().encode(path).length > directory.length + 700) continue;
    Deno.mkdirSync(path);
    folders.push({ path, depth: parent.depth + 1 });
  }
  const weights = Array.from({ length: options.files }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.exp(2.2 * normal);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  for (const [index, weight] of weights.entries()) {
    const words = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(WORDS)).join(" ");
    const extension = [".txt", ".tar.gz", ".JPG", ""][index & 3];
    using file = Deno.openSync(`${pick(folders).path}/${index}-${words}${extension}`, {
      write: true,
      createNew: true,
    });
    for (let left = Math.round(weight / sum * options.totalBytes); left > 0;) {
      left -= file.writeSync(block.subarray(0, Math.min(left, block.length)));
    }
    file.utimeSync(TIME, TIME);
  }
}

/** Shapes that builders of images have broken at: nothing in them but names. */
export const SHAPES: readonly { readonly title: string; readonly make: (directory: string) => void }[] = [
  {
    title: "50,000 empty files in one folder",
    make: (directory) => makeEmptyFiles(directory, 50_000, (index) => `${index}`.padStart(8, "f")),
  },
  {
    title: "50,000 names of one 8-character prefix",
    make: (directory) => makeEmptyFiles(directory, 50_000, (index) => `prefix_of_a_long_name_${index}.data`),
  },
  {
    title: "20,000 empty folders in one",
    make: (directory) => {
      Deno.mkdirSync(directory, { recursive: true });
      for (let index = 0; index < 20_000; index++) Deno.mkdirSync(`${directory}/folder ${index}`);
    },
  },
  {
    title: "70,000 folders in 100",
    make: (directory) => {
      for (let index = 0; index < 100; index++) {
        Deno.mkdirSync(`${directory}/${index}`, { recursive: true });
        for (let inner = 0; inner < 700; inner++) Deno.mkdirSync(`${directory}/${index}/folder ${inner}`);
      }
    },
  },
];

/** Makes a tree of empty files, so many in each folder. */
export function makeEmptyTree(directory: string, options: { files: number; perDirectory: number }): void {
  for (let index = 0; index < options.files; index += options.perDirectory) {
    makeEmptyFiles(
      `${directory}/folder ${index}`,
      options.perDirectory,
      (inner) => `Some file ${index + inner}.txt`,
    );
  }
}

function makeEmptyFiles(directory: string, count: number, nameOf: (index: number) => string): void {
  Deno.mkdirSync(directory, { recursive: true });
  for (let index = 0; index < count; index++) {
    Deno.openSync(`${directory}/${nameOf(index)}`, { write: true, createNew: true }).close();
  }
}

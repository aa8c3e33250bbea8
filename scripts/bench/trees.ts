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

/** Burning onto virtual discs: commands a second, the whole way from a file to a verified disc, and a paced drive. @module */
import { nativeLibrary } from "../../lib/platform/native_library.ts";
import { mediumNamed, memoryStore, VirtualDrive } from "../../lib/recorder/mod.ts";
import { virtualTransport } from "../../lib/drive/virtual.ts";
import type { BurnFigures } from "./burn_runner.ts";
import { median } from "./median.ts";
import { BYTES_A_SECOND } from "./paced_recorder.ts";

const RUNNER = `${import.meta.dirname}/burn_runner.ts`;

/** Prints what a command costs, how fast a cached file becomes a verified disc, and what a paced burn needs. */
export async function benchBurn(
  print: (line: string) => void,
  options: { quick?: boolean } = {},
): Promise<void> {
  const quick = options.quick ?? false;
  benchCommands(print);
  const directory = await Deno.makeTempDir({ prefix: "bench-burn-" });
  try {
    const source = `${directory}/source.iso`;
    const bytes = quick ? 2 ** 29 : 4_700_372_992; // a full DVD+R
    makeFile(source, bytes);
    await benchWhole(print, { source, bytes, directory, rounds: quick ? 1 : 3 });
    const less = quick ? 2 ** 28 : 2 ** 30;
    await Deno.truncate(source, less);
    await benchMany(print, { source, bytes: less, directory, rounds: quick ? 1 : 3 });
    await benchPaced(print, { source, bytes: less, directory });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function benchCommands(print: (line: string) => void): void {
  print("Commands a second, one after the other");
  using transport = virtualTransport(new VirtualDrive({ kind: mediumNamed("dvd+rw"), store: memoryStore() }));
  const ready = new Uint8Array(6);
  const testUnitReady = (): unknown => transport.execute({ kind: "command", cdb: ready, timeoutMs: 1000 });
  testUnitReady(); // reports that the medium may have changed
  print(`  ${"virtual recorder, TEST UNIT READY".padEnd(44)} ${rateOf(testUnitReady)}`);
  const read = Uint8Array.of(0x12, 0, 0, 0, 36, 0);
  const inquiry = (): unknown =>
    transport.execute({ kind: "command", cdb: read, dataInBytes: 36, timeoutMs: 1000 });
  print(`  ${"virtual recorder, INQUIRY".padEnd(44)} ${rateOf(inquiry)}`);
  const library = nativeLibrary();
  // No drive here: a closed handle is refused by the library itself, so that this is the way there and back alone.
  const refused = (): void => {
    try {
      library.exec(0x7fff, { cdb: ready, direction: "none", data: null, timeoutMs: 1000 });
    } catch { /* refused, as it should be */ }
  };
  print(`  ${"native library, a refused command".padEnd(44)} ${rateOf(refused)}`);
}

function rateOf(work: () => unknown): string {
  for (let count = 0; count < 20_000; count++) work();
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < 500) for (const end = count + 1000; count < end; count++) work();
  return `${Math.round(count / (performance.now() - start))} thousand/s`;
}

interface Whole {
  readonly source: string;
  readonly bytes: number;
  readonly directory: string;
  readonly rounds: number;
}

async function benchWhole(print: (line: string) => void, whole: Whole): Promise<void> {
  const { source, bytes, directory, rounds } = whole;
  const target = `${directory}/disc.iso`;
  const copies: number[] = [];
  const burns: number[] = [];
  for (let round = 0; round < rounds; round++) {
    copies.push(await timeOf("sh", ["-c", `cp '${source}' '${target}' && cmp '${source}' '${target}'`]));
    await Deno.remove(target);
    burns.push(await timeOf(Deno.execPath(), ["run", "-A", RUNNER, source, "dvd+r", target]));
    await removeDisc(target);
  }
  print(`A file of ${(bytes / 1e9).toFixed(1)} GB onto a virtual DVD+R and verified, medians of ${rounds}`);
  const limit = median(copies);
  for (
    const [label, seconds] of [["cp, then cmp (the limit)", limit], ["Burnscript", median(burns)]] as const
  ) {
    const rate = `${Math.round(bytes / 1e6 / seconds)} MB/s`;
    print(`  ${label.padEnd(44)} ${seconds.toFixed(2)} s  ${rate}  ${(seconds / limit).toFixed(2)}x`);
  }
}

/** Whether more recorders take more in all, until memory and disk give no more: the same source onto N discs at once. */
async function benchMany(
  print: (line: string) => void,
  { source, bytes, directory, rounds }: Whole,
): Promise<void> {
  print(
    `${
      (bytes / 1e9).toFixed(1)
    } GB onto N virtual DVD+R at once, verified, medians of ${rounds}; MB/s in all`,
  );
  for (const count of [1, 2, 4]) {
    const targets = Array.from({ length: count }, (_, index) => `${directory}/${index}.iso`);
    const list = targets.map((target) => `'${target}'`).join(" ");
    const copies: number[] = [];
    const burns: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const compare = `for disc in ${list}; do cmp '${source}' "$disc" || exit; done`;
      copies.push(await timeOf("sh", ["-c", `tee ${list} < '${source}' > /dev/null && ${compare}`]));
      for (const target of targets) await Deno.remove(target);
      burns.push(await timeOf(Deno.execPath(), ["run", "-A", RUNNER, source, "dvd+r", targets.join(",")]));
      for (const target of targets) await removeDisc(target);
    }
    const rate = (seconds: number): string => `${Math.round(bytes * count / 1e6 / seconds)}`.padStart(5);
    const [limit, burned] = [median(copies), median(burns)];
    const ratio = `${(burned / limit).toFixed(2)}x`;
    print(`  ${`${count} at once`.padEnd(44)} ${rate(burned)}, tee and cmp ${rate(limit)}  ${ratio}`);
  }
}

/** What 16x BD-R asks of the computer; copying the same without a pause shows what memory and disk need of it. */
async function benchPaced(
  print: (line: string) => void,
  { source, bytes, directory }: Omit<Whole, "rounds">,
): Promise<void> {
  const target = `${directory}/bd.iso`;
  const speed = `${Math.round(BYTES_A_SECOND / 1e6)} MB/s (16x)`;
  print(
    `${
      (bytes / 1e9).toFixed(1)
    } GB onto a virtual BD-R that takes ${speed} in commands of 64 KiB: of one core`,
  );
  const percent = (cpuMs: number, figures: BurnFigures): string =>
    `${(cpuMs / figures.writingMs * 100).toFixed(1)} %`.padStart(6);
  let peakBytes = 0;
  let last: BurnFigures | undefined;
  for (
    const [pace, label] of [["busy", "a drive that says when it is full"], ["blocking", "one that lets wait"]]
  ) {
    const args = ["run", "-A", RUNNER, source, "bd-r", target, "none", pace!];
    const figures = JSON.parse(await run(Deno.execPath(), args)) as BurnFigures;
    await removeDisc(target);
    const rate = `at ${Math.round(bytes / 1000 / figures.writingMs)} MB/s`;
    const parts = `${percent(figures.writingCpuMs, figures)}, with start-up and closing ${
      percent(figures.cpuMs, figures)
    }`;
    print(`  ${label!.padEnd(44)} ${parts}, ${rate}`);
    peakBytes = Math.max(peakBytes, figures.peakBytes);
    last = figures;
  }
  // The shell's own times, then those of its children.
  const times = await run("sh", ["-c", `cp '${source}' '${target}' && times`]);
  await Deno.remove(target);
  const copyMs = [...times.split("\n")[1]!.matchAll(/(\d+)m([\d.]+)s/g)]
    .reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000, 0);
  print(`  ${"cp of the same, in as much time".padEnd(44)} ${percent(copyMs, last!)}`);
  print(`  ${"memory at most".padEnd(44)} ${Math.round(peakBytes / 1e6)} MB`);
}

async function removeDisc(file: string): Promise<void> {
  await Deno.remove(file);
  await Deno.remove(`${file}.burnscript.json`);
}

/** Sectors that all differ, so that a sector in the wrong place is seen. */
function makeFile(path: string, bytes: number): void {
  using file = Deno.openSync(path, { write: true, create: true });
  const piece = new Uint8Array(2 ** 20);
  for (let offset = 0; offset < piece.length; offset += 65_536) {
    crypto.getRandomValues(piece.subarray(offset, offset + 65_536));
  }
  const numbers = new Uint32Array(piece.buffer);
  for (let written = 0; written < bytes;) {
    for (let sector = 0; sector < piece.length / 2048; sector++) {
      numbers[sector * 512] = written / 2048 + sector;
    }
    const part = piece.subarray(0, Math.min(piece.length, bytes - written));
    for (let done = 0; done < part.length;) done += file.writeSync(part.subarray(done));
    written += part.length;
  }
}

async function timeOf(program: string, args: readonly string[]): Promise<number> {
  const start = performance.now();
  await run(program, args);
  return (performance.now() - start) / 1000;
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args: [...args], stdin: "null" })
    .output();
  if (!success) throw new Error(`${program} failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

if (import.meta.main) {
  // deno-lint-ignore no-console -- figures are for the terminal
  await benchBurn((line) => console.log(line), { quick: Deno.args.includes("--quick") });
}

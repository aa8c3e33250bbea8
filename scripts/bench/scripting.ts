/**
 * The Scripting runtime: lines through TextStream beside plain JavaScript and `cat`, and a walk of folders beside `find`.
 *
 * The scripts are run as people run them, with `burnscript run`, and time themselves; what their process takes from start
 * to end stands beside it. The rounds of all sides alternate, and each figure is that of the fastest round.
 *
 * @module
 */

const MAIN = new URL("../../lib/cli/main.ts", import.meta.url).pathname;

/** Writes and reads back lines of 62 characters, and prints the seconds that either took. */
const LINES_SCRIPT = `Option Explicit
Dim fso, file, index, count, start, written
Const Line = "A line of ordinary text, such as a log has, for 2024-01-01 #12"
Set fso = CreateObject("Scripting.FileSystemObject")
start = Timer
Set file = fso.CreateTextFile(WScript.Arguments(0), True)
For index = 1 To CLng(WScript.Arguments(1))
  file.WriteLine Line
Next
file.Close
written = Timer - start
start = Timer
Set file = fso.OpenTextFile(WScript.Arguments(0), 1)
count = 0
Do Until file.AtEndOfStream
  If file.ReadLine = Line Then count = count + 1
Loop
file.Close
WScript.Echo written & " " & (Timer - start) & " " & count
`;
const LINE = "A line of ordinary text, such as a log has, for 2024-01-01 #12";

/** Adds up the sizes of all files below a folder, and prints the seconds that it took. */
const WALK_SCRIPT = `Option Explicit
Dim fso, start, count, total
Set fso = CreateObject("Scripting.FileSystemObject")
start = Timer
Walk fso.GetFolder(WScript.Arguments(0))
WScript.Echo (Timer - start) & " " & count & " " & total
Sub Walk(folder)
  Dim file, child
  For Each file In folder.Files
    count = count + 1
    total = total + file.Size
  Next
  For Each child In folder.SubFolders
    Walk child
  Next
End Sub
`;

const FILES_PER_FOLDER = 100;

/** Prints megabytes of lines a second, and how long a walk takes as a ratio to `find -size`. */
export async function benchScripting(
  print: (line: string) => void,
  { quick = false }: { readonly quick?: boolean } = {},
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "bench-scripting-" });
  const rounds = quick ? 3 : 7;
  try {
    await benchLines(print, { folder, lines: quick ? 200_000 : 2_000_000, rounds });
    await benchWalk(print, { folder, files: quick ? 10_000 : 100_000, rounds });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Lines {
  readonly folder: string;
  readonly lines: number;
  readonly rounds: number;
}

async function benchLines(
  print: (line: string) => void,
  { folder, lines, rounds }: Lines,
): Promise<void> {
  const script = `${folder}/lines.vbs`;
  const path = `${folder}/lines.txt`;
  await Deno.writeTextFile(script, LINES_SCRIPT);
  const best = new Fastest();
  for (let round = 0; round < rounds; round++) {
    const [written, read, count] = await figuresOf([script, path, `${lines}`]);
    if (count !== lines) throw new Error(`The script read ${count} of ${lines} lines`);
    best.note("TextStream.WriteLine", written!);
    best.note("TextStream.ReadLine", read!);
    best.note("cat FILE", await secondsOf("cat", [path]));
    best.note("JavaScript: array, join, writeTextFile", seconds(() => writePlain(path, lines)));
    best.note("JavaScript: readTextFile, split, compare", seconds(() => readPlain(path, lines)));
  }
  const megabytes = (await Deno.stat(path)).size / 1e6;
  print(`${lines} lines, ${megabytes.toFixed(0)} MB; aim 100 MB/s`);
  for (const [name, took] of best.figures) {
    print(`  ${name.padEnd(44)} ${(megabytes / took).toFixed(0).padStart(6)} MB/s`);
  }
}

function writePlain(path: string, count: number): void {
  const lines: string[] = [];
  for (let index = 0; index < count; index++) lines.push(LINE);
  Deno.writeTextFileSync(path, `${lines.join("\r\n")}\r\n`);
}

function readPlain(path: string, wanted: number): void {
  let count = 0;
  for (const line of Deno.readTextFileSync(path).split("\r\n")) if (line === LINE) count++;
  if (count !== wanted) throw new Error(`JavaScript read ${count} of ${wanted} lines`);
}

interface Walk {
  readonly folder: string;
  readonly files: number;
  readonly rounds: number;
}

async function benchWalk(print: (line: string) => void, { folder, files, rounds }: Walk): Promise<void> {
  const script = `${folder}/walk.vbs`;
  const tree = `${folder}/tree`;
  await Deno.writeTextFile(script, WALK_SCRIPT);
  const totalBytes = makeTree(tree, files);
  // A folder that has just been changed is listed twice: this is no walk of such.
  await new Promise((resolve) => setTimeout(resolve, 4000));
  const best = new Fastest();
  for (let round = 0; round < rounds; round++) {
    best.note("find -type f -size +0", await secondsOf("find", [tree, "-type", "f", "-size", "+0"]));
    const start = performance.now();
    const [took, count, total] = await figuresOf([script, tree]);
    best.note("the script's process", (performance.now() - start) / 1000);
    best.note("Files and SubFolders with Size", took!);
    if (count !== files || total !== totalBytes) throw new Error(`The walk found ${count} files, ${total} B`);
  }
  const [, limit] = best.figures[0]!;
  print(`A walk of ${files} files in ${files / FILES_PER_FOLDER} folders; aim 2x find`);
  for (const [name, took] of best.figures) {
    print(
      `  ${name.padEnd(44)} ${(took * 1000).toFixed(0).padStart(6)} ms` +
        `${(took / limit).toFixed(2).padStart(8)}x`,
    );
  }
}

/** Files of 0 to 99 bytes; returns how many bytes they have. */
function makeTree(tree: string, files: number): number {
  let totalBytes = 0;
  for (let index = 0; index < files; index++) {
    const folder = `${tree}/folder ${Math.floor(index / FILES_PER_FOLDER)}`;
    const sizeBytes = index % FILES_PER_FOLDER;
    if (sizeBytes === 0) Deno.mkdirSync(folder, { recursive: true });
    Deno.writeTextFileSync(`${folder}/Some file ${index}.txt`, "x".repeat(sizeBytes));
    totalBytes += sizeBytes;
  }
  return totalBytes;
}

/** The fastest round of each contender, in the order in which they came first. */
class Fastest {
  readonly #seconds = new Map<string, number>();

  note(name: string, took: number): void {
    this.#seconds.set(name, Math.min(took, this.#seconds.get(name) ?? Infinity));
  }

  get figures(): [string, number][] {
    return [...this.#seconds];
  }
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

async function secondsOf(program: string, args: string[]): Promise<number> {
  const start = performance.now();
  const { success } = await new Deno.Command(program, { args, stdout: "null", stderr: "inherit" }).output();
  if (!success) throw new Error(`${program} failed`);
  return (performance.now() - start) / 1000;
}

/** Runs a script; the numbers that it prints. */
async function figuresOf(scriptAndArgs: string[]): Promise<number[]> {
  const args = ["run", "--no-check", "-A", MAIN, "run", "//NoLogo", ...scriptAndArgs];
  const { success, stdout } = await new Deno.Command(Deno.execPath(), { args, stderr: "inherit" }).output();
  if (!success) throw new Error(`${scriptAndArgs[0]} failed`);
  return new TextDecoder().decode(stdout).trim().split(" ").map(Number);
}

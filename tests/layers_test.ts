import { assertEquals } from "@std/assert";

/**
 * Imports go down this list only. I/O starts at `platform`: what stands below it is pure and takes files, clocks and
 * devices as arguments.
 */
const LAYERS = [
  "cli",
  "wsh",
  "imapi",
  "jobs",
  "drive",
  "platform",
  "vbscript",
  "burn",
  "recorder",
  "image",
  "mmc",
  "automation",
];

/** Folders that may import some of the lower layers alone. */
const ONLY: Record<string, readonly string[]> = {
  vbscript: ["automation"],
  burn: ["mmc", "image", "automation"],
  recorder: ["mmc", "automation"],
  image: ["automation"],
  mmc: ["automation"],
  automation: [],
};

const PURE = ["vbscript", "burn", "recorder", "image", "mmc", "automation"];
const IO = /\bDeno\.(?!test\b)|\bconsole\.|\bDate\.now\(|\bMath\.random\(|\bperformance\.now\(|\bfetch\(/;

interface SourceFile {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
}

function* sourceFiles(folder: string): Generator<SourceFile> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* sourceFiles(path);
    else if (path.endsWith(".ts")) {
      yield { path, folder: path.split("/")[1]!, text: Deno.readTextFileSync(path) };
    }
  }
}

function importsOf(file: SourceFile): string[] {
  const specifiers = [...file.text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!);
  const urls = [...file.text.matchAll(/new URL\("(\.[^"]+\.ts)"/g)].map((match) => match[1]!);
  return [...specifiers, ...urls]
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => new URL(specifier, `file:///${file.path}`).pathname.slice(1));
}

const files = [...sourceFiles("lib")];

Deno.test("imports go down the layers only", () => {
  const wrong: string[] = [];
  for (const file of files) {
    for (const target of importsOf(file)) {
      const [top, folder] = target.split("/") as [string, string];
      if (top === "ffi") {
        if (file.folder !== "platform") wrong.push(`${file.path} → ${target}`);
        continue;
      }
      const from = LAYERS.indexOf(file.folder);
      const to = LAYERS.indexOf(folder);
      const allowed = folder === file.folder ||
        (from >= 0 && to > from && (ONLY[file.folder]?.includes(folder) ?? true));
      if (!allowed) wrong.push(`${file.path} → ${target}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("pure layers do no I/O", () => {
  const wrong: string[] = [];
  for (const file of files.filter(({ folder }) => PURE.includes(folder))) {
    for (const [index, line] of file.text.split("\n").entries()) {
      if (/^\s*(\*|\/\/|\/\*)/.test(line)) continue; // examples in documentation may
      if (IO.test(line)) wrong.push(`${file.path}:${index + 1} ${line.trim()}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("every folder of lib is a layer", () => {
  const folders = [...Deno.readDirSync("lib")].filter((entry) => entry.isDirectory).map((entry) => entry.name)
    .sort();
  assertEquals(folders, LAYERS.toSorted());
});

/**
 * `burnscript run --trace`: what a script touches.
 *
 * The script runs in a Deno of its own that logs every permission it uses (DENO_AUDIT_PERMISSIONS). Deno logs reading and
 * writing apart only where each is allowed for named folders, so the root of every drive is named.
 *
 * @module
 */
import { TOUCHED_VARIABLE } from "../platform/touched.ts";
import { pathOfFileUrl } from "../platform/file_url.ts";
import { endingSignals } from "../platform/interrupt.ts";
import { writeText } from "../platform/console.ts";
import { writeWhole } from "../platform/write_whole.ts";

/** One thing that was touched. */
export interface Touched {
  readonly kind: "read" | "write" | "run" | "net" | "device" | "env" | "ffi" | "sys";
  readonly value: string;
}

const TITLES: readonly [kind: Touched["kind"], title: string][] = [
  ["read", "read"],
  ["write", "written"],
  ["run", "started"],
  ["net", "reached"],
  ["device", "devices"],
  ["ffi", "libraries"],
  ["env", "variables"],
  ["sys", "system"],
];

/** Runs the rest of a command line traced, and writes to `target` (`-` is standard error) what was touched. */
export async function runTraced(args: readonly string[], target: string): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "burnscript-trace-" });
  try {
    const logs = [`${folder}/permissions.jsonl`, `${folder}/touched.jsonl`] as const;
    const code = await runLogged(args, logs);
    const touched = withoutOurs(await readLogs(logs), folder);
    const text = traceText(touched, args);
    if (target === "-") writeText("stderr", text);
    else writeWhole(target, text);
    return code;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runLogged(
  args: readonly string[],
  [audit, touched]: readonly [string, string],
): Promise<number> {
  const roots = Deno.build.os === "windows" ? drives().join(",") : "/";
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", `--allow-read=${roots}`, `--allow-write=${roots}`],
      ...["--allow-env", "--allow-net", "--allow-run", "--allow-ffi", "--allow-sys"],
      ...[mainPath(), "run", ...args],
    ],
    env: { DENO_AUDIT_PERMISSIONS: audit, [TOUCHED_VARIABLE]: touched },
  }).spawn();
  // Ctrl-C reaches the child from the terminal itself; this process waits for what it makes of it.
  const signals = endingSignals();
  const handlers = signals.map((signal) => () => signal === "SIGTERM" ? child.kill("SIGTERM") : undefined);
  signals.forEach((signal, index) => Deno.addSignalListener(signal, handlers[index]!));
  const { code } = await child.status;
  signals.forEach((signal, index) => Deno.removeSignalListener(signal, handlers[index]!));
  return code;
}

function mainPath(): string {
  return pathOfFileUrl(new URL("./main.ts", import.meta.url));
}

/** The roots of the drives that Windows has. */
function drives(): string[] {
  const letters = Array.from({ length: 26 }, (_, at) => `${String.fromCharCode(65 + at)}:\\`);
  return letters.filter((root) => {
    try {
      return Deno.statSync(root).isDirectory;
    } catch {
      return false; // no such drive, or nothing in it
    }
  });
}

async function readLogs(paths: readonly string[]): Promise<Touched[]> {
  const texts = await Promise.all(paths.map((path) =>
    Deno.readTextFile(path).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return ""; // nothing of the kind was touched
      throw error;
    })
  ));
  return texts.join("").split("\n").filter((line) => line !== "").map((line) => {
    const { permission, value } = JSON.parse(line) as { permission: Touched["kind"]; value?: string };
    return { kind: permission, value: value ?? "" };
  });
}

/** What the script touched: not our own modules, nor the trace, each thing once. */
function withoutOurs(all: readonly Touched[], traceFolder: string): Touched[] {
  const project = pathOfFileUrl(new URL("../../", import.meta.url));
  const seen = new Map<string, Touched>();
  for (const { kind, value } of all) {
    const path = value.startsWith("file://") ? pathOfFileUrl(new URL(value)) : value;
    const isFile = kind === "read" || kind === "write";
    const plain = isFile ? absolute(path) : path;
    const isOurs = isFile && (plain.startsWith(project) || plain.startsWith(traceFolder)) ||
      kind === "env" && (plain.startsWith("BURNSCRIPT_") || plain === "DENO_AUDIT_PERMISSIONS");
    if (!isOurs) seen.set(`${kind} ${plain}`, { kind, value: plain });
  }
  return [...seen.values()].sort((a, b) => a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
}

function absolute(path: string): string {
  const whole = /^([a-z]:)?[\\/]/i.test(path) ? path : `${Deno.cwd()}/${path}`;
  return whole.length > 1 ? whole.replace(/^\/\/+/, "/").replace(/(?<!:)[\\/]+$/, "") : whole;
}

/** The trace for people, and at its end the command line that allows this and no more. */
export function traceText(touched: readonly Touched[], args: readonly string[]): string {
  const lines: string[] = [];
  for (const [kind, title] of TITLES) {
    for (const { value } of touched.filter((one) => one.kind === kind)) {
      lines.push(`${title.padEnd(9)}  ${value}`);
    }
  }
  lines.push("", "# The same with no more permissions than that:", leastLine(touched, args));
  return lines.map((line) => `${line}\n`).join("");
}

function leastLine(touched: readonly Touched[], args: readonly string[]): string {
  const project = pathOfFileUrl(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");
  const valuesOf = (kind: Touched["kind"]): string[] =>
    touched.filter((one) => one.kind === kind).map(({ value }) => value);
  const flag = (kind: Touched["kind"], values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`--allow-${kind}=${[...new Set(values)].join(",")}`];
  const variables = valuesOf("env");
  const flags = [
    ...flag("read", outermost([project, ...valuesOf("read").map(lasting)])),
    ...flag("write", outermost(valuesOf("write").map(lasting))),
    ...flag("run", valuesOf("run")),
    ...flag("net", valuesOf("net").map(hostOf)),
    // The empty name is that of the environment as a whole.
    ...variables.includes("") ? ["--allow-env"] : flag("env", [...variables, ...OUR_VARIABLES]),
    ...flag("sys", valuesOf("sys")),
    // Whoever may load a library may do anything: Deno has no smaller leave than by the file.
    ...flag("ffi", valuesOf("ffi")),
  ];
  return ["deno", "run", "--no-prompt", ...flags, mainPath(), "run", ...args].map(quoted).join(" ");
}

const OUR_VARIABLES = ["BURNSCRIPT_VIRTUAL", "BURNSCRIPT_MAP"];

/** The file itself, or, for a file under a name that only this run gave it, its folder. */
function lasting(path: string): string {
  return path.replace(/[\\/][^\\/]*\.partial-\d+$/, "");
}

/** Leave for a folder is leave for all that it holds. */
function outermost(paths: readonly string[]): string[] {
  const all = new Set(paths);
  return [...all].filter((path) => {
    for (let at = path.length; (at = path.slice(0, at).search(/[\\/][^\\/]*$/)) > 0;) {
      if (all.has(path.slice(0, at))) return false;
    }
    return true;
  });
}

/** `http://host:81/x` is the host `host:81`. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host || address : address;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

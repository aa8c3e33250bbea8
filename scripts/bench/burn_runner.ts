/** Burns an image file onto virtual discs, and nothing else: what the benchmark times. @module */
import process from "node:process";
import { burn, burnMany } from "../../lib/jobs/burn.ts";
import { mediumNamed } from "../../lib/recorder/mod.ts";
import { openVirtualRecorders } from "../../lib/drive/virtual.ts";
import { pacedRecorder, PACES } from "./paced_recorder.ts";

/** What it prints, as JSON. */
export interface BurnFigures {
  /** Processor time of the whole process, its start included, and while data was written. */
  readonly cpuMs: number;
  readonly writingCpuMs: number;
  /** How long the data was written. */
  readonly writingMs: number;
  /** The most memory that the process ever had. */
  readonly peakBytes: number;
}

const [source, medium, files, verify = "full", pace] = Deno.args;
const isPace = (text: string | undefined): text is keyof typeof PACES => text !== undefined && text in PACES;
if (
  source === undefined || files === undefined || medium === undefined || mediumNamed(medium) === undefined ||
  (verify !== "full" && verify !== "none") || (pace !== undefined && !isPace(pace))
) {
  throw new Error(`burn_runner.ts IMAGE MEDIUM FILE[,FILE]… [full|none] [${Object.keys(PACES).join("|")}]`);
}

const specs = files.split(",").map((file) => ({ medium, file }));
let writing: { readonly fromMs: number; readonly fromCpuMs: number } | undefined;
let written: Pick<BurnFigures, "writingMs" | "writingCpuMs"> | undefined;
const onProgress = ({ action }: { readonly action: string }): void => {
  if (action === "writing") writing ??= { fromMs: performance.now(), fromCpuMs: cpuMs() };
  else if (writing !== undefined) {
    written ??= {
      writingMs: performance.now() - writing.fromMs,
      writingCpuMs: cpuMs() - writing.fromCpuMs,
    };
  }
};
const session = { virtual: specs, maps: [] };
if (specs.length > 1) {
  for (const { error } of await burnMany({ source, recorders: "all", session, verify, onProgress })) {
    if (error !== undefined) throw error;
  }
} else {
  const recorder = pace === undefined ? openVirtualRecorders(specs)[0]! : pacedRecorder(specs[0]!, pace);
  await burn({ source, recorder, session, verify, onProgress });
}
const figures: BurnFigures = { cpuMs: cpuMs(), ...written!, peakBytes: peakBytes() };
// deno-lint-ignore no-console -- what the benchmark reads
console.log(JSON.stringify(figures));

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function peakBytes(): number {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(Deno.readTextFileSync("/proc/self/status"));
  return Number(line?.[1] ?? 0) * 1024;
}

/** The processes of this system, and what one of them started. @module */

/** All processes below one, the deepest first. A process that ends gives its children away, so ask before ending it. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const children = Map.groupBy(await parents(), ([, parent]) => parent);
  const descendants: number[] = [];
  for (const queue = [pid]; queue.length > 0;) {
    for (const [child] of children.get(queue.shift()!) ?? []) {
      descendants.unshift(child);
      queue.push(child);
    }
  }
  return descendants;
}

/** Sends a signal to processes; what has ended already, or may not be ended from here, is passed over. */
export function signalAll(pids: readonly number[], signal: Deno.Signal): void {
  for (const pid of pids) {
    try {
      Deno.kill(pid, signal);
    } catch {
      continue;
    }
  }
}

/** Whether a process still runs. Only Linux tells without a signal; elsewhere it is taken to. */
export function isRunning(pid: number): boolean {
  if (Deno.build.os !== "linux") return true;
  try {
    return !/^[ZX]/.test(fieldsOf(pid)[0]!); // what has ended stays a zombie until its parent has asked for its exit code
  } catch (error) {
    return error instanceof Deno.errors.NotCapable;
  }
}

/** A process that runs. */
export interface RunningProcess {
  readonly pid: number;
  readonly name: string;
  /** What it has in memory. */
  readonly memoryBytes: number;
}

/** All processes that run, by their numbers. */
export async function listProcesses(): Promise<RunningProcess[]> {
  const found = Deno.build.os === "linux" ? linuxProcesses() : await processesByPs();
  return found.sort((one, other) => one.pid - other.pid);
}

function linuxProcesses(): RunningProcess[] {
  return linuxRows((pid) => {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1] ?? "";
    if (/^[ZX]/.test(field("State"))) return undefined;
    return { pid, name: field("Name"), memoryBytes: parseInt(field("VmRSS") || "0") * 1024 };
  });
}

async function processesByPs(): Promise<RunningProcess[]> {
  return (await psLines("pid=,rss=,comm=")).map((line) => {
    const [, pid, memory, path] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)!;
    return { pid: Number(pid), name: path!.replace(/^.*\//, ""), memoryBytes: Number(memory) * 1024 };
  });
}

/** Every process with its parent. */
async function parents(): Promise<[pid: number, parent: number][]> {
  if (Deno.build.os === "linux") {
    try {
      return linuxParents();
    } catch (error) {
      if (!(error instanceof Deno.errors.NotCapable)) throw error;
    }
  }
  try {
    return (await psLines("pid=,ppid=")).map((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number);
      return [pid!, parent!];
    });
  } catch (error) {
    // A script that may run one program alone cannot look for others.
    if (error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function linuxParents(): [pid: number, parent: number][] {
  return linuxRows((pid) => [pid, Number(fieldsOf(pid)[1])]);
}

/** What is told of every process; of those that end meanwhile nothing is. */
function linuxRows<T>(rowOf: (pid: number) => T | undefined): T[] {
  const rows: T[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const row = rowOf(Number(name));
      if (row !== undefined) rows.push(row);
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) throw error;
      continue; // it has ended since
    }
  }
  return rows;
}

async function psLines(columns: string): Promise<string[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-axo", columns], stdin: "null" }).output();
  return new TextDecoder().decode(stdout).trim().split("\n");
}

/** State, parent and more of a process: what follows its name, which may hold anything (proc_pid_stat(5)). */
function fieldsOf(pid: number): string[] {
  const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** Ends processes together with all that they started. @module */

/**
 * Sends a signal to everything that a process started, and to what that started, the deepest first. What has ended
 * already, or may not be ended from here, is passed over.
 */
export async function signalDescendants(pid: number, signal: Deno.Signal): Promise<void> {
  if (Deno.build.os === "windows") {
    // Killing the tree is one command there, and takes the process itself too.
    await new Deno.Command("taskkill", { args: ["/T", "/F", "/PID", String(pid)], stdin: "null" }).output();
    return;
  }
  const children = Map.groupBy(await parents(), ([, parent]) => parent);
  const descendants: number[] = [];
  for (const queue = [pid]; queue.length > 0;) {
    for (const [child] of children.get(queue.shift()!) ?? []) {
      descendants.unshift(child);
      queue.push(child);
    }
  }
  for (const descendant of descendants) {
    try {
      Deno.kill(descendant, signal);
    } catch {
      continue; // it has ended since, or is another user's by now
    }
  }
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
  const { stdout } = await new Deno.Command("ps", { args: ["-axo", "pid=,ppid="], stdin: "null" }).output();
  return new TextDecoder().decode(stdout).trim().split("\n").map((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return [pid!, parent!];
  });
}

function linuxParents(): [pid: number, parent: number][] {
  const rows: [pid: number, parent: number][] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // pid (name, which may hold anything) state ppid … (proc_pid_stat(5))
      const text = Deno.readTextFileSync(`/proc/${name}/stat`);
      rows.push([Number(name), Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1])]);
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) throw error;
      continue; // it has ended since
    }
  }
  return rows;
}

/** Runs command lines by our own cmd, or by that of Windows where there is one. */
import type { ByteQueue } from "../../../../lib/wsh/shell/byte_queue.ts";
import { startCommand } from "../../../../lib/wsh/shell/cmd/start.ts";
import { interpreterCommand } from "../../../../lib/wsh/shell/command_line.ts";
import type { Running } from "../../../../lib/wsh/shell/running.ts";
import { TempFolder } from "../../../cli/cli.ts";

/** What a command line wrote, and what it ended with. */
export interface Result {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** A folder with `a.txt`, `b.txt`, `sub/c d.txt` and `list.csv`. */
export function sample(): TempFolder {
  const folder = new TempFolder();
  folder.write("a.txt", "alpha\n");
  folder.write("b.txt", "beta\n");
  folder.write("list.csv", ";remark\nid,name,rest\n1,one,x y z\n\n2,,two\n");
  folder.write("sub/c d.txt", "gamma\n");
  return folder;
}

async function textOf(queue: ByteQueue): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const bytes = await queue.read(1 << 20);
    if (bytes.length === 0) return text;
    text += decoder.decode(bytes, { stream: true });
  }
}

/** Starts our cmd in a folder that is `G:`, with what would follow its name on a command line. */
export function start(folder: TempFolder, commandLine: string): Running {
  const { line, ...settings } = interpreterCommand(commandLine);
  return startCommand({
    kind: "command",
    line,
    settings,
    cwd: folder.path,
    env: {},
    mappings: [{ letter: "G", directory: folder.path }],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs our cmd to its end. What was written to a file and read again ends its lines as there; here they end in `\n`. */
export async function ours(folder: TempFolder, commandLine: string, input = ""): Promise<Result> {
  const running = start(folder, commandLine);
  running.write(new TextEncoder().encode(input));
  running.closeInput();
  const [out, err, code] = await Promise.all([
    textOf(running.stdout!),
    textOf(running.stderr!),
    running.exitCode,
  ]);
  return { out: out.replaceAll("\r\n", "\n"), err, code };
}

/** Runs the cmd of Windows to its end. */
export async function windows(folder: TempFolder, commandLine: string, input = ""): Promise<Result> {
  const child = new Deno.Command("cmd", {
    args: [`/d ${commandLine}`],
    windowsRawArguments: true,
    cwd: folder.path,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input)).then(() => writer.close()).catch(() => {});
  const { stdout, stderr, code } = await child.output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replaceAll("\r\n", "\n");
  return { out: text(stdout), err: text(stderr), code };
}

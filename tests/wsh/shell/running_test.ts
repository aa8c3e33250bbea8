import { assertEquals } from "@std/assert";
import { isRunning } from "../../../lib/platform/process_tree.ts";
import { ByteQueue } from "../../../lib/wsh/shell/byte_queue.ts";
import { startProgram } from "../../../lib/wsh/shell/running.ts";
import { comesTrue, TempFolder } from "../../cli/cli.ts";
import { onPosix } from "../../posix.ts";

const PLACES = { cwd: "/", env: {}, stdin: "null", stdout: "piped", stderr: "null" } as const;

Deno.test("ByteQueue gives bytes in order, in parts, and then its end", async () => {
  const queue = new ByteQueue();
  await queue.push(Uint8Array.of(1, 2, 3));
  await queue.push(Uint8Array.of(4));
  queue.end();
  const parts = [await queue.read(2), await queue.read(9), await queue.read(9), await queue.read(9)];
  assertEquals(parts.map((part) => [...part]), [[1, 2], [3], [4], []]);
});

Deno.test("ByteQueue with a limit lets who fills it wait; abandoned, it says so", async () => {
  const queue = new ByteQueue(10);
  let isThrough = false;
  const push = queue.push(new Uint8Array(11)).then((isRead) => {
    isThrough = true;
    return isRead;
  });
  await Promise.resolve();
  assertEquals(isThrough, false);
  await queue.read(5);
  assertEquals(await push, true);
  const second = queue.push(new Uint8Array(20));
  queue.abandon();
  assertEquals([await second, await queue.push(Uint8Array.of(1))], [false, false]);
});

Deno.test("ByteQueue keeps what nobody reads in a file, and gives it back whole", async () => {
  const queue = new ByteQueue();
  const chunk = new Uint8Array(4 * 1024 * 1024);
  for (let number = 0; number < 12; number++) {
    chunk.fill(number);
    await queue.push(chunk.slice());
  }
  queue.end();
  const seen = new Map<number, number>();
  for (let last = 0;;) {
    const bytes = await queue.read(1 << 20);
    if (bytes.length === 0) break;
    assertEquals(bytes[0]! >= last, true);
    last = bytes[0]!;
    seen.set(last, (seen.get(last) ?? 0) + bytes.length);
  }
  assertEquals([...seen.values()], new Array(12).fill(chunk.length));
});

Deno.test("kill() ends by force what does not end politely", onPosix, async () => {
  const running = startProgram({
    ...PLACES,
    kind: "program",
    program: "/bin/sh",
    args: ["-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"],
  });
  await running.stdout!.read(10);
  await running.kill(100);
  assertEquals(await running.exitCode, 137);
});

Deno.test(
  "kill() ends what a program started, when the program has gone and that has not",
  onPosix,
  async () => {
    const running = startProgram({
      ...PLACES,
      kind: "program",
      program: "/bin/sh",
      args: ["-c", "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.1; done' & wait"],
    });
    const child = Number(new TextDecoder().decode(await running.stdout!.read(20)));
    await running.kill(100);
    if (Deno.build.os === "linux") assertEquals(await comesTrue(() => !isRunning(child)), true);
  },
);

Deno.test("a TypeScript program that started processes ends by itself", onPosix, async () => {
  using folder = new TempFolder();
  const module = new URL("../../../mod.ts", import.meta.url).href;
  const path = folder.write(
    "program.ts",
    `import { CreateObject } from ${JSON.stringify(module)};
    const shell = CreateObject("WScript.Shell");
    console.log(shell.Run('sh -c "exit 3"', 0, true), shell.Exec("echo hi").StdOut.ReadLine());`,
  );
  const command = new Deno.Command(Deno.execPath(), { args: ["run", "-A", "--no-check", path] });
  const { code, stdout } = await command.output();
  assertEquals([code, new TextDecoder().decode(stdout)], [0, "3 hi\n"]);
});

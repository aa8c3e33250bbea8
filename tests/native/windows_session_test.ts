/**
 * What a burn says when Windows asks whether the session may end. Windows asks by WM_QUERYENDSESSION, and so do these tests,
 * from the same process and from another one.
 */
import { assert, assertEquals } from "@std/assert";
import { keepAwake } from "../../lib/platform/awake.ts";
import { comesTrue, PATIENCE_MS } from "../cli/cli.ts";

const ignore = Deno.build.os !== "windows";
const MODULE = JSON.stringify(new URL("../../lib/platform/awake.ts", import.meta.url).href);

const WM_CLOSE = 0x10;
const WM_QUERYENDSESSION = 0x11;
const SMTO_ABORTIFHUNG = 2;

const USER32 = {
  FindWindowExW: { parameters: ["pointer", "pointer", "buffer", "buffer"], result: "pointer" },
  GetWindowThreadProcessId: { parameters: ["pointer", "buffer"], result: "u32" },
  IsWindow: { parameters: ["pointer"], result: "i32" },
  IsWindowVisible: { parameters: ["pointer"], result: "i32" },
  SendMessageTimeoutW: {
    parameters: ["pointer", "u32", "usize", "isize", "u32", "u32", "buffer"],
    result: "isize",
  },
} as const satisfies Deno.ForeignLibraryInterface;

/** Sends a message to each of a process's windows that guard its session, and returns what they answer. */
function send(message: number, pid: number): bigint[] {
  const user32 = Deno.dlopen("user32.dll", USER32);
  const { FindWindowExW, GetWindowThreadProcessId, IsWindow, IsWindowVisible, SendMessageTimeoutW } =
    user32.symbols;
  const name = Uint16Array.from("Burnscript\0", (character) => character.charCodeAt(0));
  const owner = new Uint32Array(1);
  const answer = new BigUint64Array(1);
  const answers: bigint[] = [];
  for (
    let window: Deno.PointerValue = null;
    (window = FindWindowExW(null, window, null, new Uint8Array(name.buffer))) !== null;
  ) {
    GetWindowThreadProcessId(window, owner);
    if (owner[0] !== pid) continue;
    assertEquals(IsWindowVisible(window), 0);
    if (SendMessageTimeoutW(window, message, 0n, 0n, SMTO_ABORTIFHUNG, PATIENCE_MS, answer) !== 0n) {
      answers.push(answer[0]!);
    } else {
      assertEquals(IsWindow(window), 0, "it is there and does not answer");
    }
  }
  user32.close();
  return answers;
}

/** What this process says; windows that say nothing against it are not there. */
const answersTo = (pid: number): bigint[] => send(WM_QUERYENDSESSION, pid);

async function waitUntilNobodyAnswers(pid: number): Promise<void> {
  assert(await comesTrue(() => answersTo(pid).length === 0), "the window is still there");
}

const NO = 0n;

Deno.test("keepAwake() keeps the session of Windows until the last claim is given back", { ignore }, () => {
  for (let round = 0; round < 20; round++) {
    assertEquals(answersTo(Deno.pid), []);
    {
      using _first = keepAwake("a test");
      assertEquals(answersTo(Deno.pid), [NO]);
      {
        using _second = keepAwake("another");
        assertEquals(answersTo(Deno.pid), [NO]);
      }
      assertEquals(answersTo(Deno.pid), [NO]);
    }
  }
  assertEquals(answersTo(Deno.pid), []);
});

Deno.test("keepAwake() keeps the session for each thread by itself", { ignore }, async () => {
  const worker = await startWorker();
  try {
    assertEquals(answersTo(Deno.pid), [NO]);
    {
      using _own = keepAwake("a test");
      assertEquals(answersTo(Deno.pid), [NO, NO]);
    }
    assertEquals(answersTo(Deno.pid), [NO]);
  } finally {
    worker.terminate();
  }
  // It has given nothing back, but with the thread goes what was held for it.
  await waitUntilNobodyAnswers(Deno.pid);
});

Deno.test("keepAwake() answers other processes, and goes with its own", { ignore }, async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--no-check",
      "--no-config",
      `${CLAIM}; console.log("claimed"); setTimeout(() => {}, ${PATIENCE_MS});`,
    ],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  try {
    await reader.read();
    assertEquals(answersTo(child.pid), [NO]);
    // As taskkill does.
    assertEquals(send(WM_CLOSE, child.pid), [NO]);
    assertEquals(answersTo(child.pid), [NO]);
  } finally {
    child.kill();
    await child.status;
    await reader.cancel();
  }
  await waitUntilNobodyAnswers(child.pid);
});

const CLAIM = `import { keepAwake } from ${MODULE}; globalThis.held = keepAwake("a test")`;

/** A worker that holds a claim. */
async function startWorker(): Promise<Worker> {
  const source = `${CLAIM}; self.postMessage("claimed");`;
  const worker = new Worker(`data:application/javascript,${encodeURIComponent(source)}`, { type: "module" });
  await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = (event) => reject(new Error(event.message));
  });
  return worker;
}

/** The thread that a script runs on, so that whatever the script blocks, the supervisor is not blocked. @module */
import { InterruptFlag } from "../platform/interrupt.ts";
import { startThreadsBy } from "../platform/side_thread.ts";
import { runScript } from "./run_script.ts";
import type { StartMessage, WorkerMessage } from "./script_job.ts";

interface WorkerScope {
  addEventListener(type: "message", listener: (event: MessageEvent<StartMessage>) => void): void;
  postMessage(message: WorkerMessage, transferred?: readonly MessagePort[]): void;
}

const scope = self as unknown as WorkerScope;

startThreadsBy((start) => scope.postMessage({ kind: "thread", start }, [start.port]));

scope.addEventListener("message", async ({ data: { job, interrupt } }) => {
  const exitCode = await runScript(job, {
    interrupt: new InterruptFlag(interrupt),
    setTimeoutS: (timeoutS) => scope.postMessage({ kind: "timeout", timeoutS }),
    endNow: (exitCode) => {
      scope.postMessage({ kind: "exit", exitCode });
      // The supervisor ends this thread now.
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    },
    askForInput: (buffer) => scope.postMessage({ kind: "input", buffer }),
  });
  scope.postMessage({ kind: "exit", exitCode });
});

/** The thread behind `listenForSignals`. @module */
import { endingSignals, InterruptFlag } from "./interrupt.ts";

addEventListener("message", (event) => {
  const flag = new InterruptFlag((event as MessageEvent<SharedArrayBuffer>).data);
  for (const signal of endingSignals()) Deno.addSignalListener(signal, () => flag.raise("signal"));
});

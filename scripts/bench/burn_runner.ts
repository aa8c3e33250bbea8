/** Burns an image file onto a virtual disc, and nothing else: what the benchmark times. @module */
import process from "node:process";
import { burn } from "../../lib/jobs/burn.ts";
import { mediumNamed } from "../../lib/recorder/mod.ts";
import { openVirtualRecorders } from "../../lib/drive/virtual.ts";
import type { Recorder, Transport } from "../../lib/drive/transport.ts";
import type { Reply } from "../../lib/mmc/request.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";

const [source, medium, file, verify = "full", bytesPerSecond = "0"] = Deno.args;
if (source === undefined || medium === undefined || file === undefined || mediumNamed(medium) === undefined) {
  throw new Error("burn_runner.ts IMAGE MEDIUM FILE [none|full] [BYTES PER SECOND]");
}
const [virtual] = openVirtualRecorders([{ medium, file }]);
const rate = Number(bytesPerSecond);
await burn({
  source,
  recorder: rate === 0 ? virtual! : paced(virtual!, rate),
  verify: verify === "none" ? "none" : "full",
});
const { user, system } = process.cpuUsage();
// deno-lint-ignore no-console -- what the benchmark reads
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, peakBytes: peakBytes() }));

/** A recorder that takes no more data a second than a laser does: like a drive with a full buffer, it lets wait. */
function paced(recorder: Recorder, bytesASecond: number): Recorder {
  return {
    identity: recorder.identity,
    open(options): Transport {
      const transport = recorder.open(options);
      let startMs: number | undefined;
      let taken = 0;
      return {
        maxTransferBytes: transport.maxTransferBytes,
        timeless: true,
        execute: (command) => transport.execute(command),
        async executeAsync(command): Promise<Reply> {
          const reply = await transport.executeAsync(command);
          if (command.cdb[0] !== OPCODE.write10 && command.cdb[0] !== OPCODE.write12) return reply;
          startMs ??= performance.now();
          taken += command.dataOut?.length ?? 0;
          const waitMs = taken / bytesASecond * 1000 - (performance.now() - startMs);
          if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
          return reply;
        },
        [Symbol.dispose]: () => transport[Symbol.dispose](),
      };
    },
  };
}

/** The most memory that this process ever had. */
function peakBytes(): number {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(Deno.readTextFileSync("/proc/self/status"));
  return Number(line?.[1] ?? 0) * 1024;
}

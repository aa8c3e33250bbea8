/** Virtual recorders that write a BD-R at 16x, in commands as hardware takes them. @module */
import { openDiscStore } from "../../lib/platform/disc_store.ts";
import { mediumNamed, VirtualDrive } from "../../lib/recorder/mod.ts";
import { openVirtualRecorders, type VirtualSpec, virtualTransport } from "../../lib/drive/virtual.ts";
import type { Recorder, Transport } from "../../lib/drive/transport.ts";
import type { CommandRequest, Reply } from "../../lib/mmc/request.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";

/** 16x. */
export const BYTES_A_SECOND = 71_928_000;
/** What hardware's transports let through. */
const TRANSFER_BYTES = 65_536;

/** What drives do with a WRITE while their buffer is full. */
export const PACES = {
  /** It is answered at once, "2/04/08, long write in progress", and sent again: the recorder's own model of time. */
  busy,
  /** It lasts until there is room. */
  blocking,
} as const satisfies Record<string, (spec: VirtualSpec) => Transport>;

/** A recorder over `spec`'s file that takes no more data a second than the laser does. */
export function pacedRecorder(spec: VirtualSpec, pace: keyof typeof PACES): Recorder {
  const { identity } = openVirtualRecorders([spec])[0]!;
  return { identity, open: () => PACES[pace](spec) };
}

function busy({ medium, file }: VirtualSpec): Transport {
  const store = openDiscStore(file);
  // What the benchmark is not about, loading and closing, is over as soon as it was asked about.
  let skippedMs = 0;
  const clock = (): number => performance.now() + skippedMs;
  const transport = virtualTransport(
    new VirtualDrive({ kind: mediumNamed(medium), store, clock }),
    store.close,
  );
  return withExecution(transport, async (command) => {
    const reply = await transport.executeAsync(command);
    if (reply.status !== 0 && !isWrite(command)) skippedMs += 60_000;
    return reply;
  });
}

function blocking(spec: VirtualSpec): Transport {
  const transport = openVirtualRecorders([spec])[0]!.open({ exclusive: true });
  let startMs: number | undefined;
  let taken = 0;
  return withExecution(transport, async (command) => {
    const reply = await transport.executeAsync(command);
    if (!isWrite(command)) return reply;
    startMs ??= performance.now();
    taken += command.dataOut?.length ?? 0;
    const waitMs = taken / BYTES_A_SECOND * 1000 - (performance.now() - startMs);
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
    return reply;
  });
}

function withExecution(
  transport: Transport,
  executeAsync: (command: CommandRequest) => Promise<Reply>,
): Transport {
  return {
    maxTransferBytes: TRANSFER_BYTES,
    timeless: transport.timeless ?? false,
    execute: (command) => transport.execute(command),
    executeAsync,
    [Symbol.dispose]: () => transport[Symbol.dispose](),
  };
}

function isWrite({ cdb }: CommandRequest): boolean {
  return cdb[0] === OPCODE.write10 || cdb[0] === OPCODE.write12;
}

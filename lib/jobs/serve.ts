/** Virtual recorders served to other programs, as an iSCSI target. @module */
import { formatAddress, type IscsiTarget, startTarget } from "../drive/iscsi/target.ts";
import type { Transport } from "../drive/transport.ts";
import { openVirtualRecorders, type VirtualSpec } from "../drive/virtual.ts";

/** The target's name; its units tell the recorders apart. */
export const TARGET_NAME = "iqn.2026-01.example.burnscript:recorders";

/** What to serve, and where. */
export interface ServeOptions {
  readonly virtual: readonly VirtualSpec[];
  /** Address to listen on; the loopback alone when left out. */
  readonly hostname?: string;
  /** iSCSI's own when left out; 0 for any that is free. */
  readonly port?: number;
  /** Hears who comes and goes, and what went wrong. */
  readonly onLog?: (message: string) => void;
}

/** One recorder that is served. */
export interface ServedRecorder {
  /** As QEMU, libiscsi's tools and others take it. */
  readonly url: string;
  readonly lun: number;
  readonly medium: string;
  readonly file: string;
}

/** Recorders that are served. Disposing of it ends the sessions and saves the discs' states. */
export interface Served extends AsyncDisposable {
  readonly recorders: readonly ServedRecorder[];
  readonly targetName: string;
  /** Where to reach it: "127.0.0.1:3260". */
  readonly portal: string;
  /** Whether other computers can reach it. */
  readonly isPublic: boolean;
}

const PORT = 3260;
const LOOPBACK = "127.0.0.1";

/**
 * Opens the recorders and serves them.
 *
 * @throws BurnError or RangeError when a disc cannot be loaded; otherwise an error of Deno.listen with a message that says where.
 */
export function serve({ virtual, hostname = LOOPBACK, port = PORT, onLog }: ServeOptions): Served {
  const transports: Transport[] = [];
  try {
    for (const recorder of openVirtualRecorders(virtual)) transports.push(recorder.open({ exclusive: true }));
    const target = listen({ hostname, port, units: transports, ...(onLog === undefined ? {} : { onLog }) });
    // Who listens on every address is reached on this computer's own.
    const isEvery = target.address.hostname === "0.0.0.0" || target.address.hostname === "::";
    const portal = formatAddress({ ...target.address, ...(isEvery ? { hostname: LOOPBACK } : {}) });
    return {
      recorders: virtual.map(({ medium, file }, lun) => (
        { url: `iscsi://${portal}/${TARGET_NAME}/${lun}`, lun, medium, file }
      )),
      targetName: TARGET_NAME,
      portal,
      isPublic: !isLoopback(target.address.hostname),
      async [Symbol.asyncDispose](): Promise<void> {
        await target[Symbol.asyncDispose]();
        for (const transport of transports) transport[Symbol.dispose]();
      },
    };
  } catch (error) {
    for (const transport of transports) transport[Symbol.dispose]();
    throw error;
  }
}

/** The arguments that give a QEMU guest the recorders as its own SCSI drives. */
export function qemuArguments(recorders: readonly ServedRecorder[]): string[] {
  return [
    ...["-device", "virtio-scsi-pci,id=burnscript"],
    ...recorders.flatMap(({ url, lun }) => [
      ...["-drive", `if=none,id=recorder${lun},format=raw,file=${url}`],
      ...["-device", `scsi-generic,drive=recorder${lun},bus=burnscript.0`],
    ]),
  ];
}

function listen(options: Omit<Parameters<typeof startTarget>[0], "name">): IscsiTarget {
  const { hostname, port } = options;
  try {
    return startTarget({ ...options, name: TARGET_NAME });
  } catch (error) {
    const where = formatAddress({ transport: "tcp", hostname, port });
    if (error instanceof Deno.errors.AddrInUse) {
      throw new Error(`Cannot listen on ${where}: another program does; give another --port, or 0 for any`, {
        cause: error,
      });
    }
    if (error instanceof Deno.errors.NotCapable || !(error instanceof Error)) throw error;
    throw new Error(`Cannot listen on ${where}: ${error.message}`, { cause: error });
  }
}

function isLoopback(hostname: string): boolean {
  return hostname.startsWith("127.") || hostname === "::1";
}

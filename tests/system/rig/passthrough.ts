/**
 * Runs in the guest: drives its recorder through the native library alone, with CDBs of its own, and burns a disc.
 * Prints one line for each thing that was as it should be, and ends with exit code 1 at the first that was not.
 */
// deno-lint-ignore-file no-console -- its output is its result
import { AutomationError } from "../../../lib/automation/errors.ts";
import { listNativeRecorders, releaseNativeDevices } from "../../../lib/drive/native.ts";
import type { Transport } from "../../../lib/drive/transport.ts";
import type { Reply } from "../../../lib/mmc/request.ts";

const SECTOR_BYTES = 2048;
const SECTORS = 2048;
const LOCKED = 0xC0AA0210 | 0;

function expect(what: string, actual: unknown, wanted: unknown): void {
  if (String(actual) !== String(wanted)) {
    console.log(`NOT ${what}: ${actual} instead of ${wanted}`);
    Deno.exit(1);
  }
  console.log(`ok ${what}`);
}

function numberOf(action: () => unknown): number {
  try {
    action();
    return 0;
  } catch (error) {
    if (error instanceof AutomationError) return error.number;
    throw error;
  }
}

function command(cdb: number[], { out, bytes = 0 }: { out?: Uint8Array; bytes?: number } = {}): {
  kind: "command";
  cdb: Uint8Array;
  dataOut?: Uint8Array;
  dataInBytes?: number;
  timeoutMs: number;
} {
  return {
    kind: "command",
    cdb: new Uint8Array(cdb),
    ...(out === undefined ? { dataInBytes: bytes } : { dataOut: out }),
    timeoutMs: 120_000,
  };
}

function outcome({ transport, status, sense }: Reply): string {
  const triple = status === 2 ? ` ${(sense[2] ?? 0) & 15}/${sense[12]?.toString(16)}` : "";
  return `${transport} ${status}${triple}`;
}

const GOOD = "ok 0";
const EJECT = [0x1B, 0, 0, 0, 2, 0];
const LOAD = [0x1B, 0, 0, 0, 3, 0];
const PREVENT = [0x1E, 0, 0, 0, 1, 0];

function uint32(value: number): number[] {
  return [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255];
}

const recorder = listNativeRecorders()[0];
if (recorder === undefined) {
  console.log("NOT a recorder listed");
  Deno.exit(1);
}

function open(exclusive = true): Transport {
  if (recorder === undefined) throw new Error("There is no recorder");
  return recorder.open({ exclusive });
}

expect("path", recorder.identity.path, "/dev/sr0");
expect("vendor", recorder.identity.vendorId, "IET");
expect("product", recorder.identity.productId, "VIRTUAL-CDROM");

{
  using drive = open();
  expect("transfer size", drive.maxTransferBytes, 65536);
  const inquiry = drive.execute(command([0x12, 0, 0, 0, 36, 0], { bytes: 36 }));
  expect("INQUIRY", `${outcome(inquiry)} type ${inquiry.dataIn[0]}`, "ok 0 type 5");
  const configuration = drive.execute(command([0x46, 2, 0, 0, 0, 0, 0, 0, 8, 0], { bytes: 8 }));
  expect("profile", configuration.dataIn.slice(6, 8), [0x00, 0x1B]);
  const wrong = drive.execute(command([0x42, 0, 0, 0, 0, 0, 0, 0, 8, 0], { bytes: 8 }));
  expect("an unknown command is the drive's to refuse", outcome(wrong), "ok 2 5/20");
  // MECHANISM STATUS is not among the commands that the kernel lets ordinary users send.
  const mechanism = drive.execute(command([0xBD, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0], { bytes: 8 }));
  expect("MECHANISM STATUS", outcome(mechanism), Deno.uid() === 0 ? "ok 2 5/20" : "denied 0");
  const both = await Promise.allSettled([
    drive.executeAsync(command([0x12, 0, 0, 0, 36, 0], { bytes: 36 })),
    drive.executeAsync(command([0x12, 0, 0, 0, 36, 0], { bytes: 36 })),
  ]);
  const done = both.filter((result) => result.status === "fulfilled").length;
  // Either the second came while the first was in flight and was refused, or it came after.
  expect("one command at a time", done === 1 || done === 2, true);
  const refused = both.find((result) => result.status === "rejected");
  expect(
    "the other one is refused as such",
    refused === undefined || refused.reason instanceof TypeError,
    true,
  );

  expect("a second exclusive opening is refused", numberOf(() => open()), LOCKED);
  open(false)[Symbol.dispose]();
  console.log("ok a second shared opening is not");
}

{
  // What a handle locked is unlocked with it; another handle can then open the tray.
  const drive = open(false);
  expect("PREVENT", outcome(drive.execute(command(PREVENT))), GOOD);
  expect("eject while prevented", outcome(drive.execute(command(EJECT))), "ok 2 5/53");
  drive[Symbol.dispose]();
  drive[Symbol.dispose]();
  using other = open();
  expect("eject after closing", outcome(other.execute(command(EJECT))), GOOD);
  expect("load", outcome(other.execute(command(LOAD))), GOOD);
}

{
  // A worker that hangs with the drive locked: the supervisor gives it back.
  const source = `import { listNativeRecorders } from ${
    JSON.stringify(new URL("../../../lib/drive/native.ts", import.meta.url).href)
  };
    const drive = listNativeRecorders()[0].open({ exclusive: true });
    drive.execute({ kind: "command", cdb: new Uint8Array([0x1e, 0, 0, 0, 1, 0]), timeoutMs: 120_000 });
    self.postMessage("locked");
    for (;;);`;
  const worker = new Worker(`data:application/javascript,${encodeURIComponent(source)}`, { type: "module" });
  await new Promise((resolve) => worker.onmessage = resolve);
  expect("a worker's drive is locked for others", numberOf(() => open()), LOCKED);
  expect("its drives are found", releaseNativeDevices(), 1);
  worker.terminate();
  using drive = open();
  expect("and unlocked", outcome(drive.execute(command(EJECT))), GOOD);
  expect("load", outcome(drive.execute(command(LOAD))), GOOD);
}

{
  using drive = open();
  for (let tries = 0; tries < 5 && drive.execute(command([0, 0, 0, 0, 0, 0])).status !== 0; tries++);
  const data = new Uint8Array(SECTORS * SECTOR_BYTES);
  for (let at = 0; at < data.length; at++) data[at] = (at * 2654435761 >>> 24) ^ (at >>> 11);
  const chunk = drive.maxTransferBytes / SECTOR_BYTES;
  for (let lba = 0; lba < SECTORS; lba += chunk) {
    const out = data.subarray(lba * SECTOR_BYTES, (lba + chunk) * SECTOR_BYTES);
    const request = command([0x2A, 0, ...uint32(lba), 0, 0, chunk, 0], { out });
    // Both ways of calling, in turns.
    const reply = lba / chunk % 2 === 0 ? drive.execute(request) : await drive.executeAsync(request);
    if (outcome(reply) !== GOOD) expect(`WRITE ${lba}`, outcome(reply), GOOD);
  }
  console.log("ok WRITE");
  expect("SYNCHRONIZE CACHE", outcome(drive.execute(command([0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0]))), GOOD);
  expect("CLOSE", outcome(drive.execute(command([0x5B, 0, 6, 0, 0, 0, 0, 0, 0, 0]))), GOOD);
  for (let lba = 0; lba < SECTORS; lba += chunk) {
    const reply = await drive.executeAsync(
      command([0x28, 0, ...uint32(lba), 0, 0, chunk, 0], { bytes: chunk * SECTOR_BYTES }),
    );
    const wanted = data.subarray(lba * SECTOR_BYTES, (lba + chunk) * SECTOR_BYTES);
    if (outcome(reply) !== GOOD || !reply.dataIn.every((byte, index) => byte === wanted[index])) {
      expect(`READ ${lba}`, `${outcome(reply)}, other data`, GOOD);
    }
  }
  console.log("ok READ");
  const startedAt = performance.now();
  for (let count = 0; count < 200; count++) drive.execute(command([0, 0, 0, 0, 0, 0]));
  console.log(`${((performance.now() - startedAt) / 200).toFixed(2)} ms a TEST UNIT READY`);
}
// A terminated worker that never stopped would keep the process alive.
Deno.exit(0);

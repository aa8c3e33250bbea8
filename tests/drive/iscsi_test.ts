import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { burnData, inspect } from "../../lib/burn/mod.ts";
import { Connection } from "../../lib/drive/iscsi/connection.ts";
import { openIscsi, parseIscsiUrl } from "../../lib/drive/iscsi/initiator.ts";
import {
  FLAG,
  HEADER_BYTES,
  NO_LUN,
  NO_TAG,
  parsePdu,
  type Pdu,
  PduError,
  type PduKind,
  type PduOf,
  segmentLengths,
  writePdu,
} from "../../lib/drive/iscsi/pdu.ts";
import { formatAddress, startTarget } from "../../lib/drive/iscsi/target.ts";
import { answerTo, parseText, withAgreed, writeText } from "../../lib/drive/iscsi/text.ts";
import { runAsync } from "../../lib/drive/run.ts";
import type { Transport } from "../../lib/drive/transport.ts";
import { virtualTransport } from "../../lib/drive/virtual.ts";
import { parseSense } from "../../lib/mmc/sense.ts";
import { type Fault, mediumNamed, memoryStore, VirtualDrive } from "../../lib/recorder/mod.ts";

const NAME = "iqn.2026-01.example.burnscript:test";
const NOTHING = new Uint8Array(0);

// --- PDUs

/** Headers of every opcode, every other byte of which is anything. */
const OPCODES = [0, 1, 2, 3, 4, 5, 6, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x31, 0x3f];

Deno.test("parsePdu() of what writePdu() wrote is the same PDU", () => {
  fc.assert(fc.property(
    fc.constantFrom(...OPCODES),
    fc.uint8Array({ minLength: HEADER_BYTES, maxLength: HEADER_BYTES }),
    fc.uint8Array({ maxLength: 70 }),
    (opcode, random, data) => {
      const header = random.slice();
      header[0] = opcode | (header[0]! & 0x40);
      header.set([0, header[9]! & 0x3f, 0, 0, 0, 0, 0, 0], 8); // a logical unit number that can be kept
      const pdu = parsePdu(header, data);
      const bytes = writePdu(pdu);
      assertEquals(parsePdu(bytes, data), pdu);
      const { ahsBytes, dataBytes, padBytes } = segmentLengths(bytes);
      assertEquals([ahsBytes, dataBytes, padBytes], [
        0,
        data.length,
        bytes.length - HEADER_BYTES - data.length,
      ]);
      assertEquals(bytes.length % 4, 0);
    },
  ));
});

Deno.test("parsePdu() takes any bytes for a PDU, or throws a PduError", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
    try {
      parsePdu(bytes, NOTHING);
    } catch (error) {
      assert(error instanceof PduError);
    }
  }));
});

Deno.test("writePdu() writes a SCSI Command as RFC 7143, 11.3 has it", () => {
  const cdb = Uint8Array.of(0x28, 0, 0, 0, 0, 16, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
  const bytes = writePdu(
    scsiCommand({ cdb, expectedBytes: 2048, flags: 0xc1, lun: 1, taskTag: 0x01020304, cmdSn: 7 }),
  );
  assertEquals(
    bytes.toHex(),
    "01c10000" + "00000000" + "0001000000000000" + "01020304" + "00000800" + "00000007" + "00000000" +
      cdb.toHex(),
  );
});

const luns: [string, string, number][] = [
  ["peripheral addressing", "0005000000000000", 5],
  ["flat space addressing", "4105000000000000", 0x105],
  ["another bus", "0105000000000000", NO_LUN],
  ["a second level", "0005000100000000", NO_LUN],
  ["extended addressing", "c101000000000000", NO_LUN],
];
for (const [name, hex, lun] of luns) {
  Deno.test(`parsePdu() logical unit number: ${name}`, () => {
    const header = new Uint8Array(HEADER_BYTES);
    header[0] = 1;
    header.set(Uint8Array.fromHex(hex), 8);
    assertEquals((parsePdu(header, NOTHING) as PduOf<"scsiCommand">).lun, lun);
  });
}

// --- text

Deno.test("parseText() of what writeText() wrote is the same pairs", () => {
  const key = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,30}$/);
  const value = fc.string().filter((text) => !text.includes("\0"));
  fc.assert(fc.property(fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name }), (pairs) => {
    assertEquals([...parseText(writeText(pairs))], pairs);
  }));
});

for (
  const [name, text] of [["no equals sign", "Key\0"], ["no key", "=1\0"], [
    "a key twice",
    "A=1\0A=2\0",
  ]] as const
) {
  Deno.test(`parseText() refuses ${name}`, () => {
    assertThrows(() => parseText(new TextEncoder().encode(text)), PduError);
  });
}

const negotiations: [key: string, offer: string, answer: string | undefined][] = [
  ["HeaderDigest", "CRC32C,None", "None"],
  ["DataDigest", "CRC32C", "Reject"],
  ["AuthMethod", "CHAP,None", "None"],
  ["InitialR2T", "No", "Yes"],
  ["ImmediateData", "No", "No"],
  ["ImmediateData", "Yes", "Yes"],
  ["ImmediateData", "Perhaps", "Reject"],
  ["MaxBurstLength", "131072", "131072"],
  ["MaxBurstLength", "16776192", "262144"],
  ["FirstBurstLength", "0x1000", "4096"],
  ["FirstBurstLength", "511", "Reject"],
  ["MaxRecvDataSegmentLength", "8192", "262144"],
  ["MaxConnections", "8", "1"],
  ["DefaultTime2Wait", "2", "2"],
  ["DefaultTime2Retain", "20", "0"],
  ["MaxOutstandingR2T", "4", "1"],
  ["DataPDUInOrder", "No", "Yes"],
  ["ErrorRecoveryLevel", "2", "0"],
  ["IFMarker", "Yes", "No"],
  ["InitiatorName", "iqn.x", undefined],
  ["X-com.example.key", "1", "NotUnderstood"],
];
for (const [key, offer, answer] of negotiations) {
  Deno.test(`answerTo() ${key}=${offer}`, () => assertEquals(answerTo(key, offer), answer));
}

Deno.test("withAgreed() keeps a first burst inside a burst", () => {
  const before = { sendBytesMax: 8192, maxBurstLength: 262144, firstBurstLength: 65536, immediateData: true };
  const agreed = new Map([["MaxBurstLength", "4096"], ["ImmediateData", "No"]]);
  assertEquals(withAgreed(before, { agreed, theirs: new Map([["MaxRecvDataSegmentLength", "1024"]]) }), {
    sendBytesMax: 1024,
    maxBurstLength: 4096,
    firstBurstLength: 4096,
    immediateData: false,
  });
});

Deno.test("parseIscsiUrl() forms", () => {
  assertEquals(parseIscsiUrl("iscsi://127.0.0.1:4000/iqn.x:y/2"), {
    hostname: "127.0.0.1",
    port: 4000,
    targetName: "iqn.x:y",
    lun: 2,
  });
  assertEquals(parseIscsiUrl("iscsi://[::1]/iqn.x/0"), {
    hostname: "::1",
    port: 3260,
    targetName: "iqn.x",
    lun: 0,
  });
  assertThrows(() => parseIscsiUrl("iscsi://host"), RangeError);
});

// --- a target, and initiators

interface TestTarget extends AsyncDisposable {
  readonly drives: readonly VirtualDrive[];
  readonly address: Deno.NetAddr;
  readonly log: string[];
  url(lun: number): string;
  /** Resolves once a line of the log matches. */
  logged(pattern: RegExp): Promise<void>;
}

function target(media: readonly string[], faults?: readonly Fault[]): TestTarget {
  const drives = media.map((medium) =>
    new VirtualDrive({
      kind: mediumNamed(medium),
      store: memoryStore(),
      ...(faults === undefined ? {} : { faults }),
    })
  );
  const log: string[] = [];
  const waiting: { pattern: RegExp; resolve: () => void }[] = [];
  const listening = startTarget({
    hostname: "127.0.0.1",
    port: 0,
    name: NAME,
    units: drives.map((drive) => virtualTransport(drive)),
    onLog: (message) => {
      log.push(message);
      for (const { pattern, resolve } of waiting) if (pattern.test(message)) resolve();
    },
  });
  return {
    drives,
    log,
    address: listening.address,
    url: (lun) => `iscsi://${formatAddress(listening.address)}/${NAME}/${lun}`,
    logged: (pattern) => {
      if (log.some((line) => pattern.test(line))) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ pattern, resolve }));
    },
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
}

const open = (url: string): Promise<Transport> => openIscsi(parseIscsiUrl(url));

/** The drives are never busy: what procedures wait for has happened. */
const sleep = (): Promise<void> => Promise.resolve();

/** Sectors that all differ. */
function source(lba: number, count: number, to: Uint8Array): void {
  for (let sector = 0; sector < count; sector++) {
    const part = to.subarray(sector * 2048, (sector + 1) * 2048);
    for (let at = 0; at < 2048; at += 4) {
      part.set([(lba + sector) >> 8, lba + sector, (lba + sector) * 7 + at, at], at);
    }
  }
}

for (const medium of ["cd-r", "dvd+r"]) {
  Deno.test(`burnData() onto ${medium} over iSCSI`, async () => {
    await using served = target(["none", medium]);
    using transport = await open(served.url(1));
    const sizeSectors = 1000;
    const result = await runAsync(
      burnData({ sizeSectors, close: "finalize", verify: "full", now: () => performance.now() }),
      { transport, source, sleep },
    );
    assertEquals(result.discState.status, "finalized");
    assertEquals(served.drives[1]!.disc?.phase, "complete");
    assertEquals(served.drives[1]!.isLocked, false);
    const medium2 = await runAsync(inspect(), { transport, sleep });
    assertEquals(medium2.description, result.discState.description);
  });
}

Deno.test("two sessions burn two recorders of one target at the same time", async () => {
  await using served = target(["dvd+r", "dvd+r"]);
  await Promise.all([0, 1].map(async (lun) => {
    using transport = await open(served.url(lun));
    await runAsync(burnData({ sizeSectors: 500, close: "finalize", verify: "full", now: () => 0 }), {
      transport,
      source,
      sleep,
    });
  }));
  assertEquals(served.drives.map((drive) => drive.disc?.phase), ["complete", "complete"]);
});

const command = (
  cdb: readonly number[],
  more: { dataInBytes?: number; dataOut?: Uint8Array; timeoutMs?: number } = {},
) => ({ kind: "command", cdb: Uint8Array.from(cdb), timeoutMs: 120_000, ...more }) as const;

Deno.test("Transport.executeAsync() brings sense data over iSCSI", async () => {
  await using served = target(["none"]);
  using transport = await open(served.url(0));
  await transport.executeAsync(command([0, 0, 0, 0, 0, 0])); // the unit attention
  const reply = await transport.executeAsync(command([0, 0, 0, 0, 0, 0]));
  assertEquals(reply.status, 2);
  const { key, asc, ascq } = parseSense(reply.sense)!;
  assertEquals([key, asc, ascq], [2, 0x3a, 1]);
});

Deno.test("REPORT LUNS lists the units, and INQUIRY at another says that there is none", async () => {
  await using served = target(["none", "cd-r"]);
  using transport = await open(served.url(9));
  const list = await transport.executeAsync(
    command([0xa0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0], { dataInBytes: 256 }),
  );
  assertEquals(list.dataIn.toHex(), "0000001000000000" + "0000000000000000" + "0001000000000000");
  const inquiry = await transport.executeAsync(command([0x12, 0, 0, 0, 36, 0], { dataInBytes: 36 }));
  assertEquals([inquiry.status, inquiry.dataIn[0], inquiry.dataIn.length], [0, 0x7f, 36]);
  const ready = await transport.executeAsync(command([0, 0, 0, 0, 0, 0]));
  assertEquals(parseSense(ready.sense)?.asc, 0x25);
});

Deno.test("Transport.executeAsync() a drive that hangs: aborted, and it goes on", async () => {
  await using served = target(
    ["dvd+r"],
    [{ opcode: 0x51, nth: 1, effect: { kind: "timeout", executed: false } }],
  );
  using transport = await open(served.url(0));
  const late = await transport.executeAsync(
    command([0x51, 0, 0, 0, 0, 0, 0, 0, 34, 0], { dataInBytes: 34, timeoutMs: 50 }),
  );
  assertEquals(late.transport, "timeout");
  const inquiry = await transport.executeAsync(command([0x12, 0, 0, 0, 36, 0], { dataInBytes: 36 }));
  assertEquals([inquiry.transport, inquiry.dataIn.length], ["ok", 36]);
});

Deno.test("Transport.executeAsync() a target that goes away", async () => {
  const served = target(["dvd+r"]);
  using transport = await open(served.url(0));
  await served[Symbol.asyncDispose]();
  assertEquals((await transport.executeAsync(command([0, 0, 0, 0, 0, 0]))).transport, "gone");
  assertEquals((await transport.executeAsync(command([0, 0, 0, 0, 0, 0]))).transport, "gone");
});

Deno.test("a unit that throws fails its command, and the session goes on", async () => {
  const log: string[] = [];
  let commands = 0;
  const failing: Transport = {
    maxTransferBytes: 65536,
    execute: () => {
      throw new Error("no space left");
    },
    executeAsync: () =>
      ++commands === 1
        ? Promise.reject(new Error("no space left"))
        : Promise.resolve({ status: 0, sense: NOTHING, dataIn: NOTHING, transport: "ok" }),
    [Symbol.dispose]: () => {},
  };
  await using served = startTarget({
    ...{ hostname: "127.0.0.1", port: 0, name: NAME, units: [failing] },
    onLog: (message) => log.push(message),
  });
  using transport = await open(`iscsi://${formatAddress(served.address)}/${NAME}/0`);
  assertEquals((await transport.executeAsync(command([0, 0, 0, 0, 0, 0]))).transport, "gone");
  assertEquals((await transport.executeAsync(command([0, 0, 0, 0, 0, 0]))).transport, "ok");
  assertStringIncludes(log.join("\n"), "Unit 0 failed: no space left");
});

Deno.test("openIscsi() a target of another name is refused", async () => {
  await using served = target(["none"]);
  await assertRejects(() => open(served.url(0).replace(":test", ":other")), Error, "0203h");
  await served.logged(/login was refused: there is no target "iqn[^"]*:other"/);
});

// --- by hand, PDU by PDU

/** An initiator that sends what a test says. */
class Raw implements Disposable {
  readonly connection: Connection;
  constructor(readonly socket: Deno.TcpConn) {
    this.connection = new Connection(socket, 1 << 24);
  }

  static async connect(served: TestTarget): Promise<Raw> {
    return new Raw(await Deno.connect({ hostname: "127.0.0.1", port: served.address.port }));
  }

  async ask<K extends PduKind>(pdu: Pdu, kind: K): Promise<PduOf<K>> {
    await this.connection.write(pdu);
    return await this.answer(kind);
  }

  async answer<K extends PduKind>(kind: K): Promise<PduOf<K>> {
    const answer = await this.connection.read();
    assertEquals(answer?.kind, kind);
    return answer as unknown as PduOf<K>;
  }

  async logIn(keys: Record<string, string> = {}): Promise<Map<string, string>> {
    const text = { InitiatorName: "iqn.t", TargetName: NAME, ...keys };
    const answer = await this.ask(login(text), "loginResponse");
    assertEquals(answer.status, 0);
    return parseText(answer.data);
  }

  /** Waits for the end of the connection. */
  async ended(): Promise<void> {
    assertEquals(await this.connection.read().catch(() => undefined), undefined);
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}

function login(
  keys: Record<string, string>,
  more: Partial<PduOf<"loginRequest">> = {},
): PduOf<"loginRequest"> {
  return {
    kind: "loginRequest",
    immediate: true,
    flags: 0x87,
    versionMax: 0,
    versionMin: 0,
    isid: Uint8Array.of(0x80, 1, 2, 3, 4, 5),
    tsih: 0,
    taskTag: 1,
    connectionId: 0,
    cmdSn: 1,
    expStatSn: 0,
    data: writeText(Object.entries(keys)),
    ...more,
  };
}

function scsiCommand(more: Partial<PduOf<"scsiCommand">>): PduOf<"scsiCommand"> {
  return {
    kind: "scsiCommand",
    immediate: false,
    flags: 0x81,
    lun: 0,
    taskTag: 2,
    expectedBytes: 0,
    cmdSn: 1,
    expStatSn: 0,
    cdb: new Uint8Array(16),
    data: NOTHING,
    ...more,
  };
}

const refusals: [string, Record<string, string>, Partial<PduOf<"loginRequest">>, number][] = [
  ["no InitiatorName", { TargetName: NAME }, {}, 0x0207],
  ["no TargetName", { InitiatorName: "iqn.t" }, {}, 0x0207],
  ["another target", { InitiatorName: "iqn.t", TargetName: "iqn.other" }, {}, 0x0203],
  [
    "authentication only",
    { InitiatorName: "iqn.t", TargetName: NAME, AuthMethod: "CHAP" },
    { flags: 0x81 },
    0x0201,
  ],
  ["a newer version", { InitiatorName: "iqn.t", TargetName: NAME }, { versionMin: 1 }, 0x0205],
  ["a second connection", { InitiatorName: "iqn.t", TargetName: NAME }, { tsih: 5 }, 0x020a],
  ["another session type", { InitiatorName: "iqn.t", TargetName: NAME, SessionType: "Odd" }, {}, 0x0209],
];
for (const [name, keys, more, status] of refusals) {
  Deno.test(`logIn() refuses ${name}`, async () => {
    await using served = target(["none"]);
    using raw = await Raw.connect(served);
    assertEquals((await raw.ask(login(keys, more), "loginResponse")).status, status);
    await raw.ended();
  });
}

Deno.test("logIn() in two stages, its text in pieces", async () => {
  await using served = target(["none"]);
  using raw = await Raw.connect(served);
  const half = await raw.ask(login({ InitiatorName: "iqn.t" }, { flags: FLAG.continue }), "loginResponse");
  assertEquals([half.status, half.data.length, half.flags], [0, 0, 0]);
  const security = await raw.ask(
    login({ TargetName: NAME, AuthMethod: "None,CHAP" }, { flags: 0x81 }),
    "loginResponse",
  );
  assertEquals([...parseText(security.data)], [["TargetPortalGroupTag", "1"], ["AuthMethod", "None"]]);
  assertEquals(security.flags, 0x81);
  const operational = await raw.ask(login({ HeaderDigest: "None" }), "loginResponse");
  assertEquals([operational.flags, operational.statSn], [0x87, 3]);
  assert(operational.tsih > 0);
  assertEquals(parseText(operational.data).get("MaxRecvDataSegmentLength"), "262144");
});

Deno.test("SendTargets names the target and where it is", async () => {
  await using served = target(["none"]);
  using raw = await Raw.connect(served);
  await raw.logIn({ SessionType: "Discovery" });
  const answer = await raw.ask({
    kind: "textRequest",
    immediate: false,
    flags: FLAG.final,
    lun: 0,
    taskTag: 9,
    transferTag: NO_TAG,
    cmdSn: 1,
    expStatSn: 0,
    data: writeText([["SendTargets", "All"]]),
  }, "textResponse");
  const found = parseText(answer.data);
  assertEquals(found.get("TargetName"), NAME);
  assertEquals(found.get("TargetAddress"), `127.0.0.1:${served.address.port},1`);
});

Deno.test("a write's data is asked for burst by burst, in the order of commands", async () => {
  await using served = target(["dvd+r"]);
  using raw = await Raw.connect(served);
  await raw.logIn({ MaxBurstLength: "4096", FirstBurstLength: "2048" });
  const write = (lba: number, sectors: number): Uint8Array =>
    Uint8Array.of(0x2a, 0, 0, 0, 0, lba, 0, 0, sectors, 0, 0, 0, 0, 0, 0, 0);
  // Unit attentions first.
  for (let cmdSn = 1; cmdSn <= 2; cmdSn++) {
    await raw.ask(scsiCommand({ cmdSn, taskTag: cmdSn }), "scsiResponse");
  }
  const first = Uint8Array.from({ length: 3 * 2048 }, (_, at) => at * 7);
  const r2t = await raw.ask(
    scsiCommand({
      cmdSn: 3,
      taskTag: 33,
      flags: 0xa1,
      expectedBytes: first.length,
      cdb: write(0, 3),
      data: first.subarray(0, 1024),
    }),
    "readyToTransfer",
  );
  assertEquals([r2t.bufferOffset, r2t.desiredBytes], [1024, 4096]);
  // Another write, complete in itself, waits for its turn; a ping does not.
  const second = new Uint8Array(2048).fill(0xbb);
  await raw.connection.write(
    scsiCommand({ cmdSn: 4, taskTag: 44, flags: 0xa1, expectedBytes: 2048, cdb: write(3, 1), data: second }),
  );
  const ping = {
    kind: "nopOut",
    immediate: true,
    flags: 0x80,
    lun: 0,
    taskTag: 5,
    transferTag: NO_TAG,
  } as const;
  const pong = await raw.ask({ ...ping, cmdSn: 5, expStatSn: 0, data: Uint8Array.of(1, 2, 3) }, "nopIn");
  assertEquals([...pong.data], [1, 2, 3]);
  const data = (bufferOffset: number, end: number, more: { flags: number; transferTag: number }): Pdu => ({
    kind: "dataOut",
    immediate: false,
    lun: 0,
    taskTag: 33,
    expStatSn: 0,
    dataSn: 0,
    bufferOffset,
    data: first.subarray(bufferOffset, end),
    ...more,
  });
  await raw.connection.write(data(1024, 3000, { flags: 0, transferTag: r2t.transferTag }));
  const next = await raw.ask(
    data(3000, 5120, { flags: FLAG.final, transferTag: r2t.transferTag }),
    "readyToTransfer",
  );
  assertEquals([next.bufferOffset, next.desiredBytes, next.r2tSn], [5120, 1024, 1]);
  const done = await raw.ask(
    data(5120, 6144, { flags: FLAG.final, transferTag: next.transferTag }),
    "scsiResponse",
  );
  assertEquals([done.taskTag, done.status], [33, 0]);
  const other = await raw.answer("scsiResponse");
  assertEquals([other.taskTag, other.status], [44, 0]);
  // Read back in PDUs of the size that this initiator takes by default, 8192 bytes, and bursts of 4096.
  await raw.connection.write(scsiCommand({
    cmdSn: 5,
    taskTag: 55,
    flags: 0xc1,
    expectedBytes: 5 * 2048,
    cdb: Uint8Array.of(0x28, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0),
  }));
  const parts = [await raw.answer("dataIn"), await raw.answer("dataIn")];
  assertEquals(parts.map(({ flags, bufferOffset, data }) => [flags, bufferOffset, data.length]), [
    [FLAG.final, 0, 4096],
    [FLAG.final | FLAG.status | FLAG.underflow, 4096, 4096],
  ]);
  assertEquals(parts[1]!.residualBytes, 2048);
  assertEquals(parts.map((part) => part.data.toHex()).join(""), first.toHex() + second.toHex());
});

const resets: [string, number][] = [["LOGICAL UNIT RESET", 5], ["TARGET WARM RESET", 6]];
for (const [name, asked] of resets) {
  Deno.test(`${name} unlocks the tray, and a unit attention tells of it`, async () => {
    await using served = target(["none"]);
    using raw = await Raw.connect(served);
    await raw.logIn();
    const prevent = Uint8Array.of(0x1e, 0, 0, 0, 1, 0, ...new Uint8Array(10));
    await raw.ask(scsiCommand({ cmdSn: 1 }), "scsiResponse");
    assertEquals((await raw.ask(scsiCommand({ cmdSn: 2, cdb: prevent }), "scsiResponse")).status, 0);
    assertEquals(served.drives[0]!.isLocked, true);
    const done = await raw.ask({
      kind: "taskRequest",
      immediate: true,
      flags: 0x80 | asked,
      lun: 0,
      taskTag: 7,
      referencedTag: NO_TAG,
      cmdSn: 3,
      expStatSn: 0,
      refCmdSn: 0,
      data: NOTHING,
    }, "taskResponse");
    assertEquals([done.response, served.drives[0]!.isLocked], [0, false]);
    const { data } = await raw.ask(scsiCommand({ cmdSn: 3 }), "scsiResponse");
    assertEquals(parseSense(data.subarray(2)), {
      ...{ key: 6, asc: 0x29, ascq: 0, deferred: false },
      ...{ information: undefined, progress: undefined },
    });
  });
}

const write2 = Uint8Array.of(0x2a, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0);
/** What ends a session, and what the log says of it. */
const malformed: [string, (raw: Raw) => Promise<void>, RegExp][] = [
  [
    "an unknown opcode",
    async (raw) => void await raw.socket.write(new Uint8Array(HEADER_BYTES).fill(0x1f, 0, 1)),
    /No PDU has opcode 1fh/,
  ],
  [
    "more data than is taken",
    async (raw) => void await raw.socket.write(new Uint8Array(HEADER_BYTES).fill(0xff, 5, 8)),
    /16777215 bytes of data/,
  ],
  ["an answer in place of a request", (raw) =>
    raw.connection.write({
      ...{ kind: "nopIn", immediate: false, flags: 0x80, lun: 0, taskTag: 1, transferTag: 0 },
      ...{ statSn: 1, expCmdSn: 1, maxCmdSn: 1, data: NOTHING },
    }), /nopIn PDU in the full feature phase/],
  [
    "a command that is ahead of its turn",
    (raw) => raw.connection.write(scsiCommand({ cmdSn: 5 })),
    /Command 5 where 1/,
  ],
  [
    "immediate data of a command that reads",
    (raw) => raw.connection.write(scsiCommand({ flags: 0xc1, expectedBytes: 8, data: new Uint8Array(8) })),
    /Immediate data of 8 bytes/,
  ],
  [
    "unsolicited data",
    (raw) => raw.connection.write(scsiCommand({ flags: 0x21, expectedBytes: 4096, cdb: write2 })),
    /Unsolicited data/,
  ],
  ["data out of place", async (raw) => {
    const { transferTag } = await raw.ask(
      scsiCommand({ flags: 0xa1, expectedBytes: 4096, cdb: write2 }),
      "readyToTransfer",
    );
    await raw.connection.write({
      ...{ kind: "dataOut", immediate: false, flags: 0x80, lun: 0, taskTag: 2, transferTag, expStatSn: 0 },
      ...{ dataSn: 0, bufferOffset: 2048, data: new Uint8Array(2049) },
    });
  }, /Data from 2048 to 4097/],
];
for (const [name, act, says] of malformed) {
  Deno.test(`the session ends, and no other: ${name}`, async () => {
    await using served = target(["dvd+r"]);
    using other = await open(served.url(0));
    using raw = await Raw.connect(served);
    await raw.logIn();
    await act(raw);
    await raw.ended();
    await served.logged(says);
    assertMatch(served.log.find((line) => says.test(line))!, /^127\.0\.0\.1:\d+: the session was ended: /);
    const inquiry = await other.executeAsync(command([0x12, 0, 0, 0, 36, 0], { dataInBytes: 36 }));
    assertEquals(inquiry.dataIn.length, 36);
  });
}

Deno.test("any bytes end a session before its login, or wait for more", async () => {
  await using served = target(["none"]);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      using raw = await Raw.connect(served);
      await raw.socket.write(bytes);
      await raw.socket.closeWrite();
      await raw.ended();
    }),
    { numRuns: 50 },
  );
  using transport = await open(served.url(0));
  assertEquals((await transport.executeAsync(command([0, 0, 0, 0, 0, 0]))).transport, "ok");
});

Deno.test("an initiator that logs in anew takes its old session's place", async () => {
  await using served = target(["none"]);
  using first = await Raw.connect(served);
  await first.logIn();
  using second = await Raw.connect(served);
  await second.logIn();
  await first.ended();
  assertEquals((await second.ask(scsiCommand({}), "scsiResponse")).status, 2);
  assertStringIncludes(served.log.join("\n"), "iqn.t logged in");
});

Deno.test("a command with more data than is kept is refused, and logging out ends the session", async () => {
  await using served = target(["dvd+r"]);
  using raw = await Raw.connect(served);
  await raw.logIn();
  const much = scsiCommand({ flags: 0xa1, expectedBytes: 0xffffffff, cdb: write2 });
  const refused = await raw.ask(much, "scsiResponse");
  assertEquals([refused.status, parseSense(refused.data.subarray(2))?.asc], [2, 0x24]);
  const out = { kind: "logoutRequest", immediate: false, flags: 0x80, taskTag: 8, connectionId: 0 } as const;
  const bye = await raw.ask({ ...out, cmdSn: 2, expStatSn: 0, data: NOTHING }, "logoutResponse");
  assertEquals(bye.response, 0);
  await raw.ended();
});

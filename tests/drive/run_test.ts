import { assert, assertEquals, assertRejects, assertThrows, fail } from "@std/assert";
import { burnData, BurnError, closeTray, ejectMedia, inspect } from "../../lib/burn/mod.ts";
import { runAsync, runSync } from "../../lib/drive/run.ts";
import { openVirtualRecorders, virtualTransport } from "../../lib/drive/virtual.ts";
import { mediumNamed, memoryStore, VirtualDrive } from "../../lib/recorder/mod.ts";
import { Cancelled, type Procedure, type Reply } from "../../lib/mmc/request.ts";
import type { Transport } from "../../lib/drive/transport.ts";

const REPLY: Reply = { status: 0, sense: new Uint8Array(0), dataIn: Uint8Array.of(7), transport: "ok" };

function transportOf(execute: () => Reply): Transport {
  return {
    maxTransferBytes: 65536,
    execute,
    executeAsync: () => Promise.resolve().then(execute),
    [Symbol.dispose](): void {},
  };
}

function* sample(log: string[]): Procedure<string> {
  try {
    const reply = yield { kind: "command", cdb: new Uint8Array(6), timeoutMs: 1 };
    log.push(`reply ${reply.dataIn[0]}`);
    const source = yield { kind: "source", lba: 3, count: 2 };
    log.push(`source ${source.dataIn.length} ${source.dataIn[0]}`);
    yield { kind: "progress", progress: { action: "half" } };
    yield { kind: "wait", durationMs: 5 };
    return "done";
  } catch (error) {
    log.push(`caught ${(error as Error).message}`);
    yield { kind: "wait", durationMs: 1 };
    yield { kind: "command", cdb: new Uint8Array(6), timeoutMs: 1 };
    log.push("cleaned up");
    throw error;
  }
}

Deno.test("runSync() carries out every kind of request", () => {
  const log: string[] = [];
  const result = runSync(sample(log), {
    transport: transportOf(() => REPLY),
    source: (lba, _count, target) => void target.fill(lba),
    onProgress: (progress: { action: string }) => void log.push(progress.action),
    sleep: (durationMs) => void log.push(`slept ${durationMs}`),
  });
  assertEquals(result, "done");
  assertEquals(log, ["reply 7", "source 4096 3", "half", "slept 5"]);
});

Deno.test("runAsync() carries out every kind of request", async () => {
  const log: string[] = [];
  const result = await runAsync(sample(log), {
    transport: transportOf(() => REPLY),
    source: (lba, _count, target) => Promise.resolve(void target.fill(lba)),
    onProgress: (progress: { action: string }) => void log.push(progress.action),
  });
  assertEquals([result, ...log], ["done", "reply 7", "source 4096 3", "half"]);
});

Deno.test("runSync() hands what a source throws to the procedure, and carries out its clean-up", () => {
  const log: string[] = [];
  assertThrows(
    () =>
      runSync(sample(log), {
        transport: transportOf(() => REPLY),
        source: () => {
          throw new Error("no disk");
        },
        sleep: () => {},
      }),
    Error,
    "no disk",
  );
  assertEquals(log, ["reply 7", "caught no disk", "cleaned up"]);
});

Deno.test("runSync() cancels once, and lets the clean-up run", () => {
  const log: string[] = [];
  assertThrows(() =>
    runSync(sample(log), {
      transport: transportOf(() => REPLY),
      source: () => {},
      isCancelled: () => true,
      sleep: () => {},
    }), Cancelled);
  assertEquals(log.slice(-2), ["caught Cancelled", "cleaned up"]);
});

Deno.test("runAsync() ends a wait when it is aborted", async () => {
  const controller = new AbortController();
  const log: string[] = [];
  function* long(): Procedure<void> {
    try {
      yield { kind: "wait", durationMs: 600_000 };
    } finally {
      yield { kind: "command", cdb: new Uint8Array(6), timeoutMs: 1 };
      log.push("cleaned up");
    }
  }
  const running = runAsync(long(), { transport: transportOf(() => REPLY), signal: controller.signal });
  controller.abort();
  await assertRejects(() => running, Cancelled);
  assertEquals(log, ["cleaned up"]);
});

Deno.test("runAsync() hands a broken transport's error to the procedure", async () => {
  const log: string[] = [];
  let calls = 0;
  const transport = transportOf(() => {
    if (calls++ === 0) throw new Error("closed");
    return REPLY;
  });
  await assertRejects(() => runAsync(sample(log), { transport }), Error, "closed");
  assertEquals(log, ["caught closed", "cleaned up"]);
});

Deno.test("runSync() reports progress no more often than asked, and every change of action", () => {
  function* many(): Procedure<void> {
    for (const action of ["writing", "writing", "writing", "finalizing", "finalizing"]) {
      yield { kind: "progress", progress: { action } };
    }
  }
  const log: string[] = [];
  runSync(many(), {
    transport: transportOf(() => REPLY),
    onProgress: (progress: { action: string }) => void log.push(progress.action),
    progressIntervalMs: 60_000,
    sleep: () => {},
  });
  assertEquals(log, ["writing", "finalizing"]);
});

function inTemporaryFolder(name: string, run: (folder: string) => Promise<void> | void): void {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir({ prefix: "burnscript-test-" });
    try {
      await run(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

const source = (lba: number, count: number, target: Uint8Array): void => {
  for (let i = 0; i < count; i++) target.fill((lba + i) & 0xff, i * 2048, (i + 1) * 2048);
};

inTemporaryFolder("openVirtualRecorders() keeps discs in files from run to run", async (folder) => {
  const file = `${folder}/disc.iso`;
  const specs = [{ medium: "dvd+r", file }, { medium: "none", file: "x" }];
  const [recorder, empty] = openVirtualRecorders(specs);
  assert(recorder !== undefined && empty !== undefined);
  assertEquals(openVirtualRecorders(specs).map(({ identity }) => identity.uniqueId), [
    recorder.identity.uniqueId,
    empty.identity.uniqueId,
  ]);
  for await (const entry of Deno.readDir(folder)) fail(`created ${entry.name} without need`);
  {
    using transport = recorder.open({ exclusive: true });
    const burn = burnData({ sizeSectors: 100, close: "appendable", verify: "full" });
    await runAsync(burn, { transport, source });
  }
  const bytes = await Deno.readFile(file);
  assertEquals([bytes.length, bytes[2048 * 99]], [112 * 2048, 99]);
  const [again] = openVirtualRecorders(specs);
  using transport = again!.open({ exclusive: false });
  assertEquals(
    runSync(inspect(), { transport, sleep: () => {} }).description,
    "DVD+R, appendable, 1 session, 4.7 GB free",
  );
  using none = empty.open({ exclusive: true });
  const error = assertThrows(
    () =>
      runSync(burnData({ sizeSectors: 1, close: "finalize", verify: "none" }), {
        transport: none,
        sleep: () => {},
      }),
    BurnError,
  );
  assertEquals(error.hresultName, "E_IMAPI_RECORDER_MEDIA_NO_MEDIA");
});

inTemporaryFolder("openVirtualRecorders() remembers an open tray between two openings", (folder) => {
  const [recorder] = openVirtualRecorders([{ medium: "cd-r", file: `${folder}/disc.iso` }]);
  const run = <T>(procedure: Procedure<T>): T => {
    using transport = recorder!.open({ exclusive: false });
    return runSync(procedure, { transport, sleep: () => {} });
  };
  assertEquals(run(inspect()).status, "blank");
  run(ejectMedia());
  assertEquals(run(inspect()).status, "absent");
  assertEquals(run(closeTray()), true);
  assertEquals(run(inspect()).status, "blank");
});

inTemporaryFolder("runAsync() over a virtual recorder leaves the event loop its turns", async (folder) => {
  const [recorder] = openVirtualRecorders([{ medium: "dvd+r", file: `${folder}/disc.iso` }]);
  using transport = recorder!.open({ exclusive: true });
  let turns = 0;
  let lastLba = 0;
  const controller = new AbortController();
  // Without its turns it would not be stopped.
  const timer = setInterval(() => {
    if (lastLba > 0 && ++turns === 3) controller.abort();
  }, 1);
  const burn = burnData({ sizeSectors: 2_000_000, close: "finalize", verify: "none" });
  const counted: typeof source = (lba, count, target) => {
    lastLba = lba;
    source(lba, count, target);
  };
  const error = await assertRejects(
    () => runAsync(burn, { transport, source: counted, signal: controller.signal }),
    BurnError,
  );
  clearInterval(timer);
  assertEquals(error.hresultName, "E_IMAPI_REQUEST_CANCELLED");
  assertEquals(error.discState?.status, "appendable");
});

inTemporaryFolder("openVirtualRecorders() says which disc a file is, and which file is damaged", (folder) => {
  const file = `${folder}/disc.iso`;
  const open = (medium: string): void =>
    openVirtualRecorders([{ medium, file }])[0]!.open({ exclusive: true })[Symbol.dispose]();
  {
    using transport = openVirtualRecorders([{ medium: "cd-r", file }])[0]!.open({ exclusive: true });
    const burn = burnData({ sizeSectors: 10, close: "finalize", verify: "none" });
    runSync(burn, { transport, source, sleep: () => {} });
  }
  const other = assertThrows(() => open("dvd+r"), BurnError, "it is a cd-r, not a dvd+r");
  assertEquals(other.hresultName, "E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE");
  Deno.writeTextFileSync(`${file}.burnscript.json`, "{");
  assertThrows(() => open("cd-r"), BurnError, `delete "${file}.burnscript.json"`);
});

Deno.test("runSync() lets a drive that takes its time have it", () => {
  let nowMs = 0;
  const drive = new VirtualDrive({ kind: mediumNamed("dvd+r"), store: memoryStore(), clock: () => nowMs });
  using transport = virtualTransport(drive);
  const sleep = (durationMs: number): void => void (nowMs += durationMs);
  runSync(burnData({ sizeSectors: 64, close: "finalize", verify: "full" }), { transport, source, sleep });
  // Loading, closing the track and finalising: 3, 2 and 15 seconds.
  assert(nowMs >= 20_000 && nowMs < 60_000, `${nowMs}`);
});

inTemporaryFolder(
  "openVirtualRecorders() takes a disc whose file was deleted for a new one",
  async (folder) => {
    const file = `${folder}/disc.iso`;
    const status = (): string => {
      using transport = openVirtualRecorders([{ medium: "cd-r", file }])[0]!.open({ exclusive: true });
      return runSync(inspect(), { transport, sleep: () => {} }).status;
    };
    {
      using transport = openVirtualRecorders([{ medium: "cd-r", file }])[0]!.open({ exclusive: true });
      const burn = burnData({ sizeSectors: 10, close: "finalize", verify: "none" });
      runSync(burn, { transport, source, sleep: () => {} });
    }
    assertEquals(status(), "finalized");
    await Deno.remove(file);
    assertEquals(status(), "blank");
  },
);

inTemporaryFolder(
  "openVirtualRecorders() leaves no file beside an image that is only read",
  async (folder) => {
    const file = `${folder}/image.iso`;
    await Deno.writeFile(file, new Uint8Array(3 * 2048).fill(1));
    using transport = openVirtualRecorders([{ medium: "dvd+r", file }])[0]!.open({ exclusive: true });
    const medium = runSync(inspect(), { transport, sleep: () => {} });
    assertEquals([medium.status, medium.recordedSectors], ["finalized", 3]);
    transport[Symbol.dispose]();
    const names = [];
    for await (const { name } of Deno.readDir(folder)) names.push(name);
    const lockFile = Deno.build.os === "windows" ? ["image.iso.lock"] : []; // see lib/platform/file_lock.ts
    assertEquals(names.sort(), ["image.iso", ...lockFile]);
  },
);

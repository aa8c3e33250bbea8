import { assertEquals, assertThrows } from "@std/assert";
import { EVENTS } from "../../lib/automation/events.ts";
import type { Recorder } from "../../lib/drive/transport.ts";
import { openVirtualRecorders } from "../../lib/drive/virtual.ts";
import { DiscMaster2 } from "../../lib/imapi/disc_master2.ts";
import { Drives } from "../../lib/imapi/_drives.ts";
import { testEnvironment } from "./_environment.ts";

/** A list of drives that changes, and a clock that is set by hand. */
class Bench {
  recorders: readonly Recorder[];
  nowMs = 0;
  asks: (() => boolean)[] = [];
  readonly heard: string[] = [];
  readonly master: DiscMaster2;

  constructor(...names: readonly string[]) {
    this.recorders = names.map(recorder);
    const environment = testEnvironment({
      recorders: () => this.recorders,
      now: () => new Date(this.nowMs),
      watch: (ask) => void this.asks.push(ask),
    });
    this.master = new DiscMaster2(new Drives(environment), environment);
  }

  listen(): void {
    this.master[EVENTS].connect((name, [object, id]) => {
      assertEquals(object, this.master);
      this.heard.push(`${name} ${id}`);
    });
  }

  /** The program sleeps for so long. */
  sleep(durationMs: number): void {
    this.nowMs += durationMs;
    for (const ask of this.asks) ask();
  }
}

function recorder(name: string): Recorder {
  const [one] = openVirtualRecorders([{ medium: "none", file: name }]);
  return { ...one!, identity: { ...one!.identity, uniqueId: name } };
}

Deno.test("NotifyDeviceAdded and NotifyDeviceRemoved are fired for what changed, once", () => {
  const bench = new Bench("a", "b");
  bench.listen();
  bench.sleep(1000);
  assertEquals(bench.heard, []);
  bench.recorders = [recorder("b"), recorder("c")];
  bench.sleep(1000);
  bench.sleep(1000);
  assertEquals(bench.heard, ["NotifyDeviceRemoved a", "NotifyDeviceAdded c"]);
});

Deno.test("drives are listed once a second, and not at all when nobody listens", () => {
  const bench = new Bench("a");
  assertEquals(bench.asks.length, 0);
  bench.listen();
  bench.listen();
  assertEquals(bench.asks.length, 1);
  bench.recorders = [];
  bench.sleep(999);
  assertEquals(bench.heard, []);
  bench.sleep(1);
  assertEquals(bench.heard, ["NotifyDeviceRemoved a", "NotifyDeviceRemoved a"]);
});

Deno.test("an error of a handler ends the sleep, and the next change is heard", () => {
  const bench = new Bench("a");
  const disconnect = bench.master[EVENTS].connect(() => {
    throw new Error("of the handler");
  });
  bench.recorders = [];
  assertThrows(() => bench.sleep(1000), Error, "of the handler");
  disconnect();
  bench.listen();
  bench.recorders = [recorder("z")];
  bench.sleep(1000);
  assertEquals(bench.heard, ["NotifyDeviceAdded z"]);
});

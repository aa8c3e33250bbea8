import { assert, assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { burnData, inspect, type Medium } from "../../lib/burn/mod.ts";
import { runSync } from "../../lib/drive/run.ts";
import { virtualTransport } from "../../lib/drive/virtual.ts";
import { discAreas, discMap } from "../../lib/jobs/disc_map.ts";
import { SpeedCurve, type TimedProgress } from "../../lib/jobs/speed_curve.ts";
import { mediumNamed, memoryStore, VirtualDrive } from "../../lib/recorder/mod.ts";

/** What inspecting a disc finds on which sessions of these sizes were burned. */
function burned(kind: string, ...sessions: readonly number[]): Medium {
  const transport = virtualTransport(new VirtualDrive({ kind: mediumNamed(kind), store: memoryStore() }));
  for (const sizeSectors of sessions) {
    runSync(burnData({ sizeSectors, close: "appendable", verify: "none" }), {
      transport,
      source: (_lba, _count, target) => void target.fill(1),
      sleep: () => {},
    });
  }
  return runSync(inspect(), { transport, sleep: () => {} });
}

for (const kind of ["cd-r", "dvd-r", "dvd+r", "dvd+rw", "bd-r", "bd-re"]) {
  Deno.test(`discAreas() of a ${kind} are all its sectors, each once`, () => {
    for (const medium of [burned(kind), burned(kind, 1000)]) {
      let endLba = 0;
      for (const { startLba, lengthSectors } of discAreas(medium)) {
        assertEquals(startLba, endLba);
        assert(lengthSectors > 0);
        endLba += lengthSectors;
      }
      assertEquals(endLba, medium.totalSectors);
    }
  });
}

Deno.test("discAreas() names sessions, what lies between them, and what is free", () => {
  const medium = burned("cd-r", 1000, 500);
  assertEquals(discAreas(medium).map(({ kind, title }) => `${kind}: ${title}`), [
    "data: Session 1, track 1",
    "closed: Between tracks",
    "data: Session 2, track 2",
    "closed: Between tracks",
    "free: Free",
  ]);
});

for (const kind of ["cd-r", "dvd+r", "dvd-ram", "bd-re", "dvd+rw"]) {
  Deno.test(`discAreas() of a blank ${kind} is free space`, () => {
    assertEquals(discAreas(burned(kind)).map(({ kind }) => kind), ["free"]);
  });
}

Deno.test("discAreas() of a closed disc with little data on it are not all data", () => {
  const medium = { ...burned("bd-r", 1000), status: "finalized", nwa: undefined, freeSectors: 0 } as const;
  const areas = discAreas({ ...medium, totalSectors: 1024 });
  assertEquals(areas.map(({ kind }) => kind), ["data", "closed"]);
  assertEquals(areas.reduce((sum, { lengthSectors }) => sum + lengthSectors, 0), 12_219_392);
});

Deno.test("discMap() draws speeds over what was written, not over the whole disc", () => {
  const points = [100, 300, 500].map((lba) => ({ lba, bytesPerSecond: 9e6 }));
  const svg = discMap({ title: "x", medium: burned("bd-re", 600), writing: points });
  const [, line] = /<polyline points="([^"]*)"/.exec(svg)!;
  const xs = line!.split(" ").map((point) => Number(point.split(",")[0]));
  // The chart goes from 124 to 936: the middles of three thirds.
  assertEquals(xs, [259.3, 530, 800.7]);
  assertMatch(svg, />0 bytes<.*>1\.2 MB</s);
});

Deno.test("discAreas() of a disc that is written anywhere tells what is formatted, and what is not yet", () => {
  assertEquals(discAreas(burned("dvd+rw", 1000)).map(({ kind, title }) => `${kind}: ${title}`), [
    "data: Formatted, written anywhere",
    "free: Not formatted yet",
  ]);
});

/** Radii of the disc's circles, from the outside to the inside. */
function radii(svg: string): number[] {
  return [...svg.matchAll(/<circle class="\w+" cx="236" cy="300" r="([\d.]+)"/g)].map(([, r]) => Number(r));
}

Deno.test("discMap() gives each track the area that it takes", () => {
  const half = { ...burned("dvd+r", 1000), totalSectors: 4000, nwa: 2000, freeSectors: 2000 };
  const [, outer, middle] = radii(
    discMap({ title: "x", medium: { ...half, tracks: [{ ...half.tracks[0]!, lastRecordedLba: 1999 }] } }),
  );
  // Half the area between the radii 96 and 204.
  assertEquals([outer, middle], [204, Math.round(Math.sqrt((204 ** 2 + 96 ** 2) / 2) * 100) / 100]);
});

Deno.test("discMap() draws no chart without speeds, and is well-formed with them", () => {
  const medium = burned("bd-r", 1000);
  assertNotMatch(discMap({ title: "x", medium }), /polyline/);
  const points = [{ lba: 10, bytesPerSecond: 9e6 }, { lba: 900, bytesPerSecond: 18e6 }];
  const svg = discMap({
    title: '<a> & "b"',
    medium,
    writing: points,
    verifying: points.slice(1),
    bytesPerSecondAt1x: 4_495_625,
  });
  assertStringIncludes(svg, "&lt;a&gt; &amp; &quot;b&quot;");
  // The mean over the time that it took: twice as long at half the speed.
  assertMatch(svg, /Writing, 12 MB\/s on average \(2\.7x\)/);
  assertEquals(svg.match(/<polyline /g)?.length, 1);
  assertNotMatch(svg, /NaN|Infinity|undefined/);
});

Deno.test("discMap() stays small on a disc of 99 tracks", () => {
  const medium = burned("cd-r", 300);
  const tracks = Array.from(
    { length: 99 },
    (_, at) => ({ ...medium.tracks[0]!, track: at + 1, startLba: at * 600, lastRecordedLba: at * 600 + 299 }),
  );
  assert(discMap({ title: "x", medium: { ...medium, tracks } }).length < 50_000);
});

function told(action: TimedProgress["action"], sectors: number, elapsedMs: number): TimedProgress {
  return { action, startLba: 100, sectorCount: 1000, lastWrittenLba: 100 + sectors - 1, elapsedMs };
}

Deno.test("SpeedCurve has the speed of each stretch, of writing and of verifying", () => {
  const curve = new SpeedCurve();
  curve.add(told("writing", 0, 1000));
  curve.add(told("writing", 500, 1500)); // 500 sectors in 0.5 s
  curve.add(told("writing", 1000, 2500)); // 500 in 1 s
  curve.add(told("finalizing", 0, 9000));
  curve.add(told("verifying", 0, 9000));
  curve.add(told("verifying", 1000, 9500));
  assertEquals(curve.writing, [
    { lba: 350, bytesPerSecond: 2_048_000 },
    { lba: 850, bytesPerSecond: 1_024_000 },
  ]);
  assertEquals(curve.verifying, [{ lba: 600, bytesPerSecond: 4_096_000 }]);
});

Deno.test("SpeedCurve keeps some hundred points of a long burn", () => {
  const curve = new SpeedCurve();
  for (let at = 0; at <= 100_000; at++) {
    curve.add({
      action: "writing",
      startLba: 0,
      sectorCount: 100_000,
      lastWrittenLba: at - 1,
      elapsedMs: at,
    });
  }
  assertEquals(curve.writing.length, 200);
});

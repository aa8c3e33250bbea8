import { assertEquals, assertMatch } from "@std/assert";
import type { BurnProgress } from "../../lib/burn/mod.ts";
import { ProgressDisplay, type ProgressMode } from "../../lib/jobs/progress_display.ts";

function shown(mode: ProgressMode, sectorCount = 1000): { text: string; json: unknown[] } {
  let nowMs = 0;
  const seen = { text: "", json: [] as unknown[] };
  const display = new ProgressDisplay(mode, {
    write: (text) => void (seen.text += text),
    json: (value) => seen.json.push(value),
    nowMs: () => nowMs,
  });
  const step = (action: BurnProgress["action"], done: number): void => {
    nowMs += 250;
    display.show({
      action,
      startLba: 0,
      sectorCount,
      lastReadLba: done - 1,
      lastWrittenLba: done - 1,
      totalSystemBufferBytes: 0,
      usedSystemBufferBytes: 0,
    });
  };
  step("validating", 0);
  for (let done = 0; done <= sectorCount; done += sectorCount / 20) step("writing", done);
  step("finalizing", sectorCount);
  step("completed", sectorCount);
  display.finish();
  return seen;
}

Deno.test("ProgressDisplay.show() plain lines, one a tenth", () => {
  const lines = shown("lines").text.split("\n");
  assertEquals(lines[0], "Checking the disc");
  assertEquals(lines.filter((line) => line.startsWith("Writing")).length, 10);
  assertMatch(lines[10]!, /^Writing 100 % {2}2\.0 of 2\.0 MB, .* MB\/s$/);
  assertEquals(lines.slice(11), ["Closing", ""]);
});

Deno.test("ProgressDisplay.show() little in kB or bytes", () => {
  assertMatch(shown("lines", 20).text, /^Writing 100 % {2}41\.0 kB of 41\.0 kB, 8\.2 kB\/s$/m);
  assertMatch(shown("lines", 0.1).text, /^Writing {2}50 % {2}102 bytes of 205 bytes, 41 bytes\/s,/m);
});

Deno.test("ProgressDisplay.show() a bar rewrites its line and ends it", () => {
  const { text } = shown("bar");
  assertMatch(text, /\rWriting +█{15}░{15} +50 %/);
  assertMatch(text, /100 %[^\n]*\nClosing …\n$/);
});

Deno.test("ProgressDisplay.show() JSON has fractions and ends with what is done", () => {
  const { json, text } = shown("json");
  assertEquals(text, "");
  assertEquals(json.at(-1), { event: "progress", action: "completed" });
  assertEquals(
    json.filter((row) => (row as { fraction?: number }).fraction === 1).length,
    1,
  );
});

Deno.test("ProgressDisplay.show() nothing when quiet", () => {
  assertEquals(shown("none"), { text: "", json: [] });
});

Deno.test("ProgressDisplay.show() speed as a multiple of 1x, and the drive's buffer, where they are known", () => {
  for (
    const [mode, expected] of [["lines", /MB\/s \(1\.5x\), buffer 92 %$/m], [
      "json",
      /"times":1\.5,"driveBuffer":0\.92/,
    ]] as const
  ) {
    let nowMs = 0;
    let said = "";
    const display = new ProgressDisplay(mode, {
      write: (text) => said += text,
      json: (value) => said += JSON.stringify(value),
      nowMs: () => nowMs,
    });
    for (const done of [0, 680 * 3]) {
      display.show({
        action: "writing",
        startLba: 0,
        sectorCount: 680 * 3,
        lastReadLba: done - 1,
        lastWrittenLba: done - 1,
        totalSystemBufferBytes: 0,
        usedSystemBufferBytes: 0,
        sectorsPerSecondAt1x: 680,
        driveBufferFraction: 0.92,
      });
      nowMs += 2000;
    }
    assertMatch(said, expected);
  }
});

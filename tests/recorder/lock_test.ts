/** Two recorders over one disc file, as two processes have them. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { burnData, BurnError, inspect, type Medium } from "../../lib/burn/mod.ts";
import { runSync } from "../../lib/drive/run.ts";
import type { Recorder, Transport } from "../../lib/drive/transport.ts";
import { openVirtualRecorders } from "../../lib/drive/virtual.ts";

function withTwo(medium: string, work: (first: Recorder, second: Recorder) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    const spec = { medium, file: `${folder}/disc.iso` };
    // Another place among recorders makes another one of it, as another process would.
    const [first] = openVirtualRecorders([spec]);
    const [, second] = openVirtualRecorders([{ medium: "none", file: "none" }, spec]);
    assert(first !== undefined && second !== undefined);
    work(first, second);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function look(transport: Transport): Medium {
  return runSync(inspect(), { transport, sleep: () => {} });
}

function burn(recorder: Recorder): void {
  using transport = recorder.open({ exclusive: true });
  runSync(burnData({ sizeSectors: 100, close: "appendable", verify: "full" }), {
    transport,
    source: (_lba, _count, target) => void target.fill(7),
    sleep: () => {},
  });
}

for (const medium of ["dvd+r", "dvd+rw"]) {
  Deno.test(`Recorder.open() of a ${medium} that another process writes is refused, and works after it`, () => {
    withTwo(medium, (first, second) => {
      {
        using _transport = first.open({ exclusive: true });
        const error = assertThrows(
          () => second.open({ exclusive: true }),
          BurnError,
          "another program is writing it",
        );
        assertEquals(error.hresultName, "E_IMAPI_RECORDER_LOCKED");
        using looking = second.open({ exclusive: false });
        assertEquals(look(looking).status, "blank");
      }
      burn(second);
    });
  });

  Deno.test(`Recorder.open() of a ${medium} finds what another process has made of it meanwhile`, () => {
    withTwo(medium, (first, second) => {
      using looking = first.open({ exclusive: false });
      assertEquals(look(looking).status, "blank");
      burn(second);
      {
        using writing = first.open({ exclusive: true });
        assertEquals(
          look(writing).description,
          medium === "dvd+r" ? "DVD+R, appendable, 1 session, 4.7 GB free" : "DVD+RW, overwritable, 4.7 GB",
        );
      }
    });
  });

  Deno.test(`Recorder.open() to look at a blank ${medium} takes nothing back that another process writes`, () => {
    withTwo(medium, (first, second) => {
      {
        using looking = first.open({ exclusive: false });
        assertEquals(look(looking).status, "blank");
        burn(second);
      }
      using again = second.open({ exclusive: false });
      assert(look(again).status !== "blank");
    });
  });
}

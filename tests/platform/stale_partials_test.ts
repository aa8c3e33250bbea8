import { assertEquals } from "@std/assert";
import { removeStalePartials } from "../../lib/platform/stale_partials.ts";

const onLinux = { ignore: Deno.build.os !== "linux" };

Deno.test(
  "removeStalePartials() removes what processes that are gone have left, and nothing else",
  onLinux,
  () => {
    const folder = Deno.makeTempDirSync();
    const gone = Number(Deno.readTextFileSync("/proc/sys/kernel/pid_max")) + 1;
    const old = new Date(Date.now() - 3_600_000);
    const names = [`a.iso.partial-${gone}`, `a.iso.partial-${gone + 1}`];
    const kept = [
      `a.iso.partial-${Deno.pid}`, // of a process that is there
      `b.iso.partial-${gone}`, // of another file
      "a.iso.partial-of-mine",
      "a.iso",
    ];
    for (const name of [...names, ...kept]) {
      Deno.writeTextFileSync(`${folder}/${name}`, "x");
      Deno.utimeSync(`${folder}/${name}`, old, old);
    }
    // One that was written a moment ago may be of another computer.
    Deno.utimeSync(`${folder}/${names[1]}`, new Date(), new Date());
    removeStalePartials(`${folder}/a.iso`);
    const left = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    assertEquals(left, [names[1]!, ...kept].sort());
    removeStalePartials(`${folder}/nowhere/a.iso`);
    Deno.removeSync(folder, { recursive: true });
  },
);

/** `burnscript erase`: a rewritable disc is made blank. @module */
import { describeMedium } from "../burn/mod.ts";
import { erase } from "../jobs/erase.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import { writeText } from "../platform/console.ts";
import {
  cancellable,
  type Command,
  parseCommand,
  printJson,
  printNote,
  progressMode,
  UsageError,
} from "./command.ts";

/** The `erase` command. */
export const eraseCommand: Command = {
  help: `usage: burnscript erase [OPTIONS]

Makes a rewritable disc blank: CD-RW and DVD-RW by the drive's own command, DVD+RW, DVD-RAM and BD-RE by zeros
where file systems begin. What a quick erase leaves on the disc can be found again; --full erases every
sector.

  --drive N|PATH         which recorder, as "burnscript drives" shows them (default 0)
  --full                 erase every sector: takes as long as writing the whole disc. A DVD-RW is always
                         blanked so, and comes back from --overwritable
  --overwritable         make a DVD-RW one that is overwritten in place, like a DVD+RW
  --virtual MEDIUM=FILE  erase a virtual disc instead
  --json, --quiet        JSON lines on standard output; no progress

Exit codes: 0 erased, 1 failed, 2 wrong use, 3 no recorder or no medium, 130 after Ctrl-C.

  burnscript erase
  burnscript erase --drive 1 --full
`,
  run: async (args) => {
    const parsed = parseCommand(args, { text: ["drive"], flag: ["full", "overwritable"] });
    if (parsed.positional.length > 0) {
      throw new UsageError("Erase takes no files; it erases the disc in the recorder");
    }
    if (parsed.has("full") && parsed.has("overwritable")) {
      throw new UsageError("--full and --overwritable lead to different discs; give one of them");
    }
    const mode = progressMode(parsed);
    let shown = -1;
    const show = (fraction: number): void => {
      const percent = Math.floor(fraction * 100);
      if (percent === shown || mode === "none") return;
      if (mode === "json") printJson({ event: "progress", action: "erasing", fraction });
      else if (mode === "bar") writeText("stderr", `\rErasing ${percent} %`);
      else if (Math.floor(percent / 10) !== Math.floor(shown / 10)) {
        writeText("stderr", `Erasing ${percent} %\n`);
      }
      shown = percent;
    };
    return await cancellable(async (signal) => {
      try {
        const medium = await erase({
          recorder: parsed.text("drive") ?? 0,
          full: parsed.has("full"),
          overwritable: parsed.has("overwritable"),
          session: parsed.session,
          signal,
          onNote: printNote,
          onProgress: show,
        });
        if (parsed.json) printJson({ event: "erased", medium });
        else {writeText(
            "stdout",
            `${shown >= 0 && mode === "bar" ? "\n" : ""}Erased; the disc: ${describeMedium(medium)}\n`,
          );}
        return EXIT.done;
      } catch (error) {
        if (shown >= 0 && mode === "bar") writeText("stderr", "\n");
        throw error;
      }
    });
  },
};

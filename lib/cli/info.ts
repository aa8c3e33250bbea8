/** `burnscript info`: which disc is in a recorder, and in which state. @module */
import { describeMedium, inspect } from "../burn/mod.ts";
import { runAsync } from "../drive/run.ts";
import { chooseRecorder } from "../jobs/burn.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import { writeText } from "../platform/console.ts";
import { type Command, parseCommand, printJson } from "./command.ts";

/** The `info` command. */
export const infoCommand: Command = {
  name: "info",
  summary: "show which disc is in a recorder, and in which state",
  help: `usage: burnscript info [OPTIONS]

Asks a recorder what disc is in it: its kind, blank, appendable or closed, its tracks, and the room that is left.

  --drive N|PATH         which recorder, as "burnscript drives" shows them (default 0)
  --virtual MEDIUM=FILE  look at a virtual disc
  --json                 one JSON object

Exit codes: 0 done, 1 failed, 3 no recorder or no medium.
`,
  run: async (args) => {
    const parsed = parseCommand(args, { text: ["drive"] });
    const recorder = chooseRecorder(parsed.text("drive") ?? 0, parsed.session);
    using transport = recorder.open({ exclusive: false });
    const medium = await runAsync(inspect(), {
      transport,
      sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    });
    if (parsed.json) printJson({ recorder: recorder.identity, medium });
    else {
      const { vendorId, productId, path } = recorder.identity;
      writeText("stdout", `${vendorId} ${productId} (${path})\n${describeMedium(medium)}\n`);
    }
    return EXIT.done;
  },
};

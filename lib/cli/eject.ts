/** `burnscript eject` and `burnscript load`: the tray. @module */
import { describeMedium } from "../burn/mod.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import { eject, load } from "../jobs/tray.ts";
import { writeText } from "../platform/console.ts";
import { type Command, parseCommand, printJson, printNote, UsageError } from "./command.ts";

/** The `eject` command. */
export const ejectCommand: Command = {
  help: `usage: burnscript eject [OPTIONS]

Opens the tray of a recorder; a mounted disc is unmounted, and a lock that an earlier program left is taken
off first.

  --drive N|PATH         which recorder, as "burnscript drives" shows them (default 0)
  --json                 one JSON object

Exit codes: 0 done, 1 failed, 2 wrong use, 3 no recorder.
`,
  run: async (args) => {
    const parsed = parseCommand(args, { text: ["drive"] });
    if (parsed.positional.length > 0) throw new UsageError("Which recorder? --drive N, not a name alone");
    await eject({ recorder: parsed.text("drive") ?? 0, session: parsed.session, onNote: printNote });
    if (parsed.json) printJson({ event: "ejected" });
    return EXIT.done;
  },
};

/** The `load` command. */
export const loadCommand: Command = {
  help: `usage: burnscript load [OPTIONS]

Closes the tray of a recorder, waits until the disc is read, and says what it is.

  --drive N|PATH         which recorder, as "burnscript drives" shows them (default 0)
  --json                 one JSON object

Exit codes: 0 done, 1 failed, 2 wrong use, 3 no recorder or no medium.
`,
  run: async (args) => {
    const parsed = parseCommand(args, { text: ["drive"] });
    if (parsed.positional.length > 0) throw new UsageError("Which recorder? --drive N, not a name alone");
    const medium = await load({ recorder: parsed.text("drive") ?? 0, session: parsed.session });
    if (parsed.json) printJson({ event: "loaded", medium });
    else writeText("stdout", `${describeMedium(medium)}\n`);
    return medium.status === "absent" ? EXIT.noRecorder : EXIT.done;
  },
};

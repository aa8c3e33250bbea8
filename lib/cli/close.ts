/** `burnscript close`: what a burn that was cut off left open. @module */
import { describeMedium } from "../burn/mod.ts";
import { closeDisc } from "../jobs/close.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import { writeText } from "../platform/console.ts";
import { type Command, parseCommand, printJson, printNote, UsageError } from "./command.ts";

/** The `close` command. */
export const closeCommand: Command = {
  help: `usage: burnscript close [OPTIONS]

Closes the track and the session that a burn left open when it was cut off, so that what is on the disc can be
read; where the medium allows, another session can follow. To go on with that burn instead: burnscript burn
--continue.

  --drive N|PATH         which recorder, as "burnscript drives" shows them (default 0)
  --virtual MEDIUM=FILE  close a virtual disc instead
  --json                 one JSON object

Exit codes: 0 closed, or nothing was open; 1 failed, 2 wrong use, 3 no recorder or no medium.
`,
  run: async (args) => {
    const parsed = parseCommand(args, { text: ["drive"] });
    if (parsed.positional.length > 0) throw new UsageError("Which recorder? --drive N, not a name alone");
    const closed = await closeDisc({
      recorder: parsed.text("drive") ?? 0,
      session: parsed.session,
      onNote: printNote,
    });
    const { wasOpen, medium } = closed;
    if (parsed.json) printJson({ event: "closed", wasOpen, medium });
    else {writeText(
        "stdout",
        `${wasOpen ? "Closed" : "Nothing is open"}; the disc: ${describeMedium(medium)}\n`,
      );}
    return medium.status === "absent" ? EXIT.noRecorder : EXIT.done;
  },
};

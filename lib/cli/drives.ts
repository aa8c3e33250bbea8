/** `burnscript drives`: which recorders there are. @module */
import { EXIT } from "../jobs/exit_codes.ts";
import { findRecorders } from "../jobs/recorders.ts";
import { writeText } from "../platform/console.ts";
import { type Command, parseCommand, printJson } from "./command.ts";

/** The `drives` command. */
export const drivesCommand: Command = {
  help: `usage: burnscript drives [OPTIONS]

Lists the recorders: number, device, vendor, product and revision. Exit code 3 if there is none.

  --virtual MEDIUM=FILE  list these virtual recorders instead
  --json                 one JSON object a recorder
`,
  run: (args) => {
    const parsed = parseCommand(args);
    const recorders = findRecorders(parsed.session.virtual);
    if (recorders.length === 0) {
      writeText(
        "stderr",
        "There is no recorder on this computer; connect one, or use --virtual dvd+r=disc.iso\n",
      );
      return Promise.resolve(EXIT.noRecorder);
    }
    for (const [index, { identity }] of recorders.entries()) {
      if (parsed.json) printJson({ index, ...identity });
      else {
        const { path, vendorId, productId, productRevision } = identity;
        writeText("stdout", `${index}  ${path}  ${vendorId} ${productId} ${productRevision}\n`);
      }
    }
    return Promise.resolve(EXIT.done);
  },
};

/** `burnscript burn`: a folder or an image onto a disc. @module */
import type { BurnResult } from "../burn/mod.ts";
import { burn } from "../jobs/burn.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import { writeText } from "../platform/console.ts";
import {
  cancellable,
  type Command,
  oneOf,
  parseCommand,
  printJson,
  progressDisplay,
  UsageError,
} from "./command.ts";
import { parseTimestamp } from "./image.ts";

/** The `burn` command. */
export const burnCommand: Command = {
  help: `usage: burnscript burn [OPTIONS] SOURCE

Burns the content of a folder, or an image file, onto the blank disc in a recorder, closes the disc and compares every
sector with the source.

  --drive N|PATH         which recorder, as "burnscript drives" shows them (default 0)
  --volume NAME          the volume's name (default: the folder's)
  --verify full|quick|none
                         compare every sector, look at the ends only, or not at all (default full)
  --close finalize|appendable
                         whether more sessions can follow (default finalize)
  --speed 8x             how fast; the drive takes the next lower speed that it has for the disc (default its fastest)
  --at-once              write a CD's session or a DVD-R in one piece (SAO, DAO), without padding; it cannot be closed
                         when it is cut off
  --simulate             only try it, with the laser at its reading power: CD-R, CD-RW, DVD-R and DVD-RW
  --overburn             go beyond the end that a CD tells of, as far as the drive lets it
  --force                overwrite a rewritable disc that holds data; without it such a disc is refused
  --virtual MEDIUM=FILE  burn to a virtual disc instead, such as dvd+r=disc.iso; "burnscript --help" lists the media
  --json, --quiet        JSON lines on standard output; no progress

Exit codes: 0 burned and verified, 1 failed, 2 wrong use, 3 no recorder or no medium, 4 verification failed, 130 after
Ctrl-C: the disc is then closed as well as it can be, and its state is said.

  burnscript burn photos
  burnscript burn --drive 1 --close appendable backup
  burnscript burn --virtual dvd+r=disc.iso --volume HOLIDAY photos
`,
  run: async (args) => {
    const parsed = parseCommand(args, {
      text: ["drive", "volume", "verify", "close", "timestamp", "speed"],
      flag: ["force", "at-once", "simulate", "overburn"],
    });
    const [source, ...others] = parsed.positional;
    if (source === undefined || others.length > 0) {
      throw new UsageError("What shall be burned? One folder or image file");
    }
    const display = progressDisplay(parsed);
    const volumeName = parsed.text("volume");
    const verify = oneOf(parsed, "verify", ["full", "quick", "none"]) ?? "full";
    const close = oneOf(parsed, "close", ["finalize", "appendable"]) ?? "finalize";
    const speed = parseSpeed(parsed.text("speed"));
    return await cancellable(async (signal) => {
      try {
        const result = await burn({
          source,
          recorder: parsed.text("drive") ?? 0,
          verify,
          close,
          forceOverwrite: parsed.has("force"),
          atOnce: parsed.has("at-once"),
          simulate: parsed.has("simulate"),
          overburn: parsed.has("overburn"),
          ...(speed === undefined ? {} : { speed }),
          ...(volumeName === undefined ? {} : { volumeName }),
          timestamp: parseTimestamp(parsed.text("timestamp")),
          onNote: (message) => writeText("stderr", `${message}\n`),
          session: parsed.session,
          signal,
          onProgress: (progress) => display.show(progress),
        });
        display.finish();
        if (parsed.json) printJson({ event: "burned", ...result });
        else writeText("stdout", `${describeResult(result)}\n`);
        return EXIT.done;
      } finally {
        display.finish();
      }
    });
  },
};

/** What a burn has done, in one line. */
function describeResult({ sizeSectors, simulated, speed, verified, discState }: BurnResult): string {
  const size = `${(sizeSectors * 2048 / 1e6).toFixed(1)} MB`;
  const at = speed.text === undefined ? "" : ` at ${speed.text}`;
  const verification = verified === "full" ? ", every sector verified" : "";
  return `${
    simulated ? "Simulated" : "Burned"
  } ${size}${at}${verification}; the disc: ${discState.description}`;
}

/** `8`, `8x` or `2.4x`. */
function parseSpeed(text: string | undefined): { times: number } | undefined {
  if (text === undefined) return undefined;
  const times = /^\d+(\.\d+)?x?$/i.test(text) ? parseFloat(text) : 0;
  if (times > 0) return { times };
  throw new UsageError(`--speed is a multiple such as 8x, not "${text}"`);
}

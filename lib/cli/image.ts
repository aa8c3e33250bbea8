/** `burnscript image`: a folder as an image file. @module */
import { EXIT } from "../jobs/exit_codes.ts";
import { image } from "../jobs/image.ts";
import { writeText } from "../platform/console.ts";
import { InterruptFlag, listenForSignals } from "../platform/interrupt.ts";
import { type Command, oneOf, parseCommand, printJson, progressDisplay, UsageError } from "./command.ts";

const FILE_SYSTEMS = { iso9660: 1, joliet: 2, udf: 4 } as const;

/** The `image` command. */
export const imageCommand: Command = {
  help: `usage: burnscript image [OPTIONS] FOLDER -o FILE

Makes one image that reads as ISO 9660, as Joliet and as UDF 1.02. FILE appears whole or not at all.

  -o, --output FILE      the image; - is standard output
  --fs LIST              which file systems, of iso9660,joliet,udf (default: all three)
  --rock-ridge [VERSION] add Rock Ridge to ISO 9660: names as they are, permissions, owners, symbolic and hard links;
                         1.12 (the default), or 1.09 for old readers
  --volume NAME          the volume's name (default: the folder's)
  --timestamp SECONDS    the time in the image's descriptors, in seconds since 1970, so that two runs give the same
                         bytes (default: SOURCE_DATE_EPOCH, or now)
  --json, --quiet        JSON lines on standard output; no progress

  burnscript image photos -o photos.iso
  burnscript image --rock-ridge --fs iso9660,joliet /srv/www -o www.iso
  burnscript image --quiet photos -o - | ssh host 'cat > photos.iso'
  SOURCE_DATE_EPOCH=0 burnscript image --fs udf --volume BACKUP data -o data.udf
`,
  run: (args) => Promise.resolve(runImage(args)),
};

function runImage(args: readonly string[]): number {
  const parsed = parseCommand(withVersion(args), {
    text: ["output", "fs", "volume", "timestamp", "rock-ridge"],
    alias: { output: "o" },
  });
  const [source, ...others] = parsed.positional;
  if (source === undefined || others.length > 0) {
    throw new UsageError("Of which folder shall the image be? Give one");
  }
  const output = parsed.text("output");
  if (output === undefined) throw new UsageError("Where shall the image go? Give -o FILE");
  const volumeName = parsed.text("volume");
  const fileSystems = parseFileSystems(parsed.text("fs"));
  const rockRidge = oneOf(parsed, "rock-ridge", ["1.12", "1.09"]);
  if (output === "-" && parsed.json) throw new UsageError("--json and -o - would both use standard output");
  const display = progressDisplay(parsed);
  const interrupt = new InterruptFlag();
  using _listener = listenForSignals(interrupt);
  try {
    const report = image({
      source,
      output,
      ...(volumeName === undefined ? {} : { volumeName }),
      ...(fileSystems === undefined ? {} : { fileSystems }),
      ...(rockRidge === undefined ? {} : { rockRidge }),
      timestamp: parseTimestamp(parsed.text("timestamp")),
      onNote: (message) => writeText("stderr", `${message}\n`),
      isCancelled: () => interrupt.raised,
      onProgress: (done, total) =>
        display.show({
          action: "writing",
          startLba: 0,
          sectorCount: total,
          lastReadLba: done - 1,
          lastWrittenLba: done - 1,
          totalSystemBufferBytes: 0,
          usedSystemBufferBytes: 0,
        }),
    });
    display.finish();
    if (output === "-") return EXIT.done;
    if (parsed.json) printJson({ event: "image", ...report });
    else {
      writeText(
        "stdout",
        `${report.output}: ${(report.sizeBytes / 1e6).toFixed(1)} MB, ${report.fileCount} files in ` +
          `${report.directoryCount} folders\n`,
      );
    }
    return EXIT.done;
  } catch (error) {
    display.finish();
    if (!interrupt.raised) throw error;
    writeText("stderr", `Interrupted; "${output}" was not made\n`);
    return 130;
  }
}

/** `--rock-ridge` may stand without its version. */
function withVersion(args: readonly string[]): string[] {
  return args.map((arg, index) =>
    arg === "--rock-ridge" && !/^\d+\.\d+$/.test(args[index + 1] ?? "") ? "--rock-ridge=1.12" : arg
  );
}

function parseFileSystems(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  let bits = 0;
  for (const name of text.split(",")) {
    const bit = FILE_SYSTEMS[name.trim().toLowerCase() as keyof typeof FILE_SYSTEMS];
    if (bit === undefined) {
      throw new UsageError(`--fs takes iso9660, joliet and udf, comma separated, not "${name}"`);
    }
    bits |= bit;
  }
  return bits;
}

/** The time that `--timestamp` or `SOURCE_DATE_EPOCH` gives, else now. */
export function parseTimestamp(text: string | undefined): Date {
  const readable =
    Deno.permissions.querySync({ name: "env", variable: "SOURCE_DATE_EPOCH" }).state === "granted";
  const seconds = text ?? (readable ? Deno.env.get("SOURCE_DATE_EPOCH") : undefined);
  if (seconds === undefined || seconds === "") return new Date();
  if (!/^\d{1,12}$/.test(seconds)) {
    throw new UsageError(`A timestamp is a number of seconds since 1970, not "${seconds}"`);
  }
  return new Date(Number(seconds) * 1000);
}

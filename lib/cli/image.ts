/** `burnscript image`: a folder as an image file. @module */
import { EXIT } from "../jobs/exit_codes.ts";
import { image } from "../jobs/image.ts";
import { writeText } from "../platform/console.ts";
import { InterruptFlag, listenForSignals } from "../platform/interrupt.ts";
import { type Command, oneOf, parseCommand, printJson, progressDisplay, UsageError } from "./command.ts";
import { FORMAT_OPTIONS, formatOptions } from "./image_format.ts";

const FILE_SYSTEMS = { iso9660: 1, joliet: 2, udf: 4 } as const;

/** The `image` command. */
export const imageCommand: Command = {
  help: `usage: burnscript image [OPTIONS] FOLDER -o FILE

Makes one image that reads as ISO 9660, as Joliet and as UDF. FILE appears whole or not at all.

  -o, --output FILE      the image; - is standard output
  --fs LIST              which file systems, of iso9660,joliet,udf (default: all three)
  --timestamp SECONDS    the time in the image's descriptors, in seconds since 1970, so that two runs give the same
                         bytes (default: SOURCE_DATE_EPOCH, or now)
  --json, --quiet        JSON lines on standard output; no progress

What is taken
  --posix                permissions, owners, symbolic and hard links, which Rock Ridge and UDF keep; on with
                         --rock-ridge. Symbolic links are else what they point to
  --exclude PATTERNS     not what has such a name: '*.bak,tmp', or such a path: 'docs/*.pdf'
  --hide PATTERNS        marked as hidden
  --first PATTERNS       their contents come first on the disc
  --leave-out TREE=PATTERNS  left out of one tree, of iso9660, joliet, iso1999, udf; several with ; between

  --duplicates-once      files that hold the same bytes are stored once
  --source-errors WHAT   a file that changes or cannot be read meanwhile: fail (the default: there is no image), or pad:
                         zeros stand for what is missing, each such file is named, and the exit code is 4
  --align BYTES          files of 64 KiB and more start at multiples of so many bytes (default 2048); with 4096, XFS and
                         Btrfs share their blocks with the image: no data is copied

Checksums
  --manifest FILE        SHA-256 of every file as it is written, as sha256sum has it
  --media-sum            a checksum of the image in the image, which checkisomd5 and burnscript verify check

ISO 9660 and Joliet
  --iso-level LEVEL      names of 8.3 (1) or 30 letters (2, the default, and 3); 4 adds an enhanced volume descriptor with
                         names of 207 bytes (ISO 9660:1999)
  --rock-ridge [VERSION] names as they are, permissions, owners, links; 1.12 (the default), or 1.09 for old readers
  --rock-ridge-times F   short (the default), or long: hundredths of seconds
  --deep KIND            directories below the eighth level: keep (the default), or relocate
  --iso-paths POLICY     paths over 255 bytes: allow (the default), warn, refuse
  --joliet-units N       names of 64 units (the default), or 103
  --joliet-paths POLICY  paths over 240 bytes: allow (the default), warn, shorten

UDF
  --udf REVISION         1.02 (the default), 1.50, 2.00, 2.01, 2.50 or 2.60
  --embed WHEN           small files lie in their entries: yes, no (default: yes where UDF is alone, from 1.50 on)
  --metadata COPIES      1 or 2 copies of directories and entries, from 2.50 on (default: 2)

What the volume says
  --volume NAME          its name (default: the folder's)
  --system-id, --volume-set, --publisher, --preparer, --application TEXT
  --copyright-file, --abstract-file, --biblio-file NAME  files of the folder itself
  --created, --modified, --expires, --effective DATE     such as 2024-05-06 or 2024-05-06T07:08:09Z

A photo disc that everything reads:
  burnscript image photos -o photos.iso
A web server's folder with owners and links, for Linux:
  burnscript image --rock-ridge --fs iso9660,joliet /srv/www -o www.iso
Many small files in half the room, for systems of today; on Blu-ray with its directories twice:
  burnscript image --fs udf --udf 2.01 --posix mails -o mails.udf
  burnscript image --fs udf --udf 2.60 --posix archive -o archive.udf
Without what only one system needs:
  burnscript image --leave-out 'joliet=*.sh;iso9660=*.exe' tools -o tools.iso
The same bytes each time, and straight to another computer:
  SOURCE_DATE_EPOCH=0 burnscript image --volume BACKUP data -o data.iso
  burnscript image --quiet photos -o - | ssh host 'cat > photos.iso'
`,
  run: (args) => Promise.resolve(runImage(args)),
};

function runImage(args: readonly string[]): number {
  const parsed = parseCommand(withVersion(args), {
    text: ["output", "fs", "volume", "timestamp", "manifest", "align", "source-errors", ...FORMAT_OPTIONS],
    flag: ["posix", "duplicates-once", "media-sum"],
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
  const format = formatOptions(parsed);
  const manifest = parsed.text("manifest");
  const alignmentBytes = parseAlignment(parsed.text("align"));
  const pads = oneOf(parsed, "source-errors", ["fail", "pad"]) === "pad";
  if (output === "-" && parsed.has("media-sum")) {
    throw new UsageError("--media-sum is put into the image at its end: give -o FILE");
  }
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
      ...format,
      ...(manifest === undefined ? {} : { manifest }),
      ...(alignmentBytes === undefined ? {} : { alignmentBytes }),
      duplicatesOnce: parsed.has("duplicates-once"),
      mediaSum: parsed.has("media-sum"),
      onSourceError: pads ? "pad" : "throw",
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
    for (const { path, problem, offsetBytes } of report.faults) {
      writeText("stderr", `"${path}" ${FAULT_TEXTS[problem]}, at byte ${offsetBytes}\n`);
    }
    const exit = report.faults.length === 0 ? EXIT.done : EXIT.verifyFailed;
    if (output === "-") return exit;
    if (parsed.json) printJson({ event: "image", ...report });
    else {
      writeText(
        "stdout",
        `${report.output}: ${(report.sizeBytes / 1e6).toFixed(1)} MB, ${report.fileCount} files in ` +
          `${report.directoryCount} folders\n`,
      );
    }
    return exit;
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

const FAULT_TEXTS = {
  shrank: "became shorter: zeros stand for the rest",
  grew: "became longer: the rest was cut",
  unreadable: "cannot be read: zeros stand for the rest",
} as const;

/** `4096`, or `4k` as people say it. */
function parseAlignment(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, digits, unit] = /^(\d{1,8})([kKmM]?)$/.exec(text) ?? [];
  if (digits === undefined) {
    throw new UsageError(`--align takes a number of bytes, such as 4096 or 64k, not "${text}"`);
  }
  return Number(digits) * (unit === "" ? 1 : unit!.toLowerCase() === "k" ? 1024 : 1024 * 1024);
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
  return givenTimestamp(text) ?? new Date();
}

/** The time that `--timestamp` or `SOURCE_DATE_EPOCH` gives, if any. */
export function givenTimestamp(text: string | undefined): Date | undefined {
  const readable =
    Deno.permissions.querySync({ name: "env", variable: "SOURCE_DATE_EPOCH" }).state === "granted";
  const seconds = text ?? (readable ? Deno.env.get("SOURCE_DATE_EPOCH") : undefined);
  if (seconds === undefined || seconds === "") return undefined;
  if (!/^\d{1,12}$/.test(seconds)) {
    throw new UsageError(`A timestamp is a number of seconds since 1970, not "${seconds}"`);
  }
  return new Date(Number(seconds) * 1000);
}

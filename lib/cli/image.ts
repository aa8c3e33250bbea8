/** `burnscript image`: a folder as an image file. @module */
import { image } from "../jobs/image.ts";
import { type Command, UsageError } from "./command.ts";
import { makeImage, parseImageCommand } from "./image_output.ts";
import { isAllowed } from "../platform/permissions.ts";

/** The `image` command. */
export const imageCommand: Command = {
  help: `usage: burnscript image [OPTIONS] FOLDER -o FILE

Makes one image that reads as ISO 9660, as Joliet and as UDF. FILE appears whole or not at all; a pipe gets
the bytes in order.

  -o, --output FILE      the image; - is standard output
  --fs LIST              which file systems, of iso9660,joliet,udf (default: all three)
  --timestamp SECONDS    the time in the image's descriptors, in seconds since 1970, so that two runs give the
                         same bytes (default: SOURCE_DATE_EPOCH, or now)
  --json, --quiet        JSON lines on standard output; no progress

What is taken
  --posix                permissions, owners, symbolic and hard links, which Rock Ridge and UDF keep; on with
                         --rock-ridge. Symbolic links are else what they point to
  --exclude PATTERNS     not what has such a name: '*.bak,tmp', or such a path: 'docs/*.pdf'
  --hide PATTERNS        marked as hidden
  --first PATTERNS       their contents come first on the disc
  --leave-out TREE=PATTERNS  left out of one tree, of iso9660, joliet, iso1999, udf; several with ; between

  --duplicates-once      files that hold the same bytes are stored once
  --source-errors WHAT   a file that changes or cannot be read meanwhile: fail (the default: there is no
                         image), or pad: zeros stand for what is missing, each such file is named, and the
                         exit code is 4
  --align BYTES          files of 64 KiB and more start at multiples of so many bytes (default 2048); with
                         4096, XFS and Btrfs share their blocks with the image: no data is copied

Checksums
  --manifest FILE        SHA-256 of every file as it is written, as sha256sum has it
  --media-sum            a checksum of the image in the image, which checkisomd5 and burnscript verify check

ISO 9660 and Joliet
  --iso-level LEVEL      names of 8.3 (1) or 30 letters (2, the default, and 3); 4 adds an enhanced volume
                         descriptor with names of 207 bytes (ISO 9660:1999)
  --rock-ridge [VERSION] real names, permissions, owners, links; 1.12 (the default), or 1.09 for old readers
  --rock-ridge-times F   short (the default), or long: hundredths of seconds
  --deep KIND            directories below the eighth level: keep (the default), or relocate
  --iso-paths POLICY     paths over 255 bytes: allow (the default), warn, refuse
  --joliet-units N       names of 64 units (the default), or 103
  --joliet-paths POLICY  paths over 240 bytes: allow (the default), warn, shorten

UDF
  --udf REVISION         1.02 (the default), 1.50, 2.00, 2.01, 2.50 or 2.60
  --embed WHEN           small files in their entries: yes, no (default: yes where UDF is alone, from 1.50 on)
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
  const parsed = parseImageCommand(args, { flag: ["posix"] });
  const [source, ...others] = parsed.positional;
  if (source === undefined || others.length > 0) {
    throw new UsageError("Of which folder shall the image be? Give one");
  }
  const timestamp = parseTimestamp(parsed.text("timestamp"));
  return makeImage(parsed, "image", (options) => image({ ...options, source, timestamp }));
}

/** The time that `--timestamp` or `SOURCE_DATE_EPOCH` gives, else now. */
export function parseTimestamp(text: string | undefined): Date {
  return givenTimestamp(text) ?? new Date();
}

/** The time that `--timestamp` or `SOURCE_DATE_EPOCH` gives, if any. */
export function givenTimestamp(text: string | undefined): Date | undefined {
  const readable = isAllowed({ name: "env", variable: "SOURCE_DATE_EPOCH" });
  const seconds = text ?? (readable ? Deno.env.get("SOURCE_DATE_EPOCH") : undefined);
  if (seconds === undefined || seconds === "") return undefined;
  if (!/^\d{1,12}$/.test(seconds)) {
    throw new UsageError(`A timestamp is a number of seconds since 1970, not "${seconds}"`);
  }
  return new Date(Number(seconds) * 1000);
}

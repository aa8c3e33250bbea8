/** `burnscript serve`: virtual recorders for other people's programs. @module */
import { EXIT } from "../jobs/exit_codes.ts";
import { qemuArguments, serve, type ServedRecorder } from "../jobs/serve.ts";
import { writeText } from "../platform/console.ts";
import { endingSignals } from "../platform/interrupt.ts";
import { type Command, parseCommand, printJson, UsageError } from "./command.ts";

/** The `serve` command. */
export const serveCommand: Command = {
  help: `usage: burnscript serve --virtual MEDIUM=FILE … [OPTIONS]

Offers virtual recorders as an iSCSI target, each a logical unit of it, until Ctrl-C: QEMU's guests, and
everything that speaks iSCSI, then see drives that burn. What they burn is in FILE.

  --virtual MEDIUM=FILE  a recorder with that disc in it, may repeat
  --port N               TCP port (default 3260; 0 for any that is free)
  --listen ADDRESS       address to listen on (default 127.0.0.1: this computer alone). There is no
                         authentication: whoever reaches the address can burn
  --json                 one JSON object a line: the recorders, then what happens
  --quiet                no word of who comes and goes

Exit codes: 0 ended by Ctrl-C, 1 failed, 2 wrong use.

  burnscript serve --virtual dvd+r=disc.iso --virtual cd-r=cd.iso
`,
  run: async (args) => {
    const parsed = parseCommand(args, { text: ["port", "listen"] });
    if (parsed.positional.length > 0) throw new UsageError(`What is "${parsed.positional[0]}"?`);
    const { virtual } = parsed.session;
    if (virtual.length === 0) throw new UsageError("Which recorders? At least one --virtual MEDIUM=FILE");
    const hostname = parsed.text("listen");
    const port = parsePort(parsed.text("port"));
    const ended = signalled();
    try {
      await using served = serve({
        virtual,
        ...(hostname === undefined ? {} : { hostname }),
        ...(port === undefined ? {} : { port }),
        onLog: (message) => {
          if (parsed.quiet) return;
          if (parsed.json) printJson({ event: "log", message });
          else writeText("stderr", `${message}\n`);
        },
      });
      const { recorders, targetName, portal } = served;
      if (served.isPublic) {
        writeText(
          "stderr",
          "Warning: there is no authentication; whoever reaches this address can read and burn these discs\n",
        );
      }
      if (parsed.json) printJson({ event: "serving", targetName, portal, recorders });
      else writeText("stdout", describe(recorders));
      await ended.signal;
    } finally {
      ended.stop();
    }
    if (parsed.json) printJson({ event: "ended" });
    return EXIT.done;
  },
};

function describe(recorders: readonly ServedRecorder[]): string {
  const rows = recorders.map(({ url, medium, file }) => `${url}  ${medium}, ${file}`);
  const words = qemuArguments(recorders);
  const lines: string[] = [];
  for (let at = 0; at < words.length; at += 2) lines.push(`  ${words[at]} ${words[at + 1]}`);
  return `${rows.join("\n")}

As drives of a QEMU guest:
${lines.join(" \\\n")}

Ctrl-C ends it.
`;
}

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) {
    throw new UsageError(`--port is a number from 0 to 65535, not "${text}"`);
  }
  return Number(text);
}

/** Ctrl-C, or what else ends a program politely. */
function signalled(): { signal: Promise<void>; stop: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const signals = endingSignals();
  const listener = (): void => resolve();
  for (const signal of signals) Deno.addSignalListener(signal, listener);
  return {
    signal: promise,
    stop: () => {
      for (const signal of signals) Deno.removeSignalListener(signal, listener);
    },
  };
}

/** `ping`: scripts ask it whether a host answers, or wait by it. @module */
import { CommandFailure } from "../signals.ts";
import { runNamed } from "../programs.ts";
import { collected } from "../streams.ts";
import { decodeText, linesOf } from "../texts.ts";
import { type Call, wordsOf } from "./call.ts";

/** The computer itself, which answers without a network. */
const ITSELF = /^(?:127(?:\.\d+){3}|localhost|::1)$/i;

/** What is asked. */
interface Request {
  readonly host: string;
  readonly count: number;
  /** How many bytes each question has. */
  readonly sizeBytes: number;
  readonly patienceMs: number;
}

/** `ping [-n count] [-w milliseconds] [-l bytes] host`: the system's `ping` asks, what it says is said as on Windows. */
export async function ping(call: Call): Promise<number> {
  const { interpreter, streams } = call;
  const request = requestOf(call.rest);
  const { host, count, sizeBytes } = request;
  const print = (text: string): Promise<void> => interpreter.print(streams.stdout, text);
  if (ITSELF.test(host)) {
    await print(`\nPinging ${host} with ${sizeBytes} bytes of data:\n`);
    for (let number = 0; number < count; number++) {
      if (number > 0) await interpreter.session.wait(1000);
      await print(`Reply from ${host}: bytes=${sizeBytes} time<1ms TTL=128\n`);
    }
    await print(statistics(host, count, count));
    return 0;
  }
  const replies = await askSystem(call, request);
  await print(`\nPinging ${host} with ${sizeBytes} bytes of data:\n`);
  for (const { address, timeMs, hops } of replies) {
    await print(
      `Reply from ${address}: bytes=${sizeBytes} time${timeMs < 1 ? "<1" : `=${timeMs}`}ms TTL=${hops}\n`,
    );
  }
  await print("Request timed out.\n".repeat(count - replies.length));
  await print(statistics(host, count, replies.length));
  return replies.length > 0 ? 0 : 1;
}

function requestOf(rest: string): Request {
  const words = wordsOf(rest.replaceAll("/", "-"), /^$/).operands;
  const values: Record<string, number> = { n: 4, l: 32, w: 4000 };
  let host = "";
  for (let index = 0; index < words.length; index++) {
    const option = /^-([a-z0-9])$/i.exec(words[index]!)?.[1]?.toLowerCase();
    if (option === undefined) host = words[index]!;
    else if (option === "t") {
      throw new CommandFailure("ping -t never ends, and nobody is there to end it; give -n.");
    } else if ("nlwivrsjk".includes(option)) values[option] = Number(words[++index]);
  }
  const { n: count = 0, l: sizeBytes = 0, w: patienceMs = 0 } = values;
  if (host === "" || !(count >= 1) || !(sizeBytes >= 0) || !(patienceMs >= 0)) {
    throw new CommandFailure("Usage: ping [-n count] [-w milliseconds] [-l bytes] host");
  }
  return { host, count, sizeBytes, patienceMs };
}

interface Reply {
  readonly address: string;
  readonly timeMs: number;
  readonly hops: number;
}

/** Asks by the system's own program, whose lines are `64 bytes from a.b (1.2.3.4): icmp_seq=1 ttl=64 time=0.04 ms`. */
async function askSystem({ interpreter, streams }: Call, request: Request): Promise<Reply[]> {
  const { host, count, sizeBytes, patienceMs } = request;
  const seconds = Math.max(1, Math.ceil(patienceMs / 1000));
  const line = `ping -c ${count} -s ${sizeBytes} -W ${seconds} ${host}`;
  const output = await collected((stdout) => runNamed(interpreter, line, { ...streams, stdout }));
  await interpreter.session.breathe();
  return linesOf(decodeText(output)).flatMap((line) => {
    const reply = / from (\S+?)(?: \((\S+)\))?: .*?ttl=(\d+) time=([\d.]+)/i.exec(line);
    if (reply === null) return [];
    const [, name, address, hops, time] = reply;
    return [{ address: address ?? name!, hops: Number(hops), timeMs: Math.floor(Number(time)) }];
  });
}

function statistics(host: string, sent: number, received: number): string {
  const lost = sent - received;
  const share = Math.round(100 * lost / sent);
  return `\nPing statistics for ${host}:\n` +
    `    Packets: Sent = ${sent}, Received = ${received}, Lost = ${lost} (${share}% loss),\n`;
}

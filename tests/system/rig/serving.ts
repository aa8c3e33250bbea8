/** Serves virtual recorders, by the command line's `serve`, while something else uses them. */
import { assertEquals } from "@std/assert";

const MAIN = `${import.meta.dirname}/../../../lib/cli/main.ts`;

/** Serves while `work` runs, then ends it as Ctrl-C does; no session may have ended with an error. */
export async function whileServing<T>(
  virtual: readonly string[],
  work: (urls: string[]) => Promise<T>,
): Promise<T> {
  const serving = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      MAIN,
      "serve",
      "--json",
      "--port",
      "0",
      ...virtual.flatMap((each) => ["--virtual", each]),
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const log: string[] = [];
  const begun = Promise.withResolvers<string[]>();
  const ended = (async () => {
    let rest = "";
    for await (const text of serving.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const said = JSON.parse(line);
        log.push(line);
        if (said.event === "serving") begun.resolve(said.recorders.map(({ url }: { url: string }) => url));
      }
    }
    begun.reject(new Error(`burnscript serve has ended:\n${log.join("\n")}`));
  })();
  try {
    return await work(await begun.promise);
  } finally {
    serving.kill("SIGINT");
    const { code } = await serving.status;
    await ended;
    assertEquals(code, 0);
    assertEquals(log.filter((line) => /was ended|failed/.test(line)), [], "Sessions ended with an error");
  }
}

/**
 * Runs a program in a console of its own, presses Ctrl-C there once the program has written "ready", and exits with its exit
 * code: `press_ctrl_c.ts ARGUMENTS OF DENO`. It is a process of its own because a new console takes the old one's place.
 */
const ATTACHED = {
  FreeConsole: { parameters: [], result: "i32" },
  AllocConsole: { parameters: [], result: "i32" },
  GenerateConsoleCtrlEvent: { parameters: ["u32", "u32"], result: "i32" },
} as const;

/** CTRL_C_EVENT, for every process of the console. */
const CTRL_C = 0;

/** What this process exits with when the program does not. */
const NO_CONSOLE = 200;
const NEVER_ENDED = 201;
const PATIENCE_MS = 240_000;

if (import.meta.main) {
  const { symbols } = Deno.dlopen("kernel32.dll", ATTACHED);
  symbols.FreeConsole();
  if (symbols.AllocConsole() === 0) Deno.exit(NO_CONSOLE);
  Deno.addSignalListener("SIGINT", () => {}); // this process shall see how the other one ends
  const child = new Deno.Command(Deno.execPath(), { args: Deno.args, stdin: "null", stdout: "piped" })
    .spawn();
  let text = "";
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes("ready")) break;
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  setTimeout(() => Deno.exit(NEVER_ENDED), PATIENCE_MS);
  if (symbols.GenerateConsoleCtrlEvent(CTRL_C, 0) === 0) Deno.exit(NO_CONSOLE);
  Deno.exit((await child.status).code);
}

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AutomationError } from "../../lib/automation/errors.ts";
import { MISSING, type Variant } from "../../lib/automation/variant.ts";
import { exists } from "../../lib/platform/exists.ts";
import { dialogFunctions, type DialogHost, Dialogs, LineReader } from "../../lib/wsh/dialogs.ts";
import { type Outcome, runUntil, runWithInput, TempFolder } from "../cli/cli.ts";

/** Dialogs that a person answers with these lines; `undefined` is silence until the time is over. */
function dialogs(
  answers: readonly (string | null | undefined)[],
  options: Partial<DialogHost> = {},
): { dialogs: Dialogs; shown: string[]; asked: () => number } {
  const shown: string[] = [];
  let at = 0;
  const host: DialogHost = {
    policy: "prompt",
    isTerminal: true,
    interactive: true,
    show: (text) => shown.push(text),
    readLine: () => answers[at++],
    nowMs: () => 0,
    ...options,
  };
  return { dialogs: new Dialogs(host), shown, asked: () => at };
}

const ANSWERS: readonly [title: string, type: number, answers: (string | null)[], value: number][] = [
  ["vbOKOnly: any line goes on", 0, ["whatever"], 1],
  ["vbOKCancel: Enter is OK", 1, [""], 1],
  ["vbOKCancel: 2 is Cancel", 1, ["2"], 2],
  ["vbAbortRetryIgnore: a", 2, ["a"], 3],
  ["vbAbortRetryIgnore: Retry", 2, ["Retry"], 4],
  ["vbAbortRetryIgnore: 3", 2, ["3"], 5],
  ["vbYesNoCancel: y", 3, ["y"], 6],
  ["vbYesNoCancel: Ctrl-D is Cancel", 3, [null], 2],
  ["vbYesNo: N", 4, ["N"], 7],
  ["vbYesNo: Ctrl-D is the default, there is no Cancel", 4, [null], 6],
  ["vbYesNo + vbDefaultButton2: Enter is No", 4 + 256, [""], 7],
  ["vbYesNoCancel + vbDefaultButton3: Enter is Cancel", 3 + 512, [""], 2],
  ["a default beyond the buttons is the first", 4 + 768, [""], 6],
  ["vbRetryCancel + vbCritical + vbSystemModal: r", 5 + 16 + 4096, ["r"], 4],
  ["what no button is called is asked again", 4, ["maybe", "7", "0", "yes"], 6],
];

for (const [title, type, answers, value] of ANSWERS) {
  Deno.test(`MsgBox() on a terminal, ${title}`, () => {
    const { dialogs: box, asked } = dialogs(answers);
    assertEquals(box.messageBox("Sure?", type), value);
    assertEquals(asked(), answers.length);
  });
}

Deno.test("MsgBox() shows icon, title, text and buttons", () => {
  const { dialogs: box, shown } = dialogs(["y"]);
  box.messageBox("Two\r\nlines", 4 + 48 + 256, "Title");
  assertEquals(shown, ["[!] Title\n    Two\n    lines\n    1 Yes  2 No  [No]: "]);
});

const UNATTENDED: readonly [title: string, options: Partial<DialogHost>][] = [
  ["without a terminal", { isTerminal: false }],
  ["under --dialogs=default", { policy: "default" }],
  ["in batch mode", { interactive: false }],
];

for (const [title, options] of UNATTENDED) {
  Deno.test(`MsgBox(), InputBox() and Popup() ${title} take the default and ask nobody`, () => {
    const { dialogs: box, asked, shown } = dialogs([], options);
    assertEquals(box.messageBox("?", 4 + 256), 7);
    assertEquals(box.messageBox("!"), 1);
    assertEquals(box.inputBox("Name?", "T", "Bob"), "Bob");
    assertEquals(box.inputBox("Name?"), "");
    assertEquals(box.popup("?", 0, "T", 3), 6);
    assertEquals(box.popup("?", 5, "T", 3), -1);
    assertEquals(asked(), 0);
    assertEquals(shown.length, 6);
  });
}

Deno.test("MsgBox() under --dialogs=fail is error 445 when it asks something", () => {
  const { dialogs: box } = dialogs([], { policy: "fail" });
  assertThrows(() => box.messageBox("Sure?", 4), AutomationError, 'MsgBox asks "Sure?"');
  assertThrows(() => box.inputBox("Name?"), AutomationError, "InputBox asks");
  assertThrows(() => box.popup("Sure?", 3, "T", 1), AutomationError, "Popup asks");
  assertEquals(box.messageBox("done"), 1);
});

Deno.test("InputBox() Enter takes the default, two quotes are nothing, Ctrl-D is Empty", () => {
  const { dialogs: box } = dialogs(["", "Al", '""', null]);
  const ask = (): string | undefined => box.inputBox("Name?", "T", "Bob");
  assertEquals([ask(), ask(), ask(), ask()], ["Bob", "Al", "", undefined]);
});

Deno.test("Popup() gives -1 when nobody answers in time", () => {
  const times: number[] = [];
  let nowMs = 0;
  const { dialogs: box } = dialogs([], {
    nowMs: () => nowMs,
    readLine: (timeoutMs) => {
      times.push(timeoutMs);
      nowMs += 1500;
      return times.length === 1 ? "what?" : undefined;
    },
  });
  assertEquals(box.popup("Sure?", 4, "T", 4), -1);
  assertEquals(times, [4000, 2500]);
});

const CALLS: readonly [name: "MsgBox" | "InputBox", args: Variant[], result: number | string][] = [
  ["MsgBox", [], "error 450"],
  ["MsgBox", ["a", 0, "t", "h", 1, 2], "error 450"],
  ["MsgBox", ["a", 6], "error 5"],
  ["MsgBox", ["a", "x"], "error 13"],
  ["MsgBox", [null], "error 94"],
  ["MsgBox", [1.5, MISSING, "t"], 1],
  ["MsgBox", [undefined, "260"], 7],
  ["InputBox", [], "error 450"],
  ["InputBox", ["a", MISSING, 12, 0, 0], "12"],
];

for (const [name, args, result] of CALLS) {
  Deno.test(`${name}() with ${args.length} arguments ending in ${String(args.at(-1))} is ${result}`, () => {
    const call = dialogFunctions(dialogs([], { isTerminal: false }).dialogs)[name];
    let actual: Variant;
    try {
      actual = call(...args);
    } catch (error) {
      actual = `error ${(error as AutomationError).number}`;
    }
    assertEquals(actual, result);
  });
}

Deno.test("LineReader.readLine() joins and splits what comes, and ends with the input", () => {
  const parts = ["a", "b\r\nc\n", "é"].map((text) => new TextEncoder().encode(text));
  const lines = new LineReader((target) => {
    const part = parts.shift();
    if (part === undefined) return 0;
    target.set(part);
    return part.length;
  }, () => 0);
  const read = (): string | undefined | null => lines.readLine(Infinity);
  assertEquals([read(), read(), read(), read()], ["ab", "c", "é", null]);
});

const SCRIPT = `a = MsgBox("Sure?", vbYesNo + vbDefaultButton2, "Title") : b = InputBox("Name?", , "Bob")
WScript.Echo a, b, TypeName(a), IsEmpty(b)`;

async function runScript(switches: readonly string[], input = ""): Promise<Outcome> {
  using folder = new TempFolder();
  return await runWithInput(["run", ...switches, folder.write("s.vbs", SCRIPT)], input);
}

Deno.test("run: without a terminal MsgBox and InputBox say what they took, and read nothing", async () => {
  const { stdout, stderr } = await runScript([], "1\nEve\n");
  assertEquals(stdout, "7 Bob Integer 0\n");
  assertEquals(stderr, "Title\n    Sure?\n    No\nVBScript\n    Name?\n    Bob\n");
});

Deno.test("run: //B shows no dialog", async () => {
  const { stdout, stderr, code } = await runScript(["//B"]);
  assertEquals([stdout, stderr, code], ["", "", 0]);
});

Deno.test("run: --dialogs=fail ends the script, --json gives events", async () => {
  const { stderr, code } = await runScript(["--dialogs", "fail"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "--dialogs=fail lets nothing be asked");
  const { stdout } = await runScript(["--json", "--dialogs=default"]);
  const event = JSON.parse(stdout.split("\n")[0]!);
  assertEquals(event, {
    event: "dialog",
    kind: "MsgBox",
    title: "Title",
    text: "Sure?",
    buttons: ["Yes", "No"],
    answer: "No",
  });
});

const MAIN = `${import.meta.dirname}/../../lib/cli/main.ts`;

Deno.test({
  name: "run: on a terminal MsgBox and InputBox ask, and Ctrl-C ends them",
  // util-linux's script gives a program a terminal; Windows and macOS have none that takes these arguments.
  ignore: Deno.build.os !== "linux" || !exists("/usr/bin/script"),
  async fn(): Promise<void> {
    using folder = new TempFolder();
    const path = folder.write("s.vbs", SCRIPT);
    const type = (typed: string): Promise<Outcome> => {
      const command = `'${Deno.execPath()}' run -A '${MAIN}' run '${path}'`;
      const script = new Deno.Command("script", {
        args: ["-qec", command, "/dev/null"],
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
      });
      // Before the question is there nobody would hear Ctrl-C.
      return runUntil(script, "[No]: ", async (process) => {
        const writer = process.stdin.getWriter();
        await writer.write(new TextEncoder().encode(typed));
        writer.releaseLock();
      });
    };
    const answered = await type("perhaps\ny\nEve\n");
    assertStringIncludes(answered.stdout, "6 Eve Integer 0");
    assertEquals((await type("\x03")).code, 130);
  },
});

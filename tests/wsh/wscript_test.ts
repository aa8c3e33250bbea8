import { assertEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../lib/automation/errors.ts";
import { EVENTS, EventSource } from "../../lib/automation/events.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../lib/automation/interface.ts";
import { DISPATCH, makeDate, makeDouble, type Variant } from "../../lib/automation/variant.ts";
import { WshArguments } from "../../lib/wsh/arguments.ts";
import { OpenResources } from "../../lib/wsh/open_resources.ts";
import { standardStream } from "../../lib/wsh/scripting/open_text.ts";
import { decodeScript } from "../../lib/wsh/source_text.ts";
import { ScriptExit, WScript } from "../../lib/wsh/wscript.ts";

const DBellEvents = defineInterface("DBellEvents", "{00000000-0000-0000-0000-000000000002}", {
  Ring: { dispid: 1, method: "void", params: [["times", "LONG"]] },
});

class Bell extends AutomationClass {
  static {
    implementInterface(this, []);
  }
  readonly [EVENTS] = new EventSource(DBellEvents);
}

function host(): { wscript: WScript; lines: string[]; calls: string[] } {
  const lines: string[] = [];
  const calls: string[] = [];
  const wscript = new WScript({
    scriptFullName: "G:\\jobs\\nightly.vbs",
    args: ["/verbose", "in.txt", "/level:3", "/dry+", "/wet-", "/LEVEL:4", "/srv/data"],
    interactive: true,
    timeoutS: 0,
    createObject: () => new Bell(),
    getObject: (path) => {
      calls.push(`get ${path}`);
      return new Bell();
    },
    showUsage: () => calls.push("usage"),
    standardStream: (which) => standardStream({ resources: new OpenResources() }, which, false),
    echo: (line) => lines.push(line),
    sleep: (durationMs) => calls.push(`sleep ${durationMs}`),
    quit: (exitCode) => {
      throw new ScriptExit(exitCode);
    },
    callIfDefined: (name, args) => calls.push(`${name}(${args.join()})`),
  });
  return { wscript, lines, calls };
}

const ECHO: readonly [args: Variant[], line: string][] = [
  [[], ""],
  [["a", 1, "b"], "a 1 b"],
  [[null], "null"],
  [[undefined, "x"], " x"],
  [[true, false], "-1 0"],
  [[makeDouble(0.5)], "0.5"],
  [[makeDate(45351)], "2/29/2024"],
];

for (const [args, line] of ECHO) {
  Deno.test(`Echo() prints ${JSON.stringify(line)}`, () => {
    const { wscript, lines } = host();
    wscript[DISPATCH].member("echo")!.call!(wscript, args);
    assertEquals(lines, [line]);
  });
}

Deno.test("Quit() takes an exit code, 0 without one", () => {
  const { wscript } = host();
  const quit = wscript[DISPATCH].member("Quit")!.call!;
  assertEquals(assertThrows(() => quit(wscript, ["3"]), ScriptExit).exitCode, 3);
  assertEquals(assertThrows(() => quit(wscript, []), ScriptExit).exitCode, 0);
});

Deno.test("ScriptName() is the last part of ScriptFullName, FullName ends in cscript.exe", () => {
  const { wscript } = host();
  assertEquals([wscript.ScriptName, wscript.ScriptFullName], ["nightly.vbs", "G:\\jobs\\nightly.vbs"]);
  assertEquals(wscript.FullName.slice(-11).toLowerCase(), "cscript.exe");
});

Deno.test("CreateObject() with a prefix connects the events, DisconnectObject() ends it", () => {
  const { wscript, calls } = host();
  const bell = wscript.CreateObject("Sample.Bell", "bell_") as Bell;
  bell[EVENTS].fire("Ring", [2]);
  wscript.DisconnectObject(bell);
  bell[EVENTS].fire("Ring", [3]);
  assertEquals(calls, ["bell_Ring(2)"]);
});

Deno.test("GetObject() with a prefix connects the events; ShowUsage() asks the host", () => {
  const { wscript, calls } = host();
  const bell = wscript.GetObject("bell:", undefined, "b_") as Bell;
  bell[EVENTS].fire("Ring", [1]);
  wscript.Arguments.Unnamed.ShowUsage();
  assertEquals(calls, ["get bell:", "b_Ring(1)", "usage"]);
});

Deno.test("ConnectObject() refuses what fires no events", () => {
  const { wscript } = host();
  assertThrows(() => wscript.ConnectObject(wscript, "x_"), AutomationError, "fires no events");
});

Deno.test("Sleep() and Timeout refuse negative times", () => {
  const { wscript } = host();
  assertEquals(assertThrows(() => wscript.Sleep(-1), AutomationError).number, 5);
  assertEquals(assertThrows(() => (wscript.Timeout = -1), AutomationError).number, 5);
});

Deno.test("Arguments() named, unnamed and all", () => {
  const { Arguments: args } = host().wscript;
  assertEquals(args.Count(), 7);
  assertEquals([...args.Unnamed], ["in.txt", "/srv/data"]);
  assertEquals([...args.Named], ["verbose", "level", "dry", "wet"]);
  assertEquals(["VERBOSE", "level", "dry", "wet", "absent"].map((name) => args.Named.Item(name)), [
    undefined,
    "3",
    true,
    false,
    undefined,
  ]);
  assertEquals([args.Named.Exists("Verbose"), args.Named.Exists("absent")], [true, false]);
});

Deno.test("Arguments.Item() beyond the last is error 9", () => {
  assertEquals(assertThrows(() => new WshArguments(["a"]).Item(1), AutomationError).number, 9);
});

const SOURCES: readonly [title: string, bytes: number[], text: string][] = [
  ["ASCII", [0x61], "a"],
  ["UTF-8", [0xc3, 0xa9], "é"],
  ["UTF-8 with a byte order mark", [0xef, 0xbb, 0xbf, 0xc3, 0xa9], "é"],
  ["UTF-16 with a byte order mark", [0xff, 0xfe, 0xe9, 0x00], "é"],
  ["Windows-1252", [0x80, 0xe9], "€é"],
  ["a #! line becomes an empty one", [...new TextEncoder().encode("#!/usr/bin/env x\nx=1")], "\nx=1"],
];

for (const [title, bytes, text] of SOURCES) {
  Deno.test(`decodeScript() ${title}`, () => assertEquals(decodeScript(new Uint8Array(bytes)), text));
}

import { assertEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { makeLong, type Variant } from "../../../lib/automation/variant.ts";
import { OpenResources } from "../../../lib/wsh/open_resources.ts";
import { ANSI } from "../../../lib/wsh/scripting/text_encoding.ts";
import { TextStream } from "../../../lib/wsh/scripting/text_stream.ts";
import { call, errorNumber, Rig, textOf } from "./_scripting.ts";

const [READING, WRITING, APPENDING] = [1, 2, 8];

function linesOf(stream: Variant): string[] {
  const lines: string[] = [];
  while (call(stream, "AtEndOfStream") === false) lines.push(textOf(stream, "ReadLine"));
  return lines;
}

const CONTENTS: readonly [name: string, content: string, lines: string[]][] = [
  ["nothing", "", []],
  ["one line without an end", "a", ["a"]],
  ["both ends of lines", "a\r\nb\nc", ["a", "b", "c"]],
  ["a carriage return within a line", "a\rb\r\n", ["a\rb"]],
  ["empty lines", "\r\n\n\r\n", ["", "", ""]],
  ["a line beyond the buffer", "x".repeat(600_000) + "\r\ny\r\n", ["x".repeat(600_000), "y"]],
  ["an end of line across two reads", "x".repeat(256 * 1024 - 1) + "\r\ny", [
    "x".repeat(256 * 1024 - 1),
    "y",
  ]],
];

for (const [name, content, lines] of CONTENTS) {
  Deno.test(`ReadLine() reads ${name}`, () => {
    using rig = new Rig();
    rig.write("in.txt", content);
    const stream = call(rig.fso, "OpenTextFile", "g:\\in.txt");
    assertEquals(linesOf(stream), lines);
    assertEquals(errorNumber(() => call(stream, "ReadLine")), 62);
    assertEquals(errorNumber(() => call(stream, "ReadAll")), 62);
    assertEquals(errorNumber(() => call(stream, "Read", 1)), 62);
  });
}

const ENCODINGS: readonly [name: string, bytes: readonly number[], format: number, text: string][] = [
  ["ANSI", [0x61, 0xe4, 0x80, 0x81], 0, "aä€\x81"],
  ["UTF-16", [0xff, 0xfe, 0xe4, 0, 0x20, 0x27], -1, "ä✠"],
  ["UTF-16 without its mark", [0xe4, 0], -1, "ä"],
  ["UTF-16 with the high byte first", [0xfe, 0xff, 0, 0xe4], -1, "ä"],
  ["the file's own encoding: UTF-16", [0xff, 0xfe, 0xe4, 0], -2, "ä"],
  ["the file's own encoding: UTF-8", [0xef, 0xbb, 0xbf, 0xc3, 0xa4], -2, "ä"],
  ["the file's own encoding: ANSI", [0xe4], -2, "ä"],
  ["UTF-8 with its mark as such, though ANSI is asked for", [0xef, 0xbb, 0xbf, 0xc3, 0xa4], 0, "ä"],
  ["UTF-8 without its mark as ANSI", [0xc3, 0xa4], 0, "Ã¤"],
  ["UTF-8 when asked for", [0xc3, 0xa4, 0xf0, 0x9f, 0x92, 0xbf], 65001, "ä💿"],
];

for (const [name, bytes, format, text] of ENCODINGS) {
  Deno.test(`ReadAll() reads ${name}`, () => {
    using rig = new Rig();
    rig.write("in.txt", Uint8Array.from(bytes));
    assertEquals(call(call(rig.fso, "OpenTextFile", "g:\\in.txt", READING, false, format), "ReadAll"), text);
  });
}

const WRITTEN: readonly [name: string, format: number, text: string, bytes: readonly number[]][] = [
  ["ANSI", 0, "aä€\x81", [0x61, 0xe4, 0x80, 0x81]],
  ["UTF-16", -1, "ä", [0xff, 0xfe, 0xe4, 0]],
  ["UTF-8", 65001, "aä💿", [0xef, 0xbb, 0xbf, 0x61, 0xc3, 0xa4, 0xf0, 0x9f, 0x92, 0xbf]],
];

for (const [name, format, text, bytes] of WRITTEN) {
  Deno.test(`Write() writes ${name}, and appends without a second mark`, () => {
    using rig = new Rig();
    for (const mode of [WRITING, APPENDING]) {
      const stream = call(rig.fso, "OpenTextFile", "g:\\out.txt", mode, true, format);
      if (mode === WRITING) call(stream, "Write", text);
      call(stream, "Close");
    }
    assertEquals([...Deno.readFileSync(`${rig.path}/out.txt`)], [...bytes]);
  });
}

Deno.test("Write() refuses a character that code page 1252 lacks, and writes nothing of the text", () => {
  using rig = new Rig();
  const stream = call(rig.fso, "CreateTextFile", "g:\\out.txt");
  call(stream, "Write", "a");
  assertEquals(errorNumber(() => call(stream, "WriteLine", "bcλ")), 5);
  call(stream, "Write", "d");
  call(stream, "Close");
  assertEquals(rig.text("out.txt"), "ad");
});

Deno.test("WriteLine() and WriteBlankLines() count lines and columns", () => {
  using rig = new Rig();
  const stream = call(rig.fso, "CreateTextFile", "g:\\out.txt");
  const at = (): Variant[] => [call(stream, "Line"), call(stream, "Column")];
  call(stream, "Write", "ab");
  assertEquals(at(), [makeLong(1), makeLong(3)]);
  call(stream, "WriteLine", "c\nd");
  assertEquals(at(), [makeLong(3), makeLong(1)]);
  call(stream, "WriteLine");
  call(stream, "WriteBlankLines", 2);
  assertEquals(at(), [makeLong(6), makeLong(1)]);
  call(stream, "Close");
  assertEquals(rig.text("out.txt"), "abc\nd\r\n\r\n\r\n\r\n");
});

Deno.test("Read(), Skip() and SkipLine() count lines and columns", () => {
  using rig = new Rig();
  rig.write("in.txt", "abc\r\ndef\r\nghi");
  const stream = call(rig.fso, "OpenTextFile", "g:\\in.txt");
  const seen: Variant[] = [];
  const note = (): unknown =>
    seen.push(call(stream, "Line"), call(stream, "Column"), call(stream, "AtEndOfLine"));
  note();
  call(stream, "Skip", 3);
  note();
  assertEquals(call(stream, "Read", 4), "\r\nde");
  note();
  call(stream, "SkipLine");
  assertEquals(call(stream, "Read", 99), "ghi");
  note();
  const [one, two, three, four] = [1, 2, 3, 4].map(makeLong);
  assertEquals(seen, [one, one, false, one, four, true, two, three, false, three, four, true]);
});

Deno.test("OpenTextFile() shows what another stream holds back", () => {
  using rig = new Rig();
  call(call(rig.fso, "CreateTextFile", "g:\\a.txt"), "Write", "held");
  assertEquals(call(call(rig.fso, "OpenTextFile", "g:\\a.txt"), "ReadAll"), "held");
  assertEquals(call(call(rig.fso, "GetFile", "g:\\a.txt"), "Size"), makeLong(4));
});

Deno.test("closeAll() writes what is held back, and goes on after a failure", () => {
  const resources = new OpenResources();
  const written: string[] = [];
  for (const name of ["first", "fails", "last"]) {
    const stream = new TextStream({
      write: (bytes) => {
        if (name === "fails") throw new AutomationError(61, "Disk full");
        written.push(`${name} ${new TextDecoder().decode(bytes)}`);
      },
      close: () => written.push(`${name} closed`),
    }, { encoding: ANSI, resources });
    stream.Write("text");
  }
  assertEquals(resources.closeAll().map((failure) => (failure as AutomationError).number), [61]);
  assertEquals(written, ["first text", "first closed", "fails closed", "last text", "last closed"]);
  assertEquals(resources.closeAll(), []);
});

const REFUSED: readonly [name: string, number: number, work: (rig: Rig) => unknown][] = [
  ["reading what is open for writing", 54, (rig) => call(call(rig.fso, "CreateTextFile", "a"), "ReadLine")],
  [
    "the end of what is open for writing",
    54,
    (rig) => call(call(rig.fso, "CreateTextFile", "a"), "AtEndOfStream"),
  ],
  [
    "writing what is open for reading",
    54,
    (rig) => call(call(rig.fso, "OpenTextFile", "a", 1, true), "Write", "x"),
  ],
  ["a stream that is closed", 91, (rig) => {
    const stream = call(rig.fso, "CreateTextFile", "a");
    call(stream, "Close");
    call(stream, "Close");
    call(stream, "Write", "x");
  }],
  ["a file that is missing", 53, (rig) => call(rig.fso, "OpenTextFile", "a.txt")],
  ["a file to append to that is missing", 53, (rig) => call(rig.fso, "OpenTextFile", "a.txt", 8)],
  ["a folder that is missing", 76, (rig) => call(rig.fso, "OpenTextFile", "sub\\a.txt", 2, true)],
  ["a folder", 70, (rig) => call(rig.fso, "CreateTextFile", "g:\\")],
  ["a drive without a folder", 76, (rig) => call(rig.fso, "CreateTextFile", "q:\\a.txt")],
  ["a folder to read", 70, (rig) => call(rig.fso, "OpenTextFile", "g:\\")],
  ["a file that is read-only", 70, (rig) => {
    Deno.chmodSync(rig.write("a.txt", "kept"), 0o444);
    call(rig.fso, "CreateTextFile", "a.txt");
  }],
  ["a mode that there is not", 5, (rig) => call(rig.fso, "OpenTextFile", "a.txt", 3, true)],
  ["a format that there is not", 5, (rig) => call(rig.fso, "OpenTextFile", "a.txt", 2, true, 7)],
  ["a file that shall be new", 58, (rig) => {
    rig.write("a.txt", "kept");
    call(rig.fso, "CreateTextFile", "a.txt", false);
  }],
];

for (const [name, number, work] of REFUSED) {
  Deno.test(`TextStream refuses ${name} with error ${number}`, () => {
    using rig = new Rig();
    assertEquals(errorNumber(() => work(rig)), number);
  });
}

Deno.test("a full disk is error 61", { ignore: Deno.build.os !== "linux" }, () => {
  using rig = new Rig();
  const stream = call(rig.fso, "OpenTextFile", "/dev/full", WRITING);
  call(stream, "Write", "x");
  assertEquals(assertThrows(() => call(stream, "Close"), AutomationError).number, 61);
});

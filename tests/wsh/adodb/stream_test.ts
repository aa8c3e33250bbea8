import { assertEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import type { VariantArray } from "../../../lib/automation/variant.ts";
import { DriveMap } from "../../../lib/platform/drive_map.ts";
import { AdodbStream, byteArray } from "../../../lib/wsh/adodb/stream.ts";
import { charsetNamed } from "../../../lib/wsh/adodb/charset.ts";
import { OpenResources } from "../../../lib/wsh/open_resources.ts";
import { ScriptingHost } from "../../../lib/wsh/scripting/host.ts";
import { run, TempFolder } from "../../cli/cli.ts";

class Rig extends TempFolder {
  readonly host = new ScriptingHost(
    new DriveMap([{ letter: "G", directory: this.path }], "posix", () => this.path),
    new OpenResources(),
    () => {},
  );

  /** An open stream: of bytes, or of text in an encoding. */
  open(charset?: string): AdodbStream {
    const stream = new AdodbStream(this.host);
    if (charset === undefined) stream.Type = 1;
    else stream.Charset = charset;
    stream.Open();
    return stream;
  }

  bytes(name: string): number[] {
    return [...Deno.readFileSync(`${this.path}/${name}`)];
  }
}

/** The bytes that text becomes in an encoding, by the encoding's own standard. */
const ENCODED: readonly [charset: string, text: string, bytes: readonly number[]][] = [
  ["utf-8", "aé€😀", [0xef, 0xbb, 0xbf, 0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80]],
  ["Unicode", "aé€", [0xff, 0xfe, 0x61, 0, 0xe9, 0, 0xac, 0x20]],
  ["unicodeFFFE", "aé", [0xfe, 0xff, 0, 0x61, 0, 0xe9]],
  ["us-ascii", "aé", [0x61, 0x3f]],
  ["iso-8859-1", "aé", [0x61, 0xe9]],
  ["windows-1252", "€é", [0x80, 0xe9]],
  ["windows-1251", "Дa", [0xc4, 0x61]],
  ["iso-8859-2", "ł", [0xb3]],
  ["koi8-r", "Д", [0xe4]],
  ["ibm866", "Д", [0x84]],
  ["shift_jis", "日本a", [0x93, 0xfa, 0x96, 0x7b, 0x61]],
  ["gb2312", "中", [0xd6, 0xd0]],
  ["big5", "中", [0xa4, 0xa4]],
  ["ks_c_5601-1987", "한", [0xc7, 0xd1]],
  ["euc-jp", "日", [0xc6, 0xfc]],
];

for (const [charset, text, bytes] of ENCODED) {
  Deno.test(`WriteText() and ReadText() in ${charset}`, () => {
    using rig = new Rig();
    const stream = rig.open(charset);
    stream.WriteText(text);
    stream.SaveToFile("g:\\out.txt");
    assertEquals(rig.bytes("out.txt"), [...bytes]);
    const read = rig.open(charset);
    read.LoadFromFile("g:\\out.txt");
    assertEquals(read.ReadText(), bytes.includes(0x3f) ? "a?" : text);
    assertEquals([read.EOS, read.ReadText()], [true, ""]);
  });

  Deno.test(`ReadText(1) in ${charset} reads what ReadText() reads`, () => {
    using rig = new Rig();
    const stream = rig.open(charset);
    stream.WriteText(`${text}x${text}`);
    stream.Position = 0;
    let whole = "";
    while (!stream.EOS) whole += stream.ReadText(1);
    stream.Position = 0;
    assertEquals(whole, stream.ReadText());
  });
}

Deno.test("charsetNamed() knows no other names", () => {
  assertEquals(["utf-7", "", "klingon", "iso-2022-jp"].map(charsetNamed), Array(4).fill(undefined));
});

for (
  const [separator, charset, text, lines] of [
    [-1, "utf-8", "a\r\nb\nc\r\n\r\nd", ["a", "b\nc", "", "d"]],
    [10, "windows-1252", "a\r\nb\nc", ["a\r", "b", "c"]],
    [13, "Unicode", "a\rb\r\u0d00c", ["a", "b", "\u0d00c"]],
    [10, "Unicode", "\u0a00\n\u000a", ["\u0a00", ""]],
    [10, "shift_jis", "日\n本", ["日", "本"]],
  ] as const
) {
  Deno.test(`ReadText(-2) with separator ${separator} in ${charset} gives ${JSON.stringify(lines)}`, () => {
    using rig = new Rig();
    const stream = rig.open(charset);
    stream.LineSeparator = separator;
    stream.WriteText(text);
    stream.Position = 0;
    const found = [];
    while (!stream.EOS) found.push(stream.ReadText(-2));
    assertEquals(found, [...lines]);
  });
}

Deno.test("WriteText() with option 1 ends the line, and writes one mark", () => {
  using rig = new Rig();
  const stream = rig.open("utf-8");
  stream.LineSeparator = 10;
  stream.WriteText("a", 1);
  stream.WriteText("b", 1);
  assertEquals(stream.Size, 7);
  stream.Position = 0;
  stream.SkipLine();
  assertEquals(stream.ReadText(), "b\n");
});

Deno.test("CopyTo() from Position 3 takes UTF-8's mark off", () => {
  using rig = new Rig();
  const text = rig.open("utf-8");
  text.WriteText("é");
  text.Position = 0;
  text.Type = 1;
  text.Position = 3;
  const binary = rig.open();
  text.CopyTo(binary);
  binary.SaveToFile("g:\\plain.txt", 2);
  assertEquals(rig.bytes("plain.txt"), [0xc3, 0xa9]);
});

Deno.test("CopyTo() between streams of text converts", () => {
  using rig = new Rig();
  const from = rig.open("utf-8");
  from.WriteText("äöü");
  from.Position = 0;
  const to = rig.open("windows-1252");
  from.CopyTo(to, 2);
  assertEquals([to.Size, from.ReadText()], [2, "ü"]);
});

Deno.test("Position, SetEOS, Size and Read work on bytes", () => {
  using rig = new Rig();
  const stream = rig.open();
  stream.Write(byteArray(Uint8Array.of(1, 2, 3, 4)));
  stream.Position = 1;
  stream.Write(byteArray(Uint8Array.of(9)));
  assertEquals([stream.Position, stream.Size], [2, 4]);
  const rest = stream.Read() as VariantArray;
  assertEquals([rest.elementType, rest.elements.length, stream.Read()], [17, 2, null]);
  stream.Position = 3;
  stream.SetEOS();
  stream.Position = 5; // grows by zeros, not by what was cut off
  stream.SaveToFile("g:\\b.bin");
  assertEquals(rig.bytes("b.bin"), [1, 9, 3, 0, 0]);
  assertEquals(stream.Position, 0);
});

Deno.test("SaveToFile() keeps a file that is there unless told otherwise", () => {
  using rig = new Rig();
  rig.write("old.txt", "old");
  const stream = rig.open("us-ascii");
  stream.WriteText("n");
  assertEquals(assertThrows(() => stream.SaveToFile("g:\\old.txt"), AutomationError).number, 3004);
  assertEquals(rig.bytes("old.txt").length, 3);
  stream.SaveToFile("g:\\old.txt", 2);
  assertEquals(rig.bytes("old.txt"), [0x6e]);
});

const REFUSED: readonly [what: string, number: number, work: (rig: Rig) => unknown][] = [
  ["reading while closed", 3704, (rig) => new AdodbStream(rig.host).ReadText()],
  ["the size while closed", 3704, (rig) => new AdodbStream(rig.host).Size],
  ["closing twice", 3704, (rig) => {
    const stream = rig.open();
    stream.Close();
    stream.Close();
  }],
  ["opening twice", 3705, (rig) => rig.open().Open()],
  ["a source", 3001, (rig) => new AdodbStream(rig.host).Open("URL=http://localhost/")],
  ["text of bytes", 3219, (rig) => rig.open().ReadText()],
  ["bytes of text", 3219, (rig) => rig.open("utf-8").Read()],
  ["another type in the middle", 3219, (rig) => {
    const stream = rig.open("utf-8");
    stream.WriteText("a");
    stream.Type = 1;
  }],
  ["another encoding in the middle", 3219, (rig) => {
    const stream = rig.open("utf-8");
    stream.WriteText("a");
    stream.Charset = "Unicode";
  }],
  ["an encoding that there is not", 3001, (rig) => rig.open("klingon")],
  ["text for Write", 3001, (rig) => rig.open().Write("text")],
  ["a file that is missing", 3002, (rig) => rig.open().LoadFromFile("g:\\none.bin")],
  ["a negative position", 3001, (rig) => rig.open().Position = -1],
  ["a strange separator", 3001, (rig) => rig.open().LineSeparator = 32],
  ["bytes copied to text", 3001, (rig) => rig.open().CopyTo(rig.open("utf-8"))],
];

for (const [what, number, work] of REFUSED) {
  Deno.test(`ADODB.Stream refuses ${what} with error ${number}`, () => {
    using rig = new Rig();
    const error = assertThrows(() => work(rig), AutomationError);
    assertEquals([error.number, error.source], [number, "ADODB.Stream"]);
  });
}

Deno.test("ADODB.Stream in scripts: UTF-8, bytes, errors by number, and a file of an image", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.vbs",
    `Set text = CreateObject("ADODB.Stream")
text.Type = 2 : text.Charset = "utf-8" : text.Open
text.WriteText ChrW(8364), 1
text.Position = 0 : text.Type = 1
data = text.Read(4)
WScript.Echo TypeName(data), VarType(data), LenB(data), Hex(AscB(MidB(data, 4, 1)))
text.SaveToFile "g:\\boot.img", 2
On Error Resume Next
text.ReadText
WScript.Echo Err.Number, Err.Source
On Error GoTo 0
Set image = CreateObject("IMAPI2FS.MsftFileSystemImage")
image.Root.AddFile "boot.img", text
WScript.Echo image.Root.Item("boot.img").DataSize
`,
  );
  const outcome = await run(["run", "--map", `g:=${folder.path}`, script]);
  assertEquals(outcome.stderr, "");
  assertEquals(outcome.stdout.split(/\r?\n/), ["Byte() 8209 4 E2", "3219 ADODB.Stream", "8", ""]);
  assertEquals(
    await Deno.readFile(`${folder.path}/boot.img`),
    Uint8Array.of(0xef, 0xbb, 0xbf, 0xe2, 0x82, 0xac, 13, 10),
  );
});

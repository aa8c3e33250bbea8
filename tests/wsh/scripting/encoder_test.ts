import { assertEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { decodeScriptBlocks } from "../../../lib/wsh/script_encoder.ts";
import { ScriptEncoder } from "../../../lib/wsh/scripting/encoder.ts";
import { run, TempFolder } from "../../cli/cli.ts";

const FILES: readonly [extension: string, text: string, clear: string][] = [
  [".vbs", "x = 1\r\n", "x = 1\r\n"],
  ["js", "var x;", "var x;"],
  [".vbs", "' (c) me\r\n'**Start Encode**\r\nx = 1", "' (c) me\r\n'**Start Encode**\r\nx = 1"],
  [
    ".wsf",
    `<job><script language="JScript">var x;</script><script src="a.vbs"></script><script>y</script></job>`,
    `<job><script language="JScript.Encode">var x;</script><script src="a.vbs"></script><script language="VBScript.Encode">y</script></job>`,
  ],
  [
    ".asp",
    `<%@ language="VBScript" %><% x = 1 %><p><%=x%>`,
    `<%@ language="VBScript" %><% x = 1 %><p><%=x%>`,
  ],
];

for (const [extension, text, clear] of FILES) {
  Deno.test(`EncodeScriptFile() ${extension} ${JSON.stringify(text.slice(0, 30))}`, () => {
    const encoded = new ScriptEncoder().EncodeScriptFile(extension, text, 0, "");
    assertEquals(decodeScriptBlocks(encoded), clear);
    assertEquals(encoded.includes("#@~^"), true);
    assertEquals(encoded.includes("x = 1"), false);
  });
}

Deno.test("EncodeScriptFile() refuses a file that is no script", () => {
  assertThrows(() => new ScriptEncoder().EncodeScriptFile(".doc", "x", 0, ""), AutomationError, ".doc");
});

Deno.test("EncodeScriptFile() what a script encodes, run runs", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.vbs",
    `Set fso = CreateObject("Scripting.FileSystemObject")
fso.CreateTextFile("g:\\o.vbe").Write CreateObject("Scripting.Encoder").EncodeScriptFile(".vbs", "WScript.Echo ""<ran>""" & vbCrLf, 0, "")`,
  );
  assertEquals((await run(["run", "--map", `g:=${folder.path}`, script])).code, 0);
  assertEquals((await run(["run", `${folder.path}/o.vbe`])).stdout, "<ran>\n");
});

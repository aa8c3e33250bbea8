import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { decodeScriptBlocks, EncodedScriptError, encodeScriptBlock } from "../../lib/wsh/script_encoder.ts";

/** What Microsoft's Script Encoder made of scripts, as analysts of such scripts publish it. */
const PUBLISHED: readonly [encoded: string, clear: string][] = [
  ["#@~^DgAAAA==\\ko$K6,JC\x7fV^GJqAQAAA==^#~@", 'MsgBox "Hello"'],
  ["#@~^DgAAAA==@#@&+U9Pb0@#@&VAIAAA==^#~@", "\r\nend if\r\n"],
  ["#@~^DgAAAA==21\\mbxDrD9+M(ffAUAAA==^#~@", "pcv_intOrderID"],
  ["#@~^DgAAAA==.k`EgZ^l/kk9E#iwQAAA==^#~@", 'rs("NClassid")'],
];

for (const [encoded, clear] of PUBLISHED) {
  Deno.test(`decodeScriptBlocks(), encodeScriptBlock() ${JSON.stringify(clear)}`, () => {
    assertEquals(decodeScriptBlocks(encoded), clear);
    assertEquals(encodeScriptBlock(clear), encoded);
  });
}

Deno.test("decodeScriptBlocks() leaves what stands between blocks, and a zero at the end goes", () => {
  const [first, second] = [encodeScriptBlock("a = 1\r\n"), encodeScriptBlock("b <> 2")];
  assertEquals(
    decodeScriptBlocks(`' head\r\n${first}' middle\r\n${second}\0`),
    "' head\r\na = 1\r\n' middle\r\nb <> 2",
  );
});

Deno.test("decodeScriptBlocks() a length that a code page changed does not matter", () => {
  assertEquals(decodeScriptBlocks(encodeScriptBlock('x = "äöü"').replace("CgAAAA", "DgAAAA")), 'x = "äöü"');
});

Deno.test("decodeScriptBlocks() and encodeScriptBlock() are inverse for every text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }).filter((text) => !text.endsWith("\0")), (text) => {
      assertEquals(decodeScriptBlocks(encodeScriptBlock(text)), text);
    }),
  );
});

const DAMAGED: readonly [title: string, text: string][] = [
  ["no end", "#@~^DgAAAA==\\ko$K6,JC\x7fV^GJ"],
  ["no length", "#@~^!!"],
  ["another letter", "#@~^DgAAAA==\\ko$K6,JC\x7fV^GKqAQAAA==^#~@"],
  ["nothing at all", "#@~^"],
];

for (const [title, text] of DAMAGED) {
  Deno.test(`decodeScriptBlocks() refuses ${title}`, () => {
    assertThrows(() => decodeScriptBlocks(text), EncodedScriptError, "damaged");
  });
}

Deno.test("decodeScriptBlocks() random damage ends in a text or in its own error", () => {
  const block = encodeScriptBlock("WScript.Echo 1\r\n".repeat(4));
  fc.assert(
    fc.property(fc.nat(block.length - 1), fc.string({ maxLength: 3 }), (at, text) => {
      try {
        decodeScriptBlocks(block.slice(0, at) + text + block.slice(at + 1));
      } catch (error) {
        if (!(error instanceof EncodedScriptError)) throw error;
      }
    }),
  );
});

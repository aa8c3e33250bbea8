import { assertEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { byteArray, bytesOfArray } from "../../../lib/wsh/adodb/stream.ts";
import { charsetNamed } from "../../../lib/wsh/adodb/charset.ts";
import { BYTE_STREAM } from "../../../lib/automation/stream.ts";
import type { DomDocument } from "../../../lib/wsh/xml/mod.ts";
import { documentOf, newDocument } from "./_documents.ts";

/** A text in an encoding, after its byte order mark. */
function encoded(text: string, charset: string, isMarked = false): Uint8Array {
  const { mark, encode } = charsetNamed(charset)!;
  return Uint8Array.of(...(isMarked ? mark : []), ...encode(text));
}

function savedBytes(document: DomDocument): Uint8Array {
  const stream = document[BYTE_STREAM];
  const bytes = new Uint8Array(stream.sizeBytes);
  stream.read(bytes, 0);
  return bytes;
}

const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?><a>é</a>`;

const LOADED: readonly [what: string, bytes: Uint8Array][] = [
  ["UTF-8 without a word of it", encoded("<a>é</a>", "utf-8")],
  ["UTF-8 with a mark", encoded("<a>é</a>", "utf-8", true)],
  ["UTF-8 as declared", encoded(declared("UTF-8"), "utf-8")],
  ["iso-8859-1 as declared", encoded(declared("iso-8859-1"), "iso-8859-1")],
  ["Windows-1252 as declared", encoded(declared("Windows-1252"), "windows-1252")],
  ["UTF-16 with a mark", encoded(declared("UTF-16"), "utf-16le", true)],
  ["UTF-16 big endian with a mark", encoded(declared("UTF-16"), "utf-16be", true)],
  ["UTF-16 without a mark", encoded("<a>é</a>", "utf-16le")],
  ["UTF-16 big endian without a mark", encoded(declared("UTF-16"), "utf-16be")],
];

for (const [what, bytes] of LOADED) {
  Deno.test(`load() ${what}`, () => {
    const document = newDocument();
    assertEquals([document.load(byteArray(bytes)), document.text], [true, "é"]);
  });
}

const FAILED: readonly [what: string, bytes: Uint8Array, code: number][] = [
  ["an encoding that there is not", encoded(declared("klingon"), "utf-8"), 0xc00ce56e],
  ["UTF-16 that is declared and is not", encoded(declared("UTF-16"), "utf-8"), 0xc00ce56f],
  ["UTF-8 that is declared and is UTF-16", encoded(declared("UTF-8"), "utf-16le", true), 0xc00ce56f],
  ["bytes that are no UTF-8", encoded("<a>é</a>", "iso-8859-1"), 0xc00ce508],
  ["bytes that end within a character", encoded("<a>é", "utf-8").slice(0, 4), 0xc00ce508],
];

for (const [what, bytes, code] of FAILED) {
  Deno.test(`load() ${what} is ${code.toString(16)}`, () => {
    const document = newDocument();
    assertEquals([document.load(byteArray(bytes)), document.parseError.errorCode >>> 0], [false, code]);
  });
}

Deno.test("load() tells where a byte is that is no UTF-8", () => {
  const document = newDocument();
  document.load(byteArray(encoded("<a>\n  <b>caf\u00e9</b></a>", "iso-8859-1")));
  assertEquals([document.parseError.line, document.parseError.linepos], [2, 9]);
});

Deno.test("loadXML() does not ask what its declaration says", () => {
  assertEquals(documentOf(declared("iso-8859-1")).text, "é");
  assertEquals(documentOf(`\ufeff${declared("utf-8")}`).text, "é");
});

for (
  const [encoding, bytes] of [
    ["utf-8", encoded(`<?xml version="1.0" encoding="utf-8"?>\r\n<a>é</a>\r\n`, "utf-8")],
    ["iso-8859-1", encoded(`<?xml version="1.0" encoding="iso-8859-1"?>\r\n<a>é</a>\r\n`, "iso-8859-1")],
    ["UTF-16", encoded(`<?xml version="1.0" encoding="UTF-16"?>\r\n<a>é</a>\r\n`, "utf-16le", true)],
    [
      "windows-1252",
      encoded(`<?xml version="1.0" encoding="windows-1252"?>\r\n<a>é</a>\r\n`, "windows-1252"),
    ],
    ["us-ascii", encoded(`<?xml version="1.0" encoding="us-ascii"?>\r\n<a>&#233;</a>\r\n`, "utf-8")],
  ] as const
) {
  Deno.test(`save() writes ${encoding}, and reads it again`, () => {
    const document = documentOf(declared(encoding));
    assertEquals(savedBytes(document), bytes);
    const again = newDocument();
    assertEquals([again.load(byteArray(bytes)), again.text], [true, "é"]);
  });
}

Deno.test("save() writes a reference for what ISO 8859-1 does not have, and Windows-1252 has", () => {
  const bytes = savedBytes(documentOf(`<?xml version="1.0" encoding="iso-8859-1"?><a b="€">é€</a>`));
  assertEquals(
    bytes,
    encoded(`<?xml version="1.0" encoding="iso-8859-1"?>\r\n<a b="&#8364;">é&#8364;</a>\r\n`, "iso-8859-1"),
  );
});

Deno.test("save() refuses a name that the encoding does not have, and an encoding that there is not", () => {
  const numberOf = (text: string): number =>
    assertThrows(() => savedBytes(documentOf(text)), AutomationError).number;
  assertEquals(numberOf('<?xml version="1.0" encoding="us-ascii"?><é/>'), 0xc00ce029 | 0);
  assertEquals(numberOf('<?xml version="1.0" encoding="klingon"?><a/>'), 0xc00ce56e | 0);
  assertEquals(bytesOfArray(byteArray(savedBytes(documentOf("<é/>")))), encoded("<é/>\r\n", "utf-8"));
});

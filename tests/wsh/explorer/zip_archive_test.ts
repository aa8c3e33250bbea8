import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { contentOf, readZip, writeZip, zipEntry, ZipError } from "../../../lib/wsh/explorer/zip_archive.ts";

const DATE = new Date(2026, 2, 15, 9, 4, 6);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Made by Info-ZIP: `printf hello > a.txt; mkdir d; touch -d 2026-03-15T09:04:06 a.txt d; zip -X0 t.zip a.txt d; base64 t.zip`. */
const OF_INFO_ZIP =
  "UEsDBAoAAAAAAINIb1yGphA2BQAAAAUAAAAFAAAAYS50eHRoZWxsb1BLAwQKAAAAAACDSG9cAAAAAAAAAAAAAAAAAgAAAGQvUEsB" +
  "Ah4DCgAAAAAAg0hvXIamEDYFAAAABQAAAAUAAAAAAAAAAAAAAKSBAAAAAGEudHh0UEsBAh4DCgAAAAAAg0hvXAAAAAAAAAAAAAAA" +
  "AAIAAAAAAAAAAAAQAO1BKAAAAGQvUEsFBgAAAAACAAIAYwAAAEgAAAAAAA==";

Deno.test("readZip() reads what Info-ZIP wrote", () => {
  const [file, folder, more] = readZip(Uint8Array.fromBase64(OF_INFO_ZIP));
  assertEquals([file!.name, file!.isFolder, file!.sizeBytes, file!.modified], ["a.txt", false, 5, DATE]);
  assertEquals(new TextDecoder().decode(contentOf(file!)), "hello");
  assertEquals([folder!.name, folder!.isFolder, more], ["d", true, undefined]);
});

Deno.test("an empty zip file is the 22 bytes that scripts write", () => {
  const empty = text("PK\x05\x06" + "\0".repeat(18));
  assertEquals(readZip(empty), []);
  assertEquals(writeZip([]), empty);
});

Deno.test("readZip() gives back what writeZip() was given", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((value) =>
    !/[\\/\0]|^[a-z]:$/i.test(value) && ![".", ".."].includes(value) && value.isWellFormed()
  );
  fc.assert(fc.property(
    fc.uniqueArray(fc.tuple(name, fc.option(fc.uint8Array({ maxLength: 3000 }))), {
      selector: ([key]) => key,
    }),
    (files) => {
      const read = readZip(writeZip(files.map(([key, bytes]) => zipEntry(key, DATE, bytes ?? undefined))));
      assertEquals(
        read.map((entry) => [entry.name, entry.isFolder ? null : contentOf(entry), entry.modified]),
        files.map(([key, bytes]) => [key, bytes, DATE]),
      );
    },
  ));
});

Deno.test("readZip() any damage is a ZipError, or another file", () => {
  const bytes = writeZip([zipEntry("a", DATE, text("x".repeat(100))), zipEntry("d", DATE, undefined)]);
  for (let at = 0; at < bytes.length; at++) {
    const damaged = bytes.slice();
    damaged[at]! ^= 0xff;
    try {
      for (const entry of readZip(damaged)) if (!entry.isFolder) contentOf(entry);
    } catch (error) {
      if (!(error instanceof ZipError)) throw error;
    }
  }
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(() => readZip(bytes.subarray(0, length)), ZipError);
  }
});

const NAMES: readonly [name: string, found: string][] = [
  ["../../etc/passwd", "etc/passwd"],
  ["/etc/passwd", "etc/passwd"],
  ["a\\..\\..\\b", "a/b"],
  ["C:/x", "C/x"],
  ["./a//b", "a/b"],
];

for (const [name, found] of NAMES) {
  Deno.test(`readZip() ${name} leads nowhere else`, () => {
    assertEquals(readZip(writeZip([zipEntry(name, DATE, text("x"))])).map((entry) => entry.name), [found]);
  });
}

Deno.test("contentOf() names what cannot be read", () => {
  const entry = zipEntry("a", DATE, text("x".repeat(100)));
  assertThrows(() => contentOf({ ...entry, method: 14 }), ZipError, "method 14");
  assertThrows(() => contentOf({ ...entry, crc: 1 }), ZipError, "damaged");
  assertThrows(() => contentOf({ ...entry, sizeBytes: 10 }), ZipError, "damaged");
  const bytes = writeZip([entry]);
  bytes[6]! |= 1; // encrypted
  assertThrows(() => readZip(bytes), ZipError, "password");
});

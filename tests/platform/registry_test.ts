import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { AutomationError } from "../../lib/automation/errors.ts";
import { FileRegistry, type RegistryValue } from "../../lib/platform/registry.ts";
import { formatRegistryText, parseRegistryText, RegistryTree } from "../../lib/platform/registry_text.ts";
import { TempFolder } from "../cli/cli.ts";
import { onPosix } from "../posix.ts";

const KEY = "HKEY_CURRENT_USER\\Software\\Acme";

// What regedit of Windows 10 exports for the values of these names.
const EXPORTED: readonly [title: string, line: string, value: RegistryValue][] = [
  ["a string", '"s"="C:\\\\x \\"y\\""', { type: "REG_SZ", data: 'C:\\x "y"' }],
  ["the default value", '@="d"', { type: "REG_SZ", data: "d" }],
  ["a number", '"n"=dword:fffffffe', { type: "REG_DWORD", data: 0xfffffffe }],
  ["bytes", '"b"=hex:00,ff,10', { type: "REG_BINARY", data: Uint8Array.of(0, 255, 16) }],
  ["an expandable string", '"e"=hex(2):25,00,58,00,25,00,00,00', { type: "REG_EXPAND_SZ", data: "%X%" }],
  ["several strings", '"m"=hex(7):61,00,00,00,62,00,00,00,00,00', { type: "REG_MULTI_SZ", data: ["a", "b"] }],
  ["64 bits", '"q"=hex(b):01,00,00,00,00,00,00,80', { type: "REG_QWORD", data: 0x8000000000000001n }],
  ["a type without a name", '"l"=hex(6):01', { type: "REG_BINARY", data: Uint8Array.of(1), typeNumber: 6 }],
];

for (const [title, line, value] of EXPORTED) {
  Deno.test(`registry text: ${title}`, () => {
    const name = line.startsWith("@") ? "" : line[1]!;
    const text = `Windows Registry Editor Version 5.00\r\n\r\n[${KEY}]\r\n${line}\r\n`;
    assertEquals(parseRegistryText(text).read(KEY, name), value);
    const tree = new RegistryTree();
    tree.write(KEY, name, value);
    assertEquals(formatRegistryText(tree), text);
  });
}

Deno.test("registry text: long bytes go over lines as regedit breaks them", () => {
  const tree = new RegistryTree();
  const value = { type: "REG_BINARY", data: new Uint8Array(100).fill(0xab) } as const;
  tree.write(KEY, "long", value);
  const text = formatRegistryText(tree);
  assertEquals(Math.max(...text.split("\r\n").map((line) => line.length)) <= 80, true);
  assertEquals(parseRegistryText(text).read(KEY, "long"), value);
});

Deno.test("registry text: comments, deleted keys and deleted values", () => {
  const tree = parseRegistryText(
    `Windows Registry Editor Version 5.00\n; a comment\n[${KEY}]\n"a"="1"\n"b"="2"\n"a"=-\n[${KEY}\\Sub]\n[-${KEY}\\Sub]\n`,
  );
  assertEquals(tree.values(KEY), ["b"]);
  assertEquals(tree.hasKey(`${KEY}\\Sub`), false);
});

for (
  const damaged of [
    "REGEDIT9",
    '"a"="1"',
    `[${KEY}]\n"a"=dword:xyz`,
    `[${KEY}]\nnonsense`,
    `[${KEY}]\n"a"=hex:zz`,
  ]
) {
  Deno.test(`registry text: damaged: ${JSON.stringify(damaged)}`, () => {
    const text = damaged === "REGEDIT9" ? damaged : `Windows Registry Editor Version 5.00\n${damaged}`;
    assertThrows(() => parseRegistryText(text), SyntaxError, "line");
  });
}

Deno.test("registry text: any string comes back", () => {
  fc.assert(fc.property(
    fc.string({ unit: "binary" }).filter((name) => !/[\r\n\0]/.test(name)),
    fc.string({ unit: "binary" }).filter((data) => !data.endsWith("\0")),
    (name, data) => {
      const tree = new RegistryTree();
      tree.write(KEY, name, { type: "REG_SZ", data });
      assertEquals(parseRegistryText(formatRegistryText(tree)).read(KEY, name), { type: "REG_SZ", data });
    },
  ));
});

Deno.test("FileRegistry names have no case, and keep the spelling they were made with", onPosix, () => {
  using folder = new TempFolder();
  const path = `${folder.path}/registry.reg`;
  new FileRegistry(path).write(KEY, "Level", { type: "REG_DWORD", data: 1 });
  const registry = new FileRegistry(path);
  registry.write(KEY.toUpperCase(), "LEVEL", { type: "REG_DWORD", data: 2 });
  assertEquals(registry.read(KEY.toLowerCase(), "level"), { type: "REG_DWORD", data: 2 });
  assertStringIncludes(Deno.readTextFileSync(path), `[${KEY}]`);
});

Deno.test("FileRegistry without a place is empty, and says why it keeps nothing", () => {
  const registry = new FileRegistry(undefined);
  assertEquals([registry.read(KEY, "a"), registry.hasKey(KEY), registry.values(KEY)], [undefined, false, []]);
  assertThrows(() => registry.write(KEY, "a", { type: "REG_SZ", data: "1" }), Error, "HOME is not set");
});

Deno.test("FileRegistry.deleteKey() refuses a key with others below it", () => {
  using folder = new TempFolder();
  const registry = new FileRegistry(`${folder.path}/registry.reg`);
  registry.write(`${KEY}\\Sub`, "a", { type: "REG_SZ", data: "1" });
  assertEquals(["", "\\Sub", ""].map((below) => registry.deleteKey(KEY + below)), [
    "has subkeys",
    "deleted",
    "deleted",
  ]);
  assertEquals([registry.deleteKey(KEY), registry.hasKey(KEY)], ["missing", false]);
});

Deno.test("FileRegistry is ASCII while it can be, and UTF-16 with a mark when it cannot", onPosix, () => {
  using folder = new TempFolder();
  const path = `${folder.path}/registry.reg`;
  const registry = new FileRegistry(path);
  registry.write(KEY, "a", { type: "REG_SZ", data: "plain" });
  assertStringIncludes(Deno.readTextFileSync(path), '"a"="plain"');
  registry.write(KEY, "b", { type: "REG_SZ", data: "größer €" });
  assertEquals([...Deno.readFileSync(path).subarray(0, 2)], [0xff, 0xfe]);
  assertEquals(new FileRegistry(path).read(KEY, "b"), { type: "REG_SZ", data: "größer €" });
});

Deno.test("FileRegistry leaves a damaged file as it is", onPosix, () => {
  using folder = new TempFolder();
  const path = folder.write("registry.reg", "Windows Registry Editor Version 5.00\n\nnonsense\n");
  const error = assertThrows(
    () => new FileRegistry(path).write(KEY, "a", { type: "REG_SZ", data: "1" }),
    AutomationError,
  );
  assertStringIncludes(error.message, "line 3");
  assertStringIncludes(Deno.readTextFileSync(path), "nonsense");
});

Deno.test("FileRegistry two processes at once lose nothing", onPosix, async () => {
  using folder = new TempFolder();
  const path = `${folder.path}/registry.reg`;
  const module = new URL("../../lib/platform/registry.ts", import.meta.url);
  const program = `import { FileRegistry } from ${JSON.stringify(module.href)};
    const registry = new FileRegistry(${JSON.stringify(path)});
    for (let i = 0; i < 20; i++) registry.write(${
    JSON.stringify(KEY)
  }, Deno.args[0] + i, { type: "REG_DWORD", data: i });`;
  const script = folder.write("writer.ts", program);
  const writers = ["a", "b", "c"].map((name) =>
    new Deno.Command(Deno.execPath(), { args: ["run", "-A", "--no-check", script, name], stderr: "inherit" })
      .output()
  );
  assertEquals((await Promise.all(writers)).map(({ code }) => code), [0, 0, 0]);
  assertEquals(new FileRegistry(path).values(KEY).length, 60);
});

import { assert, assertEquals, assertInstanceOf, assertStringIncludes, assertThrows } from "@std/assert";
import { NativeFailure, openNative } from "../../ffi/mod.ts";
import { libraryPath, nativeLibraryPath, releaseNativeHandles } from "../../lib/platform/native_library.ts";
import { listNativeRecorders } from "../../lib/drive/native.ts";

function failureOf(action: () => unknown): NativeFailure {
  try {
    action();
  } catch (error) {
    assertInstanceOf(error, NativeFailure);
    return error;
  }
  throw new Error("It did not fail");
}

Deno.test("list() gives every drive a path and an id", () => {
  using native = openNative(nativeLibraryPath());
  for (const drive of native.list()) {
    assert(drive.path.length > 0);
    assert(drive.uniqueId.length > 0);
  }
});

const notDrives: [name: string, path: () => string, kind: string][] = [
  [
    "a path that is not there",
    () => Deno.build.os === "windows" ? "\\\\.\\CdRom63" : "/dev/no-such-drive",
    "not found",
  ],
  ["an empty path", () => "", "bad argument"],
  ["a path with a NUL in it", () => "/dev/sr0\0x", "bad argument"],
];
if (Deno.build.os === "linux") {
  notDrives.push(
    ["a regular file", () => Deno.makeTempFileSync({ prefix: "burnscript-" }), "not a drive"],
    ["a folder", () => "/", "not a drive"],
    ["a device that is no drive", () => "/dev/null", "not a drive"],
    ["a path too long", () => `/${"x".repeat(300)}`, "bad argument"],
  );
}
for (const [name, path, kind] of notDrives) {
  Deno.test(`open() refuses ${name}`, () => {
    using native = openNative(nativeLibraryPath());
    const at = path();
    try {
      assertEquals(failureOf(() => native.open(at, { exclusive: true })).kind, kind);
      // What was refused holds no handle.
      assertEquals(native.releaseAll(), 0);
    } finally {
      if (name === "a regular file") Deno.removeSync(at);
    }
  });
}

Deno.test("open() tells the system's error", { ignore: Deno.build.os !== "linux" }, () => {
  using native = openNative(nativeLibraryPath());
  assertEquals(failureOf(() => native.open("/dev/no-such-drive", { exclusive: false })).osError, 2);
});

const CDB = new Uint8Array(6);
for (const handle of [-1, 0, 1, 33, 0x7FFFFFFF]) {
  Deno.test(`exec(), limits(), lock() and close() refuse handle ${handle}`, async () => {
    using native = openNative(nativeLibraryPath());
    const command = { cdb: CDB, direction: "none", data: null, timeoutMs: 1000 } as const;
    assertEquals(failureOf(() => native.exec(handle, command)).kind, "bad handle");
    assertEquals(failureOf(() => native.limits(handle)).kind, "bad handle");
    assertEquals(failureOf(() => native.lock(handle)).kind, "bad handle");
    assertEquals(failureOf(() => native.close(handle)).kind, "bad handle");
    const error = await native.execAsync(handle, command).catch((error: unknown) => error);
    assertInstanceOf(error, NativeFailure);
    assertEquals(error.kind, "bad handle");
  });
}

Deno.test("exec() refuses data without a direction and a direction without data", () => {
  using native = openNative(nativeLibraryPath());
  const base = { cdb: CDB, timeoutMs: 1000 };
  const data = new Uint8Array(8);
  assertEquals(
    failureOf(() => native.exec(1, { ...base, direction: "in", data: null })).kind,
    "bad argument",
  );
  assertEquals(failureOf(() => native.exec(1, { ...base, direction: "none", data })).kind, "bad argument");
  assertThrows(
    () => native.exec(1, { ...base, cdb: new Uint8Array(17), direction: "none", data: null }),
    RangeError,
  );
  assertThrows(
    () => native.exec(1, { ...base, cdb: new Uint8Array(0), direction: "none", data: null }),
    RangeError,
  );
});

Deno.test("bs_list() counts on past a buffer that is too small, and writes nothing past its end", () => {
  const library = Deno.dlopen(
    nativeLibraryPath(),
    { bs_list: { parameters: ["buffer", "u32"], result: "i32" } } as const,
  );
  try {
    const whole = library.symbols.bs_list(null, 0);
    const bytes = new Uint8Array(16).fill(0xA5);
    assertEquals(library.symbols.bs_list(bytes, 4), whole);
    assertEquals([...bytes.subarray(4)], Array(12).fill(0xA5));
  } finally {
    library.close();
  }
});

Deno.test("openNative() refuses a file that is no library", async () => {
  const file = await Deno.makeTempFile({ suffix: ".so" });
  try {
    assertThrows(() => openNative(file), Error);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("a closed library refuses calls", () => {
  const native = openNative(nativeLibraryPath());
  native[Symbol.dispose]();
  native[Symbol.dispose]();
  assertThrows(() => native.list(), TypeError, "closed");
});

Deno.test("libraryPath() says what to do when Burnscript does not come from files", () => {
  const error = assertThrows(
    () => libraryPath(new URL("https://example.org/burnscript/ffi/prebuilt/")),
    Error,
  );
  assertStringIncludes(error.message, "from a copy on this computer");
});

Deno.test("libraryPath() decodes the URL", () => {
  const path = libraryPath(new URL("file:///a%20b/prebuilt/"));
  assertStringIncludes(path.replaceAll("\\", "/"), "a b/prebuilt/");
});

Deno.test("listNativeRecorders() opens nothing", () => {
  for (const { identity } of listNativeRecorders()) assert(identity.uniqueId.length > 0);
  assertEquals(releaseNativeHandles(), 0);
});

Deno.test({
  name: "openNative() without --allow-ffi is NotCapable",
  permissions: { ffi: false, read: true },
  fn: () => {
    assertThrows(() => openNative(nativeLibraryPath()), Deno.errors.NotCapable);
  },
});

Deno.test("importing the bindings loads nothing and needs no permission", async () => {
  const script = `import ${JSON.stringify(new URL("../../lib/drive/native.ts", import.meta.url).href)};
    import { releaseNativeDevices, listNativeRecorders } from ${
    JSON.stringify(new URL("../../lib/drive/native.ts", import.meta.url).href)
  };
    if (releaseNativeDevices() !== 0) Deno.exit(3);
    try { listNativeRecorders(); } catch (error) { Deno.exit(error instanceof Deno.errors.NotCapable ? 7 : 4); }`;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, script);
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-check", "--config", `${import.meta.dirname}/../../deno.json`, file],
    }).output();
    assertEquals(code, 7, new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(file);
  }
});

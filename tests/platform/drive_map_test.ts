import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AutomationError } from "../../lib/automation/errors.ts";
import { DriveMap, parseDriveMapping } from "../../lib/platform/drive_map.ts";
import { TempFolder } from "../cli/cli.ts";
import { onPosix } from "../posix.ts";

function posix(workingDirectory: string, ...maps: string[]): DriveMap {
  return new DriveMap(
    maps.map((text) => parseDriveMapping(text, workingDirectory)),
    "posix",
    () => workingDirectory,
  );
}

const TO_NATIVE: readonly [path: string, native: string][] = [
  ["g:\\BurnDir", "/srv/data/BurnDir"],
  ["G:/BurnDir/sub", "/srv/data/BurnDir/sub"],
  ["g:\\", "/srv/data"],
  ["g:", "/srv/data"],
  ["g:\\a\\..\\b", "/srv/data/b"],
  ["g:\\a\\.\\b\\", "/srv/data/a/b"],
  ["z:\\usr\\share", "/usr/share"],
  ["Z:\\", "/"],
  ["/usr/share", "/usr/share"],
  ["sub\\file.txt", "/nowhere/sub/file.txt"],
  ["..\\file.txt", "/file.txt"],
];

for (const [path, native] of TO_NATIVE) {
  Deno.test(`toNative() ${path}`, () => {
    assertEquals(posix("/nowhere", "g:=/srv/data").toNative(path), native);
  });
}

Deno.test("toNative() a letter without a map names the flag", () => {
  const error = assertThrows(() => posix("/").toNative("q:\\x"), AutomationError);
  assertEquals(error.number, 76);
  assertStringIncludes(error.message, "--map q:=DIR");
});

Deno.test("toNative() a network path is refused", () => {
  assertThrows(() => posix("/").toNative("\\\\server\\share\\x"), AutomationError, "network");
});

Deno.test("toNative() exact case wins, then any case", onPosix, () => {
  using folder = new TempFolder();
  folder.write("Mixed/Case.txt", "");
  folder.write("mixed/other.txt", "");
  folder.write("Only/Here.txt", "");
  const map = posix(folder.path, `g:=${folder.path}`);
  assertEquals(map.toNative("g:\\mixed"), `${folder.path}/mixed`);
  assertEquals(
    map.toNative("g:\\MIXED\\nothing").toLowerCase(),
    `${folder.path}/mixed/nothing`.toLowerCase(),
  );
  assertEquals(map.toNative("g:\\ONLY\\HERE.TXT"), `${folder.path}/Only/Here.txt`);
});

const TO_SCRIPT: readonly [native: string, path: string][] = [
  ["/srv/data/x/y.vbs", "G:\\x\\y.vbs"],
  ["/srv/data", "G:\\"],
  ["/srv/database/x", "Z:\\srv\\database\\x"],
  ["/home/me", "Z:\\home\\me"],
  ["/", "Z:\\"],
];

for (const [native, path] of TO_SCRIPT) {
  Deno.test(`toScript() ${native}`, () => {
    assertEquals(posix("/", "g:=/srv/data").toScript(native), path);
  });
}

Deno.test("toNative() on Windows only mapped letters are translated", () => {
  const map = new DriveMap([parseDriveMapping("g:=D:\\data", "C:\\")], "windows", () => "C:\\jobs");
  assertEquals(map.toNative("c:\\x"), "c:\\x");
  assertEquals(map.toNative("g:\\x\\y").replaceAll("\\", "/"), "D:/data/x/y");
});

Deno.test("parseDriveMapping() refuses other forms", () => {
  for (const text of ["g", "gg:=x", "g:=", "=x", ""]) {
    assertThrows(() => parseDriveMapping(text, "/"), RangeError);
  }
});

Deno.test("parseDriveMapping() takes relative folders", () => {
  assertEquals(parseDriveMapping("g:=data/../x", "/srv"), { letter: "G", directory: "/srv/x" });
  assertEquals(parseDriveMapping("g=.", "/srv"), { letter: "G", directory: "/srv" });
});

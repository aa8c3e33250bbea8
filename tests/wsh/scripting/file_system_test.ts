import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { toDouble } from "../../../lib/automation/coerce.ts";
import { serialFromDate } from "../../../lib/automation/date_serial.ts";
import {
  type AutomationObject,
  DISPATCH,
  makeDate,
  makeLong,
  NOTHING,
} from "../../../lib/automation/variant.ts";
import { fileVersion } from "../../../lib/wsh/scripting/file_version.ts";
import { call, errorNumber, namesOf, put, Rig, textOf } from "./_scripting.ts";
import { onPosix } from "../../posix.ts";

/** A rig with `a.txt`, `B.txt`, `c.log` and the folders `in`, `in/deep`, `out`. */
function filled(): Rig {
  const rig = new Rig();
  rig.write("a.txt", "a");
  rig.write("B.txt", "bb");
  rig.write("c.log", "ccc");
  rig.write("in/x.txt", "xxxx");
  rig.write("in/deep/y.txt", "yyyyy");
  Deno.mkdirSync(`${rig.path}/out`);
  return rig;
}

const START = ["B.txt", "a.txt", "c.log", "in", "in/deep", "in/deep/y.txt", "in/x.txt", "out"];

/** What becomes of the tree: names that come and, behind a minus, names that go. */
const CHANGES: readonly [method: string, args: readonly (string | boolean)[], change: readonly string[]][] = [
  ["CopyFile", ["g:\\a.txt", "g:\\d.txt"], ["d.txt"]],
  ["CopyFile", ["G:\\A.TXT", "G:\\OUT\\"], ["out/a.txt"]],
  ["CopyFile", ["*.txt", "out"], ["out/B.txt", "out/a.txt"]],
  ["CopyFile", ["g:\\*.*", "g:\\out\\"], ["out/B.txt", "out/a.txt", "out/c.log"]],
  ["CopyFile", ["a.txt", "B.txt"], []],
  ["MoveFile", ["a.txt", "A.txt"], ["A.txt", "-a.txt"]],
  ["MoveFile", ["?.txt", "out\\"], ["out/B.txt", "out/a.txt", "-B.txt", "-a.txt"]],
  ["DeleteFile", ["*.txt"], ["-B.txt", "-a.txt"]],
  ["DeleteFile", ["/a.txt"], ["-a.txt"]],
  ["CopyFolder", ["in", "out\\"], ["out/in", "out/in/deep", "out/in/deep/y.txt", "out/in/x.txt"]],
  ["CopyFolder", ["in", "new"], ["new", "new/deep", "new/deep/y.txt", "new/x.txt"]],
  ["CopyFolder", ["in", "out"], ["out/deep", "out/deep/y.txt", "out/x.txt"]],
  ["CopyFolder", ["in\\d*", "out"], ["out/deep", "out/deep/y.txt"]],
  ["MoveFolder", ["in\\deep", "moved"], ["moved", "moved/y.txt", "-in/deep", "-in/deep/y.txt"]],
  ["MoveFolder", ["in\\*", "out\\"], ["out/deep", "out/deep/y.txt", "-in/deep", "-in/deep/y.txt"]],
  ["DeleteFolder", ["in"], ["-in", "-in/deep", "-in/deep/y.txt", "-in/x.txt"]],
  ["DeleteFolder", ["in\\"], ["-in", "-in/deep", "-in/deep/y.txt", "-in/x.txt"]],
  ["DeleteFolder", ["in\\d*"], ["-in/deep", "-in/deep/y.txt"]],
  ["CreateFolder", ["g:\\out\\new"], ["out/new"]],
];

/** Names in other case than the files', and a POSIX path. */
const POSIX_CHANGES = ["G:\\A.TXT", "A.txt", "/a.txt"];

for (const [method, args, change] of CHANGES) {
  const options = args.some((arg) => POSIX_CHANGES.includes(`${arg}`)) ? onPosix : {};
  Deno.test(`${method}() ${args.join(", ")}`, options, () => {
    using rig = filled();
    call(rig.fso, method, ...args.map((arg) => arg === "/a.txt" ? `${rig.path}/a.txt` : arg));
    const gone = new Set(change.filter((name) => name.startsWith("-")).map((name) => name.slice(1)));
    const come = change.filter((name) => !name.startsWith("-"));
    assertEquals(rig.tree(), [...START.filter((name) => !gone.has(name)), ...come].sort());
  });
}

const ERRORS: readonly [method: string, args: readonly (string | boolean | number)[], number: number][] = [
  ["CopyFile", ["none.txt", "d.txt"], 53],
  ["CopyFile", ["*.none", "out"], 53],
  ["CopyFile", ["none\\a.txt", "d.txt"], 76],
  ["CopyFile", ["a.txt", "none\\d.txt"], 76],
  ["CopyFile", ["a.txt", "none\\"], 76],
  ["CopyFile", ["a.txt", "out"], 70],
  ["CopyFile", ["a.txt", "a.txt"], 70],
  ["CopyFile", ["a.txt", "B.txt", false], 58],
  ["CopyFile", ["in", "out"], 53],
  ["MoveFile", ["a.txt", "B.txt"], 58],
  ["MoveFile", ["a.txt", "out"], 58],
  ["MoveFile", ["none.txt", "d.txt"], 53],
  ["DeleteFile", ["none.txt"], 53],
  ["DeleteFile", ["*.none"], 53],
  ["DeleteFile", ["none\\*.txt"], 76],
  ["DeleteFile", ["in"], 53],
  ["CopyFolder", ["none", "out\\"], 76],
  ["CopyFolder", ["n*", "out\\"], 76],
  ["CopyFolder", ["a.txt", "out\\"], 76],
  ["CopyFolder", ["in", "in\\deep\\in"], 70],
  ["CopyFolder", ["in", "in"], 70],
  ["CopyFolder", ["in", "a.txt"], 58],
  ["MoveFolder", ["in", "in\\deep\\in"], 70],
  ["MoveFolder", ["in", "out"], 58],
  ["MoveFolder", ["none", "out\\"], 76],
  ["DeleteFolder", ["none"], 76],
  ["DeleteFolder", ["a.txt"], 76],
  ["DeleteFolder", ["n*"], 76],
  ["DeleteFolder", ["g:\\"], 70],
  ["CreateFolder", ["in"], 58],
  ["CreateFolder", ["a.txt"], 58],
  ["CreateFolder", ["none\\new"], 76],
  ["GetFile", ["none.txt"], 53],
  ["GetFile", ["none\\a.txt"], 76],
  ["GetFile", ["in"], 53],
  ["GetFile", ["\\\\server\\share\\a.txt"], 76],
  ["GetFolder", ["none"], 76],
  ["GetFolder", ["a.txt"], 76],
  ["GetFolder", ["q:\\"], 76],
  ["GetDrive", ["q:"], 68],
  ["GetDrive", ["nonsense"], 5],
  ["GetSpecialFolder", [3], 5],
  ["GetStandardStream", [3], 5],
  ["GetFolder", [""], 5],
  ["GetFile", [""], 5],
  ["OpenTextFile", [""], 5],
  ["CreateTextFile", [""], 5],
  ["CreateFolder", [""], 5],
  ["DeleteFile", [""], 5],
  ["DeleteFolder", [""], 5],
  ["CopyFolder", ["", "out\\"], 5],
  ["MoveFile", ["a.txt", ""], 5],
];

for (const [method, args, number] of ERRORS) {
  Deno.test(`${method}() ${args.join(", ")} is error ${number}`, () => {
    using rig = filled();
    assertEquals(errorNumber(() => call(rig.fso, method, ...args)), number);
    assertEquals(rig.tree(), START);
  });
}

const EXISTS: readonly [path: string, file: boolean, folder: boolean][] = [
  ["g:\\a.txt", true, false],
  ["G:/A.TXT", true, false],
  ["IN\\DEEP\\Y.txt", true, false],
  ["in", false, true],
  ["in\\", false, true],
  ["g:\\", false, true],
  ["g:", false, true],
  ["none", false, false],
  ["a.txt\\none", false, false],
  ["q:\\a.txt", false, false],
  ["\\\\server\\share", false, false],
  ["", false, false],
];

for (const [path, file, folder] of EXISTS) {
  Deno.test(`FileExists() and FolderExists() of "${path}"`, () => {
    using rig = filled();
    assertEquals([call(rig.fso, "FileExists", path), call(rig.fso, "FolderExists", path)], [file, folder]);
  });
}

Deno.test("Files and SubFolders are sorted without regard to case, and indexed by name", onPosix, () => {
  using rig = filled();
  const root = call(rig.fso, "GetFolder", "g:");
  const files = call(root, "Files");
  assertEquals(namesOf(files), ["a.txt", "B.txt", "c.log"]);
  assertEquals(call(files, "Count"), makeLong(3));
  assertEquals(call(call(files, "Item", "b.TXT"), "Path"), "G:\\B.txt");
  assertEquals(errorNumber(() => call(files, "Item", "in")), 53);
  const folders = call(root, "SubFolders");
  assertEquals(namesOf(folders), ["in", "out"]);
  assertEquals(call(call(folders, "Item", "IN"), "Path"), "G:\\in");
  assertEquals(errorNumber(() => call(folders, "Item", "a.txt")), 76);
  assertEquals(call(call(folders, "Add", "new"), "Path"), "G:\\new");
  assertEquals(errorNumber(() => call(folders, "Add", "in")), 58);
});

Deno.test("Files follows links, and leaves out broken ones", onPosix, () => {
  using rig = filled();
  Deno.symlinkSync(`${rig.path}/in/x.txt`, `${rig.path}/link.txt`);
  Deno.symlinkSync(`${rig.path}/in`, `${rig.path}/linked`);
  Deno.symlinkSync("nowhere", `${rig.path}/broken`);
  const root = call(rig.fso, "GetFolder", "g:\\");
  assertEquals(namesOf(call(root, "Files")), ["a.txt", "B.txt", "c.log", "link.txt"]);
  assertEquals(namesOf(call(root, "SubFolders")), ["in", "linked", "out"]);
  assertEquals(call(call(rig.fso, "GetFile", "link.txt"), "Attributes"), makeLong(32 + 1024));
  assertEquals(call(root, "Size"), makeLong(15));
  call(rig.fso, "DeleteFolder", "linked");
  assertEquals(rig.text("in/x.txt"), "xxxx");
});

Deno.test("Files and SubFolders say what is there when they are asked", () => {
  using rig = filled();
  Deno.utimeSync(rig.path, 1e9, 1e9);
  const root = call(rig.fso, "GetFolder", "g:\\");
  const files = call(root, "Files");
  assertEquals(namesOf(files), ["a.txt", "B.txt", "c.log"]);
  assertEquals(namesOf(call(root, "SubFolders")), ["in", "out"]);
  assertEquals(namesOf(files), ["a.txt", "B.txt", "c.log"]);
  Deno.mkdirSync(`${rig.path}/made`);
  assertEquals(namesOf(call(root, "SubFolders")), ["in", "made", "out"]);
  Deno.writeTextFileSync(`${rig.path}/late.txt`, "");
  assertEquals(namesOf(files), ["a.txt", "B.txt", "c.log", "late.txt"]);
});

const onLinux = { ignore: Deno.build.os !== "linux" }; // macOS takes names in UTF-8 alone

Deno.test("Size of a folder in which names are no UTF-8 is that of the others", onLinux, () => {
  using rig = filled();
  const script = 'cd "$1" && echo x > "$(printf "caf\\351")" && mkdir "$(printf "\\377")"';
  assert(new Deno.Command("sh", { args: ["-c", script, "sh", `${rig.path}/in`] }).outputSync().success);
  assertEquals(call(call(rig.fso, "GetFolder", "g:\\"), "Size"), makeLong(15));
});

Deno.test("CopyFolder() names the file whose name is no UTF-8, and says what to do", onLinux, () => {
  using rig = filled();
  const script = 'echo x > "$1/$(printf "caf\\351")"';
  assert(new Deno.Command("sh", { args: ["-c", script, "sh", `${rig.path}/in`] }).outputSync().success);
  const { message } = assertThrows(() => call(rig.fso, "CopyFolder", "in", "copy"), AutomationError);
  assertMatch(message, /^File not found: "G:\\in\\caf\ufffd" \(.*no UTF-8.*rename it/);
});

Deno.test("files whose names have a backslash are listed, opened, copied and moved", onPosix, () => {
  using rig = filled();
  Deno.writeTextFileSync(`${rig.path}/in/a\\b.txt`, "text");
  const file = call(call(call(rig.fso, "GetFolder", "in"), "Files"), "Item", "a\uf05cb.txt");
  assertEquals([call(file, "Name"), call(file, "Path")], ["a\uf05cb.txt", "G:\\in\\a\uf05cb.txt"]);
  assertEquals(call(call(file, "OpenAsTextStream"), "ReadAll"), "text");
  call(file, "Copy", "out\\");
  call(rig.fso, "CopyFolder", "in", "copy");
  call(rig.fso, "MoveFile", "G:\\in\\a\uf05cb.txt", "G:\\in\\c\uf05cd.txt");
  call(rig.fso, "MoveFile", "G:\\in\\c\uf05cd.txt", "G:\\in\\C\uf05cD.txt");
  const names = rig.tree().filter((path) => path.includes("\\"));
  assertEquals(names, ["copy/a\\b.txt", "in/C\\D.txt", "out/a\\b.txt"]);
});

Deno.test("Size of a file that a collection gave is its size now", () => {
  using rig = filled();
  for (let size = 0; size < 100; size++) {
    const files = call(call(rig.fso, "GetFolder", "g:\\in"), "Files") as AutomationObject;
    const file = files[DISPATCH].enumerate!(files).next().value;
    Deno.writeTextFileSync(`${rig.path}/in/x.txt`, "x".repeat(size));
    assertEquals(call(file, "Size"), makeLong(size));
  }
});

Deno.test("CopyFolder() refuses a link that leads back to a folder above it", onPosix, () => {
  using rig = filled();
  Deno.symlinkSync("..", `${rig.path}/in/deep/up`);
  assertEquals(errorNumber(() => call(rig.fso, "CopyFolder", "in", "copy")), 70);
});

Deno.test("Folder has the documented properties", onPosix, () => {
  using rig = filled();
  const folder = call(rig.fso, "GetFolder", "G:\\IN\\");
  const of = (name: string): unknown => call(folder, name);
  assertEquals([of("Name"), of("Path"), of("Type"), of("IsRootFolder")], [
    "in",
    "G:\\in",
    "File folder",
    false,
  ]);
  assertEquals([of("Size"), of("Attributes")], [makeLong(9), makeLong(16)]);
  assertEquals([of("ShortName"), of("ShortPath")], ["in", "G:\\in"]);
  assertEquals(call(call(folder, "Drive"), "Path"), "G:");
  const root = call(folder, "ParentFolder");
  assertEquals([call(root, "Path"), call(root, "Name"), call(root, "IsRootFolder")], ["G:\\", "", true]);
  assertEquals(call(root, "ParentFolder"), NOTHING);
  call(call(folder, "CreateTextFile", "t.txt", true, true), "Close");
  assertEquals([...Deno.readFileSync(`${rig.path}/in/t.txt`)], [0xff, 0xfe]);
});

Deno.test("File has the documented properties", () => {
  using rig = filled();
  const time = new Date(2024, 1, 29, 13, 14, 15, 678);
  Deno.utimeSync(`${rig.path}/c.log`, time, time);
  const file = call(rig.fso, "GetFile", "c.log");
  const of = (name: string): unknown => call(file, name);
  assertEquals([of("Name"), of("Path"), of("Type")], ["c.log", "G:\\c.log", "Text Document"]);
  assertEquals([of("Size"), of("Attributes")], [makeLong(3), makeLong(32)]);
  const serial = makeDate(serialFromDate(new Date(2024, 1, 29, 13, 14, 15)));
  assertEquals([of("DateLastModified"), of("DateLastAccessed")], [serial, serial]);
  assertEquals(call(call(file, "ParentFolder"), "Path"), "G:\\");
  call(rig.fso, "CopyFile", "c.log", "d.log");
  assertEquals(call(call(rig.fso, "GetFile", "d.log"), "DateLastModified"), serial);
});

Deno.test("Name, Move, Copy and Delete work on what the object stands for", onPosix, () => {
  using rig = filled();
  const file = call(rig.fso, "GetFile", "a.txt");
  put(file, "Name", "renamed.txt");
  assertEquals([call(file, "Path"), rig.text("renamed.txt")], ["G:\\renamed.txt", "a"]);
  assertEquals(errorNumber(() => put(file, "Name", "B.txt")), 58);
  assertEquals(errorNumber(() => put(file, "Name", "out\\b.txt")), 5);
  call(file, "Copy", "g:\\out\\");
  call(file, "Move", "g:\\in\\");
  assertEquals([call(file, "Path"), rig.text("out/renamed.txt")], ["G:\\in\\renamed.txt", "a"]);
  assertEquals(call(call(file, "OpenAsTextStream"), "ReadAll"), "a");
  call(file, "Delete");
  assertEquals(errorNumber(() => call(file, "Size")), 53);
  const folder = call(rig.fso, "GetFolder", "in");
  put(folder, "Name", "IN2");
  call(folder, "Delete", true);
  assertEquals(errorNumber(() => call(folder, "Size")), 76);
  assertEquals(rig.tree(), ["B.txt", "c.log", "out", "out/renamed.txt"]);
});

Deno.test("Attributes sets read-only, which is deleted and overwritten by force alone", () => {
  using rig = filled();
  const file = call(rig.fso, "GetFile", "in\\x.txt");
  put(file, "Attributes", 1);
  assertEquals(call(file, "Attributes"), makeLong(33));
  assertEquals(errorNumber(() => call(rig.fso, "DeleteFile", "in\\x.txt")), 70);
  assertEquals(errorNumber(() => call(rig.fso, "DeleteFolder", "in")), 70);
  assertEquals(errorNumber(() => call(rig.fso, "CopyFile", "a.txt", "in\\x.txt")), 70);
  assertEquals(rig.tree(), START);
  put(file, "Attributes", 0);
  assertEquals(call(file, "Attributes"), makeLong(32));
  put(file, "Attributes", 1);
  call(rig.fso, "DeleteFile", "in\\x.txt", true);
  assertEquals(rig.tree(), START.filter((name) => name !== "in/x.txt"));
});

Deno.test("GetAbsolutePathName() shows Windows forms", onPosix, () => {
  using rig = filled();
  const absolute = (path: string): string => textOf(rig.fso, "GetAbsolutePathName", path);
  assertEquals(absolute("in\\..\\none"), "G:\\none");
  assertEquals(absolute(`${rig.path}/in/./deep`), "G:\\in\\deep");
  assertEquals(absolute("/etc"), "Z:\\etc");
  assertEquals(absolute("q:\\a\\..\\b"), "q:\\b");
});

Deno.test("a POSIX path goes on with backslashes", onPosix, () => {
  using rig = filled();
  assertEquals(call(call(rig.fso, "GetFile", `${rig.path}\\in\\x.txt`), "Path"), "G:\\in\\x.txt");
});

Deno.test("Drives lists the mapped letters", () => {
  using rig = filled();
  const drives = call(rig.fso, "Drives");
  assertEquals(call(drives, "Count"), makeLong(2));
  const drive = call(drives, "Item", "g:\\");
  assertEquals([call(drive, "DriveLetter"), call(drive, "IsReady")], ["G", true]);
  assertEquals(call(call(drive, "RootFolder"), "Path"), "G:\\");
  const [free, available, total] = ["FreeSpace", "AvailableSpace", "TotalSize"].map((name) =>
    toDouble(call(drive, name))
  );
  // Others write and delete between the calls: what is free is not compared with what was available.
  assertEquals([total! >= free!, total! >= available!, available! > 0], [true, true, true]);
  assertEquals(errorNumber(() => put(drive, "VolumeName", "x")), 70);
  assertEquals([call(rig.fso, "DriveExists", "z"), call(rig.fso, "DriveExists", "q:\\")], [true, false]);
});

Deno.test("GetSpecialFolder() gives a folder for temporary files, GetTempName() a name", () => {
  using rig = filled();
  assertEquals(call(rig.fso, "FolderExists", call(call(rig.fso, "GetSpecialFolder", 2), "Path")), true);
  assertMatch(textOf(rig.fso, "GetTempName"), /^rad[0-9A-F]{5}\.tmp$/);
  assertMatch(
    assertThrows(() => call(rig.fso, "GetSpecialFolder", 0), AutomationError).message,
    /--map c:=DIR/,
  );
});

Deno.test("fileVersion() reads what a program's resources say", () => {
  const key = [..."VS_VERSION_INFO"].flatMap((character) => [character.charCodeAt(0), 0]);
  const version = [0xbd, 0x04, 0xef, 0xfe, 0, 0, 1, 0, 8, 0, 5, 0, 3, 0, 0x2c, 1];
  assertEquals(fileVersion(Uint8Array.from([0x4d, 0x5a, 1, ...key, 0, 0, 0, 0, ...version])), "5.8.300.3");
  assertEquals(fileVersion(Uint8Array.from([0x4d, 0x5a, 1, 2, 3])), "");
  assertEquals(fileVersion(Uint8Array.from([...key, 0, 0, ...version])), "");
});

import { assert, assertEquals, assertNotEquals, assertStrictEquals, assertStringIncludes } from "@std/assert";
import { AutomationError } from "../../lib/automation/errors.ts";
import { ImageError, readVolumes } from "../../lib/image/mod.ts";
import { NOTHING, TypedNumber, VARTYPE } from "../../lib/automation/variant.ts";
import { FsiFileSystems, FsiItemType, type HresultName, type IFileSystemImage } from "../../lib/imapi/mod.ts";
import {
  assertHresult,
  creator,
  MemoryStream,
  readAll,
  script,
  testEnvironment,
  type TestOptions,
  type TreeLiteral,
} from "./_environment.ts";

const { FsiFileSystemISO9660: ISO9660, FsiFileSystemJoliet: JOLIET, FsiFileSystemUDF: UDF } = FsiFileSystems;

const BURN_DIR: TreeLiteral = { "read me.txt": "hello", sub: { "a.txt": "a", "b.txt": "b", deeper: {} } };

function newImage(options: TestOptions = {}): IFileSystemImage {
  return creator(testEnvironment({ trees: { "g:\\BurnDir": BURN_DIR }, ...options }))(
    "IMAPI2FS.MsftFileSystemImage",
  );
}

function stream(text: string): MemoryStream {
  return new MemoryStream(new TextEncoder().encode(text));
}

Deno.test("FileSystemImage() is new as Windows gives it", () => {
  const image = newImage();
  assertEquals(image.FreeMediaBlocks, 332_800);
  assertEquals(image.FileSystemsToCreate, 7);
  assertEquals(image.FileSystemsSupported, 7);
  assertEquals(image.UDFRevision, 258);
  assertEquals(image.ISO9660InterchangeLevel, 1);
  assertEquals(image.VolumeName, "");
  assertEquals(image.FileCount, 0);
  assertEquals(image.DirectoryCount, 1);
  assertEquals(image.ChangePoint, 0);
  assertEquals(image.Root.Count, 0);
  assertEquals(image.Root.Name, "");
  assertEquals(image.Root.FullPath, "");
  assertEquals(image.StageFiles, false);
  assertEquals(image.StrictFileSystemCompliance, false);
  assertEquals(image.UseRestrictedCharacterSet, false);
  assert(image.UsedBlocks > 250 && image.UsedBlocks < 700, String(image.UsedBlocks));
});

Deno.test("Root times are date 0 to a script", () => {
  assertEquals(script.get(newImage().Root, "creationtime"), new TypedNumber(VARTYPE.Date, 0));
});

// AddTree

Deno.test("AddTree() without base directory adds what the directory holds", () => {
  const image = newImage();
  image.Root.AddTree("g:\\BurnDir", false);
  assertEquals(names(image), ["\\read me.txt", "\\sub", "\\sub\\a.txt", "\\sub\\b.txt", "\\sub\\deeper"]);
  assertEquals([image.FileCount, image.DirectoryCount], [3, 3]);
});

for (
  const [path, base] of [["g:\\BurnDir", "BurnDir"], ["g:\\BurnDir\\", "BurnDir"], [
    "g:/BurnDir",
    "BurnDir",
  ]] as const
) {
  Deno.test(`AddTree() with base directory adds ${path} as ${base}`, () => {
    const image = newImage({ trees: { [path]: BURN_DIR } });
    image.Root.AddTree(path, true);
    assertEquals([...image.Root].map((item) => item.FullPath), [`\\${base}`]);
    assertEquals(image.Exists("\\BurnDir\\sub\\a.txt"), FsiItemType.FsiItemFile);
    assertEquals([image.FileCount, image.DirectoryCount], [3, 4]);
  });
}

Deno.test("AddTree() with base directory of a whole drive adds what it holds", () => {
  const image = newImage({
    trees: { "g:\\": { "a.txt": "a" } },
    resolvePath: () => "/",
    readTree: () => tree(),
  });
  image.Root.AddTree("g:\\", true);
  assertEquals(names(image), ["\\a.txt"]);
  function tree(): ReturnType<NonNullable<TestOptions["readTree"]>> {
    return testEnvironment({ trees: { "g:\\x": { "a.txt": "a" } } }).readTree("/srv/x");
  }
});

Deno.test("AddTree() goes below the directory that it is called of", () => {
  const image = newImage();
  image.Root.AddDirectory("backup");
  const backup = image.Root.Item("backup");
  script.call(backup, "AddTree", "g:\\BurnDir", false);
  assertEquals(image.Exists("\\backup\\sub\\b.txt"), FsiItemType.FsiItemFile);
});

Deno.test("AddTree() lets the source prevail where names collide, and merges directories", () => {
  const image = newImage({
    trees: {
      "g:\\one": { "a.txt": "old", sub: { x: "x" } },
      "g:\\two": { "a.txt": "newer", sub: { y: "y" } },
    },
  });
  image.Root.AddTree("g:\\one", false);
  image.Root.AddTree("g:\\two", false);
  assertEquals(names(image), ["\\a.txt", "\\sub", "\\sub\\x", "\\sub\\y"]);
  assertEquals(script.get(image.Root.Item("a.txt"), "DataSize32BitLow"), new TypedNumber(VARTYPE.Long, 5));
  assertEquals([image.FileCount, image.DirectoryCount], [3, 2]);
});

Deno.test("AddTree() of what does not fit leaves the image as it was", () => {
  const image = newImage({ trees: { "g:\\big": { "big.bin": new Uint8Array(2048 * 2000) } } });
  image.Root.AddFile("a.txt", stream("a"));
  image.FreeMediaBlocks = 1500;
  const error = assertHresult("IMAPI_E_IMAGE_SIZE_LIMIT", () => image.Root.AddTree("g:\\big", false));
  assertStringIncludes(error.message, "1500");
  assertEquals(names(image), ["\\a.txt"]);
  assertEquals([image.FileCount, image.ChangePoint], [1, 1]);
});

Deno.test("AddTree() of a drive letter without a map says which flag maps it", () => {
  const error = assertThrown(() => newImage().Root.AddTree("h:\\BurnDir", false));
  assertEquals(error.number, 76);
  assertStringIncludes(error.message, "--map");
});

Deno.test("AddTree() of a directory that is not there is error 76", () => {
  assertEquals(assertThrown(() => newImage().Root.AddTree("g:\\nothing", false)).number, 76);
});

Deno.test("AddTree() without permission is error 70 that says what was refused and which flag allows it", () => {
  const image = newImage({
    readTree: () => {
      throw new Deno.errors.NotCapable(
        'Requires read access to "/srv/BurnDir", run again with the --allow-read flag',
      );
    },
  });
  const error = assertThrown(() => image.Root.AddTree("g:\\BurnDir", false));
  assertEquals(error.number, 70);
  assertEquals(error.message.startsWith("Permission denied: "), true);
  assertStringIncludes(error.message, "/srv/BurnDir");
  assertStringIncludes(error.message, "--allow-read");
  assert(error.cause instanceof Deno.errors.NotCapable);
});

// What lib/platform/source_tree.ts throws: [about, what the system said, number or name, in the message]
const TREE_ERRORS: readonly (readonly [string, string, unknown, number | HresultName, string])[] = [
  [
    "a directory that is not there",
    "/srv/BurnDir",
    new Deno.errors.NotFound("no such file"),
    76,
    '"/srv/BurnDir"',
  ],
  [
    "a file",
    "/srv/BurnDir",
    "it is not a directory",
    "IMAPI_E_DIRECTORY_READ_FAILURE",
    "it is not a directory",
  ],
  [
    "a file in it that cannot be read",
    "/srv/BurnDir/a",
    new Error("I/O error"),
    "IMAPI_E_DATA_STREAM_CREATE_FAILURE",
    "/srv/BurnDir/a",
  ],
  [
    "one that may not be read",
    "/srv/BurnDir",
    new Deno.errors.NotCapable("--allow-read"),
    70,
    "--allow-read",
  ],
  [
    "a file in it that may not be read",
    "/srv/BurnDir/a",
    new Deno.errors.PermissionDenied("EACCES"),
    70,
    "/srv/BurnDir/a",
  ],
];
for (const [title, path, cause, expected, text] of TREE_ERRORS) {
  Deno.test(`AddTree() of ${title} is ${expected}`, () => {
    const said = cause instanceof Error ? cause.message : String(cause);
    const thrown = new ImageError("sourceUnreadable", `Cannot take "${path}": ${said}`, { path, cause });
    const image = newImage({
      readTree: () => {
        throw thrown;
      },
    });
    const error = assertThrown(() => image.Root.AddTree("g:\\BurnDir", true));
    assertEquals<unknown>(typeof expected === "number" ? error.number : error.hresultName, expected);
    assertStringIncludes(error.message, text);
    assertStrictEquals(error.cause, thrown);
  });
}

// Add, AddFile, AddDirectory

Deno.test("AddFile() and AddDirectory() put items at paths", () => {
  const image = newImage();
  image.Root.AddDirectory("docs");
  image.Root.AddDirectory("docs\\old");
  image.Root.AddFile("\\docs\\old\\a.txt", stream("abc"));
  assertEquals(names(image), ["\\docs", "\\docs\\old", "\\docs\\old\\a.txt"]);
});

Deno.test("Add() puts in the items that the image created, and Data is read only from then on", () => {
  const image = newImage();
  const file = image.CreateFileItem("a.txt");
  file.Data = stream("first");
  file.Data = stream("second");
  const directory = image.CreateDirectoryItem("d");
  image.Root.Add(directory);
  directory.Add(file);
  assertEquals(names(image), ["\\d", "\\d\\a.txt"]);
  assertStrictEquals(image.Root.Item("d\\a.txt"), file);
  assertHresult("IMAPI_E_READONLY", () => file.Data = stream("third"));
  assertEquals(file.DataSize, 6);
});

Deno.test("Data is the stream that was given", () => {
  const image = newImage();
  const data = stream("x");
  image.Root.AddFile("x", data);
  assertStrictEquals(script.get(image.Root.Item("x"), "data"), data);
});

Deno.test("Data of a file from a tree reads the file", () => {
  const image = newImage();
  image.Root.AddTree("g:\\BurnDir", false);
  const data = script.get(image.Root.Item("read me.txt"), "Data") as MemoryStream;
  assertEquals(new TextDecoder().decode(readAll(data)), "hello");
});

Deno.test("DataSize32BitHigh and DataSize32BitLow are the halves of DataSize", () => {
  const image = newImage();
  const file = image.CreateFileItem("huge");
  file.Data = new MemoryStream(new Uint8Array(0), 2 ** 32 * 3 + 0x8000_0001);
  assertEquals([file.DataSize32BitHigh, file.DataSize32BitLow], [3, 0x8000_0001 | 0]);
  assertEquals(script.get(file, "DataSize"), 2 ** 32 * 3 + 0x8000_0001);
});

const ADD_ERRORS: readonly (readonly [string, HresultName, (image: IFileSystemImage) => void])[] = [
  [
    "AddFile() of a name that is there",
    "IMAPI_E_DUP_NAME",
    (image) => image.Root.AddFile("a.txt", stream("b")),
  ],
  ["AddDirectory() of a name that is there", "IMAPI_E_DUP_NAME", (image) => image.Root.AddDirectory("d")],
  ["Add() of an item that is there", "IMAPI_E_DUP_NAME", (image) => image.Root.Add(image.Root.Item("a.txt"))],
  [
    "Add() of another item of that name",
    "IMAPI_E_DUP_NAME",
    (image) => image.Root.Add(image.CreateFileItem("a.txt")),
  ],
  [
    "Add() of another image's item",
    "IMAPI_E_INVALID_PARAM",
    (image) => image.Root.Add(newImage().CreateFileItem("z")),
  ],
  [
    "AddFile() below what is not there",
    "IMAPI_E_DIR_NOT_FOUND",
    (image) => image.Root.AddFile("no\\x", stream("x")),
  ],
  ["AddFile() below a file", "IMAPI_E_NOT_DIR", (image) => image.Root.AddFile("a.txt\\x", stream("x"))],
  ["AddFile() with a colon", "IMAPI_E_INVALID_PATH", (image) => image.Root.AddFile("a:b", stream("x"))],
  [
    "AddFile() with an empty name",
    "IMAPI_E_INVALID_PATH",
    (image) => image.Root.AddFile("d\\\\x", stream("x")),
  ],
  ["AddFile() with ..", "IMAPI_E_INVALID_PATH", (image) => image.Root.AddFile("..\\x", stream("x"))],
  ["AddFile() of no name", "IMAPI_E_INVALID_PARAM", (image) => image.Root.AddFile("\\", stream("x"))],
  ["AddTree() of no path", "IMAPI_E_INVALID_PARAM", (image) => image.Root.AddTree("", false)],
  ["AddFile() of Nothing", "E_POINTER", (image) => script.call(image.Root, "AddFile", "x", NOTHING)],
  [
    "AddDirectory() in a directory outside",
    "IMAPI_E_NOT_IN_FILE_SYSTEM",
    (image) => image.CreateDirectoryItem("o").AddDirectory("x"),
  ],
  ["CreateFileItem() of a path", "IMAPI_E_INVALID_PARAM", (image) => image.CreateFileItem("d\\x")],
  ["CreateDirectoryItem() of no name", "IMAPI_E_INVALID_PARAM", (image) => image.CreateDirectoryItem("")],
  ["Item() of what is not there", "IMAPI_E_ITEM_NOT_FOUND", (image) => image.Root.Item("nothing")],
  ["Item() of a bad path", "IMAPI_E_INVALID_PATH", (image) => image.Root.Item("a|b")],
  ["Remove() of what is not there", "IMAPI_E_ITEM_NOT_FOUND", (image) => image.Root.Remove("nothing")],
  ["Remove() of a directory with items", "IMAPI_E_DIR_NOT_EMPTY", (image) => image.Root.Remove("d")],
  ["Remove() of no name", "IMAPI_E_INVALID_PARAM", (image) => image.Root.Remove("")],
  ["RemoveTree() of a file", "IMAPI_E_NOT_DIR", (image) => image.Root.RemoveTree("a.txt")],
  ["RemoveTree() of what is not there", "IMAPI_E_DIR_NOT_FOUND", (image) => image.Root.RemoveTree("nothing")],
  ["Exists() of a relative path", "IMAPI_E_INVALID_PATH", (image) => image.Exists("a.txt")],
  [
    "VolumeName of 33 characters",
    "IMAPI_E_INVALID_VOLUME_NAME",
    (image) => image.VolumeName = "x".repeat(33),
  ],
  ["VolumeName with a slash", "IMAPI_E_INVALID_VOLUME_NAME", (image) => image.VolumeName = "a/b"],
  ["FileSystemsToCreate of 8", "IMAPI_E_INVALID_PARAM", (image) => image.FileSystemsToCreate = 8],
  [
    "FileSystemsToCreate of Joliet alone",
    "IMAPI_E_INVALID_PARAM",
    (image) => image.FileSystemsToCreate = JOLIET,
  ],
  ["UDFRevision 2.70", "IMAPI_E_INVALID_PARAM", (image) => image.UDFRevision = 0x270],
  ["UDFRevision 2", "IMAPI_E_INVALID_PARAM", (image) => image.UDFRevision = 2],
  ["ISO9660InterchangeLevel 4", "IMAPI_E_INVALID_PARAM", (image) => image.ISO9660InterchangeLevel = 4],
  ["StageFiles", "E_NOTIMPL", (image) => image.StageFiles = true],
  [
    "StrictFileSystemCompliance of a filled image",
    "IMAPI_E_FILE_SYSTEM_NOT_EMPTY",
    (image) => image.StrictFileSystemCompliance = true,
  ],
  ["FreeMediaBlocks too small", "IMAPI_E_IMAGE_TOO_BIG", (image) => image.FreeMediaBlocks = 10],
  [
    "ChooseImageDefaultsForMediaType() of a DVD-ROM",
    "IMAPI_E_INVALID_PARAM",
    (image) => image.ChooseImageDefaultsForMediaType(4),
  ],
  [
    "RollbackToChangePoint() of the future",
    "IMAPI_E_INVALID_PARAM",
    (image) => image.RollbackToChangePoint(99),
  ],
  [
    "FileSystemName() of two file systems",
    "IMAPI_E_INVALID_PARAM",
    (image) => image.Root.Item("a.txt").FileSystemName(3),
  ],
  ["CreateResultImage() of no file system", "IMAPI_E_NO_OUTPUT", (image) => {
    image.FileSystemsToCreate = 0;
    image.CreateResultImage();
  }],
  ["AddFile() over the limit", "IMAPI_E_IMAGE_SIZE_LIMIT", (image) => {
    image.FreeMediaBlocks = image.UsedBlocks;
    image.Root.AddFile("more", new MemoryStream(new Uint8Array(2048 * 100)));
  }],
  [
    "WorkingDirectory that is not there",
    "IMAPI_E_INVALID_WORKING_DIRECTORY",
    (image) => image.WorkingDirectory = "g:\\burnscript\\none",
  ],
];
for (const [title, name, work] of ADD_ERRORS) {
  Deno.test(`${title} is ${name}`, () => {
    const image = newImage();
    image.Root.AddFile("a.txt", stream("a"));
    image.Root.AddDirectory("d");
    image.Root.AddFile("d\\x", stream("x"));
    const before = [names(image), image.ChangePoint];
    const error = assertHresult(name, () => work(image));
    assert(error.message.length > 20 && !error.message.endsWith("."), error.message);
    assertEquals([names(image), image.ChangePoint], before);
  });
}

// Remove, change points

Deno.test("Remove() and RemoveTree() take items out, and totals follow", () => {
  const image = newImage();
  image.Root.AddTree("g:\\BurnDir", false);
  image.Root.Remove("sub\\a.txt");
  assertEquals([image.FileCount, image.DirectoryCount], [2, 3]);
  const sub = image.Root.Item("sub");
  image.Root.RemoveTree("sub");
  assertEquals([image.FileCount, image.DirectoryCount], [1, 1]);
  assertEquals(sub.FullPath, "\\sub");
  image.Root.Add(sub);
  assertEquals([image.FileCount, image.DirectoryCount], [2, 3]);
  image.Root.RemoveTree("\\");
  assertEquals([image.Root.Count, image.FileCount, image.DirectoryCount], [0, 0, 1]);
});

Deno.test("RollbackToChangePoint() undoes everything since", () => {
  const image = newImage();
  image.Root.AddFile("a.txt", stream("a"));
  const item = image.Root.Item("a.txt");
  const point = image.ChangePoint;
  const used = image.UsedBlocks;
  image.Root.AddTree("g:\\BurnDir", true);
  item.IsHidden = true;
  item.LastModifiedTime = new Date(2000, 0, 1);
  image.Root.Remove("a.txt");
  assertEquals(image.ChangePoint, point + 4);
  image.RollbackToChangePoint(point);
  assertEquals(names(image), ["\\a.txt"]);
  assertEquals([item.IsHidden, item.LastModifiedTime.getFullYear()], [false, 2024]);
  assertEquals([image.FileCount, image.DirectoryCount, image.UsedBlocks], [1, 1, used]);
});

Deno.test("LockInChangePoint() keeps the number and gives up the way back", () => {
  const image = newImage();
  image.Root.AddDirectory("a");
  image.Root.AddDirectory("b");
  image.LockInChangePoint();
  assertEquals(image.ChangePoint, 2);
  image.Root.AddDirectory("c");
  image.RollbackToChangePoint(2);
  assertEquals(names(image), ["\\a", "\\b"]);
  assertHresult("IMAPI_E_INVALID_PARAM", () => image.RollbackToChangePoint(1));
});

// Names

Deno.test("Item() and Exists() find exact case first, then any case", () => {
  const image = newImage();
  image.Root.AddFile("readme", stream("1"));
  image.Root.AddFile("README", stream("22"));
  assertEquals(image.Root.Item("readme").Name, "readme");
  assertEquals(image.Root.Item("README").Name, "README");
  assertEquals(image.Exists("\\ReadMe"), FsiItemType.FsiItemFile);
  assertEquals(image.Exists("/"), FsiItemType.FsiItemDirectory);
  assertEquals(image.Exists("\\other"), FsiItemType.FsiItemNotFound);
});

const FILE_SYSTEM_NAMES: readonly (readonly [number, string, string])[] = [
  [ISO9660, "\\LONG_DIR\\READ_ME.TXT", "level 1"],
  [JOLIET, "\\Long directory\\read me.txt", "Joliet"],
  [UDF, "\\Long directory\\read me.txt", "UDF"],
];
for (const [fileSystem, path, title] of FILE_SYSTEM_NAMES) {
  Deno.test(`FileSystemPath() gives the names of ${title}`, () => {
    const image = newImage();
    image.Root.AddDirectory("Long directory");
    image.Root.AddFile("Long directory\\read me.txt", stream("a"));
    const item = image.Root.Item("Long directory\\read me.txt");
    assertEquals(item.FileSystemPath(fileSystem), path);
    assertEquals(item.FileSystemName(fileSystem), path.split("\\").at(-1));
    assertEquals(image.Root.FileSystemName(fileSystem), "");
  });
}

Deno.test("VolumeName is recorded as each file system can", () => {
  const image = newImage();
  image.VolumeName = "Back-up 2024.01, part one";
  assertEquals(image.VolumeName, "Back-up 2024.01, part one");
  assertEquals(image.VolumeNameISO9660, image.VolumeNameISO9660.toUpperCase());
  assertEquals(image.VolumeNameISO9660.length <= 32, true);
  assertEquals(image.VolumeNameJoliet, "Back-up 2024.01,");
  assertEquals(image.VolumeNameUDF, "Back-up 2024.01, part one");
});

Deno.test("UseRestrictedCharacterSet refuses names outside 32 to 127", () => {
  const image = newImage({ trees: { "g:\\t": { "ä.txt": "" } } });
  image.Root.AddDirectory("é");
  image.UseRestrictedCharacterSet = true;
  assertHresult("IMAPI_E_RESTRICTED_NAME_VIOLATION", () => image.Root.AddDirectory("ö"));
  assertHresult("IMAPI_E_RESTRICTED_NAME_VIOLATION", () => image.Root.AddTree("g:\\t", false));
  image.Root.AddDirectory("o");
  assertEquals(image.Root.Count, 2);
});

Deno.test("StrictFileSystemCompliance allows eight levels of directories", () => {
  const image = newImage({ trees: { "g:\\deep": { a: { b: { c: {} } } } } });
  image.StrictFileSystemCompliance = true;
  for (const path of ["1", "1\\2", "1\\2\\3", "1\\2\\3\\4", "1\\2\\3\\4\\5"]) image.Root.AddDirectory(path);
  const five = image.Root.Item("1\\2\\3\\4\\5");
  assertHresult("IMAPI_E_ISO9660_LEVELS", () => script.call(five, "AddTree", "g:\\deep", false));
  image.Root.AddDirectory("1\\2\\3\\4\\5\\6");
  image.Root.AddDirectory("1\\2\\3\\4\\5\\6\\7");
  assertHresult("IMAPI_E_ISO9660_LEVELS", () => image.Root.AddDirectory("1\\2\\3\\4\\5\\6\\7\\8"));
  image.Root.AddFile("1\\2\\3\\4\\5\\6\\7\\file", stream("x"));
});

// Result

for (
  const [revision, name] of [[0x102, "1.02"], [0x201, "2.01"], [0x250, "2.50"], [0x260, "2.60"]] as const
) {
  Deno.test(`UDFRevision ${name} is that of the image, and counts in UsedBlocks`, () => {
    const image = newImage();
    image.Root.AddTree("g:\\BurnDir", false);
    const before = image.UsedBlocks;
    assert(image.UDFRevisionsSupported.includes(revision));
    image.UDFRevision = revision;
    assertEquals(image.UDFRevision, revision);
    const result = image.CreateResultImage();
    assertEquals(image.UsedBlocks, result.TotalBlocks);
    assertEquals(image.UsedBlocks > before, revision >= 0x250); // which have the metadata twice
    const bytes = readAll(result.ImageStream as MemoryStream);
    const read = (lba: number, count: number, target: Uint8Array): void =>
      target.set(bytes.subarray(lba * 2048, (lba + count) * 2048));
    const udf = readVolumes(read, result.TotalBlocks).find((volume) => volume.fileSystem === "udf")!;
    assertEquals([udf.revision, udf.problems.length], [name, 0]);
    assertEquals(
      udf.entries.map((entry) => entry.path),
      names(image).map((path) => path.replaceAll("\\", "/")),
    );
  });
}

Deno.test("CreateResultImage() gives a stream of the image, at any offset", () => {
  const image = newImage();
  image.VolumeName = "BURN";
  image.Root.AddTree("g:\\BurnDir", false);
  const result = image.CreateResultImage();
  assertEquals(result.BlockSize, 2048);
  assertEquals(result.TotalBlocks, image.UsedBlocks);
  assertEquals(result.ImageStream.sizeBytes, result.TotalBlocks * 2048);
  const whole = readAll(result.ImageStream);
  assertEquals(readAll(result.ImageStream, 777), whole);
  assertEquals(new TextDecoder().decode(whole.subarray(16 * 2048 + 1, 16 * 2048 + 6)), "CD001");
  assertStringIncludes(new TextDecoder("latin1").decode(whole), "hello");
  assertEquals(result.ImageStream.read(new Uint8Array(10), whole.length), 0);
  assertEquals(result.ImageStream.read(new Uint8Array(10), whole.length - 3), 3);
});

Deno.test("CreateResultImage() is not touched by what is changed later", () => {
  const image = newImage();
  image.Root.AddFile("a.txt", stream("aaaa"));
  const first = image.CreateResultImage();
  const before = readAll(first.ImageStream);
  image.Root.Item("a.txt").IsHidden = true;
  image.Root.AddFile("b.txt", stream("bbbb"));
  image.Root.Remove("a.txt");
  assertEquals(readAll(first.ImageStream), before);
  assertNotEquals(readAll(image.CreateResultImage().ImageStream), before);
});

Deno.test("ProgressItems say which blocks belong to what", () => {
  const image = newImage();
  image.Root.AddTree("g:\\BurnDir", false);
  const { ProgressItems: items, ImageStream: data } = image.CreateResultImage();
  assertEquals([...items].length, items.Count);
  const last = items.Item(items.Count - 1);
  assertStrictEquals(items.ProgressItemFromBlock(last.LastBlock), last);
  assertEquals(last.BlockCount, last.LastBlock - last.FirstBlock + 1);
  const file = [...items].find(({ Description }) => Description.endsWith("read me.txt"))!;
  assertStrictEquals(items.ProgressItemFromDescription(file.Description), file);
  const bytes = new Uint8Array(5);
  data.read(bytes, file.FirstBlock * 2048);
  assertEquals(new TextDecoder().decode(bytes), "hello");
  assertHresult("E_INVALIDARG", () => items.ProgressItemFromBlock(3));
  assertHresult("E_INVALIDARG", () => items.Item(items.Count));
  assertHresult("E_INVALIDARG", () => items.ProgressItemFromDescription("none"));
});

Deno.test("CreateResultImage() with a source that shrank is IMAPI_E_DATA_STREAM_INCONSISTENCY when it is read", () => {
  const image = newImage();
  image.Root.AddFile("a.bin", new MemoryStream(new Uint8Array(100), 5000));
  const { ImageStream: data } = image.CreateResultImage();
  const error = assertHresult("IMAPI_E_DATA_STREAM_INCONSISTENCY", () => readAll(data));
  assertStringIncludes(error.message, "a.bin");
  assert(error.cause instanceof Error);
});

Deno.test("FreeMediaBlocks of 0 is no limit", () => {
  const image = newImage();
  image.FreeMediaBlocks = 0;
  image.Root.AddFile("huge", new MemoryStream(new Uint8Array(0), 2048 * 400_000));
  assert(image.UsedBlocks > 400_000);
});

for (const [type, blocks] of [[2, 332_800], [6, 2_295_104], [8, 4_173_824], [18, 12_219_392]] as const) {
  Deno.test(`ChooseImageDefaultsForMediaType(${type}) gives ${blocks} blocks and all file systems`, () => {
    const image = newImage();
    image.FileSystemsToCreate = ISO9660;
    image.ChooseImageDefaultsForMediaType(type);
    assertEquals([image.FreeMediaBlocks, image.FileSystemsToCreate], [blocks, 7]);
  });
}

Deno.test("Adding 20,000 files takes no plan for each", () => {
  const image = newImage();
  const empty = stream("");
  for (let index = 0; index < 20_000; index++) image.Root.AddFile(`file${index}`, empty);
  assertEquals(image.FileCount, 20_000);
});

// The way of scripts

Deno.test("Scripts reach the image through its dispatch table, in any case of letters", () => {
  const image = newImage();
  const root = script.get(image, "root");
  script.call(root, "addtree", "g:\\BurnDir", 0);
  assertEquals(script.get(image, "FILECOUNT"), new TypedNumber(VARTYPE.Long, 3));
  assertEquals(script.each(root).map((item) => script.get(item, "name")), ["read me.txt", "sub"]);
  assertEquals(script.get(script.get(root, "Item", "sub"), "count"), new TypedNumber(VARTYPE.Long, 3));
  const result = script.call(image, "CreateResultImage");
  assertEquals(typeof script.get(result, "TotalBlocks") === "object", true);
  script.put(image, "FileSystemsToCreate", "3");
  assertEquals(image.FileSystemsToCreate, 3);
  script.put(image, "VolumeName", 2024);
  assertEquals(image.VolumeName, "2024");
});

function assertThrown(work: () => unknown): AutomationError {
  try {
    work();
  } catch (error) {
    if (error instanceof AutomationError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown");
}

function names(image: IFileSystemImage): string[] {
  const found: string[] = [];
  const visit = (directory: Iterable<{ FullPath: string }>): void => {
    for (const item of directory) {
      found.push(item.FullPath);
      if (Symbol.iterator in item) visit(item as Iterable<{ FullPath: string }>);
    }
  };
  visit(image.Root);
  return found;
}

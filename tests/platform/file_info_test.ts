import { assertEquals, assertThrows } from "@std/assert";
import { fileInfo, fileSize, folderNames } from "../../lib/platform/file_info.ts";
import { TempFolder } from "../cli/cli.ts";

/** More looks than are made without the native library. */
const MANY = 100;
const ignore = Deno.build.os === "windows"; // links need a privilege there

function filled(): TempFolder {
  const folder = new TempFolder();
  Deno.writeTextFileSync(`${folder.path}/ünder 日本.txt`, "12345");
  Deno.mkdirSync(`${folder.path}/in`);
  Deno.symlinkSync("in", `${folder.path}/link`);
  Deno.symlinkSync("nowhere", `${folder.path}/broken`);
  Deno.utimeSync(`${folder.path}/ünder 日本.txt`, -5.25, 7.5);
  return folder;
}

Deno.test("fileInfo() and fileSize() tell what Deno tells, by whatever way they look", { ignore }, () => {
  using folder = filled();
  for (let look = 0; look < MANY; look++) {
    for (const name of ["ünder 日本.txt", "in", "link"]) {
      const path = `${folder.path}/${name}`;
      const told = fileInfo(path);
      const info = Deno.statSync(path);
      assertEquals([told.isFile, told.isDirectory, told.isSymlink], [
        info.isFile,
        info.isDirectory,
        info.isSymlink,
      ]);
      assertEquals([told.size, told.mode, told.uid, told.gid], [info.size, info.mode, info.uid, info.gid]);
      assertEquals([told.ino, told.dev, told.nlink], [info.ino, info.dev, info.nlink]);
      assertEquals([told.mtime, told.birthtime], [info.mtime, info.birthtime]);
      assertEquals(fileSize(path), info.isDirectory ? undefined : info.size);
    }
  }
  const first = fileInfo(`${folder.path}/ünder 日本.txt`);
  fileInfo(`${folder.path}/in`);
  assertEquals([first.size, first.isFile, first.atime], [5, true, new Date(-5250)]);
});

Deno.test("folderNames() tells what Deno tells, by whatever way it looks", { ignore }, () => {
  using folder = filled();
  for (let look = 0; look < MANY; look++) {
    const { files, folders, links } = folderNames(folder.path);
    assertEquals([files, folders, links.toSorted()], [["ünder 日本.txt"], ["in"], ["broken", "link"]]);
    assertEquals(folderNames(`${folder.path}/in`), { files: [], folders: [], links: [] });
  }
});

for (const [title, path] of [["with NUL", "/\0"], ["too long", "/a".repeat(9000)], ["empty", ""]] as const) {
  Deno.test(`a path ${title} is refused as Deno refuses it`, () => {
    for (let look = 0; look < MANY; look++) {
      for (const [ours, theirs] of [[fileInfo, Deno.statSync], [folderNames, Deno.readDirSync]] as const) {
        const expected = assertThrows(() => [...theirs(path) as unknown as unknown[]]) as Error;
        assertThrows(() => ours(path), expected.constructor as ErrorConstructor);
      }
    }
  });
}

/** Looks so often that the library is used where it may be, then at another folder. */
function lookAt(other: string, folder: string, ...permissions: string[]): string {
  const module = new URL("../../lib/platform/file_info.ts", import.meta.url).href;
  const script = `${folder}/look.ts`;
  Deno.writeTextFileSync(
    script,
    `import { fileInfo, folderNames } from "${module}";
for (let look = 0; look < ${MANY}; look++) fileInfo(${JSON.stringify(folder)});
for (const look of [fileInfo, folderNames]) {
  try { look(${JSON.stringify(other)}); console.log("seen"); } catch (error) { console.log(error.name); }
}`,
  );
  const { stdout, stderr } = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--no-check",
      "--config",
      "deno.json",
      "--allow-ffi",
      ...permissions,
      script,
    ],
  }).outputSync();
  return new TextDecoder().decode(stdout) || new TextDecoder().decode(stderr);
}

Deno.test("the native library opens no way around --allow-read and --deny-read", { ignore }, () => {
  using folder = new TempFolder();
  assertEquals(lookAt("/etc", folder.path, "--allow-read"), "seen\nseen\n");
  const denied = "NotCapable\nNotCapable\n";
  assertEquals(lookAt("/etc", folder.path, `--allow-read=${folder.path}`), denied);
  assertEquals(lookAt("/etc", folder.path, "--allow-read", "--deny-read=/etc"), denied);
});

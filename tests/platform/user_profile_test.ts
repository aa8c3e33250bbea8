import { assertEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../lib/automation/errors.ts";
import { accountOf } from "../../lib/platform/account.ts";
import { DriveMap } from "../../lib/platform/drive_map.ts";
import { createUserProfile, type UserProfile } from "../../lib/platform/user_profile.ts";
import { TempFolder } from "../cli/cli.ts";
import { onPosix } from "../posix.ts";

function profile(
  variables: Record<string, string>,
  options: { system?: "linux" | "darwin"; userDirectories?: string } = {},
): UserProfile | undefined {
  return createUserProfile({
    system: options.system ?? "linux",
    variable: (name) => variables[name],
    readText: (path) => path.endsWith("/user-dirs.dirs") ? options.userDirectories : undefined,
  });
}

function drives(made: UserProfile | undefined, ...maps: { letter: string; directory: string }[]): DriveMap {
  return new DriveMap(maps, "posix", () => "/nowhere", made);
}

const ME = { HOME: "/home/me", USER: "me" };

const PAIRS: readonly [script: string, native: string][] = [
  ["C:\\Users\\me", "/home/me"],
  ["C:\\Users\\me\\jobs\\a.vbs", "/home/me/jobs/a.vbs"],
  ["C:\\Users\\me\\AppData\\Roaming\\x", "/home/me/.config/x"],
  ["C:\\Users\\me\\AppData\\Local\\x", "/home/me/.local/share/x"],
  ["C:\\Users\\me\\AppData\\Local\\Temp\\rad1.tmp", "/home/me/.cache/burnscript/temp/rad1.tmp"],
  ["C:\\Users\\me\\Documents\\x", "/home/me/Dokumente/x"],
  ["C:\\Windows\\System32", "/home/me/.local/share/burnscript/c/Windows/System32"],
  ["C:\\", "/home/me/.local/share/burnscript/c"],
  ["Z:\\srv", "/srv"],
];

for (const [script, native] of PAIRS) {
  Deno.test(`UserProfile ${script} in both directions`, onPosix, () => {
    const map = drives(profile(ME, { userDirectories: 'XDG_DOCUMENTS_DIR="$HOME/Dokumente"\n' }));
    assertEquals(map.toNative(script), native);
    assertEquals(map.toScript(native), script);
    assertEquals(map.toNative(script.toUpperCase()).toLowerCase(), native.toLowerCase());
  });
}

Deno.test("UserProfile a desktop folder that is the home folder is not there", () => {
  const made = profile(ME, {
    userDirectories: 'XDG_DESKTOP_DIR="$HOME/"\nXDG_MUSIC_DIR="/srv/my\\"music"\n',
  })!;
  assertEquals(made.folders.placed.Desktop, "/home/me/Desktop");
  assertEquals(made.folders.placed.Music, '/srv/my"music');
});

Deno.test("UserProfile follows the XDG variables and TMPDIR", () => {
  const { folders } = profile({
    ...ME,
    XDG_DATA_HOME: "/data",
    XDG_CONFIG_HOME: "/conf",
    TMPDIR: "/var/tmp/",
  })!;
  assertEquals([folders.drive, folders.roaming, folders.temporary], [
    "/data/burnscript/c",
    "/conf",
    "/var/tmp",
  ]);
});

Deno.test("UserProfile on macOS lies in the Library", () => {
  const { folders } = profile({ HOME: "/Users/me" }, { system: "darwin" })!;
  assertEquals(folders.drive, "/Users/me/Library/Application Support/Burnscript/C");
  assertEquals(folders.placed.Videos, "/Users/me/Movies");
});

for (const home of [undefined, "", "/", "relative"]) {
  Deno.test(`UserProfile none without a home folder: ${home}`, () => {
    assertEquals(profile(home === undefined ? {} : { HOME: home }), undefined);
  });
}

Deno.test("UserProfile a --map of C: replaces it", onPosix, () => {
  const map = drives(profile(ME), { letter: "C", directory: "/srv/c" });
  assertEquals(map.toNative("C:\\Users\\me"), "/srv/c/Users/me");
  assertEquals(map.toScript("/home/me"), "Z:\\home\\me");
});

Deno.test(
  "UserProfile.prepare() makes what every Windows drive has, and shows the user below Users",
  onPosix,
  () => {
    using folder = new TempFolder();
    const map = drives(profile({ HOME: folder.path, USER: "me" }));
    for (
      const path of [
        "Windows\\System32",
        "Program Files",
        "ProgramData",
        "Users\\me",
        "Users\\me\\AppData\\Local\\Temp",
        "Users\\me\\AppData\\Roaming",
        "users\\ME\\desktop",
      ]
    ) {
      assertEquals(Deno.statSync(map.toNative(`c:\\${path}`)).isDirectory, true, path);
    }
    assertEquals([...Deno.readDirSync(map.toNative("C:\\Users"))].map(({ name }) => name).sort(), [
      "Public",
      "me",
    ]);
    assertEquals(Deno.statSync(map.toNative("C:\\Users\\me\\AppData\\Local\\Temp")).mode! & 0o777, 0o700);
    const atHome = [...Deno.readDirSync(folder.path)].map(({ name }) => name).filter((name) =>
      !name.startsWith(".")
    );
    assertEquals(atHome, Deno.build.os === "darwin" ? ["Desktop", "Library"] : ["Desktop"]); // and no Music
  },
);

Deno.test("accountOf() finds the user's line among others", () => {
  const users = "root:x:0:0:root:/root:/bin/sh\n\n+::::::\nme:x:1000:100:I, myself:/home/me:/bin/sh\n";
  assertEquals(accountOf(users, 1000), { name: "me", home: "/home/me" });
  assertEquals([accountOf(users, 7), accountOf(users, undefined)], [undefined, undefined]);
});

Deno.test("DriveMap shows a backslash in a name as U+F05C, and leads back", onPosix, () => {
  using folder = new TempFolder();
  Deno.mkdirSync(`${folder.path}/a\\b`);
  const map = new DriveMap([{ letter: "G", directory: folder.path }], "posix", () => folder.path);
  assertEquals(map.toScript(`${folder.path}/a\\b/c`), "G:\\a\uf05cb\\c");
  assertEquals(map.toNative("g:\\A\uf05cB\\c"), `${folder.path}/a\\b/c`);
});

Deno.test("DriveMap nothing leads above the root of a drive", onPosix, () => {
  assertEquals(
    drives(undefined, { letter: "G", directory: "/srv/data" }).toNative("g:\\..\\..\\etc"),
    "/srv/data/etc",
  );
});

Deno.test("DriveMap.changeDirectory() moves what relative paths start from", onPosix, () => {
  const map = drives(undefined);
  map.changeDirectory("/srv/jobs");
  assertEquals([map.toNative("a.txt"), map.workingDirectory()], ["/srv/jobs/a.txt", "/srv/jobs"]);
});

Deno.test("DriveMap.setLetter() maps a letter and takes it away", onPosix, () => {
  const map = drives(undefined);
  map.setLetter("N", "/mnt/share");
  assertEquals([map.toNative("n:\\x"), map.toScript("/mnt/share/x"), map.mappings], [
    "/mnt/share/x",
    "N:\\x",
    [{ letter: "N", names: [], directory: "/mnt/share" }],
  ] as unknown as typeof map.mappings[]);
  map.setLetter("N", undefined);
  assertThrows(() => map.toNative("n:\\x"), AutomationError, "--map n:=DIR");
});

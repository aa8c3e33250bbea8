import { assertEquals } from "@std/assert";
import * as paths from "../../../lib/wsh/scripting/windows_path.ts";

const NAMES: readonly [
  path: string,
  parent: string,
  name: string,
  base: string,
  ext: string,
  drive: string,
][] = [
  ["C:\\a\\b.tar.gz", "C:\\a", "b.tar.gz", "b.tar", "gz", "C:"],
  ["C:\\a", "C:\\", "a", "a", "", "C:"],
  ["C:\\a\\", "C:\\", "a", "a", "", "C:"],
  ["C:\\", "", "", "", "", "C:"],
  ["C:", "", "", "", "", "C:"],
  ["C:a.txt", "C:", "a.txt", "a", "txt", "C:"],
  ["a.txt", "", "a.txt", "a", "txt", ""],
  ["a\\b", "a", "b", "b", "", ""],
  ["a/b/c.d", "a/b", "c.d", "c", "d", ""],
  [".profile", "", ".profile", "", "profile", ""],
  ["\\\\server\\share\\x.y", "\\\\server\\share", "x.y", "x", "y", "\\\\server\\share"],
  ["\\\\server\\share", "", "", "", "", "\\\\server\\share"],
  ["/srv/data/x.txt", "/srv/data", "x.txt", "x", "txt", ""],
  ["/srv", "/", "srv", "srv", "", ""],
  ["", "", "", "", "", ""],
];

for (const [path, parent, name, base, extension, drive] of NAMES) {
  Deno.test(`windows_path takes "${path}" apart`, () => {
    assertEquals(
      [
        paths.parentFolderName(path),
        paths.fileName(path),
        paths.baseName(path),
        paths.extensionName(path),
        paths.driveName(path),
      ],
      [parent, name, base, extension, drive],
    );
  });
}

const BUILT: readonly [path: string, name: string, built: string][] = [
  ["C:\\a", "b", "C:\\a\\b"],
  ["C:\\a\\", "b", "C:\\a\\b"],
  ["C:\\a\\", "\\b", "C:\\a\\b"],
  ["C:\\a", "\\b", "C:\\a\\b"],
  ["C:", "b", "C:b"],
  ["", "b", "b"],
  ["a", "", "a"],
  ["/srv", "b", "/srv/b"],
];

for (const [path, name, built] of BUILT) {
  Deno.test(`buildPath() joins "${path}" and "${name}"`, () => {
    assertEquals(paths.buildPath(path, name), built);
  });
}

const ABSOLUTE: readonly [path: string, absolute: string][] = [
  ["b.txt", "G:\\work\\b.txt"],
  ["..\\b\\.\\c", "G:\\b\\c"],
  ["..\\..\\..", "G:\\"],
  ["\\b", "G:\\b"],
  ["C:\\a\\..\\b\\", "C:\\b"],
  ["C:/a/b", "C:\\a\\b"],
  ["C:", "C:\\"],
  ["g:", "G:\\work"],
  ["g:x", "G:\\work\\x"],
  ["", "G:\\work"],
  ["\\\\s\\d\\a\\..\\b", "\\\\s\\d\\b"],
  ["\\\\s\\d", "\\\\s\\d"],
];

for (const [path, absolute] of ABSOLUTE) {
  Deno.test(`absolutePath() of "${path}"`, () =>
    assertEquals(paths.absolutePath(path, "G:\\work"), absolute));
}

const PATTERNS: readonly [pattern: string, matching: string[], others: string[]][] = [
  ["*.txt", ["a.txt", "A.TXT", ".txt"], ["a.txt2", "txt"]],
  ["*.*", ["a", "a.b", ".x"], []],
  ["a.*", ["a", "a.b", "A.b.c"], ["ab", "b.a"]],
  ["a?c", ["abc"], ["ac", "abbc"]],
  ["a??", ["a", "ab", "abc"], ["abcd"]],
  ["[x]+(1).txt", ["[x]+(1).txt"], ["x.txt"]],
];

for (const [pattern, matching, others] of PATTERNS) {
  Deno.test(`wildcard() "${pattern}"`, () => {
    const expression = paths.wildcard(pattern);
    assertEquals([...matching, ...others].filter((name) => expression.test(name)), matching);
  });
}

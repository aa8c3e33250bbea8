import { assertEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { DriveMap } from "../../../lib/platform/drive_map.ts";
import {
  findProgram,
  interpreterCommand,
  isCommandInterpreter,
  isScriptHost,
  programCandidates,
  splitArguments,
  translatedArgument,
} from "../../../lib/wsh/shell/command_line.ts";
import { expandPercents } from "../../../lib/wsh/shell/cmd/percent.ts";
import { expandVariables } from "../../../lib/wsh/shell/environment.ts";
import { TempFolder } from "../../cli/cli.ts";
import { onPosix } from "../../posix.ts";

// The examples of "Parsing C command-line arguments" in the C language reference, and what follows from its rules.
const ARGUMENTS: readonly [text: string, args: string[]][] = [
  ['"a b c" d e', ["a b c", "d", "e"]],
  ['"ab\\"c" "\\\\" d', ['ab"c', "\\", "d"]],
  ['a\\\\\\b d"e f"g h', ["a\\\\\\b", "de fg", "h"]],
  ['a\\\\\\"b c d', ['a\\"b', "c", "d"]],
  ['a\\\\\\\\"b c" d e', ["a\\\\b c", "d", "e"]],
  ['a"b"" c d', ['ab" c d']],
  ['"" x', ["", "x"]],
  ['"C:\\dir\\\\"', ["C:\\dir\\"]],
  ["  \t ", []],
  ['"never closed', ["never closed"]],
];

for (const [text, args] of ARGUMENTS) {
  Deno.test(`splitArguments() ${text}`, () => assertEquals(splitArguments(text), args));
}

Deno.test("programCandidates() a name without quotes may hold blanks", () => {
  assertEquals(
    [...programCandidates("c:\\my tools\\run.exe a")].map(({ program, rest }) => [program, rest]),
    [
      ["c:\\my", "tools\\run.exe a"],
      ["c:\\my tools\\run.exe", "a"],
      ["c:\\my tools\\run.exe a", ""],
    ],
  );
  assertEquals([...programCandidates(' "c:\\my tools\\run" a "b c"')], [
    { program: "c:\\my tools\\run", rest: 'a "b c"' },
  ]);
});

for (const name of ["cmd", "CMD.EXE", "c:\\windows\\system32\\cmd.exe", "command.com"]) {
  Deno.test(`isCommandInterpreter() ${name}`, () => assertEquals(isCommandInterpreter(name), true));
}

for (
  const [name, expected] of [["cscript", true], ["C:\\Windows\\System32\\WScript.exe", true], [
    "xcscript",
    false,
  ]] as const
) {
  Deno.test(`isScriptHost() ${name}`, () => assertEquals(isScriptHost(name), expected));
}

const TRANSLATED: readonly [argument: string, expected: string][] = [
  ["G:\\in\\x y.txt", "/srv/data/in/x y.txt"],
  ["g:/in", "/srv/data/in"],
  ["G:", "/srv/data"],
  ["--out=G:\\x", "--out=/srv/data/x"],
  ["of=z:\\tmp\\f", "of=/tmp/f"],
  ["in\\x.txt", "in\\x.txt"],
  ["-oG:\\x", "-oG:\\x"],
  ["http://host/a", "http://host/a"],
  ["s:abc:def:", "s:abc:def:"],
  ["\\d+", "\\d+"],
  ["", ""],
];

for (const [argument, expected] of TRANSLATED) {
  Deno.test(`translatedArgument() ${argument}`, onPosix, () => {
    const map = new DriveMap([{ letter: "G", directory: "/srv/data" }], "posix", () => "/");
    assertEquals(translatedArgument(argument, map), expected);
  });
}

Deno.test("translatedArgument() a letter without a folder is error 76", () => {
  const map = new DriveMap([], "posix", () => "/");
  assertThrows(() => translatedArgument("q:\\x", map), AutomationError, "--map q:=DIR");
});

Deno.test(
  "findProgram() on PATH as it is, in small letters and without .exe; what cannot be run is none",
  onPosix,
  () => {
    using folder = new TempFolder();
    for (const name of ["tool", "Other.exe"]) {
      folder.write(name, "#!/bin/sh\n");
      Deno.chmodSync(`${folder.path}/${name}`, 0o755);
    }
    folder.write("data", "");
    const driveMap = new DriveMap([{ letter: "G", directory: folder.path }], "posix", () => "/");
    const context = { driveMap, variable: () => `/nowhere:${folder.path}` };
    const found = ["tool", "TOOL.EXE", "Other.exe", "g:\\tool.exe", "G:\\Other", "data", "nothing"].map((
      name,
    ) => findProgram(name, context)?.slice(folder.path.length + 1));
    assertEquals(found, ["tool", "tool", "Other.exe", "tool", undefined, undefined, undefined]);
  },
);

const INTERPRETER: readonly [rest: string, line: string | undefined][] = [
  ["/c dir", "dir"],
  ["/C dir /b", "dir /b"],
  [" /q /d /s /c dir", "dir"],
  ['/c "dir /b"', "dir /b"],
  ['/c ""c:\\my tools\\x" "a b""', '"c:\\my tools\\x" "a b"'],
  ['/c "c:\\my tools\\x"', '"c:\\my tools\\x"'],
  ['/c "echo a & echo b"', "echo a & echo b"],
  ["/k set", "set"],
  ["/c", ""],
  ["", undefined],
];

for (const [rest, line] of INTERPRETER) {
  Deno.test(`interpreterCommand() cmd ${rest}`, () => assertEquals(interpreterCommand(rest).line, line));
}

Deno.test("interpreterCommand() /v:on asks for !NAME!, /q for silence", () => {
  const all = ["/v:on /c x", "/V /q /c x", "/v:off /c x", "/e:on /v:on/c x"].map(interpreterCommand);
  assertEquals(all.map(({ delayedExpansion }) => delayedExpansion), [true, true, false, true]);
  assertEquals(all.map(({ echo }) => echo), [true, false, true, true]);
});

const VARIABLES: Readonly<Record<string, string>> = {
  NAME: "value",
  EMPTY: "",
  "PROGRAMFILES(X86)": "C:\\x86",
};
const lookUp = (name: string): string | undefined => VARIABLES[name.toUpperCase()];

const EXPANDED: readonly [text: string, expected: string][] = [
  ["%name%", "value"],
  ["a%NAME%b%Name%c", "avaluebvaluec"],
  ["%nosuch%", "%nosuch%"],
  ["100% of %name%", "100% of value"],
  ["%%name%%", "%value%"],
  ["%a%name%b%", "%avalueb%"],
  ["%EMPTY%x", "x"],
  ["%", "%"],
  ["%ProgramFiles(x86)%", "C:\\x86"],
];

for (const [text, expected] of EXPANDED) {
  Deno.test(`expandVariables() ${text}`, () => assertEquals(expandVariables(text, lookUp), expected));
}

const COMMAND_LINE: readonly [text: string, expected: string][] = [
  ["%name:~1%", "alue"],
  ["%name:~1,2%", "al"],
  ["%name:~-3%", "lue"],
  ["%name:~0,-1%", "valu"],
  ["%name:~0,-9%", ""],
  ["%name:~-99,2%", "va"],
  ["%name:al=x%", "vxue"],
  ["%name:AL=%", "vue"],
  ["%name:*al=x%", "xue"],
  ["%nosuch:~1%", "%nosuch:~1%"],
  ["%nosuch%%name%", "%nosuch%value"],
  ["100% %name%", "100% value"],
  ["%name", "%name"],
  ["%programfiles(x86)%", "C:\\x86"],
  ["%name:%", "%name:%"],
  ["%%i %1 %*", "%%i %1 %*"],
];

for (const [text, expected] of COMMAND_LINE) {
  Deno.test(`expandPercents() ${text}`, () => assertEquals(expandPercents(text, lookUp), expected));
}

const BATCH_FILE: readonly [text: string, expected: string][] = [
  ["%name% %nosuch%.", "value ."],
  ["100%% %%i", "100% %i"],
  ["100% x", "100 x"],
  ["%1%name%2", "onevalue2"],
  ["%~2|%~n1|%*|%9", "<:2>|<n:1>|all of them|"],
  ["%~dp0", "<dp:0>"],
  ["%~$PATH:1", "<$PATH::1>"],
  ["%nosuch:~0,1%x", "~0,1x"],
];

const CALLED = {
  all: "all of them",
  argument: (index: number): string => ["zero", "one", "two words"][index] ?? "",
  modified: (index: number, modifiers: string): string => `<${modifiers}:${index}>`,
};

for (const [text, expected] of BATCH_FILE) {
  Deno.test(`expandPercents() in a batch file ${text}`, () =>
    assertEquals(expandPercents(text, lookUp, CALLED), expected));
}

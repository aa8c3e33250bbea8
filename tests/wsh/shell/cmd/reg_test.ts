import { assertEquals } from "@std/assert";
import { TempFolder } from "../../../cli/cli.ts";
import { onPosix } from "../../../posix.ts";
import { ours, type Result } from "./rig.ts";

/** Runs lines one after the other with a registry of their own; the result is that of the last. */
async function last(folder: TempFolder, lines: readonly string[], input = ""): Promise<Result> {
  const before = Deno.env.get("BURNSCRIPT_REGISTRY");
  Deno.env.set("BURNSCRIPT_REGISTRY", `${folder.path}/registry.reg`);
  try {
    let result: Result = { out: "", err: "", code: -1 };
    for (const [index, line] of lines.entries()) {
      result = await ours(folder, `/c ${line}`, index === lines.length - 1 ? input : "");
    }
    return result;
  } finally {
    if (before === undefined) Deno.env.delete("BURNSCRIPT_REGISTRY");
    else Deno.env.set("BURNSCRIPT_REGISTRY", before);
  }
}

const DONE = "The operation completed successfully.\n";
const NOT_FOUND = "ERROR: The system was unable to find the specified registry key or value.\n";
const ADDED = [
  "reg add HKCU\\Software\\Acme /v Level /t REG_DWORD /d 31 /f",
  'reg add "HKEY_CURRENT_USER\\software\\ACME\\Two Words" /ve /d "C:\\x y" /f',
];
const KEY = "HKEY_CURRENT_USER\\Software\\Acme";

/** Lines that run after those that add, what the person types, and what the last one says. */
const LINES: readonly [lines: readonly string[], input: string, expected: Partial<Result>][] = [
  [[], "", { out: DONE, err: "", code: 0 }],
  [["reg query HKCU\\Software\\Acme"], "", {
    out: `\n${KEY}\n    Level    REG_DWORD    0x1f\n\n${KEY}\\Two Words\n`,
    code: 0,
  }],
  [["reg query HKCU\\Software\\Acme /v LEVEL"], "", {
    out: `\n${KEY}\n    LEVEL    REG_DWORD    0x1f\n\n`,
  }],
  [['reg query "HKCU\\Software\\Acme\\Two Words" /ve'], "", {
    out: `\n${KEY}\\Two Words\n    (Default)    REG_SZ    C:\\x y\n\n`,
  }],
  [["reg query HKCU\\Software\\Acme /ve"], "", {
    out: `\n${KEY}\n    (Default)    REG_SZ    (value not set)\n\n`,
  }],
  [["reg query HKCU\\Software\\Acme /s"], "", {
    out:
      `\n${KEY}\n    Level    REG_DWORD    0x1f\n\n${KEY}\\Two Words\n    (Default)    REG_SZ    C:\\x y\n\n`,
  }],
  [["reg query HKCU\\Software /s /f x?y"], "", { out: "\nEnd of search: 0 match(es) found.\n", code: 1 }],
  [['reg query HKCU\\Software /s /f "X Y" /d'], "", {
    out: `\n${KEY}\\Two Words\n    (Default)    REG_SZ    C:\\x y\n\nEnd of search: 1 match(es) found.\n`,
    code: 0,
  }],
  [["reg query HKCU\\Software\\None"], "", { err: NOT_FOUND, code: 1 }],
  [["reg query HKCU\\Software\\Acme /v None"], "", { err: NOT_FOUND, code: 1 }],
  [["reg query HKCU\\Software\\Acme /reg:32 >nul && echo there"], "", { out: "there\n" }],
  [["reg query HKXX\\Software"], "", { err: "ERROR: Invalid key name.\n", code: 1 }],
  [["reg query \\\\server\\HKLM"], "", { err: "ERROR: The network path was not found.\n", code: 1 }],
  [["reg query"], "", { err: 'ERROR: Invalid syntax.\nType "REG QUERY /?" for usage.\n', code: 1 }],
  [["reg add HKCU\\Software\\Acme /v Level /d x"], "n\n", {
    out: "Value Level exists, overwrite(Yes/No/All)? \nThe operation was canceled by the user.\n",
    code: 1,
  }],
  [["reg add HKCU\\Software\\Acme /v Level /d x"], "y\n", {
    out: `Value Level exists, overwrite(Yes/No/All)? \n${DONE}`,
    code: 0,
  }],
  [["reg add HKCU\\A /v N /t REG_DWORD /d 0x100000000 /f"], "", {
    err: "ERROR: Invalid value specified for '/d'.\n",
    code: 1,
  }],
  [["reg add HKCU\\A /v N /t REG_QWORD /d 0x100000000 /f", "reg query HKCU\\A /v N"], "", {
    out: "\nHKEY_CURRENT_USER\\A\n    N    REG_QWORD    0x100000000\n\n",
  }],
  [["reg add HKCU\\A /v N /t REG_BINARY /d 0aff /f", "reg query HKCU\\A /v N"], "", {
    out: "\nHKEY_CURRENT_USER\\A\n    N    REG_BINARY    0AFF\n\n",
  }],
  [["reg add HKCU\\A /v N /t REG_BINARY /d abc /f"], "", { code: 1 }],
  [["reg add HKCU\\A /v N /t REG_MULTI_SZ /s , /d one,two /f", "reg query HKCU\\A /v N"], "", {
    out: "\nHKEY_CURRENT_USER\\A\n    N    REG_MULTI_SZ    one\\0two\n\n",
  }],
  [["reg add HKCU\\A /f", "reg query HKCU\\A"], "", { out: "\n", code: 0 }],
  [["reg delete HKCU\\Software\\Acme /v Level /f", "reg query HKCU\\Software\\Acme"], "", {
    out: `\n${KEY}\\Two Words\n`,
  }],
  [["reg delete HKCU\\Software\\Acme /f", "reg query HKCU\\Software\\Acme"], "", { err: NOT_FOUND, code: 1 }],
  [["reg delete HKCU\\Software\\Acme"], "", {
    out: `Permanently delete the registry key ${KEY} (Yes/No)? \nThe operation was canceled by the user.\n`,
    code: 1,
  }],
  [["reg delete HKCU\\Software\\Acme\\None /f"], "", { err: NOT_FOUND, code: 1 }],
  [["reg delete HKCU /f"], "", { err: "ERROR: Access is denied.\n", code: 1 }],
  [["reg copy HKCU\\Software\\Acme HKCU\\B /s /f", 'reg query "HKCU\\B\\Two Words" /ve'], "", {
    out: "\nHKEY_CURRENT_USER\\B\\Two Words\n    (Default)    REG_SZ    C:\\x y\n\n",
  }],
  [["reg copy HKCU\\Software HKCU\\Software\\Acme\\New /s /f"], "", { code: 1 }],
  [
    [
      "reg export HKCU\\Software\\Acme G:\\x.reg /y",
      "reg delete HKCU\\Software\\Acme /f",
      "reg import G:\\x.reg",
      "reg query HKCU\\Software\\Acme /v Level",
    ],
    "",
    { out: `\n${KEY}\n    Level    REG_DWORD    0x1f\n\n` },
  ],
  [["reg export HKCU\\Software\\Acme x.reg >nul& reg export HKCU\\Software\\Acme x.reg"], "", {
    out: "File x.reg already exists. Overwrite (Yes/No)? \nThe operation was canceled by the user.\n",
    code: 1,
  }],
  [["echo nonsense> y.reg& reg import y.reg"], "", { code: 1 }],
  [["reg load HKLM\\X x"], "", {
    err: "ERROR: REG LOAD is for the files that Windows' own registry has.\n",
    code: 1,
  }],
];

for (const [lines, input, expected] of LINES) {
  Deno.test(
    `reg: ${lines.length === 0 ? ADDED[1] : lines.join(" | ")} ${input.trim()}`,
    onPosix,
    async () => {
      using folder = new TempFolder();
      const result = await last(folder, [...ADDED, ...lines], input);
      assertEquals(result, { ...result, ...expected });
    },
  );
}

Deno.test("reg import with a minus deletes", onPosix, async () => {
  using folder = new TempFolder();
  const head = "Windows Registry Editor Version 5.00\r\n\r\n";
  folder.write(
    "x.reg",
    `${head}[-HKEY_CURRENT_USER\\Software\\Acme\\Two Words]\r\n[${KEY}]\r\n"Level"=-\r\n`,
  );
  const { out } = await last(folder, [...ADDED, "reg import x.reg", "reg query HKCU\\Software\\Acme"]);
  assertEquals(out, "\n");
});

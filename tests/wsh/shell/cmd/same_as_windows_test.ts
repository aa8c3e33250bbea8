/**
 * What cmd gives for a command line or a batch file: asked of ours on POSIX, and of the cmd of Windows there. The rows follow
 * Windows; wine has a cmd of its own, so that those where it is another say what it does instead.
 */
import { assertEquals } from "@std/assert";
import { ours, sample, windows } from "./rig.ts";

interface Row {
  /** A command line, or the lines of a batch file. */
  readonly run: string | readonly string[];
  readonly out?: string;
  readonly code?: number;
  /** What the batch file is called with, or what comes in. */
  readonly args?: string;
  readonly input?: string;
  readonly switches?: string;
  /** What wine 10 does instead; the row is not run there. */
  readonly wine?: string;
}

const row = (run: string | readonly string[], out: string, more: Partial<Row> = {}): Row => ({
  run,
  out,
  ...more,
});

const EXPANSION: readonly Row[] = [
  row("set Aone=1& set Aone", "Aone=1\n"),
  row(["@set A=abcdef", "@echo %A:~1,3% %A:~-2% %A:~0,-2% %A:~2%"], "bcd ef abcd cdef\n"),
  row(["@set A=a-b-a", "@echo %A:a=x% %A:*-=% %A:B=%"], "x-b-x b-a a--a\n"),
  row(["@echo [%nosuch%] 100%% %%A"], "[] 100% %A\n"),
  row("echo %nosuch% 100%", "%nosuch% 100%\n"),
  row(["@setlocal enabledelayedexpansion", "@set A=1", "@(set A=2& echo %A% !A!)"], "1 2\n"),
  row(
    ["@setlocal enabledelayedexpansion", "@set A=abc", "@set I=1", "@echo !A:~%I%,1! !A:b=x! !nosuch!."],
    "b axc .\n",
  ),
  row(["@setlocal enabledelayedexpansion", "@echo a^^!b c!"], "a!b c\n", { wine: "keeps the caret" }),
  row("set A=1& echo !A!", "!A!\n"),
  row("set A=1&call echo %^A%", "1\n"),
  row(["@set N=A", "@set A=deep", "@call echo %%%N%%%"], "deep\n"),
  row("set A=5& echo !A!", "5\n", { switches: "/v:on" }),
  row(["@set A=1", "@setlocal", "@set A=2", "@endlocal", "@echo %A%"], "1\n"),
  row(["@set A=x y ", "@echo [%A%]"], "[x y ]\n"),
  row(['@set "A=x y" ignored', "@echo [%A%]"], "[x y]\n"),
  row(["@set A =1", "@echo [%A %]"], "[1]\n"),
];

const ARITHMETIC: readonly Row[] = [
  ...([
    ["1+2*3", 7],
    ["(1+2)*3", 9],
    ["7/2", 3],
    ["-7/2", -3],
    ["-7%3", -1],
    ["0x1F+017", 46],
    ["1<<4", 16],
    ["-16>>2", -4],
    ["6&3", 2],
    ["6|3", 7],
    ["6^3", 5],
    ["~5", -6],
    ["!5+!0", 1],
    ["- -3", 3],
    ["2147483647+1", -2147483648],
    ["A=3,B=A*2,B+1", 7],
    ["A=B=4,A+B", 8],
    ["A=10,A-=3,A*=2,A/=5,A", 2],
    ["A=5,A<<=2,A|=1,A^=3,A&=30", 22],
    ["nosuchvariable+1", 1],
  ] as const).map(([text, value]) => row(`set /a "${text}"`, String(value))),
  row(["@set A=08", "@set /a B=A+1", "@echo %B%"], "1\n"),
  row(["@set A=12abc", "@set /a B=A+1", "@echo %B%"], "13\n"),
  row(["@set /a X=5 %% 3", "@echo %X%"], "2\n"),
  row(["@set /a X=1+2 & echo %X%.", "@echo %X%"], ".\n3\n"),
  row("set /a 1/0 2>nul", "", { code: 1073750993, wine: "exits with 1" }),
  row("set /a (1 2>nul", "", { code: 1073750988, wine: "closes it" }),
  row("set /a 1+ 2>nul", "", { code: 1073750989, wine: "exits with 1" }),
  row("set /a 08 2>nul", "", { code: 1073750991, wine: "exits with 1" }),
  row("set /a 99999999999 2>nul", "", { code: 1073750992, wine: "gives -1" }),
];

const LOOPS: readonly Row[] = [
  row('for %i in (x,y;z "a b") do @echo [%i]', '[x]\n[y]\n[z]\n["a b"]\n'),
  row("for %i in (*.txt nosuch*) do @echo %i", "a.txt\nb.txt\n"),
  row("for %i in (nosuch.txt) do @echo %i", "nosuch.txt\n"),
  row("for %i in (sub\\*.txt) do @echo %~ni-%~xi", "c d-.txt\n"),
  row('for %i in ("sub\\*.txt") do @echo %~nxi', "c d.txt\n", {
    wine: "takes a pattern in quotes for a word",
  }),
  row("for /d %i in (*) do @echo %i", "sub\n"),
  row("for /l %i in (3,-1,1) do @echo %i", "3\n2\n1\n"),
  row("for /l %i in (1,1,0) do @echo %i", ""),
  row("for /r %i in (*.txt) do @echo %~nxi", "a.txt\nb.txt\nc d.txt\n"),
  row("for /r sub %i in (x) do @echo %~nxi", "x\n"),
  row("for /f %i in (a.txt) do @echo [%i]", "[alpha]\n"),
  row('for /f "tokens=1,3 delims=," %i in (list.csv) do @echo %i/%j', "id/rest\n1/x y z\n2/\n", {
    wine: "forgets that a line with ; in front is left out",
  }),
  row('for /f "skip=2 tokens=2* delims=, " %a in (list.csv) do @echo %a+%b', "one+x y z\ntwo+\n"),
  row('for /f "tokens=*" %a in ("  one two ") do @echo [%a]', "[one two ]\n"),
  row('for /f "delims=" %a in ("  one two ") do @echo [%a]', "[  one two ]\n"),
  row('for /f "tokens=1-3" %a in ("x y z w") do @echo %c%b%a', "zyx\n"),
  row("for /f \"tokens=2 delims==\" %a in ('set PROCESSOR_ARCHITECTURE') do @echo got %a", "got AMD64\n"),
  row("for /f \"delims=\" %a in ('type a.txt ^& type b.txt') do @echo %a", "alpha\nbeta\n"),
  row('for /f "delims=" %a in (\'dir /b ^| find "txt"\') do @echo %a', "a.txt\nb.txt\n"),
  row('for /f "usebackq delims=" %a in ("sub\\c d.txt") do @echo %a', "gamma\n"),
  row('for /f "usebackq tokens=2" %a in (`echo one two`) do @echo %a', "two\n"),
  row("for /f \"usebackq tokens=2\" %a in ('one two') do @echo %a", "two\n"),
  row('for /f "eol=i tokens=1 delims=," %a in (list.csv) do @echo %a', ";remark\n1\n2\n", {
    wine: "runs the empty line, too",
  }),
  row(["@for %%i in (1 2) do @for %%j in (a b) do @echo %%i%%j"], "1a\n1b\n2a\n2b\n"),
  row(["@for /l %%i in (1,1,3) do @(", "  echo line", "  echo %%i", ")"], "line\n1\nline\n2\nline\n3\n", {
    wine: "shows the lines of a block behind @",
  }),
  row(["@for %%i in (1 2 3) do @if %%i==2 goto out", "@echo never", ":out", "@echo out"], "out\n"),
  row([
    "@setlocal enabledelayedexpansion",
    "@set N=0",
    "@for %%i in (a b c) do @set /a N+=1& set L=!L!%%i",
    "@echo %N% %L%",
  ], "3 abc\n"),
  row('for %i in ("a & b") do @echo %i', '"a & b"\n'),
  row("for %i in (1 2) do @set X=%i", ""),
  row(["@for %%f in (a.txt) do @echo %%~nf %%~xf %%~zf %%f"], "a .txt 6 a.txt\n"),
];

const CONDITIONS: readonly Row[] = [
  row("if a==a (echo yes) else (echo no)", "yes\n"),
  row("if a==b (echo yes) else (echo no)", "no\n"),
  row("if /i A==a echo same", "same\n"),
  row('if "a b"=="a b" echo same', "same\n"),
  row("if not a==b echo differ", "differ\n"),
  row("if exist a.txt echo there", "there\n"),
  row("if not exist sub\\nosuch echo none", "none\n"),
  row("if exist sub\\ echo folder", "folder\n"),
  row("if exist *.csv echo some", "some\n"),
  row("if defined PATH echo set", "set\n"),
  row("if not defined nosuch echo unset", "unset\n"),
  row("if 10 gtr 9 echo number", "number\n"),
  row("if 010 equ 8 echo octal", "octal\n"),
  row("if 0x10 equ 16 echo hex", "hex\n"),
  row("if abc lss abd echo text", "text\n"),
  row("if /i ABC equ abc echo text", "text\n"),
  row("if -1 lss 0 echo negative", "negative\n"),
  row("cmd /c exit 3 & if errorlevel 3 echo three", "three\n"),
  row("cmd /c exit 3 & if not errorlevel 4 echo less", "less\n"),
  row("if a==b (echo a) & echo b", ""),
  row("if a==b (echo a) else echo c & echo b", "c \nb\n"),
  row("if a==a if b==c (echo x) else echo y", "y\n"),
  row(["@if (%1)==() (echo none) else echo some"], "none\n"),
  row(["@if (%1)==() (echo none) else echo some"], "some\n", { args: "x" }),
  row(
    [
      "@if a==a (",
      "  echo 1",
      "  if b==c (echo 2",
      "  ) else (",
      "    echo 3",
      "  )",
      ") else (",
      "  echo 4",
      ")",
    ],
    "1\n3\n",
    { wine: "shows the lines of a block behind @" },
  ),
];

const OPERATORS: readonly Row[] = [
  row("echo a& echo b", "a\nb\n"),
  row("echo a&& echo b|| echo c", "a\nb\n"),
  row("cmd /c exit 1 && echo b || echo c", "c\n", { code: 1 }),
  row("cmd /c exit 1 || echo b && echo c", "b \nc\n", { code: 1 }),
  row("(echo a& echo b) > out.txt & type out.txt", "a\nb\n"),
  row("echo a>out.txt& echo b>>out.txt& type out.txt", "a\nb\n"),
  row("> out.txt echo first& type out.txt", "first\n"),
  row("echo a 2>nul", "a \n"),
  row("echo a1>out.txt& type out.txt", "a1\n"),
  row("(echo out& echo err>&2) 2>&1", "out\nerr\n"),
  row('echo a ^& b ^> c "d ^& e" ^^', 'a & b > c "d ^& e" ^\n'),
  row("echo a ) b", "a ) b\n"),
  row("echo (a b)", "(a b)\n"),
  row("(echo a) & (echo b)", "a\nb\n"),
  row('type a.txt | find "alp"', "alpha\n"),
  row("(echo b& echo a) | sort", "a\nb\n"),
  row("type nosuch 2>nul & echo after", "after\n", { code: 1 }),
  row("echo.", "\n"),
  row("echo.text", "text\n"),
  row("echo(text", "text\n", { wine: "prints the parenthesis" }),
  row("echo:text", "text\n"),
  row("rem a & echo b", ""),
  row("echo x& rem & echo seen", "x\nseen\n", { wine: "takes all behind rem as the remark" }),
  row(["@echo one ^", "two"], "one two\n", { wine: "shows the second line" }),
  row(["@echo a& rem ^", "@echo b"], "a\nb\n"),
  row(["@(", "echo a", "", "rem x", ":: y", "echo b", ")"], "a\nb\n", {
    wine: "shows the lines of a block behind @",
  }),
  row("cmd /c exit 7 & echo x", "x\n", { code: 7 }),
  row("exit /b 4 & echo no", "", { code: 4 }),
];

const BATCH: readonly Row[] = [
  row(["@echo %0 %1 %~2 %3", "@echo %*"], 'x.bat a b c \na "b c"\n', { args: 'a "b c"' }),
  row(["@echo %1 %2 %3"], "a b c\n", { args: "a,b;c" }),
  row(["@echo %~n0%~x0 %~nx1"], "x.bat f.txt\n", { args: "dir\\f.txt" }),
  row(["@shift", "@echo %0 %1", "@shift /1", "@echo %0 %1"], "a b\na c\n", { args: "a b c" }),
  row(["@goto b", ":a", "@echo a", "@goto :eof", ":b", "@echo b", "@goto a"], "b\na\n"),
  row(
    ["@call :sub x y", "@echo back %errorlevel%", "@goto :eof", ":sub", "@echo %0 %1 %2", "@exit /b 5"],
    ":sub x y\nback 5\n",
    {
      code: 5,
    },
  ),
  row(
    ["@call :deep 3", "@goto :eof", ":deep", "@echo %1", "@set /a N=%1-1", "@if %N% gtr 0 call :deep %N%"],
    "3\n2\n1\n",
  ),
  row(
    ["@echo @echo called %%1> y.bat", "@call y.bat 1", "@echo back", "@y.bat 2", "@echo never"],
    "called 1\nback\ncalled 2\n",
  ),
  row(["@cmd /c exit 3", "@call echo a", "@echo %errorlevel%"], "a\n0\n"),
  row(["@cmd /c exit 3", "@call :s", "@echo %errorlevel%", "@goto :eof", ":s"], "3\n", { code: 3 }),
  row(["@exit /b 3"], "", { code: 3 }),
  row(["@exit 4"], "", { code: 4 }),
  row(["@cmd /c exit 9", "@echo %errorlevel%"], "9\n", { code: 9 }),
  row(["@echo off", "echo a", "goto nosuch 2>nul", "echo never"], "a\n", { code: 1 }),
  row(["@echo off", "rem remark", ":: another", "echo a& rem b", "  :label", "echo c"], "a\nc\n"),
  row(
    ["@echo off", "pushd sub", 'if exist "c d.txt" echo in', "popd", "if exist a.txt echo out"],
    "in\nout\n",
  ),
  row(["@echo off", "call :nosuch 2>nul", "echo %errorlevel%"], "1\n", { wine: "leaves 0" }),
  row(["@echo off", "setlocal", "cd sub", "endlocal", "if exist a.txt echo back"], "back\n"),
  row(["@echo off", "call :s", "echo [%V%]", "goto :eof", ":s", "setlocal", "set V=1", "exit /b"], "[]\n"),
  row(["@echo off", "set /p V=ask: ", "echo [%V%]"], "ask: [typed]\n", {
    input: "typed\r\nmore\r\n",
    wine: "reads more than a line from a pipe",
  }),
  row(["@echo off", "(set /p A=& set /p B=) < list.csv", "echo %A% %B%"], ";remark id,name,rest\n", {
    wine: "reads more than a line from a file",
  }),
  row(["@echo off", "nosuchprogram 2>nul", "echo %errorlevel%"], "9009\n"),
  row(["@echo off", "echo a", "exit /b 0", ")"], "a\n"),
  row([
    "@echo off",
    "set A=",
    "if defined A (echo yes) else echo no",
    "set A=1",
    "if defined A (echo yes) else echo no",
  ], "no\nyes\n"),
  row(["echo a", "@echo off", "echo b"], "\n<>echo a \na\nb\n"),
];

const FILES: readonly Row[] = [
  row("dir /b", "a.txt\nb.txt\nlist.csv\nsub\n"),
  row("dir /b /a-d *.txt", "a.txt\nb.txt\n"),
  row("dir /b /ad", "sub\n"),
  row("dir /b /o-n *.txt", "b.txt\na.txt\n"),
  row("copy a.txt c.txt >nul & type c.txt", "alpha\n"),
  row("copy /b a.txt+b.txt c.txt >nul & type c.txt", "alpha\nbeta\n"),
  row("move a.txt sub >nul & dir /b sub", "a.txt\nc d.txt\n"),
  row("ren a.txt z.txt & dir /b *.txt", "b.txt\nz.txt\n"),
  row("del a.txt & dir /b *.txt", "b.txt\n"),
  row("del /q sub & dir /b sub 2>nul", ""),
  row("md x\\y & dir /b x", "y\n"),
  row("rd /s /q sub & if not exist sub echo gone", "gone\n"),
  row("echo y| rd /s sub >nul & if not exist sub echo gone", "gone\n"),
  row("rd /s sub <nul >nul & if exist sub echo there", "there\n"),
  row("xcopy /s /i /q sub t >nul & dir /b t", "c d.txt\n"),
  row('find /c "e" b.txt >nul && echo found', "found\n", { wine: "has no /c" }),
  row('type a.txt b.txt 2>nul | find /v "alpha"', "beta\n", { wine: "has no /v" }),
  row('findstr /n "a$" a.txt b.txt', "a.txt:1:alpha\nb.txt:1:beta\n", { wine: "has no /n" }),
  row('findstr /i /c:"X Y" list.csv', "1,one,x y z\n"),
  row('findstr /r "^[0-9],o.*z$" list.csv', "1,one,x y z\n", { wine: "has no [0-9]" }),
  row('findstr "one two" list.csv', "1,one,x y z\n2,,two\n"),
  row('findstr /v /b "1 2 ;" list.csv', "id,name,rest\n\n", { wine: "has no /v" }),
  row("findstr nosuch a.txt", "", { code: 1 }),
  row('findstr /m "a" *.txt', "a.txt\nb.txt\n", { wine: "has no /m" }),
  row("attrib +r a.txt & del a.txt 2>nul & if exist a.txt echo kept", "kept\n"),
  row("attrib +r a.txt & del /f a.txt & if not exist a.txt echo gone", "gone\n"),
];

/** A batch file as people write them: options, a log, subroutines, counting, rotation. */
const BACKUP = String.raw`@echo off
setlocal enableextensions enabledelayedexpansion
set "SELF=%~n0"
set "SOURCE=."
set "TARGET=backup"
set KEEP=2
:options
if "%~1"=="" goto start
if /i "%~1"=="/keep" (
  set /a KEEP=%~2
  shift /1
) else if /i "%~1"=="/to" (
  set "TARGET=%~2"
  shift /1
) else (
  echo %SELF%: what is "%~1"?
  exit /b 2
)
shift /1
goto options

:start
if not exist "%TARGET%" md "%TARGET%"
set COUNT=0
set BYTES=0
for %%f in (%SOURCE%\*.txt) do (
  call :copyOne "%%~f" "%TARGET%" || (echo failed: %%~nxf& exit /b 1)
  set /a COUNT+=1, BYTES+=%%~zf
)
for /l %%n in (1,1,4) do echo %%n> "%TARGET%\old%%n.log"
set N=0
for /f "delims=" %%f in ('dir /b /o-n "%TARGET%\*.log" 2^>nul') do (
  set /a N+=1
  if !N! gtr %KEEP% del "%TARGET%\%%f"
)
> "%TARGET%\report.csv" (
  echo name,count
  echo total,%COUNT%
)
for /f "usebackq skip=1 tokens=1,2 delims=," %%a in ("%TARGET%\report.csv") do set "TOTAL=%%b of %%a"
echo %COUNT% files, %BYTES% bytes, %TOTAL:of=in%
dir /b "%TARGET%" | find "old"
endlocal & set RESULT=%COUNT%
echo left %RESULT% [%KEEP%]
exit /b %RESULT%

:copyOne
copy /y %1 %2 >nul 2>&1
if errorlevel 1 exit /b 1
echo copied %~nx1
goto :eof`.split("\n");

const WHOLE: readonly Row[] = [
  row(BACKUP, "copied a.txt\ncopied b.txt\n2 files, 11 bytes, 2 in total\nold3.log\nold4.log\nleft 2 []\n", {
    code: 2,
  }),
  row(BACKUP, "copied a.txt\ncopied b.txt\n2 files, 11 bytes, 2 in total\nold4.log\nleft 2 []\n", {
    args: '/keep 3-2 /TO "the target"',
    code: 2,
  }),
  row(BACKUP, 'x: what is "/nosuch"?\n', { args: "/nosuch", code: 2 }),
];

const TABLES = { EXPANSION, ARITHMETIC, LOOPS, CONDITIONS, OPERATORS, BATCH, FILES, WHOLE };
const IS_WINDOWS = Deno.build.os === "windows";

for (const [table, rows] of Object.entries(TABLES)) {
  for (const { run, out, code, args = "", input, switches = "", wine } of rows) {
    const title = typeof run === "string" ? run : `${run.length > 20 ? "a backup" : run.join(" ⏎ ")} ${args}`;
    Deno.test({
      name: `cmd ${table.toLowerCase()}: ${title}`,
      ignore: IS_WINDOWS && wine !== undefined,
      fn: async () => {
        using folder = sample();
        if (typeof run !== "string") folder.write("x.bat", run.join("\r\n"));
        const line = typeof run === "string" ? run : `x.bat ${args}`;
        const result = await (IS_WINDOWS ? windows : ours)(folder, `${switches} /c ${line}`, input);
        const seen = result.out.replaceAll(/^[A-Z]:\\.*?>/gm, "<>");
        assertEquals([seen, result.code], [out ?? seen, code ?? result.code], JSON.stringify(result));
      },
    });
  }
}

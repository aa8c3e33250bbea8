/**
 * VBScript programs beside the same programs in plain JavaScript, parsing, and start-up.
 *
 * Either side is compiled from its text in each round, and the rounds of the two alternate, so that what else the
 * machine does falls on both. Each figure is that of the fastest round; results are compared. Under On Error Resume
 * Next the statement stands in the main code and in every procedure. Each program has a process of its own, as scripts
 * have: what V8 learnt of the runtime from other programs makes it slower.
 *
 * @module
 */
import { compile, VbsEngine } from "../../lib/vbscript/mod.ts";
import { Dictionary } from "../../lib/wsh/scripting/dictionary.ts";

const ROUNDS = 7;

interface Pair {
  readonly name: string;
  /** What the aim is, as a ratio. */
  readonly aim: number;
  /** Leaves its result in `result`. {@linkcode RESUME} stands where On Error Resume Next may. */
  readonly script: string;
  /** A function body that returns the same. */
  readonly plain: string;
}

const RESUME = "'RESUME";

const PAIRS: readonly Pair[] = [
  {
    name: "recursive calls",
    aim: 3,
    script: `${RESUME}
result = Fib(32)
Function Fib(n)
  ${RESUME}
  If n < 2 Then
    Fib = n
  Else
    Fib = Fib(n - 1) + Fib(n - 2)
  End If
End Function`,
    plain: `function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
return fib(32);`,
  },
  {
    name: "sieve at global level",
    aim: 3,
    script: `${RESUME}
Dim composite(2000000)
result = 0
For i = 2 To 2000000
  If Not composite(i) Then
    result = result + 1
    For j = i + i To 2000000 Step i
      composite(j) = True
    Next
  End If
Next`,
    plain: `const composite = new Array(2000001).fill(undefined);
let result = 0;
for (let i = 2; i <= 2000000; i++) {
  if (!composite[i]) {
    result++;
    for (let j = i + i; j <= 2000000; j += i) composite[j] = true;
  }
}
return result;`,
  },
  {
    name: "Doubles in nested loops",
    aim: 3,
    script: mandelbrotScript(),
    plain: mandelbrotPlain(),
  },
  {
    name: "the same over shared globals",
    aim: 3,
    script: `${mandelbrotScript()}
Sub Reset()
  result = 0 : zr = 0 : zi = 0 : cr = 0 : ci = 0 : t = 0 : i = 0 : px = 0 : py = 0
End Sub`,
    plain: mandelbrotPlain(),
  },
  {
    name: "class members",
    aim: 3,
    script: `${RESUME}
Class Account
  Private total
  Public Limit
  Private Sub Class_Initialize()
    total = 0
    Limit = 1000
  End Sub
  Public Property Get Balance()
    ${RESUME}
    Balance = total
  End Property
  Public Property Let Balance(value)
    ${RESUME}
    total = value
  End Property
  Public Sub Deposit(amount)
    ${RESUME}
    total = total + amount
    If total > Limit Then total = total - Limit
  End Sub
  Public Function Twice()
    ${RESUME}
    Twice = total * 2
  End Function
End Class
Set a = New Account
result = 0
For i = 1 To 5000000
  a.Deposit 7
  a.Balance = a.Balance + 1
  a.Limit = a.Limit + 1
  If a.Twice() > 900 Then result = result + 1
Next`,
    plain: `class Account {
  #total = 0;
  Limit = 1000;
  get Balance() { return this.#total; }
  set Balance(value) { this.#total = value; }
  Deposit(amount) {
    this.#total += amount;
    if (this.#total > this.Limit) this.#total -= this.Limit;
  }
  Twice() { return this.#total * 2; }
}
const a = new Account();
let result = 0;
for (let i = 1; i <= 5000000; i++) {
  a.Deposit(7);
  a.Balance = a.Balance + 1;
  a.Limit = a.Limit + 1;
  if (a.Twice() > 900) result++;
}
return result;`,
  },
  {
    name: "string building",
    aim: 1.5,
    script: `${RESUME}
text = ""
For i = 1 To 400000
  text = text & "item " & i & ";"
Next
result = Len(text)`,
    plain: `let text = "";
for (let i = 1; i <= 400000; i++) text = text + "item " + i + ";";
return text.length;`,
  },
  {
    name: "Split, Replace, Join, Mid",
    aim: 1.5,
    script: `${RESUME}
line = ""
For i = 1 To 2000
  line = line & "field" & i & ","
Next
result = 0
For i = 1 To 100
  parts = Split(line, ",")
  For j = 0 To UBound(parts)
    parts(j) = UCase(Mid(parts(j), 2, 6)) & j
  Next
  result = result + Len(Replace(Join(parts, ";"), "IEL", "-"))
Next`,
    plain: `let line = "";
for (let i = 1; i <= 2000; i++) line += "field" + i + ",";
let result = 0;
for (let i = 1; i <= 100; i++) {
  const parts = line.split(",");
  for (let j = 0; j < parts.length; j++) parts[j] = parts[j].slice(1, 7).toUpperCase() + j;
  result += parts.join(";").replaceAll("IEL", "-").length;
}
return result;`,
  },
  {
    name: "Dictionary",
    aim: 1.5,
    script: `${RESUME}
Set counts = CreateObject("Scripting.Dictionary")
result = 0
For i = 1 To 400000
  word = "word" & (i * 787 Mod 20011)
  If counts.Exists(word) Then
    counts(word) = counts(word) + 1
  Else
    counts.Add word, 1
  End If
Next
For Each word In counts.Keys
  result = result + counts.Item(word)
Next
result = result + counts.Count`,
    plain: `const counts = new Map();
let result = 0;
for (let i = 1; i <= 400000; i++) {
  const word = "word" + i * 787 % 20011;
  if (counts.has(word)) counts.set(word, counts.get(word) + 1);
  else counts.set(word, 1);
}
for (const word of counts.keys()) result += counts.get(word);
return result + counts.size;`,
  },
];

function mandelbrotScript(): string {
  return `${RESUME}
result = 0
For py = 0 To 699
  For px = 0 To 699
    cr = px / 700 * 3.0 - 2.0
    ci = py / 700 * 2.0 - 1.0
    zr = 0.0 : zi = 0.0 : i = 0
    Do While i < 100
      t = zr * zr - zi * zi + cr
      zi = 2.0 * zr * zi + ci
      zr = t
      If zr * zr + zi * zi > 4.0 Then Exit Do
      i = i + 1
    Loop
    result = result + i
  Next
Next`;
}

function mandelbrotPlain(): string {
  return `let result = 0;
for (let py = 0; py < 700; py++) {
  for (let px = 0; px < 700; px++) {
    const cr = px / 700 * 3.0 - 2.0, ci = py / 700 * 2.0 - 1.0;
    let zr = 0.0, zi = 0.0, i = 0;
    while (i < 100) {
      const t = zr * zr - zi * zi + cr;
      zi = 2.0 * zr * zi + ci;
      zr = t;
      if (zr * zr + zi * zi > 4.0) break;
      i++;
    }
    result += i;
  }
}
return result;`;
}

/** Prints each program's time as a ratio to plain JavaScript's, then parsing and start-up. */
export async function benchVbscript(
  print: (line: string) => void,
  options: { only?: string } = {},
): Promise<void> {
  print("VBScript                          JavaScript       engine  with Resume Next   aim");
  for (const pair of PAIRS) {
    if (options.only !== undefined && !pair.name.includes(options.only)) continue;
    const [plainMs, engineMs, resumeMs] = await inProcess(pair.name) as [number, number, number];
    print(
      pair.name.padEnd(30) + `${plainMs.toFixed(1)} ms`.padStart(14) +
        `${(engineMs / plainMs).toFixed(2)}x`.padStart(13) +
        `${(resumeMs / plainMs).toFixed(2)}x`.padStart(18) + `${pair.aim}x`.padStart(6),
    );
  }
  if (options.only !== undefined) return;
  const [megabytes, rate] = await inProcess(PARSING) as [number, number];
  print(`Parsing ${megabytes.toFixed(1)} MB: ${rate.toFixed(1)} MB/s; aim 10 MB/s`);
  await benchStart(print);
}

const PARSING = "parsing";

/** Has this file time something in a process of its own, and returns its figures. */
async function inProcess(name: string): Promise<number[]> {
  const args = ["run", "--no-check", "-A", new URL(import.meta.url).pathname, "--time", name];
  const { success, stdout } = await new Deno.Command(Deno.execPath(), { args, stderr: "inherit" }).output();
  if (!success) throw new Error(`${name}: the process that times it failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

function timePair({ name, script, plain }: Pair): [number, number, number] {
  const sources = [script, script.replaceAll(RESUME, "On Error Resume Next")];
  let serial = 0;
  const programs: (() => unknown)[] = [
    // A text of its own each time: what V8 learnt of the shapes of the round before must not be in its way.
    () => new Function(`${plain} // ${serial++}`)(),
    ...sources.map((source) => (): unknown => {
      using engine = new VbsEngine({ createObject: () => new Dictionary() });
      engine.run(`${source}\nserial = ${serial++}`);
      return Number(engine.evaluate('"" & result'));
    }),
  ];
  const times: number[][] = programs.map(() => []);
  const expected = programs[0]!();
  for (let round = 0; round < ROUNDS; round++) {
    programs.forEach((program, index) => {
      const start = performance.now();
      const result = program();
      times[index]!.push(performance.now() - start);
      if (result !== expected) throw new Error(`${name}: result ${result}, expected ${expected}`);
    });
  }
  return times.map((list) => Math.min(...list)) as [number, number, number];
}

/** About 4 MB of ordinary code. */
function syntheticScript(): string {
  const parts: string[] = ["Option Explicit\r\n"];
  for (let index = 0, length = 0; length < 4e6; index++) {
    const part = `' Computes the total of ${index} and writes it to the log.\r
Function Compute${index}(ByVal first, second)\r
    Dim total, item, names(10)\r
    total = 0\r
    For item = 1 To first\r
        If item Mod 2 = 0 And second > ${index} Then\r
            total = total + item * 1.5 - (second \\ 3)\r
        ElseIf names(item Mod 10) <> "Name ${index}" Then\r
            names(item Mod 10) = Left("Name" & CStr(item), 8) & vbCrLf\r
        End If\r
    Next\r
    WScript.Echo "Total: " & total, FormatNumber(total, 2)\r
    Compute${index} = total\r
End Function\r
`;
    parts.push(part);
    length += part.length;
  }
  return parts.join("");
}

/** Megabytes, and megabytes a second. */
function timeParsing(): [number, number] {
  const source = syntheticScript();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    compile(source);
    times.push(performance.now() - start);
  }
  return [source.length / 1e6, source.length / 1e6 / (Math.min(...times) / 1000)];
}

/** From the shell to the end of a ten-line script, beside Deno's own start. */
async function benchStart(print: (line: string) => void): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".vbs" });
  await Deno.writeTextFile(
    path,
    `Option Explicit\r\nDim a\r\na = 1\r\n${
      Array.from({ length: 7 }, (_, index) => `a = a + ${index}\r\n`).join("")
    }`,
  );
  const main = new URL("../../lib/cli/main.ts", import.meta.url).pathname;
  const commands = [["eval", "1"], ["run", "--no-check", "-A", main, "run", "//NoLogo", path]];
  const times: number[][] = [[], []];
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [index, args] of commands.entries()) {
        const start = performance.now();
        const { success } = await new Deno.Command(Deno.execPath(), { args, stdout: "null", stderr: "piped" })
          .output();
        if (!success) throw new Error(`deno ${args.join(" ")} failed`);
        // The first round fills Deno's caches.
        if (round > 0) times[index]!.push(performance.now() - start);
      }
    }
  } finally {
    await Deno.remove(path);
  }
  const [bare, script] = times.map((list) => Math.min(...list)) as [number, number];
  print(
    `A ten-line script starts and ends in ${script.toFixed(0)} ms, deno eval 1 in ${bare.toFixed(0)} ms: ` +
      `${(script - bare).toFixed(0)} ms more (${(script / bare).toFixed(2)}x); aim 60 ms`,
  );
}

if (import.meta.main) {
  const [only, name] = Deno.args;
  // deno-lint-ignore no-console -- the script's output
  const print = (line: string): void => console.log(line);
  if (only === "--time") {
    const pair = PAIRS.find((candidate) => candidate.name === name);
    print(JSON.stringify(pair === undefined ? timeParsing() : timePair(pair)));
  } else await benchVbscript(print, only === undefined ? {} : { only });
}

/** Programs that Windows has and our `cmd` stands for. @module */

const NAMES = [
  "attrib",
  "choice",
  "find",
  "findstr",
  "forfiles",
  "more",
  "ping",
  "reg",
  "shutdown",
  "sort",
  "taskkill",
  "tasklist",
  "timeout",
  "where",
  "xcopy",
] as const;

/** The name of such a program. */
export type WindowsProgram = typeof NAMES[number];

/** Those that are meant even where this system has a program of the name, since that has other switches and another voice. */
const ALWAYS: readonly WindowsProgram[] = ["ping", "shutdown"];

/** Whether a name means the program of Windows, whatever this system has: it says so, or is one of few. */
export function isAlwaysOurs({ program, isExplicit }: NamedProgram): boolean {
  return isExplicit || ALWAYS.includes(program);
}

/** Which of them a name is, and whether it says by its folder or by `.exe` that it means the one of Windows. */
export interface NamedProgram {
  readonly program: WindowsProgram;
  readonly isExplicit: boolean;
}

/** The program that a name stands for: `sort`, `SORT.EXE`, `C:\\Windows\\System32\\sort.exe`. */
export function namedWindowsProgram(name: string): NamedProgram | undefined {
  const match = /^([a-z]:\\windows\\(?:system32|syswow64|sysnative)\\)?([a-z]+)(\.exe|\.com)?$/i.exec(name);
  const program = NAMES.find((known) => known === match?.[2]?.toLowerCase());
  if (match === null || program === undefined) return undefined;
  return { program, isExplicit: match[1] !== undefined || match[3] !== undefined };
}

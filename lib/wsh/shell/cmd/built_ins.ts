/** The commands that `cmd` has itself, and the programs of Windows that POSIX has under the same names with other ways. @module */
import { callCommand, echo, endLocal, exit, goToLabel, setLocal, shift } from "./commands/batch_commands.ts";
import type { BuiltIn } from "./commands/call.ts";
import { copy, xcopy } from "./commands/copy.ts";
import { remove, removeDirectory } from "./commands/delete.ts";
import { listDirectory } from "./commands/dir.ts";
import { attrib, makeLink, where } from "./commands/files.ts";
import { find } from "./commands/find.ts";
import { findstr } from "./commands/findstr.ts";
import { forFiles } from "./commands/forfiles.ts";
import { changeDirectory, makeDirectory, popDirectory, pushDirectory } from "./commands/folders.ts";
import { codePage, date, nothing, path, prompt, time, version, volume } from "./commands/information.ts";
import { move, rename } from "./commands/move.ts";
import { ping } from "./commands/ping.ts";
import { choice, pause, timeout } from "./commands/questions.ts";
import { reg } from "./commands/reg.ts";
import { setVariable } from "./commands/set.ts";
import { shutdown } from "./commands/shutdown.ts";
import { sort } from "./commands/sort.ts";
import { start } from "./commands/start.ts";
import { taskKill, taskList } from "./commands/tasks.ts";
import { more, typeFiles } from "./commands/type.ts";
import { namedWindowsProgram, type WindowsProgram } from "./windows_programs.ts";

/** Commands that leave ERRORLEVEL as it was when they succeed. */
const KEEPING: Readonly<Record<string, BuiltIn>> = {
  break: nothing,
  call: callCommand,
  cls: nothing,
  echo,
  endlocal: endLocal,
  exit,
  goto: goToLabel,
  pause,
  popd: popDirectory,
  rd: removeDirectory,
  rem: nothing,
  rmdir: removeDirectory,
  shift,
  start,
  title: nothing,
};

/** Commands that clear it only in a file whose name ends in `.cmd`. */
const KEEPING_IN_BAT: Readonly<Record<string, BuiltIn>> = { path, prompt, set: setVariable };

/** Commands that clear it. */
const CLEARING: Readonly<Record<string, BuiltIn>> = {
  cd: changeDirectory,
  chcp: codePage,
  chdir: changeDirectory,
  color: nothing,
  copy,
  date,
  del: remove,
  dir: listDirectory,
  erase: remove,
  md: makeDirectory,
  mkdir: makeDirectory,
  mklink: makeLink,
  move,
  pushd: pushDirectory,
  ren: rename,
  rename,
  setlocal: setLocal,
  time,
  type: typeFiles,
  ver: version,
  verify: nothing,
  vol: volume,
};

/** Programs of their own on Windows: their exit code is always ERRORLEVEL. */
const PROGRAMS: Readonly<Record<WindowsProgram, BuiltIn>> = {
  attrib,
  choice,
  find,
  findstr,
  forfiles: forFiles,
  more,
  ping,
  reg,
  shutdown,
  sort,
  taskkill: taskKill,
  tasklist: taskList,
  timeout,
  where,
  xcopy,
};

/** A built-in command that a text names. */
export interface FoundBuiltIn {
  readonly run: BuiltIn;
  /** What follows the name. */
  readonly rest: string;
  /** Whether success clears ERRORLEVEL; in a batch file, that may depend on its name. */
  clearsErrorLevel(batchFile: string | undefined): boolean;
}

/** The built-in command that a text begins with. */
export function findBuiltIn(text: string): FoundBuiltIn | undefined {
  const word = /^[\s,;=]*(?:"([^"]*)"|([^\s,;="/]+))(.*)$/s.exec(text);
  const program = word === null ? undefined : namedWindowsProgram(word[1] ?? word[2]!)?.program;
  if (program !== undefined) return { run: PROGRAMS[program], rest: word![3]!, clearsErrorLevel: () => true };
  // `cd..`, `cd\x`, `echo.`, `echo(` and `dir/b` need no blank behind the name.
  const match = /^[\s,;=]*([a-z]+)(?=$|[\s.,;:=+/\\"[\](])(.*)$/is.exec(text);
  if (match === null) return undefined;
  const name = match[1]!.toLowerCase();
  const rest = match[2]!;
  // `copy.exe x` and `time.sh` are programs.
  if (/^\.[a-z]/i.test(rest) && name !== "echo" && name !== "cd") return undefined;
  const found = [KEEPING, KEEPING_IN_BAT, CLEARING].find((table) => Object.hasOwn(table, name));
  return found === undefined ? undefined : {
    run: found[name]!,
    rest,
    clearsErrorLevel: (file) =>
      found === CLEARING || (found === KEEPING_IN_BAT && /\.cmd$/i.test(file ?? "")),
  };
}

/** The commands that `cmd` has itself, and the programs of Windows that POSIX has under the same names with other ways. @module */
import { callCommand, echo, endLocal, exit, goToLabel, setLocal, shift } from "./commands/batch_commands.ts";
import type { BuiltIn } from "./commands/call.ts";
import { copy, xcopy } from "./commands/copy.ts";
import { remove, removeDirectory } from "./commands/delete.ts";
import { listDirectory } from "./commands/dir.ts";
import { attrib, makeLink, where } from "./commands/files.ts";
import { find } from "./commands/find.ts";
import { findstr } from "./commands/findstr.ts";
import { changeDirectory, makeDirectory, popDirectory, pushDirectory } from "./commands/folders.ts";
import { codePage, date, nothing, path, prompt, time, version, volume } from "./commands/information.ts";
import { move, rename } from "./commands/move.ts";
import { choice, pause, ping, timeout } from "./commands/questions.ts";
import { setVariable } from "./commands/set.ts";
import { sort } from "./commands/sort.ts";
import { start } from "./commands/start.ts";
import { more, typeFiles } from "./commands/type.ts";

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
  attrib,
  cd: changeDirectory,
  chcp: codePage,
  chdir: changeDirectory,
  choice,
  color: nothing,
  copy,
  date,
  del: remove,
  dir: listDirectory,
  erase: remove,
  find,
  findstr,
  md: makeDirectory,
  mkdir: makeDirectory,
  mklink: makeLink,
  more,
  move,
  ping,
  pushd: pushDirectory,
  ren: rename,
  rename,
  setlocal: setLocal,
  sort,
  time,
  timeout,
  type: typeFiles,
  ver: version,
  verify: nothing,
  vol: volume,
  where,
  xcopy,
};

/** Programs on Windows: they may be written with `.exe`, and no sign but a blank ends their names. */
const PROGRAMS = /^(?:attrib|choice|find|findstr|more|ping|sort|timeout|where|xcopy)$/;

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
  // `cd..`, `cd\x`, `echo.`, `echo(` and `dir/b` need no blank behind the name.
  const match = /^[\s,;=]*([a-z]+)(\.(?:exe|com))?(?=$|[\s.,;:=+/\\"[\](])(.*)$/is.exec(text);
  if (match === null) return undefined;
  const [, written, extension, rest] = match as unknown as [string, string, string | undefined, string];
  const name = written.toLowerCase();
  if (extension !== undefined && !PROGRAMS.test(name)) return undefined;
  // `copy.sh x` and `find.py` are programs.
  if (/^\.[a-z]/i.test(rest) && name !== "echo" && name !== "cd") return undefined;
  const found = [KEEPING, KEEPING_IN_BAT, CLEARING].find((table) => Object.hasOwn(table, name));
  return found === undefined ? undefined : {
    run: found[name]!,
    rest,
    clearsErrorLevel: (file) =>
      found === CLEARING || (found === KEEPING_IN_BAT && /\.cmd$/i.test(file ?? "")),
  };
}

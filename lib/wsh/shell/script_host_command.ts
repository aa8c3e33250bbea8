/** Starting another script: what `cscript` and the names of scripts stand for here. @module */
import type { DriveMap } from "../../platform/drive_map.ts";
import { translatedArgument } from "./command_line.ts";

/** A program with its arguments, and the variables that it needs. */
export interface HostCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The file of the command line: started as a program, not imported. */
const COMMAND_LINE = decodeURIComponent(new URL("../../../", import.meta.url).pathname) + "lib/cli/main.ts";

/**
 * `cscript ARGUMENTS`, or a script's own name with its arguments, as a command of this system. The script gets the drive
 * letters of the one that starts it.
 */
export function scriptHostCommand(
  script: string | undefined,
  args: readonly string[],
  driveMap: DriveMap,
): HostCommand {
  const all = script === undefined ? args : [script, ...args];
  // The script is the first that is no switch. What follows is for the script, which knows Windows paths.
  const at = all.findIndex((argument) => !/^\/\/|^\/[a-z]+(?::|$)/i.test(argument));
  return {
    program: Deno.execPath(),
    args: [
      "run",
      "-A",
      COMMAND_LINE,
      "run",
      ...all.map((argument, index) => index === at ? translatedArgument(argument, driveMap) : argument),
    ],
    env: {
      BURNSCRIPT_MAP: driveMap.mappings.map(({ letter, directory }) => `${letter}:=${directory}`).join(","),
    },
  };
}

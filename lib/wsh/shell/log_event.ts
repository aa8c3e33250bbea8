/** `LogEvent`: a line in the system's log. @module */
import { AutomationError, scriptError } from "../../automation/errors.ts";

interface EventType {
  /** Of syslog(3). */
  readonly priority: string;
  /** Of eventcreate. */
  readonly windows: string;
}

/** By the numbers of the Windows Script Host reference, "LogEvent Method". */
const EVENT_TYPES: Readonly<Record<number, EventType>> = {
  0: { priority: "user.info", windows: "SUCCESS" },
  1: { priority: "user.err", windows: "ERROR" },
  2: { priority: "user.warning", windows: "WARNING" },
  4: { priority: "user.info", windows: "INFORMATION" },
  8: { priority: "user.notice", windows: "INFORMATION" },
  16: { priority: "user.warning", windows: "WARNING" },
};

/**
 * Writes into the log of this computer or of another one; false when that did not work.
 *
 * @throws AutomationError 5 for another type.
 */
export function logEvent(type: number, message: string, target: string): boolean {
  const found = EVENT_TYPES[type];
  if (found === undefined) {
    throw scriptError("invalidCall", `an event is of type 0, 1, 2, 4, 8 or 16, not ${type}`);
  }
  const isWindows = Deno.build.os === "windows";
  const [program, args] = isWindows
    ? ["eventcreate", [
      ...target === "" ? [] : ["/S", target],
      ...["/T", found.windows, "/ID", "1", "/L", "APPLICATION", "/SO", "WSH", "/D", message],
    ]] as const
    : ["logger", [
      ...target === "" ? [] : ["--server", target],
      // A message of several lines is one event.
      ...["-t", "WSH", "-p", found.priority, "--", message.replaceAll(/\r?\n/g, " ")],
    ]] as const;
  try {
    const command = new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
    return command.outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw new AutomationError(70, `Permission denied: ${error.message}`, { cause: error });
    }
    return false; // there is no such program
  }
}

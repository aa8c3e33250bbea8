/** What to say where the system refuses the files of a virtual disc. @module */
import { BurnError } from "../mmc/errors.ts";

/** The error for a disc whose files the system refuses; other errors as they are. */
export function storeError(error: unknown, action: string): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof Deno.errors.NotCapable) {
    const found = `Permission denied: ${error.message}`;
    return new BurnError("E_ACCESSDENIED", { action, found, advice: "or give another file", cause: error });
  }
  const problem = STORE_PROBLEMS.find(([is]) => is(error));
  if (problem === undefined) return error;
  const [, found, advice] = problem;
  return new BurnError("E_FAIL", { action, found, advice, cause: error });
}

/** What the system says of a disc's files, and what to do about it. */
const STORE_PROBLEMS: readonly (readonly [is: (error: Error) => boolean, found: string, advice: string])[] = [
  [
    (error) => isSystemError(error, "ENOSPC", 28),
    "no space is left where it lies",
    "make room, or give a file elsewhere",
  ],
  [
    (error) => isSystemError(error, "EFBIG", 27),
    "the file system takes no file so large",
    "give a file elsewhere",
  ],
  [
    (error) => error instanceof Deno.errors.NotFound,
    "its folder is not there",
    "make the folder, or give another file",
  ],
  [(error) => error instanceof Deno.errors.IsADirectory, "it is a folder", "give a file"],
  [(error) => error instanceof Deno.errors.NotADirectory, "its folder is a file", "give another file"],
  [
    (error) => error instanceof Deno.errors.PermissionDenied,
    "the system denies access to it",
    "change its permissions, or give another file",
  ],
];

/** Whether it is this error of the system: Deno names most of them, and has the number of all in its text. */
function isSystemError(error: Error, name: string, number: number): boolean {
  return (error as Error & { code?: unknown }).code === name ||
    error.message.includes(`(os error ${number})`);
}

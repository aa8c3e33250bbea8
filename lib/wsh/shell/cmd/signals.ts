/** What ends a command early: an error that it reports, or a command that goes elsewhere. @module */

/** What a command failed with, in the words of cmd. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  constructor(message: string, readonly exitCode = 1) {
    super(message);
  }
}

/** `exit`: ends the command line. */
export class ExitCommand extends Error {
  override readonly name = "ExitCommand";
  constructor(readonly exitCode: number) {
    super("exit");
  }
}

/** `goto`: the batch file goes on at another line; what was running there is left. */
export class LeftForLabel extends Error {
  override readonly name = "LeftForLabel";
}

/** `exit /b`, `goto :eof`: the batch file, or what was called in it, ends. */
export class EndOfBatch extends Error {
  override readonly name = "EndOfBatch";
}

/** Nobody reads what is written, or the command line shall end. */
export class Abandoned extends Error {
  override readonly name = "Abandoned";
}

/** What cmd says of a call that it does not understand. */
export const SYNTAX_INCORRECT = "The syntax of the command is incorrect.";

/** The Err object. @module */
import { RUNTIME_MESSAGES } from "../../automation/runtime_messages.ts";
import { toLong, toStringValue } from "../../automation/coerce.ts";
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  makeLong,
  MISSING,
} from "../../automation/variant.ts";
import { raise, RUNTIME_SOURCE, scriptNumber, VbsError } from "../errors.ts";
import { dispatchOf } from "./dispatch.ts";

/** What the last error was. */
export class ErrObject implements AutomationObject {
  number = 0;
  description = "";
  source = "";
  helpFile = "";
  helpContext = 0;
  /** Whether there may be something to clear: On Error statements stand in procedures that run all the time. */
  isUsed = false;

  get [DISPATCH](): Dispatch {
    return ERR_DISPATCH;
  }

  clear(): void {
    this.number = 0;
    this.description = this.source = this.helpFile = "";
    this.helpContext = 0;
    this.isUsed = false;
  }

  /** Takes over what an error says. */
  set(error: VbsError): void {
    this.isUsed = true;
    this.number = error.number;
    this.description = error.message;
    this.source = error.source;
    this.helpFile = error.help.file;
    this.helpContext = error.help.context;
  }
}

const ERR_DISPATCH: Dispatch = dispatchOf<ErrObject>("Object", {
  Number: {
    get: (err) => makeLong(err.number),
    put: (err, value) => {
      err.isUsed = true;
      err.number = toLong(value);
    },
  },
  Description: {
    get: (err) => err.description,
    put: (err, value) => {
      err.isUsed = true;
      err.description = toStringValue(value);
    },
  },
  Source: {
    get: (err) => err.source,
    put: (err, value) => {
      err.isUsed = true;
      err.source = toStringValue(value);
    },
  },
  HelpFile: {
    get: (err) => err.helpFile,
    put: (err, value) => {
      err.isUsed = true;
      err.helpFile = toStringValue(value);
    },
  },
  HelpContext: {
    get: (err) => makeLong(err.helpContext),
    put: (err, value) => {
      err.isUsed = true;
      err.helpContext = toLong(value);
    },
  },
  Clear: {
    call: (err) => {
      err.clear();
      return undefined;
    },
  },
  Raise: {
    call: (_err, args) => {
      if (args.length < 1 || args.length > 5) raise(450);
      const [code, source, description, helpFile, helpContext] = args.map((arg) =>
        arg === MISSING ? undefined : arg
      );
      const number = scriptNumber(toLong(code));
      if (number === 0) raise(5);
      const message = description === undefined
        ? RUNTIME_MESSAGES[number] ?? "Unknown runtime error"
        : toStringValue(description);
      const error = new VbsError("runtime", number, message, {
        source: source === undefined ? RUNTIME_SOURCE : toStringValue(source),
      });
      error.help = {
        file: helpFile === undefined ? "" : toStringValue(helpFile),
        context: helpContext === undefined ? 0 : toLong(helpContext),
      };
      throw error;
    },
  },
}, { defaultName: "Number" });

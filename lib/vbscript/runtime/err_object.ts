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
  /**
   * Whether the fields count: an On Error statement clears them all by setting this to false, for it stands in
   * procedures that run all the time.
   */
  isSet = false;

  get [DISPATCH](): Dispatch {
    return ERR_DISPATCH;
  }

  clear(): void {
    this.isSet = false;
  }

  /** Itself, with fields that count. */
  get fields(): this {
    if (!this.isSet) {
      this.isSet = true;
      this.number = 0;
      this.description = this.source = this.helpFile = "";
      this.helpContext = 0;
    }
    return this;
  }

  /** Takes over what an error says. */
  set(error: VbsError): void {
    this.isSet = true;
    this.number = error.number;
    this.description = error.message;
    this.source = error.source;
    this.helpFile = error.help.file;
    this.helpContext = error.help.context;
  }
}

const ERR_DISPATCH: Dispatch = dispatchOf<ErrObject>("Object", {
  Number: {
    get: (err) => makeLong(err.fields.number),
    put: (err, value) => {
      err.fields.number = toLong(value);
    },
  },
  Description: {
    get: (err) => err.fields.description,
    put: (err, value) => {
      err.fields.description = toStringValue(value);
    },
  },
  Source: {
    get: (err) => err.fields.source,
    put: (err, value) => {
      err.fields.source = toStringValue(value);
    },
  },
  HelpFile: {
    get: (err) => err.fields.helpFile,
    put: (err, value) => {
      err.fields.helpFile = toStringValue(value);
    },
  },
  HelpContext: {
    get: (err) => makeLong(err.fields.helpContext),
    put: (err, value) => {
      err.fields.helpContext = toLong(value);
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

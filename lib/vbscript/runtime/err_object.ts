/** The Err object. @module */
import { RUNTIME_MESSAGES } from "../../automation/runtime_messages.ts";
import { toLong, toStringValue } from "../../automation/coerce.ts";
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  makeLong,
  MISSING,
  type Variant,
} from "../../automation/variant.ts";
import { raise, RUNTIME_SOURCE, scriptNumber, VbsError } from "../errors.ts";

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

const MEMBERS: readonly DispatchMember[] = [
  property("Number", (err) => makeLong(err.number), (err, value) => err.number = toLong(value)),
  property("Description", (err) => err.description, (err, value) => err.description = toStringValue(value)),
  property("Source", (err) => err.source, (err, value) => err.source = toStringValue(value)),
  property("HelpFile", (err) => err.helpFile, (err, value) => err.helpFile = toStringValue(value)),
  property(
    "HelpContext",
    (err) => makeLong(err.helpContext),
    (err, value) => err.helpContext = toLong(value),
  ),
  { name: "Clear", call: (err) => void (err as ErrObject).clear() },
  { name: "Raise", call: (_err, args) => raiseError(args) },
];
const MEMBERS_BY_NAME = new Map(MEMBERS.map((member) => [member.name.toLowerCase(), member]));

const ERR_DISPATCH: Dispatch = {
  typeName: "Object",
  member: (name) => MEMBERS_BY_NAME.get(name.toLowerCase()),
  defaultMember: MEMBERS_BY_NAME.get("number"),
  enumerate: undefined,
  release: undefined,
  memberNames: MEMBERS.map(({ name }) => name),
};

function property(
  name: string,
  get: (err: ErrObject) => Variant,
  put: (err: ErrObject, value: Variant) => void,
): DispatchMember {
  return {
    name,
    get: (err) => get((err as ErrObject).fields),
    put: (err, _args, value) => put((err as ErrObject).fields, value),
  };
}

function raiseError(args: readonly Variant[]): never {
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
}

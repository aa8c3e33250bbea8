/** What a script in JScript asks for, gathered while it is parsed. @module */

/** An object that a script creates or gets, or code that it makes. */
export interface ObjectUse {
  readonly via: "ActiveXObject" | "GetObject" | "WScript.CreateObject" | "WScript.GetObject" | "eval";
  /** The ProgID or path; undefined when the script computes it. */
  readonly name: string | undefined;
  /** An index into the text. */
  readonly at: number;
}

/** A call of a member of a variable. */
export interface CallUse {
  readonly variable: string;
  readonly member: string;
  /** An index into the text. */
  readonly at: number;
}

/** The objects, calls and variables of one text. */
export class ScriptUses {
  readonly objects: ObjectUse[] = [];
  readonly calls: CallUse[] = [];
  /** What each variable holds, in whichever scope: the ProgID of all objects that it is given, or undefined. */
  readonly variables = new Map<string, string | undefined>();
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /** A call of a function by its name. */
  callFunction(name: string, place: CallPlace): void {
    if (name === "eval") this.objects.push({ via: "eval", name: undefined, at: place.at });
    if (name === "GetObject") this.create("GetObject", place);
  }

  /** A call of a member of a variable; the ProgID of what it creates. */
  callMember(call: CallUse, open: number): string | undefined {
    this.calls.push(call);
    const { variable, member, at } = call;
    if (!/^(WScript|WSH)$/.test(variable)) return undefined;
    if (/^getobject$/i.test(member)) this.create("WScript.GetObject", { at, open });
    return /^createobject$/i.test(member) ? this.create("WScript.CreateObject", { at, open }) : undefined;
  }

  /** An object that is created or got; its name, if that is a literal. */
  create(via: ObjectUse["via"], { at, open }: CallPlace): string | undefined {
    const literal = /^\(\s*(?:"([^"\\\r\n]*)"|'([^'\\\r\n]*)')\s*[,)]/.exec(
      this.#source.slice(open, open + 500),
    );
    const name = literal?.[1] ?? literal?.[2];
    this.objects.push({ via, name, at });
    return name;
  }

  /** A variable is given the object of a ProgID, or something else. */
  assign(variable: string, progId: string | undefined): void {
    const isSame = !this.variables.has(variable) || this.variables.get(variable) === progId;
    this.variables.set(variable, isSame ? progId : undefined);
  }

  /** A variable holds what is not known. */
  forget(variable: string): void {
    this.variables.set(variable, undefined);
  }
}

/** Indexes into the text: where a call begins, and where its parenthesis opens. */
interface CallPlace {
  readonly at: number;
  readonly open: number;
}

/**
 * What a script would meet, without running it: the objects that a host offers, their members, and what these give.
 *
 * Nothing is listed here. The members are those of the dispatch tables that scripts are served from, and the types of
 * their results are those of the interface tables behind them, so that a new object or member is known at once.
 *
 * @module
 */
import { type Implementation, implementations, type MemberTable } from "../../automation/interface.ts";
import { nearest } from "../../automation/nearest.ts";
import { DISPATCH, type Dispatch } from "../../automation/variant.ts";
import { libraryOf } from "../library/intrinsics.ts";
import { RegExpObject } from "../library/mod.ts";
import { ErrObject } from "../runtime/err_object.ts";
import { Runtime } from "../runtime/runtime.ts";

/** What a host offers to scripts. */
export interface HostParts {
  /** The objects that CreateObject makes, by ProgID. */
  readonly progIds?: Readonly<Record<string, Dispatch>>;
  /** The spelling in `progIds` of a ProgID as a script has it; without it only the case of letters does not matter. */
  readonly findProgId?: (progId: string) => string | undefined;
  /** The objects that every script has under a name, such as WScript. */
  readonly objects?: Readonly<Record<string, Dispatch>>;
  /** The functions that the host adds, such as MsgBox. */
  readonly functions?: readonly string[];
  /** What a path for GetObject may begin with, such as `new:`; where it is given, nothing else is found before a colon. */
  readonly monikers?: readonly string[];
}

/** A type of objects, as far as it is known. */
export interface ObjectShape {
  /** The ProgID that creates such an object, or the interface that it is declared with. */
  readonly name: string;
  /** As documented. */
  readonly memberNames: readonly string[];
  /** What For Each gives; undefined when that is not known, or no object. */
  readonly element: ObjectShape | undefined;
  /** What `object(…)` is. */
  readonly defaultMember: MemberShape | undefined;
  /** A member by its name in lower case. */
  member(name: string): MemberShape | undefined;
}

/** A member of a type of objects. */
export interface MemberShape {
  /** As documented. */
  readonly name: string;
  /** Whether arguments are its own; those of a property that has none go to what it gives. */
  readonly takesArguments: boolean;
  /** What it gives; undefined when that is not known, or no object. */
  readonly result: ObjectShape | undefined;
}

/** What VBScript itself provides under one name. */
export type Intrinsic = "function" | "constant" | "object";

/** VBScript's functions that do nothing unless the host helps. */
const HOST_FUNCTIONS: ReadonlyMap<string, string> = new Map(
  ["GetObject", "InputBox", "LoadPicture", "MsgBox"].map((name) => [name.toLowerCase(), name]),
);
/** Of these, the ones that the engine has a name for even so. */
const UNSERVED: ReadonlySet<string> = new Set(["getobject", "loadpicture"]);
/** How many unknown names are kept with what was probably meant. */
const MEANINGS_MAX = 1000;
const REGEXP = "VBScript.RegExp";

/** The objects and functions that a script would find: those of VBScript, and those of a host. */
export class HostDescription {
  readonly #types = new InterfaceTypes();
  readonly #progIds = new Map<string, ObjectShape>();
  readonly #objects = new Map<string, ObjectShape>();
  readonly #functions: ReadonlySet<string>;
  readonly #monikers: ReadonlySet<string>;
  readonly #library = libraryBindings();
  readonly #meanings = new Map<string, string | undefined>();
  readonly #findProgId: (progId: string) => string | undefined;

  /** @ignore use {@linkcode describeHost} */
  constructor(parts: HostParts) {
    for (const [name, dispatch] of Object.entries(parts.progIds ?? {})) {
      this.#progIds.set(name.toLowerCase(), this.#types.ofClass(name, dispatch));
    }
    this.#progIds.set(REGEXP.toLowerCase(), this.#types.ofClass(REGEXP, RegExpObject.prototype[DISPATCH]));
    this.#objects.set("err", this.#types.ofClass("Err", new ErrObject()[DISPATCH]));
    for (const [name, dispatch] of Object.entries(parts.objects ?? {})) {
      this.#objects.set(name.toLowerCase(), this.#types.ofClass(name, dispatch));
    }
    this.#functions = new Set(parts.functions?.map((name) => name.toLowerCase()));
    this.#monikers = new Set(parts.monikers?.map((moniker) => moniker.toLowerCase()));
    this.#findProgId = parts.findProgId ?? ((): undefined => undefined);
  }

  /** What a ProgID creates. */
  progId(name: string): ObjectShape | undefined {
    const known = this.#progIds.get(name.toLowerCase());
    if (known !== undefined) return known;
    const spelling = this.#findProgId(name);
    return spelling === undefined ? undefined : this.#progIds.get(spelling.toLowerCase());
  }

  /** What scripts have under a name in lower case. */
  object(name: string): ObjectShape | undefined {
    return this.#objects.get(name);
  }

  /** What kind of thing VBScript or the host provides under a name in lower case. */
  intrinsic(name: string): Intrinsic | undefined {
    if (this.#objects.has(name)) return "object";
    if (this.#functions.has(name) || HOST_FUNCTIONS.has(name)) return "function";
    return this.#library.get(name)?.kind;
  }

  /** Whether a function does what it is documented to do. */
  hasFunction(name: string): boolean {
    if (this.#functions.has(name)) return true;
    return this.#library.get(name)?.kind === "function" && !UNSERVED.has(name);
  }

  /** Whether GetObject finds what is named behind a moniker such as `new:`; without one, whether it knows any. */
  hasMoniker(moniker?: string): boolean {
    return moniker === undefined ? this.#monikers.size > 0 : this.#monikers.has(moniker.toLowerCase());
  }

  /** The spelling of a function as documented. */
  functionName(name: string): string | undefined {
    return this.#library.get(name)?.name ?? HOST_FUNCTIONS.get(name);
  }

  /** The ProgID that was probably meant. */
  nearestProgId(name: string): string | undefined {
    return this.#meant(
      `p${name}`,
      () => nearest(name, [...this.#progIds.values()].map((shape) => shape.name)),
    );
  }

  /** The function that was probably meant. */
  nearestFunction(name: string): string | undefined {
    return this.#meant(`f${name}`, () => {
      const names = [...this.#library.values()].filter(({ kind }) => kind === "function");
      return nearest(name, names.map((row) => row.name));
    });
  }

  /** The same names come again and again; comparing one with all that exist is the slowest part. */
  #meant(key: string, find: () => string | undefined): string | undefined {
    if (this.#meanings.has(key)) return this.#meanings.get(key);
    const meaning = find();
    if (this.#meanings.size >= MEANINGS_MAX) this.#meanings.clear();
    this.#meanings.set(key, meaning);
    return meaning;
  }
}

/** Describes what a script would find in a host, from the dispatch tables of its objects. */
export function describeHost(parts: HostParts = {}): HostDescription {
  return new HostDescription(parts);
}

function libraryBindings(): Map<string, { readonly kind: Intrinsic; readonly name: string }> {
  const unused = (): never => {
    throw new Error("Nothing runs while a script is only looked at");
  };
  const runtime = new Runtime({
    execute: unused,
    evaluate: unused,
    createRegExp: unused,
    interrupt: unused,
  });
  const bindings = libraryOf(runtime, { now: unused, createObject: unused, getObject: unused });
  const names = new Map<string, { readonly kind: Intrinsic; readonly name: string }>();
  for (const [name, binding] of bindings) {
    if (binding.kind === "function") names.set(name, { kind: "function", name: binding.function.name });
    else names.set(name, { kind: binding.kind === "constant" ? "constant" : "object", name });
  }
  return names;
}

/** The types of objects that results are declared with. */
class InterfaceTypes {
  readonly #byInterface = new Map<string, Implementation[]>();
  readonly #byDispatch = new Map<Dispatch, Implementation>();
  readonly #shapes = new Map<string, ObjectShape | undefined>();

  constructor() {
    for (const implementation of implementations()) {
      this.#byDispatch.set(implementation.dispatch, implementation);
      for (const { name } of implementation.tables) {
        const others = this.#byInterface.get(name);
        if (others === undefined) this.#byInterface.set(name, [implementation]);
        else others.push(implementation);
      }
    }
  }

  /** The objects of one class. */
  ofClass(name: string, dispatch: Dispatch): ObjectShape {
    return new ClassesShape(name, [this.#byDispatch.get(dispatch) ?? { tables: [], dispatch }], this);
  }

  /** The objects that a declared type stands for; undefined for values, and for what could be any object. */
  ofType(type: string): ObjectShape | undefined {
    if (this.#shapes.has(type)) return this.#shapes.get(type);
    const [, arrayOf, single] = /^(?:SAFEARRAY\((\w+)\*\)|(\w+)\*)$/.exec(type) ?? [];
    let shape: ObjectShape | undefined;
    if (arrayOf !== undefined) {
      const element = this.ofType(`${arrayOf}*`);
      if (element !== undefined) shape = arrayShape(element);
    } else if (single !== undefined) {
      const classes = this.#byInterface.get(single);
      if (classes !== undefined) shape = new ClassesShape(single, classes, this);
    }
    this.#shapes.set(type, shape);
    return shape;
  }
}

function arrayShape(element: ObjectShape): ObjectShape {
  return {
    name: `${element.name}()`,
    memberNames: [],
    element,
    defaultMember: { name: "", takesArguments: true, result: element },
    member: () => undefined,
  };
}

/** Objects of any of some classes. A script reaches every interface of an object, not only the declared one. */
class ClassesShape implements ObjectShape {
  readonly name: string;
  readonly #classes: readonly Implementation[];
  readonly #types: InterfaceTypes;
  readonly #members = new Map<string, MemberShape | undefined>();

  constructor(name: string, classes: readonly Implementation[], types: InterfaceTypes) {
    this.name = name;
    this.#classes = classes;
    this.#types = types;
  }

  get memberNames(): readonly string[] {
    return [...new Set(this.#classes.flatMap(({ dispatch }) => dispatch.memberNames))];
  }

  get element(): ObjectShape | undefined {
    const rows = this.#classes.flatMap(({ tables }) =>
      tables.flatMap(({ members }) => Object.values(members))
    );
    const type = rows.find((row) => row.element !== undefined)?.element;
    return type === undefined ? undefined : this.#types.ofType(type);
  }

  get defaultMember(): MemberShape | undefined {
    for (const { dispatch } of this.#classes) {
      if (dispatch.defaultMember !== undefined) return this.member(dispatch.defaultMember.name.toLowerCase());
    }
    return undefined;
  }

  member(name: string): MemberShape | undefined {
    if (this.#members.has(name)) return this.#members.get(name);
    const shape = this.#find(name);
    // Only names that exist are kept: scripts can ask for any number of others.
    if (shape !== undefined) this.#members.set(name, shape);
    return shape;
  }

  #find(name: string): MemberShape | undefined {
    for (const { dispatch, tables } of this.#classes) {
      const member = dispatch.member(name);
      if (member === undefined) continue;
      const row = rowOf(tables, name);
      const types = this.#types;
      return {
        name: member.name,
        takesArguments: row === undefined || row.method !== undefined || (row.params?.length ?? 0) > 0,
        // Interfaces give each other: what a result is becomes known when it is asked for.
        get result(): ObjectShape | undefined {
          const type = row?.method ?? row?.get;
          return type === undefined ? undefined : types.ofType(type);
        },
      };
    }
    return undefined;
  }
}

function rowOf(tables: Implementation["tables"], name: string): MemberTable | undefined {
  for (const { members } of tables) {
    for (const [spelling, row] of Object.entries(members)) {
      if (row.element === undefined && spelling.toLowerCase() === name) return row;
    }
  }
  return undefined;
}

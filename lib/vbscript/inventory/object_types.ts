/** The types of objects that a script may hold in its variables. @module */
import type { CodeScope } from "../scopes.ts";
import type { ClassDeclaration } from "../syntax_tree.ts";
import type { ObjectShape } from "./host_description.ts";

/** What an object may be. */
export type ObjectType =
  | { readonly kind: "shape"; readonly name: string; readonly shape: ObjectShape }
  /** Described by nobody: known by the way that leads to it. */
  | {
    readonly kind: "path";
    readonly name: string;
    readonly depth: number;
    /** What its members give, by their names in lower case. */
    readonly results: Map<string, ObjectType>;
  }
  | { readonly kind: "class"; readonly name: string; readonly info: ClassInfo };

/** What may be in one place. */
export type Types = readonly ObjectType[];
/** The types of variables, by their names; `name()` are the elements of an array. */
export type Variables = Map<string, ObjectType[]>;

/** A class of the script. */
export interface ClassInfo {
  readonly declaration: ClassDeclaration;
  readonly fields: Variables;
  readonly fieldNames: ReadonlySet<string>;
  /** By name; the accessors of a property share theirs. */
  readonly procedures: ReadonlyMap<string, readonly ProcedureInfo[]>;
}

/** A procedure of the script, or its main code. */
export interface ProcedureInfo {
  readonly scope: CodeScope;
  readonly variables: Variables;
  readonly classInfo: ClassInfo | undefined;
}

/** No object, or one of which nothing is known. */
export const NONE: Types = [];
/** `a.b.c.d`: more says nothing about what to replace. */
const PATH_DEPTH_MAX = 4;

/** All types of one script: each is one object, so that sets of them can compare by identity. */
export class ObjectTypes {
  readonly #types = new Map<ObjectShape | ClassInfo | string, ObjectType>();

  /** The objects that a host describes. */
  shape(shape: ObjectShape): ObjectType {
    return this.#intern(shape, () => ({ kind: "shape", name: shape.name, shape }));
  }

  /** The instances of a class of the script. */
  class(info: ClassInfo): ObjectType {
    return this.#intern(info, () => ({ kind: "class", name: info.declaration.spelling, info }));
  }

  /** Objects that nobody describes. */
  path(name: string, depth: number): ObjectType {
    return this.#intern(name.toLowerCase(), () => ({ kind: "path", name, depth, results: new Map() }));
  }

  /** What a member of such an object gives. */
  deeper({ name, depth, results }: ObjectType & { kind: "path" }, member: string): Types {
    if (depth >= PATH_DEPTH_MAX) return NONE;
    const key = member.toLowerCase();
    let type = results.get(key);
    if (type === undefined) results.set(key, type = this.path(`${name}.${member}`, depth + 1));
    return [type];
  }

  #intern(key: ObjectShape | ClassInfo | string, make: () => ObjectType): ObjectType {
    let type = this.#types.get(key);
    if (type === undefined) this.#types.set(key, type = make());
    return type;
  }
}

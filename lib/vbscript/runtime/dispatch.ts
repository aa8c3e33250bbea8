/** Dispatch tables for the objects that the language itself has. @module */
import type { AutomationObject, Dispatch, DispatchMember, Variant } from "../../automation/variant.ts";

/** The members of a built-in object, by documented name. */
export type MemberTable<T> = Readonly<
  Record<string, {
    readonly get?: (object: T, args: readonly Variant[]) => Variant;
    readonly put?: (object: T, value: Variant) => void;
    readonly call?: (object: T, args: readonly Variant[]) => Variant;
  }>
>;

/** Makes the dispatch table of a built-in class. */
export function dispatchOf<T extends AutomationObject>(
  typeName: string,
  table: MemberTable<T>,
  options: { defaultName?: string; enumerate?: (object: T) => Iterator<Variant> } = {},
): Dispatch {
  const members = new Map<string, DispatchMember>();
  for (const [name, { get, put, call }] of Object.entries(table)) {
    members.set(name.toLowerCase(), {
      name,
      ...(get === undefined ? {} : { get: (object, args): Variant => get(object as T, args) }),
      ...(put === undefined ? {} : { put: (object, _args, value): void => put(object as T, value) }),
      ...(call === undefined ? {} : { call: (object, args): Variant => call(object as T, args) }),
    });
  }
  const { defaultName, enumerate } = options;
  return {
    typeName,
    member: (name) => members.get(name.toLowerCase()),
    defaultMember: defaultName === undefined ? undefined : members.get(defaultName.toLowerCase()),
    enumerate: enumerate === undefined ? undefined : (object): Iterator<Variant> => enumerate(object as T),
    release: undefined,
    memberNames: Object.keys(table),
  };
}

/** Scripting objects in a temporary folder, called as scripts call them. @module */
import { assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { type AutomationObject, DISPATCH, type Variant } from "../../../lib/automation/variant.ts";
import { DriveMap } from "../../../lib/platform/drive_map.ts";
import { OpenResources } from "../../../lib/wsh/open_resources.ts";
import { FileSystemObject } from "../../../lib/wsh/scripting/file_system_object.ts";
import { ScriptingHost } from "../../../lib/wsh/scripting/host.ts";
import { TempFolder } from "../../cli/cli.ts";

/** A FileSystemObject whose `G:` is a temporary folder, which is the current folder too. */
export class Rig extends TempFolder {
  readonly resources = new OpenResources();
  readonly fso = new FileSystemObject(
    new ScriptingHost(
      new DriveMap([{ letter: "G", directory: this.path }], "posix", () => this.path),
      this.resources,
      () => {},
    ),
  );

  /** The paths of all files and folders below the folder, sorted. */
  tree(below = this.path): string[] {
    return [...Deno.readDirSync(below)].flatMap((entry) => {
      const path = `${below}/${entry.name}`;
      return [path.slice(this.path.length + 1), ...entry.isDirectory ? this.tree(path) : []];
    }).sort();
  }

  text(name: string): string {
    return Deno.readTextFileSync(`${this.path}/${name}`);
  }

  override [Symbol.dispose](): void {
    this.resources.closeAll();
    super[Symbol.dispose]();
  }
}

/** Calls a method, or reads a property. */
export function call(object: Variant, name: string, ...args: Variant[]): Variant {
  const target = object as AutomationObject;
  const member = target[DISPATCH].member(name)!;
  return (member.call ?? member.get)!(target, args);
}

/** Calls a method that gives text. */
export function textOf(object: Variant, name: string, ...args: Variant[]): string {
  return call(object, name, ...args) as string;
}

/** Writes a property. */
export function put(object: Variant, name: string, value: Variant): void {
  const target = object as AutomationObject;
  target[DISPATCH].member(name)!.put!(target, [], value);
}

/** The names of what a collection holds. */
export function namesOf(collection: Variant): Variant[] {
  const target = collection as AutomationObject;
  const names: Variant[] = [];
  const items = target[DISPATCH].enumerate!(target);
  for (let item = items.next(); !item.done; item = items.next()) names.push(call(item.value, "Name"));
  return names;
}

/** The number of the error that something raises. */
export function errorNumber(work: () => unknown): number {
  return assertThrows(work, AutomationError).number;
}

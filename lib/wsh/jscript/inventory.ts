/** What a script in JScript needs, found without running it. @module */
import { nearest } from "../../automation/nearest.ts";
import type { HostDescription, MemberUse, ProgIdUse, ScriptInventory } from "../../vbscript/mod.ts";
import { JScriptSyntaxError } from "./compile_error.ts";
import { isJavaScript } from "./javascript.ts";
import { lineStarts, type Position } from "./text_edits.ts";
import type { CallUse, ObjectUse, ScriptUses } from "./script_uses.ts";
import { translate, type Translation } from "./translator.ts";

/**
 * Lists the objects that a script creates, and what it calls on those that a variable holds for good. A text of newer
 * JavaScript, which is not translated, gives an empty list.
 */
export function jscriptInventory(
  source: string,
  { path, host }: { readonly path: string; readonly host: HostDescription },
): ScriptInventory {
  const positionOf = lineStarts(source);
  const nothing = { path, compileError: undefined, progIds: [], members: [], functions: [], runsCode: [] };
  let found: Translation;
  try {
    found = translate(source);
  } catch (error) {
    if (!(error instanceof JScriptSyntaxError)) throw error;
    if (isJavaScript(source)) return nothing;
    const { number, message, at } = error;
    return { ...nothing, compileError: { number, message, ...positionOf(at) } };
  }
  const { objects, calls, variables } = found.uses;
  const created = objects.filter(({ via }) => via !== "eval");
  return {
    ...nothing,
    progIds: created.map((use) => progIdUse(use, positionOf(use.at), host)),
    members: calls.flatMap((call) => memberUse(call, positionOf(call.at), { host, variables })),
    runsCode: objects.filter(({ via }) => via === "eval").map(({ at }) => ({
      name: "eval",
      ...positionOf(at),
      supported: true,
      nearest: undefined,
    })),
  };
}

function progIdUse({ via, name }: ObjectUse, position: Position, host: HostDescription): ProgIdUse {
  const isCreated = via === "ActiveXObject" || via === "WScript.CreateObject";
  const scheme = isCreated ? undefined : /^[a-z][\w.+-]+:/i.exec(name ?? "")?.[0];
  const text = scheme ?? name?.trim();
  const shape = text === undefined ? undefined : host.progId(text);
  return {
    ...position,
    via,
    progId: shape?.name ?? text,
    supported: isCreated && text !== undefined
      ? shape !== undefined
      : scheme === undefined
      ? undefined
      : host.hasMoniker(scheme),
    nearest: shape === undefined && text !== undefined ? host.nearestProgId(text) : undefined,
  };
}

/** The call of a member, where the object is known. */
function memberUse({ variable, member }: CallUse, position: Position, { host, variables }: {
  readonly host: HostDescription;
  readonly variables: ScriptUses["variables"];
}): MemberUse[] {
  const progId = variables.get(variable);
  const shape = progId === undefined
    ? variable === "WScript" && !variables.has(variable) ? host.object("wscript") : undefined
    : host.progId(progId);
  if (shape === undefined) return [];
  const known = shape.member(member.toLowerCase());
  return [{
    ...position,
    object: shape.name,
    member: known?.name ?? member,
    supported: known !== undefined,
    nearest: known === undefined ? nearest(member, shape.memberNames) : undefined,
  }];
}

/** What `WScript.Arguments.ShowUsage` and `/?` show. @module */
import type { WsfArgument, WsfRuntime } from "./wsf.ts";

/** The usage of a script, from the `<runtime>` of its job if it has one. */
export function usageText(scriptName: string, runtime: WsfRuntime | undefined): string {
  if (runtime === undefined) return `Usage: ${scriptName}`;
  if (runtime.usage !== undefined) return runtime.usage;
  const { named, unnamed, description, examples } = runtime;
  const syntax = [scriptName, ...named.map(namedSyntax), ...unnamed.map(unnamedSyntax)].join(" ");
  const all = [...named, ...unnamed];
  const width = Math.max(0, ...all.map(({ name }) => name.length));
  const options = all.map(({ name, help }) => `${name.padEnd(width)} : ${help}`.trimEnd());
  return [
    ...(description === "" ? [] : [description]),
    `Usage: ${syntax}`,
    ...(options.length === 0 ? [] : ["", "Options:", "", ...options]),
    ...(examples.length === 0 ? [] : ["", ...examples]),
  ].join("\n");
}

function namedSyntax({ name, type, required }: WsfArgument): string {
  const value = type === "string" ? ":value" : type === "boolean" ? "[+|-]" : "";
  return required > 0 ? `/${name}${value}` : `[/${name}${value}]`;
}

/** `name1 [name2...]`: as many as there must be, and then those that may be. */
function unnamedSyntax({ name, required, many }: WsfArgument): string {
  const names = Array.from(
    { length: required },
    (_, index) => required + Number(many) > 1 ? `${name}${index + 1}` : name,
  );
  if (many) names.push(`[${name}${required + 1}...]`);
  else if (required === 0) names.push(`[${name}]`);
  return names.join(" ");
}

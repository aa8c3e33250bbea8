/** `%~dpnx1` and its kind: parts of a path, and what is known of its file. @module */
import { stampText } from "./texts.ts";
import type { Paths } from "./paths.ts";

/** A value changed by modifiers: no quotes, and then the parts of the whole path that the letters name. */
export function modifiedPath(value: string, modifiers: string, paths: Paths, path: string): string {
  const bare = value.replace(/^"(.*?)"?$/s, "$1");
  const letters = modifiers.replace(/\$[^:]*:/, "").toLowerCase();
  if (modifiers === "") return bare;
  const found = modifiers.includes("$") ? foundOn(path, bare, paths) : bare;
  if (found === undefined || found === "") return "";
  const full = paths.full(found);
  const facts = factsOf(full, letters, paths);
  const [, drive, folder, name] = /^(..)(.*\\)([^\\]*)$/s.exec(full) as unknown as [
    string,
    string,
    string,
    string,
  ];
  const dot = name.lastIndexOf(".");
  const [base, extension] = dot < 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
  const has = (letter: string): boolean => letters.includes(letter);
  const isWhole = has("f") || (!/[dpnx]/.test(letters) && (has("s") || modifiers.includes("$")));
  const parts = isWhole
    ? full
    : `${has("d") ? drive : ""}${has("p") ? folder : ""}${has("n") ? base : ""}${has("x") ? extension : ""}`;
  return [...facts, ...parts === "" ? [] : [parts]].join(" ");
}

/** The folders of a variable like PATH, where the value is a file in one of them. */
function foundOn(path: string, name: string, paths: Paths): string | undefined {
  return path.split(";").filter((folder) => folder !== "")
    .map((folder) => `${folder.replace(/\\$/, "")}\\${name}`)
    .find((candidate) => paths.exists(candidate));
}

/** `a`, `t` and `z`, in this order: attributes, time and size; nothing for a file that is not there. */
function factsOf(full: string, letters: string, paths: Paths): string[] {
  if (!/[atz]/.test(letters)) return [];
  const [found] = paths.exists(full) ? paths.matching(full.replace(/\\$/, "") || full) : [];
  if (found === undefined) return [];
  const { info, name } = found;
  const facts: string[] = [];
  if (letters.includes("a")) facts.push(attributesText(name, info));
  if (letters.includes("t")) facts.push(stampText(info.mtime ?? new Date(0)));
  if (letters.includes("z")) facts.push(String(info.isDirectory ? 0 : info.size));
  return facts;
}

/** `d--------`, `--a------`: folder, read-only, archive, hidden. */
function attributesText(name: string, { isDirectory, mode }: Deno.FileInfo): string {
  const isReadOnly = mode !== null && (mode & 0o222) === 0;
  const flags = [
    isDirectory ? "d" : "-",
    isReadOnly ? "r" : "-",
    isDirectory ? "-" : "a",
    name.startsWith(".") ? "h" : "-",
  ];
  return `${flags.join("")}-----`;
}

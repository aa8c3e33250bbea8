/** What stands behind the colon of a variable: `:~start,length` and `:old=new`. @module */

/** A value changed as `~1,-2`, `old=new` or `*old=new` says; undefined when the text has none of these forms. */
export function changedValue(value: string, change: string): string | undefined {
  return change.startsWith("~") ? substring(value, change.slice(1)) : replaced(value, change);
}

/** `~start,length`: a negative start counts from the end, a negative length leaves that many out. */
function substring(value: string, change: string): string | undefined {
  const part = /^\s*([-+]?\d*)\s*(?:,\s*([-+]?\d*)\s*)?$/.exec(change);
  if (part === null) return undefined;
  const start = Number(part[1]);
  const from = start < 0 ? Math.max(0, value.length + start) : start;
  if (part[2] === undefined || part[2] === "") return value.slice(from);
  const length = Number(part[2]);
  return value.slice(from, length < 0 ? Math.max(from, value.length + length) : from + length);
}

/** `old=new` everywhere, in any case; `*old=new` once, with all that stands before it. */
function replaced(value: string, change: string): string | undefined {
  const replacement = /^(\*?)([^=]+)=(.*)$/s.exec(change);
  if (replacement === null) return undefined;
  const [, star, old, fresh] = replacement as unknown as [string, string, string, string];
  const pattern = old.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return star === "*"
    ? value.replace(new RegExp(`^.*?${pattern}`, "is"), () => fresh)
    : value.replaceAll(new RegExp(pattern, "gi"), () => fresh);
}

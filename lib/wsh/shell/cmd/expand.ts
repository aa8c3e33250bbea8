/** `%NAME%` on command lines of cmd, with its substrings and replacements. @module */

/**
 * Replaces variables: `%NAME%`, `%NAME:~start,length%`, `%NAME:old=new%`. On a command line (unlike in a batch file) an
 * unknown name stays as it is written.
 */
export function expandCommandVariables(text: string, lookUp: (name: string) => string | undefined): string {
  return text.replaceAll(
    /%([^%:\s]+(?:\([^%)]*\))?)(?::([^%]+))?%/g,
    (whole, name: string, change?: string) => {
      const value = lookUp(name);
      if (value === undefined) return whole;
      return change === undefined ? value : changed(value, change) ?? whole;
    },
  );
}

function changed(value: string, change: string): string | undefined {
  const part = /^~(-?\d+)(?:,(-?\d+))?$/.exec(change);
  if (part !== null) {
    const start = Number(part[1]);
    const from = start < 0 ? Math.max(0, value.length + start) : start;
    if (part[2] === undefined) return value.slice(from);
    const length = Number(part[2]);
    return length < 0 ? value.slice(from, length) : value.slice(from, from + length);
  }
  const replacement = /^(\*?)([^=]+)=(.*)$/s.exec(change);
  if (replacement === null) return undefined;
  const [, star, old, fresh] = replacement;
  const escaped = old!.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return value.replace(
    new RegExp(star === "*" ? `^.*?${escaped}` : escaped, star === "*" ? "is" : "gi"),
    () => fresh!,
  );
}

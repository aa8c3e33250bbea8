/** Patterns of names, for choosing entries of a tree: `*.bak`, `private`, `docs/*.pdf`. @module */

/** Whether an entry is meant: by its path below the folder, with `/` between the names. */
export type NameTest = (path: string) => boolean;

/**
 * A test for any of some patterns. `*` stands for any characters of a name, `?` for one. A pattern with `/` in it is of the
 * whole path, others are of the name alone.
 *
 * @throws TypeError for an empty pattern.
 */
export function namePatterns(patterns: readonly string[]): NameTest {
  const tests = patterns.map((pattern) => {
    if (pattern === "") throw new TypeError("A pattern of names is empty");
    const isPath = pattern.includes("/");
    const source = pattern.replace(/^\//, "").replace(/\/$/, "").replaceAll(/[\\^$.+()[\]{}|]/g, "\\$&")
      .replaceAll("*", "[^/]*").replaceAll("?", "[^/]");
    const whole = new RegExp(`^${source}$`, "su");
    return (path: string): boolean => whole.test(isPath ? path : path.slice(path.lastIndexOf("/") + 1));
  });
  return (path) => tests.some((test) => test(path));
}

/** Where paths lead to. @module */
import { isAllowed } from "./permissions.ts";

/**
 * Where a path leads to in the end; undefined for nowhere, and where it may not be looked at: nobody is asked for permission.
 * A path that is not absolute takes that for the working folder, too.
 */
export function realPathIfAllowed(path: string): string | undefined {
  const isAbsolute = /^([a-z]:)?[\\/]/i.test(path);
  for (const read of isAbsolute ? [path] : [path, "."]) {
    if (!isAllowed({ name: "read", path: read })) return undefined;
  }
  try {
    return Deno.realPathSync(path);
  } catch {
    return undefined; // what is done with the path says what is wrong with it
  }
}

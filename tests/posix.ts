/** What is tested where the system is POSIX. @module */

/**
 * For tests of what Windows has not: other signals than an end, permission bits, names with any character, file names that
 * differ in case, links that anybody may make, and our own drive letters.
 */
export const onPosix: { readonly ignore: boolean } = { ignore: Deno.build.os === "windows" };

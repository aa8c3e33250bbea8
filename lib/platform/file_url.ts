/** The path of a `file:` URL, in this system's form. @module */

/** `/srv/a b` of `file:///srv/a%20b`; on Windows `C:\a b` of `file:///C:/a%20b`. */
export function pathOfFileUrl(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  if (Deno.build.os !== "windows") return path;
  const local = path.slice(1).replaceAll("/", "\\");
  return url.host === "" ? local : `\\\\${url.host}\\${local}`;
}

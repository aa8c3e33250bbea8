/** Where documents are: paths and URLs as scripts and documents write them. @module */

/** The path of a `file:` URL; other places are paths already. */
export function pathOf(place: string): string {
  const path = /^file:(?:\/\/\/?)?(.*)$/is.exec(place)?.[1];
  if (path === undefined) return place;
  const decoded = decodeURIComponent(path.replace(/%(?![0-9a-f]{2})/gi, "%25"));
  return /^[a-z]:/i.test(decoded) ? decoded.replaceAll("/", "\\") : `/${decoded.replace(/^\/+/, "")}`;
}

/** A place as it is written in a document that was read from another one: a URL, or a path as scripts have them. */
export function urlBeside(place: string, base: string): string {
  const isAbsolute = /^[a-z][a-z0-9+.-]+:/i.test(place) || /^[a-z]:[\\/]/i.test(place);
  if (isAbsolute || base === "") return place;
  try {
    return new URL(place.replaceAll("\\", "/"), base).href;
  } catch {
    return place;
  }
}

/** The `file:` URL of a path as scripts have it. */
export function urlOf(path: string): string {
  return `file:///${path.replaceAll("\\", "/").replace(/^\/+/, "")}`;
}

/** Windows paths as text: what FileSystemObject says of them without looking at a disk. @module */

/** A path's root (`C:\`, `C:`, `\\server\share`, `\`, or nothing) and the names that follow it. */
interface PathParts {
  readonly root: string;
  readonly names: string;
}

function partsOf(path: string): PathParts {
  const root = /^(?:[\\/]{2}[^\\/]+(?:[\\/]+[^\\/]+)?|[a-z]:[\\/]*|[\\/]+)?/i.exec(path)![0];
  return { root, names: path.slice(root.length).replace(/^[\\/]+|[\\/]+$/g, "") };
}

/** `file.txt` of `C:\folder\file.txt`; nothing of a root. */
export function fileName(path: string): string {
  return partsOf(path).names.replace(/^.*[\\/]/s, "");
}

/** `archive.tar` of `C:\folder\archive.tar.gz`. */
export function baseName(path: string): string {
  return fileName(path).replace(/\.[^.]*$/s, "");
}

/** `gz` of `C:\folder\archive.tar.gz`. */
export function extensionName(path: string): string {
  return /\.([^.]*)$/s.exec(fileName(path))?.[1] ?? "";
}

/** `C:\folder` of `C:\folder\file.txt`, `C:\` of `C:\folder`; nothing of a root. */
export function parentFolderName(path: string): string {
  const { root, names } = partsOf(path);
  if (names === "") return "";
  const cut = Math.max(names.lastIndexOf("\\"), names.lastIndexOf("/"));
  if (cut < 0) return root;
  const start = path.indexOf(names, root.length);
  return path.slice(0, start + cut).replace(/[\\/]+$/, "");
}

/** `C:` of `C:\folder`, `\\server\share` of what lies on it. */
export function driveName(path: string): string {
  return /^(?:[a-z]:|[\\/]{2}[^\\/]+[\\/]+[^\\/]+)/i.exec(path)?.[0] ?? "";
}

/** Joins a folder and a name with exactly one separator. */
export function buildPath(path: string, name: string): string {
  if (path === "" || name === "") return path + name;
  if (/[\\/]$/.test(path)) return path + name.replace(/^[\\/]/, "");
  if (path.endsWith(":") || /^[\\/]/.test(name)) return path + name;
  return path + (path.startsWith("/") && !path.includes("\\") ? "/" : "\\") + name;
}

/** The path from its root, without `.` and `..`; a relative one starts from `current`. */
export function absolutePath(path: string, current: string): string {
  const { root, names } = partsOf(path);
  const drive = driveName(root);
  if (drive === "") {
    const from = root === "" ? current : driveName(current) + "\\";
    return names === "" ? absolutePath(from, from) : absolutePath(buildPath(from, names), from);
  }
  // "C:" and "C:name" mean the current folder of that drive.
  if (/^[a-z]:$/i.test(root) && drive.toLowerCase() === driveName(current).toLowerCase()) {
    return absolutePath(names === "" ? current : buildPath(current, names), current);
  }
  const kept: string[] = [];
  for (const name of names.split(/[\\/]+/)) {
    if (name === "..") kept.pop();
    else if (name !== "" && name !== ".") kept.push(name);
  }
  const top = drive.replaceAll("/", "\\");
  return kept.length === 0 && !/^[a-z]:$/i.test(top) ? top : `${top}\\${kept.join("\\")}`;
}

/** Whether the last name of a path is a pattern. */
export function hasWildcard(path: string): boolean {
  return /[*?]/.test(fileName(path));
}

/** Matches names against a pattern as Windows does: in any case, `*.*` is every name, `a.*` also `a`. */
export function wildcard(pattern: string): RegExp {
  const anyExtension = pattern.endsWith(".*");
  const body = anyExtension ? pattern.slice(0, -2) : pattern;
  const marksFrom = body.replace(/\?+$/, "").length; // question marks at the end stand for no character, too
  let regular = "";
  for (let index = 0; index < body.length; index++) {
    const character = body[index]!;
    if (character === "*") regular += ".*";
    else if (character === "?") regular += index >= marksFrom ? ".?" : ".";
    else regular += character.replace(/[.+^${}()|[\]\\]/, "\\$&");
  }
  return new RegExp(`^${regular}${anyExtension ? "(?:\\..*)?" : ""}$`, "is");
}

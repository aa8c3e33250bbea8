/** Whether what is to be burned lies on the disc itself, or is the disc. @module */
import { realPathIfAllowed } from "./real_path.ts";

/**
 * Which of the sources lies on one of these volumes (`D:\`, `/Volumes/DISC`), as far as their folders tell; links to folders
 * are followed.
 */
export function sourceOnVolume(
  sources: Iterable<string>,
  { volumes, realFolder = realPath }: {
    volumes: readonly string[];
    realFolder?: (folder: string) => string;
  },
): { source: string; volume: string } | undefined {
  if (volumes.length === 0) return undefined;
  const known = new Map<string, string | undefined>();
  for (const source of sources) {
    const folder = source.replace(/[^\\/]*$/, "");
    if (!known.has(folder)) {
      const place = asFolder(realFolder(folder === "" ? "." : folder));
      known.set(folder, volumes.find((volume) => place.startsWith(asFolder(volume))));
    }
    const volume = known.get(folder);
    if (volume !== undefined) return { source, volume };
  }
  return undefined;
}

/** Which of the sources is one of these files, which the work writes. */
export function sourceAmong(sources: Iterable<string>, files: readonly string[]): string | undefined {
  const places = new Set(files.map(realPath));
  const names = new Set(Array.from(places, nameOf));
  for (const source of sources) {
    // Few have such a name: only they are looked for in the file system.
    if (names.has(nameOf(source)) && places.has(realPath(source))) return source;
  }
  return undefined;
}

function nameOf(path: string): string {
  return path.replace(/^.*[\\/]/, "");
}

function realPath(path: string): string {
  return realPathIfAllowed(path) ?? path; // reading what cannot be looked at says what is wrong
}

/** In one form: Windows takes both slashes, and both systems any case. */
function asFolder(path: string): string {
  const folder = path.replace(/^\\\\\?\\/, "").replaceAll("\\", "/").replace(/\/*$/, "/");
  return folder.toLowerCase();
}

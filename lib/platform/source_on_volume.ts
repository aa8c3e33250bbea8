/** Whether what is to be burned lies on the disc itself, where the native library unmounts discs. @module */

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

function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    return path; // what is not there, or not to be looked at: reading it says what is wrong
  }
}

/** In one form: Windows takes both slashes, and both systems any case. */
function asFolder(path: string): string {
  const folder = path.replace(/^\\\\\?\\/, "").replaceAll("\\", "/").replace(/\/*$/, "/");
  return folder.toLowerCase();
}

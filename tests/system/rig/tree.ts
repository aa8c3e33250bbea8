/** Folders of files as tests burn them, and as a guest lists what was burned. */

/** Files of these sizes below `root`, with folders as the names say; other bytes for another seed. */
export async function makeTree(
  root: string,
  sizes: Readonly<Record<string, number>>,
  seed = 1,
): Promise<void> {
  let state = seed;
  for (const [name, size] of Object.entries(sizes)) {
    const path = `${root}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at++) bytes[at] = (state = Math.imul(state, 1664525) + 1013904223 | 0) >>> 24;
    await Deno.writeFile(path, bytes);
  }
}

/** The tree as the guest's `find -type f -exec sha256sum {} + | LC_ALL=C sort -k 2` prints it. */
export async function listTree(root: string, folder = "."): Promise<string[]> {
  const lines: string[] = [];
  for await (const entry of Deno.readDir(`${root}/${folder}`)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) lines.push(...await listTree(root, path));
    else {
      const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(`${root}/${path}`));
      lines.push(`${new Uint8Array(digest).toHex()}  ${path}`);
    }
  }
  const name = (line: string): string => line.slice(66);
  return lines.sort((a, b) => name(a) < name(b) ? -1 : 1);
}

/** What a guest's job printed under a heading, `== name`. */
export function section(output: string, name: string): string {
  const start = output.indexOf(`== ${name}\n`);
  if (start < 0) throw new Error(`The job printed no "${name}":\n${output}`);
  const rest = output.slice(start + name.length + 4);
  const end = rest.indexOf("\n== ");
  return (end < 0 ? rest : rest.slice(0, end)).trim();
}

import { assertEquals } from "@std/assert";
import { sourceOnVolume } from "../../lib/platform/source_on_volume.ts";

const VOLUMES: readonly [title: string, volume: string, source: string, isOn: boolean][] = [
  ["the root of a drive letter", "D:\\", "D:\\a.iso", true],
  ["a drive letter in another case, with slashes", "D:\\", "d:/docs/a.iso", true],
  ["a long path", "D:\\", "\\\\?\\D:\\docs\\a.iso", true],
  ["another drive letter", "D:\\", "E:\\a.iso", false],
  ["a volume", "/Volumes/DISC", "/Volumes/DISC/a.iso", true],
  ["a volume whose name begins so", "/Volumes/DISC", "/Volumes/DISC 2/a.iso", false],
  ["a link to a folder of it", "/Volumes/DISC", "/Users/me/link/a.iso", true],
  ["a path that does not say where it begins", "/Volumes/DISC", "a.iso", true],
];

for (const [title, volume, source, isOn] of VOLUMES) {
  Deno.test(`sourceOnVolume() of ${title}`, () => {
    const links: Record<string, string> = { "/Users/me/link/": "/Volumes/DISC/docs", ".": "/Volumes/DISC" };
    const options = { volumes: ["/other", volume], realFolder: (folder: string) => links[folder] ?? folder };
    const found = sourceOnVolume(["/elsewhere/b.iso", source], options);
    assertEquals(found, isOn ? { source, volume } : undefined);
  });
}

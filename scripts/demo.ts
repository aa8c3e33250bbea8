/** `deno task demo`: burns `examples/burn.vbs`'s folder onto a blank virtual DVD+R, verified. @module */
import { runCommand } from "../lib/cli/run.ts";
import { writeText } from "../lib/platform/console.ts";
import { pathOfFileUrl } from "../lib/platform/file_url.ts";

const root = pathOfFileUrl(new URL("..", import.meta.url));
const folder = `${root}demo`;
const disc = `${folder}/disc.iso`;

await Deno.mkdir(folder, { recursive: true });
for (const entry of Deno.readDirSync(folder)) await Deno.remove(`${folder}/${entry.name}`); // a blank disc each time

writeText("stdout", `Running examples/burn.vbs on a blank virtual DVD+R\n\n`);
const exitCode = await runCommand.run([
  ...["--virtual", `dvd+r=${disc}`],
  ...["--map", `g:=${root}examples`],
  "--verify=full",
  `${root}examples/burn.vbs`,
]);
if (exitCode === 0) {
  writeText(
    "stdout",
    `
Every sector was read back and equals its source. The disc is ${disc}
It is a plain image; look into it with any of
  npx -y deno@2.9.6 task burnscript info --virtual dvd+r=demo/disc.iso
  7z l demo/disc.iso
  sudo mount -o loop,ro demo/disc.iso /mnt
`,
  );
}
Deno.exit(exitCode);

/** `deno task test:system`: the judges and the rig. Says what to install when something is missing. @module */
import { runTests } from "./run_tests.ts";

const PROGRAMS: Record<string, string> = {
  "7z": "p7zip-full",
  bsdtar: "libarchive-tools",
  busybox: "busybox-static",
  cdrskin: "cdrskin",
  checkisomd5: "isomd5sum",
  crontab: "cron",
  debootstrap: "debootstrap",
  "desktop-file-validate": "desktop-file-utils",
  genisoimage: "genisoimage",
  growisofs: "growisofs",
  "grub-fstest": "grub-common",
  isoinfo: "genisoimage",
  lnkinfo: "liblnk-utils",
  "mkfs.btrfs": "btrfs-progs",
  "mkfs.xfs": "xfsprogs",
  npm: "npm",
  "qemu-system-x86_64": "qemu-system-x86",
  "systemd-analyze": "systemd",
  tgtd: "tgt",
  udfinfo: "udftools",
  wodim: "wodim",
  xorriso: "xorriso",
  xsltproc: "xsltproc",
};

const PATHS = [...(Deno.env.get("PATH") ?? "").split(":"), "/usr/sbin", "/sbin"];

function isInstalled(program: string): boolean {
  return PATHS.some((folder) => {
    try {
      return Deno.statSync(`${folder}/${program}`).isFile;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
      throw error;
    }
  });
}

const missing = new Set(
  Object.entries(PROGRAMS).filter(([program]) => !isInstalled(program)).map(([, name]) => name),
);
if (missing.size > 0) {
  // deno-lint-ignore no-console -- a message for whoever runs it
  console.error(
    `The judges and the rig need more programs: sudo apt-get install ${[...missing].sort().join(" ")}`,
  );
  Deno.exit(2);
}
Deno.exit(await runTests(["tests/system", ...Deno.args]));

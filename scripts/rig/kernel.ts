/** The guest's kernel: Debian's cloud kernel, downloaded and unpacked, never installed. @module */
import { mustRun, rigFolder } from "./tools.ts";

/** Depends on the newest cloud kernel. */
const META_PACKAGE = "linux-image-cloud-amd64";

/** In the order in which they have to be loaded: what a module needs comes before it. */
const MODULES = [
  "virtio_ring",
  "virtio",
  "virtio_pci_legacy_dev",
  "virtio_pci_modern_dev",
  "virtio_pci",
  "scsi_common",
  "scsi_mod",
  "virtio_scsi",
  "cdrom",
  "sr_mod",
  "sg",
  "virtio_blk",
  "loop",
  "crc-itu-t",
  "nls_utf8",
  "isofs",
  "udf",
] as const;

/** A kernel and the modules that the guest loads, in order. */
export interface GuestKernel {
  readonly image: string;
  readonly modules: readonly { readonly name: string; readonly path: string }[];
}

/**
 * Finds the kernel in `.tools/rig/`, or has apt download it there.
 *
 * @throws Error that says what to run when apt does not know the package.
 */
export async function ensureKernel(): Promise<GuestKernel> {
  const folder = `${rigFolder()}/kernel`;
  const known = await kernelIn(folder);
  if (known !== undefined) return known;
  await Deno.mkdir(rigFolder(), { recursive: true });
  const partial = await Deno.makeTempDir({ dir: rigFolder(), prefix: "kernel-", suffix: ".partial" });
  try {
    await mustRun("apt-get", ["download", await kernelPackage()], { cwd: partial });
    const names = await Array.fromAsync(Deno.readDir(partial), (entry) => entry.name);
    const file = names.find((name) => name.endsWith(".deb"));
    if (file === undefined) throw new Error("apt-get download left no package behind");
    await mustRun("dpkg-deb", ["-x", file, "."], { cwd: partial });
    await Deno.remove(`${partial}/${file}`);
    await Deno.remove(folder, { recursive: true }).catch(ignoreNotFound);
    await Deno.rename(partial, folder);
  } catch (error) {
    await Deno.remove(partial, { recursive: true });
    throw error;
  }
  const kernel = await kernelIn(folder);
  if (kernel === undefined) throw new Error(`The kernel package in ${folder} lacks what the guest needs`);
  return kernel;
}

async function kernelPackage(): Promise<string> {
  const output = await mustRun("apt-cache", ["depends", META_PACKAGE]).catch((error: unknown) => {
    throw new Error(`apt does not know ${META_PACKAGE}; run: sudo apt-get update`, { cause: error });
  });
  const name = /Depends: (linux-image-\S+)/.exec(output)?.[1];
  if (name === undefined) throw new Error(`apt does not know ${META_PACKAGE}; run: sudo apt-get update`);
  return name;
}

async function kernelIn(folder: string): Promise<GuestKernel | undefined> {
  const images = await namesIn(`${folder}/boot`);
  const image = images.find((name) => name.startsWith("vmlinuz-"));
  if (image === undefined) return undefined;
  const release = image.slice("vmlinuz-".length);
  const paths = new Map<string, string>();
  await collectModules(`${folder}/lib/modules/${release}/kernel`, paths);
  const modules = MODULES.map((name) => ({ name, path: paths.get(name) }));
  const missing = modules.filter(({ path }) => path === undefined).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`Kernel ${release} has no modules ${missing.join(", ")}`);
  return {
    image: `${folder}/boot/${image}`,
    modules: modules.map(({ name, path }) => ({ name, path: path ?? "" })),
  };
}

async function collectModules(folder: string, paths: Map<string, string>): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) await collectModules(path, paths);
    else if (entry.name.endsWith(".ko")) paths.set(entry.name.slice(0, -3), path);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder), (entry) => entry.name);
  } catch (error) {
    ignoreNotFound(error);
    return [];
  }
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/**
 * A DVD+R burner without hardware: tgtd, another project's SCSI target, with its emulation of one, on a port of this
 * computer's loopback.
 *
 * @module
 */
import { findProgram, mustRun, runProgram } from "./tools.ts";

const IQN = "iqn.2026-01.example.burnscript:burner";
const TARGET = ["--mode", "target", "--tid", "1"];

/** A burner that is up. Disposing of it ends it, whatever state it is in. */
export interface Burner extends AsyncDisposable {
  /** As QEMU's iSCSI driver takes it. */
  readonly url: string;
}

/** Makes a blank DVD+R. The file holds the burnt sectors afterwards. */
export async function makeBlankDisc(file: string): Promise<void> {
  await mustRun("tgtimg", ["--op", "new", "--device-type", "cd", "--type", "dvd+r", "--file", file]);
}

/** Starts a burner with `disc` in it. */
export async function startBurner(disc: string): Promise<Burner> {
  // Between finding a free port and using it another program may take it.
  for (let tries = 0;; tries++) {
    try {
      return await startOn(freePort(), disc);
    } catch (error) {
      if (tries >= 2) throw error;
    }
  }
}

async function startOn(port: number, disc: string): Promise<Burner> {
  const folder = await Deno.makeTempDir({ prefix: "burnscript-tgt-" });
  // Its own control socket, so that a tgtd of this computer is not touched.
  const env = { TGT_IPC_SOCKET: `${folder}/socket` };
  const program = await findProgram("tgtd");
  if (program === undefined) throw new Error('The rig needs the program "tgtd"');
  const daemon = new Deno.Command(program, {
    args: ["-f", "-C", "0", "--iscsi", `portal=127.0.0.1:${port}`],
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const burner = new Tgtd(daemon, { env, folder, url: `iscsi://127.0.0.1:${port}/${IQN}/1` });
  try {
    await burner.configure(disc);
    return burner;
  } catch (error) {
    await burner[Symbol.asyncDispose]();
    throw error;
  }
}

class Tgtd implements Burner {
  readonly url: string;
  readonly #daemon: Deno.ChildProcess;
  readonly #env: Record<string, string>;
  readonly #folder: string;
  #ended = false;

  constructor(
    daemon: Deno.ChildProcess,
    options: { env: Record<string, string>; folder: string; url: string },
  ) {
    this.#daemon = daemon;
    this.#env = options.env;
    this.#folder = options.folder;
    this.url = options.url;
    daemon.status.then(() => this.#ended = true);
  }

  async configure(disc: string): Promise<void> {
    await this.#waitUntilUp();
    const admin = (args: readonly string[]): Promise<string> =>
      mustRun("tgtadm", ["--lld", "iscsi", ...args], { env: this.#env });
    await admin(["--op", "new", ...TARGET, "-T", IQN]);
    await admin([
      "--op",
      "new",
      "--mode",
      "logicalunit",
      "--tid",
      "1",
      "--lun",
      "1",
      "-b",
      disc,
      "--device-type=cd",
    ]);
    await admin(["--op", "bind", ...TARGET, "-I", "ALL"]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // SIGTERM leaves it running while targets exist, so these go first.
    const quietly = (args: readonly string[]): Promise<unknown> =>
      this.#ended
        ? Promise.resolve()
        : withTimeout(runProgram("tgtadm", ["--lld", "iscsi", ...args], { env: this.#env }), 5_000);
    await quietly(["--op", "delete", ...TARGET, "--force"]);
    await quietly(["--op", "delete", "--mode", "system"]);
    await withTimeout(this.#daemon.status, 3_000);
    if (!this.#ended) {
      this.#daemon.kill("SIGKILL");
      await this.#daemon.status;
    }
    await Deno.remove(this.#folder, { recursive: true });
  }

  async #waitUntilUp(): Promise<void> {
    for (let tries = 0; tries < 1000 && !this.#ended; tries++) {
      const { success } = await runProgram("tgtadm", ["--lld", "iscsi", "--op", "show", "--mode", "target"], {
        env: this.#env,
      });
      if (success) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("tgtd, the emulated burner, does not start");
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function withTimeout(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => timer = setTimeout(resolve, timeoutMs));
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

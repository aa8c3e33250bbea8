/** Modules of Node's that Deno has built in, loaded when they are first needed: importing them costs every start. @module */
import type * as crypto from "node:crypto";
import type * as fs from "node:fs";
import type * as workerThreads from "node:worker_threads";
import type * as zlib from "node:zlib";

interface NodeModules {
  "node:crypto": typeof crypto;
  "node:fs": typeof fs;
  "node:worker_threads": typeof workerThreads;
  "node:zlib": typeof zlib;
}

/** What has them; merely to ask for it loads some of them, and takes 10 MB. */
interface WithProcess {
  readonly process: { getBuiltinModule<N extends keyof NodeModules>(name: N): NodeModules[N] };
}

/** A built-in module of Node's. */
export function nodeModule<N extends keyof NodeModules>(name: N): NodeModules[N] {
  return (globalThis as unknown as WithProcess).process.getBuiltinModule(name);
}

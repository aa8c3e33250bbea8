/** Modules of Node's that Deno has built in, loaded when they are first needed: importing them costs every start. @module */
import type * as fs from "node:fs";
import type * as workerThreads from "node:worker_threads";

interface NodeModules {
  "node:fs": typeof fs;
  "node:worker_threads": typeof workerThreads;
}

const { process } = globalThis as unknown as {
  process: { getBuiltinModule<N extends keyof NodeModules>(name: N): NodeModules[N] };
};

/** A built-in module of Node's. */
export function nodeModule<N extends keyof NodeModules>(name: N): NodeModules[N] {
  return process.getBuiltinModule(name);
}

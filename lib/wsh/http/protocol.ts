/** What a script's thread and the thread of its HTTP requests say to each other. @module */
import type { HttpProxy } from "./proxy.ts";

/** One request, whole. */
export interface HttpSpec {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | undefined;
  readonly followsRedirects: boolean;
  /** How long the answer's head may take, and then each piece of it; 0 is for ever. */
  readonly timeoutMs: number;
  /** What the script chose; else that of the environment, or none. */
  readonly proxy: HttpProxy | undefined;
}

/** Where a request is, as XMLHTTP counts it (readyState). */
export const PHASE = { sent: 1, headers: 2, loading: 3, done: 4, failed: 5 } as const;

/** Cells of the shared memory of one request. */
export const CELL = { phase: 0, headBytes: 1, bodyBytes: 2, copied: 3 } as const;
export const CELL_COUNT = 4;

/** What came before the body; or why nothing came. */
export type HttpHead =
  | {
    readonly kind: "answer";
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** Where redirections led to. */
    readonly url: string;
  }
  | { readonly kind: "failed"; readonly why: HttpFailure; readonly message: string };

/** Why a request failed. */
export type HttpFailure =
  | "not permitted"
  | "timeout"
  | "aborted"
  | "cannot connect"
  | "certificate"
  | "blocked port"
  | "bad request";

/** What the script's thread sends. */
export type HttpMessage =
  | {
    readonly kind: "start";
    readonly id: number;
    readonly spec: HttpSpec;
    readonly cells: SharedArrayBuffer;
  }
  | { readonly kind: "copy"; readonly id: number; readonly target: SharedArrayBuffer }
  | { readonly kind: "abort"; readonly id: number };

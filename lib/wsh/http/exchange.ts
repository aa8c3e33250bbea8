/** One request and its answer, as all HTTP objects of Windows have it: opened, filled in, sent, read. @module */
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { toStringValue } from "../../automation/coerce.ts";
import { BYTE_STREAM } from "../../automation/stream.ts";
import { isAutomationObject, type Variant, VariantArray } from "../../automation/variant.ts";
import { bytesOfArray } from "../adodb/stream.ts";
import { charsetNamed } from "../adodb/charset.ts";
import { type HttpProxy, ProxyChoice } from "./proxy.ts";
import type { HttpFailure, HttpHead, HttpSpec } from "./protocol.ts";
import type { HttpRequests, PendingRequest } from "./requests.ts";

/** Errors of WinINet and WinHTTP as HRESULTs, with the text that Windows has for them. */
const FAILURES: Readonly<Record<HttpFailure, readonly [number: number, message: string]>> = {
  "not permitted": [70, "Permission denied"],
  timeout: [0x80072ee2, "The operation timed out"],
  aborted: [0x80072ef1, "The operation has been canceled"],
  "cannot connect": [0x80072efd, "A connection with the server could not be established"],
  certificate: [0x80072f0d, "The certificate authority is invalid or incorrect"],
  "blocked port": [0x80072efd, "A connection with the server could not be established"],
  "bad request": [0x80072ee5, "The URL is invalid"],
};

const E_PENDING = 0x8000000a;
const E_FAIL = 0x80004005;
const INVALID_URL = 0x80072ee5;
const UNKNOWN_SCHEME = 0x80072ee6;
const NOT_FOUND = 0x80072f76; // ERROR_HTTP_HEADER_NOT_FOUND

/** A request and its answer. */
export class HttpExchange {
  readonly #requests: HttpRequests;
  readonly #source: string;
  readonly #headers = new Map<string, [name: string, value: string]>();
  #method = "";
  #url = "";
  #isAsync = false;
  #pending: PendingRequest | undefined;
  #answer: { readonly head: HttpHead & { kind: "answer" }; readonly body: Uint8Array } | undefined;
  #failure: AutomationError | undefined;
  #proxyChoice: ProxyChoice | undefined;
  #proxyCredentials: HttpProxy["basicAuth"];
  /** What readyState said last. */
  #toldState = 0;

  followsRedirects = true;
  /** How long nothing may come; 0 is for ever. */
  timeoutMs = 0;
  /** Called whenever readyState has changed. */
  onStateChange: (() => void) | undefined;

  constructor(requests: HttpRequests, source: string) {
    this.#requests = requests;
    this.#source = source;
  }

  /** The four limits of Windows, of which one that is 0 is for ever; here nothing may come for their sum. */
  setTimeouts(...limitsMs: readonly number[]): void {
    this.timeoutMs = limitsMs.includes(0) ? 0 : limitsMs.reduce((sum, one) => sum + Math.max(0, one), 0);
  }

  open(
    method: string,
    url: string,
    isAsync: boolean,
    credentials?: { user: string; password: string },
  ): void {
    this.abort();
    let parsed: URL;
    try {
      parsed = new URL(url);
    } catch (error) {
      throw this.#error(
        INVALID_URL,
        "The URL is invalid",
        `"${url}" is not absolute, such as http://host/path`,
        error,
      );
    }
    if (parsed.protocol !== "http:" && parsed.protocol !== "https:") {
      throw this.#error(
        UNKNOWN_SCHEME,
        "The URL does not use a recognized protocol",
        `${parsed.protocol} is not http: or https:`,
      );
    }
    this.#headers.clear();
    const user = credentials?.user ?? decodeURIComponent(parsed.username);
    const password = credentials?.password ?? decodeURIComponent(parsed.password);
    parsed.username = parsed.password = "";
    if (user !== "") this.setCredentials(user, password);
    this.#method = method.toUpperCase();
    this.#url = parsed.href;
    this.#isAsync = isAsync;
    this.#tell(1);
  }

  /**
   * Chooses how requests reach their server: 0 as the environment says, 1 without a proxy, 2 by the proxies of a list.
   *
   * @throws AutomationError 5 for another way, and for 2 without a list.
   */
  setProxy(setting: number, servers: Variant, bypass: Variant): void {
    const [list, exceptions] = [servers, bypass].map((text) => text === undefined ? "" : toStringValue(text));
    if (![0, 1, 2].includes(setting) || (setting === 2 && list!.trim() === "")) {
      throw scriptError("invalidCall", "a proxy is set by 0, by 1, or by 2 and host:port");
    }
    this.#proxyChoice = setting === 2 ? new ProxyChoice(list!, exceptions!) : undefined;
  }

  /** The name and password for the proxy of {@linkcode HttpExchange.setProxy}. */
  setProxyCredentials(username: string, password: string): void {
    this.#proxyCredentials = { username, password };
  }

  get #proxy(): HttpProxy | undefined {
    const url = this.#proxyChoice?.proxyFor(this.#url);
    const basicAuth = this.#proxyCredentials;
    return url === undefined ? undefined : { url, ...(basicAuth === undefined ? {} : { basicAuth }) };
  }

  /** Sends a name and a password with the request, without waiting to be asked for them. */
  setCredentials(user: string, password: string): void {
    this.setHeader("Authorization", `Basic ${new TextEncoder().encode(`${user}:${password}`).toBase64()}`);
  }

  /** Whether a header of that name will be sent. */
  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase());
  }

  setHeader(name: string, value: string): void {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || /[\0\r\n]/.test(value)) {
      throw this.#error(
        0x80070057,
        "The parameter is incorrect",
        `${JSON.stringify(`${name}: ${value}`)} is no header`,
      );
    }
    this.#headers.set(name.toLowerCase(), [name, value]);
  }

  send(body: Variant): void {
    if (this.#url === "" || this.#pending !== undefined) {
      throw this.#error(E_FAIL, "Unspecified error", "call Open before each Send");
    }
    const bytes = this.#method === "GET" || this.#method === "HEAD" ? undefined : this.#bodyOf(body);
    const isText = typeof body === "string" && bytes !== undefined;
    if (isText && !this.#headers.has("content-type")) {
      this.setHeader("Content-Type", "text/plain;charset=UTF-8");
    }
    const spec: HttpSpec = {
      method: this.#method,
      url: this.#url,
      headers: [...this.#headers.values()],
      body: bytes,
      followsRedirects: this.followsRedirects,
      timeoutMs: this.timeoutMs,
      proxy: this.#proxy,
    };
    this.#pending = this.#requests.start(spec);
    if (this.#isAsync) {
      this.#requests.watch(() => {
        void this.readyState; // tells of it when it has changed
        return this.#pending !== undefined;
      });
      return;
    }
    this.#finish();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Whether the answer came within that time. */
  wait(timeoutMs: number): boolean {
    if (this.#pending === undefined) return this.#answer !== undefined;
    if (!this.#pending.wait(timeoutMs)) return false;
    this.#finish();
    if (this.#failure !== undefined) throw this.#failure;
    return true;
  }

  /** 0 not opened, 1 opened, 2 the head came, 3 some of the body, 4 all of it. */
  get readyState(): number {
    if (this.#pending !== undefined) {
      if (this.#pending.readyState === 4) this.#finish();
      else this.#tell(Math.max(this.#pending.readyState, this.#toldState));
    }
    return this.#toldState;
  }

  abort(): void {
    this.#pending?.abort();
    this.#pending = undefined;
    this.#answer = undefined;
    this.#failure = undefined;
    this.#url = "";
    this.#toldState = 0;
  }

  /** The answer. @throws AutomationError E_PENDING while there is none. */
  get head(): HttpHead & { readonly kind: "answer" } {
    return this.#received().head;
  }

  get body(): Uint8Array {
    return this.#received().body;
  }

  /** The body as text: by its byte order mark, the encoding that the answer names, or UTF-8. */
  get text(): string {
    const { body } = this;
    const marked = ["utf-8", "utf-16le", "utf-16be"].map((name) => charsetNamed(name)!).find(({ mark }) =>
      mark.length <= body.length && mark.every((byte, at) => body[at] === byte)
    );
    if (marked !== undefined) return marked.decode(body.subarray(marked.mark.length));
    const named = /charset\s*=\s*"?([^\s";]+)/i.exec(this.header("content-type") ?? "")?.[1];
    return ((named === undefined ? undefined : charsetNamed(named)) ?? charsetNamed("utf-8")!).decode(body);
  }

  /** A header's value; undefined where there is none. */
  header(name: string): string | undefined {
    const values = this.head.headers.filter(([one]) => one.toLowerCase() === name.toLowerCase());
    return values.length === 0 ? undefined : values.map(([, value]) => value).join(", ");
  }

  /** A header's value. @throws AutomationError where there is none. */
  requireHeader(name: string): string {
    const value = this.header(name);
    if (value !== undefined) return value;
    throw this.#error(NOT_FOUND, "The requested header was not found", `the answer has no "${name}"`);
  }

  /** All headers, one a line, as Windows writes them. */
  get allHeaders(): string {
    const titled = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
    return this.head.headers.map(([name, value]) => `${titled(name)}: ${value}\r\n`).join("") + "\r\n";
  }

  #received(): { readonly head: HttpHead & { kind: "answer" }; readonly body: Uint8Array } {
    void this.readyState; // takes what has come meanwhile
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#answer !== undefined) return this.#answer;
    throw this.#error(
      E_PENDING,
      "The data necessary to complete this operation is not yet available",
      "call Send, and wait for readyState 4",
    );
  }

  #finish(): void {
    const { head, body } = this.#pending!.take();
    this.#pending = undefined;
    if (head.kind === "answer") this.#answer = { head, body };
    else {
      const [number, message] = FAILURES[head.why];
      this.#failure = this.#error(number, message, head.message + hintFor(head.why, new URL(this.#url)));
    }
    this.#tell(4);
  }

  #tell(state: number): void {
    if (state === this.#toldState) return;
    this.#toldState = state;
    this.onStateChange?.();
  }

  #bodyOf(body: Variant): Uint8Array | undefined {
    if (body === undefined || body === null || body === "") return undefined;
    if (body instanceof VariantArray) return bytesOfArray(body);
    if (isAutomationObject(body) && BYTE_STREAM in body) {
      const stream =
        (body as { [BYTE_STREAM]: { sizeBytes: number; read(target: Uint8Array, offset: number): number } })[
          BYTE_STREAM
        ];
      const bytes = new Uint8Array(stream.sizeBytes);
      stream.read(bytes, 0);
      return bytes;
    }
    return new TextEncoder().encode(toStringValue(body));
  }

  #error(number: number, message: string, detail: string, cause?: unknown): AutomationError {
    return new AutomationError(number, `${message}: ${detail}`, { source: this.#source, cause });
  }
}

/** What to do about a failure, where there is something. */
function hintFor(why: HttpFailure, url: URL): string {
  switch (why) {
    case "certificate":
      return `; deno run --unsafely-ignore-certificate-errors=${url.hostname} takes it`;
    case "blocked port":
      return ` (the Fetch standard keeps it for another protocol, as it does mail's; let the server listen on another one)`;
    default:
      return "";
  }
}

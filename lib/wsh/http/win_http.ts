/** `WinHttp.WinHttpRequest.5.1`. @module */
import { scriptError } from "../../automation/errors.ts";
import { toBoolean, toDouble, toLong } from "../../automation/coerce.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import type { Variant } from "../../automation/variant.ts";
import { AdodbStream, byteArray } from "../adodb/stream.ts";
import type { ScriptingHost } from "../scripting/host.ts";
import type { IWinHttpRequest } from "../types.ts";
import { HttpExchange } from "./exchange.ts";
import type { HttpRequests } from "./requests.ts";

/** IWinHttpRequest (Windows HTTP Services reference, "WinHttpRequest object"). */
// deno-fmt-ignore -- a table: one row a member
export const IWinHttpRequestTable = defineInterface("IWinHttpRequest", "{016FE2EC-B2C8-45F8-B23B-39E53A75396B}", {
  Open: { dispid: 1, method: "void", params: [["Method", "BSTR"], ["Url", "BSTR"], ["Async", "VARIANT_BOOL?"]], doc: "Prepares a request: GET, POST…, to an absolute URL. Send then waits for the answer, unless Async is True." },
  SetRequestHeader: { dispid: 2, method: "void", params: [["Header", "BSTR"], ["Value", "BSTR"]], doc: "Sets a header; call it between Open and Send." },
  GetResponseHeader: { dispid: 3, method: "BSTR", params: [["Header", "BSTR"]], doc: "The value of a header of the answer; an error where it has none." },
  GetAllResponseHeaders: { dispid: 4, method: "BSTR", doc: "All headers of the answer, one a line." },
  Send: { dispid: 5, method: "void", params: [["Body", "VARIANT?"]], doc: "Sends it, with a text (as UTF-8), an array of Byte or a stream as its body." },
  Option: { dispid: 6, get: "VARIANT", put: "VARIANT", params: [["Option", "LONG"]], doc: "An option: 0 the User-Agent, 1 the URL (of the answer, once there is one), 6 whether redirections are followed. 4 (which errors of certificates are ignored) and 9 (the versions of TLS) are kept, but they are Deno's to choose." },
  Status: { dispid: 7, get: "LONG", doc: "The number of the answer: 200, 404…" },
  StatusText: { dispid: 8, get: "BSTR", doc: "The words beside it." },
  ResponseText: { dispid: 9, get: "BSTR", doc: "The body as text, in the encoding that the answer names, or UTF-8." },
  ResponseBody: { dispid: 10, get: "VARIANT", doc: "The body as an array of Byte." },
  ResponseStream: { dispid: 11, get: "VARIANT", doc: "The body as a stream." },
  Abort: { dispid: 12, method: "void", doc: "Ends it and forgets the answer." },
  SetProxy: { dispid: 13, method: "void", params: [["ProxySetting", "LONG"], ["ProxyServer", "VARIANT?"], ["BypassList", "VARIANT?"]], doc: "How the server is reached: 0 and 1 as HTTP_PROXY and HTTPS_PROXY say, 2 by `host:port`, except for the hosts of a list." },
  SetCredentials: { dispid: 14, method: "void", params: [["UserName", "BSTR"], ["Password", "BSTR"], ["Flags", "LONG"]], doc: "The name and password for the server (Flags 0), or for the proxy of SetProxy (1), sent as Basic." },
  WaitForResponse: { dispid: 15, method: "VARIANT_BOOL", params: [["Timeout", "VARIANT?"]], doc: "Waits for the answer, so many seconds or for ever; whether it came." },
  SetTimeouts: { dispid: 16, method: "void", params: [["ResolveTimeout", "LONG"], ["ConnectTimeout", "LONG"], ["SendTimeout", "LONG"], ["ReceiveTimeout", "LONG"]], doc: "How many milliseconds each part may take; 0 is for ever. Here their sum is how long nothing may come." },
  SetAutoLogonPolicy: { dispid: 18, method: "void", params: [["AutoLogonPolicy", "LONG"]], doc: "When the user's own name and password are sent: 0 always, 1 within the intranet, 2 never. Here they never are." },
}, { doc: "A request over HTTP." });

const OPTION = { userAgent: 0, url: 1, ignoredErrors: 4, enableRedirects: 6, secureProtocols: 9 } as const;
/** TLS 1.2 and 1.3, as Deno speaks them. */
const SECURE_PROTOCOLS = 0x2800;

/** `WinHttp.WinHttpRequest.5.1`. */
export class WinHttpRequest extends AutomationClass implements IWinHttpRequest {
  static {
    implementInterface(this, [IWinHttpRequestTable], { typeName: "IWinHttpRequest" });
  }

  readonly #exchange: HttpExchange;
  readonly #host: ScriptingHost;
  #userAgent = "Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)";
  #url = "";
  /** What scripts set whether or not they need it. A server that needs it fails when asked, and that says what to do. */
  readonly #kept = new Map<number, number>([
    [OPTION.ignoredErrors, 0],
    [OPTION.secureProtocols, SECURE_PROTOCOLS],
  ]);

  constructor(requests: HttpRequests, host: ScriptingHost) {
    super();
    this.#exchange = new HttpExchange(requests, "WinHttp.WinHttpRequest");
    this.#host = host;
    // Windows' own defaults: 0, 60, 30 and 30 seconds.
    this.#exchange.timeoutMs = 120_000;
  }

  Open(method: string, url: string, isAsync = false): void {
    this.#exchange.open(method, url, isAsync);
    this.#url = url;
    this.#exchange.setHeader("User-Agent", this.#userAgent);
  }

  SetRequestHeader(header: string, value: string): void {
    this.#exchange.setHeader(header, value);
  }

  GetResponseHeader(header: string): string {
    return this.#exchange.requireHeader(header);
  }

  GetAllResponseHeaders(): string {
    return this.#exchange.allHeaders;
  }

  Send(body?: Variant): void {
    this.#exchange.send(body);
  }

  Option(option: number): Variant {
    switch (option) {
      case OPTION.userAgent:
        return this.#userAgent;
      case OPTION.url:
        return this.#exchange.readyState === 4 ? this.#exchange.head.url : this.#url;
      case OPTION.enableRedirects:
        return this.#exchange.followsRedirects;
    }
    const kept = this.#kept.get(option);
    if (kept !== undefined) return kept;
    throw scriptError("invalidCall", `there is no option ${option} here`);
  }

  put_Option(option: number, newVal: Variant): void {
    if (option === OPTION.userAgent) {
      this.#userAgent = String(newVal);
      if (this.#url !== "") this.#exchange.setHeader("User-Agent", this.#userAgent);
    } else if (option === OPTION.enableRedirects) this.#exchange.followsRedirects = toBoolean(newVal);
    else if (this.#kept.has(option)) this.#kept.set(option, toLong(newVal));
    else throw scriptError("invalidCall", `there is no option ${option} to set here`);
  }

  get Status(): number {
    return this.#exchange.head.status;
  }

  get StatusText(): string {
    return this.#exchange.head.statusText;
  }

  get ResponseText(): string {
    return this.#exchange.text;
  }

  get ResponseBody(): Variant {
    return byteArray(this.#exchange.body);
  }

  get ResponseStream(): Variant {
    return AdodbStream.of(this.#exchange.body.slice(), this.#host);
  }

  Abort(): void {
    this.#exchange.abort();
  }

  SetCredentials(userName: string, password: string, flags: number): void {
    if (flags === 0) this.#exchange.setCredentials(userName, password);
    else if (flags === 1) this.#exchange.setProxyCredentials(userName, password);
    else {throw scriptError(
        "invalidCall",
        `credentials are for the server (0) or its proxy (1), not ${flags}`,
      );}
  }

  SetProxy(setting: number, server?: Variant, bypass?: Variant): void {
    this.#exchange.setProxy(setting, server, bypass);
  }

  WaitForResponse(timeout?: Variant): boolean {
    const seconds = timeout === undefined ? -1 : toDouble(timeout);
    return this.#exchange.wait(seconds < 0 ? Infinity : seconds * 1000);
  }

  SetAutoLogonPolicy(autoLogonPolicy: number): void {
    if (autoLogonPolicy >= 0 && autoLogonPolicy <= 2) return;
    throw scriptError("invalidCall", `there are the policies 0, 1 and 2, not ${autoLogonPolicy}`);
  }

  SetTimeouts(resolve: number, connect: number, send: number, receive: number): void {
    this.#exchange.setTimeouts(resolve, connect, send, receive);
  }
}

/** `MSXML2.XMLHTTP` and `MSXML2.ServerXMLHTTP`. @module */
import { scriptError } from "../../automation/errors.ts";
import { toDouble, toLong } from "../../automation/coerce.ts";
import {
  AutomationClass,
  defineInterface,
  implementInterface,
  implementsInterface,
} from "../../automation/interface.ts";
import {
  type AutomationObject,
  DISPATCH,
  isAutomationObject,
  NOTHING,
  type Variant,
} from "../../automation/variant.ts";
import { AdodbStream, byteArray } from "../adodb/stream.ts";
import type { ScriptingHost } from "../scripting/host.ts";
import type { IServerXMLHTTPRequest2, IXMLHTTPRequest } from "../types.ts";
import { HttpExchange } from "./exchange.ts";
import type { HttpRequests } from "./requests.ts";

/** IXMLHTTPRequest (MSXML SDK, "IXMLHTTPRequest"). */
// deno-fmt-ignore -- a table: one row a member
export const IXMLHTTPRequestTable = defineInterface("IXMLHTTPRequest", "{ED8C108D-4349-11D2-91A4-00C04F7969E8}", {
  open: { dispid: 1, method: "void", params: [["bstrMethod", "BSTR"], ["bstrUrl", "BSTR"], ["varAsync", "VARIANT_BOOL?"], ["bstrUser", "BSTR?"], ["bstrPassword", "BSTR?"]], doc: "Prepares a request: GET, POST…, to an absolute URL. send then waits for the answer if varAsync is False; it is True when left out." },
  setRequestHeader: { dispid: 2, method: "void", params: [["bstrHeader", "BSTR"], ["bstrValue", "BSTR"]], doc: "Sets a header; call it between open and send." },
  getResponseHeader: { dispid: 3, method: "BSTR", params: [["bstrHeader", "BSTR"]], doc: "The value of a header of the answer; nothing where it has none." },
  getAllResponseHeaders: { dispid: 4, method: "BSTR", doc: "All headers of the answer, one a line." },
  send: { dispid: 5, method: "void", params: [["varBody", "VARIANT?"]], doc: "Sends it, with a text (as UTF-8), an array of Byte or a stream as its body." },
  abort: { dispid: 6, method: "void", doc: "Ends it and forgets the answer." },
  status: { dispid: 7, get: "LONG", doc: "The number of the answer: 200, 404…" },
  statusText: { dispid: 8, get: "BSTR", doc: "The words beside it." },
  responseXML: { dispid: 9, get: "IDispatch*", doc: "The body as a document, an IXMLDOMDocument3; an empty one if its content type is not XML, or it is not well-formed." },
  responseText: { dispid: 10, get: "BSTR", doc: "The body as text, in the encoding that the answer names, or UTF-8." },
  responseBody: { dispid: 11, get: "VARIANT", doc: "The body as an array of Byte." },
  responseStream: { dispid: 12, get: "VARIANT", doc: "The body as a stream." },
  readyState: { dispid: 13, get: "LONG", doc: "0 not opened, 1 opened or sent, 2 the head of the answer came, 3 some of its body, 4 all of it, or an error." },
  onreadystatechange: { dispid: 14, put: "VARIANT", doc: "What is called when readyState has changed: the result of GetRef, or an object with a default method." },
}, { doc: "A request over HTTP." });

/** IServerXMLHTTPRequest2 (MSXML SDK, "ServerXMLHTTP"). */
// deno-fmt-ignore -- a table: one row a member
export const IServerXMLHTTPRequest2Table = defineInterface("IServerXMLHTTPRequest2", "{2E01311B-C322-4B0A-BD77-B90CFDC8DCE7}", {
  setTimeouts: { dispid: 15, method: "void", params: [["resolveTimeout", "LONG"], ["connectTimeout", "LONG"], ["sendTimeout", "LONG"], ["receiveTimeout", "LONG"]], doc: "How many milliseconds each part may take; 0 is for ever. Here their sum is how long nothing may come." },
  waitForResponse: { dispid: 16, method: "VARIANT_BOOL", params: [["timeoutInSeconds", "VARIANT?"]], doc: "Waits for the answer, so many seconds or for ever; whether it came." },
  getOption: { dispid: 17, method: "VARIANT", params: [["option", "LONG"]], doc: "An option: -1 the URL of the answer, 2 which errors of certificates are ignored." },
  setProxy: { dispid: 19, method: "void", params: [["proxySetting", "LONG"], ["varProxyServer", "VARIANT?"], ["varBypassList", "VARIANT?"]], doc: "How the server is reached: 0 and 1 as HTTP_PROXY and HTTPS_PROXY say, 2 by `host:port`, except for the hosts of a list." },
  setProxyCredentials: { dispid: 20, method: "void", params: [["bstrUserName", "BSTR"], ["bstrPassword", "BSTR"]], doc: "The name and password for the proxy of setProxy, sent as Basic." },
  setOption: { dispid: 18, method: "void", params: [["option", "LONG"], ["value", "VARIANT"]], doc: "Sets an option. That errors of certificates are ignored (option 2) is kept, but it is Deno's to allow: --unsafely-ignore-certificate-errors." },
}, { doc: "A request over HTTP, with time limits.", inherits: "IXMLHTTPRequest" });

/** Makes a document of an answer's bytes, in the encoding that its head names; of none, an empty one. */
export type ReadDocument = (body?: Uint8Array, contentType?: string) => AutomationObject;

/** `MSXML2.XMLHTTP`. */
export class XmlHttp extends AutomationClass implements IXMLHTTPRequest {
  static {
    implementInterface(this, [IXMLHTTPRequestTable], { typeName: "IXMLHTTPRequest" });
  }

  protected readonly exchange: HttpExchange;
  readonly #host: ScriptingHost;
  readonly #readDocument: ReadDocument;
  #document: { readonly of: object; readonly document: AutomationObject } | undefined;

  constructor(requests: HttpRequests, host: ScriptingHost, readDocument: ReadDocument) {
    super();
    this.exchange = new HttpExchange(requests, "msxml3.dll");
    this.#host = host;
    this.#readDocument = readDocument;
  }

  open(method: string, url: string, isAsync = true, user?: string, password = ""): void {
    this.exchange.open(
      method,
      url,
      isAsync,
      user === undefined || user === "" ? undefined : { user, password },
    );
  }

  setRequestHeader(header: string, value: string): void {
    this.exchange.setHeader(header, value);
  }

  getResponseHeader(header: string): string {
    return this.exchange.header(header) ?? "";
  }

  getAllResponseHeaders(): string {
    return this.exchange.allHeaders;
  }

  send(body?: Variant): void {
    if (implementsInterface(body, "IXMLDOMDocument") && !this.exchange.hasHeader("content-type")) {
      this.exchange.setHeader("Content-Type", "text/xml");
    }
    this.exchange.send(body);
  }

  abort(): void {
    this.exchange.abort();
  }

  get status(): number {
    return this.exchange.head.status;
  }

  get statusText(): string {
    return this.exchange.head.statusText;
  }

  get responseText(): string {
    return this.exchange.text;
  }

  get responseXML(): AutomationObject {
    const { head, body } = this.exchange;
    if (this.#document?.of !== head) {
      const type = this.exchange.header("content-type");
      const isXml = type === undefined || /^\s*(?:text|application)\/(?:[\w.+-]+\+)?xml\b/i.test(type);
      this.#document = { of: head, document: isXml ? this.#readDocument(body, type) : this.#readDocument() };
    }
    return this.#document.document;
  }

  get responseBody(): Variant {
    return byteArray(this.exchange.body);
  }

  get responseStream(): Variant {
    return AdodbStream.of(this.exchange.body.slice(), this.#host);
  }

  get readyState(): number {
    return this.exchange.readyState;
  }

  set onreadystatechange(handler: Variant) {
    this.exchange.onStateChange = handler === NOTHING || handler === undefined ? undefined : callOf(handler);
  }
}

/** SXH_OPTION_IGNORE_SERVER_SSL_CERT_ERROR_FLAGS. */
const SERVER_CERTIFICATE = 2;

/** `MSXML2.ServerXMLHTTP`. */
export class ServerXmlHttp extends XmlHttp implements IServerXMLHTTPRequest2 {
  static {
    implementInterface(this, [IServerXMLHTTPRequest2Table, IXMLHTTPRequestTable], {
      typeName: "IServerXMLHTTPRequest2",
    });
  }

  #ignoredErrors = 0;

  setTimeouts(resolve: number, connect: number, send: number, receive: number): void {
    this.exchange.setTimeouts(resolve, connect, send, receive);
  }

  waitForResponse(timeoutInSeconds?: Variant): boolean {
    const seconds = timeoutInSeconds === undefined ? -1 : toDouble(timeoutInSeconds);
    return this.exchange.wait(seconds < 0 ? Infinity : seconds * 1000);
  }

  setProxy(setting: number, server?: Variant, bypass?: Variant): void {
    this.exchange.setProxy(setting, server, bypass);
  }

  setProxyCredentials(userName: string, password: string): void {
    this.exchange.setProxyCredentials(userName, password);
  }

  getOption(option: number): Variant {
    if (option === -1) return this.exchange.head.url;
    if (option === SERVER_CERTIFICATE) return this.#ignoredErrors;
    throw scriptError("invalidCall", `there is no option ${option} here`);
  }

  setOption(option: number, value: Variant): void {
    // Scripts set this whether or not they meet such a certificate: the request that does fails, and says what to do.
    if (option === SERVER_CERTIFICATE) this.#ignoredErrors = toLong(value);
    else throw scriptError("invalidCall", `there is no option ${option} to set here`);
  }
}

/** The call of a handler: GetRef's result, or an object's default method. */
export function callOf(handler: Variant): () => void {
  const target = isAutomationObject(handler) ? handler as AutomationObject : undefined;
  const member = target?.[DISPATCH].defaultMember;
  const call = member?.call ?? member?.get;
  if (target === undefined || call === undefined) {
    throw scriptError("typeMismatch", "the result of GetRef is wanted here");
  }
  return () => void call(target, []);
}

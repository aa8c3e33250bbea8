/** The proxy that a script chooses for its requests (Windows HTTP Services reference, "SetProxy method"). @module */

/** Where a request goes through. */
export interface HttpProxy {
  /** `http://host:port`. */
  readonly url: string;
  readonly basicAuth?: { readonly username: string; readonly password: string };
}

/** What `SetProxy` and `setProxyCredentials` were told. */
export class ProxyChoice {
  readonly #servers: ReadonlyMap<string, string>;
  readonly #bypassed: readonly string[];

  /**
   * @param servers `host:port` for everything, or `http=host:port https=host:port`; blanks or semicolons divide.
   * @param bypass hosts that are asked themselves: names in which `*` is any text, and `<local>` for those without a dot.
   */
  constructor(servers: string, bypass: string) {
    const wordsOf = (text: string): string[] => text.split(/[\s;]+/).filter((word) => word !== "");
    this.#servers = new Map(
      wordsOf(servers).map((word) => {
        const [, scheme = "*", address = ""] = /^(?:(https?)=)?(.*)$/i.exec(word)!;
        return [scheme.toLowerCase(), /^https?:\/\//i.test(address) ? address : `http://${address}`];
      }),
    );
    this.#bypassed = wordsOf(bypass);
  }

  /** The proxy for an address; undefined where the server is asked itself. */
  proxyFor(address: string): string | undefined {
    const { protocol, hostname, host } = new URL(address);
    const isBypassed = this.#bypassed.some((pattern) =>
      pattern.toLowerCase() === "<local>"
        ? !hostname.includes(".")
        : [hostname, host].some((name) => matches(name, pattern.replace(/^https?:\/\//i, "")))
    );
    return isBypassed ? undefined : this.#servers.get(protocol.slice(0, -1)) ?? this.#servers.get("*");
  }
}

/** Whether a name is one that a pattern means, in which `*` is any text. */
function matches(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(name);
}

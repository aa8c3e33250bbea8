/** XML documents over HTTP, against a real server on this computer's loopback. */
import { assertEquals } from "@std/assert";
import { run, TempFolder } from "../../cli/cli.ts";

async function answerTo(request: Request): Promise<Response> {
  switch (new URL(request.url).pathname) {
    case "/latin":
      return new Response(Uint8Array.from("<a>caf\xe9</a>", (character) => character.charCodeAt(0)), {
        headers: { "content-type": "text/xml; charset=iso-8859-1" },
      });
    case "/feed":
      return new Response("<rss><item>1</item><item>2</item></rss>", {
        headers: { "content-type": "application/rss+xml" },
      });
    case "/page":
      return new Response("<p>no document</p>", { headers: { "content-type": "text/html" } });
    case "/broken":
      return new Response("<a>", { headers: { "content-type": "application/xml" } });
    case "/echo":
      return new Response(`${request.headers.get("content-type")} ${JSON.stringify(await request.text())}`);
  }
  return new Response("<none/>", { status: 404, headers: { "content-type": "text/xml" } });
}

const SCRIPTS: readonly [what: string, source: string, lines: readonly string[]][] = [
  [
    "responseXML is a document, the same one each time",
    `http.open "GET", url & "/feed", False : http.send
WScript.Echo http.responseXML.selectNodes("//item").length, http.responseXML Is http.responseXML
http.open "GET", url & "/latin", False : http.send
WScript.Echo TypeName(http.responseXML), http.responseXML.text`,
    ["2 -1", "DOMDocument café"],
  ],
  [
    "responseXML is empty where the answer is no XML, and tells what is wrong with it",
    `http.open "GET", url & "/page", False : http.send
WScript.Echo http.responseXML.documentElement Is Nothing, http.responseXML.parseError.errorCode
http.open "GET", url & "/broken", False : http.send
WScript.Echo http.responseXML.documentElement Is Nothing, Hex(http.responseXML.parseError.errorCode)`,
    ["-1 0", "-1 C00CE553"],
  ],
  [
    "send takes a document",
    `Set d = CreateObject("MSXML2.DOMDocument.6.0") : d.loadXML "<a>" & ChrW(233) & "</a>"
http.open "POST", url & "/echo", False : http.send d : WScript.Echo http.responseText
http.open "POST", url & "/echo", False : http.setRequestHeader "Content-Type", "application/soap+xml" : http.send d
WScript.Echo Left(http.responseText, 20)`,
    ['text/xml "<a>é</a>\\r\\n"', "application/soap+xml"],
  ],
  [
    "load fetches a URL, and a failure is the document's",
    `Set d = CreateObject("Microsoft.XMLDOM") : d.async = False
WScript.Echo d.load(url & "/latin"), d.text, d.url = url & "/latin"
WScript.Echo d.load(url & "/missing"), Hex(d.parseError.errorCode), d.xml = ""
WScript.Echo d.load(closed), Hex(d.parseError.errorCode), d.parseError.url = closed`,
    ["-1 café -1", "0 800C0006 -1", "0 800C0005 -1"],
  ],
];

for (const [what, source, lines] of SCRIPTS) {
  Deno.test(`XML over HTTP: ${what}`, async () => {
    using folder = new TempFolder();
    await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answerTo);
    const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    closed.close();
    const script = folder.write(
      "s.vbs",
      `url = "http://127.0.0.1:${server.addr.port}" : closed = "http://127.0.0.1:${closed.addr.port}/"
Set http = CreateObject("MSXML2.XMLHTTP")
${source}`,
    );
    const { stdout, stderr, code } = await run(["run", script]);
    assertEquals({ lines: stdout.trimEnd().split(/\r?\n/), stderr, code }, { lines, stderr: "", code: 0 });
  });
}

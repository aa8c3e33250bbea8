/** The HTTP objects of scripts, against a real server on this computer's loopback. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run, TempFolder, untilInTime } from "../../cli/cli.ts";

/** What the server was sent, and answers. */
function answerTo(request: Request, body: Uint8Array): Response {
  const { pathname } = new URL(request.url);
  switch (pathname) {
    case "/latin":
      return new Response(Uint8Array.of(0x63, 0x61, 0x66, 0xe9), {
        headers: { "content-type": "text/plain; charset=iso-8859-1", "x-answer": "42" },
      });
    case "/marked":
      return new Response(Uint8Array.of(0xff, 0xfe, 0xac, 0x20));
    case "/missing":
      return new Response("no such page", { status: 404, statusText: "Not Found" });
    case "/moved":
      return new Response(null, { status: 302, headers: { location: "/latin" } });
    case "/empty":
      return new Response(null, { status: 204 });
    case "/slow":
      return new Response(new ReadableStream({ start: () => {} }));
    case "/echo": {
      const headers = Object.fromEntries(request.headers);
      return Response.json({ method: request.method, headers, body: [...body] });
    }
  }
  return new Response("?", { status: 500 });
}

/** A script with `url` as the server's address; its output and errors. */
async function runWith(
  source: string,
  options: { permissions?: readonly string[] } = {},
): Promise<{ lines: string[]; stderr: string; code: number }> {
  using folder = new TempFolder();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => answerTo(request, await request.bytes()),
  );
  const { port } = server.addr;
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  closed.close();
  const script = folder.write(
    "s.vbs",
    `url = "http://127.0.0.1:${port}" : closed = "http://127.0.0.1:${closed.addr.port}/"\n${source}`,
  );
  const { stdout, stderr, code } = await run(["run", script], {
    ...(options.permissions === undefined ? {} : { permissions: options.permissions }),
  });
  return { lines: stdout.trimEnd().split(/\r?\n/), stderr, code };
}

const SCRIPTS: readonly [what: string, source: string, lines: readonly string[]][] = [
  [
    "XMLHTTP waits for an answer in the encoding that it names",
    `Set http = CreateObject("MSXML2.XMLHTTP")
http.open "GET", url & "/latin", False
http.send
WScript.Echo http.status, http.statusText, http.readyState, http.responseText, http.getResponseHeader("X-Answer")
WScript.Echo TypeName(http.responseBody), LenB(http.responseBody), http.getResponseHeader("none") = ""`,
    ["200 OK 4 café 42", "Byte() 4 -1"],
  ],
  [
    "a byte order mark tells the encoding",
    `Set http = CreateObject("Microsoft.XMLHTTP")
http.open "GET", url & "/marked", False : http.send
WScript.Echo Hex(AscW(http.responseText)), Len(http.responseText)`,
    ["20AC 1"],
  ],
  [
    "an answer of 404 is an answer",
    `Set http = CreateObject("MSXML2.ServerXMLHTTP.6.0")
http.open "GET", url & "/missing", False : http.send
WScript.Echo http.status, http.statusText, http.responseText`,
    ["404 Not Found no such page"],
  ],
  [
    "POST sends text as UTF-8, with the headers that were set",
    `Set http = CreateObject("MSXML2.ServerXMLHTTP")
http.open "POST", url & "/echo", False
http.setRequestHeader "Content-Type", "application/x-test"
http.send ChrW(233)
WScript.Echo InStr(http.responseText, """method"":""POST""") > 0, InStr(http.responseText, "application/x-test") > 0, InStr(http.responseText, """body"":[195,169]") > 0`,
    ["-1 -1 -1"],
  ],
  [
    "POST sends bytes and streams as they are",
    `Set stream = CreateObject("ADODB.Stream")
stream.Type = 2 : stream.Charset = "windows-1252" : stream.Open : stream.WriteText ChrW(8364)
stream.Position = 0 : stream.Type = 1
Set http = CreateObject("WinHttp.WinHttpRequest.5.1")
http.Open "POST", url & "/echo" : http.Send stream
first = Right(http.ResponseText, 13)
http.Open "PUT", url & "/echo" : http.Send stream.Read
WScript.Echo first, Right(http.ResponseText, 13)`,
    ['"body":[128]} "body":[128]}'],
  ],
  [
    "a name and a password go with the request",
    `Set http = CreateObject("MSXML2.XMLHTTP")
http.open "GET", url & "/echo", False, "me", "secret" : http.send
WScript.Echo InStr(http.responseText, "Basic bWU6c2VjcmV0") > 0`,
    ["-1"],
  ],
  [
    "WinHttp follows redirections, or does not",
    `Set http = CreateObject("WinHttp.WinHttpRequest.5.1")
http.Open "GET", url & "/moved" : http.Send
WScript.Echo http.Status, Right(http.Option(1), 6)
http.Option(6) = False
http.Open "GET", url & "/moved" : http.Send
WScript.Echo http.Status, http.GetResponseHeader("Location")`,
    ["200 /latin", "302 /latin"],
  ],
  [
    "an answer without a body is an empty one",
    `Set http = CreateObject("MSXML2.XMLHTTP")
http.open "GET", url & "/empty", False : http.send
WScript.Echo http.status, "[" & http.responseText & "]", UBound(http.responseBody)`,
    ["204 [] -1"],
  ],
  [
    "responseStream saves what came",
    `Set http = CreateObject("MSXML2.XMLHTTP")
http.open "GET", url & "/latin", False : http.send
Set stream = http.responseStream
WScript.Echo stream.Size, stream.Type, LenB(stream.Read)`,
    ["4 1 4"],
  ],
  [
    "an asynchronous request is waited for, and tells of its states",
    `states = ""
Sub Changed
  states = states & http.readyState
End Sub
Set http = CreateObject("MSXML2.ServerXMLHTTP")
http.onreadystatechange = GetRef("Changed")
http.open "GET", url & "/latin", True
http.send
WScript.Echo http.waitForResponse(120), http.status, http.responseText, Left(states, 1), Right(states, 1)`,
    ["-1 200 café 1 4"],
  ],
  [
    "an asynchronous request is polled",
    `Set http = CreateObject("MSXML2.XMLHTTP")
http.open "GET", url & "/latin" : http.send
Do Until http.readyState = 4 : WScript.Sleep 5 : Loop
WScript.Echo http.status`,
    ["200"],
  ],
  [
    "waiting ends without an answer, and abort forgets the request",
    `Set http = CreateObject("WinHttp.WinHttpRequest.5.1")
http.Open "GET", url & "/slow", True : http.Send
WScript.Echo http.WaitForResponse(0)
http.Abort
http.Open "GET", url & "/latin" : http.Send
WScript.Echo http.Status`,
    ["0", "200"],
  ],
];

for (const [what, source, lines] of SCRIPTS) {
  Deno.test(`HTTP: ${what}`, async () => {
    const outcome = await runWith(source);
    assertEquals([outcome.lines, outcome.stderr], [[...lines], ""]);
  });
}

/** What a script sees of an error: its number in hexadecimal, or small as it is. */
const ERRORS: readonly [what: string, source: string, number: string, message: RegExp][] = [
  ["nobody listens", `http.Open "GET", closed : http.Send`, "80072EFD", /connection/],
  [
    "nothing comes for long",
    `http.SetTimeouts 50, 50, 50, 50 : http.Open "GET", url & "/slow" : http.Send`,
    "80072EE2",
    /timed out/,
  ],
  [
    "a port of another protocol",
    `http.Open "GET", "http://127.0.0.1:25/" : http.Send`,
    "80072EFD",
    /port 25 .*another protocol/,
  ],
  ["no URL", `http.Open "GET", "nonsense"`, "80072EE5", /not absolute/],
  ["another protocol", `http.Open "GET", "ftp://127.0.0.1/"`, "80072EE6", /ftp:/],
  [
    "a header with a line's end",
    `http.Open "GET", url : http.SetRequestHeader "A", "b" & vbCrLf & "C: d"`,
    "5",
    /no header/,
  ],
  ["Send before Open", `http.Send`, "80004005", /Open/],
  ["the status before Send", `http.Open "GET", url : x = http.Status`, "8000000A", /Send/],
  [
    "a header that is not there",
    `http.Open "GET", url & "/latin" : http.Send : x = http.GetResponseHeader("none")`,
    "80072F76",
    /"none"/,
  ],
];

for (const [what, source, number, message] of ERRORS) {
  Deno.test(`HTTP: ${what} is error ${number}`, async () => {
    const outcome = await runWith(`Set http = CreateObject("WinHttp.WinHttpRequest.5.1")
On Error Resume Next
${source}
WScript.Echo Hex(Err.Number), Err.Description`);
    assertEquals(outcome.stderr, "");
    assertEquals(outcome.lines[0]!.split(" ")[0], number, outcome.lines[0]);
    assertMatch(outcome.lines[0]!, message);
  });
}

/** A certificate that nobody has signed, for localhost, good for a hundred years. */
const UNSIGNED = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUZxm4jiejmGDSHG/XfNtOodoI17UwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE5MjgxOFoYDzIxMjYxMDI4
MTkyODE4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATR1rAURHP+ZlSUERnKLxc2zQDY2Biuz2vS7ndUfDcB0YYPON5LYo3C
TPhl9tg8yg9jy+X41xCdChE632yEXVBVo28wbTAdBgNVHQ4EFgQUspSRMnU8HHKn
nBYbgoFpL15tltUwHwYDVR0jBBgwFoAUspSRMnU8HHKnnBYbgoFpL15tltUwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhALjV7aDt+2+QUfasqj+7VkwnsfPPDEcEVnl86oIkxiovAiAt
oS/gbJro9l5q50/pv0nOpTvnCknrY1YqHBb6Si4wKA==
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZrSGBJ0nsDpKr3fI
i5YY2fqtSxTzWgc60Vn9nVl0OIuhRANCAATR1rAURHP+ZlSUERnKLxc2zQDY2Biu
z2vS7ndUfDcB0YYPON5LYo3CTPhl9tg8yg9jy+X41xCdChE632yEXVBV
-----END PRIVATE KEY-----`,
};

for (
  const [progId, option] of [
    ["MSXML2.ServerXMLHTTP.6.0", "http.setOption 2, 13056"],
    [
      "WinHttp.WinHttpRequest.5.1",
      "http.Option(4) = 13056 : http.Option(9) = 2720 : http.SetAutoLogonPolicy 0",
    ],
  ] as const
) {
  Deno.test(`HTTP: ${progId} takes an unsigned certificate by Deno's flag, which the error names`, async () => {
    using folder = new TempFolder();
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {}, onError: () => new Response(), ...UNSIGNED },
      () => new Response("secret"),
    );
    const script = folder.write(
      "s.vbs",
      `Set http = CreateObject("${progId}") : ${option}
http.open "GET", "https://127.0.0.1:${server.addr.port}/", False
http.send
WScript.Echo http.responseText`,
    );
    const flag = "--unsafely-ignore-certificate-errors=127.0.0.1";
    const refused = await run(["run", script]);
    assertEquals([refused.code, refused.stdout], [1, ""]);
    assertStringIncludes(refused.stderr, "The certificate authority is invalid or incorrect");
    assertStringIncludes(refused.stderr, flag);
    const taken = await run(["run", script], { permissions: ["-A", flag] });
    assertEquals(taken.stdout, "secret\n", taken.stderr);
  });
}

Deno.test("HTTP: without the permission it is error 70, which names the flag", async () => {
  const outcome = await runWith(
    `Set http = CreateObject("MSXML2.XMLHTTP") : http.open "GET", url, False : http.send`,
    { permissions: ["--allow-read", "--allow-env"] },
  );
  assertEquals(outcome.code, 1);
  assertStringIncludes(outcome.stderr, "Permission denied");
  assertStringIncludes(outcome.stderr, "--allow-net");
});

Deno.test("HTTP: WScript.Timeout ends a script that waits for an answer", async () => {
  using folder = new TempFolder();
  let asked = 0;
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ signal }) => {
    asked++;
    const { promise, resolve } = Promise.withResolvers<Response>();
    signal.addEventListener("abort", () => resolve(new Response()));
    return promise;
  });
  const script = folder.write(
    "s.vbs",
    `Set http = CreateObject("MSXML2.XMLHTTP") : http.open "GET", "http://127.0.0.1:${server.addr.port}/", False
WScript.Timeout = WScript.Arguments(0) : http.send`,
  );
  const outcome = await untilInTime((seconds) => run(["run", script, String(seconds)]), () => asked > 0);
  assertEquals([outcome.code, asked], [1, 1]);
  assertStringIncludes(outcome.stderr, "Script execution time was exceeded");
});

Deno.test("SetProxy and setProxy send requests through a proxy, but for the hosts of a list", async () => {
  const seen: string[] = [];
  await using proxy = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    seen.push(`${request.url} ${request.headers.get("proxy-authorization")}`);
    return new Response("by proxy");
  });
  const at = `"127.0.0.1:${proxy.addr.port}"`;
  const { lines, stderr } = await runWith(`
Set http = CreateObject("WinHttp.WinHttpRequest.5.1")
http.SetProxy 2, ${at}, "127.0.0.1;*.local"
http.SetCredentials "me", "secret", 1
http.Open "GET", "http://example.invalid/a", False : http.Send : WScript.Echo http.ResponseText
http.Open "GET", url & "/missing", False : http.Send : WScript.Echo http.ResponseText
Set http = CreateObject("MSXML2.ServerXMLHTTP.6.0")
http.setProxy 2, "https=nowhere:1 http=" & ${at}
http.open "GET", "http://example.invalid/b", False : http.send : WScript.Echo http.responseText
http.setProxy 0
http.open "GET", url & "/missing", False : http.send : WScript.Echo http.responseText
On Error Resume Next
http.setProxy 2 : WScript.Echo Err.Number`);
  assertEquals([lines, stderr], [["by proxy", "no such page", "by proxy", "no such page", "5"], ""]);
  assertEquals(seen, [
    "http://example.invalid/a Basic bWU6c2VjcmV0",
    "http://example.invalid/b null",
  ]);
});

import { assertEquals, assertThrows } from "@std/assert";
import { Interrupted } from "../../lib/automation/errors.ts";
import { InterruptFlag } from "../../lib/platform/interrupt.ts";
import { EventPump } from "../../lib/wsh/event_pump.ts";
import { run, TempFolder } from "../cli/cli.ts";

Deno.test("EventPump.sleep() asks its sources until they are over", () => {
  const pump = new EventPump();
  let left = 3;
  pump.add(() => --left > 0);
  const sleep = (): void => pump.sleep(20, new InterruptFlag());
  for (let times = 0; times < 500 && left > 0; times++) sleep();
  assertEquals(left, 0);
  sleep();
  assertEquals(left, 0);
});

Deno.test("EventPump.sleep() ends when the script shall end", () => {
  const interrupt = new InterruptFlag();
  const pump = new EventPump();
  pump.add(() => {
    interrupt.raise("signal");
    return true;
  });
  assertThrows(() => pump.sleep(60_000, interrupt), Interrupted);
});

const ASYNCHRONOUS: readonly [name: string, source: (url: string) => string][] = [
  [
    "s.vbs",
    (url) =>
      `Dim seen : Set http = CreateObject("MSXML2.XMLHTTP") : http.onreadystatechange = GetRef("Changed")
http.open "GET", "${url}", True : http.send
For i = 1 To 6000 : WScript.Sleep 10 : If seen = 4 Then Exit For
Next
WScript.Echo seen
Sub Changed : seen = http.readyState : End Sub`,
  ],
  [
    "s.js",
    (url) =>
      `var seen = 0, http = new ActiveXObject("MSXML2.XMLHTTP");
http.onreadystatechange = function () { seen = http.readyState; };
http.open("GET", "${url}", true); http.send();
for (var i = 0; i < 6000 && seen != 4; i++) WScript.Sleep(10);
WScript.Echo(seen);`,
  ],
];

for (const [name, source] of ASYNCHRONOUS) {
  Deno.test(`WScript.Sleep brings onreadystatechange to ${name}`, async () => {
    using folder = new TempFolder();
    await using server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      () => new Response("x"),
    );
    const script = folder.write(name, source(`http://127.0.0.1:${server.addr.port}/`));
    const outcome = await run(["run", script]);
    assertEquals([outcome.stdout, outcome.stderr], ["4\n", ""]);
  });
}

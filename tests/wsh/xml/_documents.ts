/** Documents without a script around them. @module */
import { assertEquals } from "@std/assert";
import { DriveMap } from "../../../lib/platform/drive_map.ts";
import { InterruptFlag } from "../../../lib/platform/interrupt.ts";
import { HttpRequests } from "../../../lib/wsh/http/requests.ts";
import { OpenResources } from "../../../lib/wsh/open_resources.ts";
import { ScriptingHost } from "../../../lib/wsh/scripting/host.ts";
import { DomDocument, type MsxmlVersion } from "../../../lib/wsh/xml/mod.ts";

/** An empty document. */
export function newDocument(version: MsxmlVersion = "3.0"): DomDocument {
  const host = new ScriptingHost(new DriveMap([], "posix", () => "/"), new OpenResources(), () => {});
  return new DomDocument({ host, requests: new HttpRequests(new InterruptFlag()) }, version);
}

/** A document of a text that is well-formed. */
export function documentOf(text: string, version: MsxmlVersion = "3.0"): DomDocument {
  const document = newDocument(version);
  document.loadXML(text);
  assertEquals(document.parseError.reason, "");
  return document;
}

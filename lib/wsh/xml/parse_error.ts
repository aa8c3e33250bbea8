/** `document.parseError`: why a document was not loaded, and where in it. @module */
import { AutomationClass, implementInterface } from "../../automation/interface.ts";
import type { IXMLDOMParseError } from "../types.ts";
import { IXMLDOMParseErrorTable } from "./tables.ts";

/** Why a document was not loaded. */
export class DomParseError extends AutomationClass implements IXMLDOMParseError {
  static {
    implementInterface(this, [IXMLDOMParseErrorTable]);
  }

  readonly errorCode: number = 0;
  readonly url: string = "";
  readonly reason: string = "";
  readonly srcText: string = "";
  readonly line: number = 0;
  readonly linepos: number = 0;
  readonly filepos: number = 0;

  /** @param failure `text` as it was loaded; `offset` in it with every end of a line as one character, or −1. */
  constructor(failure?: { code: number; reason: string; url: string; text: string; offset: number }) {
    super();
    if (failure === undefined) return;
    const { text, offset } = failure;
    this.errorCode = failure.code;
    this.url = failure.url;
    this.reason = `${failure.reason}\r\n`;
    if (offset < 0) return;
    const lines = text.split(/\r\n?|\n/);
    let left = offset;
    let line = 0;
    while (line < lines.length - 1 && left > lines[line]!.length) left -= lines[line++]!.length + 1;
    this.line = line + 1;
    this.linepos = left + 1;
    this.srcText = lines[line]!.replace("\uffff", "\ufffd");
    // One character more for each line before it that ends in two.
    const pairs = [...text.matchAll(/\r\n?|\n/g)].slice(0, line).filter(([end]) => end.length === 2).length;
    this.filepos = offset + pairs;
  }
}

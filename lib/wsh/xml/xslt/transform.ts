/** Runs a style sheet on a source and gives its result: as a text, as bytes, or as a tree. @module */
import { charsetNamed } from "../../adodb/charset.ts";
import { missingFrom } from "../encoding.ts";
import { domError } from "../errors.ts";
import { NODE, type XmlDocument, type XmlNode } from "../tree.ts";
import { XPathError } from "../xpath/value.ts";
import { HtmlWriter } from "./html_writer.ts";
import type { ExtensionObjects } from "./extensions.ts";
import { Machine, type Parameters } from "./machine.ts";
import { xsltError } from "./names.ts";
import type { OutputSettings } from "./output_settings.ts";
import { type ResultWriter, type StartTag, TagAssembler } from "./result.ts";
import type { Stylesheet } from "./stylesheet.ts";
import { TextWriter } from "./text_writer.ts";
import { TreeWriter } from "./tree_writer.ts";
import { type WriterOptions, XmlWriter } from "./xml_writer.ts";

/** What a transformation is started with. */
export interface TransformOptions {
  /** The mode in which templates are applied first. */
  readonly mode?: string;
  readonly parameters?: Parameters;
  readonly objects?: ExtensionObjects;
}

/** The result as a text, which says that it is UTF-16 as MSXML has it. */
export function transformToText(stylesheet: Stylesheet, source: XmlNode, options: TransformOptions): string {
  const writer = new ChosenWriter({ settings: stylesheet.output, encoding: "UTF-16" });
  run(stylesheet, source, writer, options);
  return writer.parts.join("");
}

/** The result as bytes in the encoding of `xsl:output`, UTF-8 if it says none. */
export function transformToBytes(
  stylesheet: Stylesheet,
  source: XmlNode,
  options: TransformOptions,
): Uint8Array<ArrayBuffer> {
  const encoding = stylesheet.output.encoding ?? "UTF-8";
  const charset = charsetNamed(encoding);
  if (charset === undefined) throw domError("XML_E_INVALIDENCODING");
  const isWhole = charset.bytesPerAscii === 2 || /^utf-?8$/i.test(encoding);
  const writer = new ChosenWriter({
    settings: stylesheet.output,
    encoding,
    ...(isWhole ? {} : { needsReference: missingFrom(charset, /^(?:iso-8859-1|latin1)$/i.test(encoding)) }),
  });
  run(stylesheet, source, writer, options);
  const body = charset.encode(writer.parts.join(""));
  const mark = charset.bytesPerAscii === 2 ? charset.mark : new Uint8Array();
  const bytes = new Uint8Array(mark.length + body.length);
  bytes.set(mark);
  bytes.set(body, mark.length);
  return bytes;
}

/** Makes the result in an empty document. @throws AutomationError for a result that is no document */
export function transformToTree(
  stylesheet: Stylesheet,
  source: XmlNode,
  target: XmlDocument,
  options: TransformOptions,
): void {
  const { output } = stylesheet;
  const writer = new TreeWriter(target, output.indents);
  if (output.method !== "html" && output.method !== "text" && output.omitsDeclaration !== true) {
    const encoding = output.encoding === undefined ? "" : ` encoding="${output.encoding}"`;
    const standalone = output.standalone === undefined
      ? ""
      : ` standalone="${output.standalone ? "yes" : "no"}"`;
    writer.instruction("xml", `version="${output.version ?? "1.0"}"${encoding}${standalone}`);
  }
  run(stylesheet, source, writer, options);
  const elements = target.childNodes.filter(({ nodeType }) => nodeType === NODE.element);
  const text = target.childNodes.find(({ nodeType, nodeValue }) =>
    nodeType === NODE.text && nodeValue!.trim() !== ""
  );
  if (text !== undefined) throw domError("XML_E_INVALIDATROOTLEVEL");
  if (elements.length > 1) throw domError("XML_E_MULTIPLEROOTS");
  for (const node of target.childNodes) if (node.nodeType === NODE.text) node.remove();
}

function run(stylesheet: Stylesheet, source: XmlNode, writer: ResultWriter, options: TransformOptions): void {
  const assembler = new TagAssembler(writer);
  const start = stylesheet.spaces.strippedTwin(source);
  const { access } = stylesheet;
  const machine = new Machine(stylesheet, start, assembler, {
    parameters: options.parameters ?? new Map(),
    objects: options.objects ?? new Map(),
    load: (url, base) => stylesheet.spaces.stripped(access.load(url, base)),
    checkInterrupted: () => access.checkInterrupted(),
  });
  try {
    machine.applyTemplates([start], { mode: options.mode ?? "", depth: 0 });
    machine.run();
    assembler.finish();
  } catch (error) {
    if (error instanceof XPathError) throw xsltError(error.message);
    if (error instanceof RangeError) throw xsltError("An expression or a text is too large");
    throw error;
  }
}

/** A writer of text by the method of the settings, or of what comes first (section 16). */
class ChosenWriter implements ResultWriter {
  readonly #options: WriterOptions;
  #writer: (ResultWriter & { readonly parts: string[] }) | undefined;
  /** What came before it was known which method it is. */
  readonly #waiting: ((writer: ResultWriter) => void)[] = [];

  constructor(options: WriterOptions) {
    this.#options = options;
    if (options.settings.method !== undefined) this.#choose(options.settings.method);
  }

  get parts(): readonly string[] {
    return this.#writer?.parts ?? [];
  }

  start(tag: StartTag): void {
    if (this.#writer === undefined) this.#choose(tag.uri === "" && /^html$/i.test(tag.name) ? "html" : "xml");
    this.#writer!.start(tag);
  }

  end(tag: StartTag): void {
    this.#writer!.end(tag);
  }

  text(text: string, isRaw: boolean): void {
    if (this.#writer === undefined && text.trim() !== "") this.#choose("xml");
    this.#send((writer) => writer.text(text, isRaw));
  }

  comment(text: string): void {
    this.#send((writer) => writer.comment(text));
  }

  instruction(target: string, data: string): void {
    this.#send((writer) => writer.instruction(target, data));
  }

  space(): void {
    this.#send((writer) => writer.space());
  }

  finish(): void {
    if (this.#writer === undefined) this.#choose("xml");
    this.#writer!.finish();
  }

  #send(event: (writer: ResultWriter) => void): void {
    if (this.#writer === undefined) this.#waiting.push(event);
    else event(this.#writer);
  }

  #choose(method: NonNullable<OutputSettings["method"]>): void {
    const writer = method === "html"
      ? new HtmlWriter(this.#options)
      : method === "text"
      ? new TextWriter()
      : new XmlWriter(this.#options);
    this.#writer = writer;
    for (const event of this.#waiting) event(writer);
  }
}

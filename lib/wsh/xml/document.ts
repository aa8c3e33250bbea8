/**
 * `MSXML2.DOMDocument`: an XML document that is loaded, searched, changed and saved.
 *
 * Theory of operation. load reads all before it returns, also where async is True: a script that then waits for readyState
 * 4 has it at once. A document that is not well-formed is no error to the script: load is False, and parseError says why.
 *
 * @module
 */
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { toBoolean, toStringValue } from "../../automation/coerce.ts";
import { AutomationClass, implementInterface } from "../../automation/interface.ts";
import { BYTE_STREAM, ByteStream, MemoryStream } from "../../automation/stream.ts";
import { isAutomationObject, NOTHING, type Variant, VariantArray } from "../../automation/variant.ts";
import { AdodbStream, bytesOfArray } from "../adodb/stream.ts";
import { HttpExchange } from "../http/exchange.ts";
import type { HttpRequests } from "../http/requests.ts";
import { callOf } from "../http/xml_http.ts";
import type { ScriptingHost } from "../scripting/host.ts";
import type {
  IXMLDOMAttribute,
  IXMLDOMCDATASection,
  IXMLDOMComment,
  IXMLDOMDocument3,
  IXMLDOMDocumentFragment,
  IXMLDOMDocumentType,
  IXMLDOMElement,
  IXMLDOMEntityReference,
  IXMLDOMImplementation,
  IXMLDOMNode,
  IXMLDOMNodeList,
  IXMLDOMParseError,
  IXMLDOMProcessingInstruction,
  IXMLDOMSchemaCollection,
  IXMLDOMText,
} from "../types.ts";
import { DocumentProperties, type MsxmlVersion } from "./document_properties.ts";
import { charsetOfType, decodeXml, encodeXml } from "./encoding.ts";
import { domError, noValidation, xmlError, type XmlErrorName, XmlSyntaxError } from "./errors.ts";
import { checkName } from "./element.ts";
import { checkComment, checkInstruction } from "./leaf_nodes.ts";
import { DomNode, nodeOf, nodeTypeOf, wrap } from "./node.ts";
import { elementsNamed } from "./node_lists.ts";
import { DomParseError } from "./parse_error.ts";
import { parseInto } from "./parser.ts";
import { pathOf, urlBeside, urlOf } from "./places.ts";
import {
  IXMLDOMDocument2Table,
  IXMLDOMDocument3Table,
  IXMLDOMDocumentTable,
  IXMLDOMImplementationTable,
  IXMLDOMNodeTable,
} from "./tables.ts";
import { NamespaceCollection } from "./schema_collection.ts";
import type { TreeTarget } from "./transformation.ts";
import { adopt, copyOf, type DocumentAccess, NODE, XmlDocument } from "./tree.ts";

/** What documents need of the script that has them. */
export interface XmlEnvironment {
  readonly host: ScriptingHost;
  readonly requests: HttpRequests;
}

/** `MSXML2.DOMDocument`. */
export class DomDocument extends DomNode implements IXMLDOMDocument3, TreeTarget {
  static {
    implementInterface(
      this,
      [IXMLDOMDocument3Table, IXMLDOMDocument2Table, IXMLDOMDocumentTable, IXMLDOMNodeTable],
      { typeName: "DOMDocument" },
    );
  }

  declare readonly node: XmlDocument;
  readonly #environment: XmlEnvironment;
  readonly #version: MsxmlVersion;
  readonly #properties: DocumentProperties;
  #error = new DomParseError();
  #readyState = 0;
  #onReadyStateChange: (() => void) | undefined;
  #onDataAvailable: (() => void) | undefined;

  async = true;
  validateOnParse = true;

  constructor(environment: XmlEnvironment, version: MsxmlVersion = "3.0") {
    super(
      new XmlDocument({
        preserveWhiteSpace: false,
        selectsByXPath: version === "6.0",
        selectionNamespaces: new Map(),
        access: accessOf(() => this),
      }),
    );
    this.node.wrapper = this;
    this.#environment = environment;
    this.#version = version;
    this.#properties = new DocumentProperties(version, this.node.settings);
  }

  /** What a request sends, and what a stream gets: its bytes. */
  get [BYTE_STREAM](): ByteStream {
    return new MemoryStream(encodeXml(this.node));
  }

  get resolveExternals(): boolean {
    return this.#properties.isTrue("ResolveExternals");
  }
  set resolveExternals(resolves: boolean) {
    this.#properties.set("ResolveExternals", resolves);
  }

  get namespaces(): IXMLDOMSchemaCollection {
    return new NamespaceCollection(this.node);
  }

  /** Null: no document has schemas here. */
  get schemas(): Variant {
    return null;
  }
  set schemas(schemas: Variant) {
    if (schemas !== null && schemas !== NOTHING) throw noValidation("schemas");
  }

  get doctype(): IXMLDOMDocumentType {
    return this.#childOf(NODE.doctype) as unknown as IXMLDOMDocumentType;
  }

  get implementation(): IXMLDOMImplementation {
    return new DomImplementation();
  }

  get documentElement(): IXMLDOMElement {
    return this.#childOf(NODE.element) as unknown as IXMLDOMElement;
  }
  set documentElement(element: IXMLDOMElement) {
    const old = this.node.documentElement;
    if (old === null) this.appendChild(element);
    else this.replaceChild(element, wrap(old));
  }

  #childOf(type: number): DomNode | null {
    const child = this.node.childNodes.find((one) => one.nodeType === type);
    return child === undefined ? null : wrap(child);
  }

  override cloneNode(deep: boolean): IXMLDOMNode {
    const clone = new DomDocument(this.#environment, this.#version);
    clone.#properties.takeFrom(this.#properties);
    clone.preserveWhiteSpace = this.preserveWhiteSpace;
    clone.async = this.async;
    if (deep) clone.#takeFrom(this.node);
    return clone;
  }

  createElement(tagName: string): IXMLDOMElement {
    checkName(tagName);
    return wrap(this.node.element(tagName)) as unknown as IXMLDOMElement;
  }

  createDocumentFragment(): IXMLDOMDocumentFragment {
    return wrap(this.node.fragment());
  }

  createTextNode(data: string): IXMLDOMText {
    return wrap(this.node.characters(NODE.text, data)) as unknown as IXMLDOMText;
  }

  createComment(data: string): IXMLDOMComment {
    checkComment(data);
    return wrap(this.node.characters(NODE.comment, data)) as unknown as IXMLDOMComment;
  }

  createCDATASection(data: string): IXMLDOMCDATASection {
    return wrap(this.node.characters(NODE.cdata, data)) as unknown as IXMLDOMCDATASection;
  }

  createProcessingInstruction(target: string, data: string): IXMLDOMProcessingInstruction {
    checkName(target);
    checkInstruction(data);
    return wrap(this.node.instruction(target, data.trim())) as unknown as IXMLDOMProcessingInstruction;
  }

  createAttribute(name: string): IXMLDOMAttribute {
    checkName(name);
    return wrap(this.node.attribute(name, "")) as unknown as IXMLDOMAttribute;
  }

  createEntityReference(name: string): IXMLDOMEntityReference {
    checkName(name);
    return wrap(this.node.entityReference(name));
  }

  createNode(type: Variant, name: string, namespaceUri: string): IXMLDOMNode {
    switch (nodeTypeOf(type)) {
      case NODE.element:
        checkName(name);
        return wrap(this.node.element(name, namespaceUri));
      case NODE.attribute:
        checkName(name);
        return wrap(this.node.attribute(name, "", namespaceUri));
      case NODE.text:
        return this.createTextNode("");
      case NODE.cdata:
        return this.createCDATASection("");
      case NODE.comment:
        return this.createComment("");
      case NODE.instruction:
        return this.createProcessingInstruction(name, "");
      case NODE.entityReference:
        return this.createEntityReference(name);
      case NODE.fragment:
        return this.createDocumentFragment();
      case NODE.document:
        return new DomDocument(this.#environment, this.#version);
    }
    throw domError("XMLOM_INVALIDTYPE", toStringValue(type));
  }

  getElementsByTagName(tagName: string): IXMLDOMNodeList {
    return elementsNamed(this.node, tagName);
  }

  nodeFromID(id: string): IXMLDOMNode {
    const element = this.node.getElementById(id);
    return element === null ? null as unknown as IXMLDOMNode : wrap(element);
  }

  importNode(node: IXMLDOMNode, deep: boolean): IXMLDOMNode {
    const source = nodeOf(node);
    if (source.nodeType === NODE.document || source.nodeType === NODE.doctype) {
      throw domError("XMLOM_INVALIDTYPE", node.nodeTypeString);
    }
    return wrap(copyOf(source, this.node, deep));
  }

  load(source: Variant): boolean {
    if (source instanceof DomDocument) {
      if (source !== this) this.#takeFrom(source.node);
      return this.#finish("", this.node.documentElement !== null);
    }
    if (source instanceof VariantArray) return this.#loadBytes(bytesOfArray(source));
    if (source instanceof ByteStream) return this.#loadBytes(bytesOfStream(source));
    if (isAutomationObject(source)) {
      const object = source as { readonly [BYTE_STREAM]?: ByteStream };
      if (object[BYTE_STREAM] !== undefined) return this.#loadBytes(bytesOfStream(object[BYTE_STREAM]));
      throw scriptError("typeMismatch", "load takes a path, a URL, a stream, an array of Byte or a document");
    }
    const place = toStringValue(source);
    return /^https?:/i.test(place) ? this.#loadUrl(place) : this.#loadFile(place);
  }

  /** Reads bytes that came with a content type; whether they are well-formed. */
  loadBytes(bytes: Uint8Array, contentType?: string): boolean {
    return this.#loadBytes(bytes, "", charsetOfType(contentType));
  }

  loadXML(text: string): boolean {
    return this.#parse(() => text.startsWith("\ufeff") ? text.slice(1) : text, "");
  }

  save(destination: Variant): void {
    if (destination instanceof DomDocument) {
      if (destination !== this) destination.#takeFrom(this.node);
      return;
    }
    const bytes = encodeXml(this.node);
    if (destination instanceof AdodbStream) return destination.writeBytes(bytes);
    if (isAutomationObject(destination) || destination === NOTHING) {
      throw scriptError("typeMismatch", "save takes a path, an ADODB.Stream or a document");
    }
    const { host } = this.#environment;
    const native = host.native(pathOf(toStringValue(destination)));
    host.attempt(native, () => Deno.writeFileSync(native, bytes));
  }

  get url(): string {
    return this.node.url;
  }

  get parseError(): IXMLDOMParseError {
    return this.#error;
  }

  get readyState(): number {
    return this.#readyState;
  }

  get preserveWhiteSpace(): boolean {
    return this.node.settings.preserveWhiteSpace;
  }
  set preserveWhiteSpace(preserves: boolean) {
    this.node.settings.preserveWhiteSpace = preserves;
  }

  set onreadystatechange(handler: Variant) {
    this.#onReadyStateChange = isHandler(handler) ? callOf(handler) : undefined;
  }

  set ondataavailable(handler: Variant) {
    this.#onDataAvailable = isHandler(handler) ? callOf(handler) : undefined;
  }

  abort(): void {}

  validate(): IXMLDOMParseError {
    throw noValidation("validate");
  }

  validateNode(_node: IXMLDOMNode): IXMLDOMParseError {
    throw noValidation("validateNode");
  }

  getProperty(name: string): Variant {
    return this.#properties.get(name);
  }

  setProperty(name: string, value: Variant): void {
    this.#properties.set(name, value);
  }

  takeTree(tree: XmlDocument): void {
    this.#error = new DomParseError();
    this.node.clear();
    for (const child of [...tree.childNodes]) {
      const { hasSpaceBefore } = child;
      adopt(child, this.node);
      this.node.insert(child, null);
      child.hasSpaceBefore = hasSpaceBefore;
    }
    this.#finish("", true);
  }

  /** A document from a place beside another one, read as this one is. @throws AutomationError where it cannot be */
  loadBeside(place: string, base: string): XmlDocument {
    const document = new DomDocument(this.#environment, this.#version);
    document.#properties.takeFrom(this.#properties);
    document.preserveWhiteSpace = this.preserveWhiteSpace;
    const url = urlBeside(place, base);
    if (document.load(url)) return document.node;
    const { reason, line } = document.parseError;
    const at = line === 0 ? "" : ` (line ${line})`;
    throw domError("E_FAIL", `"${url}" cannot be read: ${reason.trimEnd()}${at}`);
  }

  /** Throws when the script shall end. */
  checkInterrupted(): void {
    this.#environment.host.checkInterrupted();
  }

  /** Which version of MSXML it is of. */
  get version(): MsxmlVersion {
    return this.#version;
  }

  #takeFrom(source: XmlDocument): void {
    this.node.clear();
    for (const child of source.childNodes) this.node.insert(copyOf(child, this.node, true), null);
    this.node.idAttributes.clear();
    for (const [element, name] of source.idAttributes) this.node.idAttributes.set(element, name);
  }

  #loadFile(place: string): boolean {
    const { host } = this.#environment;
    const path = pathOf(place);
    const url = urlOf(host.absolute(path));
    let bytes: Uint8Array;
    try {
      host.resources.flush(); // what the script itself has written to the file by other means
      bytes = Deno.readFileSync(host.native(path));
    } catch (error) {
      // A permission that Deno was not given is the caller's to know; a file that is not there is the document's.
      if (error instanceof Deno.errors.NotCapable) throw host.error(error, host.native(path));
      return this.#fail("INET_E_OBJECT_NOT_FOUND", url);
    }
    return this.#loadBytes(bytes, url);
  }

  #loadUrl(url: string): boolean {
    const exchange = new HttpExchange(this.#environment.requests, "msxml3.dll");
    try {
      exchange.open("GET", url, false);
      exchange.send(undefined);
    } catch (error) {
      if (!(error instanceof AutomationError) || error.number === 70) throw error;
      return this.#fail("INET_E_RESOURCE_NOT_FOUND", url);
    }
    if (exchange.head.status >= 400) return this.#fail("INET_E_OBJECT_NOT_FOUND", url);
    return this.#loadBytes(exchange.body, url, charsetOfType(exchange.header("content-type")));
  }

  #loadBytes(bytes: Uint8Array, url = "", told?: string): boolean {
    return this.#parse(() => decodeXml(bytes, told), url);
  }

  #fail(which: XmlErrorName, url: string): boolean {
    this.node.clear();
    const { code, message } = xmlError(which);
    this.#error = new DomParseError({ code, reason: message, url, text: "", offset: -1 });
    return this.#finish(url, false);
  }

  #parse(read: () => string, url: string): boolean {
    this.node.clear();
    this.node.idAttributes.clear();
    this.#error = new DomParseError();
    for (const state of [1, 2]) this.#tell(state);
    let source = "";
    try {
      source = read();
      const sizeMax = this.#properties.number("MaxXMLSize") * 1024;
      if (sizeMax > 0 && source.length > sizeMax) {
        throw new XmlSyntaxError("E_FAIL", -1, "The document is larger than MaxXMLSize allows.");
      }
      parseInto(this.node, source.replace(/\r\n?/g, "\n"), {
        prohibitDtd: this.#properties.isTrue("ProhibitDTD"),
        elementDepthMax: this.#properties.number("MaxElementDepth"),
      });
    } catch (error) {
      this.node.clear();
      if (!(error instanceof XmlSyntaxError)) throw error;
      this.#error = new DomParseError({
        code: error.code,
        reason: error.message,
        url,
        text: source,
        offset: error.offset,
      });
      return this.#finish(url, false);
    }
    this.#tell(3);
    this.#onDataAvailable?.();
    return this.#finish(url, true);
  }

  #finish(url: string, isLoaded: boolean): boolean {
    this.node.url = url;
    this.#tell(4);
    return isLoaded;
  }

  #tell(state: number): void {
    this.#readyState = state;
    this.#onReadyStateChange?.();
  }
}

/** What a document may reach, as its properties say when it is asked. */
function accessOf(document: () => DomDocument): DocumentAccess {
  return {
    get allowsDocuments() {
      return toBoolean(document().getProperty("AllowDocumentFunction"));
    },
    get allowsIncludes() {
      return document().resolveExternals;
    },
    get version() {
      return document().version;
    },
    load: (url, base) => document().loadBeside(url, base),
    checkInterrupted: () => document().checkInterrupted(),
  };
}

function bytesOfStream(stream: ByteStream): Uint8Array {
  const bytes = new Uint8Array(stream.sizeBytes);
  return bytes.subarray(0, stream.read(bytes, 0));
}

/** What the documents can do. */
class DomImplementation extends AutomationClass implements IXMLDOMImplementation {
  static {
    implementInterface(this, [IXMLDOMImplementationTable]);
  }

  hasFeature(feature: string, version: string): boolean {
    return /^(?:xml|dom|ms-dom)$/i.test(feature) && (version === "" || version === "1.0");
  }
}

function isHandler(handler: Variant): boolean {
  return handler !== NOTHING && handler !== undefined && handler !== null;
}

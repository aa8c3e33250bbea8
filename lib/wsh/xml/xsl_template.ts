/** `MSXML2.XSLTemplate`: a style sheet that is compiled once, and the processors that follow it. @module */
import { scriptError } from "../../automation/errors.ts";
import { AutomationClass, implementInterface } from "../../automation/interface.ts";
import { type AutomationObject, isAutomationObject, type Variant } from "../../automation/variant.ts";
import type { IXMLDOMNode, IXSLProcessor, IXSLTemplate } from "../types.ts";
import { domError } from "./errors.ts";
import { nodeOf } from "./node.ts";
import { IXSLProcessorTable, IXSLTemplateTable } from "./tables.ts";
import { stylesheetOf, transformTo } from "./transformation.ts";
import { expandedName, type Stylesheet, transformToText, valueOfVariant } from "./xslt/mod.ts";

/** `MSXML2.XSLTemplate`. */
export class XslTemplate extends AutomationClass implements IXSLTemplate {
  static {
    implementInterface(this, [IXSLTemplateTable]);
  }

  #node: IXMLDOMNode | undefined;
  #stylesheet: Stylesheet | undefined;

  get stylesheet(): IXMLDOMNode {
    return (this.#node ?? null) as IXMLDOMNode;
  }
  set stylesheet(node: IXMLDOMNode) {
    this.#stylesheet = stylesheetOf(nodeOf(node));
    this.#node = node;
  }

  createProcessor(): IXSLProcessor {
    if (this.#stylesheet === undefined) {
      throw domError("E_FAIL", "The template has no stylesheet; set it first");
    }
    return new XslProcessor(this, this.#stylesheet);
  }
}

const READY_STATE = { uninitialized: 0, loaded: 2, complete: 4 } as const;

/** One use of a style sheet, with its parameters. */
class XslProcessor extends AutomationClass implements IXSLProcessor {
  static {
    implementInterface(this, [IXSLProcessorTable]);
  }

  readonly #template: XslTemplate;
  readonly #compiled: Stylesheet;
  readonly #stylesheet: IXMLDOMNode;
  readonly #parameters = new Map<string, ReturnType<typeof valueOfVariant>>();
  readonly #objects = new Map<string, AutomationObject>();
  #input: Variant;
  /** Where the result goes; undefined where it is a text to ask for. */
  #target: Variant;
  #text = "";
  #isDone = false;
  #mode: readonly [name: string, uri: string] = ["", ""];

  constructor(template: XslTemplate, compiled: Stylesheet) {
    super();
    this.#template = template;
    this.#compiled = compiled;
    this.#stylesheet = template.stylesheet;
  }

  get input(): Variant {
    return this.#input;
  }
  set input(input: Variant) {
    nodeOf(input);
    this.#input = input;
    this.reset();
  }

  get ownerTemplate(): IXSLTemplate {
    return this.#template;
  }

  get stylesheet(): IXMLDOMNode {
    return this.#stylesheet;
  }

  get output(): Variant {
    if (this.#target !== undefined) return this.#target;
    return this.#isDone ? this.#text : undefined;
  }
  set output(output: Variant) {
    this.#target = isAutomationObject(output) ? output : undefined;
  }

  get readyState(): number {
    if (this.#input === undefined) return READY_STATE.uninitialized;
    return this.#isDone ? READY_STATE.complete : READY_STATE.loaded;
  }

  get startMode(): string {
    return this.#mode[0];
  }

  get startModeURI(): string {
    return this.#mode[1];
  }

  setStartMode(mode: string, namespaceUri = ""): void {
    this.#mode = [mode, namespaceUri];
  }

  addParameter(baseName: string, parameter: Variant, namespaceUri = ""): void {
    const name = expandedName(namespaceUri, baseName);
    if (parameter === undefined || parameter === null) this.#parameters.delete(name);
    else this.#parameters.set(name, valueOfVariant(parameter));
  }

  addObject(object: AutomationObject, namespaceUri: string): void {
    if (namespaceUri === "") {
      throw scriptError("invalidCall", "the namespace of an object is not empty");
    }
    this.#objects.set(namespaceUri, object);
  }

  transform(): boolean {
    if (this.#input === undefined) throw domError("E_FAIL", "The processor has no input; set it first");
    const source = nodeOf(this.#input);
    const [name, uri] = this.#mode;
    const options = {
      mode: name === "" ? "" : expandedName(uri, name),
      parameters: this.#parameters,
      objects: this.#objects,
    };
    if (this.#target === undefined) this.#text = transformToText(this.#compiled, source, options);
    else transformTo(this.#target, this.#compiled, source, options);
    this.#isDone = true;
    return true;
  }

  reset(): void {
    this.#isDone = false;
    this.#text = "";
  }
}

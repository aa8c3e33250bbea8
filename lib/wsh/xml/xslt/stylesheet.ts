/**
 * Style sheets that are ready to be followed: what is at their top level (XSLT 1.0, section 2.2), with all that they import
 * and include (section 2.6).
 *
 * Theory of operation. First all modules are read, those that are imported before those that import them: their order is
 * their precedence. Then everything that has a name is declared, so that templates may use what comes later. Then the
 * templates are compiled.
 *
 * @module
 */
import {
  type DocumentAccess,
  namespaceOf,
  NODE,
  type XmlDocument,
  type XmlNode,
  XSLT_NAMESPACE,
} from "../tree.ts";
import { Literal } from "../xpath/expression.ts";
import { ContentCompiler } from "./compiler.ts";
import { type DecimalFormat, decimalFormatOf, DEFAULT_FORMAT } from "./decimal_format.ts";
import { checkAttributes, isForward, XSLT_ELEMENTS } from "./elements.ts";
import type { AttributeSet } from "./flow.ts";
import type { KeyDefinition } from "./keys.ts";
import type { Content, GlobalVariable } from "./machine.ts";
import {
  attributeOf,
  DRAFT_NAMESPACE,
  expandName,
  isXslt,
  MSXSL_NAMESPACE,
  uriOfPrefix,
  wordsOf,
  xsltError,
} from "./names.ts";
import { type OutputSettings, outputSettings } from "./output_settings.ts";
import { type Template, TemplateRules } from "./rules.ts";
import { isSpace, SpaceRules } from "./white_space.ts";

/** One of the documents that a style sheet consists of. */
export interface StyleModule {
  readonly stylesheet: Stylesheet;
  readonly document: XmlNode;
  readonly url: string;
  readonly access: DocumentAccess;
}

/** An element of the top level, with its place among the imports. */
interface Declaration {
  readonly element: XmlNode;
  readonly module: StyleModule;
  readonly precedence: number;
  readonly importsFrom: number;
}

/** A set of attributes with what it is made from. */
interface AttributeSetParts {
  readonly uses: readonly string[];
  readonly own: AttributeSet;
}

const IMPORTS_MAX = 500;

/** A style sheet. */
export class Stylesheet {
  readonly rules = new TemplateRules();
  readonly keys = new Map<string, KeyDefinition[]>();
  readonly decimalFormats = new Map<string, DecimalFormat>([["", DEFAULT_FORMAT]]);
  readonly spaces = new SpaceRules();
  readonly globals = new Map<string, GlobalVariable>();
  /** Namespaces whose functions are script in the style sheet. */
  readonly scriptNamespaces = new Set<string>();
  readonly output: OutputSettings;
  /** URIs of the style sheet for which others are written, with their prefix (section 7.1.1). */
  readonly aliases = new Map<string, { readonly prefix: string; readonly uri: string }>();
  readonly #templates = new Map<string, Template>();
  readonly #attributeSets = new Map<string, AttributeSetParts[]>();
  readonly #declarations: Declaration[] = [];
  #precedence = 0;
  #modules = 0;

  /** @param node the document of a style sheet, or the element that is one. @throws AutomationError */
  constructor(node: XmlNode, readonly access: DocumentAccess) {
    const root = node.nodeType === NODE.document ? (node as XmlDocument).documentElement : node;
    if (root === null || root.nodeType !== NODE.element) throw xsltError("The style sheet is empty");
    this.#read(root, { stylesheet: this, document: node, url: node.home.url, access }, []);
    this.output = outputSettings(this.#named("output").map(({ element }) => element));
    this.#declareNames();
    this.#compile();
  }

  /** A template by its name. @throws AutomationError where there is none */
  template(name: string, element: XmlNode): Template {
    const template = this.#templates.get(name);
    if (template !== undefined) return template;
    throw xsltError(`There is no template named "${attributeOf(element, "name")}"`, element);
  }

  /** The parts of attribute sets in the order in which they are written. @throws AutomationError where there is none */
  attributeSets(names: readonly string[], element: XmlNode, within: readonly string[] = []): AttributeSet[] {
    return names.flatMap((name) => {
      const parts = this.#attributeSets.get(name);
      if (parts === undefined) {
        throw xsltError(`There is no attribute set "${name.replace(/^\{\}/, "")}"`, element);
      }
      if (within.includes(name)) {
        throw xsltError(`The attribute set "${name.replace(/^\{\}/, "")}" uses itself`, element);
      }
      return parts.flatMap(({ uses, own }) => [...this.attributeSets(uses, element, [...within, name]), own]);
    });
  }

  #named(...names: string[]): Declaration[] {
    return this.#declarations.filter(({ element }) => isXslt(element) && names.includes(element.localName));
  }

  /** Reads a module with all that it imports and includes; `within` are those that it is read for. */
  #read(root: XmlNode, module: StyleModule, within: readonly string[]): void {
    const importsFrom = this.#precedence;
    const own: { element: XmlNode; module: StyleModule }[] = [];
    this.#gather(root, module, within, own);
    const precedence = this.#precedence++;
    for (const { element, module: origin } of own) {
      this.#declarations.push({ element, module: origin, precedence, importsFrom });
    }
  }

  /** Finds the declarations of a module and of those that it includes; imports are read on the way. */
  #gather(
    root: XmlNode,
    module: StyleModule,
    within: readonly string[],
    own: { element: XmlNode; module: StyleModule }[],
  ): void {
    if (++this.#modules > IMPORTS_MAX) {
      throw xsltError(`The style sheet has more than ${IMPORTS_MAX} modules`);
    }
    if (root.namespaceURI === DRAFT_NAMESPACE || namespaceOf("xsl", root) === DRAFT_NAMESPACE) {
      throw xsltError(
        `The style sheet is in ${DRAFT_NAMESPACE}, the draft before XSLT; write ${XSLT_NAMESPACE} with version="1.0"`,
      );
    }
    if (!isXslt(root, "stylesheet") && !isXslt(root, "transform")) {
      const version = root.attributes!.list.some((one) =>
        one.namespaceURI === XSLT_NAMESPACE && one.localName === "version"
      );
      if (!version) {
        throw xsltError(
          `<${root.nodeName}> is no style sheet: that begins with <xsl:stylesheet> in ${XSLT_NAMESPACE}`,
        );
      }
      own.push({ element: root, module });
      return;
    }
    checkAttributes(root);
    for (const element of root.childNodes) {
      if (element.nodeType !== NODE.element) {
        const isText = (element.nodeType === NODE.text || element.nodeType === NODE.cdata) &&
          !isSpace(element);
        if (isText) throw xsltError(`There is text at the top level: ${element.nodeValue!.trim()}`, root);
        continue;
      }
      if (isXslt(element, "import") || isXslt(element, "include")) {
        this.#readOther(element, module, within, own);
      } else own.push({ element, module });
    }
  }

  #readOther(
    element: XmlNode,
    module: StyleModule,
    within: readonly string[],
    own: { element: XmlNode; module: StyleModule }[],
  ): void {
    checkAttributes(element);
    const href = attributeOf(element, "href")!;
    const { access } = module;
    if (!access.allowsIncludes) {
      throw xsltError(`"${href}" is not read; resolveExternals = True on the style sheet allows it`, element);
    }
    const document = access.load(href, module.url);
    if (document.url === module.url || within.includes(document.url)) {
      throw xsltError(`"${href}" is a style sheet that imports or includes itself`, element);
    }
    const other: StyleModule = { stylesheet: this, document, url: document.url, access };
    const around = [...within, module.url];
    if (isXslt(element, "import")) this.#read(document.documentElement!, other, around);
    else this.#gather(document.documentElement!, other, around, own);
  }

  /** Everything that has a name, so that all can use it wherever it stands. */
  #declareNames(): void {
    for (const { element, module } of this.#declarations) {
      if (!isWhole(element, module)) this.#checkTopLevel(element);
    }
    for (const { element } of this.#named("namespace-alias")) {
      const uri = (prefix: string): string =>
        prefix === "#default" ? namespaceOf("", element) ?? "" : uriOfPrefix(prefix, element);
      const result = attributeOf(element, "result-prefix")!;
      this.aliases.set(uri(attributeOf(element, "stylesheet-prefix")!), {
        prefix: result === "#default" ? "" : result,
        uri: uri(result),
      });
    }
    for (const { element, precedence } of this.#named("strip-space", "preserve-space")) {
      this.spaces.add(element, precedence);
    }
    for (const { element } of this.#named("decimal-format")) {
      const name = attributeOf(element, "name");
      this.decimalFormats.set(name === undefined ? "" : expandName(name, element), decimalFormatOf(element));
    }
    const seen = new Map<string, number>();
    for (const { element, precedence } of this.#named("template", "variable", "param")) {
      const name = attributeOf(element, "name");
      if (name === undefined) continue;
      const expanded = expandName(name, element);
      const isTemplate = isXslt(element, "template");
      const kind = isTemplate ? "template" : "variable";
      if (seen.get(`${kind} ${expanded}`) === precedence) {
        throw xsltError(`There are two of ${kind} "${name}"`, element);
      }
      seen.set(`${kind} ${expanded}`, precedence);
      if (isTemplate) this.#templates.set(expanded, newTemplate());
      else {
        this.globals.set(expanded, {
          name: expanded,
          isParameter: isXslt(element, "param"),
          content: NOTHING_TO_DO,
          slots: 0,
        });
      }
    }
    for (const { element } of this.#named("attribute-set")) {
      const name = expandName(attributeOf(element, "name")!, element);
      const uses = wordsOf(attributeOf(element, "use-attribute-sets")).map((one) => expandName(one, element));
      const parts = this.#attributeSets.get(name) ?? [];
      parts.push({ uses, own: newTemplate() });
      this.#attributeSets.set(name, parts);
    }
  }

  #checkTopLevel(element: XmlNode): void {
    if (element.namespaceURI === MSXSL_NAMESPACE && element.localName === "script") {
      this.scriptNamespaces.add(uriOfPrefix(attributeOf(element, "implements-prefix") ?? "", element));
    }
    if (!isXslt(element)) {
      if (element.namespaceURI !== "") return;
      throw xsltError(`<${element.nodeName}> at the top level is in no namespace`);
    }
    const known = XSLT_ELEMENTS.get(element.localName);
    const isTop = known !== undefined &&
      (!known.isInstruction || element.localName === "variable") &&
      !["sort", "when", "otherwise", "with-param", "stylesheet", "transform"].includes(element.localName);
    if (isTop) checkAttributes(element);
    else if (!isForward(element)) throw xsltError(`<${element.nodeName}> is none of the top level`);
  }

  #compile(): void {
    const nextSets = new Map<string, number>();
    // The last of equal precedence and the highest precedence come last, and replace what was before.
    for (const declaration of this.#declarations) {
      const { element, module } = declaration;
      if (!isXslt(element)) {
        if (isWhole(element, module)) this.#addSimple(declaration);
        continue;
      }
      switch (element.localName) {
        case "template":
          this.#addTemplate(declaration);
          break;
        case "variable":
        case "param":
          this.#addGlobal(declaration);
          break;
        case "key":
          this.#addKey(declaration);
          break;
        case "attribute-set": {
          const name = expandName(attributeOf(element, "name")!, element);
          const place = nextSets.get(name) ?? 0;
          nextSets.set(name, place + 1);
          const compiler = new ContentCompiler(module);
          const { own } = this.#attributeSets.get(name)![place]!;
          own.content = compiler.content(element);
          own.slots = compiler.slots;
          this.attributeSets([name], element); // finds sets that are not there, or use themselves
          break;
        }
      }
    }
  }

  /** A literal element that is a style sheet by itself (section 2.3). */
  #addSimple({ element, module, precedence, importsFrom }: Declaration): void {
    const compiler = new ContentCompiler(module);
    const content: Content = { instructions: [compiler.literal(element)] };
    const [pattern] = compiler.pattern("/", element);
    this.rules.add({
      pattern: pattern!,
      template: { content, slots: compiler.slots },
      mode: "",
      priority: 0.5,
      precedence,
      importsFrom,
    });
  }

  #addTemplate({ element, module, precedence, importsFrom }: Declaration): void {
    const name = attributeOf(element, "name");
    const match = attributeOf(element, "match");
    if (name === undefined && match === undefined) {
      throw xsltError("A template has a name, a match or both", element);
    }
    const template = name === undefined ? newTemplate() : this.#templates.get(expandName(name, element))!;
    const compiler = new ContentCompiler(module);
    template.content = compiler.content(element);
    template.slots = compiler.slots;
    if (match === undefined) return;
    // A template of a higher precedence may take this one's name, but not its place among the rules.
    const rule: Template = { ...template };
    const mode = attributeOf(element, "mode");
    const priority = attributeOf(element, "priority");
    if (priority !== undefined && !/^\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*$/.test(priority)) {
      throw xsltError(`priority is a number, not "${priority}"`, element);
    }
    for (const pattern of compiler.pattern(match, element)) {
      this.rules.add({
        pattern,
        template: rule,
        mode: mode === undefined ? "" : expandName(mode, element),
        priority: priority === undefined ? pattern.defaultPriority : Number(priority),
        precedence,
        importsFrom,
      });
    }
  }

  #addGlobal({ element, module }: Declaration): void {
    const compiler = new ContentCompiler(module);
    const binding = compiler.binding(element);
    // References to it hold the object that was made when it was declared.
    Object.assign(this.globals.get(binding.name)!, {
      isParameter: isXslt(element, "param"),
      ...binding,
      ...(binding.select === undefined ? { select: undefined } : {}),
      slots: compiler.slots,
    });
  }

  #addKey({ element, module }: Declaration): void {
    const compiler = new ContentCompiler(module);
    const name = expandName(attributeOf(element, "name")!, element);
    const definitions = this.keys.get(name) ?? [];
    definitions.push({
      patterns: compiler.pattern(attributeOf(element, "match")!, element),
      use: compiler.expression(attributeOf(element, "use")!, element),
    });
    this.keys.set(name, definitions);
  }
}

const NOTHING_TO_DO: Content = { instructions: [], text: new Literal("") };

function newTemplate(): Template {
  return { content: NOTHING_TO_DO, slots: 0 };
}

/** Whether a literal element is a style sheet by itself, and not data in one. */
function isWhole(element: XmlNode, { document }: StyleModule): boolean {
  return element === document || element.parentNode?.nodeType === NODE.document;
}

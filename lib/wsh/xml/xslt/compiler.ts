/** Makes instructions of what is in a template (XSLT 1.0, sections 7 to 11). @module */
import { domError } from "../errors.ts";
import { namespacesAt, NODE, type XmlNode, XMLNS_NAMESPACE, XSLT_NAMESPACE } from "../tree.ts";
import { type Expression, Literal } from "../xpath/expression.ts";
import { parseXPath, type StaticContext } from "../xpath/parser.ts";
import { XPathError } from "../xpath/value.ts";
import { checkAttributes, XSLT_ELEMENTS } from "./elements.ts";
import {
  ApplyImports,
  ApplyTemplates,
  type Binding,
  CallTemplate,
  Choose,
  ForEach,
  GlobalReference,
  LocalVariable,
  SetParameter,
  SetVariable,
  UseAttributeSets,
} from "./flow.ts";
import { xsltCall } from "./functions.ts";
import {
  AttributeInstruction,
  CommentInstruction,
  type ComputedName,
  Copy,
  CopyOf,
  ElementInstruction,
  InstructionInstruction,
  LiteralAttribute,
  LiteralElement,
  Message,
  TextInstruction,
  UnknownInstruction,
  ValueOf,
} from "./instructions.ts";
import type { Content, Instruction } from "./machine.ts";
import {
  attributeOf,
  expandName,
  isXslt,
  MSXSL_NAMESPACE,
  uriOfPrefix,
  wordsOf,
  xsltError,
} from "./names.ts";
import { levelOf, NumberInstruction } from "./numbering.ts";
import { parsePattern, type Pattern } from "./patterns.ts";
import type { SortKey } from "./sorting.ts";
import type { StyleModule } from "./stylesheet.ts";
import { Joined, parseValueTemplate } from "./value_template.ts";
import { isSpace, preservesSpace } from "./white_space.ts";

/** Variables that can be seen from a place in a template. */
interface Names {
  readonly slots: Map<string, number>;
  readonly around: Names | undefined;
}

/** Compiles one template, variable or set of attributes. */
export class ContentCompiler {
  /** How many variables there are so far. */
  slots = 0;
  readonly #module: StyleModule;
  #names: Names = { slots: new Map(), around: undefined };

  constructor(module: StyleModule) {
    this.#module = module;
  }

  /** The instructions in an element, but for those of its children that are named. */
  content(parent: XmlNode, without: readonly string[] = []): Content {
    const outer = this.#names;
    this.#names = { slots: new Map(), around: outer };
    const instructions: Instruction[] = [...this.#attributeSetsOf(parent)];
    const keepsSpace = preservesSpace(parent);
    for (const child of parent.childNodes) {
      switch (child.nodeType) {
        case NODE.text:
          if (!isSpace(child) || keepsSpace) instructions.push(new TextInstruction(child.nodeValue!, false));
          break;
        case NODE.cdata:
          instructions.push(new TextInstruction(child.nodeValue!, false));
          break;
        case NODE.element:
          if (!isXslt(child) || !without.includes(child.localName)) {
            instructions.push(...this.#element(child));
          }
      }
    }
    this.#names = outer;
    return contentOf(instructions);
  }

  /** Reads an expression. @throws AutomationError */
  expression(text: string, element: XmlNode): Expression {
    return reading(text, element, () => parseXPath(text, this.#contextOf(element)));
  }

  /** Reads a pattern. @throws AutomationError */
  pattern(text: string, element: XmlNode): Pattern[] {
    return reading(text, element, () => parsePattern(text, this.#contextOf(element), element));
  }

  /** What a variable, a parameter or what is handed to one is made of. */
  binding(element: XmlNode): Binding {
    checkAttributes(element);
    const name = expandName(attributeOf(element, "name")!, element);
    const select = attributeOf(element, "select");
    const content = this.content(element);
    if (select === undefined) return { name, content };
    if (content.instructions.length > 0) {
      throw xsltError("It has select and content, and can be one of them", element);
    }
    return { name, content, select: this.expression(select, element) };
  }

  /** An element that is written as it stands (section 7.1.1). */
  literal(element: XmlNode): Instruction {
    const { aliases } = this.#module.stylesheet;
    const nameIn = (node: XmlNode): [name: string, uri: string] => {
      const alias = aliases.get(node.namespaceURI);
      if (alias === undefined || (node.namespaceURI === "" && node.nodeType === NODE.attribute)) {
        return [node.nodeName, node.namespaceURI];
      }
      return [alias.prefix === "" ? node.localName : `${alias.prefix}:${node.localName}`, alias.uri];
    };
    const content = this.content(element);
    const attributes = element.attributes!.list
      .filter(({ namespaceURI }) => namespaceURI !== XMLNS_NAMESPACE && namespaceURI !== XSLT_NAMESPACE)
      .map((one) => new LiteralAttribute(...nameIn(one), this.#template(one.nodeValue!, element)));
    const sets = content.instructions.filter((one) => one instanceof UseAttributeSets);
    const rest = content.instructions.filter((one) => !(one instanceof UseAttributeSets));
    return new LiteralElement(
      ...nameIn(element),
      this.#namespacesFor(element),
      { instructions: [...sets, ...attributes, ...rest] },
    );
  }

  /** The namespaces that a literal element takes along: all in scope, but for those that are the style sheet's own. */
  #namespacesFor(element: XmlNode): (readonly [string, string])[] {
    const excluded = new Set([XSLT_NAMESPACE]);
    for (let at: XmlNode | null = element; at?.nodeType === NODE.element; at = at.parentNode) {
      for (const name of ["exclude-result-prefixes", "extension-element-prefixes"]) {
        for (const prefix of wordsOf(ownAttribute(at, name))) {
          excluded.add(prefix === "#default" ? namespacesAt(at).get("") ?? "" : uriOfPrefix(prefix, at));
        }
      }
    }
    const { aliases } = this.#module.stylesheet;
    return [...namespacesAt(element)]
      .filter(([, uri]) => !excluded.has(uri))
      .map(([prefix, uri]) => {
        const alias = aliases.get(uri);
        return alias === undefined ? [prefix, uri] as const : [alias.prefix, alias.uri] as const;
      });
  }

  #contextOf(element: XmlNode): StaticContext {
    return {
      namespace: (prefix) => uriOfPrefix(prefix, element),
      variable: (name) => this.#variable(name, element),
      call: (name, args) => xsltCall(name, args, { element, module: this.#module }),
    };
  }

  #variable(name: string, element: XmlNode): Expression {
    const expanded = expandName(name, element);
    for (let names: Names | undefined = this.#names; names !== undefined; names = names.around) {
      const slot = names.slots.get(expanded);
      if (slot !== undefined) return new LocalVariable(name, slot);
    }
    const global = this.#module.stylesheet.globals.get(expanded);
    if (global !== undefined) return new GlobalReference(global);
    throw xsltError(`There is no variable $${name}`, element);
  }

  /** A new variable, seen by what follows it. */
  #declare(name: string): number {
    this.#names.slots.set(name, this.slots);
    return this.slots++;
  }

  #template(text: string, element: XmlNode): Expression {
    return parseValueTemplate(text, (expression) => this.expression(expression, element), element);
  }

  #templateOf(element: XmlNode, name: string): Expression | undefined {
    const text = attributeOf(element, name);
    return text === undefined ? undefined : this.#template(text, element);
  }

  #selectOf(element: XmlNode): Expression | undefined {
    const text = attributeOf(element, "select");
    return text === undefined ? undefined : this.expression(text, element);
  }

  #attributeSetsOf(element: XmlNode): Instruction[] {
    if (isXslt(element, "attribute-set")) return [];
    const names = wordsOf(ownAttribute(element, "use-attribute-sets")).map((name) =>
      expandName(name, element)
    );
    return names.length === 0
      ? []
      : [new UseAttributeSets(this.#module.stylesheet.attributeSets(names, element))];
  }

  #element(element: XmlNode): Instruction[] {
    if (!isXslt(element)) {
      return [this.#isExtension(element) ? this.#unknown(element) : this.literal(element)];
    }
    const known = XSLT_ELEMENTS.get(element.localName);
    if (known === undefined) return [this.#unknown(element)];
    checkAttributes(element);
    const compile = INSTRUCTIONS[element.localName];
    if (compile === undefined) {
      throw xsltError(`<${element.nodeName}> does not stand here`, element.parentNode!);
    }
    return compile.call(this, element);
  }

  #isExtension(element: XmlNode): boolean {
    if (element.namespaceURI === MSXSL_NAMESPACE) return true;
    for (let at: XmlNode | null = element; at?.nodeType === NODE.element; at = at.parentNode) {
      const prefixes = wordsOf(ownAttribute(at, "extension-element-prefixes"));
      const here = at;
      const isOne = prefixes.some((prefix) =>
        (prefix === "#default" ? namespacesAt(here).get("") : uriOfPrefix(prefix, here)) ===
          element.namespaceURI
      );
      if (isOne) return true;
    }
    return false;
  }

  #unknown(element: XmlNode): Instruction {
    const fallbacks = element.childNodes.filter((child) => isXslt(child, "fallback"));
    return new UnknownInstruction(fallbacks.map((one) => this.content(one)), element);
  }

  /** What each element of XSLT becomes. */
  static readonly instructions: Readonly<
    Record<string, (this: ContentCompiler, element: XmlNode) => Instruction[]>
  > = {
    "apply-imports": (element) => [new ApplyImports(element)],
    "apply-templates"(element): Instruction[] {
      onlyElements(element, ["sort", "with-param"]);
      const mode = attributeOf(element, "mode");
      return [
        new ApplyTemplates(
          this.#selectOf(element),
          mode === undefined ? "" : expandName(mode, element),
          this.#sortKeys(element),
          this.#parameters(element),
        ),
      ];
    },
    attribute(element): Instruction[] {
      return [new AttributeInstruction(this.#computedName(element), this.content(element))];
    },
    "call-template"(element): Instruction[] {
      onlyElements(element, ["with-param"]);
      const name = expandName(attributeOf(element, "name")!, element);
      return [
        new CallTemplate(this.#module.stylesheet.template(name, element), this.#parameters(element)),
      ];
    },
    choose(element): Instruction[] {
      onlyElements(element, ["when", "otherwise"]);
      const branches = elementsOf(element).map((branch, index, all) => {
        checkAttributes(branch);
        const content = this.content(branch);
        if (isXslt(branch, "when")) {
          return { test: this.expression(attributeOf(branch, "test")!, branch), content };
        }
        if (index < all.length - 1 || index === 0) {
          throw xsltError("One xsl:otherwise stands behind xsl:when", element);
        }
        return { content };
      });
      if (branches.length === 0) throw xsltError("There is no xsl:when", element);
      return [new Choose(branches)];
    },
    comment(element): Instruction[] {
      return [new CommentInstruction(this.content(element))];
    },
    copy(element): Instruction[] {
      return [new Copy(this.content(element))];
    },
    "copy-of"(element): Instruction[] {
      return [new CopyOf(this.#selectOf(element)!)];
    },
    element(element): Instruction[] {
      return [new ElementInstruction(this.#computedName(element), this.content(element))];
    },
    fallback: () => [],
    "for-each"(element): Instruction[] {
      const select = this.#selectOf(element)!;
      return [new ForEach(select, this.#sortKeys(element), this.content(element, ["sort"]))];
    },
    if(element): Instruction[] {
      const test = this.expression(attributeOf(element, "test")!, element);
      return [new Choose([{ test, content: this.content(element) }])];
    },
    message(element): Instruction[] {
      return [new Message(this.content(element), yesOrNo(element, "terminate"))];
    },
    number(element): Instruction[] {
      const optional = {
        count: this.#patternOf(element, "count"),
        from: this.#patternOf(element, "from"),
        value: this.#expressionOf(element, "value"),
        groupingSeparator: this.#templateOf(element, "grouping-separator"),
        groupingSize: this.#templateOf(element, "grouping-size"),
      };
      return [
        new NumberInstruction({
          level: levelOf(attributeOf(element, "level") ?? "single", element),
          format: this.#templateOf(element, "format") ?? new Literal("1"),
          ...withoutUndefined(optional),
        }),
      ];
    },
    param(element): Instruction[] {
      if (!isXslt(element.parentNode!, "template")) {
        throw xsltError("xsl:param stands at the start of a template", element.parentNode!);
      }
      const binding = this.binding(element);
      return [new SetParameter(this.#declare(binding.name), binding)];
    },
    "processing-instruction"(element): Instruction[] {
      return [
        new InstructionInstruction(this.#templateOf(element, "name")!, this.content(element), element),
      ];
    },
    text(element): Instruction[] {
      const other = elementsOf(element)[0];
      if (other !== undefined) throw xsltError(`<${other.nodeName}> does not stand in a text`, element);
      const text = element.childNodes
        .filter(({ nodeType }) => nodeType === NODE.text || nodeType === NODE.cdata)
        .map(({ nodeValue }) => nodeValue!).join("");
      return text === "" ? [] : [new TextInstruction(text, yesOrNo(element, "disable-output-escaping"))];
    },
    "value-of"(element): Instruction[] {
      return [new ValueOf(this.#selectOf(element)!, yesOrNo(element, "disable-output-escaping"))];
    },
    variable(element): Instruction[] {
      const binding = this.binding(element);
      return [new SetVariable(this.#declare(binding.name), binding)];
    },
  };

  #computedName(element: XmlNode): ComputedName {
    return {
      name: this.#templateOf(element, "name")!,
      element,
      ...withoutUndefined({ namespace: this.#templateOf(element, "namespace") }),
    };
  }

  #patternOf(element: XmlNode, name: string): Pattern[] | undefined {
    const text = attributeOf(element, name);
    return text === undefined ? undefined : this.pattern(text, element);
  }

  #expressionOf(element: XmlNode, name: string): Expression | undefined {
    const text = attributeOf(element, name);
    return text === undefined ? undefined : this.expression(text, element);
  }

  #parameters(element: XmlNode): Binding[] {
    return elementsOf(element).filter((one) => isXslt(one, "with-param")).map((one) => this.binding(one));
  }

  #sortKeys(element: XmlNode): SortKey[] {
    return elementsOf(element).filter((one) => isXslt(one, "sort")).map((one) => {
      checkAttributes(one);
      return {
        select: this.#selectOf(one) ?? this.expression(".", one),
        ...withoutUndefined({
          order: this.#templateOf(one, "order"),
          dataType: this.#templateOf(one, "data-type"),
          language: this.#templateOf(one, "lang"),
          caseOrder: this.#templateOf(one, "case-order"),
        }),
      };
    });
  }
}

const INSTRUCTIONS = ContentCompiler.instructions;

/** Instructions as content; as one text, where texts are all that they make. */
function contentOf(instructions: readonly Instruction[]): Content {
  const texts: Expression[] = [];
  for (const one of instructions) {
    if (one instanceof TextInstruction) texts.push(new Literal(one.text));
    else if (one instanceof ValueOf) texts.push(one.select);
    else return { instructions };
  }
  return { instructions, text: texts.length === 1 ? texts[0]! : new Joined(texts) };
}

/** Turns what an expression is wrong in into the style sheet's error. */
function reading<T>(text: string, element: XmlNode, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) {
      throw domError("E_FAIL", `The expression is nested too deep: ${text.slice(0, 80)}`);
    }
    if (error instanceof XPathError) throw xsltError(`${error.message}: ${text}`, element);
    throw error;
  }
}

/** An attribute of XSLT: without a prefix on its own elements, with one on others. */
function ownAttribute(element: XmlNode, name: string): string | undefined {
  const uri = isXslt(element) ? "" : XSLT_NAMESPACE;
  return element.attributes!.list.find((one) => one.localName === name && one.namespaceURI === uri)
    ?.nodeValue ??
    undefined;
}

function elementsOf(parent: XmlNode): XmlNode[] {
  return parent.childNodes.filter(({ nodeType }) => nodeType === NODE.element);
}

function onlyElements(parent: XmlNode, names: readonly string[]): void {
  for (const child of elementsOf(parent)) {
    if (!isXslt(child) || !names.includes(child.localName)) {
      throw xsltError(`<${child.nodeName}> does not stand here`, parent);
    }
  }
}

function yesOrNo(element: XmlNode, name: string): boolean {
  const text = attributeOf(element, name) ?? "no";
  if (text === "yes" || text === "no") return text === "yes";
  throw xsltError(`${name} is yes or no, not "${text}"`, element);
}

/** An object without the fields that are undefined. */
function withoutUndefined<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}

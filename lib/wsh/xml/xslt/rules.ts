/** Which template is for which node (XSLT 1.0, sections 5.4 to 5.7). @module */
import { NODE, type XmlNode } from "../tree.ts";
import type { Focus } from "../xpath/expression.ts";
import type { Content } from "./machine.ts";
import type { Pattern } from "./patterns.ts";

/** What a template does. */
export interface Template {
  content: Content;
  /** How many variables there are in it. */
  slots: number;
}

/** A template with one of the alternatives of its pattern. */
export interface TemplateRule {
  readonly pattern: Pattern;
  readonly template: Template;
  readonly mode: string;
  readonly priority: number;
  /** Import precedence: a higher one goes before a lower one. */
  readonly precedence: number;
  /** The lowest precedence of what its style sheet imports. */
  readonly importsFrom: number;
}

/** All rules. */
export class TemplateRules {
  readonly #modes = new Map<string, ModeRules>();

  /** Adds the rules of templates in their order. */
  add(rule: TemplateRule): void {
    let mode = this.#modes.get(rule.mode);
    if (mode === undefined) this.#modes.set(rule.mode, mode = new ModeRules());
    mode.add(rule);
  }

  /** The rule for a node: of those that match, the last one of the highest priority and precedence. */
  find(node: XmlNode, mode: string, focus: Focus): TemplateRule | undefined {
    return this.#modes.get(mode)?.find(node, focus, -Infinity, Infinity);
  }

  /** The rule for a node that xsl:apply-imports finds from within another one. */
  findImported(node: XmlNode, mode: string, focus: Focus, from: TemplateRule): TemplateRule | undefined {
    return this.#modes.get(mode)?.find(node, focus, from.importsFrom, from.precedence);
  }
}

class ModeRules {
  readonly #rules: TemplateRule[] = [];
  #isSorted = false;
  /** Rules that can match, by the name of elements and the type of other nodes. */
  readonly #byKind = new Map<string | number, readonly TemplateRule[]>();

  add(rule: TemplateRule): void {
    this.#rules.push(rule);
  }

  find(node: XmlNode, focus: Focus, from: number, below: number): TemplateRule | undefined {
    for (const rule of this.#candidates(node)) {
      const { precedence } = rule;
      if (precedence >= from && precedence < below && rule.pattern.matches(node, focus)) return rule;
    }
    return undefined;
  }

  #candidates({ nodeType, localName }: XmlNode): readonly TemplateRule[] {
    const kind = nodeType === NODE.element ? localName : nodeType;
    let found = this.#byKind.get(kind);
    if (found === undefined) {
      if (!this.#isSorted) {
        this.#rules.reverse(); // the last one of equals goes first
        this.#rules.sort((one, other) => other.precedence - one.precedence || other.priority - one.priority);
        this.#isSorted = true;
      }
      found = this.#rules.filter(({ pattern }) =>
        (pattern.nodeType ?? nodeType) === nodeType &&
        (nodeType !== NODE.element || (pattern.localName ?? localName) === localName)
      );
      this.#byKind.set(kind, found);
    }
    return found;
  }
}

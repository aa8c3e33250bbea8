/** What is used of the npm package "xpath" 0.0.34: its own declarations need the DOM's types, which Deno leaves out. */
interface ParsedExpression {
  /** The nodes that it means; throws where it means no nodes. */
  evaluateNodeSet(options: {
    readonly node: object;
    readonly namespaces: (prefix: string) => string;
    readonly allowAnyNamespaceForNoPrefix: boolean;
  }): { toUnsortedArray(): object[] };
}

declare const xpath: { parse(expression: string): ParsedExpression };
export default xpath;

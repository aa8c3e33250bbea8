import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { AutomationError } from "../../../lib/automation/errors.ts";
import type { IXMLDOMElement } from "../../../lib/wsh/types.ts";
import { documentOf } from "./_documents.ts";

/** A style sheet in which much is used, to be broken at random. */
const STYLE =
  `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="html" indent="yes"/>` +
  `<xsl:key name="k" match="i" use="@g"/><xsl:variable name="v" select="count(//i)"/><xsl:param name="w"><a/></xsl:param>` +
  `<xsl:attribute-set name="s"><xsl:attribute name="c">1</xsl:attribute></xsl:attribute-set><xsl:strip-space elements="r"/>` +
  `<xsl:template match="/"><html><xsl:for-each select="//i[generate-id()=generate-id(key('k',@g)[1])]"><xsl:sort select="@n" data-type="number" order="descending"/>` +
  `<p class="{@g}" xsl:use-attribute-sets="s"><xsl:number level="any" format="a"/><xsl:call-template name="t"><xsl:with-param name="n" select="3"/></xsl:call-template></p></xsl:for-each>` +
  `<xsl:copy-of select="$w"/><xsl:apply-templates select="r/*" mode="m"/></html></xsl:template>` +
  `<xsl:template name="t"><xsl:param name="n" select="0"/><xsl:choose><xsl:when test="$n > 0"><b/><xsl:call-template name="t"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template></xsl:when><xsl:otherwise>end</xsl:otherwise></xsl:choose></xsl:template>` +
  `<xsl:template match="i[2]|i[@g='y']" mode="m" priority="2"><xsl:copy><xsl:comment>c</xsl:comment><xsl:value-of select="format-number(@n, '#,##0.0')"/></xsl:copy></xsl:template>` +
  `<xsl:template match="@*|node()" mode="m"><xsl:element name="{name()}"><xsl:apply-templates mode="m"/></xsl:element></xsl:template></xsl:stylesheet>`;

Deno.test("a style sheet that is broken at random gives a result or an error", () => {
  const source = documentOf(`<r><i g="x" n="1"/><i g="y" n="2">t</i> <i g="x" n="30"><j/></i></r>`);
  const place = fc.nat({ max: 200 });
  const change = fc.tuple(
    fc.constantFrom("remove", "move", "rename", "clear", "value", "value"),
    place,
    place,
  );
  let results = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const style = documentOf(STYLE);
      const elements = [...style.selectNodes("//*")] as IXMLDOMElement[];
      const attributes = [...style.selectNodes("//@*")];
      for (const [what, at, other] of changes) {
        const [element, target] = [elements[at % elements.length]!, elements[other % elements.length]!];
        const attribute = attributes[at % attributes.length]!;
        try {
          if (what === "remove") element.parentNode.removeChild(element);
          else if (what === "move") target.appendChild(element);
          else if (what === "clear") attribute.nodeValue = "";
          else if (what === "value") attribute.nodeValue = attributes[other % attributes.length]!.nodeValue;
          else element.setAttribute("name", target.nodeName);
        } catch (error) {
          // The tree itself refuses a second root, or an element in itself.
          if (!(error instanceof AutomationError) && !(error instanceof TypeError)) throw error;
        }
      }
      try {
        assertEquals(typeof source.transformNode(style), "string");
        results++;
      } catch (error) {
        if (!(error instanceof AutomationError)) throw error;
      }
    }),
    { numRuns: 250, seed: 5 },
  );
  assertEquals(results > 30, true);
});

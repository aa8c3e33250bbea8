/**
 * Style sheets over a list of records, beside xsltproc of libxslt.
 *
 * Scripts are run as people run them, with `burnscript run`, and time loading and transforming themselves; xsltproc says
 * with --timing what parsing, applying and saving took. The rounds of both alternate; each figure is that of the fastest.
 *
 * @module
 */

const MAIN = new URL("../../lib/cli/main.ts", import.meta.url).pathname;

/** Loads a document and a style sheet, and prints the milliseconds that loading and transforming took. */
const SCRIPT = `Set d = CreateObject("MSXML2.DOMDocument") : d.async = False
Set x = CreateObject("MSXML2.DOMDocument") : x.async = False
start = Timer
d.load WScript.Arguments(0)
loaded = Timer
x.load WScript.Arguments(1)
text = d.transformNode(x)
WScript.Echo (loaded - start) * 1000 & " " & (Timer - loaded) * 1000 & " " & Len(text)
`;

/** What style sheets mostly do. */
const STYLES: readonly [what: string, body: string][] = [
  [
    "identity, indented",
    `<xsl:output indent="yes"/><xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>`,
  ],
  [
    "table in HTML, sorted by two keys",
    `<xsl:output method="html"/><xsl:template match="/"><html><body><table><xsl:for-each select="list/item"><xsl:sort select="price" data-type="number"/><xsl:sort select="name"/><tr class="{@group}"><td><xsl:value-of select="name"/></td><td><xsl:value-of select="format-number(price, '#,##0.00')"/></td></tr></xsl:for-each></table></body></html></xsl:template>`,
  ],
  [
    "sums of groups, Muenchian",
    `<xsl:key name="g" match="item" use="@group"/><xsl:template match="/"><r><xsl:for-each select="list/item[generate-id() = generate-id(key('g', @group)[1])]"><g n="{@group}" s="{sum(key('g', @group)/price)}"/></xsl:for-each></r></xsl:template>`,
  ],
  [
    "CSV",
    `<xsl:output method="text"/><xsl:template match="item"><xsl:value-of select="@id"/>;<xsl:value-of select="name"/>;<xsl:value-of select="price"/><xsl:text>&#10;</xsl:text></xsl:template>`,
  ],
];

/** Prints what loading and transforming take, here and by xsltproc. */
export async function benchXslt(
  print: (line: string) => void,
  { quick = false }: { readonly quick?: boolean } = {},
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "bench-xslt-" });
  try {
    for (const records of quick ? [10_000] : [10_000, 100_000]) {
      await benchList(print, folder, { records, rounds: quick ? 3 : 5 });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function benchList(
  print: (line: string) => void,
  folder: string,
  { records, rounds }: { readonly records: number; readonly rounds: number },
): Promise<void> {
  const [source, style, script] = [`${folder}/list.xml`, `${folder}/style.xsl`, `${folder}/s.vbs`];
  await Deno.writeTextFile(script, SCRIPT);
  await Deno.writeTextFile(source, listOf(records));
  const megabytes = (await Deno.stat(source)).size / 1e6;
  print(`${records} records, ${megabytes.toFixed(1)} MB: milliseconds to load and to transform`);
  for (const [what, body] of STYLES) {
    await Deno.writeTextFile(
      style,
      `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">${body}</xsl:stylesheet>`,
    );
    const ours = { load: Infinity, transform: Infinity };
    const theirs = { load: Infinity, transform: Infinity };
    for (let round = 0; round < rounds; round++) {
      keepFaster(ours, await burnscript([script, source, style]));
      keepFaster(theirs, await xsltproc([style, source]));
    }
    const shown = ({ load, transform }: Figures): string =>
      `${load.toFixed(0).padStart(6)} ${transform.toFixed(0).padStart(6)}`;
    print(`  ${what.padEnd(36)} burnscript ${shown(ours)}   xsltproc ${shown(theirs)}`);
  }
}

function listOf(records: number): string {
  const items = Array.from(
    { length: records },
    (_, at) =>
      `<item id="i${at}" group="g${at % 100}"><name>Name ${at}</name><price>${
        (at * 7) % 1000
      }</price></item>`,
  );
  return `<list>${items.join("\n")}</list>\n`;
}

interface Figures {
  load: number;
  transform: number;
}

function keepFaster(best: Figures, one: Figures): void {
  best.load = Math.min(best.load, one.load);
  best.transform = Math.min(best.transform, one.transform);
}

async function burnscript(args: readonly string[]): Promise<Figures> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, "run", ...args],
  }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  const [load, transform] = new TextDecoder().decode(stdout).split(" ").map(Number);
  return { load: load!, transform: transform! };
}

async function xsltproc(args: readonly string[]): Promise<Figures> {
  const { stderr } = await new Deno.Command("xsltproc", {
    args: ["--timing", "--output", "/dev/null", ...args],
  }).output();
  const text = new TextDecoder().decode(stderr);
  const took = (what: string): number => Number(new RegExp(`${what}.* took (\\d+) ms`).exec(text)![1]);
  return { load: took("Parsing document"), transform: took("Running stylesheet and saving result") };
}

/** What our pictures share: text, amounts, and colours on light and on dark ground. @module */

/** A class of a picture's shapes. */
export interface ShapeClass {
  readonly name: string;
  /** Its colour on light ground. */
  readonly light: string;
  /** Its colour on dark ground. */
  readonly dark: string;
}

/** A style sheet; whoever shows the picture on dark ground gets the dark colours. */
export function pictureStyle(classes: readonly ShapeClass[]): string {
  const rules = (which: "light" | "dark"): string =>
    classes.map((one) => `.${one.name}{fill:${one[which]}}`).join("");
  const light =
    `.ground{fill:#fff}text{fill:#1f2328}.quiet{fill:#59636e}.on{fill:#06182c}.grid{stroke:#d1d9e0}${
      rules("light")
    }`;
  const dark =
    `.ground{fill:#0d1117}text{fill:#e6edf3}.quiet{fill:#9198a1}.on{fill:#06182c}.grid{stroke:#30363d}${
      rules("dark")
    }`;
  return `<style>text{font:11px system-ui,"Segoe UI","DejaVu Sans",sans-serif}.title{font-size:18px;font-weight:600}` +
    `.number{text-anchor:end;font-variant-numeric:tabular-nums}.on{text-anchor:middle}` +
    `${light}@media (prefers-color-scheme:dark){${dark}}</style>`;
}

/** The picture's first tag. */
export function pictureHead(width: number, height: number, title: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"` +
    ` role="img" aria-label="${escaped(title)}">`;
}

/** The end of a text that is too long: of paths that is the part that tells them apart. */
export function cut(text: string, lettersMax: number): string {
  if (lettersOf(text) <= lettersMax) return text;
  const characters = Array.from(text);
  let room = lettersMax - 1;
  let start = characters.length;
  while ((room -= lettersOf(characters[start - 1]!)) >= 0) start--;
  return `…${characters.slice(start).join("")}`;
}

/** How many letters wide a text is: signs of East Asia and small pictures take two each. */
export function lettersOf(text: string): number {
  let letters = 0;
  for (const character of text) letters += WIDE.test(character) ? 2 : 1;
  return letters;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3ffff}]/u;

/** Text for XML, which has no place at all for most controls and for halves of surrogate pairs. */
export function escaped(text: string): string {
  // deno-lint-ignore no-control-regex -- they are what XML 1.0 does not have
  return text.toWellFormed().replaceAll(/[\x00-\x1f\x7f-\x9f\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

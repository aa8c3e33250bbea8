/**
 * A picture of what lies where in an image.
 *
 * The image is a strip that is cut into rows. Each pixel column stands for some sectors and gets the colour of what is most
 * worth seeing in them: a structure of one sector shows in an image of gigabytes. So the picture has a bounded size,
 * however many files there are.
 *
 * @module
 */
import { type ImageRegion, SECTOR_BYTES } from "../image/mod.ts";
import { cut, escaped, lettersOf, pictureHead, pictureStyle } from "./svg.ts";
import { bytesText } from "./words.ts";

/** What {@linkcode imageMap} draws. */
export interface ImageMapOptions {
  /** The headline. */
  readonly title: string;
  /** A line below it. */
  readonly subtitle: string;
  readonly sizeSectors: number;
  /** What lies where, in order of place. */
  readonly regions: readonly ImageRegion[];
}

/** How many bytes are used for what. */
export interface SpaceUse {
  readonly structureBytes: number;
  readonly fileBytes: number;
  readonly freeBytes: number;
}

type Class = "free" | "many" | "even" | "odd" | "descriptor" | "directory" | "entry" | "boot";

/** In the order of worth: of two in one pixel the later one is seen. Colours on light, then on dark ground. */
const CLASSES: readonly { name: Class; title: string; light: string; dark: string }[] = [
  { name: "free", title: "Nothing (free, or not of a file system)", light: "#e9edf2", dark: "#21262d" },
  { name: "even", title: "Files", light: "#4c8fd6", dark: "#3f7fc4" },
  { name: "odd", title: "", light: "#85b7ea", dark: "#6ea6e2" },
  { name: "many", title: "Several small files", light: "#68a3e0", dark: "#5692d2" },
  { name: "directory", title: "Directories and path tables", light: "#e3a008", dark: "#d4a017" },
  { name: "entry", title: "File entries", light: "#8250df", dark: "#a371f7" },
  { name: "boot", title: "Boot structures", light: "#1a7f37", dark: "#3fb950" },
  { name: "descriptor", title: "Descriptors", light: "#cf222e", dark: "#f85149" },
];

const WIDTH = 960;
const MARGIN = 24;
const STRIP_X = 104;
const STRIP_WIDTH = WIDTH - STRIP_X - MARGIN;
const ROW_HEIGHT = 22;
const ROW_GAP = 6;
const ROWS_MAX = 24;
const ROW_SECTORS_MIN = 64;
const NAMED_FILES = 12;
const NAMED_FILES_MIN = 3;
const NAMED_SHARE = 500; // a file of this part of the image is some pixels of a row
const LETTER_WIDTH = 6.4; // of 11 pixels of a plain sans-serif

/** How much of an image is used for what; what two things share counts once. */
export function spaceUse(regions: readonly ImageRegion[], sizeSectors: number): SpaceUse {
  const sectors = { structure: 0, file: 0 };
  let endLba = 0;
  for (const { startLba, lengthSectors, kind } of regions) {
    const end = Math.min(startLba + lengthSectors, sizeSectors);
    sectors[kind] += Math.max(0, end - Math.max(startLba, endLba));
    endLba = Math.max(endLba, end);
  }
  return {
    structureBytes: sectors.structure * SECTOR_BYTES,
    fileBytes: sectors.file * SECTOR_BYTES,
    freeBytes: (sizeSectors - sectors.structure - sectors.file) * SECTOR_BYTES,
  };
}

/** Draws an image as SVG that reads on light and on dark ground. */
export function imageMap(options: ImageMapOptions): string {
  const { regions } = options;
  const sizeSectors = Math.max(1, options.sizeSectors);
  const rows = Math.min(ROWS_MAX, Math.max(1, Math.ceil(sizeSectors / ROW_SECTORS_MIN)));
  const strip: Strip = { rows, rowSectors: sizeSectors / rows, sizeSectors };
  const files = largestFiles(regions, sizeSectors);
  const stripY = 84;
  const legendY = stripY + rows * (ROW_HEIGHT + ROW_GAP) + 30;
  const legend = legendRows(regions, sizeSectors);
  const listY = legendY + legend.length * 20 + 34;
  const height = listY + (files.length === 0 ? 0 : files.length * 20 + 8) + MARGIN / 2;
  const parts = [
    pictureHead(WIDTH, height, options.title),
    pictureStyle(CLASSES),
    `<rect class="ground" width="${WIDTH}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="38">${escaped(cut(options.title, 90))}</text>`,
    `<text class="quiet" x="${MARGIN}" y="60">${escaped(cut(options.subtitle, 140))}</text>`,
    ...stripParts(strip, paint(strip, regions), stripY),
    ...labelParts(strip, files, stripY),
    ...legend.map((row, index) => legendPart(row, legendY + index * 20)),
    ...listParts(files, listY),
    "</svg>",
  ];
  return `${parts.join("\n")}\n`;
}

interface Strip {
  readonly rows: number;
  readonly rowSectors: number;
  readonly sizeSectors: number;
}

/** The class of each pixel column, as an index in the table, row behind row. */
function paint(strip: Strip, regions: readonly ImageRegion[]): Uint8Array {
  const columns = strip.rows * STRIP_WIDTH;
  const painted = new Uint8Array(columns);
  const owners = new Int32Array(columns).fill(-1);
  const scale = columns / strip.sizeSectors;
  const indexOf = (name: Class): number => CLASSES.findIndex((one) => one.name === name);
  const [many, even, odd] = [indexOf("many"), indexOf("even"), indexOf("odd")];
  let fileNumber = 0;
  for (const region of regions) {
    const { startLba, lengthSectors, kind } = region;
    const isFile = kind === "file";
    const index = isFile ? (fileNumber++ % 2 === 0 ? even : odd) : indexOf(classOf(region));
    const first = Math.min(columns - 1, Math.floor(startLba * scale));
    const last = Math.min(columns - 1, Math.ceil((startLba + lengthSectors) * scale) - 1);
    for (let at = first; at <= Math.max(first, last); at++) {
      if (isFile && owners[at] !== -1 && painted[at]! <= many && scale < 1) painted[at] = many;
      else painted[at] = Math.max(index, painted[at]! === even || painted[at]! === odd ? 0 : painted[at]!);
      owners[at] = fileNumber;
    }
  }
  return painted;
}

function classOf({ label }: ImageRegion): Class {
  if (/boot/i.test(label)) return "boot";
  if (/director|path table/i.test(label)) return "directory";
  return /entries|continuation/i.test(label) ? "entry" : "descriptor";
}

function stripParts(strip: Strip, painted: Uint8Array, top: number): string[] {
  const parts: string[] = [];
  for (let row = 0; row < strip.rows; row++) {
    const y = top + row * (ROW_HEIGHT + ROW_GAP);
    const lba = Math.round(row * strip.rowSectors);
    parts.push(`<text class="quiet number" x="${STRIP_X - 10}" y="${y + 15}">${lba}</text>`);
    for (let from = 0; from < STRIP_WIDTH;) {
      const index = painted[row * STRIP_WIDTH + from]!;
      let to = from + 1;
      while (to < STRIP_WIDTH && painted[row * STRIP_WIDTH + to] === index) to++;
      const place = `x="${STRIP_X + from}" y="${y}" width="${to - from}" height="${ROW_HEIGHT}"`;
      parts.push(`<rect class="${CLASSES[index]!.name}" ${place}/>`);
      from = to;
    }
  }
  return parts;
}

/** The name of a large file on its longest piece of a row; its number in the list where the name has no room. */
function labelParts(strip: Strip, files: readonly ImageRegion[], top: number): string[] {
  const scale = STRIP_WIDTH / strip.rowSectors;
  return files.flatMap((file, index) => {
    let best: { x: number; row: number; width: number } | undefined;
    const endLba = Math.min(file.startLba + file.lengthSectors, strip.sizeSectors);
    const lastRow = Math.min(strip.rows - 1, Math.floor((endLba - 1) / strip.rowSectors));
    for (let row = Math.floor(file.startLba / strip.rowSectors); row <= lastRow; row++) {
      const from = Math.max(0, file.startLba - row * strip.rowSectors) * scale;
      const to = Math.min(strip.rowSectors, endLba - row * strip.rowSectors) * scale;
      if (best === undefined || to - from > best.width) best = { x: (from + to) / 2, row, width: to - from };
    }
    if (best === undefined || best.width < 16) return [];
    const name = file.label.slice(file.label.lastIndexOf("/") + 1);
    const long = `${index + 1} ${name}`;
    const text = lettersOf(long) * LETTER_WIDTH + 8 <= best.width ? long : `${index + 1}`;
    const y = top + best.row * (ROW_HEIGHT + ROW_GAP) + 15;
    return [`<text class="on" x="${(STRIP_X + best.x).toFixed(1)}" y="${y}">${escaped(text)}</text>`];
  });
}

interface LegendRow {
  readonly names: readonly Class[];
  readonly title: string;
  readonly sectors: number;
  readonly share: string;
}

function legendRows(regions: readonly ImageRegion[], sizeSectors: number): LegendRow[] {
  const sectors = new Map<Class, number>();
  let used = 0;
  let endLba = 0;
  for (const region of regions) {
    const end = Math.min(region.startLba + region.lengthSectors, sizeSectors);
    const own = Math.max(0, end - Math.max(region.startLba, endLba));
    const name = region.kind === "file" ? "even" : classOf(region);
    sectors.set(name, (sectors.get(name) ?? 0) + own);
    used += own;
    endLba = Math.max(endLba, end);
  }
  sectors.set("free", sizeSectors - used);
  const order: readonly Class[] = ["descriptor", "boot", "directory", "entry", "even", "free"];
  return order.filter((name) => (sectors.get(name) ?? 0) > 0).map((name) => {
    const count = sectors.get(name)!;
    return {
      names: name === "even" ? ["even", "odd", "many"] : [name],
      title: CLASSES.find((one) => one.name === name)!.title +
        (name === "even" ? ": neighbours alternate; the third shade is several at once" : ""),
      sectors: count,
      share: `${(count / sizeSectors * 100).toFixed(count / sizeSectors < 0.1 ? 2 : 0)} %`,
    };
  });
}

function legendPart({ names, title, sectors, share }: LegendRow, y: number): string {
  const swatches = names.map((name, index) =>
    `<rect class="${name}" x="${STRIP_X + index * 16}" y="${y - 10}" width="12" height="12"/>`
  );
  const amount = `${sectors} sector${sectors === 1 ? "" : "s"}, ${
    bytesText(sectors * SECTOR_BYTES)
  }, ${share}`;
  return swatches.join("") +
    `<text x="${STRIP_X + 56}" y="${y}">${escaped(title)}</text>` +
    `<text class="quiet number" x="${WIDTH - MARGIN}" y="${y}">${amount}</text>`;
}

function listParts(files: readonly ImageRegion[], y: number): string[] {
  return files.flatMap((file, index) => {
    const at = y + index * 20;
    const { startLba, lengthSectors, label } = file;
    const place = `${bytesText(lengthSectors * SECTOR_BYTES)} at LBA ${startLba}`;
    return [
      `<text class="number" x="${STRIP_X + 16}" y="${at}">${index + 1}</text>`,
      `<text x="${STRIP_X + 56}" y="${at}">${escaped(cut(label, 90))}</text>`,
      `<text class="quiet number" x="${WIDTH - MARGIN}" y="${at}">${place}</text>`,
    ];
  });
}

/** The largest files by their runs of sectors, the largest first; those that would show as a line have no name. */
function largestFiles(regions: readonly ImageRegion[], sizeSectors: number): ImageRegion[] {
  const isWorthIt = (region: ImageRegion, index: number): boolean =>
    index < NAMED_FILES_MIN || region.lengthSectors * NAMED_SHARE >= sizeSectors;
  return regions.filter((region) => region.kind === "file")
    .sort((a, b) => b.lengthSectors - a.lengthSectors || a.startLba - b.startLba)
    .slice(0, NAMED_FILES)
    .filter(isWorthIt);
}

/**
 * A picture of a disc: its tracks as rings, from the inside to the outside, and how fast it was written.
 *
 * A spiral of constant pitch holds as many sectors as its area is large, so a sector's distance from the middle goes
 * with the root of its address. A second layer is drawn as if it went on outside the first.
 *
 * @module
 */
import { SECTOR_BYTES } from "../image/mod.ts";
import type { Medium } from "../burn/mod.ts";
import type { SpeedPoint } from "./speed_curve.ts";
import { cut, escaped, pictureHead, pictureStyle, type ShapeClass } from "./svg.ts";
import { bytesText } from "./words.ts";

/** What {@linkcode discMap} draws. */
export interface DiscMapOptions {
  /** The headline. */
  readonly title: string;
  readonly medium: Pick<
    Medium,
    | "description"
    | "mediaId"
    | "tracks"
    | "nextTrack"
    | "totalSectors"
    | "freeSectors"
    | "nwa"
    | "status"
    | "family"
  >;
  /** Bytes a second of what the medium's kind calls 1x; absent, speeds are drawn in MB/s alone. */
  readonly bytesPerSecondAt1x?: number;
  /** How fast it was written. */
  readonly writing?: readonly SpeedPoint[];
  /** How fast it was read again. */
  readonly verifying?: readonly SpeedPoint[];
}

/** Some sectors of the disc and what they are. */
export interface DiscArea {
  readonly kind: "data" | "audio" | "damaged" | "free" | "closed";
  readonly title: string;
  readonly startLba: number;
  readonly lengthSectors: number;
}

const CLASSES: readonly ShapeClass[] = [
  { name: "data", light: "#4c8fd6", dark: "#3f7fc4" },
  { name: "data2", light: "#85b7ea", dark: "#6ea6e2" },
  { name: "audio", light: "#8250df", dark: "#a371f7" },
  { name: "damaged", light: "#cf222e", dark: "#f85149" },
  { name: "free", light: "#e9edf2", dark: "#21262d" },
  { name: "closed", light: "#c4ccd4", dark: "#3a424b" },
  { name: "write", light: "#1a7f37", dark: "#3fb950" },
  { name: "read", light: "#e3a008", dark: "#d4a017" },
];

const WIDTH = 960;
const MARGIN = 24;
const DISC = { x: 236, y: 300, hole: 27, hub: 84, inner: 96, outer: 204 } as const; // a disc's own proportions
const LIST_X = 480;
const LIST_ROWS_MAX = 18;
const CHART = { x: 124, width: WIDTH - 124 - MARGIN, height: 180 } as const;

/** What one layer of these holds, where discs do not differ much. */
const LAYER_SECTORS: Partial<Record<Medium["family"], number>> = {
  cd: 359_849,
  dvdMinus: 2_298_496,
  dvdPlusR: 2_295_104,
  bdR: 12_219_392,
};

/** What lies on a disc, from its first sector to its last, without gaps. */
export function discAreas(medium: DiscMapOptions["medium"]): DiscArea[] {
  const areas: DiscArea[] = [];
  let endLba = 0;
  const push = (kind: DiscArea["kind"], title: string, startLba: number, lengthSectors: number): void => {
    const from = Math.max(startLba, endLba);
    const length = startLba + lengthSectors - from;
    if (length <= 0) return;
    if (from > endLba) {
      areas.push({ kind: "closed", title: "Between tracks", startLba: endLba, lengthSectors: from - endLba });
    }
    areas.push({ kind, title, startLba: from, lengthSectors: length });
    endLba = from + length;
  };
  const isRandom = medium.status === "overwritable";
  // A formatted disc has a track before anything is written to it.
  for (const track of medium.status === "blank" ? [] : medium.tracks) {
    const isAudio = (track.mode & 4) === 0;
    const kind = track.damaged ? "damaged" : isAudio ? "audio" : "data";
    const length = track.lastRecordedLba !== undefined
      ? track.lastRecordedLba + 1 - track.startLba
      : track.nwa !== undefined
      ? track.nwa - track.startLba
      : track.sizeSectors;
    push(
      kind,
      isRandom
        ? "Formatted, written anywhere"
        : `Session ${track.session}, track ${track.track}${isAudio ? ", audio" : ""}`,
      track.startLba,
      length,
    );
  }
  const isWritable = medium.nwa !== undefined;
  if (isWritable && !isRandom) push("free", "Free", medium.nwa ?? 0, medium.freeSectors);
  if (medium.totalSectors > endLba) {
    push(
      isWritable || areas.length === 0 ? "free" : "closed",
      areas.length === 0 ? "Free" : isRandom ? "Not formatted yet" : "Not in a track",
      endLba,
      medium.totalSectors - endLba,
    );
  }
  // Drives do not tell how large a closed disc was, and a little data would be drawn as a full disc.
  const layer = medium.status === "finalized" ? LAYER_SECTORS[medium.family] : undefined;
  if (layer !== undefined) {
    push("closed", "Lost by closing, about", endLba, Math.ceil(endLba / layer) * layer - endLba);
  }
  return areas;
}

/** Draws a disc as SVG that reads on light and on dark ground. */
export function discMap(options: DiscMapOptions): string {
  const { medium, title } = options;
  const areas = discAreas(medium);
  const curves = [
    { name: "write", title: "Writing", points: options.writing ?? [] },
    { name: "read", title: "Reading it again", points: options.verifying ?? [] },
  ].filter(({ points }) => points.length > 0);
  const chartY = DISC.y + DISC.outer + 56;
  const height = curves.length === 0 ? chartY - 24 : chartY + CHART.height + 64;
  const totalSectors = Math.max(1, areas.reduce((sum, { lengthSectors }) => sum + lengthSectors, 0));
  const subtitle = medium.description +
    (medium.mediaId === undefined ? "" : `; the medium says ${medium.mediaId}`);
  const parts = [
    pictureHead(WIDTH, height, title),
    pictureStyle(CLASSES),
    `<rect class="ground" width="${WIDTH}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="38">${escaped(cut(title, 90))}</text>`,
    `<text class="quiet" x="${MARGIN}" y="60">${escaped(cut(subtitle, 140))}</text>`,
    ...discParts(areas, totalSectors),
    ...listParts(areas),
    ...(curves.length === 0 ? [] : chartParts(curves, options, chartY)),
    "</svg>",
  ];
  return `${parts.join("\n")}\n`;
}

function discParts(areas: readonly DiscArea[], totalSectors: number): string[] {
  const radius = (lba: number): number => {
    const share = Math.min(1, lba / totalSectors);
    return Math.sqrt(DISC.inner ** 2 + (DISC.outer ** 2 - DISC.inner ** 2) * share);
  };
  const circle = (name: string, r: number): string =>
    `<circle class="${name}" cx="${DISC.x}" cy="${DISC.y}" r="${r.toFixed(2)}"/>`;
  // From the outside to the inside: each smaller circle leaves a ring of the one before it.
  const classes = classesOf(areas);
  const rings = areas.map((area, index) => ({
    name: classes[index]!,
    r: radius(area.startLba + area.lengthSectors),
  })).reverse();
  return [
    circle("closed", DISC.outer + 4),
    ...rings.map(({ name, r }) => circle(name, r)),
    circle("closed", DISC.inner),
    circle("ground", DISC.hub - 3),
    circle("free", DISC.hub - 4),
    circle("ground", DISC.hole),
  ];
}

/** The class of each area: neighbouring data tracks have different shades. */
function classesOf(areas: readonly DiscArea[]): string[] {
  let dataTracks = 0;
  return areas.map(({ kind }) => kind === "data" && dataTracks++ % 2 === 1 ? "data2" : kind);
}

function listParts(areas: readonly DiscArea[]): string[] {
  const shown = areas.slice(0, LIST_ROWS_MAX);
  const classes = classesOf(areas);
  const parts = shown.flatMap((area, index) => {
    const y = 112 + index * 20;
    const place = `${bytesText(area.lengthSectors * SECTOR_BYTES)} from sector ${area.startLba}`;
    return [
      `<rect class="${classes[index]}" x="${LIST_X}" y="${y - 10}" width="12" height="12"/>`,
      `<text x="${LIST_X + 22}" y="${y}">${escaped(area.title)}</text>`,
      `<text class="quiet number" x="${WIDTH - MARGIN}" y="${y}">${place}</text>`,
    ];
  });
  if (areas.length > shown.length) {
    const y = 112 + shown.length * 20;
    parts.push(
      `<text class="quiet" x="${LIST_X + 22}" y="${y}">and ${areas.length - shown.length} more</text>`,
    );
  }
  return parts;
}

interface Curve {
  readonly name: string;
  readonly title: string;
  readonly points: readonly SpeedPoint[];
}

function chartParts(
  curves: readonly Curve[],
  { bytesPerSecondAt1x }: DiscMapOptions,
  top: number,
): string[] {
  const bottom = top + CHART.height;
  const fastest = Math.max(...curves.flatMap(({ points }) => points.map((point) => point.bytesPerSecond)));
  const unit = bytesPerSecondAt1x ?? 1e6;
  const step = niceStep(fastest / unit / 4);
  const ceiling = Math.ceil(fastest / unit / step) * step;
  const [fromLba, toLba] = stretchOf(curves);
  const x = (lba: number): number => CHART.x + (lba - fromLba) / (toLba - fromLba) * CHART.width;
  const y = (bytesPerSecond: number): number => bottom - bytesPerSecond / unit / ceiling * CHART.height;
  const parts = [
    `<text class="title" x="${MARGIN}" y="${top - 18}">Speed from the inside to the outside</text>`,
  ];
  for (let value = 0; value <= ceiling + step / 2; value += step) {
    const at = y(value * unit).toFixed(1);
    const label = bytesPerSecondAt1x === undefined
      ? `${number(value)} MB/s`
      : `${number(value)}x  ${number(value * unit / 1e6)} MB/s`;
    parts.push(`<line class="grid" x1="${CHART.x}" x2="${CHART.x + CHART.width}" y1="${at}" y2="${at}"/>`);
    parts.push(`<text class="quiet number" x="${CHART.x - 6}" y="${Number(at) + 4}">${label}</text>`);
  }
  for (let quarter = 0; quarter <= 4; quarter++) {
    const lba = Math.round(fromLba + (toLba - fromLba) * quarter / 4);
    const anchor = quarter === 4 ? ' text-anchor="end"' : quarter === 0 ? "" : ' text-anchor="middle"';
    parts.push(
      `<text class="quiet" x="${x(lba).toFixed(1)}" y="${bottom + 18}"${anchor}>${
        bytesText(lba * SECTOR_BYTES)
      }</text>`,
    );
  }
  for (const [index, { name, title, points }] of curves.entries()) {
    const line = points.map(({ lba, bytesPerSecond }) =>
      `${x(lba).toFixed(1)},${y(bytesPerSecond).toFixed(1)}`
    );
    // Points stand for stretches of the same length: their mean is the harmonic one.
    const mean = points.length / points.reduce((sum, point) => sum + 1 / point.bytesPerSecond, 0);
    const words = `${title}, ${number(mean / 1e6)} MB/s on average` +
      (bytesPerSecondAt1x === undefined ? "" : ` (${number(mean / bytesPerSecondAt1x)}x)`);
    const colour = CLASSES.find((one) => one.name === name)!.light;
    const left = CHART.x + index * 360;
    // One point is no line: it is drawn as a dot.
    parts.push(
      points.length === 1
        ? `<circle class="${name}" cx="${line[0]!.split(",")[0]}" cy="${line[0]!.split(",")[1]}" r="3"/>`
        : `<polyline points="${line.join(" ")}" style="fill:none;stroke:${colour};stroke-width:2"/>`,
      `<rect class="${name}" x="${left}" y="${bottom + 32}" width="12" height="12"/>`,
      `<text x="${left + 20}" y="${bottom + 42}">${words}</text>`,
    );
  }
  return parts;
}

/** What was written, however small a part of the disc it is: each point is the middle of its part of it. */
function stretchOf(curves: readonly Curve[]): [fromLba: number, toLba: number] {
  const ends = curves.map(({ points }) => {
    const [first, second] = points;
    const [last, beforeLast] = points.toReversed();
    const half = (one?: SpeedPoint, other?: SpeedPoint): number =>
      one === undefined || other === undefined ? 1 : Math.abs(one.lba - other.lba) / 2;
    return [first!.lba - half(first, second), last!.lba + half(last, beforeLast)] as const;
  });
  return [Math.max(0, Math.min(...ends.map(([from]) => from))), Math.max(...ends.map(([, to]) => to))];
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-6)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

function number(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

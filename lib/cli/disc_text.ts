/** A disc in words: what it is, how fast it is written, what is on it. @module */
import { describeMedium, type Medium, timesText } from "../burn/mod.ts";
import { discAreas } from "../jobs/disc_map.ts";
import { bytesText } from "../jobs/words.ts";

const SECTOR_BYTES = 2048;

/** Lines on a disc: its state, its maker's code and speeds where they are known, and its tracks. */
export function discText(medium: Medium): string {
  const speeds = speedsText(medium);
  const lines = [
    describeMedium(medium),
    ...(medium.mediaId === undefined ? [] : [`The medium says: ${medium.mediaId}`]),
    ...(speeds === "" ? [] : [`Written at: ${speeds}`]),
    // A disc that is written anywhere has one, all of it.
    ...(medium.status === "overwritable" ? [] : discAreas(medium)).filter(({ kind }) =>
      kind !== "free" && kind !== "closed"
    ).map((area) => {
      const damaged = area.kind === "damaged" ? ", damaged" : "";
      return `${area.title}: ${
        bytesText(area.lengthSectors * SECTOR_BYTES)
      } from sector ${area.startLba}${damaged}`;
    }),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** The speeds of a disc that can be written, highest first: "16x, 8x, 4x". */
function speedsText(medium: Medium): string {
  if (medium.nwa === undefined) return "";
  return [...new Set(medium.speeds.map(({ sectorsPerSecond }) => timesText(sectorsPerSecond, medium)))].join(
    ", ",
  );
}

/** The state of a virtual disc as text, which lies beside the file of its sectors. @module */
import {
  DISC_TRANSITIONS,
  type DiscPhase,
  type DiscState,
  type FormatPhase,
  type SpareAreas,
  TRACK_TRANSITIONS,
  type TrackPhase,
} from "./disc.ts";
import { MEDIA } from "./media.ts";

const VERSION = 1;

/** A state that a newer program wrote. */
export class NewerDiscError extends SyntaxError {
  /** Takes the version that was found. */
  constructor(version: number) {
    super(`State of a virtual disc: it has version ${version}, known are those up to ${VERSION}`);
  }
}

/** The state as text for a {@linkcode DiscStore}. */
export function serialize(disc: DiscState): string {
  const { kind, format, onlyAtOnce, spares, ...rest } = disc;
  return JSON.stringify({
    format: "burnscript virtual disc",
    version: VERSION,
    medium: kind.name,
    ...rest,
    ...(format === undefined ? {} : { formatted: format }),
    ...(onlyAtOnce ? { onlyAtOnce } : {}),
    ...(spares === undefined ? {} : { spares }),
  }) + "\n";
}

/** Reads {@linkcode serialize}'s text; throws a SyntaxError that says what is wrong with it. */
export function deserialize(text: string): DiscState {
  const state = JSON.parse(text) as Record<string, unknown>;
  const wrong = (what: string): never => {
    throw new SyntaxError(`State of a virtual disc: ${what}`);
  };
  if (typeof state !== "object" || state === null || state.format !== "burnscript virtual disc") {
    return wrong("not such a file");
  }
  if (typeof state.version === "number" && state.version > VERSION) throw new NewerDiscError(state.version);
  if (state.version !== VERSION) wrong(`expected version ${VERSION}, found ${state.version}`);
  const kind = MEDIA.get(String(state.medium)) ?? wrong(`unknown medium "${state.medium}"`);
  const phase = state.phase as DiscPhase;
  if (!Object.hasOwn(DISC_TRANSITIONS, String(phase))) wrong(`unknown phase "${phase}"`);
  const tracks = Array.isArray(state.tracks) ? state.tracks : wrong("no tracks");
  const format = state.formatted as FormatPhase | undefined;
  if (format !== undefined && !FORMAT_PHASES.has(format)) wrong(`unknown format "${format}"`);
  return {
    kind,
    phase,
    format,
    onlyAtOnce: state.onlyAtOnce === true,
    layerBreakLba: isCount(state.layerBreakLba) ? state.layerBreakLba : undefined,
    spares: sparesOf(state.spares),
    closedSessions: isCount(state.closedSessions) ? state.closedSessions : wrong("no session count"),
    tracks: tracks.map((track: Record<string, unknown>, index) => {
      if (!isCount(track?.number) || !isCount(track.session)) return wrong("a track without number");
      if (track.number !== index + 1) wrong(`track ${track.number} where track ${index + 1} is expected`);
      if (!isCount(track.startLba) || !isPlace(track.nextLba)) return wrong("a track without place");
      if (!Object.hasOwn(TRACK_TRANSITIONS, String(track.phase))) return wrong("a track without phase");
      return {
        number: track.number,
        session: track.session,
        startLba: track.startLba,
        phase: track.phase as TrackPhase,
        nextLba: track.nextLba,
        endLba: isCount(track.endLba) ? track.endLba : undefined,
      };
    }),
  };
}

const FORMAT_PHASES: ReadonlySet<unknown> = new Set<FormatPhase>([
  "unformatted",
  "running",
  "stopped",
  "growing",
  "formatted",
]);

function sparesOf(value: unknown): SpareAreas | undefined {
  const found = value as { capacitySectors?: unknown; isOverwritable?: unknown } | null | undefined;
  if (!isCount(found?.capacitySectors)) return undefined;
  return { capacitySectors: found.capacitySectors, isOverwritable: found.isOverwritable === true };
}

/** A sector's address, those of the first pregap among them. */
function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= -150;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

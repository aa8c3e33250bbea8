/** Every medium that is burned, and what a burn makes of it: what the generated tests run over. @module */
import { formatList } from "../../lib/mmc/capacity.ts";
import { blank, formatUnit } from "../../lib/mmc/cdb.ts";
import type { BurnOptions, DiscStatus } from "../../lib/burn/mod.ts";
import { type Rig, rig } from "./_rig.ts";

export interface MediumRow {
  /** What tests call it. */
  readonly name: string;
  /** As `--virtual` takes it. */
  readonly medium: string;
  /** After a burn that leaves it appendable, where the medium can be appended to. */
  readonly appendable: DiscStatus;
  /** After a burn that closes it. */
  readonly finalized: DiscStatus;
  /** What a burn that was killed can leave, from its first command to its last. */
  readonly killed: readonly DiscStatus[];
  /** What a burn that was cancelled can leave. */
  readonly cancelled: readonly DiscStatus[];
  /** What a burn of this row is told beside its size and what follows. */
  readonly options?: Partial<BurnOptions>;
  /** Whether a burn of it that was cut off cannot be closed. */
  readonly isAllOrNothing?: boolean;
  /** Makes of the disc as it is bought what is burned. */
  readonly prepare?: (bench: Rig) => void;
}

const SEQUENTIAL = {
  appendable: "appendable",
  finalized: "finalized",
  killed: ["blank", "open", "finalized"],
  cancelled: ["appendable", "blank", "finalized"],
} as const;

const RANDOM = {
  appendable: "overwritable",
  finalized: "overwritable",
  killed: ["blank", "overwritable"],
  cancelled: ["blank", "overwritable"],
} as const;

const AT_ONCE = {
  options: { atOnce: true },
  isAllOrNothing: true,
  cancelled: ["blank", "finalized", "open"],
} as const;

export const MEDIA_ROWS: readonly MediumRow[] = [
  { name: "cd-r", medium: "cd-r", ...SEQUENTIAL },
  { name: "cd-rw", medium: "cd-rw", ...SEQUENTIAL },
  { name: "cd-r at once", medium: "cd-r", ...SEQUENTIAL, ...AT_ONCE },
  { name: "dvd-rw", medium: "dvd-rw", ...SEQUENTIAL },
  {
    name: "dvd-rw in restricted overwrite",
    medium: "dvd-rw",
    ...RANDOM,
    prepare: (bench) => send(bench, { cdb: formatUnit(), dataOut: QUICK_FORMAT }),
  },
  {
    name: "dvd-rw blanked minimally",
    medium: "dvd-rw",
    ...SEQUENTIAL,
    appendable: "finalized",
    cancelled: ["blank", "finalized", "open"],
    prepare: (bench) => send(bench, { cdb: blank("minimal") }),
  },
  { name: "dvd-r", medium: "dvd-r", ...SEQUENTIAL },
  {
    name: "dvd-r at once",
    medium: "dvd-r",
    ...SEQUENTIAL,
    appendable: "finalized",
    cancelled: ["blank", "finalized", "open"],
    prepare: ({ drive }) => void (drive.disc!.onlyAtOnce = true),
  },
  { name: "dvd-rw at once by choice", medium: "dvd-rw", ...SEQUENTIAL, ...AT_ONCE, appendable: "finalized" },
  { name: "dvd+r", medium: "dvd+r", ...SEQUENTIAL },
  { name: "dvd+r-dl", medium: "dvd+r-dl", ...SEQUENTIAL, cancelled: ["blank", "finalized", "open"] },
  {
    name: "dvd-r-dl",
    medium: "dvd-r-dl",
    ...SEQUENTIAL,
    appendable: "finalized",
    cancelled: ["blank", "finalized"],
  },
  { name: "bd-r", medium: "bd-r", ...SEQUENTIAL },
  { name: "bd-r with spare areas", medium: "bd-r", ...SEQUENTIAL, options: { spares: true } },
  { name: "bd-re", medium: "bd-re", ...RANDOM },
  { name: "dvd-ram", medium: "dvd-ram", ...RANDOM },
  { name: "dvd+rw", medium: "dvd+rw", ...RANDOM },
];

const QUICK_FORMAT = formatList("quick", { sectors: 0, parameter: 16 });

/** Sends a command until the unit attentions before it have passed and the disc is loaded. */
function send({ drive, clock }: Rig, command: { cdb: Uint8Array; dataOut?: Uint8Array }): void {
  for (let tries = 0; tries < 5; tries++) {
    if (drive.execute({ kind: "command", timeoutMs: 1000, ...command }).status === 0) return;
    clock.nowMs += 2000;
  }
  throw new Error("The drive refuses to prepare its disc");
}

/** A drive with the disc of this row in it. */
export function rigOf({ medium, prepare }: MediumRow, options: Parameters<typeof rig>[1] = {}): Rig {
  const bench = rig(medium, options);
  if (options.store === undefined) prepare?.(bench);
  return bench;
}

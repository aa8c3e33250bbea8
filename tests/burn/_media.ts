/** Every medium that is burned, and what a burn makes of it: what the generated tests run over. @module */
import type { DiscStatus } from "../../lib/burn/mod.ts";

export interface MediumRow {
  /** As `--virtual` takes it. */
  readonly medium: string;
  /** After a burn that leaves it appendable, where the medium can be appended to. */
  readonly appendable: DiscStatus;
  /** After a burn that closes it. */
  readonly finalized: DiscStatus;
  /** What a burn that was killed can leave, from its first command to its last. */
  readonly killed: readonly DiscStatus[];
}

const SEQUENTIAL = {
  appendable: "appendable",
  finalized: "finalized",
  killed: ["blank", "open", "finalized"],
} as const;

const RANDOM = {
  appendable: "overwritable",
  finalized: "overwritable",
  killed: ["blank", "overwritable"],
} as const;

export const MEDIA_ROWS: readonly MediumRow[] = [
  { medium: "cd-r", ...SEQUENTIAL },
  { medium: "dvd+r", ...SEQUENTIAL },
  { medium: "dvd+rw", ...RANDOM },
];

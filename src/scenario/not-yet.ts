interface Planned {
  /** The last named key above it: `timeline` for a key of a step, `top` for a section. */
  readonly under: readonly string[];
  readonly instead: string;
}

/** Keys of design.md section 6 that this version refuses loudly, and what to do without them. */
export const NOT_SIMULATED_YET: ReadonlyMap<string, Planned> = new Map([]);

/** Verbs of design.md 6.5 that this version does not perform. */
export const VERBS_NOT_YET: readonly string[] = [];

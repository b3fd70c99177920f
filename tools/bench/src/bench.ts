/** What a benchmark is asked to do. */
export interface BenchOptions {
  /** At most three minutes. */
  readonly quick: boolean;
  readonly seed: number;
  readonly redisUrl: string;
  /** Progress for people; the result goes elsewhere. */
  readonly say: (line: string) => void;
}

/** One benchmark's answer: what was measured, what was promised, and whether it holds. */
export interface BenchResult {
  readonly name: string;
  readonly ok: boolean;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly targets: readonly Target[];
  readonly seed: number;
  readonly versions: Readonly<Record<string, string>>;
}

export interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly got: number;
  readonly ok: boolean;
}

export function atLeast(what: string, got: number, least: number): Target {
  return { what, wanted: `>= ${least}`, got: round(got), ok: got >= least };
}

export function atMost(what: string, got: number, most: number): Target {
  return { what, wanted: `<= ${most}`, got: round(got), ok: got <= most };
}

export function round(value: number, digits = 4): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

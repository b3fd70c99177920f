import { round } from './bench';
import { median } from './stats';

/** A figure over the rounds. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function spread(values: readonly number[], digits = 2): Spread {
  const bare = (value: number): number => round(value, digits);
  return { median: bare(median(values)), min: bare(Math.min(...values)), max: bare(Math.max(...values)) };
}

/**
 * Ours against theirs: the median of the ratios within each round. Neighbours in time share the machine's mood, so this moves less than the
 * ratio of two medians. Rounds that one side is missing in are left out; NaN when none is left.
 */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.flatMap((value, turn) => (theirs[turn] === undefined ? [] : [value / theirs[turn]])));
}

/** Rows of several contenders, round by round. */
export class Rounds<Row> {
  private readonly rows = new Map<string, Row[]>();

  add(contender: string, row: Row): void {
    this.rows.set(contender, [...(this.rows.get(contender) ?? []), row]);
  }

  get names(): string[] {
    return [...this.rows.keys()];
  }

  of(contender: string, value: (row: Row) => number): number[] {
    return (this.rows.get(contender) ?? []).map(value);
  }

  /** `{ contender: { figure: spread } }`; a figure that a contender does not have is left out. */
  table(columns: Readonly<Record<string, { value: (row: Row) => number; digits?: number }>>): Record<string, Record<string, Spread>> {
    return Object.fromEntries(
      [...this.rows.keys()].map((contender) => [
        contender,
        Object.fromEntries(
          Object.entries(columns)
            .map(([name, { value, digits }]) => [name, spread(this.of(contender, value), digits)] as const)
            .filter(([, { median: middle }]) => Number.isFinite(middle)),
        ),
      ]),
    );
  }
}

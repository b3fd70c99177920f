import { atLeast, type Target } from '../bench';
import { pairedRatio, type Rounds } from '../figures';

export interface SlowRow {
  /** Calls for keys of the five healthy partitions. */
  healthyPerSecond: number;
  slowPerSecond: number;
}

/** What is slow on partition 0. */
export const conditions = ['no fault', 'one slow key', 'every key slow'] as const;
export type Condition = (typeof conditions)[number];

export function nameOf(who: string, condition: Condition): string {
  return `${who}, ${condition}`;
}

/** Share of the fault-free rate that the healthy partitions keep. Pure. */
export function kept(rows: Rounds<SlowRow>, who: string, condition: Condition): number {
  const healthy = ({ healthyPerSecond }: SlowRow): number => healthyPerSecond;
  return pairedRatio(rows.of(nameOf(who, condition), healthy), rows.of(nameOf(who, 'no fault'), healthy));
}

export function slowTargets(rows: Rounds<SlowRow>): Target[] {
  return [
    atLeast('share of their rate that the other partitions keep: one key at 3 s a call', kept(rows, 'ours', 'one slow key'), 0.9),
    atLeast(
      'share of their rate that the other partitions keep: every key of the partition at 3 s a call',
      kept(rows, 'ours', 'every key slow'),
      0.9,
    ),
  ];
}

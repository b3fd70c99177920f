import { atMost, type Target } from '../bench';
import { median } from '../stats';
import type { Rounds } from '../figures';

export interface IdleRow {
  /** Of one core. */
  cpuPercent: number;
  rssMb: number;
}

/** What is promised of the connector's processes while nothing happens. Pure. */
export function idleTargets(rows: Rounds<IdleRow>, own: readonly string[]): Target[] {
  return own.map((name) => atMost(`CPU of an idle ${name}, percent of a core`, median(rows.of(name, ({ cpuPercent }) => cpuPercent)), 0.5));
}

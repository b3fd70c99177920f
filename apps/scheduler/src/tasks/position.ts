import { isRecord } from '@connector/platform';
import type { Line } from './line';

/** How far a line's firings were dealt with: the checkpoint `firing/{tenant}/{market}/{task}`. */
export interface Position {
  /** ms since the epoch. */
  until: number;
  /** The schedule this holds for, or `off`. Another one begins anew: nothing that came due before it was written fires. */
  schedule: string;
}

export function scheduleOf({ task, rest }: Line): string {
  return rest ? 'off' : `${task.schedule.expression} ${task.schedule.timeZone}`;
}

export function formatPosition(position: Position): string {
  return JSON.stringify(position);
}

/** Undefined when the text is no position. */
export function parsePosition(text: string | undefined): Position | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (!isRecord(value)) return undefined;
    const { until, schedule } = value;
    return typeof until === 'number' && typeof schedule === 'string' ? { until, schedule } : undefined;
  } catch {
    return undefined;
  }
}

import { parseKey, type ParkedNotice } from '@connector/contracts';
import type { Filter } from './arguments';

/** The parked notices a filter names, newest first. */
export function select(parked: readonly ParkedNotice[], filter: Filter): ParkedNotice[] {
  return parked.filter((notice) => matches(notice, filter)).sort((a, b) => b.parkedAt - a.parkedAt);
}

function matches(notice: ParkedNotice, { group, reason, tenant, market, key, since }: Filter): boolean {
  const parts = parseKey(notice.key);
  return (
    (group === undefined || notice.group === group) &&
    (reason === undefined || notice.reason.code === reason) &&
    (tenant === undefined || parts?.tenant === tenant) &&
    (market === undefined || parts?.market === market) &&
    (key === undefined || notice.key === key || parts?.id === key) &&
    (since === undefined || notice.parkedAt >= since)
  );
}

/** Counts by group and reason, the largest first. */
export function byReason(
  parked: readonly ParkedNotice[],
): { group: string; code: string; count: number; oldest: number; message: string }[] {
  const counted = new Map<string, { group: string; code: string; count: number; oldest: number; message: string }>();
  for (const { group, reason, parkedAt } of parked) {
    const name = `${group}|${reason.code}`;
    const row = counted.get(name) ?? { group, code: reason.code, count: 0, oldest: parkedAt, message: reason.message };
    counted.set(name, { ...row, count: row.count + 1, oldest: Math.min(row.oldest, parkedAt) });
  }
  return [...counted.values()].sort((a, b) => b.count - a.count);
}

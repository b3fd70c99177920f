import { isRecord } from '@connector/platform';
import type { Cursor } from './cursor';
import { seenFields } from './seen-order';
import { announceMissing, seenOrders, type Slice } from './slice';

/** Days that a sweep reads again. */
const days = 3;
const dayMs = 86_400_000;

interface Sweep {
  /** Times of sale, ms since the epoch. */
  from: number;
  to: number;
  /** Order id to go on from. */
  next: number;
}

/** Reads the last days by time of sale once more, in as many slices as it takes. True when it is through. */
export async function sweepLastDays(cursor: Cursor, slice: Slice): Promise<boolean> {
  const { connection, checkpoints, signal, now } = slice;
  const name = `${slice.name}/sweep`;
  const sweep = pending(checkpoints.get(name)?.position) ?? { from: now() - days * dayMs, to: now(), next: Math.max(cursor.floor, 1) };
  const options = { class: 'catalogue', signal } as const;
  const pages = connection.sitoo.orders.byDate(
    new Date(sweep.from),
    new Date(sweep.to),
    { fields: seenFields, fromId: sweep.next },
    options,
  );
  for await (const page of pages) {
    await announceMissing(seenOrders(page, cursor, slice), cursor, slice);
    const next = Math.max(...page.keys()) + 1;
    await checkpoints.save(name, { position: JSON.stringify({ ...sweep, next }), at: now() });
    if (!slice.hasTime()) return false;
  }
  await checkpoints.save(name, { position: 'done', at: now() });
  return true;
}

/** A sweep that was begun and not ended. */
function pending(position: string | undefined): Sweep | undefined {
  if (position === undefined || position === 'done') return undefined;
  try {
    const value: unknown = JSON.parse(position);
    if (!isRecord(value)) return undefined;
    const { from, to, next } = value;
    return typeof from === 'number' && typeof to === 'number' && typeof next === 'number' ? { from, to, next } : undefined;
  } catch {
    return undefined;
  }
}

import { isRecord } from '@connector/platform';
import type { Cursor } from './cursor';
import { seenFields } from './seen-order';
import { seenOrders, type Slice } from './slice';

/** Open orders change without an id that rises; an hour is Sitoo's own advice for reading them (events-spi section 10). */
const everyMs = 3_600_000;

/**
 * Announces every open order, and those that were open at the last look and no longer are: a change of state shows in no list. The orders
 * that are open now are the checkpoint.
 */
export async function lookAtOpenOrders(cursor: Cursor, slice: Slice): Promise<void> {
  const { connection, checkpoints, announcer, signal, now, scale, findings } = slice;
  const name = `${slice.name}/open`;
  const last = checkpoints.get(name);
  if (last && now() - last.at < everyMs * scale) return;
  const open = new Set<number>();
  for await (const page of connection.sitoo.orders.open({ fields: seenFields }, { class: 'catalogue', signal }))
    for (const { id } of seenOrders(page, cursor, slice)) open.add(id);
  const changed = [...new Set([...idsOf(last?.position), ...open])];
  await announcer.announce(changed, 'seen', now());
  findings.seen += changed.length;
  await checkpoints.save(name, { position: JSON.stringify({ open: [...open] }), at: now() });
}

function idsOf(position = '{}'): number[] {
  try {
    const value: unknown = JSON.parse(position);
    const open = isRecord(value) && Array.isArray(value['open']) ? value['open'] : [];
    return open.filter((id): id is number => Number.isSafeInteger(id) && id > 0);
  } catch {
    return [];
  }
}

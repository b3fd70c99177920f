import { afterWalk, firstCursor, formatCursor, parseCursor, startOf, type Cursor } from './cursor';
import { receiptGaps } from './receipt-gaps';
import { seenFields, type SeenOrder } from './seen-order';
import { announceMissing, seenOrders, type Slice } from './slice';

/** The market's cursor; for a market without one, where its work begins. */
export async function readCursor({ connection, checkpoints, name, signal }: Slice): Promise<Cursor> {
  const { startAtOrderId } = connection.config;
  const saved = parseCursor(checkpoints.get(name)?.position ?? '');
  if (saved) return { ...saved, floor: Math.max(saved.floor, startAtOrderId) };
  if (startAtOrderId > 0) return firstCursor(startAtOrderId);
  // Without a cut-over nobody has said that older orders are the connector's: it begins with the next one.
  const newest = await connection.sitoo.orders.newestId({ class: 'catalogue', signal });
  return firstCursor((newest ?? 0) + 1);
}

/** Walks from the overlap to the newest order. The cursor moves when the page's notices are on Kafka. */
export async function walkNewOrders(begin: Cursor, slice: Slice): Promise<{ cursor: Cursor; isComplete: boolean }> {
  const { connection, checkpoints, name, signal, now, scale } = slice;
  const walked: SeenOrder[] = [];
  let cursor = begin;
  for (let from: number | undefined = startOf(begin, now(), scale); from !== undefined;) {
    const page = await connection.sitoo.orders.fromId(from, { fields: seenFields }, { class: 'catalogue', signal });
    const orders = seenOrders(page.orders, begin, slice);
    await announceMissing(orders, begin, slice);
    walked.push(...orders);
    const highest = Math.max(from - 1, ...page.orders.keys());
    from = page.nextFromId;
    cursor = from === undefined ? afterWalk(begin, highest, now(), scale) : { ...begin, next: from };
    await checkpoints.save(name, { position: formatCursor(cursor), at: now() });
    if (!slice.hasTime()) break;
  }
  // A gap is told when the receipt behind it is new: read again in the overlap, it is not told again.
  slice.findings.gaps.push(...receiptGaps(walked).filter(({ orderId }) => orderId > begin.last));
  return { cursor, isComplete: cursor.next === undefined };
}

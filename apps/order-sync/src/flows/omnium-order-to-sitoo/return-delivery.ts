import { CallError, isRecord } from '@connector/platform';
import type { ExportConnection } from './connection';
import type { WriteContext } from './write';

type Orders = Pick<ExportConnection['sitoo']['orders'], 'byIds' | 'deliveries' | 'addDelivery'>;

/**
 * Delivers everything of an order that is there for returns only, without moving stock: a till takes back what was delivered
 * (orders-and-customers section 11, BORIS). The deliveries are read first, since adding one cannot be repeated. A delivery needs a warehouse,
 * so an order without one has none; its tag `delivery-ignore-stock` has to do.
 * @throws CallError
 */
export async function deliverForReturns(
  { orderId, warehouseId }: { orderId: number; warehouseId: number },
  orders: Orders,
  { signal, owned }: WriteContext,
): Promise<'delivered' | 'equal' | 'taken-over'> {
  const options = { class: 'sale', signal } as const;
  if ((await orders.deliveries(orderId, options)).length > 0) return 'equal';
  const document = (await orders.byIds([orderId], ['orderid', 'orderitems'], options)).get(orderId);
  const orderdeliveryitems = rowsOf(document);
  if (orderdeliveryitems.length === 0)
    throw new CallError('sitoo', 'orders.byIds', 'BAD_ANSWER', 'an order that was just made has no rows yet', { retryable: true });
  if (!owned()) return 'taken-over';
  await orders.addDelivery(orderId, { body: { warehouseid: warehouseId, orderdeliveryitems }, ignoreStock: true }, options);
  return 'delivered';
}

function rowsOf(document: unknown): { orderitemid: number; quantity: number }[] {
  const rows: unknown = isRecord(document) ? document['orderitems'] : undefined;
  return (Array.isArray(rows) ? rows : []).flatMap((row: unknown) => {
    const { orderitemid, quantity }: Record<string, unknown> = isRecord(row) ? row : {};
    return typeof orderitemid === 'number' && typeof quantity === 'number' ? [{ orderitemid, quantity }] : [];
  });
}

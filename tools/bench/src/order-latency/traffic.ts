import type { SitooOrder } from '@connector/contracts';
import { createRng, defaultReceiptStores, generateReceipt, type LabelledReceipt, type Rng } from '@connector/testing';

export type Kind = 'sale' | 'return' | 'open';

export interface Arrival {
  kind: Kind;
  receipt: LabelledReceipt;
}

/** Shares of all receipts; the others are closed sales. */
export const shares = { return: 0.08, open: 0.02 };
/** A return credits a sale at least so many receipts old, so that both are never one piece of work. */
const oldestFirst = 600;

/** Receipts in the order of their arrival; each return credits a sale of its own. The same seed gives the same receipts. */
export function generateTraffic({ seed, count, firstOrderId }: { seed: number; count: number; firstOrderId: number }): Arrival[] {
  const rng = createRng(seed);
  const sales: { at: number; order: SitooOrder }[] = [];
  const arrivals: Arrival[] = [];
  while (arrivals.length < count) {
    const at = arrivals.length;
    const options = { orderId: firstOrderId + at, receiptNumber: 10_001 + at, ...placeOf(rng) };
    const drawn = rng.next();
    const original = drawn < shares.return && (sales[0]?.at ?? at) <= at - oldestFirst ? sales.shift()?.order : undefined;
    const receipt = original
      ? generateReceipt(rng, { ...options, kind: 'return', original })
      : generateReceipt(rng, { ...options, kind: kindOf(rng, drawn) });
    const kind = receipt.expect === 'merged' ? 'return' : isOpen(receipt) ? 'open' : 'sale';
    if (kind === 'sale' && isReturnable(receipt)) sales.push({ at, order: receipt.order });
    arrivals.push({ kind, receipt });
  }
  return arrivals;
}

/** Undefined: a sale of any kind. What would be a return, and finds no sale that is old enough, is a sale too. */
function kindOf(rng: Rng, drawn: number): 'endless-aisle' | 'store-pickup' | undefined {
  const isOpen = drawn >= shares.return && drawn < shares.return + shares.open;
  return isOpen ? rng.pick(['endless-aisle', 'store-pickup'] as const) : undefined;
}

function placeOf(rng: Rng): { store: (typeof defaultReceiptStores)[number]; register: number } {
  return { store: rng.pick(defaultReceiptStores), register: rng.int(1, 2) };
}

function isOpen({ order }: LabelledReceipt): boolean {
  return order.orderstateid === 0;
}

/** Goods by the piece that cost something: what a return can name. */
function isReturnable({ order: { orderitems = [] } }: LabelledReceipt): boolean {
  return orderitems.some(
    ({ quantity, decimalunitquantity, sku, moneyitemtotal_net = '0' }) =>
      quantity > 0 && decimalunitquantity === null && sku !== '' && Number(moneyitemtotal_net) > 0,
  );
}

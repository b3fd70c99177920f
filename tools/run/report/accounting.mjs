/**
 * Where every receipt is. `receipts`: `{ order, sentAt }` as they were sent; `orders`: Omnium's documents; `outcomes` and `parked`: what
 * the connector says, by order id. A receipt is accounted for when its order, or its return form on the order of its sale, is in Omnium with
 * the same total, or it was parked or skipped with a reason.
 */
export function account({ receipts, orders, outcomes, parked }) {
  const byReceipt = new Map(orders.map((order) => [receiptOf(order), order]));
  const returns = new Map(orders.flatMap((order) => (order.returnOrderForms ?? []).map((form) => [receiptOf(form), form])));
  const skipped = new Map(outcomes.filter(({ outcome }) => outcome === 'skipped').map((record) => [idOf(record.key), record]));
  const last = new Map(outcomes.map((record) => [idOf(record.key), record]));
  const aside = new Map(parked.map((notice) => [idOf(notice.key), notice]));
  return receipts.map(({ order, sentAt }) => {
    const id = String(order.orderid);
    return {
      id,
      sentAt,
      ...placeOf(order, { order: byReceipt.get(id), form: returns.get(id), parked: aside.get(id), skipped: skipped.get(id), last: last.get(id) }),
    };
  });
}

function placeOf(receipt, { order, form, parked, skipped, last }) {
  if (order || form) {
    const total = (order?.orderForm?.total ?? order?.netTotal ?? 0) - (form?.total ?? 0);
    if (cents(receipt.moneytotal_gross_all) === cents(total)) return { state: order ? 'order' : 'merged' };
    return { state: 'wrong', reason: `${receipt.moneytotal_gross_all} in Sitoo, ${total} in Omnium` };
  }
  if (parked) return { state: 'parked', reason: parked.reason.code, message: parked.reason.message };
  if (skipped) return { state: 'skipped', reason: skipped.reason?.code ?? 'no reason', message: skipped.reason?.message };
  // Nothing final yet; why not, as far as the connector has said.
  return { state: 'open', reason: last && [last.outcome, last.reason?.code].filter(Boolean).join(' ') };
}

/** Only compared, never computed with: an amount in two decimals. */
function cents(amount) {
  return Math.round(Number(amount) * 100);
}

/** The Sitoo order id that an Omnium order, or a return form, carries. */
export function receiptOf(document) {
  return document.externalIds?.find(({ providerName }) => providerName === 'SitooOrderId')?.id;
}

/** The order id of a notice's key, `{tenant}/{market}/{id}`. */
export function idOf(key) {
  return key.split('/').at(-1);
}

/** Reasons with how often each was given, most frequent first: `[[code, message, count], …]`. */
export function reasons(places, state) {
  const counts = new Map();
  for (const place of places.filter((each) => each.state === state)) {
    const seen = counts.get(place.reason) ?? { message: place.message, count: 0 };
    counts.set(place.reason, { ...seen, count: seen.count + 1 });
  }
  return [...counts].map(([code, { message, count }]) => [code, message ?? '', count]).sort((a, b) => b[2] - a[2]);
}

/** The value below which `share` of the values lie (nearest rank); undefined without values. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** From the sending of a receipt to its finished work, ms, for every receipt with a finished order. */
export function durations(receipts, outcomes) {
  const doneAt = new Map();
  for (const { key, outcome, doneAt: at } of outcomes) {
    // The first finish counts: later ones are verifying notices.
    if (outcome === 'done' && !doneAt.has(idOf(key))) doneAt.set(idOf(key), at);
  }
  return receipts
    .filter(({ order }) => doneAt.has(String(order.orderid)))
    .map(({ order, sentAt }) => doneAt.get(String(order.orderid)) - sentAt);
}

import { reasons } from './accounting.mjs';
import { countsOf, sitooCalls, timing } from './day-figures.mjs';
import { pairs, table } from './table.mjs';
import { seconds } from './phases.mjs';
import { webOrderRows } from './web-orders.mjs';

/** What the day came to, in lines for the terminal. */
export function finalReport(seen, addresses) {
  return [
    '',
    ...table(['trading day', '', ''], rows(seen)),
    '',
    ...unexplained(seen),
    'Look further:',
    ...pairs(addresses).map((line) => `  ${line}`),
    '',
  ];
}

function rows({ places, webOrders, durations, firstOrderMs, sitoo, omnium, elapsedMs }) {
  const counts = countsOf(places);
  return [
    [
      'receipts sent',
      places.length,
      `in ${seconds(elapsedMs)}; ${sitoo.events.batches ?? ''} event batches`.replace(';  event batches', ''),
    ],
    ['orders in Omnium', counts.order, 'with the total of the receipt, to the cent'],
    ['returns on their sales', counts.merged, 'a return form each, to the cent'],
    ...exchangeRows(places),
    ['parked', counts.parked, ''],
    ...reasonRows(places, 'parked'),
    ['skipped', counts.skipped, ''],
    ...reasonRows(places, 'skipped'),
    ['with another total', counts.wrong, counts.wrong > 0 ? 'this must not be' : ''],
    ['not accounted for', counts.open, counts.open > 0 ? 'this must not be' : ''],
    ...webOrderRows(webOrders),
    ['event to order', '', timing(durations)],
    ['first order', '', Number.isFinite(firstOrderMs) ? `${seconds(firstOrderMs)} after the command was given` : 'none'],
    ['calls to Sitoo', sitooCalls(sitoo), perThousand(sitooCalls(sitoo), places.length, sitoo.limitHits)],
    ['Omnium reads', omnium.calls.readTotal, perThousand(omnium.calls.readTotal, places.length, omnium.limitHitTotal)],
    ['Omnium writes', omnium.calls.writeTotal, `${omnium.batches.count} batches, the largest of ${omnium.batches.largest} orders`],
    ['violations', sitoo.violations + omnium.violations, 'of the documented interfaces, counted by the twins'],
  ];
}

/** An exchange is two receipts at the till: what comes back, and what is bought instead. */
function exchangeRows(places) {
  const purchases = places.filter(({ kind, state }) => kind === 'exchange-sale' && state === 'order').length;
  const refunds = places.filter(({ kind, state }) => kind === 'exchange-refund' && state === 'merged').length;
  return purchases + refunds === 0 ? [] : [['  of these exchanges', purchases, `purchases that name their refund; of those refunds ${refunds} on their sale`]];
}

function reasonRows(places, state) {
  return reasons(places, state).map(([code, message, count]) => [`  ${code}`, count, message]);
}

function perThousand(calls, receipts, tooMany) {
  return `${Math.round((calls * 1000) / Math.max(1, receipts))} per 1,000 receipts; ${tooMany} answered "too many"`;
}

/** Receipts that ended where the generator did not expect them, at most ten, by number, and web orders that are not over. */
function unexplained({ places, webOrders }) {
  const odd = places.filter(({ state, expected }) => state === 'wrong' || state === 'open' || (expected && state !== expected));
  const waiting = webOrders.filter(({ isOver }) => !isOver);
  const all = webOrders.length === 0 ? 'Every receipt is accounted for.' : 'Every receipt and every web order is accounted for.';
  if (odd.length === 0 && waiting.length === 0) return [all, ''];
  return [
    ...(odd.length > 0 ? [`${odd.length} of ${places.length} receipts did not end as expected:`] : []),
    ...odd
      .slice(0, 10)
      .map(({ id, state, expected, reason }) => `  receipt ${id}: expected ${expected}, is ${state}${reason ? ` (${reason})` : ''}`),
    ...waiting.map(({ id, ending, status }) => `  web order ${id}: should be ${ending}, is ${status ?? 'not in Omnium'}`),
    '',
  ];
}

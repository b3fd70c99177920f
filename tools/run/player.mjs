// Plays a seeded trading day at the Sitoo twin's tills and shows what arrives in Omnium. Runs on the project's own Node, after the build:
// one argument, JSON `{ sitooUrl, omniumUrl, brokers, account, seed, receipts, rate, webOrders, addresses }`. Exits 0 when every receipt and every
// web order is accounted for.
import { createRequire } from 'node:module';
import { pause } from './process/wait.mjs';
import { account, durations } from './report/accounting.mjs';
import { finalReport } from './report/final-report.mjs';
import { LiveView } from './report/live-view.mjs';
import { WebShop } from './web-shop.mjs';

const require = createRequire(import.meta.url);
const { defaultReceiptStores, generateTradingDay } = require('@connector/testing');
const { connectKafka, TopicReader } = require('@connector/event-bus');
const { noticeParked, outcomeRecorded } = require('@connector/contracts');

/** Nothing new for this long after the last receipt was sent: what is missing will not come. */
const quietMs = 60_000;
const options = JSON.parse(process.argv[2]);
const startedAt = Date.now();
const view = new LiveView();
const day = generateTradingDay({ seed: options.seed, count: options.receipts, firstOrderId: 20_001 });
const shop = new WebShop({
  count: options.webOrders,
  name: startedAt.toString(36),
  stores: defaultReceiptStores.map(({ externalId }) => externalId),
  sitoo: (method, path, body) => send(method, `${options.sitooUrl}/_twin/accounts/${options.account}${path}`, body),
  omnium: (method, path, body) => send(method, `${options.omniumUrl}/_twin${path}`, body),
});
const sent = [];
const outcomes = [];
const parked = new Map();

const readers = [await follow(outcomeRecorded.topic, keepOutcome), await follow(noticeParked.topic, keepParked)];
const [, seen] = await Promise.all([sell(), watch()]);
view.end();
process.stdout.write(`${finalReport(seen, options.addresses).join('\n')}\n`);
await Promise.all(readers.map((reader) => reader.stop()));
process.exitCode = isAccountedFor(seen) ? 0 : 1;

/** Sends the day's receipts to the twin, `rate` per second, four times a second. */
async function sell() {
  const perTick = Math.max(1, Math.round(options.rate / 4));
  for (let next = 0; next < day.length; next += perTick) {
    const batch = day.slice(next, next + perTick);
    const sentAt = Date.now();
    const url = `${options.sitooUrl}/_twin/accounts/${options.account}/orders`;
    await send(
      'POST',
      url,
      batch.map(({ order }) => order),
    );
    sent.push(...batch.map((receipt) => ({ ...receipt, sentAt })));
    await pause((perTick / options.rate) * 1000);
  }
}

/** Looks until every receipt and every web order is accounted for, or nothing has moved for a while. */
async function watch() {
  let movedAt = Date.now();
  let before = 0;
  for (;;) {
    const began = Date.now();
    const now = await look();
    view.show(now);
    const settled = now.places.filter(({ state }) => state !== 'open').length + now.webOrders.filter(({ isOver }) => isOver).length;
    if (now.sent < day.length || settled !== before) movedAt = Date.now();
    before = settled;
    if ((now.sent === day.length && settled === day.length + now.webOrders.length) || Date.now() - movedAt > quietMs) return now;
    // A look at a long day takes longer; never spend more than a tenth of the time on looking.
    await pause(Math.max(500, 9 * (Date.now() - began)));
  }
}

async function look() {
  const receipts = [...sent];
  const [orders, sitooOrders, sitoo, omnium] = await Promise.all([
    call(`${options.omniumUrl}/_twin/orders`),
    options.webOrders === 0 ? [] : call(`${options.sitooUrl}/_twin/orders/${options.account}?fields=orderid,externalid,orderstateid`),
    call(`${options.sitooUrl}/_twin/state`),
    call(`${options.omniumUrl}/_twin/state`),
  ]);
  await shop.placeUpTo(receipts.length / day.length);
  await shop.goOn({ sitooOrders, omniumOrders: orders });
  const places = account({ receipts, orders, outcomes, parked: [...parked.values()] }).map((place, index) => ({
    ...place,
    expected: receipts[index].expect,
    kind: receipts[index].kind,
  }));
  return {
    planned: day.length,
    sent: receipts.length,
    places,
    webOrders: shop.look(),
    durations: durations(receipts, outcomes),
    firstOrderMs: firstOrderAt() - options.commandStartedAt,
    sitoo,
    omnium,
    elapsedMs: Date.now() - startedAt,
  };
}

/** When the first order was in Omnium; NaN before that. */
function firstOrderAt() {
  return outcomes.find(({ outcome }) => outcome === 'done')?.doneAt ?? Number.NaN;
}

function isAccountedFor({ places, webOrders, sent, sitoo, omnium }) {
  const areReceiptsThere = sent === day.length && places.every(({ state, expected }) => state === expected);
  return areReceiptsThere && webOrders.every(({ isOver }) => isOver) && sitoo.violations + omnium.violations === 0;
}

async function follow(topic, keep) {
  const reader = new TopicReader(connectKafka({ brokers: options.brokers, clientId: 'player', report: () => {} }), topic, keep);
  await reader.start();
  return reader;
}

function keepOutcome({ value }) {
  const record = value && JSON.parse(value.toString('utf8'));
  if (record && record.doneAt >= startedAt) outcomes.push(record);
}

function keepParked({ key, value }) {
  if (value) parked.set(key, JSON.parse(value.toString('utf8')));
  else parked.delete(key);
}

function send(method, url, body) {
  return call(url, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
}

async function call(url, request) {
  const response = await fetch(url, request);
  if (response.ok) return response.json();
  throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
}

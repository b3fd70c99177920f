import type { SitooZReport } from '@connector/contracts';
import { decodeNotice } from '@connector/event-bus';
import { proveTradingDay } from '@connector/mapping';
import { UsageError } from '@connector/platform';
import { readCommand } from './arguments';
import { aDay, idOf, market, timeZone } from './day.fixture';
import { noticesFor } from './import-named';
import { readDay, type DaySource } from './read-day';

const given = ['--market', 'NOR', '--register', 'R1', '--date', '2026-11-24'];

test('a command is read', () => {
  expect(readCommand(given)).toEqual({
    tenant: undefined,
    market: 'NOR',
    register: 'R1',
    date: '2026-11-24',
    json: false,
    importNamed: false,
  });
  expect(readCommand([...given, '--tenant', 'DevShop', '--json', '--import'])).toMatchObject({
    tenant: 'DevShop',
    json: true,
    importNamed: true,
  });
});

test.each([
  [[]],
  [given.slice(2)],
  [given.slice(0, 4)],
  [[...given.slice(0, 5), '24.11.2026']],
  [[...given.slice(0, 5), '2026-02-30']],
  [[...given, '--colour']],
])('%j is refused with a sentence', (args) => {
  expect(() => readCommand(args)).toThrow(UsageError);
});

test('the receipts that Omnium lacks are announced on the bulk topic; those that Sitoo lacks cannot be', () => {
  const day = aDay({ seed: 5, count: 6, mix: { 'single-line': 1 } });
  const [lost, ...others] = day.receipts;
  day.orders.delete(idOf(others[1]!.orderid));
  const proof = proveTradingDay({ ...day, receipts: others });
  expect(proof.differences.map(({ kind }) => kind).sort()).toEqual(['missing-in-omnium', 'missing-in-sitoo']);
  const records = noticesFor(proof, { tenant: 'DevShop', market: 'NOR' }, 7_000);
  expect(records.map(({ topic, key }) => [topic, key])).toEqual([['sitoo.order.changed.bulk.v1', `DevShop/NOR/${others[1]!.orderid}`]]);
  const [record] = records;
  const decoded = decodeNotice({ key: Buffer.from(record!.key), value: record!.value, headers: record!.headers ?? {}, timestamp: 0 });
  expect(decoded).toMatchObject({ ok: true, notice: { meta: { source: 'replay' }, facts: [{ kind: 'person', at: 7_000 }] } });
  expect(lost).toBeDefined();
});

describe('reading a day', () => {
  const day = aDay({ seed: 6, count: 12, mix: { 'single-line': 8, return: 4 } });
  const opened = day.report.dateopened ?? 0;
  const reports: SitooZReport[] = [
    { ...day.report, dateadded: opened + 50_000 },
    { ...day.report, zreportid: 2, dateopened: opened + 86_400, datecreated: opened + 90_000, dateadded: opened + 90_000 },
    { ...day.report, registerid: '{OTHER}', dateadded: opened + 50_000 },
  ];
  const source: DaySource = {
    sitoo: {
      registers: { all: async () => [{ registerid: day.report.registerid, registerkey: 'SII01' }] },
      zReports: {
        addedBetween: async (from, to) =>
          reports.flatMap((report) => {
            const { dateadded = 0 } = report;
            return dateadded * 1000 >= from.getTime() && dateadded * 1000 <= to.getTime() ? [{ ...report, dateadded }] : [];
          }),
      },
      orders: {
        byDate: async function* () {
          yield new Map<number, unknown>(day.receipts.map((order) => [order.orderid, order]));
        },
      },
    },
    omnium: {
      orders: { byIds: async (ids) => new Map(ids.flatMap((id) => (day.orders.has(id) ? [[id, { ...day.orders.get(id), id }]] : []))) },
    },
  };
  const place = { register: 'SII01', date: '2026-03-02', timeZone, market, site: 1 };

  test('takes the report of that register and day, found by its key', async () => {
    const days = await readDay(place, source);
    expect(days.map(({ report }) => report.zreportid)).toEqual([1]);
    expect(days[0]?.proof.agrees).toBe(true);
  });

  test('a day without a report is no proof', async () => {
    expect(await readDay({ ...place, date: '2026-03-09' }, source)).toEqual([]);
  });

  test('a register that Sitoo does not know is told with those it knows', async () => {
    await expect(readDay({ ...place, register: 'SII99' }, source)).rejects.toThrow('there are: SII01');
  });
});

import { join } from 'node:path';
import type { OmniumOrder, SitooOrder } from '@connector/contracts';
import { mapSitooOrder, type OrderContext, orderId, reconcileOrder } from '@connector/mapping';
import fc from 'fast-check';
import { loadContract } from '../contract-gate/index';
import { receiptVatRates } from './catalogue';
import { generateReceipt, type LabelledReceipt } from './generate-receipt';
import { kinds, saleKinds } from './kinds';
import { decimal, total } from './money';
import { groupVat, omniumFigures } from './omnium-figures';
import { receiptArbitrary } from './receipt-arbitrary';
import { createRng } from './rng';
import { receiptContext } from './receipt-context';
import { generateTradingDay } from './trading-day';

/** A real connector's context for either currency. */
function contextOf(currency: 'NOK' | 'SEK'): OrderContext {
  const [id, countryCode] = currency === 'NOK' ? ['nor', 'NO'] : ['swe', 'SE'];
  return { ...receiptContext, market: { id, currency, countryCode, vatRates: receiptVatRates(currency) } };
}

function contextFor({ currencycode }: SitooOrder): OrderContext {
  return contextOf(currencycode === 'SEK' ? 'SEK' : 'NOK');
}

/** As the document arrives: through JSON. */
function bookedOrder(order: SitooOrder): { order: OmniumOrder; warnings: readonly unknown[] } {
  const mapping = mapSitooOrder(order, contextFor(order));
  if (!mapping.ok) throw new Error(`not booked: ${mapping.rejection?.code ?? mapping.skip?.code}`);
  return { order: JSON.parse(JSON.stringify(mapping.order)) as OmniumOrder, warnings: mapping.warnings };
}

/** The receipt's own figures, straight from its text. Fees are charged at 25 percent. */
function receiptFigures(order: SitooOrder): ReturnType<typeof omniumFigures> {
  const rows = (order.orderitems ?? []).map((row) => ({ rate: row.vatvalue ?? 0, vat: decimal(row.moneyitemtotal_vat ?? '0') }));
  const fees = [order.moneycheckout_vat, order.moneydelivery_vat].map((vat) => ({ rate: 25, vat: decimal(vat ?? '0') }));
  return {
    total: order.moneytotal_gross_all ?? '',
    taxTotal: order.moneyfinal_vat ?? '',
    roundoff: order.moneytotal_gross_roundoff ?? '',
    paid: total((order.payments ?? []).map((payment) => decimal(payment.moneyamount))).toFixed(2),
    vatByRate: groupVat([...rows, ...fees]),
  };
}

function fateOf({ order }: LabelledReceipt): string {
  const mapping = mapSitooOrder(order, contextFor(order));
  if (mapping.ok) return 'order';
  if (mapping.rejection?.code === 'REFUND_BELONGS_TO_SALE') return 'merged';
  return mapping.skip ? 'skipped' : 'parked';
}

describe('ten thousand receipts', () => {
  it('become orders of the same total, VAT per rate, round-off and payments, to the cent, by Omnium’s own formulas', () => {
    let checked = 0;
    const wrong: unknown[] = [];
    for (const kind of saleKinds()) {
      for (let seed = 1; seed <= 550; seed++) {
        const { order } = generateReceipt(createRng(seed), { kind, currency: seed % 2 === 0 ? 'NOK' : 'SEK', orderId: seed });
        const { order: booked, warnings } = bookedOrder(order);
        const [sent, receipt] = [omniumFigures(booked), receiptFigures(order)];
        if (JSON.stringify(sent) !== JSON.stringify(receipt) || warnings.length > 0) wrong.push({ kind, seed, sent, receipt, warnings });
        checked += 1;
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(checked).toBeGreaterThanOrEqual(10_000);
  }, 60_000);

  it('carry calculated figures that agree with the formulas', () => {
    fc.assert(
      fc.property(receiptArbitrary({ kinds: saleKinds() }), ({ order }) => {
        const { order: booked } = bookedOrder(order);
        const figures = omniumFigures(booked);
        const form = booked.orderForm ?? {};
        expect([form.total, booked.netTotal, form.taxTotal].map((value) => decimal(value ?? -1).toFixed(2))).toEqual([
          figures.total,
          figures.total,
          figures.taxTotal,
        ]);
        expect(form.shipments?.flatMap((shipment) => shipment.lineItems) ?? []).toEqual(form.lineItems);
      }),
      { numRuns: 300 },
    );
  });
});

describe('by the contracts of the platforms', () => {
  const contract = (name: string) => loadContract(join(__dirname, `../../../contracts/platforms/${name}.yaml`), { caseInsensitive: true });
  const day = generateTradingDay({ seed: 11, count: 300 });

  it('every receipt is an order as Sitoo answers it, and no other field', async () => {
    const sitoo = await contract('sitoo-orders');
    expect(day.flatMap(({ order }) => sitoo.problemsOf('OrderRead', order))).toEqual([]);
    const known = new Set(sitoo.fieldsOf('OrderRead'));
    expect(day.flatMap(({ order }) => Object.keys(order).filter((field) => !known.has(field)))).toEqual([]);
  });

  it('every order is one that Omnium takes, with no field it does not know', async () => {
    const omnium = await contract('omnium');
    const body = day.filter((receipt) => receipt.expect === 'order').map(({ order }) => bookedOrder(order).order);
    expect(body.length).toBeGreaterThan(250);
    expect(omnium.check({ method: 'POST', path: '/api/Orders/UpdateMany', query: { runWorkflow: 'false' }, body }).violations).toEqual([]);
  });
});

describe('a generated receipt', () => {
  it('has the fate on its label, whatever its kind', () => {
    fc.assert(
      fc.property(receiptArbitrary(), (receipt) => expect(fateOf(receipt)).toBe(receipt.expect)),
      { numRuns: 1_000 },
    );
  });

  it('needs no second write once it is booked', () => {
    fc.assert(
      fc.property(receiptArbitrary({ kinds: saleKinds() }), ({ order }) => {
        const wanted = bookedOrder(order).order;
        expect(reconcileOrder(wanted, wanted)).toEqual({ action: 'equal' });
        expect(wanted.id).toBe(orderId({ market: wanted.marketId ?? '', site: 1, sitooOrderId: order.orderid }));
      }),
      { numRuns: 300 },
    );
  });

  it('plants its token in every kind that names a buyer, and nowhere in a rejection', () => {
    const token = 'zebra17';
    for (const kind of ['known-customer', 'booking', 'endless-aisle'] as const) {
      const { order } = generateReceipt(createRng(3), { kind, plantedToken: token });
      expect([order.email, order.namelast, order.phone, order.invoice_address].every((text) => text?.includes(token))).toBe(true);
      const mapping = mapSitooOrder(order, contextOf('NOK'));
      if (!mapping.ok) expect(JSON.stringify(mapping)).not.toContain(token);
    }
  });
});

describe('a trading day', () => {
  const day = generateTradingDay({ seed: 42, count: 3_000, firstOrderId: 50_000 });

  it('is the same for the same seed and another for another', () => {
    const [one, again, other] = [42, 42, 43].map((seed) => JSON.stringify(generateTradingDay({ seed, count: 300 })));
    expect(one === again).toBe(true);
    expect(one === other).toBe(false);
  });

  it('numbers its orders without a gap and never gives a receipt number twice', () => {
    expect(day.map(({ order }) => order.orderid)).toEqual(Array.from({ length: 3_000 }, (_, index) => 50_000 + index));
    expect(new Set(day.map(({ order }) => order.additionaldata?.['pos-receiptid'])).size).toBe(3_000);
  });

  it('holds every kind, mostly sales, and each meets its fate', () => {
    expect([...new Set(day.map(({ kind }) => kind))].sort()).toEqual(kinds().sort());
    const sales = day.filter(({ kind, expect }) => expect === 'order' && saleKinds().includes(kind)).length;
    expect(sales / day.length).toBeGreaterThan(0.9);
    expect(sales / day.length).toBeLessThan(0.97);
    expect(day.filter((receipt) => fateOf(receipt) !== receipt.expect)).toEqual([]);
  });

  it('pairs the halves of an exchange: linked both ways, and the money between them cancels out', () => {
    const day = generateTradingDay({ seed: 7, count: 100, mix: { exchange: 1 } }).map(({ order }) => order);
    for (let index = 0; index < day.length; index += 2) {
      const [refund, sale] = day.slice(index, index + 2);
      expect(refund?.additionaldata?.['pos-refundsales-orderid']).toBe(String(sale?.orderid));
      expect(sale?.additionaldata?.['pos-refund-orderid']).toBe(String(refund?.orderid));
      expect(sale?.additionaldata?.['pos-refund-receiptid']).toBe(refund?.additionaldata?.['pos-receiptid']);
      const virtual = [refund, sale].map((order) => decimal(order?.payments?.[0]?.moneyamount ?? '0'));
      expect(total(virtual).eq(0)).toBe(true);
      for (const order of [refund, sale]) expect(order && receiptFigures(order).paid).toBe(order?.moneytotal_gross_all);
    }
  });

  it('happens in opening hours of the shops, summer time or not', () => {
    for (const [date, from] of [
      ['2026-03-28', '2026-03-28T09:00:00Z'],
      ['2026-03-29', '2026-03-29T08:00:00Z'],
    ] as const) {
      const times = generateTradingDay({ seed: 1, count: 200, date, mix: { 'single-line': 1 } }).map(({ order }) => order.orderdate ?? 0);
      expect(times[0]).toBe(Date.parse(from) / 1000);
      expect(Math.max(...times)).toBeLessThan(Date.parse(from) / 1000 + 36_000);
    }
  });
});

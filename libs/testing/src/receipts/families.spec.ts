import { join } from 'node:path';
import type { OmniumOrder, SitooOrder } from '@connector/contracts';
import {
  familyOf,
  type FamilyMapping,
  mapFamily,
  type OrderContext,
  reconcileOrder,
  type PlacedReturns,
  placedReturns,
} from '@connector/mapping';
import fc from 'fast-check';
import { loadContract } from '../contract-gate/index';
import { receiptVatRates } from './catalogue';
import { familyArbitrary, familyKinds, familyTotal, generateFamily, type ReceiptFamily } from './family';
import { decimal, type Decimal, total } from './money';
import { omniumFigures } from './omnium-figures';
import { decodedReceipt, receiptContext } from './receipt-context';
import { createRng } from './rng';

function contextOf({ root }: ReceiptFamily): OrderContext {
  const currency = root.currencycode === 'SEK' ? 'SEK' : 'NOK';
  const vatRates = receiptVatRates(currency);
  return { ...receiptContext, market: { id: 'nor', currency, countryCode: 'NO', vatRates, vatGroups: [...vatRates, 0] } };
}

function mappingOf(
  family: ReceiptFamily,
  refunds: readonly SitooOrder[] = family.refunds,
  placed?: PlacedReturns,
): Extract<FamilyMapping, { ok: true }> {
  const mapping = mapFamily({ ...familyOf(decodedReceipt(family.root)), refunds: refunds.map(decodedReceipt), placed }, contextOf(family));
  if (!mapping.ok) throw new Error(mapping.rejection?.code ?? mapping.skip?.code);
  return mapping;
}

/** As the document arrives: through JSON. */
function documentOf(family: ReceiptFamily, refunds?: readonly SitooOrder[], placed?: PlacedReturns): OmniumOrder {
  return JSON.parse(JSON.stringify(mappingOf(family, refunds, placed).order)) as OmniumOrder;
}

/** Lines of which the return forms take back more than was sold. */
function excessIn({ orderForm, returnOrderForms }: OmniumOrder): string[] {
  const back = (returnOrderForms ?? []).flatMap((form) => form.lineItems ?? []);
  return (orderForm?.lineItems ?? []).flatMap(({ lineItemId, quantity = 0 }) => {
    const units = total(back.filter((line) => line.lineItemId === lineItemId).map((line) => decimal(line.quantity ?? 0)));
    return units.gt(quantity) ? [lineItemId ?? ''] : [];
  });
}

/** Totals of the return forms by Omnium's formula, from `quantity`, `placedPrice`, `discounted` and `grossRoundoff` alone. */
function returnedTotal({ returnOrderForms }: OmniumOrder): Decimal {
  return total(
    (returnOrderForms ?? []).map((form) =>
      total(
        (form.lineItems ?? []).map(({ quantity, placedPrice, discounted }) =>
          decimal(quantity ?? 0)
            .times(placedPrice ?? 0)
            .minus(discounted ?? 0),
        ),
      ).plus(form.grossRoundoff ?? 0),
    ),
  );
}

/** Payments in less payments out; what the bank holds is neither. */
function paidTotal({ orderForm }: OmniumOrder): Decimal {
  const signed = { Sale: 1, Capture: 1, Credit: -1 } as const satisfies Record<string, number>;
  return total(
    (orderForm?.payments ?? []).map(({ amount = 0, transactionType }) =>
      decimal(amount).times(transactionType === 'Credit' ? signed.Credit : signed.Sale),
    ),
  );
}

const anyFamily = familyArbitrary();

describe('an order family', () => {
  it('is one document whose net total is what its receipts say, by Omnium’s own formulas, and so are its payments', () => {
    let returns = 0;
    for (let seed = 1; seed <= 3_000; seed++) {
      const family = generateFamily(createRng(seed), { kind: kindOf(seed), orderId: seed * 100, currency: seed % 2 === 0 ? 'NOK' : 'SEK' });
      const { refused } = mappingOf(family);
      const order = documentOf(family);
      const byFormula = decimal(omniumFigures(order).total).minus(returnedTotal(order));
      expect([seed, refused, decimal(order.netTotal ?? -1).toFixed(2), byFormula.toFixed(2), paidTotal(order).toFixed(2)]).toEqual([
        seed,
        [],
        familyTotal(family),
        familyTotal(family),
        familyTotal(family),
      ]);
      returns += family.refunds.length;
    }
    expect(returns).toBeGreaterThan(3_000);
  }, 60_000);

  it('maps the same whatever the order of its refunds, every time', () => {
    fc.assert(
      fc.property(anyFamily, fc.nat(), (family, seed) => {
        const rng = createRng(seed);
        const shuffled = [...family.refunds].map((refund) => ({ refund, at: rng.next() })).sort((left, right) => left.at - right.at);
        expect(
          documentOf(
            family,
            shuffled.map(({ refund }) => refund),
          ),
        ).toEqual(documentOf(family));
      }),
    );
  });

  it('never returns more than was sold, whatever it is asked', () => {
    fc.assert(
      fc.property(anyFamily, fc.integer({ min: 1, max: 4 }), (family, times) => {
        const again = Array.from({ length: times }, (_, round) =>
          family.refunds.map((refund) => ({ ...refund, orderid: refund.orderid + 1_000 * round })),
        );
        const { order, refused } = mappingOf(family, again.flat());
        for (const { quantity = 0, returnQuantity = 0 } of order.orderForm?.lineItems ?? [])
          expect(returnQuantity).toBeLessThanOrEqual(quantity);
        expect((order.returnOrderForms ?? []).length + refused.length).toBe(times * family.refunds.length);
        expect(refused.every(({ rejection }) => rejection.code === 'RETURN_EXCEEDS_SOLD')).toBe(true);
      }),
    );
  });

  it('needs no second write, and comes to the same document refund by refund', () => {
    fc.assert(
      fc.property(anyFamily, (family) => {
        const wanted = documentOf(family);
        const grown = family.refunds.reduce<OmniumOrder>(
          (existing, _, index) => {
            const decision = reconcileOrder(existing, documentOf(family, family.refunds.slice(0, index + 1)));
            return decision.action === 'equal' ? existing : decision.order;
          },
          documentOf(family, []),
        );
        expect(reconcileOrder(wanted, wanted)).toEqual({ action: 'equal' });
        expect(reconcileOrder(grown, wanted)).toEqual({ action: 'equal' });
        expect([grown.netTotal, grown.status, grown.returnOrderForms]).toEqual([wanted.netTotal, wanted.status, wanted.returnOrderForms]);
      }),
    );
  });

  it('comes to the same money and units in whatever order its refunds become known, and never asks for more than was sold', () => {
    let overtaken = 0;
    for (let seed = 1; seed <= 2_000; seed++) {
      const rng = createRng(seed);
      const family = generateFamily(rng, { kind: rng.pick(['several-lines', 'mixed-vat', 'campaign'] as const), orderId: seed * 100 });
      const arriving = [...family.refunds].map((refund) => ({ refund, at: rng.next() })).sort((left, right) => left.at - right.at);
      let [existing, known]: [OmniumOrder, SitooOrder[]] = [documentOf(family, []), []];
      for (const { refund } of arriving) {
        if (known.some(({ orderid }) => orderid > refund.orderid)) overtaken += 1;
        known = [...known, refund];
        const decision = reconcileOrder(existing, documentOf(family, known, placedReturns(existing)));
        existing = decision.action === 'equal' ? existing : decision.order;
      }
      const again = reconcileOrder(existing, documentOf(family, known, placedReturns(existing)));
      expect([seed, excessIn(existing), decimal(existing.netTotal ?? -1).toFixed(2), again.action]).toEqual([
        seed,
        [],
        familyTotal(family),
        'equal',
      ]);
    }
    expect(overtaken).toBeGreaterThan(500);
  }, 60_000);

  it('is a document that Omnium takes, with no field it does not know, and its refunds are orders as Sitoo answers them', async () => {
    const path = (name: string) => join(__dirname, `../../../contracts/platforms/${name}.yaml`);
    const [omnium, sitoo] = await Promise.all([
      loadContract(path('omnium'), { caseInsensitive: true }),
      loadContract(path('sitoo-orders'), { caseInsensitive: true }),
    ]);
    const families = Array.from({ length: 200 }, (_, seed) =>
      generateFamily(createRng(seed), { kind: kindOf(seed), orderId: 100 * seed + 1 }),
    );
    expect(families.flatMap(({ root, refunds }) => [root, ...refunds].flatMap((order) => sitoo.problemsOf('OrderRead', order)))).toEqual(
      [],
    );
    const body = families.map((family) => documentOf(family));
    expect(omnium.check({ method: 'POST', path: '/api/Orders/UpdateMany', query: { runWorkflow: 'false' }, body }).violations).toEqual([]);
  });
});

function kindOf(seed: number): (typeof familyKinds)[number] {
  return familyKinds[seed % familyKinds.length] ?? 'single-line';
}

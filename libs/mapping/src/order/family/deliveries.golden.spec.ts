import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SitooOrder } from '@connector/contracts';
import { readCase } from '../golden.fixture';
import { deliveryStates } from './deliveries';
import { aDelivery, anOrder } from './family.fixture';
import { noSignals } from './family';
import { mapFamily } from './map-family';

/** The deliveries that Sitoo publishes as its example (orderdeliveries-read): two of row 0 and one of row 1 of order 11511. */
const examples = join(__dirname, '../../../../contracts/platforms/examples-orders/orderdeliveries-read.json');
const [published] = (JSON.parse(readFileSync(examples, 'utf8')) as { items: Record<string, unknown>[] }).items;
const recorded = join(__dirname, 'fixtures/published-deliveries.out.json');

const { sitoo, context } = readCase('open-delivery-default');
const open = sitoo as SitooOrder;
const row = open.orderitems?.[0];
/** An open order that has these rows. */
const root = anOrder({
  ...open,
  orderid: 11511,
  moneyfinal_net: '240.00',
  moneyfinal_vat: '60.00',
  moneytotal_gross_all: '300.00',
  orderitems: [
    { ...row, orderitemid: 0, quantity: 2, decimalquantitytotal: '2.000', moneyitemtotal_net: '160.00', moneyitemtotal_vat: '40.00' },
    {
      ...row,
      orderitemid: 1,
      quantity: 1,
      decimalquantitytotal: '1.000',
      moneyitemtotal_net: '80.00',
      moneyitemtotal_vat: '20.00',
      sku: 'socks',
    },
  ],
  payments: [{ name: 'Card', moneyamount: '300.00' }],
});
/** What the order and its shipments say of deliveries in these states. */
function told(deliveries: readonly unknown[], states: readonly (string | undefined)[]): object {
  const decoded = deliveries.map(aDelivery);
  const known = decoded.flatMap(({ orderDeliveryId }, index) =>
    states[index] === undefined ? [] : [[orderDeliveryId, states[index]] as const],
  );
  const mapping = mapFamily({ root, refunds: [], deliveries: decoded, signals: { ...noSignals, deliveryStates: new Map(known) } }, context);
  if (!mapping.ok) return { rejection: mapping.rejection?.code };
  return {
    status: mapping.order.status,
    warnings: mapping.warnings.map(({ code }) => code),
    shipments: (mapping.order.orderForm?.shipments ?? []).map(
      ({ shipmentId, status, orderStatus, warehouseCode, shipmentTrackingNumber, lineItems }) => ({
        shipmentId,
        status,
        orderStatus,
        warehouseCode,
        shipmentTrackingNumber,
        delivered: (lineItems ?? []).map(
          ({ lineItemId, quantity, deliveredQuantity }) => `${lineItemId}: ${deliveredQuantity} of ${quantity}`,
        ),
      }),
    ),
  };
}

const part = { ...published, orderdeliveryref: 'TRACK-1', orderdeliveryitems: [{ orderitemid: 0, quantity: 1 }] };
const rest = {
  ...published,
  orderdeliveryid: 11,
  warehouseid: 2,
  orderdeliveryref: 'TRACK-2',
  orderdeliveryitems: [
    { orderitemid: 0, quantity: 1 },
    { orderitemid: 1, quantity: 1 },
  ],
};

test("Sitoo's published delivery, in every documented state and in parts, becomes the shipments that are recorded", () => {
  const cases: Record<string, object> = {
    'no delivery yet': told([], []),
    ...Object.fromEntries(Object.keys(deliveryStates).map((state) => [`published, ${state}`, told([published], [state])])),
    'published, no state told': told([published], [undefined]),
    'published, a state nobody knows': told([published], ['teleported']),
    'published, called off': told([{ ...published, datecancelled: 1463044659 }], [undefined]),
    'a part, in-transit': told([part], ['in-transit']),
    'a part delivered and the rest in-transit': told([part, rest], ['delivered', 'in-transit']),
    'both parts delivered': told([part, rest], ['delivered', 'delivered']),
    'a part delivered and the rest called off': told([part, { ...rest, datecancelled: 1463044659 }], ['delivered', undefined]),
  };
  const result: unknown = JSON.parse(JSON.stringify(cases));
  if (process.env['UPDATE_GOLDEN'] || !existsSync(recorded)) {
    if (process.env['CI']) throw new Error(`${recorded} is missing`);
    writeFileSync(recorded, `${JSON.stringify(result, null, 2)}\n`);
  }
  expect(result).toEqual(JSON.parse(readFileSync(recorded, 'utf8')));
});

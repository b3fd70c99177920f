import type { SitooOrder } from '@connector/contracts';
import type { TwinSeed } from '../seed';

/** A closed, paid sale with one row; named variations over it. */
export function anOrder(orderid: number, over: Partial<SitooOrder> = {}): SitooOrder {
  return {
    orderid,
    eshopid: 1,
    externalid: null,
    creditorderid: null,
    email: '',
    orderdate: 1_770_000_000 + orderid,
    orderstateid: 10,
    paymentstateid: 20,
    ordertypeid: 10,
    warehouseid: 2,
    currencycode: 'NOK',
    moneyfinal_net: '80.00',
    moneyfinal_vat: '20.00',
    additionaldata: { 'pos-receiptid': `SII00000015000011${orderid}` },
    orderitems: [{ orderitemid: 0, sku: '10038-2', quantity: 1, moneyitemtotal_net: '80.00', moneyitemtotal_vat: '20.00' }],
    payments: [{ name: 'Card', moneyamount: '100.00' }],
    ...over,
  };
}

/** Account 1500 with two sites, two keys, a store with its warehouse, and two users. */
export const SEED: TwinSeed = {
  accounts: [
    {
      id: 1500,
      sites: [1, 2],
      keys: [
        { id: '1500-1', password: 'first' },
        { id: '1500-2', password: 'second' },
      ],
      stores: [{ storeid: 3, eshopid: 1, storetype: 10, name: 'Oslo', externalid: 'OSLO' }],
      warehouses: [{ warehouseid: 2, name: 'Oslo', storeid: 3, usetype: 10, externalid: 'OSLO' }],
      users: [
        { userid: '{102DC4AA-2C19-3177-6AB2-435CB3A46499}', email: 'steve.smith@example.com', city: 'Townsville' },
        { userid: '{106BCAF2-7731-26CB-1FC6-7F0182FC31C7}', email: 'anna.wilson@example.com', city: 'Oslo' },
      ],
    },
    { id: 1600, keys: [{ id: '1600-1', password: 'other' }] },
  ],
};

export const basic = (id: string, password: string) => `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`;
export const KEY_ONE = basic('1500-1', 'first');
export const KEY_TWO = basic('1500-2', 'second');

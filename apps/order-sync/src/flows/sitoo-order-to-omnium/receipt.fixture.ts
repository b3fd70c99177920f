import type { SitooOrder } from '@connector/contracts';

/** A finished sale of one pair of jeans for 100.00, as Sitoo's list call answers it. */
export function aReceipt(orderid: number, overrides: Partial<SitooOrder> = {}): SitooOrder {
  return {
    orderid,
    eshopid: 1,
    externalid: null,
    creditorderid: null,
    ordertypeid: 10,
    orderstateid: 10,
    paymentstateid: 20,
    orderdate: 1_772_460_669,
    currencycode: 'NOK',
    registerid: '{3CCB9848-155A-49E1-7CA8-5F7F78FC3067}',
    warehouseid: 43,
    moneyfinal_net: '80.00',
    moneyfinal_vat: '20.00',
    moneytotal_gross_roundoff: '0.00',
    moneytotal_gross_all: '100.00',
    additionaldata: { 'store-externalid': 'oslo', 'pos-receiptid': `R-${orderid}` },
    orderitems: [
      {
        orderitemid: 0,
        orderitemtype: 10,
        productname: 'Blue Jeans 32',
        sku: 'blue-jeans-32',
        quantity: 1,
        vatvalue: 25,
        moneyitemtotal_net: '80.00',
        moneyitemtotal_vat: '20.00',
      },
    ],
    payments: [{ name: 'Card', moneyamount: '100.00' }],
    ...overrides,
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SitooOrder, SitooOrderItem } from '@connector/contracts';
import { decodeSitooOrder } from './decode-sitoo-order';
import { orderId } from './identifiers';
import type { OrderContext } from './order-context';
import { mapSitooOrder } from './to-omnium-order';

const context: OrderContext = {
  tenant: 'fashion',
  market: { id: 'nor', currency: 'NOK', countryCode: 'NO' },
  orderType: 'PosSitoo',
  completedStatus: 'Completed',
  storeByExternalId: (id) => (id === 'oslo-downtown' ? 'oslo-downtown' : undefined),
  shipmentOptions: [{ shippingMethodName: 'PickUpInStore', shipmentDeliveryType: 'PickUp' }],
};

/** Two T-shirts (598.00 less 50.00) and jeans (799.00), paid by card: 1347.00. */
function receipt(change: Record<string, unknown> = {}): SitooOrder {
  const { sitoo } = JSON.parse(readFileSync(join(__dirname, 'fixtures/line-discount.in.json'), 'utf8')) as { sitoo: SitooOrder };
  return { ...sitoo, ...change };
}

function withRow(index: number, change: Partial<SitooOrderItem>): SitooOrder {
  const order = receipt();
  return { ...order, orderitems: (order.orderitems ?? []).map((row, at) => (at === index ? { ...row, ...change } : row)) };
}

function codeOf(raw: unknown, change: Partial<OrderContext> = {}): string | undefined {
  const mapping = mapSitooOrder(raw, { ...context, ...change });
  return mapping.rejection?.code ?? mapping.skip?.code;
}

describe('a receipt that cannot be booked', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['an order type nobody knows', { ordertypeid: 77 }, 'NOT_YET_SUPPORTED_ORDER_TYPE'],
    ['an order state nobody knows', { orderstateid: 15 }, 'NOT_YET_SUPPORTED_ORDER_STATE'],
    [
      'a refund by itself, goods or not',
      { creditorderid: 11550, orderitems: [], moneytotal_gross_all: '-10.00' },
      'REFUND_BELONGS_TO_SALE',
    ],
    ['sales tax', { moneyfinal_salestax: '12.00' }, 'NOT_YET_SUPPORTED_SALES_TAX'],
    ['an order of another system', { externalid: 'WEB-1' }, 'ORDER_OF_ANOTHER_SYSTEM'],
    ['an order without register', { registerid: null }, 'ORDER_OF_ANOTHER_SYSTEM'],
    [
      'a fee of VAT alone',
      { moneycheckout_vat: '5.00', moneyfinal_vat: '274.40', moneytotal_gross_all: '1352.00' },
      'FEE_VAT_RATE_UNCLEAR',
    ],
  ])('is refused by name: %s', (_name, change, code) => {
    expect(codeOf(receipt(change))).toBe(code);
  });

  it.each<[string, number, Partial<SitooOrderItem>, string]>([
    ['a row without SKU', 1, { sku: '' }, 'LINE_WITHOUT_SKU'],
    ['two rows of one id', 1, { orderitemid: 0 }, 'LINE_DUPLICATED'],
    ['an amount for no quantity', 1, { quantity: 0 }, 'LINE_QUANTITY_ZERO'],
    ['no measured quantity', 1, { decimalunitquantity: '1.000', decimalquantitytotal: '0.000' }, 'LINE_QUANTITY_ZERO'],
    ['a product with a negative price', 1, { moneyitemtotal_net: '-639.20', moneyitemtotal_vat: '-159.80' }, 'LINE_AMOUNT_NEGATIVE'],
    [
      'a discount larger than its product',
      1,
      { sku: '', productid: null, orderitemtype: undefined, moneyitemtotal_net: '-639.20', moneyitemtotal_vat: '-159.80' },
      'DISCOUNT_ROW_TOO_LARGE',
    ],
    [
      'a discount before any product',
      0,
      { sku: '', productid: null, orderitemtype: undefined, moneyitemtotal_net: '-80.00', moneyitemtotal_vat: '-20.00' },
      'DISCOUNT_ROW_WITHOUT_PRODUCT',
    ],
    [
      'goods given back without SKU',
      1,
      { sku: '', productid: null, quantity: -1, moneyitemtotal_net: '-80.00', moneyitemtotal_vat: '-20.00' },
      'LINE_WITHOUT_SKU',
    ],
  ])('is refused by name: %s', (_name, index, change, code) => {
    expect(codeOf(withRow(index, change))).toBe(code);
  });

  it('is refused when a delivery fee has no line to travel with', () => {
    const fee = {
      moneydelivery_net: '80.00',
      moneydelivery_vat: '20.00',
      moneyfinal_net: '80.00',
      moneyfinal_vat: '20.00',
      moneytotal_gross_all: '100.00',
    };
    expect(codeOf(receipt({ ...fee, orderitems: [] }))).toBe('FEE_WITHOUT_LINES');
  });

  it('is refused when a row has a VAT rate that the market has no group for, and says which', () => {
    const mapping = mapSitooOrder(receipt(), { ...context, market: { ...context.market, vatGroups: [15, 12, 0] } });
    expect(mapping.rejection).toMatchObject({ code: 'VAT_RATE_WITHOUT_GROUP', path: 'orderitems[0].vatvalue' });
    expect(mapping.rejection?.message).toContain('25 % on market nor');
    expect(codeOf(receipt(), { market: { ...context.market, vatGroups: [25] } })).toBeUndefined();
  });

  it('is refused when the market has no tax and the receipt has', () => {
    expect(codeOf(receipt(), { market: { ...context.market, isTaxExcluded: true } })).toBe('NOT_YET_SUPPORTED_TAX_EXCLUDED_MARKET');
  });
});

describe('a completed sale', () => {
  it('may be in another currency that the market takes', () => {
    expect(codeOf(receipt({ currencycode: 'EUR' }), { market: { ...context.market, allowedCurrencies: ['EUR'] } })).toBeUndefined();
  });

  it('may come from a parked cart or a booking', () => {
    expect(codeOf(receipt({ additionaldata: { 'store-externalid': 'oslo-downtown', 'pos-sourceorderid': '20400' } }))).toBeUndefined();
  });

  it('leaves out a row without quantity and amount, and says so', () => {
    const mapping = mapSitooOrder(
      {
        ...withRow(1, { quantity: 0, moneyitemtotal_net: '0.00', moneyitemtotal_vat: '0.00' }),
        moneyfinal_net: '438.40',
        moneyfinal_vat: '109.60',
        moneytotal_gross_all: '548.00',
        payments: [],
      },
      context,
    );
    expect(mapping.ok && mapping.warnings.map(({ code }) => code)).toEqual(['LINE_EMPTY', 'PAYMENTS_DO_NOT_SUM']);
    expect(mapping.ok && mapping.order.orderForm?.lineItems?.map((line) => line.lineItemId)).toEqual(['0']);
  });

  it('says when its warehouse is not mapped', () => {
    const mapping = mapSitooOrder(receipt(), { ...context, stockLocationOfWarehouse: () => undefined });
    expect(mapping.ok && mapping.warnings.map(({ code }) => code)).toEqual(['STOCK_LOCATION_UNKNOWN']);
    expect(mapping.ok && mapping.order.orderForm?.shipments?.[0]?.warehouseCode).toBe('oslo-downtown');
  });

  it('gives the same order for the same receipt', () => {
    expect(mapSitooOrder(receipt(), context)).toEqual(mapSitooOrder(receipt(), context));
  });
});

describe('the id of an order', () => {
  it('is made of market, site and Sitoo order id', () => {
    expect(orderId({ market: 'nor', site: 1, sitooOrderId: 20451 })).toBe('sitoo-nor-1-20451');
  });

  it('holds no character that a URL would need to escape, and keeps different markets apart', () => {
    const ids = ['a b', 'a+b', 'a/b', 'a%b', 'ø'].map((market) => orderId({ market, site: 1, sitooOrderId: 1 }));
    expect(ids.every((id) => encodeURIComponent(id) === id)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('decoding', () => {
  const TOKEN = 'Tordenskjold';

  it('reports where and what was expected, never the value', () => {
    const broken = {
      ...receipt({ email: `${TOKEN}@example.com`, namefirst: TOKEN }),
      phone: { number: TOKEN },
      moneytotal_gross_all: `${TOKEN}.00`,
      currencycode: TOKEN,
      orderdate: TOKEN,
      orderitems: [
        { orderitemid: 0, productname: TOKEN, quantity: TOKEN, vatvalue: TOKEN, moneyitemtotal_net: '1,00', moneyitemtotal_vat: TOKEN },
      ],
      payments: [TOKEN],
    };
    const decoded = decodeSitooOrder(broken);
    expect(decoded).toEqual({
      ok: false,
      problems: expect.arrayContaining([
        { path: 'phone', message: 'must be text or null' },
        { path: 'moneytotal_gross_all', message: 'must be an amount as text with two decimals' },
        { path: 'orderitems[0].quantity', message: 'must be a whole number up to a million' },
        { path: 'payments[0]', message: 'must be an object' },
      ]) as unknown,
    });
    expect(JSON.stringify([decoded, mapSitooOrder(broken, context)])).not.toContain(TOKEN);
  });

  it.each([null, undefined, 'text', 7, [], {}])('refuses %p', (raw) => {
    expect(decodeSitooOrder(raw).ok).toBe(false);
  });

  it('names every required field that is missing', () => {
    const { orderid: _orderid, payments: _payments, ...rest } = receipt();
    const decoded = decodeSitooOrder(rest);
    expect(!decoded.ok && decoded.problems.map(({ path }) => path)).toEqual(['orderid', 'payments']);
  });

  it('lets fields through that it does not know', () => {
    expect(decodeSitooOrder({ ...receipt(), somethingnew: { deep: [1] } }).ok).toBe(true);
  });

  it('reads milliseconds as the mistake they are', () => {
    expect(decodeSitooOrder(receipt({ orderdate: 1_772_460_669_000 })).ok).toBe(false);
  });
});

import { codes, globalRecord, load, loadMarket, marketRecord, nor, omniumRecord, withProperties, type Property } from './testing/folder';

const settings = async (changes: Parameters<typeof withProperties>[0]) =>
  nor(await loadMarket({ properties: withProperties(changes) })).receipts;

const method = (key: string, value: string): Property => ({ key, value, keyGroup: 'PaymentMethods' });

describe('what becomes of receipts', () => {
  it("is an order for a booking, nothing for another system's order, and the till's own payment names, by default", async () => {
    expect(await settings({})).toEqual({
      bookings: 'order',
      foreignOrders: 'reject',
      paymentMethods: [],
      virtualPaymentMethod: undefined,
    });
  });

  it('is what the market says', async () => {
    const changes = { Bookings: ['Skip'], ForeignOrders: ['import'], VirtualPaymentMethod: [' Exchange '] };
    expect(await settings(changes)).toMatchObject({ bookings: 'skip', foreignOrders: 'import', virtualPaymentMethod: 'Exchange' });
  });

  it('maps payment types of the tills by the entries of the group, in any case of its name', async () => {
    const entries = [method('CARD', 'Card'), { ...method('Gift Card', ' GiftCard '), keyGroup: 'paymentmethods' }];
    expect(await settings({ PaymentMethods: entries })).toMatchObject({
      paymentMethods: [
        { paymentType: 'CARD', paymentMethod: 'Card' },
        { paymentType: 'Gift Card', paymentMethod: 'GiftCard' },
      ],
    });
  });

  it("joins the payment methods of both levels, and the market's wins by key", async () => {
    const ofTenant = [{ key: 'SitooOrderType', value: 'PosSitoo' }, method('CARD', 'Card'), method('CASH', 'Cash')];
    const properties = withProperties({ PaymentMethods: [method('card', 'Terminal')] });
    const configuration = await load({
      'tenants/DevShop/connectors.json': [globalRecord({ properties: ofTenant }), omniumRecord()],
      'tenants/DevShop/markets/NOR/connectors.json': [marketRecord({ properties })],
    });
    expect(configuration.problems).toEqual([]);
    expect(nor(configuration).receipts.paymentMethods).toEqual([
      { paymentType: 'card', paymentMethod: 'Terminal' },
      { paymentType: 'CASH', paymentMethod: 'Cash' },
    ]);
    expect(nor(configuration).effective).toContainEqual({ key: 'PaymentMethods.card', value: 'Terminal', origin: 'market' });
  });

  it.each([
    [{ Bookings: ['order it'] }, 'SETTING_NOT_A_CHOICE'],
    [{ ForeignOrders: ['true'] }, 'SETTING_NOT_A_CHOICE'],
    [{ PaymentMethods: [method('CARD', 'Card'), method('Card', 'Terminal')] }, 'PROPERTY_TWICE'],
    [{ PaymentMethods: [method('CARD', '${NOT_SET}')] }, 'VARIABLE_MISSING'],
  ])('is refused in words: %j', async (changes, code) => {
    const configuration = await loadMarket({ properties: withProperties(changes) });
    expect(codes(configuration, 'error')).toEqual([code]);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });
});

import { codes, loadMarket, nor, withProperties } from './testing/folder';

const settings = async (changes: Parameters<typeof withProperties>[0]) =>
  nor(await loadMarket({ properties: withProperties(changes) })).webOrders;

describe('what stores do with web orders', () => {
  it("is pick-up and ship from store for the order types of Omnium's Sitoo set-up, and nothing else, by default", async () => {
    expect(await settings({})).toEqual({
      flows: { 'Online-PickupInStore': 'pick-up', 'Online-Delivery': 'ship-from-store' },
      prepareReturnsInStore: false,
      cartAs: 'parked',
      cartReadPath: undefined,
    });
  });

  it.each([
    ['ExportPickUp', { 'Online-Delivery': 'ship-from-store' }],
    ['ExportShipFromStore', { 'Online-PickupInStore': 'pick-up' }],
  ])('leaves out what %s switches off', async (key, flows) => {
    expect(await settings({ [key]: [false] })).toMatchObject({ flows });
    expect(Object.keys((await settings({ [key]: [false] })).flows)).toHaveLength(1);
  });

  it('goes by order types of any name, in several entries or joined', async () => {
    const { flows } = await settings({ PickUpOrderType: ['Collect||Reserve', 'Locker'] });
    expect(flows).toEqual({ Collect: 'pick-up', Reserve: 'pick-up', Locker: 'pick-up', 'Online-Delivery': 'ship-from-store' });
  });

  it('prepares returns and makes bookings of carts when the market wants that', async () => {
    expect(await settings({ PrepareReturnsInStore: ['true'], CartAs: ['Booking'] })).toMatchObject({
      prepareReturnsInStore: true,
      cartAs: 'booking',
    });
  });

  it('reads carts from the path that is set', async () => {
    const path = '/api/Something/{cartId}?full=true';
    expect(await settings({ CartReadPath: [path] })).toMatchObject({ cartReadPath: path });
  });

  it.each([
    [{ PickUpOrderType: ['Online-Delivery'] }, 'ORDER_TYPE_TWICE'],
    [{ ShipFromStoreOrderType: ['PosSitoo'] }, 'ORDER_TYPE_TWICE'],
    [{ ExportPickUp: ['yes'] }, 'SETTING_NOT_A_CHOICE'],
    [{ PrepareReturnsInStore: ['1'] }, 'SETTING_NOT_A_CHOICE'],
    [{ CartAs: ['order'] }, 'SETTING_NOT_A_CHOICE'],
    [{ CartReadPath: ['/api/Something'] }, 'SETTING_NOT_A_PATH'],
    [{ CartReadPath: ['https://elsewhere.example.com/{cartId}'] }, 'SETTING_NOT_A_PATH'],
    [{ CartReadPath: ['//elsewhere.example.com/{cartId}'] }, 'SETTING_NOT_A_PATH'],
    [{ CartReadPath: ['/api/{marketId}/{cartId}'] }, 'SETTING_NOT_A_PATH'],
  ])('is refused in words: %j', async (changes, code) => {
    const configuration = await loadMarket({ properties: withProperties(changes) });
    expect(codes(configuration, 'error')).toEqual([code]);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });
});

import { codes, globalRecord, load, loadMarket, marketRecord, nor, omniumRecord, soundFiles, withProperties } from './testing/folder';

describe('a setting', () => {
  const globalWith = (value: string): unknown => [globalRecord({ properties: [{ key: 'SitooOrderType', value }] }), omniumRecord()];

  it.each([
    ['PosTenant', undefined, 'PosTenant', 'global'],
    ['PosTenant', 'PosMarket', 'PosMarket', 'market'],
    ['PosTenant', '', 'PosTenant', 'global'],
    ['', 'PosMarket', 'PosMarket', 'market'],
  ])('%j on the tenant and %j on the market: %s, from the %s level', async (ofTenant, ofMarket, value, origin) => {
    const properties = withProperties(ofMarket === undefined ? {} : { sitooOrderType: [ofMarket] });
    const configuration = await load({
      'tenants/DevShop/connectors.json': globalWith(ofTenant),
      'tenants/DevShop/markets/NOR/connectors.json': [marketRecord({ properties })],
    });
    expect(configuration.problems).toEqual([]);
    expect(nor(configuration).orderType).toBe(value);
    expect(nor(configuration).effective).toContainEqual({ key: 'SitooOrderType', value, origin });
  });

  it('is shown with its default when it stands nowhere, and hidden when it is a secret', async () => {
    const { effective } = nor(await load(soundFiles()));
    expect(effective).toContainEqual({ key: 'EshopId', value: '1', origin: 'default' });
    expect(effective).toContainEqual({ key: 'ApiKey', value: '[secret], [secret], [secret]', origin: 'market' });
    expect(effective).toContainEqual({ key: 'WebhookApiKey', value: '[secret]', origin: 'market' });
    expect(effective).toContainEqual({ key: 'host', value: 'https://api.mysitoo.com/v2', origin: 'market' });
    expect(new Set(effective.map(({ key }) => key)).size).toBe(effective.length);
  });

  it('is refused when it stands twice in one record', async () => {
    expect(codes(await loadMarket({ properties: withProperties({ EshopId: ['1', '2'] }) }))).toEqual(['PROPERTY_TWICE']);
  });

  it.each(['AccountNumber', 'StartAtOrderId', 'SitooOrderType'])('%s is required', async (key) => {
    const files = { 'tenants/DevShop/connectors.json': globalWith(key === 'SitooOrderType' ? '' : 'PosSitoo') };
    const configuration = await load({
      ...files,
      'tenants/DevShop/markets/NOR/connectors.json': [marketRecord({ properties: withProperties({ [key]: [] }) })],
    });
    expect(configuration.problems).toMatchObject([
      { code: 'SETTING_MISSING', market: 'NOR', message: expect.stringContaining(`"${key}"`) },
    ]);
  });

  it.each([
    ['AccountNumber', 'nine'],
    ['AccountNumber', '9.5'],
    ['AccountNumber', '-1'],
    ['AccountNumber', '0'],
    ['EshopId', '550e8400-e29b-41d4-a716-446655440000'],
    ['EshopId', '0'],
    ['StartAtOrderId', '1e3'],
    ['RateLimitPerSecond', '0'],
  ])('%s is refused as %j', async (key, value) => {
    expect(codes(await loadMarket({ properties: withProperties({ [key]: [value] }) }))).toEqual(['SETTING_NOT_A_NUMBER']);
  });

  it.each([
    ['Paused', 'maybe'],
    ['RateLimitScope', 'shop'],
  ])('%s is refused as %j', async (key, value) => {
    expect(codes(await loadMarket({ properties: withProperties({ [key]: [value] }) }))).toEqual(['SETTING_NOT_A_CHOICE']);
  });

  it('TimeZone falls to UTC with a warning, and is refused when it does not exist', async () => {
    const none = await loadMarket({ properties: withProperties({ TimeZone: [] }) });
    expect(codes(none, 'warning')).toEqual(['TIME_ZONE_MISSING']);
    expect(nor(none).timeZone).toBe('UTC');
    expect(codes(await loadMarket({ properties: withProperties({ TimeZone: ['Norway/Oslo'] }) }))).toEqual(['TIME_ZONE_UNKNOWN']);
  });

  it('Paused stops the work of a sound market', async () => {
    expect(nor(await loadMarket({ properties: withProperties({ Paused: [true] }) })).state).toBe('paused');
  });
});

import { codes, globalRecord, load, loadGlobal, loadMarket, nor, omniumRecord, soundFiles, withProperties } from './testing/folder';

describe('the sitoo record', () => {
  it('is refused in words when a tenant has a second one', async () => {
    const configuration = await load({
      ...soundFiles(),
      'tenants/DevShop/connectors.json': [globalRecord(), omniumRecord(), globalRecord({ connectorId: 'two' })],
    });
    expect(configuration.problems).toMatchObject([
      { severity: 'error', code: 'CONNECTOR_TWICE', path: '[2]', message: expect.stringContaining('second "sitoo" connector') },
    ]);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });

  it('is needed on both levels', async () => {
    const market = await load({ ...soundFiles(), 'tenants/DevShop/markets/NOR/connectors.json': [] });
    expect(market.problems).toMatchObject([{ code: 'CONNECTOR_MISSING', market: 'NOR' }]);
    expect(market.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
    const tenant = await load({ ...soundFiles(), 'tenants/DevShop/connectors.json': [omniumRecord()] });
    expect(tenant.problems).toMatchObject([{ code: 'CONNECTOR_MISSING' }]);
    expect(tenant.problems[0]?.market).toBeUndefined();
  });

  it.each([
    ['a name in another case', { name: 'Sitoo' }, 'CONNECTOR_NAME'],
    ['another type', { type: 'ecom' }, 'CONNECTOR_TYPE'],
    ['no type', { type: undefined }, 'CONNECTOR_TYPE'],
    ['a time span as a number', { timeOut: 30000 }, 'RECORD_SHAPE'],
    ['yes/no as text', { disableStandardErrorPolicy: 'false' }, 'RECORD_SHAPE'],
    ['properties that are no list', { properties: {} }, 'RECORD_SHAPE'],
    ['a property that is text', { properties: ['x'] }, 'RECORD_SHAPE'],
    ['a property without key', { properties: [{ value: 'x' }] }, 'RECORD_SHAPE'],
    ['a property with an object as value', { properties: [{ key: 'A', value: {} }] }, 'RECORD_SHAPE'],
    ['a market list of numbers', { enabledForMarkets: [1] }, 'RECORD_SHAPE'],
    ['one key in two cases', { Host: 'https://x/v2', host: 'https://y/v2' }, 'KEY_TWICE'],
  ])('is refused with %s', async (_, over, code) => {
    const configuration = await loadGlobal(over);
    expect(codes(configuration, 'error')).toContain(code);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });

  it('is read with keys in PascalCase and properties in any case', async () => {
    const record = {
      Name: 'sitoo',
      TYPE: 'pos',
      Host: 'https://api.mysitoo.com/v2',
      Properties: withProperties({ AccountNumber: [] }).map(({ key, value }) => ({ Key: key.toLowerCase(), Value: value })),
    };
    record.Properties.push({ Key: 'ACCOUNTNUMBER', Value: 90000 });
    const configuration = await load({ ...soundFiles(), 'tenants/DevShop/markets/NOR/connectors.json': [record] });
    expect(configuration.problems).toEqual([]);
    expect(nor(configuration)).toMatchObject({ state: 'active', sitoo: { accountNumber: 90000 }, startAtOrderId: 1000 });
  });

  it('names the place of every fault of its shape', async () => {
    const configuration = await loadMarket({ host: 1, properties: [{ key: '' }, { key: 'A', value: 'x', editKey: 'yes' }] });
    expect(configuration.problems.map(({ path }) => path)).toEqual(['[0].host', '[0].properties[0].key', '[0].properties[1].editKey']);
  });

  it('warns of a property that is not known and keeps it', async () => {
    const configuration = await loadMarket({
      properties: withProperties({ AcountNumber: ['1'], Shoes: [{ key: 'Shoes', value: '3', keyGroup: 'ProductGroupKeyGroup' }] }),
    });
    expect(configuration.problems).toMatchObject([{ severity: 'warning', code: 'PROPERTY_UNKNOWN' }]);
    expect(nor(configuration).effective).toContainEqual({ key: 'AcountNumber', value: '1', origin: 'market' });
    expect(nor(configuration).effective).toContainEqual({ key: 'ProductGroupKeyGroup.Shoes', value: '3', origin: 'market' });
  });

  it('warns when isAuthenticatedManually is false', async () => {
    expect(codes(await loadGlobal({ isAuthenticatedManually: false }))).toEqual(['AUTHENTICATION_FIELD']);
  });
});

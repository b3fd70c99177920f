import { inspect } from 'node:util';
import { JsonObject } from './json';
import { exportConnector } from './raw-record';
import { globalRecord, load, marketRecord, omniumRecord, SEED_BLOCK, soundFiles, withProperties } from './testing/folder';

const parse = (text: string): unknown => JSON.parse(text);

describe('exportConnector', () => {
  it("gives back the connector block of Omnium's page as it was imported", async () => {
    const configuration = await load({
      ...soundFiles(),
      'tenants/DevShop/connectors.json': `[${SEED_BLOCK}, ${JSON.stringify(omniumRecord())}]`,
    });
    const [sitoo] = configuration.tenants[0]?.records ?? [];
    expect(sitoo && JSON.stringify(exportConnector(sitoo))).toBe(JSON.stringify(parse(SEED_BLOCK)));
    expect(configuration.problems).toEqual([]);
  });

  it('keeps unknown keys, key order, key casing and editKey', async () => {
    const odd = {
      ...globalRecord({ Vendor: { nested: [1, null, { deep: true }] }, handlerLifetime: '00:02:00', note: null }),
      timeOut: undefined,
      TimeOut: '00:00:10',
    };
    const configuration = await load({ ...soundFiles(), 'tenants/DevShop/connectors.json': [odd, omniumRecord()] });
    const [sitoo] = configuration.tenants[0]?.records ?? [];
    expect(sitoo && JSON.stringify(exportConnector(sitoo))).toBe(JSON.stringify(odd));
    expect(configuration.findMarket('DevShop', 'NOR')).toMatchObject({ sitoo: { timeoutMs: 10_000 } });
  });

  it('keeps the records of other connectors', async () => {
    const shopify = { name: 'Shopify', type: 'ecom', implementations: ['Whatever'], timeOut: 5 };
    const configuration = await load({ ...soundFiles(), 'tenants/DevShop/connectors.json': [shopify, globalRecord(), omniumRecord()] });
    expect(configuration.tenants[0]?.records.map(exportConnector)).toEqual([shopify, globalRecord(), omniumRecord()]);
    expect(configuration.problems).toEqual([]);
  });

  it('keeps references and hides secrets that were written out', () => {
    const record: JsonObject = marketRecord({
      customHeaders: [{ key: 'X-Api-Key', value: 'header-secret' }],
      password: 'field-secret',
      tokens: { any: 'nested-secret' },
      properties: [
        { key: 'ApiKey', value: '${KEY_1}' },
        { key: 'First', value: '90000-1:key-secret', keyGroup: 'ApiKeys' },
        { Key: 'WebhookApiKey', Value: 'hook-secret' },
        { key: 'EshopId', value: '1' },
      ],
    });
    const exported = exportConnector(record);
    expect(JSON.stringify(exported)).not.toMatch(/header-secret|field-secret|nested-secret|key-secret|hook-secret/);
    expect(exported.properties).toEqual([
      { key: 'ApiKey', value: '${KEY_1}' },
      { key: 'First', value: '[secret]', keyGroup: 'ApiKeys' },
      { Key: 'WebhookApiKey', Value: '[secret]' },
      { key: 'EshopId', value: '1' },
    ]);
  });
});

describe('a loaded configuration', () => {
  it('shows no secret however it is printed', async () => {
    const configuration = await load({
      ...soundFiles(),
      'tenants/DevShop/markets/NOR/connectors.json': [
        marketRecord({
          customHeaders: [{ key: 'X-Proxy', value: '${WEBHOOK_KEY}' }],
          properties: withProperties({ ApiKey: ['90000-9:written-out'], Other: ['${KEY_3}'] }),
        }),
      ],
    });
    const printed = [
      JSON.stringify(configuration),
      JSON.stringify(configuration.markets()),
      inspect(configuration, { depth: 20, showHidden: true }),
    ].join('\n');
    const basic = Buffer.from('90000-9:written-out').toString('base64');
    for (const secret of [
      'written-out',
      basic,
      'third-password',
      'a-long-random-webhook-key',
      'omnium-client-secret-value',
      'omnium-client-id-value',
    ]) {
      expect(printed).not.toContain(secret);
    }
    expect(printed).toContain('[secret]');
  });
});

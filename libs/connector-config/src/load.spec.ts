import { loadConfiguration } from './load';
import { describeProblem } from './problem';
import {
  codes,
  env,
  globalRecord,
  load,
  loadMarket,
  marketRecord,
  omniumRecord,
  SEED_SUBSCRIPTION,
  soundFiles,
  withProperties,
} from './testing/folder';

describe('loadConfiguration', () => {
  it('reads a tenant with one market', async () => {
    const configuration = await load(soundFiles());
    expect(configuration.problems).toEqual([]);
    const market = configuration.findMarket('DevShop', 'NOR');
    expect(market).toMatchObject({
      tenant: 'DevShop',
      market: 'NOR',
      state: 'active',
      orderType: 'PosSitoo',
      startAtOrderId: 1000,
      timeZone: 'Europe/Oslo',
      capabilities: { orderExport: true, cartExport: true },
      sitoo: {
        baseUrl: 'https://api.mysitoo.com/v2',
        accountNumber: 90000,
        siteId: 1,
        timeoutMs: 30_000,
        retriesTransientFailures: true,
        customHeaders: {},
        rateLimit: { scope: 'auto', callsPerSecond: 2, concurrency: 1 },
      },
      omnium: { baseUrl: 'https://api.omnium.no', timeoutMs: 30_000 },
    });
    if (market?.state !== 'active') throw new Error('The market is not active.');
    expect(market.sitoo.apiKeys.map((key) => Buffer.from(key.reveal(), 'base64').toString())).toEqual([
      '90000-1:first-password',
      '90000-2:second-password',
      '90000-3:third-password',
    ]);
    expect(market.webhookTokens.map((token) => token.reveal())).toEqual([env.WEBHOOK_KEY]);
    expect(market.omnium.clientSecret.reveal()).toBe(env.OMNIUM_CLIENT_SECRET);
    expect(configuration.tenants[0]?.omnium).toBe(market.omnium);
  });

  it('finds a market in any case and no other one', async () => {
    const configuration = await load(soundFiles());
    expect(configuration.findMarket('devshop', 'nor')).toBe(configuration.findMarket('DEVSHOP', 'Nor'));
    expect(configuration.findMarket('devshop', 'nor')?.market).toBe('NOR');
    expect(configuration.findMarket('DevShop', 'SWE')).toBeUndefined();
    expect(configuration.findMarket('Dev', 'Shop/NOR')).toBeUndefined();
    expect(configuration.findMarket('__proto__', 'constructor')).toBeUndefined();
  });

  it('lists every problem of every market at once', async () => {
    const configuration = await load({
      'tenants/DevShop/connectors.json': [globalRecord({ timeOut: 'soon' }), omniumRecord({ host: 'http://api.omnium.no' })],
      'tenants/DevShop/markets/NOR/connectors.json': [
        marketRecord({
          host: 'ftp://x',
          properties: withProperties({ AccountNumber: ['x1'], ApiKey: ['nocolon'], TimeZone: ['Mars/Base'] }),
        }),
      ],
      'tenants/DevShop/markets/SWE/connectors.json': '[{"name": "sitoo",}]',
      'tenants/Other/connectors.json': [omniumRecord()],
      'tenants/Other/markets/DEN/connectors.json': [{ name: 'sitoo', customHeaders: [{ key: 'Authorization', value: 'x' }] }],
    });
    expect(configuration.problems.map(({ tenant, market, code }) => [tenant, market, code])).toEqual([
      ['DevShop', undefined, 'URL_NOT_HTTPS'],
      ['DevShop', 'NOR', 'URL_INVALID'],
      ['DevShop', 'NOR', 'SETTING_NOT_A_NUMBER'],
      ['DevShop', 'NOR', 'SECRET_IN_FILE'],
      ['DevShop', 'NOR', 'API_KEY_FORM'],
      ['DevShop', 'NOR', 'TIME_SPAN'],
      ['DevShop', 'NOR', 'TIME_ZONE_UNKNOWN'],
      ['DevShop', 'SWE', 'FILE_NOT_JSON'],
      ['Other', undefined, 'CONNECTOR_MISSING'],
      ['Other', 'DEN', 'HEADER_AUTHORIZATION'],
    ]);
  });

  it('runs the other markets on when one has an error', async () => {
    const swe = marketRecord({ properties: withProperties({ AccountNumber: ['ninety'] }) });
    const configuration = await load({ ...soundFiles(), 'tenants/DevShop/markets/SWE/connectors.json': [swe] });
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('active');
    expect(configuration.findMarket('DevShop', 'SWE')?.state).toBe('invalid');
  });

  it("makes all markets of a tenant invalid when the tenant's own records have an error, and those of no other tenant", async () => {
    const files = soundFiles();
    const other = marketRecord({ properties: withProperties({ AccountNumber: ['90001'] }) });
    const configuration = await load({
      ...files,
      'tenants/DevShop/connectors.json': [globalRecord()],
      'tenants/Other/connectors.json': files['tenants/DevShop/connectors.json'],
      'tenants/Other/markets/NOR/connectors.json': [other],
    });
    expect(codes(configuration, 'error')).toEqual(['CONNECTOR_MISSING']);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
    expect(configuration.findMarket('Other', 'NOR')?.state).toBe('active');
  });

  it('does not call missing what may stand in a record that cannot be read', async () => {
    const configuration = await load({
      ...soundFiles(),
      'tenants/DevShop/connectors.json': [globalRecord({ implementations: 'IOrderExporter' }), omniumRecord()],
    });
    expect(codes(configuration)).toEqual(['RECORD_SHAPE']);
  });

  it('says where a file is not JSON without quoting it', async () => {
    const configuration = await load({
      ...soundFiles(),
      'tenants/DevShop/markets/NOR/connectors.json': '[\n  {"ApiKey": "top-secret" "x": 1}\n]',
    });
    const [problem] = configuration.problems;
    expect(problem?.message).toContain('line 2, column 27');
    expect(problem && describeProblem(problem)).not.toContain('top-secret');
    expect(problem && describeProblem(problem)).toMatch(
      /^error FILE_NOT_JSON DevShop\/NOR \(tenants\/DevShop\/markets\/NOR\/connectors\.json\): /,
    );
  });

  it('refuses two markets on one Sitoo back office, and lets one of them be switched off', async () => {
    const both = {
      ...soundFiles(),
      'tenants/DevShop/markets/SWE/connectors.json': [marketRecord({ host: 'https://API.mysitoo.com/v2/' })],
    };
    const configuration = await load(both);
    expect(codes(configuration)).toEqual(['BACK_OFFICE_SHARED', 'BACK_OFFICE_SHARED']);
    expect(configuration.markets().map(({ state }) => state)).toEqual(['invalid', 'invalid']);
    const off = await load({ ...both, 'tenants/DevShop/markets/SWE/connectors.json': [marketRecord({ disabledForMarkets: ['SWE'] })] });
    expect(off.problems).toEqual([]);
  });

  it('lets two markets share an account when their e-shops differ', async () => {
    const swe = marketRecord({ properties: withProperties({ EshopId: [2] }) });
    const configuration = await load({ ...soundFiles(), 'tenants/DevShop/markets/SWE/connectors.json': [swe] });
    expect(configuration.problems).toEqual([]);
    expect(configuration.findMarket('DevShop', 'SWE')).toMatchObject({ sitoo: { siteId: 2 } });
  });

  it.each([
    ['a configuration folder that does not exist', {}, 'FOLDER_MISSING'],
    ['a folder without tenants', { 'tenants/readme.txt': '' }, 'TENANTS_NONE'],
  ])('reports %s', async (_, files, code) => {
    const configuration = Object.keys(files).length > 0 ? await load(files) : await loadConfiguration({ dir: '/nowhere/at/all', env });
    expect(codes(configuration)).toEqual([code]);
    expect(configuration.tenants).toEqual([]);
  });

  it('reports a tenant without markets, missing files and files that nobody reads', async () => {
    const none = await load({
      'tenants/DevShop/connectors.json': [globalRecord(), omniumRecord()],
      'tenants/DevShop/conectors.json': [],
      'tenants/DevShop/notes.txt': 'x',
    });
    expect(codes(none)).toEqual(['MARKETS_NONE', 'FILE_NOT_READ']);
    const missing = await load({ 'tenants/DevShop/markets/NOR/connector.json': [marketRecord()] });
    expect(missing.problems.map(({ file, code }) => [file, code])).toEqual([
      ['tenants/DevShop/connectors.json', 'FILE_MISSING'],
      ['tenants/DevShop/markets/NOR/connectors.json', 'FILE_MISSING'],
      ['tenants/DevShop/markets/NOR/connector.json', 'FILE_NOT_READ'],
    ]);
    expect(missing.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });

  it.each(['NO R', 'NOR|x', '-NOR'])('refuses the market id "%s" and runs the others on', async (id) => {
    const configuration = await load({ ...soundFiles(), [`tenants/DevShop/markets/${id}/connectors.json`]: [marketRecord()] });
    expect(configuration.problems).toMatchObject([{ code: 'ID_INVALID', tenant: 'DevShop', market: id }]);
    expect(configuration.markets().map(({ market, state }) => [market, state])).toEqual([['NOR', 'active']]);
  });

  it('refuses both of two market folders that differ only in case', async () => {
    const configuration = await load({ ...soundFiles(), 'tenants/DevShop/markets/nor/connectors.json': [marketRecord()] });
    expect(codes(configuration)).toEqual(['ID_TWICE', 'ID_TWICE']);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });

  it('names a missing variable once per place and prints no value', async () => {
    const configuration = await loadMarket({}, { ...env, KEY_2: undefined });
    expect(configuration.problems).toMatchObject([
      {
        severity: 'error',
        code: 'VARIABLE_MISSING',
        market: 'NOR',
        path: '[0].properties[2].value',
        message: expect.stringContaining('KEY_2'),
      },
    ]);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });

  it('accepts one record alone, a list, and a "connectors" object', async () => {
    for (const content of [marketRecord(), [marketRecord()], { connectors: [marketRecord()] }, { Connectors: [marketRecord()] }]) {
      const configuration = await load({ ...soundFiles(), 'tenants/DevShop/markets/NOR/connectors.json': content });
      expect(configuration.problems).toEqual([]);
    }
  });

  it.each([['"text"'], ['{"connectors": 1}'], ['[1]'], ['[{}]']])('refuses the file content %s', async (content) => {
    const configuration = await load({ ...soundFiles(), 'tenants/DevShop/markets/NOR/connectors.json': content });
    expect(codes(configuration, 'error').length).toBeGreaterThan(0);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });

  it('warns when the event subscription does not agree with the market', async () => {
    const note = JSON.parse(SEED_SUBSCRIPTION) as { event_subscriptions: { event_types: string[] }[] };
    note.event_subscriptions[0]?.event_types.splice(0, 1, 'ordre');
    const configuration = await load({ ...soundFiles(), 'tenants/DevShop/event-subscriptions.json': note });
    expect(codes(configuration, 'warning')).toEqual([
      'SECRET_IN_FILE',
      'SUBSCRIPTION_TOKEN',
      'SUBSCRIPTION_TYPES',
      'SUBSCRIPTION_TYPE_UNKNOWN',
    ]);
    expect(codes(configuration, 'error')).toEqual([]);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('active');
  });

  it.each([
    ['not JSON', '{', 'FILE_NOT_JSON'],
    ['no list', '{}', 'SUBSCRIPTIONS_SHAPE'],
    ['an entry without fields', '{"event_subscriptions": [1]}', 'RECORD_SHAPE'],
    ['an address of another tenant', SEED_SUBSCRIPTION.replace('DevShop', 'OtherShop'), 'SUBSCRIPTION_ADDRESS'],
    ['an address without the path', SEED_SUBSCRIPTION.replace('/api/sitoowebhook', ''), 'SUBSCRIPTION_ADDRESS'],
    ['http', SEED_SUBSCRIPTION.replace('https', 'http'), 'URL_NOT_HTTPS'],
    ['a missing variable', SEED_SUBSCRIPTION.replace('stupidSecret', '${NOT_THERE}'), 'VARIABLE_MISSING'],
  ])('lets no fault of the event subscription stop a market: %s', async (_, content, code) => {
    const configuration = await load({ ...soundFiles(), 'tenants/DevShop/event-subscriptions.json': content });
    expect(codes(configuration, 'warning')).toContain(code);
    expect(codes(configuration, 'error')).toEqual([]);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('active');
  });
});

import { codes, globalRecord, load, loadMarket, marketRecord, nor, omniumRecord, soundFiles } from './testing/folder';

describe('host', () => {
  it.each([
    ['https://api.mysitoo.com/v2', 'https://api.mysitoo.com/v2'],
    ['https://api130.mysitoo.com/v2//', 'https://api130.mysitoo.com/v2'],
    ['http://127.0.0.1:4010/v2', 'http://127.0.0.1:4010/v2'],
    ['http://localhost:4010/v2', 'http://localhost:4010/v2'],
    ['http://[::1]:4010/v2', 'http://[::1]:4010/v2'],
  ])('of Sitoo is accepted as %s', async (host, baseUrl) => {
    expect(nor(await loadMarket({ host })).sitoo.baseUrl).toBe(baseUrl);
  });

  it.each([
    ['http://api.mysitoo.com/v2', 'URL_NOT_HTTPS'],
    ['http://127.0.0.1.example.com/v2', 'URL_NOT_HTTPS'],
    ['http://localhost.example.com/v2', 'URL_NOT_HTTPS'],
    ['https://api.mysitoo.com', 'URL_NOT_V2'],
    ['https://api.mysitoo.com/v2/accounts/90000', 'URL_NOT_V2'],
    ['https://user:pass@api.mysitoo.com/v2', 'URL_CREDENTIALS'],
    ['https://api.mysitoo.com/v2?x=1', 'URL_QUERY'],
    ['api.mysitoo.com/v2', 'URL_INVALID'],
    [undefined, 'HOST_MISSING'],
    ['', 'HOST_MISSING'],
  ])('of Sitoo is refused as %s', async (host, code) => {
    const configuration = await loadMarket({ host });
    expect(codes(configuration)).toEqual([code]);
    expect(JSON.stringify(configuration.findMarket('DevShop', 'NOR')?.effective)).not.toContain('pass@');
  });

  it('of Sitoo is inherited from the tenant', async () => {
    const files = { 'tenants/DevShop/connectors.json': [globalRecord({ host: 'https://api.mysitoo.com/v2' }), omniumRecord()] };
    const configuration = await load({ ...files, 'tenants/DevShop/markets/NOR/connectors.json': [marketRecord({ host: undefined })] });
    expect(nor(configuration).sitoo.baseUrl).toBe('https://api.mysitoo.com/v2');
  });

  it.each([
    ['https://api.omnium.no/', []],
    ['http://127.0.0.1:4020', []],
    ['https://api.omnium.no/api', ['URL_WITH_API']],
    ['http://api.omnium.no', ['URL_NOT_HTTPS']],
    [undefined, ['HOST_MISSING']],
  ])('of Omnium as %s: %j', async (host, expected) => {
    expect(codes(await load({ ...soundFiles(), 'tenants/DevShop/connectors.json': [globalRecord(), omniumRecord({ host })] }))).toEqual(
      expected,
    );
  });
});

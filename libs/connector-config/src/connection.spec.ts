import { revealHeaders } from './connection';
import { codes, globalRecord, load, loadGlobal, loadMarket, marketRecord, nor, omniumRecord, soundFiles } from './testing/folder';

describe('timeOut', () => {
  it.each([
    ['00:00:00', '00:00:00', 30_000, 'default'],
    ['00:00:10', undefined, 10_000, 'global'],
    ['00:00:10', '00:00:20', 20_000, 'market'],
    ['00:00:10', '00:00:00', 10_000, 'global'],
    ['00:00:45', undefined, 45_000, 'global'],
  ])('global %s, market %s: %d ms, from %s', async (globalTime, marketTime, milliseconds, origin) => {
    const files = { ...soundFiles(), 'tenants/DevShop/connectors.json': [globalRecord({ timeOut: globalTime }), omniumRecord()] };
    const configuration = await load({ ...files, 'tenants/DevShop/markets/NOR/connectors.json': [marketRecord({ timeOut: marketTime })] });
    expect(configuration.problems).toEqual([]);
    expect(nor(configuration).sitoo.timeoutMs).toBe(milliseconds);
    expect(nor(configuration).effective).toContainEqual({ key: 'timeOut', value: `${milliseconds} ms`, origin });
  });

  it('is cut to 45 s, with a warning', async () => {
    const configuration = await loadMarket({ timeOut: '00:02:00' });
    expect(configuration.problems).toMatchObject([{ severity: 'warning', code: 'TIME_OUT_CUT' }]);
    expect(nor(configuration).sitoo.timeoutMs).toBe(45_000);
  });

  it.each(['30', 'soon', '00:00:99'])('is refused as "%s"', async (timeOut) => {
    expect(codes(await loadMarket({ timeOut }))).toEqual(['TIME_SPAN']);
  });
});

describe('customHeaders', () => {
  it('of both levels are joined and the market wins', async () => {
    const configuration = await load({
      'tenants/DevShop/connectors.json': [
        globalRecord({
          customHeaders: [
            { key: 'X-Client', value: 'tenant' },
            { key: 'X-Both', value: 'tenant' },
          ],
        }),
        omniumRecord(),
      ],
      'tenants/DevShop/markets/NOR/connectors.json': [marketRecord({ customHeaders: [{ key: 'x-both', value: 'market' }] })],
    });
    expect(revealHeaders(nor(configuration).sitoo.customHeaders)).toEqual({ 'X-Client': 'tenant', 'x-both': 'market' });
    expect(nor(configuration).effective).toContainEqual({ key: 'customHeaders.x-both', value: '[secret]', origin: 'market' });
  });

  it.each([
    ['Authorization', 'Basic x', 'HEADER_AUTHORIZATION'],
    ['AUTHORIZATION', 'Basic x', 'HEADER_AUTHORIZATION'],
    ['Content-Length', '0', 'HEADER_RESERVED'],
    ['X Bad', 'x', 'HEADER_NAME'],
    ['Authorization ', 'x', 'HEADER_NAME'],
    ['X-Split', 'a\r\nAuthorization: b', 'HEADER_VALUE'],
  ])('with %j are refused on every record', async (key, value, code) => {
    const customHeaders = [{ key, value }];
    for (const configuration of [await loadGlobal({ customHeaders }), await loadMarket({ customHeaders })]) {
      expect(codes(configuration)).toEqual([code]);
      expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
    }
    const omnium = await load({ ...soundFiles(), 'tenants/DevShop/connectors.json': [globalRecord(), omniumRecord({ customHeaders })] });
    expect(codes(omnium)).toEqual([code]);
  });
});

describe('disableStandardErrorPolicy', () => {
  it.each([
    [false, undefined, true],
    [true, undefined, false],
    [true, false, true],
    [false, true, false],
  ])('global %s, market %s: repeats failed calls %s', async (ofTenant, ofMarket, repeats) => {
    const configuration = await load({
      'tenants/DevShop/connectors.json': [globalRecord({ disableStandardErrorPolicy: ofTenant }), omniumRecord()],
      'tenants/DevShop/markets/NOR/connectors.json': [marketRecord({ disableStandardErrorPolicy: ofMarket })],
    });
    expect(nor(configuration).sitoo.retriesTransientFailures).toBe(repeats);
  });
});

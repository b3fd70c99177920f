import { codes, load, loadGlobal, loadMarket, marketRecord, soundFiles, withProperties } from './testing/folder';

describe('markets a record is for', () => {
  it.each([
    [[], [], 'active'],
    [['NOR'], [], 'active'],
    [['nor', 'SWE'], [], 'active'],
    [['SWE'], [], 'disabled'],
    [[], ['SWE'], 'active'],
    [[], ['NOR'], 'disabled'],
    [['NOR'], ['SWE'], 'active'],
    [['NOR'], ['nor'], 'disabled'],
    [['SWE'], ['NOR'], 'disabled'],
    [['SWE'], ['SWE'], 'disabled'],
  ])('enabled %j, disabled %j: NOR is %s, on either level', async (enabledForMarkets, disabledForMarkets, state) => {
    for (const change of [loadGlobal, loadMarket]) {
      const configuration = await change({ enabledForMarkets, disabledForMarkets });
      expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe(state);
    }
  });

  it('warns of a market in the lists that does not exist', async () => {
    const configuration = await loadGlobal({ enabledForMarkets: ['NOR', 'NRO'] });
    expect(configuration.problems).toMatchObject([
      { severity: 'warning', code: 'MARKET_NOT_FOUND', path: '[0].enabledForMarkets', message: expect.stringContaining('"NRO"') },
    ]);
  });

  it.each([
    [['Nordics'], [], 'active'],
    [['Baltics'], [], 'disabled'],
    [[], ['nordics'], 'disabled'],
    [['Nordics'], ['Nordics'], 'disabled'],
  ])('groups enabled %j, disabled %j: a market of Nordics is %s', async (enabledForMarketGroups, disabledForMarketGroups, state) => {
    const configuration = await loadMarket({
      enabledForMarketGroups,
      disabledForMarketGroups,
      properties: withProperties({ MarketGroup: ['Nordics'] }),
    });
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe(state);
  });

  it('refuses a limit by group for a market whose group is not known', async () => {
    const configuration = await loadGlobal({ disabledForMarketGroups: ['Nordics'] });
    expect(codes(configuration)).toEqual(['MARKET_GROUP_UNKNOWN']);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });

  it('switches off one market and leaves the other running', async () => {
    const swe = marketRecord({ properties: withProperties({ AccountNumber: ['90001'] }), disabledForMarkets: ['SWE'] });
    const configuration = await load({ ...soundFiles(), 'tenants/DevShop/markets/SWE/connectors.json': [swe] });
    expect(configuration.markets().map(({ market, state }) => [market, state])).toEqual([
      ['NOR', 'active'],
      ['SWE', 'disabled'],
    ]);
  });
});

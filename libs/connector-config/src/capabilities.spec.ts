import { loadGlobal, loadMarket, nor } from './testing/folder';

describe('implementations', () => {
  it.each([
    [['IOrderExporter', 'ICartExporter'], true, true],
    [['ICartExporter'], false, true],
    [['IOrderExporter'], true, false],
    [[], false, false],
  ])('%j: order export %s, cart export %s', async (implementations, orderExport, cartExport) => {
    for (const change of [loadGlobal, loadMarket]) {
      expect(nor(await change({ implementations })).capabilities).toEqual({ orderExport, cartExport, implementations });
    }
  });

  it('warns of a name that is not known, with the one that was meant', async () => {
    const configuration = await loadMarket({ implementations: ['iOrderExporter', 'IProductExporter'] });
    expect(configuration.problems).toMatchObject([
      {
        severity: 'warning',
        code: 'IMPLEMENTATION_UNKNOWN',
        path: '[0].implementations[0]',
        message: expect.stringContaining('"IOrderExporter"'),
      },
    ]);
    expect(nor(configuration).capabilities.orderExport).toBe(false);
  });
});

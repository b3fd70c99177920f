import { codes, loadMarket, nor, withProperties } from './testing/folder';

const load = (changes: Parameters<typeof withProperties>[0]) => loadMarket({ properties: withProperties(changes) });
const until = '2026-12-31T01:00:00+01:00';
const placesOf = async (text: string) => nor(await load({ CutOverLookUpUntil: [until], CutOverLookUpBy: [text] })).cutOver?.places;

describe('the look-up for what the built-in plugin imported', () => {
  it('is not made by default', async () => {
    expect(nor(await load({})).cutOver).toBeUndefined();
  });

  it('is made until the given time, by external ids and order numbers', async () => {
    expect(nor(await load({ CutOverLookUpUntil: [until] })).cutOver).toEqual({
      lookUpUntil: Date.UTC(2026, 11, 31),
      places: [{ kind: 'external-id' }, { kind: 'order-number' }],
    });
  });

  it('goes by the places that are named, in their order', async () => {
    expect(await placesOf('property:ReceiptId || ExternalId:Sitoo:Order||OrderNumber')).toEqual([
      { kind: 'property', key: 'ReceiptId' },
      { kind: 'external-id', provider: 'Sitoo:Order' },
      { kind: 'order-number' },
    ]);
  });

  it.each(['2026-12-31', '2026-12-31T00:00:00', '2026-13-31T00:00:00Z', 'soon'])('is refused with the time %j', async (text) => {
    const configuration = await load({ CutOverLookUpUntil: [text] });
    expect(configuration.problems).toMatchObject([
      { severity: 'error', code: 'SETTING_NOT_A_TIME', message: expect.stringContaining('"CutOverLookUpUntil"') },
    ]);
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });

  it.each(['Tags', 'OrderNumber:x', 'Property', 'ExternalId||Tags', '||'])('is refused with the place %j', async (text) => {
    const configuration = await load({ CutOverLookUpUntil: [until], CutOverLookUpBy: [text] });
    expect(configuration.problems).toMatchObject([
      { severity: 'error', code: 'SETTING_NOT_A_CHOICE', message: expect.stringContaining('"CutOverLookUpBy"') },
    ]);
  });

  it('has places without effect when it has no time, and says so', async () => {
    const configuration = await load({ CutOverLookUpBy: ['OrderNumber'] });
    expect(codes(configuration)).toEqual(['SETTING_WITHOUT_EFFECT']);
    expect(nor(configuration).cutOver).toBeUndefined();
  });
});

describe('shadow mode', () => {
  it.each([
    [{}, false],
    [{ ShadowMode: [true] }, true],
  ])('is off unless it is switched on: %j', async (changes, expected) => {
    expect(nor(await load(changes))).toMatchObject({ state: 'active', shadowMode: expected });
  });

  it('is refused as anything else', async () => {
    expect(codes(await load({ ShadowMode: ['yes'] }))).toEqual(['SETTING_NOT_A_CHOICE']);
  });
});

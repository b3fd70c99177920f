import { codes, globalRecord, load, nor, omniumRecord, soundFiles } from './testing/folder';

describe('the omnium record', () => {
  it.each([
    [{ properties: [{ key: 'ClientId', value: '${OMNIUM_CLIENT_ID}' }] }, ['SETTING_MISSING']],
    [{ properties: [] }, ['SETTING_MISSING', 'SETTING_MISSING']],
    [{ type: 'pos' }, ['CONNECTOR_TYPE']],
    [{ name: 'Omnium' }, ['CONNECTOR_NAME']],
    [{ timeOut: '00:01:00' }, ['TIME_OUT_CUT']],
  ])('with %j: %j', async (over, expected) => {
    expect(codes(await load({ ...soundFiles(), 'tenants/DevShop/connectors.json': [globalRecord(), omniumRecord(over)] }))).toEqual(
      expected,
    );
  });

  const withTopic = (value: string) => ({ properties: [...(omniumRecord()['properties'] as object[]), { key: 'EventTopic', value }] });

  it('names the topic to which Omnium publishes, and by default none', async () => {
    expect(nor(await load(soundFiles())).omnium.eventTopic).toBeUndefined();
    const files = { ...soundFiles(), 'tenants/DevShop/connectors.json': [globalRecord(), omniumRecord(withTopic('omnium-events'))] };
    expect(nor(await load(files)).omnium.eventTopic).toBe('omnium-events');
  });

  it.each(['two words', 'omnium.order.changed.v1', 'x'.repeat(250)])('refuses %j as that topic', async (value) => {
    const files = { ...soundFiles(), 'tenants/DevShop/connectors.json': [globalRecord(), omniumRecord(withTopic(value))] };
    expect(codes(await load(files), 'error')).toEqual(['SETTING_NOT_A_TOPIC']);
  });

  it('can stand only once', async () => {
    expect(
      codes(await load({ ...soundFiles(), 'tenants/DevShop/connectors.json': [globalRecord(), omniumRecord(), omniumRecord()] })),
    ).toEqual(['CONNECTOR_TWICE']);
  });

  it('warns of a secret that is written out', async () => {
    const properties = [
      { key: 'ClientId', value: '${OMNIUM_CLIENT_ID}' },
      { key: 'ClientSecret', value: 'written-out' },
    ];
    const configuration = await load({
      ...soundFiles(),
      'tenants/DevShop/connectors.json': [globalRecord(), omniumRecord({ properties })],
    });
    expect(configuration.problems).toMatchObject([{ severity: 'warning', code: 'SECRET_IN_FILE', path: '[1].properties[1].value' }]);
    expect(nor(configuration).state).toBe('active');
  });
});

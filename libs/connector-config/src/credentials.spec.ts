import { Configuration } from './configuration';
import { codes, env, loadMarket, nor, withProperties } from './testing/folder';

describe('API keys', () => {
  const withKeys = (...values: string[]): Promise<Configuration> => loadMarket({ properties: withProperties({ ApiKey: values }) });

  it('may have keys of their own in the group ApiKeys, or be joined with ||', async () => {
    const grouped = ['1', '2', '3'].map((n) => ({ key: `Key${n}`, value: `\${KEY_${n}}`, keyGroup: 'apikeys' }));
    expect(nor(await loadMarket({ properties: withProperties({ ApiKey: grouped }) })).sitoo.apiKeys).toHaveLength(3);
    const joined = await withKeys('${KEY_1}||${KEY_2} || ${KEY_3}');
    expect(joined.problems).toEqual([]);
    expect(nor(joined).sitoo.apiKeys).toHaveLength(3);
  });

  it('are needed before any work is done', async () => {
    for (const configuration of [await withKeys(), await withKeys(''), await withKeys('||')]) {
      expect(codes(configuration)).toEqual(['API_KEY_MISSING']);
      expect(nor(configuration).state).toBe('needs-credentials');
    }
  });

  it('are advised to be three', async () => {
    expect(codes(await withKeys('${KEY_1}', '${KEY_2}'))).toEqual(['API_KEYS_FEW']);
  });

  it('count once when they stand twice', async () => {
    const configuration = await withKeys('${KEY_1}', '${KEY_2}', '${KEY_3}', '${KEY_1}');
    expect(codes(configuration)).toEqual(['API_KEY_TWICE']);
    expect(nor(configuration).sitoo.apiKeys).toHaveLength(3);
  });

  it('are refused without a colon, and without being quoted', async () => {
    const configuration = await withKeys('${KEY_1}', '${KEY_2}', 'nocolonatall');
    expect(codes(configuration, 'error')).toEqual(['API_KEY_FORM']);
    expect(JSON.stringify(configuration.problems)).not.toContain('nocolonatall');
  });

  it('of another account are warned about', async () => {
    expect(codes(await withKeys('${KEY_1}', '${KEY_2}', '${KEY_3}||${OTHER}'), 'error')).toEqual(['VARIABLE_MISSING']);
    const properties = withProperties({ AccountNumber: ['90001'] });
    expect(codes(await loadMarket({ properties }))).toEqual(['API_KEY_ACCOUNT', 'API_KEY_ACCOUNT', 'API_KEY_ACCOUNT']);
  });

  it('written out in the file are warned about, and the placeholder of an export is refused', async () => {
    expect(codes(await withKeys('${KEY_1}', '${KEY_2}', '90000-7:plain'))).toEqual(['SECRET_IN_FILE']);
    const placeholder = await withKeys('[secret]');
    expect(codes(placeholder)).toEqual(['SECRET_PLACEHOLDER']);
    expect(placeholder.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });
});

describe("the key of Omnium's webhooks", () => {
  const loadTokens = (...values: string[]): Promise<Configuration> =>
    loadMarket(
      { properties: withProperties({ OmniumWebhookApiKey: values }) },
      { ...env, NEW: 'the-new-omnium-key', OLD: 'the-old-omnium-key' },
    );

  it('may be missing, and then the market works without them', async () => {
    const configuration = await loadTokens();
    expect(configuration.problems).toEqual([]);
    expect(nor(configuration)).toMatchObject({ state: 'active', omniumWebhookTokens: [] });
  });

  it('may be two during a rotation, and not three', async () => {
    const two = await loadTokens('${NEW}', '${OLD}');
    expect(nor(two).omniumWebhookTokens.map((token) => token.reveal())).toEqual(['the-new-omnium-key', 'the-old-omnium-key']);
    expect(codes(await loadTokens('${NEW}||${OLD}||${WEBHOOK_KEY}'))).toEqual(['WEBHOOK_TOKENS_MANY']);
  });
});

describe('the webhook key', () => {
  const tokens = { NEW: 'the-new-webhook-key', OLD: 'the-old-webhook-key' };
  const loadTokens = (...values: string[]): Promise<Configuration> => {
    return loadMarket({ properties: withProperties({ WebhookApiKey: values }) }, { ...env, ...tokens });
  };

  it.each([[['${NEW}||${OLD}']], [['${NEW}', '${OLD}']]])('may be two during a rotation: %j', async (values) => {
    const configuration = await loadTokens(...values);
    expect(configuration.problems).toEqual([]);
    expect(nor(configuration).webhookTokens.map((token) => token.reveal())).toEqual([tokens.NEW, tokens.OLD]);
  });

  it('cannot be three', async () => {
    expect(codes(await loadTokens('${NEW}||${OLD}||${WEBHOOK_KEY}'))).toEqual(['WEBHOOK_TOKENS_MANY']);
  });

  it('is needed before any work is done', async () => {
    const configuration = await loadTokens();
    expect(codes(configuration)).toEqual(['WEBHOOK_TOKEN_MISSING']);
    expect(nor(configuration)).toMatchObject({ state: 'needs-credentials', webhookTokens: [] });
  });

  it.each(['stupidSecret', 'short'])('is warned about when it is %s', async (value) => {
    expect(codes(await loadTokens(value))).toEqual(['SECRET_IN_FILE', 'WEBHOOK_TOKEN_WEAK']);
  });
});

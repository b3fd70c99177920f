import { Secret } from './secret';
import { subscriptionFor } from './subscription';
import { load, SEED_SUBSCRIPTION, soundFiles } from './testing/folder';

describe('subscriptionFor', () => {
  it("is the block of Omnium's page, for its tenant, market and key", () => {
    const market = { tenant: 'DevShop', market: 'NOR', webhookTokens: [new Secret('stupidSecret')] };
    expect(JSON.stringify(subscriptionFor(market, 'https://apitest.omnium.no/'), null, 4)).toBe(SEED_SUBSCRIPTION);
  });

  it('carries the new key during a rotation', () => {
    const market = { tenant: 'DevShop', market: 'NOR', webhookTokens: [new Secret('new'), new Secret('old')] };
    expect(subscriptionFor(market, 'https://connector.example.com')?.event_subscriptions[0]?.api_token).toBe('new');
  });

  it('is absent while the market has no key', () => {
    expect(subscriptionFor({ tenant: 'DevShop', market: 'NOR', webhookTokens: [] }, 'https://connector.example.com')).toBeUndefined();
  });

  it('agrees with the market it was made for', async () => {
    const first = await load(soundFiles());
    const market = first.findMarket('DevShop', 'NOR');
    if (market?.state !== 'active') throw new Error('The market is not active.');
    const block = subscriptionFor(market, 'https://connector.example.com');
    const second = await load({ ...soundFiles(), 'tenants/DevShop/event-subscriptions.json': block });
    expect(second.problems.map(({ code }) => code)).toEqual(['SECRET_IN_FILE']);
  });
});

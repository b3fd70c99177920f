import { parseBaseUrl } from './base-url';
import { Environment, resolveReferences } from './environment';
import { isJsonObject, withKnownKeys } from './json';
import { MarketConfig } from './market';
import { Report } from './problem';
import { decodeShape } from './shape';
import { KNOWN_EVENT_TYPES, SUBSCRIBED_EVENT_TYPES, SubscriptionEntry, WEBHOOK_PREFIX } from './subscription';

/**
 * Compares the tenant's note of what stands in Sitoo's back offices with the market records. Nothing is read from it, so whatever is
 * wrong with it is a warning: a stale note must not stop a market.
 *
 * @param report one that counts nothing as more than a warning
 */
export function checkSubscriptions(content: unknown, markets: readonly MarketConfig[], env: Environment, report: Report): void {
  const list = isJsonObject(content) ? withKnownKeys(content, ['event_subscriptions']).values.event_subscriptions : undefined;
  if (!Array.isArray(list)) {
    report.warning('SUBSCRIPTIONS_SHAPE', 'The file must hold {"event_subscriptions": [ {…} ]}, as in the Sitoo back office.');
    return;
  }
  list.forEach((item: unknown, index) => {
    const at = report.inside(`event_subscriptions[${index}]`);
    const entry = decodeShape(SubscriptionEntry, isJsonObject(item) ? item : {}, at);
    if (entry) checkEntry(entry, markets, env, at);
  });
}

function checkEntry(entry: SubscriptionEntry, markets: readonly MarketConfig[], env: Environment, report: Report): void {
  const market = marketOf(entry, markets, env, report.inside('base_url'));
  const scoped = market ? report.in({ market: market.market }) : report;
  if (market) checkToken(entry, market, env, scoped.inside('api_token'));
  checkTypes(entry.event_types, scoped.inside('event_types'));
}

function marketOf(entry: SubscriptionEntry, markets: readonly MarketConfig[], env: Environment, report: Report): MarketConfig | undefined {
  const { text } = resolveReferences(entry.base_url, env, report);
  const url = text === undefined ? undefined : parseBaseUrl(text, report);
  if (!url) return undefined;
  const path = url.pathname.toLowerCase().split('/').filter(Boolean).map(decode);
  const [market, tenant, ...prefix] = path.reverse();
  if (`/${prefix.reverse().join('/')}`.endsWith(WEBHOOK_PREFIX)) {
    const found = markets.find((candidate) => candidate.market.toLowerCase() === market && candidate.tenant.toLowerCase() === tenant);
    if (found) return found;
  }
  report.warning(
    'SUBSCRIPTION_ADDRESS',
    `The address must end with ${WEBHOOK_PREFIX}/{tenant}/{market}/ of a market of this tenant. Events sent anywhere else do not arrive.`,
  );
  return undefined;
}

function checkToken(entry: SubscriptionEntry, market: MarketConfig, env: Environment, report: Report): void {
  const { text, reference } = resolveReferences(entry.api_token, env, report);
  if (!reference)
    report.warning(
      'SECRET_IN_FILE',
      'A secret is written out in the file. Put a reference there, ${NAME}, and the secret into the environment.',
    );
  if (text === undefined || market.state === 'invalid') return;
  if (!market.webhookTokens.some((token) => token.reveal() === text)) {
    report.warning(
      'SUBSCRIPTION_TOKEN',
      'api_token is none of the market\'s "WebhookApiKey". Events sent with it are turned away; make the two equal.',
    );
  }
}

function checkTypes(types: readonly string[], report: Report): void {
  const missing = SUBSCRIBED_EVENT_TYPES.filter((type) => !types.includes(type));
  if (missing.length > 0)
    report.warning('SUBSCRIPTION_TYPES', `The subscription lacks ${missing.join(', ')}. Add it here and in the Sitoo back office.`);
  const unknown = types.filter((type) => !KNOWN_EVENT_TYPES.includes(type));
  if (unknown.length > 0)
    report.warning(
      'SUBSCRIPTION_TYPE_UNKNOWN',
      `Not a known event type of Sitoo: ${unknown.join(', ')}. Known are ${KNOWN_EVENT_TYPES.join(', ')}.`,
    );
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

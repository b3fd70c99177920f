import { IsArray, IsNotEmpty, IsString } from 'class-validator';
import { Secret } from './secret';
import { WorkingMarket } from './market';

/** Event types the connector cannot do without. */
export const SUBSCRIBED_EVENT_TYPES = ['order', 'order-delivery', 'warehouse-transaction'] as const;

/** Types Sitoo is known to send. */
export const KNOWN_EVENT_TYPES: readonly string[] = [
  ...SUBSCRIBED_EVENT_TYPES,
  'booking',
  'shipment',
  'shipment-v3',
  'z-report',
  'store-z-report',
];

/** Where Sitoo's events arrive: `/api/sitoowebhook/{tenant}/{market}/`. */
export const WEBHOOK_PREFIX = '/api/sitoowebhook';

export class SubscriptionEntry {
  @IsString({ message: 'must be text' }) @IsNotEmpty({ message: 'must not be empty' }) base_url!: string;
  @IsString({ message: 'must be text' }) @IsNotEmpty({ message: 'must not be empty' }) api_token!: string;
  @IsArray({ message: 'must be a list' }) @IsString({ each: true, message: 'must be a list of texts' }) event_types!: string[];
}

/** The block for Settings > Event Subscription in the Sitoo back office. */
export interface SitooSubscription {
  event_subscriptions: { base_url: string; api_token: string; event_types: string[] }[];
}

/**
 * The block that registers the connector for a market, complete and ready to paste. It holds the market's newest webhook key in clear:
 * for the operator's eyes, never for a log. Undefined while the market has no webhook key.
 *
 * @param publicBaseUrl where the gateway is reached from outside, such as `https://connector.example.com`
 */
export function subscriptionFor(
  market: Pick<WorkingMarket, 'tenant' | 'market' | 'webhookTokens'>,
  publicBaseUrl: string,
): SitooSubscription | undefined {
  const [token]: readonly (Secret | undefined)[] = market.webhookTokens;
  if (!token) return undefined;
  const base_url = `${publicBaseUrl.replace(/\/+$/, '')}${WEBHOOK_PREFIX}/${encodeURIComponent(market.tenant)}/${encodeURIComponent(market.market)}/`;
  return { event_subscriptions: [{ base_url, api_token: token.reveal(), event_types: [...SUBSCRIBED_EVENT_TYPES] }] };
}

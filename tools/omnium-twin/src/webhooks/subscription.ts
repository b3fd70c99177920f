import Ajv from 'ajv';
import type { OmniumEvent } from '@connector/contracts';

export interface Header {
  key: string;
  value: string;
}

/**
 * An event subscription as `examples/config.event-subscription.json` writes it; the stored key names are not published (configuration
 * section 3). Every filter that is set has to match.
 */
export interface EventSubscription {
  name: string;
  /** `Webhook` is the only kind the twin has. */
  connector?: 'Webhook';
  baseUrl: string;
  requestUri: string;
  httpVerb?: 'POST';
  filters?: {
    classNames?: string[];
    categories?: string[];
    statuses?: string[];
    stores?: string[];
    markets?: string[];
    orderTypes?: string[];
  };
  headers?: Header[];
}

const texts = { type: 'array', items: { type: 'string' } };

export const headersSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['key', 'value'],
    additionalProperties: false,
    properties: { key: { type: 'string' }, value: { type: 'string' } },
  },
};

export const subscriptionsSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'baseUrl', 'requestUri'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 1 },
      connector: { const: 'Webhook' },
      baseUrl: { type: 'string', pattern: '^https?://' },
      requestUri: { type: 'string' },
      httpVerb: { const: 'POST' },
      filters: {
        type: 'object',
        additionalProperties: false,
        properties: { classNames: texts, categories: texts, statuses: texts, stores: texts, markets: texts, orderTypes: texts },
      },
      headers: headersSchema,
    },
  },
};

const areSubscriptions = new Ajv({ allErrors: true }).compile<EventSubscription[]>(subscriptionsSchema);

/** Subscriptions as they came in. Throws with every problem. */
export function decodeSubscriptions(input: unknown): EventSubscription[] {
  if (areSubscriptions(input)) return input;
  throw new Error((areSubscriptions.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`).join('; '));
}

export function wants({ filters = {} }: EventSubscription, event: OmniumEvent): boolean {
  const { classNames, categories, statuses, stores, markets, orderTypes } = filters;
  return [
    fits(classNames, event.className),
    fits(categories, event.category),
    fits(statuses, event.status),
    fits(stores, event.storeId),
    fits(markets, event.market),
    fits(orderTypes, event.subClassName),
  ].every(Boolean);
}

/** An empty filter is none. */
function fits(wanted: readonly string[] | undefined, value: string | null | undefined): boolean {
  return !wanted || wanted.length === 0 || wanted.includes(value ?? '');
}

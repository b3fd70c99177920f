import { Ajv } from 'ajv';
import type { FromSchema } from 'json-schema-to-ts';
import { BadInput } from './bad-input';
import { settingsSchema } from './settings';

const openObject = { type: 'object' } as const;

/** One entry of Sitoo's subscription block. `api_token` becomes the Authorization header; without `event_types` every type is sent. */
const subscription = {
  type: 'object',
  required: ['base_url'],
  properties: {
    base_url: { type: 'string', pattern: '^https?://' },
    api_token: { type: 'string' },
    event_types: { type: 'array', items: { type: 'string' } },
  },
  additionalProperties: false,
} as const;

const subscriptions = { type: 'array', items: subscription } as const;

const account = {
  type: 'object',
  required: ['id', 'keys'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer' },
    sites: { type: 'array', items: { type: 'integer' } },
    keys: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['id', 'password'],
        properties: { id: { type: 'string' }, password: { type: 'string' } },
        additionalProperties: false,
      },
    },
    stores: { type: 'array', items: openObject },
    warehouses: { type: 'array', items: openObject },
    users: { type: 'array', items: openObject },
    orders: { type: 'array', items: openObject },
    /** Ids that Sitoo gives begin above it: orders that a test stores with ids of its own, one after the other, then meet none of them. */
    lastorderid: { type: 'integer', minimum: 0 },
    /** Default: two per warehouse of a store, the tills of the generated receipts. */
    registers: { type: 'array', items: openObject },
    /** Default: those of the generated receipts. */
    paymenttypes: { type: 'array', items: openObject },
    reasoncodes: { type: 'array', items: openObject },
    /** Site settings of the same names; orders without a currency get this one. Default NOK and Europe/Oslo. */
    currencycode: { type: 'string' },
    timezone: { type: 'string' },
    subscriptions,
  },
} as const;

const seed = {
  type: 'object',
  required: ['accounts'],
  additionalProperties: false,
  properties: { accounts: { type: 'array', items: account }, settings: openObject },
} as const;

export type Subscription = FromSchema<typeof subscription>;
export type AccountSeed = FromSchema<typeof account>;
export type TwinSeed = FromSchema<typeof seed>;
export type ApiKey = AccountSeed['keys'][number];

const ajv = new Ajv({ allErrors: true, strict: false });
const isSeed = ajv.compile<TwinSeed>({ ...seed, properties: { ...seed.properties, settings: settingsSchema } });
const areSubscriptions = ajv.compile<Subscription[]>(subscriptions);

/** Reads a seed document. Throws {@link BadInput} with every problem found. */
export function readSeed(value: unknown): TwinSeed {
  if (isSeed(value)) return value;
  throw new BadInput(`seed: ${ajv.errorsText(isSeed.errors)}`);
}

/** Reads subscriptions: an array, or Sitoo's wrapper `{"event_subscriptions": […]}`. Throws {@link BadInput}. */
export function readSubscriptions(value: unknown): Subscription[] {
  const list: unknown = typeof value === 'object' && value !== null && 'event_subscriptions' in value ? value.event_subscriptions : value;
  if (areSubscriptions(list)) return list;
  throw new BadInput(`subscriptions: ${ajv.errorsText(areSubscriptions.errors)}`);
}

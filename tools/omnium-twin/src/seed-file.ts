import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import type { TenantSeed } from './seed';
import { devShop } from './seed';
import { subscriptionsSchema } from './webhooks/subscription';
import { connectorsSchema } from './workflow/connectors';

const documents = { type: 'array', items: { type: 'object' } };

const seedSchema = {
  type: 'object',
  required: ['tenants'],
  additionalProperties: false,
  properties: {
    tenants: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['id', 'apiUsers', 'markets', 'stores', 'orderTypes', 'shipmentOptions', 'paymentMethods'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', minLength: 1 },
          apiUsers: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['clientId', 'clientSecret'],
              additionalProperties: false,
              properties: {
                clientId: { type: 'string', minLength: 1 },
                clientSecret: { type: 'string', minLength: 1 },
                roles: { type: 'array', items: { type: 'string' } },
              },
            },
          },
          markets: documents,
          stores: documents,
          orderTypes: documents,
          shipmentOptions: documents,
          paymentMethods: { type: 'array', items: { type: 'string' } },
          connectors: connectorsSchema,
          subscriptions: subscriptionsSchema,
        },
      },
    },
  },
};

const isSeed = new Ajv({ allErrors: true }).compile<{ tenants: TenantSeed[] }>(seedSchema);

/** Tenants from a seed file, or the built-in one without a path. Throws with every problem when the file is not a seed. */
export function readSeed(path?: string): TenantSeed[] {
  if (!path) return [devShop];
  const content = parse(path);
  if (isSeed(content)) return content.tenants;
  const problems = (isSeed.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
  throw new Error(`${path} is not a seed file: ${problems.join('; ')}`);
}

function parse(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is not JSON`, { cause });
  }
}

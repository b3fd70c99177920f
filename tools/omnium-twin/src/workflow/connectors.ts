import Ajv from 'ajv';
import type { Header } from '../webhooks/subscription';
import { headersSchema } from '../webhooks/subscription';

/** A connector as the tenant's settings hold it (configuration section 1); `ExportOrder` steps post to its host. */
export interface ConnectorSeed {
  name: string;
  host: string;
  customHeaders?: Header[];
  /** Empty or absent = all. */
  enabledForMarkets?: string[];
}

export const connectorsSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'host'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 1 },
      host: { type: 'string', pattern: '^https?://' },
      customHeaders: headersSchema,
      enabledForMarkets: { type: 'array', items: { type: 'string' } },
    },
  },
};

const areConnectors = new Ajv({ allErrors: true }).compile<ConnectorSeed[]>(connectorsSchema);

/** Connectors as they came in. Throws with every problem. */
export function decodeConnectors(input: unknown): ConnectorSeed[] {
  if (areConnectors(input)) return input;
  throw new Error((areConnectors.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`).join('; '));
}

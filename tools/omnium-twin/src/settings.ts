import Ajv from 'ajv';

/** What may be changed while the twin runs, through `PUT /_twin/settings`. Times in milliseconds unless the name says otherwise. */
export interface TwinSettings {
  /** OrderSettings of the same name. true: sent totals are recalculated, so that a wrong map shows up as a wrong total. */
  isOrderCalculatorRunOnImport: boolean;
  /** How long a write stays invisible to search; reading by id is never late. Omnium: "usually under a second, longer in bulk". */
  searchLagMs: number;
  latencyMs: number;
  /** Added per order of a batch write. */
  latencyPerOrderMs: number;
  /** How long an order created with a workflow shows `Queued`. 0 = not at all. */
  queuedMs: number;
  /** Omnium's pages name both answers for an id that is taken. */
  duplicateIdStatus: 409 | 400;
  /** What a batch with an invalid order does to the valid ones; both answer 400. Omnium's behaviour is not published. */
  batchOnInvalid: 'reject-all' | 'apply-valid';
  /** 409 for a second write to an order that is being written. */
  conflictOnConcurrentWrite: boolean;
  /** Multiplies the delays between attempts of a webhook: 1 as documented (1, 5 and 15 s). */
  timeScale: number;
  /** How long a receiver of webhooks has: not published. */
  webhookTimeoutMs: number;
  /** Every event is sent this many times: delivery is at least once. */
  eventCopies: number;
  tokenLifetimeSeconds: number;
  /** Concurrent requests of one API user. */
  requestsPerUser: number;
  /** Concurrent requests of all API users of a tenant. */
  requestsPerTenant: number;
  /** Concurrent `*Many` writes of a tenant. */
  batchWrites: number;
  /** Tokens of an API user's bucket; a call costs one. */
  bucketTokens: number;
  bucketRefillTokens: number;
  bucketRefillMs: number;
}

export const defaultSettings: TwinSettings = {
  isOrderCalculatorRunOnImport: true,
  searchLagMs: 1_000,
  latencyMs: 20,
  latencyPerOrderMs: 0.2,
  queuedMs: 0,
  duplicateIdStatus: 409,
  batchOnInvalid: 'reject-all',
  conflictOnConcurrentWrite: true,
  timeScale: 1,
  webhookTimeoutMs: 10_000,
  eventCopies: 1,
  tokenLifetimeSeconds: 864_000,
  requestsPerUser: 20,
  requestsPerTenant: 40,
  batchWrites: 4,
  bucketTokens: 12_000,
  bucketRefillTokens: 1_000,
  bucketRefillMs: 10_000,
};

const amount = { type: 'number', minimum: 0 };
const count = { type: 'integer', minimum: 1 };

const isPatch = new Ajv({ allErrors: true }).compile<Partial<TwinSettings>>({
  type: 'object',
  additionalProperties: false,
  properties: {
    isOrderCalculatorRunOnImport: { type: 'boolean' },
    searchLagMs: amount,
    latencyMs: amount,
    latencyPerOrderMs: amount,
    queuedMs: amount,
    duplicateIdStatus: { enum: [409, 400] },
    batchOnInvalid: { enum: ['reject-all', 'apply-valid'] },
    conflictOnConcurrentWrite: { type: 'boolean' },
    timeScale: amount,
    webhookTimeoutMs: count,
    eventCopies: count,
    tokenLifetimeSeconds: amount,
    requestsPerUser: count,
    requestsPerTenant: count,
    batchWrites: count,
    bucketTokens: count,
    bucketRefillTokens: amount,
    bucketRefillMs: count,
  },
});

/** A change of settings as it came in. Throws with every problem. */
export function decodeSettings(input: unknown): Partial<TwinSettings> {
  if (isPatch(input)) return input;
  const problems = (isPatch.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
  throw new Error(problems.join('; '));
}

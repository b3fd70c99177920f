import { Ajv, type JSONSchemaType } from 'ajv';
import { BadInput } from './bad-input';

/**
 * `429storm` answers 429, `5xx` the status given, `hang` takes the call and never answers, `reset` cuts the connection after the work
 * was done, so that a write has happened and the caller never hears of it, `staleRead` answers what was true before the last write.
 */
export interface Fault {
  kind: '429storm' | '5xx' | 'hang' | 'reset' | 'staleRead';
  /** How many of the next calls it hits. */
  calls: number;
  /** Only this account; without it every account. */
  account?: number;
  /** Only calls of this operation, e.g. `addOrder`; without it any call. */
  operation?: string;
  /** For `5xx`, default 500. */
  status?: number;
  /** For `429storm`: `Retry-After` in seconds, default 1. */
  retryAfterSeconds?: number;
}

const schema: JSONSchemaType<Fault> = {
  type: 'object',
  required: ['kind', 'calls'],
  additionalProperties: false,
  properties: {
    kind: { type: 'string', enum: ['429storm', '5xx', 'hang', 'reset', 'staleRead'] },
    calls: { type: 'integer', minimum: 1 },
    account: { type: 'integer', nullable: true },
    operation: { type: 'string', nullable: true },
    status: { type: 'integer', minimum: 500, maximum: 599, nullable: true },
    retryAfterSeconds: { type: 'number', minimum: 0, nullable: true },
  },
};
const ajv = new Ajv({ allErrors: true });
const isFault = ajv.compile(schema);

/** Faults that wait for their calls, oldest first. */
export class Faults {
  private waiting: Fault[] = [];

  /** Adds a fault. Throws {@link BadInput} when it is not one. */
  add(value: unknown): void {
    if (!isFault(value)) throw new BadInput(`fault: ${ajv.errorsText(isFault.errors)}`);
    this.waiting.push({ ...value });
  }

  /** The fault for this call of an account, used up by one. `operationOf` is asked only when a fault waits for one operation. */
  take(accountId: number, operationOf: () => string | undefined): Fault | undefined {
    const isHit = ({ account, operation }: Fault) =>
      (account === undefined || account === accountId) && (operation === undefined || operation === operationOf());
    const fault = this.waiting.find(isHit);
    if (!fault) return undefined;
    fault.calls -= 1;
    this.waiting = this.waiting.filter((candidate) => candidate.calls > 0);
    return fault;
  }

  /** Ends every fault that is still to come. */
  clear(): void {
    this.waiting = [];
  }

  list(): Fault[] {
    return [...this.waiting];
  }
}

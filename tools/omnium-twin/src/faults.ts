import Ajv from 'ajv';

/**
 * `5xx` answers a server error, `hang` never answers, `reset-before` cuts the connection and does nothing, `reset-after-apply` does the work and
 * cuts the connection, `429` refuses as a limit would, `slow` waits first.
 */
export type FaultKind = '5xx' | 'hang' | 'reset-before' | 'reset-after-apply' | '429' | 'slow';

export interface FaultOrder {
  kind: FaultKind;
  /** How many calls it hits. Default 1. */
  count?: number;
  /** Only calls of this operation, e.g. `OrdersUpdateMany`. Default: any call. */
  operationId?: string;
  /** Status of `5xx`. Default 500. */
  status?: number;
  /** Wait of `slow`. Default 2,000 ms. */
  delayMs?: number;
  /** `Retry-After` of `429`, in seconds. Default 1; 0 sends no header. */
  retryAfterSeconds?: number;
  /** `5xx` and `hang`: do the work before failing. Default false. */
  afterApply?: boolean;
}

export type Fault = Required<Omit<FaultOrder, 'operationId' | 'count'>>;

const isFaultOrder = new Ajv({ allErrors: true }).compile<FaultOrder>({
  type: 'object',
  required: ['kind'],
  additionalProperties: false,
  properties: {
    kind: { enum: ['5xx', 'hang', 'reset-before', 'reset-after-apply', '429', 'slow'] },
    count: { type: 'integer', minimum: 1 },
    operationId: { type: 'string' },
    status: { type: 'integer', minimum: 500, maximum: 599 },
    delayMs: { type: 'number', minimum: 0 },
    retryAfterSeconds: { type: 'integer', minimum: 0 },
    afterApply: { type: 'boolean' },
  },
});

/** A fault order as it came in. Throws with every problem. */
export function decodeFault(input: unknown): FaultOrder {
  if (isFaultOrder(input)) return input;
  throw new Error((isFaultOrder.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`).join('; '));
}

/** Faults waiting for their calls, first come first served. */
export class Faults {
  private pending: { fault: Fault; operationId?: string; left: number }[] = [];
  readonly served: Record<string, number> = {};

  add({ kind, count = 1, operationId, ...rest }: FaultOrder): void {
    const fault = { kind, status: 500, delayMs: 2_000, retryAfterSeconds: 1, afterApply: false, ...rest };
    this.pending.push({ fault, operationId, left: count });
  }

  /** The fault that hits this call, if any; it is used up by it. */
  next(operationId: string): Fault | undefined {
    const entry = this.pending.find((waiting) => !waiting.operationId || waiting.operationId === operationId);
    if (!entry) return undefined;
    entry.left -= 1;
    this.pending = this.pending.filter((waiting) => waiting.left > 0);
    this.served[entry.fault.kind] = (this.served[entry.fault.kind] ?? 0) + 1;
    return entry.fault;
  }

  get waiting(): number {
    return this.pending.reduce((total, entry) => total + entry.left, 0);
  }
}

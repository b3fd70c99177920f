import type { Random } from '../random';
import type { TwinStack } from '../twin-stack';

/** Writes of orders at the Omnium twin, by operation: a batch, and one new order with its workflow. */
const orderWrites = ['OrdersUpdateMany', 'OrdersPost'] as const;

type Trouble = { platform: 'sitoo' | 'omnium'; fault: object };

/** Everything that the platforms do to their callers; each is met by the next calls, whatever they are, unless it says which. */
const troubles: readonly ((random: Random) => Trouble)[] = [
  // A storm of 429, with the second that it asks for.
  (random) => ({ platform: 'sitoo', fault: { kind: '429storm', calls: random.between(1, 6), retryAfterSeconds: 1 } }),
  (random) => ({ platform: 'omnium', fault: { kind: '429', count: random.between(1, 6), retryAfterSeconds: 1 } }),
  (random) => ({ platform: 'sitoo', fault: { kind: '5xx', calls: random.between(1, 3), status: random.pick([500, 502, 503]) } }),
  (random) => ({ platform: 'omnium', fault: { kind: '5xx', count: random.between(1, 3), status: random.pick([500, 502, 503]) } }),
  () => ({ platform: 'sitoo', fault: { kind: 'reset', calls: 1 } }),
  () => ({ platform: 'sitoo', fault: { kind: 'hang', calls: 1 } }),
  () => ({ platform: 'sitoo', fault: { kind: 'staleRead', calls: 2 } }),
  () => ({ platform: 'omnium', fault: { kind: 'reset-before' } }),
  () => ({ platform: 'omnium', fault: { kind: 'slow', delayMs: 1_500 } }),
  // The work is done and the caller never hears of it.
  (random) => ({ platform: 'omnium', fault: { kind: 'reset-after-apply', operationId: random.pick(orderWrites) } }),
  (random) => ({ platform: 'omnium', fault: { kind: '5xx', status: 500, afterApply: true, operationId: random.pick(orderWrites) } }),
  (random) => ({ platform: 'omnium', fault: { kind: 'hang', afterApply: true, operationId: random.pick(orderWrites) } }),
];

/** The platforms' bad moments, one kind after the other in an order that the seed decides, so that each kind comes as often as the others. */
export class Weather {
  private left: ((random: Random) => Trouble)[] = [];

  constructor(
    private readonly stack: TwinStack,
    private readonly random: Random,
  ) {}

  /** How events travel for a while: some twice or three times, in any order, and read-back lagging behind them or not. */
  async turn(): Promise<void> {
    await this.stack.sitoo('PUT', '/settings', {
      shuffle: true,
      repeat: this.random.between(1, 3),
      unreadableFirstReads: this.random.chance(0.2) ? 1 : 0,
    });
  }

  /** One more kind of trouble for the next calls. */
  async strike(): Promise<void> {
    if (this.left.length === 0) this.left = [...troubles];
    const [next] = this.left.splice(this.random.between(0, this.left.length - 1), 1);
    if (!next) return;
    const { platform, fault } = next(this.random);
    await this.stack[platform]('POST', '/faults', fault);
  }

  /** The platforms are well from now on. */
  async clear(): Promise<void> {
    await this.stack.sitoo('PUT', '/settings', { shuffle: false, repeat: 1, unreadableFirstReads: 0 });
    await this.stack.sitoo('DELETE', '/faults');
  }
}

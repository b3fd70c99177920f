import { generateTradingDay, saleMix, type LabelledReceipt } from '@connector/testing';
import type { Violation } from '../checker/violation';
import { pause } from '../proxy/fault-plan';
import { Random } from '../random';
import { TwinStack } from '../twin-stack';
import type { StackCell } from './stack-cell';

const receiptsSold = 400;
const restWithinMs = 30_000;
const write = 'OrdersUpdateMany';

/** Omnium takes writes and resets the connection before it answers, or answers 500: whoever only repeats his write books it twice. */
export const omniumAppliesThenResets: StackCell = {
  name: 'F16',
  title: 'Omnium applies a write, then resets the connection or answers 500 (order-sync against the twins)',
  stack: true,
  part: 'connector',
  targets: { faults: { min: 5 } },
  async play({ run, seed }) {
    const stack = await TwinStack.start(run);
    try {
      const receipts = generateTradingDay({ seed, count: receiptsSold, firstOrderId: 30_001, mix: saleMix });
      await sell(stack, receipts, new Random(seed));
      const restMs = await settled(stack, receipts);
      const {
        faults: { served },
      } = await stack.omniumState();
      const violations = await judge(stack, receipts);
      const faults = Object.values(served).reduce((sum, count) => sum + count, 0);
      return { figures: { events: receipts.length, faults, restAfterMs: Math.round(restMs) }, violations };
    } finally {
      await stack.stop();
    }
  },
};

/** In ten parts, each with a fault waiting for its writes. */
async function sell(stack: TwinStack, receipts: readonly LabelledReceipt[], random: Random): Promise<void> {
  const part = Math.ceil(receipts.length / 10);
  for (let from = 0; from < receipts.length; from += part) {
    const fault = random.chance(0.7) ? { kind: 'reset-after-apply' } : { kind: '5xx', status: 500, afterApply: true };
    await stack.omnium('POST', '/faults', { ...fault, operationId: write });
    await stack.sell(receipts.slice(from, from + part).map(({ order }) => order));
    await pause(random.between(400, 1_000));
  }
}

/** Waits until every receipt has an order, and then for its second looks; ms. */
async function settled(stack: TwinStack, receipts: readonly LabelledReceipt[]): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < restWithinMs) {
    const ids = new Set(await stack.omnium<string[]>('GET', '/orders?ids=only'));
    if (receipts.every((receipt) => ids.has(stack.omniumId(receipt)))) break;
    await pause(200);
  }
  const restMs = performance.now() - started;
  // Scaled retries: ten seconds are 0.2 s, one minute is 1.2 s.
  await pause(3_000);
  return restMs;
}

async function judge(stack: TwinStack, receipts: readonly LabelledReceipt[]): Promise<Violation[]> {
  const parked = await stack.parkedKeys();
  const each = await Promise.all(receipts.map((receipt) => judgeOne(stack, receipt)));
  const { violations } = await stack.omniumState();
  return [
    ...each.flat(),
    ...parked.map((key): Violation => ({ invariant: 'I9', message: `${key} is parked and nothing is wrong with it` })),
    ...(violations > 0 ? [{ invariant: 'I2' as const, message: `the Omnium twin saw ${violations} calls that break its rules` }] : []),
  ];
}

/** One creation, nothing changed after it, and the money of the receipt. */
async function judgeOne(stack: TwinStack, receipt: LabelledReceipt): Promise<Violation[]> {
  const id = stack.omniumId(receipt);
  const order = await stack.order(id);
  if (!order) return [{ invariant: 'I1', message: `receipt ${id} is no order` }];
  const kinds = (await stack.omnium<{ kind: string }[]>('GET', `/history/${id}`)).map(({ kind }) => kind);
  const booked = kinds.filter((kind) => kind !== 'unchanged');
  const violations: Violation[] = [];
  if (booked.length !== 1 || booked[0] !== 'created')
    violations.push({ invariant: 'I2', message: `${id} was written as ${booked.join(', ')}` });
  if (order.orderForm?.total?.toFixed(2) !== receipt.order.moneytotal_gross_all || order.remainingPayment !== 0)
    violations.push({ invariant: 'I2', message: `${id} has other money than its receipt` });
  return violations;
}

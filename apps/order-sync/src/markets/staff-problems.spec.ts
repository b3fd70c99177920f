import { parseKey, type OmniumOrder } from '@connector/contracts';
import { done, park, retry, skipped, type Outcome } from '@connector/event-bus';
import type { OrderProblem } from '@connector/omnium-client';
import { CallError } from '@connector/platform';
import { areOwnWords, tellStaff, type Finished, type StaffEntry } from './staff-problems';

const now = 1_772_461_000_000;
const entry: StaffEntry = { key: ({ key }) => `ours-${key.id}`, message: ({ message }) => `Not done: ${message}`, attempts: 7 };
const reason = { code: 'STORE_UNKNOWN', message: 'no such store', path: 'store' };

/** Omnium, whose lists of errors are read and then written whole. */
class Orders {
  readonly errors = new Map<string, OrderProblem[]>();
  calls = 0;
  fails: Error | undefined;

  async addErrors(id: string, problems: readonly OrderProblem[]): Promise<{ modified: boolean }> {
    return this.write(id, (known) => [...known, ...problems]);
  }

  async removeErrors(id: string, keys: readonly string[]): Promise<{ modified: boolean }> {
    return this.write(id, (known) => known.filter(({ key }) => !keys.includes(key)));
  }

  private async write(id: string, change: (known: OrderProblem[]) => OrderProblem[]): Promise<{ modified: boolean }> {
    this.calls += 1;
    if (this.fails) throw this.fails;
    const read = this.errors.get(id) ?? [];
    await Promise.resolve();
    this.errors.set(id, change(read));
    return { modified: true };
  }
}

function finished(id: string, orderId: string, outcome: Outcome, { attempt = 0, errors = [] as OmniumOrder['errors'] } = {}): Finished {
  return { item: { attempt, key: parseKey(`DevShop/NOR/${id}`)! }, order: { id: orderId, errors }, outcome };
}

async function tell(orders: Orders, all: Finished[], owned = true): Promise<void> {
  const { signal } = new AbortController();
  await tellStaff(all, entry, orders, { signal, owned: () => owned }, now);
}

test('what a person has to put right is told once per piece of work, also where several share an order', async () => {
  const orders = new Orders();
  await tell(orders, [finished('7', 'A', park(reason)), finished('8', 'A', park(reason)), finished('9', 'B', done('patched'))]);
  expect(orders.errors.get('A')?.map(({ key }) => key)).toEqual(['ours-7', 'ours-8']);
  expect(orders.errors.get('A')?.[0]).toEqual({
    key: 'ours-7',
    severity: 'Error',
    message: 'Not done: no such store',
    details: 'STORE_UNKNOWN at store',
    occurred: '2026-03-02T14:16:40.000Z',
  });
  expect(orders.errors.has('B')).toBe(false);
});

test.each<[string, Outcome, number, number]>([
  ['the last try', retry(reason), 6, 1],
  ['a try before the last', retry(reason), 5, 0],
])('%s is told %#', async (_, outcome, attempt, calls) => {
  const orders = new Orders();
  await tell(orders, [finished('7', 'A', outcome, { attempt })]);
  expect(orders.calls).toBe(calls);
});

test('what is told already is not told again, and another reason is', async () => {
  const orders = new Orders();
  await tell(orders, [finished('7', 'A', park(reason))]);
  const errors = orders.errors.get('A');
  await tell(orders, [finished('7', 'A', park(reason), { errors })]);
  expect(orders.calls).toBe(1);
  await tell(orders, [finished('7', 'A', park({ ...reason, message: 'another' }), { errors })]);
  expect(orders.calls).toBe(2);
});

test.each([done('equal'), skipped(reason)])(
  'an entry goes when the work is over, and no call is made where there is none: %j',
  async (outcome) => {
    const orders = new Orders();
    await tell(orders, [finished('7', 'A', park(reason))]);
    await tell(orders, [finished('7', 'A', outcome, { errors: orders.errors.get('A') })]);
    expect(orders.errors.get('A')).toEqual([]);
    await tell(orders, [finished('7', 'A', outcome)]);
    expect(orders.calls).toBe(2);
  },
);

test('a call that fails holds up nobody and is no failure of the work; a fault of ours is', async () => {
  const orders = new Orders();
  orders.fails = new CallError('omnium', 'orders.patch', 'TIMEOUT', 'no answer', { retryable: true });
  await tell(orders, [finished('7', 'A', park(reason)), finished('8', 'A', park(reason))]);
  expect(orders.calls).toBe(2);
  orders.fails = new TypeError('x is not a function');
  await expect(tell(orders, [finished('7', 'A', park(reason))])).rejects.toThrow(TypeError);
});

test('nothing is told when another member owns the keys by now', async () => {
  const orders = new Orders();
  await tell(orders, [finished('7', 'A', park(reason))], false);
  expect(orders.calls).toBe(0);
});

test.each([
  ['STORE_UNKNOWN', true],
  ['OMNIUM_LINE_UNKNOWN', true],
  ['READ_LAGS_BEHIND', true],
  ['OMNIUM_REJECTED', false],
  ['SITOO_TIMEOUT', false],
])("the words under %s are the connector's own: %s", (code, own) => {
  expect(areOwnWords({ code, message: '' }, { STORE_UNKNOWN: '', OMNIUM_LINE_UNKNOWN: '' })).toBe(own);
});

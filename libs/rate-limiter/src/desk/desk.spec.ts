import { CallPass, CallResult } from '@connector/platform';
import { Ask } from '../budget/exchange';
import { Grant, Reply } from '../budget/reply';
import { GateEvent } from '../events';
import { someRules } from '../testing/asks';
import { Budget, Desk } from './desk';

const ok: CallResult = { kind: 'answered', status: 200, headers: {} };
type Part = Pick<Ask, 'proc' | 'held' | 'done' | 'wait' | 'age'>;

/** A budget that grants as many calls as it is told to, and remembers what it was asked. */
class ScriptedBudget implements Budget {
  readonly keys = [0, 1, 2].map(() => ({ factorPpm: 1e6, blockedUs: 0, benchedUs: 0, inFlight: 0 }));
  readonly asks: Part[] = [];
  allow = 0;
  inUs = 0;
  key = 'k1';
  closed = false;
  private issued = 0;

  async exchange(part: Part): Promise<Reply> {
    this.asks.push(part);
    const grants: Grant[] = [];
    part.wait.forEach((count, w) => {
      for (let i = 0; i < count && this.allow > 0; i++, this.allow--)
        grants.push({ id: `g${++this.issued}`, key: this.key, w, inUs: this.inUs });
    });
    await new Promise((resolve) => setImmediate(resolve));
    return { stale: false, tick: 1, grants, againUs: 1_000_000, width: 3, keys: this.keys, waiting: [], used: [], procs: 1 };
  }

  close(): void {
    this.closed = true;
  }
}

async function turns(count = 6): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

describe('a desk', () => {
  let budget: ScriptedBudget;
  let desk: Desk;
  let events: GateEvent[];

  beforeEach(() => {
    budget = new ScriptedBudget();
    events = [];
    desk = new Desk({
      rules: someRules(),
      kindNames: ['call'],
      proc: 'p',
      budget,
      onEvent: (event) => events.push(event),
      now: () => performance.now(),
    });
  });
  afterEach(() => desk.close());

  it('carries all callers of one turn in one exchange, and their endings in the next', async () => {
    budget.allow = 50;
    const passes = await Promise.all(Array.from({ length: 50 }, () => desk.enter(0, { class: 'sale' })));
    expect(budget.asks.map(({ wait }) => wait[1])).toEqual([50]);
    await Promise.all(passes.map((pass) => pass.leave(ok)));
    await turns();
    expect(budget.asks).toHaveLength(2);
    expect(budget.asks[1]?.done).toHaveLength(50);
    expect(budget.asks[1]?.held).toEqual([]);
  });

  it('does not ask again for a class that is known to wait', async () => {
    void desk.enter(0, { class: 'sale' }).catch(() => undefined);
    await turns();
    void desk.enter(0, { class: 'sale' }).catch(() => undefined);
    await turns();
    expect(budget.asks).toHaveLength(1);
    void desk.enter(0, { class: 'till' }).catch(() => undefined);
    await turns();
    expect(budget.asks[1]?.wait.slice(0, 2)).toEqual([1, 2]);
  });

  it('asks again at once when everything it asked for was given', async () => {
    budget.allow = 2;
    const first = desk.enter(0, { class: 'sale' });
    await new Promise((resolve) => setImmediate(resolve)); // the exchange is under way
    const second = desk.enter(0, { class: 'sale' });
    await Promise.all([first, second]);
    expect(budget.asks).toHaveLength(2);
  });

  it('serves callers of a class in the order in which they came', async () => {
    const order: number[] = [];
    [1, 2, 3].forEach((n) => void desk.enter(0, { class: 'sale' }).then(() => order.push(n)));
    budget.allow = 3;
    await turns();
    expect(order).toEqual([1, 2, 3]);
  });

  it('keeps a caller with a later slot waiting until it comes', async () => {
    budget.allow = 1;
    budget.inUs = 40_000;
    const started = performance.now();
    const pass = await desk.enter(0, { class: 'sale' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(39);
    expect(pass.waitedMs).toBeGreaterThanOrEqual(39);
    await pass.leave(ok);
  });

  it('makes a caller wait again, first in line, when its key is stopped before its slot comes', async () => {
    budget.allow = 1;
    budget.inUs = 60_000;
    const served: string[] = [];
    void desk.enter(0, { class: 'sale' }).then(() => served.push('first'));
    await turns();
    void desk.enter(0, { class: 'sale' }).then(() => served.push('second'));
    desk.stop('k1');
    await turns();
    expect(budget.asks.at(-1)?.done.map(({ ending }) => ending)).toEqual(['unused']);
    budget.inUs = 0;
    budget.allow = 2;
    desk.kick();
    await turns();
    expect(served).toEqual(['first', 'second']);
  });

  it('gives back what arrives for a caller that has gone', async () => {
    const gone = new AbortController();
    const waiting = desk.enter(0, { class: 'sale', signal: gone.signal });
    budget.allow = 1;
    await new Promise((resolve) => setImmediate(resolve));
    gone.abort(new Error('too late'));
    await expect(waiting).rejects.toThrow('too late');
    await turns();
    expect(budget.asks.at(-1)?.done).toMatchObject([{ id: 'g1', ending: 'unused' }]);
  });

  it('gives back the slot of a caller that goes while it waits for its slot', async () => {
    const gone = new AbortController();
    budget.allow = 1;
    budget.inUs = 60_000;
    const waiting = desk.enter(0, { class: 'sale', signal: gone.signal });
    await turns();
    gone.abort(new Error('too late'));
    await expect(waiting).rejects.toThrow('too late');
    await turns();
    expect(budget.asks.at(-1)?.done).toMatchObject([{ id: 'g1', ending: 'unused' }]);
  });

  it('rejects a caller whose signal has aborted already, without asking', async () => {
    await expect(desk.enter(0, { class: 'sale', signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
    expect(budget.asks).toEqual([]);
  });

  it('refuses a key it does not have', async () => {
    budget.allow = 1;
    budget.key = 'of another configuration';
    void desk.enter(0, { class: 'sale' }).catch(() => undefined);
    await turns();
    expect(budget.asks[1]?.done).toMatchObject([{ key: 'of another configuration', ending: 'unused' }]);
  });

  it('counts a pass that is given back twice once', async () => {
    budget.allow = 1;
    const pass = await desk.enter(0, { class: 'sale' });
    await pass.leave({ kind: 'no-answer' });
    await pass.leave(ok);
    await turns();
    expect(budget.asks.flatMap(({ done }) => done.map(({ ending }) => ending))).toEqual(['lost']);
  });

  it.each<[CallResult, string, Partial<GateEvent>[]]>([
    [{ kind: 'too-many-connections' }, 'crowded', [{ type: 'too-many-connections', key: 0 }]],
    [{ kind: 'refused', status: 403 }, 'refused', [{ type: 'key-benched', key: 0, status: 403, left: 2 }]],
    [
      { kind: 'throttled', headers: { 'retry-after': '3', cookie: 'c' } },
      'throttled',
      [
        { type: 'quota-header', key: 0, name: 'retry-after', value: '3' },
        { type: 'throttled', key: 0, forMs: 3000 },
      ],
    ],
  ])('reports %j', async (result, ending, reported) => {
    budget.allow = 1;
    const pass: CallPass = await desk.enter(0, { class: 'sale' });
    await pass.leave(result);
    await turns();
    expect(budget.asks.at(-1)?.done).toMatchObject([{ ending }]);
    expect(events.filter(({ type }) => type !== 'passed')).toEqual(reported);
  });

  it('tells the waiting, gives back what sleeps and closes the budget when it is closed', async () => {
    const waiting = desk.enter(0, { class: 'sale' });
    const failed = expect(waiting).rejects.toMatchObject({ code: 'GATE_CLOSED' });
    await turns();
    await desk.close();
    await failed;
    expect(budget.asks.at(-1)?.wait).toEqual([0, 0, 0, 0, 0, 0]);
    expect(budget.closed).toBe(true);
  });
});

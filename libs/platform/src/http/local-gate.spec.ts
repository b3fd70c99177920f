import type { CallClass, CallGate, CallPass, CallResult } from './gate';
import { createLocalGate } from './local-gate';

const answered: CallResult = { kind: 'answered', status: 200, headers: {} };

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

/** Enters and notes name and time of admission; time is ms since the test began. */
function queue(gate: CallGate, name: string, callClass: CallClass, log: [string, number][], result: CallResult = answered): void {
  void gate.enter({ class: callClass }).then(async (pass) => {
    log.push([name, Date.now() - 1_000_000]);
    await pass.leave(result);
  });
}

describe('the local gate', () => {
  it('spaces starts evenly', async () => {
    const gate = createLocalGate({ perSecond: 4 });
    const log: [string, number][] = [];
    for (const name of ['a', 'b', 'c']) queue(gate, name, 'sale', log);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(log).toEqual([
      ['a', 0],
      ['b', 250],
      ['c', 500],
    ]);
  });

  it('lets the most urgent class go first and keeps the order within a class', async () => {
    const gate = createLocalGate({ perSecond: 10 });
    const log: [string, number][] = [];
    queue(gate, 'first', 'image', log);
    queue(gate, 'image', 'image', log);
    queue(gate, 'stock 1', 'stock', log);
    queue(gate, 'stock 2', 'stock', log);
    queue(gate, 'till', 'till', log);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(log.map(([name]) => name)).toEqual(['first', 'till', 'stock 1', 'stock 2', 'image']);
  });

  it('has one call in flight unless told otherwise', async () => {
    const gate = createLocalGate({ perSecond: 1_000 });
    const passes: CallPass[] = [];
    for (let call = 0; call < 3; call += 1) void gate.enter({ class: 'sale' }).then((pass) => passes.push(pass));
    await jest.advanceTimersByTimeAsync(100);
    expect(passes).toHaveLength(1);
    await passes[0]?.leave(answered);
    await passes[0]?.leave(answered);
    await jest.advanceTimersByTimeAsync(100);
    expect(passes).toHaveLength(2);
    expect(passes[1]?.waitedMs).toBe(100);
  });

  it('holds everybody back until the time a 429 names', async () => {
    const gate = createLocalGate({ perSecond: 1_000 });
    const log: [string, number][] = [];
    queue(gate, 'throttled', 'sale', log, { kind: 'throttled', retryAt: Date.now() + 5_000, headers: {} });
    queue(gate, 'next', 'sale', log);
    await jest.advanceTimersByTimeAsync(6_000);
    expect(log[1]).toEqual(['next', 5_000]);
  });

  it('pauses briefly when another connection was open', async () => {
    const gate = createLocalGate({ perSecond: 1_000 });
    const log: [string, number][] = [];
    queue(gate, 'refused', 'sale', log, { kind: 'too-many-connections' });
    queue(gate, 'next', 'sale', log);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(log[1]).toEqual(['next', 400]);
  });

  it('forgets a caller whose signal aborts', async () => {
    const gate = createLocalGate({ perSecond: 10 });
    const log: [string, number][] = [];
    queue(gate, 'first', 'sale', log);
    const controller = new AbortController();
    const given = gate.enter({ class: 'sale', signal: controller.signal }).catch((reason: unknown) => reason);
    queue(gate, 'last', 'sale', log);
    controller.abort(new Error('no longer needed'));
    expect(await given).toEqual(new Error('no longer needed'));
    await jest.advanceTimersByTimeAsync(100);
    expect(log).toEqual([
      ['first', 0],
      ['last', 100],
    ]);
  });

  it('takes turns with its keys and drops a refused one, but never the last', async () => {
    const gate = createLocalGate({ perSecond: 1_000, keys: 3 });
    const use = async (result: CallResult) => {
      await jest.advanceTimersByTimeAsync(10);
      const pass = await gate.enter({ class: 'sale' });
      await pass.leave(result);
      return pass.key;
    };
    const refused: CallResult = { kind: 'refused', status: 401 };
    expect([await use(answered), await use(refused), await use(answered)]).toEqual([0, 1, 2]);
    expect([await use(answered), await use(refused), await use(refused), await use(answered)]).toEqual([0, 2, 0, 0]);
  });
});

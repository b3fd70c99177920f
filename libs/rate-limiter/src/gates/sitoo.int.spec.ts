import { CallPass, CallResult } from '@connector/platform';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { GateEvent } from '../events';
import { Fault, RedisProxy } from '../testing/redis-proxy';
import { hammer, StrictServer } from '../testing/strict-server';
import { createSitooGate, SitooGate } from './sitoo';
import { SitooLimits } from './settings';

const ok: CallResult = { kind: 'answered', status: 200, headers: {} };
const redisUrl = process.env['REDIS_URL'] ?? '';

async function until(condition: () => boolean, limitMs = 8000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a Sitoo gate', () => {
  const gates: SitooGate[] = [];
  const events: GateEvent[] = [];
  let proxy: RedisProxy;
  let redis: Redis;
  let account = '';

  beforeAll(() => {
    redis = new Redis(redisUrl);
  });
  beforeEach(async () => {
    proxy = await RedisProxy.before(redisUrl);
    account = randomUUID();
    events.length = 0;
  });
  afterEach(async () => {
    await Promise.all(gates.splice(0).map((gate) => gate.close()));
    await proxy.close();
  });
  afterAll(() => redis.quit());

  function open(settings: Partial<SitooLimits> = {}, keys = ['k1', 'k2', 'k3']): SitooGate {
    const gate = createSitooGate({
      redisUrl: proxy.url,
      tenant: 'acme',
      market: 'nor',
      account,
      keys,
      settings: { scope: 'key', ratePerSecond: 20, burst: 5, inFlight: 1, settleMs: 200, ...settings },
      onEvent: (event) => events.push(event),
    });
    gates.push(gate);
    return gate;
  }

  function seen(type: GateEvent['type']): GateEvent[] {
    return events.filter((event) => event.type === type);
  }

  /** Runs three gates greedily against a strict server for a while. */
  async function load(
    all: SitooGate[],
    server: StrictServer,
    forMs: number,
    meanwhile: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(new Error('enough')), forMs);
    const callers = all.map((gate) => hammer(gate, server, { width: 4, takesMs: 5, stop: stop.signal }));
    await meanwhile();
    await Promise.all(callers);
    clearTimeout(timer);
  }

  it.each(['key', 'account'] as const)('spends the budget of all processes without one 429 (scope %s)', async (scope) => {
    const server = new StrictServer({ ratePerSecond: 20, burst: 5, scope, inFlight: 1 });
    const all = [open({ scope }), open({ scope }), open({ scope })];
    await load(all, server, 3200);
    const expected = (scope === 'key' ? 60 : 20) * 3;
    expect(server.throttled).toBe(0);
    expect(server.mostInFlight).toBe(1);
    expect(server.calls).toBeGreaterThan(expected * 0.85);
    expect(proxy.commands / server.calls).toBeLessThan(4);
  });

  it('stops every process at the 429 of one', async () => {
    const [a, b] = [open({ inFlight: 2 }, ['k1']), open({ inFlight: 2 }, ['k1'])];
    const first = await a.enter({ class: 'sale' });
    let entered: CallPass | undefined;
    await first.leave({ kind: 'throttled', headers: { 'retry-after': '1' } });
    const throttledAt = performance.now();
    void b.enter({ class: 'till' }).then((pass) => (entered = pass));
    await until(() => entered !== undefined);
    expect(performance.now() - throttledAt).toBeGreaterThan(950);
    expect(a.snapshot().keys[0]?.ratePerSecond).toBeLessThan(20);
    expect(a.snapshot().quotaHeaders).toEqual({ 'retry-after': '1' });
    await entered?.leave(ok);
  });

  it('hands a pass that is given back to the most urgent caller, wherever it waits', async () => {
    const [a, b] = [open({ scope: 'account' }), open({ scope: 'account' })];
    const first = await a.enter({ class: 'image' });
    const order: string[] = [];
    const later = (['catalogue', 'sale'] as const).map(async (name, index) => {
      const pass = await [a, b][index]?.enter({ class: name });
      order.push(name);
      await pass?.leave(ok);
    });
    await until(() => b.snapshot().waiting.sale === 1 && b.snapshot().waiting.catalogue === 1);
    await first.leave(ok);
    await Promise.all(later);
    expect(order).toEqual(['sale', 'catalogue']);
  });

  it('goes on with the other keys when one is refused, and reports it', async () => {
    const gate = open({ inFlight: 1 });
    const first = await gate.enter({ class: 'sale' });
    await first.leave({ kind: 'refused', status: 401 });
    const others = await Promise.all([gate.enter({ class: 'sale' }), gate.enter({ class: 'sale' })]);
    expect(others.map(({ key }) => key)).not.toContain(first.key);
    expect(seen('key-benched')).toEqual([{ type: 'key-benched', key: first.key, status: 401, left: 2 }]);
    await Promise.all(others.map((pass) => pass.leave(ok)));
  });

  it('gives up a caller whose signal aborts, and its place with it', async () => {
    const gate = open({ scope: 'account' });
    const first = await gate.enter({ class: 'sale' });
    const impatient = new AbortController();
    const waiting = gate.enter({ class: 'sale', signal: impatient.signal });
    await until(() => gate.snapshot().waiting.sale === 1);
    impatient.abort(new Error('deadline'));
    await expect(waiting).rejects.toThrow('deadline');
    await first.leave(ok);
    await (await gate.enter({ class: 'sale' })).leave(ok);
  });

  it('keeps a long call its place by renewing the lease', async () => {
    const [a, b] = [open({ scope: 'account' }), open({ scope: 'account' })];
    const long = await a.enter({ class: 'image' });
    let second: CallPass | undefined;
    void b.enter({ class: 'till' }).then((pass) => (second = pass));
    await new Promise((resolve) => setTimeout(resolve, 6500)); // longer than a lease of 5 s
    expect(second).toBeUndefined();
    await long.leave(ok);
    await until(() => second !== undefined);
    await second?.leave(ok);
  });

  it('takes over the place of a process that died after its lease ran out', async () => {
    const own = await RedisProxy.before(redisUrl);
    const dead = createSitooGate({
      redisUrl: own.url,
      tenant: 'acme',
      market: 'nor',
      account,
      keys: ['k1'],
      settings: { scope: 'account', ratePerSecond: 20, burst: 5 },
    });
    await dead.enter({ class: 'image' });
    await own.close(); // nothing is heard of it any more
    const gate = open({ scope: 'account' }, ['k1']);
    const started = performance.now();
    await (await gate.enter({ class: 'sale' })).leave(ok);
    expect(performance.now() - started).toBeLessThan(7500);
    await dead.close();
  });

  it('goes on after SCRIPT FLUSH', async () => {
    const gate = open();
    await (await gate.enter({ class: 'sale' })).leave(ok);
    await redis.script('FLUSH');
    await (await gate.enter({ class: 'sale' })).leave(ok);
    expect(seen('degraded')).toEqual([]);
  });

  it.each<Fault>(['refuse', 'frozen', 'vanished', 'slow', 'read-only'])(
    'makes neither a storm nor a hang of a Redis that is away (%s), and comes back',
    async (fault) => {
      const server = new StrictServer({ ratePerSecond: 20, burst: 5, scope: 'key', inFlight: 100 });
      const all = [open(), open(), open()];
      let before = 0;
      let during = 0;
      await load(all, server, 8000, async () => {
        await until(() => server.calls > 20);
        proxy.set(fault);
        await until(() => all.every((gate) => gate.snapshot().mode === 'local'));
        before = server.calls;
        await new Promise((resolve) => setTimeout(resolve, 2500));
        during = server.calls - before;
        proxy.set('none');
        await until(() => all.every((gate) => gate.snapshot().mode === 'shared'));
      });
      expect(server.throttled).toBeLessThanOrEqual(3); // one per process at the most
      expect(during).toBeGreaterThan(10); // three shares of 4 per second
      expect(during).toBeLessThan(2.5 * 60 * 0.8);
      expect(all[0]?.snapshot().degradedMs).toBeGreaterThan(1500);
    },
  );

  it('starts from an empty bucket when Redis comes back empty', async () => {
    const server = new StrictServer({ ratePerSecond: 20, burst: 5, scope: 'account', inFlight: 1 });
    const all = [open({ scope: 'account', settleMs: 2000 }), open({ scope: 'account', settleMs: 2000 })];
    await load(all, server, 8000, async () => {
      await until(() => server.calls > 20);
      await redis.del(...(await redis.keys(`limiter:{sitoo/acme/${account}}:*`)));
    });
    expect(server.throttled).toBe(0);
    expect(server.mostInFlight).toBe(1);
    expect(server.calls).toBeGreaterThan(50);
  });

  it('lets the waiting fail and leaves nothing open when it is closed', async () => {
    const gate = open({ scope: 'account' });
    await gate.enter({ class: 'sale' });
    const waiting = gate.enter({ class: 'sale' });
    const closed = expect(waiting).rejects.toMatchObject({ code: 'GATE_CLOSED' });
    await gate.close();
    await closed;
    await expect(gate.enter({ class: 'till' })).rejects.toMatchObject({ code: 'GATE_CLOSED' });
  });

  it('needs no commands while nobody calls', async () => {
    const gate = open();
    await (await gate.enter({ class: 'sale' })).leave(ok);
    await until(() => gate.snapshot().passes === 1 && gate.snapshot().keys.every(({ inFlight }) => inFlight === 0));
    const before = proxy.commands;
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(proxy.commands).toBe(before);
  });
});

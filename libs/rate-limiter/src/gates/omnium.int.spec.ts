import { CallPass, CallResult } from '@connector/platform';
import { randomUUID } from 'node:crypto';
import { createOmniumGate, OmniumGate } from './omnium';
import { OmniumKind } from './rules-of';
import { OmniumLimits } from './settings';

const ok: CallResult = { kind: 'answered', status: 200, headers: {} };

describe('an Omnium gate', () => {
  const gates: OmniumGate[] = [];
  let tenant = '';

  beforeEach(() => {
    tenant = randomUUID();
  });
  afterEach(() => Promise.all(gates.splice(0).map((gate) => gate.close())));

  function open(settings: Partial<OmniumLimits> = {}): OmniumGate {
    const gate = createOmniumGate({
      redisUrl: process.env['REDIS_URL'] ?? '',
      tenant,
      settings: { settleMs: 100, ratePerSecond: 1000, ...settings },
    });
    gates.push(gate);
    return gate;
  }

  /** Asks for more calls of a kind than may run, from two processes; resolves with those that got through when no more do. */
  async function through(kind: OmniumKind, wanted: number, settings: Partial<OmniumLimits> = {}): Promise<CallPass[]> {
    const passes: CallPass[] = [];
    const all = [open(settings), open(settings)];
    for (let i = 0; i < wanted; i++)
      all[i % 2]
        ?.kind(kind)
        .enter({ class: 'stock' })
        .then(
          (pass) => passes.push(pass),
          () => undefined,
        );
    let last = -1;
    while (last !== passes.length || passes.length === 0) {
      last = passes.length;
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    return passes;
  }

  it.each<[OmniumKind, number]>([
    ['general', 20],
    ['batch-write', 1],
    ['product-read', 150],
    ['scroll', 1],
  ])('lets %s calls of all processes run %i at a time', async (kind, limit) => {
    const passes = await through(kind, limit + 10);
    expect(passes).toHaveLength(limit);
    await Promise.all(passes.map((pass) => pass.leave(ok)));
  });

  it('counts batch writes among the general calls', async () => {
    const passes = await through('batch-write', 30, { batchWrites: 4, userInFlight: 3 });
    expect(passes).toHaveLength(3);
  });

  it('lets product reads through while general calls are full', async () => {
    await through('general', 20);
    const gate = open();
    const pass = await gate.kind('product-read').enter({ class: 'catalogue' });
    await pass.leave(ok);
  });

  it('keeps a place free for urgent calls while they were seen not long ago', async () => {
    const gate = open();
    await (await gate.kind('general').enter({ class: 'sale' })).leave(ok);
    const passes: CallPass[] = [];
    for (let i = 0; i < 30; i++)
      void gate
        .kind('general')
        .enter({ class: 'catalogue' })
        .then(
          (pass) => passes.push(pass),
          () => undefined,
        );
    await expect(gate.kind('general').enter({ class: 'sale' })).resolves.toMatchObject({ key: 0 });
    expect(passes.length).toBeLessThanOrEqual(16);
  });

  it('pauses all kinds at a 429', async () => {
    const gate = open();
    const pass = await gate.kind('general').enter({ class: 'sale' });
    await pass.leave({ kind: 'throttled', headers: { 'retry-after': '1' } });
    const started = performance.now();
    await (await gate.kind('product-read').enter({ class: 'till' })).leave(ok);
    expect(performance.now() - started).toBeGreaterThan(900);
  });

  it('does not stop the tenant for a call that was not allowed', async () => {
    const gate = open();
    await (await gate.kind('general').enter({ class: 'sale' })).leave({ kind: 'refused', status: 403 });
    await (await gate.kind('general').enter({ class: 'sale' })).leave(ok);
  });
});

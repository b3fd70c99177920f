import { createSitooGate } from '@connector/rate-limiter';
import { callServer, StrictServer } from '@connector/testing';
import { pause } from './cell';
import { round } from '../bench';

const limitMs = 130_000;

export interface AutoFigures {
  /** Seconds until three keys were in use on a server that limits each key. */
  readonly toKeyS: number;
  /** Seconds from the change to a limit for the account until one call at a time. */
  readonly toAccountS: number;
  /** … and back to three keys after the limit is per key again. */
  readonly backToKeyS: number;
  /** Refused calls that this took. */
  readonly crowded: number;
}

/** Scope `auto` with its default settings against a server whose scope changes under it. */
export async function findScope(redisUrl: string, name: string): Promise<AutoFigures> {
  const server = new StrictServer({ ratePerSecond: 4, burst: 4, scope: 'key', inFlight: 1 });
  const port = await server.start();
  const gate = createSitooGate({ redisUrl, tenant: 'bench', market: 'bench', account: name, keys: ['a', 'b', 'c'] });
  let ended = false;
  const caller = async (): Promise<void> => {
    while (!ended) {
      const pass = await gate.enter({ class: 'price' });
      await pass.leave(await callServer(port, 0, pass.key, 300));
    }
  };
  const callers = Promise.allSettled(Array.from({ length: 6 }, caller));
  const lanes = (): number => gate.snapshot().lanes;
  const toKeyS = await seconds(() => lanes() === 3);
  server.limits.scope = 'account';
  const toAccountS = await seconds(() => lanes() === 1);
  server.limits.scope = 'key';
  const backToKeyS = await seconds(() => lanes() === 3);
  ended = true;
  await gate.close();
  await callers;
  await server.stop();
  return { toKeyS, toAccountS, backToKeyS, crowded: server.arrivals.filter(({ status }) => status === 'crowded').length };
}

async function seconds(condition: () => boolean): Promise<number> {
  const start = performance.now();
  while (!condition() && performance.now() - start < limitMs) await pause(50);
  return round((performance.now() - start) / 1000, 1);
}

import { CallClass, CallResult } from '@connector/platform';
import { createSitooGate, SitooLimits } from '@connector/rate-limiter';
import Bottleneck from 'bottleneck';
import { Redis } from 'ioredis';
import { RateLimiterQueue, RateLimiterRedis } from 'rate-limiter-flexible';

export const contenderNames = ['ours', 'rate-limiter-flexible', 'bottleneck'] as const;
export type ContenderName = (typeof contenderNames)[number];

/** A limiter under test: permission for one call on one key, and its return. */
export interface Contender {
  enter(callClass: CallClass): Promise<{ key: number; leave(result: CallResult): Promise<void> }>;
  /** Figures of its own, e.g. Redis commands used. */
  figures(): Record<string, number>;
  close(): Promise<void>;
}

export interface ContenderSetup {
  readonly redisUrl: string;
  /** Processes with the same name share one limit. */
  readonly name: string;
  readonly keys: number;
  readonly scope: 'key' | 'account' | 'auto';
  readonly ratePerSecond: number;
  readonly burst: number;
  readonly settings?: Partial<SitooLimits>;
}

export function openContender(which: ContenderName, setup: ContenderSetup): Contender {
  if (which === 'ours') return ours(setup);
  return which === 'bottleneck' ? bottleneck(setup) : flexible(setup);
}

function ours({ redisUrl, name, keys, scope, ratePerSecond, burst, settings }: ContenderSetup): Contender {
  const gate = createSitooGate({
    redisUrl,
    tenant: 'bench',
    market: 'bench',
    account: name,
    keys: Array.from({ length: keys }, (_, index) => `key ${index}`),
    settings: { scope, ratePerSecond, burst, ...settings },
  });
  return {
    enter: (callClass) => gate.enter({ class: callClass }),
    figures: () => {
      const { exchanges, passes, degradedMs, lanes } = gate.snapshot();
      return { commands: exchanges, passes, degradedMs, lanes };
    },
    close: () => gate.close(),
  };
}

/** Takes the lanes in turn: the others know nothing of several keys. */
function inTurn(count: number): () => number {
  let next = Math.floor(Math.random() * count);
  return () => (next = (next + 1) % count);
}

const nothing = async (): Promise<void> => undefined;

/** Its queue over Redis windows of one second, one per lane, as its documentation advises for waiting instead of refusing. */
function flexible({ redisUrl, name, keys, scope, ratePerSecond }: ContenderSetup): Contender {
  const redis = new Redis(redisUrl, { enableOfflineQueue: true });
  const limiter = new RateLimiterRedis({ storeClient: redis, points: ratePerSecond, duration: 1, keyPrefix: `rlf:${name}` });
  const queue = new RateLimiterQueue(limiter);
  const lane = inTurn(keys);
  return {
    enter: async () => {
      const key = lane();
      await queue.removeTokens(1, scope === 'account' ? 'account' : String(key));
      return { key, leave: nothing };
    },
    figures: () => ({}),
    close: async () => redis.disconnect(),
  };
}

/** Its cluster mode with an even spacing, one limiter per lane. */
function bottleneck({ redisUrl, name, keys, scope, ratePerSecond }: ContenderSetup): Contender {
  const { hostname, port } = new URL(redisUrl);
  const lanes = Array.from({ length: scope === 'account' ? 1 : keys }, (_, index) => {
    const limiter = new Bottleneck({
      id: `${name}-${index}`,
      datastore: 'ioredis',
      Redis,
      clientOptions: { host: hostname, port: Number(port) },
      minTime: Math.ceil(1000 / ratePerSecond),
    });
    limiter.on('error', () => undefined);
    return limiter;
  });
  const lane = inTurn(keys);
  const priorities: Record<CallClass, number> = { till: 0, sale: 1, stock: 3, price: 5, catalogue: 7, image: 9 };
  return {
    enter: async (callClass) => {
      const key = lane();
      await lanes[key % lanes.length]?.schedule({ priority: priorities[callClass] }, nothing);
      return { key, leave: nothing };
    },
    figures: () => ({}),
    close: async () => {
      await Promise.allSettled(lanes.map((limiter) => limiter.disconnect()));
    },
  };
}

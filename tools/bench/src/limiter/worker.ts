import { Redis } from 'ioredis';
import { performance } from 'node:perf_hooks';
import { random, quantile } from '../stats';
import { Contender, openContender } from './contender';
import { Command, Orders, Report } from './orders';
import { callServer } from './strict-server';

/** One process of a limiter benchmark. Its orders come as JSON in the first argument, commands and reports over the IPC channel. */
async function main(): Promise<void> {
  process.on('disconnect', () => process.exit(0)); // the bench is gone
  const orders: Orders = JSON.parse(process.argv[2] ?? '{}');
  if (orders.job === 'acquire') await acquire(orders);
  else await calling(orders);
}

function report(message: Report): void {
  process.send?.(message);
}

async function acquire(orders: Extract<Orders, { job: 'acquire' }>): Promise<void> {
  const { once, close } = orders.who === 'ping' ? pinging(orders.setup.redisUrl) : permitting(openContender(orders.who, orders.setup));
  await once();
  process.on('message', (command: Command) => void (command.do === 'end' ? close().then(() => process.exit(0)) : round(command, once)));
  report({ is: 'ready' });
}

function pinging(redisUrl: string): { once: () => Promise<unknown>; close: () => Promise<void> } {
  const redis = new Redis(redisUrl);
  return { once: () => redis.ping(), close: async () => redis.disconnect() };
}

/** The whole life of a permission, taken and given back. */
function permitting(contender: Contender): { once: () => Promise<unknown>; close: () => Promise<void> } {
  const once = async (): Promise<void> => {
    const pass = await contender.enter('price');
    await pass.leave({ kind: 'answered', status: 200, headers: {} });
  };
  return { once, close: () => contender.close() };
}

async function round({ ms, concurrent }: Extract<Command, { do: 'round' }>, once: () => Promise<unknown>): Promise<void> {
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const loop = async (): Promise<void> => {
    for (let began = performance.now(); began - start < ms; began = performance.now()) {
      await once();
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, loop));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  report({
    is: 'round',
    perSecond: latencies.length / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    cpuMsPer1000: (user + system) / latencies.length,
  });
}

async function calling(orders: Exclude<Orders, { job: 'acquire' }>): Promise<void> {
  const contender = openContender(orders.who, orders.setup);
  const waitsMs: number[] = [];
  let ended = false;
  const call = async (): Promise<void> => {
    const asked = performance.now();
    const pass = await contender.enter(orders.class);
    waitsMs.push(performance.now() - asked);
    await pass.leave(await callServer(orders.port, orders.worker, pass.key, orders.takesMs));
  };
  process.on('message', () => {
    ended = true;
    report({ is: 'end', waitsMs, figures: contender.figures() });
    setTimeout(() => process.exit(0), 50);
  });
  report({ is: 'ready' });
  if (orders.job === 'now-and-then') return nowAndThen(orders, call, () => ended);
  const loop = async (): Promise<void> => {
    while (!ended) await call();
  };
  await Promise.all(Array.from({ length: orders.callers }, loop));
}

/** Open loop: the next call starts on time whether or not the last one got through. */
async function nowAndThen(
  { everyMs, seed }: { everyMs: number; seed: number },
  call: () => Promise<void>,
  ended: () => boolean,
): Promise<void> {
  const next = random(seed);
  while (!ended()) {
    await new Promise((resolve) => setTimeout(resolve, everyMs * (0.5 + next())));
    void call();
  }
}

void main();

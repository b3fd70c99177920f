import { Redis } from 'ioredis';
import { performance } from 'node:perf_hooks';
import { quantile } from '../stats';
import { Calling } from './calling';
import { Contender, openContender } from './contender';
import { Command, Orders, Report } from './orders';

/** One process of a limiter benchmark. Its orders come as JSON in the first argument, commands and reports over the IPC channel. */
async function main(): Promise<void> {
  process.on('disconnect', () => process.exit(0)); // the bench is gone
  const orders: Orders = JSON.parse(process.argv[2] ?? '{}');
  if (orders.job === 'acquire') await acquire(orders);
  else calling(orders);
}

function report(message: Report): void {
  process.send?.(message);
}

async function acquire(orders: Extract<Orders, { job: 'acquire' }>): Promise<void> {
  const { once, close } = orders.who === 'ping' ? pinging(orders.setup.redisUrl) : permitting(openContender(orders.who, orders.setup));
  await once();
  process.on('message', (command: Command) => void (command.do === 'round' ? round(command, once) : close().then(() => process.exit(0))));
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

function calling({ who }: Extract<Orders, { job: 'calling' }>): void {
  const sessions = new Map<string, Calling>();
  process.on('message', (command: Command) => {
    if (command.do === 'begin') sessions.set(command.session.name, new Calling(who, command.session));
    if (command.do === 'end') {
      const measured = sessions.get(command.name)?.end() ?? { waitsMs: [], figures: {} };
      sessions.delete(command.name);
      report({ is: 'end', name: command.name, ...measured });
    }
    if (command.do === 'stop') process.exit(0);
  });
  report({ is: 'ready' });
}

void main();

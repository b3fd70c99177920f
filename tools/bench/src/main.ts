import { BenchOptions, BenchResult } from './bench';
import { run as consumer } from './consumer/run';
import { run as gateway } from './gateway/run';
import { run as idle } from './idle/run';
import { onKafka, type Asked } from './kafka/kafka-bench';
import { runTools } from './kafka/run-tools';
import { run as lanes } from './lanes/run';
import { run as acquire } from './limiter/acquire';
import { run as quality } from './limiter/quality';
import { run as orderLatency } from './order-latency/run';
import { benchRedis } from './redis';
import { run as slowPartition } from './slow-partition/run';

/** Every benchmark by name, with the servers it needs. */
const benches: Readonly<Record<string, (asked: Asked) => Promise<BenchResult>>> = {
  gateway: onKafka(gateway),
  consumer: onKafka(consumer),
  lanes: onKafka(lanes),
  'slow-partition': onKafka(slowPartition),
  idle: onKafka(idle),
  limiter: onRedis(acquire),
  'limiter-quality': onRedis(quality),
  'order-latency': orderLatency,
};

function onRedis(bench: (options: BenchOptions) => Promise<BenchResult>): (asked: Asked) => Promise<BenchResult> {
  return async (asked) => {
    const redis = await benchRedis();
    try {
      return await bench({ ...asked, redisUrl: redis.url });
    } finally {
      await redis.stop();
    }
  };
}

/** `main.js <bench> [--quick] [--seed <n>]`: prints one JSON line last; exit 0 when every target holds, 1 when one does not. */
async function main(args: readonly string[]): Promise<number> {
  const bench = benches[args[0] ?? ''];
  if (!bench) {
    process.stderr.write(`which bench? ${Object.keys(benches).join(', ')}\n`);
    return 2;
  }
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const seed = args.includes('--seed') ? Number(args[args.indexOf('--seed') + 1]) : 1;
  const { targets, ...result } = await bench({ quick: args.includes('--quick'), seed, say });
  const byName = Object.fromEntries(targets.map(({ what, ...target }) => [what, target]));
  process.stdout.write(`${JSON.stringify({ ...result, targets: byName })}\n`);
  return result.ok ? 0 : 1;
}

void runTools().then(({ runMain }) => runMain(() => main(process.argv.slice(2))));

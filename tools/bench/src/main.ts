import { BenchOptions, BenchResult } from './bench';
import { run as acquire } from './limiter/acquire';
import { benchRedis } from './redis';

const benches: Readonly<Record<string, (options: BenchOptions) => Promise<BenchResult>>> = { limiter: acquire };

/** `main.js <bench> [--quick] [--seed <n>]`: prints one JSON line last; exit 0 when every target holds, 1 when one does not. */
async function main(args: readonly string[]): Promise<number> {
  const bench = benches[args[0] ?? ''];
  if (!bench) {
    process.stderr.write(`which bench? ${Object.keys(benches).join(', ')}\n`);
    return 2;
  }
  const seed = Number(args[args.indexOf('--seed') + 1]);
  const redis = await benchRedis();
  try {
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const result = await bench({ quick: args.includes('--quick'), seed: args.includes('--seed') ? seed : 1, redisUrl: redis.url, say });
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return result.ok ? 0 : 1;
  } finally {
    await redis.stop();
  }
}

void main(process.argv.slice(2)).then((code) => process.exit(code));

import { UsageError } from '@connector/platform';
import { parseArgs } from 'node:util';

export interface Command {
  /** Undefined: the only tenant there is. */
  tenant: string | undefined;
  market: string;
  /** Sitoo's order ids, or times of sale. */
  what: { orderIds: number[] } | { from: Date; to: Date };
  json: boolean;
}

export const usage = `Shadow comparison: what the connector would make of receipts, and what Omnium has of them, field by field.

  npm run shadow -- --market NOR --from 2026-11-24T00:00:00+01:00 --to 2026-11-25T00:00:00+01:00 [--tenant DevShop] [--json]
  npm run shadow -- --market NOR --orders 20451,20452

  --from, --to  times of sale; --to is now when it is left out
  --orders      Sitoo's order ids
  exit code     0 nothing differs, 1 something does or could not be read, 2 not understood

  Nothing is written. Environment: CONNECTOR_CONFIG_DIR and what it refers to, REDIS_URL (the rate budget that all processes share)`;

/** Reads the command line. @throws UsageError naming what is wrong */
export function readCommand(args: readonly string[], now: Date): Command {
  const { tenant, market, orders, from, to, json = false } = parse(args);
  if (!market) throw new UsageError('--market is needed, such as NOR');
  if ((orders === undefined) === (from === undefined)) throw new UsageError('either --orders or --from is needed');
  if (orders !== undefined) return { tenant, market, what: { orderIds: idsIn(orders) }, json };
  const what = { from: timeOf('--from', from ?? ''), to: to === undefined ? now : timeOf('--to', to) };
  if (what.from >= what.to) throw new UsageError('--from must be before --to');
  return { tenant, market, what, json };
}

function idsIn(text: string): number[] {
  const ids = text.split(',').map((id) => (/^\s*[1-9]\d{0,14}\s*$/.test(id) ? Number(id) : undefined));
  if (ids.every((id) => id !== undefined)) return ids;
  throw new UsageError('--orders must be order ids of Sitoo, such as 20451,20452');
}

/** Without an offset nobody knows which hour is meant. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/i;

function timeOf(name: string, text: string): Date {
  const time = DATE_TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new UsageError(`${name} must be a date and time with its offset, such as 2026-11-24T00:00:00+01:00`);
  return new Date(time);
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { tenant: text, market: text, orders: text, from: text, to: text, json: { type: 'boolean' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'not understood');
  }
}

import { UsageError } from '@connector/platform';
import { parseArgs } from 'node:util';

/** Which parked notices a command is about; every filter that is given must match. */
export interface Filter {
  /** `order-sync.sitoo-order`. */
  group?: string;
  /** Reason code. */
  reason?: string;
  tenant?: string;
  market?: string;
  /** `{tenant}/{market}/{id}`, or the id alone. */
  key?: string;
  /** Parked at or after, ms since the epoch. */
  since?: number;
}

export type Command =
  | { name: 'list'; filter: Filter }
  | { name: 'reasons'; filter: Filter }
  | { name: 'show'; filter: Filter }
  | { name: 'replay'; filter: Filter; yes: boolean; perSecond: number }
  | { name: 'drop'; filter: Filter; yes: boolean; note: string };

export const usage = `Parked work: notices that were set aside with a reason. A replay publishes the key again and is safe at any time.

  npm run parked -- list     [filters]                       one line each, newest first
  npm run parked -- reasons  [filters]                       counted by reason
  npm run parked -- show     --key DevShop/NOR/20451         everything known about one
  npm run parked -- replay   [filters] [--per-second 20]     what would be published again; --yes does it
  npm run parked -- drop     [filters] --note "why"          what would be taken off the list; --yes does it

  filters: --group order-sync.sitoo-order  --reason STORE_UNKNOWN  --tenant DevShop  --market NOR  --key 20451  --since 2026-11-24T08:00:00Z
  Kafka: KAFKA_BROKERS=host:port (the addresses that the apps use)`;

/** Reads the command line. @throws UsageError naming what is wrong */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const [name, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" is not understood`);
  const filter = filterOf(values);
  switch (name) {
    case 'list':
      return { name, filter };
    case 'reasons':
      return { name, filter };
    case 'show':
      if (filter.key === undefined) throw new UsageError('show needs --key');
      return { name, filter };
    case 'replay':
      return { name, filter, yes: values.yes === true, perSecond: perSecondOf(values['per-second']) };
    case 'drop':
      if (!values.note) throw new UsageError('drop needs --note "why": whoever looks for the receipt later will want to know');
      if (Object.keys(filter).length === 0) throw new UsageError('drop needs a filter: it does not empty the whole list');
      return { name, filter, yes: values.yes === true, note: values.note };
    default:
      throw new UsageError(name ? `there is no command "${name}"` : 'a command is needed');
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        group: { type: 'string' },
        reason: { type: 'string' },
        tenant: { type: 'string' },
        market: { type: 'string' },
        key: { type: 'string' },
        since: { type: 'string' },
        note: { type: 'string' },
        'per-second': { type: 'string' },
        yes: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'not understood');
  }
}

function filterOf({ group, reason, tenant, market, key, since }: ReturnType<typeof parse>['values']): Filter {
  const given = { group, reason, tenant, market, key, since: since === undefined ? undefined : timeOf(since) };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new UsageError('--since must be a date, such as 2026-11-24T08:00:00Z');
  return time;
}

function perSecondOf(text = '20'): number {
  const value = Number(text);
  if (!(value > 0 && value <= 10_000)) throw new UsageError('--per-second must be a number above 0');
  return value;
}

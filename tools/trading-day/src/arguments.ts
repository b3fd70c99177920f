import { UsageError } from '@connector/platform';
import { parseArgs } from 'node:util';

export interface Command {
  /** Undefined: the only tenant there is. */
  tenant: string | undefined;
  market: string;
  /** Sitoo's register id, or its register key. */
  register: string;
  /** Local date of the store, `2026-11-24`. */
  date: string;
  json: boolean;
  importNamed: boolean;
}

export const usage = `The trading-day proof: a register's Z-report, Sitoo's receipts and Omnium's orders compared to the cent.

  npm run trading-day -- --market NOR --register SII0000001500001 --date 2026-11-24 [--tenant DevShop] [--json] [--import]

  --register  register id or register key
  --date      trading day, as the store's calendar has it
  --import    announces the named receipts again, so that they are imported
  exit code   0 everything agrees, 1 something differs or could not be read, 2 not understood

  Environment: CONNECTOR_CONFIG_DIR and what it refers to, REDIS_URL (the rate budget that all processes share), KAFKA_BROKERS for --import`;

/** Reads the command line. @throws UsageError naming what is wrong */
export function readCommand(args: readonly string[]): Command {
  const { tenant, market, register, date, json = false, import: importNamed = false } = parse(args);
  if (!market) throw new UsageError('--market is needed, such as NOR');
  if (!register) throw new UsageError('--register is needed: a register id or a register key');
  if (!date || !isDate(date)) throw new UsageError('--date must be a day, such as 2026-11-24');
  return { tenant, market, register, date, json, importNamed };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        tenant: { type: 'string' },
        market: { type: 'string' },
        register: { type: 'string' },
        date: { type: 'string' },
        json: { type: 'boolean' },
        import: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'not understood');
  }
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

import type { SitooOrder, SitooRegister } from '@connector/contracts';
import { localDate } from '@connector/mapping';
import { generateTradingDay, saleMix } from '@connector/testing';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Violation } from '../checker/violation';
import { judgeProofs, type Planted, type RegisterProof } from '../day/proofs';
import { comeToRest } from '../day/quiet';
import { Random } from '../random';
import { root, runTools } from '../run-tools';
import { omniumId, TwinStack } from '../twin-stack';
import type { StackCell } from './stack-cell';

const [receiptsSold, quickReceipts] = [10_000, 1_000];
const timeZone = 'Europe/Oslo';
const daySeconds = 86_400;
/** What is promised from the Z-report on, ms (M1). */
const namedWithinMs = 60_000;

/**
 * A day of sales, of which one receipt has no event and one is left out of its register's report. Reconciliation does not run: the trading-day command
 * alone has to find both, by the registers' reports, at the rate budget of a real account. Then it imports what is missing, and proves that.
 */
export const withheld: StackCell = {
  name: 'withheld',
  title: 'One receipt in 10,000 whose event never comes, and one that its Z-report does not count: the trading-day proof names both',
  stack: true,
  long: true,
  part: 'connector',
  targets: { namedAfterMs: { max: namedWithinMs }, importedDiffers: { max: 0 } },
  async play({ run, seed, preload, quick }) {
    const date = localDate(Date.now() / 1_000 - daySeconds, timeZone);
    const day = generateTradingDay({ seed, count: quick ? quickReceipts : receiptsSold, date, timeZone, mix: saleMix }).map(
      ({ order }) => order,
    );
    const random = new Random(seed);
    const lost = random.pick(day);
    const leftOut = random.pick(recognisable(day.filter(({ registerid }) => registerid !== lost.registerid)));
    const stack = await TwinStack.start(run, { preload, env: { RECONCILE_EVERY_MS: String(daySeconds * 1_000) } });
    try {
      await firstWalk(stack);
      await sell(stack, day, lost);
      const restAfterMs = await comeToRest(stack);
      const missing = await missingOf(stack, day);
      const planted = { missing: [lost.orderid], leftOut: [leftOut.orderid] };
      const registers = await closeAll(stack, day, leftOut);
      const proofs = new Proofs(stack, date);
      const namedAfterMs = await proofs.prove(registers.find(({ registerid }) => registerid === lost.registerid));
      for (const register of registers.filter(({ registerid }) => registerid !== lost.registerid)) await proofs.prove(register);
      const violations = [...onlyLost(missing, planted), ...judgeProofs(proofs.all, planted)];
      const importedDiffers = await importLost(stack, proofs, registers, lost);
      return { figures: { events: day.length, registers: registers.length, restAfterMs, namedAfterMs, importedDiffers }, violations };
    } finally {
      await stack.stop();
    }
  },
};

/** A report says nothing but amounts: a receipt that shares its total with another one of its register would be named together with that one. */
function recognisable(receipts: readonly SitooOrder[]): SitooOrder[] {
  const nameOf = ({ registerid, moneytotal_gross_all: total }: SitooOrder) => `${registerid} ${total}`;
  const counts = new Map<string, number>();
  for (const receipt of receipts) counts.set(nameOf(receipt), (counts.get(nameOf(receipt)) ?? 0) + 1);
  return receipts.filter((receipt) => counts.get(nameOf(receipt)) === 1);
}

/** Reconciliation walks once at start; what is sold after that it leaves alone for a day. */
async function firstWalk(stack: TwinStack): Promise<void> {
  const { until } = await runTools();
  // New orders, then open ones.
  const isDone = async () => ((await stack.sitooState()).calls['getAllOrders'] ?? 0) >= 2;
  await until(isDone, { what: 'the first reconciliation', withinMs: 60_000, everyMs: 100 });
}

async function sell(stack: TwinStack, day: readonly SitooOrder[], lost: SitooOrder): Promise<void> {
  const at = day.indexOf(lost);
  await stack.sell(day.slice(0, at));
  await stack.sell([lost], { silently: true });
  await stack.sell(day.slice(at + 1));
}

async function missingOf(stack: TwinStack, day: readonly SitooOrder[]): Promise<number[]> {
  const ids = await stack.omniumIds();
  return day.flatMap(({ orderid }) => (ids.has(omniumId(orderid)) ? [] : [orderid]));
}

/** The proof would be worth nothing if more, or nothing, were missing. */
function onlyLost(missing: readonly number[], planted: Planted): Violation[] {
  const isPlanted = missing.length === planted.missing.length && missing.every((id) => planted.missing.includes(id));
  return isPlanted ? [] : [{ invariant: 'D1', message: `Omnium lacks ${missing.length} receipts: ${missing.slice(0, 5).join(', ')}` }];
}

/** Closes every register over the whole day. */
async function closeAll(stack: TwinStack, day: readonly SitooOrder[], leftOut: SitooOrder): Promise<SitooRegister[]> {
  const dates = day.map(({ orderdate = 0 }) => orderdate);
  const times = { dateopened: Math.min(...dates), datecreated: Math.max(...dates) + 1 };
  const used = new Set(day.map(({ registerid }) => registerid));
  const registers = (await stack.registers()).filter(({ registerid }) => used.has(registerid));
  for (const { registerid } of registers)
    await stack.till('closeDay', { registerid, ...times, leftOut: registerid === leftOut.registerid ? [leftOut.orderid] : [] });
  return registers;
}

/** Announces what is missing as an operator would; 0 when the register then agrees. */
async function importLost(stack: TwinStack, proofs: Proofs, registers: readonly SitooRegister[], lost: SitooOrder): Promise<number> {
  const register = registers.find(({ registerid }) => registerid === lost.registerid);
  await proofs.prove(register, ['--import']);
  await comeToRest(stack);
  await proofs.prove(register);
  return proofs.all.at(-1)?.agrees === true ? 0 : 1;
}

/** Runs the trading-day command, as an operator would. */
class Proofs {
  readonly all: RegisterProof[] = [];

  constructor(
    private readonly stack: TwinStack,
    private readonly date: string,
  ) {}

  /** How long it took, ms. */
  async prove(register: SitooRegister | undefined, further: readonly string[] = []): Promise<number> {
    const started = performance.now();
    const args = ['--market', 'NOR', '--register', register?.registerkey ?? '', '--date', this.date, '--json', ...further];
    this.all.push(...(await this.run(args)));
    return Math.round(performance.now() - started);
  }

  private run(args: readonly string[]): Promise<RegisterProof[]> {
    const main = join(root, 'tools/trading-day/dist/main.js');
    const env = { ...process.env, ...this.stack.variables };
    return new Promise((resolve, reject) => {
      execFile('node', [main, ...args], { env, maxBuffer: 64 * 1024 * 1024 }, (_, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout) as RegisterProof[]);
        } catch {
          reject(new Error(`the trading-day command left no proof: ${stderr.slice(0, 500)}`));
        }
      });
    });
  }
}

import type { OmniumOrder } from '@connector/contracts';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toSitooCart } from './cart';
import { context } from './example-order.fixture';
import { toSitooOrders } from './to-sitoo-order';
import type { WebOrderContext } from './web-order-context';

interface Fixture {
  title: string;
  order: OmniumOrder;
  /** The document is a cart. */
  isCart?: boolean;
  context?: Pick<WebOrderContext, 'prepareReturnsInStore' | 'cartAs'>;
  paymentTypes?: Record<string, { name: string; externalId?: string }>;
}

const folder = join(__dirname, 'fixtures');
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.in.json'))
  .map((file) => file.replace('.in.json', ''));

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}

describe('the map of an Omnium web order, by example', () => {
  it.each(cases)('gives what is recorded for %s', (name) => {
    const { order, isCart, context: given, paymentTypes } = read<Fixture>(`${name}.in.json`);
    const full: WebOrderContext = { ...context, ...given, paymentTypeOf: paymentTypes && ((method) => paymentTypes[method]) };
    const result: unknown = JSON.parse(JSON.stringify(isCart ? toSitooCart({ ...order }, full) : toSitooOrders(order, full)));
    const recorded = `${name}.out.json`;
    if (process.env['UPDATE_GOLDEN'] || !existsSync(join(folder, recorded))) {
      if (process.env['CI']) throw new Error(`${recorded} is missing`);
      writeFileSync(join(folder, recorded), `${JSON.stringify(result, null, 2)}\n`);
    }
    expect(result).toEqual(read(recorded));
  });
});

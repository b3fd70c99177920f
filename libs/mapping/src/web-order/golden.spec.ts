import type { OmniumOrder } from '@connector/contracts';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toSitooCart } from './cart';
import { context } from './example-order.fixture';
import { toSitooOrders } from './to-sitoo-order';
import type { WebOrderContext } from './web-order-context';

interface Fixture {
  title: string;
  /** The document, or the name of one that Omnium publishes. */
  order?: OmniumOrder;
  example?: string;
  /** The document is a cart. */
  isCart?: boolean;
  context?: Partial<Pick<WebOrderContext, 'prepareReturnsInStore' | 'cartAs' | 'flows'>> & { warehouses?: Record<string, number> };
  paymentTypes?: Record<string, { name: string; externalId?: string }>;
}

const folder = join(__dirname, 'fixtures');
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.in.json'))
  .map((file) => file.replace('.in.json', ''));

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}

function published(example: string): OmniumOrder {
  return JSON.parse(readFileSync(join(__dirname, `../../../contracts/platforms/examples-omnium/${example}.json`), 'utf8')) as OmniumOrder;
}

describe('the map of an Omnium web order, by example', () => {
  it.each(cases)('gives what is recorded for %s', (name) => {
    const { order: own, example, isCart, context: given, paymentTypes } = read<Fixture>(`${name}.in.json`);
    const order = own ?? published(example ?? '');
    const { warehouses, ...settings } = given ?? {};
    const warehouseOfStore = warehouses ? (store: string) => warehouses[store] : context.warehouseOfStore;
    const full: WebOrderContext = {
      ...context,
      ...settings,
      warehouseOfStore,
      paymentTypeOf: paymentTypes && ((method) => paymentTypes[method]),
    };
    const result: unknown = JSON.parse(JSON.stringify(isCart ? toSitooCart({ ...order }, full) : toSitooOrders(order, full)));
    const recorded = `${name}.out.json`;
    if (process.env['UPDATE_GOLDEN'] || !existsSync(join(folder, recorded))) {
      if (process.env['CI']) throw new Error(`${recorded} is missing`);
      writeFileSync(join(folder, recorded), `${JSON.stringify(result, null, 2)}\n`);
    }
    expect(result).toEqual(read(recorded));
  });
});

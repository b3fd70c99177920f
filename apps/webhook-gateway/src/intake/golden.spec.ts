import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ReadEvent } from './event-source';
import { readOmniumEvent } from './omnium-event';
import { readSitooEvent } from './sitoo-event';

const platforms = join(__dirname, '../../../../libs/contracts/platforms');
const fixtures = join(__dirname, 'fixtures');
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const sitoo = (element: unknown) => readSitooEvent(element, { tenant: 'DevShop', market: 'NOR', accountNumber: 1500, siteId: 1 });
const markets = ['NOR', 'ENG'];
const omnium = (element: unknown) => {
  const marketOf = (name: string) => markets.find((market) => market === name.toUpperCase());
  return readOmniumEvent(element, { tenant: 'DevShop', market: 'NOR', marketOf }, 1_772_461_000_000);
};

/** Everything published about events: Sitoo's examples as they are, what its rules allow beyond them (sections of events-spi), Omnium's examples. */
function cases(): [name: string, told: () => unknown][] {
  const examples = globSync(join(platforms, 'examples-orders/event-*.json')).filter((file) => !file.endsWith('subscription-config.json'));
  const rules = read(join(fixtures, 'sitoo-documented-rules.in.json')) as { title: string; event: unknown }[];
  const events = globSync(join(platforms, 'examples-omnium/event.*.json'));
  const order = read(join(platforms, 'examples-omnium/order.get.response.json'));
  return [
    ...examples.map((file): [string, () => unknown] => [
      basename(file, '.json'),
      () => elements(read(file)).map((one) => told(sitoo(one))),
    ]),
    ['sitoo-documented-rules', () => rules.map(({ title, event }) => ({ title, ...told(sitoo(event)) }))],
    ...events.map((file): [string, () => unknown] => [`omnium-${basename(file, '.json')}`, () => told(omnium(read(file)))]),
    ['omnium-workflow-step', () => told(omnium({ value: order, workflowStep: { name: 'WebhookWorkflowStep', active: true } }))],
    ['omnium-exported-order', () => told(omnium({ order, shipment: null, returnOrderForm: null }))],
  ];
}

const elements = (body: unknown): unknown[] => (Array.isArray(body) ? body : [body]);

/** The record that goes to Kafka, or why the event is kept as unrecognised. */
function told(event: ReadEvent): object {
  if (event.kind === 'unrecognised') return { unrecognised: event.code };
  return { topic: event.contract.topic, key: event.key, fact: event.fact };
}

describe('what an event becomes, by example', () => {
  it.each(cases())('is what is recorded for %s', (name, become) => {
    const result: unknown = JSON.parse(JSON.stringify(become()));
    const recorded = join(fixtures, `${name}.out.json`);
    if (process.env['UPDATE_GOLDEN'] || !existsSync(recorded)) {
      if (process.env['CI']) throw new Error(`${recorded} is missing`);
      writeFileSync(recorded, `${JSON.stringify(result, null, 2)}\n`);
    }
    expect(result).toEqual(read(recorded));
  });
});

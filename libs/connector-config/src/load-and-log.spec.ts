import { createLogger } from '@connector/platform';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadAndLog } from './load-and-log';
import { env, globalRecord, marketRecord, omniumRecord, withProperties } from './testing/folder';

let dir: string;
beforeEach(async () => (dir = await mkdtemp(path.join(tmpdir(), 'load-and-log-'))));
afterEach(() => rm(dir, { recursive: true }));

/** A sound market NOR, and a market SWE whose record is the given one. Answers the log lines by level, as [event, fields]. */
async function start({ swe, environment = env }: { swe: object; environment?: Record<string, string | undefined> }) {
  await write('connectors.json', [globalRecord(), omniumRecord()]);
  await write('markets/NOR/connectors.json', [marketRecord()]);
  await write('markets/SWE/connectors.json', [swe]);
  const logger = createLogger('spec', 'silent');
  const lines = { error: linesOf(logger, 'error'), warn: linesOf(logger, 'warn'), info: linesOf(logger, 'info') };
  return { configuration: await loadAndLog(dir, environment, logger), lines };
}

async function write(file: string, content: unknown): Promise<void> {
  const whole = path.join(dir, 'tenants/DevShop', file);
  await mkdir(path.dirname(whole), { recursive: true });
  await writeFile(whole, JSON.stringify(content));
}

function linesOf(logger: ReturnType<typeof createLogger>, level: 'error' | 'warn' | 'info'): [event: unknown, fields: unknown][] {
  const lines: [unknown, unknown][] = [];
  jest.spyOn(logger, level).mockImplementation((fields: unknown, event?: unknown) => void lines.push([event, fields]));
  return lines;
}

const unsound = marketRecord({
  host: undefined,
  properties: withProperties({
    AccountNumber: ['ninety'],
    TimeZone: [],
    Favourite: ['blue'],
    WebhookApiKey: ['planted-secret-of-the-shop'],
  }),
});

it('says every error on a line of its own, with its place and in words', async () => {
  const { lines } = await start({ swe: unsound });
  const codes = lines.error.map(([event, fields]) => [event, (fields as { code: string }).code]);
  expect(codes).toEqual(
    expect.arrayContaining([
      ['configuration.problem', 'HOST_MISSING'],
      ['configuration.problem', 'SETTING_NOT_A_NUMBER'],
    ]),
  );
  const place = { tenant: 'DevShop', market: 'SWE', file: 'tenants/DevShop/markets/SWE/connectors.json' };
  expect(lines.error).toContainEqual([
    'configuration.problem',
    expect.objectContaining({ ...place, problem: expect.stringContaining('AccountNumber') }),
  ]);
});

it('says what has no effect as a warning', async () => {
  const { lines } = await start({ swe: unsound });
  expect(lines.warn).toContainEqual(['configuration.problem', expect.objectContaining({ market: 'SWE', code: 'PROPERTY_UNKNOWN' })]);
});

it('says the state of every market, and a bad one leaves the others at work', async () => {
  const { configuration, lines } = await start({ swe: unsound });
  expect(lines.info).toEqual([
    ['configuration.market', { tenant: 'DevShop', market: 'NOR', state: 'active' }],
    ['configuration.market', { tenant: 'DevShop', market: 'SWE', state: 'invalid' }],
  ]);
  expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('active');
});

it('repeats no secret, whether written out or from the environment', async () => {
  const { lines } = await start({ swe: unsound });
  const text = JSON.stringify(lines);
  for (const secret of ['planted-secret-of-the-shop', 'first-password', 'omnium-client-secret-value', env.WEBHOOK_KEY])
    expect(text).not.toContain(secret);
});

it('is silent about a configuration without problems', async () => {
  const keys = ['90001-1:one', '90001-2:two', '90001-3:three'].join('||');
  const swe = marketRecord({ properties: withProperties({ AccountNumber: ['90001'], ApiKey: ['${KEYS_SWE}'] }) });
  const { lines } = await start({ swe, environment: { ...env, KEYS_SWE: keys } });
  expect([lines.error, lines.warn]).toEqual([[], []]);
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfiguration } from './load';
import { exportConnector } from './raw-record';
import { settingsTables } from './settings-table';
import { SEED_BLOCK } from './testing/folder';
import { TABLES } from './write-settings-docs';

const root = path.join(__dirname, '../../..');
const document = readFileSync(path.join(root, 'docs/configuration.md'), 'utf8');

const env = {
  OMNIUM_BASE_URL: 'http://127.0.0.1:4020',
  OMNIUM_CLIENT_ID: 'devshop-connector',
  OMNIUM_CLIENT_SECRET: 'client-secret-for-a-test',
  SITOO_NOR_BASE_URL: 'http://127.0.0.1:4010/v2',
  SITOO_NOR_ACCOUNT_NUMBER: '90000',
  SITOO_NOR_API_KEY_1: '90000-1:one',
  SITOO_NOR_API_KEY_2: '90000-2:two',
  SITOO_NOR_API_KEY_3: '90000-3:three',
  SITOO_NOR_WEBHOOK_KEY: 'webhook-key-for-a-test',
  OMNIUM_NOR_WEBHOOK_KEY: 'omnium-webhook-key-for-a-test',
  CONNECTOR_PUBLIC_URL: 'http://127.0.0.1:3000',
};

describe('the example under config/', () => {
  it('is complete and sound once its variables are set', async () => {
    const configuration = await loadConfiguration({ dir: path.join(root, 'config'), env });
    // The seed's two exports, which no service does yet: said aloud, and nothing else is.
    expect(configuration.problems).toMatchObject([
      { severity: 'warning', code: 'TASK_NOT_DONE', path: '[0].implementationType' },
      { severity: 'warning', code: 'TASK_NOT_DONE', path: '[1].implementationType' },
    ]);
    expect(configuration.tenants[0]?.scheduledTasks.map(({ record }) => exportConnector(record)).slice(0, 2)).toEqual([
      { schedule: '*/45 * * * *', implementationType: 'SitooProductExporterScheduledTask', isDisabled: false },
      { schedule: '* * * * *', implementationType: 'SitooFullProductExportScheduledTask', isDisabled: true },
    ]);
    expect(configuration.findMarket('DevShop', 'NOR')).toMatchObject({
      state: 'active',
      orderType: 'PosSitoo',
      sitoo: { baseUrl: 'http://127.0.0.1:4010/v2', accountNumber: 90000, siteId: 1 },
    });
    expect(configuration.tenants[0]?.records[0] && exportConnector(configuration.tenants[0].records[0])).toEqual(JSON.parse(SEED_BLOCK));
  });

  it('names each of its variables when none is set, and the document lists each', async () => {
    const configuration = await loadConfiguration({ dir: path.join(root, 'config'), env: {} });
    for (const name of Object.keys(env)) {
      expect(configuration.problems.some(({ message }) => message.includes(` ${name} `))).toBe(true);
      expect(document).toContain(`\`${name}\``);
    }
    expect(configuration.findMarket('DevShop', 'NOR')?.state).toBe('invalid');
  });
});

describe('docs/configuration.md', () => {
  /** Formatters pad table cells; only the words count. */
  const words = (text: string): string =>
    text
      .replace(/-{3,}/g, '---')
      .replace(/[ \t]+/g, ' ')
      .trim();

  it('describes exactly the settings the code knows (repair with: nx run connector-config:docs)', () => {
    const between = TABLES.exec(document)?.[0].split('\n').slice(1, -1).join('\n') ?? '';
    expect(words(between)).toBe(words(settingsTables()));
  });

  it("shows the example market's record as it is", () => {
    const record: unknown = JSON.parse(readFileSync(path.join(root, 'config/tenants/DevShop/markets/NOR/connectors.json'), 'utf8'));
    const shown = /```json\n([\s\S]*?)```/.exec(document)?.[1] ?? '';
    expect(JSON.parse(shown)).toEqual(record);
  });
});

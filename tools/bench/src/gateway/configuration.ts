import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { account } from '../load/payloads';

/** The market that the bench's webhooks come to. */
export const market = { tenant: 'Bench', market: 'NOR', token: 'bench-webhook-token' } as const;

/** Path of the market's webhook address. */
export const webhookPath = `/api/sitoowebhook/${market.tenant}/${market.market}/events`;
export const authorization = `Basic ${Buffer.from(`sitoo:${market.token}`).toString('base64')}`;

/** Writes a configuration with one market; nothing in it leads anywhere. Answers its folder. */
export function writeConfiguration(folder: string): string {
  const tenant = join(folder, 'config/tenants', market.tenant);
  mkdirSync(join(tenant, 'markets', market.market), { recursive: true });
  const nowhere = 'http://127.0.0.1:1';
  write(join(tenant, 'connectors.json'), [
    {
      name: 'sitoo',
      type: 'pos',
      implementations: ['IOrderExporter'],
      properties: [{ key: 'SitooOrderType', value: 'PosSitoo' }],
    },
    {
      name: 'omnium',
      type: 'oms',
      host: nowhere,
      properties: [
        { key: 'ClientId', value: 'bench' },
        { key: 'ClientSecret', value: '${BENCH_CLIENT_SECRET}' },
      ],
    },
  ]);
  write(join(tenant, 'markets', market.market, 'connectors.json'), [
    {
      name: 'sitoo',
      type: 'pos',
      host: `${nowhere}/v2`,
      properties: [
        { key: 'AccountNumber', value: String(account.accountNumber) },
        { key: 'EshopId', value: String(account.siteId) },
        { key: 'ApiKey', value: '${BENCH_API_KEY}', keyGroup: 'ApiKeys' },
        { key: 'WebhookApiKey', value: '${BENCH_WEBHOOK_KEY}' },
        { key: 'StartAtOrderId', value: '1' },
        { key: 'TimeZone', value: 'Europe/Oslo' },
      ],
    },
  ]);
  return join(folder, 'config');
}

/** The values that the configuration refers to. */
export const configurationSecrets = {
  BENCH_CLIENT_SECRET: 'bench-client-secret',
  BENCH_API_KEY: `${account.accountNumber}-1:bench-api-password`,
  BENCH_WEBHOOK_KEY: market.token,
};

function write(file: string, records: object[]): void {
  writeFileSync(file, `${JSON.stringify(records, undefined, 2)}\n`);
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Configuration } from '../configuration';
import { loadConfiguration } from '../load';
import { WorkingMarket } from '../market';
import { Problem } from '../problem';

type Fields = Record<string, unknown>;
export type Property = { key: string; value: string | number | boolean; keyGroup?: string };

/** The global connector of Omnium's Sitoo page, word for word. */
export const SEED_BLOCK = `{
    "name": "sitoo",
    "type": "pos",
    "isAuthenticatedManually": true,
    "timeOut": "00:00:00",
    "implementations": [
        "IOrderExporter",
        "ICartExporter"
    ],
    "properties": [
        {
            "key": "SitooOrderType",
            "value": "PosSitoo",
            "editKey": true
        }
    ],
    "customHeaders": [],
    "disableStandardErrorPolicy": false,
    "enabledForMarkets": [],
    "disabledForMarkets": []
}`;

/** The event subscription of the same page, word for word. */
export const SEED_SUBSCRIPTION = `{
    "event_subscriptions": [
        {
            "base_url": "https://apitest.omnium.no/api/sitoowebhook/DevShop/NOR/",
            "api_token": "stupidSecret",
            "event_types": [
                "order",
                "order-delivery",
                "warehouse-transaction"
            ]
        }
    ]
}`;

export const env = {
  OMNIUM_CLIENT_ID: 'omnium-client-id-value',
  OMNIUM_CLIENT_SECRET: 'omnium-client-secret-value',
  KEY_1: '90000-1:first-password',
  KEY_2: Buffer.from('90000-2:second-password').toString('base64'),
  KEY_3: '90000-3:third-password',
  WEBHOOK_KEY: 'a-long-random-webhook-key',
};

export function globalRecord(over: Fields = {}): Fields {
  return { ...(JSON.parse(SEED_BLOCK) as Fields), ...over };
}

export function omniumRecord(over: Fields = {}): Fields {
  const properties = [
    { key: 'ClientId', value: '${OMNIUM_CLIENT_ID}' },
    { key: 'ClientSecret', value: '${OMNIUM_CLIENT_SECRET}' },
  ];
  return { name: 'omnium', type: 'oms', host: 'https://api.omnium.no', properties, ...over };
}

export const marketProperties: readonly Property[] = [
  { key: 'AccountNumber', value: '90000' },
  { key: 'ApiKey', value: '${KEY_1}', keyGroup: 'ApiKeys' },
  { key: 'ApiKey', value: '${KEY_2}', keyGroup: 'ApiKeys' },
  { key: 'ApiKey', value: '${KEY_3}', keyGroup: 'ApiKeys' },
  { key: 'WebhookApiKey', value: '${WEBHOOK_KEY}' },
  { key: 'StartAtOrderId', value: '1000' },
  { key: 'TimeZone', value: 'Europe/Oslo' },
];

/** The usual properties, with those of the given keys replaced. An empty list takes a key away. */
export function withProperties(changes: Record<string, readonly (Property['value'] | Property)[]>): Property[] {
  const kept = marketProperties.filter(({ key }) => !(key in changes));
  const added = Object.entries(changes).flatMap(([key, values]) =>
    values.map((value) => (typeof value === 'object' ? value : { key, value })),
  );
  return [...kept, ...added];
}

export function marketRecord(over: Fields = {}): Fields {
  return { name: 'sitoo', type: 'pos', host: 'https://api.mysitoo.com/v2', properties: marketProperties, ...over };
}

/** One tenant DevShop with one market NOR, both sound. */
export function soundFiles(): Record<string, unknown> {
  return {
    'tenants/DevShop/connectors.json': [globalRecord(), omniumRecord()],
    'tenants/DevShop/markets/NOR/connectors.json': [marketRecord()],
  };
}

/** Writes the files into a folder of their own, loads them, and removes the folder. Text is written as it is, anything else as JSON. */
export async function load(files: Record<string, unknown>, environment: Record<string, string | undefined> = env): Promise<Configuration> {
  const dir = await mkdtemp(path.join(tmpdir(), 'connector-config-'));
  try {
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
      await writeFile(path.join(dir, file), typeof content === 'string' ? content : JSON.stringify(content));
    }
    return await loadConfiguration({ dir, env: environment });
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** The sound files with the market's record changed. */
export function loadMarket(over: Fields, environment = env as Record<string, string | undefined>): Promise<Configuration> {
  return load({ ...soundFiles(), 'tenants/DevShop/markets/NOR/connectors.json': [marketRecord(over)] }, environment);
}

/** The sound files with the global sitoo record changed. */
export function loadGlobal(over: Fields): Promise<Configuration> {
  return load({ ...soundFiles(), 'tenants/DevShop/connectors.json': [globalRecord(over), omniumRecord()] });
}

export function codes(configuration: { problems: readonly Problem[] }, severity?: Problem['severity']): string[] {
  return configuration.problems.filter((problem) => severity === undefined || problem.severity === severity).map((problem) => problem.code);
}

/** The market NOR, which the test expects to be workable. */
export function nor(configuration: Configuration): WorkingMarket {
  const market = configuration.findMarket('DevShop', 'NOR');
  if (!market || market.state === 'invalid') throw new Error(`NOR is invalid: ${JSON.stringify(configuration.problems)}`);
  return market;
}

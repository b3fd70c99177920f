// The example retailer of `config/` against the twins: the addresses and secrets that its files refer to, and what the Sitoo twin holds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './process/children.mjs';
import { bin, root } from './process/paths.mjs';

const account = 90_000;
const keys = [1, 2, 3].map((n) => ({ id: `${account}-${n}`, password: `demo-password-${n}` }));
const webhookToken = 'demo-webhook-token-of-the-twins';
const omniumWebhookToken = 'demo-omnium-token-of-the-twins';

/** The Sitoo account that `config/` calls market NOR of tenant DevShop. */
export const demo = { account, tenant: 'DevShop', market: 'NOR', webhookToken };

/**
 * Variables for `config/`. They win over the environment: where the variables of real accounts are set, the demo must not write its
 * receipts there.
 */
export function demoVariables({ sitooUrl, omniumUrl, publicUrl }) {
  return {
    SITOO_NOR_BASE_URL: `${sitooUrl}/v2`,
    SITOO_NOR_ACCOUNT_NUMBER: String(account),
    SITOO_NOR_WEBHOOK_KEY: webhookToken,
    OMNIUM_NOR_WEBHOOK_KEY: omniumWebhookToken,
    ...Object.fromEntries(keys.map(({ id, password }, index) => [`SITOO_NOR_API_KEY_${index + 1}`, `${id}:${password}`])),
    OMNIUM_BASE_URL: omniumUrl,
    OMNIUM_CLIENT_ID: 'devshop-connector',
    OMNIUM_CLIENT_SECRET: 'devshop-secret',
    CONNECTOR_PUBLIC_URL: publicUrl,
    // What config/ names as the one environment that fires its scheduled tasks.
    CONNECTOR_ENVIRONMENT: 'demo',
  };
}

/** Writes the seed files of both twins. Resolves with the file by twin name. */
export async function writeSeeds(run) {
  const args = [join(root, 'tools/run/write-seeds.mjs'), run.data, JSON.stringify({ id: account, keys })];
  const { ok, child } = await runCommand({ run, name: 'write-seeds', command: join(bin, 'node'), args });
  if (!ok) throw new Error(child.obituary());
  return { 'sitoo-twin': join(run.data, 'sitoo-seed.json'), 'omnium-twin': join(run.data, 'omnium-seed.json') };
}

/** Enters the subscription of the example configuration at the Sitoo twin, as an engineer would in Sitoo's back office. */
export async function subscribe(sitooUrl, variables) {
  const file = join(root, 'config/tenants', demo.tenant, 'event-subscriptions.json');
  const body = readFileSync(file, 'utf8').replace(/\$\{(\w+)\}/g, (_, name) => variables[name]);
  const response = await fetch(`${sitooUrl}/_twin/accounts/${account}/subscriptions`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (!response.ok) throw new Error(`the Sitoo twin refused the subscription: ${await response.text()}`);
}

/**
 * Enters what Omnium's staff would: the connector that `ExportOrder` steps post to, and subscriptions to the events of web orders and of carts.
 * Those of receipts are left out, as docs/configuration.md advises.
 */
export async function subscribeToOmnium(omniumUrl, variables) {
  const path = `/api/omniumwebhook/${demo.tenant}/${demo.market}`;
  const headers = [{ key: 'Authorization', value: `Bearer ${variables.OMNIUM_NOR_WEBHOOK_KEY}` }];
  const filters = { classNames: ['Order'], markets: [demo.market], orderTypes: ['Online-PickupInStore', 'Online-Delivery'] };
  const target = { baseUrl: variables.CONNECTOR_PUBLIC_URL, requestUri: path, headers };
  await enter(`${omniumUrl}/_twin/subscriptions`, [
    { name: 'web orders', ...target, filters },
    { name: 'carts', ...target, filters: { classNames: ['Cart'], markets: [demo.market] } },
  ]);
  await enter(`${omniumUrl}/_twin/connectors`, [
    { name: 'sitoo', host: `${variables.CONNECTOR_PUBLIC_URL}${path}`, customHeaders: headers },
  ]);
}

async function enter(url, content) {
  const response = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) });
  if (!response.ok) throw new Error(`the Omnium twin refused ${url}: ${await response.text()}`);
}

import { Secret, type MarketConfig } from '@connector/connector-config';
import type { Bus } from '@connector/event-bus';
import { createLogger, HealthSigns } from '@connector/platform';
import { Agent, request } from 'node:http';
import { Registry } from 'prom-client';
import type { Settings } from '../config';
import { aConfiguration } from './configuration.fixture';
import { WebhookListener } from './webhook-listener';

test('stopping finishes the request under way and does not wait for connections that the sender keeps open', async () => {
  let stored: () => void = () => undefined;
  let arrived: () => void = () => undefined;
  const underWay = new Promise<void>((resolve) => (arrived = resolve));
  const publish = () =>
    new Promise<void>((resolve) => {
      stored = resolve;
      arrived();
    });
  const market = {
    tenant: 'DevShop',
    market: 'NOR',
    state: 'active',
    sitoo: { accountNumber: 1, siteId: 1 },
    webhookTokens: [new Secret('a-token')],
  };
  const configuration = aConfiguration([market as unknown as MarketConfig]);
  const bus = { listen: () => undefined, publisher: { publish, queued: 0 } } as unknown as Bus;
  const settings = { httpPort: 0, httpHost: '127.0.0.1', masterKey: Buffer.alloc(32) } as Settings;
  const listener = new WebhookListener(settings, configuration, bus, createLogger('test', 'silent'), new Registry(), new HealthSigns());
  const address = await listener.start();

  const agent = new Agent({ keepAlive: true });
  const answer = post(`${address}/api/sitoowebhook/DevShop/NOR/events`, agent);
  await underWay;
  const stopping = listener.stop();
  stored();
  expect(await answer).toBe(200);
  await stopping;
  agent.destroy();
}, 10_000);

function post(url: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Basic a-token', 'content-type': 'application/json' };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject);
    sent.end('[]');
  });
}

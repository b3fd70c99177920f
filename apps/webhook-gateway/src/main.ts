import 'reflect-metadata';
import { loadAndLog } from '@connector/connector-config';
import { Bus } from '@connector/event-bus';
import { runApp } from '@connector/platform';
import { AppModule } from './app.module';
import { settings } from './config';
import { OmniumTopics } from './intake/omnium-topics';
import { WebhookListener } from './intake/webhook-listener';

void runApp({
  name: 'webhook-gateway',
  settings,
  module: async (values, logger) => AppModule.register(values, await loadAndLog(values.configDir, process.env, logger), logger),
  start: async (app, _values, logger) => {
    const bus = app.get(Bus);
    const listener = app.get(WebhookListener);
    // Before Kafka is there, webhooks are answered 503, so that Sitoo keeps them.
    logger.info({ webhooks: await listener.start() }, 'gateway.listening');
    await bus.start();
    const topics = new OmniumTopics(listener.parts, bus);
    topics.start();
    return {
      stop: async () => {
        await listener.stop();
        await topics.stop();
        await bus.stop();
      },
    };
  },
});

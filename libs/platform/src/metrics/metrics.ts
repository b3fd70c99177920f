import { Registry, collectDefaultMetrics } from 'prom-client';

/** The process's metrics. Labels stay bounded: app, topic, group, flow, outcome, class, market; never an order id, SKU, customer or URL. */
export function createMetrics(app: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  collectDefaultMetrics({ register: registry });
  return registry;
}

import { Configuration, type MarketConfig, type Tenant } from '@connector/connector-config';

/** A configuration of one tenant with these markets, and nothing else that the gateway looks at. */
export function aConfiguration(markets: readonly MarketConfig[], tenant: Partial<Tenant> = {}): Configuration {
  const whole = {
    id: 'DevShop',
    omnium: undefined,
    markets,
    records: [],
    scheduledTasks: [],
    scheduledTasksEnvironment: undefined,
    ...tenant,
  };
  return new Configuration([whole], []);
}

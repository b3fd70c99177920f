import type { Settings } from './config';

/** Settings of a process that is given no broker; nothing answers at the default addresses. */
export function someSettings(overrides: Partial<Settings> = {}): Settings {
  return {
    kafkaBrokers: ['127.0.0.1:1'],
    configDir: 'config',
    healthHost: '127.0.0.1',
    healthPort: 0,
    logLevel: 'error',
    topicPartitions: 1,
    topicReplication: 1,
    timeScale: 1,
    redisUrl: 'redis://127.0.0.1:1',
    sessionTimeoutMs: 30_000,
    referenceMaxAgeMs: 600_000,
    reconcileEveryMs: 600_000,
    ...overrides,
  };
}

import { commonSettings, parse, type Setting, type SettingsOf } from '@connector/platform';

export const settings = {
  ...commonSettings,
  redisUrl: {
    env: 'REDIS_URL',
    why: 'Redis, where all processes share one rate budget',
    secret: true,
    parse: parse.text,
  } as Setting<string>,
  sessionTimeoutMs: {
    env: 'SESSION_TIMEOUT_MS',
    why: 'ms of silence after which a member loses its partitions: 30 s outlasts a long pause, and a killed one is replaced that fast',
    default: 30_000,
    parse: parse.integer(6_000, 300_000),
  } as Setting<number>,
  referenceMaxAgeMs: {
    env: 'REFERENCE_MAX_AGE_MS',
    why: 'ms after which stores, shipment options and order types are read again: 10 minutes, they change rarely',
    default: 600_000,
    parse: parse.integer(1_000, 86_400_000),
  } as Setting<number>,
  reconcileEveryMs: {
    env: 'RECONCILE_EVERY_MS',
    why: "ms between two walks through a market's new orders, and through the web orders that changed: 10 minutes, so that a lost event costs half an hour at most",
    default: 600_000,
    parse: parse.integer(1_000, 86_400_000),
  } as Setting<number>,
};

export type Settings = SettingsOf<typeof settings>;

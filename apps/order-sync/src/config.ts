import { commonSettings, parse, type Setting, type SettingsOf } from '@connector/platform';

export const settings = {
  ...commonSettings,
  redisUrl: { env: 'REDIS_URL', why: 'Redis, where all processes share one rate budget', secret: true, parse: parse.text } as Setting<string>,
  referenceMaxAgeMs: {
    env: 'REFERENCE_MAX_AGE_MS',
    why: 'ms after which stores, shipment options and order types are read again: 10 minutes, they change rarely',
    default: 600_000,
    parse: parse.integer(1_000, 86_400_000),
  } as Setting<number>,
};

export type Settings = SettingsOf<typeof settings>;

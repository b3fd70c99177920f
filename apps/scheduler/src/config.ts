import { commonSettings, parse, type Setting, type SettingsOf } from '@connector/platform';

export const settings = {
  ...commonSettings,
  environment: {
    env: 'CONNECTOR_ENVIRONMENT',
    why: "name of this environment; a tenant's tasks fire only where its ScheduledTasksEnvironment says the same, so empty: none fires",
    default: '',
    parse: parse.text,
  } as Setting<string>,
  apiToken: {
    env: 'SCHEDULER_API_TOKEN',
    why: 'bearer token of the API; without one it listens on the loopback address only',
    secret: true,
    default: '',
    parse: parse.text,
  } as Setting<string>,
  httpHost: {
    env: 'HTTP_HOST',
    why: 'address the API listens on; without SCHEDULER_API_TOKEN it is 127.0.0.1 whatever this says',
    default: '0.0.0.0',
    parse: parse.text,
  } as Setting<string>,
  httpPort: { env: 'HTTP_PORT', why: 'port of the API', default: 8082, parse: parse.port } as Setting<number>,
  sessionTimeoutMs: {
    env: 'SESSION_TIMEOUT_MS',
    why: 'ms of silence after which the leader is replaced: 6 s, the least that brokers allow, since a firing is a minute',
    default: 6_000,
    parse: parse.integer(6_000, 300_000),
  } as Setting<number>,
  taskSilentMs: {
    env: 'TASK_SILENT_MS',
    why: 'ms without a sign of a run after which it no longer holds back the next firing: an hour, longer than any service is silent',
    default: 3_600_000,
    parse: parse.integer(60_000, 86_400_000),
  } as Setting<number>,
};

export type Settings = SettingsOf<typeof settings>;

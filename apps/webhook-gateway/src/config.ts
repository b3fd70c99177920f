import { commonSettings, parse, type Setting, type SettingsOf } from '@connector/platform';

export const settings = {
  ...commonSettings,
  httpHost: { env: 'HTTP_HOST', why: 'address the webhooks are received on', default: '0.0.0.0', parse: parse.text } as Setting<string>,
  httpPort: {
    env: 'HTTP_PORT',
    why: 'port the webhooks are received on; nothing else is served there',
    default: 8080,
    parse: parse.port,
  } as Setting<number>,
  masterKey: {
    env: 'CONNECTOR_MASTER_KEY',
    why: '32 bytes in base64; seals input that could not be read, so that it can be kept',
    secret: true,
    parse: parse.key32,
  } as Setting<Buffer>,
};

export type Settings = SettingsOf<typeof settings>;

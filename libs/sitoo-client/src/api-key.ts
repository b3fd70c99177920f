import { PlatformError } from '@connector/platform';

/**
 * The value after `Basic ` for a Sitoo API key. A key comes as `API ID:password` or as the base64 of it; both are accepted.
 * @throws PlatformError `SITOO_BAD_SETTING`, without the key
 */
export function encodeApiKey(key: string): string {
  const given = key.trim();
  if (isPair(given)) return Buffer.from(given, 'utf8').toString('base64');
  // Buffer ignores what is not base64, so the way back has to give the same text.
  const decoded = Buffer.from(given, 'base64');
  const isBase64 = decoded.toString('base64').replace(/=+$/, '') === given.replace(/=+$/, '');
  if (isBase64 && isPair(decoded.toString('utf8'))) return decoded.toString('base64');
  throw new PlatformError('SITOO_BAD_SETTING', 'an API key must be "API ID:password" or the base64 of it', { retryable: false });
}

function isPair(text: string): boolean {
  const colon = text.indexOf(':');
  return colon > 0 && colon < text.length - 1;
}

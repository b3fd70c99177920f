import type { Account } from '../account';
import type { ApiKey } from '../seed';

/** The key a Basic header belongs to, or nothing. Sitoo's login is base64 of `id:password`. */
export function authenticate(account: Account | undefined, header: string | undefined): ApiKey | undefined {
  const [scheme, credentials] = (header ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || !credentials) return undefined;
  const login = Buffer.from(credentials, 'base64').toString('utf8');
  return account?.keys.find((key) => `${key.id}:${key.password}` === login);
}

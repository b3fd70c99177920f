import { Secret } from './secret';

/** Base64 with or without padding; a colon is not in its alphabet, so a plain `id:password` never looks like it. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Sitoo API key in the form that follows `Basic ` in the Authorization header, and the account its id names. */
export interface ApiKey {
  secret: Secret;
  /** Account part of an id of the form `{accountid}-{n}`; undefined for any other id. */
  account: string | undefined;
}

/** Accepts `API id:password` and base64 of it. Undefined for anything else: text without a colon, an empty id or password. */
export function parseApiKey(text: string): ApiKey | undefined {
  const pair = text.includes(':') ? text : decodeBase64(text);
  const colon = pair?.indexOf(':') ?? -1;
  if (pair === undefined || colon < 1 || colon === pair.length - 1) return undefined;
  return {
    secret: new Secret(Buffer.from(pair, 'utf8').toString('base64')),
    account: /^(\d+)-\d+$/.exec(pair.slice(0, colon))?.[1],
  };
}

/** The text behind a base64 form, or undefined when it is not base64 of readable text. */
export function decodeBase64(text: string): string | undefined {
  if (!BASE64.test(text)) return undefined;
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64'));
    return hasControlCharacter(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 127) return true;
  }
  return false;
}

import { hash, timingSafeEqual } from 'node:crypto';
import { Secret } from './secret';

export type TokenForm = 'basic-raw' | 'basic-decoded' | 'basic-password' | 'bearer' | 'bare';

export interface TokenMatch {
  matched: boolean;
  form?: TokenForm;
}

/** User that Sitoo's newer service interfaces put before the token. */
const SITOO_USER = 'sitoo';

/**
 * Every Authorization header Sitoo may make of an `api_token`. How it does so is documented nowhere, so each of these is accepted:
 * the token as it is after `Basic`, base64 of it, base64 of `sitoo:` and it, `Bearer`, or the token alone.
 */
export function webhookTokenForms(token: string): { form: TokenForm; header: string }[] {
  return [
    { form: 'basic-raw', header: `Basic ${token}` },
    { form: 'basic-password', header: `Basic ${base64(`${SITOO_USER}:${token}`)}` },
    { form: 'basic-decoded', header: `Basic ${base64(token)}` },
    { form: 'bearer', header: `Bearer ${token}` },
    { form: 'bare', header: token },
  ];
}

/**
 * Whether the Authorization header carries one of the tokens, and in which form. Compares SHA-256 digests in constant time and tries
 * every candidate against every token, so that neither the length nor the place of a near miss shows in the time it takes.
 */
export function tokenMatches(header: string | undefined, tokens: readonly Secret[]): TokenMatch {
  if (header === undefined || header === '') return { matched: false };
  const whole = sha256(header);
  const known = accepted.get(tokens);
  if (known && timingSafeEqual(whole, known.header)) return known.match;
  const form = formOf(header, tokens);
  if (form === undefined) return { matched: false };
  const match = { matched: true, form };
  accepted.set(tokens, { header: whole, match });
  return match;
}

/** The header that was accepted last for these tokens, as a digest: a sender says the same every time. */
const accepted = new WeakMap<readonly Secret[], { header: Buffer; match: TokenMatch }>();

function formOf(header: string, tokens: readonly Secret[]): TokenForm | undefined {
  let form: TokenForm | undefined;
  for (const candidate of candidates(header)) {
    const digest = sha256(candidate.text);
    for (const token of tokens) {
      if (timingSafeEqual(digest, digestOf(token)) && candidate.text !== '') form ??= candidate.form;
    }
  }
  return form;
}

function candidates(header: string): { form: TokenForm; text: string }[] {
  const [, scheme = '', credentials = ''] = /^(basic|bearer) +(.*)$/is.exec(header) ?? [];
  const bare = { form: 'bare', text: header } as const;
  if (scheme === '') return [bare];
  if (scheme.toLowerCase() === 'bearer') return [{ form: 'bearer', text: credentials }, bare];
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return [
    { form: 'basic-raw', text: credentials },
    { form: 'basic-decoded', text: decoded },
    { form: 'basic-password', text: colon < 0 ? '' : decoded.slice(colon + 1) },
    bare,
  ];
}

const digests = new WeakMap<Secret, Buffer>();

/** A token's digest, kept as long as the token lives: the gateway asks with every request. */
function digestOf(token: Secret): Buffer {
  let digest = digests.get(token);
  if (!digest) digests.set(token, (digest = sha256(token.reveal())));
  return digest;
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

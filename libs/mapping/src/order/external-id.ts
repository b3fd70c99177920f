import { digest } from './digest';

/** Longest `externalid` that Sitoo takes; 1-40 of `A-Za-z0-9_-`, unique in the account (orders-and-customers section 1). */
const MAX_LENGTH = 40;
/** Letters that no escape can begin with: what follows is a digest. */
const DIGEST = '_h';
const ESCAPE = /_(_|[0-9A-F]{2})/g;

/**
 * Sitoo's `externalid` of an Omnium order. Letters, digits and `-` stand for themselves, `_` is `__`, every other byte of UTF-8 is `_` and two
 * capital hexadecimal digits: `ORDR/1_a` becomes `ORDR_2F1__a`. Two Omnium ids never share an `externalid`, and {@link omniumOrderIdOf} gives
 * the Omnium id back.
 *
 * An id that does not fit into 40 characters becomes `_h` and 128 bits of its SHA-256: always the same, and the same for two ids only by a
 * chance of 1 in 10^38. That form cannot be turned back. The Omnium id is then in the Sitoo order's additionaldata `omnium-orderid`, and the
 * other way round, an Omnium order is found by computing its `externalid` and asking Sitoo for it.
 *
 * @throws when the Omnium id is empty: there is no such order
 */
export function sitooExternalIdOf(omniumOrderId: string): string {
  if (omniumOrderId === '') throw new Error('an Omnium order id is never empty');
  const escaped = [...omniumOrderId].map(escape).join('');
  return escaped.length <= MAX_LENGTH ? escaped : `${DIGEST}${digest(omniumOrderId)}`;
}

/** @returns undefined for the digest form, and for text that {@link sitooExternalIdOf} never gives */
export function omniumOrderIdOf(externalId: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(externalId) || externalId.startsWith(DIGEST)) return undefined;
  const text = unescape(externalId);
  return text !== undefined && text !== '' && sitooExternalIdOf(text) === externalId ? text : undefined;
}

function escape(character: string): string {
  if (/^[A-Za-z0-9-]$/.test(character)) return character;
  if (character === '_') return '__';
  return [...new TextEncoder().encode(character)].map((byte) => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function unescape(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(ESCAPE, (_, code: string) => (code === '_' ? '_' : `%${code}`)));
  } catch {
    return undefined; // bytes that are no UTF-8
  }
}

import { createHash } from 'node:crypto';

/** 128 bits of SHA-256 as 22 characters of [A-Za-z0-9_-]. Computing, not I/O: the only use of a platform module in the maps. */
export function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest().subarray(0, 16).toString('base64url');
}

import { noticeSchema, parseKey, type Fact, type NoticeKey, type NoticeValue } from '@connector/contracts';
import Ajv from 'ajv';

/** What a notice carries besides its key and facts; every field is a header. */
export interface NoticeMeta {
  /** Only this group handles the record, others commit it unseen: set on what comes back from a delay topic. */
  targetGroup?: string;
  /** Tries that ended in `retry` so far. */
  attempt: number;
  /** Deferrals because a platform was away; these cost no attempt. */
  deferrals: number;
  /** Names the delay record this one came back from: an older one than the newest is dropped. */
  chain?: string;
  /** When the first notice of this work reached the connector; ms since the epoch. */
  firstSeenAt: number;
  /** `webhook`, `delay`, `redirect`, `replay`, `sweep`, `verify`. */
  source: string;
  /** Belongs on the bulk twin: it goes back there after a delay. */
  bulk?: boolean;
  /** The largest batch this key may be part of: it was in one that failed as a whole, and the culprit is being found by halving. */
  batchLimit?: number;
  /** A second look at work that may have been written twice or read too early: it brings no news. */
  verify?: boolean;
}

export interface Notice {
  key: NoticeKey;
  /** `{tenant}/{market}/{id}` as it stands on the record. */
  text: string;
  facts: Fact[];
  meta: NoticeMeta;
}

export type DecodedNotice = { ok: true; notice: Notice } | { ok: false; code: string; message: string };

const validate = new Ajv({ allErrors: false }).compile<NoticeValue>(noticeSchema);

/** What makes a notice a record: only what differs from a first try is a header, since each one costs as much as a field of the value. */
export interface EncodedNotice {
  value: Buffer;
  headers: Record<string, string>;
  /** The record's own time carries when the work was first seen, until a delay topic needs it for itself. */
  timestamp?: number;
}

export function encodeNotice(facts: readonly Fact[], meta: NoticeMeta): EncodedNotice {
  const value = Buffer.from(JSON.stringify({ facts }));
  const headers: Record<string, string> = { source: meta.source };
  if (meta.attempt > 0) headers['attempt'] = String(meta.attempt);
  if (meta.deferrals > 0) headers['deferrals'] = String(meta.deferrals);
  if (meta.targetGroup) headers['target-group'] = meta.targetGroup;
  if (meta.chain) headers['chain'] = meta.chain;
  if (meta.bulk) headers['bulk'] = '1';
  if (meta.verify) headers['verify'] = '1';
  if (meta.batchLimit) headers['batch-limit'] = String(meta.batchLimit);
  if (meta.source === 'webhook') return { value, headers, timestamp: meta.firstSeenAt };
  headers['first-seen'] = String(meta.firstSeenAt);
  return { value, headers };
}

export interface EncodedRecord {
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, string>;
  timestamp: number;
}

/** Reads a record of a work or delay topic. What is wrong is said without repeating what the record says. */
export function decodeNotice(record: EncodedRecord): DecodedNotice {
  return readEnvelope(record, () => undefined);
}

/** The same for a topic whose values are no notices: `factsOf` reads those, and leaves notices alone. */
export function readEnvelope(record: EncodedRecord, factsOf: (value: unknown) => Fact[] | undefined): DecodedNotice {
  const text = record.key?.toString('utf8') ?? '';
  const key = parseKey(text);
  if (!key) return { ok: false, code: 'NOTICE_KEY_MALFORMED', message: 'the record key is not {tenant}/{market}/{id}' };
  if (!record.value) return { ok: false, code: 'NOTICE_EMPTY', message: 'the record has no value' };
  const value = parseJson(record.value);
  if (value === undefined) return { ok: false, code: 'NOTICE_NOT_JSON', message: 'the record value is not JSON' };
  const own = factsOf(value);
  if (own) return { ok: true, notice: { key, text, facts: own, meta: decodeMeta(record.headers, record.timestamp) } };
  if (!validate(value)) {
    const [error] = validate.errors ?? [];
    const message = `the record value does not fit the contract at "${error?.instancePath || '/'}": ${error?.keyword ?? 'unknown'}`;
    return { ok: false, code: 'NOTICE_MALFORMED', message };
  }
  return { ok: true, notice: { key, text, facts: value.facts, meta: decodeMeta(record.headers, record.timestamp) } };
}

function decodeMeta(headers: Record<string, string>, timestamp: number): NoticeMeta {
  return {
    targetGroup: headers['target-group'],
    attempt: natural(headers['attempt'], 0),
    deferrals: natural(headers['deferrals'], 0),
    chain: headers['chain'],
    firstSeenAt: natural(headers['first-seen'], timestamp),
    source: headers['source'] ?? 'unknown',
    ...(headers['bulk'] === '1' ? { bulk: true } : {}),
    ...(headers['verify'] === '1' ? { verify: true } : {}),
    ...(natural(headers['batch-limit'], 0) > 0 ? { batchLimit: natural(headers['batch-limit'], 1) } : {}),
  };
}

function natural(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : otherwise;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

import {
  formatKey,
  syncTaskRequested,
  type Fact,
  type NoticeContract,
  type TaskRequest,
  type UnrecognisedEvent,
} from '@connector/contracts';
import { encodeNotice, type OutgoingRecord } from '@connector/event-bus';
import { seal } from '@connector/platform';
import { createHash } from 'node:crypto';
import type { EventSource } from './event-source';

/** What of an unreadable input is kept, bytes: enough to see what it was. */
export const keptBytes = 256 * 1024;

/** Sitoo sends ten at most, Omnium one; a body with far more is no batch of events, and would flood the topics. */
const maxElements = 1_000;

/** A request's body as it arrived; `bytes` may be cut at the reading limit, `total` is what was sent. */
export interface Arrival {
  bytes: Buffer;
  total: number;
  receivedAt: number;
}

export interface Sorted {
  records: OutgoingRecord[];
  /** For metrics and alarms: how each element was read. */
  read: { type: string; code?: string }[];
}

/** Turns what arrived at a market's address into records for Kafka. Nothing that arrived is dropped, whatever it is. */
export class Intake {
  constructor(private readonly masterKey: Buffer) {}

  sort(arrival: Arrival, source: EventSource): Sorted {
    const elements = arrival.bytes.length < arrival.total ? undefined : parse(arrival.bytes);
    if (elements === undefined || elements.length > maxElements) return this.unreadable(arrival, source);
    const sorted: Sorted = { records: [], read: [] };
    for (const element of elements) {
      const event = source.read(element, arrival.receivedAt);
      if (event.kind === 'notice') {
        sorted.records.push(noticeRecord(event.contract, event.key, event.fact, arrival.receivedAt));
        sorted.read.push({ type: event.fact.kind });
      } else {
        const bytes = Buffer.from(JSON.stringify(element) ?? 'null');
        const { code, message, eventType } = event;
        sorted.records.push(this.keep(bytes, bytes.length, { code, message }, arrival.receivedAt, source, eventType));
        sorted.read.push({ type: eventType ?? 'none', code });
      }
    }
    return sorted;
  }

  /** Not JSON, or too large to be an event batch: kept, and a reconciliation is asked for, since receipts may have been in it. */
  private unreadable({ bytes, total, receivedAt }: Arrival, source: EventSource): Sorted {
    const tooLarge = bytes.length < total;
    const reason = tooLarge
      ? { code: 'BODY_TOO_LARGE', message: 'the body is larger than an event batch can be; its beginning was kept' }
      : { code: 'BODY_NOT_EVENTS', message: 'the body is not JSON, or neither an array of events nor an object' };
    const { tenant, market } = source;
    const task: TaskRequest = { task: source.reconciliation, tenant, market, requestedAt: receivedAt, by: 'gateway' };
    const request = {
      topic: syncTaskRequested.topic,
      key: formatKey({ tenant, market, id: task.task }),
      value: Buffer.from(JSON.stringify(task)),
    };
    return { records: [this.keep(bytes, total, reason, receivedAt, source), request], read: [{ type: 'none', code: reason.code }] };
  }

  private keep(
    bytes: Buffer,
    total: number,
    reason: { code: string; message: string },
    receivedAt: number,
    { tenant, market, unrecognised }: EventSource,
    eventType?: string,
  ): OutgoingRecord {
    const sealed = seal(bytes.subarray(0, keptBytes), this.masterKey);
    const event: UnrecognisedEvent = { tenant, market, reason, receivedAt, bytes: total, sealed, ...(eventType ? { eventType } : {}) };
    // The same bytes again are the same record: a repeated delivery is recognisable without opening it.
    const id = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    return { topic: unrecognised.topic, key: formatKey({ tenant, market, id }), value: Buffer.from(JSON.stringify(event)) };
  }
}

function noticeRecord(contract: NoticeContract, key: string, fact: Fact, receivedAt: number): OutgoingRecord {
  return { topic: contract.topic, key, ...encodeNotice([fact], { source: 'webhook', attempt: 0, deferrals: 0, firstSeenAt: receivedAt }) };
}

/** The elements of the body; a single object counts as an array of one. Undefined when it is neither. */
function parse(bytes: Buffer): unknown[] | undefined {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'));
    if (Array.isArray(body)) return body;
    return typeof body === 'object' && body !== null ? [body] : undefined;
  } catch {
    return undefined;
  }
}

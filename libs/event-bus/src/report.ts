/**
 * What the bus tells its app. Libraries do not log: the app turns these into log lines and metrics. No event carries a payload, a
 * person or a secret.
 */
export type BusEvent =
  | { type: 'kafka.log'; level: 'error' | 'warn' | 'info' | 'debug'; message: string }
  | { type: 'publisher.rebuilt'; why: string }
  | { type: 'publisher.sent'; records: number; bytes: number; durationMs: number }
  | { type: 'consumer.joined'; group: string; epoch: number; partitions: number }
  | { type: 'consumer.drained'; group: string; durationMs: number; leftBehind: number }
  | { type: 'consumer.commit-failed'; group: string; message: string }
  | { type: 'consumer.crashed'; group: string; message: string; restarting: boolean }
  | { type: 'consumer.undecodable'; group: string; topic: string; partition: number; offset: number; code: string }
  /** A topic that somebody else writes is not there yet, or may not be read. */
  | { type: 'inlet.not-joined'; group: string; topic: string; message: string }
  | { type: 'flow.full'; group: string; lane: string; waiting: number }
  /** A handler threw; `frames` say where. Its message is left out: it may quote a document. */
  | { type: 'flow.handler-failed'; group: string; keys: number; code: string; error: string; outage: boolean; frames: string[] }
  | { type: 'flow.publish-retry'; group: string; message: string }
  | DeliveryEvent;

/** One wide line per finished delivery of work. */
export interface DeliveryEvent {
  type: 'delivery';
  group: string;
  key: string;
  outcome: string;
  reason?: string;
  effect?: string;
  attempt: number;
  /** Notices collapsed into this piece of work, and other keys handled in the same batch. */
  notices: number;
  batch: number;
  /** Kinds of the facts behind it: what was announced by an event, and what was found without one. */
  kinds: readonly string[];
  /** From the source's event, and from the arrival on the topic, to the end; ms. */
  sinceEventMs?: number;
  sinceReceivedMs: number;
  handledMs: number;
  next?: string;
}

export type Report = (event: BusEvent) => void;

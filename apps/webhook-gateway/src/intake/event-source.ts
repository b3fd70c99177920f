import type { Contract, Fact, NoticeContract, sitooEventUnrecognised } from '@connector/contracts';

/** What one element of a webhook's body says. */
export type ReadEvent =
  | { kind: 'notice'; contract: NoticeContract; key: string; fact: Fact }
  | { kind: 'unrecognised'; code: string; message: string; eventType?: string };

/** How the events of one sender are read, for the market whose address they came to. */
export interface EventSource {
  tenant: string;
  market: string;
  /** What the element is about, never whether it makes sense: that is judged by the flow, where it can be parked and replayed. */
  read: (element: unknown, receivedAt: number) => ReadEvent;
  /** Where elements go that could not be read. */
  unrecognised: Contract<(typeof sitooEventUnrecognised)['schema']>;
  /** Finds what an unreadable body may have announced. */
  reconciliation: string;
}

export function unrecognised(code: string, message: string, eventType?: string): ReadEvent {
  return { kind: 'unrecognised', code, message, ...(eventType ? { eventType: eventType.slice(0, 64) } : {}) };
}

/** Figures of the event sender, in events unless named otherwise. Each copy of a repeated event counts. */
export interface EventCounts {
  /** Put into a queue. */
  enqueued: number;
  /** Travelled in a request, every attempt counted. */
  sent: number;
  /** Left the queue because the receiver answered 200. */
  acknowledged: number;
  /** Waiting, or in the request under way. */
  pending: number;
  /** Lost for good: a final status code, the end of the retry window, or a subscription taken away. */
  dropped: number;
  /** Sent again after an attempt that failed. */
  retried: number;
  /** Sent once more although acknowledged. */
  duplicated: number;
  /** Made, but no subscription wanted their type. */
  unsubscribed: number;
  /** Requests, every attempt counted. */
  requests: number;
}

export const noCounts = (): EventCounts => ({
  enqueued: 0,
  sent: 0,
  acknowledged: 0,
  pending: 0,
  dropped: 0,
  retried: 0,
  duplicated: 0,
  unsubscribed: 0,
  requests: 0,
});

export function addCounts(a: EventCounts, b: EventCounts): EventCounts {
  return {
    enqueued: a.enqueued + b.enqueued,
    sent: a.sent + b.sent,
    acknowledged: a.acknowledged + b.acknowledged,
    pending: a.pending + b.pending,
    dropped: a.dropped + b.dropped,
    retried: a.retried + b.retried,
    duplicated: a.duplicated + b.duplicated,
    unsubscribed: a.unsubscribed + b.unsubscribed,
    requests: a.requests + b.requests,
  };
}

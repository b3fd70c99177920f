import type { Mix } from './payloads';

/** One measure, as a command to the load generator's process. */
export interface Load {
  do: 'closed' | 'open';
  url: string;
  authorization: string;
  tag: string;
  seed: number;
  mix: Mix;
  /** Number of the first request; the answer says where to go on. */
  first: number;
  ms: number;
  /** Closed loop: so many connections, each with one request under way. */
  connections: number;
  /** Open loop: so many requests are due each second, whether or not the last ones were answered. */
  perSecond: number;
}

export interface LoadReport {
  is: 'loaded';
  /** Numbers of the requests that were answered 200. */
  acked: number[];
  /** Answered otherwise, or not at all. */
  refused: number;
  next: number;
  seconds: number;
  /** Ms; in an open loop from the moment the request was due. */
  p50: number;
  p99: number;
  p999: number;
}

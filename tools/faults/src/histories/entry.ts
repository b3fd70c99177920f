/**
 * What a run notes, one JSON line each. `at` is the monotonic clock of the one process that writes, ms since its start, so that order and
 * distance of any two entries can be trusted.
 */
export type Entry = { at: number } & (
  | Expectation
  | EventRaised
  | WebhookSent
  | WebhookAnswered
  | SinkBegin
  | SinkFault
  | SinkApplyStart
  | SinkApplyEnd
  | CommittedSeen
  | RecordFound
  | RecordDelayed
  | RecordPlanted
  | Kept
  | ParkedFound
  | ProcessChanged
  | Told
  | FaultInjected
  | Quiesced
  | Sampled
  | Scanned
);

/** What the cell allows; the checker needs nothing beside the history. */
export interface Expectation {
  type: 'expect';
  cell: string;
  subject: string;
  seed: number;
  /** Keys that are poison: their work must end as parked. */
  mustPark: string[];
  /** Longest from the end of the faults to lag 0, ms. */
  quiesceWithinMs: number;
  /** Longest from SIGTERM to the exit, ms. */
  graceMs: number;
  /** Most a webhook may wait for its answer while the gateway lives, ms. */
  answerWithinMs: number;
  maxRssMb: number;
}

/** The source's state of a key changed and the event `fact` was made for it. */
export interface EventRaised {
  type: 'event';
  key: string;
  fact: string;
  version: number;
}

/** `facts`: the events in the body; `kept`: hash of a body that is no event and has to be kept as unrecognised. */
export interface WebhookSent {
  type: 'webhook.sent';
  request: string;
  gateway: string;
  facts: string[];
  kept?: string;
}

/** `status` 0: the connection broke. */
export interface WebhookAnswered {
  type: 'webhook.answered';
  request: string;
  gateway: string;
  status: number;
  ms: number;
}

/** A handler reads source and target of a key. */
export interface SinkBegin {
  type: 'sink.begin';
  call: number;
  process: string;
  key: string;
  facts: string[];
  source: number;
  target: number;
}

/** The script makes this call fail: `throw`, `hang`, `away`, `reset`, … */
export interface SinkFault {
  type: 'sink.fault';
  call: number;
  process: string;
  key: string;
  how: string;
}

export interface SinkApplyStart {
  type: 'sink.apply.start';
  call: number;
  process: string;
  key: string;
  version: number;
}

/** `applied` false: refused or given up. `doubled`: it was a create, and the order existed. */
export interface SinkApplyEnd {
  type: 'sink.apply.end';
  call: number;
  process: string;
  key: string;
  version: number;
  applied: boolean;
  doubled: boolean;
}

export interface CommittedSeen {
  type: 'committed';
  group: string;
  topic: string;
  partition: number;
  offset: number;
}

/** A record of the work topic, read at the end of the run. */
export interface RecordFound {
  type: 'record';
  topic: string;
  partition: number;
  offset: number;
  key: string;
  facts: string[];
}

/** A record of a delay topic, read at the end of the run; `at` is when it was written: the try of these facts had ended by then. */
export interface RecordDelayed {
  type: 'delayed';
  topic: string;
  key: string;
  facts: string[];
}

/** A record that the run wrote past the gateway and that no flow can read. */
export interface RecordPlanted {
  type: 'planted';
  topic: string;
  partition: number;
  offset: number;
  what: string;
}

/** An unrecognised body found on its topic. */
export interface Kept {
  type: 'kept';
  hash: string;
}

/** Parked work at the end of the run; `at` is when it was parked. */
export interface ParkedFound {
  type: 'parked';
  key: string;
  facts: string[];
  reason: string;
  topic: string;
  partition: number;
  offset: number;
}

export interface ProcessChanged {
  type: 'process';
  process: string;
  what: 'started' | 'ready' | 'killed' | 'frozen' | 'thawed' | 'term' | 'exited';
  code?: number | null;
}

/** What a process under test said about itself, for the diagnosis. */
export interface Told {
  type: 'told';
  process: string;
  event: string;
  detail?: object;
}

export interface FaultInjected {
  type: 'fault';
  kind: string;
  target: string;
  detail?: string;
}

/** `lag`: records not committed, work and delay topics; `unacknowledged`: requests without a 200. */
export interface Quiesced {
  type: 'quiesced';
  ok: boolean;
  ms: number;
  lag: number;
  unacknowledged: number;
}

export interface Sampled {
  type: 'sample';
  process: string;
  rssMb: number;
}

/** Output that was searched for planted personal data, and what was found there. */
export interface Scanned {
  type: 'scanned';
  where: string;
  bytes: number;
  found: string[];
}

export type EntryOf<Type extends Entry['type']> = Extract<Entry, { type: Type }>;

/** The entries of one type, in order. */
export function only<Type extends Entry['type']>(history: readonly Entry[], type: Type): EntryOf<Type>[] {
  return history.filter((entry): entry is EntryOf<Type> => entry.type === type);
}

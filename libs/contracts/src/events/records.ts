import { defineContract, workRetention, type ValueOf } from './contract';
import { noticeSchema } from './notice';

const reason = {
  type: 'object',
  properties: {
    /** Stable, upper snake: `STORE_UNKNOWN`. */
    code: { type: 'string', minLength: 1 },
    /** For people, in words: what is wrong and what to do. Never a person's data. */
    message: { type: 'string' },
    /** Where in the document, when that is known. */
    path: { type: 'string' },
  },
  required: ['code', 'message'],
  additionalProperties: false,
} as const;

/** Work set aside with its reason. Record key: `{group}|{notice key}`; a null value (tombstone) takes it off the list. */
export const noticeParked = defineContract({
  name: 'sync.notice.parked',
  version: 1,
  retention: { kind: 'compacted' },
  schema: {
    type: 'object',
    properties: {
      group: { type: 'string' },
      key: { type: 'string' },
      /** The work topic it came from, and to which a replay publishes the key again. */
      topic: { type: 'string' },
      partition: { type: 'integer' },
      offset: { type: 'string' },
      reason,
      attempts: { type: 'integer' },
      /** When the first notice of this work was seen, and when it was parked; ms since the epoch. */
      firstSeenAt: { type: 'integer' },
      parkedAt: { type: 'integer' },
      facts: noticeSchema.properties.facts,
      /** Bytes of a record that could not be decoded: how many there were, never what they said. */
      undecodedBytes: { type: 'integer' },
    },
    required: ['group', 'key', 'topic', 'reason', 'attempts', 'firstSeenAt', 'parkedAt', 'facts'],
    additionalProperties: false,
  },
});
export type ParkedNotice = ValueOf<typeof noticeParked>;

/** One per finished delivery of work. Record key: the notice's key. */
export const outcomeRecorded = defineContract({
  name: 'sync.outcome.recorded',
  version: 1,
  retention: workRetention,
  schema: {
    type: 'object',
    properties: {
      group: { type: 'string' },
      key: { type: 'string' },
      outcome: { enum: ['done', 'skipped', 'retry', 'deferred', 'redirect', 'parked'] },
      reason,
      /** What the flow did at the target: `created`, `patched`, `equal`, …; in shadow mode what it would have done: `would-create`, … */
      effect: { type: 'string' },
      attempt: { type: 'integer' },
      /** When the source's earliest fact of this work happened, when the gateway took it, and when the work was finished; ms since the epoch. */
      eventAt: { type: 'integer' },
      receivedAt: { type: 'integer' },
      doneAt: { type: 'integer' },
      /** Notices that were collapsed into this piece of work. */
      notices: { type: 'integer' },
      durationMs: { type: 'number' },
      ruleVersion: { type: 'string' },
      hashBefore: { type: 'string' },
      hashAfter: { type: 'string' },
    },
    required: ['group', 'key', 'outcome', 'attempt', 'doneAt', 'notices'],
    additionalProperties: false,
  },
});
export type OutcomeRecord = ValueOf<typeof outcomeRecorded>;

/** Input the gateway could not read as an event, kept encrypted. Record key: `{tenant}/{market}/{hash}`. */
const unrecognisedSchema = {
  type: 'object',
  properties: {
    tenant: { type: 'string' },
    market: { type: 'string' },
    reason,
    receivedAt: { type: 'integer' },
    /** Only for events whose type is not known: the sender's own word for it. */
    eventType: { type: 'string' },
    /** Bytes that arrived; what is kept is cut at 256 KB. */
    bytes: { type: 'integer' },
    /** `v1.<iv>.<tag>.<ciphertext>`, base64url, AES-256-GCM under the master key. */
    sealed: { type: 'string' },
  },
  required: ['tenant', 'market', 'reason', 'receivedAt', 'bytes', 'sealed'],
  additionalProperties: false,
} as const;

const unrecognised = { version: 1, retention: workRetention, schema: unrecognisedSchema };
/** What came to Sitoo's address and is no event of Sitoo. */
export const sitooEventUnrecognised = defineContract({ name: 'sitoo.event.unrecognised', ...unrecognised });
/** What came to Omnium's address and is no event of Omnium that the connector knows. */
export const omniumEventUnrecognised = defineContract({ name: 'omnium.event.unrecognised', ...unrecognised });
export type UnrecognisedEvent = ValueOf<typeof sitooEventUnrecognised>;

/** Something to be run once: a reconciliation the gateway asks for, a schedule, "run now". Record key: `{tenant}/{market}/{task}`. */
export const syncTaskRequested = defineContract({
  name: 'sync.task.requested',
  version: 1,
  retention: workRetention,
  schema: {
    type: 'object',
    properties: {
      task: { type: 'string' },
      tenant: { type: 'string' },
      market: { type: 'string' },
      requestedAt: { type: 'integer' },
      /** Who asked: `gateway`, `schedule`, `person`. */
      by: { type: 'string' },
      /** How much of the task is wanted, in the task's own words; without it the usual. `order-reconciliation` knows `sweep`. */
      scope: { type: 'string', minLength: 1, maxLength: 64 },
      /** Id of the firing (`formatFiring`): the same one again is the same request, and is done once. */
      firing: { type: 'string', minLength: 1, maxLength: 128 },
    },
    required: ['task', 'tenant', 'market', 'requestedAt', 'by'],
    additionalProperties: false,
  },
});
export type TaskRequest = ValueOf<typeof syncTaskRequested>;

/**
 * What becomes of a firing, from the request to the end: said by the scheduler when it asks, then by the service that does the task. The same
 * state may be told twice. Record key: `{tenant}/{market}/{task}`.
 */
export const taskProgressed = defineContract({
  name: 'sync.task.progressed',
  version: 1,
  retention: workRetention,
  schema: {
    type: 'object',
    properties: {
      firing: { type: 'string' },
      task: { type: 'string' },
      tenant: { type: 'string' },
      market: { type: 'string' },
      /** `interrupted`: a try failed, and another follows or the work is parked. */
      state: { enum: ['requested', 'started', 'progress', 'interrupted', 'finished'] },
      /** ms since the epoch. */
      at: { type: 'integer' },
      /** Who says so: `schedule` or `person` for a request, else the service's consumer group. */
      by: { type: 'string' },
      /** How far it is, in `unit`s, and when it may be through if it goes on like this (ms since the epoch). */
      done: { type: 'integer' },
      total: { type: 'integer' },
      unit: { type: 'string' },
      estimatedAt: { type: 'integer' },
      /** Only of what is finished. */
      result: { enum: ['done', 'skipped'] },
      counts: { type: 'object', additionalProperties: { type: 'integer' } },
      reason,
    },
    required: ['firing', 'task', 'tenant', 'market', 'state', 'at', 'by'],
    additionalProperties: false,
  },
});
export type TaskProgress = ValueOf<typeof taskProgressed>;

/**
 * Changes made while the connector runs; they win over the files. One partition: everybody reads them in the same order, and whoever is
 * assigned it among the schedulers leads them. Record key: `{tenant}/scheduled-tasks/{task id}`; a tombstone gives the file its say again.
 */
export const configChanged = defineContract({
  name: 'connector.config.changed',
  version: 1,
  retention: { kind: 'compacted' },
  partitions: 1,
  schema: {
    type: 'object',
    properties: {
      isDisabled: { type: 'boolean' },
      at: { type: 'integer' },
      /** Who changed it, in their own words. */
      by: { type: 'string', maxLength: 64 },
    },
    required: ['isDisabled', 'at'],
    additionalProperties: false,
  },
});
export type ConfigChange = ValueOf<typeof configChanged>;

/** A position that has to survive everything: a cursor, a watermark, a firing. Record key: its name. */
export const checkpointRecorded = defineContract({
  name: 'sync.checkpoint.recorded',
  version: 1,
  retention: { kind: 'compacted' },
  schema: {
    type: 'object',
    properties: {
      /** What it is depends on the name: an order id, a time, a task's firing. */
      position: { type: 'string' },
      /** When it was saved, ms since the epoch. */
      at: { type: 'integer' },
    },
    required: ['position', 'at'],
    additionalProperties: false,
  },
});
export type Checkpoint = ValueOf<typeof checkpointRecorded>;

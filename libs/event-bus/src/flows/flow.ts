import type { Contract, Fact, NoticeContract, NoticeKey, syncTaskRequested } from '@connector/contracts';
import type { Outcomes } from './outcome';

/** What a flow may consume: notices with their bulk twin, or requests for tasks, which have none. */
export type WorkContract = NoticeContract | typeof syncTaskRequested;

/** Where a flow's work comes from. Without a bulk twin, what would go there goes to the one topic there is. */
export function workTopics(contract: WorkContract): { live: string; bulk: string } {
  const twin: Contract = 'bulk' in contract ? contract.bulk : contract;
  return { live: contract.topic, bulk: twin.topic };
}

/** How one kind of notice is worked on: the card at the front of a flow's folder. */
export interface FlowDefinition {
  /** Consumer group, `<app>.<flow>`. A changed subscription needs a new name. */
  group: string;
  contract: WorkContract;
  /** Keys handled together at most. */
  batchSize: number;
  /** Batches in flight per market. */
  concurrency: number;
  /** A handler that has not answered by then is given up on, and its keys are tried again; ms. At most 45 s. */
  deadlineMs: number;
  retry: { attempts: number };
  /** false: batches are formed without the app's slot, since many of them never make the call that it is for. Default true. */
  takesSlot?: boolean;
}

/** Longest a call may take: half of what a rebalance waits for. */
export const maxDeadlineMs = 45_000;

export function defineFlow(definition: FlowDefinition): FlowDefinition {
  if (definition.deadlineMs > maxDeadlineMs) throw new RangeError(`${definition.group}: deadlineMs must be at most ${maxDeadlineMs}`);
  return definition;
}

/** One key's worth of work: all notices that waited for it. */
export interface WorkItem {
  key: NoticeKey;
  /** `{tenant}/{market}/{id}`, the key of the outcome. */
  text: string;
  facts: readonly Fact[];
  /** Tries so far that ended in `retry`. */
  attempt: number;
  /** When the first notice of this work reached the connector; ms since the epoch. */
  firstSeenAt: number;
  /** A second look that brings no news: nothing may be taken on trust, and no further look is needed. */
  verifying: boolean;
}

export interface WorkContext {
  tenant: string;
  market: string;
  /** Aborts at the flow's deadline. */
  signal: AbortSignal;
  /** The slot that was taken for this batch, if the app takes slots. */
  readonly slot?: unknown;
  /** False once another member may own these keys: ask before every write. */
  readonly owned: () => boolean;
}

/** Reads source and target of all keys, writes what differs, and answers one outcome per key. All keys are of one market. */
export type FlowHandler = (work: readonly WorkItem[], context: WorkContext) => Promise<Outcomes>;

import { CallClass, callClasses } from '@connector/platform';
import { GateSnapshot } from './snapshot';

/** When a job of so many calls is likely to end, from today's budget and competition. */
export interface Plan {
  /** Calls per second this job can expect. */
  readonly perSecond: number;
  readonly forMs: number;
}

/** However busy the more urgent classes are, ageing leaves this share. */
const leastShare = 1 / 21;

/**
 * Capacity of the open lanes, less what more urgent classes used in the last minute, shared with the other processes that wait. Ask
 * again while the job runs; the figure follows the budget.
 */
export function plan(
  snapshot: Pick<GateSnapshot, 'keys' | 'lanes' | 'grantedPerMinute' | 'waitingProcesses'>,
  job: { readonly calls: number; readonly class: CallClass },
): Plan {
  const usable = snapshot.keys.filter(({ benchedMs }) => benchedMs === 0).slice(0, snapshot.lanes);
  const capacity = usable.reduce((sum, { ratePerSecond }) => sum + ratePerSecond, 0);
  const urgent = callClasses.slice(0, callClasses.indexOf(job.class)).reduce((sum, name) => sum + snapshot.grantedPerMinute[name] / 60, 0);
  const share = Math.max(capacity * leastShare, capacity - urgent) / Math.max(1, snapshot.waitingProcesses);
  const blockedMs = usable.length > 0 ? Math.min(...usable.map((key) => key.blockedMs)) : 0;
  return { perSecond: share, forMs: share > 0 ? blockedMs + (job.calls / share) * 1000 : Infinity };
}

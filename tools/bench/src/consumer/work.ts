import { counters } from '../process/counters';
import { reportMoment } from '../process/probe';
import type { ConsumerOrders } from './orders';
import { Witness } from './witness';

/** The work of one key: its notices' numbers, oldest first. Answers when it is done; undefined when there was nothing to wait for. */
export type Work = (id: string, numbers: readonly number[]) => Promise<void> | undefined;

/** The same work for every kind of consumer. */
export function createWork({ work }: ConsumerOrders): Work {
  return work.kind === 'nothing' ? nothing(work) : waiting(work);
}

function nothing({ from, to }: { from: number; to: number }): Work {
  let done = 0;
  return () => {
    done += 1;
    if (done === from) reportMoment('from');
    if (done === to) reportMoment('to');
    return undefined;
  };
}

function waiting({ ms, slowMs }: { ms: number; slowMs: number }): Work {
  const witness = new Witness();
  return async (id, numbers) => {
    const slow = slowMs > 0 && partitionOf(id) === 0;
    witness.begin(id, numbers);
    await new Promise((resolve) => setTimeout(resolve, slow ? slowMs : ms));
    witness.end(id, numbers);
    Object.assign(counters, witness.seen);
    const side = partitionOf(id) === 0 ? 'callsOfPartition0' : 'callsOfOthers';
    counters[side] = (counters[side] ?? 0) + 1;
  };
}

/** The partition that the feeder put a key on: it begins with it. */
function partitionOf(id: string): number {
  return Number.parseInt(id, 10);
}

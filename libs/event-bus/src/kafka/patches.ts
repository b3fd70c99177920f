import { createRequire } from 'node:module';

/**
 * Two faults of kafkajs 2.2.4, which has no maintainer, mended at run time. Guarded: any other version is refused, so that an upgrade is
 * a decision and not a surprise.
 *
 * 1. After the first response on a connection a 1 ms timer re-arms itself for ever, 5 % of a core for an idle process
 *    (tulios/kafkajs#1751). It is only needed while requests are pending or the broker throttles.
 * 2. There is no hook before a consumer rejoins its group. An assigner that has `beforeJoin` gets one, so that running work can finish
 *    and be committed before another member takes the partition over.
 */
const supported = '2.2.4';

export interface JoinHook {
  /** Called before every join with the member's own heartbeat; the join waits for it. `fenced` when the partitions are already lost. */
  beforeJoin?(member: { fenced: boolean; heartbeat: () => Promise<void> }): Promise<void>;
}

interface RequestQueue {
  pending: unknown[];
  throttledUntil: number;
}
interface ConsumerGroup {
  memberId: string | null;
  groupId: string;
  generationId: number | null;
  assigners: JoinHook[];
  coordinator: { heartbeat(request: object): Promise<unknown> } | null;
}

let patched = false;

/** Applies both mends once per process. Throws when the installed kafkajs is not the version they were written for. */
export function patchKafkajs(load: NodeJS.Require = createRequire(__filename)): void {
  if (patched) return;
  const { version } = load('kafkajs/package.json') as { version: string };
  if (version !== supported) {
    throw new Error(
      `kafkajs ${version} is installed; the bus knows ${supported}. Check libs/event-bus/src/kafka/patches.ts against it first.`,
    );
  }
  stopIdleTimer(load('kafkajs/src/network/requestQueue'));
  addJoinHook(load('kafkajs/src/consumer/consumerGroup'));
  patched = true;
}

function stopIdleTimer(queue: { prototype: { scheduleCheckPendingRequests(this: RequestQueue): void } }): void {
  const original = queue.prototype.scheduleCheckPendingRequests;
  queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length === 0 && this.throttledUntil <= Date.now()) return;
    original.call(this);
  };
}

function addJoinHook(group: { prototype: { joinAndSync(this: ConsumerGroup): Promise<void> } }): void {
  const original = group.prototype.joinAndSync;
  group.prototype.joinAndSync = async function (this: ConsumerGroup) {
    const { groupId, memberId, generationId: groupGenerationId } = this;
    const heartbeat = async () => {
      await this.coordinator?.heartbeat({ groupId, memberId, groupGenerationId });
    };
    for (const assigner of this.assigners) await assigner.beforeJoin?.({ fenced: !memberId, heartbeat });
    return original.call(this);
  };
}

import { patchKafkajs } from './patches';

test('another version of kafkajs is refused with what to look at', () => {
  const load = ((name: string) => (name === 'kafkajs/package.json' ? { version: '2.3.0' } : {})) as NodeJS.Require;
  expect(() => patchKafkajs(load)).toThrow(/kafkajs 2\.3\.0 is installed; the bus knows 2\.2\.4/);
});

test('the request queue arms no timer when nothing waits, and arms one when something does', () => {
  const armed: number[] = [];
  class RequestQueue {
    pending: unknown[] = [];
    throttledUntil = -1;
    scheduleCheckPendingRequests(): void {
      armed.push(this.pending.length);
    }
  }
  class ConsumerGroup {
    assigners: { beforeJoin?: (member: { fenced: boolean }) => Promise<void> }[] = [];
    memberId: string | null = null;
    joined = 0;
    async joinAndSync(): Promise<void> {
      this.joined += 1;
    }
  }
  const parts: Record<string, unknown> = {
    'kafkajs/package.json': { version: '2.2.4' },
    'kafkajs/src/network/requestQueue': RequestQueue,
    'kafkajs/src/consumer/consumerGroup': ConsumerGroup,
  };
  patchKafkajs(((name: string) => parts[name]) as NodeJS.Require);
  const queue = new RequestQueue();
  queue.scheduleCheckPendingRequests();
  expect(armed).toEqual([]);
  queue.pending.push({});
  queue.scheduleCheckPendingRequests();
  queue.pending = [];
  queue.throttledUntil = Date.now() + 60_000;
  queue.scheduleCheckPendingRequests();
  expect(armed).toEqual([1, 0]);
  return joinsAfterItsHook(new ConsumerGroup());
});

async function joinsAfterItsHook(group: {
  assigners: object[];
  memberId: string | null;
  joined: number;
  joinAndSync(): Promise<void>;
}): Promise<void> {
  const seen: unknown[] = [];
  group.assigners = [{}, { beforeJoin: async ({ fenced }: { fenced: boolean }) => void seen.push(fenced, group.joined) }];
  await group.joinAndSync();
  group.memberId = 'member';
  await group.joinAndSync();
  expect(seen).toEqual([true, 0, false, 1]);
}

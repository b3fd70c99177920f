import { TopicReader } from '@connector/event-bus';
import type { Kafka } from 'kafkajs';
import { eventNumber, eventsIn, type Payloads } from '../load/payloads';

export interface Verdict {
  /** Events of requests that were answered 200. */
  acknowledged: number;
  /** Of these, how many are not on the topic. */
  missing: number;
  /** Records more than one of the same event. */
  doubled: number;
}

/** Compares what was acknowledged with what is on the topic. Pure. */
export function judge(acked: readonly number[], payloads: Pick<Payloads, 'events'>, onTopic: ReadonlyMap<number, number>): Verdict {
  const verdict: Verdict = { acknowledged: 0, missing: 0, doubled: 0 };
  for (const n of acked) {
    for (let position = 0; position < payloads.events(n); position += 1) {
      verdict.acknowledged += 1;
      if (!onTopic.has(eventNumber(n, position))) verdict.missing += 1;
    }
  }
  for (const times of onTopic.values()) verdict.doubled += times - 1;
  return verdict;
}

/** How often each event of this run is on a topic. */
export async function readEvents(kafka: Kafka, topic: string, tag: string): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  const reader = new TopicReader(kafka, topic, ({ value }) => {
    for (const event of eventsIn(tag, value?.toString('latin1') ?? '')) found.set(event, (found.get(event) ?? 0) + 1);
  });
  const { caughtUp } = await reader.start();
  await caughtUp;
  await reader.stop();
  return found;
}

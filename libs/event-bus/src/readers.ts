import { outcomeRecorded, type OutcomeRecord, type ParkedNotice } from '@connector/contracts';
import { connectKafka } from './kafka/connection';
import { readWholeTopic } from './kafka/read-topic';
import { readParked as readParkedFrom } from './parked/parked';

const quiet = () => undefined;

/** Everything parked now, for tools: newest first. */
export async function readParked({ brokers, groups }: { brokers: string[]; groups?: readonly string[] }): Promise<ParkedNotice[]> {
  const kafka = connectKafka({ brokers, clientId: 'parked-reader', report: quiet });
  const parked = await readParkedFrom(kafka, groups);
  return parked.sort((a, b) => b.parkedAt - a.parkedAt);
}

/** Outcome records from `since` (ms since the epoch) on, oldest first. */
export async function readOutcomes({ brokers, since = 0 }: { brokers: string[]; since?: number }): Promise<OutcomeRecord[]> {
  const kafka = connectKafka({ brokers, clientId: 'outcome-reader', report: quiet });
  const records = await readWholeTopic(kafka, outcomeRecorded.topic);
  return records
    .filter(({ value, timestamp }) => value !== null && timestamp >= since)
    .map(({ value }) => JSON.parse(value?.toString('utf8') ?? '') as OutcomeRecord)
    .sort((a, b) => a.doneAt - b.doneAt);
}

/** Names of the topics that exist, for tools that publish to topics they were told of. */
export async function existingTopics({ brokers }: { brokers: string[] }): Promise<Set<string>> {
  const admin = connectKafka({ brokers, clientId: 'topic-reader', report: quiet }).admin();
  await admin.connect();
  try {
    return new Set(await admin.listTopics());
  } finally {
    await admin.disconnect();
  }
}

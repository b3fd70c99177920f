import { only, type Entry } from '../histories/entry';
import { acknowledged, callsOf, settledAt } from './calls';
import type { Violation } from './violation';

/**
 * I1: everything answered 200 reaches a terminal state. An event: a handler dealt with its fact and the target has its version or a newer
 * one, or its key is parked with the fact. A body that is no event: kept. A record nobody can read: parked under its position.
 */
export function terminalStates(history: readonly Entry[]): Violation[] {
  return [...lostEvents(history), ...lostBodies(history), ...lostRecords(history)];
}

function lostEvents(history: readonly Entry[]): Violation[] {
  const { facts } = acknowledged(history);
  const settled = new Set<string>();
  const target = new Map<string, number>();
  for (const call of callsOf(history)) {
    if (settledAt(call) !== undefined) for (const fact of call.facts) settled.add(fact);
  }
  for (const { key, version, applied } of only(history, 'sink.apply.end')) if (applied) target.set(key, version);
  const parked = new Map(only(history, 'parked').map(({ key, facts: kept }) => [key, new Set(kept)]));
  const onTopic = new Set(only(history, 'record').flatMap(({ facts: stored }) => stored));
  return only(history, 'event').flatMap(({ fact, key, version }): Violation[] => {
    if (!facts.has(fact) || parked.get(key)?.has(fact)) return [];
    const has = target.get(key) ?? 0;
    if (settled.has(fact) && has >= version) return [];
    const where = onTopic.has(fact) ? 'is on the topic' : 'is not even on the topic';
    const what = settled.has(fact) ? `the target has version ${has} of ${version}` : 'no handler dealt with it';
    return [{ invariant: 'I1', message: `event ${fact} of ${key} was answered 200, ${where}, and ${what}` }];
  });
}

function lostBodies(history: readonly Entry[]): Violation[] {
  const found = new Set(only(history, 'kept').map(({ hash }) => hash));
  return [...acknowledged(history).kept].flatMap((hash): Violation[] =>
    found.has(hash) ? [] : [{ invariant: 'I1', message: `the body with hash ${hash} was answered 200 and not kept` }],
  );
}

function lostRecords(history: readonly Entry[]): Violation[] {
  const parked = new Set(only(history, 'parked').map(({ topic, partition, offset }) => `${topic}/${partition}:${offset}`));
  return only(history, 'planted').flatMap(({ topic, partition, offset, what }): Violation[] => {
    const position = `${topic}/${partition}:${offset}`;
    return parked.has(position) ? [] : [{ invariant: 'I1', message: `the record at ${position} (${what}) is not parked` }];
  });
}

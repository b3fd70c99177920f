import { only, type Entry, type EntryOf } from '../histories/entry';
import { callsOf } from './calls';
import type { Violation } from './violation';

/**
 * I6: what is committed lies at or below the first record that nobody has dealt with, at every look, and never goes back. Dealt with: a
 * handler's try of the record's fact has ended one way or the other (done, or failed and put on a delay topic or parked).
 */
export function commitOrder(history: readonly Entry[]): Violation[] {
  return [...rewinds(history), ...commitsAhead(history)];
}

function rewinds(history: readonly Entry[]): Violation[] {
  const highest = new Map<string, number>();
  return only(history, 'committed').flatMap(({ group, topic, partition, offset, at }): Violation[] => {
    const name = `${group} ${topic}/${partition}`;
    const before = highest.get(name) ?? -1;
    highest.set(name, Math.max(before, offset));
    return offset < before ? [{ invariant: 'I6', message: `${name} went back from ${before} to ${offset}`, at }] : [];
  });
}

function commitsAhead(history: readonly Entry[]): Violation[] {
  const ended = endTimes(history);
  const unreadable = unreadableParkedAt(history);
  const violations: Violation[] = [];
  for (const [position, looks] of looksByPartition(history)) {
    const records = only(history, 'record')
      .filter(({ topic, partition }) => `${topic}/${partition}` === position)
      .sort((a, b) => a.offset - b.offset);
    let next = 0;
    for (const { offset, at, group } of looks) {
      for (; next < records.length && records[next]!.offset < offset; next += 1) {
        const record = records[next]!;
        const place = `${position}:${record.offset}`;
        const dealtWith = unreadable.has(place) ? [unreadable.get(place)] : record.facts.map((fact) => ended.get(fact));
        if (dealtWith.every((time) => (time ?? Number.POSITIVE_INFINITY) <= at)) continue;
        const message = `${group} had committed ${position} up to ${offset} before anybody had dealt with record ${record.offset} (${record.key})`;
        violations.push({ invariant: 'I6', message, at });
      }
    }
  }
  return violations;
}

/** When each record that nobody can read was parked, by its place; infinity when it was not. */
function unreadableParkedAt(history: readonly Entry[]): Map<string, number> {
  const parked = new Map(only(history, 'parked').map(({ topic, partition, offset, at }) => [`${topic}/${partition}:${offset}`, at]));
  const places = only(history, 'planted').map(({ topic, partition, offset }) => `${topic}/${partition}:${offset}`);
  return new Map(places.map((place) => [place, parked.get(place) ?? Number.POSITIVE_INFINITY]));
}

/** The first time that a try of a fact had ended. */
function endTimes(history: readonly Entry[]): Map<string, number> {
  const ended = new Map<string, number>();
  const end = (fact: string, at: number) => ended.set(fact, Math.min(ended.get(fact) ?? Number.POSITIVE_INFINITY, at));
  for (const { facts, faultAt, applyEndAt, equal, begunAt } of callsOf(history)) {
    const at = Math.min(
      faultAt ?? Number.POSITIVE_INFINITY,
      applyEndAt ?? Number.POSITIVE_INFINITY,
      equal ? begunAt : Number.POSITIVE_INFINITY,
    );
    for (const fact of facts) end(fact, at);
  }
  // A try that the bus gave up on leaves no mark at the target; that its work waits on a delay topic shows that it has ended.
  for (const { facts, at } of only(history, 'delayed')) for (const fact of facts) end(fact, at);
  return ended;
}

function looksByPartition(history: readonly Entry[]): Map<string, EntryOf<'committed'>[]> {
  const looks = new Map<string, EntryOf<'committed'>[]>();
  for (const look of only(history, 'committed')) {
    const position = `${look.topic}/${look.partition}`;
    looks.set(position, [...(looks.get(position) ?? []), look]);
  }
  return looks;
}

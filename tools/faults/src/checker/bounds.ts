import { only, type Entry } from '../histories/entry';
import { expectation } from './calls';
import type { Violation } from './violation';

/** I9: overload and outage are answered 503 in time, memory stays bounded, and nothing is parked but what is poison. */
export function bounds(history: readonly Entry[]): Violation[] {
  const { mustPark, answerWithinMs, maxRssMb } = expectation(history);
  const answers = only(history, 'webhook.answered').flatMap(({ status, ms, gateway, at }): Violation[] => {
    if (status !== 0 && status !== 200 && status !== 503) return [{ invariant: 'I9', message: `${gateway} answered ${status}`, at }];
    return status !== 0 && ms > answerWithinMs ? [{ invariant: 'I9', message: `${gateway} answered after ${Math.round(ms)} ms`, at }] : [];
  });
  const memory = only(history, 'sample').flatMap(({ process, rssMb, at }): Violation[] =>
    rssMb > maxRssMb ? [{ invariant: 'I9', message: `${process} held ${rssMb} MB`, at }] : [],
  );
  return [...answers, ...memory, ...parkedWrongly(history, new Set(mustPark))];
}

function parkedWrongly(history: readonly Entry[], poison: ReadonlySet<string>): Violation[] {
  const planted = new Set(only(history, 'planted').map(({ topic, partition, offset }) => `${topic}/${partition}:${offset}`));
  return only(history, 'parked').flatMap(({ key, reason, topic, partition, offset }): Violation[] => {
    if (poison.has(key) || planted.has(`${topic}/${partition}:${offset}`)) return [];
    return [{ invariant: 'I9', message: `${key} is parked (${reason}) and nothing is wrong with it` }];
  });
}

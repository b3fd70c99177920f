import { only, type Entry, type EntryOf } from '../histories/entry';
import { callsOf, expectation, settledAt, type Call } from './calls';
import type { Violation } from './violation';

/** I11: a process that is asked to end finishes what it has accepted, ends in time, and leaves at most what it was working on to be done again. */
export function drain(history: readonly Entry[]): Violation[] {
  const calls = callsOf(history);
  return only(history, 'process')
    .filter(({ what }) => what === 'term')
    .flatMap((term) => [...slowExit(history, term), ...droppedRequests(history, term), ...redelivered(history, calls, term)]);
}

type Term = EntryOf<'process'>;

function slowExit(history: readonly Entry[], { process, at }: Term): Violation[] {
  const { graceMs } = expectation(history);
  const exit = only(history, 'process').find((change) => change.process === process && change.what === 'exited' && change.at >= at);
  if (!exit) return [{ invariant: 'I11', message: `${process} never ended after SIGTERM`, at }];
  const violations: Violation[] = [];
  if (exit.at - at > graceMs)
    violations.push({ invariant: 'I11', message: `${process} took ${Math.round(exit.at - at)} ms to end`, at: exit.at });
  if (exit.code !== 0) violations.push({ invariant: 'I11', message: `${process} ended with code ${exit.code}`, at: exit.at });
  return violations;
}

/** Requests that a gateway had taken before the signal and never answered. */
function droppedRequests(history: readonly Entry[], { process, at }: Term): Violation[] {
  const sent = new Map(
    only(history, 'webhook.sent')
      .filter((one) => one.gateway === process && one.at <= at)
      .map((one) => [one.request, one.at]),
  );
  return only(history, 'webhook.answered').flatMap(({ request, gateway, status, at: answeredAt }): Violation[] => {
    if (gateway !== process || status !== 0 || answeredAt < at || !sent.has(request)) return [];
    return [{ invariant: 'I11', message: `${process} dropped request ${request}, accepted before SIGTERM`, at: answeredAt }];
  });
}

/** Finished work that another process was given again, beyond what was under way at the signal. Facts that were sent repeatedly say nothing. */
function redelivered(history: readonly Entry[], calls: readonly Call[], { process, at }: Term): Violation[] {
  const records = new Map<string, number>();
  for (const { facts } of only(history, 'record')) for (const fact of facts) records.set(fact, (records.get(fact) ?? 0) + 1);
  const before = calls.filter((call) => call.process === process && call.begunAt <= at);
  const underWay = new Set(before.filter((call) => (settledAt(call) ?? Number.POSITIVE_INFINITY) > at).flatMap(({ facts }) => facts));
  const settled = new Set(before.filter((call) => settledAt(call) !== undefined).flatMap(({ facts }) => facts));
  const again = new Set(
    calls
      .filter((call) => call.process !== process && call.begunAt > at)
      .flatMap(({ facts }) => facts.filter((fact) => settled.has(fact) && records.get(fact) === 1)),
  );
  if (again.size <= underWay.size) return [];
  return [
    {
      invariant: 'I11',
      message: `${again.size} events were redelivered after ${process} ended; ${underWay.size} were under way at SIGTERM`,
      at,
    },
  ];
}

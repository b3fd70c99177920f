import { Rounds } from '../figures';
import type { ClosedRow, OpenRow } from './measure';
import { gatewayTargets } from './targets';

const closedRow: ClosedRow = { cpuSecondsPer1000: 0.1, requestsPerSecond: 1, recordsPerBatch: 1, p50Ms: 1, p99Ms: 1, refused: 0 };
const openRow: OpenRow = { p50Ms: 1, p99Ms: 1, p999Ms: 1, cpuSecondsPer1000: 1, refused: 0 };
const all = { acknowledged: 1, missing: 0, doubled: 0 };

function rounds(cpu: Record<string, number[]>, p99: Record<string, number[]>): [Rounds<ClosedRow>, Rounds<OpenRow>] {
  const [closed, open] = [new Rounds<ClosedRow>(), new Rounds<OpenRow>()];
  for (const [name, values] of Object.entries(cpu))
    for (const value of values) closed.add(name, { ...closedRow, cpuSecondsPer1000: value });
  for (const [name, values] of Object.entries(p99)) for (const value of values) open.add(`${name}, 1000/s`, { ...openRow, p99Ms: value });
  return [closed, open];
}

const held = { ours: [0.2, 0.4], 'parse-only': [0.1, 0.2], 'send-each': [0.7, 1.4], 'nest-emit': [2, 4] };

describe('the targets of the gateway', () => {
  it('hold within each round, however the machine changes its mood between rounds', () => {
    const targets = gatewayTargets(...rounds(held, { ours: [4, 40], 'send-each': [10, 100] }), all);
    expect(targets.map(({ ok, got }) => [ok, got])).toEqual([
      [true, 2],
      [true, 0.2857],
      [true, 0.1],
      [true, 0.4],
      [true, 0],
    ]);
  });

  it('fail one by one', () => {
    const ok = (cpu: Record<string, number[]>, p99 = { ours: [4], 'send-each': [10] }, verdict = all): boolean[] =>
      gatewayTargets(...rounds(cpu, p99), verdict).map((target) => target.ok);
    expect(ok({ ...held, 'parse-only': [0.07, 0.14] })[0]).toBe(false);
    expect(ok({ ...held, 'send-each': [0.5, 1] })[1]).toBe(false);
    expect(ok({ ...held, 'nest-emit': [0.9, 1.8] })[2]).toBe(false);
    expect(ok(held, { ours: [6], 'send-each': [10] })[3]).toBe(false);
    expect(ok(held, undefined, { ...all, missing: 1 })[4]).toBe(false);
  });

  it('fail when a side was not measured', () => {
    expect(
      gatewayTargets(...rounds({ ours: [1] }, {}), all)
        .slice(0, 4)
        .every(({ ok }) => !ok),
    ).toBe(true);
  });
});

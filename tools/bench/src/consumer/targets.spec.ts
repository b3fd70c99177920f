import { Rounds } from '../figures';
import { consumerTargets, type ConsumerRow } from './targets';

function rows(rates: Record<string, number[]>): Rounds<ConsumerRow> {
  const rounds = new Rounds<ConsumerRow>();
  for (const [name, values] of Object.entries(rates))
    for (const perSecond of values) rounds.add(name, { perSecond, cpuSecondsPer1000: 1, rssMb: 1 });
  return rounds;
}

describe('the targets of the consumer', () => {
  it('compare with eachBatch within each round', () => {
    const targets = consumerTargets(rows({ 'ours, records off': [80, 8], 'ours, records on': [30, 3], eachBatch: [100, 10] }));
    expect(targets.map(({ ok, got }) => [ok, got])).toEqual([
      [true, 0.8],
      [true, 0.3],
    ]);
  });

  it('fail one by one', () => {
    const ok = (off: number, on: number): boolean[] =>
      consumerTargets(rows({ 'ours, records off': [off], 'ours, records on': [on], eachBatch: [100] })).map((target) => target.ok);
    expect(ok(79, 30)).toEqual([false, true]);
    expect(ok(80, 29)).toEqual([true, false]);
  });
});

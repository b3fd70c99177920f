import { pairedRatio, Rounds, spread } from './figures';

describe('figures over rounds', () => {
  it('are the median with the smallest and the largest', () => {
    expect(spread([3, 1.234, 2])).toEqual({ median: 2, min: 1.23, max: 3 });
    expect(spread([0.12345], 4)).toEqual({ median: 0.1235, min: 0.1235, max: 0.1235 });
  });

  it('compare within a round: one disturbed round moves nothing', () => {
    expect(pairedRatio([10, 20, 900], [20, 40, 30])).toBe(0.5);
    expect(pairedRatio([10, 20], [20])).toBe(0.5);
    expect(pairedRatio([10], [])).toBeNaN();
  });

  it('stand in a table by contender', () => {
    const rounds = new Rounds<{ ms: number }>();
    rounds.add('a', { ms: 1 });
    rounds.add('b', { ms: 5 });
    rounds.add('a', { ms: 3 });
    expect(rounds.of('a', ({ ms }) => ms)).toEqual([1, 3]);
    expect(rounds.of('c', ({ ms }) => ms)).toEqual([]);
    expect(rounds.table({ ms: { value: ({ ms }) => ms } })).toEqual({
      a: { ms: { median: 3, min: 1, max: 3 } },
      b: { ms: { median: 5, min: 5, max: 5 } },
    });
  });
});

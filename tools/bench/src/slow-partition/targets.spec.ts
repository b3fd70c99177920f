import { Rounds } from '../figures';
import { kept, nameOf, slowTargets, type SlowRow } from './targets';

function rows(oneSlow: number, everySlow: number): Rounds<SlowRow> {
  const rounds = new Rounds<SlowRow>();
  rounds.add(nameOf('ours', 'no fault'), { healthyPerSecond: 200, slowPerSecond: 40 });
  rounds.add(nameOf('ours', 'one slow key'), { healthyPerSecond: oneSlow, slowPerSecond: 0 });
  rounds.add(nameOf('ours', 'every key slow'), { healthyPerSecond: everySlow, slowPerSecond: 0 });
  return rounds;
}

describe('the targets of a slow partition', () => {
  it('look at what the others keep of their own rate', () => {
    expect(slowTargets(rows(180, 180)).map(({ ok, got }) => [ok, got])).toEqual([
      [true, 0.9],
      [true, 0.9],
    ]);
  });

  it('fail one by one', () => {
    expect(slowTargets(rows(179, 180)).map(({ ok }) => ok)).toEqual([false, true]);
    expect(slowTargets(rows(180, 20)).map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('fail when nothing was measured', () => {
    expect(kept(new Rounds(), 'ours', 'one slow key')).toBeNaN();
    expect(slowTargets(new Rounds()).some(({ ok }) => ok)).toBe(false);
  });
});

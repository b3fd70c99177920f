import { Rounds } from '../figures';
import { lanesTargets, type LanesRow } from './targets';

const row: LanesRow = { callsPerSecond: 48, noticesPerSecond: 48, cpuSecondsPer1000: 1, disorder: 0, lost: 0 };

function targets(hundred: Partial<LanesRow>, one: Partial<LanesRow> = {}): boolean[] {
  const rows = new Rounds<LanesRow>();
  rows.add('eachMessage, 1 partition, 100 keys', row);
  rows.add('ours, 1 partition, 100 keys', { ...row, ...hundred });
  rows.add('ours, 1 partition, 1 key', { ...row, ...one });
  return lanesTargets(rows).map(({ ok }) => ok);
}

describe('the targets of lanes', () => {
  it('hold at ten times serial, in order, with nothing lost', () => {
    expect(targets({ callsPerSecond: 480 })).toEqual([true, true, true, true]);
  });

  it('fail one by one', () => {
    expect(targets({ callsPerSecond: 479 })).toEqual([false, true, true, true]);
    expect(targets({ callsPerSecond: 480 }, { callsPerSecond: 60 })).toEqual([true, false, true, true]);
    expect(targets({ callsPerSecond: 480 }, { disorder: 1 })).toEqual([true, true, false, true]);
    expect(targets({ callsPerSecond: 480, lost: 1 })).toEqual([true, true, true, false]);
  });

  it('do not count the disorder of others', () => {
    const rows = new Rounds<LanesRow>();
    rows.add('eachMessage, 1 partition, 100 keys', { ...row, disorder: 9 });
    expect(lanesTargets(rows)[2]?.ok).toBe(true);
  });
});

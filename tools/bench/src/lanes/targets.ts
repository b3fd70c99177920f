import { atLeast, atMost, type Target } from '../bench';
import { pairedRatio, type Rounds } from '../figures';

export interface LanesRow {
  /** Calls of the handler; the honest measure of what runs side by side. */
  callsPerSecond: number;
  /** Notices dealt with: several of one key may have become one call. */
  noticesPerSecond: number;
  cpuSecondsPer1000: number;
  /** Two calls for one key at a time, or an older notice after a newer one. */
  disorder: number;
  lost: number;
}

/** What is promised of lanes. Pure. */
export function lanesTargets(rows: Rounds<LanesRow>): Target[] {
  const calls = ({ callsPerSecond }: LanesRow): number => callsPerSecond;
  const against = (keys: string): number =>
    pairedRatio(rows.of(`ours, 1 partition, ${keys}`, calls), rows.of('eachMessage, 1 partition, 100 keys', calls));
  const ours = rows.names.filter((name) => name.startsWith('ours'));
  const sum = (value: (row: LanesRow) => number): number => ours.flatMap((name) => rows.of(name, value)).reduce((a, b) => a + b, 0);
  return [
    atLeast('calls per second against one after the other: one partition, 100 keys', against('100 keys'), 10),
    atMost('calls per second against one after the other: one partition, one key', against('1 key'), 1.1),
    atMost(
      'notices out of their key’s order, or two calls for one key at a time',
      sum(({ disorder }) => disorder),
      0,
    ),
    atMost(
      'notices that never reached the handler',
      sum(({ lost }) => lost),
      0,
    ),
  ];
}

import { Rounds } from '../figures';
import { idleTargets, type IdleRow } from './targets';

describe('the targets of an idle process', () => {
  it('look at the median, for each of the connector’s processes alone', () => {
    const rows = new Rounds<IdleRow>();
    for (const cpuPercent of [0.4, 0.5, 3]) rows.add('order-sync', { cpuPercent, rssMb: 90 });
    for (const cpuPercent of [0.6, 0.7, 0.1]) rows.add('webhook-gateway', { cpuPercent, rssMb: 90 });
    rows.add('kafkajs', { cpuPercent: 9, rssMb: 60 });
    expect(idleTargets(rows, ['order-sync', 'webhook-gateway']).map(({ ok, got }) => [ok, got])).toEqual([
      [true, 0.5],
      [false, 0.6],
    ]);
  });
});

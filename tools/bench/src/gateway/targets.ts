import { atMost, type Target } from '../bench';
import { pairedRatio, type Rounds } from '../figures';
import type { ClosedRow, OpenRow } from './measure';
import type { Verdict } from './verify';

/** What is promised of the gateway. Pure. */
export function gatewayTargets(closed: Rounds<ClosedRow>, open: Rounds<OpenRow>, ours: Verdict): Target[] {
  const cpu = (contender: string): number => {
    const value = (row: ClosedRow): number => row.cpuSecondsPer1000;
    return pairedRatio(closed.of('ours', value), closed.of(contender, value));
  };
  const p99 = (row: OpenRow): number => row.p99Ms;
  return [
    atMost('CPU per request against node:http with JSON.parse and no Kafka', cpu('parse-only'), 2.5),
    atMost('CPU per request against one awaited send per request', cpu('send-each'), 1 / 3),
    atMost('CPU per request against Nest, Express and ClientKafka.emit', cpu('nest-emit'), 1 / 5),
    atMost(
      'p99 at 1,000 events/s against one awaited send per request',
      pairedRatio(open.of('ours, 1000/s', p99), open.of('send-each, 1000/s', p99)),
      0.5,
    ),
    atMost('acknowledged events missing from the topic', ours.missing, 0),
  ];
}

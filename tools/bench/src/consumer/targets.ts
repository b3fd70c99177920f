import { atLeast, type Target } from '../bench';
import { pairedRatio, type Rounds } from '../figures';

export interface ConsumerRow {
  perSecond: number;
  cpuSecondsPer1000: number;
  rssMb: number;
}

/** What is promised of the bus around a handler that does nothing. Pure. */
export function consumerTargets(rows: Rounds<ConsumerRow>): Target[] {
  const rate = ({ perSecond }: ConsumerRow): number => perSecond;
  const against = (ours: string): number => pairedRatio(rows.of(ours, rate), rows.of('eachBatch', rate));
  return [
    atLeast('messages per second against kafkajs eachBatch, without outcome records and log lines', against('ours, records off'), 0.8),
    atLeast('… with an outcome record and a log line per message', against('ours, records on'), 0.3),
  ];
}

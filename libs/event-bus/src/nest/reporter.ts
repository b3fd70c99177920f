import type { Logger } from '@connector/platform';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { BusEvent, DeliveryEvent, Report } from '../report';

/** Turns what the bus tells into log lines and metrics: the same for every app. */
export function createReporter(logger: Logger, registry: Registry): Report {
  const metrics = createBusMetrics(registry);
  // Only the bus's own ids, counts and codes are in these lines, and looking for secrets in them would be half of what a line costs.
  const deliveries = logger.child({}, { redact: [] });
  return (event) => {
    metrics(event);
    if (event.type === 'delivery') logDelivery(deliveries, event);
    else log(logger, event);
  };
}

function log(logger: Logger, event: Exclude<BusEvent, DeliveryEvent>): void {
  switch (event.type) {
    case 'kafka.log':
      return logger[event.level]({ message: event.message }, 'kafka');
    case 'publisher.sent':
      return logger.trace(event, event.type);
    case 'consumer.joined':
    case 'consumer.drained':
      return logger.info(fieldsOf(event), event.type);
    case 'consumer.crashed':
    case 'consumer.undecodable':
      return logger.error(fieldsOf(event), event.type);
    default:
      return logger.warn(fieldsOf(event), event.type);
  }
}

/** One wide line per finished delivery. Parked work is a warning: it waits for a person. */
function logDelivery(logger: Logger, event: DeliveryEvent): void {
  const level = event.outcome === 'parked' ? 'warn' : 'info';
  logger[level](fieldsOf(event), 'delivery');
}

function fieldsOf(event: BusEvent): object {
  const { type: _type, ...fields } = event;
  return fields;
}

function createBusMetrics(registry: Registry): (event: BusEvent) => void {
  const registers = [registry];
  const deliveries = new Counter({
    name: 'consumer_processed_total',
    help: 'Finished deliveries of work',
    labelNames: ['group', 'outcome', 'reason'],
    registers,
  });
  const handled = new Histogram({
    name: 'consumer_process_seconds',
    help: 'From the start of the batch to the outcome',
    labelNames: ['group'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 45],
    registers,
  });
  const lateness = new Histogram({
    name: 'consumer_event_to_done_seconds',
    help: 'From the arrival at the connector to the outcome',
    labelNames: ['group'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
    registers,
  });
  const rebalances = new Counter({ name: 'consumer_rebalances_total', help: 'Assignments received', labelNames: ['group'], registers });
  const rebuilt = new Counter({
    name: 'publisher_rebuilt_total',
    help: 'Producers thrown away after a failed or abandoned send',
    registers,
  });
  const crashes = new Counter({
    name: 'consumer_crashes_total',
    help: 'Consumers that crashed',
    labelNames: ['group', 'restarting'],
    registers,
  });
  return (event) => {
    if (event.type === 'delivery') {
      deliveries.inc({ group: event.group, outcome: event.outcome, reason: event.reason ?? 'none' });
      handled.observe({ group: event.group }, event.handledMs / 1000);
      if (event.outcome === 'done') lateness.observe({ group: event.group }, event.sinceReceivedMs / 1000);
    } else if (event.type === 'consumer.joined') rebalances.inc({ group: event.group });
    else if (event.type === 'consumer.crashed') crashes.inc({ group: event.group, restarting: String(event.restarting) });
    else if (event.type === 'publisher.rebuilt') rebuilt.inc();
  };
}

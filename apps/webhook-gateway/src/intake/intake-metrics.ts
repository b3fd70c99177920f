import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the gateway counts. */
export class IntakeMetrics {
  private readonly requests: Counter;
  private readonly events: Counter;
  private readonly alarms: Counter;
  private readonly ack: Histogram;
  private readonly sends: Histogram;

  constructor(registry: Registry, queuedRecords: () => number) {
    const registers = [registry];
    this.requests = new Counter({
      name: 'gateway_webhooks_total',
      help: 'Requests by outcome; only "stored" was answered 200',
      labelNames: ['outcome'],
      registers,
    });
    this.events = new Counter({
      name: 'gateway_events_total',
      help: 'Events stored, by type and how they were read',
      labelNames: ['tenant', 'market', 'type', 'code'],
      registers,
    });
    this.alarms = new Counter({
      name: 'gateway_alarms_total',
      help: 'Requests answered 503 that somebody has to look at',
      labelNames: ['alarm'],
      registers,
    });
    this.ack = new Histogram({
      name: 'gateway_ack_seconds',
      help: 'From the body being read to the acknowledgement of all replicas',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
      registers,
    });
    this.sends = new Histogram({
      name: 'gateway_batch_records',
      help: 'Records that travelled in one send',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
      registers,
    });
    new Gauge({
      name: 'gateway_queued_records',
      help: 'Records waiting for their send',
      registers,
      collect() {
        this.set(queuedRecords());
      },
    });
  }

  request(outcome: string): void {
    this.requests.inc({ outcome });
  }

  /** Types that Sitoo never documented are counted as "other", so that the label stays bounded. */
  event(tenant: string, market: string, type: string, code: string | undefined): void {
    this.events.inc({ tenant, market, type: code ? 'other' : type, code: code ?? 'ok' });
  }

  alarm(alarm: string): void {
    this.alarms.inc({ alarm });
  }

  acknowledged(seconds: number): void {
    this.ack.observe(seconds);
  }

  sent(records: number): void {
    this.sends.observe(records);
  }
}

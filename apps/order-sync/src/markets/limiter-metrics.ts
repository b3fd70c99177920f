import type { GateSnapshot } from '@connector/rate-limiter';
import { Counter, Gauge, type Registry } from 'prom-client';

/** One budget: whose it is, and its state as last heard. */
export interface Budget {
  /** `sitoo` or `omnium`. */
  readonly target: string;
  /** Account or tenant. */
  readonly name: string;
  snapshot(): GateSnapshot;
}

type Labels = Record<string, string>;

/** Shows every rate budget as metrics, read when they are asked for: the learned rates, blocks and quota headers included. */
export function addLimiterMetrics(registry: Registry, budgets: () => readonly Budget[]): void {
  const each = (show: (labels: Labels, snapshot: GateSnapshot) => void) => () => {
    for (const budget of budgets()) show({ target: budget.target, budget: budget.name }, budget.snapshot());
  };
  const gauge = (name: string, help: string, labelNames: string[], show: (self: Gauge, labels: Labels, snapshot: GateSnapshot) => void) => {
    const made: Gauge = new Gauge({
      name,
      help,
      labelNames: ['target', 'budget', ...labelNames],
      registers: [registry],
      collect: () => {
        made.reset();
        each((labels, snapshot) => show(made, labels, snapshot))();
      },
    });
  };
  const perKey = (name: string, help: string, value: (key: GateSnapshot['keys'][number]) => number) =>
    gauge(name, help, ['key'], (self, labels, { keys }) => keys.forEach((key, index) => self.set({ ...labels, key: String(index) }, value(key))));
  perKey('ratelimit_rate_per_second', 'Calls per second that the key may do now, learned from its answers', (key) => key.ratePerSecond);
  perKey('ratelimit_full_rate_per_second', 'Calls per second that the key is set to', (key) => key.fullRatePerSecond);
  perKey('ratelimit_blocked_seconds', 'How long the key must not be called yet, after a 429', (key) => key.blockedMs / 1000);
  perKey('ratelimit_benched_seconds', 'How long the key is left alone yet, after a 401 or 403', (key) => key.benchedMs / 1000);
  perKey('ratelimit_in_flight', 'Calls in flight of all processes', (key) => key.inFlight);
  gauge('ratelimit_lanes', 'Keys in use at once', [], (self, labels, { lanes }) => self.set(labels, lanes));
  gauge('ratelimit_degraded', '1 while Redis is away and this process uses its own small share', [], (self, labels, { mode }) =>
    self.set(labels, mode === 'local' ? 1 : 0),
  );
  gauge('ratelimit_waiting', 'Callers that wait, all processes', ['class'], (self, labels, { waiting }) =>
    Object.entries(waiting).forEach(([callClass, count]) => self.set({ ...labels, class: callClass }, count)),
  );
  gauge('ratelimit_quota_header', 'Headers about quota as last seen: their number, or 1 beside their text', ['name', 'text'], showQuotaHeaders);
  counter(registry, 'ratelimit_throttled_total', '429 for quota, seen by this process', each, ({ throttled }) => throttled);
  counter(registry, 'ratelimit_too_many_connections_total', '"Too many connections", seen by this process', each, (snapshot) => snapshot.tooManyConnections);
  counter(registry, 'ratelimit_refused_total', '401 and 403, seen by this process', each, ({ refused }) => refused);
}

function showQuotaHeaders(gauge: Gauge, labels: Labels, { quotaHeaders }: GateSnapshot): void {
  for (const [name, text] of Object.entries(quotaHeaders)) {
    const value = Number(text);
    if (text !== '' && Number.isFinite(value)) gauge.set({ ...labels, name, text: '' }, value);
    else gauge.set({ ...labels, name, text }, 1);
  }
}

function counter(
  registry: Registry,
  name: string,
  help: string,
  each: (show: (labels: Labels, snapshot: GateSnapshot) => void) => () => void,
  value: (snapshot: GateSnapshot) => number,
): void {
  const made: Counter = new Counter({
    name,
    help,
    labelNames: ['target', 'budget'],
    registers: [registry],
    collect: () => {
      made.reset();
      each((labels, snapshot) => made.inc(labels, value(snapshot)))();
    },
  });
}

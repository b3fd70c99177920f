import type { CallEvent } from '@connector/platform';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Counts outbound calls and the time they waited for the limiter. */
export function createCallMetrics(registry: Registry): (event: CallEvent) => void {
  const registers = [registry];
  const calls = new Counter({
    name: 'sink_requests_total',
    help: 'Calls to the platforms, every attempt',
    labelNames: ['target', 'operation', 'status_class', 'code'],
    registers,
  });
  const seconds = new Histogram({
    name: 'sink_request_seconds',
    help: 'From sending to the last byte of the answer',
    labelNames: ['target', 'operation'],
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 45],
    registers,
  });
  const waited = new Histogram({
    name: 'ratelimit_wait_seconds',
    help: 'Time calls waited for permission',
    labelNames: ['target', 'class'],
    buckets: [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 45],
    registers,
  });
  return ({ target, operation, statusClass, code, durationMs, waitedMs, class: callClass }) => {
    calls.inc({ target, operation, status_class: statusClass, code: code ?? 'none' });
    if (durationMs > 0) seconds.observe({ target, operation }, durationMs / 1000);
    waited.observe({ target, class: callClass }, waitedMs / 1000);
  };
}

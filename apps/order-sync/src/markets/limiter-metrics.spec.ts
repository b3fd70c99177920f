import type { GateSnapshot } from '@connector/rate-limiter';
import { Registry } from 'prom-client';
import { addLimiterMetrics } from './limiter-metrics';

const nobody = { till: 0, sale: 0, stock: 0, price: 0, catalogue: 0, image: 0 };
const waits = { count: 0, totalMs: 0, maxMs: 0 };

function snapshot(change: Partial<GateSnapshot> = {}): GateSnapshot {
  return {
    mode: 'shared',
    degradedMs: 0,
    lanes: 2,
    keys: [
      { ratePerSecond: 1.4, fullRatePerSecond: 2, blockedMs: 3_000, benchedMs: 0, inFlight: 1 },
      { ratePerSecond: 2, fullRatePerSecond: 2, blockedMs: 0, benchedMs: 600_000, inFlight: 0 },
    ],
    waiting: { ...nobody, sale: 3 },
    grantedPerMinute: nobody,
    waitingProcesses: 1,
    waits: { till: waits, sale: waits, stock: waits, price: waits, catalogue: waits, image: waits },
    passes: 0,
    exchanges: 0,
    throttled: 4,
    tooManyConnections: 2,
    refused: 1,
    quotaHeaders: {},
    ...change,
  };
}

async function shown(change: Partial<GateSnapshot> = {}): Promise<string> {
  const registry = new Registry();
  addLimiterMetrics(registry, () => [{ target: 'sitoo', name: 'DevShop/1500', snapshot: () => snapshot(change) }]);
  await registry.metrics();
  return registry.metrics();
}

test.each([
  'ratelimit_rate_per_second{target="sitoo",budget="DevShop/1500",key="0"} 1.4',
  'ratelimit_full_rate_per_second{target="sitoo",budget="DevShop/1500",key="0"} 2',
  'ratelimit_blocked_seconds{target="sitoo",budget="DevShop/1500",key="0"} 3',
  'ratelimit_benched_seconds{target="sitoo",budget="DevShop/1500",key="1"} 600',
  'ratelimit_waiting{target="sitoo",budget="DevShop/1500",class="sale"} 3',
  'ratelimit_lanes{target="sitoo",budget="DevShop/1500"} 2',
  'ratelimit_degraded{target="sitoo",budget="DevShop/1500"} 0',
  'ratelimit_throttled_total{target="sitoo",budget="DevShop/1500"} 4',
  'ratelimit_too_many_connections_total{target="sitoo",budget="DevShop/1500"} 2',
  'ratelimit_refused_total{target="sitoo",budget="DevShop/1500"} 1',
])('shows %s, and counts nothing twice when asked twice', async (line) => {
  expect(await shown()).toContain(`${line}\n`);
});

test('a budget that lives on its local share says so', async () => {
  expect(await shown({ mode: 'local' })).toContain('ratelimit_degraded{target="sitoo",budget="DevShop/1500"} 1\n');
});

test('quota headers are shown by name, numbers as numbers and anything else as text', async () => {
  const text = await shown({ quotaHeaders: { 'x-rate-limit-remaining': '17', 'x-quota': 'gold' } });
  expect(text).toContain('ratelimit_quota_header{target="sitoo",budget="DevShop/1500",name="x-rate-limit-remaining",text=""} 17\n');
  expect(text).toContain('ratelimit_quota_header{target="sitoo",budget="DevShop/1500",name="x-quota",text="gold"} 1\n');
});

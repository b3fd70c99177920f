import { Agent, request } from 'node:http';
import { quantile } from '../stats';
import type { Load, LoadReport } from './loads';
import { Payloads } from './payloads';

/** How long answers may take after the last request was sent, ms. */
const patienceMs = 10_000;

/**
 * Requests leave on a fixed schedule. Latency counts from the moment a request was due, so that a server that stalls is charged for every
 * request that had to wait for it, and not only for the one it stalled on.
 */
export async function openLoop(load: Load): Promise<LoadReport> {
  const payloads = new Payloads(load.tag, load.seed, load.mix);
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const acked: number[] = [];
  const latencies: number[] = [];
  const under: Promise<void>[] = [];
  const total = Math.floor((load.perSecond * load.ms) / 1000);
  const started = performance.now();
  let refused = 0;
  const send = async (n: number, due: number): Promise<void> => {
    const status = await post(load, agent, payloads.body(load.first + n)).catch(() => 0);
    latencies.push(performance.now() - due);
    if (status === 200) acked.push(load.first + n);
    else refused += 1;
  };
  for (let n = 0; n < total;) {
    const now = performance.now();
    for (; n < total; n += 1) {
      const due = started + (n * 1000) / load.perSecond;
      if (due > now) break;
      under.push(send(n, due));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(under);
  agent.destroy();
  const [p50 = NaN, p99 = NaN, p999 = NaN] = [0.5, 0.99, 0.999].map((share) => quantile(latencies, share));
  return { is: 'loaded', acked, refused, next: load.first + total, seconds, p50, p99, p999 };
}

function post({ url, authorization }: Load, agent: Agent, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization };
    const outgoing = request(url, { agent, method: 'POST', headers, timeout: patienceMs }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', reject);
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

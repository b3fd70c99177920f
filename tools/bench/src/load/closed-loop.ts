import autocannon from 'autocannon';
import type { Load, LoadReport } from './loads';
import { Payloads } from './payloads';

/** Every connection sends its next request when the last was answered. */
export async function closedLoop(load: Load): Promise<LoadReport> {
  const payloads = new Payloads(load.tag, load.seed, load.mix);
  const acked: number[] = [];
  let next = load.first;
  let refused = 0;
  const result = await autocannon({
    url: load.url,
    method: 'POST',
    connections: load.connections,
    duration: load.ms / 1000,
    sampleInt: 500,
    headers: { 'content-type': 'application/json', authorization: load.authorization },
    requests: [
      {
        setupRequest: (request, context) => {
          const n = next++;
          Object.assign(context, { n });
          return { ...request, body: payloads.body(n) };
        },
        onResponse: (status, _body, context) => {
          if (status === 200 && 'n' in context && typeof context.n === 'number') acked.push(context.n);
          else refused += 1;
        },
      },
    ],
  });
  const { p50, p99, p99_9 } = result.latency;
  return { is: 'loaded', acked, refused: refused + result.errors, next, seconds: result.duration, p50, p99, p999: p99_9 };
}

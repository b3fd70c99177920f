/** What the bench tells a contender through its environment. */
export const orders = {
  port: Number(process.env['BENCH_PORT']),
  brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
  topic: process.env['BENCH_TOPIC'] ?? '',
};

/** Tells the bench that requests can come. */
export function ready(): void {
  process.send?.({ is: 'ready' });
}

/** What a consumer under test is told through its environment, as JSON. */
export interface ConsumerOrders {
  brokers: string;
  /** Name of the notice contract; its topic adds the version. */
  contract: string;
  group: string;
  /** How a raw consumer reads; ours and Nest's have one way. */
  read?: 'each-message' | 'each-message-concurrent' | 'each-batch' | 'each-batch-bare';
  /** Ours alone: outcome records and log lines. */
  records?: boolean;
  flow?: { batchSize: number; concurrency: number };
  partitions: number;
  work: WorkOrders;
}

/** What the handler does with a message. */
export type WorkOrders =
  /** Nothing. Usage is reported when the first and the last of these numbers are reached. */
  | { kind: 'nothing'; from: number; to: number }
  /** Waits, longer for keys of partition 0 when that one is slow; order and overlap are watched. */
  | { kind: 'wait'; ms: number; slowMs: number };

export function ordersFromEnvironment(): ConsumerOrders {
  return JSON.parse(process.env['BENCH_ORDERS'] ?? '{}') as ConsumerOrders;
}

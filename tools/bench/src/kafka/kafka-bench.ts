import { connectKafka } from '@connector/event-bus';
import type { Kafka } from 'kafkajs';
import type { BenchOptions, BenchResult } from '../bench';
import { runTools, type RunFolder } from './run-tools';

/** What a benchmark on Kafka is given. */
export interface KafkaBenchOptions extends BenchOptions {
  /** `host:port`, comma separated. */
  readonly brokers: string;
  /** Where Kafka came from: `environment`, `docker` or `local`. */
  readonly way: string;
  readonly run: RunFolder;
  /** For topics and for reading back; no process under test uses it. */
  readonly kafka: Kafka;
}

export type Asked = Omit<BenchOptions, 'redisUrl'>;

/** Runs a benchmark on the Kafka of the environment, of Docker, or of this run alone, and takes it down afterwards. */
export function onKafka(bench: (options: KafkaBenchOptions) => Promise<BenchResult>): (asked: Asked) => Promise<BenchResult> {
  return async (asked) => {
    const tools = await runTools();
    const run = tools.createRunFolder();
    const { kafkaBrokers, redisUrl, way, stop } = await tools.startInfrastructure({ run, log: asked.say });
    tools.onShutdown(stop);
    asked.say(`Kafka at ${kafkaBrokers} (${way}); logs in ${run.logs}`);
    const kafka = connectKafka({ brokers: kafkaBrokers.split(','), clientId: 'bench', report: () => undefined });
    return bench({ ...asked, brokers: kafkaBrokers, redisUrl, way, run, kafka });
  };
}

import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import type { Report } from '../report';
import { patchKafkajs } from './patches';

export interface KafkaConnection {
  /** `host:port`, at least one. */
  brokers: string[];
  /** Shown in the broker's logs and metrics: the app's name. */
  clientId: string;
  report: Report;
}

/** kafkajs calls everything an error that it then repeats; what really failed is reported by the bus itself. */
const levels = { [logLevel.ERROR]: 'warn', [logLevel.WARN]: 'warn', [logLevel.INFO]: 'info', [logLevel.DEBUG]: 'debug' } as const;

/** The one place where a kafkajs client is made. */
export function connectKafka({ brokers, clientId, report }: KafkaConnection): Kafka {
  patchKafkajs();
  const config: KafkaConfig = {
    brokers,
    clientId,
    // A broker that is away is noticed in seconds; the fetch and join requests bring their own longer limits.
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 200, maxRetryTime: 5_000, retries: 8 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      const level = levels[entry.level as keyof typeof levels] ?? 'info';
      const { message, error } = entry.log;
      const about = [entry.namespace, message, typeof error === 'string' ? error : undefined].filter((part) => part).join(': ');
      report({ type: 'kafka.log', level, message: about });
    },
  };
  return new Kafka(config);
}

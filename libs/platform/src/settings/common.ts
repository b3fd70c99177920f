import { decimal, integer, list, oneOf, port, text } from './parse';
import type { Setting } from './settings';

/** Settings that every app has. */
export const commonSettings = {
  kafkaBrokers: { env: 'KAFKA_BROKERS', why: 'Kafka, host:port, comma separated', parse: list } as Setting<string[]>,
  configDir: {
    env: 'CONNECTOR_CONFIG_DIR',
    why: 'folder with the connector configuration',
    default: 'config',
    parse: text,
  } as Setting<string>,
  healthHost: {
    env: 'HEALTH_HOST',
    why: 'address the health and metrics port listens on',
    default: '0.0.0.0',
    parse: text,
  } as Setting<string>,
  healthPort: {
    env: 'HEALTH_PORT',
    why: 'port of /health/* and /metrics; apart from the public port, so that probes survive a flood',
    default: 9090,
    parse: port,
  } as Setting<number>,
  logLevel: {
    env: 'LOG_LEVEL',
    why: 'least urgent level that is logged',
    default: 'info',
    parse: oneOf('debug', 'info', 'warn', 'error'),
  } as Setting<'debug' | 'info' | 'warn' | 'error'>,
  topicPartitions: {
    env: 'TOPIC_PARTITIONS',
    why: 'partitions of topics this app creates; changing it later breaks key order',
    default: 6,
    parse: integer(1, 200),
  } as Setting<number>,
  topicReplication: {
    env: 'TOPIC_REPLICATION',
    why: 'copies of every record; 3 in production, 1 only where a single broker runs',
    default: 3,
    parse: integer(1, 5),
  } as Setting<number>,
  timeScale: {
    env: 'TIME_SCALE',
    why: 'multiplies every delay; 1 in production, small in tests',
    default: 1,
    parse: decimal(0.0001, 10),
  } as Setting<number>,
};

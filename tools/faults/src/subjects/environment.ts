/** What a consumer under test is told by its environment. */
export interface SubjectEnvironment {
  name: string;
  brokers: string[];
  sinkUrl: string;
  group: string;
  timeScale: number;
  sessionTimeoutMs: number;
  batchSize: number;
  concurrency: number;
  deadlineMs: number;
  attempts: number;
}

export function subjectEnvironment(env: NodeJS.ProcessEnv = process.env): SubjectEnvironment {
  const text = (name: string) => {
    const value = env[name];
    if (!value) throw new Error(`${name} is missing`);
    return value;
  };
  const number = (name: string) => Number(text(name));
  return {
    name: text('FAULTS_NAME'),
    brokers: text('KAFKA_BROKERS').split(','),
    sinkUrl: text('FAULTS_SINK_URL'),
    group: text('FAULTS_GROUP'),
    timeScale: number('TIME_SCALE'),
    sessionTimeoutMs: number('SESSION_TIMEOUT_MS'),
    batchSize: number('FAULTS_BATCH_SIZE'),
    concurrency: number('FAULTS_CONCURRENCY'),
    deadlineMs: number('FAULTS_DEADLINE_MS'),
    attempts: number('FAULTS_ATTEMPTS'),
  };
}

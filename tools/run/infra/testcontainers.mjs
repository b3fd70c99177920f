/**
 * `CONNECTOR_INFRA=testcontainers`: Kafka and Redis as containers that testcontainers starts and removes, for machines with Docker where
 * compose is not wanted. Faults on brokers are not offered here; they need the local way.
 */
export async function startTestcontainers({ kafka, redis }) {
  const { GenericContainer, Wait } = await import('testcontainers');
  const { KafkaContainer } = await import('@testcontainers/kafka');
  const started = [];
  const start = async (container) => {
    const running = await container.start();
    started.push(running);
    return running;
  };
  // Confluent's image 8.1 is Apache Kafka 4.1; testcontainers' Kafka module is made for these images.
  const broker =
    kafka &&
    (await start(
      new KafkaContainer('confluentinc/cp-kafka:8.1.0').withKraft().withEnvironment({ KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false' }),
    ));
  const cache =
    redis &&
    (await start(
      new GenericContainer('redis:7-alpine')
        .withCommand(['redis-server', '--save', '', '--appendonly', 'no'])
        .withExposedPorts(6379)
        .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/)),
    ));
  return {
    kafkaBrokers: broker && `${broker.getHost()}:${broker.getMappedPort(9093)}`,
    redisUrl: cache && `redis://${cache.getHost()}:${cache.getMappedPort(6379)}`,
    stop: () => Promise.all(started.map((container) => container.stop())),
  };
}

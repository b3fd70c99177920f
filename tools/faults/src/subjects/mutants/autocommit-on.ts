import { bendFlowConsumer } from './bend';

/** kafkajs commits by itself, four times a second, what was resolved; ours resolves ahead of the work. */
bendFlowConsumer((consumer) => {
  const { run } = consumer;
  consumer.run = (config: object) => run.call(consumer, { ...config, autoCommit: true, autoCommitInterval: 250 });
});

import { bendFlowConsumer } from './bend';

/** kafkajs's default: a group without commits begins at the newest record. */
bendFlowConsumer((consumer) => {
  const { subscribe } = consumer;
  consumer.subscribe = (config: object) => subscribe.call(consumer, { ...config, fromBeginning: false });
});

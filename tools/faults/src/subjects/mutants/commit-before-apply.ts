import { bend, busClass } from './bend';

interface Consumer {
  epoch: number;
  settings: { group: string };
  finish(ref: { topic: string; partition: number; offset: number; epoch: number }): void;
}
interface Payload {
  batch: { topic: string; partition: number; messages: { offset: string }[] };
}

/** A record counts as dealt with as soon as it has been read. */
bend<(this: Consumer, payload: Payload) => void>(
  busClass('kafka/consumer', 'RecordConsumer'),
  'handOver',
  (original) =>
    function (payload) {
      original.call(this, payload);
      if (this.settings.group.endsWith('.delay')) return;
      const { topic, partition, messages } = payload.batch;
      for (const { offset } of messages) this.finish({ topic, partition, offset: Number(offset), epoch: this.epoch });
    },
);

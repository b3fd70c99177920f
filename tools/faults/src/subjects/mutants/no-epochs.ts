import { bend, busClass } from './bend';

interface Consumer {
  epoch: number;
}
interface Ref {
  topic: string;
  partition: number;
  offset: number;
  epoch: number;
}

/** Whoever read a record may write for it and finish it for ever, whatever became of the assignment. */
const consumer = busClass('kafka/consumer', 'RecordConsumer');
bend<(this: Consumer) => boolean>(consumer, 'owns', () => () => true);
bend<(this: Consumer, ref: Ref) => void>(
  consumer,
  'finish',
  (original) =>
    function (ref) {
      original.call(this, { ...ref, epoch: this.epoch });
    },
);

import type { Kafka, ProducerBatch, RecordMetadata } from 'kafkajs';
import { KafkaPublisher, type PublisherSettings } from './publisher';

/** A broker that answers when the test says so, and counts what kafkajs would have been asked. */
class FakeKafka {
  readonly sends: { producer: number; batch: ProducerBatch; answer: () => void; fail: (error: Error) => void }[] = [];
  producers = 0;
  refuses = false;
  inFlight = 0;
  mostInFlight = 0;

  producer() {
    const producer = (this.producers += 1);
    return {
      connect: async () => {
        if (this.refuses) throw new Error('no broker');
      },
      disconnect: async () => undefined,
      sendBatch: (batch: ProducerBatch) =>
        new Promise<RecordMetadata[]>((resolve, reject) => {
          this.inFlight += 1;
          this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
          const end = (then: () => void) => () => {
            this.inFlight -= 1;
            then();
          };
          this.sends.push({ producer, batch, answer: end(() => resolve([])), fail: (error) => end(() => reject(error))() });
        }),
    };
  }

  async send(index: number): Promise<FakeKafka['sends'][number]> {
    while (!this.sends[index]) await new Promise((resolve) => setImmediate(resolve));
    return this.sends[index]!;
  }
}

let kafka: FakeKafka;
let publisher: KafkaPublisher;
afterEach(() => publisher.close());

async function start(settings: Partial<PublisherSettings> = {}): Promise<void> {
  kafka = new FakeKafka();
  publisher = new KafkaPublisher(kafka as unknown as Kafka, () => undefined, settings);
  await publisher.connect();
}
const record = (key: string, bytes = 10) => ({ topic: 't', key, value: Buffer.alloc(bytes) });
const keysOf = ({ batch }: { batch: ProducerBatch }) => batch.topicMessages?.flatMap(({ messages }) => messages.map(({ key }) => key));

test('requests that arrive during a send travel together in the next one, and never two sends are in flight', async () => {
  await start();
  const first = publisher.publish([record('1')]);
  const send = await kafka.send(0);
  const rest = ['2', '3', '4'].map((key) => publisher.publish([record(key)]));
  send.answer();
  await first;
  const second = await kafka.send(1);
  expect(keysOf(second)).toEqual(['2', '3', '4']);
  second.answer();
  await Promise.all(rest);
  expect(kafka.mostInFlight).toBe(1);
  expect(kafka.producers).toBe(1);
});

test('a request is answered only when its own send was acknowledged', async () => {
  await start();
  let answered = false;
  const request = publisher.publish([record('1')]).then(() => (answered = true));
  const send = await kafka.send(0);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(answered).toBe(false);
  send.answer();
  await request;
});

test('a send that is given up on takes its producer with it before anything else is sent', async () => {
  await start({ sendTimeoutMs: 30 });
  const lost = publisher.publish([record('1')]);
  await kafka.send(0);
  await expect(lost).rejects.toMatchObject({ code: 'PUBLISH_TIMED_OUT' });
  const next = publisher.publish([record('2')]);
  const send = await kafka.send(1);
  expect(send.producer).toBe(2);
  send.answer();
  await next;
});

test('a failed send is told to its own requests, and the next goes out on a new producer', async () => {
  await start();
  const failing = publisher.publish([record('1')]);
  (await kafka.send(0)).fail(new Error('broken'));
  await expect(failing).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
  const next = publisher.publish([record('2')]);
  const send = await kafka.send(1);
  expect(send.producer).toBe(2);
  send.answer();
  await next;
});

test('after a failed send it is healthy again as soon as a broker answers, without waiting for a request', async () => {
  await start();
  const failing = publisher.publish([record('1')]);
  (await kafka.send(0)).fail(new Error('broken'));
  await expect(failing).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
  while (!publisher.isHealthy()) await new Promise((resolve) => setImmediate(resolve));
  expect(kafka.producers).toBe(2);
});

test('closing ends although no broker answers', async () => {
  await start({ sendTimeoutMs: 20, queueTimeoutMs: 20 });
  kafka.refuses = true;
  const failing = publisher.publish([record('1')]);
  (await kafka.send(0)).fail(new Error('broken'));
  await expect(failing).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
  const waiting = publisher.publish([record('2')]);
  const refused = expect(waiting).rejects.toMatchObject({ code: 'PUBLISH_TIMED_OUT' });
  await publisher.close();
  await refused;
});

test('one record that is too large for the broker fails alone', async () => {
  await start();
  const blocker = publisher.publish([record('0')]);
  const send = await kafka.send(0);
  const requests = Promise.allSettled(['1', 'huge', '3'].map((key) => publisher.publish([record(key)])));
  send.answer();
  await blocker;
  const tooLarge = Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE' });
  (await kafka.send(1)).fail(tooLarge);
  (await kafka.send(2)).answer();
  (await kafka.send(3)).fail(tooLarge);
  (await kafka.send(4)).answer();
  const results = await requests;
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({ reason: { code: 'PUBLISH_TOO_LARGE' } });
});

test('a request that is too large for one send travels in several and is answered when all are through', async () => {
  await start({ maxSendBytes: 1_000 });
  let answered = false;
  const request = publisher.publish(['1', '2', '3'].map((key) => record(key, 600))).then(() => (answered = true));
  (await kafka.send(0)).answer();
  (await kafka.send(1)).answer();
  const last = await kafka.send(2);
  expect(answered).toBe(false);
  last.answer();
  await request;
  expect(kafka.sends.map(keysOf)).toEqual([['1'], ['2'], ['3']]);
});

test('a full queue refuses at once', async () => {
  await start({ maxQueuedRecords: 2 });
  const first = publisher.publish([record('1')]);
  const send = await kafka.send(0);
  const waiting = publisher.publish([record('2'), record('3')]);
  await expect(publisher.publish([record('4')])).rejects.toMatchObject({ code: 'PUBLISH_QUEUE_FULL' });
  send.answer();
  (await kafka.send(1)).answer();
  await Promise.all([first, waiting]);
});

test('a request that waits too long for its turn is refused, and what is in flight is not', async () => {
  await start({ queueTimeoutMs: 40 });
  const first = publisher.publish([record('1')]);
  const send = await kafka.send(0);
  await expect(publisher.publish([record('2')])).rejects.toMatchObject({ code: 'PUBLISH_TIMED_OUT' });
  send.answer();
  await first;
  expect(publisher.queued).toBe(0);
});

test('closing finishes what was accepted and refuses what comes after', async () => {
  await start();
  const request = publisher.publish([record('1')]);
  const send = await kafka.send(0);
  const closing = publisher.close();
  send.answer();
  await request;
  await closing;
  await expect(publisher.publish([record('2')])).rejects.toMatchObject({ code: 'PUBLISHER_CLOSED' });
});

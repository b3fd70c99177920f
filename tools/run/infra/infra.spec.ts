import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { log4jProperties, metaProperties, serverProperties } from './kafka-config.mjs';
import { kafkaId } from './kafka-storage.mjs';
import { answersApiVersions, encode, liveBrokers } from './kafka-wire.mjs';
import { answersPing } from './redis.mjs';

const broker = (id: number) => ({
  id,
  clientPort: 9000 + id,
  internalPort: 9100 + id,
  controllerPort: 9200 + id,
  advertised: `proxy:${id}`,
});

describe('the configuration of a broker', () => {
  it('keeps one copy on one broker and three, two in sync, on three', () => {
    const one = serverProperties(broker(1), [broker(1)], '/data');
    const three = serverProperties(broker(2), [broker(1), broker(2), broker(3)], '/data');
    expect(one).toContain('offsets.topic.replication.factor=1\n');
    expect(three).toContain('offsets.topic.replication.factor=3\n');
    expect(three).toContain('min.insync.replicas=2\n');
    expect(three).toContain('controller.quorum.voters=1@127.0.0.1:9201,2@127.0.0.1:9202,3@127.0.0.1:9203\n');
  });

  it('sends clients to the advertised address and brokers past it', () => {
    expect(serverProperties(broker(1), [broker(1)], '/data')).toContain(
      'advertised.listeners=CLIENT://proxy:1,INTERNAL://127.0.0.1:9101\n',
    );
  });

  it('creates no topics by itself and keeps offsets for 30 days', () => {
    const text = serverProperties(broker(1), [broker(1)], '/data');
    expect(text).toContain('auto.create.topics.enable=false\n');
    expect(text).toContain(`offsets.retention.minutes=${30 * 24 * 60}\n`);
  });

  it('names the folder as the formatting tool would', () => {
    expect(metaProperties(broker(1), 'cluster', 'folder')).toBe('version=1\nnode.id=1\ncluster.id=cluster\ndirectory.id=folder\n');
    expect(log4jProperties('/logs/kafka.log')).toContain('appender.file.fileName=/logs/kafka.log\n');
  });

  it('has ids of 22 characters that no tool takes for an option', () => {
    const ids = Array.from({ length: 200 }, kafkaId);
    expect(ids.every((id) => /^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/.test(id))).toBe(true);
  });
});

describe('the question whether a server answers', () => {
  let server: Server;
  let asked: Buffer;

  async function answering(bytes: Buffer): Promise<string> {
    server = createServer((socket) => socket.once('data', (request) => socket.end(bytes, () => (asked = Buffer.from(request))))).listen(
      0,
      '127.0.0.1',
    );
    await new Promise((resolve) => server.once('listening', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('asks Kafka for its versions', async () => {
    const address = await answering(Buffer.from([0, 0, 0, 6, 0, 0, 0, 1, 0, 0]));
    expect(await answersApiVersions(address)).toBe(true);
    expect(asked).toEqual(encode({ key: 18, version: 0, body: Buffer.alloc(0) }));
    expect(asked.readInt32BE(0)).toBe(asked.length - 4);
  });

  it('takes an error code, and half an answer, for no', async () => {
    expect(await answersApiVersions(await answering(Buffer.from([0, 0, 0, 6, 0, 0, 0, 1, 0, 35])))).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await answersApiVersions(await answering(Buffer.from([0, 0, 0, 6, 0, 0])))).toBe(false);
  });

  it('counts the brokers in Kafka’s metadata', async () => {
    const body = Buffer.from([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3]);
    expect(await liveBrokers(await answering(Buffer.concat([Buffer.from([0, 0, 0, body.length]), body])))).toBe(3);
  });

  it('asks Redis for PONG', async () => {
    expect(await answersPing(await answering(Buffer.from('+PONG\r\n')))).toBe(true);
    await new Promise((resolve) => server.close(resolve));
    expect(await answersPing(await answering(Buffer.from('-LOADING Redis is loading\r\n')))).toBe(false);
  });
});

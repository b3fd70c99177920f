import { createServer } from 'node:net';
import { connect } from 'node:net';
import { inTime } from './in-time';

describe('a limit for Redis answers', () => {
  it('hands the answer through, and the failure', async () => {
    await expect(inTime(Promise.resolve(5), 1000)).resolves.toBe(5);
    await expect(inTime(Promise.reject(new Error('refused')), 1000)).rejects.toThrow('refused');
  });

  it('gives up when there is none', async () => {
    await expect(inTime(new Promise(() => undefined), 20)).rejects.toMatchObject({ code: 'REDIS_TIMED_OUT' });
  });

  it('does not blame the other side for an answer that this process had no time to read', async () => {
    const server = createServer((socket) => socket.end('answer'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const socket = connect(address !== null && typeof address === 'object' ? address.port : 0, '127.0.0.1');
    const answer = inTime(new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString()))), 150);
    await new Promise<void>((resolve) => socket.once('connect', () => setImmediate(resolve)));
    const end = performance.now() + 300;
    while (performance.now() < end); // the event loop is busy for longer than the limit
    await expect(answer).resolves.toBe('answer');
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});

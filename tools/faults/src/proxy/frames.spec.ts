import { FrameReader, requestHead, responseCorrelationId } from './frames';
import { request, response } from './frames.fixture';

test('cuts a stream into messages, however the bytes arrive', () => {
  const sent = [request(0, 1, 'a'), request(1, 2, 'b'), request(8, 3, 'c')];
  const bytes = Buffer.concat(sent);
  for (const size of [1, 3, 7, bytes.length]) {
    const reader = new FrameReader();
    const frames: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += size) frames.push(...reader.push(bytes.subarray(at, at + size)));
    expect(frames.map((frame) => frame.toString('hex'))).toEqual(sent.map((frame) => frame.toString('hex')));
  }
});

test('reads what a request is and who asks', () => {
  expect(requestHead(request(8, 77, 'order-sync'))).toEqual({ apiKey: 8, apiVersion: 1, correlationId: 77, clientId: 'order-sync' });
});

test('a client without a name is one without a name', () => {
  expect(requestHead(request(8, 77, '')).clientId).toBe('');
});

test('reads which request a response answers', () => {
  expect(responseCorrelationId(response(77, 'x'))).toBe(77);
});

test('bytes that are not Kafka are refused', () => {
  expect(() => new FrameReader().push(Buffer.from('GET / HTTP/1.1\r\n'))).toThrow(RangeError);
});

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SlowLink } from './slow-link';

let echo: Server;
let link: SlowLink;

beforeEach(async () => {
  echo = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  link = await SlowLink.before(`redis://127.0.0.1:${(echo.address() as AddressInfo).port}`);
});

afterEach(async () => {
  await link.close();
  await new Promise((resolve) => echo.close(resolve));
});

const client = () => connect(Number(new URL(link.url).port), '127.0.0.1').setEncoding('utf8');

/** Resolves with all that was heard once it is so long. */
const hears = (socket: Socket, length: number) =>
  new Promise<string>((resolve) => {
    let heard = '';
    socket.on('data', (text) => {
      heard += text;
      if (heard.length >= length) resolve(heard);
    });
  });

test('answers come after the delay that is set', async () => {
  link.delayMs = 100;
  const began = performance.now();
  const socket = client();
  socket.write('a');
  expect(await hears(socket, 1)).toBe('a');
  expect(performance.now() - began).toBeGreaterThanOrEqual(99);
});

test('an answer that comes when the fault has ended does not overtake a slow one', async () => {
  const delays = [100, 0];
  Object.defineProperty(link, 'delayMs', { get: () => delays.shift() });
  const socket = client();
  const heard = hears(socket, 2);
  const read = new Promise<void>((resolve) => echo.once('connection', (behind) => behind.once('data', () => resolve())));
  socket.write('b');
  await read;
  socket.write('c');
  expect(await heard).toBe('bc');
});

test('a connection that Redis ends is ended for the client', async () => {
  const socket = client();
  echo.once('connection', (behind) => behind.destroy());
  await new Promise((resolve) => socket.once('close', resolve));
});

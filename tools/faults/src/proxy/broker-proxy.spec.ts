import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { BrokerProxy } from './broker-proxy';
import { FaultPlan, type InjectedFault } from './fault-plan';
import { apis, FrameReader, requestHead, responseCorrelationId } from './frames';
import { request, response } from './frames.fixture';

let broker: Server;
let received: string[];
let plan: FaultPlan;
let proxy: BrokerProxy;
let faults: InjectedFault[];
const clients: Socket[] = [];

beforeEach(async () => {
  received = [];
  faults = [];
  broker = createServer((socket) => {
    const frames = new FrameReader();
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      for (const frame of frames.push(chunk)) {
        const { correlationId, clientId } = requestHead(frame);
        received.push(`${clientId}:${correlationId}`);
        socket.write(response(correlationId, 'answer'));
      }
    });
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  plan = new FaultPlan((fault) => faults.push(fault));
  proxy = await BrokerProxy.listen(plan);
  proxy.target = `127.0.0.1:${(broker.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  await new Promise((resolve) => broker.close(resolve));
});

/** A client that notes which requests were answered and how its connection ended. */
function client(): {
  socket: Socket;
  answered: number[];
  bytes: () => number;
  closed: Promise<string>;
  ask: (api: number, id: number, name?: string) => void;
} {
  const socket = connect(Number(proxy.address.split(':')[1]), '127.0.0.1');
  clients.push(socket);
  const answered: number[] = [];
  const frames = new FrameReader();
  let how = 'end';
  socket.on('error', (error: NodeJS.ErrnoException) => (how = error.code ?? 'error'));
  socket.on('data', (chunk: Buffer) => answered.push(...frames.push(chunk).map(responseCorrelationId)));
  return {
    socket,
    answered,
    bytes: () => socket.bytesRead,
    closed: new Promise((resolve) => socket.once('close', () => resolve(how))),
    ask: (api, id, name = 'gateway') => void socket.write(request(api, id, name)),
  };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('condition not met');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('passes everything on when no fault is planned', async () => {
  const one = client();
  for (const id of [1, 2, 3]) one.ask(apis.produce, id);
  await until(() => one.answered.length === 3);
  expect(one.answered).toEqual([1, 2, 3]);
});

test('drops the answer of the n-th produce, which the broker has taken', async () => {
  const rule = plan.add({ api: 'produce', skip: 1, times: 1, action: { kind: 'drop' } });
  const one = client();
  for (const id of [1, 2, 3]) one.ask(apis.produce, id);
  await until(() => one.answered.length === 2);
  expect(one.answered).toEqual([1, 3]);
  expect(received).toEqual(['gateway:1', 'gateway:2', 'gateway:3']);
  expect(rule.hits).toBe(1);
  expect(faults).toEqual([{ kind: 'drop', client: 'gateway', api: 'produce' }]);
});

test('drops and resets, so that the client sees a broken connection after the broker has taken the record', async () => {
  plan.add({ api: 'produce', times: 1, action: { kind: 'drop-and-reset' } });
  const one = client();
  one.ask(apis.produce, 1);
  expect(await one.closed).toBe('ECONNRESET');
  expect(received).toEqual(['gateway:1']);
  const again = client();
  again.ask(apis.produce, 2);
  await until(() => again.answered.length === 1);
});

test('a rule can hit every n-th answer only', async () => {
  plan.add({ api: 'produce', every: 3, action: { kind: 'drop' } });
  const one = client();
  for (const id of [1, 2, 3, 4, 5, 6]) one.ask(apis.produce, id);
  await until(() => one.answered.length === 4);
  expect(one.answered).toEqual([2, 3, 5, 6]);
});

test('other requests and other clients are left alone', async () => {
  plan.add({ api: 'offsetCommit', client: 'consumer', action: { kind: 'drop' } });
  const one = client();
  one.ask(apis.offsetCommit, 1, 'gateway');
  one.ask(apis.fetch, 2, 'consumer');
  await until(() => one.answered.length === 2);
});

test('an answer that is delayed holds up those behind it, and the order stays', async () => {
  plan.add({ api: 'offsetCommit', times: 1, action: { kind: 'delay', ms: 30 } });
  const one = client();
  one.ask(apis.offsetCommit, 1);
  one.ask(apis.fetch, 2);
  await until(() => one.answered.length === 2);
  expect(one.answered).toEqual([1, 2]);
});

test('cuts an answer after so many bytes', async () => {
  plan.add({ api: 'fetch', times: 1, action: { kind: 'cut', bytes: 6 } });
  const one = client();
  one.ask(apis.fetch, 1);
  await one.closed;
  expect(one.bytes()).toBeLessThanOrEqual(6);
  expect(one.answered).toEqual([]);
});

test('resets the connections of one client and keeps the others', async () => {
  const [one, other] = [client(), client()];
  one.ask(apis.fetch, 1, 'consumer-1');
  other.ask(apis.fetch, 1, 'consumer-2');
  await until(() => one.answered.length + other.answered.length === 2);
  expect(proxy.reset('consumer-1')).toBe(1);
  expect(await one.closed).toBe('ECONNRESET');
  other.ask(apis.fetch, 2, 'consumer-2');
  await until(() => other.answered.length === 2);
});

test('a blackhole takes connections and lets nothing through; what was held arrives when it ends', async () => {
  plan.mode('blackhole', 'consumer');
  const [held, free] = [client(), client()];
  held.ask(apis.fetch, 1, 'consumer');
  free.ask(apis.fetch, 1, 'gateway');
  await until(() => free.answered.length === 1);
  expect(received).toEqual(['gateway:1']);
  plan.mode('pass', 'consumer');
  await until(() => held.answered.length === 1);
});

test('refuses one client and lets it in again', async () => {
  plan.mode('refuse', 'gateway');
  const refused = client();
  refused.ask(apis.metadata, 1, 'gateway');
  expect(await refused.closed).toBe('ECONNRESET');
  expect(received).toEqual([]);
  plan.mode('pass', 'gateway');
  const again = client();
  again.ask(apis.metadata, 2, 'gateway');
  await until(() => again.answered.length === 1);
});

test('latency is added to every answer', async () => {
  plan.slow(40);
  const one = client();
  const started = performance.now();
  one.ask(apis.fetch, 1);
  await until(() => one.answered.length === 1);
  expect(performance.now() - started).toBeGreaterThanOrEqual(39);
});

test('observers see what happens and are never disturbed', async () => {
  plan.mode('refuse');
  plan.add({ api: 'fetch', action: { kind: 'drop' } });
  const one = client();
  one.ask(apis.fetch, 1, 'faults-observer');
  await until(() => one.answered.length === 1);
});

test('a broker that is not there is a reset', async () => {
  proxy.target = '127.0.0.1:1';
  const one = client();
  one.ask(apis.fetch, 1);
  await one.closed;
  expect(one.answered).toEqual([]);
});

import { callServer, ServerLimits, StrictServer } from './index';

let server: StrictServer;

const listen = (limits: Partial<ServerLimits>) => {
  // One call in a hundred seconds: within a test nothing comes back into the bucket.
  server = new StrictServer({ ratePerSecond: 0.01, burst: 3, scope: 'key', inFlight: Infinity, ...limits });
  return server.start();
};
const kinds = (port: number, keys: number[], takesMs = 0) =>
  Promise.all(keys.map(async (key) => (await callServer(port, 7, key, takesMs)).kind));

afterEach(() => server.stop());

test('takes a burst, refuses the next call of that key and goes on with another', async () => {
  const port = await listen({ burst: 2 });
  for (const expected of ['answered', 'answered', 'throttled']) expect(await kinds(port, [0])).toEqual([expected]);
  expect(await kinds(port, [1])).toEqual(['answered']);
  expect(server.arrivals.map(({ worker, key, status }) => [worker, key, status])).toEqual([
    [7, 0, 'ok'],
    [7, 0, 'ok'],
    [7, 0, 'throttled'],
    [7, 1, 'ok'],
  ]);
});

test('counts the calls of all keys together when the account is limited', async () => {
  const port = await listen({ burst: 1, scope: 'account' });
  expect([...(await kinds(port, [0])), ...(await kinds(port, [1]))]).toEqual(['answered', 'throttled']);
});

test('refuses one call too many at once as too many connections', async () => {
  const port = await listen({ inFlight: 1 });
  expect((await kinds(port, [0, 0, 1], 50)).sort()).toEqual(['answered', 'answered', 'too-many-connections']);
  expect(server.mostInFlightOf).toEqual(
    new Map([
      ['0', 2],
      ['1', 1],
    ]),
  );
});

test('answers a refused key 429 with the headers that were set, until it is accepted again', async () => {
  const port = await listen({});
  server.refuse(0, { 'retry-after': '3' });
  const refused = await callServer(port, 7, 0, 0);
  expect(refused).toMatchObject({ kind: 'throttled', headers: { 'retry-after': '3', date: expect.any(String) } });
  expect(await kinds(port, [1])).toEqual(['answered']);
  server.accept(0);
  expect(await kinds(port, [0])).toEqual(['answered']);
  expect(server.arrivals.map(({ status, planned }) => [status, planned])).toEqual([
    ['throttled', true],
    ['ok', undefined],
    ['ok', undefined],
  ]);
});

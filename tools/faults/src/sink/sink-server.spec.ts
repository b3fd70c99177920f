import { only } from '../histories/entry';
import { History } from '../histories/history';
import { agree, type OneKey } from '../subjects/agree';
import { SinkAway, SinkClient } from '../subjects/sink-client';
import { SinkServer } from './sink-server';

let history: History;
let sink: SinkServer;
let client: SinkClient;
const one: OneKey = { key: 'k', facts: ['e1'], attempt: 0, owned: () => true };
const ends = () => only(history.entries, 'sink.apply.end');

beforeEach(async () => {
  history = new History();
  sink = await SinkServer.listen(history);
  client = new SinkClient(sink.url, 'c1');
});
afterEach(() => sink.close());

test('brings the target into agreement, and then has nothing to do', async () => {
  sink.orders.change('k');
  expect(await agree(client, one)).toBe('created');
  expect(await agree(client, one)).toBe('equal');
  sink.orders.change('k');
  expect(await agree(client, one)).toBe('patched');
  expect(sink.orders.targetOf('k')).toBe(2);
  expect(only(history.entries, 'sink.begin').map(({ facts, source, target }) => [facts, source, target])).toEqual([
    [['e1'], 1, 0],
    [['e1'], 1, 1],
    [['e1'], 2, 1],
  ]);
});

test('a create of what exists is noticed', async () => {
  sink.orders.change('k');
  const { call } = await client.begin('k', [], 0);
  await agree(client, one);
  await client.apply({ call, key: 'k', version: 1, create: true });
  expect(ends().map(({ doubled }) => doubled)).toEqual([false, true]);
});

test('nothing is written for a key that is not owned any more', async () => {
  sink.orders.change('k');
  expect(await agree(client, { ...one, owned: () => false })).toBe('taken-over');
  expect(ends()).toEqual([]);
});

test('the script makes a handler throw, or refuse', async () => {
  sink.script = { begin: ({ key }) => ({ thinkMs: 0, fault: key === 'k' ? 'throw' : 'park' }), apply: () => ({ takesMs: 0 }) };
  await expect(agree(client, one)).rejects.toThrow(TypeError);
  expect(await agree(client, { ...one, key: 'other' })).toBe('poison');
  expect(only(history.entries, 'sink.fault').map(({ how }) => how)).toEqual(['throw', 'park']);
});

test('a target that is away has not taken the write', async () => {
  sink.orders.change('k');
  sink.script = { begin: () => ({ thinkMs: 0 }), apply: () => ({ takesMs: 0, fault: 'away' }) };
  await expect(agree(client, one)).rejects.toThrow(SinkAway);
  expect(sink.orders.targetOf('k')).toBe(0);
});

test('a target can take the write and reset the connection', async () => {
  sink.orders.change('k');
  sink.script = { begin: () => ({ thinkMs: 0 }), apply: () => ({ takesMs: 0, fault: 'reset' }) };
  await expect(agree(client, one)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(sink.orders.targetOf('k')).toBe(1);
});

test('a target can take the write and never answer', async () => {
  sink.orders.change('k');
  sink.script = { begin: () => ({ thinkMs: 0 }), apply: () => ({ takesMs: 0, fault: 'silent' }) };
  const deadline = new AbortController();
  const applied = new Promise<void>((resolve) => (sink.onApplied = () => resolve()));
  const answer = agree(client, { ...one, signal: deadline.signal });
  await applied;
  deadline.abort();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
});

test('a process can tell about itself', async () => {
  const told = new Promise<string>((resolve) => (sink.onTold = (process, event) => resolve(`${process} ${event}`)));
  client.tell('ready');
  expect(await told).toBe('c1 ready');
});

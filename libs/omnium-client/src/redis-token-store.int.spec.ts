import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { RedisTokenStore } from './redis-token-store';

const redisUrl = process.env['REDIS_URL']!;
const stores: RedisTokenStore[] = [];
const storeOf = (clientId: string, clientSecret = 'secret') => {
  const store = new RedisTokenStore({ redisUrl, clientId, clientSecret });
  stores.push(store);
  return store;
};
afterEach(() => stores.splice(0).forEach((store) => store.close()));

test('what one process writes another one reads, and Redis holds neither the token nor the client id in clear', async () => {
  const clientId = randomUUID();
  await storeOf(clientId).write('a-token', 60_000);
  expect(await storeOf(clientId).read()).toBe('a-token');
  const redis = new Redis(redisUrl);
  const names = await redis.keys('omnium-token:*');
  const values = await Promise.all(names.map((name) => redis.get(name)));
  redis.disconnect();
  expect(`${names.join()}${values.join()}`).not.toMatch(new RegExp(`a-token|${clientId}`));
});

test('an entry of an old secret is no token', async () => {
  const clientId = randomUUID();
  await storeOf(clientId).write('a-token', 60_000);
  expect(await storeOf(clientId, 'rotated').read()).toBeUndefined();
});

test('a token that has ended is not kept', async () => {
  const store = storeOf(randomUUID());
  await store.write('a-token', 0);
  expect(await store.read()).toBeUndefined();
});

test('one process at a time holds the lock, and a late release does not take it from the next one', async () => {
  const clientId = randomUUID();
  const [first, second] = [storeOf(clientId), storeOf(clientId)];
  const release = await first.lock(60_000);
  expect(release).toBeDefined();
  expect(await second.lock(60_000)).toBeUndefined();
  await release?.();
  const next = await second.lock(60_000);
  expect(next).toBeDefined();
  await release?.();
  expect(await first.lock(60_000)).toBeUndefined();
});

test('a Redis that is away is an error within a second or two, not a hang', async () => {
  const store = new RedisTokenStore({ redisUrl: 'redis://127.0.0.1:1', clientId: 'x', clientSecret: 'y' });
  stores.push(store);
  await expect(store.read()).rejects.toThrow();
}, 5_000);
